"""Two people who save the same thing: the second sees both texts and chooses; nothing of either is lost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from flask.testing import FlaskClient

from caseflow import clock
from caseflow.domain.actors import Actor
from caseflow.domain.contact_persons import PersonRole, PersonWords
from caseflow.domain.decisions import Refused
from caseflow.domain.plans import LineKind, PlanWords
from caseflow.domain.procedure_words import ProcedureKind
from caseflow.services import casework, gatekeeping, health, intake, plans, procedures
from caseflow.services import contact_persons as persons
from caseflow.services.case_views import CaseView
from caseflow.services.houses import House
from caseflow.services.versions import Overtaken
from tests import builders, cast
from tests import case_worlds as world
from tests.pages import parse_page
from tests.serving import ClientAs, post

AMINA, BRAM = cast.AMINA.actor(), cast.BRAM.actor()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    """A case of Amina and Bram, with words, a goal and a contact person."""
    builders.hire_everybody(house)
    made = world.admitted(days_ago=10)
    at = clock.now()
    world.done(intake.assign(cast.LENA.actor(), made, ("amina", "bram"), at))
    world.with_words(made)
    world.done(plans.write_line(AMINA, made, PlanWords(LineKind.GOAL, "Learn Dutch."), at))
    world.done(procedures.open_one(AMINA, made, ProcedureKind.FAMILY, clock.today(), at))
    world.done(health.write_needs(AMINA, made, "Rest.", at))
    told = PersonWords(PersonRole.LAWYER, "Mr. Oak")
    world.done(persons.record(AMINA, made, told, at))
    return made


def file_of(case_id: str) -> CaseView:
    return gatekeeping.open_case(AMINA, case_id, clock.now())


@dataclass(frozen=True)
class Edited:
    """Something that two people edit: where, what each fills in, and what counts afterwards."""

    page: Callable[[CaseView], str]
    theirs: dict[str, str]
    mine: dict[str, str]
    now: Callable[[CaseView], object]
    differs: str = "words"
    also: dict[str, str] = field(default_factory=dict)


def note(view: CaseView) -> str:
    assert isinstance(view.notes, tuple)
    return next(one.id for one in view.notes if one.words == world.NOTE)


NOTE = {"kind": "visit", "contact_on": "22-11-2026"}
LINE = {"kind": "goal", "done_by": "client", "state": "open"}
PERSON = {"role": "lawyer", "agreed": "call"}
EDITED = {
    "wish": Edited(
        lambda _: "wish", {"words": "A room."}, {"words": "A house."}, lambda view: view.wish
    ),
    "how to reach": Edited(
        lambda _: "contact-line", {"how_to_reach": "Text only."}, {"how_to_reach": "Call at noon."},
        lambda view: view.contact and view.contact.how_to_reach, "how_to_reach",
    ),
    "a goal": Edited(
        lambda view: f"plan/{(view.file.plan or ())[0].id}", {"words": "Reach A2."}, {"words": "Reach B1."},
        lambda view: (view.file.plan or ())[0].words, also=LINE,
    ),
    "the lawyer of a procedure": Edited(
        lambda view: f"procedures/{(view.procedures or ())[0].id}/lawyer", {"lawyer": "Ms. Elm"}, {"lawyer": "Mr. Fir"},
        lambda view: view.procedures[0].lawyer.lawyer, "lawyer",  # type: ignore[index, union-attr]
    ),
    "needs in words": Edited(
        lambda _: "needs/words", {"words": "A quiet room."}, {"words": "Help with stairs."},
        lambda view: view.health and view.health.needs and view.health.needs.words,
    ),
    "a contact person": Edited(
        lambda view: f"contact-persons/{(view.file.persons or ())[0].id}", {"name": "Ms. Elm"}, {"name": "Mr. Fir"},
        lambda view: (view.file.persons or ())[0].name, "name", PERSON,
    ),
    "the correction of a note": Edited(
        lambda view: f"notes/new?corrects={note(view)}", {"words": "It was Tuesday."}, {"words": "It was Friday."},
        lambda view: (view.notes or ())[0].words, also=NOTE,
    ),
}  # fmt: skip


def hidden(text: str) -> dict[str, str]:
    return {
        name: (re.findall(rf'name="{name}"[^>]*value="([^"]*)"', text) or [""])[0]
        for name in ("once", "seen")
    }


def english(client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    client = client_as(colleague)
    post(client, "/language", language="en")
    return client


@pytest.mark.parametrize("what", EDITED)
def test_the_second_of_two_sees_both_texts_and_chooses(
    what: str, client_as: ClientAs, case_id: str
) -> None:
    edited = EDITED[what]
    page = f"/cases/{case_id}/{edited.page(file_of(case_id))}"
    amina, bram = english(client_as, cast.AMINA), english(client_as, cast.BRAM)
    first, second = hidden(amina.get(page).text), hidden(bram.get(page).text)
    theirs, mine = edited.theirs[edited.differs], edited.mine[edited.differs]

    kept = post(amina, page, **edited.also, **edited.theirs, **first)
    assert kept.status_code == 303, kept.text  # type: ignore[attr-defined]
    refused = post(bram, page, **edited.also, **edited.mine, **second)
    text = refused.text  # type: ignore[attr-defined]

    assert refused.status_code == 409  # type: ignore[attr-defined]
    parse_page(text)
    assert ("Amina saved this" in text, theirs in text, mine in text) == (True, True, True)
    assert edited.now(file_of(case_id)) == theirs
    chosen = post(bram, page, **edited.also, **edited.mine, **hidden(text))
    assert chosen.status_code == 303, chosen.text  # type: ignore[attr-defined]
    assert edited.now(file_of(case_id)) == mine


def test_a_form_without_the_version_it_was_opened_on_saves_over_nothing(
    client_as: ClientAs, case_id: str
) -> None:
    amina = english(client_as, cast.AMINA)
    assert post(amina, f"/cases/{case_id}/wish", words="Blind.").status_code == 409  # type: ignore[attr-defined]
    assert file_of(case_id).wish == world.WISH


def test_who_may_not_read_a_correction_is_not_shown_it(case_id: str) -> None:
    tess, at = cast.TESS.actor(), clock.now()
    world.done(casework.write_note(tess, case_id, "intake", clock.today(), "Came alone.", at))
    first = next(one for one in file_of(case_id).notes or () if one.words == "Came alone.")
    secret = "Came with a friend."

    def corrected(by: Actor, words: str) -> Refused | None:
        return casework.write_note(
            by,
            case_id,
            "intake",
            clock.today(),
            words,
            at,
            corrects_id=first.id,
            seen="",
        )

    world.done(corrected(BRAM, secret))
    answer = corrected(tess, "Came by bus.")
    assert answer is not None
    assert not isinstance(answer, Overtaken)
    assert secret not in repr(answer)
    both = corrected(AMINA, "Came by bus.")
    assert isinstance(both, Overtaken)
    assert both.theirs["words"] == secret
