"""A suggested bed: offered, another one chosen, or refused."""

from __future__ import annotations

from caseflow.domain.messages import N_
from caseflow.domain.suggestions import REFUSAL_NAMES, Refusal
from caseflow.services.suggestion_views import Option, SuggestionView
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice


class AskAgainForm(OwnForm):
    """That new suggestions are wanted; nothing is to be filled in."""


class AcceptForm(OwnForm):
    """Which of the beds is offered, from which night on, and until when it is held."""

    option = fields.one_of(N_("Bed"), needed=N_("Choose a bed."))
    arrival = fields.day(N_("First night"), needed=N_("Enter the first night."))
    answer_by = fields.day(
        N_("Answer by"),
        needed=N_("Enter until when the bed is held."),
        hint=N_("The bed is held until the end of this day, and is free again by itself."),
    )

    def offer(self, view: SuggestionView) -> None:
        """Offers the suggested beds first, then the others; those taken meanwhile too, so that the rule says it."""
        self.option.choices = [choice(one.id, where(one)) for one in (view.suggested, *view.others)]
        if self.option.data is None:
            self.option.data = view.id


class RefuseForm(OwnForm):
    """Why a suggestion is refused."""

    why = fields.one_of(
        N_("Why the suggestion is refused"),
        [choice(one.value, REFUSAL_NAMES[one]) for one in Refusal],
        needed=N_("Choose why the suggestion is refused."),
    )


def where(option: Option) -> str:
    """Site, room and beds of an option; names of places are the same in every language."""
    beds = [one.bed for one in option.people if one.bed is not None]
    return f"{beds[0].site}, {beds[0].room}: {', '.join(bed.name for bed in beds)}" if beds else ""
