"""Who may read statements of bed-nights, and what an accountant reads behind a night: said again for the proof."""

from __future__ import annotations

from typing import Final

from caseflow.domain.actors import Role
from caseflow.proofs.plants import Kind, Plant
from caseflow.proofs.visitors import Visitor
from caseflow.proofs.worlds import Client

R = Role
IN_A_SAMPLE: Final = "inside"
"""The client of whom a night is in the sample of an accountant; a restricted one is in another, and is not shown."""
BEHIND_A_NIGHT: Final = frozenset(
    {"placements.arrival_on", "placements.departure_on", "presences.state", "beds.name"}
    | {"placements.bed_id", "placements.recorded_at", "presences.recorded_at"}
    | {"absences.from_on", "absences.until_on"}
)
"""What an accountant reads of a night of the sample, by client code and beside the privacy officer."""
STATED: Final = frozenset({"bed_night_statements", "assurance_notes"})
READS_STATEMENTS: Final = frozenset({R.FINANCE, R.COORDINATOR, R.PRIVACY_OFFICER, R.AUDITOR})
NAMED: Final = frozenset({"user_accounts.id", "user_accounts.display_name"})


def looks_behind(visitor: Visitor, client: Client) -> bool:
    """Whether a night of this client is in a sample that this visitor looks behind."""
    return visitor.role is R.AUDITOR and client.key == IN_A_SAMPLE


def shows(visitor: Visitor, plant: Plant, client: Client) -> bool:
    """What is read behind a night: the code, the bed, days of one stay, and that somebody was away."""
    if not looks_behind(visitor, client):
        return False
    return plant.kind is Kind.CODE or plant.place in BEHIND_A_NIGHT


def goes_along(visitor: Visitor, plant: Plant) -> bool:
    """What of the house itself stands on the pages of statements and sessions."""
    if plant.table in STATED or (plant.account == "auditor" and plant.place in NAMED):
        return visitor.role in READS_STATEMENTS
    if plant.table == "auditor_sessions":
        return visitor.role in (R.AUDITOR, R.PRIVACY_OFFICER)
    return visitor.role is R.AUDITOR and (
        plant.table == "sampled_nights" or plant.place in BEHIND_A_NIGHT
    )
