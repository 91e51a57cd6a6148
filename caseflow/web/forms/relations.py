"""Who stands in, who may read, who is asked, who is on duty: one short form for each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from caseflow.domain.messages import N_
from caseflow.services import rosters
from caseflow.services.colleagues import Colleague
from caseflow.services.deputies import DAYS_AT_MOST, DeputiesView
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice

HOURS = tuple(choice(str(hour), f"{hour:02d}:00") for hour in range(24))


def _named(colleague: Colleague) -> str:
    return f"{colleague.name} ({colleague.team})" if colleague.team else colleague.name


class DeputyForm(OwnForm):
    """Who stands in, for whom, from when until when."""

    deputy = fields.select(N_("Who stands in"), needed=N_("Choose who stands in."))
    deputy_for = fields.one_of(N_("For whom"), needed=N_("Choose for whom."))
    from_on = fields.day(N_("First day"), needed=N_("Enter the first day."))
    until_on = fields.day(
        N_("Last day"),
        needed=N_("Enter the last day."),
        hint=N_("At most %(days)s days after the first one.", days=DAYS_AT_MOST - 1),
    )

    def offer(self, colleagues: Iterable[Colleague], found: DeputiesView) -> None:
        """Offers colleagues who are not on the case team, for those who are."""
        on_the_team = {user_id for user_id, _ in found.members}
        self.deputy.choices = [
            choice("", N_("Choose a colleague")),
            *(choice(one.id, _named(one)) for one in colleagues if one.id not in on_the_team),
        ]
        self.deputy_for.choices = [choice(user_id, name) for user_id, name in found.members]


class ReadersForm(OwnForm):
    """The named readers of a restricted client."""

    readers = fields.some_of(
        N_("Readers"),
        needed=N_("Choose at least one reader who works on the case, beside yourself."),
        hint=N_(
            "Whoever works on the case, and where the person sleeps. You stay a reader yourself."
        ),
    )

    def offer(self, colleagues: Iterable[Colleague], present: Iterable[str], own_id: str) -> None:
        """Offers the colleagues of the organisation, those who read now ticked."""
        others = [one for one in colleagues if one.id != own_id]
        self.readers.choices = [choice(one.id, _named(one)) for one in others]
        if not self.is_submitted():
            self.readers.data = [one for one in present if one != own_id]


class ReferralForm(OwnForm):
    """Whom the case team asks to look at the case."""

    colleague = fields.select(
        N_("Counsellor or health worker"),
        needed=N_("Choose a legal counsellor or health worker."),
    )
    goes_along = fields.tick(
        N_("Goes along to an appointment"),
        hint=N_(
            "For a health worker, until a last day within two weeks. Who goes along reads who the person is and how "
            "to reach them."
        ),
    )
    until_on = fields.day(N_("Last day"), hint=N_("Leave it empty while it has no end."))

    def offer(self, colleagues: Iterable[Colleague]) -> None:
        """Offers the counsellors and health workers of the organisation."""
        self.colleague.choices = [
            choice("", N_("Choose a colleague")),
            *(choice(one.id, _named(one)) for one in colleagues),
        ]


class ShiftForm(OwnForm):
    """Who is on duty, for which team, from when until when."""

    colleague = fields.select(N_("Who is on duty"), needed=N_("Choose who is on duty."))
    team = fields.select(N_("For which cases"))
    from_on = fields.day(N_("First day"), needed=N_("Enter the first day."))
    from_hour = fields.select(N_("From what time"), HOURS)
    until_on = fields.day(N_("Last day"), needed=N_("Enter the last day."))
    until_hour = fields.select(N_("Until what time"), HOURS)

    def offer(
        self, colleagues: Iterable[Colleague], teams: Iterable[tuple[str, str]], own_id: str
    ) -> None:
        """Offers others than the reader, for the teams the reader leads or the whole organisation."""
        self.colleague.choices = [
            choice("", N_("Choose a colleague")),
            *(choice(one.id, _named(one)) for one in colleagues if one.id != own_id),
        ]
        self.team.choices = [
            *(choice(team_id, name) for team_id, name in teams),
            choice("", N_("Every team of the organisation")),
        ]

    def begins_at(self) -> datetime:
        """The moment the shift begins."""
        return rosters.moment(self.from_on.data, int(self.from_hour.data))

    def ends_at(self) -> datetime:
        """The moment the shift ends."""
        return rosters.moment(self.until_on.data, int(self.until_hour.data))


class SeparationForm(OwnForm):
    """From whom somebody is kept apart, and from which day on."""

    other = fields.line(
        N_("Client code of the other person"),
        needed=N_("Enter the client code of the other person."),
        most=12,
        hint=N_("Such as K7QM-4XPD. No names, and no reason: the code is enough."),
    )
    from_on = fields.day(N_("First day"), needed=N_("Enter the first day."))


class EndSeparationForm(OwnForm):
    """The last day on which two people are kept apart."""

    last_day = fields.day(
        N_("Last day"),
        needed=N_("Enter the last day."),
        hint=N_("With the day of yesterday it counts no more from now on."),
    )
