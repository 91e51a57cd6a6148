"""What ties colleagues to cases for a while: a deputy, a referral, a restricted client, a shift."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle, islice

from caseflow.demos.cities import HAVEN, City
from caseflow.demos.days import Days
from caseflow.domain.actors import Role
from caseflow.domain.decisions import Refused
from caseflow.domain.programmes import Stage
from caseflow.services import caseloads, deputies, gatekeeping, referrals, restrictions, rosters
from caseflow.services.caseloads import Show

LEAD, COUNSELLOR, STANDS_IN, ON_DUTY = "lena", "iris", "sara", "omar"


def tie(city: City, days: Days, now: datetime) -> None:
    """What one team lead and a case team arrange at the end of the two years, each on a case of its own if it can."""
    lead = city.actors[LEAD]
    listed = caseloads.caseload(lead, now, show=Show.TEAM).rows
    staffed = [row for row in listed if row.case_team]
    staffed.sort(key=lambda row: (row.stage is not Stage.GUIDANCE, row.client_code))
    answers: list[object] = []
    if staffed:
        first, second, third = islice(cycle(row.case_id for row in staffed), 3)
        answers += [
            deputies.appoint(
                lead,
                first,
                city.actors[STANDS_IN].user_id,
                _helper(city, first, now),
                now.date(),
                now.date() + timedelta(days=14),
                now,
            ),
            referrals.refer(
                city.by_id(_helper(city, second, now)),
                second,
                city.actors[COUNSELLOR].user_id,
                None,
                now,
            ),
            restrictions.restrict(
                lead,
                third,
                (
                    _helper(city, third, now),
                    *(one.user_id for one in city.of(HAVEN, Role.COORDINATOR)),
                ),
                now,
            ),
        ]
    answers.append(
        rosters.enter(
            lead, city.actors[ON_DUTY].user_id, lead.team_id, now, now + timedelta(days=6), now
        )
    )
    days.refusals += [one.reason for one in answers if isinstance(one, Refused)]


def _helper(city: City, case_id: str, now: datetime) -> str:
    """Who works on a case, as the lead sees it."""
    team = gatekeeping.open_case(city.actors[LEAD], case_id, now).case_team or ()
    return next(one.id for one in team if one.deputy_for is None)
