"""Help to report a crime: recorded, carried on as what came of it is known, and taken back where it was an error.

All of it lies in the vault. What stands elsewhere is a task to go along, as every other appointment has one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from caseflow.domain import safe_reports as rules
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.composed_letters import LetterRefused
from caseflow.domain.decisions import Refused
from caseflow.domain.letters import Language, Letter, LetterKind
from caseflow.domain.local_days import local
from caseflow.domain.recipients import RecipientClass
from caseflow.domain.redaction import Compartment
from caseflow.domain.safe_reports import (
    Accompaniment,
    GoesAlong,
    ReportOutcome,
    ReportWish,
    Standing,
    Support,
)
from caseflow.domain.tasks import OVER, TaskKind
from caseflow.services import houses, letters, planned_tasks, standing_recipients
from caseflow.services.case_views import Sealed
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing, known
from caseflow.services.letters import PrintedLetter
from caseflow.services.protection import OVERTAKEN, Heading, Look, looking
from caseflow.storage import words
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.protection import SafeReport

RECORD = Permission.SAFE_REPORT_RECORD


@dataclass(frozen=True)
class SafeReportView:
    """One record of help to report as it counts now; `version` is the id of its newest row."""

    id: str
    version: str
    told: Accompaniment
    recorded_on: date
    recorded_by: str
    earlier: int


@dataclass(frozen=True)
class SafeReportsView:
    """What this reader sees of help to report: all of it, or what they wrote themselves."""

    case: Heading
    reports: tuple[SafeReportView, ...] | Sealed
    sees_all: bool
    may_record: bool


def of_case(actor: Actor, case_id: str, now: datetime) -> SafeReportsView:
    """Help to report on one case, the look told first. Raises `NotKnown`."""
    with looking(actor, case_id, Compartment.SAFE_REPORTING, "safe_reports_viewed", now) as look:
        return SafeReportsView(
            look.heading,
            _reports(look),
            look.vision.sees(Compartment.SAFE_REPORTING),
            look.may(RECORD),
        )


def one(actor: Actor, case_id: str, report_id: str, now: datetime) -> SafeReportView | Sealed:
    """One record of this case. Raises `NotKnown` for another's, or one that was taken back."""
    found = of_case(actor, case_id, now).reports
    if isinstance(found, Sealed):
        return found
    for report in found:
        if report.id == report_id:
            return report
    raise NotKnown()


def record(
    actor: Actor,
    case_id: str,
    told: Accompaniment,
    now: datetime,
    *,
    report_id: str | None = None,
    seen: str | None = None,
) -> Refused | None:
    """Keeps help to report in the vault, or what became of it; `seen` is the version that the form was opened on.

    Raises `NotKnown`, also for a record of another case, and `VaultSealed`.
    """
    known_as = report_id or new_id()
    with changing(
        actor, RECORD, case_id, "safe_report_recorded", now, details={"report": known_as}, words=True
    ) as change:  # fmt: skip
        last = _last(change, report_id) if report_id is not None else None
        if last is not None and last.id != seen:
            return change.refuse(OVERTAKEN)
        allowed = rules.may_record(told, change.today)
        if not allowed:
            return change.refuse(allowed)
        due_on = rules.task_day(told, change.today) if change.facts.stage not in OVER else None
        before = last.task_id if last is not None else None
        task = planned_tasks.moved(change, TaskKind.ACCOMPANY, before, due_on)
        _keep(change, known_as, told, task)
        return None


def take_back(actor: Actor, case_id: str, report_id: str, now: datetime) -> Refused | None:
    """Says that a record was made in error: it stands on no page any more. Raises `NotKnown` and `VaultSealed`."""
    with changing(
        actor, RECORD, case_id, "safe_report_taken_back", now, details={"report": report_id}, words=True
    ) as change:  # fmt: skip
        last = _last(change, report_id)
        if last.task_id is not None:
            planned_tasks.supersede(change.work, (last.task_id,))
        _keep(change, report_id, told_in(last), last.task_id, taken_back=True)
        return None


def lawyers(actor: Actor, case_id: str, now: datetime) -> tuple[tuple[str, str], ...]:
    """Ids and names of the lawyer's offices that the client agreed to. Raises `NotKnown`."""
    with houses.current().stores.reading() as session:
        known(session, actor, RECORD, case_id, now)
        return tuple(
            (one.office_id, one.name)
            for one in standing_recipients.of_case(session, case_id)
            if one.recipient_class is RecipientClass.LEGAL and one.ended_on is None
        )


def explanation(
    actor: Actor, case_id: str, language: str, now: datetime
) -> PrintedLetter | Refused:
    """*Free in, free out* on paper, in a language of the client; nothing of anybody stands in it. Raises `NotKnown`."""
    with looking(actor, case_id, Compartment.SAFE_REPORTING, "safe_reports_viewed", now) as look:
        organisation = look.dossier.case.organisation
    try:
        return letters.printed(
            Letter(
                kind=LetterKind.SAFE_REPORTING,
                language=Language(language),
                sender=letters.sender_of(organisation),
                addressee=(),
                day=local(now).date(),
            )
        )
    except LetterRefused as refused:
        return Refused(refused.reason)


def told_in(row: SafeReport) -> Accompaniment:
    """A row as the rules read it."""
    found = {one.name: getattr(row, one.name) for one in fields(Accompaniment)}
    codes = {"standing": Standing, "wish": ReportWish, "along": GoesAlong, "outcome": ReportOutcome,
             "victim_support": Support, "damages_fund": Support}  # fmt: skip
    for name, code in codes.items():
        found[name] = code(found[name]) if found[name] is not None else None
    return Accompaniment(**found)


def _reports(look: Look) -> tuple[SafeReportView, ...] | Sealed:
    """The records of this case, the newest first; of others than the case team, what they wrote themselves."""
    return look.read(SafeReport, lambda rows: _shown(look, rows))


def _shown(look: Look, rows: list[SafeReport]) -> tuple[SafeReportView, ...]:
    mine = look.actor.user_id if not look.vision.sees(Compartment.SAFE_REPORTING) else None
    found: dict[str, list[SafeReport]] = {}
    for row in rows:
        if row.case_id == look.heading.id and mine in (None, row.recorded_by):
            found.setdefault(row.report_id, []).append(row)
    gone = {row.report_id for row in rows if row.taken_back}
    names = look.names({versions[0].recorded_by for versions in found.values()})
    return tuple(
        SafeReportView(
            report_id,
            versions[0].id,
            told_in(versions[0]),
            local(versions[0].recorded_at).date(),
            names.get(versions[0].recorded_by, ""),
            len(versions) - 1,
        )
        for report_id, versions in found.items()
        if report_id not in gone
    )


def _last(change: CaseChange, report_id: str) -> SafeReport:
    """The newest row of a record of this very case. Raises `NotKnown`."""
    rows = words.visible(
        change.work.vault,
        change.work.casework,
        SafeReport,
        [change.dossier.client.code],
        case_id=change.dossier.case.id,
        where=(SafeReport.report_id == report_id,),
        limit=1,
    )
    if not rows or rows[0].taken_back:
        raise NotKnown()
    return rows[0]


def _keep(
    change: CaseChange,
    report_id: str,
    told: Accompaniment,
    task_id: str | None,
    *,
    taken_back: bool = False,
) -> None:
    change.work.vault.add(
        SafeReport(
            report_id=report_id,
            case_id=change.dossier.case.id,
            task_id=task_id,
            taken_back=taken_back,
            **rules.columns(told),
            **change.written(),
        )
    )
