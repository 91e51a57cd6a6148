"""Terms, recipients and grounds are read whole, and one that says what it cannot mean is refused by name."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.firewall_rules import load_firewall_rules
from caseflow.domain.recipients import GUARDS, RecipientClass, Tier, may_receive
from caseflow.domain.redaction import Compartment
from caseflow.domain.registers import NightRegisterModel
from caseflow.settings import SHIPPED_CONFIG
from tests.domain.policy_specimens import cells, sections

FILES = ("retention.toml", "disclosure.toml", "register.toml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "config"
    made.mkdir()
    for name in FILES:
        shutil.copy(SHIPPED_CONFIG / name, made)
    return made


def changed(folder: Path, name: str, before: str, after: str) -> str:
    """What is said of the files once one place in one of them is different; empty where they are fine."""
    path = folder / name
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    try:
        load_firewall_rules([folder])
    except ConfigurationRefused as refused:
        return str(refused)
    return ""


ENFORCES = 'class = "enforcement"'
NIGHT = '[[night_register]]\nsite = "x"\nmodel = "kept"\ndecided_on = 2026-01-01\n[criminalisation_of_stay]'
FAULTS = [
    pytest.param(
        "retention.toml",
        "months = 60",
        "months = 60\ndays = 3",
        "exactly one of",
        id="a term of two lengths",
    ),
    pytest.param(
        "retention.toml", "months = 60", "", "exactly one of", id="a term without a length"
    ),
    pytest.param(
        "retention.toml",
        '["audit"]',
        '["governance"]',
        "no term for: audit",
        id="a compartment without a term",
    ),
    pytest.param(
        "retention.toml",
        '"identity"',
        '"identities"',
        "is not known here",
        id="a compartment nobody knows",
    ),
    pytest.param(
        "retention.toml",
        'id = "no-show"',
        'id = "not-admitted"',
        "twice",
        id="two terms of one name",
    ),
    pytest.param(
        "retention.toml",
        "months = 60",
        "month = 60",
        "did you mean months",
        id="a key with a typing error",
    ),
    pytest.param(
        "disclosure.toml",
        ENFORCES,
        'class = "enforcement"\ntier = "1"',
        "never receives",
        id="enforcement in a tier",
    ),
    pytest.param(
        "disclosure.toml",
        ENFORCES,
        'class = "enforcement"\nbases = ["agreed"]',
        "never receives",
        id="enforcement with a basis",
    ),
    pytest.param(
        "disclosure.toml",
        ENFORCES,
        'class = "ngo"\ntier = "2"\nbases = ["agreed"]',
        "must name enforcement",
        id="enforcement left out",
    ),
    pytest.param(
        "disclosure.toml",
        'bases = ["own-data"]',
        'bases = ["own"]',
        "not in this file",
        id="a basis that is not there",
    ),
    pytest.param(
        "disclosure.toml",
        'bases = ["own-data"]',
        "",
        "at least one basis",
        id="a recipient without a basis",
    ),
    pytest.param(
        "disclosure.toml", 'tier = "0"', 'tier = "5"', "is not known here", id="a tier nobody knows"
    ),
    pytest.param(
        "disclosure.toml",
        "valid_to = 2024-12-31",
        "valid_to = 2018-12-31",
        "lies before",
        id="a basis that ends before it begins",
    ),
    pytest.param(
        "register.toml",
        'purpose = "care"',
        'purpose = "safety"',
        "no activity for: care",
        id="a purpose without a ground",
    ),
    pytest.param(
        "register.toml",
        "[criminalisation_of_stay]",
        NIGHT,
        "night_register",
        id="a night register without a source",
    ),
    pytest.param(
        "register.toml",
        "[criminalisation_of_stay]\nsource",
        "#",
        "criminalisation_of_stay",
        id="no word about criminalisation",
    ),
]


@pytest.mark.parametrize(("name", "before", "after", "says"), FAULTS)
def test_a_file_that_says_what_it_cannot_mean_is_refused(
    folder: Path, name: str, before: str, after: str, says: str
) -> None:
    said = changed(folder, name, before, after)

    assert says in said
    assert f"config/{name}" in said


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "retention.toml").unlink()

    with pytest.raises(ConfigurationRefused, match=r"config/retention\.toml: is missing"):
        load_firewall_rules([folder])


def test_the_file_of_an_installation_stands_in_for_the_shipped_one(
    folder: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own" / "config"
    own.mkdir(parents=True)
    text = (folder / "register.toml").read_text("utf-8")
    night = (
        '\n[[night_register]]\nsite = "harbour"\nmodel = "exempt"\ndecided_on = 2026-11-01\n'
        'source = { nl = "Brief", en = "Letter" }\n'
    )
    own.joinpath("register.toml").write_text(
        text.replace("[criminalisation_of_stay]", "[criminalisation_of_stay]\nin_force_from = 2027-01-01") + night,
        "utf-8",
    )  # fmt: skip
    rules = load_firewall_rules([folder, own])
    [register] = rules.processing.night_registers

    assert rules.processing.stay_is_a_crime_from == date(2027, 1, 1)
    assert register.model is NightRegisterModel.EXEMPT
    assert cells("law.stay", sections(rules=rules))[1] == "in force from 2027-01-01"
    assert cells("night-register.harbour", sections(rules=rules))[1] == "exempted by the mayor"
    assert cells("night-register.others", sections(rules=rules))[1] == "not decided for 2 sites"


def test_what_nobody_decided_is_not_assumed() -> None:
    rules = load_firewall_rules([SHIPPED_CONFIG])

    assert rules.processing.stay_is_a_crime_from is None
    assert rules.processing.night_registers == ()
    assert cells("law.stay", sections())[1] == "not in force"


def test_enforcement_receives_nothing_on_any_day() -> None:
    rules = load_firewall_rules([SHIPPED_CONFIG])
    enforcement = [one for one in rules.recipients if one.kind is RecipientClass.ENFORCEMENT]

    assert enforcement
    for year in range(2015, 2040):
        assert not any(may_receive(one, date(year, 6, 1)) for one in enforcement)


def test_a_covenant_that_ended_carries_nothing_from_the_next_day() -> None:
    rules = load_firewall_rules([SHIPPED_CONFIG])
    [lso] = [one for one in rules.recipients if one.kind is RecipientClass.COOPERATION]

    assert may_receive(lso, date(2024, 12, 31))
    assert not may_receive(lso, date(2025, 1, 1))


def test_each_tier_has_its_guard() -> None:
    assert set(GUARDS) == set(Tier)
    assert [GUARDS[tier].people for tier in (Tier.OWN, Tier.STANDING)] == [1, 1]
    assert [GUARDS[tier].people for tier in (Tier.SECOND_PERSON, Tier.AUTHORITY, Tier.DEMAND)] == [
        2,
        3,
        3,
    ]


def test_every_compartment_has_a_term() -> None:
    rules = load_firewall_rules([SHIPPED_CONFIG])

    assert {one for term in rules.terms for one in term.compartments} == set(Compartment)
