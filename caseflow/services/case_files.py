"""Builds the view of one case for one reader: the only place where its values are redacted."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import absences, follow_ups, proposals
from caseflow.domain.access import CASE_PERMISSIONS, Standing, may
from caseflow.domain.actors import Actor
from caseflow.domain.cases import CaseFacts, ProposalState
from caseflow.domain.decision_sheets import Advice, SheetReason, decided_by_the_city, may_advise
from caseflow.domain.decisions import Decision
from caseflow.domain.destinations import DestinationKind
from caseflow.domain.follow_ups import FollowUpAnswer
from caseflow.domain.outcomes import Outcome, OutcomeBasis
from caseflow.domain.programmes import Programme, ProposalKind
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Surface, Vision
from caseflow.domain.stay import clock
from caseflow.services import (
    agreement_views,
    birthdays,
    client_file_readings,
    departure_views,
    disappearance_views,
    formal_decision_readings,
    health_readings,
    house_peace,
    households,
    kept_apart,
    merge_readings,
    money_shown,
    next_acts,
    nights_shown,
    presences_shown,
    procedure_readings,
    readings,
    referral_views,
    stay_history,
    tasks_shown,
    timelines,
    vault_readings,
    waiting_readings,
)
from caseflow.services.card_views import card_of
from caseflow.services.case_views import (
    AllowanceView,
    AnswerView,
    CaseView,
    ColleagueView,
    ExitView,
    FollowUpView,
    MilestoneView,
    PersonView,
    ProposalView,
)
from caseflow.services.households import Standings
from caseflow.services.houses import House
from caseflow.services.vault_readings import Look
from caseflow.storage import availability, dossiers
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.accounts import Team
from caseflow.storage.models.cases import CaseTeamMember
from caseflow.storage.models.facts import Proposal

C, P = Compartment, Part
T = TypeVar("T")


def build(
    house: House,
    session: Session,
    actor: Actor,
    standing: Standing,
    vision: Vision,
    case_id: str,
    now: datetime,
    today: date,
    standings: Standings,
    notes_page: int = 1,
) -> CaseView:
    """The view of one case. Called by the gate alone, after it authorised and recorded the look.

    `standings` answers how this reader stands to other cases, for the names of a household.
    """
    dossier = dossiers.of_cases(session, [case_id])[case_id]
    programme = house.programme(dossier.case.programme)
    facts = readings.case_facts(dossier, programme)
    stay = readings.stay_facts(dossier, programme, today)
    told = clock(stay, today)
    absent = absences.running(readings.absences(dossier))
    members = dossiers.case_team_of(session, [case_id]).get(case_id, [])
    names = dossiers.colleagues(session, _everybody_named(dossier, members))
    look = Look(actor, now, max(1, notes_page))
    words = vault_readings.read(house, session, dossier, vision, look, names)
    file = client_file_readings.of(house, session, dossier, vision, names, today)

    nights = nights_shown.of(session, dossier, actor, standing, today)
    knows_nights = vision.sees(C.SHELTER, P.REST)
    away = readings.absences(dossier) if knows_nights else ()
    own_stays = availability.stays_of_person(session, dossier.client.code) if knows_nights else ()

    paid, slips = money_shown.of(session, case_id, vision, actor, now)

    def seen(compartment: Compartment, part: Part, value: Callable[[], T]) -> T | Hidden:
        return value() if vision.sees(compartment, part) else HIDDEN

    def tell(codes: Collection[str]) -> None:
        households.tell_shown(house, actor, standing, codes, now)

    return CaseView(
        id=case_id,
        client_code=dossier.client.code,
        call_name=dossier.client.call_name,
        programme=programme,
        is_test=dossier.client.is_test,
        restricted=dossier.client.restricted,
        version=dossier.case.version,
        readers=tuple(sorted(reader.value for reader in standing.readers)),
        organisation=dossier.case.organisation,
        stage=seen(C.CASEWORK, P.STAGE, lambda: facts.stage),
        application_on=seen(C.CASEWORK, P.STAGE, lambda: facts.application_on),
        admitted_on=seen(C.CASEWORK, P.STAGE, lambda: facts.admitted_on),
        clock=seen(C.CASEWORK, P.CLOCK, lambda: told),
        stay=seen(C.CASEWORK, P.CLOCK, lambda: stay),
        stay_history=stay_history.of(session, dossier, vision),
        referrals=seen(C.CASEWORK, P.REST, lambda: referral_views.running(session, case_id, today)),
        case_team=seen(C.CASEWORK, P.CASE_TEAM_CONTACT, lambda: _case_team(members, names, today)),
        team=seen(C.CASEWORK, P.CASE_TEAM_CONTACT, lambda: _team(session, dossier)),
        person=seen(C.CASEWORK, P.REST, lambda: _person(dossier)),
        household=seen(
            C.CASEWORK,
            P.REST,
            lambda: households.shown(session, dossier.client, standings, today, tell),
        ),
        health=health_readings.of(house, session, dossier, vision, today),
        consent=agreement_views.of(house, session, dossier, vision, today),
        peace=house_peace.of(session, dossier, vision, standings, today, tell),
        comes_of_age=birthdays.eighteenth_shown(words.identity, today),
        scenario=seen(C.CASEWORK, P.REST, lambda: facts.scenario),
        proposals=seen(
            C.CASEWORK, P.REST, lambda: _proposals(dossier, programme, actor, names, words.reasons)
        ),
        screening=seen(
            C.IMMIGRATION, P.SCREENING_ANSWERS, lambda: screening_of(dossier, programme, facts)
        ),
        identity=words.identity,
        contact=words.contact,
        notes=words.notes,
        wish=words.wish,
        older_notes_page=look.page + 1 if words.older_notes else None,
        placements=nights.views(),
        allowances=seen(C.MONEY, P.REST, lambda: _allowances(dossier, facts)),
        money=paid,
        slips=slips,
        milestones=seen(
            C.IMMIGRATION,
            P.DEADLINES,
            lambda: tuple(
                MilestoneView(
                    one.kind,
                    one.event_on,
                    vision.show(C.IMMIGRATION, P.REST, one.result),
                    one.procedure_id,
                )
                for one in dossier.milestones
            ),
        ),
        procedures=procedure_readings.of(house, session, dossier, vision, today),
        formal_decisions=formal_decision_readings.of(
            house, session, dossier, vision, facts, actor, names, words.reasons, today
        ),
        exit=seen(C.CASEWORK, P.REST, lambda: _exit(dossier)),
        follow_ups=seen(C.CASEWORK, P.REST, lambda: _follow_ups(dossier)),
        follow_ups_due=seen(
            C.CASEWORK, P.DUE_DATES, lambda: follow_ups.follow_ups_due(facts, today)
        ),
        timeline=timelines.of(
            replace(dossier, placements=list(nights.in_full)), vision, file.names, file.entries
        ),
        file=file.view,
        merged=seen(
            C.CASEWORK, P.REST, lambda: merge_readings.of_client(session, dossier.client.code)
        ),
        apart=kept_apart.shown(
            session, dossier.client.code, vision, standing, actor.user_id, standings, today
        ),
        # Whoever reads a card by one tap alone (clear on opening, not in lists) reads it at its own address.
        card=card_of(house, session, dossier.client.code)
        if standing.vision(Surface.LIST).sees_any(C.EMERGENCY_CARD)
        else HIDDEN,
        absence=absent if nights.tells_absence else HIDDEN,
        bed_kept_until=(programme.beds_kept.until(absent) if absent else None)
        if nights.tells_absence
        else HIDDEN,
        presences=presences_shown.of(session, case_id, nights),
        tasks=tasks_shown.of(session, dossier, vision, words.reasons, today),
        follows=seen(
            C.CASEWORK,
            P.DUE_DATES,
            lambda: tasks_shown.follows(dossier, facts, vision, today),
        ),
        missing=disappearance_views.of(dossier, facts, vision, today)
        if nights.tells_absence
        else None,
        waiting=waiting_readings.of(house, session, dossier, vision, now),
        checklist=departure_views.of(house, session, dossier, facts, standing, today),
        may=frozenset(one for one in CASE_PERMISSIONS if may(one, standing)),
        can=next_acts.what_can_be_done(facts, told, own_stays, now, today),
        steps=next_acts.steps(facts, stay, away, today),
    )


def _everybody_named(dossier: Dossier, members: list[CaseTeamMember]) -> set[str]:
    named = {member.user_id for member in members}
    named |= {member.deputy_for for member in members if member.deputy_for}
    for facts in (
        dossier.stages, dossier.scenarios, dossier.proposals, dossier.extensions, dossier.allowances,
        dossier.milestones, dossier.exits, dossier.follow_ups, dossier.placements, dossier.screening,
        dossier.continuations, dossier.earlier_nights, dossier.mistaken, dossier.procedures,
        dossier.formal_decisions,
    ):  # fmt: skip
        named |= {fact.recorded_by for fact in facts}
    named |= {one.decided_by for one in dossier.proposals if one.decided_by}
    named |= {one.decided_by for one in dossier.formal_decisions if one.decided_by}
    return named


def _case_team(
    members: list[CaseTeamMember], names: dict[str, tuple[str, str | None]], today: date
) -> tuple[ColleagueView, ...]:
    return tuple(
        ColleagueView(
            member.user_id,
            *names.get(member.user_id, ("", None)),
            deputy_for=names.get(member.deputy_for, ("", None))[0] if member.deputy_for else None,
            until_on=member.until_on,
        )
        for member in members
        if member.from_on <= today and (member.until_on is None or member.until_on >= today)
    )


def _team(session: Session, dossier: Dossier) -> str | None:
    if dossier.case.team_id is None:
        return None
    return session.scalar(select(Team.name).where(Team.id == dossier.case.team_id))


def _person(dossier: Dossier) -> PersonView:
    """Coded facts."""
    client = dossier.client
    return PersonView(
        client.gender, client.age_band, client.language, client.interpreter, client.version
    )


def screening_of(
    dossier: Dossier, programme: Programme, facts: CaseFacts
) -> tuple[AnswerView, ...]:
    """Each criterion of the version that was asked, or that would be asked now, with its newest answer."""
    asked = {one.rule_version for one in dossier.screening}
    on = facts.screened_on or facts.application_on
    version = programme.criteria_on(on)
    for candidate in programme.criteria:
        if candidate.version in asked:
            version = candidate
    if version is None:
        return ()
    newest = {one.criterion: one for one in dossier.screening}
    return tuple(
        AnswerView(
            criterion.id,
            criterion.label,
            criterion.kind.value,
            newest[criterion.id].answer if criterion.id in newest else None,
            newest[criterion.id].event_on if criterion.id in newest else None,
            newest[criterion.id].id if criterion.id in newest else None,
        )
        for criterion in version.criteria
    )


def _proposals(
    dossier: Dossier,
    programme: Programme,
    actor: Actor,
    names: dict[str, tuple[str, str | None]],
    reasons: vault_readings.Reasons,
) -> tuple[ProposalView, ...]:
    return tuple(
        ProposalView(
            id=row.id,
            kind=ProposalKind(row.kind),
            state=ProposalState(row.state),
            proposed_by=names.get(row.recorded_by, ("", None))[0],
            proposed_by_id=row.recorded_by,
            event_on=row.event_on,
            until_on=row.until_on,
            outcome=Outcome(row.outcome) if row.outcome else None,
            basis=OutcomeBasis(row.outcome_basis) if row.outcome_basis else None,
            permanent_stay_assured=row.permanent_stay_assured,
            destination=DestinationKind(row.destination_kind) if row.destination_kind else None,
            decided_by=names.get(row.decided_by, ("", None))[0] if row.decided_by else None,
            decided_at=row.decided_at,
            reason=reasons.about(row.id),
            version=row.version,
            may_decide=proposals.may_decide(
                programme, readings.proposal_of(row), actor.user_id, actor.roles
            ),
            may_withdraw=proposals.may_withdraw_proposal(readings.proposal_of(row), actor.user_id),
            advice=Advice(row.advice) if row.advice else None,
            reason_code=SheetReason(row.reason_code) if row.reason_code else None,
            granted_until_on=row.granted_until_on,
            may_advise=_may_advise(programme, row),
        )
        for row in reversed(dossier.proposals)
    )


def _may_advise(programme: Programme, row: Proposal) -> Decision | None:
    if ProposalKind(row.kind) not in decided_by_the_city(programme):
        return None
    is_open = row.state == ProposalState.OPEN
    return may_advise(programme, ProposalKind(row.kind), is_open=is_open)


def _allowances(dossier: Dossier, facts: CaseFacts) -> tuple[AllowanceView, ...]:
    return tuple(
        AllowanceView(
            one.id,
            one.from_on,
            one.until_on,
            one.weekly_cents,
            to_be_decided=one.until_on is None and facts.has_ended,
        )
        for one in dossier.allowances
    )


def _exit(dossier: Dossier) -> ExitView | None:
    left = readings.current_exit(dossier)
    if left is None:
        return None
    return ExitView(
        left.exited_on,
        Outcome(left.outcome),
        OutcomeBasis(left.outcome_basis) if left.outcome_basis else None,
        left.permanent_stay_assured,
        DestinationKind(left.destination_kind) if left.destination_kind else None,
    )


def _follow_ups(dossier: Dossier) -> tuple[FollowUpView, ...]:
    return tuple(
        FollowUpView(one.months, FollowUpAnswer(one.state), one.event_on)
        for one in dossier.follow_ups
    )
