"""Every address with an id in it, filled once with ids that exist and once with ids that nothing has."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Boolean, Date, Integer, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from caseflow import clock
from caseflow.domain.contact_persons import PersonRole, PersonWords
from caseflow.domain.deferrals import DeferralDates, DeferralKind
from caseflow.domain.drafts import DraftOf
from caseflow.domain.plans import LineKind, PlanWords
from caseflow.domain.safe_reports import Accompaniment, ReportWish, Standing
from caseflow.services import contact_persons, drafts, health, plans, safe_reports
from caseflow.services.houses import House
from caseflow.storage.models.accounts import RoleGrant, RosterShift, UserAccount
from caseflow.storage.models.accounts import Session as SignedIn
from caseflow.storage.models.agreements import Agreement, InformationGiven
from caseflow.storage.models.bases import Instant, new_id
from caseflow.storage.models.bed_nights import AuditorSession, BedNightStatement
from caseflow.storage.models.cases import BrokenGlass, Case, CaseTeamMember, Referral, Separation
from caseflow.storage.models.client_files import ContactPerson, PlanLine
from caseflow.storage.models.client_requests import ClientRequest
from caseflow.storage.models.complaints import Complaint
from caseflow.storage.models.conferences import Conference, ConferenceCase
from caseflow.storage.models.demands import Demand
from caseflow.storage.models.disclosures import (
    DisclosedValues,
    Disclosure,
    DisclosureNotice,
    Office,
    StandingRecipient,
)
from caseflow.storage.models.facts import Milestone, Procedure, Proposal
from caseflow.storage.models.figures import Publication
from caseflow.storage.models.formal_decisions import FormalDecision
from caseflow.storage.models.funder_papers import AccountabilityStatement
from caseflow.storage.models.governance import Attention, CardOpening, CaseloadReview, DoorCall
from caseflow.storage.models.health import Deferral
from caseflow.storage.models.house_peace import (
    HousePair,
    HouseWarning,
    Incident,
    IncidentPerson,
    TimeOut,
)
from caseflow.storage.models.merges import ClientMerge
from caseflow.storage.models.money import PayOutRun, Slip
from caseflow.storage.models.protection import (
    ChildConcern,
    ChildConcernStep,
    SafeReport,
    TraffickingRecord,
)
from caseflow.storage.models.shelter import Bed, Placement
from caseflow.storage.models.sites import NeighbourhoodEntry, OutOfService
from caseflow.storage.models.suggestions import Suggestion, SuggestionRun
from caseflow.storage.models.tasks import Task
from caseflow.storage.models.vault import Identity
from tests import builders, cast
from tests import case_worlds as world

EXCUSED: Final = {
    "static": "files of ours that everybody gets",
    "sign_in.accept": "whoever holds the token of an invitation is whom it was made for",
    "sign_in.picture": "the same",
}
"""Addresses that may answer differently for a thing that exists, and why."""

OWNERS: Final[Mapping[str, type[Any]]] = {
    "bed_night_statement_id": BedNightStatement,
    "auditor_session_id": AuditorSession,
    "accountability_id": AccountabilityStatement,
    "complaint_id": Complaint,
    "conference_id": Conference,
    "conference_case_id": ConferenceCase,
    "request_id": ClientRequest,
    "incident_id": Incident,
    "concerned_id": IncidentPerson,
    "demand_id": Demand,
    "office_id": Office,
    "disclosure_id": Disclosure,
    "notice_id": DisclosureNotice,
    "standing_id": StandingRecipient,
    "deputy_id": CaseTeamMember,
    "door_id": DoorCall,
    "entry_id": NeighbourhoodEntry,
    "fact_id": Milestone,
    "formal_decision_id": FormalDecision,
    "grant_id": RoleGrant,
    "information_id": InformationGiven,
    "agreement_id": Agreement,
    "merge_id": ClientMerge,
    "opening_id": CardOpening,
    "pair_id": HousePair,
    "bed_id": Bed,
    "other_placement_id": Placement,
    "placement_id": Placement,
    "procedure_id": Procedure,
    "proposal_id": Proposal,
    "publication_id": Publication,
    "reference": SignedIn,
    "referral_id": Referral,
    "review_id": CaseloadReview,
    "run_id": PayOutRun,
    "separation_id": Separation,
    "sheet_id": Proposal,
    "shift_id": RosterShift,
    "slip_id": Slip,
    "suggestion_id": Suggestion,
    "task_id": Task,
    "time_out_id": TimeOut,
    "trafficking_record_id": TraffickingRecord,
    "child_concern_id": ChildConcern,
    "child_concern_step_id": ChildConcernStep,
    "warning_id": HouseWarning,
}
"""Which table an id in an address is of; a new kind of id is added here, with a row of it."""

OUTAGE: Final = new_id()
WORKED_OUT: Final = new_id()
"""Which suggestions were worked out together."""
CODES: Final[Mapping[type[Any], Mapping[str, str]]] = {
    RoleGrant: {"role": "coordinator"},
    BrokenGlass: {"purpose": "phone"},
    CaseloadReview: {"purpose": "deadline"},
    Attention: {"kind": "denials"},
    Conference: {"chair": "kofi"},
    ConferenceCase: {"state": "asked", "answer": "knows"},
    Referral: {"kind": "legal"},
    Agreement: {
        "kind": "share",
        "about": "shelter",
        "organisation": "het-kompas",
        "language": "ar",
    },
    InformationGiven: {"kind": "rights", "way": "read_out", "language": "ar"},
    NeighbourhoodEntry: {"kind": "letter"},
    OutOfService: {"reason": "repair", "outage_id": OUTAGE},
    Procedure: {"kind": "family"},
    FormalDecision: {"kind": "end", "ground": "own_wish"},
    Suggestion: {"run_id": WORKED_OUT, "bed_id": "havenhuis-room-1-bed-1"},
    Task: {"kind": "papers"},
    Bed: {"room_id": "havenhuis-room-1", "kind": "full_day"},
    PayOutRun: {
        "programme": "elsewhere",
        "from_on": date(2026, 11, 9),
        "until_on": date(2026, 11, 16),
    },
    HouseWarning: {"kind": "not_alone", "not_told": "not_met"},
    HousePair: {"scope": "room", "reason": "quarrel"},
    TimeOut: {"meanwhile": "own_network"},
    TraffickingRecord: {"wish": "help", "route": "comensha"},
    ChildConcern: {"whom": "unborn"},
    ChildConcernStep: {"step": "weigh", "result": "worries"},
    Incident: {"kind": "damage", "part_of_day": "night", "police": "not"},
    IncidentPerson: {"role": "involved"},
    ClientRequest: {
        "kind": "access",
        "about": "whole_file",
        "asked_by": "client",
        "identity": "known",
    },
    Office: {"recipient": "own-lawyer", "recipient_class": "legal"},
    Disclosure: {
        "kind": "attendance_statement",
        "recipient": "client",
        "recipient_class": "client",
        "tier": "0",
        "purpose": "procedure",
        "basis": "own-data",
        "fields": "attended own_name",
        "language": "nl",
        "medium": "post",
        "state": "asked",
    },
    DisclosureNotice: {"why": "mistake"},
    StandingRecipient: {"agreed_in": "nl"},
    Demand: {
        "received_by": "kofi",
        "how": "letter",
        "authority": "police",
        "authority_class": "enforcement",
    },
    Complaint: {"subject": "food", "received_how": "letter"},
    # of a programme that nobody of the cast has to do with, for somebody else
    AccountabilityStatement: {
        "programme": "elsewhere",
        "kind": "cumulative",
        "state": "proposed",
        "content": '{"rows": []}',
        "known": "[]",
        "reader_id": "kofi",
    },
    # of an organisation that nobody of the cast works for
    BedNightStatement: {"organisation": "elsewhere", "content": "{}"},
    # Of a programme that nobody of the cast has to do with: it exists, and is shown to nobody.
    Publication: {"scope": "elsewhere", "state": "proposed", "content": "{}", "certificate": "{}"},
}
"""Codes that a page reads, where any word would not do."""

DRAFT: Final = new_id()
PLAIN: Final[Mapping[str, tuple[str, ...]]] = {
    "act": ("suspend",),
    "chart": ("outcomes",),
    "code_step": ("weigh",),
    "in_language": ("nl",),
    "form": ("note",),
    "item": ("papers",),
    "text": ("rights",),
    "spoken": ("ar",),
    "kind": ("milestone",),
    "month": ("2026-10",),
    "name": ("sweeps_due",),
    "night": ("2026-11-22",),
    "number": ("1",),
    "position": ("1",),
    "right": ("restriction",),
    "step": ("made-known",),
    "week": ("2026-W46",),
    "what": ("glass", "attention"),
}
"""Parts of addresses that are codes, not ids."""


@dataclass
class World:
    """A house in which everything that has an address exists once, about one case."""

    case_id: str
    ids: dict[str, str] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)
    """Ids of things under review, by their kind."""


def furnished(house: House) -> World:
    """The world: a case of a client who sleeps in a bed of De Haven, and one of each thing that has an id."""
    builders.hire_everybody(house)
    [bed, *_] = builders.open_site(house)
    case_id = world.with_words(world.admitted(days_ago=10))
    world.sleeps(house, case_id, bed, days_ago=5)
    other = world.registered()
    ill = DeferralDates(DeferralKind.ILLNESS, from_on=clock.today(), until_on=clock.today())
    world.done(health.record_deferral(cast.AMINA.actor(), case_id, ill, clock.now()))
    _with_a_file(case_id)
    wants = Accompaniment(Standing.WITNESS, ReportWish.TELL_ONLY)
    world.done(safe_reports.record(cast.AMINA.actor(), case_id, wants, clock.now()))
    made = World(case_id)
    with builders.casework(house) as session:
        codes = {one: session.get_one(Case, one).client_code for one in (case_id, other)}
        _worked_out(session)
        for name, model in OWNERS.items():
            made.ids[name] = _one_of(session, model, case_id, codes[case_id], codes[other])
        _one_of(session, OutOfService, case_id, codes[case_id], codes[other])
        made.ids |= {"site_id": "havenhuis", "outage_id": OUTAGE}
        for what, model in (("glass", BrokenGlass), ("attention", Attention)):
            made.items[what] = _one_of(session, model, case_id, codes[case_id], codes[other])
    with house.stores.reading_vault("de-haven") as vault:
        about = Identity.client_code == codes[case_id]
        made.ids["plan_line_id"] = vault.scalars(select(PlanLine.line_id)).first() or ""
        made.ids["person_id"] = vault.scalars(select(ContactPerson.line_id)).first() or ""
        made.ids["draft_id"] = DRAFT
        made.ids["report_id"] = vault.scalars(select(SafeReport.report_id)).first() or ""
        made.ids["deferral_id"] = vault.scalars(select(Deferral.deferral_id)).first() or ""
        made.ids["identity_id"] = vault.scalars(select(Identity.id).where(about)).first() or ""
    with builders.vault(house) as vault:
        vault.add(_said(made.ids["disclosure_id"], case_id, codes[case_id]))
    made.ids["user_id"] = "kofi"
    made.ids["case_id"] = case_id
    made.ids.setdefault(
        "scope", "lvv-pilot"
    )  # a group of which nobody of the cast may see a figure
    return made


def _said(disclosure_id: str, case_id: str, code: str) -> DisclosedValues:
    """What a disclosure says of its fields, which the vault keeps."""
    words = json.dumps({"attended": "2", "own_name": world.FAMILY_NAME})
    return DisclosedValues(
        disclosure_id=disclosure_id, case_id=case_id, client_code=code, fields=words, letter=None,
        dated_on=clock.today(), recorded_by="amina", recorded_at=clock.now(), change_id=new_id(),
    )  # fmt: skip


def _worked_out(session: Session) -> None:
    numbers = ("milliseconds", "people", "beds", "placed", "points", "points_at_most")
    counts = dict.fromkeys((*numbers, "first_come_placed", "first_come_points"), 1)
    when = {"made_at": clock.now(), "first_night": clock.today(), "is_best": True}
    session.add(SuggestionRun(id=WORKED_OUT, organisation="de-haven", **when, **counts))
    session.flush()


def _with_a_file(case_id: str) -> None:
    """A goal, a contact person and a draft of the case team."""
    amina, now = cast.AMINA.actor(), clock.now()
    goal = PlanWords(LineKind.GOAL, "Learn Dutch.")
    world.done(plans.write_line(amina, case_id, goal, now))
    lawyer = PersonWords(PersonRole.LAWYER, "Mr. Oak")
    world.done(contact_persons.record(amina, case_id, lawyer, now))
    typed = {"words": "Half a sentence."}
    world.done(drafts.keep(amina, case_id, DraftOf.NOTE, UUID(DRAFT).hex, typed, now))


def _one_of(session: Session, model: type[Any], case_id: str, code: str, other: str) -> str:
    """A row of this table about this case: one that is there, or one that is made."""
    named = getattr(model, "reference", None) or model.id
    about = [model.case_id == case_id] if hasattr(model, "case_id") else []
    if model is UserAccount or (model in (Placement, Proposal) and about):
        found = session.scalar(select(named).where(*about).limit(1))
        if found is not None:
            return str(found)
    values = {
        "case_id": case_id, "client_code": code, "other_code": other, "user_id": "kofi", "opened_by": "kofi",
        "kept_code": code, "given_up_code": other,
        "recorded_by": "kofi", "team_id": "haven-east", "site_id": "havenhuis", "organisation": "de-haven",
        "until_at": clock.now() + timedelta(hours=2), "ends_at": clock.now() + timedelta(days=2),
        "run_id": session.scalar(select(PayOutRun.id)), "incident_id": session.scalar(select(Incident.id)),
        "auditor_id": "kofi", "concern_id": session.scalar(select(ChildConcern.id)),
        "conference_id": session.scalar(select(Conference.id)),
        "office_id": session.scalar(select(Office.id)), "disclosure_id": session.scalar(select(Disclosure.id)),
        "statement_id": session.scalar(select(BedNightStatement.id)), **CODES.get(model, {}),
    }  # fmt: skip
    row = {}
    for column in model.__table__.columns:
        wanted = column.name in ("team_id", "site_id") or column.name in CODES.get(model, {})
        wanted = wanted or (model is ClientRequest and column.name == "case_id")
        if column.name in values and (not column.nullable or wanted):
            row[column.name] = values[column.name]
        elif not column.nullable and column.default is None:
            row[column.name] = _some(column.type)
    row.pop("id", None)
    row |= {name: new_id() for name in ("id", "reference") if name in model.__table__.columns}
    session.add(model(**row))
    session.flush()
    return str(row.get("reference") or row["id"])


def _some(kind: Any) -> object:
    if isinstance(kind, Instant):
        return clock.now()
    if isinstance(kind, Date):
        return date(2026, 11, 20)
    if isinstance(kind, Boolean):
        return False
    return 1 if isinstance(kind, Integer) else f"x-{new_id()[:8]}"


def rules(app: Flask) -> list[Rule]:
    """Every address with an id in it, by its address."""
    found = [rule for rule in app.url_map.iter_rules() if rule.arguments]
    return sorted((one for one in found if one.endpoint not in EXCUSED), key=lambda one: one.rule)


def addresses(app: Flask, rule: Rule, made: World) -> Iterator[tuple[str, str]]:
    """The address with ids that exist, and the same with ids that nothing has.

    Raises KeyError for a kind of id that this file was not taught.
    """
    adapter = app.url_map.bind("localhost")
    choices = [
        {name: value for name, value in (("what", what),) if name in rule.arguments}
        for what in (PLAIN["what"] if "what" in rule.arguments else ("",))
    ]
    for chosen in choices:
        there, nowhere = dict(chosen), dict(chosen)
        for name in rule.arguments - set(chosen):
            if name in PLAIN:
                there[name] = nowhere[name] = PLAIN[name][0]
                continue
            there[name] = made.items[chosen["what"]] if name == "item_id" else made.ids[name]
            nowhere[name] = "nobody" if name == "user_id" else new_id()
        method = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})[0]
        built = [adapter.build(rule.endpoint, one, method=method) for one in (there, nowhere)]
        if built[0] != built[1]:
            yield built[0], built[1]


TOKENS: Final = (
    re.compile(rb'(name="csrf-token" content=")[^"]+'),
    re.compile(rb'(name="csrf_token" value=")[^"]+'),
    re.compile(rb'(name="once" type="hidden" value=")[^"]+'),
)
"""What differs between two answers whatever was asked: the signatures of two moments."""


def plain(answer: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    """An answer as its reader can compare it with another: status, bytes and headers, tokens apart."""
    body = answer.get_data()
    for token in TOKENS:
        body = token.sub(rb"\1", body)
    headers = [(name, value) for name, value in answer.headers if name != "Content-Length"]
    return answer.status_code, body, headers


def sent(client: FlaskClient, method: str, address: str, token: str) -> TestResponse:
    """Asks once, as a browser that sends an empty form would."""
    if method == "GET":
        return client.get(address)
    answer = client.post(address, data={"csrf_token": token})
    if answer.status_code == 303:
        client.get("/no-such-page")  # what was said for the next page is said there
    return answer
