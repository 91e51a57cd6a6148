"""What is arranged beside the cases: a deputy, a referral, a restricted client, a shift, emergency cards."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle, islice

from caseflow.demos import councils, demanded, discussed, protected
from caseflow.demos.cities import HAVEN, City
from caseflow.demos.days import Days
from caseflow.domain.actors import Role
from caseflow.domain.cards import CardLines
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.programmes import Stage
from caseflow.services import (
    cards,
    caseloads,
    deputies,
    gatekeeping,
    referrals,
    restrictions,
    rosters,
)
from caseflow.services.caseloads import Show

LEAD, COUNSELLOR, STANDS_IN, ON_DUTY = "lena", "iris", "sara", "omar"
CARDS = (
    CardLines(allergies="Penicilline: benauwd", doctor="Praktijk De Brug, 010 555 02 10"),
    CardLines(
        medication="Metformine 500 mg, tweemaal per dag",
        conditions="Diabetes type 2",
        pharmacy="Apotheek Aan de Kade, 010 555 02 30",
    ),
    CardLines(language="Tigrinya, een beetje Engels", whom_to_call="Zus, 06 0000 0000"),
    CardLines(conditions="Epilepsie; na een aanval laten slapen"),
)
"""Invented cards, handed round; most people of the city have none."""


def tie(city: City, days: Days, now: datetime) -> None:
    """What one team lead and a case team arrange at the end of the two years, each on a case of its own if it can."""
    lead = city.actors[LEAD]
    listed = caseloads.caseload(lead, now, show=Show.TEAM).rows
    staffed = [row for row in listed if row.case_team]
    staffed.sort(key=lambda row: (row.stage is not Stage.GUIDANCE, row.client_code))
    answers: list[object] = []
    made_for = [row for row in staffed if row.stage is Stage.GUIDANCE][: 4 * len(CARDS)]
    answers += [
        cards.record(city.by_id(_helper(city, row.case_id, now)), row.case_id, lines, None, now)
        for row, lines in zip(made_for, cycle(CARDS), strict=False)
    ]
    helped = [(city.by_id(_helper(city, row.case_id, now)), row.case_id) for row in made_for[:3]]
    answers += protected.protect(helped, now)
    answers += discussed.discuss(city, helped, now)
    if staffed:
        first, second, third = islice(cycle(row.case_id for row in staffed), 3)
        answers += [
            deputies.appoint(
                lead,
                first,
                city.actors[STANDS_IN].user_id,
                _helper(city, first, now),
                local(now).date(),  # late in the evening the day of UTC is yesterday's
                local(now).date() + timedelta(days=14),
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
    answers += councils.complain(city, now)
    answers += demanded.demand(city, now)
    days.refusals += [one.reason for one in answers if isinstance(one, Refused)]


def _helper(city: City, case_id: str, now: datetime) -> str:
    """Who works on a case, as the lead sees it."""
    team = gatekeeping.open_case(city.actors[LEAD], case_id, now).case_team or ()
    return next(one.id for one in team if one.deputy_for is None)
