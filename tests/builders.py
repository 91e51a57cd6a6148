"""Small worlds: the staff, sites and beds a test needs, in few lines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy.orm import Session

from caseflow.services.houses import House
from caseflow.storage.engines import writing
from caseflow.storage.models.accounts import RoleGrant, Team, UserAccount
from caseflow.storage.models.shelter import Bed, Room, Site
from tests import cast

SYSTEM = "system"


@contextmanager
def casework(house: House) -> Iterator[Session]:
    """A session that writes to the casework store directly: for the stage of a test, never for its act."""
    with Session(writing(house.stores.casework), info={"writes": True}) as session:
        yield session
        session.commit()


def hire_everybody(house: House) -> None:
    """Puts the whole cast, and their teams, into the store."""
    with casework(house) as session:
        for colleague in cast.EVERYBODY:
            if colleague.team and session.get(Team, colleague.team) is None:
                session.add(
                    Team(
                        id=colleague.team, organisation=colleague.organisation, name=colleague.team
                    )
                )
        session.flush()
        for colleague in cast.EVERYBODY:
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
        for colleague in cast.EVERYBODY:
            for role in colleague.roles:
                for programme in colleague.programmes or (None,):
                    session.add(
                        RoleGrant(
                            user_id=colleague.id,
                            role=role,
                            team_id=colleague.team,
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
