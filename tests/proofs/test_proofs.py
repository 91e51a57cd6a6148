"""The leak proof: it holds, it covers what was added yesterday, and it finds a guard that is gone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Column, Date, Integer, String, Text
from werkzeug.routing import Map, Rule

from caseflow.domain.access import Relation
from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part, Surface
from caseflow.proofs import blanks, campaigns, faults, grounds, plantings, routes
from caseflow.proofs.expectations import CLIENT, Verdict, readers, sight, verdict
from caseflow.proofs.grounds import Ground
from caseflow.proofs.plantings import Planted
from caseflow.proofs.plants import Kind, NotPlantable, Planter
from caseflow.proofs.sightings import Lookout, readable, words_in
from caseflow.proofs.visitors import EVERYBODY
from caseflow.proofs.visits import overhearing
from caseflow.proofs.worlds import counted
from caseflow.storage.models import CardsBase, CaseworkBase, VaultBase
from tests.architecture.sources import PROJECT

VISITOR = {one.key: one for one in EVERYBODY}
TODAY = grounds.NOW.date()
INFO = {"compartment": Compartment.IDENTITY, "part": Part.REST, "purpose": Purpose.KNOW_THE_PERSON}


def quiet(line: object) -> None:
    """Nobody listens to the progress of a test."""


@pytest.fixture(scope="module")
def planned() -> Planted:
    return plantings.planned(Planter(TODAY))


@pytest.fixture(scope="module")
def planted() -> Iterator[tuple[Ground, Planted]]:
    with grounds.laid() as ground:
        yield ground, plantings.plant(ground)


@pytest.mark.timeout(400)
def test_the_fast_proof_holds() -> None:
    report = campaigns.prove(fast=True, say=quiet)

    assert [str(leak) for leak in report.leaks] == []
    assert report.probes >= 100_000


@pytest.mark.full
@pytest.mark.timeout(4000)
def test_the_whole_proof_holds_and_finds_every_planted_fault() -> None:
    said = subprocess.run(
        [sys.executable, "-P", "-m", "caseflow", "firewall", "prove", "--fault", "all", "--json"],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    report = json.loads(said.stdout)

    assert report["leaks"] == []
    assert report["blanks"] == []
    assert set(report["faults"].values()) == {True}
    assert report["probes"] >= 100_000
    assert said.returncode == 0


@pytest.mark.parametrize(
    "name", ["an export that skips redaction", "an autocomplete", "a sort order"]
)
def test_a_guard_that_is_gone_is_reported_by_its_name(
    name: str, planted: tuple[Ground, Planted]
) -> None:
    [fault] = [one for one in faults.FAULTS if one.name == name]

    with overhearing() as ear:
        assert campaigns.is_found(fault, *planted, ear)


def test_there_are_at_least_twelve_faults_each_with_a_name_of_its_own() -> None:
    assert len(faults.NAMES) == len(set(faults.NAMES)) >= 12


def test_every_table_of_every_store_about_people_has_a_planted_row(planned: Planted) -> None:
    tables = {
        table.name
        for base in (CaseworkBase, VaultBase, CardsBase)
        for table in base.metadata.sorted_tables
    }

    assert {row.table.name for row in planned.rows} == tables


@pytest.mark.parametrize(
    ("column", "kind"),
    [(String(40), Kind.WORD), (Text(), Kind.WORD), (Integer(), Kind.NUMBER), (Date(), Kind.DAY)],
)
def test_a_column_that_is_added_tomorrow_is_planted_tomorrow(column: object, kind: Kind) -> None:
    table = VaultBase.metadata.tables["identities"]
    copy = table.to_metadata(type(VaultBase.metadata)())
    copy.append_column(Column("shoe_size", column, info=INFO))

    row = Planter(TODAY).row("vault:de-haven", copy, {}, owner="inside")

    [plant] = [one for one in row.plants if one.column == "shoe_size"]
    assert (plant.kind, plant.compartment) == (kind, Compartment.IDENTITY)
    assert Lookout([plant]).sighted(f"<td>{plant.value}</td>")


def test_a_link_that_nobody_named_stops_the_run_with_its_name() -> None:
    table = CaseworkBase.metadata.tables["case_team_members"]

    with pytest.raises(NotPlantable, match=r"case_team_members\.case_id"):
        Planter(TODAY).row("casework", table, {})


def test_a_route_whose_parameter_has_no_value_stops_the_run_with_its_name(
    planted: tuple[Ground, Planted],
) -> None:
    ground, world = planted
    rule = Rule("/secrets/<colour>", endpoint="secrets", methods=["GET"])
    Map([rule])

    with pytest.raises(routes.Unvisitable, match="/secrets/<colour>"):
        list(routes.addresses(ground.app, world, rule, ("inside",)))


def test_what_is_planted_stands_nowhere_else(planned: Planted) -> None:
    words = [one.value for one in planned.plants if one.kind is Kind.WORD]

    assert len(words) == len(set(words)) > 400


def test_every_role_and_relation_that_opens_a_case_has_a_visitor() -> None:
    campaigns._everybody_stands()

    assert {one.shows for one in EVERYBODY} >= set(Relation) - {Relation.HOUSES, Relation.BEDSIDE}


def test_a_role_and_relation_without_a_visitor_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaigns, "EVERYBODY", [one for one in EVERYBODY if one.key != "desk"])

    with pytest.raises(campaigns.NobodyStands, match="intake_desk"):
        campaigns._everybody_stands()


@pytest.mark.parametrize(
    "spelled",
    [
        "2026-03-09",
        "09-03-2026",
        "9 maart 2026",
        "9 March 2026",
        "March 9, 2026",
        "9-3-2026",
        "9 mrt. 2026",
    ],
)
def test_a_day_is_seen_however_it_is_spelled(spelled: str, planned: Planted) -> None:
    [day, *_] = [one for one in planned.plants if one.kind is Kind.DAY]
    lookout = Lookout([type(day)(**{**vars(day), "value": date(2026, 3, 9)})])

    assert lookout.sighted(f"<time>{spelled}</time>")


def test_a_word_is_seen_in_bytes_in_an_address_and_in_other_letters(planned: Planted) -> None:
    word = next(
        one for one in planned.plants if one.kind is Kind.WORD and isinstance(one.value, str)
    )
    value, lookout = str(word.value), Lookout([word])

    assert lookout.sighted(f"next=%2Fcases%3Fq%3D{value.upper()}")
    assert words_in(value.encode("utf-16-le")) == [value.lower()]
    assert value in readable(value.encode("utf-16-le"))


EXPECTED = (
    # reader, client, compartment, part, seen in lists, seen when opened
    ("case-team", "inside", Compartment.IDENTITY, Part.REST, True, True),
    ("same-team", "inside", Compartment.IDENTITY, Part.REST, False, False),
    ("leads-team", "inside", Compartment.IDENTITY, Part.REST, False, True),
    ("places", "inside", Compartment.CONTACT, Part.HOW_TO_REACH, True, True),
    ("places", "inside", Compartment.CONTACT, Part.REST, False, False),
    ("glass", "inside", Compartment.NOTES, Part.REST, True, True),
    ("glass", "inside", Compartment.LEGAL_NOTES, Part.RELEASED, False, False),
    ("case-team", "restricted", Compartment.CASEWORK, Part.CALL, False, False),
    ("named-reader", "restricted", Compartment.IDENTITY, Part.REST, True, True),
    ("ended", "inside", Compartment.CASEWORK, Part.CALL, False, False),
    ("case-team-kompas", "inside", Compartment.CASEWORK, Part.CALL, False, False),
    ("privacy-officer", "inside", Compartment.CASEWORK, Part.CALL, False, False),
)


@pytest.mark.parametrize("line", EXPECTED, ids=lambda line: f"{line[0]} of {line[1]}: {line[2]}")
def test_the_proof_reads_the_tables_as_they_are_written(
    line: tuple[str, str, Compartment, Part, bool, bool],
) -> None:
    visitor, client, compartment, part, listed, opened = line
    parts = frozenset({part})

    seen = [
        sight(VISITOR[visitor], CLIENT[client], surface).sees(compartment, parts)
        for surface in (Surface.LIST, Surface.OPENED)
    ]

    assert seen == [listed, opened]


def test_neither_side_of_a_separation_stands_on_the_page_of_the_other(planned: Planted) -> None:
    [name] = planned.of_table("clients", "apart")
    plant = next(one for one in name.plants if one.column == "call_name")
    coordinator = VISITOR["places"]

    assert verdict(coordinator, plant, None) is Verdict.DUE
    assert verdict(coordinator, plant, "inside") is Verdict.NOT_DUE


def test_what_is_over_is_no_relation_any_more() -> None:
    over = [VISITOR["ended"], VISITOR["counsellor-ended"]]

    assert {counted(one, CLIENT["inside"]) for one in over} == {frozenset()}
    assert {readers(one, CLIENT["inside"]) for one in over} == {frozenset()}


def test_what_is_not_shown_yet_is_due_to_somebody_and_planted(planned: Planted) -> None:
    places = {one.place for one in planned.plants if one.owner and not one.is_bookkeeping}

    assert set(blanks.NOT_SHOWN_YET) <= places
