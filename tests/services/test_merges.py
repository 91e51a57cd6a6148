"""Two client codes of one person: what is refused, what stands afterwards, and what undoing brings back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from caseflow import clock
from caseflow.domain.cards import CardLines
from caseflow.domain.decisions import Refused
from caseflow.services import (
    cards,
    caseloads,
    casework,
    gatekeeping,
    merges,
    own_lists,
    restrictions,
    returns,
    separations,
)
from caseflow.services.casework import IdentityWords
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.identity_views import IdentityView
from caseflow.services.interruptions import VaultSealed
from caseflow.services.merge_views import Preview
from caseflow.storage import audit_readings, episodes
from caseflow.storage import merges as stored
from caseflow.storage.audit_readings import Wanted
from caseflow.storage.models.bases import CaseworkBase
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.merges import ClientMerge
from tests import builders, cast
from tests import case_worlds as world

AMINA, LENA = cast.AMINA.actor(), cast.LENA.actor()


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def pair(house: House) -> tuple[str, str]:
    """A case that is open, and one of the same person under another code that has ended."""
    builders.hire_everybody(house)
    first, second = world.assigned(days_ago=20), world.assigned(days_ago=200)
    called(first, IdentityWords("Mohammed", "Hassan", birth_year=1991))
    called(second, IdentityWords("Muhammad", "Al-Hasan", "Abu Samir"))
    with builders.casework(house) as session:
        ended = session.get_one(Case, second)
        ended.stage = "closed"
        session.get_one(Client, ended.client_code).call_name = "Heron"
    return first, second


def called(case_id: str, told: IdentityWords) -> None:
    world.done(casework.record_identity(AMINA, case_id, told, clock.now()))


def code_of(house: House, case_id: str) -> str:
    with house.stores.reading() as session:
        return session.get_one(Case, case_id).client_code


def joined(house: House, pair: tuple[str, str]) -> tuple[str, str]:
    """Merges the second into the first; answers the code that is kept and the one that was given up."""
    kept, given_up = code_of(house, pair[0]), code_of(house, pair[1])
    world.done(merges.merge(LENA, pair[0], given_up, clock.now()))
    return kept, given_up


def undone(house: House, case_id: str) -> None:
    with house.stores.reading() as session:
        [merge_id] = [row.id for row in session.query(ClientMerge).filter_by(undone_at=None)]
    world.done(merges.undo(LENA, case_id, merge_id, clock.now()))


def seen(case_id: str, actor: Any = AMINA) -> Any:
    return gatekeeping.open_case(actor, case_id, clock.now())


def why_not(case_id: str, code: str, actor: Any = LENA) -> str:
    refused = merges.merge(actor, case_id, code, clock.now())
    assert isinstance(refused, Refused)
    return str(refused.reason)


def coded_rows(house: House) -> dict[str, list[tuple[Any, ...]]]:
    """Every coded row that is no bookkeeping of merges, to be compared before and after; versions apart."""
    left_out = {"client_merges", "merged_rows", "changes", "notices"}
    found = {}
    with house.stores.reading() as session:
        for table in CaseworkBase.metadata.sorted_tables:
            if table.name not in left_out:
                columns = [one for one in table.columns if one.name != "version"]
                rows = session.execute(table.select().with_only_columns(*columns)).all()
                found[table.name] = sorted((tuple(row) for row in rows), key=str)
    return found


def test_the_kept_code_has_every_case_and_reads_the_words_of_both(
    house: House, pair: tuple[str, str]
) -> None:
    kept, given_up = joined(house, pair)
    assert [code_of(house, one) for one in pair] == [kept, kept]
    identity = seen(pair[0]).identity
    assert isinstance(identity, IdentityView)
    assert {one.name for one in identity.names} == {"Abu Samir"}
    assert identity.given_names == "Muhammad", "the newest version counts"
    assert [one.given_names for one in identity.former] == ["Mohammed"]
    [told] = seen(pair[0]).merged
    assert told.code == given_up


def test_every_name_and_both_codes_find_the_person(house: House, pair: tuple[str, str]) -> None:
    for typed in ("Mohamed Hassan", "abu samir", "Heron", *joined(house, pair)):
        page = caseloads.caseload(AMINA, clock.now(), find=typed)
        assert [row.case_id for row in page.rows] == [pair[0]], typed


def test_undoing_brings_back_exactly_what_was(house: House, pair: tuple[str, str]) -> None:
    before, names = coded_rows(house), [seen(one).identity for one in pair]
    joined(house, pair)
    assert coded_rows(house) != before
    undone(house, pair[0])
    assert coded_rows(house) == before
    assert [seen(one).identity for one in pair] == names
    assert seen(pair[0]).merged == ()


def noted(case_id: str, words: str) -> None:
    world.done(casework.write_note(AMINA, case_id, "phone", clock.today(), words, clock.now()))


def turned(house: House, pair: tuple[str, str]) -> None:
    """The first case has ended, and the second is the one that is open."""
    with builders.casework(house) as session:
        session.get_one(Case, pair[0]).stage = "closed"
        session.get_one(Case, pair[1]).stage = "guidance"


def test_words_written_in_between_stay_with_their_case(house: House, pair: tuple[str, str]) -> None:
    noted(pair[0], "About the first.")
    turned(house, pair)
    noted(pair[1], "Before.")
    joined(house, pair)
    noted(pair[1], "In between.")
    assert [note.words for note in seen(pair[1]).notes] == ["In between.", "Before."]
    undone(house, pair[0])
    assert [note.words for note in seen(pair[0]).notes] == ["About the first."]
    assert [note.words for note in seen(pair[1]).notes] == ["In between.", "Before."]


def test_a_case_added_since_stays_with_the_kept_code(house: House, pair: tuple[str, str]) -> None:
    kept, given_up = joined(house, pair)
    with builders.casework(house) as session:
        session.get_one(Case, pair[0]).stage = "closed"
    back = returns.come_back(
        cast.TESS.actor(), given_up, "waterstad-lvv", clock.today(), clock.now()
    )
    assert not isinstance(back, Refused), "the given-up code leads to the kept one at the desk"
    assert back.client_code == kept
    with house.stores.reading() as session:
        merge_id = session.query(ClientMerge.id).scalar()
    found = merges.undo_preview(LENA, pair[0], merge_id, clock.now())
    assert (len(found.going_back), len(found.staying)) == (1, 2)
    undone(house, pair[0])
    assert [code_of(house, one) for one in (*pair, back.case_id)] == [kept, given_up, kept]


def test_figures_count_one_person_and_the_clock_goes_on_from_the_earlier_case(
    house: House, pair: tuple[str, str]
) -> None:
    with builders.casework(house) as session:
        for one in pair:
            session.get_one(Case, one).stage = "closed"
    joined(house, pair)
    with house.stores.reading() as session:
        people = {one.client_code for one in session.query(Case).all()}
        assert len(people) == 1
        here = {"waterstad-lvv": house.catalogue.programmes["waterstad-lvv"]}
        read = episodes.of_programmes(session, here, (clock.today(),))
        assert len({one.person for (one,) in read}) <= 1


def test_whose_files_are_not_all_open_to_the_reader_is_unknown(
    house: House, pair: tuple[str, str]
) -> None:
    """Another organisation, another team, a restricted case and a code that nobody has: one sentence."""
    other = world.registered(days_ago=3)
    with builders.casework(house) as session:
        session.get_one(Case, other).team_id = "haven-west"
    codes = {"nobody": "K7QM-4XPD", "another team": code_of(house, other)}
    said = {why_not(pair[0], code) for code in codes.values()}
    with builders.casework(house) as session:
        session.get_one(Client, code_of(house, pair[1])).restricted = True
    said.add(why_not(pair[0], code_of(house, pair[1])))
    with builders.casework(house) as session:
        client = session.get_one(Client, code_of(house, pair[1]))
        client.restricted, client.organisation = False, "het-kompas"
    said.add(why_not(pair[0], code_of(house, pair[1])))
    assert said == {str(merges.UNKNOWN.reason)}


def test_nobody_else_merges(house: House, pair: tuple[str, str]) -> None:
    code = code_of(house, pair[1])
    for colleague in (cast.BRAM, cast.SARA, cast.KOFI, cast.NOOR, cast.YUSUF):
        with pytest.raises(NotKnown):
            merges.merge(colleague.actor(), pair[0], code, clock.now())
        with pytest.raises(NotKnown):
            merges.preview(colleague.actor(), pair[0], code, clock.now())


def test_two_open_cases_in_one_programme_are_refused(house: House, pair: tuple[str, str]) -> None:
    with builders.casework(house) as session:
        session.get_one(Case, pair[1]).stage = "screening"
    assert "open case in" in why_not(pair[0], code_of(house, pair[1]))


def test_two_beds_on_one_night_are_refused(house: House, pair: tuple[str, str]) -> None:
    beds = builders.open_site(house)
    world.sleeps(house, pair[0], beds[0], days_ago=5)
    world.sleeps(house, pair[1], beds[1], days_ago=3)
    assert "a bed on the night of" in why_not(pair[0], code_of(house, pair[1]))
    with house.stores.reading() as session:
        assert session.query(ClientMerge).count() == 0


def test_who_are_kept_apart_are_two_people(house: House, pair: tuple[str, str]) -> None:
    code = code_of(house, pair[1])
    world.done(separations.keep_apart(LENA, pair[0], code, clock.today(), clock.now()))
    assert "kept apart for safety" in why_not(pair[0], code)


def test_a_merge_of_a_merge_goes_the_other_way_round(house: House, pair: tuple[str, str]) -> None:
    kept, given_up = joined(house, pair)
    third = world.assigned(days_ago=300)
    with builders.casework(house) as session:
        session.get_one(Case, third).stage = "closed"
    assert "has taken over another code" in why_not(third, kept)
    assert "has taken over another code" in why_not(third, given_up), "it leads to the kept code"
    world.done(merges.merge(LENA, pair[0], code_of(house, third), clock.now()))
    assert len(seen(pair[0]).merged) == 2
    assert "This is the code of this person" in why_not(pair[0], given_up)


def test_the_strictest_mark_wins_and_goes_back_with_its_code(
    house: House, pair: tuple[str, str]
) -> None:
    before = coded_rows(house)
    world.done(restrictions.restrict(LENA, pair[0], ("amina",), clock.now()))
    turned(house, pair)
    world.done(restrictions.restrict(LENA, pair[1], ("bram",), clock.now()))
    both = coded_rows(house)
    code = code_of(house, pair[1])
    found = merges.preview(LENA, pair[0], code, clock.now())
    assert isinstance(found, Preview)
    assert found.readers_lost == 2
    world.done(merges.merge(LENA, pair[0], code, clock.now()))
    for actor in (AMINA, cast.BRAM.actor()):
        with pytest.raises(NotKnown):
            seen(pair[0], actor)
    assert seen(pair[0], LENA).restricted
    undone(house, pair[0])
    assert coded_rows(house) == both
    assert both != before


def test_a_mark_that_came_with_the_merge_ends_with_it(house: House, pair: tuple[str, str]) -> None:
    turned(house, pair)
    world.done(restrictions.restrict(LENA, pair[1], ("amina",), clock.now()))
    before = coded_rows(house)
    joined(house, pair)
    assert seen(pair[0]).restricted
    with pytest.raises(NotKnown):
        seen(pair[0], cast.BRAM.actor())
    undone(house, pair[0])
    assert coded_rows(house) == before
    assert not seen(pair[0]).restricted


def test_a_mark_that_was_lifted_in_between_comes_back_with_its_readers(
    house: House, pair: tuple[str, str]
) -> None:
    """A restricted file that nobody may open would be lost."""
    turned(house, pair)
    world.done(restrictions.restrict(LENA, pair[1], ("amina",), clock.now()))
    joined(house, pair)
    world.done(restrictions.lift(LENA, pair[1], clock.now()))
    undone(house, pair[0])
    assert seen(pair[1], AMINA).restricted
    assert seen(pair[1], LENA).restricted
    assert not seen(pair[0]).restricted


def test_of_two_cards_the_newest_opens_and_the_other_comes_back(
    house: House, pair: tuple[str, str]
) -> None:
    turned(house, pair)
    lines = {one: CardLines(allergies=f"allergy of {one}") for one in ("old", "new")}
    world.done(cards.record(AMINA, pair[0], lines["old"], None, clock.now()))
    later = clock.now() + timedelta(minutes=5)
    world.done(cards.record(AMINA, pair[1], lines["new"], None, later))
    joined(house, pair)
    assert seen(pair[0]).card.lines.allergies == "allergy of new"
    undone(house, pair[0])
    assert [seen(one).card.lines.allergies for one in pair] == ["allergy of old", "allergy of new"]


def test_the_log_knows_codes_and_ids_and_no_name(house: House, pair: tuple[str, str]) -> None:
    kept, given_up = joined(house, pair)
    [told] = {
        str(sorted(one.details.items()))
        for one in audit_readings.page(
            house.stores, Wanted(events=frozenset({"clients_merged"})), most=9
        )
    }
    assert kept in told
    assert given_up in told
    assert "Heron" not in told


def test_the_list_of_looks_for_the_client_has_those_at_both_codes(
    house: House, pair: tuple[str, str]
) -> None:
    def acts() -> int:
        made = own_lists.printed(LENA, pair[0], "en", own_lists.Period.ALL, clock.now())
        return sum(line.times for day in made.days for line in day.lines)

    before = acts()
    joined(house, pair)
    assert acts() > before + 2


def test_while_the_vault_is_sealed_nothing_is_merged(house: House, pair: tuple[str, str]) -> None:
    code = code_of(house, pair[1])
    house.stores.forget_vaults()
    for act in (merges.preview, merges.merge):
        with pytest.raises(VaultSealed):
            act(LENA, pair[0], code, clock.now())  # type: ignore[operator]


def test_a_merge_cannot_be_undone_twice_nor_from_another_file(
    house: House, pair: tuple[str, str]
) -> None:
    joined(house, pair)
    other = world.assigned(days_ago=2)
    with house.stores.reading() as session:
        merge_id = session.query(ClientMerge.id).scalar()
    with pytest.raises(NotKnown):
        merges.undo(LENA, other, merge_id, clock.now())
    undone(house, pair[0])
    with pytest.raises(NotKnown):
        merges.undo(LENA, pair[0], merge_id, clock.now())


STAYS_AS_IT_IS = {
    "complaints.client_code": "as it was typed, never looked up",
    "client_merges.kept_code": "the merge itself",
    "client_merges.given_up_code": "the merge itself",
    "clients.code": "the client row of a given-up code stays, with its call name",
}


def named_columns(skipped: str = "") -> set[str]:
    """Columns of casework that name a client and that nobody says what a merge does with."""
    moving = {f"{model.__tablename__}.{column}" for _, model, column in stored.MOVES} - {skipped}
    found = set()
    for table in CaseworkBase.metadata.sorted_tables:
        for column in table.columns:
            points = any(key.target_fullname == "clients.code" for key in column.foreign_keys)
            if (
                points
                or column.name.endswith("client_code")
                or f"{table.name}.code" == "clients.code"
            ):
                found.add(f"{table.name}.{column.name}")
    found = {one for one in found if not one.startswith("clients.") or one == "clients.code"}
    return found - moving - set(STAYS_AS_IT_IS)


def test_every_column_that_names_a_client_is_thought_of() -> None:
    assert named_columns() == set(), "Add it to storage.merges.MOVES, or say here why it stays."
    assert named_columns("placements.client_code") == {"placements.client_code"}
