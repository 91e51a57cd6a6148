from datetime import date, timedelta
from pathlib import Path

import pytest

from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.episodes import Episode, FollowUp, LimitStatus, Milestone
from caseflow.domain.indicator_files import load_indicators
from caseflow.domain.indicators import Figure, figures, measure, whole_percent
from caseflow.domain.tallies import Stocks, tally
from tests import caseloads

ROOT = Path(__file__).parents[2]
INDICATORS = load_indicators(ROOT / "config" / "indicators.toml")
CUT_OFF = date(2024, 7, 1)


def episode(person="p1", programme="a", entered=date(2024, 1, 1), left=None, outcome=None, **more):
    known = {"recorded_on": entered, "exit_recorded_on": left, "basis": None} | more
    return Episode(person, programme, entered, left, outcome, **known)


def figure(name: str, episodes, scope="a", as_of=CUT_OFF, **more) -> Figure:
    found = {f.indicator: f for f in measure(INDICATORS, episodes, scope, as_of, **more)}
    return found[name]


def test_an_exit_on_the_cut_off_counts_and_one_a_day_later_does_not():
    on_the_day = episode("p1", left=CUT_OFF, outcome="residence_permit")
    a_day_late = episode("p2", left=date(2024, 7, 2), outcome="residence_permit")

    assert figure("exits", [on_the_day, a_day_late]).numerator == 1
    assert figure("occupancy", [on_the_day, a_day_late]).numerator == 1


def test_someone_who_comes_back_is_one_participant_and_two_entries():
    first = episode(left=date(2024, 2, 1), outcome="left_destination_unknown")
    again = episode(entered=date(2024, 3, 1))

    assert figure("participants", [first, again]).numerator == 1
    assert figure("entries", [first, again]).numerator == 2
    assert figure("exits", [first, again]).numerator == 1


def test_one_caseload_has_three_solution_rates_side_by_side():
    outcomes = [
        ("residence_permit", None),
        ("national_reception", "repeat_asylum_application"),
        ("national_reception", "other"),
        ("left_destination_unknown", None),
    ]
    rows = [
        episode(f"p{n}", left=CUT_OFF, outcome=outcome, basis=basis)
        for n, (outcome, basis) in enumerate(outcomes)
    ]

    assert figure("wodc_durable_rate", rows).percent == 25
    assert figure("wodc_durable_or_semi_rate", rows).percent == 50
    assert figure("wodc_no_solution_rate", rows).percent == 50
    assert figure("utrecht_solution_rate", rows).percent == 75


def test_onward_migration_without_an_assured_stay_is_no_durable_solution():
    assured = episode("p1", left=CUT_OFF, outcome="onward_migration")
    not_assured = episode(
        "p2", left=CUT_OFF, outcome="onward_migration", permanent_stay_assured=False
    )

    found = figure("wodc_durable_rate", [assured, not_assured])

    assert (found.numerator, found.denominator) == (1, 2)


def test_test_cases_never_count():
    pretend = episode(left=CUT_OFF, outcome="residence_permit", is_test=True)
    decided = Milestone("p1", "a", CUT_OFF, True, CUT_OFF, is_test=True)

    found = measure(INDICATORS, [pretend], "a", CUT_OFF, milestones=[decided])

    assert {f.numerator for f in found} == {0}
    assert all(f.percent is None for f in found)


def test_a_transfer_is_shown_apart_and_is_no_exit():
    moved = episode(left=CUT_OFF, outcome="municipal_transfer")

    assert figure("exits", [moved]).numerator == 0
    assert figure("transfers_out", [moved]).numerator == 1
    assert figure("occupancy", [moved]).numerator == 0


@pytest.mark.parametrize(
    ("arrived", "transfers_out", "entries"),
    [
        pytest.param(date(2024, 3, 1), 0, 1, id="the same day"),
        pytest.param(date(2024, 2, 20), 0, 1, id="registered there a little before"),
        pytest.param(date(2024, 6, 1), 0, 1, id="92 days later, the last day of the window"),
        pytest.param(date(2024, 6, 2), 1, 2, id="93 days later is a new entry"),
    ],
)
def test_inside_a_group_a_transfer_is_neither_exit_nor_entry(arrived, transfers_out, entries):
    moved = episode(left=date(2024, 3, 1), outcome="municipal_transfer")
    there = episode(programme="b", entered=arrived)
    for order in ([moved, there], [there, moved]):
        assert figure("transfers_out", order, ("a", "b")).numerator == transfers_out
        assert figure("entries", order, ("a", "b")).numerator == entries
        assert figure("exits", order, ("a", "b")).numerator == 0
        assert figure("participants", order, ("a", "b")).numerator == 1
    assert figure("transfers_out", [moved, there], "a").numerator == 1
    assert figure("entries", [moved, there], "b").numerator == 1


def test_one_entry_answers_one_transfer_and_coming_back_to_the_same_programme_answers_none():
    first = episode(left=date(2024, 2, 1), outcome="municipal_transfer")
    back = episode(entered=date(2024, 2, 2), left=date(2024, 2, 9), outcome="municipal_transfer")

    assert figure("transfers_out", [first, back], ("a", "b")).numerator == 2

    there = episode(programme="b", entered=date(2024, 2, 9))

    assert figure("transfers_out", [first, back, there], ("a", "b")).numerator == 1
    assert figure("entries", [first, back, there], ("a", "b")).numerator == 2


def test_what_was_recorded_later_is_left_out_of_the_figure_as_known_then():
    backdated = episode(
        left=date(2024, 5, 1), outcome="detained", exit_recorded_on=date(2024, 6, 9)
    )

    assert figure("exits", [backdated], known_on=date(2024, 6, 8)).numerator == 0
    assert figure("occupancy", [backdated], known_on=date(2024, 6, 8)).numerator == 1
    assert figure("exits", [backdated], known_on=date(2024, 6, 9)).numerator == 1
    unknown_then = episode(recorded_on=date(2024, 6, 9))
    assert figure("participants", [unknown_then], known_on=date(2024, 6, 8)).numerator == 0


def test_a_follow_up_that_was_due_and_never_made_is_shown_as_unknown():
    def solved(person, left, *follow_ups):
        return episode(person, left=left, outcome="residence_permit", follow_ups=follow_ups)

    early = date(2024, 1, 1)
    held = FollowUp(6, still_solved=True, recorded_on=date(2024, 7, 1))
    lost = FollowUp(6, still_solved=False, recorded_on=date(2024, 7, 1))
    rows = [
        solved("p1", early, held),
        solved("p2", early, lost),
        solved("p3", early),
        solved("p4", early, FollowUp(6, still_solved=None, recorded_on=date(2024, 7, 1))),
        solved("p5", date(2024, 1, 2), held),
    ]

    found = figure("still_solved_6m", rows)

    assert (found.numerator, found.denominator, found.unknown) == (1, 4, 2)
    assert figure("still_solved_12m", rows).denominator == 0


def test_limit_reached_and_extended_are_over_whoever_has_a_limit_and_say_what_is_not_known():
    standings = [
        "no_limit",
        "unknown",
        "within",
        "within",
        "extended",
        "reached",
        "reached_and_extended",
    ]
    rows = [episode(f"p{n}", limit=LimitStatus(one)) for n, one in enumerate(standings)]

    reached, extended = figure("limit_reached", rows), figure("extensions", rows)

    assert (reached.numerator, reached.denominator, reached.unknown) == (2, 6, 1)
    assert (extended.numerator, extended.denominator, extended.unknown) == (2, 6, 1)
    assert figure("limit_reached", [episode(limit=LimitStatus.NO_LIMIT)]).percent is None


def test_the_bands_of_the_length_of_stay_add_up_to_all_exits():
    first = date(2020, 1, 1)
    rows = [
        episode(n, entered=first, left=first + timedelta(days=40 * n), outcome="other")
        for n in range(30)
    ]
    found = {f.indicator: f for f in measure(INDICATORS, rows, "a", CUT_OFF)}

    bands = [found[name] for name in found if name.startswith("stay_")]

    assert [band.numerator for band in bands] == [3, 2, 5, 4, 5, 11]
    assert {band.denominator for band in bands} == {30}


def test_places_and_who_waits_are_stocks_and_what_is_not_known_is_left_out():
    def told(stocks: Stocks) -> dict[str, int]:
        counted = tally([], ["a"], CUT_OFF, transfers=INDICATORS.transfers, stocks=stocks)
        return {f.indicator: f.numerator for f in figures(INDICATORS, counted)}

    assert told(Stocks(waiting=7, capacity=180))["capacity"] == 180
    assert told(Stocks(waiting=7, capacity=180))["waiting"] == 7
    assert "capacity" not in told(Stocks(waiting=7))
    assert {INDICATORS[name].measure for name in ("capacity", "waiting", "occupancy")} == {"stock"}


def test_repeat_asylum_applications_count_by_the_day_of_the_decision():
    decided = [
        Milestone("p1", "a", CUT_OFF, True, CUT_OFF),
        Milestone("p2", "a", CUT_OFF, False, CUT_OFF),
        Milestone("p3", "a", date(2024, 7, 2), True, CUT_OFF),
        Milestone("p4", "b", CUT_OFF, True, CUT_OFF),
    ]

    found = figure("repeat_asylum_grant_rate", [], milestones=decided)

    assert (found.numerator, found.denominator, found.percent) == (1, 2, 50)


@pytest.mark.parametrize("published", caseloads.published_figures(), ids=lambda row: row["id"])
def test_the_caseload_files_yield_the_published_figures(published):
    found = figure(
        published["indicator"],
        caseloads.episodes(published["caseload"]),
        caseloads.members(published["programme"]),
        date.fromisoformat(published["as_of"]),
    )

    assert found.numerator == int(published["numerator"])
    if published["denominator"]:
        assert found.denominator == int(published["denominator"])
        assert found.percent == int(published["percent"])


def test_percentages_round_half_up():
    assert [whole_percent(n, 200) for n in (1, 3, 199)] == [1, 2, 100]
    assert whole_percent(0, 0) is None
    assert whole_percent(0, None) is None


def test_the_episodes_are_read_once_and_never_gathered():
    alive = 0

    def stream():
        nonlocal alive
        for number in range(20_000):
            yield episode(number % 50, left=CUT_OFF, outcome="residence_permit")
            alive += 1

    assert figure("exits", stream()).numerator == alive == 20_000


def test_the_indicators_file_carries_each_definition_in_both_languages():
    for indicator in INDICATORS.values():
        assert indicator.definition.nl != indicator.definition.en
        assert indicator.cohort.nl
        assert indicator.source


BROKEN = [
    ("[transfers]\ndays_before = = 1\n", "indicators.toml:2: this is not TOML"),
    ("[transfers]\ndays_before = 1\n", "transfers.days_after: must be a whole number of 0"),
    ('colour = "red"\n', "colour: is not known here"),
    ("[transfers]\ndays_before = 1\n", "time_to_solution: must list, as ways, rates over outcomes"),
    (
        '[time_to_solution]\nways = ["luck"]\n',
        "time_to_solution.ways: luck is no rate over outcomes",
    ),
    ('[[indicator]]\nmeasure = "flow"\n', "indicator.1.id: must be the name"),
    ('[[indicator]]\nid = "x"\n', "indicator.x.numerator: give either"),
    ('[[indicator]]\nid = "x"\nnumerator = "wishes"\n', "indicator.x.numerator: must be one of"),
    ('[[indicator]]\nid = "x"\nnumerator = ["gone"]\n', "gone is no outcome"),
    ('[[indicator]]\nid = "x"\nnumerator = ["municipal_transfer"]\n', "municipal_transfer is no"),
    ('[[indicator]]\nid = "x"\nnumerator = ["detained:safety"]\n', "detained:safety is no"),
    ('[[indicator]]\nid = "x"\ndenominator = "all"\n', "indicator.x.denominator: must be one of"),
    ('[[indicator]]\nid = "x"\nmeasure = "mean"\n', "indicator.x.measure: must be flow or stock"),
    ('[[indicator]]\nid = "x"\nlabel = { nl = "x" }\n', "indicator.x.label: needs its words"),
    ('[[indicator]]\nid = "x"\nmonths = 6\n', "indicator.x.months: belongs to follow-ups"),
    ('[[indicator]]\nid = "x"\nnumerator = "follow_up_due"\n', "indicator.x.months: must be"),
    ('[[indicator]]\nid = "x"\nsize = 6\n', "indicator.x.size: is not known here"),
    (
        '[[indicator]]\nid = "x"\nnumerator = { codes = ["a"] }\n',
        "give exits_by or participants_by",
    ),
    (
        '[[indicator]]\nid = "x"\nnumerator = { exits_by = "mood", codes = ["a"] }\n',
        "indicator.x.numerator: must be one of: age_band, gender, limit, stay",
    ),
    (
        '[[indicator]]\nid = "x"\nnumerator = { participants_by = "stay", codes = ["up_to_3"] }\n',
        "indicator.x.numerator: must be one of: age_band, gender, limit",
    ),
    (
        '[[indicator]]\nid = "x"\nnumerator = { exits_by = "gender", codes = ["person"] }\n',
        "indicator.x.numerator: must be one of: man, other, unknown, woman",
    ),
]


@pytest.mark.parametrize(("text", "line"), BROKEN)
def test_a_broken_indicators_file_is_refused_with_the_place_and_the_repair(tmp_path, text, line):
    broken = tmp_path / "indicators.toml"
    broken.write_text(text, encoding="utf-8")

    with pytest.raises(ConfigurationRefused) as refused:
        load_indicators(broken)

    lines = [str(problem) for problem in refused.value.problems]
    assert [found for found in lines if line in found]
    assert all(found.startswith("config/indicators.toml") for found in lines)


def test_ways_out_that_share_an_outcome_are_refused(tmp_path):
    shipped = (ROOT / "config" / "indicators.toml").read_text(encoding="utf-8")
    ways = 'ways = ["wodc_durable_rate", "wodc_semi_durable_rate"]'
    assert ways in shipped
    for double, code in (
        ('ways = ["wodc_durable_rate", "permit_rate"]', "residence_permit"),
        ('ways = ["utrecht_solution_rate", "wodc_semi_durable_rate"]', "national_reception"),
        ('ways = ["wodc_semi_durable_rate", "utrecht_solution_rate"]', "national_reception"),
    ):
        twice = tmp_path / "indicators.toml"
        twice.write_text(shipped.replace(ways, double), encoding="utf-8")

        with pytest.raises(ConfigurationRefused) as refused:
            load_indicators(twice)

        assert f"time_to_solution.ways: {code} stands in two of the ways" in str(refused.value)


def test_an_indicator_named_twice_is_refused(tmp_path):
    shipped = (ROOT / "config" / "indicators.toml").read_text(encoding="utf-8")
    twice = tmp_path / "indicators.toml"
    twice.write_text(shipped.replace('id = "exits"', 'id = "participants"'), encoding="utf-8")

    with pytest.raises(ConfigurationRefused) as refused:
        load_indicators(twice)

    assert "indicator.participants.id: stands here twice; take one out" in str(refused.value)
