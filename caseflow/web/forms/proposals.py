"""What is proposed by one colleague and decided by another."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import HiddenField

from caseflow.domain.destinations import DESTINATION_NAMES, DestinationKind
from caseflow.domain.messages import N_
from caseflow.domain.outcomes import BASIS_NAMES, OUTCOME_NAMES, Outcome, OutcomeBasis
from caseflow.services.case_views import CaseView
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice

REASON = N_("Reason")
KEPT_IN_THE_VAULT = N_("Kept in the vault; leave it empty while the vault is sealed.")
REASON_LENGTH = 4_000


class AdmissionForm(OwnForm):
    """Admission from a day on."""

    on = fields.day(N_("From"), needed=N_("Enter the first day of the admission."))
    reason = fields.words(REASON, most=REASON_LENGTH, hint=KEPT_IN_THE_VAULT)


class ExtensionForm(OwnForm):
    """A longer stay, until a last day."""

    until = fields.day(N_("New last day"), needed=N_("Enter the new last day."))
    reason = fields.words(REASON, most=REASON_LENGTH, hint=KEPT_IN_THE_VAULT)


class ExitForm(OwnForm):
    """How and when the episode ended."""

    on = fields.day(N_("Left on"), needed=N_("Enter the day on which this person left."))
    outcome = fields.one_of(N_("Outcome"), needed=N_("Choose how the episode ended."))
    basis = fields.select(
        N_("Ground"),
        [
            choice("", N_("No ground")),
            *(choice(one.value, BASIS_NAMES[one]) for one in OutcomeBasis),
        ],
        hint=N_("Needed for a return to national reception and for an end by the programme."),
    )
    permanent_stay = fields.one_of(
        N_("Is permanent stay assured there?"),
        (choice("yes", N_("Yes")), choice("no", N_("No"))),
        hint=N_("Needed for onward migration."),
    )
    destination = fields.select(
        N_("Kind of next address"),
        [
            choice("", N_("Not asked")),
            *(choice(one.value, DESTINATION_NAMES[one]) for one in DestinationKind),
        ],
        hint=N_("The kind alone. Write no address down, here or anywhere."),
    )
    reason = fields.words(REASON, most=REASON_LENGTH, hint=KEPT_IN_THE_VAULT)

    def offer(self, outcomes: Iterable[Outcome]) -> None:
        """Offers the outcomes that the programme uses."""
        self.outcome.choices = [choice(one.value, OUTCOME_NAMES[one]) for one in outcomes]

    def suppose(self, case: CaseView) -> None:
        """Supposes what somebody who is missing long enough may have done; whoever proposes chooses."""
        gone = Outcome.LEFT_DESTINATION_UNKNOWN
        if case.missing is not None and case.missing.is_offered and gone in case.programme.outcomes:
            self.outcome.data, self.on.data = gone.value, case.missing.since

    def chosen_basis(self) -> OutcomeBasis | None:
        """The ground; a tick that belongs to another outcome is left for the domain to refuse."""
        return OutcomeBasis(self.basis.data) if self.basis.data else None

    def chosen_destination(self) -> DestinationKind | None:
        """The kind of next address, where it was asked."""
        return DestinationKind(self.destination.data) if self.destination.data else None

    def chosen_outcome(self) -> Outcome:
        """The outcome."""
        return Outcome(self.outcome.data)

    def permanent_stay_assured(self) -> bool | None:
        """The answer about permanent stay, asked for onward migration alone."""
        if self.chosen_outcome() is not Outcome.ONWARD_MIGRATION:
            return None
        return {"yes": True, "no": False}.get(self.permanent_stay.data or "")


class DecisionForm(OwnForm):
    """Yes or no, with a reason as one wishes."""

    approve = fields.one_of(
        N_("Decision"),
        (choice("yes", N_("Approve")), choice("no", N_("Decline"))),
        needed=N_("Choose whether you approve or decline."),
    )
    reason = fields.words(REASON, most=REASON_LENGTH, hint=KEPT_IN_THE_VAULT)
    version = HiddenField()

    def seen_version(self) -> int | None:
        """The version of the proposal that was on the page; None where the page did not say."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() else None
