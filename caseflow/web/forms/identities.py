"""Who somebody says they are: names, birth date, papers that were seen."""

from __future__ import annotations

from wtforms import HiddenField

from caseflow.domain.identities import (
    AGREEMENTS,
    NAME_KINDS,
    NAME_LENGTH,
    PAPER_KINDS,
    PRECISIONS,
    BirthPrecision,
)
from caseflow.domain.messages import N_
from caseflow.services.identities import IdentityWords
from caseflow.services.identity_views import IdentityView
from caseflow.web.forms import fields
from caseflow.web.forms.fields import DayField, OwnForm, choice, later


class BirthDayField(DayField):
    """A whole birth date; a part of one is refused with what to do instead."""

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(
                N_(
                    "This is no whole day, or a day that does not exist. Write it as day-month-year, such as 3-2-1990; "
                    "where only the year is known, leave this empty and fill in the year."
                )
            ) from None


class IdentityForm(OwnForm):
    """Who the person says they are; nothing is mandatory."""

    given_names = fields.line(N_("Given names"))
    family_name = fields.line(N_("Family name"))
    also_known_as = fields.line(
        N_("Also known as"),
        most=400,
        hint=N_(
            "Other names or spellings, with a comma in between. Those that are recorded already stay."
        ),
    )
    birth_precision = fields.one_of(
        N_("How sure is the birth date"), (choice(k, v) for k, v in PRECISIONS.items())
    )
    birth_date = BirthDayField(
        label=later(N_("Birth date")),
        description=later(N_("Day-month-year; leave it empty for a year.")),
        format="%d-%m-%Y",
    )
    birth_year = fields.number(
        N_("Birth year"), hint=N_("Four digits, where only the year is known.")
    )
    based_on = HiddenField()
    """The version that stood when the page was made: somebody may record another one meanwhile."""

    def begin_with(self, known: IdentityView) -> None:
        """Fills in what is recorded, so that nothing is lost by recording one line of it anew."""
        if known.now is None:
            return
        for name in ("given_names", "family_name", "birth_date", "birth_year", "birth_precision"):
            self[name].data = getattr(known.now, name)
        self.based_on.data = known.now.id

    def told(self) -> IdentityWords:
        """What was filled in, as the service takes it."""
        return IdentityWords(
            self.given_names.data,
            self.family_name.data,
            self.also_known_as.data,
            self.birth_date.data,
            self.birth_year.data,
            self.birth_precision.data or BirthPrecision.UNKNOWN.value,
        )


class NameForm(OwnForm):
    """A further name of somebody."""

    name = fields.line(
        N_("Name"),
        needed=N_("Write a name. It has at least one letter."),
        most=NAME_LENGTH,
        hint=N_("In any script, spelled as they spell it. It is kept exactly as you type it."),
    )
    kind = fields.one_of(
        N_("What is this name to them"),
        (choice(k, v) for k, v in NAME_KINDS.items()),
        needed=N_("Choose what this name is to them."),
    )


class PaperForm(OwnForm):
    """That a paper was seen."""

    kind = fields.one_of(
        N_("Kind of paper"),
        (choice(k, v) for k, v in PAPER_KINDS.items()),
        needed=N_("Choose what kind of paper it was."),
    )
    agrees = fields.one_of(
        N_("What does the paper say"),
        (choice(k, v) for k, v in AGREEMENTS.items()),
        needed=N_("Choose whether the paper says the same."),
    )
    seen_on = fields.day(
        N_("Seen on"),
        needed=N_("Enter the day on which you saw the paper."),
        hint=N_("You saw it yourself. The number is not written down, and no picture is made."),
    )
