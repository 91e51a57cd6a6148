"""Large caseloads, put into the stores directly: cases with a task, a procedure that runs and a handover."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import event, insert
from sqlalchemy.orm import Session

from caseflow.services.houses import House
from caseflow.storage.engines import writing
from caseflow.storage.models.cases import Case, CaseTeamMember, Client
from caseflow.storage.models.facts import Milestone, Procedure, StageChange, StartDate
from caseflow.storage.models.operations import Change
from caseflow.storage.models.tasks import Task
from caseflow.storage.models.vault import Note

AT: Final = datetime(2026, 11, 1, 9, tzinfo=UTC)
ON: Final = date(2026, 5, 1)
CHANGE: Final = "laid-down"
IN_ONE_GO: Final = 5_000
LETTERS: Final = "ACDEFGHJKLMNPQRTUVWXY34679"


def lay_down(
    house: House,
    count: int,
    *,
    first: int = 0,
    team: str = "haven-east",
    member: str | None = "amina",
    stage: str = "guidance",
    plain: bool = False,
) -> None:
    """So many cases of one team, from a number on; `plain` ones have stages and dates alone."""
    for start in range(first, first + count, IN_ONE_GO):
        numbers = range(start, min(start + IN_ONE_GO, first + count))
        rows = list(_rows(numbers, team, member, stage, plain))
        with Session(writing(house.stores.casework), info={"writes": True}) as session:
            for model, some in rows:
                if some:
                    session.execute(insert(model), some)
            session.commit()
        if not plain:
            _handovers(house, numbers)


def _code(number: int) -> str:
    signs = ""
    for _ in range(8):
        number, place = divmod(number, len(LETTERS))
        signs += LETTERS[place]
    return f"{signs[:4]}-{signs[4:]}"


def _id(number: int, kind: int = 0) -> str:
    return f"{kind:08d}-0000-4000-8000-{number:012d}"


def _rows(
    numbers: range, team: str, member: str | None, stage: str, plain: bool
) -> Iterator[tuple[type[Any], list[dict[str, Any]]]]:
    def each(make: Any) -> list[dict[str, Any]]:
        return [make(n) for n in numbers]

    def fact(n: int, kind: int) -> dict[str, Any]:
        return {
            "id": _id(n, kind), "case_id": _id(n), "recorded_at": AT, "recorded_by": "tess", "change_id": CHANGE,
        }  # fmt: skip

    yield Client, each(lambda n: {
        "code": _code(n), "organisation": "de-haven", "call_name": f"Guest {n}", "gender": "unknown",
        "age_band": "unknown", "registered_at": AT, "change_id": CHANGE,
    })  # fmt: skip
    yield Case, each(lambda n: {
        "id": _id(n), "client_code": _code(n), "programme": "waterstad-lvv", "organisation": "de-haven",
        "team_id": team, "stage": stage, "opened_at": AT, "assigned_on": ON, "change_id": CHANGE,
    })  # fmt: skip
    yield StageChange, each(lambda n: fact(n, 1) | {"stage": stage, "event_on": ON})
    yield StartDate, each(lambda n: fact(n, 2) | {"kind": "application", "event_on": ON})
    if member is not None:
        yield CaseTeamMember, each(lambda n: {
            "id": _id(n, 3), "case_id": _id(n), "user_id": member, "from_on": ON, "change_id": CHANGE,
        })  # fmt: skip
    if plain:
        return
    soon = date(2026, 11, 24)
    yield Task, each(lambda n: fact(n, 4) | {"kind": "papers", "due_on": soon + timedelta(n % 30)})
    yield Procedure, each(lambda n: fact(n, 5) | {"kind": "residence_permit", "from_on": ON})
    yield Milestone, each(lambda n: fact(n, 6) | {
        "procedure_id": _id(n, 5), "kind": "residence_permit_decided", "event_on": ON, "result": "refused",
        "due_kind": "objection", "due_on": soon + timedelta(n % 50), "due_basis": "law",
    })  # fmt: skip


def _handovers(house: House, numbers: range) -> None:
    with Session(writing(house.stores.casework), info={"writes": True}) as session:
        if session.get(Change, CHANGE) is None:
            session.add(
                Change(id=CHANGE, event="note_recorded", at=AT, by="tess", vault="de-haven")
            )
        session.commit()
    with Session(writing(house.stores.vault("de-haven")), info={"writes": True}) as session:
        session.execute(
            insert(Note),
            [
                {
                    "id": _id(n, 7), "client_code": _code(n), "case_id": _id(n), "kind": "handover",
                    "contact_on": ON, "words": "Ask about Thursday.", "about_third_person": False,
                    "recorded_at": AT, "recorded_by": "tess", "change_id": CHANGE,
                }
                for n in numbers
            ],
        )  # fmt: skip
        session.commit()


@contextmanager
def counted(house: House) -> Iterator[list[str]]:
    """The statements that are asked of the casework store and of the vault meanwhile."""
    asked: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    stores = (house.stores.casework, house.stores.vault("de-haven"))
    for store in stores:
        event.listen(store, "before_cursor_execute", count)
    try:
        yield asked
    finally:
        for store in stores:
            event.remove(store, "before_cursor_execute", count)
