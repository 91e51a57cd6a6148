"""Steps along the way of an episode: one short form for each."""

from __future__ import annotations

from collections.abc import Iterable

from caseflow.domain.follow_ups import FOLLOW_UP_NAMES
from caseflow.domain.messages import N_
from caseflow.domain.programmes import Programme
from caseflow.services.case_views import CaseView
from caseflow.services.intake import TeamChoice
from caseflow.web.forms import fields
from caseflow.web.forms.fields import WHICH_DAY, DayForm, OwnForm, choice

__all__ = ["CaseTeamForm", "DayForm", "FollowUpForm", "ReentryForm", "WithdrawalForm"]


class CaseTeamForm(OwnForm):
    """Who works on the case from today."""

    members = fields.some_of(
        N_("Colleagues"),
        needed=N_("Choose at least one active colleague of your organisation."),
    )

    def offer(self, teams: Iterable[TeamChoice], case: CaseView) -> None:
        """Offers the colleagues of the organisation, the present case team ticked."""
        self.members.choices = [
            choice(user_id, f"{name} ({team.name})")
            for team in teams
            for user_id, name in team.members
        ]
        if not self.is_submitted() and isinstance(case.case_team, tuple):
            self.members.data = [one.id for one in case.case_team]


class FollowUpForm(OwnForm):
    """What was found 6 or 12 months after the exit."""

    months = fields.one_of(
        N_("How long after the exit"), needed=N_("Choose how long after the exit you asked.")
    )
    answer = fields.one_of(
        N_("What did you find"),
        (choice(one.value, name) for one, name in FOLLOW_UP_NAMES.items()),
        needed=N_("Choose what you found. “Could not be found out” is an answer too."),
    )
    on = fields.day(N_("Found on"), needed=WHICH_DAY)

    def offer(self, case: CaseView) -> None:
        """Offers the moments at which this programme asks again."""
        self.months.choices = [
            choice(str(months), N_("%(months)s months", months=months))
            for months in case.programme.follow_up_months
        ]
        if not self.is_submitted() and isinstance(case.follow_ups_due, tuple):
            self.months.data = str(case.follow_ups_due[0].months) if case.follow_ups_due else None


class WithdrawalForm(OwnForm):
    """The day on which somebody said, or it became clear, that they do not go on."""

    on = fields.day(N_("Withdrawn on"), needed=WHICH_DAY)


class ReentryForm(OwnForm):
    """A new episode of the same person."""

    programme = fields.select(N_("Programme"), needed=N_("Choose a programme."))
    on = fields.day(N_("Day of application"), needed=WHICH_DAY)

    def offer(self, programmes: Iterable[Programme], case: CaseView) -> None:
        """Offers the programmes that take people in today, the former one first chosen."""
        self.programme.choices = [choice(one.id, one.name) for one in programmes]
        if not self.is_submitted():
            self.programme.data = case.programme.id
