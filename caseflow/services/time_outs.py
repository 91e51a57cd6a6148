"""Time-outs: somebody does not come to a site for some nights, and it is known where they sleep meanwhile.

A time-out ends by itself on its day. The stay and the bed go on: nobody loses a bed by it (rule B5). Nights that are
not slept on another bed of ours are an absence of their own kind, and the programme says whether that pauses the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from caseflow.domain import time_outs as rules
from caseflow.domain.access import Permission, Relation, Standing
from caseflow.domain.actors import Actor, Role
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.nights import Nights
from caseflow.domain.stay_limits import AbsenceKind
from caseflow.domain.tasks import OVER, TaskKind
from caseflow.domain.time_outs import Meanwhile
from caseflow.services import houses, planned_tasks, readings
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing, known
from caseflow.storage import dossiers, house_peace
from caseflow.storage.models import shelter
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.house_peace import TimeOut

RECORD = Permission.TIME_OUT_RECORD
SLEPT_WITHIN: Final = timedelta(days=14)
"""Somebody who was moved after an incident may still be kept away from the site where it happened."""


@dataclass(frozen=True)
class Asked:
    """A time-out as somebody decides it; `back_on` is the day on which the person may come back."""

    site_id: str
    from_on: date
    back_on: date
    meanwhile: Meanwhile
    lead_knows: bool = False
    told_of_complaint: bool = False


def sites(actor: Actor, case_id: str, now: datetime) -> tuple[tuple[str, str], ...]:
    """Ids and names of the sites that somebody can be kept away from: where they sleep, or slept lately.

    For a case that was opened, and whose look was recorded, in the same request. Raises `NotKnown`.
    """
    with houses.current().stores.reading() as session:
        standing = known(session, actor, RECORD, case_id, now)
        code = dossiers.of_cases(session, [case_id])[case_id].client.code
        since = local(now).date() - SLEPT_WITHIN
        found = house_peace.sites_slept_at(session, code, since, _whose(actor, standing))
        return tuple((site_id, name) for site_id, name, _ in found)


def begin(actor: Actor, case_id: str, asked: Asked, now: datetime) -> Refused | None:
    """Keeps somebody away from a site for some nights. Raises `NotKnown`."""
    time_out_id = new_id()
    details = {
        "time_out": time_out_id, "site": asked.site_id, "from": asked.from_on,
        "until": asked.back_on, "meanwhile": asked.meanwhile.value,
    }  # fmt: skip
    with changing(actor, RECORD, case_id, "time_out_recorded", now, details=details) as change:
        refused = _refused(change, actor, asked)
        if refused is not None:
            return change.refuse(refused)
        away = None if asked.meanwhile is Meanwhile.ANOTHER_BED else new_id()
        change.work.casework.add(
            TimeOut(
                id=time_out_id,
                case_id=case_id,
                site_id=asked.site_id,
                from_on=asked.from_on,
                back_on=asked.back_on,
                meanwhile=asked.meanwhile.value,
                lead_knows=asked.lead_knows,
                told_of_complaint=asked.told_of_complaint,
                absence_id=away,
                task_id=_task(change, asked),
                **change.written(),
            )
        )
        if away is not None:
            change.work.casework.add(
                shelter.Absence(
                    id=away,
                    kind=AbsenceKind.TIME_OUT.value,
                    from_on=asked.from_on,
                    until_on=asked.back_on,
                    **change.recorded,
                )
            )
        return None


def end(
    actor: Actor, case_id: str, time_out_id: str, back_on: date, now: datetime
) -> Refused | None:
    """Lets somebody come back earlier than was said. Raises `NotKnown`, also for one that is over."""
    details = {"time_out": time_out_id, "until": back_on}
    with _changing(actor, case_id, time_out_id, now, details) as (change, row):
        if not row.from_on <= back_on < row.back_on:
            return change.refuse(
                Refused(
                    N_(
                        "Choose a day from %(first)s on, and before %(back)s.",
                        first=row.from_on,
                        back=row.back_on,
                    )
                )
            )
        if back_on < change.today:
            return change.refuse(
                Refused(N_("%(day)s has passed. Choose today or a later day.", day=back_on))
            )
        row.back_on = back_on
        row.ended_by, row.ended_at = change.work.by, change.work.at
        row.ended_change_id = change.work.id
        for away in change.dossier.absences:
            if away.id == row.absence_id and away.until_on is not None and away.until_on > back_on:
                away.until_on = back_on
                change.ended(away)
        if row.task_id is not None:
            planned_tasks.supersede(change.work, (row.task_id,))
        return None


def _whose(actor: Actor, standing: Standing) -> str | None:
    """A coordinator keeps nobody away from a house of somebody else; who leads the team may."""
    leads = Relation.LEADS_TEAM in standing.words and Role.TEAM_LEAD in standing.words
    return None if leads else actor.organisation


def _refused(change: CaseChange, actor: Actor, asked: Asked) -> Refused | None:
    """Why this time-out cannot be, or None."""
    client, today = change.dossier.client, change.today
    slept_at = {
        site_id: has_bed
        for site_id, _, has_bed in house_peace.sites_slept_at(
            change.work.casework,
            client.code,
            today - SLEPT_WITHIN,
            _whose(actor, change.standing),
        )
    }
    if asked.site_id not in slept_at:
        return Refused(
            N_("Choose a site where this person sleeps, or slept in the last two weeks.")
        )
    nights = houses.current().peace.time_out_nights
    allowed = rules.may_begin(
        asked.from_on, asked.back_on, asked.meanwhile, client.age_band, today, nights
    )
    allowed = allowed and rules.is_answered_for(
        asked.meanwhile, lead_knows=asked.lead_knows, told_of_complaint=asked.told_of_complaint
    )
    if isinstance(allowed, Refused):
        return allowed
    wanted = Nights(asked.from_on, asked.back_on)
    if asked.site_id in house_peace.sites_timed_out(change.work.casework, client.code, wanted):
        return Refused(N_("A time-out from this site runs already. End that one first."))
    if asked.meanwhile is Meanwhile.ANOTHER_BED:
        everywhere = house_peace.sites_slept_at(
            change.work.casework, client.code, today - SLEPT_WITHIN, None
        )
        others = any(has_bed for site_id, _, has_bed in everywhere if site_id != asked.site_id)
        if slept_at[asked.site_id] or not others:
            return Refused(
                N_("Move this person to a bed at another site first, or choose where they sleep.")
            )
        return None
    if any(one.nights.overlaps(wanted) for one in readings.absences(change.dossier)):
        return Refused(
            N_("An absence was already recorded for these nights. End it first, then try again.")
        )
    return None


def _task(change: CaseChange, asked: Asked) -> str | None:
    """A task for today where no place was found; else one to talk before the person comes back."""
    if change.facts.stage in OVER:
        return None
    if asked.meanwhile is Meanwhile.NO_PLACE:
        return planned_tasks.plan(change, TaskKind.SHELTER, change.today)
    return planned_tasks.plan(change, TaskKind.HOUSE, asked.back_on)


@contextmanager
def _changing(
    actor: Actor, case_id: str, time_out_id: str, now: datetime, details: dict[str, Any]
) -> Iterator[tuple[CaseChange, TimeOut]]:
    """One change to a time-out of this very person that lasts today. Raises `NotKnown`."""
    with changing(actor, RECORD, case_id, "time_out_ended", now, details=details) as change:
        row = change.work.casework.get(TimeOut, time_out_id)
        lasting = house_peace.time_outs_of(
            change.work.casework, change.dossier.client.code, change.today
        )
        if row is None or row not in lasting:
            raise NotKnown()
        yield change, row
