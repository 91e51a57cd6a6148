"""Small worlds: the staff, sites and beds a test needs, in few lines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from sqlalchemy.orm import Session

from caseflow.services.houses import House
from caseflow.storage.engines import writing
from caseflow.storage.models.accounts import RoleGrant, Team, UserAccount
from caseflow.storage.models.figures import PastEpisode
from caseflow.storage.models.households import HouseholdMember
from caseflow.storage.models.shelter import Bed, Room, Site
from tests import cast

SYSTEM = "system"


@contextmanager
def casework(house: House) -> Iterator[Session]:
    """A session that writes to the casework store directly: for the stage of a test, never for its act."""
    with Session(writing(house.stores.casework), info={"writes": True}) as session:
        yield session
        session.commit()


@contextmanager
def vault(house: House) -> Iterator[Session]:
    """A session that writes to the vault of De Haven directly: for the stage of a test, never for its act."""
    with Session(writing(house.stores.vault("de-haven")), info={"writes": True}) as session:
        yield session
        session.commit()


def hire_everybody(house: House) -> None:
    """Puts the whole cast, and their teams, into the store."""
    hire(house, *cast.EVERYBODY)


def hire(house: House, *colleagues: cast.Colleague) -> None:
    """Puts colleagues, with their teams and roles, into the store: acts ask there whether their roles go on."""
    with casework(house) as session:
        for colleague in colleagues:
            if colleague.team and session.get(Team, colleague.team) is None:
                session.add(
                    Team(
                        id=colleague.team, organisation=colleague.organisation, name=colleague.team
                    )
                )
        session.flush()
        for colleague in colleagues:
            session.add(
                UserAccount(
                    id=colleague.id,
                    organisation=colleague.organisation,
                    team_id=colleague.team,
                    username=colleague.id,
                    display_name=colleague.id.title(),
                    status="active",
                    created_at=cast.NOW,
                )
            )
        session.flush()
        for colleague in colleagues:
            for role in colleague.roles:
                for programme in colleague.programmes or (None,):
                    session.add(
                        RoleGrant(
                            user_id=colleague.id,
                            role=role,
                            team_id=colleague.team,
                            site_id=colleague.site,
                            programme=programme,
                            granted_by=SYSTEM,
                            seconded_by=SYSTEM,
                            granted_at=cast.NOW,
                        )
                    )


def open_site(
    house: House,
    site_id: str = "havenhuis",
    organisation: str = "de-haven",
    beds: int = 3,
    rooms: int = 1,
) -> list[str]:
    """Opens a site with rooms and beds; answers the ids of the beds."""
    since = date(2024, 1, 1)
    made = []
    with casework(house) as session:
        session.add(
            Site(
                id=site_id,
                organisation=organisation,
                name=site_id.title(),
                kind="full_day",
                valid_from=since,
            )
        )
        session.flush()
        for r in range(1, rooms + 1):
            room = f"{site_id}-room-{r}"
            session.add(Room(id=room, site_id=site_id, name=f"Room {r}", valid_from=since))
            session.flush()
            for b in range(1, beds + 1):
                bed = f"{room}-bed-{b}"
                session.add(Bed(id=bed, room_id=room, name=f"{r}.{b}", valid_from=since))
                made.append(bed)
    return made


def family(house: House, *client_codes: str, household: str = "household") -> None:
    """Puts clients into one household, as adults who live together."""
    with casework(house) as session:
        session.add_all(
            HouseholdMember(
                household_id=household,
                client_code=code,
                role="adult",
                from_on=date(2026, 11, 1),
                recorded_at=cast.NOW,
                recorded_by=SYSTEM,
                change_id="invented",
            )
            for code in client_codes
        )


OUTCOMES = (
    ("residence_permit", None, 61), ("voluntary_return", None, 42), ("onward_migration", None, 24),
    ("national_reception", "repeat_asylum_application", 88), ("national_reception", "medical_deferral", 27),
    ("national_reception", "other", 2), ("left_destination_unknown", None, 96), ("ended_by_programme", "safety", 31),
    ("stay_limit_reached", None, 19), ("detained", None, 8), ("forced_departure", None, 3),
    ("dublin_transfer", None, 11), ("other", None, 12), ("unknown", None, 1), (None, None, 140),
)  # fmt: skip
"""Invented outcomes of past episodes, and how many people each: a history large enough to publish."""


def past_episodes(
    house: House,
    programme: str,
    source: str = "archive",
    times: float = 1,
    after: date = date(2024, 1, 1),
) -> int:
    """Puts imported history into the store, so many times as large as `OUTCOMES`; answers how many."""
    rows = [
        PastEpisode(
            source=source,
            programme=programme,
            person_hash=f"{place:03d}{number:061d}",
            entered_on=after + timedelta(days=number % 90),
            exited_on=after + timedelta(days=100 + number % 300) if outcome else None,
            outcome=outcome,
            outcome_basis=basis,
            gender="unknown",
            age_band="unknown",
            change_id="invented",
        )
        for place, (outcome, basis, count) in enumerate(OUTCOMES)
        for number in range(int(count * times))
    ]
    with casework(house) as session:
        session.add_all(rows)
    return len(rows)
