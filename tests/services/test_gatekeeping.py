"""One door to each case: who gets in, what they see, and that the look is told first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import create_engine, select
from sqlalchemy.exc import OperationalError

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.redaction import HIDDEN
from caseflow.services import casework, gatekeeping, intake
from caseflow.services.case_views import SEALED, CaseView
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.cases import Case, CaseTeamMember, Client, RestrictedReader
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague

EVERYTHING = frozenset(
    {
        "stage", "clock", "case_team", "person", "proposals", "screening", "identity", "contact",
        "notes", "wish", "placements", "allowances", "milestones", "exit", "follow_ups",
    }
)  # fmt: skip
SEEN = [
    ("the case team sees the whole file", cast.AMINA, EVERYTHING),
    ("the team lead sees the whole file once it is opened", cast.LENA, EVERYTHING),
    ("a colleague of the team sees stage, clock and bed", cast.BRAM, {"stage", "clock", "placements"}),
    (
        "a coordinator sees call name, stage, clock, shelter and how to reach, not the name in the vault",
        cast.KOFI,
        {"stage", "clock", "case_team", "placements", "contact", "notes"},
    ),
    (
        "the intake desk sees the application, no shelter and no money",
        cast.TESS,
        EVERYTHING - {"placements", "allowances", "milestones", "wish"},
    ),
]  # fmt: skip
NOT_KNOWN = [
    ("a colleague of another team", cast.SARA),
    ("a lead of another team", cast.MO),
    ("a colleague of another organisation", cast.YUSUF),
    ("a coordinator of another organisation that shelters nobody here", cast.JORIS),
    ("a funder", cast.FEMKE),
    ("a privacy officer", cast.PETRA),
    ("an administrator", cast.ADA),
]


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    [bed, *_] = builders.open_site(house)
    made = world.with_words(world.admitted(days_ago=10))
    world.sleeps(house, made, bed, days_ago=5)
    return made


def opened(colleague: Colleague, case_id: str) -> CaseView:
    return gatekeeping.open_case(colleague.actor(), case_id, clock.now())


def shown(view: CaseView) -> set[str]:
    return {name for name in EVERYTHING if getattr(view, name) is not HIDDEN}


@pytest.mark.parametrize(("sentence", "colleague", "parts"), SEEN)
def test_each_reader_sees_their_parts(
    case_id: str, sentence: str, colleague: Colleague, parts: frozenset[str]
) -> None:
    view = opened(colleague, case_id)
    assert shown(view) == parts, sentence
    assert view.call_name == world.CALL_NAME


@pytest.mark.parametrize(("who", "colleague"), NOT_KNOWN)
def test_the_case_does_not_exist_for(case_id: str, who: str, colleague: Colleague) -> None:
    with pytest.raises(NotKnown):
        opened(colleague, case_id)


def test_a_coordinator_reads_how_to_reach_somebody_but_not_the_phone_number(case_id: str) -> None:
    contact = opened(cast.KOFI, case_id).contact
    assert contact.how_to_reach == "Text only"  # type: ignore[union-attr]
    assert contact.phone is HIDDEN  # type: ignore[union-attr]


def test_a_coordinator_reads_handover_notes_and_no_others(case_id: str) -> None:
    assert opened(cast.KOFI, case_id).notes == ()
    amina, today = cast.AMINA.actor(), clock.today()
    world.done(
        casework.write_note(amina, case_id, "handover", today, "Key is at the desk.", clock.now())
    )
    assert [note.words for note in opened(cast.KOFI, case_id).notes] == ["Key is at the desk."]


def test_the_timeline_of_a_coordinator_tells_of_stages_and_beds_only(case_id: str) -> None:
    assert {item.kind for item in opened(cast.KOFI, case_id).timeline} == {"stage", "bed"}
    assert {item.kind for item in opened(cast.AMINA, case_id).timeline} > {"proposal", "decision"}


def test_a_timeline_names_colleagues_only_to_who_may_know_the_case_team(case_id: str) -> None:
    assert {item.by for item in opened(cast.BRAM, case_id).timeline} == {None}
    assert "Amina" in {item.by for item in opened(cast.KOFI, case_id).timeline}


def test_hidden_is_not_empty(case_id: str) -> None:
    assert opened(cast.BRAM, case_id).identity is HIDDEN
    bare = world.assigned()
    assert opened(cast.AMINA, bare).identity is None


def test_words_are_sealed_where_they_would_be_seen_and_hidden_where_not(
    house: House, case_id: str
) -> None:
    house.stores.forget_vaults()
    amina, bram = opened(cast.AMINA, case_id), opened(cast.BRAM, case_id)
    assert (amina.identity, amina.contact, amina.notes, amina.wish) == (SEALED,) * 4
    assert amina.is_sealed
    assert (bram.identity, bram.contact, bram.notes, bram.wish) == (HIDDEN,) * 4
    assert not bram.is_sealed
    assert amina.stage == opened(cast.BRAM, case_id).stage


def test_a_deputy_is_on_the_case_from_the_first_to_the_last_day(house: House, case_id: str) -> None:
    first, last = date(2026, 11, 24), date(2026, 11, 30)
    with builders.casework(house) as session:
        session.add(
            CaseTeamMember(
                case_id=case_id,
                user_id="sara",
                deputy_for="amina",
                from_on=first,
                until_on=last,
                change_id="stage",
            )
        )
    seen = []
    for day in range(-1, 9):
        at = cast.NOW + timedelta(days=day + 2)
        try:
            gatekeeping.open_case(cast.SARA.actor(), case_id, at)
            seen.append(at.date())
        except NotKnown:
            continue
    assert (seen[0], seen[-1], len(seen)) == (first, last, 7)


def test_a_restricted_case_is_there_for_its_named_readers_only(house: House, case_id: str) -> None:
    with builders.casework(house) as session:
        code = session.get(Case, case_id).client_code  # type: ignore[union-attr]
        session.get(Client, code).restricted = True  # type: ignore[union-attr]
        session.add(RestrictedReader(client_code=code, user_id="amina", from_on=date(2026, 1, 1)))
    assert opened(cast.AMINA, case_id).restricted
    for colleague in (cast.LENA, cast.BRAM, cast.TESS, cast.KOFI):
        with pytest.raises(NotKnown):
            opened(colleague, case_id)


def test_the_intake_desk_loses_sight_fourteen_days_after_the_assignment(case_id: str) -> None:
    tess = cast.TESS.actor()
    gatekeeping.open_case(tess, case_id, cast.NOW + timedelta(days=14))
    with pytest.raises(NotKnown):
        gatekeeping.open_case(tess, case_id, cast.NOW + timedelta(days=15))


def entries(house: House) -> list[Entry]:
    from sqlalchemy.orm import Session

    with Session(house.stores.audit) as log:
        return list(log.scalars(select(Entry).order_by(Entry.position)))


def test_each_look_is_told_with_the_relation_it_stands_on(house: House, case_id: str) -> None:
    opened(cast.KOFI, case_id)
    last = entries(house)[-1]
    assert (last.event, last.user_id, last.object_id) == ("case_opened", "kofi", case_id)
    assert last.relations == "houses own_site_tonight places"
    assert world.CALL_NAME not in last.details


def test_absent_and_forbidden_are_told_alike(house: House, case_id: str) -> None:
    told = []
    for asked in (case_id, "11111111-2222-4333-8444-555555555555"):
        with pytest.raises(NotKnown):
            opened(cast.YUSUF, asked)
        last = entries(house)[-1]
        told.append((last.event, last.result, last.relations, last.details))
    assert told[0] == told[1]


def test_nothing_is_shown_when_the_look_cannot_be_told(
    house: House, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house.stores, "audit", create_engine("sqlite:////nowhere/audit.db"))
    with pytest.raises(OperationalError):
        opened(cast.AMINA, case_id)


def test_the_button_asks_what_the_act_asks(case_id: str) -> None:
    view = opened(cast.AMINA, case_id)
    assert Permission.ADMISSION_PROPOSE in view.may
    assert not view.can[Permission.ADMISSION_PROPOSE]
    assert view.can[Permission.SCREENING_RECORD]
    answers = {"procedures-exhausted": "unknown"}
    refused = casework.screen(cast.AMINA.actor(), case_id, answers, clock.today(), clock.now())
    assert refused is None


def test_a_role_that_ended_between_form_and_change_counts_no_more(case_id: str) -> None:
    world.done(intake.assign(cast.LENA.actor(), case_id, ("bram",), clock.now()))
    with pytest.raises(NotKnown):
        casework.write_note(
            cast.AMINA.actor(), case_id, "phone", clock.today(), "Late.", clock.now()
        )
