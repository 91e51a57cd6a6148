"""What is said at a door is configuration: both languages, a source, and whether a jurist confirmed it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.doors import SAME_CALL, is_same_call, load_door_script
from tests import cast

SHIPPED = Path(__file__).resolve().parents[2] / "config" / "door.toml"


def test_the_shipped_script_speaks_both_languages_and_says_that_it_is_not_confirmed() -> None:
    script = load_door_script(SHIPPED)
    assert len(script.say) == 5
    assert len(script.do) == 6
    assert not script.is_confirmed
    assert "Vreemdelingenwet" in script.source.nl


FAULTS = {
    "a sentence in one language": ('en = "Hello.', 'english = "Hello.', "say[1].en: is missing"),
    "no source": ("[source]", "[sources]", "source: is missing"),
    "a word that is not known": ("[[do]]", "[[done]]", "done: is not a known key"),
    "half a confirmation": ("# confirmed_by", "confirmed_by", "confirmed_by: goes with"),
    "a broken file": ("[source]", "[source", "is not valid TOML"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_cannot_be_meant_is_refused_with_its_place(tmp_path: Path, fault: str) -> None:
    before, after, said = FAULTS[fault]
    text = SHIPPED.read_text("utf-8")
    assert before in text
    file = tmp_path / "door.toml"
    file.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(ConfigurationRefused, match=r"door\.toml") as refused:
        load_door_script(file)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("ending", "after", "same"),
    [
        (None, timedelta(minutes=2), True),
        (None, SAME_CALL, False),
        ("waits", timedelta(minutes=2), True),
        ("left", timedelta(minutes=2), False),
        ("mistake", timedelta(0), False),
    ],
)
def test_pressing_again_is_about_the_call_that_nobody_finished(
    ending: str | None, after: timedelta, same: bool
) -> None:
    called_at: datetime = cast.NOW
    assert is_same_call(called_at, ending, called_at + after) is same
