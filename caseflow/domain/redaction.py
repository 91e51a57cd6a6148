"""What each reader sees of each compartment: the tables of the firewall, once, for every surface.

*May X see Y of Z?* takes a minute with this file and `access.py` beside it:

1. **Where does Y lie?** `Compartment` lists the drawers, `Part` the pieces of a drawer that can be shown alone.
2. **As whom does X read Z's case?** `READS_AS` in `access.py` turns a role and a relation into a `Reader`. A role
   without a relation reads as nobody, and so does a relation without its role: the case does not exist (a page "not
   here"). Several readers in one person add up; nothing else does.
3. **Look in `TABLE`**: the row of Y, the column of the reader. `_CLEAR` is every part; `_sees(...)` is those parts and
   no other; who is missing from the row sees nothing, and no sign that there is something. `_CLEAR_ON_OPENING` is
   nothing in a list of many people, and every part in the opened file of one. `BROKEN_GLASS` has no column: it reads as
   the case team does, never the three of `NEVER_BY_BREAKING_GLASS`.
4. **Is Z marked?** On a *restricted* case only named readers and a broken glass read; anybody else reads as nobody, but
   `BEDSIDE` (a worker of the site where the person sleeps tonight) still opens the emergency card.
5. **Is Y of no case at all** (figures, the log, accounts)? Then the role alone answers: `ROLE_TABLE`, same way.

The tables answer the norms of ECRI General Policy Recommendation No. 16 and GDPR art. 5(1)(b) and (c); nobody can
change them from the screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Literal

from caseflow.domain.actors import Role


class Compartment(StrEnum):
    """The drawers of the house; every stored column lies in exactly one."""

    IDENTITY = "identity"  # names, aliases, birth date
    CONTACT = "contact"  # phone, how to reach safely, whom not to contact
    IMMIGRATION = "immigration"  # procedures, their coded steps and results; screening answers
    LAWYER_CORRESPONDENCE = (
        "lawyer_correspondence"  # marked and apart, so that privilege can be claimed
    )
    LEGAL_NOTES = "legal_notes"  # the counsellor's confidential notes
    HEALTH = "health"  # needs in words, deferral dates; needs of a bed as codes
    EMERGENCY_CARD = "emergency_card"  # also an act of its own (`CARD_OPEN`): both must say yes
    SAFETY = "safety"  # incidents, house warnings, who is kept apart from whom (separation)
    SAFE_REPORTING = "safe_reporting"  # help to a victim or witness of a crime
    NOTES = "notes"  # contacts, the plan and the wish in words, documents, handovers, reasons
    CASEWORK = "casework"  # call name, codes, stage, clock, proposals, outcome, case team
    SHELTER = "shelter"  # sites, rooms, beds, nights, presence
    MONEY = "money"  # allowance paid, costs by code
    SERVICES = "services"  # tallies of meals, showers, laundry; no person
    PUBLICATION = "publication"  # figures that passed the gate
    AUDIT = "audit"  # who looked at or changed what, ids only
    CONSENT = "consent"  # what the client was told, agreed to, objected to
    GOVERNANCE = "governance"  # disclosures, broken glass, reviews, approvals, doors
    ACCOUNTS = "accounts"  # staff accounts, roles, rosters, sessions
    OPERATIONS = "operations"  # jobs, changes, settings


class Part(StrEnum):
    """A named part of a compartment that a reader may see without the rest."""

    CALL = "call"  # of casework: call name and client code
    STAGE = "stage"  # of casework
    CLOCK = "clock"  # of casework: days of stay and the last day
    DUE_DATES = "due_dates"  # of casework
    CASE_TEAM_CONTACT = "case_team_contact"  # of casework: names and work phones of the case team
    MOVEMENTS = "movements"  # of casework: arrival, departure, appointments today
    BED = "bed"  # of shelter
    BEDS_TONIGHT = "beds_tonight"  # of shelter
    SITE_NAME = "site_name"  # of shelter
    HOW_TO_REACH = "how_to_reach"  # of contact and consent
    DEADLINES = "deadlines"  # of immigration: what must happen when, not what came of it
    DATES = "dates"  # of lawyer correspondence
    DEFERRAL_DATES = "deferral_dates"  # of immigration and health
    SCREENING_ANSWERS = "screening_answers"  # of immigration
    RELEASED = "released"  # of legal notes: what the counsellor released
    NEEDS = "needs"  # of health
    PLACEMENT_NEEDS = "placement_needs"  # of health: codes
    WARNINGS = "warnings"  # of safety: codes
    LAST_FIVE = "last_five"  # of notes: the last five contacts, no legal or medical ones
    HANDOVER = "handover"  # of notes
    HANDOVER_TONIGHT = "handover_tonight"  # of notes
    SLIPS = "slips"  # of money
    LEGAL = "legal"  # of notes
    MEDICAL = "medical"  # of notes
    OWN = "own"  # of notes and safe reporting: what the reader wrote
    LEFT = "left"  # of governance: what left of one case, to whom, and who agreed
    REST = "rest"  # everything of the compartment that no other part names


class Reader(StrEnum):
    """As whom somebody reads one case: a relation, or a role that stands in a relation to it."""

    CASE_TEAM = "case_team"
    TEAM = "team"
    ON_DUTY = "on_duty"
    TEAM_LEAD = "team_lead"
    COORDINATOR = "coordinator"
    SHELTERING = "sheltering"  # coordinator of a second organisation: shelter, contact line and stage are shared
    HOUSING = "housing"  # coordinator at whose own site the person has a bed these days
    RESIDENTIAL_WORKER = "residential_worker"
    NIGHT_WORKER = "night_worker"
    INTAKE_DESK = "intake_desk"
    LEGAL_COUNSELLOR = "legal_counsellor"
    HEALTH_WORKER = "health_worker"
    ACCOMPANYING = "accompanying"
    BROKEN_GLASS = "broken_glass"
    BEDSIDE = (
        "bedside"  # works at the site where the person sleeps tonight, whatever mark is on the case
    )


class Surface(StrEnum):
    """Where a value would appear: in a list of many people, or in the opened file of one."""

    LIST = "list"
    OPENED = "opened"


class Hidden:
    """The value that stands where the reader may not see one. It is not *empty* and cannot be written back."""

    _only: Hidden | None = None

    def __new__(cls) -> Hidden:
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    def __repr__(self) -> str:
        return "HIDDEN"

    def __bool__(self) -> Literal[False]:
        return False


HIDDEN: Final = Hidden()

CLEAR: Final = frozenset(Part)
NOTHING: Final[frozenset[Part]] = frozenset()


@dataclass(frozen=True)
class Sight:
    """The parts seen in lists, and those seen once the file is opened (the same unless said)."""

    listed: frozenset[Part]
    opened: frozenset[Part]

    def on(self, surface: Surface) -> frozenset[Part]:
        return self.listed if surface is Surface.LIST else self.opened


def _sees(*parts: Part) -> Sight:
    return Sight(frozenset(parts), frozenset(parts))


_CLEAR = Sight(CLEAR, CLEAR)
_CLEAR_ON_OPENING = Sight(NOTHING, CLEAR)

C, P, R = Compartment, Part, Reader

# fmt: off
_AS_CONTACT: Final[Mapping[Reader, Sight]] = {
    R.CASE_TEAM: _CLEAR, R.ON_DUTY: _CLEAR, R.TEAM_LEAD: _CLEAR,
    R.COORDINATOR: _sees(P.HOW_TO_REACH), R.RESIDENTIAL_WORKER: _sees(P.HOW_TO_REACH),
    R.INTAKE_DESK: _CLEAR, R.LEGAL_COUNSELLOR: _CLEAR,
    R.HEALTH_WORKER: _sees(P.HOW_TO_REACH), R.ACCOMPANYING: _CLEAR,
}
"""Who can reach a person, and so who knows what that person was told and agreed to."""

TABLE: Final[Mapping[Compartment, Mapping[Reader, Sight]]] = {
    C.IDENTITY: {
        R.CASE_TEAM: _CLEAR, R.ON_DUTY: _CLEAR, R.TEAM_LEAD: _CLEAR_ON_OPENING,
        R.INTAKE_DESK: _CLEAR, R.LEGAL_COUNSELLOR: _CLEAR, R.ACCOMPANYING: _CLEAR,
    },
    C.CONTACT: _AS_CONTACT,
    C.IMMIGRATION: {
        R.CASE_TEAM: _CLEAR, R.ON_DUTY: _sees(P.DEADLINES), R.TEAM_LEAD: _CLEAR,
        R.INTAKE_DESK: _sees(P.SCREENING_ANSWERS), R.LEGAL_COUNSELLOR: _CLEAR,
        R.HEALTH_WORKER: _sees(P.DEFERRAL_DATES),
    },
    C.LAWYER_CORRESPONDENCE: {R.CASE_TEAM: _sees(P.DATES), R.LEGAL_COUNSELLOR: _CLEAR},
    C.LEGAL_NOTES: {
        R.CASE_TEAM: _sees(P.RELEASED), R.TEAM_LEAD: _sees(P.RELEASED), R.LEGAL_COUNSELLOR: _CLEAR,
    },
    C.HEALTH: {
        R.CASE_TEAM: _sees(P.NEEDS, P.PLACEMENT_NEEDS, P.DEFERRAL_DATES),
        R.ON_DUTY: _sees(P.NEEDS, P.PLACEMENT_NEEDS), R.TEAM_LEAD: _sees(P.NEEDS, P.PLACEMENT_NEEDS),
        R.COORDINATOR: _sees(P.PLACEMENT_NEEDS), R.RESIDENTIAL_WORKER: _sees(P.PLACEMENT_NEEDS),
        R.INTAKE_DESK: _sees(P.PLACEMENT_NEEDS), R.LEGAL_COUNSELLOR: _sees(P.DEFERRAL_DATES),
        R.HEALTH_WORKER: _CLEAR,
    },
    C.EMERGENCY_CARD: {
        R.CASE_TEAM: _CLEAR, R.ON_DUTY: _CLEAR, R.TEAM_LEAD: _CLEAR,
        R.COORDINATOR: _CLEAR_ON_OPENING, R.RESIDENTIAL_WORKER: _CLEAR_ON_OPENING,
        R.NIGHT_WORKER: _CLEAR_ON_OPENING, R.HEALTH_WORKER: _CLEAR,
        R.BEDSIDE: _CLEAR_ON_OPENING,
    },
    C.SAFETY: {
        R.CASE_TEAM: _CLEAR, R.TEAM: _sees(P.WARNINGS), R.ON_DUTY: _sees(P.WARNINGS),
        R.TEAM_LEAD: _CLEAR, R.HOUSING: _CLEAR, R.RESIDENTIAL_WORKER: _CLEAR,
        R.NIGHT_WORKER: _sees(P.WARNINGS), R.INTAKE_DESK: _sees(P.WARNINGS),
        R.LEGAL_COUNSELLOR: _sees(P.WARNINGS), R.HEALTH_WORKER: _sees(P.WARNINGS),
    },
    # OWN is what somebody wrote themselves: an author who has left the case team since
    C.SAFE_REPORTING: {
        R.CASE_TEAM: _CLEAR, R.LEGAL_COUNSELLOR: _CLEAR,
        R.TEAM: _sees(P.OWN), R.ON_DUTY: _sees(P.OWN), R.TEAM_LEAD: _sees(P.OWN),
    },
    C.NOTES: {
        R.CASE_TEAM: _CLEAR, R.ON_DUTY: _sees(P.LAST_FIVE), R.TEAM_LEAD: _CLEAR_ON_OPENING,
        R.COORDINATOR: _sees(P.HANDOVER), R.RESIDENTIAL_WORKER: _sees(P.HANDOVER),
        R.NIGHT_WORKER: _sees(P.HANDOVER_TONIGHT), R.INTAKE_DESK: _sees(P.OWN),
        R.LEGAL_COUNSELLOR: _sees(P.LEGAL), R.HEALTH_WORKER: _sees(P.MEDICAL),
    },
    C.CASEWORK: {
        R.CASE_TEAM: _CLEAR, R.TEAM: _sees(P.CALL, P.STAGE, P.CLOCK, P.DUE_DATES),
        R.ON_DUTY: _CLEAR, R.TEAM_LEAD: _CLEAR,
        R.COORDINATOR: _sees(P.CALL, P.STAGE, P.CLOCK, P.CASE_TEAM_CONTACT),
        R.SHELTERING: _sees(P.CALL, P.STAGE, P.CASE_TEAM_CONTACT),
        R.RESIDENTIAL_WORKER: _sees(P.CALL, P.MOVEMENTS, P.CASE_TEAM_CONTACT),
        R.NIGHT_WORKER: _sees(P.CALL), R.INTAKE_DESK: _CLEAR,
        R.LEGAL_COUNSELLOR: _sees(P.CALL, P.STAGE, P.CLOCK), R.HEALTH_WORKER: _sees(P.CALL, P.STAGE),
        R.ACCOMPANYING: _sees(P.CALL, P.MOVEMENTS),
    },
    C.SHELTER: {
        R.CASE_TEAM: _CLEAR, R.TEAM: _sees(P.BED), R.ON_DUTY: _sees(P.BED), R.TEAM_LEAD: _CLEAR,
        R.COORDINATOR: _CLEAR, R.SHELTERING: _CLEAR, R.RESIDENTIAL_WORKER: _CLEAR,
        R.NIGHT_WORKER: _sees(P.BEDS_TONIGHT),
        R.LEGAL_COUNSELLOR: _sees(P.SITE_NAME), R.HEALTH_WORKER: _sees(P.SITE_NAME),
    },
    C.MONEY: {
        R.CASE_TEAM: _CLEAR, R.TEAM_LEAD: _CLEAR, R.RESIDENTIAL_WORKER: _sees(P.SLIPS),
    },
    C.CONSENT: _AS_CONTACT,
    # what left of a case is asked by the case team, approved by its lead or the counsellor, and must not be sent twice
    # by who stands in for them; the rest of governance goes by role (decision 0180)
    C.GOVERNANCE: {
        R.CASE_TEAM: _sees(P.LEFT), R.ON_DUTY: _sees(P.LEFT), R.TEAM_LEAD: _sees(P.LEFT),
        R.LEGAL_COUNSELLOR: _sees(P.LEFT),
    },
}
# fmt: on


class Extent(StrEnum):
    """How much of what belongs to no single case a role sees."""

    EVERYTHING = "everything"
    OWN = "own"  # one's own account, looks, requests and approvals
    OF_THE_TEAM = "of_the_team"
    OF_OWN_SITES = "of_own_sites"
    OF_OWN_PROGRAMMES = "of_own_programmes"
    BY_CODE = "by_code"  # ids and codes, never words
    DEMANDS = "demands"  # who asked for what at the door or by letter; never whom they asked for
    ISSUED = "issued"  # publications that passed the gate
    BED_NIGHTS = "bed_nights"  # statements of bed-nights, for payment; no codes and no small site
    EXACT_FIGURES = "exact_figures"  # of the own programmes, with workload; no files
    SENTINEL_FIGURES = "sentinel_figures"
    OPERATIONS_SHEET = "operations_sheet"  # monthly
    DECISION_SHEETS = (
        "decision_sheets"  # by client code: criteria, stage, clock, advice, proposed date
    )
    PAY_OUTS_BY_CODE = "pay_outs_by_code"
    SITES_AND_BEDS = "sites_and_beds"  # without who sleeps there
    AUDITOR_SESSION = (
        "auditor_session"  # a random sample of bed-nights by code, beside the privacy officer
    )
    RULES = "rules"  # policy, recipients, retention, register of processing


X = Extent


def _everybody(*extents: Extent) -> dict[Role, frozenset[Extent]]:
    return {role: frozenset(extents) for role in Role}


def _only(**roles: Extent) -> dict[Role, frozenset[Extent]]:
    return {Role(name): frozenset({extent}) for name, extent in roles.items()}


# fmt: off
ROLE_TABLE: Final[Mapping[Compartment, Mapping[Role, frozenset[Extent]]]] = {
    C.SERVICES: _only(
        residential_worker=X.OF_OWN_SITES, coordinator=X.OF_OWN_SITES, team_lead=X.OF_OWN_PROGRAMMES,
        programme_manager=X.OF_OWN_PROGRAMMES, finance=X.OF_OWN_PROGRAMMES,
    ),
    C.CASEWORK: _only(
        team_lead=X.EXACT_FIGURES, programme_manager=X.EXACT_FIGURES, director=X.SENTINEL_FIGURES,
        municipal_decision_maker=X.DECISION_SHEETS,
    ),
    C.SHELTER: _only(
        administrator=X.SITES_AND_BEDS, funder=X.OPERATIONS_SHEET, auditor=X.AUDITOR_SESSION,
    ),
    C.MONEY: _only(finance=X.PAY_OUTS_BY_CODE),
    C.PUBLICATION: _only(
        funder=X.ISSUED, programme_manager=X.ISSUED, team_lead=X.ISSUED, finance=X.BED_NIGHTS,
        coordinator=X.BED_NIGHTS,
    ) | {Role.PRIVACY_OFFICER: frozenset({X.ISSUED, X.BED_NIGHTS})},
    C.GOVERNANCE: _everybody(X.OWN) | {
        Role.TEAM_LEAD: frozenset({X.OWN, X.OF_THE_TEAM}),
        Role.PRIVACY_OFFICER: frozenset({X.OWN, X.BY_CODE, X.DEMANDS, X.RULES}),
        Role.FG: frozenset({X.OWN, X.BY_CODE, X.DEMANDS, X.RULES}),
        Role.DIRECTOR: frozenset({X.OWN, X.DEMANDS}),
    },
    C.AUDIT: _everybody(X.OWN) | {
        Role.PRIVACY_OFFICER: frozenset({X.OWN, X.BY_CODE}), Role.FG: frozenset({X.OWN, X.BY_CODE}),
    },
    C.ACCOUNTS: _everybody(X.OWN) | {Role.ADMINISTRATOR: frozenset({X.OWN, X.EVERYTHING})},
    C.OPERATIONS: _only(administrator=X.EVERYTHING),
}
# fmt: on
"""What a role sees that is of no single case, or of many at once without a file of one."""


def roles_that_see(compartment: Compartment, extent: Extent) -> tuple[Role, ...]:
    """The roles in whose cell of `ROLE_TABLE` this extent stands, in the order of the roles."""
    row = ROLE_TABLE.get(compartment, {})
    return tuple(role for role in Role if extent in row.get(role, ()))


NEVER_BY_BREAKING_GLASS: Final = frozenset(
    {Compartment.LEGAL_NOTES, Compartment.LAWYER_CORRESPONDENCE, Compartment.SAFE_REPORTING}
)

IN_THE_VAULT: Final = frozenset(
    {
        Compartment.IDENTITY,
        Compartment.CONTACT,
        Compartment.IMMIGRATION,
        Compartment.LAWYER_CORRESPONDENCE,
        Compartment.LEGAL_NOTES,
        Compartment.HEALTH,
        Compartment.SAFETY,
        Compartment.SAFE_REPORTING,
        Compartment.NOTES,
        Compartment.CONSENT,
        Compartment.GOVERNANCE,
    }
)


@dataclass(frozen=True)
class Vision:
    """What one person sees of one case on one surface: compartment and part, closed by default."""

    parts: Mapping[Compartment, frozenset[Part]]

    def sees(self, compartment: Compartment, part: Part = Part.REST) -> bool:
        return part in self.parts.get(compartment, NOTHING)

    def sees_any(self, compartment: Compartment) -> bool:
        return bool(self.parts.get(compartment))

    def show(self, compartment: Compartment, part: Part, value: Any) -> Any:
        """The value itself (None stays *empty*), or `HIDDEN` where this reader may not see it."""
        return value if self.sees(compartment, part) else HIDDEN


BLIND: Final = Vision({})


def vision(readers: Iterable[Reader], surface: Surface) -> Vision:
    """What someone who stands as these readers sees; several standings add up, none gives nothing."""
    standing = frozenset(readers)
    parts: dict[Compartment, frozenset[Part]] = {}
    for compartment, row in TABLE.items():
        seen = NOTHING
        for reader in standing:
            if reader is Reader.BROKEN_GLASS:
                if compartment in NEVER_BY_BREAKING_GLASS:
                    continue
                sight = row.get(Reader.CASE_TEAM)
            else:
                sight = row.get(reader)
            if sight is not None:
                seen |= sight.on(surface)
        if seen:
            parts[compartment] = seen
    return Vision(parts)
