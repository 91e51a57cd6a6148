"""Who does what in a case: creates, amends or decides, as the firewall's page says it, and which acts that comes to.

A line reads: *this reader creates (amends, decides on) this*, done by these acts of `access.POLICY`. Together the lines
are the whole of what changes a case: an act that no line has is open to nobody, which a test holds both ways. What a
later part of the work brings has no act yet; its line names that part, so that it is missing aloud.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from caseflow.domain.access import CASE_PERMISSIONS, Permission
from caseflow.domain.redaction import Reader


class Deed(StrEnum):
    """How somebody changes a case; amending keeps the original."""

    CREATES = "creates"
    AMENDS = "amends"
    DECIDES = "decides"


class Later(StrEnum):
    """The part of the work that brings an act which has no page yet."""

    CASEWORK = "casework"
    SHELTER = "shelter"
    DISCLOSURE = "disclosure"


@dataclass(frozen=True)
class Duty:
    """One line: who, does what, to which thing, by which acts, or with which later part."""

    who: Reader
    does: frozenset[Deed]
    thing: str
    acts: frozenset[Permission]
    later: Later | None = None


C, A, D = (frozenset({one}) for one in Deed)
R, P = Reader, Permission


def _duty(who: Reader, does: frozenset[Deed], thing: str, *acts: Permission) -> Duty:
    return Duty(who, does, thing, frozenset(acts))


def _later(who: Reader, does: frozenset[Deed], thing: str, later: Later) -> Duty:
    return Duty(who, does, thing, frozenset(), later)


# fmt: off
DUTIES: Final = (
    _duty(R.CASE_TEAM, C | A, "disclosure", P.DISCLOSURE_ASK, P.DISCLOSURE_WITHDRAW),
    _duty(R.TEAM_LEAD, D, "disclosure", P.DISCLOSURE_APPROVE, P.DISCLOSURE_WITHDRAW),
    _duty(R.LEGAL_COUNSELLOR, D, "what an authority hears", P.DISCLOSURE_COUNSEL),
    _duty(R.CASE_TEAM, C | A, "file", P.SCREENING_RECORD, P.PERSON_RECORD, P.IDENTITY_RECORD, P.CONTACT_RECORD,
          P.NOTE_CREATE, P.SCENARIO_RECORD, P.PLAN_RECORD, P.MILESTONE_RECORD, P.ALLOWANCE_RECORD,
          P.CONTINUATION_RECORD,
          P.ABSENCE_RECORD, P.FOLLOW_UP_RECORD, P.CARD_RECORD, P.CASE_REFER, P.CASE_MERGE, P.APPLICATION_WITHDRAW,
          P.REENTRY_CREATE, P.TASK_CREATE, P.TASK_AMEND, P.COST_RECORD, P.SLIP_SETTLE, P.HOUSEHOLD_RECORD,
          P.HEALTH_RECORD, P.WARNING_RECORD, P.HOUSE_PAIR_RECORD),
    _duty(R.CASE_TEAM, C, "proposal", P.ADMISSION_PROPOSE, P.EXTENSION_PROPOSE, P.EXIT_PROPOSE, P.PROPOSAL_ADVISE),
    _duty(R.CASE_TEAM, C | A, "formal decision, letter, objection", P.FORMAL_DECISION_RECORD),
    _duty(R.TEAM_LEAD, C, "advice to the city", P.PROPOSAL_ADVISE),
    _duty(R.CASE_TEAM, C | A, "request of the client", P.CLIENT_REQUEST_RECORD),
    _duty(R.TEAM_LEAD, C | A | D, "request of the client", P.CLIENT_REQUEST_RECORD, P.CLIENT_REQUEST_DECIDE),
    _duty(R.CASE_TEAM, C | A, "information and agreement", P.AGREEMENT_RECORD, P.AGREEMENT_WITHDRAW),
    _duty(R.ON_DUTY, C | A, "information and agreement", P.AGREEMENT_RECORD, P.AGREEMENT_WITHDRAW),
    _duty(R.INTAKE_DESK, C | A, "information and agreement", P.AGREEMENT_RECORD, P.AGREEMENT_WITHDRAW),
    _duty(R.TEAM_LEAD, A, "agreement taken back", P.AGREEMENT_WITHDRAW),
    _duty(R.TEAM_LEAD, D, "share with another organisation", P.CASE_SHARE),
    _duty(R.LEGAL_COUNSELLOR, A, "agreement taken back", P.AGREEMENT_WITHDRAW),
    _later(R.CASE_TEAM, C | A, "documents", Later.CASEWORK),
    _duty(R.CASE_TEAM, C | A, "safe report, signals of trafficking", P.SAFE_REPORT_RECORD, P.TRAFFICKING_RECORD),
    _duty(R.CASE_TEAM, C | A | D, "child protection", P.CHILD_PROTECTION_RECORD),
    _duty(R.TEAM_LEAD, C | A | D, "child protection", P.CHILD_PROTECTION_RECORD),
    _duty(R.CASE_TEAM, C, "what was told, case on an agenda", P.TELLING_RECORD, P.DANGER_RECORD,
          P.CONFERENCE_PUT),
    _duty(R.ON_DUTY, C, "what was told", P.TELLING_RECORD, P.DANGER_RECORD),
    _duty(R.TEAM_LEAD, C | D, "case on an agenda, danger, packet of the past", P.CONFERENCE_APPROVE,
          P.DANGER_RECORD, P.LSO_REGISTER),
    _duty(R.HOUSING, C, "danger", P.DANGER_RECORD),
    _duty(R.RESIDENTIAL_WORKER, C, "danger", P.DANGER_RECORD),
    _duty(R.NIGHT_WORKER, C, "danger", P.DANGER_RECORD),
    _duty(R.TEAM_LEAD, D, "admission, extension, exit, closure", P.ADMISSION_DECIDE, P.EXTENSION_DECIDE,
          P.EXIT_DECIDE, P.CASE_CLOSE, P.EARLIER_NIGHTS_DECIDE),
    _duty(R.TEAM_LEAD, D, "formal decision", P.FORMAL_DECISION_DECIDE),
    _duty(R.TEAM_LEAD, D, "case team and marks", P.CASE_ASSIGN, P.CASE_RESTRICT, P.SEPARATION_RECORD,
          P.CASE_MERGE),
    _duty(R.TEAM_LEAD, D, "peace in the house", P.WARNING_RECORD, P.HOUSE_PAIR_RECORD, P.TIME_OUT_RECORD,
          P.INCIDENT_FOLLOW_UP),
    _duty(R.TEAM_LEAD, C | A | D, "nights far back", P.PLACEMENT_BACKDATE),
    _duty(R.COORDINATOR, C | A | D, "placement and hold", P.PLACEMENT_CREATE, P.PLACEMENT_MOVE, P.PLACEMENT_END,
          P.ABSENCE_RECORD),
    _duty(R.COORDINATOR, C, "presence of the night", P.PRESENCE_RECORD),
    _duty(R.SHELTERING, C | A | D, "placement and hold", P.PLACEMENT_CREATE, P.PLACEMENT_MOVE, P.PLACEMENT_END),
    _duty(R.SHELTERING, C, "presence of the night", P.PRESENCE_RECORD),
    _duty(R.CASE_TEAM, C | A, "place on the waiting list", P.WAITING_ASK),
    _duty(R.COORDINATOR, C | A | D, "offer of the waiting list", P.WAITING_OFFER),
    _duty(R.RESIDENTIAL_WORKER, C, "presence", P.ABSENCE_RECORD, P.PRESENCE_RECORD),
    _duty(R.RESIDENTIAL_WORKER, C, "slip handed over", P.SLIP_SETTLE),
    _duty(R.HOUSING, C | A | D, "peace in the house", P.INCIDENT_RECORD, P.WARNING_RECORD, P.HOUSE_PAIR_RECORD,
          P.TIME_OUT_RECORD),
    _duty(R.RESIDENTIAL_WORKER, C, "incident, warning, pair", P.INCIDENT_RECORD, P.WARNING_RECORD,
          P.HOUSE_PAIR_RECORD),
    _duty(R.NIGHT_WORKER, C, "incident", P.INCIDENT_RECORD),
    _later(R.RESIDENTIAL_WORKER, C, "handover", Later.SHELTER),
    _duty(R.NIGHT_WORKER, C, "presence of the night", P.PRESENCE_RECORD),
    _duty(R.INTAKE_DESK, C | A, "application", P.NOTE_CREATE, P.APPLICATION_WITHDRAW),
    _duty(R.LEGAL_COUNSELLOR, C | A, "legal steps", P.MILESTONE_RECORD),
    _duty(R.LEGAL_COUNSELLOR, C | A, "legal notes, lawyer's letters", P.LEGAL_NOTE_RECORD),
    _duty(R.HEALTH_WORKER, C | A, "emergency card", P.CARD_RECORD),
    _duty(R.HEALTH_WORKER, C | A, "needs, deferral dates", P.HEALTH_RECORD),
    _later(R.HEALTH_WORKER, C | A, "medical notes", Later.CASEWORK),
    _duty(R.ON_DUTY, C, "contact, task", P.NOTE_CREATE, P.TASK_CREATE),
)
# fmt: on
"""The municipal decision-maker decides on sheets by client code (`SHEET_ANSWER`); others change nothing."""

LOOKING: Final = frozenset(
    {P.CASE_OPEN, P.CARD_OPEN, P.LOOKS_PRINT, P.FILE_COPY, P.DISCLOSURES_VIEW}
)
"""Acts of a case that change nothing in it: who may look is what `redaction.TABLE` says."""


def duties_in_acts() -> Mapping[Permission, frozenset[Reader]]:
    """Which readers each changing act of a case is open to, as the lines say it."""
    return {
        act: frozenset(duty.who for duty in DUTIES if act in duty.acts)
        for act in CASE_PERMISSIONS - LOOKING
    }
