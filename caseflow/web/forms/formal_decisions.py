"""Our own formal decisions: what is decided and why, what became of it, and in which language the letter is made."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import HiddenField

from caseflow.domain.decision_letters import ADDRESSED_NAMES, LANGUAGES, Addressed
from caseflow.domain.formal_decision_words import (
    GROUND_NAMES,
    GROUNDS,
    KIND_NAMES,
    RESULT_NAMES,
    RESULTS,
    DecisionKind,
    StepKind,
)
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.web.forms import fields
from caseflow.web.forms.fields import WHICH_DAY, OwnForm, choice

WORDS_LENGTH = 4_000


class PrepareForm(OwnForm):
    """What is prepared for a colleague to decide."""

    kind = fields.one_of(N_("Decision"), needed=N_("Choose what is decided."))
    ground = fields.select(N_("Ground"), needed=N_("Choose the ground."))
    criterion = fields.select(
        N_("Which criterion is not met"),
        hint=N_("Only for that ground. The letter says its number, not what it is about."),
    )
    effective_on = fields.day(
        N_("Holds from"),
        needed=N_("Enter the day from which it holds."),
        hint=N_("Of an end, the first day without shelter and guidance."),
    )
    until_on = fields.day(
        N_("Last day, for an exclusion for a while"),
        hint=N_("Leave it empty where it holds without an end."),
    )
    words = fields.words(
        N_("Explanation for the letter"),
        most=WORDS_LENGTH,
        hint=N_(
            "What happened and when, in the language of the letter. No names of others, no nationality, no crime. "
            "Kept in the vault; leave it empty while the vault is sealed."
        ),
    )

    def offer(self, kinds: Iterable[DecisionKind], criteria: Iterable[tuple[str, Label]]) -> None:
        """Fills in which decisions this case can come to, with their grounds and the criteria of the programme."""
        offered = tuple(kinds)
        self.kind.choices = [choice(one.value, KIND_NAMES[one]) for one in offered]
        self.ground.choices = [
            choice("", N_("Choose a ground")),
            *(choice(one.value, GROUND_NAMES[one]) for kind in offered for one in GROUNDS[kind]),
        ]
        self.criterion.choices = [
            choice("", N_("No criterion")),
            *(
                choice(code, N_("%(number)s. %(criterion)s", number=number, criterion=label))
                for number, (code, label) in enumerate(criteria, 1)
            ),
        ]


class TakeForm(OwnForm):
    """Whether a decision is taken as it was prepared."""

    approve = fields.one_of(
        N_("Decision"),
        (
            choice("yes", N_("Take this decision")),
            choice("no", N_("Do not take it")),
        ),
        needed=N_("Choose whether you take this decision."),
    )
    version = HiddenField()

    def seen_version(self) -> int | None:
        """The version that was on the page; None where the page did not say."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() else None


class StepForm(OwnForm):
    """The day of a step, and how it ended where it has a result."""

    on = fields.day(N_("Day"), needed=WHICH_DAY)


class ResultForm(StepForm):
    """The day of a step that has a result."""

    result = fields.one_of(N_("Result"), needed=N_("Choose how it ended, or how it was done."))


def step_form(kind: StepKind) -> StepForm:
    """The form of one kind of step."""
    if kind not in RESULTS:
        return StepForm()
    form = ResultForm()
    form.result.choices = [choice(code, RESULT_NAMES[code]) for code in RESULTS[kind]]
    return form


class LetterForm(OwnForm):
    """In which language a letter is made, whom it addresses, and the day that stands above it."""

    language = fields.one_of(
        N_("Language of the letter"),
        (choice(code, name) for code, name in LANGUAGES.items()),
        needed=N_("Choose the language of the letter."),
        hint=N_("Is it another language? Then read the letter together with an interpreter."),
    )
    addressed = fields.one_of(
        N_("Addressed to"), needed=N_("Choose how the letter addresses the person.")
    )
    dated_on = fields.day(
        N_("Date of the letter"),
        needed=N_("Enter the date of the letter."),
        hint=N_(
            "The day on which it is handed over or sent: the letter computes the last day to object from it."
        ),
    )

    def offer(self, names: Iterable[Addressed]) -> None:
        """Fills in by which names the letter can address the person."""
        self.addressed.choices = [choice(one.value, ADDRESSED_NAMES[one]) for one in names]
