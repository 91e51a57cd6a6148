"""Prepares the publications of a quarter for everything that runs here; none of them leaves by itself."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select

from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.services import houses, publications
from caseflow.services.job_runs import Worked
from caseflow.storage.models.cases import Case
from caseflow.storage.models.figures import PastEpisode, Publication

FROZEN_MEANWHILE = "frozen"


def prepare_all(actor: Actor, cut_off: date, now: datetime) -> Worked:
    """Prepares what nobody prepared yet for this cut-off; what a colleague has in hand is left alone.

    Where nothing may be printed, the publication keeps the reason. Does nothing where `[publication] proposals` is
    switched off.
    """
    if not houses.current().settings.publication.proposals:
        return Worked()
    done = deferred = 0
    for scope in missing(cut_off):
        if isinstance(publications.prepare(actor, scope, cut_off, now), Refused):
            deferred += 1
        else:
            done += 1
    return Worked(done, deferred, frozenset({FROZEN_MEANWHILE} if deferred else ()))


def missing(cut_off: date) -> tuple[str, ...]:
    """Programmes and groups with people in them that have no publication for this cut-off yet, by id.

    Programmes come before groups: a group is attacked together with its members.
    """
    house = houses.current()
    with house.stores.reading() as session:
        running = set(session.scalars(select(Case.programme).distinct()))
        running |= set(session.scalars(select(PastEpisode.programme).distinct()))
        there = set(
            session.scalars(select(Publication.scope).where(Publication.cut_off == cut_off))
        )
    found = [one for one in sorted(house.catalogue.programmes) if one in running]
    found += [
        one.id
        for one in sorted(house.catalogue.groups.values(), key=lambda group: group.id)
        if running & set(one.members)
    ]
    return tuple(scope for scope in found if scope not in there)
