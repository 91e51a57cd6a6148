"""Reviews in the service: what is told, what is kept, and a sample that nobody can foretell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from caseflow import clock
from caseflow.domain.decisions import Refused
from caseflow.domain.redaction import HIDDEN
from caseflow.services import gatekeeping, glass, review_words, reviews, weekly_reviews
from caseflow.services.gatekeeping import NotKnown, VaultSealed
from caseflow.services.houses import House
from caseflow.storage.models.accounts import UserAccount
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.cases import BrokenGlass, Case
from caseflow.storage.models.governance import WeeklyReview
from tests import builders, cast
from tests import case_worlds as world

REASON = "Their caseworker is ill and the hearing is in an hour."
FOUND = "Asked the colleague and saw the hearing on the calendar."
MONDAY = date(2026, 11, 16)
NEXT_WEEK = cast.NOW + timedelta(days=1)
PETRA = cast.PETRA.actor()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def glass_id(house: House) -> str:
    """Sara broke the glass of a case of Amina's."""
    builders.hire_everybody(house)
    case_id = world.admitted(days_ago=10)
    with house.stores.reading() as session:
        code = session.get_one(Case, case_id).client_code
    glass.break_glass(cast.SARA.actor(), code, "deadline", REASON, cast.NOW)
    gatekeeping.open_case(cast.SARA.actor(), case_id, cast.NOW)
    with house.stores.reading() as session:
        return session.scalars(select(BrokenGlass.id)).one()


def judge(glass_id: str, by: cast.Colleague = cast.PETRA, **more: str) -> Refused | None:
    asked = {"verdict": "justified", "found": FOUND} | more
    return reviews.review(
        by.actor(), "glass", glass_id, asked["verdict"], asked["found"], NEXT_WEEK
    )


def test_a_review_is_told_by_code_and_its_words_lie_in_the_vault(
    house: House, glass_id: str
) -> None:
    assert judge(glass_id) is None
    seen = reviews.opened(PETRA, "glass", glass_id, NEXT_WEEK)

    assert (seen.reason, seen.found) == (REASON, FOUND)
    assert (seen.item.verdict, seen.item.reviewed_by) == ("justified", "Petra")
    assert [one.what.text for one in seen.looks] == ["Opened a file", "Broke the glass of a file"]
    with house.stores.audit.connect() as log:
        rows = log.execute(select(Entry.__table__).where(Entry.user_id == "petra")).all()
    assert {row.event for row in rows} == {"glass_reviewed", "review_opened"}
    assert "hearing" not in str(rows)


def test_a_refused_review_changes_nothing(house: House, glass_id: str) -> None:
    assert isinstance(judge(glass_id, found=""), Refused)
    assert isinstance(judge(glass_id, verdict=""), Refused)
    for other in (cast.SARA, cast.LENA, cast.YUSUF):
        with pytest.raises(NotKnown):
            judge(glass_id, other)
    house.stores.forget_vaults()
    with pytest.raises(VaultSealed):
        judge(glass_id)
    with house.stores.reading() as session:
        assert session.scalars(select(BrokenGlass.verdict)).all() == [None]


@pytest.mark.parametrize(
    "values",
    [
        {"reviewed_by": "sara", "verdict": "justified"},
        {"reviewed_by": "petra", "verdict": None},
        {"reviewed_by": None, "verdict": "justified"},
    ],
)
def test_the_store_itself_refuses_an_own_review_and_an_empty_one(
    house: House, glass_id: str, values: dict[str, str | None]
) -> None:
    with pytest.raises(IntegrityError), builders.casework(house) as session:
        session.execute(update(BrokenGlass).values(**values))


def test_words_of_a_crashed_change_are_not_shown(house: House, glass_id: str) -> None:
    """The vault was committed, the casework store was not: nobody sees the row."""
    assert judge(glass_id) is None
    with builders.casework(house) as session:
        session.execute(update(BrokenGlass).values(verdict=None, reviewed_by=None))
        session.connection().exec_driver_sql("DELETE FROM changes WHERE event = 'glass_reviewed'")
    with house.stores.reading() as session:
        assert review_words.read(session, PETRA, glass_id, "petra") is None
        assert review_words.read(session, PETRA, glass_id, "sara") == REASON
        assert review_words.read(session, cast.LENA.actor(), glass_id, "sara") is HIDDEN


@pytest.fixture
def busy_week(house: House) -> list[str]:
    """Forty looks of Amina's in one week, one of Lena's, and one that was denied to another organisation."""
    builders.hire_everybody(house)
    case_id = world.assigned()
    with builders.casework(house) as session:
        session.execute(update(UserAccount).values(created_at=cast.NOW - timedelta(days=2)))
    for number in range(40):
        gatekeeping.open_case(cast.AMINA.actor(), case_id, cast.NOW + number * timedelta(minutes=1))
    gatekeeping.open_case(cast.LENA.actor(), case_id, cast.NOW)
    with pytest.raises(NotKnown):
        gatekeeping.open_case(cast.YUSUF.actor(), case_id, cast.NOW)
    return [case_id]


def test_the_sample_is_the_same_every_time_and_never_ones_own(
    house: House, busy_week: list[str]
) -> None:
    first = weekly_reviews.opened(PETRA, MONDAY, NEXT_WEEK)
    second = weekly_reviews.opened(PETRA, MONDAY, NEXT_WEEK)

    assert first.looks == second.looks
    assert (len(first.looks), first.drawn_from) == (20, 41)
    moments = [one.at for one in first.looks]
    assert moments == sorted(moments)
    assert moments[-1] > cast.NOW + timedelta(minutes=20), "not just the first twenty"
    assert {one.colleague for one in first.looks} <= {"Amina", "Lena"}
    amina = weekly_reviews._sampled(cast.AMINA.actor(), MONDAY)
    assert {one.user_id for one in amina[0]} == {"lena"}, "her own looks are not for her"


def test_a_week_is_kept_with_its_sample_and_its_verdict(house: House, busy_week: list[str]) -> None:
    assert weekly_reviews.count(PETRA, NEXT_WEEK) == 1
    assert isinstance(weekly_reviews.close(PETRA, MONDAY, "in_order", " ", NEXT_WEEK), Refused)
    assert isinstance(weekly_reviews.close(PETRA, MONDAY, "", FOUND, NEXT_WEEK), Refused)
    assert isinstance(weekly_reviews.close(PETRA, MONDAY, "in_order", FOUND, cast.NOW), Refused)
    with pytest.raises(NotKnown):
        weekly_reviews.close(cast.LENA.actor(), MONDAY, "in_order", FOUND, NEXT_WEEK)
    assert weekly_reviews.close(PETRA, MONDAY, "in_order", FOUND, NEXT_WEEK) is None
    assert isinstance(weekly_reviews.close(PETRA, MONDAY, "in_order", FOUND, NEXT_WEEK), Refused)

    with house.stores.reading() as session:
        kept = session.scalars(select(WeeklyReview)).one()
        assert (kept.week_from, kept.sampled, kept.verdict) == (MONDAY, 20, "in_order")
    assert weekly_reviews.count(PETRA, NEXT_WEEK) == 0
