"""Signals of trafficking on a case: recorded as codes, words beside them in the vault, taken back where in error.

What goes to CoMensha or a lawyer leaves as a disclosure, with its own guard; nothing here sends anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import trafficking as rules
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.labels import Label
from caseflow.domain.redaction import Compartment
from caseflow.domain.safe_reports import GoesAlong
from caseflow.domain.trafficking import Route, Seen, Signals, TraffickingWish
from caseflow.services import houses
from caseflow.services.case_views import SEALED, Sealed
from caseflow.services.gatekeeping import NotKnown, changing
from caseflow.services.protection import Heading, looking
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.protection import (
    ProtectionWords,
    TraffickingRecord,
    TraffickingSignal,
)

RECORD = Permission.TRAFFICKING_RECORD
LINES_AT_MOST = 50


@dataclass(frozen=True)
class TraffickingLine:
    """What was seen on one day."""

    id: str
    seen_on: date
    signals: tuple[Label | str, ...]
    wish: TraffickingWish
    route: Route
    along: GoesAlong | None
    with_name: bool
    recorded_by: str
    words: str | Sealed | None


@dataclass(frozen=True)
class TraffickingView:
    """Signals of trafficking on one case, the newest first, and the list they come from."""

    case: Heading
    lines: tuple[TraffickingLine, ...]
    signals: Signals
    may_record: bool
    may_refer: bool


def signals() -> Signals:
    """The list of signals as configured."""
    return houses.current().signals


def of_case(actor: Actor, case_id: str, now: datetime) -> TraffickingView:
    """Signals on one case, the look told first. Raises `NotKnown`."""
    known = signals()
    with looking(actor, case_id, Compartment.SAFETY, "trafficking_viewed", now) as look:
        rows = _rows(look.session, case_id)
        ticked = _ticked(look.session, [row.id for row in rows])
        beside = look.words({row.id for row in rows})
        names = look.names({row.recorded_by for row in rows})
        return TraffickingView(
            look.heading,
            tuple(
                TraffickingLine(
                    row.id,
                    row.seen_on,
                    tuple(known.label(code) for code in ticked.get(row.id, ())),
                    TraffickingWish(row.wish),
                    Route(row.route),
                    GoesAlong(row.along) if row.along else None,
                    row.with_name,
                    names.get(row.recorded_by, ""),
                    SEALED if isinstance(beside, Sealed) else beside.get(row.id),
                )
                for row in rows
            ),
            known,
            look.may(RECORD),
            look.may(RECORD) and look.may(Permission.DISCLOSURE_ASK),
        )


def record(actor: Actor, case_id: str, seen: Seen, now: datetime) -> Refused | None:
    """Keeps what was seen, codes in casework and words in the vault; without words it works while that is sealed.

    Raises `NotKnown`, and `VaultSealed`.
    """
    record_id, told = new_id(), seen.words.strip()
    with changing(
        actor, RECORD, case_id, "trafficking_recorded", now, details={"record": record_id}, words=bool(told)
    ) as change:  # fmt: skip
        allowed = rules.may_record(seen, signals(), change.today)
        if not allowed:
            return change.refuse(allowed)
        session = change.work.casework
        session.add(
            TraffickingRecord(
                id=record_id,
                seen_on=seen.seen_on,
                wish=seen.wish.value,
                along=seen.along.value if seen.along else None,
                route=seen.route.value,
                with_name=seen.with_name,
                **change.recorded,
            )
        )
        session.flush()
        for code in sorted(seen.signals):
            session.add(TraffickingSignal(record_id=record_id, code=code))
        if told:
            written = change.written()
            change.work.vault.add(ProtectionWords(about_id=record_id, words=told, **written))
        return None


def mistaken(actor: Actor, case_id: str, record_id: str, now: datetime) -> Refused | None:
    """Says that a record was made in error: it stands on no page any more. Raises `NotKnown`."""
    with changing(
        actor, RECORD, case_id, "trafficking_mistaken", now, details={"record": record_id}
    ) as change:
        row = change.work.casework.get(TraffickingRecord, record_id)
        if row is None or row.case_id != change.dossier.case.id or row.mistaken_at is not None:
            raise NotKnown()
        row.mistaken_by, row.mistaken_at = change.work.by, change.work.at
        row.mistaken_change_id = change.work.id
        return None


def _rows(session: Session, case_id: str) -> list[TraffickingRecord]:
    return list(
        session.scalars(
            select(TraffickingRecord)
            .where(TraffickingRecord.case_id == case_id, TraffickingRecord.mistaken_at.is_(None))
            .order_by(
                TraffickingRecord.seen_on.desc(),
                TraffickingRecord.recorded_at.desc(),
                TraffickingRecord.id,
            )
            .limit(LINES_AT_MOST)
        )
    )


def _ticked(session: Session, record_ids: list[str]) -> dict[str, list[str]]:
    rows = session.execute(
        select(TraffickingSignal.record_id, TraffickingSignal.code)
        .where(TraffickingSignal.record_id.in_(record_ids))
        .order_by(TraffickingSignal.code)
    )
    found: dict[str, list[str]] = {}
    for record_id, code in rows:
        found.setdefault(record_id, []).append(code)
    return found
