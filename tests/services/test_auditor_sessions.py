"""The accountant's session: who opens it, what is in a sample, what lies behind a night, and what is signed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain import audit_samples
from caseflow.domain.audit_samples import Finding, allotted, drawn
from caseflow.domain.bed_nights import BedNight, CountedBed, NightState
from caseflow.domain.decisions import Refused
from caseflow.domain.nights import Nights
from caseflow.services import auditor_sessions, bed_nights, placements
from caseflow.services.auditor_session_views import NightView
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.audit import Entry, Subject
from caseflow.storage.models.cases import Client
from caseflow.storage.models.presences import Presence
from caseflow.storage.models.shelter import Placement
from tests import builders, case_worlds, cast
from tests.cast import Colleague
from tests.services import bed_night_worlds as world
from tests.services.bed_night_worlds import AXEL, BEA, OCTOBER

PETRA, ACCOUNTANT = cast.PETRA.actor(), AXEL.actor()
LATER = cast.NOW + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def staff(sealed_house: House) -> Iterator[None]:
    builders.hire(sealed_house, *world.STAFF)
    with clock.fixed(cast.NOW):
        yield


def statement(house: House, people: int = 3) -> str:
    """A statement of October in which so many people slept all month; a second site of the same kind beside it."""
    beds = world.opened(house)
    for number in range(1, people + 1):
        world.client(house, number)
        world.slept(house, beds[number], number, date(2026, 9, 20), None)
    return world.fixed(house)


def opened(house: House, people: int = 3, by: Colleague = AXEL) -> str:
    made = auditor_sessions.open_session(PETRA, statement(house, people), by.id, cast.NOW)
    assert isinstance(made, str), made
    return made


def behind(session_id: str, number: int = 1, now: datetime = LATER) -> NightView:
    view = auditor_sessions.night(ACCOUNTANT, session_id, number, now)
    assert isinstance(view, NightView), view
    return view


def looked_behind(session_id: str, *differences: Finding) -> None:
    """Every night of the sample in order, but for the first ones."""
    for number in range(1, 26):
        found = differences[number - 1] if number <= len(differences) else Finding.IN_ORDER
        assert auditor_sessions.record_finding(ACCOUNTANT, session_id, number, found, LATER) is None


def test_a_sample_of_25_nights_is_drawn_from_a_seed_that_is_kept(sealed_house: House) -> None:
    session_id = opened(sealed_house)
    view = auditor_sessions.session_view(ACCOUNTANT, session_id, LATER)
    assert len(view.nights) == audit_samples.SAMPLE_SIZE
    assert view.same_count
    with sealed_house.stores.reading() as session:
        nights = bed_nights.taken(session, "de-haven", OCTOBER, cast.NOW)
    again = drawn(nights, view.seed)
    assert [(one.night, one.state) for one in view.nights] == [
        (one.night, one.state) for one in again
    ]
    assert view.line.ends_at == cast.NOW + timedelta(hours=4)


def test_the_accountant_sees_a_code_a_bed_and_days_and_each_look_is_told(
    sealed_house: House,
) -> None:
    session_id = opened(sealed_house, people=1)
    view = behind(session_id)
    assert view.evidence is not None
    assert (view.evidence.client_code, view.evidence.bed) == ("WXYZ-0001", "1.2")
    assert (view.evidence.arrival_on, view.evidence.departure_on) == (date(2026, 9, 20), None)
    assert not view.evidence.was_away
    with Session(sealed_house.stores.audit) as log:
        [told] = log.scalars(select(Entry).where(Entry.event == "auditor_night_shown"))
        assert json.loads(told.details) == {"number": 1}
        assert told.object_id == session_id
        subjects = log.scalars(select(Subject.position).where(Subject.position == told.position))
        assert len(subjects.all()) == 1
    assert "Somebody" not in repr(view)


def test_behind_a_night_stands_when_and_in_which_role_it_was_recorded(house: House) -> None:
    """A stay made through the services, and a round while presence by name is kept."""
    beds = world.opened(house)
    case_id = case_worlds.admitted(days_ago=60)
    then = datetime(2026, 10, 5, 9, tzinfo=UTC)
    kofi = cast.KOFI.actor()
    with clock.fixed(then):
        made = placements.allocate(kofi, case_id, beds[0], date(2026, 10, 5), None, then)
        assert not isinstance(made, Refused), made
    with builders.casework(house) as session:
        for day in range(5, 32):
            session.add(
                Presence(
                    site_id="havenhuis", night=date(2026, 10, day), placement_id=made.placement_id,
                    case_id=case_id, state="there", bed_kind="full_day", **world.TOLD,
                )
            )  # fmt: skip
    session_id = auditor_sessions.open_session(PETRA, world.fixed(house), AXEL.id, cast.NOW)
    assert isinstance(session_id, str)
    evidence = behind(session_id).evidence
    assert evidence is not None
    [act] = evidence.acts
    assert (str(act.what), act.at, [role.value for role in act.roles]) == (
        "Kept a bed for somebody", then, ["coordinator"],
    )  # fmt: skip
    assert [one.state for one in evidence.presences] == ["there"]


def test_a_restricted_client_is_never_in_a_sample(sealed_house: House) -> None:
    beds = world.opened(sealed_house)
    for number in (1, 2):
        world.client(sealed_house, number, restricted=number == 1)
        world.slept(sealed_house, beds[number], number, date(2026, 9, 20), None)
    session_id = auditor_sessions.open_session(PETRA, world.fixed(sealed_house), AXEL.id, cast.NOW)
    assert isinstance(session_id, str)
    seen = {behind(session_id, number).evidence.client_code for number in range(1, 26)}  # type: ignore[union-attr]
    assert seen == {"WXYZ-0002"}


def test_who_was_restricted_or_erased_since_is_not_shown(sealed_house: House) -> None:
    session_id = opened(sealed_house, people=1)
    with builders.casework(sealed_house) as session:
        session.execute(update(Client).values(restricted=True))
    assert behind(session_id).evidence is None
    with builders.casework(sealed_house) as session:
        session.execute(update(Client).values(restricted=False))
        session.execute(Placement.__table__.delete())
    assert behind(session_id).evidence is None


def test_the_note_says_how_many_were_in_order_and_stays_with_the_statement(
    sealed_house: House,
) -> None:
    session_id = opened(sealed_house)
    early = auditor_sessions.sign(ACCOUNTANT, session_id, LATER)
    assert isinstance(early, Refused)
    assert "Of 25 nights nothing was found yet" in str(early.reason)
    looked_behind(session_id, Finding.OTHER_BED, Finding.NO_EVIDENCE, Finding.OTHER_BED)
    assert auditor_sessions.sign(ACCOUNTANT, session_id, LATER) is None

    view = auditor_sessions.session_view(PETRA, session_id, LATER)
    assert view.line.is_signed
    assert not view.nights
    shown = bed_nights.statement(cast.KOFI.actor(), view.line.statement_id, LATER)
    [note] = shown.notes
    assert (note.by, note.sampled, note.in_order) == ("Axel", 25, 22)
    assert note.differences == ((Finding.OTHER_BED, 2), (Finding.NO_EVIDENCE, 1))
    again = auditor_sessions.sign(ACCOUNTANT, session_id, LATER)
    found = auditor_sessions.record_finding(ACCOUNTANT, session_id, 1, Finding.IN_ORDER, LATER)
    assert again == found == auditor_sessions.night(ACCOUNTANT, session_id, 1, LATER)
    assert again == auditor_sessions.OVER


OVER = [
    ("after four hours", cast.NOW + timedelta(hours=4), False),
    ("closed by the privacy officer", LATER, True),
]


@pytest.mark.parametrize(("sentence", "now", "closes"), OVER, ids=[c[0] for c in OVER])
def test_nothing_is_shown_once_a_session_is_over(
    sealed_house: House, sentence: str, now: datetime, closes: bool
) -> None:
    session_id = opened(sealed_house)
    if closes:
        assert auditor_sessions.close(PETRA, session_id, LATER) is None
    assert auditor_sessions.night(ACCOUNTANT, session_id, 1, now) == auditor_sessions.OVER, sentence
    assert auditor_sessions.session_view(ACCOUNTANT, session_id, now).nights == ()
    assert auditor_sessions.sign(ACCOUNTANT, session_id, now) == auditor_sessions.OVER
    again = auditor_sessions.close(PETRA, session_id, now)
    assert isinstance(again, Refused)


STRANGERS = [BEA, cast.PETRA, cast.KOFI, cast.LENA, cast.ADA, world.FIEN, world.FENNA, cast.FEMKE]


@pytest.mark.parametrize("stranger", STRANGERS, ids=[one.id for one in STRANGERS])
def test_what_lies_behind_a_night_is_there_for_the_named_accountant_alone(
    sealed_house: House, stranger: Colleague
) -> None:
    session_id, actor = opened(sealed_house), stranger.actor()
    for act in (
        lambda: auditor_sessions.night(actor, session_id, 1, LATER),
        lambda: auditor_sessions.record_finding(actor, session_id, 1, Finding.IN_ORDER, LATER),
        lambda: auditor_sessions.sign(actor, session_id, LATER),
    ):
        with pytest.raises(NotKnown):
            act()
    if stranger is not cast.PETRA:
        with pytest.raises(NotKnown):
            auditor_sessions.session_view(actor, session_id, LATER)
        with pytest.raises(NotKnown):
            auditor_sessions.close(actor, session_id, LATER)


OPENERS = [cast.KOFI, cast.LENA, AXEL, world.FIEN, cast.ADA]


@pytest.mark.parametrize("opener", OPENERS, ids=[one.id for one in OPENERS])
def test_the_privacy_officer_of_the_house_alone_opens_a_session(
    sealed_house: House, opener: Colleague
) -> None:
    asked = statement(sealed_house)
    with pytest.raises(NotKnown):
        auditor_sessions.open_session(opener.actor(), asked, AXEL.id, cast.NOW)


def test_a_privacy_officer_of_another_house_opens_nothing(sealed_house: House) -> None:
    other = Colleague("pim", "het-kompas", None, (cast.Role.PRIVACY_OFFICER,))
    builders.hire(sealed_house, other)
    asked = statement(sealed_house)
    with pytest.raises(NotKnown):
        auditor_sessions.open_session(other.actor(), asked, AXEL.id, cast.NOW)


REFUSED = [
    ("somebody who is no accountant", "kofi", "Choose an accountant"),
    ("nobody", "", "Choose an accountant"),
]


@pytest.mark.parametrize(("sentence", "who", "why"), REFUSED, ids=[c[0] for c in REFUSED])
def test_an_accountant_is_let_in_and_nobody_else(
    sealed_house: House, sentence: str, who: str, why: str
) -> None:
    answer = auditor_sessions.open_session(PETRA, statement(sealed_house), who, cast.NOW)
    assert isinstance(answer, Refused), sentence
    assert why in str(answer.reason)


def test_one_accountant_has_one_session_at_a_time(sealed_house: House) -> None:
    session_id = opened(sealed_house)
    line = auditor_sessions.session_view(PETRA, session_id, LATER).line
    again = auditor_sessions.open_session(PETRA, line.statement_id, AXEL.id, LATER)
    assert isinstance(again, Refused)
    assert "still runs" in str(again.reason)
    assert isinstance(auditor_sessions.open_session(PETRA, line.statement_id, BEA.id, LATER), str)


def test_a_month_in_which_nobody_slept_has_nothing_to_look_behind(sealed_house: House) -> None:
    answer = auditor_sessions.open_session(PETRA, statement(sealed_house, 0), AXEL.id, cast.NOW)
    assert isinstance(answer, Refused)
    assert "no night in this month" in str(answer.reason)


def test_a_statement_that_is_not_the_same_any_more_is_told(sealed_house: House) -> None:
    asked = statement(sealed_house)
    world.away(sealed_house, 1, date(2026, 10, 3), date(2026, 10, 6))
    session_id = auditor_sessions.open_session(PETRA, asked, AXEL.id, cast.NOW)
    assert isinstance(session_id, str)
    assert not auditor_sessions.session_view(ACCOUNTANT, session_id, LATER).same_count


STORED = [
    "UPDATE sampled_nights SET night = '2026-10-01'",
    "DELETE FROM sampled_nights",
    "UPDATE auditor_sessions SET seed = 'x'",
    "UPDATE auditor_sessions SET ends_at = '2027-01-01T00:00:00.000000Z'",
    "UPDATE assurance_notes SET in_order = 25",
    "DELETE FROM assurance_notes",
    "UPDATE sampled_nights SET finding = 'in_order'",
]


@pytest.mark.parametrize("act", STORED)
def test_the_store_keeps_sample_and_note_whoever_asks(sealed_house: House, act: str) -> None:
    session_id = opened(sealed_house)
    looked_behind(session_id, Finding.OTHER_BED)
    assert auditor_sessions.sign(ACCOUNTANT, session_id, LATER) is None
    with pytest.raises(DatabaseError), builders.casework(sealed_house) as session:
        session.execute(text(act))


# drawing


def night(kind: str, number: int) -> BedNight:
    bed = CountedBed(f"{kind}-{number % 7}", "s", kind, Nights(date(2026, 1, 1)))
    return BedNight(bed, date(2026, 1, 1) + timedelta(days=number // 7), NightState.OCCUPIED, "x")


def test_every_kind_is_in_a_sample_in_proportion_and_in_whatever_order_the_nights_come() -> None:
    nights = [
        night(kind, n)
        for kind, many in (("night", 300), ("women", 40), ("medical", 4))
        for n in range(many)
    ]
    sample = drawn(nights, "seed")
    assert sample == drawn(reversed(nights), "seed")
    assert sample != drawn(nights, "another")
    kinds = [one.bed.kind for one in sample]
    assert (kinds.count("night"), kinds.count("women"), kinds.count("medical")) == (20, 4, 1)


ALLOTTED = [
    ("in proportion", [30, 20], 25, (15, 10)),
    ("at least one of each", [990, 5, 5], 25, (23, 1, 1)),
    ("no more than there are", [3, 2], 25, (3, 2)),
    ("none of nothing", [0, 50], 25, (0, 25)),
    ("nothing at all", [], 25, ()),
]


@pytest.mark.parametrize(
    ("sentence", "strata", "size", "due"), ALLOTTED, ids=[c[0] for c in ALLOTTED]
)
def test_how_many_nights_of_each_kind_are_drawn(
    sentence: str, strata: list[int], size: int, due: tuple[int, ...]
) -> None:
    assert allotted(strata, size) == due, sentence
