"""Pay-outs by client code: finance draws a run of a programme, looks at it, and fixes it with a fresh code.

Nobody's call name, site or case is read here. Whoever is not finance of a programme finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from caseflow.domain import pay_outs
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.pay_outs import CaseAccount, Entitlement, Line, LineKind, Period
from caseflow.domain.programmes import Offer
from caseflow.domain.redaction import Compartment, Extent, roles_that_see
from caseflow.domain.slips import ReturnReason, SlipState
from caseflow.services import actors, denials, houses
from caseflow.services.figures import named_scopes
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.money_views import (
    AccountView,
    DrawnRun,
    LineView,
    ProgrammeName,
    RunRow,
    RunsView,
)
from caseflow.storage import audit_log, changes, money
from caseflow.storage.audit_log import Act
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.money import PayOutLine, PayOutRun, Slip

VIEW, MAKE = Permission.PAY_OUTS_VIEW, Permission.PAY_OUT_MAKE
FINANCE: Final = roles_that_see(Compartment.MONEY, Extent.PAY_OUTS_BY_CODE)
USUAL_DAYS: Final = 7
"""How many days the first run is offered with; later ones are as long as the one before."""
CHANGED: Final = Refused(
    N_("Something changed since this was worked out. Look at it again, and then fix it.")
)


def programmes(
    actor: Actor, permission: Permission, now: datetime
) -> tuple[ProgrammeName, ...]:  # fmt: skip
    """The programmes whose money this reader sees. Raises `NotKnown` for who sees none, and tells the log so."""
    found = _theirs(actor, permission)
    if not found:
        denials.tell(actor, permission, now)
        raise NotKnown()
    return found


def chosen(
    actor: Actor, permission: Permission, asked: str | None, now: datetime
) -> tuple[ProgrammeName, tuple[ProgrammeName, ...]]:
    """The programme that was asked for, the first one where none was, and all. Raises `NotKnown` for another's."""
    found = programmes(actor, permission, now)
    for one in found:
        if asked in (None, "", one.id):
            return one, found
    denials.tell(actor, permission, now)
    raise NotKnown()


def _theirs(actor: Actor, permission: Permission) -> tuple[ProgrammeName, ...]:
    if not may_at_all(permission, actor.roles):
        return ()
    known = houses.current().catalogue.programmes
    return tuple(
        ProgrammeName(scope, name)
        for scope, name in named_scopes(actor, *FINANCE)
        if scope in known and not known[scope].imports_only
    )


def runs(actor: Actor, asked: str | None, now: datetime) -> RunsView:
    """The runs of a programme, the newest first. Raises `NotKnown`."""
    programme, found = chosen(actor, VIEW, asked, now)
    with houses.current().stores.reading() as session:
        rows = tuple(
            RunRow(
                run.id,
                Period(run.from_on, run.until_on),
                local(run.recorded_at).date(),
                slips,
                cents,
                waiting,
            )
            for run, slips, cents, waiting in money.totals_of_runs(session, programme.id)
        )
    told: dict[str, object] = {"count": len(rows), "form": "runs"}
    tell(actor, "pay_outs_listed", programme.id, (), told, now)
    return RunsView(programme, found, _pays(programme.id), rows)


def usual_period(actor: Actor, asked: str | None, now: datetime) -> Period:
    """The days that a next run would pay: as many as the last one, from where that one ended. Raises `NotKnown`."""
    programme, _ = chosen(actor, MAKE, asked, now)
    with houses.current().stores.reading() as session:
        last = money.last_period(session, programme.id)
    if last is not None:
        return Period(last.until_on, last.until_on + timedelta(days=last.days))
    today = local(now).date()
    monday = today - timedelta(days=today.weekday())
    return Period(monday, monday + timedelta(days=USUAL_DAYS))


def preview(actor: Actor, asked: str | None, period: Period, now: datetime) -> DrawnRun | Refused:
    """What a run of these days would pay, to look at before it is fixed. Raises `NotKnown`."""
    programme, _ = chosen(actor, MAKE, asked, now)
    with houses.current().stores.reading() as session:
        refused = _may_run(session, programme.id, period, local(now).date())
        if refused is not None:
            return refused
        accounts = _drawn(session, programme.id, period)
        codes = money.codes(session, [one.case_id for one in accounts])
    told: dict[str, object] = {"count": len(accounts), "form": "preview"}
    tell(actor, "pay_outs_listed", programme.id, codes.values(), told, now)
    views = tuple(_view(one, codes[one.case_id]) for one in accounts)
    return DrawnRun(programme, period, _by_code(views), pay_outs.fingerprint(accounts))


def fix(
    actor: Actor, asked: str | None, period: Period, seen: str, now: datetime
) -> str | Refused:  # fmt: skip
    """Fixes a run as its preview showed it, with its slips, and answers its id; it never changes again.

    `seen` is the fingerprint of the preview: where something changed since, nothing is fixed. Raises `NotKnown`.
    """
    programme, _ = chosen(actor, MAKE, asked, now)
    stores = houses.current().stores
    with stores.reading() as session:
        accounts = _drawn(session, programme.id, period)
        codes = money.codes(session, [one.case_id for one in accounts])
    run_id = new_id()
    told: dict[str, object] = {
        "programme": programme.id,
        "from": period.from_on,
        "until": period.until_on,
        "lines": sum(len(one.lines) for one in accounts),
        "slips": sum(one.to_hand > 0 for one in accounts),
    }
    act = _act("pay_outs_fixed", actor, now, run_id, codes.values(), told, MAKE)
    with changes.change(stores, act) as work:
        present = actors.present(work.casework, actor)
        if programme not in _theirs(present, MAKE):
            raise NotKnown()
        refused = _may_run(work.casework, programme.id, period, local(now).date())
        if refused is not None:
            return work.refuse(refused)
        accounts = _drawn(work.casework, programme.id, period)
        if pay_outs.fingerprint(accounts) != seen:
            return work.refuse(CHANGED)
        _book(work, run_id, programme.id, period, accounts)
    return run_id


def run(actor: Actor, run_id: str, now: datetime) -> DrawnRun:
    """A run as it was fixed, and what became of its slips. Raises `NotKnown`."""
    with houses.current().stores.reading() as session:
        row = session.get(PayOutRun, run_id)
        # What does not exist is asked for like another's: the answer and its cost are the same.
        programme, _ = chosen(actor, VIEW, row.programme if row is not None else "-", now)
        if row is None:
            raise NotKnown()
        lines, slips = money.of_run(session, run_id)
        carried = money.carried(session, row.programme, row)
        by_case: dict[str, list[Line]] = {case_id: [] for case_id in carried}
        for line in lines:
            by_case.setdefault(line.case_id, []).append(money.line(line))
        codes = money.codes(session, by_case)
        of = {slip.case_id: slip for slip in slips}
        accounts = [
            _view(CaseAccount(one, _in_order(some), carried.get(one, 0)), codes[one], of.get(one))
            for one, some in by_case.items()
        ]
        drawn = DrawnRun(
            programme,
            Period(row.from_on, row.until_on),
            _by_code(accounts),
            id=row.id,
            fixed_on=local(row.recorded_at).date(),
        )
    told: dict[str, object] = {"count": len(codes), "form": "run"}
    tell(actor, "pay_outs_listed", programme.id, codes.values(), told, now, run_id)
    return drawn


def _pays(programme: str) -> bool:
    return Offer.ALLOWANCE in houses.current().programme(programme).offers


def _may_run(session: Session, programme: str, period: Period, today: date) -> Refused | None:
    if not _pays(programme):
        return Refused(N_("This programme pays no living allowance."))
    _, following = money.first_and_next(session, programme)
    allowed = pay_outs.may_run(period, following, today)
    return allowed if isinstance(allowed, Refused) else None


def _drawn(session: Session, programme: str, period: Period) -> list[CaseAccount]:
    """What every case of a programme would get, in a fixed order; cases that get and owe nothing are left out."""
    first, _ = money.first_and_next(session, programme)
    begins = first if first is not None else period.from_on
    entitled = money.entitlements(session, programme)
    booked = money.booked(session, programme)
    unlike = [
        one.allowance_id
        for one in entitled
        if one.allowance_id in booked
        and one.cents_in(booked[one.allowance_id].period) != booked[one.allowance_id].cents
    ]
    in_full = money.lines_of(session, unlike)
    carried = money.carried(session, programme)
    lines: dict[str, list[Line]] = {case_id: [] for case_id in carried}
    for one in entitled:
        earlier = in_full.get(one.allowance_id) or _together(one, booked)
        new = pay_outs.new_lines(one, earlier, begins, period.until_on)
        if new:
            lines.setdefault(one.case_id, []).extend(new)
    return [
        CaseAccount(case_id, _in_order(some), carried.get(case_id, 0))
        for case_id, some in sorted(lines.items())
    ]


def _in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """What is put right first, then what is paid, each by its days."""
    return tuple(sorted(lines, key=lambda line: (line.kind is LineKind.DUE, line.period)))


def _together(entitled: Entitlement, booked: dict[str, money.Booked]) -> list[Line]:
    """What was booked for an allowance and still fits it, as one line: nobody needs to read hundreds of them."""
    found = booked.get(entitled.allowance_id)
    if found is None:
        return []
    return [Line(LineKind.DUE, entitled.allowance_id, found.period, found.cents, id="all")]


def _book(
    work: changes.Writing,
    run_id: str,
    programme: str,
    period: Period,
    accounts: Iterable[CaseAccount],
) -> None:
    recorded = {
        "run_id": run_id,
        "recorded_at": work.at,
        "recorded_by": work.by,
        "change_id": work.id,
    }
    days = {"from_on": period.from_on, "until_on": period.until_on}
    work.casework.add(
        PayOutRun(
            id=run_id,
            programme=programme,
            recorded_at=work.at,
            recorded_by=work.by,
            change_id=work.id,
            **days,
        )
    )
    work.casework.flush()
    for one in accounts:
        if one.to_hand:
            work.casework.add(Slip(case_id=one.case_id, cents=one.to_hand, **days, **recorded))
        for line in one.lines:
            work.casework.add(
                PayOutLine(
                    case_id=one.case_id,
                    allowance_id=line.allowance_id,
                    kind=line.kind.value,
                    from_on=line.period.from_on,
                    until_on=line.period.until_on,
                    cents=line.cents,
                    corrects_id=line.corrects,
                    **recorded,
                )
            )


def _view(one: CaseAccount, code: str, slip: Slip | None = None) -> AccountView:
    return AccountView(
        code,
        tuple(LineView(line.kind, line.period, line.cents) for line in one.lines),
        one.carried,
        one.to_hand,
        one.paid_too_much,
        SlipState(slip.state) if slip is not None else None,
        ReturnReason(slip.reason) if slip is not None and slip.reason else None,
    )


def _by_code(accounts: Iterable[AccountView]) -> tuple[AccountView, ...]:
    return tuple(sorted(accounts, key=lambda one: one.code))


def _act(
    event: str,
    actor: Actor,
    now: datetime,
    object_id: str | None,
    codes: Iterable[str],
    details: dict[str, object],
    permission: Permission,
) -> Act:
    return Act(
        event,
        actor,
        now,
        subjects=tuple(sorted(set(codes))),
        object_id=object_id,
        details=details,
        permission=permission.value,
        purpose="allowance",
        sensitivity="money",
    )


def tell(
    actor: Actor,
    event: str,
    programme: str,
    codes: Iterable[str],
    details: dict[str, object],
    now: datetime,
    object_id: str | None = None,
) -> None:
    """Tells the log which codes are shown, before the page leaves."""
    act = _act(event, actor, now, object_id, codes, {"programme": programme, **details}, VIEW)
    audit_log.tell(houses.current().stores, act, result="shown")
