"""Words that belong in the legal file are noticed, and those around them are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.prompts import asked_about, load_prompts

SHIPPED = Path(__file__).resolve().parents[2] / "config" / "prompts.toml"
TOPICS = load_prompts(SHIPPED)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        pytest.param("Hij is bekeerd.", ["faith"], id="a word"),
        pytest.param("BEKEERD, zei hij", ["faith"], id="capitals"),
        pytest.param("Zij is ate\u0308ist", [], id="the singular is no ending of another word"),
        pytest.param("een AthEi\u0308st", ["faith"], id="accents apart from their letter"),
        pytest.param("gemartelde man", ["story"], id="an ending"),
        pytest.param("asylum\nstory", ["story"], id="two words over two lines"),
        pytest.param("heeft een strafblad, is lesbisch", ["love", "crime"], id="two topics"),
        pytest.param("Christine belt morgen", [], id="a name that begins alike"),
        pytest.param("homogeen team", [], id="a word that begins alike"),
        pytest.param("kamer 1f1", [], id="inside another word"),
        pytest.param("\u0627\u0644\u0633\u0644\u0627\u0645 \u0639\u0644\u064a\u0643\u0645", [], id="another script"),
        pytest.param("", [], id="nothing"),
    ],
)  # fmt: skip
def test_a_topic_is_asked_about_by_its_words(text: str, topics: list[str]) -> None:
    assert [one.id for one in asked_about(TOPICS, text)] == topics


@pytest.mark.parametrize("topic", TOPICS, ids=lambda one: one.id)
def test_what_is_said_repeats_no_word_of_the_list(topic: object) -> None:
    for language in ("nl", "en"):
        said = topic.belongs.in_language(language)  # type: ignore[attr-defined]
        assert asked_about(TOPICS, said) == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[topic]]\nid = 'x'\nbelongs = { nl = 'a', en = 'b' }\nwords = ['a*']", "two letters"),
        ("[[topic]]\nid = 'x'\nbelongs = { nl = 'a', en = 'b' }\nwords = ['a*b']", "star only"),
        ("[[topic]]\nid = 'x'\nwords = ['ab']", "belongs"),
        ("[[topic]", "prompts.toml"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "prompts.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationRefused, match=problem):
        load_prompts(tmp_path / "prompts.toml")


def test_an_installation_may_ask_about_nothing(tmp_path: Path) -> None:
    (tmp_path / "prompts.toml").write_text("", encoding="utf-8")
    assert load_prompts(tmp_path / "prompts.toml") == ()
