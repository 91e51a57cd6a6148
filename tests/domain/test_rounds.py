"""What a round may say of which night, what follows from it, and how a night is counted before names go (B13, B14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from caseflow.domain import night_ledgers, rounds
from caseflow.domain.beds import BedKind
from caseflow.domain.labels import Label
from caseflow.domain.night_ledgers import CodedRow
from caseflow.domain.nights import Nights
from caseflow.domain.redaction import Compartment
from caseflow.domain.retention import Term, TermStart
from caseflow.domain.rounds import (
    AS_BEFORE,
    NOT_THERE,
    NOTHING,
    THERE,
    Answer,
    Follows,
    PresenceState,
    Said,
    Statement,
)
from caseflow.domain.stay_limits import Absence, AbsenceKind

K = AbsenceKind
NIGHT = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 22, 0, tzinfo=UTC)


def away(kind: AbsenceKind) -> Said:
    return Said(PresenceState.ANNOUNCED, kind)


def since(kind: AbsenceKind, days: int, until: int | None = None) -> Absence:
    """An absence that began so many days before the night, and ended so many days after it."""
    end = None if until is None else NIGHT + timedelta(days=until)
    return Absence(kind, Nights(NIGHT - timedelta(days=days), end))


MOMENTS = [
    ("an evening is of the night that begins", datetime(2026, 11, 22, 22, 0), date(2026, 11, 22)),
    ("after midnight it is still the same night", datetime(2026, 11, 23, 1, 0), date(2026, 11, 22)),
    ("until noon on the wall clock", datetime(2026, 11, 23, 10, 59), date(2026, 11, 22)),
    ("from noon on it is the next one", datetime(2026, 11, 23, 11, 0), date(2026, 11, 23)),
    ("the clock goes forward at two: one night", datetime(2026, 3, 29, 0, 59), date(2026, 3, 28)),
    ("and an hour is missing: the same night", datetime(2026, 3, 29, 1, 1), date(2026, 3, 28)),
    ("noon in summer comes an hour earlier", datetime(2026, 3, 29, 10, 0), date(2026, 3, 29)),
    (
        "the clock goes back: the first half past two",
        datetime(2026, 10, 25, 0, 30),
        date(2026, 10, 24),
    ),
    ("and the second one: the same night", datetime(2026, 10, 25, 1, 30), date(2026, 10, 24)),
    ("noon in winter comes an hour later", datetime(2026, 10, 25, 10, 59), date(2026, 10, 24)),
    ("29 February is a night", datetime(2028, 2, 29, 22, 0), date(2028, 2, 29)),
]


@pytest.mark.parametrize(("why", "moment", "night"), MOMENTS, ids=[one[0] for one in MOMENTS])
def test_b13_a_night_is_the_day_on_which_it_begins(why: str, moment: datetime, night: date) -> None:
    assert rounds.night_of(moment.replace(tzinfo=UTC)) == night, why


SENTENCES = [
    ("tonight", 0, False, False, None),
    ("tomorrow has not begun", 1, True, False, "has not begun yet"),
    ("a worker of the night looks back at nothing", -1, False, False, "Ask the coordinator"),
    ("who records absences may, a week back", -7, True, False, None),
    ("and no further", -8, True, False, "more than 7 days ago"),
    ("what is fixed is fixed", -3, True, True, "is fixed"),
]


@pytest.mark.parametrize(
    ("why", "days", "looks_back", "frozen", "sentence"),
    SENTENCES,
    ids=[one[0] for one in SENTENCES],
)
def test_b14_an_earlier_night_needs_a_permission(
    why: str, days: int, looks_back: bool, frozen: bool, sentence: str | None
) -> None:
    night = NIGHT + timedelta(days=days)

    answer = rounds.may_record(night, NOW, may_look_back=looks_back, is_frozen=frozen)

    assert bool(answer) is (sentence is None), why
    assert sentence is None or sentence in str(getattr(answer, "reason", ""))


BEFORE = [
    ("nobody is away", (), THERE),
    ("an absence that runs", (since(K.HOSPITAL, 3),), away(K.HOSPITAL)),
    ("away unannounced", (since(K.UNANNOUNCED, 3),), NOT_THERE),
    ("came back today", (since(K.LEAVE, 3, 0),), THERE),
    ("was said to begin and did not", (since(K.LEAVE, 0, 0),), THERE),
]


@pytest.mark.parametrize(("why", "known", "said"), BEFORE, ids=[one[0] for one in BEFORE])
def test_b13_a_round_begins_as_everything_was(
    why: str, known: tuple[Absence, ...], said: Said
) -> None:
    assert rounds.as_before(known, NIGHT) == said, why
    assert rounds.meant(AS_BEFORE, said).state is PresenceState.ANNOUNCED


LEAVE, GONE = since(K.LEAVE, 2), since(K.UNANNOUNCED, 2)
FOLLOWING = [
    ("there, and nothing was recorded", THERE, (), NOTHING),
    ("back from leave", THERE, (LEAVE,), Follows(ends=LEAVE)),
    ("back after days without a word", THERE, (GONE,), Follows(ends=GONE)),
    ("not there, from tonight", NOT_THERE, (), Follows(begins=K.UNANNOUNCED)),
    ("still not there", NOT_THERE, (GONE,), NOTHING),
    ("an empty bed ends no leave", NOT_THERE, (LEAVE,), NOTHING),
    ("to hospital tonight", away(K.HOSPITAL), (), Follows(begins=K.HOSPITAL)),
    ("missing, and found in detention", away(K.DETENTION), (GONE,), Follows(GONE, K.DETENTION)),
    ("leave becomes hospital", away(K.HOSPITAL), (LEAVE,), Follows(LEAVE, K.HOSPITAL)),
    ("still on leave", away(K.LEAVE), (LEAVE,), NOTHING),
    ("already ended by somebody who knew", THERE, (since(K.LEAVE, 2, 1),), NOTHING),
    ("already ended, and not there", NOT_THERE, (since(K.LEAVE, 2, 1),), NOTHING),
    ("begins later, recorded by somebody", NOT_THERE, (since(K.LEAVE, -1),), NOTHING),
    ("long over", NOT_THERE, (since(K.LEAVE, 9, -5),), Follows(begins=K.UNANNOUNCED)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("why", "said", "known", "what"), FOLLOWING, ids=[one[0] for one in FOLLOWING]
)
def test_b13_nights_away_follow_from_what_is_said(
    why: str, said: Said, known: tuple[Absence, ...], what: Follows
) -> None:
    assert rounds.follows(said, known, NIGHT) == what, why


def test_b13_only_what_was_touched_is_a_statement_once_a_colleague_spoke() -> None:
    theirs = Statement(NOT_THERE, "nadia", NOW)
    untouched, touched = Answer("p", "there", "there"), Answer("p", "there", "not_there")

    assert rounds.adds(untouched, THERE, None)
    assert not rounds.adds(untouched, THERE, theirs)
    assert rounds.adds(touched, THERE, theirs)
    assert not rounds.adds(touched, NOT_THERE, theirs)


def test_b13_two_who_said_different_things_are_shown_and_one_who_corrects_is_not() -> None:
    first, second = Statement(THERE, "nadia", NOW), Statement(NOT_THERE, "ria", NOW)

    assert rounds.differ([first, second])
    assert not rounds.differ([first, replace(second, by="nadia")])
    assert not rounds.differ([first, replace(first, by="ria")])


def test_b13_a_round_gives_nobody_a_time_out_and_takes_none_away() -> None:
    decided = away(K.TIME_OUT)

    assert K.TIME_OUT.value not in rounds.CODES
    assert rounds.meant(AS_BEFORE, decided) == decided


@pytest.mark.parametrize(
    ("state", "kind"),
    [
        (PresenceState.THERE, K.LEAVE),
        (PresenceState.ANNOUNCED, None),
        (PresenceState.ANNOUNCED, K.UNANNOUNCED),
        (PresenceState.NOT_THERE, K.HOSPITAL),
    ],
)
def test_a_reason_goes_with_an_announced_absence_alone(
    state: PresenceState, kind: AbsenceKind | None
) -> None:
    with pytest.raises(ValueError, match="announced"):
        Said(state, kind)


def row(name: str, state: str, at: int = 0, stay: str | None = None, by: str = "nadia") -> CodedRow:
    kind = "leave" if state == "announced" else None
    return CodedRow(
        name, stay or name, PresenceState(state), kind, BedKind.NIGHT, f"2026-11-22T21:{at:02d}", by
    )


def test_b13_a_night_is_counted_by_its_newest_statements_and_stays_without_one_are_told() -> None:
    rows = [
        row("a", "there"),
        row("b", "not_there"),
        row("c", "announced"),
        row("d", "there", 9, "b"),
    ]
    stays = dict.fromkeys(("a", "b", "c", "e"), BedKind.NIGHT) | {"f": BedKind.FULL_DAY}

    lines = night_ledgers.lines(rows, stays, None)

    night, day = lines[BedKind.NIGHT], lines[BedKind.FULL_DAY]
    assert (night.there, night.announced, night.not_there, night.unrecorded) == (2, 1, 0, 1)
    assert (day.there, day.unrecorded, day.stays) == (0, 1, 1)


@pytest.mark.parametrize(
    "changed",
    [
        [row("a", "not_there")],
        [row("x", "there", stay="a")],
        [row("a", "there", by="ria")],
        [row("a", "there", 5)],
        [],
    ],
    ids=["another state", "another row", "another colleague", "another moment", "no row"],
)
def test_b13_a_recount_finds_a_row_that_was_changed(changed: list[CodedRow]) -> None:
    [frozen] = night_ledgers.lines([row("a", "there")], {}, None).values()
    again = night_ledgers.lines(changed, {"a": BedKind.NIGHT}, None)[BedKind.NIGHT]

    assert frozen.agrees(frozen)
    assert not frozen.agrees(again)


def test_b13_the_order_of_rows_says_nothing() -> None:
    rows = [row("a", "there"), row("b", "not_there")]

    assert night_ledgers.digest(rows) == night_ledgers.digest(rows[::-1])


def test_b13_a_night_is_fixed_before_its_names_go_and_sooner_once_stay_is_a_crime() -> None:
    usual = night_ledgers.terms(28, NIGHT, None)
    crime = night_ledgers.terms(28, NIGHT, NIGHT)

    assert (usual.open_from, usual.kept_from) == (date(2026, 11, 14), date(2026, 10, 25))
    assert (crime.open_from, crime.kept_from) == (date(2026, 11, 14), NIGHT)
    assert night_ledgers.terms(28, NIGHT, NIGHT + timedelta(days=1)) == usual
    assert not night_ledgers.keeps_names(NIGHT, NIGHT)
    assert night_ledgers.keeps_names(NIGHT, NIGHT + timedelta(days=1))


def test_b13_the_term_is_configured() -> None:
    words = Label("x", "x")
    term = Term("presence", words, (Compartment.SHELTER,), TermStart.RECORDED, words, days=14)

    assert night_ledgers.kept_days([term]) == 14
    assert night_ledgers.kept_days([]) == night_ledgers.kept_days([replace(term, id="file")]) == 28
