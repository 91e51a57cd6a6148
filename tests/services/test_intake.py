"""Registering somebody, assigning a case team, coming back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.outcomes import Outcome
from caseflow.domain.programmes import ProposalKind
from caseflow.services import (
    caseloads,
    decisions,
    departures,
    gatekeeping,
    intake,
    restrictions,
    returns,
)
from caseflow.services.caseloads import Show
from caseflow.services.gatekeeping import NotKnown, VaultSealed
from caseflow.services.houses import House
from caseflow.services.intake import Registered, Registration
from caseflow.storage.models.audit import Entry, Subject
from caseflow.storage.models.cases import Case, CaseTeamMember
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague

OTHER_DESK = Colleague("tess-two", "het-kompas", None, cast.TESS.roles)
TESS, LENA, AMINA = cast.TESS.actor(), cast.LENA.actor(), cast.AMINA.actor()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture(autouse=True)
def staff(sealed_house: House) -> None:
    builders.hire_everybody(sealed_house)


def asked(**more: object) -> Registration:
    least = Registration("waterstad-lvv", "Blue", clock.today(), team_id="haven-east")
    return replace(least, **more)  # type: ignore[arg-type]


def registered(**more: object) -> Registered:
    made = intake.register(TESS, asked(**more), clock.now())
    assert isinstance(made, Registered), made
    return made


def test_a_call_name_is_enough_while_every_vault_is_sealed() -> None:
    made = registered()
    view = gatekeeping.open_case(TESS, made.case_id, clock.now())
    assert view.call_name == "Blue"
    assert view.client_code == made.client_code


def test_the_log_names_client_and_case_of_a_registration(house: House) -> None:
    made = registered()
    with Session(house.stores.audit) as log:
        told = log.execute(
            select(Entry.object_id, Entry.stands_for, Subject.subject_hash)
            .join(Subject, Subject.position == Entry.position)
            .where(Entry.event == "application_registered")
            .order_by(Entry.position)
        ).all()
    who = house.stores.hashed("subject", made.client_code)
    assert told == [(made.case_id, "intent", who), (made.case_id, "outcome", who)]


def test_the_only_team_of_an_organisation_takes_the_case_unasked(house: House) -> None:
    builders.hire(house, OTHER_DESK)
    desk = OTHER_DESK.actor()
    made = intake.register(desk, asked(team_id=None), clock.now())
    assert isinstance(made, Registered)
    assert gatekeeping.open_case(desk, made.case_id, clock.now()).team == "kompas-one"


def test_words_need_an_open_vault() -> None:
    with pytest.raises(VaultSealed):
        intake.register(TESS, asked(words="A bed."), clock.now())


@pytest.mark.parametrize("colleague", [cast.AMINA, cast.LENA, cast.KOFI, cast.ADA, cast.FEMKE])
def test_only_an_intake_desk_registers(colleague: Colleague) -> None:
    with pytest.raises(NotKnown):
        intake.register(colleague.actor(), asked(), clock.now())


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"call_name": "   "}, "Enter a name"),
        ({"programme": "no-such-programme"}, "of your own organisation"),
        ({"programme": "utrecht-lvv"}, "of your own organisation"),
        ({"team_id": "kompas-one"}, "team of your own organisation"),
        ({"team_id": None}, "team that takes this case"),
        ({"household_with": "K7QM-4XPD"}, "No case of yours"),
        ({"applied_on": cast.NOW.date() + timedelta(days=1)}, "lies in the future"),
    ],
)
def test_a_registration_is_refused_with_a_reason(wrong: dict[str, object], why: str) -> None:
    refused = intake.register(TESS, asked(**wrong), clock.now())
    assert isinstance(refused, Refused)
    assert why in str(refused.reason)


def test_a_family_code_of_another_organisation_is_as_unknown_as_none(house: House) -> None:
    builders.hire(house, OTHER_DESK)
    code, other = registered().client_code, OTHER_DESK.actor()
    theirs = intake.register(other, asked(household_with=code, team_id=None), clock.now())
    nobodys = intake.register(other, asked(household_with="K7QM-4XPD", team_id=None), clock.now())
    assert theirs == nobodys
    assert isinstance(theirs, Refused)


def test_the_lead_chooses_the_case_team_and_those_left_out_leave_it() -> None:
    case_id = registered(team_id="haven-east").case_id
    world.done(intake.assign(LENA, case_id, ("amina", "bram"), clock.now()))
    world.done(intake.assign(LENA, case_id, ("bram",), clock.now() + timedelta(days=1)))
    later = clock.now() + timedelta(days=3)
    team = gatekeeping.open_case(LENA, case_id, later).case_team
    assert [one.id for one in team] == ["bram"]  # type: ignore[union-attr]


def may_write(colleague: Colleague, case_id: str) -> bool:
    view = gatekeeping.open_case(colleague.actor(), case_id, clock.now())
    return Permission.SCENARIO_RECORD in view.may


@pytest.mark.parametrize("days", [0, 1], ids=["on the day they came", "a day later"])
def test_who_is_taken_off_a_case_team_is_off_it_at_the_next_request_and_may_be_put_back(
    house: House, days: int
) -> None:
    case_id = registered(team_id="haven-east").case_id
    world.done(intake.assign(LENA, case_id, ("amina", "bram"), clock.now()))
    with clock.fixed(cast.NOW + timedelta(days=days)):
        assert may_write(cast.BRAM, case_id)
        world.done(intake.assign(LENA, case_id, ("amina",), clock.now()))
        assert (may_write(cast.AMINA, case_id), may_write(cast.BRAM, case_id)) == (True, False)
        world.done(intake.assign(LENA, case_id, ("amina", "bram"), clock.now()))
        assert may_write(cast.BRAM, case_id)
    with house.stores.reading() as session:
        rows = session.scalars(select(CaseTeamMember).where(CaseTeamMember.user_id == "bram")).all()
        kept = {(one.from_on, one.until_on) for one in rows}
    today, left = clock.today(), clock.today() + timedelta(days=days - 1)
    assert kept == {(today, left), (today + timedelta(days=days), None)}, "what was, is kept"


def test_nobody_of_another_organisation_joins_a_case_team() -> None:
    case_id = registered(team_id="haven-east").case_id
    assert isinstance(intake.assign(LENA, case_id, ("yusuf",), clock.now()), Refused)
    assert isinstance(intake.assign(LENA, case_id, (), clock.now()), Refused)


def test_who_comes_back_is_the_same_client_with_a_new_case(house: House) -> None:
    case_id = world.admitted(days_ago=100)
    now = clock.now()
    again = intake.reenter(AMINA, case_id, "waterstad-lvv", clock.today(), now)
    assert isinstance(again, Refused)
    left = clock.today() - timedelta(days=30)
    world.done(
        decisions.propose_exit(AMINA, case_id, Outcome.VOLUNTARY_RETURN, None, left, None, now)
    )
    world.decide(case_id, ProposalKind.EXIT)
    made = intake.reenter(AMINA, case_id, "waterstad-lvv", clock.today(), now)
    assert isinstance(made, Registered)
    former = gatekeeping.open_case(AMINA, case_id, now)
    assert made.client_code == former.client_code
    assert made.case_id != case_id
    assert former.stage == "exited"
    assert gatekeeping.open_case(AMINA, made.case_id, now).stage == "application"


def test_a_colleague_who_went_to_another_organisation_opens_no_new_case_there(house: House) -> None:
    case_id = world.admitted(days_ago=100)
    left, now = clock.today() - timedelta(days=30), clock.now()
    world.done(
        decisions.propose_exit(AMINA, case_id, Outcome.VOLUNTARY_RETURN, None, left, None, now)
    )
    world.decide(case_id, ProposalKind.EXIT)
    moved = replace(AMINA, organisation="het-kompas", team_id="kompas-one")

    with pytest.raises(NotKnown):
        intake.reenter(moved, case_id, "waterstad-lvv", clock.today(), now)
    made = intake.reenter(AMINA, case_id, "waterstad-lvv", clock.today(), now)

    assert isinstance(made, Registered)
    with house.stores.reading() as session:
        assert session.get_one(Case, made.case_id).organisation == "de-haven"


def left(days_ago: int, **more: object) -> str:
    """A case that was closed: exited, asked after, and off the caseload."""
    case_id = world.admitted(days_ago=900, **more)
    on, now = clock.today() - timedelta(days=days_ago), clock.now()
    world.done(
        decisions.propose_exit(AMINA, case_id, Outcome.VOLUNTARY_RETURN, None, on, None, now)
    )
    world.decide(case_id, ProposalKind.EXIT)
    world.done(departures.close(LENA, case_id, now))
    return case_id


def test_a_closed_case_is_found_among_the_former_ones_by_its_team_only(house: House) -> None:
    case_id, running = left(500), world.admitted(days_ago=10)
    for colleague in (cast.AMINA, cast.BRAM, cast.LENA):
        actor, now = colleague.actor(), clock.now()
        rows = caseloads.caseload(actor, now, show=Show.FORMER).rows
        assert [one.case_id for one in rows] == [case_id]
        rows = caseloads.caseload(actor, now, show=Show.EVERYONE).rows
        assert [one.case_id for one in rows] == [running]
    for colleague in (cast.SARA, cast.MO, cast.YUSUF):
        assert caseloads.caseload(colleague.actor(), clock.now(), show=Show.FORMER).rows == ()
    world.done(restrictions.restrict(LENA, case_id, ("amina",), clock.now()))
    assert caseloads.caseload(cast.BRAM.actor(), clock.now(), show=Show.FORMER).rows == ()


def test_former_cases_come_by_the_page(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = {left(500), left(450), left(400)}
    monkeypatch.setattr(caseloads, "ROWS_A_PAGE", 2)
    pages = [caseloads.caseload(LENA, clock.now(), page=one, show=Show.FORMER) for one in (1, 2, 9)]
    assert [(one.page, one.pages, len(one.rows)) for one in pages] == [(1, 2, 2), (2, 2, 1), (2, 2, 1)]  # fmt: skip
    assert {row.case_id for one in pages for row in one.rows} == cases


def test_who_comes_back_to_the_desk_is_known_by_the_code_on_the_card(house: House) -> None:
    case_id, now = left(500), clock.now()
    code = gatekeeping.open_case(LENA, case_id, now).client_code
    made = returns.come_back(TESS, f" {code.lower()} ", "waterstad-lvv", clock.today(), now)
    assert isinstance(made, Registered), made
    assert made.client_code == code
    view = gatekeeping.open_case(TESS, made.case_id, now)
    assert (view.stage, view.team, view.call_name) == ("application", "haven-east", "Blue")
    again = returns.come_back(TESS, code, "waterstad-lvv", clock.today(), now)
    assert isinstance(again, Refused)
    assert "already has an open case" in again.reason.text


def test_a_restricted_code_another_organisations_and_none_are_refused_alike(house: House) -> None:
    case_id, now = left(500), clock.now()
    code = gatekeeping.open_case(LENA, case_id, now).client_code
    other = Colleague("tess-two", "het-kompas", None, cast.TESS.roles).actor()

    def answer(actor: Actor, typed: str) -> object:
        return returns.come_back(actor, typed, "waterstad-lvv", clock.today(), now)

    nobodys = answer(TESS, "K7QM-4XPD")
    assert isinstance(nobodys, Refused)
    assert answer(other, code) == nobodys
    world.done(restrictions.restrict(LENA, case_id, ("amina",), now))
    assert answer(TESS, code) == nobodys
    with Session(house.stores.audit) as log:
        told = log.execute(
            select(Entry.object_id, Entry.details, Subject.subject_hash)
            .outerjoin(Subject, Subject.position == Entry.position)
            .where(Entry.event == "access_denied")
        ).all()
    assert told == [(None, '{"asked":"case:reentry:create"}', None)] * 3


@pytest.mark.parametrize("colleague", [cast.AMINA, cast.LENA, cast.KOFI, cast.ADA])
def test_only_an_intake_desk_takes_somebody_back_by_code(colleague: Colleague) -> None:
    with pytest.raises(NotKnown):
        returns.come_back(
            colleague.actor(), "K7QM-4XPD", "waterstad-lvv", clock.today(), clock.now()
        )
