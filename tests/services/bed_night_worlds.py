"""A house with years of nights behind it, written as rows, for statements and accountants."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from caseflow.domain.actors import Role
from caseflow.domain.daily_services import Month
from caseflow.services import bed_nights
from caseflow.services.bed_night_views import StatementView
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.shelter import Absence, Bed, Placement
from caseflow.storage.models.sites import OutOfService, PlaceMark, SiteShare
from tests import builders, cast
from tests.cast import Colleague

FIEN = Colleague("fien", "de-haven", None, (Role.FINANCE,))
FENNA = Colleague("fenna", "gemeente-waterstad", None, (Role.FINANCE,))
FLOOR = Colleague("floor", "het-kompas", None, (Role.FINANCE,))
AXEL = Colleague("axel", "gemeente-waterstad", None, (Role.AUDITOR,))
BEA = Colleague("bea", "gemeente-waterstad", None, (Role.AUDITOR,))
STAFF = (*cast.EVERYBODY, FIEN, FENNA, FLOOR, AXEL, BEA)
OCTOBER = Month(date(2026, 10, 1))
FIRST = date(2024, 1, 1)
TOLD = {"recorded_by": "kofi", "recorded_at": cast.NOW, "change_id": "invented"}


def opened(house: House, beds: int = 25, site: str = "havenhuis", **more: str) -> list[str]:
    """A site of De Haven with so many beds, four of which the municipality pays; everybody hired once."""
    made = builders.open_site(house, site, beds=beds, **more)
    with builders.casework(house) as session:
        session.add(SiteShare(site_id=site, funder="municipality", beds=4, from_on=FIRST, **TOLD))
    return made


def client(house: House, number: int, *, is_test: bool = False, restricted: bool = False) -> str:
    """A client of De Haven with a case, written as rows; answers the case."""
    code, case_id = f"WXYZ-{number:04d}", f"case-{number}"
    with builders.casework(house) as session:
        session.add(
            Client(
                code=code, organisation="de-haven", call_name=f"Somebody {number}", gender="unknown",
                age_band="unknown", is_test=is_test, restricted=restricted, registered_at=cast.NOW,
                change_id="invented",
            )
        )  # fmt: skip
        session.flush()
        session.add(
            Case(
                id=case_id, client_code=code, programme="waterstad-lvv", organisation="de-haven",
                stage="guidance", opened_at=cast.NOW, change_id="invented",
            )
        )  # fmt: skip
    return case_id


def slept(
    house: House, bed: str, number: int, first: date, until: date | None, status: str = ""
) -> str:
    """A stay of client so-and-so, written as a row; answers its id."""
    with builders.casework(house) as session:
        row = Placement(
            id=f"stay-{number}-{first}", bed_id=bed, client_code=f"WXYZ-{number:04d}",
            case_id=f"case-{number}", status=status or ("begun" if until is None else "ended"),
            arrival_on=first, departure_on=None if status else until,
            planned_departure_on=until if status else None, changed_at=cast.NOW, **TOLD,
        )  # fmt: skip
        session.add(row)
        session.flush()
        return row.id


def away(house: House, number: int, first: date, until: date | None) -> None:
    with builders.casework(house) as session:
        session.add(
            Absence(
                case_id=f"case-{number}", kind="hospital", from_on=first, until_on=until, **TOLD
            )
        )


def out_of_service(house: House, site: str, first: date, until: date | None, **place: str) -> None:
    with builders.casework(house) as session:
        session.add(
            OutOfService(
                outage_id=f"{site}-{first}-{len(place)}-{place.get('bed_id')}", site_id=site,
                reason="repair", from_on=first, until_on=until, **place, **TOLD,
            )
        )  # fmt: skip


def month_of(house: House, month: Month = OCTOBER, by: Colleague = FIEN) -> StatementView:
    """What a statement of De Haven would say; fails where there is none."""
    view = bed_nights.preview(by.actor(), "de-haven", month, cast.NOW)
    assert isinstance(view, StatementView), view
    return view


def fixed(house: House, month: Month = OCTOBER) -> str:
    """Fixes a statement of De Haven as it is now; answers its id."""
    seen = month_of(house, month).fingerprint
    made = bed_nights.fix(FIEN.actor(), "de-haven", month, seen, cast.NOW)
    assert isinstance(made, str), made
    return made


def history(house: House, random: Random, beds: list[str], until: date) -> None:
    """Years of random stays, absences, outages and marks on these beds, all written as rows."""
    number = 0
    rows: list[object] = []
    for place, bed in enumerate(beds):
        night = FIRST + timedelta(days=random.randrange(40))
        while night < until:
            number += 1
            end = night + timedelta(days=random.randrange(1, 120))
            status = random.choice(["ended"] * 6 + ["cancelled", "booked", "mistaken"])
            open_stay = status == "ended" and end >= until
            rows += _person(number, is_test=random.random() < 0.05)
            rows.append(
                Placement(
                    bed_id=bed, client_code=f"WXYZ-{number:04d}", case_id=f"case-{number}",
                    status="begun" if open_stay else status, arrival_on=night,
                    departure_on=end if status == "ended" and not open_stay else None,
                    planned_departure_on=end if status == "booked" else None,
                    changed_at=cast.NOW, **TOLD,
                )
            )  # fmt: skip
            if random.random() < 0.3:
                left = night + timedelta(days=random.randrange(30))
                back = left + timedelta(days=random.randrange(1, 20))
                rows.append(
                    Absence(
                        case_id=f"case-{number}", kind="leave", from_on=left, until_on=back, **TOLD
                    )
                )
            night = end + timedelta(days=random.randrange(15))
        for n in range(random.randrange(3)):
            since = FIRST + timedelta(days=random.randrange(900))
            rows.append(
                OutOfService(
                    outage_id=f"{bed}-{n}", site_id=bed.split("-room")[0], bed_id=bed, reason="repair",
                    from_on=since, until_on=since + timedelta(days=random.randrange(40)),
                    mistaken=random.random() < 0.1, **TOLD,
                )
            )  # fmt: skip
        if place % 9 == 0:
            since = FIRST + timedelta(days=random.randrange(300))
            for holds, later in ((True, 0), (False, random.randrange(1, 300))):
                rows.append(
                    PlaceMark(
                        bed_id=bed, kind="overflow", holds=holds,
                        from_on=since + timedelta(days=later), **TOLD,
                    )
                )  # fmt: skip
    with builders.casework(house) as session:
        for row in rows:
            session.add(row)
            if isinstance(row, Client | Case):
                session.flush()
        for bed in beds[:5]:
            session.get_one(Bed, bed).valid_from = date(2025, 3, 15)
        for bed in beds[5:9]:
            session.get_one(Bed, bed).valid_until = date(2026, 2, 10)


def _person(number: int, *, is_test: bool) -> list[object]:
    code = f"WXYZ-{number:04d}"
    return [
        Client(
            code=code, organisation="de-haven", call_name=f"Somebody {number}", gender="unknown",
            age_band="unknown", is_test=is_test, restricted=False, registered_at=cast.NOW,
            change_id="invented",
        ),
        Case(
            id=f"case-{number}", client_code=code, programme="waterstad-lvv", organisation="de-haven",
            stage="guidance", opened_at=cast.NOW, change_id="invented",
        ),
    ]  # fmt: skip
