"""Who may do what: roles, relations and the acts they open, as one table that can be read aloud.

A line of `POLICY` reads: *this act is open to anyone who meets every word of one of these clauses*. Words are roles
(what a colleague was appointed to) and relations (how they stand to one case today). `READS_AS` says as whom each pair
of role and relation reads that case; what such a reader sees stands in `redaction.TABLE`, whose header shows how to
answer *may X see Y of Z?* in a minute. No relation: the case does not exist for them.

Three rules stand over the tables, each in one place below: a restricted case has named readers and a broken glass only
(`Standing.words`), which never closes the emergency card where the person sleeps tonight (`Relation.BEDSIDE`), and a
broken glass opens reading, never an act. Where two people are needed, the act asks for the second one itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from caseflow.domain.actors import Role
from caseflow.domain.clauses import (
    AT_THE_BEDSIDE,
    AT_THE_DOOR,
    BREAKS_GLASS,
    CASE_WORK,
    GIVES_BEDS,
    HOLDS_A_KEY,
    KEEPS_THE_PEACE,
    LEAD,
    LEADS,
    STAFF_WITH_A_CASELOAD,
    WORKS_WITH_CLIENTS,
    any_of,
    who_sees,
)
from caseflow.domain.clauses import (
    INTAKE_DESK_DAYS_AFTER_ASSIGNMENT as INTAKE_DESK_DAYS_AFTER_ASSIGNMENT,
)
from caseflow.domain.clauses import (
    ROSTER_DAYS_AT_MOST as ROSTER_DAYS_AT_MOST,
)
from caseflow.domain.clauses import (
    Clause as Clause,
)
from caseflow.domain.clauses import (
    Relation as Relation,
)
from caseflow.domain.clauses import (
    Word as Word,
)
from caseflow.domain.permissions import Permission as Permission
from caseflow.domain.redaction import (
    BLIND,
    Compartment,
    Extent,
    Reader,
    Surface,
    Vision,
    vision,
)

C, X, _ = Compartment, Extent, Relation
POLICY: Final[Mapping[Permission, tuple[Clause, ...]]] = {
    Permission.APPLICATION_CREATE: any_of(Role.INTAKE_DESK),
    Permission.CASELOAD_VIEW: STAFF_WITH_A_CASELOAD,
    Permission.CASE_OPEN: any_of(
        (Role.CASEWORKER, _.CASE_TEAM),
        (Role.TEAM_LEAD, _.CASE_TEAM),
        (Role.CASEWORKER, _.TEAM),
        (Role.CASEWORKER, _.ON_DUTY),
        (Role.TEAM_LEAD, _.ON_DUTY),
        (Role.TEAM_LEAD, _.LEADS_TEAM),
        (Role.COORDINATOR, _.PLACES),
        (Role.COORDINATOR, _.SHELTERS),
        (Role.RESIDENTIAL_WORKER, _.OWN_SITE),
        (Role.NIGHT_WORKER, _.OWN_SITE_TONIGHT),
        (Role.INTAKE_DESK, _.INTAKE_DESK),
        (Role.LEGAL_COUNSELLOR, _.REFERRED),
        (Role.HEALTH_WORKER, _.REFERRED),
        (Role.HEALTH_WORKER, _.ACCOMPANYING),
        *BREAKS_GLASS,
    ),
    Permission.CASE_ASSIGN: LEAD,
    Permission.CASE_RESTRICT: LEAD,
    Permission.CASE_REFER: CASE_WORK,
    # for the files of both codes: whoever may open one alone is told that there is no such client
    Permission.CASE_MERGE: CASE_WORK + LEAD,
    Permission.APPLICATION_WITHDRAW: CASE_WORK + any_of((Role.INTAKE_DESK, _.INTAKE_DESK)),
    Permission.SCREENING_RECORD: CASE_WORK,
    Permission.PERSON_RECORD: CASE_WORK,
    Permission.IDENTITY_RECORD: CASE_WORK,
    Permission.CONTACT_RECORD: CASE_WORK,
    Permission.AGREEMENT_RECORD: CASE_WORK
    + any_of(
        (Role.CASEWORKER, _.ON_DUTY), (Role.TEAM_LEAD, _.ON_DUTY), (Role.INTAKE_DESK, _.INTAKE_DESK)
    ),
    # the second person of a share: never who recorded what the client agreed to
    Permission.CASE_SHARE: LEAD,
    # taken back with whomever the person speaks to, as far as that colleague sees what was agreed
    Permission.AGREEMENT_WITHDRAW: CASE_WORK
    + LEAD
    + any_of(
        (Role.CASEWORKER, _.ON_DUTY),
        (Role.TEAM_LEAD, _.ON_DUTY),
        (Role.INTAKE_DESK, _.INTAKE_DESK),
        (Role.LEGAL_COUNSELLOR, _.REFERRED),
    ),
    Permission.NOTE_CREATE: CASE_WORK
    + any_of(
        (Role.CASEWORKER, _.ON_DUTY), (Role.TEAM_LEAD, _.ON_DUTY), (Role.INTAKE_DESK, _.INTAKE_DESK)
    ),
    Permission.TASK_CREATE: CASE_WORK
    + any_of((Role.CASEWORKER, _.ON_DUTY), (Role.TEAM_LEAD, _.ON_DUTY)),
    Permission.TASK_AMEND: CASE_WORK,
    Permission.HOUSEHOLD_RECORD: CASE_WORK,
    Permission.HEALTH_RECORD: CASE_WORK + any_of((Role.HEALTH_WORKER, _.REFERRED)),
    Permission.SCENARIO_RECORD: CASE_WORK,
    Permission.PLAN_RECORD: CASE_WORK,
    Permission.LEGAL_NOTE_RECORD: any_of((Role.LEGAL_COUNSELLOR, _.REFERRED)),
    Permission.MILESTONE_RECORD: CASE_WORK + any_of((Role.LEGAL_COUNSELLOR, _.REFERRED)),
    Permission.ADMISSION_PROPOSE: CASE_WORK,
    Permission.ADMISSION_DECIDE: LEAD,
    Permission.EXTENSION_PROPOSE: CASE_WORK,
    Permission.EXTENSION_DECIDE: LEAD,
    Permission.EXIT_PROPOSE: CASE_WORK,
    Permission.EXIT_DECIDE: LEAD,
    # a coded word of the team, where somebody decides for the city by sheets that show no file
    Permission.PROPOSAL_ADVISE: CASE_WORK + LEAD,
    Permission.SHEETS_VIEW: who_sees(C.CASEWORK, X.DECISION_SHEETS),
    Permission.SHEET_ANSWER: who_sees(C.CASEWORK, X.DECISION_SHEETS),
    Permission.ALLOWANCE_RECORD: CASE_WORK,
    Permission.COST_RECORD: CASE_WORK,
    Permission.SLIP_SETTLE: CASE_WORK + any_of((Role.RESIDENTIAL_WORKER, _.OWN_SITE)),
    Permission.CONTINUATION_RECORD: CASE_WORK,
    Permission.FORMAL_DECISION_RECORD: CASE_WORK,
    Permission.FORMAL_DECISION_DECIDE: LEAD,
    Permission.EARLIER_NIGHTS_DECIDE: LEAD,
    Permission.FOLLOW_UP_RECORD: CASE_WORK,
    Permission.CASE_CLOSE: LEAD,
    Permission.REENTRY_CREATE: CASE_WORK,
    Permission.CARD_RECORD: CASE_WORK + any_of((Role.HEALTH_WORKER, _.REFERRED)),
    # one tap, without a reason, whether vaults are sealed or not: an ambulance does not wait
    Permission.CARD_OPEN: any_of(
        (Role.CASEWORKER, _.CASE_TEAM),
        (Role.TEAM_LEAD, _.CASE_TEAM),
        (Role.CASEWORKER, _.ON_DUTY),
        (Role.TEAM_LEAD, _.ON_DUTY),
        LEADS,
        (Role.COORDINATOR, _.PLACES),
        (Role.RESIDENTIAL_WORKER, _.OWN_SITE),
        *AT_THE_BEDSIDE,
        (Role.HEALTH_WORKER, _.REFERRED),
        *BREAKS_GLASS,
    ),
    Permission.CARD_OPENINGS_VIEW: who_sees(C.GOVERNANCE, X.BY_CODE),
    Permission.DOOR_RECORD: any_of(*AT_THE_DOOR),
    Permission.DOORS_VIEW: who_sees(C.GOVERNANCE, X.DEMANDS),
    # a letter reaches whoever opens it; nobody is looked up, and nothing is shown but what they wrote themselves
    Permission.DEMAND_RECORD: any_of(
        *AT_THE_DOOR, Role.LEGAL_COUNSELLOR, Role.PRIVACY_OFFICER, Role.DIRECTOR
    ),
    Permission.DEMANDS_VIEW: who_sees(C.GOVERNANCE, X.DEMANDS),
    # reads power and signature, links inside the vault, records what the outside lawyer wrote; releases nothing
    Permission.DEMAND_ASSESS: any_of(Role.PRIVACY_OFFICER),
    Permission.DEMAND_DECIDE: any_of(Role.DIRECTOR, Role.PRIVACY_OFFICER),
    Permission.DEMAND_RELEASE: any_of(Role.DIRECTOR),
    Permission.DEMAND_SUPERVISE: any_of(Role.FG),
    Permission.COMPLAINT_RECORD: any_of(
        Role.CASEWORKER, Role.TEAM_LEAD, Role.COORDINATOR, Role.RESIDENTIAL_WORKER
    ),
    Permission.COMPLAINTS_VIEW: who_sees(C.GOVERNANCE, X.OF_THE_TEAM)
    + who_sees(C.GOVERNANCE, X.BY_CODE),
    # never who supervises: the FG sees that it is done, and does none of it
    Permission.COMPLAINT_ASSIGN: any_of(Role.TEAM_LEAD, Role.PRIVACY_OFFICER),
    Permission.COMPLAINT_HANDLE: any_of(
        Role.TEAM_LEAD, Role.COORDINATOR, Role.PROGRAMME_MANAGER, Role.DIRECTOR
    ),
    Permission.CLIENT_REQUEST_RECORD: CASE_WORK + LEAD,
    Permission.CLIENT_REQUEST_DECIDE: LEAD,
    Permission.CLIENT_REQUESTS_VIEW: who_sees(C.GOVERNANCE, X.OF_THE_TEAM)
    + who_sees(C.GOVERNANCE, X.BY_CODE),
    # by code: whoever refuses is not who works with the client
    Permission.CLIENT_REQUEST_REVIEW: any_of(Role.PRIVACY_OFFICER),
    # a written reason, one case, a few hours; for cases outside one's relations, so no relation is asked
    Permission.GLASS_BREAK: any_of(
        Role.CASEWORKER, Role.TEAM_LEAD, Role.LEGAL_COUNSELLOR, Role.HEALTH_WORKER
    ),
    Permission.LOOKS_REVIEW: any_of(Role.PRIVACY_OFFICER),
    Permission.AUDIT_VIEW: who_sees(C.AUDIT, X.BY_CODE),
    Permission.OWN_LOOKS_VIEW: who_sees(C.AUDIT, X.OWN),
    Permission.LOOKS_PRINT: CASE_WORK + LEAD,
    Permission.FILE_COPY: CASE_WORK + LEAD + any_of((Role.LEGAL_COUNSELLOR, _.REFERRED)),
    # what left of a case: whoever asks, approves or stands in for them, so that nothing leaves twice
    Permission.DISCLOSURES_VIEW: CASE_WORK
    + LEAD
    + any_of(
        (Role.CASEWORKER, _.ON_DUTY),
        (Role.TEAM_LEAD, _.ON_DUTY),
        (Role.LEGAL_COUNSELLOR, _.REFERRED),
    ),
    Permission.DISCLOSURE_ASK: CASE_WORK,
    # never whoever asked, which the act asks itself
    Permission.DISCLOSURE_APPROVE: LEAD,
    Permission.DISCLOSURE_COUNSEL: any_of((Role.LEGAL_COUNSELLOR, _.REFERRED)),
    Permission.DISCLOSURE_WITHDRAW: CASE_WORK + LEAD,
    Permission.DISCLOSURES_AWAIT: any_of(Role.TEAM_LEAD, Role.LEGAL_COUNSELLOR),
    Permission.DISCLOSURES_SAMPLE: who_sees(C.GOVERNANCE, X.BY_CODE),
    Permission.OFFICES_VIEW: any_of(
        Role.CASEWORKER, Role.TEAM_LEAD, Role.COORDINATOR, Role.LEGAL_COUNSELLOR
    ),
    Permission.OFFICE_RECORD: any_of(Role.TEAM_LEAD, Role.COORDINATOR),
    Permission.CASELOAD_REVIEW: any_of(Role.CASEWORKER, Role.TEAM_LEAD),
    Permission.SEPARATION_RECORD: LEAD,
    Permission.WARNING_RECORD: CASE_WORK + LEAD + KEEPS_THE_PEACE,
    Permission.HOUSE_PAIR_RECORD: CASE_WORK + LEAD + KEEPS_THE_PEACE,
    Permission.TIME_OUT_RECORD: LEAD + any_of((Role.COORDINATOR, _.HOUSES)),
    # a second professional agrees with steps of child protection: another member, or the lead of the team
    Permission.SAFE_REPORT_RECORD: CASE_WORK,
    Permission.TRAFFICKING_RECORD: CASE_WORK,
    Permission.CHILD_PROTECTION_RECORD: CASE_WORK + LEAD,
    # who was there writes it down, at night too; who reads it is what the row of safety says
    Permission.INCIDENT_RECORD: KEEPS_THE_PEACE + any_of((Role.NIGHT_WORKER, _.OWN_SITE_TONIGHT)),
    Permission.INCIDENT_FOLLOW_UP: LEAD,
    Permission.INCIDENTS_VIEW: any_of(Role.TEAM_LEAD, Role.COORDINATOR, Role.RESIDENTIAL_WORKER),
    # what was said is said: whoever had the conversation writes it down
    Permission.TELLING_RECORD: CASE_WORK
    + any_of((Role.CASEWORKER, _.ON_DUTY), (Role.TEAM_LEAD, _.ON_DUTY)),
    # whoever called for help: the case team, who is on duty, and whoever is in the house, at night too
    Permission.DANGER_RECORD: CASE_WORK
    + LEAD
    + KEEPS_THE_PEACE
    + any_of(
        (Role.CASEWORKER, _.ON_DUTY),
        (Role.TEAM_LEAD, _.ON_DUTY),
        (Role.NIGHT_WORKER, _.OWN_SITE_TONIGHT),
    ),
    Permission.TELLINGS_VIEW: who_sees(C.GOVERNANCE, X.BY_CODE),
    Permission.CONFERENCE_KEEP: any_of(Role.TEAM_LEAD, Role.COORDINATOR),
    Permission.CONFERENCE_PUT: CASE_WORK,
    Permission.CONFERENCE_APPROVE: LEAD,
    Permission.LSO_REGISTER: LEAD,
    Permission.POLICY_VIEW: who_sees(C.GOVERNANCE, X.RULES),
    Permission.BEDS_VIEW: any_of(Role.COORDINATOR, Role.RESIDENTIAL_WORKER, Role.NIGHT_WORKER),
    # nights behind and ahead: who works at night sees tonight alone
    # who works in the house tonight, and who coordinates it
    Permission.EVACUATION_VIEW: any_of(
        Role.COORDINATOR, Role.RESIDENTIAL_WORKER, Role.NIGHT_WORKER
    ),
    Permission.EVACUATION_KEY: any_of(Role.COORDINATOR),
    Permission.CLOCKS_VIEW: any_of(Role.CASEWORKER, Role.TEAM_LEAD, Role.COORDINATOR),
    Permission.BOARD_VIEW: any_of(Role.COORDINATOR, Role.RESIDENTIAL_WORKER),
    Permission.SERVICE_COUNT: who_sees(C.SERVICES, X.OF_OWN_SITES),
    Permission.SERVICES_VIEW: who_sees(C.SERVICES, X.OF_OWN_SITES)
    + who_sees(C.SERVICES, X.OF_OWN_PROGRAMMES),
    Permission.PAY_OUTS_VIEW: who_sees(C.MONEY, X.PAY_OUTS_BY_CODE),
    Permission.PAY_OUT_MAKE: who_sees(C.MONEY, X.PAY_OUTS_BY_CODE),
    Permission.PLACEMENT_CREATE: GIVES_BEDS,
    Permission.PLACEMENT_MOVE: GIVES_BEDS,
    Permission.PLACEMENT_END: GIVES_BEDS,
    # nights far back count for clock and money: somebody else than who gives the beds says so
    Permission.PLACEMENT_BACKDATE: LEAD,
    Permission.ABSENCE_RECORD: CASE_WORK
    + any_of((Role.COORDINATOR, _.PLACES), (Role.RESIDENTIAL_WORKER, _.OWN_SITE)),
    Permission.WAITING_VIEW: any_of(Role.COORDINATOR),
    Permission.FORECAST_VIEW: any_of(Role.COORDINATOR),
    Permission.WAITING_ASK: CASE_WORK,
    Permission.WAITING_OFFER: any_of((Role.COORDINATOR, _.PLACES)),
    # the round of the night, of one's own site alone
    Permission.PRESENCE_RECORD: any_of(
        (Role.NIGHT_WORKER, _.OWN_SITE_TONIGHT), (Role.RESIDENTIAL_WORKER, _.OWN_SITE)
    )
    + GIVES_BEDS,
    Permission.BED_NIGHTS_VIEW: who_sees(C.PUBLICATION, X.BED_NIGHTS),
    Permission.BED_NIGHTS_FIX: any_of(Role.FINANCE),
    # an accountant sees a sample by code, in a session that the privacy officer opened and sits beside
    Permission.AUDITOR_SESSION_OPEN: any_of(Role.PRIVACY_OFFICER),
    Permission.AUDITOR_SESSION_VIEW: who_sees(C.SHELTER, X.AUDITOR_SESSION),
    Permission.FIGURES_VIEW: who_sees(C.CASEWORK, X.EXACT_FIGURES),
    # of all own teams, as numbers; a lead has the list of the own team instead
    Permission.TEAM_COUNTS_VIEW: any_of(Role.PROGRAMME_MANAGER),
    Permission.GAPS_VIEW: any_of(Role.CASEWORKER, Role.TEAM_LEAD),
    # who answers for a programme reads what its funder reads
    Permission.OPERATIONS_VIEW: who_sees(C.SHELTER, X.OPERATIONS_SHEET)
    + any_of(Role.PROGRAMME_MANAGER),
    Permission.SENTINELS_VIEW: who_sees(C.CASEWORK, X.SENTINEL_FIGURES),
    # a funder sees the statement that is for them and knows of no other (`accountability_statements`)
    Permission.STATEMENT_VIEW: who_sees(C.PUBLICATION, X.ISSUED),
    Permission.STATEMENT_PROPOSE: any_of(Role.PROGRAMME_MANAGER, Role.TEAM_LEAD),
    Permission.STATEMENT_APPROVE: any_of(Role.PRIVACY_OFFICER, Role.TEAM_LEAD),
    Permission.STATEMENT_END: any_of(Role.PROGRAMME_MANAGER, Role.TEAM_LEAD, Role.PRIVACY_OFFICER),
    Permission.PUBLICATION_VIEW: who_sees(C.PUBLICATION, X.ISSUED),
    Permission.PUBLICATION_PREPARE: any_of(Role.PROGRAMME_MANAGER, Role.TEAM_LEAD),
    Permission.PUBLICATION_PROPOSE: any_of(Role.PROGRAMME_MANAGER, Role.TEAM_LEAD),
    Permission.PUBLICATION_APPROVE: any_of(Role.PRIVACY_OFFICER, Role.TEAM_LEAD),
    Permission.PUBLICATION_TEXT_WRITE: any_of(Role.PROGRAMME_MANAGER, Role.TEAM_LEAD),
    Permission.PUBLICATION_TEXT_ALLOW: any_of(Role.PRIVACY_OFFICER),
    Permission.PUBLICATION_WITHDRAW: any_of(Role.PRIVACY_OFFICER),
    Permission.ACCOUNTS_MANAGE: who_sees(C.ACCOUNTS, X.EVERYTHING),
    Permission.SITES_MANAGE: who_sees(C.SHELTER, X.SITES_AND_BEDS),
    Permission.HOUSES_KEEP: any_of(Role.ADMINISTRATOR, Role.COORDINATOR),
    # the second person of an appointment that opens a vault; never who granted it, never who gets it
    Permission.ROLE_SECOND: any_of(Role.ADMINISTRATOR, Role.TEAM_LEAD, Role.PRIVACY_OFFICER),
    Permission.ROSTER_ENTER: any_of(Role.TEAM_LEAD),
    Permission.JOBS_VIEW: who_sees(C.OPERATIONS, X.EVERYTHING),
    Permission.OWN_ACCOUNT: who_sees(C.ACCOUNTS, X.OWN),
    # whether it opens is decided by a holder's own passphrase; others need not know that there is a vault
    Permission.VAULT_UNSEAL: any_of(*WORKS_WITH_CLIENTS, *HOLDS_A_KEY),
    Permission.VAULT_SEAL: any_of(
        Role.TEAM_LEAD, Role.PRIVACY_OFFICER, Role.COORDINATOR, Role.NIGHT_WORKER, Role.DIRECTOR
    ),
}

CASE_PERMISSIONS: Final = frozenset(
    permission
    for permission, clauses in POLICY.items()
    if any(isinstance(word, Relation) for clause in clauses for word in clause)
)
"""Acts that need a relation to one case; the others are answered by role alone."""

READS_AS: Final[Mapping[Clause, Reader]] = {
    frozenset({Role.CASEWORKER, _.CASE_TEAM}): Reader.CASE_TEAM,
    frozenset({Role.TEAM_LEAD, _.CASE_TEAM}): Reader.CASE_TEAM,
    frozenset({Role.CASEWORKER, _.TEAM}): Reader.TEAM,
    frozenset({Role.CASEWORKER, _.ON_DUTY}): Reader.ON_DUTY,
    frozenset({Role.TEAM_LEAD, _.ON_DUTY}): Reader.ON_DUTY,
    frozenset({Role.TEAM_LEAD, _.LEADS_TEAM}): Reader.TEAM_LEAD,
    frozenset({Role.COORDINATOR, _.PLACES}): Reader.COORDINATOR,
    frozenset({Role.COORDINATOR, _.SHELTERS}): Reader.SHELTERING,
    frozenset({Role.COORDINATOR, _.HOUSES}): Reader.HOUSING,
    frozenset({Role.RESIDENTIAL_WORKER, _.OWN_SITE}): Reader.RESIDENTIAL_WORKER,
    frozenset({Role.NIGHT_WORKER, _.OWN_SITE_TONIGHT}): Reader.NIGHT_WORKER,
    frozenset({Role.INTAKE_DESK, _.INTAKE_DESK}): Reader.INTAKE_DESK,
    frozenset({Role.LEGAL_COUNSELLOR, _.REFERRED}): Reader.LEGAL_COUNSELLOR,
    frozenset({Role.HEALTH_WORKER, _.REFERRED}): Reader.HEALTH_WORKER,
    frozenset({Role.HEALTH_WORKER, _.ACCOMPANYING}): Reader.ACCOMPANYING,
    **{frozenset(clause): Reader.BROKEN_GLASS for clause in BREAKS_GLASS},
    **{frozenset(clause): Reader.BEDSIDE for clause in AT_THE_BEDSIDE},
}
"""As whom somebody with this role, in this relation, reads the case; any other pair reads as nobody."""


@dataclass(frozen=True)
class Standing:
    """How one colleague stands to one case: roles, relations, and the marks on the case."""

    roles: frozenset[Role]
    relations: frozenset[Relation] = frozenset()
    restricted: bool = False
    named_reader: bool = False

    @property
    def words(self) -> frozenset[Word]:
        """The roles and relations that count.

        A restricted case has named readers only: for others no relation counts, but a broken glass, and the bedside of
        whoever works where the person sleeps tonight (source: the firewall's rules over the tables).
        """
        relations = self.relations
        if self.restricted and not self.named_reader:
            relations &= {Relation.BROKEN_GLASS}
        if Relation.OWN_SITE_TONIGHT in self.relations:
            relations |= {Relation.BEDSIDE}
        return self.roles | relations

    @property
    def readers(self) -> frozenset[Reader]:
        words = self.words
        return frozenset(reader for clause, reader in READS_AS.items() if clause <= words)

    def vision(self, surface: Surface) -> Vision:
        readers = self.readers
        return vision(readers, surface) if readers else BLIND


def may(permission: Permission, standing: Standing) -> bool:
    """Whether somebody in this standing may do this; the rule of the thing itself is asked elsewhere."""
    clauses = POLICY[permission]
    return any(clause <= standing.words for clause in clauses)


def may_at_all(permission: Permission, roles: frozenset[Role]) -> bool:
    """Whether these roles could ever do this, before a case is known: guards of pages ask it."""
    return any(
        frozenset(word for word in clause if isinstance(word, Role)) <= roles
        for clause in POLICY[permission]
    )
