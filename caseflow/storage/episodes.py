"""Episodes for figures, streamed: imported history and the cases of this house, coded facts only."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
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
from caseflow.domain.stay_limits import StartEvent
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
    days: Sequence[date],
    known_on: date | None = None,
) -> Iterator[Sequence[Episode]]:
    """Every episode of these programmes as it stood at each cut-off: imported history first, then this house's.

    They are read once, in one question each, however many cut-offs there are: how an episode stands against the longest
    stay is worked out for each of them, everything else is the same. With `known_on`, only what had been recorded by
    the end of that day and not yet found mistaken; of history, whose recorded date is its event date, the reader of the
    episodes looks at the dates.
    """
    for episode in _past(session, programmes):
        yield (episode,) * len(days)
    yield from _own(session, programmes, days, AsKnown(known_on))


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
    session: Session, programmes: Mapping[str, Programme], days: Sequence[date], known: AsKnown
) -> Iterator[Sequence[Episode]]:
    """Cases in which somebody became a participant: by admission, or by a consultation that began."""
    limited = {one.id for one in programmes.values() if one.has_limits}
    stays = _Stays(programmes, days, known)
    no_limit = (LimitStatus.NO_LIMIT,) * len(days)
    for page in episode_facts.of_cases(session, programmes, known, clocks=bool(limited)):
        for row in page:
            limits = stays.standings(row) if row.programme in limited else no_limit
            entered_on, at = row.admitted_on, row.admission_known
            if entered_on is None:
                entered_on, at = row.guided_on, row.guidance_known
            if entered_on is None:
                continue
            first = Episode(
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
                follow_ups=episode_facts.follow_ups(row.asked),
                gender=row.gender,
                age_band=row.age_band,
                limit=limits[0],
            )
            if limits.count(first.limit) == len(limits):
                yield (first,) * len(days)
            else:
                yield [replace(first, limit=limit) for limit in limits]


class _Stays:
    """How stays stand at each cut-off; carries the nights of a client's earlier episodes over to the next (rule C3)."""

    def __init__(
        self, programmes: Mapping[str, Programme], days: Sequence[date], known: AsKnown
    ) -> None:
        self._programmes, self._days, self._known = programmes, days, known
        self._client = ""
        self._former: dict[str, Sequence[StayFacts]] = {}

    def standings(self, row: Any) -> tuple[LimitStatus, ...]:
        """How this case stands against its limit by each cut-off, or stood at its end."""
        if row.client_code != self._client:
            self._client, self._former = row.client_code, {}
        stays = self._former[row.programme] = self._stays(row, self._former.get(row.programme))
        if all(stay is stays[0] for stay in stays) and _is_over(stays[0], min(self._days)):
            return (standing(stays[0], self._days[0]),) * len(stays)
        return tuple(standing(stay, day) for stay, day in zip(stays, self._days, strict=True))

    def _stays(self, row: Any, former: Sequence[StayFacts] | None) -> Sequence[StayFacts]:
        """What the clock asks at each cut-off: the same facts where they say the same."""
        applied_on = row.applied_on or date.fromisoformat(row.opened[: len("2024-08-31")])
        dates = {
            StartEvent.APPLICATION: applied_on,
            StartEvent.SHELTER: row.sheltered_on,
            StartEvent.ADMISSION: row.admitted_on,
            StartEvent.PATHWAY_START: row.pathway_on,
        }
        stay = StayFacts(
            limit=limit_of(self._programmes[row.programme], dates),
            application_on=applied_on,
            sheltered_on=row.sheltered_on,
            admitted_on=row.admitted_on,
            pathway_started_on=row.pathway_on,
            absences=episode_facts.absences(row.away, self._known),
            count_earlier_nights=row.counts_earlier_nights,
            exited_on=row.exited_on,
        )
        agreed = episode_facts.extensions(row.agreed)
        if former is None and not agreed:
            return (stay,) * len(self._days)
        return [
            replace(
                stay,
                nights_used_before=0 if one is None else _nights_so_far(one, day),
                extended_until=max((until for on, until in agreed if on <= day), default=None),
            )
            for one, day in zip(former or (None,) * len(self._days), self._days, strict=True)
        ]


def _nights_so_far(stay: StayFacts, day: date) -> int:
    return stay.nights_used_before + nights_used(stay, day)


def _is_over(stay: StayFacts, first: date) -> bool:
    """Whether a stay began and ended by the first cut-off, so that its clock says the same at all of them."""
    began = stay.starts_on is None or stay.starts_on <= first
    return began and stay.exited_on is not None and stay.exited_on <= first


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
