"""The coded facts of many cases at once, in a constant number of queries."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import Session

from caseflow.domain.waiting import EntryState
from caseflow.storage.models.accounts import UserAccount
from caseflow.storage.models.cases import Case, CaseTeamMember, Client
from caseflow.storage.models.client_requests import ClientRequest
from caseflow.storage.models.facts import (
    Allowance,
    ContactAttempt,
    CourtContinuation,
    EarlierNightsDecision,
    Exit,
    Extension,
    FollowUp,
    Milestone,
    Procedure,
    Proposal,
    ScenarioChoice,
    ScreeningAnswer,
    StageChange,
    StartDate,
)
from caseflow.storage.models.formal_decisions import DecisionStep, FormalDecision
from caseflow.storage.models.shelter import Absence, Bed, Placement, Room, Site
from caseflow.storage.models.tasks import Task
from caseflow.storage.models.waiting import WaitingEntry

PAGE: Final = 500
"""How many ids go into one `IN`: SQLite takes more, but a page keeps memory and statements small."""

_FACTS: Final[tuple[tuple[str, Any], ...]] = (
    ("stages", StageChange),
    ("starts", StartDate),
    ("screening", ScreeningAnswer),
    ("scenarios", ScenarioChoice),
    ("proposals", Proposal),
    ("extensions", Extension),
    ("continuations", CourtContinuation),
    ("earlier_nights", EarlierNightsDecision),
    ("allowances", Allowance),
    ("procedures", Procedure),
    ("milestones", Milestone),
    ("attempts", ContactAttempt),
    ("exits", Exit),
    ("follow_ups", FollowUp),
    ("formal_decisions", FormalDecision),
    ("decision_steps", DecisionStep),
    ("client_requests", ClientRequest),
)


# Built once: putting a statement together costs more than asking it, and the gate asks these all day.
_SOME: Final[BindParameter[Any]] = bindparam("some", expanding=True)
_FACTS_OF: Final[tuple[tuple[str, Select[Any]], ...]] = (
    *(
        (
            name,
            select(model).where(model.case_id.in_(_SOME)).order_by(model.recorded_at),
        )
        for name, model in _FACTS
    ),
    ("absences", select(Absence).where(Absence.case_id.in_(_SOME)).order_by(Absence.from_on)),
    (
        "placements",
        select(Placement).where(Placement.case_id.in_(_SOME)).order_by(Placement.arrival_on),
    ),
    (
        "waiting",
        select(WaitingEntry).where(
            WaitingEntry.case_id.in_(_SOME), WaitingEntry.state == EntryState.WAITING.value
        ),
    ),
    (
        "tasks",
        select(Task)
        .where(Task.case_id.in_(_SOME), Task.done_at.is_(None))
        .order_by(Task.due_on, Task.recorded_at),
    ),
)
_MINE = select(Case.client_code, Case.programme).where(Case.id.in_(_SOME)).subquery()
_CASES: Final = (
    select(Case, Client)
    .join(Client, Client.code == Case.client_code)
    .where(
        # by the index of clients: the line below alone would walk every case there is
        Case.client_code.in_(select(_MINE.c.client_code)),
        select(_MINE.c.client_code)
        .where(_MINE.c.client_code == Case.client_code, _MINE.c.programme == Case.programme)
        .exists(),
    )
    .order_by(Case.opened_at)
)


@dataclass
class Dossier:
    """One case with its client and every coded fact, oldest first."""

    case: Case
    client: Client
    stages: list[StageChange] = field(default_factory=list)
    starts: list[StartDate] = field(default_factory=list)
    screening: list[ScreeningAnswer] = field(default_factory=list)
    scenarios: list[ScenarioChoice] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    extensions: list[Extension] = field(default_factory=list)
    continuations: list[CourtContinuation] = field(default_factory=list)
    earlier_nights: list[EarlierNightsDecision] = field(default_factory=list)
    allowances: list[Allowance] = field(default_factory=list)
    procedures: list[Procedure] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    attempts: list[ContactAttempt] = field(default_factory=list)
    exits: list[Exit] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)
    formal_decisions: list[FormalDecision] = field(default_factory=list)
    decision_steps: list[DecisionStep] = field(default_factory=list)
    client_requests: list[ClientRequest] = field(default_factory=list)
    absences: list[Absence] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    """Open ones only, what is due first."""
    waiting: list[WaitingEntry] = field(default_factory=list)
    """The place that is asked, where one is."""
    earlier: list[Dossier] = field(default_factory=list)
    """Earlier cases of the same client in the same programme, oldest first."""
    mistaken: list[Any] = field(default_factory=list)
    """Facts of every kind that were recorded in error: they stay, are shown as such, and count nowhere."""


@dataclass(frozen=True)
class Spot:
    """Where a bed stands, in names of the house."""

    bed_id: str
    bed: str
    room: str
    site_id: str
    site: str


def pages(ids: Collection[str]) -> Iterator[Sequence[str]]:
    """The ids in pages for `IN`."""
    ordered = sorted(set(ids))
    for first in range(0, len(ordered), PAGE):
        yield ordered[first : first + PAGE]


def of_cases(session: Session, case_ids: Collection[str]) -> dict[str, Dossier]:
    """Dossiers by case id, earlier cases of the same client and programme included."""
    found: dict[str, Dossier] = {}
    for some in pages(case_ids):
        for case, client in session.execute(_CASES, {"some": some}):
            found.setdefault(case.id, Dossier(case, client))
    _fill(session, found)
    _link_earlier(found)
    wanted = set(case_ids)
    return {case_id: dossier for case_id, dossier in found.items() if case_id in wanted}


def _fill(session: Session, found: dict[str, Dossier]) -> None:
    for some in pages(found):
        for name, facts in _FACTS_OF:
            for fact in session.scalars(facts, {"some": some}):
                counts = getattr(fact, "mistaken_at", None) is None
                getattr(found[fact.case_id], name if counts else "mistaken").append(fact)


def _link_earlier(found: dict[str, Dossier]) -> None:
    together: dict[tuple[str, str], list[Dossier]] = {}
    for dossier in found.values():
        key = (dossier.case.client_code, dossier.case.programme)
        together.setdefault(key, []).append(dossier)
    for episodes in together.values():
        episodes.sort(key=lambda one: one.case.opened_at)
        for index, dossier in enumerate(episodes):
            dossier.earlier = episodes[:index]


def called(session: Session, case_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    """Call name and client code by case id: enough to search by, and nothing more is read."""
    found: dict[str, tuple[str, str]] = {}
    for some in pages(case_ids):
        rows = session.execute(
            select(Case.id, Client.call_name, Client.code)
            .join(Client, Client.code == Case.client_code)
            .where(Case.id.in_(some))
        )
        found.update({case_id: (name, code) for case_id, name, code in rows})
    return found


def spots(session: Session, bed_ids: Collection[str]) -> dict[str, Spot]:
    """Where beds stand, by bed id."""
    found = {}
    for some in pages(bed_ids):
        rows = session.execute(
            select(Bed.id, Bed.name, Room.name, Site.id, Site.name)
            .join(Room, Room.id == Bed.room_id)
            .join(Site, Site.id == Room.site_id)
            .where(Bed.id.in_(some))
        )
        for bed_id, bed, room, site_id, site in rows:
            found[bed_id] = Spot(bed_id, bed, room, site_id, site)
    return found


def colleagues(session: Session, user_ids: Collection[str]) -> dict[str, tuple[str, str | None]]:
    """Display name and work phone of colleagues, by account id."""
    found = {}
    for some in pages(user_ids):
        rows = session.execute(
            select(UserAccount.id, UserAccount.display_name, UserAccount.work_phone).where(
                UserAccount.id.in_(some)
            )
        )
        found.update({user_id: (name, phone) for user_id, name, phone in rows})
    return found


def case_team_of(session: Session, case_ids: Collection[str]) -> dict[str, list[CaseTeamMember]]:
    """Case team rows by case id, oldest first."""
    found: dict[str, list[CaseTeamMember]] = {}
    for some in pages(case_ids):
        for member in session.scalars(
            select(CaseTeamMember)
            .where(CaseTeamMember.case_id.in_(some))
            .order_by(CaseTeamMember.from_on)
        ):
            found.setdefault(member.case_id, []).append(member)
    return found
