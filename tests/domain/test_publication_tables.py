"""Further tables: which are printed, for how long, and what a catalogue may not ask for."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from caseflow.domain.breakdowns import ExitCell, PersonCell, of_exits, of_participants
from caseflow.domain.certificates import certify, check_certificate
from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.decisions import Refused
from caseflow.domain.episodes import LimitStatus
from caseflow.domain.indicator_files import load_indicators
from caseflow.domain.lengths_of_stay import StayBand
from caseflow.domain.publication_rules import load_publication_rules
from caseflow.domain.publication_tables import TableChoice, Totals
from caseflow.domain.publications import PublicationDraft, prepare
from caseflow.domain.published_counts import PublishedCount, PublishedCounts
from caseflow.domain.published_tables import PrintedRow
from caseflow.domain.rounding import printed
from caseflow.domain.tallies import Tally

CONFIG = Path(__file__).parents[2] / "config"
INDICATORS = load_indicators(CONFIG / "indicators.toml")
RULES = load_publication_rules(CONFIG / "publication.toml", INDICATORS)
NEXT_YEAR = date(2026, 1, 1)
QUARTERS = (date(2025, 1, 1), date(2025, 4, 1), date(2025, 7, 1), date(2025, 10, 1))
OUTCOMES = {
    ("residence_permit", None): 62,
    ("voluntary_return", None): 44,
    ("national_reception", "repeat_asylum_application"): 81,
    ("left_destination_unknown", None): 61,
    ("detained", None): 2,
}
STAYS = dict(zip(StayBand, (31, 42, 53, 41, 44, 39), strict=True))
EVEN = {"man": 210, "woman": 105, "unknown": 35}


def counted(as_of=QUARTERS[0], stays=None, genders=None, outcomes=None, more=0) -> Tally:
    outcomes = Counter(OUTCOMES if outcomes is None else outcomes)
    outcomes["residence_permit", None] += more
    people = Counter(EVEN if genders is None else genders)
    by_stay = Counter(STAYS if stays is None else stays)
    by_stay[StayBand.LONGER] += outcomes.total() - by_stay.total()
    people["man"] += more
    exits = Counter(
        {
            ExitCell(("other", None), "unknown", "unknown", band, LimitStatus.WITHIN): n
            for band, n in by_stay.items()
        }
    )
    persons = Counter(
        {PersonCell(gender, "28-37", LimitStatus.WITHIN): n for gender, n in people.items()}
    )
    total, left = people.total(), outcomes.total()
    found = Tally(as_of, total, total, total - left, 0, outcomes, 0, 0)
    return replace(found, exits_by=of_exits(exits), participants_by=of_participants(persons))


def published(tallied, earlier=(), members=("a",), rules=RULES):
    return prepare(
        tallied,
        scope="a",
        members=members,
        today=date(2027, 1, 1),
        rules=rules,
        indicators=INDICATORS,
        earlier=earlier,
    )


def tables_of(draft):
    assert isinstance(draft, PublicationDraft), draft
    return {table.id: [row.printed.text for row in table.rows] for table in draft.tables}


def test_tables_stand_beside_the_outcomes_with_their_definition():
    draft = published(counted())

    assert tables_of(draft) == {
        "gender": ["210", "105", "35"],
        "stay": ["30", "40", "55", "40", "45", "40"],
    }
    assert draft.tables[0].definition.nl.startswith("Deelnemers naar gender")
    assert check_certificate(json.loads(json.dumps(draft.certificate))) == []


@pytest.mark.parametrize(
    ("genders", "rows"),
    [
        pytest.param({"man": 200, "woman": 142, "other": 8}, 3, id="eight prints ten"),
        pytest.param({"man": 200, "woman": 143, "other": 7}, 2, id="seven prints five"),
        pytest.param({"man": 200, "woman": 150}, 2, id="nobody in a row"),
        pytest.param({"man": 343, "woman": 7}, None, id="too few even together"),
    ],
)
def test_a_table_with_a_row_below_ten_is_never_printed(genders, rows):
    found = tables_of(published(counted(genders=genders))).get("gender")

    assert (None if found is None else len(found)) == rows


def test_who_the_people_were_is_not_told_where_nearly_all_of_them_left():
    almost_all = {"man": 180, "woman": 80}

    assert "gender" not in tables_of(published(counted(genders=almost_all)))


def test_a_group_prints_nothing_of_how_long_people_stayed():
    """Beside the tables of its members it would say who stayed how long in the rest."""
    assert set(tables_of(published(counted(), members=("a", "b")))) == {"gender"}


def test_a_table_that_is_printed_stays():
    first = published(counted())

    second = published(counted(QUARTERS[1], more=9), [first.counts])

    assert set(tables_of(second)) == set(tables_of(first))
    assert check_certificate(second.certificate) == []


def chosen(tallied, earlier=()):
    """The choice alone, without the attack: what a publication would print beside the outcomes."""
    everything = frozenset("x")
    exits = PublishedCount("exits", everything, printed(tallied.exits))
    people = PublishedCount("participants", everything, printed(tallied.participants), True)
    choice = TableChoice(tallied.as_of, Totals(exits, people), 250, True, earlier)
    tables = choice.tables(RULES.tables, tallied)
    return PublishedCounts(
        "a", frozenset("a"), tallied.as_of, ("x",), frozenset(), (people, exits), tables=tables
    )


def test_a_table_that_is_left_out_stays_out_for_a_year():
    issued = [chosen(counted(genders={"man": 343, "woman": 7}))]
    for quarter in QUARTERS[1:]:
        issued.append(chosen(counted(quarter), issued))
        assert issued[-1].table("gender") is None

    assert chosen(counted(NEXT_YEAR), issued).table("gender") is not None


@pytest.mark.parametrize(("more", "comes_in"), [(20, False), (60, True)])
def test_exits_by_stay_come_in_later_only_if_there_are_enough_new_ones(more, comes_in):
    """Otherwise it would show that nobody can have stayed out of its smallest row before."""
    first = chosen(counted(stays=STAYS | {StayBand.UP_TO_3: 2, StayBand.UP_TO_6: 71}))
    assert first.table("stay") is None

    found = chosen(counted(NEXT_YEAR, more=more), [first])

    assert (found.table("stay") is not None) is comes_in


def test_a_row_that_falls_below_ten_after_a_correction_stops_the_publication():
    first = published(counted())

    refused = published(counted(QUARTERS[1], genders={"man": 348, "woman": 2}), [first.counts])

    assert isinstance(refused, Refused)
    assert "corrected" in str(refused.reason)


def test_a_certificate_with_another_row_is_found_out():
    certificate = json.loads(json.dumps(published(counted()).certificate))
    certificate["publications"][0]["tables"][1]["rows"][0]["printed"] = 200

    assert check_certificate(certificate) != []


def test_a_table_with_a_small_row_never_passes_the_gate_however_it_came_there():
    good = published(counted()).counts
    small = PrintedRow("other_or_unknown", printed(3))
    gender, stay = good.tables
    planted = replace(gender, rows=(*gender.rows[:2], small))

    assert certify([good])["passes"]
    assert not certify([replace(good, tables=(planted, stay))])["passes"]
    # Two tables of exits could be crossed; only one is known to the attack.
    assert not certify([replace(good, tables=(stay, replace(stay, id="crossed")))])["passes"]


BROKEN = [
    ('dimension = "stay"', 'dimension = "outcome"', "table.stay.dimension: must be one of"),
    ('cohort = "exits"', 'cohort = "everyone"', "table.stay.cohort: must be exits or"),
    ("from_exits = 100", "from_exits = 20", "from_exits: must be a whole number of 100"),
    ('codes = ["longer"]', 'codes = ["up_to_3"]', "table.stay.rows: must hold each of these once"),
    ('id = "up_to_24", codes', 'id = "up_to_3", codes', "each row needs a name of its own"),
    (
        'cohort = "participants"\ndimension = "age_band"',
        'cohort = "exits"\ndimension = "age_band"',
        "table.age_band",
    ),
    ('dimension = "gender"', 'dimension = ["gender", "age_band"]', "one of two categories never"),
]


@pytest.mark.parametrize(("old", "new", "line"), BROKEN)
def test_a_catalogue_that_could_not_pass_is_refused(tmp_path, old, new, line):
    shipped = (CONFIG / "publication.toml").read_text(encoding="utf-8")
    assert old in shipped
    broken = tmp_path / "publication.toml"
    broken.write_text(shipped.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ConfigurationRefused) as refused:
        load_publication_rules(broken, INDICATORS)

    assert any(line in str(problem) for problem in refused.value.problems)
