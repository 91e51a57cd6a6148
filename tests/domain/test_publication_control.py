import copy
import json
from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from caseflow.domain.attacks import Effort, attack
from caseflow.domain.calendar_months import months_after
from caseflow.domain.certificates import check_certificate
from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.decisions import Refused
from caseflow.domain.indicator_files import load_indicators
from caseflow.domain.percentages import PrintStatus
from caseflow.domain.publication_rules import Level, load_publication_rules
from caseflow.domain.publications import CountStatus, PublicationDraft, level_now, prepare
from caseflow.domain.published_counts import alike, places, statements
from caseflow.domain.rounding import printed
from caseflow.domain.tallies import Tally, tally
from tests import caseloads

CONFIG = Path(__file__).parents[2] / "config"
INDICATORS = load_indicators(CONFIG / "indicators.toml")
RULES = load_publication_rules(CONFIG / "publication.toml", INDICATORS)
TODAY = date(2026, 11, 1)
FIRST, SECOND, THIRD = date(2025, 1, 1), date(2025, 4, 1), date(2025, 7, 1)

STEADY = {
    ("residence_permit", None): 31,
    ("voluntary_return", None): 22,
    ("onward_migration", None): 11,
    ("national_reception", "repeat_asylum_application"): 41,
    ("left_destination_unknown", None): 33,
    ("detained", None): 2,
    ("deceased", None): 1,
}


def counted(exits=None, as_of=FIRST, participants=None) -> Tally:
    exits = Counter(STEADY if exits is None else exits)
    people = participants or exits.total() + 40
    return Tally(as_of, people, people, people - exits.total(), 0, exits, 0, 0)


def published(tallied: Tally, earlier=(), scope="a", members=("a",), rules=RULES, today=TODAY):
    return prepare(
        tallied,
        scope=scope,
        members=members,
        today=today,
        rules=rules,
        indicators=INDICATORS,
        earlier=earlier,
    )


def rate(draft: PublicationDraft, indicator: str):
    return next(found for found in draft.rates if found.indicator == indicator)


def from_file(caseload: str, programme: str, as_of: date) -> PublicationDraft | Refused:
    members = caseloads.members(programme)
    episodes = caseloads.episodes(caseload)
    tallied = tally(episodes, members, as_of, transfers=INDICATORS.transfers)
    return published(tallied, scope=programme, members=members)


@pytest.mark.parametrize(
    "row",
    [row for row in caseloads.published_figures() if row["percent"]],
    ids=lambda row: row["id"],
)
def test_publications_print_the_published_percentages(row):
    draft = from_file(row["caseload"], row["programme"], date.fromisoformat(row["as_of"]))

    shown = rate(draft, row["indicator"])

    assert str(shown.printed.text) == f"{row['percent']} %"
    assert shown.printed.percent == int(row["percent"])
    assert check_certificate(draft.certificate) == []


def test_a_publication_shows_the_table_the_totals_and_every_definition():
    draft = published(counted())

    rows = {row.id: row for row in draft.rows}
    assert draft.level is Level.ONE_DIMENSIONAL
    assert rows["residence_permit"].printed.value == 30
    assert rows["exits"].printed.value == 140
    assert rows["participants"].printed.value == 180
    assert rows["detained"].status is CountStatus.UNDER_FIVE
    assert rate(draft, "wodc_durable_rate").definition.nl.startswith("Uitstroom")
    assert str(rate(draft, "wodc_durable_rate").printed.text) == "between 35 % and 50 %"


def test_a_death_never_has_a_cell_of_its_own():
    cells = RULES.cells(counted({("deceased", None): 6, ("other", None): 1}))

    assert cells["other"] == 7
    assert "deceased" not in cells


def test_a_rate_that_needs_a_small_cell_is_not_shown():
    shown = rate(published(counted()), "wodc_semi_durable_rate")

    assert shown.printed.status is PrintStatus.SUPPRESSED
    assert shown.numerator is None


def test_what_a_programme_rules_out_prints_a_dash_and_is_no_target():
    draft = published(counted(), scope="utrecht-bbb", members=("utrecht-bbb",))

    row = next(row for row in draft.rows if row.id == "stay_limit_reached")
    assert row.status is CountStatus.STRUCTURAL_ZERO
    assert "stay_limit_reached" not in json.dumps(draft.certificate["findings"])


def test_a_person_in_a_category_that_is_ruled_out_stops_the_publication():
    impossible = STEADY | {("stay_limit_reached", None): 1}

    refused = published(counted(impossible), scope="utrecht-bbb", members=("utrecht-bbb",))

    assert isinstance(refused, Refused)
    assert "rule out" in str(refused.reason)


@pytest.mark.parametrize(
    ("exits", "level"),
    [
        (0, Level.NONE),
        (4, Level.NONE),
        (17, Level.NONE),
        (18, Level.HEADLINE),
        (47, Level.HEADLINE),
        (48, Level.ONE_DIMENSIONAL),
        (397, Level.ONE_DIMENSIONAL),
        (398, Level.ONE_DIMENSIONAL_WITH_SUMS),
    ],
)
def test_a_first_publication_is_as_fine_as_its_own_printed_size_allows(exits, level):
    names = ["residence_permit", "voluntary_return", "detained", "onward_migration"]
    outcomes = {(name, None): (exits + n) // 4 for n, name in enumerate(names)}
    outcome = published(counted(outcomes, participants=600))

    if level is Level.NONE:
        assert str(outcome.reason).startswith("Not published this quarter: fewer than 20")
    else:
        assert outcome.level is level


def test_a_small_programme_prints_classes_and_words():
    draft = published(
        counted({("residence_permit", None): 15, ("left_destination_unknown", None): 15})
    )

    assert {row.id for row in draft.rows if not row.is_total} <= set(RULES.coarse)
    assert str(rate(draft, "wodc_durable_rate").printed.text) == "about half"


def test_a_cut_off_in_the_future_is_refused():
    refused = published(counted(as_of=date(2026, 11, 2)))

    assert "in the future" in str(refused.reason)


def test_cut_offs_are_a_quarter_apart():
    first = published(counted())

    too_soon = published(counted(as_of=date(2025, 3, 31)), [first.counts])
    in_time = published(counted(as_of=SECOND), [first.counts])

    assert "2025-04-01 at the earliest" in str(too_soon.reason)
    assert isinstance(in_time, PublicationDraft)


def test_a_group_is_not_published_beside_its_own_member():
    member = published(counted())

    refused = published(counted(as_of=SECOND), [member.counts], scope="g", members=("a", "b"))
    elsewhere = published(counted(as_of=SECOND), [member.counts], scope="c", members=("c",))

    assert "difference" in str(refused.reason)
    assert isinstance(elsewhere, PublicationDraft)


def test_the_level_stays_for_a_year():
    small = {("residence_permit", None): 20, ("left_destination_unknown", None): 24}
    grown = {("residence_permit", None): 40, ("left_destination_unknown", None): 44}
    first = published(counted(small))

    second = published(counted(grown, SECOND), [first.counts])
    earlier = [first.counts, second.counts]

    assert second.level is Level.HEADLINE
    assert level_now(RULES, earlier, counted(grown, date(2026, 3, 31))) is Level.HEADLINE
    assert level_now(RULES, earlier, counted(small, date(2026, 4, 1))) is Level.ONE_DIMENSIONAL


def test_two_publications_are_attacked_together():
    first = published(counted())
    grown = STEADY | {("residence_permit", None): 36, ("detained", None): 3}

    second = published(counted(grown, SECOND), [first.counts])

    targets = {finding["target"] for finding in second.certificate["findings"]}
    assert {"national_reception_medical 2025-01-01"} < targets
    assert "national_reception_medical 2025-04-01" in targets
    assert second.certificate["alike"][0][:2] == [
        "national_reception_medical",
        "national_reception_other",
    ]
    assert check_certificate(second.certificate) == []


def test_counts_that_shrink_after_a_correction_are_not_published():
    first = published(counted())
    shrunk = STEADY | {("residence_permit", None): 20}

    refused = published(counted(shrunk, SECOND), [first.counts])

    assert "corrected" in str(refused.reason)


EVERYONE_IN_ONE_CELL = {("residence_permit", None): 50}


def test_a_publication_that_would_give_someone_away_is_not_published():
    # The cell is at least 48 and the total at most 52, so at most four people are in all the others:
    # three of them who know each other would know that there is at most one more.
    refused = published(counted(EVERYONE_IN_ONE_CELL))

    assert "about one person" in str(refused.reason)


AT_ANY_SIZE = replace(
    RULES,
    levels=((20, Level.ONE_DIMENSIONAL_WITH_SUMS),),
    sums=("wodc_durable_rate",),
    risk=Fraction(0),
)
# 30, 20 and 25 printed as cells: as a sum of 69 to 81 it says nothing that the cells hide.
PLAIN_SUM = STEADY | {("onward_migration", None): 25}
# 30 and 20 printed and a small cell: as a sum it would say how many are in that cell, to whom joins later.
FEWER = STEADY | {("residence_permit", None): 28, ("voluntary_return", None): 18}
TELLING_SUM = FEWER | {("onward_migration", None): 4}


def test_a_sum_of_plain_cells_is_printed_as_a_count_of_its_own():
    shown = rate(published(counted(PLAIN_SUM), rules=AT_ANY_SIZE), "wodc_durable_rate")

    assert shown.numerator == printed(31 + 22 + 25)


def test_a_sum_that_could_tell_is_not_even_considered():
    draft = published(counted(TELLING_SUM), rules=AT_ANY_SIZE)

    assert draft.counts.sums_decided == ()
    assert rate(draft, "wodc_durable_rate").printed.status is PrintStatus.SUPPRESSED


def test_whether_a_sum_is_considered_does_not_depend_on_its_own_value():
    for hidden in range(5):
        drafted = published(
            counted(FEWER | {("onward_migration", None): hidden}), rules=AT_ANY_SIZE
        )
        assert drafted.counts.sums_decided == ()


def test_a_sum_considered_at_a_small_risk_stops_the_publication_when_it_comes_true():
    daring = replace(AT_ANY_SIZE, risk=Fraction(1))
    unlucky = FEWER | {("onward_migration", None): 0}

    refused = published(counted(unlucky), rules=daring)

    assert "about one person" in str(refused.reason)


def test_a_sum_kept_back_names_the_values_that_would_have_failed():
    few = STEADY | {("residence_permit", None): 28, ("onward_migration", None): 4}

    draft = published(counted(few), rules=AT_ANY_SIZE)

    [kept] = draft.counts.kept_back
    # 45, 55 and 60 would each say too much by the next quarter, but "one of the three" does not.
    assert [value.text for value in kept.one_of] == ["45", "55", "60"]
    assert rate(draft, "wodc_durable_rate").printed.status is PrintStatus.SUPPRESSED
    assert check_certificate(draft.certificate) == []

    forged = copy.deepcopy(draft.certificate)
    forged["publications"][0]["kept_back"][0]["one_of"] = [45, 50, 55, 60]
    assert "does not follow" in str(check_certificate(forged)[0])


def test_a_certificate_that_was_touched_is_found_out():
    draft = published(counted())
    good = json.loads(json.dumps(draft.certificate))
    assert check_certificate(good) == []

    def changed(change) -> list[str]:
        bad = copy.deepcopy(good)
        change(bad)
        return [str(problem) for problem in check_certificate(bad)]

    def another_count(bad):
        bad["publications"][0]["counts"][0]["printed"] = 200

    def another_finding(bad):
        bad["findings"][0]["high"] = 3

    def another_rule(bad):
        bad["rule_version"] = "2020-1"

    def nothing(bad):
        del bad["publications"]

    def exact_count(bad):
        bad["publications"][0]["counts"][0]["printed"] = 181

    def empty(bad):
        bad["publications"] = []

    assert "statements do not follow" in changed(another_count)[0]
    assert "made again" in changed(another_finding)[0]
    assert "other rules" in changed(another_rule)[0]
    assert "cannot be read" in changed(nothing)[0]
    assert "cannot be read" in changed(exact_count)[0]
    assert "no publication" in changed(empty)[0]


def test_a_certificate_holds_printed_values_alone():
    plain = published(counted()).certificate

    for publication in plain["publications"]:
        for count in publication["counts"]:
            assert count["printed"] == "<5" or count["printed"] % 5 == 0


BROKEN = [
    ("headline_from = 20", "headline_from = 60", "levels: must grow"),
    ("headline_from = 20", "headline_from = 1", "levels.headline_from: must be a whole number"),
    ("months_apart = 3", "months_apart = 1", "cut_offs.months_apart: must be a whole number of 3"),
    ('sums = ["utrecht_solution_rate"', 'sums = ["exits"', "rates.sums: exits is no rate"),
    ('utrecht-bbb = ["stay_limit_reached"]', 'utrecht-bbb = ["x"]', "structural_zeros.utrecht-bbb"),
    (
        'outcomes = ["other", "deceased"]',
        'outcomes = ["other"]',
        "category: deceased must be in one row",
    ),
    ('outcomes = ["detained"]', 'outcomes = ["gone"]', "category.detained.outcomes: gone is no"),
    ('id = "unknown"', 'id = "other"', "category.14.id: must be a name of its own"),
    ('outcomes = ["other", "deceased"]', 'outcomes = ["other", "onward_migration"]', "onward_migr"),
]


@pytest.mark.parametrize(("old", "new", "line"), BROKEN)
def test_a_broken_publication_file_is_refused_with_the_place_and_the_repair(
    tmp_path, old, new, line
):
    shipped = (CONFIG / "publication.toml").read_text(encoding="utf-8")
    assert old in shipped
    broken = tmp_path / "publication.toml"
    broken.write_text(shipped.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(ConfigurationRefused) as refused:
        load_publication_rules(broken, INDICATORS)

    lines = [str(problem) for problem in refused.value.problems]
    assert [found for found in lines if line in found], lines


def test_deaths_with_a_row_of_their_own_are_refused(tmp_path):
    shipped = (CONFIG / "publication.toml").read_text(encoding="utf-8")
    alone = shipped.replace('"other", "deceased"]', '"other"]') + (
        '\n[[category]]\nid = "died"\noutcomes = ["deceased"]\nlabel = { nl = "x", en = "x" }\n'
    )
    broken = tmp_path / "publication.toml"
    broken.write_text(alone, encoding="utf-8")

    with pytest.raises(ConfigurationRefused, match="deaths never have a row of their own"):
        load_publication_rules(broken, INDICATORS)


def test_the_search_grows_with_the_publications_and_not_with_their_coalitions():
    issued = []
    sought = []
    for quarter in range(5):
        grown = STEADY | {("residence_permit", None): 31 + 6 * quarter}
        issued.append(published(counted(grown, months_after(FIRST, 3 * quarter)), issued).counts)
        effort = Effort()
        findings = list(attack(statements(issued), places(issued), (), alike(issued), effort))
        assert all(finding.passes for finding in findings)
        sought.append(effort.tables_sought + effort.searches_made)

    # One table for every crowd of cells is enough; there are over a hundred thousand coalitions.
    assert max(sought) <= 600
