"""Plan, people around and legal papers of one case, read out of the vault for one reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy.orm import Session

from caseflow.domain import contact_persons
from caseflow.domain.contact_persons import Agreement, PersonRole
from caseflow.domain.legal_papers import DIRECTION_NAMES, Direction
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_, Message
from caseflow.domain.plans import DoneBy, LineKind, LineState
from caseflow.domain.redaction import HIDDEN, Compartment, Part, Vision
from caseflow.services.client_file_views import (
    ClientFileView,
    ConclusionView,
    LegalNoteView,
    LetterView,
    LineVersion,
    PersonAroundView,
    PlanLineView,
)
from caseflow.services.houses import House
from caseflow.services.timelines import Entry
from caseflow.storage import dossiers, words
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.client_files import (
    ContactPerson,
    LawyerLetter,
    LegalConclusion,
    LegalNote,
    PlanLine,
)
from caseflow.storage.models.vault import ContactLine, Wish, Words

C, P = Compartment, Part
W = TypeVar("W", bound=Words)
Names = dict[str, tuple[str, str | None]]
HAPPENED: dict[tuple[LineKind, LineState], Message] = {
    (LineKind.GOAL, LineState.OPEN): N_("Goal written down"),
    (LineKind.GOAL, LineState.REACHED): N_("Goal reached"),
    (LineKind.GOAL, LineState.DROPPED): N_("Goal dropped"),
    (LineKind.AGREEMENT, LineState.OPEN): N_("Agreement written down"),
    (LineKind.AGREEMENT, LineState.REACHED): N_("Agreement kept"),
    (LineKind.AGREEMENT, LineState.DROPPED): N_("Agreement dropped"),
}


@dataclass(frozen=True)
class ClientFile:
    """The parts for the page of the case, what of them stands on the timeline, and who wrote it."""

    view: ClientFileView
    entries: tuple[Entry, ...]
    names: Names


@dataclass(frozen=True)
class _Rows:
    """Rows of each kind that this reader may see something of, newest first; None where nothing."""

    plan: list[PlanLine] | None
    persons: list[ContactPerson] | None
    notes: list[LegalNote] | None
    conclusions: list[LegalConclusion] | None
    letters: list[LawyerLetter] | None
    newest: dict[str, str]

    def authors(self) -> set[str]:
        found: set[str] = set()
        for rows in (self.plan, self.persons, self.notes, self.conclusions, self.letters):
            found |= {row.recorded_by for row in rows or ()}
        return found


def of(
    house: House, casework: Session, dossier: Dossier, vision: Vision, names: Names, today: date
) -> ClientFile:
    """Reads what the vision allows; nothing else is asked of the vault, and nothing while it is sealed."""
    organisation = dossier.case.organisation
    sees = _sees(vision)
    if not house.stores.is_unsealed(organisation):
        shown = {name: () if seen else HIDDEN for name, seen in sees.items()}
        return ClientFile(ClientFileView(**shown, is_sealed=True), (), names)  # type: ignore[arg-type]
    rows = _read(house, casework, dossier, vision, sees)
    others = rows.authors() - set(names)
    names = {**names, **(dossiers.colleagues(casework, others) if others else {})}

    def by(row: Words) -> str:
        return names.get(row.recorded_by, ("", None))[0]

    view = ClientFileView(
        plan=HIDDEN if rows.plan is None else _plan(rows.plan, dossier, by, today),
        persons=HIDDEN if rows.persons is None else _persons(rows.persons, today),
        legal_notes=HIDDEN
        if rows.notes is None
        else tuple(LegalNoteView(one.words, by(one), one.recorded_at) for one in rows.notes),
        conclusions=HIDDEN
        if rows.conclusions is None
        else tuple(
            ConclusionView(one.words, one.due_on, by(one), one.recorded_at)
            for one in rows.conclusions
        ),
        letters=HIDDEN if rows.letters is None else _letters(rows.letters, vision),
        newest=rows.newest,
    )
    return ClientFile(view, tuple(_entries(rows)), names)


def _sees(vision: Vision) -> dict[str, bool]:
    return {
        "plan": vision.sees(C.NOTES, P.REST),
        "persons": vision.sees(C.CONTACT, P.REST),
        "legal_notes": vision.sees(C.LEGAL_NOTES, P.REST),
        "conclusions": vision.sees(C.LEGAL_NOTES, P.RELEASED),
        "letters": vision.sees(C.LAWYER_CORRESPONDENCE, P.DATES),
    }


def _read(
    house: House, casework: Session, dossier: Dossier, vision: Vision, sees: dict[str, bool]
) -> _Rows:
    code, case_id = [dossier.client.code], dossier.case.id
    with house.stores.reading_vault(dossier.case.organisation) as vault:

        def rows(name: str, model: type[W], about: str | None = case_id) -> list[W] | None:
            if not sees[name]:
                return None
            return words.visible(vault, casework, model, code, case_id=about)

        newest: dict[str, str] = {}
        if sees["plan"]:
            wishes = words.visible(vault, casework, Wish, code, case_id=case_id, limit=1)
            if wishes:
                newest["wish"] = wishes[0].id
        if sees["persons"]:
            lines = words.visible(vault, casework, ContactLine, code, limit=1)
            if lines:
                newest["contact_line"] = lines[0].id
        found = _Rows(
            rows("plan", PlanLine),
            rows("persons", ContactPerson, None),
            rows("legal_notes", LegalNote),
            rows("conclusions", LegalConclusion),
            rows("letters", LawyerLetter),
            newest,
        )
        vault.expunge_all()  # read in full: the session ends here
        return found


def _plan(
    rows: list[PlanLine], dossier: Dossier, by: Callable[[Words], str], today: date
) -> tuple[PlanLineView, ...]:
    """Open lines first, in the order in which they were begun; each with its earlier versions, newest first."""
    versions: dict[str, list[PlanLine]] = {}
    for row in rows:
        versions.setdefault(row.line_id, []).append(row)
    reviews = {one.about_id: one.due_on for one in dossier.tasks if one.about_id}
    found = []
    for line_id, (now, *earlier) in versions.items():
        review_on = reviews.get(line_id)
        view = PlanLineView(
            id=line_id,
            version=now.id,
            kind=LineKind(now.kind),
            words=now.words,
            done_by=DoneBy(now.done_by),
            state=LineState(now.state),
            review_on=review_on,
            review_is_late=review_on is not None and review_on < today,
            by=by(now),
            at=now.recorded_at,
            earlier=tuple(_version(one, by(one)) for one in earlier),
        )
        begun = (earlier[-1] if earlier else now).recorded_at
        found.append((not view.is_open, view.kind is LineKind.AGREEMENT, begun, line_id, view))
    return tuple(one[-1] for one in sorted(found, key=lambda one: one[:-1]))


def _version(row: PlanLine, by: str) -> LineVersion:
    kind, state = LineKind(row.kind), LineState(row.state)
    return LineVersion(kind, row.words, DoneBy(row.done_by), state, by, row.recorded_at)


def _persons(rows: list[ContactPerson], today: date) -> tuple[PersonAroundView, ...]:
    versions: dict[str, list[ContactPerson]] = {}
    for row in rows:
        versions.setdefault(row.line_id, []).append(row)
    found = [
        PersonAroundView(
            id=line_id,
            version=now.id,
            role=PersonRole(now.role),
            name=now.name,
            phone=now.phone,
            agreed=Agreement(now.agreed),
            agreed_until=now.agreed_until,
            in_force=contact_persons.in_force(Agreement(now.agreed), now.agreed_until, today),
            is_over=now.is_over,
            recorded_on=local(now.recorded_at).date(),
            earlier=len(earlier),
        )
        for line_id, (now, *earlier) in versions.items()
    ]
    roles = list(PersonRole)
    return tuple(sorted(found, key=lambda one: (one.is_over, roles.index(one.role), one.name)))


def _letters(rows: list[LawyerLetter], vision: Vision) -> tuple[LetterView, ...]:
    found = [
        LetterView(
            Direction(one.direction),
            one.dated_on,
            one.due_on,
            vision.show(C.LAWYER_CORRESPONDENCE, P.REST, one.words),
        )
        for one in rows
    ]
    return tuple(sorted(found, key=lambda one: one.dated_on, reverse=True))


def _entries(rows: _Rows) -> Iterator[Entry]:
    """Lines of the timeline: kinds and states alone, never a word of what was written."""
    before: dict[str, str] = {}
    for line in reversed(rows.plan or []):
        if before.get(line.line_id) != line.state:
            what = HAPPENED[LineKind(line.kind), LineState(line.state)]
            on = local(line.recorded_at).date()
            yield Entry(on, line.recorded_at, "plan", what, line.recorded_by)
        before[line.line_id] = line.state
    known: set[str] = set()
    for person in reversed(rows.persons or []):
        if person.line_id not in known:
            on = local(person.recorded_at).date()
            what = N_("Contact person written down")
            yield Entry(on, person.recorded_at, "contact", what, person.recorded_by)
        known.add(person.line_id)
    for one in rows.conclusions or ():
        on = local(one.recorded_at).date()
        what = N_("Legal conclusion released")
        yield Entry(on, one.recorded_at, "legal", what, one.recorded_by)
    for letter in rows.letters or ():
        what = DIRECTION_NAMES[Direction(letter.direction)]
        yield Entry(letter.dated_on, letter.recorded_at, "legal", what, letter.recorded_by)
