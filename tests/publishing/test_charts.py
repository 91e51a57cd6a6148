import random
import re
from xml.etree import ElementTree

import pytest

from caseflow.domain.rounding import PrintedCount
from caseflow.publishing.charts import Bar, ChartWidth, ChartWords, outcome_chart
from caseflow.publishing.drawings import SVG

WORDS = ChartWords(summary="Uitstroom naar uitkomst op 1 juli 2024", axis="Aantal")
BARS = [
    Bar("Verblijfsvergunning", PrintedCount(120)),
    Bar("In detentie", PrintedCount(None)),
    Bar("Doormigratie", PrintedCount(35)),
]


@pytest.fixture(scope="module", params=list(ChartWidth))
def drawn(request) -> str:
    return outcome_chart(BARS, WORDS, request.param)


def root_of(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 -- our own drawing


def texts(svg: str) -> list[str]:
    return [element.text for element in root_of(svg).iter(f"{{{SVG}}}text") if element.text]


def test_the_chart_shows_each_bar_with_its_words_and_its_printed_count(drawn):
    shown = texts(drawn)

    for words in ("Verblijfsvergunning", "120", "In detentie", "<5", "Doormigratie", "35"):
        assert words in shown


def test_the_bars_stand_in_the_order_of_the_table(drawn):
    labels = [bar.label for bar in BARS]

    assert [text for text in texts(drawn) if text in labels] == labels


def test_the_chart_carries_no_style_no_script_and_no_address(drawn):
    assert "style=" not in drawn
    assert "<script" not in drawn
    assert "<style" not in drawn
    assert not re.search(r"\bon\w+=", drawn)
    assert set(re.findall(r"https?://[^\"' ]+", drawn)) == {"http://www.w3.org/2000/svg"}


def test_the_chart_is_one_image_with_one_description_in_the_readers_language(drawn):
    root = root_of(drawn)

    assert root.get("role") == "img"
    assert root.get("aria-label") == WORDS.summary
    inner = [element for element in root.iter() if element is not root]
    assert not [e for e in inner if e.get("role") or any(k.startswith("aria") for k in e.attrib)]


def test_a_count_below_five_is_an_open_bar_of_one_length_beside_any_other_count():
    def open_bars(largest: int) -> list[str | None]:
        bars = [Bar("a", PrintedCount(None)), Bar("b", PrintedCount(largest))]
        svg = outcome_chart([*bars, Bar("c", PrintedCount(None))], WORDS)
        drawn = [e for e in root_of(svg).iter() if e.get("stroke-dasharray") == "3,2"]
        return [e.get("width") for e in drawn]

    assert len(open_bars(10)) == 2
    assert len(set(open_bars(10) + open_bars(900))) == 1


def test_a_small_screen_gets_a_narrower_drawing():
    narrow, wide = (
        float(root_of(outcome_chart(BARS, WORDS, width)).get("width")) for width in ChartWidth
    )

    assert narrow <= 358
    assert narrow < wide <= 1000


def test_a_chart_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one bar"):
        outcome_chart([], WORDS)


def read_back(svg: str) -> list[tuple[str, float | None]]:
    """What the shapes say: the words of each bar and its length, None for an open one."""
    found = []
    for mark in root_of(svg).findall(f"{{{SVG}}}g"):
        [bar] = mark.findall(f"{{{SVG}}}rect")
        is_open = bar.get("stroke-dasharray") is not None
        words = mark.findtext(f"{{{SVG}}}title")
        found.append((words, None if is_open else float(bar.get("width"))))
    return found


@pytest.mark.parametrize("seed", range(30))
def test_the_bars_are_as_long_as_the_printed_counts_whatever_they_are(seed):
    dice = random.Random(f"bars {seed}")
    counts = [dice.choice([None, 5 * dice.randint(1, 400)]) for _ in range(dice.randint(1, 14))]
    bars = [Bar("x" * dice.randint(1, 90) + str(n), PrintedCount(c)) for n, c in enumerate(counts)]

    shown = read_back(outcome_chart(bars, WORDS, dice.choice(list(ChartWidth))))

    assert [words for words, _ in shown] == [f"{bar.label}: {bar.text}" for bar in bars]
    assert [length is None for _, length in shown] == [count is None for count in counts]
    closed = [(length, c) for (_, length), c in zip(shown, counts, strict=True) if c is not None]
    longest = max((length for length, _ in closed), default=0)
    assert longest <= ChartWidth.WIDE.value
    for length, count in closed:
        assert length / longest == pytest.approx(count / max(c for _, c in closed), abs=0.01)


def test_a_chart_is_drawn_to_the_same_letter_every_time():
    assert outcome_chart(BARS, WORDS) == outcome_chart(list(BARS), WORDS)
