"""Who belongs to a household: adding somebody, changing what one is, leaving it."""

from __future__ import annotations

from collections.abc import Iterable

from caseflow.domain.households import ROLE_NAMES, HouseholdRole, Place
from caseflow.domain.messages import N_
from caseflow.services.household_changes import Joining
from caseflow.services.household_views import Candidate
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice

ROLES = tuple(choice(one.value, name) for one, name in ROLE_NAMES.items())
TOGETHER, APART = "together", "apart"
LIVES = (
    choice(TOGETHER, N_("Together")),
    choice(APART, N_("Apart, on a bed or site of their own")),
)
WHICH_ROLE = N_("Choose what they are in the household.")


class MemberForm(OwnForm):
    """Who is put into the household, as what, and since when."""

    other = fields.line(
        N_("Client code or call name"),
        needed=N_("Enter a client code, or a call name to search for among your own cases."),
        most=80,
        hint=N_("Such as K7QM-4XPD. A name is searched for in the cases that you work on."),
    )
    chosen = fields.one_of(N_("Whom do you mean?"), needed=N_("Choose whom you mean."))
    role = fields.one_of(N_("What they are in the household"), ROLES, needed=WHICH_ROLE)
    own_role = fields.one_of(
        N_("What the person of this case is in it"),
        ROLES,
        needed=N_("Choose what this person is in the household."),
    )
    lives = fields.one_of(N_("How they live"), LIVES, needed=N_("Choose how they live."))
    on = fields.day(N_("Since"), needed=N_("Enter since which day."))

    def offer(self, found: Iterable[Candidate], *, is_in_one: bool) -> None:
        """Asks whom of those found, where a name was searched for, and no role where there is one already."""
        people = list(found)
        self.chosen.choices = [
            choice(one.client_code, f"{one.call_name} · {one.client_code}") for one in people
        ]
        if not people:
            del self.chosen
        if is_in_one:
            del self.own_role

    def joining(self) -> Joining:
        """What was asked; a person chosen from those found comes before what was typed."""
        return Joining(
            (self["chosen"].data if "chosen" in self else None) or self.other.data,
            Place(HouseholdRole(self.role.data), self.lives.data == APART),
            HouseholdRole(self["own_role"].data) if "own_role" in self else None,
            self.on.data,
        )


class PlaceForm(OwnForm):
    """What somebody is in the household from a day on."""

    role = fields.one_of(N_("What they are in the household"), ROLES, needed=WHICH_ROLE)
    lives = fields.one_of(N_("How they live"), LIVES, needed=N_("Choose how they live."))
    on = fields.day(N_("Since"), needed=N_("Enter since which day."))

    def begin_with(self, present: Place) -> None:
        """What holds now, on a form that was not sent."""
        self.role.data = present.role.value
        self.lives.data = APART if present.lives_apart else TOGETHER

    def place(self) -> Place:
        """What was chosen."""
        return Place(HouseholdRole(self.role.data), self.lives.data == APART)


class LeaveForm(OwnForm):
    """From which day somebody belongs to the household no more."""

    on = fields.day(N_("First day outside the household"), needed=N_("Enter the first day."))
