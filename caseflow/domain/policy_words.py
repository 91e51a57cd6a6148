"""The firewall's table in words that can be read aloud: compartments, parts, readers, relations, purposes, roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from caseflow.domain.access import Relation
from caseflow.domain.actors import Role
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Extent, Part, Reader

ROLE_NAMES: Final[Mapping[Role, Message]] = {
    Role.CASEWORKER: N_("caseworker"),
    Role.TEAM_LEAD: N_("team lead"),
    Role.COORDINATOR: N_("shelter coordinator"),
    Role.RESIDENTIAL_WORKER: N_("residential worker"),
    Role.NIGHT_WORKER: N_("night worker"),
    Role.INTAKE_DESK: N_("intake desk"),
    Role.LEGAL_COUNSELLOR: N_("legal counsellor"),
    Role.HEALTH_WORKER: N_("health worker"),
    Role.PROGRAMME_MANAGER: N_("programme manager"),
    Role.FINANCE: N_("finance"),
    Role.FUNDER: N_("funder"),
    Role.MUNICIPAL_DECISION_MAKER: N_("municipal decision-maker"),
    Role.PRIVACY_OFFICER: N_("privacy officer"),
    Role.FG: N_("data protection officer"),
    Role.AUDITOR: N_("auditor"),
    Role.DIRECTOR: N_("director"),
    Role.ADMINISTRATOR: N_("administrator"),
}

C = Compartment
COMPARTMENTS: Final[Mapping[Compartment, tuple[Message, Message]]] = {
    C.IDENTITY: (N_("Identity"), N_("names, other names, birth date or year")),
    C.CONTACT: (N_("Contact"), N_("phone, how to reach somebody safely, whom not to contact")),
    C.IMMIGRATION: (
        N_("Immigration"),
        N_(
            "procedures, status as a timeline, lawyer; milestones as codes; answers of the screening"
        ),
    ),
    C.LAWYER_CORRESPONDENCE: (
        N_("Letters with the lawyer"),
        N_("marked and apart, so that confidentiality can be claimed unopened"),
    ),
    C.LEGAL_NOTES: (
        N_("Legal notes"),
        N_("notes of the legal counsellor, and what the counsellor released of them"),
    ),
    C.HEALTH: (
        N_("Health"),
        N_("needs, dates of a medical deferral, care contacts, needs of a bed"),
    ),
    C.EMERGENCY_CARD: (
        N_("Emergency card"),
        N_("what an ambulance needs, made with the client; no legal name, status or number"),
    ),
    C.SAFETY: (N_("Safety"), N_("incidents, warnings, who is kept apart; words and codes")),
    C.SAFE_REPORTING: (
        N_("Safe reporting"),
        N_("help to a victim or witness of crime, never linked to status"),
    ),
    C.NOTES: (N_("Notes and documents"), N_("contacts, plan, wishes, reasons, files")),
    C.CASEWORK: (
        N_("Casework"),
        N_("client code, call name, age band, languages, household, stage, tasks, clock, outcome"),
    ),
    C.SHELTER: (N_("Shelter"), N_("sites, rooms, beds, placements, absences, waiting list")),
    C.MONEY: (N_("Money"), N_("allowance and costs by code, kind, amount and payer")),
    C.SERVICES: (N_("Services"), N_("meals, showers, tickets counted per site and day; no person")),
    C.PUBLICATION: (N_("Publications"), N_("figures that withstood the attack")),
    C.AUDIT: (N_("Audit log"), N_("who looked at or changed what; ids only")),
    C.CONSENT: (
        N_("What the client knows and agreed to"),
        N_("told, agreed, objected, withdrew; in which language"),
    ),
    C.GOVERNANCE: (
        N_("Control"),
        N_(
            "broken glass, reviews, approvals, rosters, the door, demands; reasons lie in the vault"
        ),
    ),
    C.ACCOUNTS: (N_("Accounts"), N_("accounts, roles and sessions of colleagues")),
    C.OPERATIONS: (N_("Operations"), N_("jobs and settings of the machine")),
}
"""What each drawer is called, and what lies in it."""

P = Part
PARTS: Final[Mapping[Part, Message]] = {
    P.CALL: N_("call name and client code"),
    P.STAGE: N_("stage"),
    P.CLOCK: N_("clock of the stay"),
    P.DUE_DATES: N_("due dates"),
    P.CASE_TEAM_CONTACT: N_("name and phone of the case team"),
    P.MOVEMENTS: N_("arrival, departure and appointments of today"),
    P.BED: N_("the bed"),
    P.BEDS_TONIGHT: N_("beds of tonight"),
    P.SITE_NAME: N_("name of the site"),
    P.HOW_TO_REACH: N_("how to reach"),
    P.DEADLINES: N_("deadlines"),
    P.DATES: N_("dates"),
    P.DEFERRAL_DATES: N_("dates of a medical deferral"),
    P.SCREENING_ANSWERS: N_("answers of the screening"),
    P.RELEASED: N_("what the counsellor released"),
    P.NEEDS: N_("needs"),
    P.PLACEMENT_NEEDS: N_("needs of a bed, as codes"),
    P.WARNINGS: N_("warnings, as codes"),
    P.LAST_FIVE: N_("the last five contacts"),
    P.HANDOVER: N_("handover notes"),
    P.HANDOVER_TONIGHT: N_("handover notes of tonight"),
    P.SLIPS: N_("pay-out slips of the own site"),
    P.LEGAL: N_("legal notes and files"),
    P.MEDICAL: N_("medical notes and files"),
    P.LEFT: N_("what left, to whom, and who agreed"),
    P.OWN: N_("one's own"),
    P.REST: N_("all the rest"),
}

R = Reader
READERS: Final[Mapping[Reader, Message]] = {
    R.CASE_TEAM: N_("Case team"),
    R.TEAM: N_("Same team"),
    R.ON_DUTY: N_("On duty"),
    R.TEAM_LEAD: N_("Team lead"),
    R.COORDINATOR: N_("Coordinator"),
    R.SHELTERING: N_("Coordinator of a sheltering organisation"),
    R.HOUSING: N_("Coordinator, bed at an own site"),
    R.RESIDENTIAL_WORKER: N_("Residential worker, own site"),
    R.NIGHT_WORKER: N_("Night worker, own site tonight"),
    R.INTAKE_DESK: N_("Intake desk"),
    R.LEGAL_COUNSELLOR: N_("Legal counsellor, referred"),
    R.HEALTH_WORKER: N_("Health worker, referred"),
    R.ACCOMPANYING: N_("Health worker who accompanies"),
    R.BROKEN_GLASS: N_("After breaking the glass"),
    R.BEDSIDE: N_("At the bedside, whatever the mark"),
}

RELATIONS: Final[Mapping[Relation, Message]] = {
    Relation.CASE_TEAM: N_("on the case team"),
    Relation.TEAM: N_("in the same team"),
    Relation.ON_DUTY: N_("on duty"),
    Relation.LEADS_TEAM: N_("leads the team that holds the case"),
    Relation.PLACES: N_("of the organisation that holds the case"),
    Relation.SHELTERS: N_("whose organisation shelters the client of another"),
    Relation.HOUSES: N_("a site of the own organisation has the bed"),
    Relation.OWN_SITE: N_("works at the site of the bed"),
    Relation.OWN_SITE_TONIGHT: N_("works tonight at the site of the bed"),
    Relation.INTAKE_DESK: N_("for an application of the own organisation"),
    Relation.REFERRED: N_("the case was referred to them"),
    Relation.ACCOMPANYING: N_("accompanies the person"),
    Relation.BROKEN_GLASS: N_("after breaking the glass"),
    Relation.BEDSIDE: N_("the person sleeps tonight at their site"),
}

X = Extent
EXTENTS: Final[Mapping[Extent, Message]] = {
    X.EVERYTHING: N_("everything"),
    X.OWN: N_("one's own"),
    X.OF_THE_TEAM: N_("of the team"),
    X.OF_OWN_SITES: N_("of the own sites"),
    X.OF_OWN_PROGRAMMES: N_("of the own programmes"),
    X.BY_CODE: N_("by code, never words"),
    X.DEMANDS: N_("demands and doors, never whom they asked for"),
    X.ISSUED: N_("what was issued"),
    X.BED_NIGHTS: N_("statements of bed-nights"),
    X.EXACT_FIGURES: N_("exact figures of the own programmes, no files"),
    X.SENTINEL_FIGURES: N_("a few warning figures, no files"),
    X.OPERATIONS_SHEET: N_("the monthly operations sheet"),
    X.DECISION_SHEETS: N_("decision sheets by client code"),
    X.PAY_OUTS_BY_CODE: N_("pay-outs by code"),
    X.SITES_AND_BEDS: N_("sites and beds, without who sleeps there"),
    X.AUDITOR_SESSION: N_("a sample of nights by code, beside the privacy officer"),
    X.RULES: N_("these rules"),
}

PURPOSES: Final[Mapping[Purpose, Message]] = {
    Purpose.ADDRESS_THE_PERSON: N_("To call somebody by the name they chose"),
    Purpose.REACH_THE_PERSON: N_("To reach somebody safely"),
    Purpose.KNOW_THE_PERSON: N_("To be sure that it is the same person again"),
    Purpose.GUIDANCE: N_("To work towards a lasting solution"),
    Purpose.LEGAL_HELP: N_("Legal help"),
    Purpose.CARE: N_("Care"),
    Purpose.SAFETY: N_("Safety"),
    Purpose.SHELTER: N_("To give a bed and know that it is taken"),
    Purpose.STAY_LIMIT: N_("To keep the clock of the stay honest"),
    Purpose.ALLOWANCE: N_("To pay an allowance"),
    Purpose.ADMISSION: N_("To decide on admission by stated criteria"),
    Purpose.FIGURES: N_("To count, never to find"),
    Purpose.ACCOUNTABILITY: N_("To show who did what, and why"),
    Purpose.RIGHTS: N_("So that people can use their rights"),
    Purpose.STAFF_ACCOUNTS: N_("Accounts of colleagues"),
    Purpose.SECURITY: N_("Security"),
    Purpose.OPERATION: N_("To keep the machine running"),
}


def joined(words: Sequence[Message | Label | str]) -> Message:
    """Several words as one, with commas between, each in the reader's language."""
    if not words:
        return N_("nothing")
    told: Message | Label | str = words[-1]
    for word in reversed(words[:-1]):
        told = N_("%(one)s, %(others)s", one=word, others=told)
    return told if isinstance(told, Message) else N_("%(one)s", one=told)
