"""Episodes for figures, streamed: imported history and the cases of this house, coded facts only."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseflow.domain.episodes import Episode, FollowUp, Milestone
from caseflow.domain.follow_ups import FollowUpAnswer
from caseflow.domain.outcomes import Outcome
from caseflow.storage.models import facts
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.figures import PastEpisode

PAGE = 1_000
LOCAL = ZoneInfo("Europe/Amsterdam")
_SOLVED = {
    FollowUpAnswer.STILL_HOLDS.value: True,
    FollowUpAnswer.NO_LONGER_HOLDS.value: False,
    FollowUpAnswer.UNKNOWN.value: None,
}


def already_there(session: Session, source: str, rows: Sequence[dict[str, Any]]) -> list[int]:
    """Which of these rows were imported from this source before, by their place in the list."""
    people = json.dumps(sorted({row["person_hash"] for row in rows}))
    listed = select(func.json_each(people).table_valued("value").c.value)
    found = session.execute(
        select(PastEpisode.programme, PastEpisode.person_hash, PastEpisode.entered_on).where(
            PastEpisode.source == source, PastEpisode.person_hash.in_(listed)
        )
    ).all()
    known = {(row.programme, row.person_hash, row.entered_on) for row in found}
    return [
        place
        for place, row in enumerate(rows)
        if (row["programme"], row["person_hash"], row["entered_on"]) in known
    ]


def of_programmes(session: Session, programmes: Collection[str]) -> Iterator[Episode]:
    """Every episode of these programmes: imported history first, then the participants of this house."""
    yield from _past(session, programmes)
    yield from _own(session, programmes)


def _past(session: Session, programmes: Collection[str]) -> Iterator[Episode]:
    rows = session.execute(
        select(
            PastEpisode.source,
            PastEpisode.person_hash,
            PastEpisode.programme,
            PastEpisode.entered_on,
            PastEpisode.exited_on,
            PastEpisode.outcome,
            PastEpisode.outcome_basis,
            PastEpisode.gender,
            PastEpisode.age_band,
        )
        .where(PastEpisode.programme.in_(programmes))
        .execution_options(yield_per=PAGE)
    )
    for row in rows:
        yield Episode(
            person=row.person_hash,
            programme=row.programme,
            entered_on=row.entered_on,
            exited_on=row.exited_on,
            outcome=row.outcome,
            basis=row.outcome_basis,
            recorded_on=row.entered_on,
            exit_recorded_on=row.exited_on,
            gender=row.gender,
            age_band=row.age_band,
        )


def _own(session: Session, programmes: Collection[str]) -> Iterator[Episode]:
    """Cases in which somebody became a participant: by admission, or by a consultation that began.

    The newest fact of a kind counts; facts recorded in error do not.
    """
    cases = session.execute(
        select(
            Case.id,
            Case.client_code,
            Case.programme,
            Client.is_test,
            Client.gender,
            Client.age_band,
        )
        .join(Client, Client.code == Case.client_code)
        .where(Case.programme.in_(programmes))
        .order_by(Case.id)
        .execution_options(yield_per=PAGE)
    )
    for page in cases.partitions():
        ids = [row.id for row in page]
        entered = _entries(session, ids)
        exits = _exits(session, ids)
        asked = _follow_ups(session, ids)
        for row in page:
            if row.id not in entered:
                continue
            entered_on, recorded_on = entered[row.id]
            left = exits.get(row.id)
            yield Episode(
                person=row.client_code,
                programme=row.programme,
                entered_on=entered_on,
                exited_on=left.exited_on if left else None,
                outcome=left.outcome if left else None,
                basis=left.outcome_basis if left else None,
                recorded_on=recorded_on,
                exit_recorded_on=left.recorded_at.astimezone(LOCAL).date() if left else None,
                permanent_stay_assured=_assured(left),
                is_test=row.is_test,
                follow_ups=tuple(asked.get(row.id, ())),
                gender=row.gender,
                age_band=row.age_band,
            )


def _entries(session: Session, ids: Sequence[str]) -> dict[str, tuple[date, date]]:
    """The day of admission, or of the guidance stage where a programme admits nobody."""
    found: dict[str, tuple[date, date]] = {}
    stages = session.execute(
        select(
            facts.StageChange.case_id, facts.StageChange.event_on, facts.StageChange.recorded_at
        ).where(
            facts.StageChange.case_id.in_(ids),
            facts.StageChange.stage == "guidance",
            facts.StageChange.mistaken_at.is_(None),
        )
    )
    for case_id, event_on, recorded_at in stages:
        found[case_id] = (event_on, recorded_at.astimezone(LOCAL).date())
    admissions = session.execute(
        select(facts.StartDate.case_id, facts.StartDate.event_on, facts.StartDate.recorded_at)
        .where(
            facts.StartDate.case_id.in_(ids),
            facts.StartDate.kind == "admission",
            facts.StartDate.mistaken_at.is_(None),
        )
        .order_by(facts.StartDate.recorded_at)
    )
    for case_id, event_on, recorded_at in admissions:
        found[case_id] = (event_on, recorded_at.astimezone(LOCAL).date())
    return found


def _exits(session: Session, ids: Sequence[str]) -> dict[str, facts.Exit]:
    rows = session.scalars(
        select(facts.Exit)
        .where(facts.Exit.case_id.in_(ids), facts.Exit.mistaken_at.is_(None))
        .order_by(facts.Exit.recorded_at)
    )
    return {row.case_id: row for row in rows}


def _follow_ups(session: Session, ids: Sequence[str]) -> dict[str, list[FollowUp]]:
    rows = session.scalars(
        select(facts.FollowUp)
        .where(facts.FollowUp.case_id.in_(ids), facts.FollowUp.mistaken_at.is_(None))
        .order_by(facts.FollowUp.recorded_at)
    )
    found: dict[str, list[FollowUp]] = {}
    for row in rows:
        recorded_on = row.recorded_at.astimezone(LOCAL).date()
        found.setdefault(row.case_id, []).append(
            FollowUp(row.months, _SOLVED[row.state], recorded_on)
        )
    return found


def _assured(left: facts.Exit | None) -> bool:
    if left is None or left.outcome != Outcome.ONWARD_MIGRATION:
        return True
    return bool(left.permanent_stay_assured)


def milestones(session: Session, programmes: Collection[str]) -> Iterator[Milestone]:
    """Repeat asylum applications that were decided, for clients of these programmes."""
    rows = session.execute(
        select(
            Case.client_code,
            Case.programme,
            Client.is_test,
            facts.Milestone.event_on,
            facts.Milestone.recorded_at,
            facts.Milestone.result,
        )
        .join(Case, Case.id == facts.Milestone.case_id)
        .join(Client, Client.code == Case.client_code)
        .where(
            Case.programme.in_(programmes),
            facts.Milestone.kind == "repeat_asylum_application_decided",
            facts.Milestone.result.in_(("granted", "refused")),
            facts.Milestone.mistaken_at.is_(None),
        )
        .execution_options(yield_per=PAGE)
    )
    for row in rows:
        yield Milestone(
            person=row.client_code,
            programme=row.programme,
            decided_on=row.event_on,
            granted=row.result == "granted",
            recorded_on=row.recorded_at.astimezone(LOCAL).date(),
            is_test=row.is_test,
        )
