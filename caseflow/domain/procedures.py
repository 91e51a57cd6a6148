"""Procedures of a person: several at once, each with its steps, results and what must happen next by when.

Only a term with a source carries a number (`procedure_files`, from `config/procedures.toml`); any other day is given
by hand and marked to be checked with the lawyer. A result proposes what may follow for shelter and exit; it never
brings it about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from caseflow.domain.calendar_months import months_after
from caseflow.domain.cases import CaseFacts
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.facts import may_date
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.domain.procedure_words import LEARNED, DueKind, ProcedureKind
from caseflow.domain.programmes import Stage

__all__ = ["DueKind", "ProcedureKind"]

RESULTS: Final = ("granted", "refused", "withdrawn")
LONG_AGO: Final = date(1990, 1, 1)
YEARS_AHEAD: Final = 5
"""A deadline further ahead than this is a slip of the finger."""

ANSWERED_BY: Final[Mapping[DueKind, frozenset[str]]] = {
    DueKind.OBJECTION: frozenset({"objection_lodged"}),
    DueKind.APPEAL: frozenset({"appeal_lodged"}),
    DueKind.FURTHER_APPEAL: frozenset({"further_appeal_lodged"}),
    DueKind.REPLY: frozenset({"papers_sent"}),
}
"""The step after which a deadline waits no more; any other day passes by itself."""


class DueBasis(StrEnum):
    """What set the day of a deadline."""

    LAW = "law"
    BY_HAND = "by_hand"


@dataclass(frozen=True)
class Term:
    """What must happen after a step, how long there is for it, and which source says so.

    No length means that there is no source for one: somebody asks the lawyer and writes the day down.
    """

    after: str
    due: DueKind
    result: str | None = None
    days: int | None = None
    weeks: int | None = None
    months: int | None = None
    source: Label | None = None
    confirmed: bool = False

    @property
    def has_length(self) -> bool:
        return any((self.days, self.weeks, self.months))

    def last_day(self, counted_from: date) -> date | None:
        """The last day of the term: it begins on the day after the one it counts from; months are clamped.

        A term that ends in a weekend is not drawn out to the Monday that the Algemene termijnenwet allows (art. 1):
        who acts by the earlier day is in time either way. Sources: Awb art. 6:8(1); rule C2 for months.
        """
        if self.days is not None:
            return counted_from + timedelta(days=self.days)
        if self.weeks is not None:
            return counted_from + timedelta(weeks=self.weeks)
        if self.months is not None:
            return months_after(counted_from, self.months)
        return None


@dataclass(frozen=True)
class ProcedureRules:
    """One kind of procedure: its steps in their usual order, and what each may bring about."""

    kind: ProcedureKind
    steps: tuple[str, ...]
    terms: tuple[Term, ...] = ()

    @property
    def offered(self) -> tuple[str, ...]:
        """Every step that may be recorded: those of the kind, and a deadline that the lawyer gave."""
        return (*self.steps, LEARNED)

    def term(self, step: str, result: str | None) -> Term | None:
        """What must happen after this step with this result; None where nothing is known to."""
        for one in self.terms:
            if one.after == step and one.result in (None, result):
                return one
        return None

    def source(self, due: DueKind) -> Label | None:
        """Which source gives the term of such a deadline."""
        return next((one.source for one in self.terms if one.due is due and one.source), None)


@dataclass(frozen=True)
class Due:
    """What must happen by which day, and whether a term of law or somebody's hand set it."""

    kind: DueKind
    on: date
    basis: DueBasis


@dataclass(frozen=True)
class StepTaken:
    """One step that was recorded: what, when, how it ended, and what it brought about."""

    kind: str
    on: date
    result: str | None = None
    due: Due | None = None


def may_work_on(facts: CaseFacts) -> Decision:
    """Whether procedures are still written down in this case: until it is closed, also after the exit."""
    if facts.stage in {Stage.CLOSED, Stage.DECLINED, Stage.WITHDRAWN}:
        return Refused(N_("This file is closed. A procedure is written down in an open one."))
    return Allowed()


def may_open(on: date, today: date) -> Decision:
    """Whether a procedure may be recorded as begun on this day."""
    return may_date(on, today, LONG_AGO)


def may_end(from_on: date, until_on: date | None, on: date, today: date) -> Decision:
    """Whether a procedure may be recorded as ended on this day."""
    if until_on is not None:
        return Refused(N_("This procedure has ended already. Open a new one where it goes on."))
    if on < from_on:
        return Refused(
            N_("The procedure began on %(day)s. It cannot end before that.", day=from_on)
        )
    return may_date(on, today, LONG_AGO)


def may_take(
    rules: ProcedureRules,
    taken: StepTaken,
    from_on: date,
    until_on: date | None,
    today: date,
) -> Decision:
    """Whether this step may be recorded in this procedure; how it ended is asked of a decision alone."""
    if until_on is not None:
        return Refused(N_("This procedure has ended already. Open a new one where it goes on."))
    if taken.kind not in rules.offered:
        return Refused(N_("Choose a step of this procedure."))
    if taken.result not in (None, *RESULTS):
        return Refused(N_("Choose how the procedure was decided."))
    if (taken.result is not None) != taken.kind.endswith("_decided"):
        return Refused(
            N_("A decision has a result, and only a decision has one. Change one of the two.")
        )
    if taken.on < from_on:
        return Refused(
            N_(
                "The procedure began on %(first)s. Give the step that day or a later one.",
                first=from_on,
            )
        )
    return may_date(taken.on, today, LONG_AGO)


def due_after(
    rules: ProcedureRules,
    taken: StepTaken,
    by_hand: date | None,
    earlier: Iterable[StepTaken] = (),
) -> Due | Refused | None:
    """What must happen after a step: by hand where a day was given, else by the term of a source, else nothing.

    A deadline that the lawyer gave belongs to what came `earlier` and lacks its day. A day before the step it follows
    is refused, and so is a hearing without its day.
    """
    term = rules.term(taken.kind, taken.result)
    if taken.kind == LEARNED:
        lacking = _lacking(rules, earlier)
        term = rules.term(lacking.kind, lacking.result) if lacking is not None else None
    kind = term.due if term is not None else DueKind.OTHER
    if by_hand is not None:
        return _by_hand(kind, taken.on, by_hand)
    if taken.kind == LEARNED:
        return Refused(N_("Enter the day that the lawyer gave."))
    if kind in _NEEDS_ITS_DAY:
        return Refused(N_("Enter the day of the hearing or of the departure as well."))
    last = term.last_day(taken.on) if term is not None else None
    return Due(kind, last, DueBasis.LAW) if last is not None else None


_NEEDS_ITS_DAY: Final = frozenset({DueKind.HEARING, DueKind.DEPARTURE})


def _by_hand(kind: DueKind, on: date, day: date) -> Due | Refused:
    if day < on:
        return Refused(
            N_(
                "The deadline lies on %(due)s, before the step of %(day)s that it follows. "
                "Correct one of the two.",
                due=day,
                day=on,
            )
        )
    if day > months_after(on, 12 * YEARS_AHEAD):
        return Refused(
            N_(
                "%(due)s lies more than %(years)s years after the step. Check the year.",
                due=day,
                years=YEARS_AHEAD,
            )
        )
    return Due(kind, day, DueBasis.BY_HAND)


def lacks_a_day(rules: ProcedureRules, steps: Iterable[StepTaken]) -> bool:
    """Whether something must happen by a day that no source gives and nobody has written down."""
    return _lacking(rules, steps) is not None


def _lacking(rules: ProcedureRules, steps: Iterable[StepTaken]) -> StepTaken | None:
    """The newest step after which something must happen, where its day is not known and nothing answered it."""
    taken = in_order(steps)
    for place in range(len(taken) - 1, -1, -1):
        one, later = taken[place], taken[place + 1 :]
        term = rules.term(one.kind, one.result)
        if one.kind == LEARNED or (term is not None and one.due is not None):
            return None
        if term is None or term.has_length:
            continue
        answers = ANSWERED_BY.get(term.due, frozenset())
        return None if any(step.kind in answers for step in later) else one
    return None


def in_order(steps: Iterable[StepTaken]) -> tuple[StepTaken, ...]:
    """Steps by the day they happened, then as they were recorded."""
    return tuple(sorted(steps, key=lambda one: one.on))


def waiting(steps: Iterable[StepTaken], until_on: date | None) -> tuple[Due, ...]:
    """What still must happen in a procedure, soonest first; an ended one has no deadlines any more."""
    if until_on is not None:
        return ()
    taken = tuple(steps)
    found = [
        one.due for one in taken if one.due is not None and not _is_answered(one.due, one.on, taken)
    ]
    return tuple(sorted(found, key=lambda due: (due.on, due.kind)))


def _is_answered(due: Due, since: date, steps: Iterable[StepTaken]) -> bool:
    answers = ANSWERED_BY.get(due.kind, frozenset())
    return any(one.kind in answers and one.on >= since for one in steps)


V_NUMBER_DIGITS: Final = 10


def v_number(typed: str) -> str | Refused:
    """The ten digits of a V-number, without points and spaces; anything else is refused and never repeated.

    Nine digits could be a citizen service number (BSN), which is never kept (UAVG art. 46).
    """
    digits = typed.strip().replace(".", "").replace(" ", "").replace("-", "")
    if len(digits) == V_NUMBER_DIGITS and digits.isascii() and digits.isdecimal():
        return digits
    return Refused(
        N_(
            "This is not a V-number: it has ten digits, such as 012.345.6789. "
            "A citizen service number is never kept here."
        )
    )


class Leads(StrEnum):
    """Where a proposed consequence leads: a page on which somebody decides."""

    EXIT = "exit"
    CONTINUATION = "continuation"
    NOWHERE = "nowhere"


@dataclass(frozen=True)
class Consequence:
    """What a step may mean for shelter or exit, and where somebody can propose it."""

    says: Message
    leads: Leads = Leads.NOWHERE


_KEEP_THE_BED: Final = Consequence(
    N_(
        "A repeat application may open national reception. Keep the bed for some nights, "
        "until a place there is certain; only then propose the exit."
    ),
    Leads.EXIT,
)
_PERMIT: Final = Consequence(
    N_("A right of residence was granted. Propose the exit once there is a place to live."),
    Leads.EXIT,
)
_DEFERRED: Final = Consequence(
    N_(
        "A deferral may open national reception for this person and their family. "
        "The bed stays until a place there is certain."
    ),
    Leads.EXIT,
)
_STAYS_FOR_NOW: Final = Consequence(
    N_("The court lets this person stay for now. Record whether the stay here is continued too."),
    Leads.CONTINUATION,
)
_REFUSED: Final = Consequence(
    N_(
        "A refusal ends neither the shelter nor the guidance. Talk with the person and the lawyer "
        "about what comes next."
    )
)
_LEAVES: Final = Consequence(
    N_("A day of departure is known. Propose the exit for that day, and plan the bed until then."),
    Leads.EXIT,
)
_RESPONSIBLE: Final = Consequence(
    N_("The claim has lapsed. Ask the lawyer whether an asylum application is possible here now.")
)
_PERMITS: Final = frozenset(
    f"{stem}_decided"
    for stem in (
        "repeat_asylum_application", "residence_permit", "no_fault_permit", "trafficking_permit", "family_permit",
    )
)  # fmt: skip
_BY_STEP: Final[Mapping[str, Consequence]] = {
    "repeat_asylum_application_lodged": _KEEP_THE_BED,
    "departure_planned": _LEAVES,
    "dublin_claim_lapsed": _RESPONSIBLE,
}


def consequence(steps: Iterable[StepTaken]) -> Consequence | None:
    """What the newest step of a procedure may mean for shelter and exit: a proposal, never an act."""
    taken = [one for one in in_order(steps) if one.kind != LEARNED]
    if not taken:
        return None
    step = taken[-1]
    if step.result == "refused":
        return _REFUSED
    if step.result == "granted":
        if step.kind in _PERMITS:
            return _PERMIT
        if step.kind == "medical_deferral_decided":
            return _DEFERRED
        if step.kind == "interim_relief_decided":
            return _STAYS_FOR_NOW
    return _BY_STEP.get(step.kind)


def may_be_written(words: str | None) -> Decision:
    """Whether a lawyer's name or a reference may be kept: no personal number belongs there, and none is repeated."""
    digits = "".join(sign for sign in words or "" if sign.isdecimal() or sign.isalpha())
    runs = "".join(sign if sign.isdecimal() else " " for sign in digits).split()
    if any(len(run) == 9 for run in runs):
        return Refused(
            N_(
                "Nine digits in a row could be a citizen service number. Leave it out: it is never kept here."
            )
        )
    return Allowed()
