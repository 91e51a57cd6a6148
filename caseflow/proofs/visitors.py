"""Who visits: every role in every relation that opens a case to it, and those who stand in none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from caseflow.domain.access import Relation
from caseflow.domain.actors import Role

HAVEN, KOMPAS, CITY = "de-haven", "het-kompas", "gemeente-waterstad"
EAST, WEST, NORTH, KOMPAS_ONE = "team-east", "team-west", "team-north", "team-kompas"
HAVENHUIS, PAKHUIS, KOMPASHUIS = "havenhuis", "pakhuis", "kompashuis"


@dataclass(frozen=True)
class Visitor:
    """A colleague in one role, who stands in one relation to some of the clients."""

    key: str
    role: Role | None
    organisation: str = HAVEN
    team: str | None = None
    site: str | None = None
    on_duty_for: str | None = None
    """The team of a shift that runs now."""
    shows: Relation | None = None
    """The relation that this visitor is there to prove."""

    @property
    def name(self) -> str:
        """Role and relation, as a report says it."""
        role = self.role.value if self.role else "nobody signed in"
        return f"{role} · {self.key}"


R = Role
EVERYBODY: Final = (
    Visitor("case-team", R.CASEWORKER, team=EAST, shows=Relation.CASE_TEAM),
    Visitor("lead-on-case-team", R.TEAM_LEAD, team=NORTH, shows=Relation.CASE_TEAM),
    Visitor("deputy", R.CASEWORKER, team=NORTH),
    Visitor("same-team", R.CASEWORKER, team=EAST, shows=Relation.TEAM),
    Visitor("on-duty", R.CASEWORKER, team=NORTH, on_duty_for=EAST, shows=Relation.ON_DUTY),
    Visitor("lead-on-duty", R.TEAM_LEAD, team=NORTH, on_duty_for=EAST, shows=Relation.ON_DUTY),
    Visitor("leads-team", R.TEAM_LEAD, team=EAST, shows=Relation.LEADS_TEAM),
    Visitor("places", R.COORDINATOR, shows=Relation.PLACES),
    Visitor("shelters", R.COORDINATOR, KOMPAS, shows=Relation.SHELTERS),
    Visitor("own-site", R.RESIDENTIAL_WORKER, site=HAVENHUIS, shows=Relation.OWN_SITE),
    Visitor("other-site", R.RESIDENTIAL_WORKER, site=PAKHUIS),
    Visitor("tonight", R.NIGHT_WORKER, site=HAVENHUIS, shows=Relation.OWN_SITE_TONIGHT),
    Visitor("desk", R.INTAKE_DESK, shows=Relation.INTAKE_DESK),
    Visitor("counsellor", R.LEGAL_COUNSELLOR, shows=Relation.REFERRED),
    Visitor("nurse", R.HEALTH_WORKER, shows=Relation.REFERRED),
    Visitor("nurse-along", R.HEALTH_WORKER, shows=Relation.ACCOMPANYING),
    Visitor("glass", R.CASEWORKER, team=NORTH, shows=Relation.BROKEN_GLASS),
    Visitor("lead-glass", R.TEAM_LEAD, team=NORTH, shows=Relation.BROKEN_GLASS),
    Visitor("counsellor-glass", R.LEGAL_COUNSELLOR, shows=Relation.BROKEN_GLASS),
    Visitor("nurse-glass", R.HEALTH_WORKER, shows=Relation.BROKEN_GLASS),
    Visitor("named-reader", R.CASEWORKER, team=EAST),
    Visitor("case-team-west", R.CASEWORKER, team=WEST),
    Visitor("case-team-kompas", R.CASEWORKER, KOMPAS, team=KOMPAS_ONE),
    Visitor("ended", R.CASEWORKER, team=NORTH),
    Visitor("counsellor-ended", R.LEGAL_COUNSELLOR),
    Visitor("manager", R.PROGRAMME_MANAGER),
    Visitor("finance", R.FINANCE, CITY),
    Visitor("funder", R.FUNDER, CITY),
    Visitor("decision-maker", R.MUNICIPAL_DECISION_MAKER, CITY),
    Visitor("privacy-officer", R.PRIVACY_OFFICER),
    Visitor("fg", R.FG),
    Visitor("auditor", R.AUDITOR, CITY),
    Visitor("director", R.DIRECTOR),
    Visitor("administrator", R.ADMINISTRATOR, CITY),
    Visitor("nobody", None, ""),
)
"""In the first lines those who prove a relation each; then those for whom it is over, or who never stand in one."""

FAST: Final = frozenset(
    {
        "case-team",
        "same-team",
        "places",
        "tonight",
        "counsellor",
        "ended",
        "privacy-officer",
        "nobody",
    }
)
"""Of whom the fast form takes all routes."""
