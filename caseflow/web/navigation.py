"""Where each role can go, and where it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from flask import current_app, request, url_for

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Role
from caseflow.domain.messages import N_, Message
from caseflow.domain.policy_words import ROLE_NAMES
from caseflow.web.formatting import said
from caseflow.web.frames import NavItem


@dataclass(frozen=True)
class Place:
    """One place of the main navigation: what it is called, its endpoint, and what opens it."""

    label: Message
    endpoint: str
    permissions: tuple[Permission, ...]


PLACES: Final = (
    Place(N_("Caseload"), "cases.caseload", (Permission.CASELOAD_VIEW,)),
    Place(N_("Register someone"), "applications.new", (Permission.APPLICATION_CREATE,)),
    Place(N_("Beds tonight"), "beds.tonight", (Permission.BEDS_VIEW,)),
    Place(N_("Board"), "boards.index", (Permission.BOARD_VIEW,)),
    Place(N_("Night round"), "rounds.show", (Permission.PRESENCE_RECORD,)),
    Place(N_("Waiting list"), "waiting.index", (Permission.WAITING_VIEW,)),
    Place(N_("Suggested beds"), "suggestions.index", (Permission.WAITING_VIEW,)),
    Place(N_("Forecast of beds"), "forecasts.index", (Permission.FORECAST_VIEW,)),
    Place(N_("Bath and bread"), "daily_services.today", (Permission.SERVICE_COUNT,)),
    Place(N_("Bath and bread by month"), "daily_services.month", (Permission.SERVICES_VIEW,)),
    Place(
        N_("Incidents"),
        "incidents.index",
        (Permission.INCIDENTS_VIEW, Permission.INCIDENT_RECORD),
    ),
    Place(N_("Slips"), "slips.index", (Permission.SLIP_SETTLE,)),
    Place(N_("Pay-outs and costs"), "money.index", (Permission.PAY_OUTS_VIEW,)),
    Place(N_("Bed-nights"), "bed_nights.index", (Permission.BED_NIGHTS_VIEW,)),
    Place(N_("Sample of nights"), "auditor_sessions.index", (Permission.AUDITOR_SESSION_VIEW,)),
    Place(N_("Decision sheets"), "decision_sheets.index", (Permission.SHEETS_VIEW,)),
    Place(N_("Publications"), "publications.index", (Permission.PUBLICATION_VIEW,)),
    Place(N_("Operations sheets"), "operations_sheets.index", (Permission.OPERATIONS_VIEW,)),
    Place(N_("Statements"), "accountability.index", (Permission.STATEMENT_VIEW,)),
    Place(N_("Sentinel figures"), "sentinels.exact", (Permission.SENTINELS_VIEW,)),
    Place(N_("Figures"), "figures.index", (Permission.FIGURES_VIEW,)),
    Place(N_("To complete"), "data_gaps.index", (Permission.GAPS_VIEW,)),
    Place(N_("To approve"), "disclosure_queue.waiting", (Permission.DISCLOSURES_AWAIT,)),
    Place(N_("Offices"), "offices.index", (Permission.OFFICES_VIEW,)),
    Place(N_("Workload"), "workloads.index", (Permission.CASE_ASSIGN,)),
    Place(N_("Alerts"), "alerts.index", (Permission.CASE_ASSIGN, Permission.EXTENSION_PROPOSE)),
    Place(N_("Clock"), "limits_ahead.index", (Permission.CLOCKS_VIEW,)),
    Place(N_("Case conferences"), "conferences.index", (Permission.CONFERENCE_KEEP,)),
    Place(N_("Accounts"), "accounts.index", (Permission.ACCOUNTS_MANAGE,)),
    Place(N_("Roles to approve"), "accounts.waiting", (Permission.ROLE_SECOND,)),
    Place(N_("Teams"), "teams.index", (Permission.ACCOUNTS_MANAGE,)),
    Place(N_("Sites"), "sites.index", (Permission.HOUSES_KEEP,)),
    Place(N_("Jobs"), "jobs.index", (Permission.JOBS_VIEW,)),
    Place(N_("Reviews"), "reviews.index", (Permission.LOOKS_REVIEW, Permission.AUDIT_VIEW)),
    Place(N_("Sample of what left"), "disclosure_queue.sample", (Permission.DISCLOSURES_SAMPLE,)),
    Place(N_("Audit log"), "audits.index", (Permission.AUDIT_VIEW,)),
    Place(N_("Emergencies"), "cards.openings", (Permission.CARD_OPENINGS_VIEW,)),
    Place(N_("Told in danger"), "tellings.index", (Permission.TELLINGS_VIEW,)),
    Place(N_("At the door"), "doors.index", (Permission.DOORS_VIEW,)),
    Place(N_("Demands"), "demands.index", (Permission.DEMANDS_VIEW, Permission.DEMAND_RECORD)),
    Place(
        N_("Complaints"),
        "complaints.index",
        (Permission.COMPLAINT_RECORD, Permission.COMPLAINTS_VIEW, Permission.COMPLAINT_HANDLE),
    ),
    Place(
        N_("Requests of clients"),
        "client_request_queue.index",
        (Permission.CLIENT_REQUESTS_VIEW,),
    ),
    Place(N_("Firewall"), "policies.show", (Permission.POLICY_VIEW,)),
    Place(N_("Vault"), "vaults.index", (Permission.VAULT_UNSEAL,)),
)

# The first line that has a role of the reader decides.
STARTS: Final = (
    (
        frozenset(
            {
                Role.CASEWORKER,
                Role.TEAM_LEAD,
                Role.INTAKE_DESK,
                Role.LEGAL_COUNSELLOR,
                Role.HEALTH_WORKER,
            }
        ),
        "cases.caseload",
    ),
    (
        frozenset({Role.COORDINATOR, Role.RESIDENTIAL_WORKER, Role.NIGHT_WORKER}),
        "beds.tonight",
    ),
    (
        frozenset({Role.PROGRAMME_MANAGER, Role.FUNDER}),
        "publications.index",
    ),
    (frozenset({Role.MUNICIPAL_DECISION_MAKER}), "decision_sheets.index"),
    (frozenset({Role.FINANCE}), "money.index"),
    (frozenset({Role.AUDITOR}), "auditor_sessions.index"),
    # what happened in an emergency is the first thing a privacy officer sees
    (frozenset({Role.PRIVACY_OFFICER}), "reviews.index"),
    (frozenset({Role.FG}), "policies.show"),
    (frozenset({Role.DIRECTOR}), "doors.index"),
    (frozenset({Role.ADMINISTRATOR}), "accounts.index"),
)


def role_names(roles: frozenset[Role]) -> str:
    """The roles in the reader's language, in the order of the table."""
    return ", ".join(said(name) for role, name in ROLE_NAMES.items() if role in roles)


def places(roles: frozenset[Role], waiting: Mapping[str, int] | None = None) -> tuple[NavItem, ...]:
    """The main navigation for these roles; a place whose pages are not there is left out.

    `waiting` says by endpoint how many things wait there for this reader.
    """
    counts = waiting or {}
    mine = [
        (place, url_for(place.endpoint))
        for place in PLACES
        if place.endpoint in current_app.view_functions
        and any(may_at_all(permission, roles) for permission in place.permissions)
    ]
    here = [url for _, url in mine if f"{request.path}/".startswith(f"{url}/")]
    nearest = max(here, key=len, default="")
    return tuple(
        NavItem(
            said(place.label),
            url,
            "" if url != nearest else "page" if url == request.path else "true",
            counts.get(place.endpoint, 0),
        )
        for place, url in mine
    )


def start(roles: frozenset[Role]) -> str | None:
    """The address where somebody with these roles starts; None where no page is theirs yet."""
    for named, endpoint in STARTS:
        if roles & named and endpoint in current_app.view_functions:
            return url_for(endpoint)
    return None
