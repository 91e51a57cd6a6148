"""Which looks stand out: without relation, many, in an hour; whatever order they are counted in, once."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from caseflow.domain.attentions import AttentionKind, Limits, Look, Notice, notices

NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIVE = Limits(HOUR, dict.fromkeys(AttentionKind, 5))
DENIALS, TEAM = AttentionKind.DENIALS, AttentionKind.TEAM_LOOKS


def look(minute: float, thing: int = 0, who: str = "sara", kind: AttentionKind = DENIALS) -> Look:
    return Look(who, "de-haven", kind, f"thing-{thing}", NINE + timedelta(minutes=minute))


def windows(
    found: tuple[Notice, ...],
) -> dict[tuple[str, AttentionKind], list[tuple[datetime, datetime]]]:
    known: dict[tuple[str, AttentionKind], list[tuple[datetime, datetime]]] = {}
    for one in found:
        known.setdefault((one.user_id, one.kind), []).append((one.from_at, one.until_at))
    return known


@pytest.mark.parametrize(
    ("sentence", "looks", "count"),
    [
        ("five different things in an hour stand out", [look(n, n) for n in range(5)], 1),
        ("four do not", [look(n, n) for n in range(4)], 0),
        ("one thing asked for fifty times is one thing", [look(n) for n in range(50)], 0),
        ("five in two hours are nobody's fault", [look(30 * n, n) for n in range(5)], 0),
        ("the last second of the hour counts", [look(0, 0), *(look(59.99, n) for n in range(1, 5))], 1),
        ("the hour itself does not", [look(0, 0), *(look(60, n) for n in range(1, 5))], 0),
        ("two colleagues are not one", [look(n, n, "sara" if n % 2 else "bram") for n in range(8)], 0),
        ("two kinds are not one", [look(n, n, kind=DENIALS if n % 2 else TEAM) for n in range(8)], 0),
        ("fifty things in an hour are raised once", [look(n, n) for n in range(50)], 1),
        ("who goes on is raised for each hour", [look(n, n) for n in range(180)], 3),
    ],
)  # fmt: skip
def test_what_stands_out(sentence: str, looks: list[Look], count: int) -> None:
    assert len(notices(looks, {}, FIVE)) == count, sentence


def test_a_notice_says_how_many_things_and_when() -> None:
    [found] = notices([look(n, n % 7) for n in range(30)], {}, FIVE)

    assert (found.looks, found.from_at, found.until_at) == (7, NINE, NINE + HOUR)


a_look = st.builds(
    look,
    st.integers(0, 150),
    st.integers(0, 20),
    st.sampled_from(["sara", "bram"]),
    st.sampled_from([DENIALS, TEAM]),
)


@given(st.lists(a_look, max_size=60), st.randoms())
@example([look(n, n) for n in range(90)], random.Random(1))
def test_counting_again_in_any_order_raises_nothing_twice(
    looks: list[Look], chance: object
) -> None:
    found = notices(looks, {}, FIVE)
    shuffled = sorted(looks, key=lambda _: chance.random())  # type: ignore[attr-defined]

    event(f"{len(found)} notices")
    assert notices(shuffled, {}, FIVE) == found
    assert notices(looks, windows(found), FIVE) == ()


@given(st.lists(a_look, max_size=60))
def test_no_window_that_holds_enough_goes_unnoticed(looks: list[Look]) -> None:
    found = notices(looks, {}, FIVE)
    raised = windows(found)
    for one in looks:
        spans = raised.get((one.user_id, one.kind), [])
        left = {
            other.thing
            for other in looks
            if (other.user_id, other.kind) == (one.user_id, one.kind)
            and one.at <= other.at < one.at + HOUR
            and not any(begin <= other.at < end for begin, end in spans)
        }
        assert len(left) < 5


@given(st.lists(a_look, max_size=60), st.integers(0, 150))
def test_what_was_counted_early_is_not_raised_again_later(looks: list[Look], minute: int) -> None:
    """Windows of one colleague and kind never overlap, however often the log is counted meanwhile."""
    early = notices([one for one in looks if one.at < NINE + timedelta(minutes=minute)], {}, FIVE)
    late = notices(looks, windows(early), FIVE)
    for spans in windows((*early, *late)).values():
        spans.sort()
        assert len({begin for begin, _ in spans}) == len(spans)
