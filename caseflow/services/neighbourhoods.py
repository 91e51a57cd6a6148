"""The neighbourhood log of a house: what came and went, about the house and never about a person."""

from __future__ import annotations

from datetime import date, datetime

from caseflow.domain import neighbourhoods as rules
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.sites import NeighbourhoodKind
from caseflow.services import houses
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.prompting import AskedFirst
from caseflow.services.site_acts import changing_site, recorded
from caseflow.storage.models.sites import NeighbourhoodEntry

KEEP = Permission.HOUSES_KEEP
IS_IT_A_NAME = AskedFirst(
    N_(
        "Does a name, a telephone number or an address stand in it? Write who it was without one: a neighbour, "
        "the committee, the school. If it names nobody, keep it as it is."
    )
)


def record(
    actor: Actor,
    site_id: str,
    on: date,
    kind: NeighbourhoodKind,
    words: str,
    now: datetime,
    *,
    ask_first: bool = True,
) -> Refused | None:
    """Keeps a line about the house and its neighbours; asks once where a name may stand in it. Raises `NotKnown`."""
    words = words.strip()
    with changing_site(
        actor, KEEP, site_id, "neighbourhood_recorded", now, {"kind": kind.value, "on": on}
    ) as (work, site):
        allowed = rules.may_record(words, on, local(now).date())
        if not allowed:
            return work.refuse(allowed)
        known = [site.name]
        for one in houses.current().catalogue.organisations.values():
            known += [one.name.nl, one.name.en]
        if ask_first and rules.looks_like_a_name(words, known):
            return work.refuse(IS_IT_A_NAME)
        work.casework.add(
            NeighbourhoodEntry(
                site_id=site_id, on=on, kind=kind.value, words=words, **recorded(work)
            )
        )
    return None


def take_out(actor: Actor, site_id: str, entry_id: str, now: datetime) -> Refused | None:
    """Erases the words of a line, where a name slipped in; that there was one stays. Raises `NotKnown`."""
    with changing_site(
        actor, KEEP, site_id, "neighbourhood_taken_out", now, {"entry": entry_id}
    ) as (work, _):
        row = work.casework.get(NeighbourhoodEntry, entry_id)
        if row is None or row.site_id != site_id:
            raise NotKnown()
        if row.words is None:
            return work.refuse(Refused(N_("The words were taken out already.")))
        row.words, row.taken_out_by, row.taken_out_at = None, work.by, work.at
    return None
