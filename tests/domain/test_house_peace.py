"""What the rules of a house allow: warnings, pairs, time-outs and incidents, each row with its sentence."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from caseflow.domain import house_pairs, house_warnings, incidents, time_outs
from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.decisions import Decision, Refused
from caseflow.domain.house_peace import load_peace_terms
from caseflow.domain.house_warnings import NotToldYet, Told
from caseflow.domain.incidents import (
    Concerned,
    Happened,
    IncidentKind,
    Measure,
    PartOfDay,
    RoleInIt,
)
from caseflow.domain.time_outs import Meanwhile

TODAY = date(2026, 11, 22)
SHIPPED = Path(__file__).parents[2] / "config" / "house_peace.toml"
BLUE, AMBER = "K7QM-4XPD", "K7QM-4XPE"


def day(after: int) -> date:
    return TODAY + timedelta(days=after)


def sentence(decision: Decision) -> str | None:
    return str(decision.reason) if isinstance(decision, Refused) else None


@pytest.mark.parametrize(
    ("what", "until", "refused"),
    [
        ("today is the shortest", day(0), None),
        ("ninety days are the longest", day(90), None),
        ("yesterday is over", day(-1), "has passed"),
        ("ninety-one days are too long", day(91), "A warning lasts 90 days at most"),
    ],
)
def test_a_warning_has_an_end(what: str, until: date, refused: str | None) -> None:
    said = sentence(house_warnings.may_last(until, TODAY, 90))
    assert said is None if refused is None else refused in str(said), (what, said)


@pytest.mark.parametrize(
    ("what", "told", "refused"),
    [
        ("told in a language", Told(TODAY, "ti"), False),
        ("not yet, with the reason", Told(not_yet=NotToldYet.NO_INTERPRETER), False),
        ("neither", Told(), True),
        ("both", Told(TODAY, "ti", NotToldYet.NOT_MET), True),
        ("told in no language", Told(TODAY), True),
        ("told tomorrow", Told(day(1), "ti"), True),
    ],
)
def test_it_is_clear_whether_the_person_knows(what: str, told: Told, refused: bool) -> None:
    assert bool(house_warnings.is_said(told, TODAY)) is not refused, what


@pytest.mark.parametrize(("until", "allowed"), [(0, True), (180, True), (-1, False), (181, False)])
def test_a_pair_has_an_end(until: int, allowed: bool) -> None:
    assert bool(house_pairs.may_keep_apart(day(until), TODAY, 180)) is allowed


@pytest.mark.parametrize(
    ("what", "first", "back", "age", "refused"),
    [
        ("one night", 0, 1, "28-37", None),
        ("fourteen nights", 0, 14, "28-37", None),
        ("begun last week, known today", -7, 1, "unknown", None),
        ("fifteen nights", 0, 15, "28-37", "14 nights at most"),
        ("a child", 0, 1, "0-17", "Nobody under 18"),
        ("ahead", 1, 2, "28-37", "begins today at the latest"),
        ("long past", -8, 1, "28-37", "within 7 days"),
        ("back on the same day", 0, 0, "28-37", "after the first night away"),
        ("over already", -3, -1, "28-37", "has come already"),
    ],
)
def test_a_time_out_is_short_and_never_for_a_child(
    what: str, first: int, back: int, age: str, refused: str | None
) -> None:
    decision = time_outs.may_begin(day(first), day(back), Meanwhile.OWN_NETWORK, age, TODAY, 14)
    said = sentence(decision)
    assert said is None if refused is None else refused in str(said), (what, said)


@pytest.mark.parametrize(
    ("where", "lead_knows", "told", "refused"),
    [
        (Meanwhile.OWN_NETWORK, False, True, None),
        (Meanwhile.NO_PLACE, True, True, None),
        (Meanwhile.NO_PLACE, False, True, "in silence"),
        (Meanwhile.OWN_NETWORK, False, False, "may complain"),
    ],
)
def test_nobody_is_put_on_the_street_in_silence(
    where: Meanwhile, lead_knows: bool, told: bool, refused: str | None
) -> None:
    said = sentence(time_outs.is_answered_for(where, lead_knows=lead_knows, told_of_complaint=told))
    assert said is None if refused is None else refused in str(said)


def happened(
    *people: Concerned,
    on: date = TODAY,
    kind: IncidentKind = IncidentKind.DAMAGE,
    words: str = "",
) -> Happened:
    return Happened("havenhuis", on, PartOfDay.NIGHT, kind, people, words=words)


def somebody(
    code: str = BLUE, measure: Measure | None = None, until: date | None = None
) -> Concerned:
    return Concerned(code, RoleInIt.INVOLVED, measure, until)


@pytest.mark.parametrize(
    ("told", "refused"),
    [
        (happened(), None),
        (happened(somebody(), somebody(AMBER)), None),
        (happened(somebody(measure=Measure.REFUSED_ENTRY, until=day(2))), None),
        (happened(on=day(1)), "a day that has come"),
        (happened(on=day(-32)), "more than a month ago"),
        (happened(somebody(), somebody()), "there twice"),
        (happened(kind=IncidentKind.OTHER), "Write in words"),
        (happened(words="x" * 5_001), "too long"),
        (happened(somebody(measure=Measure.REFUSED_ENTRY)), "always has an end"),
        (happened(somebody(until=day(2))), "Choose what was done"),
        (happened(somebody(measure=Measure.TALK, until=day(-1))), "has passed"),
        (happened(somebody(measure=Measure.TALK, until=day(91))), "at the latest"),
    ],
)
def test_an_incident_makes_sense_as_it_is_told(told: Happened, refused: str | None) -> None:
    said = sentence(incidents.may_record(told, TODAY))
    assert said is None if refused is None else refused in str(said)


@pytest.mark.parametrize(
    ("done_on", "on", "refused"),
    [
        (None, TODAY, None),
        (None, day(-3), None),
        (None, day(-4), "It happened on"),
        (None, day(1), "a day that has come"),
        (day(-1), TODAY, "already"),
    ],
)
def test_a_follow_up_comes_once_and_after_it(
    done_on: date | None, on: date, refused: str | None
) -> None:
    said = sentence(incidents.may_follow_up(done_on, on, day(-3), TODAY))
    assert said is None if refused is None else refused in str(said)


def test_words_about_two_organisations_lie_in_no_vault() -> None:
    assert incidents.one_vault(["de-haven", "de-haven"])
    assert not incidents.one_vault(["de-haven", "het-kompas"])


def test_the_terms_that_are_shipped_are_short_and_not_confirmed() -> None:
    terms = load_peace_terms(SHIPPED)
    assert (terms.warning_days, terms.pair_days, terms.time_out_nights) == (90, 180, 14)
    assert not terms.is_confirmed


@pytest.mark.parametrize(
    "line",
    ["warning_days_at_most = 0", "pair_days_at_most = 9", 'confirmed_by = "board"', "other = 1"],
)
def test_terms_that_cannot_be_are_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "house_peace.toml"
    kept = [one for one in SHIPPED.read_text("utf-8").splitlines() if "warning_days" not in one]
    first = "" if "warning_days" in line else "warning_days_at_most = 9"
    file.write_text("\n".join([line, first, *kept]), encoding="utf-8")
    with pytest.raises(ConfigurationRefused):
        load_peace_terms(file)
