"""Random sequences of everything that can be done with beds, watched from the raw rows by a counter of its own.

What must hold after every step: one person per bed and night, one bed per person and night, every page counts the same
free beds, a begun stay ends only by the act that ends it, and what was written down is never rewritten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from caseflow.domain.actors import THE_COMMAND
from caseflow.domain.boards import CellKind
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.nights import next_night
from caseflow.domain.outages import OutageReason
from caseflow.domain.placements import Cancellation, StayEnd
from caseflow.services import (
    boards,
    holds,
    houses,
    lapsed_holds,
    outages,
    placements,
    planned_nights,
    swaps,
    tonight,
    vacancies,
)
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.shelter import Placement
from caseflow.storage.models.sites import OutOfService
from tests import cast
from tests.services.placing import KOFI, person, staffed

SITE, FAR, PEOPLE = "havenhuis", date(2099, 1, 1), 4
UNKNOWN: Final = N_("There is no such stay.")
COMING: Final = ("held", "booked")
FINAL: Final = {"ended", "cancelled", "lapsed", "mistaken"}
ANY = st.integers(0, 10**6)
DAYS = st.integers(-9, 12)
LENGTHS = st.none() | st.integers(-1, 9)

Row = dict[str, Any]


def rows_of(session: Any, table: Any) -> list[Row]:
    columns = table.__table__.columns
    return [dict(zip(columns.keys(), row, strict=True)) for row in session.execute(select(columns))]


def night_by_night(row: Row, now: datetime, today: date) -> tuple[date, date] | None:
    """The nights that a row takes, worked out from its columns alone, after beds.md B1, B2, B5 and B7."""
    if row["status"] in {"cancelled", "lapsed", "mistaken"}:
        return None
    if row["status"] == "held" and row["hold_ends_at"] is not None and row["hold_ends_at"] <= now:
        return None
    if row["status"] == "ended":
        return row["arrival_on"], row["departure_on"]
    planned = row["planned_departure_on"] or FAR
    if row["status"] == "begun":
        planned = FAR if planned < today else max(planned, today + timedelta(days=1))
    return row["arrival_on"], planned


def overlap(one: tuple[date, date] | None, other: tuple[date, date] | None) -> bool:
    if one is None or other is None:
        return False
    return max(one[0], other[0]) < min(one[1], other[1])


class Beds(RuleBasedStateMachine):
    """A house of five beds and four people over some weeks; what is asked may be refused, never half done."""

    fresh: Callable[[], AbstractContextManager[House]]
    """Makes an empty house, which is the current one inside."""
    accepted: Counter[str] = Counter()
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.now = cast.NOW
        self.inside = ExitStack()
        self.beds = staffed(self.inside.enter_context(type(self).fresh()), beds=5)
        self.people = [person(f"P{n}") for n in range(PEOPLE)]
        self.before: dict[str, Row] = {}
        self.counted: object = None
        """What the pages were last counted for: without a change they are not asked again."""

    def teardown(self) -> None:
        self.inside.close()

    @property
    def today(self) -> date:
        return local(self.now).date()

    def rows(self) -> list[Row]:
        with houses.current().stores.reading() as session:
            return rows_of(session, Placement)

    def some_stay(self, which: int, *fitting: str) -> str:
        """A stay; three times of four one of a fitting state, where there is one."""
        rows = sorted(self.rows(), key=lambda row: (row["recorded_at"], row["bed_id"]))
        if fitting and which % 4:
            rows = [row for row in rows if row["status"] in fitting] or rows
        return rows[which // 4 % len(rows)]["id"] if rows else "no-such-stay"

    def tell(self, act: str, answer: object) -> None:
        if not isinstance(answer, Refused):
            type(self).accepted[act] += 1

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    @rule(days=st.sampled_from([0, 1, 2, 3, 9]))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days, minutes=7)

    @rule(who=ANY, bed=ANY, on=DAYS, length=LENGTHS)
    def place(self, who: int, bed: int, on: int, length: int | None) -> None:
        arrival = self.day(on)
        until = None if length is None else arrival + timedelta(days=length)
        self._try("place", placements.allocate, self.people[who % PEOPLE], self._bed(bed), arrival, until)  # fmt: skip

    @rule(who=ANY, bed=ANY, on=DAYS, length=LENGTHS, hours=st.integers(-2, 15 * 24))
    def hold(self, who: int, bed: int, on: int, length: int | None, hours: int) -> None:
        arrival = self.day(on)
        until = None if length is None else arrival + timedelta(days=length)
        ends = self.now + timedelta(hours=hours)
        self._try("hold", holds.hold, self.people[who % PEOPLE], self._bed(bed), arrival, until, ends)  # fmt: skip

    @rule(stay=ANY)
    def book(self, stay: int) -> None:
        self._try("book", holds.book, self.some_stay(stay, "held"))

    @rule(stay=ANY, on=DAYS)
    def arrive(self, stay: int, on: int) -> None:
        self._try("arrive", placements.arrive, self.some_stay(stay, *COMING), self.day(on))

    @rule(stay=ANY, bed=ANY, on=st.integers(-5, 1), length=LENGTHS)
    def move(self, stay: int, bed: int, on: int, length: int | None) -> None:
        until = None if length is None else self.day(on + length)
        one = self.some_stay(stay, "begun")
        self._try("move", placements.move, one, self._bed(bed), self.day(on), until)

    @rule(stay=ANY, other=ANY, on=st.integers(-5, 1))
    def swap(self, stay: int, other: int, on: int) -> None:
        one, two = self.some_stay(stay, "begun"), self.some_stay(other, "begun")
        self._try("swap", swaps.swap, one, two, self.day(on))

    @rule(stay=ANY, to=st.none() | DAYS)
    def plan_departure(self, stay: int, to: int | None) -> None:
        until = None if to is None else self.day(to)
        self._try(
            "replan", planned_nights.plan_departure, self.some_stay(stay, "begun", *COMING), until
        )

    @rule(stay=ANY, on=DAYS)
    def end(self, stay: int, on: int) -> None:
        self._try("end", placements.end, self.some_stay(stay, "begun"), self.day(on), StayEnd.OTHER)

    @rule(stay=ANY, why=st.sampled_from(Cancellation))
    def cancel(self, stay: int, why: Cancellation) -> None:
        self._try("cancel", placements.cancel, self.some_stay(stay, *COMING), why)

    @rule()
    def the_job_lets_holds_go(self) -> None:
        begun = {row["id"] for row in self.rows() if row["status"] == "begun"}
        done = lapsed_holds.let_go(THE_COMMAND, self.now)
        type(self).accepted["lapse"] += done.done
        assert begun <= {row["id"] for row in self.rows() if row["status"] == "begun"}

    @precondition(lambda self: len(self._outages()) < 3)
    @rule(bed=ANY, on=st.integers(0, 6), length=st.none() | st.integers(1, 9))
    def out_of_service(self, bed: int, on: int, length: int | None) -> None:
        until = None if length is None else self.day(on + length)
        spot = f"bed:{self._bed(bed)}"
        self._try("out", outages.take_out, SITE, spot, OutageReason.REPAIR, self.day(on), until, None)  # fmt: skip

    @precondition(lambda self: self._outages())
    @rule(which=ANY, on=st.integers(-3, 1))
    def back_in_service(self, which: int, on: int) -> None:
        rows = self._outages()
        row = rows[which % len(rows)]
        self._try("back", outages.put_back, SITE, row["outage_id"], row["id"], self.day(on))

    def _outages(self) -> list[Row]:
        """Outages that nobody ended."""
        with houses.current().stores.reading() as session:
            rows = rows_of(session, OutOfService)
        lasting = [one for one in rows if one["replaced_at"] is None and one["until_on"] is None]
        return sorted(lasting, key=lambda row: (row["recorded_at"], row["bed_id"]))

    def _bed(self, which: int) -> str:
        return self.beds[which % len(self.beds)]

    def _try(self, name: str, act: Any, *given: Any) -> None:
        """One act of the coordinator. Refused, it has left every row as it was."""
        self.now += timedelta(minutes=1)
        before = self.rows()
        try:
            answer = act(KOFI, *given, self.now)
        except NotKnown:
            answer = Refused(UNKNOWN)
        self.tell(name, answer)
        if isinstance(answer, Refused):
            assert self.rows() == before, f"{name} was refused and changed something"

    @invariant()
    def one_person_per_bed_and_one_bed_per_person(self) -> None:
        type(self).steps += 1
        rows = self.rows()
        for one, other in combinations(rows, 2):
            same = {key for key in ("bed_id", "client_code") if one[key] == other[key]}
            if not same or not self._both_stand(one, other):
                continue
            assert not overlap(self._nights(one), self._nights(other)), (same, one, other)

    def _nights(self, row: Row) -> tuple[date, date] | None:
        return night_by_night(row, self.now, self.today)

    def _both_stand(self, one: Row, other: Row) -> bool:
        """Facts never meet, plans never meet; a fact that came later than a plan may lie over it, and is shown."""
        facts = [row["status"] in {"begun", "ended"} for row in (one, other)]
        return facts[0] == facts[1]

    @invariant()
    def every_page_counts_the_same(self) -> None:
        asked = (self.now, self.rows(), self._out_tonight())
        if asked == self.counted:
            return
        self.counted = asked
        tonight_only = (self.today, next_night(self.today))
        taken = {row["bed_id"] for row in self.rows() if overlap(self._nights(row), tonight_only)}
        free = set(self.beds) - taken - self._out_tonight()
        # A site of which no bed is in use and none is taken stands among the voids alone.
        sites = tonight.tonight(KOFI, self.now).sites
        assert {row.bed.id for site in sites for row in site.rows if row.is_free} == free
        [shown] = boards.board(KOFI, self.now).sites
        assert shown.free == len(free)
        kinds = {
            row.bed.id: row.tonight.kind
            for room in shown.rooms
            for row in room.rows
            if row.tonight is not None
        }
        assert {bed for bed, kind in kinds.items() if kind is CellKind.FREE} == free
        search = vacancies.vacancies(KOFI, self.people[0], *tonight_only, self.now)
        assert {one.bed.id for one in search.free} == free

    def _out_tonight(self) -> set[str]:
        """An outage goes on until somebody ended it, whatever was expected."""
        with houses.current().stores.reading() as session:
            return {
                row["bed_id"]
                for row in rows_of(session, OutOfService)
                if row["replaced_at"] is None
                and row["from_on"] <= self.today
                and (row["until_on"] is None or self.today < row["until_on"])
            }

    @invariant()
    def history_is_never_rewritten(self) -> None:
        now = {row["id"]: row for row in self.rows()}
        assert set(self.before) <= set(now), "a stay is never deleted"
        with houses.current().stores.audit.connect() as log:
            told = [
                f"{about} {details}"
                for about, details in log.execute(select(Entry.object_id, Entry.details))
            ]
        for key, was in self.before.items():
            row = now[key]
            if row == was:
                continue
            assert row["change_id"] != was["change_id"], "each change has an id of its own"
            assert row["version"] > was["version"]
            assert (row["bed_id"], row["client_code"], row["recorded_at"]) == (
                was["bed_id"],
                was["client_code"],
                was["recorded_at"],
            )
            assert was["status"] not in FINAL or row["status"] == "mistaken"
            if was["status"] == "begun":
                assert row["arrival_on"] == was["arrival_on"]
                assert row["status"] in {"begun", "ended", "mistaken"}
            assert any(key in one for one in told), "the log knows of it"
        self.before = now
