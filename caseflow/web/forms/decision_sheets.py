"""What the team advises, and what a decision-maker of the city answers: codes and a day, no words."""

from __future__ import annotations

from wtforms import HiddenField

from caseflow.domain.decision_sheets import (
    ADVICE_NAMES,
    ANSWER_NAMES,
    REASON_NAMES,
    Advice,
    SheetAnswer,
    SheetReason,
    answers_to,
    reasons_for,
)
from caseflow.domain.messages import N_
from caseflow.domain.programmes import ProposalKind
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice


class AdviceForm(OwnForm):
    """In favour, against, or none."""

    advice = fields.one_of(
        N_("Advice of the team"),
        (choice(one.value, ADVICE_NAMES[one]) for one in Advice),
        needed=N_("Choose what the team advises."),
    )

    def chosen(self) -> Advice:
        """The advice."""
        return Advice(self.advice.data)


class SheetForm(OwnForm):
    """Yes, no or until a day, and why."""

    answer = fields.one_of(N_("Answer"), needed=N_("Choose your answer."))
    until = fields.day(
        N_("Until which day"), hint=N_("Only with “Yes, until another day”: the last day included.")
    )
    reason = fields.one_of(N_("Reason"), needed=N_("Choose a reason that goes with your answer."))
    version = HiddenField()

    def offer(self, kind: ProposalKind) -> None:
        """Offers the answers to this kind of proposal, and the day only where one can be given."""
        answers = answers_to(kind)
        self.answer.choices = [choice(one.value, ANSWER_NAMES[one]) for one in answers]
        self.reason.choices = [choice(one.value, REASON_NAMES[one]) for one in reasons_for(kind)]
        if SheetAnswer.UNTIL not in answers:
            del self.until

    def chosen(self) -> SheetAnswer:
        """The answer."""
        return SheetAnswer(self.answer.data)

    def chosen_reason(self) -> SheetReason:
        """The reason."""
        return SheetReason(self.reason.data)

    def seen_version(self) -> int | None:
        """The version of the proposal that was on the sheet; None where the sheet did not say."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() else None
