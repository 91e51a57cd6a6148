"""Putting right what is known of a person as codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask_babel import LazyString
from wtforms.fields.choices import SelectChoice

from caseflow.domain.messages import N_
from caseflow.services.case_views import PersonView
from caseflow.services.people import PersonCodes
from caseflow.web.case_words import AGE_BANDS, GENDERS, SPOKEN, language_name
from caseflow.web.forms import fields
from caseflow.web.forms.client_files import VersionedForm
from caseflow.web.forms.fields import choice

SAID: Final[Mapping[bool | None, str]] = {True: "yes", False: "no", None: "unknown"}


class PersonForm(VersionedForm):
    """Gender, age and language, as far as the person says them."""

    gender = fields.one_of(N_("Gender"), (choice(k, v) for k, v in GENDERS.items()))
    age_band = fields.select(
        N_("Age"),
        (choice(k, v) for k, v in AGE_BANDS.items()),
        hint=N_("An estimate will do. Nobody has to tell."),
    )
    language = fields.select(
        N_("Language"),
        (
            choice("", N_("Not asked")),
            *(SelectChoice(code, LazyString(language_name, code)) for code in SPOKEN),
        ),
    )
    interpreter = fields.one_of(
        N_("Interpreter needed"),
        (choice("yes", N_("Yes")), choice("no", N_("No")), choice("unknown", N_("Not asked"))),
    )

    def begin_with(self, person: PersonView) -> None:
        """What the form holds before anybody chooses."""
        self.seen.data = str(person.version)
        self.gender.data, self.age_band.data = person.gender, person.age_band
        self.language.data = person.language or ""
        self.interpreter.data = SAID[person.interpreter]

    def told(self) -> PersonCodes:
        """What was chosen; what was left open is not known."""
        return PersonCodes(
            self.gender.data or "unknown",
            self.age_band.data or "unknown",
            self.language.data or None,
            {"yes": True, "no": False}.get(self.interpreter.data),
        )

    @property
    def version(self) -> int:
        """The version that stood on the form; one that cannot be read is none that counts."""
        seen = self.seen.data or ""
        return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
