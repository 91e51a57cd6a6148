"""What is due to whom: the tables of the firewall, read again by the proof's own few lines.

Nothing here asks the gate, the vision or the guards: they are what is proven.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from caseflow.domain.access import Relation
from caseflow.domain.actors import Role
from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import (
    NEVER_BY_BREAKING_GLASS,
    TABLE,
    Compartment,
    Part,
    Reader,
    Surface,
)
from caseflow.proofs import funder_papers, sampled
from caseflow.proofs.plants import Kind, Plant
from caseflow.proofs.visitors import HAVEN, HAVENHUIS, Visitor
from caseflow.proofs.worlds import (
    CLIENTS,
    Client,
    apart_from,
    are_apart,
    counted,
    not_placed_with,
    relations,
)

C, P, R = Compartment, Part, Role
_ = Relation

READS_AS: Final[Mapping[tuple[Role, Relation], Reader]] = {
    (R.CASEWORKER, _.CASE_TEAM): Reader.CASE_TEAM,
    (R.TEAM_LEAD, _.CASE_TEAM): Reader.CASE_TEAM,
    (R.CASEWORKER, _.TEAM): Reader.TEAM,
    (R.CASEWORKER, _.ON_DUTY): Reader.ON_DUTY,
    (R.TEAM_LEAD, _.ON_DUTY): Reader.ON_DUTY,
    (R.TEAM_LEAD, _.LEADS_TEAM): Reader.TEAM_LEAD,
    (R.COORDINATOR, _.PLACES): Reader.COORDINATOR,
    (R.COORDINATOR, _.SHELTERS): Reader.SHELTERING,
    (R.COORDINATOR, _.HOUSES): Reader.HOUSING,
    (R.RESIDENTIAL_WORKER, _.OWN_SITE): Reader.RESIDENTIAL_WORKER,
    (R.NIGHT_WORKER, _.OWN_SITE_TONIGHT): Reader.NIGHT_WORKER,
    (R.INTAKE_DESK, _.INTAKE_DESK): Reader.INTAKE_DESK,
    (R.LEGAL_COUNSELLOR, _.REFERRED): Reader.LEGAL_COUNSELLOR,
    (R.HEALTH_WORKER, _.REFERRED): Reader.HEALTH_WORKER,
    (R.HEALTH_WORKER, _.ACCOMPANYING): Reader.ACCOMPANYING,
    **{
        (role, _.BROKEN_GLASS): Reader.BROKEN_GLASS
        for role in (R.CASEWORKER, R.TEAM_LEAD, R.LEGAL_COUNSELLOR, R.HEALTH_WORKER)
    },
}
"""The columns of the table of `firewall.md` §3, said once more."""

BY_CODE: Final = frozenset({R.PRIVACY_OFFICER, R.FG})
"""Who supervises reads governance and audit by client code."""

ROLES_OF: Final[Mapping[Compartment, frozenset[Role]]] = {
    C.GOVERNANCE: frozenset({R.PRIVACY_OFFICER, R.FG, R.DIRECTOR}),
    C.ACCOUNTS: frozenset({R.ADMINISTRATOR}),
    C.OPERATIONS: frozenset({R.ADMINISTRATOR}),
    C.SHELTER: frozenset({R.ADMINISTRATOR}),
    C.MONEY: frozenset({R.FINANCE}),
    C.PUBLICATION: frozenset({R.FUNDER, R.PROGRAMME_MANAGER, R.TEAM_LEAD, R.PRIVACY_OFFICER}),
    C.AUDIT: BY_CODE,
}
"""Rows of the remaining compartments: who sees what is about no client."""

NAMES_OF_COLLEAGUES: Final = frozenset(
    {
        "user_accounts.display_name",
        "user_accounts.work_phone",
        "teams.name",
        "teams.id",
        "user_accounts.id",
    }
)
"""What colleagues of one house know of each other; another house's through a case that names them."""

FOLLOWS: Final = {"start_dates.event_on": (C.CASEWORK, frozenset({P.STAGE}))}
"""A fact that another visible one tells by itself: the day of application is the first day of the first stage."""

NIGHTS_OF_A_BED: Final = frozenset(
    {"id", "bed_id", "status", "arrival_on", "planned_departure_on", "departure_on", "hold_ends_at"}
)

COMPLAINTS: Final = frozenset({"complaints", "complaint_words"})
READS_OFFICES: Final = frozenset({R.CASEWORKER, R.TEAM_LEAD, R.COORDINATOR, R.LEGAL_COUNSELLOR})
"""Who reads the registry of offices of their own house."""
CONFERENCES: Final = frozenset({"conferences", "conference_members"})
"""When a conference is and which offices sit there: for who chairs them, in their own house."""
ON_A_SHEET: Final = frozenset(
    {(C.IMMIGRATION, P.SCREENING_ANSWERS), (C.CASEWORK, P.STAGE), (C.CASEWORK, P.CLOCK)}
)
NAMED_FOR_A_SHEET: Final = frozenset({"user_accounts.id", "user_accounts.display_name"})
"""How a team lead names whoever decides for the city as reader of a restricted client's sheet."""

PLACES: Final = frozenset(
    {"sites", "rooms", "beds", "place_marks", "site_limits", "site_shares", "out_of_service"}
    | {"neighbourhood_entries"}
)
NIGHTS_COUNTED: Final = frozenset({"night_ledger", "night_counts"})
"""How many there were, by night: read by who works at the site by day, and by who coordinates the house."""
NAMES_OF_SITES: Final = frozenset({"sites.id", "sites.name"})
READS_PROGRAMMES: Final = frozenset({R.PROGRAMME_MANAGER, R.FINANCE})
"""Who reads counts of every site of their programmes, whose house it is, and so which site they are of."""
COUNTED_AT: Final = HAVENHUIS
"""The site of which the world has counts of meals and showers."""


IN_A_HOUSE: Final = frozenset({R.COORDINATOR, R.RESIDENTIAL_WORKER, R.NIGHT_WORKER})
"""Who reads how old the kept evacuation list of their house is."""


class Verdict(StrEnum):
    """Whether a value may stand in an answer."""

    DUE = "due"
    GOES_ALONG = "goes along"  # ids and bookkeeping of something that may be seen
    NOT_DUE = "not due"


@dataclass(frozen=True)
class Sight:
    """What one visitor sees of one client on one surface."""

    parts: Mapping[Compartment, frozenset[Part]]

    @property
    def anything(self) -> bool:
        return bool(self.parts)

    def sees(self, compartment: Compartment, parts: frozenset[Part]) -> bool:
        return bool(self.parts.get(compartment, frozenset()) & parts)


CLIENT: Final = {client.key: client for client in CLIENTS}


@cache
def readers(visitor: Visitor, client: Client) -> frozenset[Reader]:
    """As whom a visitor reads this client, by the tables."""
    if visitor.role is None:
        return frozenset()
    return frozenset(
        READS_AS[visitor.role, relation]
        for relation in counted(visitor, client)
        if (visitor.role, relation) in READS_AS
    )


@cache
def sight(visitor: Visitor, client: Client, surface: Surface) -> Sight:
    """The parts that the table gives these readers on this surface."""
    parts: dict[Compartment, frozenset[Part]] = {}
    for reader in readers(visitor, client):
        for compartment, row in TABLE.items():
            if reader is Reader.BROKEN_GLASS and compartment in NEVER_BY_BREAKING_GLASS:
                continue
            column = Reader.CASE_TEAM if reader is Reader.BROKEN_GLASS else reader
            seen = row.get(column)
            if seen is None:
                continue
            some = seen.listed if surface is Surface.LIST else seen.opened
            if some:
                parts[compartment] = parts.get(compartment, frozenset()) | some
    if surface is Surface.OPENED and _reaches_the_card(visitor, client):
        parts[C.EMERGENCY_CARD] = frozenset(Part)
    return Sight(parts)


def sees_alone(reader: Reader, plant: Plant) -> bool:
    """Whether the table gives this value to this one reader, on some surface."""
    column = Reader.CASE_TEAM if reader is Reader.BROKEN_GLASS else reader
    seen = TABLE.get(plant.compartment, {}).get(column)
    never = reader is Reader.BROKEN_GLASS and plant.compartment in NEVER_BY_BREAKING_GLASS
    return seen is not None and not never and bool(plant.parts & (seen.listed | seen.opened))


def _reaches_the_card(visitor: Visitor, client: Client) -> bool:
    """A restriction never closes the emergency card where the person sleeps tonight (`firewall.md` §3)."""
    at_the_site = {_.OWN_SITE, _.OWN_SITE_TONIGHT, _.PLACES} & relations(visitor, client)
    return bool(at_the_site) and client.site is not None


TOLD_IN_A_FIRE: Final = frozenset({"placement_needs", "absences", "presences"})


def looked_for(visitor: Visitor, plant: Plant) -> bool:
    """Whether the list for a fire may tell this of somebody in the house: help on the stairs, and being away (0165)."""
    return plant.table in TOLD_IN_A_FIRE and _reaches_the_card(visitor, CLIENT[plant.owner])


def verdict(visitor: Visitor, plant: Plant, opened: str | None) -> Verdict:
    """Whether this value may stand in an answer to this visitor; `opened` is the client whose page it is."""
    if not plant.owner:
        return _of_the_house(visitor, plant)
    if opened in sides(plant):
        return _about_a_client(visitor, plant, CLIENT[opened], opened)
    return _about_a_client(visitor, plant, CLIENT[plant.owner], opened)


def sides(plant: Plant) -> tuple[str, ...]:
    """On whose pages a value may stand: since when two people are kept apart is told on both, and never who."""
    if plant.table == "separations" and plant.column in ("from_on", "until_on"):
        return (plant.owner, *apart_from(plant.owner))
    if plant.table == "house_pairs":
        return (plant.owner, *not_placed_with(plant.owner))
    return (plant.owner,)


def _about_a_client(visitor: Visitor, plant: Plant, client: Client, opened: str | None) -> Verdict:
    if opened is not None and are_apart(opened, client.key):
        return Verdict.NOT_DUE
    if plant.table in COMPLAINTS:
        return _of_a_complaint(visitor, plant, client)
    if _on_a_sheet(visitor, plant, client) or sampled.shows(visitor, plant, client):
        return Verdict.GOES_ALONG
    surface = Surface.OPENED if opened == client.key else Surface.LIST
    seen = sight(visitor, client, surface)
    parts = plant.parts
    if Part.OWN in parts and plant.account != visitor.key:
        parts -= {Part.OWN}
    if plant.compartment is C.GOVERNANCE or (plant.kind is Kind.CODE and visitor.role in BY_CODE):
        return _governance(visitor, plant, client, seen)
    if not plant.is_bookkeeping and seen.sees(plant.compartment, parts):
        return Verdict.DUE
    if _takes_a_bed(visitor, plant, client):
        return Verdict.GOES_ALONG
    if plant.kind is Kind.CODE and seen.sees(C.CASEWORK, frozenset({P.CALL})):
        return Verdict.DUE
    if pays(visitor) and _goes_by_code(plant):
        return Verdict.GOES_ALONG
    if plant.is_bookkeeping and sight(visitor, client, Surface.OPENED).anything:
        return Verdict.GOES_ALONG
    follows = FOLLOWS.get(plant.place)
    if follows is not None and seen.sees(*follows):
        return Verdict.GOES_ALONG
    return Verdict.NOT_DUE


def _goes_by_code(plant: Plant) -> bool:
    """Finance reads money by client code; somebody invented is not paid, and so is known to be invented."""
    money = plant.compartment is C.MONEY and plant.kind is not Kind.ID
    return money or plant.kind is Kind.CODE or plant.place == "clients.is_test"


def _takes_a_bed(visitor: Visitor, plant: Plant, client: Client) -> bool:
    """That a bed is taken, and for which nights, is known where the bed stands; by whom is not (rule B8)."""
    if plant.table != "placements" or plant.column not in NIGHTS_OF_A_BED:
        return False
    if visitor.role is R.COORDINATOR:
        return client.organisation == visitor.organisation
    at_the_site = visitor.role in (R.RESIDENTIAL_WORKER, R.NIGHT_WORKER)
    return at_the_site and client.site == visitor.site


def _of_a_complaint(visitor: Visitor, plant: Plant, client: Client) -> Verdict:
    """The lead of the team sees complaints of the team, privacy officer and FG those of the house without words."""
    if visitor.organisation != client.organisation:
        return Verdict.NOT_DUE
    leads = visitor.role is R.TEAM_LEAD and visitor.team == client.team
    by_code = visitor.role in BY_CODE and not plant.store.startswith("vault")
    return Verdict.GOES_ALONG if leads or by_code else Verdict.NOT_DUE


def decides_on(visitor: Visitor, client: Client) -> bool:
    """Whether a sheet about this client waits for this visitor: an application that nobody restricted."""
    waits = client.state == "application" and client.readers is None
    return visitor.role is R.MUNICIPAL_DECISION_MAKER and waits


def _on_a_sheet(visitor: Visitor, plant: Plant, client: Client) -> bool:
    """What whoever decides for the city reads of a proposal: code, criteria, stage, clock, advice and day."""
    if not decides_on(visitor, client):
        return False
    if plant.kind is Kind.CODE or plant.table == "proposals":
        return True
    return any((plant.compartment, part) in ON_A_SHEET for part in plant.parts)


def pays(visitor: Visitor) -> bool:
    """Whether this visitor reads the money of every client of a programme, by code: each has an allowance here."""
    return visitor.role is R.FINANCE


def supervises(visitor: Visitor, client: Client) -> bool:
    """Whether this visitor reads what was decided about a client of their own house, by code."""
    return visitor.role in ROLES_OF[C.GOVERNANCE] and visitor.organisation == client.organisation


def _governance(visitor: Visitor, plant: Plant, client: Client, seen: Sight) -> Verdict:
    """Own requests and those of the team; who supervises reads by code, and reasons in the own house alone."""
    if supervises(visitor, client):
        return Verdict.GOES_ALONG
    left = plant.parts & {P.LEFT}
    if left and seen.sees(C.GOVERNANCE, left):
        return Verdict.GOES_ALONG  # what left of a case: who asks, approves, or stands in for them
    mine = {Reader.CASE_TEAM, Reader.TEAM_LEAD, Reader.BROKEN_GLASS}
    if mine & readers(visitor, client) and not plant.store.startswith("vault"):
        return Verdict.GOES_ALONG
    return Verdict.NOT_DUE


def _counts_are_due(visitor: Visitor, plant: Plant) -> bool:
    """Counts of a site: to who works there, to coordinator and lead of its house, to whom programmes are theirs."""
    if visitor.role is R.RESIDENTIAL_WORKER:
        return visitor.site == COUNTED_AT
    if visitor.role in (R.COORDINATOR, R.TEAM_LEAD):
        return visitor.organisation == plant.organisation
    return visitor.role in READS_PROGRAMMES


def _of_the_house(visitor: Visitor, plant: Plant) -> Verdict:
    if plant.purpose is Purpose.SECURITY:
        # hashes and seeds are for nobody; the rest of a session is for its own browser
        secret = plant.kind is Kind.WORD and plant.column != "device"
        own = plant.account == visitor.key or visitor.role is R.ADMINISTRATOR
        return Verdict.GOES_ALONG if own and not secret else Verdict.NOT_DUE
    if visitor.role is None:
        return Verdict.NOT_DUE
    if plant.compartment is C.SERVICES:
        return Verdict.DUE if _counts_are_due(visitor, plant) else Verdict.NOT_DUE
    if plant.table in funder_papers.STATEMENTS:
        return Verdict.DUE if funder_papers.may_read(visitor, plant) else Verdict.NOT_DUE
    if visitor.role in ROLES_OF.get(plant.compartment, frozenset()):
        return Verdict.DUE
    if plant.account == visitor.key:
        return Verdict.GOES_ALONG
    same = plant.organisation == visitor.organisation
    if plant.account == "decision-maker" and plant.place in NAMED_FOR_A_SHEET:
        return Verdict.GOES_ALONG if visitor.role is R.TEAM_LEAD else Verdict.NOT_DUE
    if sampled.goes_along(visitor, plant) or funder_papers.names(visitor, plant):
        return Verdict.GOES_ALONG
    if plant.place in NAMES_OF_COLLEAGUES or plant.place == "role_grants.id":
        return Verdict.GOES_ALONG if same or _names(visitor, plant.account) else Verdict.NOT_DUE
    if plant.place in NAMES_OF_SITES and visitor.role in READS_PROGRAMMES:
        return Verdict.GOES_ALONG
    if plant.table in NIGHTS_COUNTED and same:
        works_there = visitor.role is R.RESIDENTIAL_WORKER and visitor.site == COUNTED_AT
        by_day = visitor.role is R.COORDINATOR or works_there
        return Verdict.GOES_ALONG if by_day else Verdict.NOT_DUE
    if plant.table in PLACES:
        return (
            Verdict.GOES_ALONG
            if same or _shelters(visitor, plant.organisation)
            else Verdict.NOT_DUE
        )
    if plant.table == "evacuation_files" and visitor.role in IN_A_HOUSE:
        # how the file of their house is called and how old it is, never what opens it (above: SECURITY)
        at_home = (plant.organisation or HAVEN) == visitor.organisation
        return Verdict.GOES_ALONG if at_home else Verdict.NOT_DUE
    if plant.table == "roster_shifts" and visitor.role is R.TEAM_LEAD and same:
        return Verdict.GOES_ALONG
    if plant.table == "suggestion_runs" and visitor.role is R.COORDINATOR and same:
        return Verdict.GOES_ALONG  # counts of beds and people, for who gives them out
    if plant.table in ("caseload_reviews", "door_calls") and same:
        return Verdict.GOES_ALONG
    if plant.table == "offices" and same and visitor.role in READS_OFFICES:
        return Verdict.GOES_ALONG
    if plant.table in CONFERENCES and same and visitor.role in (R.TEAM_LEAD, R.COORDINATOR):
        return Verdict.GOES_ALONG
    if plant.table == "conference_members" and same and visitor.role is R.CASEWORKER:
        # who asks for a case to be discussed says which seats get a sheet
        return Verdict.GOES_ALONG
    return Verdict.NOT_DUE


def _names(visitor: Visitor, account: str) -> bool:
    """Whether a case that this visitor reads names this colleague: a member, a referral, who recorded."""
    contact = frozenset({P.CASE_TEAM_CONTACT})
    return any(
        sight(visitor, client, Surface.OPENED).sees(C.CASEWORK, contact)
        for client in CLIENTS
        if not account
        or account in client.members | client.referred | {"clerk", "spare", "decider", "desk"}
    )


def _shelters(visitor: Visitor, organisation: str) -> bool:
    """Whether somebody whom this visitor reads sleeps in that organisation's house."""
    return any(
        C.SHELTER in sight(visitor, client, Surface.OPENED).parts
        for client in CLIENTS
        if client.organisation == organisation
    )
