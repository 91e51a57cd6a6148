"""Which notes of a case each reader gets: every page of them, and only the kinds that are theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.redaction import HIDDEN
from caseflow.services import casework, gatekeeping
from caseflow.services.case_views import CaseView
from caseflow.services.houses import House
from caseflow.services.vault_readings import NOTES_SHOWN
from caseflow.storage.models.accounts import RosterShift, UserAccount
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Referral
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague

ADVISER = Colleague("lou", "de-haven", None, (Role.LEGAL_COUNSELLOR,))
NURSE = Colleague("hanna", "de-haven", None, (Role.HEALTH_WORKER,))
WATCH = Colleague("nadia", "de-haven", None, (Role.NIGHT_WORKER,), "havenhuis")
STILL_MANY = NOTES_SHOWN + 5


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    with builders.casework(house) as session:
        for one in (ADVISER, NURSE):
            session.add(
                UserAccount(
                    id=one.id,
                    organisation=one.organisation,
                    username=one.id,
                    display_name=one.id.title(),
                    status="active",
                    created_at=cast.NOW,
                )
            )
    [bed, *_] = builders.open_site(house)
    made = world.admitted(days_ago=10)
    world.sleeps(house, made, bed, days_ago=5)
    return made


def refer(house: House, case_id: str, colleague: Colleague, kind: str) -> None:
    with builders.casework(house) as session:
        session.add(
            Referral(
                case_id=case_id,
                user_id=colleague.id,
                kind=kind,
                from_on=date(2026, 11, 1),
                change_id=new_id(),
            )
        )


def on_duty(house: House, colleague: Colleague) -> None:
    with builders.casework(house) as session:
        session.add(
            RosterShift(
                user_id=colleague.id,
                organisation=colleague.organisation,
                starts_at=cast.NOW - timedelta(hours=1),
                ends_at=cast.NOW + timedelta(hours=8),
                entered_by="lena",
            )
        )


def opened(colleague: Colleague, case_id: str, page: int = 1) -> CaseView:
    return gatekeeping.open_case(colleague.actor(), case_id, clock.now(), notes_page=page)


def read(colleague: Colleague, case_id: str, page: int = 1) -> tuple[list[str], int | None]:
    """The words of the notes on one page, and the number of the page with older ones."""
    view = opened(colleague, case_id, page)
    assert isinstance(view.notes, tuple)
    return [note.words for note in view.notes], view.older_notes_page


def many(count: int = STILL_MANY, kind: str = "contact") -> list[tuple[str, str]]:
    return [(kind, f"{kind} {number}") for number in range(count)]


def test_every_note_is_read_a_page_at_a_time(house: House, case_id: str) -> None:
    world.wrote(house, case_id, *many(2 * NOTES_SHOWN + 1))
    found: list[str] = []
    page: int | None = 1
    while page is not None:
        shown, page = read(cast.AMINA, case_id, page)
        assert len(shown) <= NOTES_SHOWN
        found += shown
    assert found == [said for _, said in reversed(many(2 * NOTES_SHOWN + 1))]


def test_a_full_page_has_no_older_one(house: House, case_id: str) -> None:
    world.wrote(house, case_id, *many(NOTES_SHOWN))
    shown, older = read(cast.AMINA, case_id)
    assert (len(shown), older) == (NOTES_SHOWN, None)


@pytest.mark.parametrize(
    ("kind", "colleague", "referral"),
    [
        ("legal", ADVISER, "legal"),
        ("medical", NURSE, "health"),
        ("handover", cast.KOFI, None),
        ("intake", cast.TESS, None),
    ],
)
def test_notes_of_a_kind_do_not_vanish_under_many_others(
    house: House, case_id: str, kind: str, colleague: Colleague, referral: str | None
) -> None:
    if referral:
        refer(house, case_id, colleague, referral)
    long_ago = cast.NOW - timedelta(days=3)
    world.wrote(house, case_id, (kind, "the one they need"), by=colleague.id, at=long_ago)
    world.wrote(house, case_id, *many())
    assert read(colleague, case_id) == (["the one they need"], None)


def test_a_note_is_marked_as_corrected_on_whatever_page_it_stands(
    house: House, case_id: str
) -> None:
    world.wrote(house, case_id, ("contact", "mistaken"), at=cast.NOW - timedelta(days=1))
    world.wrote(house, case_id, *many(NOTES_SHOWN - 1))
    [wrong] = [one for one in opened(cast.AMINA, case_id).notes if one.words == "mistaken"]  # type: ignore[union-attr]
    at, amina, day = cast.NOW + timedelta(minutes=1), cast.AMINA.actor(), clock.today()
    world.done(
        casework.write_note(amina, case_id, "contact", day, "right", at, corrects_id=wrong.id)
    )
    shown = opened(cast.AMINA, case_id, 2).notes
    assert [(one.words, one.corrected) for one in shown] == [("mistaken", True)]  # type: ignore[union-attr]


def test_on_duty_the_last_five_contacts_are_read_and_no_legal_or_medical_word(
    house: House, case_id: str
) -> None:
    on_duty(house, cast.SARA)
    contacts = [("phone", "1"), ("visit", "2"), ("contact", "3"), ("phone", "4"), ("visit", "5")]
    world.wrote(house, case_id, ("contact", "0"), *contacts)
    world.wrote(house, case_id, ("legal", "appeal"), ("medical", "clinic"), ("handover", "key"))
    assert read(cast.SARA, case_id) == (["5", "4", "3", "2", "1"], None)


def test_at_night_the_handover_of_since_yesterday_noon_is_read_and_nothing_older(
    house: House, case_id: str
) -> None:
    noon = datetime(2026, 11, 21, 11, 0, tzinfo=UTC)  # twelve o'clock in Amsterdam
    for minutes, said in (
        (-1, "of the night before"),
        (0, "of noon"),
        (60 * 20, "of this morning"),
    ):
        world.wrote(house, case_id, ("handover", said), at=noon + timedelta(minutes=minutes))
    world.wrote(house, case_id, ("contact", "not a handover"))
    assert read(WATCH, case_id) == (["of this morning", "of noon"], None)
    assert len(read(cast.KOFI, case_id)[0]) == 3


def test_a_note_of_somebody_who_was_on_duty_says_who_wrote_it(house: House, case_id: str) -> None:
    on_duty(house, cast.SARA)
    at = clock.now()
    sara = cast.SARA.actor()
    world.done(casework.write_note(sara, case_id, "visit", clock.today(), "Walked in.", at))
    notes = opened(cast.AMINA, case_id).notes
    assert isinstance(notes, tuple)
    assert [one.by for one in notes if one.words == "Walked in."] == ["Sara"]


def test_on_duty_reads_the_deadline_of_a_procedure_and_not_how_it_ended(
    house: House, case_id: str
) -> None:
    lodged = ("medical_deferral_decided", date(2026, 11, 20), "granted")
    world.done(casework.record_milestone(cast.AMINA.actor(), case_id, *lodged, clock.now()))
    on_duty(house, cast.SARA)

    [of_the_team] = opened(cast.AMINA, case_id).milestones
    [of_the_duty] = opened(cast.SARA, case_id).milestones

    assert of_the_team.result == "granted"
    assert (of_the_duty.event_on, of_the_duty.result) == (lodged[1], HIDDEN)
