"""The caseload: the cases a colleague works on, sorted by what is due."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from caseflow.domain import follow_ups, proposals, searches
from caseflow.domain.access import Permission, Relation, Standing, may, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.cases import CaseFacts, ProposalState
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.programmes import ProposalKind, Stage
from caseflow.domain.redaction import HIDDEN, Compartment, Part, Reader, Surface, Vision
from caseflow.domain.stay import StayClock, StayState
from caseflow.domain.stay_alerts import ALERT_NAMES, AlertCode
from caseflow.services import alert_lists, gatekeeping, houses, readings
from caseflow.services.caseload_views import CaseloadPage, CaseloadRow, Due, DueKind, Show
from caseflow.services.decisions import DECIDE
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log, dossiers, relations
from caseflow.storage.audit_log import Act
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.operations import StayAlert

C, P = Compartment, Part
ROWS_A_PAGE: Final = 50

__all__ = ["CaseloadPage", "CaseloadRow", "Due", "DueKind", "Show", "caseload", "ids_of"]


def caseload(
    actor: Actor, now: datetime, *, page: int = 1, show: Show | None = None, find: str = ""
) -> CaseloadPage:
    """The cases of this colleague by what is due, fifty a page, the look recorded before it leaves.

    `find` is a call name or client code, or a part: it looks through all within reach, or through the former cases.
    Nobody is found that the list itself would not show; what was typed is kept nowhere.
    Raises `NotKnown` for somebody whose roles carry no caseload. Source: rule FW11.
    """
    if not may_at_all(Permission.CASELOAD_VIEW, actor.roles):
        raise NotKnown()
    house = houses.current()
    today = local(now).date()
    with house.stores.reading() as session:
        ids = relations.within_reach(session, actor, now, today)
        rows = sorted(_rows(session, actor, ids, now, today), key=_order)
        if show is Show.FORMER:
            shown, page, pages, found = _former(session, actor, page, now, today, find)
    chosen = show or _usual(actor, rows)
    if find and chosen is not Show.FORMER:
        chosen = Show.EVERYONE
    if chosen is not Show.FORMER:
        wanted = [
            row
            for row in rows
            if row.shown_in(chosen) and searches.matches(find, row.call_name, row.client_code)
        ]
        found = len(wanted)
        page, pages = _turned(page, len(wanted))
        shown = tuple(wanted[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE])
    audit_log.tell(
        house.stores,
        Act(
            "caseload_listed",
            actor,
            now,
            subjects=tuple(row.client_code for row in shown),
            details={"count": len(shown), "page": page} | ({"search": True} if find else {}),
            permission=Permission.CASELOAD_VIEW.value,
            purpose=chosen.value,
        ),
        result="shown",
    )
    counts = tuple(
        (one, None if one is Show.FORMER else sum(row.shown_in(one) for row in rows))
        for one in _choices(actor, rows)
    )
    return CaseloadPage(shown, chosen, page, pages, counts, found if find else None)


def ids_of(actor: Actor, show: Show, now: datetime) -> list[str]:
    """Ids of the cases that a choice of the list holds now, in its order; former cases are gone through by nobody.

    Raises `NotKnown` for somebody whose roles carry no caseload.
    """
    if not may_at_all(Permission.CASELOAD_VIEW, actor.roles):
        raise NotKnown()
    today = local(now).date()
    with houses.current().stores.reading() as session:
        ids = relations.within_reach(session, actor, now, today)
        rows = sorted(_rows(session, actor, ids, now, today), key=_order)
    return [row.case_id for row in rows if show is not Show.FORMER and row.shown_in(show)]


def _turned(page: int, rows: int) -> tuple[int, int]:
    """The page that there is, and how many there are."""
    pages = max(1, -(-rows // ROWS_A_PAGE))
    return min(max(page, 1), pages), pages


def _former(
    session: Session, actor: Actor, page: int, now: datetime, today: date, find: str
) -> tuple[tuple[CaseloadRow, ...], int, int, int]:
    """One page of former cases, the newest first: only what is shown is read."""
    ids = relations.within_reach(session, actor, now, today, former=True)
    standings = gatekeeping.standings(session, actor, ids, now)
    known = [i for i in ids if i in standings and may(Permission.CASE_OPEN, standings[i])]
    if find:
        called = dossiers.called(session, known)
        known = [i for i in known if searches.matches(find, *called[i])]
    page, pages = _turned(page, len(known))
    wanted = known[(page - 1) * ROWS_A_PAGE : page * ROWS_A_PAGE]
    rows = {row.case_id: row for row in _rows(session, actor, wanted, now, today)}
    return tuple(rows[i] for i in wanted if i in rows), page, pages, len(known)


def _usual(actor: Actor, rows: Collection[CaseloadRow]) -> Show:
    """Whoever is on duty begins with the shift, a lead with the team, a caseworker with the own cases."""
    if _on_duty(rows):
        return Show.DUTY
    if Role.TEAM_LEAD in actor.roles:
        return Show.TEAM
    return Show.MINE if Role.CASEWORKER in actor.roles else Show.EVERYONE


def _choices(actor: Actor, rows: Collection[CaseloadRow]) -> tuple[Show, ...]:
    duty = (Show.DUTY,) if _on_duty(rows) else ()
    if Role.TEAM_LEAD in actor.roles:
        return (*duty, Show.TEAM, Show.WAITING, Show.MINE, Show.EVERYONE, Show.FORMER)
    if Role.CASEWORKER in actor.roles:
        return (*duty, Show.MINE, Show.TEAM, Show.EVERYONE, Show.FORMER)
    return (*duty, Show.EVERYONE, Show.FORMER)


def _on_duty(rows: Iterable[CaseloadRow]) -> bool:
    return any(row.is_on_duty for row in rows)


def _rows(
    session: Session, actor: Actor, ids: Iterable[str], now: datetime, today: date
) -> Iterable[CaseloadRow]:
    ids = list(ids)
    standings = gatekeeping.standings(session, actor, ids, now)
    open_to = {i for i, standing in standings.items() if may(Permission.CASE_OPEN, standing)}
    found = dossiers.of_cases(session, open_to)
    teams = dossiers.case_team_of(session, open_to)
    present = {
        case_id: [m.user_id for m in members if m.from_on <= today <= (m.until_on or today)]
        for case_id, members in teams.items()
    }
    names = dossiers.colleagues(session, {one for some in present.values() for one in some})
    alerts = alert_lists.unseen(session, open_to)
    slept = [_bed_tonight(dossier) for dossier in found.values()]
    spots = dossiers.spots(session, {bed for bed in slept if bed})
    for case_id, dossier in found.items():
        standing = standings[case_id]
        vision = standing.vision(Surface.LIST)
        if not vision.sees(C.CASEWORK, P.CALL):
            continue
        team = tuple(names[one][0] for one in present.get(case_id, ()) if one in names)
        spot = spots.get(_bed_tonight(dossier) or "")
        yield _row(
            actor,
            dossier,
            standing,
            vision,
            team,
            alerts.get(case_id, []),
            f"{spot.site}, {spot.bed}" if spot else None,
            today,
        )


def _bed_tonight(dossier: Dossier) -> str | None:
    begun = [one.bed_id for one in dossier.placements if one.status == "begun"]
    return begun[-1] if begun else None


def _row(
    actor: Actor,
    dossier: Dossier,
    standing: Standing,
    vision: Vision,
    team: tuple[str, ...],
    alerts: Collection[StayAlert],
    bed: str | None,
    today: date,
) -> CaseloadRow:
    programme = houses.current().programme(dossier.case.programme)
    facts = readings.case_facts(dossier, programme)
    told = readings.stay_clock(dossier, programme, today)
    contact = dossier.case.last_contact_on
    due = _next_due(actor, dossier, facts, told, standing, vision, team, alerts, today)
    sees_bed = vision.sees(C.SHELTER, P.BED) or vision.sees(C.SHELTER, P.BEDS_TONIGHT)
    sees_due = vision.sees(C.CASEWORK, P.DUE_DATES)
    return CaseloadRow(
        case_id=dossier.case.id,
        client_code=dossier.client.code,
        call_name=dossier.client.call_name,
        programme=programme,
        is_test=dossier.client.is_test,
        restricted=dossier.client.restricted,
        stage=vision.show(C.CASEWORK, P.STAGE, facts.stage),
        clock=vision.show(C.CASEWORK, P.CLOCK, told),
        due=due if sees_due else HIDDEN,
        days_since_contact=vision.show(
            C.CASEWORK, P.DUE_DATES, (today - contact).days if contact else None
        ),
        bed=bed if sees_bed else HIDDEN,
        case_team=vision.show(C.CASEWORK, P.CASE_TEAM_CONTACT, team),
        is_mine=Relation.CASE_TEAM in standing.relations,
        is_of_team=bool({Relation.TEAM, Relation.LEADS_TEAM} & standing.relations),
        is_on_duty=Reader.ON_DUTY in standing.readers,
        may_write_note=may(Permission.NOTE_CREATE, standing),
    )


DECISIONS: Final = {
    ProposalKind.ADMISSION: N_("Decide on the admission"),
    ProposalKind.EXTENSION: N_("Decide on the extension"),
    ProposalKind.EXIT: N_("Decide on the exit"),
}
WAITING: Final = {
    ProposalKind.ADMISSION: N_("Admission waits for a decision"),
    ProposalKind.EXTENSION: N_("Extension waits for a decision"),
    ProposalKind.EXIT: N_("Exit waits for a decision"),
}
AT_THE_END: Final = {
    StayState.NEAR_LIMIT: N_("Last day comes near"),
    StayState.LAST_DAY: N_("Last day is today"),
    StayState.BEYOND_AGREED: N_("Agreed last day comes near"),
    StayState.BEYOND_UNDECIDED: N_("Last day has passed, nothing decided"),
}


def _next_due(
    actor: Actor,
    dossier: Dossier,
    facts: CaseFacts,
    told: StayClock,
    standing: Standing,
    vision: Vision,
    team: tuple[str, ...],
    alerts: Collection[StayAlert],
    today: date,
) -> Due | None:
    """The most urgent thing of all that this reader may know is due."""
    found: list[Due] = []
    if vision.sees(C.CASEWORK, P.REST):
        found += _proposals_due(actor, dossier, facts, standing)
    alert = _alert_due(alerts, told, standing)
    if alert is not None:
        found.append(alert)
    agreed = told.state is StayState.BEYOND_AGREED and not told.comes_near
    if told.state in AT_THE_END and told.last_day is not None and not (agreed or alert):
        found.append(Due(DueKind.TERM, told.last_day, AT_THE_END[told.state]))
    if may(Permission.CASE_ASSIGN, standing) and not team and not facts.has_ended:
        found.append(Due(DueKind.ASSIGN, facts.application_on, N_("Choose a case team")))
    if (
        facts.stage is Stage.APPLICATION
        and Stage.SCREENING in facts.programme.stages
        and may(Permission.SCREENING_RECORD, standing)
    ):
        found.append(Due(DueKind.SCREEN, facts.application_on, N_("Screen")))
    found += [
        Due(
            DueKind.FOLLOW_UP,
            one.due_on,
            N_("Ask again, %(months)s months after the exit", months=one.months),
        )
        for one in follow_ups.follow_ups_due(facts, today)
    ]
    return min(found, key=_urgency, default=None)


def _alert_due(alerts: Collection[StayAlert], told: StayClock, standing: Standing) -> Due | None:
    """An alert of the stay that nobody has seen, for who can extend the stay or decide on it."""
    alert = alert_lists.newest(alerts, told)
    if alert is None or not any(may(permission, standing) for permission in alert_lists.OPENS):
        return None
    named = ALERT_NAMES[AlertCode(alert.kind)]
    return Due(DueKind.ALERT, alert.due_on, N_("Stay alert: %(alert)s", alert=named))


def _proposals_due(
    actor: Actor, dossier: Dossier, facts: CaseFacts, standing: Standing
) -> Iterable[Due]:
    for row in dossier.proposals:
        if row.state != ProposalState.OPEN:
            continue
        kind, since = ProposalKind(row.kind), local(row.recorded_at).date()
        proposal = readings.proposal_of(row)
        if may(DECIDE[kind], standing) and proposals.may_decide(
            facts.programme, proposal, actor.user_id, actor.roles
        ):
            yield Due(DueKind.DECIDE, since, DECISIONS[kind])
        else:
            yield Due(DueKind.WAITS, since, WAITING[kind])


def _urgency(due: Due) -> tuple[bool, bool, date, int]:
    """Own decisions first, what only waits for others last, in between by day."""
    kinds = list(DueKind)
    return (
        due.kind is not DueKind.DECIDE,
        due.kind is DueKind.WAITS,
        due.on,
        kinds.index(due.kind),
    )


def _order(row: CaseloadRow) -> tuple[object, ...]:
    """By what is due, then by the last day, then by who was not spoken to for longest."""
    due = _urgency(row.due) if isinstance(row.due, Due) else (True, True, date.max, 99)
    last_day = row.clock.last_day if isinstance(row.clock, StayClock) else None
    silent = row.days_since_contact if isinstance(row.days_since_contact, int) else 99_999
    return (*due, last_day or date.max, -silent, row.client_code)
