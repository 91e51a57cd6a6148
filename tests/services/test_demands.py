"""Demands of authorities: registered without looking up, decided by three, handed over as named and no further."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.decisions import Refused
from caseflow.domain.demand_codes import DemandOutcome, HowAnswered, HowDemanded, Taken, Verdict
from caseflow.domain.disclosures import Field
from caseflow.domain.doors import HowItEnded, PaperShown, Visitor
from caseflow.domain.letters import Language
from caseflow.domain.redaction import HIDDEN
from caseflow.services import (
    demand_acts,
    demand_counts,
    demand_decisions,
    demand_handovers,
    demand_letters,
    demand_readings,
    demand_silences,
    demands,
    disclosure_readings,
    doors,
)
from caseflow.services.case_views import SEALED
from caseflow.services.demand_acts import Took
from caseflow.services.demand_decisions import Said
from caseflow.services.doors import Told
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.letters import PrintedLetter
from caseflow.storage.models.audit import Entry, Subject
from caseflow.storage.models.demands import Demand, DemandHandover, DemandLink
from caseflow.storage.models.disclosures import DisclosedValues, Disclosure
from caseflow.storage.stores import VaultSealed
from caseflow.web import disclosed_values
from tests import builders, cast
from tests import case_worlds as world
from tests import demand_worlds as asked
from tests.cast import Colleague
from tests.demand_worlds import DIRK, DORA, FRANK, NAMED, done

PETRA, NIGHT = cast.PETRA.actor(), cast.NIGHT.actor()
UNKNOWN = "ZZZZ-2222"


@pytest.fixture(autouse=True)
def staff(house: House) -> Iterator[None]:
    with clock.fixed(cast.NOW):
        asked.hire(house)
        yield


def sentence(answer: object) -> str:
    assert isinstance(answer, Refused), answer
    return str(answer.reason)


def told_of(house: House, event: str) -> list[tuple[str | None, int]]:
    """What the log says of an event: its object, and about how many clients it is."""
    with house.stores.audit.connect() as log:
        entries = log.execute(
            select(Entry.position, Entry.object_id).where(Entry.event == event)
        ).all()
        about = log.execute(select(Subject.position)).scalars().all()
    return [(what, about.count(position)) for position, what in entries]


# registering


def test_who_sees_a_demand_and_how_far(house: House) -> None:
    demand_id = asked.recorded()
    done(demand_acts.write(NIGHT, demand_id, asked.TEXT, clock.now()))
    for colleague, words in ((DORA, True), (cast.PETRA, True), (FRANK, False)):
        opened = demand_readings.opened(colleague.actor(), demand_id, clock.now())
        assert opened.behind is not None, colleague
        assert (opened.behind.words is HIDDEN) is not words, colleague
    own = demand_readings.opened(NIGHT, demand_id, clock.now())
    assert own.behind is None
    assert not [one for one in demands.register(NIGHT, clock.now()).lines if one.outcome]
    for colleague in (DIRK, cast.AMINA, cast.LENA, cast.YUSUF):
        with pytest.raises(NotKnown):
            demand_readings.opened(colleague.actor(), demand_id, clock.now())
    for colleague in (cast.FEMKE, cast.ADA, cast.OTTO):
        with pytest.raises(NotKnown):
            demands.register(colleague.actor(), clock.now())


def test_a_demand_is_registered_and_answered_while_every_vault_is_sealed(house: House) -> None:
    house.stores.forget_vaults()
    demand_id = asked.recorded()
    letter = demand_letters.default_answer(NIGHT, demand_id, Language.NL, clock.now())
    assert isinstance(letter, PrintedLetter), letter
    done(demand_acts.answer(NIGHT, demand_id, HowAnswered.HANDED_OVER, clock.now()))
    again = demand_acts.answer(NIGHT, demand_id, HowAnswered.POST, clock.now())
    assert "given already" in sentence(again)
    opened = demand_readings.opened(PETRA, demand_id, clock.now())
    assert opened.behind is not None
    assert opened.behind.words is SEALED
    assert opened.behind.link_count is SEALED
    with pytest.raises(VaultSealed):
        demand_acts.write(NIGHT, demand_id, asked.TEXT, clock.now())


def test_somebody_nobody_knows_is_registered_and_answered_the_same(house: House) -> None:
    case_id = world.with_words(world.admitted(days_ago=10))
    letters = []
    for about in ("Adebayo Markerson of Havenhuis", "Nobody Whoever"):
        demand_id = asked.recorded()
        done(demand_acts.write(NIGHT, demand_id, about, clock.now()))
        made = demand_letters.default_answer(NIGHT, demand_id, Language.EN, clock.now())
        assert isinstance(made, PrintedLetter)
        letters.append(made.content)
        opened = demand_readings.opened(NIGHT, demand_id, clock.now())
        assert opened.line.authority.en == "Police"
    assert letters[0] == letters[1]
    assert asked.code_of(house, case_id).encode() not in letters[0]


def test_a_call_at_the_door_arrives_by_one_click_and_once(house: House) -> None:

    door_id = doors.somebody_is_here(NIGHT, clock.now())
    told = Told(Visitor.AVIM, PaperShown.LETTER, HowItEnded.LEFT)
    done(doors.tell(NIGHT, door_id, told, clock.now()))
    made = demand_acts.from_door(PETRA, door_id, clock.now())
    assert demand_acts.from_door(NIGHT, door_id, clock.now()) == made
    opened = demand_readings.opened(NIGHT, made, clock.now())
    assert (opened.line.authority.en, opened.line.how) == (
        "Immigration police (AVIM)", HowDemanded.DOOR,
    )  # fmt: skip
    assert opened.has_door
    assert opened.received_by == "Nadia"
    for colleague in (cast.KOFI, DIRK, FRANK):
        with pytest.raises(NotKnown):
            demand_acts.from_door(colleague.actor(), door_id, clock.now())


BAD = [
    ("to come", {"received_at": cast.NOW + timedelta(minutes=1)}, "moment that has come"),
    ("long ago", {"received_at": cast.NOW - timedelta(days=400)}, "more than a year ago"),
    ("a name", {"reference": "MARKERSON 19800101"}, "holds a name"),
    ("a short name", {"reference": "ALI"}, "six digits"),
    ("an office nobody configured", {"authority": "spy"}, "one of the options"),
    ("a power nobody configured", {"power": "because"}, "one of the options"),
]


@pytest.mark.parametrize(("why", "given", "said"), BAD, ids=[one[0] for one in BAD])
def test_what_is_no_demand_is_refused_in_one_sentence(
    why: str, given: dict[str, object], said: str
) -> None:
    told = {"received_at": clock.now(), "how": HowDemanded.LETTER, "authority": "police"}
    made = demand_acts.record(NIGHT, demand_acts.Demanded(**told | given), clock.now())  # type: ignore[arg-type]
    assert said in sentence(made)


# reading


READ_WRONG = [
    ("no signature", {"is_signed": False}, "this is a question"),
    ("nothing named", {"named": frozenset()}, "Choose what the demand names"),
    ("beyond its reach", {"named": frozenset({Field.HEALTH_NEEDS})}, "does not reach so far"),
    ("what obliges to nothing names nothing", {"power": "none"}, "obliges to hand over nothing"),
    ("a term before it came", {"answer_by": date(2026, 11, 1)}, "Choose a later day"),
    ("a name as reference", {"reference": "MARKERSON"}, "holds a name"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "given", "said"), READ_WRONG, ids=[one[0] for one in READ_WRONG])
def test_a_demand_is_read_as_it_stands(why: str, given: dict[str, object], said: str) -> None:
    assert said in sentence(asked.read(asked.recorded(), **given))


def test_only_what_obliges_is_decided_on_and_never_twice_by_one(house: House) -> None:
    demand_id, now = asked.recorded(), clock.now()
    assert "Only a demand that can oblige" in sentence(
        demand_decisions.decide(DORA.actor(), demand_id, asked.COMPLY, now)
    )
    done(asked.read(demand_id))
    done(demand_decisions.decide(DORA.actor(), demand_id, asked.COMPLY, now))
    assert "already" in sentence(
        demand_decisions.decide(DORA.actor(), demand_id, Said(Verdict.REFUSE), now)
    )
    assert "It stands as it was read" in sentence(asked.read(demand_id))
    named = demand_decisions.record_lawyer(
        PETRA, demand_id, asked.COMPLY, clock.today(), "MR. OAK", now
    )
    assert "not a name" in sentence(named)
    early = demand_decisions.record_lawyer(
        PETRA, demand_id, asked.COMPLY, date(2026, 11, 1), asked.LETTER, now
    )
    assert "Choose a later day" in sentence(early)


def test_director_and_privacy_officer_are_two_people(house: House) -> None:
    both = Colleague("both", "de-haven", None, (Role.DIRECTOR, Role.PRIVACY_OFFICER))
    builders.hire(house, both)
    demand_id, now = asked.recorded(), clock.now()
    done(asked.read(demand_id))
    done(demand_decisions.decide(both.actor(), demand_id, asked.COMPLY, now))
    assert "already" in sentence(
        demand_decisions.decide(both.actor(), demand_id, asked.COMPLY, now)
    )
    lawyer = demand_decisions.record_lawyer(
        both.actor(), demand_id, asked.COMPLY, clock.today(), asked.LETTER, now
    )
    assert "two people" in sentence(lawyer)


# handing over


def test_exactly_what_is_named_leaves_and_only_after_three_and_a_second_look(house: House) -> None:
    case_id = world.with_words(world.admitted(days_ago=10))
    code, now = asked.code_of(house, case_id), clock.now()
    demand_id = asked.recorded()
    assert "linked to nobody before" in sentence(demand_handovers.link(PETRA, demand_id, code, now))
    done(asked.read(demand_id))
    some = frozenset({Field.OWN_NAME, Field.GENDER})
    asked.decided(demand_id, asked.COMPLY, asked.COMPLY, Said(Verdict.PARTLY, some))
    asked.linked(demand_id, code)
    assert "granted" in sentence(demand_handovers.prepare(PETRA, demand_id, NAMED, now))
    done(demand_handovers.prepare(PETRA, demand_id, some, now))
    with pytest.raises(NotKnown):
        demand_handovers.release(PETRA, demand_id, disclosed_values.of, now)
    done(demand_handovers.release(DORA.actor(), demand_id, asked.said, now))
    with house.stores.reading() as session, house.stores.reading_vault("de-haven") as vault:
        [left] = session.scalars(select(Disclosure)).all()
        [kept] = vault.scalars(select(DisclosedValues)).all()
        row = session.get_one(Demand, demand_id)
        assert (left.tier, left.state, left.case_id) == ("4", "issued", case_id)
        assert set(left.fields.split()) == {"own_name", "gender"}
        assert "birth" not in kept.fields
        assert (row.outcome, row.settled_on) == ("partly", clock.today())
    paper = demand_handovers.document(PETRA, demand_id, 1, now)
    assert isinstance(paper, PrintedLetter)
    assert told_of(house, "demand_document_opened") == [(None, 1)]
    with pytest.raises(NotKnown):
        demand_handovers.document(PETRA, demand_id, 2, now)
    with pytest.raises(NotKnown):
        demand_handovers.document(DORA.actor(), demand_id, 1, now)


def test_nights_leave_as_days_without_a_place(house: House) -> None:
    [bed, *_] = builders.open_site(house)
    case_id = world.with_words(world.admitted(days_ago=10))
    world.sleeps(house, case_id, bed, days_ago=5)
    demand_id = asked.recorded()
    nights = frozenset({Field.BED_NIGHTS})
    done(asked.read(demand_id, named=nights))
    asked.decided(demand_id, asked.COMPLY)
    asked.linked(demand_id, asked.code_of(house, case_id))
    done(demand_handovers.prepare(PETRA, demand_id, nights, clock.now()))
    nothing = demand_handovers.release(DORA.actor(), demand_id, lambda *_: {}, clock.now())
    done(nothing)
    with house.stores.reading_vault("de-haven") as vault:
        [kept] = vault.scalars(select(DisclosedValues)).all()
        assert kept.fields == '{"bed_nights":"2026-11-17 – 2026-11-22"}'
        assert "avenhuis" not in str(kept.letter)


def test_under_a_code_that_nobody_has_nothing_is_handed_over(house: House) -> None:
    demand_id = asked.ready(UNKNOWN)
    refused = demand_handovers.release(DORA.actor(), demand_id, asked.said, clock.now())
    assert "nothing is kept" in sentence(refused)
    done(demand_acts.settle(PETRA, demand_id, DemandOutcome.NOTHING_KEPT, clock.now()))


def test_another_organisations_client_is_out_of_reach(house: House) -> None:
    case_id = world.with_words(world.admitted(days_ago=10))
    code = asked.code_of(house, case_id)
    with builders.casework(house) as session:
        session.execute(text("UPDATE cases SET organisation = 'het-kompas'"))
    demand_id = asked.ready(code)
    refused = demand_handovers.release(DORA.actor(), demand_id, asked.said, clock.now())
    assert "nothing is kept" in sentence(refused)


def test_a_refusal_of_one_is_a_refusal(house: House) -> None:
    demand_id, now = asked.recorded(), clock.now()
    done(asked.read(demand_id))
    asked.decided(demand_id, asked.COMPLY, Said(Verdict.REFUSE), asked.COMPLY)
    asked.linked(demand_id, UNKNOWN)
    assert "refused" in sentence(demand_handovers.prepare(PETRA, demand_id, NAMED, now))
    done(demand_acts.settle(PETRA, demand_id, DemandOutcome.REFUSED, now))
    assert "settled" in sentence(demand_acts.settle(PETRA, demand_id, DemandOutcome.WITHDRAWN, now))


def test_whom_it_is_about_stands_in_the_vault_alone(house: House) -> None:
    case_id = world.with_words(world.admitted(days_ago=10))
    code = asked.code_of(house, case_id)
    asked.ready(code)
    with house.stores.reading() as session:
        for table in Demand.metadata.sorted_tables:
            if table.name.startswith("demand"):
                rows = session.execute(select(table)).all()
                assert code not in str(rows), table.name
                assert case_id not in str(rows), table.name
    with house.stores.audit.connect() as log:
        told = log.execute(select(Entry).where(Entry.event.like("demand%"))).all()
    assert code not in str(told)
    assert told_of(house, "demand_linked") == [(told[-1].object_id, 0)] * 2  # intent and outcome
    assert {count for one in told for _, count in told_of(house, one.event)} == {0}
    with house.stores.reading_vault("de-haven") as vault:
        assert vault.scalars(select(DemandLink.client_code)).all() == [code]


# the store holds it too


def test_the_store_refuses_what_three_did_not_decide(house: House) -> None:
    demand_id = asked.recorded()
    done(asked.read(demand_id))
    done(demand_decisions.decide(DORA.actor(), demand_id, asked.COMPLY, clock.now()))
    with pytest.raises(DatabaseError, match="demand undecided"), builders.casework(house) as session:  # fmt: skip
        session.add(
            DemandHandover(
                demand_id=demand_id, prepared_by="petra", prepared_at=cast.NOW, change_id="x"
            )
        )
    done(demand_decisions.decide(PETRA, demand_id, Said(Verdict.REFUSE), clock.now()))
    for statement in (
        "UPDATE demand_decisions SET verdict = 'comply'",
        "DELETE FROM demand_decisions",
        "DELETE FROM demand_fields",
        "INSERT INTO demand_fields (demand_id, field, change_id) VALUES (:id, 'phone', 'x')",
        "UPDATE demands SET effect = 'nothing'",
        "DELETE FROM demands",
    ):
        with pytest.raises(DatabaseError, match="append only"), builders.casework(house) as session:
            session.execute(text(statement), {"id": demand_id} if ":id" in statement else {})


def test_the_store_refuses_a_field_that_one_did_not_grant(house: House) -> None:
    demand_id = asked.ready(UNKNOWN, fields=frozenset({Field.OWN_NAME}))
    insert = "INSERT INTO demand_handover_fields (demand_id, field, change_id) VALUES (:id, 'phone', 'x')"
    with pytest.raises(DatabaseError, match="demand undecided"), builders.casework(house) as session:  # fmt: skip
        session.execute(text(insert), {"id": demand_id})
    same = "UPDATE demand_handovers SET released_by = 'petra', released_at = 'now'"
    with pytest.raises(DatabaseError), builders.casework(house) as session:
        session.execute(text(same))


# silence


def test_silence_takes_a_demand_off_the_clients_list_until_a_review_ends_it(house: House) -> None:
    case_id = world.with_words(world.admitted(days_ago=10))
    code, now, today = asked.code_of(house, case_id), clock.now(), clock.today()

    def shown(on: date = today) -> int:
        with house.stores.reading() as session:
            return len(demand_silences.shown_to_client(session, code, on, "de-haven"))

    demand_id = asked.ready(code)
    assert shown() == 1
    late = demand_decisions.keep_silent(PETRA, demand_id, "criminal", date(2027, 2, 23), now)
    assert "until 2027-02-22" in sentence(late)
    done(demand_decisions.keep_silent(PETRA, demand_id, "criminal", date(2027, 2, 22), now))
    assert shown() == 0
    done(demand_handovers.release(DORA.actor(), demand_id, asked.said, now))
    with house.stores.reading() as session:
        hidden = demand_silences.silent_disclosures(session, code, "de-haven")
        [left] = session.scalars(select(Disclosure.id)).all()
    assert set(hidden) == {left}
    amina = cast.AMINA.actor()
    assert not disclosure_readings.left(amina, case_id, now).lines
    with pytest.raises(NotKnown):
        disclosure_readings.one(amina, case_id, left, now)
    later = date(2027, 2, 22)
    assert shown(later) == 0
    assert demands.count_waiting(PETRA, later) == 1
    assert demands.count_waiting(PETRA, later - timedelta(days=1)) == 0
    with clock.fixed(cast.NOW + timedelta(days=93)):
        done(demand_decisions.end_silence(PETRA, demand_id, clock.now()))
        assert shown(clock.today()) == 1
        assert [one.id for one in disclosure_readings.left(amina, case_id, clock.now()).lines] == [
            left
        ]
        house.stores.forget_vaults()
        assert not disclosure_readings.left(amina, case_id, clock.now()).lines
        assert "No silence" in sentence(demand_decisions.end_silence(PETRA, demand_id, clock.now()))


def test_a_sealed_vault_tells_nobody_whose_a_demand_is(house: House) -> None:

    house.stores.forget_vaults()
    with house.stores.reading() as session, pytest.raises(VaultSealed):
        demand_silences.shown_to_client(session, UNKNOWN, clock.today(), "de-haven")


# a search


def test_what_was_taken_is_written_down_and_the_fg_sees_it(house: House) -> None:
    demand_id, now = asked.recorded(power="seizure", how=HowDemanded.IN_PERSON), clock.now()
    opened = demand_readings.opened(NIGHT, demand_id, now)
    assert opened.search
    assert opened.may["take"]
    done(demand_acts.supervise(FRANK.actor(), demand_id, now))
    assert demands.count_waiting(FRANK.actor(), clock.today()) == 0
    took = Took(Taken.COMPUTER, 2, None, "a" * 64, now)
    done(demand_acts.take(NIGHT, demand_id, took, now))
    assert demands.count_waiting(FRANK.actor(), clock.today()) == 1
    for wrong, said in (
        (Took(Taken.DISK, 0, None, None, now), "Enter how many"),
        (Took(Taken.DISK, 1, None, "no digest", now), "64 signs"),
        (Took(Taken.DISK, 1, None, None, now + timedelta(hours=1)), "moment that has come"),
        (Took(Taken.DISK, 1, "elsewhere", None, now), "one of the options"),
    ):
        assert said in sentence(demand_acts.take(NIGHT, demand_id, wrong, now))
    done(asked.read(demand_id, power="seizure", named=frozenset()))
    assert "can oblige" in sentence(
        demand_decisions.decide(DORA.actor(), demand_id, asked.COMPLY, now)
    )
    done(demand_acts.settle(PETRA, demand_id, DemandOutcome.TAKEN, now))


# the yearly table


def test_small_numbers_of_the_year_are_not_printed(house: House) -> None:
    for _ in range(6):
        asked.recorded(authority="avim")
    asked.recorded(authority="ap", power="oversight")
    found = demand_counts.year_of(PETRA, clock.now())
    rows = {row.key: row for row in found.table.classes}
    assert rows["immigration"].all_of_them.text == "5"
    assert rows["oversight"].all_of_them.text == "<5"
    assert rows["court"].all_of_them.text == "<5"
    assert found.table.all_of_them.text == "5"
    assert not found.is_public
    with pytest.raises(NotKnown):
        demand_counts.year_of(NIGHT, clock.now())
