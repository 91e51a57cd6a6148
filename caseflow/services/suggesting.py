"""Works out which bed suits whom, for each organisation, and keeps the answer until the next time (rule B11).

It runs as a job, without a vault key: ids, codes and counts alone. The counts of each run stay; rows about people are
replaced, but for refusals, which keep a room from being suggested again for a while.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, not_, or_, select
from sqlalchemy.orm import Session

from caseflow.domain.actors import Actor
from caseflow.domain.local_days import local
from caseflow.domain.suggestions import OTHERS_AT_MOST, REFUSALS_REMEMBERED_DAYS, Verdict
from caseflow.services import houses, suggestion_puzzles, suggestion_reasons
from caseflow.services.job_runs import Worked
from caseflow.services.suggestion_puzzles import Town
from caseflow.solvers import bed_assignments, bed_costs
from caseflow.solvers.bed_assignments import Solved
from caseflow.solvers.bed_costs import Other
from caseflow.solvers.bed_models import SolverFailed
from caseflow.storage import changes
from caseflow.storage.audit_log import Act
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.shelter import Bed, Site
from caseflow.storage.models.suggestions import Suggestion, SuggestionRun

Others = Mapping[str, tuple[Other, ...]]


def suggest(actor: Actor, now: datetime) -> Worked:
    """Works out the beds of every organisation with a site; answers how many people were suggested a bed.

    An organisation whose puzzle fails is put off, by its code; the others go on, and its last answer stays.
    """
    with houses.current().stores.reading() as session:
        organisations = session.scalars(
            select(Site.organisation).distinct().order_by(Site.organisation)
        ).all()
    placed, codes = 0, list[str]()
    for organisation in organisations:
        try:
            placed += _of(actor, organisation, now)
        except (SolverFailed, KeyError, ValueError) as odd:
            codes.append(type(odd).__name__)
    return Worked(placed, len(codes), frozenset(codes))


def _of(actor: Actor, organisation: str, now: datetime) -> int:
    house, today = houses.current(), local(now).date()
    with house.stores.reading() as session:
        refused = _refused(session, organisation, now)
        town = suggestion_puzzles.read(house, session, organisation, now, today, today, refused)
    solved = bed_assignments.solve(town.puzzle)
    others = bed_costs.others(town.puzzle, solved, OTHERS_AT_MOST)
    placed = solved.plan.bed_of
    codes = [one.who.client_code for one in town.waiters if one.who.case_id in placed]
    act = Act(
        "beds_suggested",
        actor,
        now,
        subjects=tuple(sorted(codes)),
        details={"people": len(town.waiters), "beds": len(town.free), "placed": len(placed)},
        purpose="shelter",
    )
    with changes.change(house.stores, act) as change:
        _forget(change.casework, organisation, now)
        run = _run(organisation, town, solved, now)
        change.casework.add(run)
        change.casework.flush()
        change.casework.add_all(_rows(run.id, town, solved, others))
    return len(placed)


def _run(organisation: str, town: Town, solved: Solved, now: datetime) -> SuggestionRun:
    score, first = solved.plan.score, solved.first_come.score
    return SuggestionRun(
        id=new_id(),
        organisation=organisation,
        made_at=now,
        first_night=town.first_night,
        milliseconds=round(solved.seconds * 1000),
        people=len(town.waiters),
        beds=len(town.free),
        placed=score.placed,
        points=score.points,
        points_at_most=solved.points_at_most,
        first_come_placed=first.placed,
        first_come_points=first.points,
        is_best=solved.is_best,
    )


def _rows(run_id: str, town: Town, solved: Solved, others: Others) -> Iterator[Suggestion]:
    """A row for everybody who waits; those with other beds that would do have a row for each of them."""
    points = {one.who.case_id: one.points for one in town.waiters}
    reasons = suggestion_reasons.Reasons(town, solved)
    for number, party in enumerate(town.puzzle.parties):
        for place, person in enumerate(party.people):
            bed = solved.plan.bed_of.get(person.id)
            why = reasons.of(party, person.id, bed)
            yield _row(run_id, person.id, bed, number, 0, points, why)
            for rank, other in enumerate(others.get(party.id, ()), start=1):
                chosen = other.beds[place]
                yield _row(
                    run_id,
                    person.id,
                    chosen,
                    number,
                    rank,
                    points,
                    reasons.of(party, person.id, chosen),
                    other,
                )


def _row(
    run_id: str,
    case_id: str,
    bed_id: str | None,
    together: int,
    rank: int,
    points: Mapping[str, int],
    why: str,
    other: Other | None = None,
) -> Suggestion:
    return Suggestion(
        id=new_id(),
        run_id=run_id,
        case_id=case_id,
        bed_id=bed_id,
        together=together,
        rank=rank,
        points=points[case_id],
        cost=0 if other is None else other.cost,
        cost_is_exact=other is None or other.is_exact,
        reasons=why,
    )


def _refused(session: Session, organisation: str, now: datetime) -> dict[str, frozenset[str]]:
    """Rooms that were refused lately, by case."""
    rows = session.execute(
        select(Suggestion.case_id, Bed.room_id)
        .join(Bed, Bed.id == Suggestion.bed_id)
        .join(SuggestionRun, SuggestionRun.id == Suggestion.run_id)
        .where(SuggestionRun.organisation == organisation, _is_remembered(now))
    )
    found: dict[str, frozenset[str]] = {}
    for case_id, room_id in rows:
        found[case_id] = found.get(case_id, frozenset()) | {room_id}
    return found


def _is_remembered(now: datetime) -> ColumnElement[bool]:
    since = now - timedelta(days=REFUSALS_REMEMBERED_DAYS)
    return and_(Suggestion.decision == Verdict.REFUSED.value, Suggestion.decided_at >= since)


def _forget(session: Session, organisation: str, now: datetime) -> None:
    """Takes out what was worked out before, but for refusals that are remembered."""
    runs = select(SuggestionRun.id).where(SuggestionRun.organisation == organisation)
    goes = or_(Suggestion.decision.is_(None), not_(_is_remembered(now)))
    session.execute(delete(Suggestion).where(Suggestion.run_id.in_(runs), goes))
