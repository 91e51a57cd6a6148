"""A sample of what left in a week, looked at afterwards by the privacy officer: by code, never a value.

Everyday letters wait for nobody; that somebody looks afterwards is their guard (the firewall, §5, tier 1). What a
colleague says they did not approve by telephone is always in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosure_kinds import KINDS
from caseflow.domain.disclosures import Purpose, State, Why
from caseflow.domain.local_days import AMSTERDAM, local
from caseflow.domain.messages import N_
from caseflow.domain.recipients import Tier
from caseflow.services import disclosures, houses
from caseflow.services.disclosure_readings import fields_of
from caseflow.services.disclosure_views import SampleLine, SampleView
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.storage import audit_log, changes
from caseflow.storage.audit_log import Act
from caseflow.storage.models.cases import Case
from caseflow.storage.models.disclosures import Disclosure

SAMPLE: Final = Permission.DISCLOSURES_SAMPLE
LABEL: Final = "sample of disclosures"
OUT: Final = (State.ISSUED.value, State.WITHDRAWN.value)
WEEK: Final = timedelta(days=7)


def monday_of(day: date) -> date:
    """The first day of the week of a day."""
    return day - timedelta(days=day.weekday())


def of_week(actor: Actor, week: date, now: datetime) -> SampleView:
    """The sample of the week that begins on this Monday, the look recorded. Raises `NotKnown`."""
    if not may_at_all(SAMPLE, actor.roles):
        raise NotKnown()
    house, this_week = houses.current(), monday_of(local(now).date())
    week = min(monday_of(week), this_week)
    with house.stores.reading() as session:
        rows = _left(session, actor.organisation, week)
        drawn = _drawn(rows)
        checks = Role.PRIVACY_OFFICER in actor.roles
        lines = tuple(_line(row, code, checks, actor.user_id) for row, code in drawn)
    audit_log.tell(
        house.stores,
        _act("disclosures_sampled", actor, now, None, {"week": week, "count": len(lines)}, lines),
        result="shown",
    )
    later = week + WEEK if week < this_week else None
    return SampleView(week, week - WEEK, later, lines, len(rows))


def check(actor: Actor, disclosure_id: str, now: datetime) -> Refused | None:
    """Says of one disclosure that it was looked at; never of one's own. Raises `NotKnown`."""
    if Role.PRIVACY_OFFICER not in actor.roles:
        raise NotKnown()
    house = houses.current()
    with house.stores.reading() as session:
        known = _own(session, actor, disclosure_id)
        if known is None:
            raise NotKnown()
        code = known[1]
    act = _act("disclosure_checked", actor, now, code, {"disclosure": disclosure_id})
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, SAMPLE)
        found = _own(work.casework, actor, disclosure_id)
        if found is None:
            raise NotKnown()
        row = found[0]
        if actor.user_id in (row.asked_by, row.issued_by):
            return work.refuse(Refused(N_("Somebody else looks at what you let leave yourself.")))
        if row.sampled_at is not None:
            return work.refuse(Refused(N_("A colleague has reviewed this already.")))
        row.sampled_by, row.sampled_at = actor.user_id, now
    return None


def _left(session: Session, organisation: str, week: date) -> list[tuple[Disclosure, str]]:
    begins = datetime.combine(week, time(), AMSTERDAM)
    rows = session.execute(
        select(Disclosure, Case.client_code)
        .join(Case, Case.id == Disclosure.case_id)
        .where(
            Case.organisation == organisation,
            Disclosure.state.in_(OUT),
            Disclosure.issued_at >= begins,
            Disclosure.issued_at < begins + WEEK,
        )
    )
    return [(row, code) for row, code in rows]


def _drawn(rows: Sequence[tuple[Disclosure, str]]) -> list[tuple[Disclosure, str]]:
    """The same ones however often it is asked: by a keyed digest that nobody can steer."""
    house = houses.current()
    size = house.settings.attention.weekly_sample
    denied = [one for one in rows if one[0].why == Why.NOT_BY_ME.value]
    others = [one for one in rows if one[0].why != Why.NOT_BY_ME.value]
    others.sort(key=lambda one: house.stores.hashed(LABEL, one[0].id))
    return denied + others[:size]


def _own(session: Session, actor: Actor, disclosure_id: str) -> tuple[Disclosure, str] | None:
    found = session.execute(
        select(Disclosure, Case.client_code)
        .join(Case, Case.id == Disclosure.case_id)
        .where(
            Disclosure.id == disclosure_id,
            Case.organisation == actor.organisation,
            Disclosure.state.in_(OUT),
        )
    ).one_or_none()
    return (found[0], found[1]) if found is not None else None


def _line(row: Disclosure, code: str, checks: bool, user_id: str) -> SampleLine:
    to = disclosures.recipient_of(row.recipient)
    is_seen = row.sampled_at is not None
    return SampleLine(
        row.id,
        code,
        KINDS[row.kind].name,
        to.label if to is not None else row.recipient,
        Tier(row.tier),
        Purpose(row.purpose),
        fields_of(row),
        row.left_on or local(row.asked_at).date(),
        State(row.state),
        is_seen,
        row.why == Why.NOT_BY_ME.value,
        checks and not is_seen and user_id not in (row.asked_by, row.issued_by),
    )


def _act(
    event: str,
    actor: Actor,
    now: datetime,
    code: str | None,
    details: dict[str, object],
    lines: Sequence[SampleLine] = (),
) -> Act:
    subjects = (code,) if code else tuple(sorted({one.client_code for one in lines}))
    return Act(
        event,
        actor,
        now,
        subjects=subjects,
        object_id=None,
        details=details,
        permission=SAMPLE.value,
        purpose="oversight",
    )
