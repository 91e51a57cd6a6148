"""A client's own list, printed with them: what left, who asked for it, who looked (rule FW13, GDPR art. 13 to 15).

Who looked is made from the log; the rest from what its own part of the work keeps (`own_list_sections`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import look_purposes, own_lists
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.domain.own_lists import Day, Trace
from caseflow.services import gatekeeping, houses, own_list_sections
from caseflow.services.own_list_sections import Sections
from caseflow.storage import audit_log, audit_readings, merges
from caseflow.storage.audit_log import Act
from caseflow.storage.audit_readings import Told, Wanted
from caseflow.storage.models.accounts import UserAccount
from caseflow.storage.models.cases import Case

ACTS_AT_MOST: Final = 5000
"""Acts that one list is made of, some ten years of a usual file; that older ones are missing is said on it."""
DID_NOT_HAPPEN: Final = frozenset({"refused", "failed"})


class Period(StrEnum):
    """How far back a list goes."""

    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"


_LENGTHS: Final = {Period.QUARTER: timedelta(days=92), Period.YEAR: timedelta(days=366)}


@dataclass(frozen=True)
class OwnList:
    """A client's own list, ready to be printed: by client code, never by name."""

    case_id: str
    client_code: str
    organisation: Label
    made_on: date
    since: date | None
    """The first day it tells of; None where it goes back to the beginning."""
    days: tuple[Day, ...]
    outsiders: tuple[Day, ...]
    """Of these, who does not work with the client from day to day: other organisations, an accountant, broken glass."""
    sections: Sections
    with_names: bool
    is_cut_off: bool
    """Whether there were more acts than one list holds, so that the oldest are missing."""


def printed(
    actor: Actor,
    case_id: str,
    language: str,
    period: Period,
    now: datetime,
    *,
    with_names: bool = False,
) -> OwnList:
    """The list of everybody who looked at or changed a client's files, told to the log before it leaves.

    Acts of every organisation count; names, where the client asks for them, are those of the own organisation. An act
    that was refused is not on it: it showed nothing. Raises `NotKnown` for somebody who may not print it.
    """
    house = houses.current()
    since = now - _LENGTHS[period] if period in _LENGTHS else None
    with house.stores.reading() as session:
        standing = gatekeeping.known(session, actor, Permission.LOOKS_PRINT, case_id, now)
        case = session.get_one(Case, case_id)
        code, holder = case.client_code, case.organisation
        former = frozenset(merges.reads_as(session, [code])) - {code}
        wanted = Wanted(client_code=code, former_codes=former, since=since)
        told = audit_readings.page(house.stores, wanted, most=ACTS_AT_MOST + 1, with_subjects=False)
        happened = [one for one in told[:ACTS_AT_MOST] if one.result not in DID_NOT_HAPPEN]
        names = _names(session, actor.organisation, happened) if with_names else None
        first = local(since).date() if since else None
        sections = own_list_sections.of_person(
            session, {code, *former}, holder, first, local(now).date()
        )
    traces = [_trace(one) for one in happened]
    days = own_lists.days(traces, names)
    outside = (one for one in traces if own_lists.is_from_outside(one, frozenset({holder})))
    audit_log.tell(
        house.stores,
        Act(
            "looks_printed",
            actor,
            now,
            subjects=(code,),
            object_id=case_id,
            details={"count": len(happened), "language": language, "names": with_names},
            permission=Permission.LOOKS_PRINT.value,
            purpose=look_purposes.purpose(Permission.LOOKS_PRINT, standing),
            relations=standing.relations,
            sensitivity="audit",
        ),
        result="shown",
    )
    return OwnList(
        case_id=case_id,
        client_code=code,
        organisation=house.catalogue.organisations[holder].name,
        made_on=local(now).date(),
        since=first,
        days=days,
        outsiders=own_lists.days(outside, names),
        sections=sections,
        with_names=with_names,
        is_cut_off=len(told) > ACTS_AT_MOST or sections.is_cut_off,
    )


def _names(session: Session, organisation: str, told: Iterable[Told]) -> dict[str, str]:
    rows = session.execute(
        select(UserAccount.id, UserAccount.display_name).where(
            UserAccount.organisation == organisation,
            UserAccount.id.in_({one.user_id for one in told}),
        )
    )
    return {row.id: row.display_name for row in rows}


def _trace(told: Told) -> Trace:
    kinds = told.details.get("compartments") or ()
    return Trace(
        on=local(told.at).date(),
        event=told.event,
        user_id=told.user_id,
        roles=told.roles,
        relations=told.relations,
        compartments=frozenset(kinds),
        purpose=told.purpose,
        emergency=told.emergency,
        deputises=told.on_behalf_of is not None,
        organisation=told.organisation,
    )
