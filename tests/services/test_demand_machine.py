"""Everybody tries everything with a demand, at random, over the real stores: what left is what three let go."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress

import pytest
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.demand_codes import DemandOutcome, Verdict
from caseflow.domain.disclosures import Field
from caseflow.services import demand_acts, demand_decisions, demand_handovers, demand_silences
from caseflow.services.demand_decisions import Said
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.demands import (
    Demand,
    DemandDecision,
    DemandField,
    DemandGrant,
    DemandSilence,
)
from caseflow.storage.models.disclosures import Disclosure
from tests import case_worlds as world
from tests import cast
from tests import demand_worlds as asked
from tests.demand_worlds import DIRK, DORA, FRANK

EVERYBODY = (cast.PETRA, DORA, cast.PETRA, DORA, FRANK, DIRK, cast.NIGHT, cast.AMINA)
SOME = (Field.OWN_NAME, Field.BIRTH_DATE, Field.GENDER, Field.PHONE)
STEPS, DEMANDS = 60, 3


def drawn(dice: random.Random, code: str) -> Callable[[str], object]:
    """Some act by somebody, with whatever they might ask."""
    actor, now = dice.choice(EVERYBODY).actor(), clock.now()
    fields = frozenset(dice.sample(SOME, dice.randint(0, 3)))
    usual, decides = (
        dice.choice([*[asked.NAMED] * 5, fields]),
        dice.choice([DORA, cast.PETRA]).actor(),
    )
    said = Said(dice.choice([Verdict.COMPLY, Verdict.COMPLY, *Verdict]), fields)
    who = dice.choice([*[code] * 15, "ZZZZ-2222"])
    acts: list[Callable[[str], object]] = [
        lambda one: asked.read(one, named=usual, power=dice.choice(["recorded", "none", "court"])),
        lambda one: demand_decisions.decide(actor, one, said, now),
        lambda one: demand_decisions.decide(decides, one, asked.COMPLY, now),
        lambda one: demand_decisions.record_lawyer(
            cast.PETRA.actor(), one, asked.COMPLY, clock.today(), asked.LETTER, now
        ),
        lambda one: demand_handovers.link(cast.PETRA.actor(), one, who, now),
        lambda one: demand_handovers.take_back(actor, one, who, now),
        lambda one: demand_handovers.prepare(decides, one, usual, now),
        lambda one: demand_handovers.release(decides, one, asked.said, now),
        lambda one: demand_acts.settle(actor, one, DemandOutcome.WITHDRAWN, now),
        lambda one: demand_decisions.keep_silent(
            actor, one, "criminal", clock.today().replace(month=12), now
        ),
    ]
    weights = [3, 0.4, 4, 3, 3, 0.3, 4, 4, 0.1, 0.4]
    return dice.choices(acts, weights)[0]


def sound(house: House, code: str) -> int:
    """Fails where something left that should not have; answers how much left."""
    with house.stores.reading() as session:
        left = session.scalars(select(Disclosure)).all()
        released = session.scalars(
            select(Demand).where(Demand.outcome.in_(["complied", "partly"]))
        ).all()
        assert len(left) == len(released)
        for demand in released:
            said = session.scalars(
                select(DemandDecision).where(DemandDecision.demand_id == demand.id)
            ).all()
            assert {one.decider for one in said} == {"director", "privacy_officer", "lawyer"}
            named = set(
                session.scalars(select(DemandField.field).where(DemandField.demand_id == demand.id))
            )
            granted = [
                set(
                    session.scalars(
                        select(DemandGrant.field).where(DemandGrant.decision_id == one.id)
                    )
                )
                for one in said
            ]
            may = named.intersection(*granted)
            assert any(set(one.fields.split()) <= may for one in left)
        silent = demand_silences.silent_disclosures(session, code, "de-haven")
        shown = demand_silences.shown_to_client(session, code, clock.today(), "de-haven")
        hushed = set(session.scalars(select(DemandSilence.demand_id)))
        assert not hushed & {one.id for one in shown}
        assert silent <= {one.id for one in left}
        assert all(one.tier == "4" and one.state == "issued" for one in left)
        return len(left)


@pytest.mark.full
@pytest.mark.timeout(900)
def test_nothing_leaves_that_three_did_not_let_go_whatever_is_tried(house: House) -> None:
    dice, left = random.Random(184), 0
    with clock.fixed(cast.NOW):
        asked.hire(house)
        case_id = world.with_words(world.admitted(days_ago=10))
        code = asked.code_of(house, case_id)
        for _ in range(DEMANDS):
            demand_id = asked.recorded()
            for _ in range(STEPS):
                with suppress(NotKnown):
                    drawn(dice, code)(demand_id)
            left = sound(house, code)
    assert left, "the acts never got as far as a hand-over: the test would prove nothing"
