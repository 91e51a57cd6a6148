"""Episodes for figures, streamed: imported history and the cases of this house, coded facts only."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseflow.domain.episodes import Episode, LimitStatus, Milestone
from caseflow.domain.limit_standings import limit_of, standing, standing_of_history
from caseflow.domain.local_days import local
from caseflow.domain.outcomes import Outcome
from caseflow.domain.programmes import Programme
from caseflow.domain.stay import StayFacts, nights_used
from caseflow.domain.stay_limits import Absence, StartEvent
from caseflow.storage import episode_facts
from caseflow.storage.episode_facts import PAGE, AsKnown, local_day
from caseflow.storage.models import facts
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.figures import PastEpisode


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


def of_programmes(
    session: Session,
    programmes: Mapping[str, Programme],
    as_of: date,
    known_on: date | None = None,
) -> Iterator[Episode]:
    """Every episode of these programmes: imported history first, then the participants of this house.

    How an episode stands against the longest stay is worked out for the cut-off. With `known_on`, only what had been
    recorded by the end of that day and not yet found mistaken; of history, whose recorded date is its event date, the
    reader of the episodes looks at the dates.
    """
    yield from _past(session, programmes)
    yield from _own(session, programmes, as_of, AsKnown(known_on))


def _past(session: Session, programmes: Mapping[str, Programme]) -> Iterator[Episode]:
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
            limit=standing_of_history(programmes[row.programme], row.entered_on, row.outcome),
        )


def _own(
    session: Session, programmes: Mapping[str, Programme], as_of: date, known: AsKnown
) -> Iterator[Episode]:
    """Cases in which somebody became a participant: by admission, or by a consultation that began."""
    limited = {one.id for one in programmes.values() if one.has_limits}
    nights = _EarlierNights()
    for page in episode_facts.of_cases(session, programmes, known, as_of, clocks=bool(limited)):
        left = [row.id for row in page if row.exited_on is not None]
        clocked = [row.id for row in page if row.programme in limited]
        asked = episode_facts.follow_ups(session, left, known) if left else {}
        away = episode_facts.absences(session, clocked, known) if clocked else {}
        for row in page:
            limit = LimitStatus.NO_LIMIT
            if row.programme in limited:
                limit = nights.standing(row, away.get(row.id, ()), programmes, as_of)
            entered_on, at = row.admitted_on, row.admission_known
            if entered_on is None:
                entered_on, at = row.guided_on, row.guidance_known
            if entered_on is None:
                continue
            yield Episode(
                person=row.client_code,
                programme=row.programme,
                entered_on=entered_on,
                exited_on=row.exited_on,
                outcome=row.outcome,
                basis=row.outcome_basis,
                recorded_on=local_day(at),
                exit_recorded_on=None if row.exit_known is None else local_day(row.exit_known),
                permanent_stay_assured=_assured(row),
                is_test=row.is_test,
                follow_ups=asked.get(row.id, ()),
                gender=row.gender,
                age_band=row.age_band,
                limit=limit,
            )


class _EarlierNights:
    """Carries the nights of a client's earlier episodes over to the next one in the same programme (rule C3)."""

    def __init__(self) -> None:
        self._client = ""
        self._former: dict[str, StayFacts] = {}

    def standing(
        self,
        row: Any,
        away: Iterable[Absence],
        programmes: Mapping[str, Programme],
        as_of: date,
    ) -> LimitStatus:
        """How this case stands against its limit by the cut-off, or stood at its end."""
        if row.client_code != self._client:
            self._client, self._former = row.client_code, {}
        applied_on = row.applied_on or date.fromisoformat(row.opened[: len("2024-08-31")])
        dates = {
            StartEvent.APPLICATION: applied_on,
            StartEvent.SHELTER: row.sheltered_on,
            StartEvent.ADMISSION: row.admitted_on,
            StartEvent.PATHWAY_START: row.pathway_on,
        }
        former = self._former.get(row.programme)
        before = 0
        if former is not None:
            before = former.nights_used_before + nights_used(former, as_of)
        stay = StayFacts(
            limit=limit_of(programmes[row.programme], dates),
            application_on=applied_on,
            sheltered_on=row.sheltered_on,
            admitted_on=row.admitted_on,
            pathway_started_on=row.pathway_on,
            absences=tuple(away),
            nights_used_before=before,
            count_earlier_nights=row.counts_earlier_nights,
            extended_until=row.extended_until,
            exited_on=row.exited_on,
        )
        self._former[row.programme] = stay
        return standing(stay, as_of)


def _assured(row: Any) -> bool:
    return row.outcome != Outcome.ONWARD_MIGRATION or bool(row.permanent_stay_assured)


def milestones(
    session: Session, programmes: Collection[str], known_on: date | None = None
) -> Iterator[Milestone]:
    """Repeat asylum applications that were decided, for clients of these programmes, as known now or on a day."""
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
            *AsKnown(known_on).facts(facts.Milestone),
        )
        .execution_options(yield_per=PAGE)
    )
    for row in rows:
        yield Milestone(
            person=row.client_code,
            programme=row.programme,
            decided_on=row.event_on,
            granted=row.result == "granted",
            recorded_on=local(row.recorded_at).date(),
            is_test=row.is_test,
        )
