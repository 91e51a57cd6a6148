"""What somebody was told and agreed to, on one short form; and what they take back."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import LazyString
from wtforms.fields.choices import SelectChoice

from caseflow.domain.agreements import EVERYDAY, WAY_NAMES, Telling, Way, What, what_of
from caseflow.domain.information_texts import INFORMATION_NAMES, InformationKind
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.domain.redaction import Hidden
from caseflow.services.agreement_views import AgreedView, ConsentView
from caseflow.services.agreements import WORDS_AT_MOST
from caseflow.services.case_views import CaseView
from caseflow.web.case_words import SPOKEN, language_name
from caseflow.web.formatting import said
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice


class ToldForm(OwnForm):
    """In which language, how, what was told and what was agreed to."""

    language = fields.select(
        N_("Language you spoke"), needed=N_("Choose the language in which you told it.")
    )
    way = fields.one_of(
        N_("How you told it"),
        (choice(one.value, name) for one, name in WAY_NAMES.items()),
        needed=N_("Choose how you told it."),
    )
    interpreter = fields.line(
        N_("Interpreter"),
        most=12,
        hint=N_("The number at the agency, such as 4711. Never a name."),
    )
    texts = fields.some_of(
        N_("What you told"),
        (choice(one.value, name) for one, name in INFORMATION_NAMES.items()),
    )
    not_understood = fields.tick(
        N_("This person hardly understands this language"),
        hint=N_("It is then told again in another one."),
    )
    agreed = fields.some_of(
        N_("What this person agrees to"),
        hint=N_("Tick only what the person said yes to. No is an answer too, and costs nothing."),
    )
    share_with = fields.select(
        N_("Another organisation sees bed, stage and case team"),
        hint=N_("Only where this organisation gives the bed."),
    )
    until_on = fields.day(N_("Agreed until"), hint=N_("Leave it empty while it has no end."))
    on = fields.day(N_("Day"), needed=N_("Enter the day on which you spoke about it."))
    own_words = fields.words(
        N_("In the person's own words"),
        most=WORDS_AT_MOST,
        hint=N_("Only if the person wishes it. It is kept in the vault."),
    )

    def offer(
        self, case: CaseView, consent: ConsentView, sharers: Iterable[tuple[str, Label]]
    ) -> None:
        """Offers what does not stand yet, and begins with the language of the person."""
        standing = {one.what for one in consent.standing}
        self.language.choices = [
            choice("", N_("Choose a language")),
            *(SelectChoice(code, LazyString(language_name, code)) for code in SPOKEN),
        ]
        self.agreed.choices = [
            choice(one.code, one.name) for one in EVERYDAY if one not in standing
        ]
        self.share_with.choices = [
            choice("", N_("No")),
            *(choice(one, name) for one, name in sharers if What.share_with(one) not in standing),
        ]
        person = None if isinstance(case.person, Hidden) else case.person
        if not self.is_submitted() and person is not None:
            self.language.data = person.language or ""

    def telling(self) -> Telling:
        """What was told, as the service takes it."""
        return Telling(
            frozenset(InformationKind(one) for one in self.texts.data or ()),
            self.language.data,
            Way(self.way.data),
            self.on.data,
            self.interpreter.data,
            understood=not self.not_understood.data,
        )

    def what(self) -> tuple[What, ...]:
        """What was agreed to, as the service takes it."""
        found = tuple(one for one in map(what_of, self.agreed.data or ()) if one is not None)
        shared = self.share_with.data
        return (*found, What.share_with(shared)) if shared else found

    @property
    def has_more(self) -> bool:
        """Whether something stands in the part that is closed at first."""
        more = (self.share_with, self.until_on, self.own_words, self.not_understood)
        return any(one.data or one.errors for one in more) or bool(self.on.errors)


class TakenBackForm(OwnForm):
    """What somebody takes back; no reason is asked."""

    taken_back = fields.some_of(
        N_("What this person takes back"), needed=N_("Choose what this person takes back.")
    )
    own_words = fields.words(
        N_("In the person's own words"),
        most=WORDS_AT_MOST,
        hint=N_(
            "Nobody has to give a reason. Only if the person wishes it; it is kept in the vault."
        ),
    )

    def offer(self, standing: Iterable[AgreedView], chosen: str | None) -> None:
        """Offers what stands, the one that was chosen on the page before ticked."""
        shown = tuple(standing)
        self.taken_back.choices = [SelectChoice(one.id, LazyString(_named, one)) for one in shown]
        if not self.is_submitted():
            self.taken_back.data = [one.id for one in shown if one.id == chosen]


def _named(one: AgreedView) -> str:
    name = said(one.name)
    return f"{name}: {said(one.organisation)}" if one.organisation else name
