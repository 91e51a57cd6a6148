"""May X see Y of Z? Twenty questions: the tables alone answer them, and the running system answers the same.

Each question is asked twice: of `access.READS_AS` and `redaction.TABLE` (or `ROLE_TABLE`), as the header of
`redaction.py` teaches it; and of the pages, signed in as that colleague, by a word that was planted there.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from caseflow import clock
from caseflow.domain.access import Relation, Standing
from caseflow.domain.actors import Role
from caseflow.domain.cards import CardLines
from caseflow.domain.redaction import (
    ROLE_TABLE,
    TABLE,
    Compartment,
    Extent,
    Part,
    Reader,
    Surface,
)
from caseflow.services import cards, casework, gatekeeping, glass, houses, restrictions, sessions
from caseflow.services.houses import House
from caseflow.storage.models.accounts import RoleGrant, RosterShift, UserAccount
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Case, Client, Referral
from caseflow.storage.models.shelter import Room
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.conftest import Template
from tests.serving import OWN_SETTINGS, house_of, open_app, post

C, P, R, X = Compartment, Part, Relation, Extent
LISTED, OPENED = Surface.LIST, Surface.OPENED

ROSA = Colleague("rosa", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "havenhuis")
RITA = Colleague("rita", "de-haven", None, (Role.RESIDENTIAL_WORKER,), "zeezicht")
NINA = Colleague("nina", "de-haven", None, (Role.NIGHT_WORKER,), "havenhuis")
OMAR = Colleague("omar", "de-haven", "haven-west", (Role.CASEWORKER,))
PIET = Colleague("piet", "de-haven", "haven-west", (Role.CASEWORKER,))
IRIS = Colleague("iris", "de-haven", None, (Role.LEGAL_COUNSELLOR,))
HANS = Colleague("hans", "de-haven", None, (Role.HEALTH_WORKER,))
FRED = Colleague("fred", "de-haven", None, (Role.FG,))
NEWCOMERS: Final = (ROSA, RITA, NINA, OMAR, PIET, IRIS, HANS, FRED)

PHONE, REACH, ROOM, ALLERGY = "06 9182 7364", "Sms only, never a call", "Willow room", "penicillin"
VISIT, HANDOVER, LAW, MEDICINE = "By bicycle", "Key at desk", "Ask the court", "Rest the knee"


@dataclass(frozen=True)
class Question:
    """One question, how the tables are asked, and where the word would stand."""

    asked: str
    answer: bool
    who: Colleague
    relations: frozenset[Relation]
    compartment: Compartment
    part: Part
    word: str
    page: str = "the case"
    restricted: bool = False

    @property
    def standing(self) -> Standing:
        return Standing(frozenset(self.who.roles), self.relations, self.restricted)

    @property
    def surface(self) -> Surface:
        return OPENED if self.page in ("the case", "the card") else LISTED


def _ask(
    asked: str, answer: bool, who: Colleague, relations: set[Relation], about: tuple[Compartment, Part], word: str,
    **more: object,
) -> Question:  # fmt: skip
    return Question(asked, answer, who, frozenset(relations), *about, word, **more)  # type: ignore[arg-type]


NAME, CALL = (C.IDENTITY, P.REST), (C.CASEWORK, P.CALL)
BED_OF_OWN = {R.OWN_SITE, R.OWN_SITE_TONIGHT}
GIVES_THE_BED = {R.PLACES, R.HOUSES, R.OWN_SITE_TONIGHT}

# fmt: off
QUESTIONS: Final = (
    _ask("May a caseworker of the case team see the family name of the client?",
         True, cast.AMINA, {R.CASE_TEAM, R.TEAM}, NAME, world.FAMILY_NAME),
    _ask("May a caseworker of the same team, who is not on the case, see the family name?",
         False, cast.BRAM, {R.TEAM}, NAME, world.FAMILY_NAME),
    _ask("May that same caseworker see in which room the client sleeps?",
         True, cast.BRAM, {R.TEAM}, (C.SHELTER, P.BED), ROOM),
    _ask("May a caseworker of another team, who is not on duty, see even the call name?",
         False, cast.SARA, set(), CALL, world.CALL_NAME),
    _ask("May a caseworker on duty see the phone number of a client whom nobody of the case team can help now?",
         True, OMAR, {R.ON_DUTY}, (C.CONTACT, P.REST), PHONE),
    _ask("May a caseworker on duty read a legal note?",
         False, OMAR, {R.ON_DUTY}, (C.NOTES, P.LEGAL), LAW),
    _ask("May a team lead see the family name in the list of the caseload?",
         False, cast.LENA, {R.TEAM, R.LEADS_TEAM}, NAME, world.FAMILY_NAME, page="the caseload"),
    _ask("May that team lead see the family name in the opened file?",
         True, cast.LENA, {R.TEAM, R.LEADS_TEAM}, NAME, world.FAMILY_NAME),
    _ask("May a coordinator see the phone number?",
         False, cast.KOFI, GIVES_THE_BED, (C.CONTACT, P.REST), PHONE),
    _ask("May a coordinator see how to reach the client safely?",
         True, cast.KOFI, GIVES_THE_BED, (C.CONTACT, P.HOW_TO_REACH), REACH),
    _ask("May a residential worker of the site read what the last shift handed over?",
         True, ROSA, BED_OF_OWN, (C.NOTES, P.HANDOVER), HANDOVER),
    _ask("May a residential worker of another site see that the client exists?",
         False, RITA, set(), CALL, world.CALL_NAME),
    _ask("May a night worker see who sleeps in the house tonight, by call name?",
         True, NINA, {R.OWN_SITE_TONIGHT}, CALL, world.CALL_NAME, page="the beds"),
    _ask("May a night worker see how to reach the client?",
         False, NINA, {R.OWN_SITE_TONIGHT}, (C.CONTACT, P.HOW_TO_REACH), REACH),
    _ask("May a legal counsellor, to whom the case was referred, read a note on somebody's health?",
         False, IRIS, {R.REFERRED}, (C.NOTES, P.MEDICAL), MEDICINE),
    _ask("May a health worker, to whom the case was referred, see the family name?",
         False, HANS, {R.REFERRED}, NAME, world.FAMILY_NAME),
    _ask("May a caseworker who broke the glass read the note of a visit?",
         True, PIET, {R.BROKEN_GLASS}, (C.NOTES, P.REST), VISIT),
    _ask("May a privacy officer open the file of the client?",
         False, cast.PETRA, set(), CALL, world.CALL_NAME),
    _ask("May a coordinator see the call name of a restricted client who sleeps at a site of theirs?",
         False, cast.KOFI, GIVES_THE_BED, CALL, "Red", restricted=True),
    _ask("May that coordinator open the emergency card of the restricted client tonight?",
         True, cast.KOFI, GIVES_THE_BED, (C.EMERGENCY_CARD, P.REST), ALLERGY, page="the card", restricted=True),
)
# fmt: on

Asked = Callable[[Question], str]


@pytest.mark.parametrize("question", QUESTIONS, ids=[one.asked for one in QUESTIONS])
def test_the_tables_alone_answer(question: Question) -> None:
    sees = question.standing.vision(question.surface).sees(question.compartment, question.part)
    assert sees is question.answer


def test_there_are_twenty_and_neither_answer_is_a_habit() -> None:
    assert len(QUESTIONS) == 20
    assert 8 <= sum(one.answer for one in QUESTIONS) <= 12


# the running system


@dataclass
class City:
    """One world for all questions: an open case, a restricted one, and somebody in each relation."""

    house: House
    client_as: Callable[[Colleague], FlaskClient]
    open_case: str = ""
    restricted_case: str = ""

    def case_of(self, question: Question) -> str:
        return self.restricted_case if question.restricted else self.open_case

    def read(self, question: Question) -> str:
        """The page on which the word would stand, as this colleague gets it."""
        client, case_id = self.client_as(question.who), self.case_of(question)
        if question.page == "the card":
            opened = post(client, f"/ambulance/{case_id}")
            return client.get(opened.location).text  # type: ignore[attr-defined]
        address = {
            "the case": f"/cases/{case_id}",
            "the caseload": "/caseload",
            "the beds": "/beds",
        }
        return client.get(address[question.page]).text


@pytest.fixture(scope="module")
def city(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("questions") / "instance"
    shutil.copytree(template.folder, folder)
    (folder / "config" / "settings.toml").write_text(OWN_SETTINGS, encoding="utf-8")
    with houses.left_as_it_was(), clock.fixed(cast.NOW):
        app = open_app(folder)
        app.testing = True
        house = house_of(app)
        for organisation, key in template.vault_keys.items():
            house.stores.open_vault(organisation, key)

        def client_as(colleague: Colleague) -> FlaskClient:
            client = app.test_client()
            client.set_cookie("sid", sessions.begin(colleague.id, clock.now()).token)
            return client

        made = City(house, client_as)
        _settle(made)
        yield made
        house.stores.close()


def _settle(city: City) -> None:
    """Puts everybody and everything of the questions into the stores."""
    house, now, today = city.house, clock.now(), clock.today()
    builders.hire_everybody(house)
    [bed, other_bed, *_] = builders.open_site(house)
    builders.open_site(house, "zeezicht")
    _hire(house)
    case_id = city.open_case = world.with_words(world.admitted(days_ago=10))
    amina = cast.AMINA.actor()
    world.done(casework.record_contact_line(amina, case_id, PHONE, REACH, None, now))
    world.done(casework.write_note(amina, case_id, "visit", today, VISIT, now))
    world.done(casework.write_note(amina, case_id, "handover", today, HANDOVER, now))
    world.wrote(house, case_id, ("legal", LAW), ("medical", MEDICINE))
    world.sleeps(house, case_id, bed, days_ago=5)
    other = city.restricted_case = world.admitted(days_ago=10)
    world.sleeps(house, other, other_bed, days_ago=5)
    card = CardLines(allergies=ALLERGY)
    world.done(cards.record(amina, other, card, None, now))
    world.done(restrictions.restrict(cast.LENA.actor(), other, ("amina",), now))
    _relate(house, case_id, other)
    with house.stores.reading() as reading:
        code = reading.get_one(Case, case_id).client_code
    opened = glass.break_glass(
        PIET.actor(),
        code,
        "client_is_here",
        "Waits at the desk, no colleague of the team is in.",
        now,
    )
    assert isinstance(opened, glass.Opened), opened


def _hire(house: House) -> None:
    with builders.casework(house) as session:
        for one in NEWCOMERS:
            session.add(
                UserAccount(
                    id=one.id, organisation=one.organisation, team_id=one.team, username=one.id,
                    display_name=one.id.title(), status="active", created_at=cast.NOW,
                )
            )  # fmt: skip
        session.flush()
        for one in NEWCOMERS:
            session.add(
                RoleGrant(
                    user_id=one.id, role=one.roles[0], team_id=one.team, site_id=one.site,
                    granted_by="system", seconded_by="system", granted_at=cast.NOW,
                )
            )  # fmt: skip


def _relate(house: House, case_id: str, restricted: str) -> None:
    with builders.casework(house) as session:
        session.execute(update(Room).where(Room.site_id == "havenhuis").values(name=ROOM))
        code = session.get_one(Case, restricted).client_code
        session.get_one(Client, code).call_name = "Red"
        for who, kind in ((IRIS, "legal"), (HANS, "medical")):
            session.add(
                Referral(
                    case_id=case_id, user_id=who.id, kind=kind, from_on=date(2026, 11, 1),
                    change_id=new_id(),
                )
            )  # fmt: skip
        hour = timedelta(hours=1)
        session.add(
            RosterShift(
                user_id=OMAR.id, organisation=OMAR.organisation, starts_at=cast.NOW - hour,
                ends_at=cast.NOW + hour, entered_by="lena",
            )
        )  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS, ids=[one.asked for one in QUESTIONS])
def test_the_running_system_answers_the_same(city: City, question: Question) -> None:
    assert (question.word in city.read(question)) is question.answer


@pytest.mark.parametrize("question", QUESTIONS, ids=[one.asked for one in QUESTIONS])
def test_the_system_stands_as_the_question_says(city: City, question: Question) -> None:
    case_id, who = city.case_of(question), question.who.actor()
    with city.house.stores.reading() as reading:
        found = gatekeeping.standings(reading, who, [case_id], clock.now())[case_id]
    assert found == question.standing


BY_ROLE = (
    ("May a privacy officer read the log by code?", True, cast.PETRA, C.AUDIT, X.BY_CODE, "/audit"),
    ("May an administrator read the log?", False, cast.ADA, C.AUDIT, X.BY_CODE, "/audit"),
    ("May an FG read the register of the door?", True, FRED, C.GOVERNANCE, X.DEMANDS, "/doors"),
    ("May a funder see exact figures?", False, cast.FEMKE, C.CASEWORK, X.EXACT_FIGURES, "/figures"),
    ("May a team lead see exact figures?", True, cast.LENA, C.CASEWORK, X.EXACT_FIGURES, "/figures"),
    ("May an administrator see jobs?", True, cast.ADA, C.OPERATIONS, X.EVERYTHING, "/jobs"),
    ("May a director read the rules of the firewall on screen?", False,
     Colleague("dirk", "de-haven", None, (Role.DIRECTOR,)), C.GOVERNANCE, X.RULES, ""),
)  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "answer", "who", "compartment", "extent", "page"),
    BY_ROLE,
    ids=[row[0] for row in BY_ROLE],
)
def test_what_is_of_no_single_case_is_answered_by_the_role(
    city: City,
    asked: str,
    answer: bool,
    who: Colleague,
    compartment: Compartment,
    extent: Extent,
    page: str,
) -> None:
    assert (extent in ROLE_TABLE[compartment].get(who.roles[0], ())) is answer, asked
    if page:
        assert city.client_as(who).get(page).status_code == (200 if answer else 404)


def test_a_changed_cell_is_noticed_on_the_page(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    [_, name_for_the_team, *_] = QUESTIONS
    row = TABLE[C.IDENTITY]
    monkeypatch.setitem(row, Reader.TEAM, row[Reader.CASE_TEAM])

    assert name_for_the_team.word in city.read(name_for_the_team)
