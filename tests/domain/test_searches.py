"""Whether a call name or client code is what somebody typed."""

from __future__ import annotations

import pytest

from caseflow.domain.searches import matches

ASKED = [
    ("the name as it is", "Blue Heron", True),
    ("its beginning", "blu", True),
    ("the second word", "heron", True),
    ("both, the other way round", "her blu", True),
    ("the middle of a word", "eron", False),
    ("the code", "K7QM-4XPD", True),
    ("the code without its hyphen, in small letters", "k7qm4x", True),
    ("the end of the code", "4XPD", False),
    ("nothing asks for everybody", "  ", True),
    ("signs alone ask for nobody", "%", False),
    ("a wildcard is no letter", "bl*", True),
    ("somebody else", "red", False),
]


@pytest.mark.parametrize(("sentence", "typed", "found"), ASKED, ids=[one[0] for one in ASKED])
def test_a_search_finds(sentence: str, typed: str, found: bool) -> None:
    assert matches(typed, "Blue Heron", "K7QM-4XPD") is found, sentence


@pytest.mark.parametrize("typed", ["zoe", "Zoë", "ZOË", "zoe\N{COMBINING DIAERESIS}"])
def test_accents_and_capitals_make_no_difference(typed: str) -> None:
    assert matches(typed, "Zoë", "AAAA-BBBB")


def test_other_scripts_are_searched_too_and_a_flood_of_signs_is_cut_off() -> None:
    assert matches("نور", "نور", "AAAA-BBBB")
    assert not matches("x" * 100_000, "Blue", "AAAA-BBBB")
