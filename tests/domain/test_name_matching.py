"""Names in other spellings, scripts and orders; and names that are not the same."""

from __future__ import annotations

import pytest

from benchmarks import name_romanisations, name_search
from caseflow.domain import name_matching
from caseflow.domain.name_matching import NEAR, Comparison, distance, may_be_one_person, name
from caseflow.domain.scripts import in_latin

RECALL_AT_LEAST = 0.95


@pytest.mark.parametrize(
    ("typed", "recorded", "because"),
    [
        ("Mohamed Hasan", "Muhammad Hassan", "vowels and double letters differ by desk"),
        ("Hassan Mohammed", "Mohammed Hassan", "which name comes first differs by country"),
        ("محمد حسن", "Mohammed Hassan", "short vowels are not written in Arabic"),
        ("Tesfay Gebre", "ገብረ ተስፋይ", "a syllable is one letter in Tigrinya"),
        ("Sjevtsjenko", "Шевченко", "Dutch spells Ukrainian in its own way"),
        ("abd al rahman", "Abdurrahman", "one name is written as two or three words"),
        ("el hassani", "Al-Hassani", "an article is no name"),
        ("Khaled", "Chalid", "a sound that Dutch and English spell apart"),
        ("zoe", "Zoë", "accents do not count"),
        ("Zoe\u0308", "Zoë", "an accent may be a sign of its own"),
        ("Jusuf", "Youssef", "a German spelling"),
        ("Mohmamed", "Mohammed", "two letters exchanged by a quick finger"),
        ("O'Brien", "OBrien", "an apostrophe stands inside a word"),
        ("Fatim", "Fatima Haddad", "the beginning of one of the words is enough"),
    ],
)
def test_one_name_is_found_in_another_spelling(typed: str, recorded: str, because: str) -> None:
    assert Comparison(name(typed)).nearness(name(recorded)) >= NEAR, because


@pytest.mark.parametrize(
    ("typed", "recorded", "because"),
    [
        ("Mohammed Ali", "Mohammed Hassan", "one name of two is another"),
        ("Amina", "Bram", "nothing is alike"),
        ("Zzzz", "Blue", "nothing is alike"),
        ("Nobody", "Blue", "nothing is alike"),
        ("", "Blue", "no word asks for nobody"),
        ("---", "Blue", "signs alone ask for nobody"),
        ("Blue", "", "nobody is called nothing"),
    ],
)
def test_another_name_is_not_found(typed: str, recorded: str, because: str) -> None:
    assert Comparison(name(typed)).nearness(name(recorded)) < NEAR, because


def test_an_alias_counts_as_a_name() -> None:
    known = name("Ayla Markerson", "Abu Samir", "Sammy")
    assert Comparison(name("sami")).nearness(known) >= NEAR


def test_the_nearest_comes_first_and_no_more_than_asked() -> None:
    names = {"a": name("Khaled"), "b": name("Khalid"), "c": name("Haled"), "d": name("Petra")}
    found = [key for key, _near in name_matching.nearest("Khalid", names, at_most=2)]
    assert found[0] == "b"
    assert len(found) == 2
    assert "d" not in found
    assert name_matching.nearest("?!", names, at_most=2) == []


def test_a_name_as_long_as_a_form_takes_is_compared_soon_and_without_failing() -> None:
    long = " ".join(f"a{'b' * 9}{i}" for i in range(40))
    assert len(name(long).words) == name_matching.WORDS_AT_MOST
    for strange in (long, "\u202e\u0301\u0301", "ሀ" * 80, "漢字", "🙂 🙂", "ㅤ"):
        assert 0 <= Comparison(name(strange)).nearness(name(long, "Blue")) <= 1


def test_a_letter_that_sounds_alike_costs_less_than_another_one() -> None:
    assert distance("hasan", "hasan") == 0
    assert 0 < distance("hasan", "hasen") < distance("hasan", "haran")
    assert distance("ab", "ba") < 1


@pytest.mark.parametrize(
    ("script", "heard"),
    [("ኃይለ", "hayle"), ("Дмитрий", "dmitrii"), ("محمد", "mhmd"), ("Łukasz", "lukasz"), ("ß", "ss")],
)
def test_a_script_is_spelled_as_it_is_heard(script: str, heard: str) -> None:
    assert in_latin(script) == heard


@pytest.mark.parametrize(
    ("other", "year", "is_near", "because"),
    [
        ("Hassan Mohamed", 1991, True, "the same name and year"),
        ("Hassan Mohamed", 1993, True, "a year from memory"),
        ("Hassan Mohamed", None, True, "no year excludes nobody"),
        ("Hassan Mohamed", 1996, False, "too many years apart"),
        ("Mohammed Karimi", 1991, False, "half a name is another name"),
        ("Mohammed", 1991, False, "a name of one word is not two words"),
        ("", 1991, False, "no name is no likeness"),
    ],
)
def test_two_people_may_be_one(other: str, year: int | None, is_near: bool, because: str) -> None:
    told = may_be_one_person(name("Mohammed Hassan"), name(other), 1991, year)
    assert told is is_near, because


def test_people_are_found_by_other_spellings_of_their_names() -> None:
    """A sample; the whole thousand is `python -m benchmarks.name_search` (docs/measurements.md)."""
    told = name_search.measure(searches=16, among=100)
    assert told.recall["all"] >= RECALL_AT_LEAST, told.missed
    assert told.others <= name_search.HITS / 2
    assert told.strangers == 0


def test_the_measure_sees_a_search_that_hears_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        name_matching, "words_near", lambda one, other: float(one.plain == other.plain)
    )
    assert name_search.measure(searches=16, among=100).recall["all"] < RECALL_AT_LEAST


@pytest.mark.full
def test_a_thousand_people_are_found_by_other_spellings() -> None:
    told = name_search.measure()
    assert told.recall["all"] >= RECALL_AT_LEAST, told.missed


def test_a_name_by_one_published_table_is_found_by_another() -> None:
    """A sample; the whole thousand is `python -m benchmarks.name_romanisations` (docs/measurements.md)."""
    told = name_romanisations.measure(searches=80, among=120)
    assert told.recall["all"] >= 0.95
    assert told.others < 4


def test_that_measure_notices_a_matcher_that_compares_letters_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(name_matching, "words_near", lambda one, other: one.plain == other.plain)
    assert name_romanisations.measure(searches=80, among=120).recall["all"] < 0.95


@pytest.mark.full
def test_a_thousand_people_are_found_across_published_tables() -> None:
    told = name_romanisations.measure()
    assert told.recall["all"] >= RECALL_AT_LEAST, told.missed
