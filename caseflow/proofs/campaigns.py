"""The whole proof: every visitor through every route, what lies beside pages, blanks,
and the faults that must be found."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Final

from caseflow.domain.access import POLICY, Permission, Relation
from caseflow.domain.actors import Role
from caseflow.domain.messages import N_, Message
from caseflow.proofs import blanks, differences, grounds, plantings, surfaces
from caseflow.proofs.blanks import Blank
from caseflow.proofs.differences import Differences
from caseflow.proofs.faults import FAULTS, Fault
from caseflow.proofs.grounds import Ground
from caseflow.proofs.plantings import Planted
from caseflow.proofs.plants import Planter
from caseflow.proofs.probes import Leak, Ledger
from caseflow.proofs.routes import Unvisitable, rules
from caseflow.proofs.visitors import EVERYBODY, FAST, Visitor
from caseflow.proofs.visits import Overheard, overhearing
from caseflow.proofs.walks import Scope, Walk

Say = Callable[[Message], None]
PAGES_COMPARED, PAGES_COMPARED_FAST = 14, 3
SEALED_VISITORS: Final = ("case-team", "tonight", "own-site")

RULE: Final = N_(
    "One probe is one planted column, of the clients who stand in one relation to one reader (or of the house), looked "
    "for in one answer to that reader; or one column that was changed, and the answer compared byte by byte."
)


@dataclass
class Report:
    """What a run found. Leaks and blanks say reader, route and column, never a value."""

    probes: int = 0
    answers: int = 0
    leaks: list[Leak] = field(default_factory=list)
    blanks: list[Blank] = field(default_factory=list)
    not_shown_yet: list[Blank] = field(default_factory=list)
    faults: dict[str, bool] = field(default_factory=dict)
    visitors: int = 0
    routes: int = 0
    columns: int = 0
    unchanged: list[str] = field(default_factory=list)
    """Columns that no difference proves, because the rules of their table do not let them change alone."""

    @property
    def holds(self) -> bool:
        """No leak, no blank, and every planted fault found."""
        return not self.leaks and not self.blanks and all(self.faults.values())


class NobodyStands(Exception):
    """A role and relation of the policy in which no visitor of the proof stands; names them."""


@dataclass
class Share:
    """What the visitors of one process found."""

    probes: int = 0
    answers: int = 0
    leaks: set[Leak] = field(default_factory=set)
    seen: set[tuple[str, str, str]] = field(default_factory=set)
    visited: set[str] = field(default_factory=set)
    missed: set[str] = field(default_factory=set)
    told: dict[tuple[str, str], bool] = field(default_factory=dict)
    unchanged: set[str] = field(default_factory=set)

    def add(self, other: Share) -> None:
        """Takes over what another process found; missed is what all of them missed."""
        self.missed = self.missed & other.missed if self.visited else set(other.missed)
        self.probes += other.probes
        self.answers += other.answers
        self.leaks |= other.leaks
        self.seen |= other.seen
        self.visited |= other.visited
        self.told |= other.told
        self.unchanged |= other.unchanged


def prove(*, fast: bool, say: Say, processes: int = 1) -> Report:
    """The whole proof on grounds of its own. Raises `Unvisitable`, `NotPlantable` and `NobodyStands`.

    Each process lays a ground and takes its share of the visitors; the worlds are the same to the byte.
    """
    _everybody_stands()
    visitors = [one for one in EVERYBODY if not fast or one.key in FAST]
    keys = [one.key for one in visitors]
    planted = plantings.planned(Planter(grounds.NOW.date()))
    say(
        N_(
            "%(plants)s values to plant in %(rows)s rows; %(readers)s readers.",
            plants=len(planted.plants), rows=len(planted.rows), readers=len(keys),
        )
    )  # fmt: skip
    found = Share()
    if processes == 1:
        found.add(share(keys, fast=fast, is_first=True, say=say))
    else:
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            running = [
                pool.submit(share, keys[n::processes], fast=fast, is_first=n == 0)
                for n in range(processes)
            ]
            for done in as_completed(running):
                found.add(done.result())
                say(N_("%(answers)s answers looked at.", answers=found.answers))
    if found.missed:
        raise Unvisitable(f"Visited by nobody: {', '.join(sorted(found.missed))}.")
    blank, later = ([], []) if fast else blanks.of(visitors, planted, found.seen, found.told)
    return Report(
        found.probes, found.answers, sorted(found.leaks), blank, later, {}, len(visitors),
        len(found.visited), len({one.place for one in planted.plants}),
        sorted(found.unchanged),
    )  # fmt: skip


def _silence(line: Message) -> None:
    """A process of its own has nobody to talk to."""


def share(keys: Sequence[str], *, fast: bool, is_first: bool, say: Say = _silence) -> Share:
    """The walks of these visitors on a ground of their own; the first share looks beside the pages too."""
    visitors = [one for one in EVERYBODY if one.key in keys]
    with grounds.laid() as ground, overhearing() as ear:
        planted = plantings.plant(ground)
        ledger = Ledger(planted)
        told: dict[tuple[str, str], bool] = {}
        for n, visitor in enumerate(visitors, 1):
            told |= _visit(ground, planted, visitor, ear, ledger, fast=fast)
            say(N_("%(n)s of %(all)s: %(reader)s", n=n, all=len(visitors), reader=visitor.name))
        if is_first:
            surfaces.prove(ground, ledger, ear, fast=fast)
            say(N_("Looked into jobs, logs, files and the audit log."))
            ground.put_back()
            _sealed(ground, planted, ear, ledger, fast=fast)
            say(N_("Visited with every vault sealed."))
        missed = set(_missed(ground, ledger))
        return Share(
            ledger.probes,
            ledger.answers,
            ledger.leaks,
            ledger.seen,
            ledger.visited,
            missed,
            told,
            ledger.unchanged,
        )


def _visit(
    ground: Ground,
    planted: Planted,
    visitor: Visitor,
    ear: Overheard,
    ledger: Ledger,
    *,
    fast: bool,
) -> dict[tuple[str, str], bool]:
    walk = Walk(ground, planted, visitor, ear, ledger)
    walk.go(Scope(fast))
    compared = Differences(ground, planted, walk.guest, ledger)
    pages = differences.chosen(walk.pages, PAGES_COMPARED_FAST if fast else PAGES_COMPARED)
    compared.prove(pages)
    compared.confirm([one for one in ledger.suspicions.values() if one.visitor is visitor])
    wanted = not fast and visitor.shows is not None
    told = blanks.told(compared, planted, ledger.seen, walk.pages) if wanted else {}
    ground.put_back()
    return told


def _sealed(
    ground: Ground, planted: Planted, ear: Overheard, ledger: Ledger, *, fast: bool
) -> None:
    """The same routes with every vault sealed: nothing that lies in one may come back to anybody."""
    for visitor in EVERYBODY:
        if visitor.key not in SEALED_VISITORS[: 1 if fast else None]:
            continue
        ground.put_back()
        own = Ledger(planted, is_sealed=True)
        with ground.sealed():
            endpoints = (
                None if not fast else frozenset({"cases.show", "cases.caseload", "beds.tonight"})
            )
            Walk(ground, planted, visitor, ear, own).go(Scope(fast=True, endpoints=endpoints))
        ledger.probes += own.probes
        ledger.answers += own.answers
        ledger.leaks |= {leak for leak in own.leaks if leak.kind == "came back"}
    ground.put_back()


def _missed(ground: Ground, ledger: Ledger) -> list[str]:
    """Routes and methods that no visitor asked for."""
    return [
        f"{method} {rule.rule}"
        for rule in rules(ground.app)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        if f"{method} {rule.rule}" not in ledger.visited
    ]


def _everybody_stands() -> None:
    """Every role and relation that opens a case has a visitor who stands in it."""
    stood = {(one.role, one.shows) for one in EVERYBODY}
    missing = [
        f"{role} · {relation}"
        for clause in POLICY[Permission.CASE_OPEN]
        for role in (word for word in clause if isinstance(word, Role))
        for relation in (word for word in clause if isinstance(word, Relation))
        if (role, relation) not in stood
    ]
    if missing:
        raise NobodyStands(
            f"No visitor of caseflow/proofs/visitors.py stands as {', '.join(sorted(missing))}."
        )


def try_faults(names: Iterable[str], say: Say) -> dict[str, bool]:
    """Removes one guard after the other, visits what it guarded, and answers which removals were found."""
    wanted = [fault for fault in FAULTS if fault.name in set(names)]
    found: dict[str, bool] = {}
    with grounds.laid() as ground, overhearing() as ear:
        planted = plantings.plant(ground)
        for fault in wanted:
            found[fault.name] = is_found(fault, ground, planted, ear)
            ground.put_back()
            say(
                N_("%(fault)s: found", fault=fault.name)
                if found[fault.name]
                else N_("%(fault)s: NOT FOUND", fault=fault.name)
            )
    return found


def is_found(fault: Fault, ground: Ground, planted: Planted, ear: Overheard) -> bool:
    """Whether the proof reports this fault: something of its kind leaks with it, and not without it."""
    return bool(
        _leaks(fault, ground, planted, ear, True) - _leaks(fault, ground, planted, ear, False)
    )


def _leaks(
    fault: Fault, ground: Ground, planted: Planted, ear: Overheard, is_planted: bool
) -> set[Leak]:
    """What the probes concerned find: the routes and visitors of the fault, and nothing else."""
    ledger = Ledger(planted, is_sealed=fault.sealed)
    ground.put_back()
    visitors: Sequence[Visitor] = [one for one in EVERYBODY if one.key in fault.visitors]
    if not is_planted and fault.adds_a_route:
        return set()
    with contextlib.ExitStack() as until:
        if is_planted:
            until.enter_context(fault.planted(ground, planted))
        for visitor in visitors:
            with ground.sealed() if fault.sealed else contextlib.nullcontext():
                walk = Walk(ground, planted, visitor, ear, ledger)
                walk.go(Scope(endpoints=fault.endpoints))
            compared = Differences(ground, planted, walk.guest, ledger)
            if fault.by_difference:
                compared.prove(differences.chosen(walk.pages, PAGES_COMPARED_FAST))
            compared.confirm(ledger.suspicions.values())
        if fault.on_disk:
            surfaces.prove(ground, ledger, ear, fast=True)
    return {leak for leak in ledger.leaks if leak.kind in fault.kinds}
