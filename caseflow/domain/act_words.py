"""Every act of the policy in words, and the norms that its line answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from caseflow.domain.access import Permission
from caseflow.domain.messages import N_, Message
from caseflow.domain.norms import Norm


@dataclass(frozen=True)
class ActText:
    """What somebody does, and the norms that the line of the policy answers."""

    words: Message
    norms: tuple[Norm, ...]


def _act(words: Message, *norms: Norm) -> ActText:
    return ActText(words, norms)


A, N = Permission, Norm
_NEED = N.GDPR_5_1_C
ACTS: Final[Mapping[Permission, ActText]] = {
    A.APPLICATION_CREATE: _act(
        N_("registers somebody, under a call name alone if they wish"), N.FW1, N.FW2
    ),
    A.APPLICATION_WITHDRAW: _act(N_("records that an application was withdrawn"), _NEED),
    A.CASELOAD_VIEW: _act(N_("opens the caseload: the cases one has a relation to"), N.FW11, _NEED),
    A.CASE_OPEN: _act(
        N_("opens a case, and reads what the table of readers says"), N.FW3, N.FW11, N.FW13
    ),
    A.CASE_ASSIGN: _act(N_("says who is on the case team"), _NEED),
    A.CASE_RESTRICT: _act(N_("restricts a case to named readers"), _NEED, N.GDPR_25),
    A.CASE_REFER: _act(N_("refers the case to a counsellor or a health worker"), _NEED, N.FW9),
    A.CASE_MERGE: _act(
        N_("makes two client codes of one person one, and takes them apart again"),
        N.FW11,
        N.GDPR_5_1_D,
    ),
    A.SCREENING_RECORD: _act(N_("records the answers of the screening"), N.FW1),
    A.PERSON_RECORD: _act(
        N_("puts right what is known of gender, age and language, as codes"), N.FW1, N.GDPR_5_1_D
    ),
    A.IDENTITY_RECORD: _act(
        N_("records names and birth date, as the person gives them"), N.FW1, N.GDPR_5_1_D
    ),
    A.CONTACT_RECORD: _act(N_("records how to reach somebody"), _NEED),
    A.AGREEMENT_RECORD: _act(
        N_("records what somebody was told in which language, and what they agreed to"), N.GDPR_6
    ),
    A.CASE_SHARE: _act(
        N_("shares bed, stage and case team with one other organisation, once the client agreed"),
        N.FW4,
    ),
    A.AGREEMENT_WITHDRAW: _act(
        N_("takes back what somebody agreed to, at once and without a reason"), N.GDPR_6
    ),
    A.NOTE_CREATE: _act(N_("writes a note, or corrects one with the original kept"), N.GDPR_5_1_D),
    A.TASK_CREATE: _act(N_("writes down a task, as a kind and a day"), N.GDPR_5_1_B),
    A.TASK_AMEND: _act(N_("ticks a task off, or opens it again"), N.GDPR_5_1_D),
    A.HOUSEHOLD_RECORD: _act(
        N_("puts people together in a household, which opens no case to anybody"), N.FW11, N.GDPR_25
    ),
    A.HEALTH_RECORD: _act(
        N_("records needs and deferral dates of health, never a diagnosis"), N.GDPR_9, N.UAVG_30
    ),
    A.SAFE_REPORT_RECORD: _act(
        N_("helps a victim or witness to report a crime, apart from everything about status"),
        N.FW8,
        N.FREE_IN_FREE_OUT,
    ),
    A.TRAFFICKING_RECORD: _act(
        N_("records signals of trafficking, and the way to CoMensha or a lawyer"), N.FW8, N.GDPR_9
    ),
    A.CHILD_PROTECTION_RECORD: _act(
        N_("takes the steps of the child-protection code, weighing and deciding by two"),
        N.GDPR_6,
        N.GDPR_5_2,
    ),
    A.SCENARIO_RECORD: _act(N_("records the guidance scenario"), N.GDPR_5_1_B),
    A.PLAN_RECORD: _act(
        N_("records the person's own wish, goals and agreements, with the earlier text kept"),
        N.GDPR_5_1_B,
        N.GDPR_5_1_D,
    ),
    A.LEGAL_NOTE_RECORD: _act(
        N_("keeps confidential legal notes and lawyer's letters, and releases a conclusion"),
        N.FW9,
        N.GDPR_25,
    ),
    A.MILESTONE_RECORD: _act(
        N_("records procedures and their steps as codes, lawyer and V-number in the vault"), N.FW1
    ),
    A.ADMISSION_PROPOSE: _act(N_("proposes admission"), N.GDPR_5_2),
    A.ADMISSION_DECIDE: _act(N_("decides on admission"), N.GDPR_5_2),
    A.EXTENSION_PROPOSE: _act(N_("proposes a longer stay"), N.GDPR_5_2),
    A.EXTENSION_DECIDE: _act(N_("decides on a longer stay"), N.GDPR_5_2),
    A.EXIT_PROPOSE: _act(N_("proposes how the case ends"), N.GDPR_5_2),
    A.EXIT_DECIDE: _act(N_("decides how the case ends"), N.GDPR_5_2),
    A.PROPOSAL_ADVISE: _act(N_("advises whoever decides for the city, as a code"), N.GDPR_5_1_C),
    A.SHEETS_VIEW: _act(
        N_("reads decision sheets of the own programmes, by client code"), N.FW11, N.GDPR_5_1_C
    ),
    A.SHEET_ANSWER: _act(
        N_("answers a decision sheet with yes, no or until a day, and a reason as a code"),
        N.GDPR_5_2,
    ),
    A.ALLOWANCE_RECORD: _act(N_("records an allowance"), N.GDPR_5_1_B),
    A.COST_RECORD: _act(N_("records a cost as kind, amount, payer and day"), N.GDPR_5_1_B),
    A.SLIP_SETTLE: _act(N_("hands over the money of a slip, or returns it"), N.GDPR_5_1_B),
    A.CONTINUATION_RECORD: _act(N_("records that a court lets the stay go on"), N.GDPR_5_1_D),
    A.FORMAL_DECISION_RECORD: _act(
        N_("prepares a formal decision, makes its letter, records objection and court"), N.GDPR_5_2
    ),
    A.FORMAL_DECISION_DECIDE: _act(
        N_("takes a formal decision that somebody else prepared, or takes one back"), N.GDPR_5_2
    ),
    A.EARLIER_NIGHTS_DECIDE: _act(
        N_("decides whether nights of an earlier stay count"), N.GDPR_5_2
    ),
    A.FOLLOW_UP_RECORD: _act(N_("records how somebody fares some months later"), N.GDPR_5_1_B),
    A.CASE_CLOSE: _act(N_("closes a case in which nothing waits any more"), N.GDPR_5_1_B),
    A.REENTRY_CREATE: _act(N_("registers somebody who comes back"), N.GDPR_5_1_B),
    A.CARD_RECORD: _act(N_("makes the emergency card with the client"), N.GDPR_9, N.UAVG_30),
    A.CARD_OPEN: _act(N_("opens the emergency card by one tap, sealed or not"), N.GDPR_9, N.FW13),
    A.CARD_OPENINGS_VIEW: _act(N_("sees by code which emergency cards were opened"), N.FW13),
    A.DOOR_RECORD: _act(
        N_("records that somebody is at the door asking; nothing is looked up"), N.FW7, N.FRA_2012
    ),
    A.DOORS_VIEW: _act(N_("reads the register of the door"), N.FW7),
    A.DEMAND_RECORD: _act(
        N_("writes down that an authority demands data, and gives the default answer"), N.FW7
    ),
    A.DEMANDS_VIEW: _act(
        N_("reads the register of demands, which holds nobody's name"), N.FW7, N.GDPR_5_2
    ),
    A.DEMAND_ASSESS: _act(
        N_(
            "reads on which power a demand rests, links it inside the vault and makes ready what is named"
        ),
        N.FW7,
    ),
    A.DEMAND_DECIDE: _act(
        N_("decides on a demand, as one of three"), N.FW7, N.UN_A_73_178, N.ECRI_16
    ),
    A.DEMAND_RELEASE: _act(
        N_("lets go what another made ready on a demand, and no more"), N.FW7, N.FW4
    ),
    A.DEMAND_SUPERVISE: _act(N_("marks that a demand was seen, as who supervises"), N.GDPR_38),
    A.COMPLAINT_RECORD: _act(N_("writes down a complaint of a client about us"), N.GDPR_5_2),
    A.COMPLAINTS_VIEW: _act(
        N_("reads the register of complaints, never one about oneself"), N.GDPR_5_2
    ),
    A.COMPLAINT_ASSIGN: _act(N_("says who handles a complaint"), N.GDPR_5_2),
    A.COMPLAINT_HANDLE: _act(
        N_("answers a complaint that was given to them, never one about themselves"), N.GDPR_5_2
    ),
    A.CLIENT_REQUEST_RECORD: _act(
        N_("writes down what a client asks about their data, and the answer"), N.GDPR_15
    ),
    A.CLIENT_REQUEST_DECIDE: _act(
        N_("decides on a request of a client, or advises where the privacy officer decides"),
        N.GDPR_15,
        N.GDPR_5_2,
    ),
    A.CLIENT_REQUESTS_VIEW: _act(
        N_("lists requests of clients with their terms: of the own team, or by code"), N.GDPR_5_2
    ),
    A.CLIENT_REQUEST_REVIEW: _act(
        N_("decides by code on erasure and on refusals, and answers who is not looked up"),
        N.GDPR_5_2,
        N.FW11,
    ),
    A.GLASS_BREAK: _act(
        N_("breaks the glass of one case, with a written reason"), N.FW13, N.NEN_7513
    ),
    A.LOOKS_REVIEW: _act(
        N_("reviews looks of others, and the sample of each week"), N.FW13, N.GDPR_32
    ),
    A.AUDIT_VIEW: _act(N_("reads the log by code"), N.FW13, N.NEN_7513, N.GDPR_38),
    A.OWN_LOOKS_VIEW: _act(N_("sees one's own looks"), N.FW13),
    A.LOOKS_PRINT: _act(N_("prints for the client who looked at their file"), N.FW13, N.GDPR_15),
    A.FILE_COPY: _act(N_("makes a copy of the file for the client's own hand"), N.GDPR_15),
    A.DISCLOSURES_VIEW: _act(
        N_("sees what left of a case, to whom and on which basis"), N.FW4, N.GDPR_5_2
    ),
    A.DISCLOSURE_ASK: _act(
        N_("lets an everyday letter leave, and asks for what needs a second person"), N.FW4, N.FW3
    ),
    A.DISCLOSURE_APPROVE: _act(
        N_("approves what a colleague wants to let leave; never their own"), N.FW4
    ),
    A.DISCLOSURE_COUNSEL: _act(
        N_("approves, as the counsellor, what an authority would hear"), N.FW4, N.ECRI_16
    ),
    A.DISCLOSURE_WITHDRAW: _act(
        N_("takes back what left, and has every recipient told"), N.FW4, N.GDPR_6
    ),
    A.DISCLOSURES_AWAIT: _act(N_("sees what waits for their approval"), N.FW4),
    A.DISCLOSURES_SAMPLE: _act(
        N_("looks afterwards, by code, at a sample of what left"), N.FW4, N.GDPR_5_2
    ),
    A.OFFICES_VIEW: _act(N_("sees which offices can receive something"), N.FW3),
    A.OFFICE_RECORD: _act(
        N_("writes down an office that can receive something; never enforcement"), N.FW3
    ),
    A.CASELOAD_REVIEW: _act(
        N_("goes through a fixed list of cases under one purpose"), N.GDPR_5_1_B, N.FW13
    ),
    A.SEPARATION_RECORD: _act(N_("keeps two people apart for safety"), N.GDPR_25),
    A.WARNING_RECORD: _act(
        N_("warns colleagues in a house by a code with an end, and says whether the client knows"),
        _NEED,
        N.GDPR_5_1_E,
    ),
    A.HOUSE_PAIR_RECORD: _act(
        N_("keeps two people out of one room or site for a while, for peace in the house"),
        _NEED,
        N.GDPR_5_1_E,
    ),
    A.TIME_OUT_RECORD: _act(
        N_("keeps somebody away from a site for some nights, and records where they sleep"),
        N.GDPR_5_2,
        N.GDPR_5_1_E,
    ),
    A.INCIDENT_RECORD: _act(
        N_("writes down an incident at the own site, as codes; words lie in the vault"),
        N.GDPR_10,
        _NEED,
    ),
    A.INCIDENT_FOLLOW_UP: _act(N_("follows an incident up with one person"), N.GDPR_5_2),
    A.INCIDENTS_VIEW: _act(
        N_("lists incidents of own sites or of the own team, of people one may see"),
        N.FW11,
        N.GDPR_10,
    ),
    A.TELLING_RECORD: _act(
        N_("records afterwards what was told in words, to whom, and what"), N.FW4, N.FW13
    ),
    A.DANGER_RECORD: _act(
        N_("records within 24 hours what was told because life was in danger"), N.FW4, N.GDPR_9
    ),
    A.TELLINGS_VIEW: _act(
        N_("sees by code what was told in danger, or against a rule"), N.FW4, N.FW13
    ),
    A.CONFERENCE_KEEP: _act(
        N_("plans and chairs a case conference, by client code, without partners of the State"),
        N.FW4,
        N.ECRI_16,
    ),
    A.CONFERENCE_PUT: _act(
        N_("asks for an own case to be discussed, once the client knows"), N.FW4, N.GDPR_5_1_B
    ),
    A.CONFERENCE_APPROVE: _act(N_("decides, as second person, whether a case is discussed"), N.FW4),
    A.LSO_REGISTER: _act(
        N_("registers what went to the local cooperation meeting until the covenant ended"),
        N.FW4,
        N.GDPR_5_2,
    ),
    A.POLICY_VIEW: _act(N_("reads these rules and the register"), N.GDPR_30, N.GDPR_38),
    A.SERVICE_COUNT: _act(
        N_("counts meals, showers and what else a site gives out; nobody is named"), N.FW2
    ),
    A.SERVICES_VIEW: _act(N_("sees what a site gave out in a month, as counts"), N.FW2),
    A.PAY_OUTS_VIEW: _act(N_("sees pay-outs and costs by client code, never a name"), _NEED),
    A.PAY_OUT_MAKE: _act(N_("makes a run of pay-outs by client code"), _NEED, N.GDPR_5_2),
    A.BEDS_VIEW: _act(N_("sees the beds of tonight"), N.FW10),
    A.EVACUATION_VIEW: _act(
        N_("sees and prints who has to come out of a house if it burns"), N.FW10, N.GDPR_9
    ),
    A.EVACUATION_KEY: _act(
        N_("makes the passphrase under which the evacuation list of a house is kept"), N.GDPR_25
    ),
    A.CLOCKS_VIEW: _act(
        N_("sees who reaches the last day of a stay in which month"), N.FW11, _NEED
    ),
    A.BOARD_VIEW: _act(N_("sees who has which bed on which nights"), N.FW10),
    A.PLACEMENT_CREATE: _act(N_("gives a bed"), N.FW2, N.FW10),
    A.PLACEMENT_MOVE: _act(N_("moves somebody to another bed"), N.FW10),
    A.PLACEMENT_END: _act(N_("ends a stay on a bed"), N.FW10),
    A.PLACEMENT_BACKDATE: _act(N_("records nights that lie further back than a week"), N.FW10),
    A.ABSENCE_RECORD: _act(N_("records an absence"), N.FW10),
    A.FORECAST_VIEW: _act(N_("sees how full the beds will be, as numbers"), _NEED),
    A.WAITING_VIEW: _act(N_("sees the waiting list of those whom they place"), N.FW10, _NEED),
    A.WAITING_ASK: _act(
        N_("asks a place for somebody, confirms that it is still wanted, or takes it back"), _NEED
    ),
    A.WAITING_OFFER: _act(
        N_("offers a bed to somebody who waits, and records the answer"), N.FW10, N.GDPR_5_2
    ),
    A.PRESENCE_RECORD: _act(N_("makes the round of the night at the own site"), N.FW10),
    A.BED_NIGHTS_VIEW: _act(
        N_("reads statements of bed-nights: nights and money, nobody and no small site"), _NEED
    ),
    A.BED_NIGHTS_FIX: _act(N_("fixes the statement of bed-nights of a month"), _NEED, N.GDPR_5_2),
    A.AUDITOR_SESSION_OPEN: _act(
        N_("opens some hours in which a named accountant looks behind a sample of nights"),
        N.FW13,
        N.GDPR_5_2,
    ),
    A.AUDITOR_SESSION_VIEW: _act(
        N_("looks behind a sample of nights by client code, and signs what came of it"),
        N.FW11,
        N.GDPR_5_2,
    ),
    A.FIGURES_VIEW: _act(N_("sees exact figures of the own programmes"), N.FW12, N.GDPR_89),
    A.TEAM_COUNTS_VIEW: _act(
        N_("sees by team how much work there is and what is missing, as numbers"), N.FW12, _NEED
    ),
    A.GAPS_VIEW: _act(
        N_("sees what is missing in the records of cases one may open"), N.FW11, N.GDPR_5_1_D
    ),
    A.OPERATIONS_VIEW: _act(
        N_("reads the monthly operations sheet, in which nobody is counted"), N.FW12, N.GDPR_89
    ),
    A.SENTINELS_VIEW: _act(
        N_("sees how often something happened that must not, as a number"), N.FW12, N.GDPR_5_2
    ),
    A.STATEMENT_VIEW: _act(
        N_("reads accountability statements: a funder those for the own account, until a day"),
        N.FW12,
        N.GDPR_5_2,
    ),
    A.STATEMENT_PROPOSE: _act(
        N_("proposes an accountability statement for one named official"), N.FW12, N.GDPR_5_2
    ),
    A.STATEMENT_APPROVE: _act(N_("approves an accountability statement"), N.FW12, N.GDPR_5_2),
    A.STATEMENT_END: _act(
        N_("ends the grant of an accountability statement before its day"), N.FW12, N.GDPR_5_2
    ),
    A.PUBLICATION_VIEW: _act(N_("reads publications"), N.FW12, N.GDPR_89),
    A.PUBLICATION_PREPARE: _act(
        N_("prepares a publication, which is then attacked"), N.FW12, N.GDPR_89
    ),
    A.PUBLICATION_PROPOSE: _act(N_("proposes a publication"), N.FW12),
    A.PUBLICATION_APPROVE: _act(N_("approves a publication"), N.FW12),
    A.PUBLICATION_TEXT_WRITE: _act(
        N_("writes what the programme says beside its figures"), N.FW12, N.GDPR_5_1_C
    ),
    A.PUBLICATION_TEXT_ALLOW: _act(
        N_("judges a text that shares a word with what vaults hold, without learning which"),
        N.FW12,
        N.GDPR_5_1_C,
    ),
    A.PUBLICATION_WITHDRAW: _act(
        N_("withdraws a publication, which then stands with a note"), N.FW12, N.GDPR_5_2
    ),
    A.ACCOUNTS_MANAGE: _act(
        N_("makes and ends accounts and appointments, never one's own"), N.GDPR_32
    ),
    A.SITES_MANAGE: _act(N_("makes sites, rooms and beds, without who sleeps there"), _NEED),
    A.HOUSES_KEEP: _act(
        N_(
            "takes beds out of service and back, marks them, and keeps the log of the neighbourhood"
        ),
        _NEED,
    ),
    A.ROLE_SECOND: _act(
        N_("is the second person for an appointment that opens a vault"), N.GDPR_32
    ),
    A.ROSTER_ENTER: _act(N_("puts a colleague on duty, never oneself"), _NEED),
    A.JOBS_VIEW: _act(N_("sees the jobs of the machine; no client data"), _NEED),
    A.OWN_ACCOUNT: _act(N_("sees and secures one's own account"), N.GDPR_32),
    A.VAULT_UNSEAL: _act(
        N_("unseals a vault, as a named holder with their own passphrase"), N.FW16, N.GDPR_32
    ),
    A.VAULT_SEAL: _act(N_("seals every vault"), N.FW16, N.GDPR_32),
}
"""Every act, in the third person so that a line reads: *a team lead … decides on admission*."""
