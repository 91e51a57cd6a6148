"""A case that is over takes nothing new: every act is refused with a sentence, or stays open for a stated reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

import pytest
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.access import CASE_PERMISSIONS, Permission
from caseflow.domain.cards import CardLines
from caseflow.domain.closed_cases import OVER, REFUSED, STILL_OPEN
from caseflow.domain.decisions import Refused
from caseflow.domain.destinations import DestinationKind
from caseflow.domain.duties import LOOKING
from caseflow.domain.follow_ups import FollowUpAnswer
from caseflow.domain.outcomes import Outcome
from caseflow.domain.procedure_words import ProcedureKind
from caseflow.domain.programmes import ProposalKind, Stage
from caseflow.domain.scenarios import GuidanceScenario
from caseflow.domain.stay_limits import AbsenceKind
from caseflow.domain.tasks import TaskKind
from caseflow.services import (
    absences,
    cards,
    casework,
    continuations,
    corrections,
    decisions,
    departures,
    gatekeeping,
    intake,
    placements,
    procedures,
    restrictions,
    tasks,
    withdrawals,
)
from caseflow.services.casework import IdentityWords
from caseflow.services.corrections import Correctable
from caseflow.services.gatekeeping import CaseIsOver, NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case
from caseflow.storage.models.facts import ScenarioChoice
from tests import builders, cast
from tests import case_worlds as world

AMINA, LENA, KOFI = cast.AMINA.actor(), cast.LENA.actor(), cast.KOFI.actor()
P = Permission
OTHER, SCENARIO = Outcome.OTHER, Correctable.SCENARIO
REPEAT, ABROAD = ProcedureKind.REPEAT_ASYLUM, DestinationKind.ABROAD
ONLY_CLOSED = frozenset({Stage.CLOSED})


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture(autouse=True)
def staff(house: House) -> None:
    builders.hire_everybody(house)


class Act(NamedTuple):
    """An act on a case, and what a case that is over answers: a part of its sentence, or None where it is done."""

    name: str
    act: Callable[[str, date, datetime], object]
    answers: str | None = "is over"
    stages: frozenset[Stage] = OVER


ENDED = "has ended"
ACTS = (
    Act("a name", lambda c, d, n: casework.record_identity(AMINA, c, IdentityWords("A"), n)),
    Act("a wish", lambda c, d, n: casework.record_wish(AMINA, c, "A house.", n), ""),
    Act("a note", lambda c, d, n: casework.write_note(AMINA, c, "contact", d, "Hi.", n), stages=ONLY_CLOSED),
    Act("a phone", lambda c, d, n: casework.record_contact_line(AMINA, c, "06", None, None, n), stages=ONLY_CLOSED),
    Act("the screening", lambda c, d, n: casework.screen(AMINA, c, {"no-right-of-residence": "yes"}, d, n), ENDED),
    Act("the waiting list", lambda c, d, n: casework.put_on_waiting_list(AMINA, c, d, n), "cannot follow"),
    Act("a scenario", lambda c, d, n: casework.record_scenario(AMINA, c, GuidanceScenario.RETURN, d, n), ENDED),
    Act("guidance", lambda c, d, n: casework.begin_pathway(AMINA, c, d, n), ENDED),
    Act("an allowance", lambda c, d, n: casework.begin_allowance(AMINA, c, d, 6500, n), ENDED),
    Act("a procedure", lambda c, d, n: procedures.open_one(AMINA, c, REPEAT, d, n), "file is closed"),
    Act("an admission", lambda c, d, n: decisions.propose_admission(AMINA, c, d, None, n), ""),
    Act("an extension", lambda c, d, n: decisions.propose_extension(AMINA, c, d + timedelta(days=90), None, n), ENDED),
    Act("an exit", lambda c, d, n: decisions.propose_exit(AMINA, c, OTHER, None, d, None, n), "cannot follow"),
    Act("a next address", lambda c, d, n: departures.fill_destination(AMINA, c, ABROAD, n), ""),
    Act("a checklist", lambda c, d, n: departures.settle(AMINA, c, departures.LeavingItem.PAPERS, n), "no checklist"),
    Act("a task", lambda c, d, n: tasks.plan(AMINA, c, TaskKind.PAPERS, d, None, n), "closed"),
    Act("a court", lambda c, d, n: continuations.begin(AMINA, c, d, n), ENDED),
    Act("earlier nights", lambda c, d, n: continuations.decide_earlier_nights(LENA, c, True, n), ""),
    Act("nights away", lambda c, d, n: absences.begin(AMINA, c, AbsenceKind.LEAVE, d, n), ENDED),
    Act("a withdrawal", lambda c, d, n: withdrawals.withdraw_application(AMINA, c, d, n), "cannot follow"),
    Act("a bed", lambda c, d, n: placements.allocate(KOFI, c, "havenhuis-room-1-bed-1", d, None, n), ""),
    Act("an end of a stretch", lambda c, d, n: continuations.end(AMINA, c, d, n), "nothing to end"),
    Act("a return", lambda c, d, n: absences.end(AMINA, c, d, n), "nothing to end"),
    Act("a procedure that ends", lambda c, d, n: casework.end_allowance(AMINA, c, d, n), "nothing to end"),
    Act("the case team", lambda c, d, n: intake.assign(LENA, c, ("amina", "bram"), n), None),
    Act("named readers", lambda c, d, n: restrictions.restrict(LENA, c, ("amina",), n), None),
    Act("and all readers", lambda c, d, n: restrictions.lift(LENA, c, n), None),
    Act("a card", lambda c, d, n: cards.record(AMINA, c, CardLines(allergies="nuts"), None, n), None),
    Act("a card taken out", lambda c, d, n: departures.take_card_out(AMINA, c, n), None),
    Act("an error", lambda c, d, n: corrections.record_error(AMINA, c, SCENARIO, first_scenario(c), n), None),
)  # fmt: skip
"""What is done before a case is closed is done here to one that is; the last seven stay open."""


def first_scenario(case_id: str) -> str:
    from caseflow.services import houses

    with houses.current().stores.reading() as session:
        rows = session.scalars(select(ScenarioChoice).where(ScenarioChoice.case_id == case_id))
        return next(row.id for row in rows)


def closed() -> str:
    case_id = world.admitted(days_ago=100)
    today, now = clock.today(), clock.now()
    returned = Outcome.VOLUNTARY_RETURN
    world.done(decisions.propose_exit(AMINA, case_id, returned, None, today, None, now))
    world.decide(case_id, ProposalKind.EXIT)
    world.done(departures.close(LENA, case_id, now))
    return case_id


def declined() -> str:
    case_id = world.screened(days_ago=10)
    today, now = clock.today(), clock.now()
    world.done(decisions.propose_admission(AMINA, case_id, today, None, now))
    world.decide(case_id, ProposalKind.ADMISSION, approve=False)
    return case_id


def withdrawn() -> str:
    case_id = world.screened(days_ago=10)
    world.done(withdrawals.withdraw_application(AMINA, case_id, clock.today(), clock.now()))
    return case_id


@pytest.mark.parametrize("made", [closed, declined, withdrawn])
def test_every_act_on_a_case_that_is_over_is_refused_with_a_sentence_or_said_to_stay_open(
    house: House, made: Callable[[], str]
) -> None:
    builders.open_site(house)
    case_id = made()
    with house.stores.reading() as session:
        stage = Stage(session.get_one(Case, case_id).stage)
    wrong = []
    for one in ACTS:
        expected = one.answers if stage in one.stages else None
        said = answer(one, case_id)
        if (said is None) is not (expected is None) or (expected or "") not in (said or ""):
            wrong.append(f"{one.name}: {said}")
    assert not wrong, wrong
    view = gatekeeping.open_case(AMINA, case_id, clock.now())
    assert view.is_over
    assert view.is_shut(P.PLAN_RECORD)


def answer(one: Act, case_id: str) -> str | None:
    """The sentence of the refusal; None where it was done."""
    try:
        said = one.act(case_id, clock.today(), clock.now())
    except CaseIsOver as over:
        said = over.refused
    except NotKnown:  # whoever gives beds does not know it any more
        return "It is not here."
    assert said is None or isinstance(said, Refused), one.name
    return None if said is None else str(said.reason)


def test_nothing_of_an_act_that_came_too_late_is_kept(house: House) -> None:
    case_id = closed()
    with pytest.raises(CaseIsOver):
        casework.write_note(AMINA, case_id, "contact", clock.today(), "Too late.", clock.now())
    notes = gatekeeping.open_case(AMINA, case_id, clock.now()).notes
    assert not notes


def test_a_solution_is_asked_after_when_its_case_was_closed_before(house: House) -> None:
    case_id = closed()
    later = cast.NOW + timedelta(days=200)
    with clock.fixed(later):
        held, on = FollowUpAnswer.STILL_HOLDS, clock.today()
        assert decisions.follow_up(AMINA, case_id, 6, held, on, later) is None


def test_each_changing_act_is_refused_in_a_closed_case_or_has_its_reason() -> None:
    """An act that is added later is refused until somebody says why it should stay open."""
    changing = CASE_PERMISSIONS - LOOKING
    assert set(STILL_OPEN) | REFUSED == changing
    assert not set(STILL_OPEN) & REFUSED
    assert all(one.why for one in STILL_OPEN.values())
