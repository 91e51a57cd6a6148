"""Which nights on a bed each reader sees: a worker of a site those of the site, at night those of tonight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.redaction import HIDDEN
from caseflow.services import gatekeeping
from caseflow.services.case_views import CaseView, PlacementView
from caseflow.services.houses import House
from caseflow.storage.models.accounts import UserAccount
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Case, Referral
from caseflow.storage.models.shelter import Absence, Placement
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague

ROOS = Colleague("roos", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "havenhuis")
WATCH = Colleague("nadia", "de-haven", None, (Role.NIGHT_WORKER,), "havenhuis")
ADVISER = Colleague("lou", "de-haven", None, (Role.LEGAL_COUNSELLOR,))
NURSE = Colleague("hanna", "de-haven", None, (Role.HEALTH_WORKER,))
OWN_BED, OTHER_BED = "havenhuis-room-1-bed-1", "kadehuis-room-1-bed-1"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    """Somebody who slept at another site, sleeps at Havenhuis now, and is to go to the other site again."""
    builders.hire_everybody(house)
    builders.open_site(house)
    builders.open_site(house, "kadehuis")
    made = world.admitted(days_ago=40)
    stays(house, made, OTHER_BED, "ended", -30, until=-10)
    stays(house, made, OWN_BED, "begun", -10, planned=2)
    stays(house, made, OTHER_BED, "booked", 2, planned=3)
    return made


def stays(
    house: House,
    case_id: str,
    bed: str,
    status: str,
    arrival: int,
    *,
    until: int | None = None,
    planned: int | None = None,
) -> None:
    """A stay from so many days after today (before, where negative) until so many."""
    today = clock.today()
    with builders.casework(house) as session:
        session.add(
            Placement(
                bed_id=bed,
                client_code=session.get(Case, case_id).client_code,  # type: ignore[union-attr]
                case_id=case_id,
                status=status,
                arrival_on=today + timedelta(days=arrival),
                planned_departure_on=None if planned is None else today + timedelta(days=planned),
                departure_on=None if until is None else today + timedelta(days=until),
                recorded_by="kofi",
                recorded_at=cast.NOW,
                changed_at=cast.NOW,
                change_id=new_id(),
            )
        )


def refer(house: House, case_id: str, colleague: Colleague) -> None:
    with builders.casework(house) as session:
        session.add(
            UserAccount(
                id=colleague.id,
                organisation=colleague.organisation,
                username=colleague.id,
                display_name=colleague.id.title(),
                status="active",
                created_at=cast.NOW,
            )
        )
        session.flush()
        session.add(
            Referral(
                case_id=case_id,
                user_id=colleague.id,
                kind="legal",
                from_on=clock.today() - timedelta(days=5),
                change_id=new_id(),
            )
        )


def opened(colleague: Colleague, case_id: str) -> CaseView:
    return gatekeeping.open_case(colleague.actor(), case_id, clock.now())


def nights(colleague: Colleague, case_id: str) -> list[tuple[str, object]]:
    """Site and state of each stay that is shown."""
    return [(one.site, one.status) for one in shown(colleague, case_id)]


def shown(colleague: Colleague, case_id: str) -> tuple[PlacementView, ...]:
    placements = opened(colleague, case_id).placements
    assert isinstance(placements, tuple)
    return placements


def bed_days(view: CaseView) -> list[int]:
    return [(one.on - clock.today()).days for one in view.timeline if one.kind == "bed"]


def test_a_worker_of_a_site_sees_the_nights_at_that_site_alone(case_id: str) -> None:
    assert nights(ROOS, case_id) == [("Havenhuis", "begun")]
    assert bed_days(opened(ROOS, case_id)) == [-10]
    everywhere = opened(cast.KOFI, case_id)
    assert len(everywhere.placements) == 3  # type: ignore[arg-type]
    assert sorted(bed_days(everywhere)) == [-30, -10, -10]


def test_at_night_the_bed_of_tonight_is_seen_without_dates_and_nothing_else(
    house: House, case_id: str
) -> None:
    stays(house, case_id, "havenhuis-room-1-bed-2", "booked", 3)
    [bed] = shown(WATCH, case_id)
    assert (bed.site, bed.bed, bed.status) == ("Havenhuis", "1.1", "begun")
    assert (bed.arrival_on, bed.planned_departure_on, bed.departure_on) == (HIDDEN,) * 3
    assert bed_days(opened(WATCH, case_id)) == []


@pytest.mark.parametrize("colleague", [ADVISER, NURSE])
def test_a_counsellor_and_a_health_worker_know_the_site_and_no_more(
    house: House, case_id: str, colleague: Colleague
) -> None:
    refer(house, case_id, colleague)
    [where] = shown(colleague, case_id)
    assert where.site == "Havenhuis"
    assert (where.room, where.bed, where.status) == (HIDDEN,) * 3
    assert (where.arrival_on, where.planned_departure_on, where.departure_on) == (HIDDEN,) * 3


def test_a_colleague_of_the_team_sees_the_bed_without_dates(case_id: str) -> None:
    assert nights(cast.BRAM, case_id) == [("Kadehuis", "booked"), ("Havenhuis", "begun")]
    assert {one.arrival_on for one in shown(cast.BRAM, case_id)} == {HIDDEN}


def test_nights_away_from_another_site_are_not_told_at_the_site_that_awaits_somebody(
    house: House, case_id: str
) -> None:
    with builders.casework(house) as session:
        session.add(
            Absence(
                case_id=case_id,
                kind="hospital",
                from_on=clock.today() - timedelta(days=1),
                recorded_by="kofi",
                recorded_at=cast.NOW,
                change_id=new_id(),
            )
        )
    awaited = Colleague("ivo", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "kadehuis")
    assert opened(awaited, case_id).absence is HIDDEN
    assert opened(ROOS, case_id).absence is not HIDDEN
    assert opened(cast.KOFI, case_id).absence is not HIDDEN
