"""The texts that everybody is told: whole in every language, without the name of a programme."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseflow import settings as all_settings
from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.information_texts import PLACES, InformationKind, load_information

SHIPPED = load_information([all_settings.SHIPPED_CONFIG])
VALUES = {place: f"<{place}>" for place in PLACES}
RIGHTS = """
version = 3
[nl]
reviewed = true
title = "Rechten"
parts = [{ heading = "Eén", words = ["Vraag het: {contact}."] }]
[en]
reviewed = true
title = "Rights"
parts = [{ heading = "One", words = ["Ask: {contact}."] }]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    letters = tmp_path / "letters"
    letters.mkdir()
    for kind in InformationKind:
        (letters / f"{kind.value}.toml").write_text(RIGHTS, "utf-8")
    return tmp_path


@pytest.mark.parametrize("kind", list(InformationKind))
def test_every_text_is_there_in_five_languages_with_the_same_parts(kind: InformationKind) -> None:
    assert SHIPPED.languages(kind) == ("nl", "en", "ar", "fa", "ti")
    texts = [SHIPPED.text(kind, one) for one in SHIPPED.languages(kind)]
    shapes = {tuple(len(part.words) for part in text.parts) for text in texts if text}
    assert len(shapes) == 1, "a sentence is missing in one of them"


@pytest.mark.parametrize("kind", list(InformationKind))
def test_no_text_names_a_programme_or_leaves_a_place_open(kind: InformationKind) -> None:
    for language in SHIPPED.languages(kind):
        text = SHIPPED.text(kind, language)
        assert text is not None
        filled = text.filled(VALUES)
        said = " ".join((filled.title, *(word for part in filled.parts for word in part.words)))
        for name in ("LVV", "BBB", "Utrecht", "{", "}"):
            assert name not in said, (language, name)
        assert text.reviewed is (language in ("nl", "en")), "no sworn translator looked yet"


def test_the_same_places_are_filled_in_every_language() -> None:
    for kind in InformationKind:
        used = {
            language: {
                place for place in PLACES if f"{{{place}}}" in str(SHIPPED.text(kind, language))
            }
            for language in SHIPPED.languages(kind)
        }
        assert len({frozenset(places) for places in used.values()}) == 1


def test_one_more_language_is_one_more_file_with_a_number_of_its_own(folder: Path) -> None:
    words = 'version = 2\nreviewed = false\ntitle = "Xuquuq"\nparts = [{ heading = "Kow", words = ["Weydii."] }]\n'
    (folder / "letters" / "rights.so.toml").write_text(words, "utf-8")
    texts = load_information([folder])
    assert texts.languages(InformationKind.RIGHTS) == ("nl", "en", "so")
    assert texts.newest(InformationKind.RIGHTS) == 3
    assert texts.version_told(InformationKind.RIGHTS, "so") == 2, "its translation lags behind"
    assert texts.version_told(InformationKind.RIGHTS, "am") == 3, (
        "an interpreter tells today's text"
    )


def test_a_line_from_right_to_left_keeps_an_address_as_it_is() -> None:
    text = SHIPPED.text(InformationKind.RIGHTS, "ar")
    assert text is not None
    assert "\u2068<contact>\u2069" in str(text.filled(VALUES).parts).encode().decode(
        "unicode_escape"
    )


REFUSED = (
    ("a place that nothing fills", RIGHTS.replace("{contact}", "{name}"), "nothing fills"),
    ("no Dutch", RIGHTS.replace("[nl]", "[de]"), "nl: is missing"),
    ("no number", RIGHTS.replace("version = 3", ""), "version"),
    ("a part without words", RIGHTS.replace('["Ask: {contact}."]', "[]"), "at least one entry"),
    ("a key that is none", RIGHTS.replace("reviewed = true", "checked = true", 1), "checked"),
    ("no table of words", RIGHTS.replace("[en]", "[en"), "TOML"),
)  # fmt: skip


@pytest.mark.parametrize(("why", "words", "says"), REFUSED, ids=[one[0] for one in REFUSED])
def test_a_text_that_lacks_something_stops_the_start(
    folder: Path, why: str, words: str, says: str
) -> None:
    (folder / "letters" / "rights.toml").write_text(words, "utf-8")
    with pytest.raises(ConfigurationRefused, match=says):
        load_information([folder])
