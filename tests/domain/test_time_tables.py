"""Time to solution: which table is printed, in how many bands, once a year, and what the gate is told of it."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from caseflow.domain.breakdowns import ExitCell, of_exits
from caseflow.domain.certificates import certify, check_certificate
from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.episodes import LimitStatus
from caseflow.domain.indicator_files import load_indicators
from caseflow.domain.lengths_of_stay import StayBand
from caseflow.domain.publication_rules import load_publication_rules
from caseflow.domain.publications import PublicationDraft, prepare
from caseflow.domain.published_tables import Cohort
from caseflow.domain.rounding import printed
from caseflow.domain.tallies import STILL_IN, TRANSFERRED, Tally
from caseflow.domain.time_tables import TIME

CONFIG = Path(__file__).parents[2] / "config"
INDICATORS = load_indicators(CONFIG / "indicators.toml")
RULES = load_publication_rules(CONFIG / "publication.toml", INDICATORS)
FIRST = date(2025, 1, 1)
LATER = date(2025, 7, 1)
NEXT_YEAR = date(2026, 1, 1)
PERMIT, RETURNED = ("residence_permit", None), ("voluntary_return", None)
UNKNOWN_TO, DETAINED = ("left_destination_unknown", None), ("detained", None)
ENDED = {PERMIT: 71, RETURNED: 44, UNKNOWN_TO: 94, DETAINED: 2}
BANDS = tuple(StayBand)
EVENLY = (8, 12, 21, 20, 22, 17)
"""Out of a hundred stays that ended, how many lasted so long."""
SHORTER = (8, 12, 41, 34, 3, 2)
STILL = (10, 11, 23, 24, 20, 19)


def counted(
    as_of=FIRST, *, lasted=EVENLY, still=STILL, moved=4, more=0, participants=None
) -> Tally:
    """People who left by the shares of `lasted`, and those who are still in; everything else is equal."""
    stays: Counter = Counter()
    for outcome, count in ENDED.items():
        spread = [round(count * share / 100) for share in lasted]
        spread[2] += count - sum(spread)
        for band, people in zip(BANDS, spread, strict=True):
            stays[outcome, band] += people
    stays[PERMIT, StayBand.UP_TO_6] += more
    exits = Counter({key: sum(n for (k, _), n in stays.items() if k == key) for key in ENDED})
    cells = Counter(
        {
            ExitCell(key, "unknown", "unknown", band, LimitStatus.WITHIN): n
            for (key, band), n in stays.items()
        }
    )
    for band, people in zip(BANDS, still, strict=True):
        stays[STILL_IN, band] += people
    stays[TRANSFERRED, StayBand.UP_TO_12] += moved
    people = participants or stays.total() - 2
    found = Tally(as_of, people, stays.total(), sum(still), moved, exits, 0, 0)
    return replace(found, exits_by=of_exits(cells), stays_by_band=stays)


def published(tallied, earlier=(), members=("a",), rules=RULES) -> PublicationDraft:
    draft = prepare(
        tallied,
        scope="a",
        members=members,
        today=date(2028, 1, 1),
        rules=rules,
        indicators=INDICATORS,
        earlier=earlier,
    )
    assert isinstance(draft, PublicationDraft), draft
    return draft


def shown(draft):
    return {table.id: [row.printed.text for row in table.rows] for table in draft.tables}


def test_time_to_solution_stands_where_length_of_stay_would():
    draft = published(counted())

    assert shown(draft) == {
        TIME: [
            "25",
            "20",
            "20",
            "25",
            "20",
            "25",
            "25",
            "20",
            "25",
            "25",
            "20",
            "20",
            "20",
            "15",
            "20",
        ]
    }
    [table] = draft.tables
    assert table.cohort is Cohort.STAYS
    assert table.rows[2].label.nl == "Nog binnen of verder elders, tot en met 6 maanden"
    said = [s for s in draft.certificate["statements"] if s["name"].startswith(TIME)]
    assert [s["within"] for s in said] == [[110, 130], [85, 105]]
    assert check_certificate(json.loads(json.dumps(draft.certificate))) == []


def test_later_bands_are_one_where_they_would_be_small():
    draft = published(counted(lasted=SHORTER))

    [table] = draft.tables
    assert [row.id for row in table.rows] == [
        f"{state}_{band}"
        for band in ("to_6", "to_12", "later")
        for state in ("solved", "otherwise", "still_in")
    ]
    assert table.rows[-3].label.en == "Solved, more than 12 months"


@pytest.mark.parametrize(
    ("tallied", "why"),
    [
        pytest.param(counted(still=(3, 2, 23, 24, 20, 19)), "few are still in", id="a small row"),
        pytest.param(counted(participants=292), "too small", id="fewer than 300 participants"),
        pytest.param(counted(participants=345), "all of them", id="more people than stays allow"),
    ],
)
def test_length_of_stay_is_printed_where_it_cannot_be(tallied, why):
    assert TIME not in shown(published(tallied)), why


def test_who_moved_to_another_city_counts_among_those_who_had_not_left():
    without, beside = published(counted(moved=0)), published(counted(moved=10))

    assert shown(without)[TIME][5] == "25"
    assert shown(beside)[TIME][5] == "35"
    assert shown(without)[TIME][:5] == shown(beside)[TIME][:5]


def test_it_is_printed_once_a_year_and_again_only_if_its_first_row_grew():
    issued = []
    for quarter in (FIRST, LATER):
        draft = published(counted(quarter), issued)
        assert (TIME in shown(draft)) is (quarter == FIRST)
        assert "stay" not in shown(draft)
        issued.append(draft.counts)

    assert TIME not in shown(published(counted(NEXT_YEAR), issued))
    again = published(counted(NEXT_YEAR, more=12), issued)
    assert TIME in shown(again)
    assert check_certificate(json.loads(json.dumps(again.certificate))) == []

    left_out = [*issued, published(counted(NEXT_YEAR), issued).counts]
    assert set(shown(published(counted(date(2027, 1, 1), more=12), left_out))) == set()


def test_who_printed_length_of_stay_goes_on_to_do_so():
    first = published(counted(still=(3, 2, 23, 24, 20, 19)))
    assert "stay" in shown(first)

    a_year_on = published(counted(NEXT_YEAR, more=12), [first.counts])

    assert "stay" in shown(a_year_on)
    assert TIME not in shown(a_year_on)


def test_a_group_prints_none():
    assert TIME not in shown(published(counted(), members=("a", "b")))


def test_what_the_publication_would_be_lost_for_is_left_out(monkeypatch):
    """The outcomes go first: a table that the attack fails with is not printed, and nothing is refused."""
    monkeypatch.setattr(
        "caseflow.domain.publications.withstands_a_quarter_on", lambda earlier, counts: False
    )

    assert "stay" in shown(published(counted()))


def planted(counts, **changed):
    [table] = counts.tables
    return replace(counts, tables=(replace(table, **changed),))


def test_a_table_that_says_more_than_the_attack_is_told_never_passes_the_gate():
    counts = published(counted()).counts
    [table] = counts.tables
    assert certify([counts])["passes"]

    unsaid = tuple(replace(row, among=None) for row in table.rows)
    partly = tuple(row for row in table.rows if not row.id.startswith("otherwise"))
    small = (replace(table.rows[0], printed=printed(3)), *table.rows[1:])
    few_inside = tuple(
        replace(row, printed=printed(10)) if row.id.startswith("still") else row
        for row in table.rows
    )
    for rows in (unsaid, partly, small, few_inside):
        assert not certify([planted(counts, rows=rows)])["passes"]
    stay = published(counted(still=(3, 2, 23, 24, 20, 19))).counts.table("stay")
    assert not certify([replace(counts, tables=(table, stay))])["passes"]
    assert not certify([replace(counts, tables=(table, table))])["passes"]


def test_a_certificate_in_which_the_rows_count_other_outcomes_is_found_out():
    certificate = json.loads(json.dumps(published(counted()).certificate))
    row = certificate["publications"][0]["tables"][0]["rows"][0]
    row["among"] = row["among"][1:]

    assert check_certificate(certificate) != []


BROKEN = [
    ("from_participants = 300", "from_participants = 200", "must be a whole number of 300"),
    ('solved = "wodc_durable_or_semi_rate"', 'solved = "exits"', "is no rate over outcomes"),
    ("[time_to_solution.bands]", "[time_to_solution.bands]\nto_9 = {}", "each of these once"),
    ("after_12 = {", "after_9 = {", "time_to_solution.bands: must hold each of these once"),
    ("from_participants = 300", "from_participants = 300\nby = 2", "is not known here"),
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
