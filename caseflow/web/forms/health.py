"""Needs and deferral dates: codes of a bed, a few words, days. No form has a place for a diagnosis."""

from __future__ import annotations

from caseflow.domain.deferrals import DEFERRAL_NAMES, DeferralDates, DeferralKind
from caseflow.domain.health_needs import (
    PLACEMENT_NEED_NAMES,
    WORDS_AT_MOST,
    PlacementNeedKind,
)
from caseflow.domain.messages import N_
from caseflow.web.forms import fields
from caseflow.web.forms.client_files import VersionedForm
from caseflow.web.forms.fields import OwnForm, choice


class BedNeedsForm(OwnForm):
    """What somebody needs of a bed; nothing ticked is no need."""

    kinds = fields.some_of(
        N_("Needs of a bed"),
        (choice(one.value, name) for one, name in PLACEMENT_NEED_NAMES.items()),
        hint=N_("Tick what is needed now. Whoever gives beds sees this, and not why."),
    )

    def wanted(self) -> frozenset[PlacementNeedKind]:
        """The needs that were ticked."""
        return frozenset(PlacementNeedKind(one) for one in self.kinds.data or ())


class NeedsForm(VersionedForm):
    """What somebody needs, in words."""

    words = fields.words(
        N_("What this person needs"),
        needed=N_("Write what this person needs, or go back."),
        most=WORDS_AT_MOST,
        hint=N_(
            "What helps in daily life, such as a quiet room or help with stairs. Never a diagnosis, nor the name of an "
            "illness: that stays with the doctor."
        ),
    )


class DeferralForm(OwnForm):
    """The delivery of a pregnancy, or the days that a decision names."""

    kind = fields.one_of(
        N_("What it is"),
        (choice(one.value, name) for one, name in DEFERRAL_NAMES.items()),
        needed=N_("Choose what it is."),
    )
    expected_on = fields.day(
        N_("Expected delivery"),
        hint=N_("For a pregnancy, as the midwife or doctor says. First and last day follow."),
    )
    delivered_on = fields.day(
        N_("Actual delivery"), hint=N_("Once the child is born: the last day moves.")
    )
    from_on = fields.day(
        N_("First day"), hint=N_("For an illness, as decided. Not what the illness is.")
    )
    until_on = fields.day(N_("Last day"), hint=N_("For an illness, as decided, this day included."))

    def begin_with(self, told: DeferralDates) -> None:
        """What stands now, on a form that was not sent."""
        for name in ("expected_on", "delivered_on", "from_on", "until_on"):
            if name in self:
                self[name].data = getattr(told, name)

    def keep_to(self, kind: DeferralKind) -> None:
        """Asks what belongs to a kind that is known already, and nothing else."""
        del self.kind
        for name in (
            ("from_on", "until_on")
            if kind is DeferralKind.PREGNANCY
            else ("expected_on", "delivered_on")
        ):
            del self[name]

    def told(self, kind: DeferralKind | None = None) -> DeferralDates:
        """The days that were entered."""
        days = {
            name: self[name].data if name in self else None
            for name in ("expected_on", "delivered_on", "from_on", "until_on")
        }
        return DeferralDates(kind or DeferralKind(self.kind.data), **days)
