"""Signals of trafficking: the client's wish goes first, and no way leads to the police."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from caseflow.domain import trafficking as rules
from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.decisions import Refused
from caseflow.domain.safe_reports import GoesAlong
from caseflow.domain.trafficking import Route, Seen, TraffickingWish

TODAY = date(2026, 11, 22)
SIGNALS = rules.load_signals(Path("config/trafficking.toml"))
PLAIN = Seen(TODAY, frozenset({"hurt"}), TraffickingWish.HELP, Route.COMENSHA)
LAWYER = GoesAlong.LAWYER
SOURCE = 'source = { nl = "x", en = "x" }\n'
ONE = '[[signal]]\nid = "a"\nlabel = { nl = "x", en = "x" }\n'


@pytest.mark.parametrize(
    ("sentence", "changes"),
    [
        ("CoMensha without a name", {}),
        ("CoMensha with a name, somebody goes along", {"with_name": True, "along": GoesAlong.CASEWORKER}),
        ("nothing now, and still counted without a name", {"wish": TraffickingWish.NOTHING_NOW}),
        ("nothing at all now", {"wish": TraffickingWish.NOTHING_NOW, "route": Route.NONE_NOW}),
        ("reports with a lawyer", {"wish": TraffickingWish.REPORT_SELF, "route": Route.LAWYER, "along": LAWYER}),
        ("both ways", {"wish": TraffickingWish.LAWYER_FIRST, "route": Route.BOTH, "along": LAWYER}),
    ],
)  # fmt: skip
def test_the_clients_way_is_kept(sentence: str, changes: dict[str, Any]) -> None:
    assert rules.may_record(replace(PLAIN, **changes), SIGNALS, TODAY), sentence


@pytest.mark.parametrize(
    ("sentence", "changes"),
    [
        ("nothing was seen", {"signals": frozenset()}),
        ("a signal of no list", {"signals": frozenset({"has_no_papers"})}),
        ("seen tomorrow", {"seen_on": TODAY + timedelta(days=1)}),
        ("seen two years ago", {"seen_on": TODAY - timedelta(days=700)}),
        ("a name to a lawyer by this box", {"route": Route.LAWYER, "with_name": True, "along": LAWYER}),
        ("a name against the wish", {"wish": TraffickingWish.NOTHING_NOW, "with_name": True, "along": LAWYER}),
        ("a name, and nobody goes along", {"with_name": True}),
        ("a name, and goes alone", {"with_name": True, "along": GoesAlong.NOBODY}),
        ("reports without a lawyer", {"wish": TraffickingWish.REPORT_SELF}),
        ("a lawyer first, and CoMensha alone", {"wish": TraffickingWish.LAWYER_FIRST}),
        ("to a lawyer alone", {"route": Route.LAWYER}),
        ("a book", {"words": "x" * 6000}),
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_a_sentence(sentence: str, changes: dict[str, Any]) -> None:
    answer = rules.may_record(replace(PLAIN, **changes), SIGNALS, TODAY)
    assert isinstance(answer, Refused), sentence
    assert str(answer.reason).endswith(".")


def test_a_name_never_leaves_for_somebody_who_wants_nothing_now_nor_unaccompanied() -> None:
    alongs = (None, *GoesAlong)
    for wish, route, along, named in product(TraffickingWish, Route, alongs, (True, False)):
        told = replace(PLAIN, wish=wish, route=route, along=along, with_name=named)
        if rules.may_record(told, SIGNALS, TODAY) and named:
            assert wish is not TraffickingWish.NOTHING_NOW
            assert route in (Route.COMENSHA, Route.BOTH)
            assert along not in (None, GoesAlong.NOBODY)


def test_no_way_leads_to_police_or_immigration_authorities() -> None:
    assert {one.value for one in Route} == {"none_now", "comensha", "lawyer", "both"}


def test_the_list_as_shipped_is_not_confirmed_and_says_nothing_about_status() -> None:
    assert not SIGNALS.confirmed
    words = " ".join(f"{one.label.en} {one.label.nl}" for one in SIGNALS.known).lower()
    assert not any(one in words for one in ("permit", "visa", "illegal", "verblijf", "status"))


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("no signal", SOURCE),
        ("no source", ONE),
        ("twice the same", SOURCE + ONE * 2),
        ("an unknown key", SOURCE + "police = true\n" + ONE),
        ("not read", "signal ="),
    ],
)  # fmt: skip
def test_a_list_that_cannot_mean_what_it_says_is_refused(
    sentence: str, text: str, tmp_path: Path
) -> None:
    path = tmp_path / "trafficking.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationRefused):
        rules.load_signals(path)
