"""Whatever an intruder changes at random in a log of 200 entries, it is found."""

# ruff: noqa: S608 - tables and columns are our own
from __future__ import annotations

from collections import Counter
from contextlib import closing, suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3.dbapi2 import DatabaseError, IntegrityError

from caseflow.services import houses
from caseflow.storage import engines
from caseflow.storage.models.audit import Entry
from tests.storage.attacked import Attacked, go_on, intruding, raw, settled, signed

# What an intruder may do at random: a table, a row, a column, a value; or rows, or bytes of the file.
COLUMNS = [column.name for column in Entry.__table__.columns]
VALUES = st.one_of(
    st.none(),
    st.integers(-3, 300),
    st.sampled_from(["", "amina", "x", "0", "1", "{}", "look", "2026-11-22T09:00:00.000000Z"]),
    st.binary(max_size=4),
    st.floats(0, 9),
)
POSITION = st.integers(1, 201)
CHANGES = st.one_of(
    st.tuples(st.just("edit"), POSITION, st.sampled_from(COLUMNS), VALUES),
    st.tuples(st.just("delete"), POSITION, st.integers(0, 200)),
    st.tuples(st.just("swap"), POSITION, POSITION, st.sampled_from(COLUMNS[1:])),
    st.tuples(st.just("subject"), POSITION, VALUES),
    st.tuples(st.just("drop subjects"), POSITION, st.integers(0, 200)),
    st.tuples(st.just("flip"), st.integers(0), st.integers(0, 7)),
    st.tuples(st.just("shorten"), st.integers(1, 60)),
)


def tamper(long: Attacked, change: tuple[Any, ...]) -> None:
    """Does it; what the tables themselves refuse (a position twice, nothing where something must be) is no change."""
    what, *how = change
    if what in ("flip", "shorten"):
        content = bytearray(long.whole)
        if what == "flip":
            content[how[0] % len(content)] ^= 1 << how[1]
        else:
            del content[-how[0] * 512 :]
        long.put_back(bytes(content))
        return
    with intruding(long.house.stores) as connection, suppress(IntegrityError, OverflowError):
        if what == "edit":
            connection.execute(
                f"UPDATE entries SET {how[1]} = ? WHERE position = ?", (how[2], how[0])
            )
        elif what == "delete":
            connection.execute(
                "DELETE FROM entries WHERE position BETWEEN ? AND ?", (how[0], how[0] + how[1])
            )
        elif what == "swap":
            asked = f"SELECT {how[2]} FROM entries WHERE position = ?"
            values = [connection.execute(asked, (one,)).fetchone()[0] for one in how[:2]]
            for position, value in zip(how[:2], reversed(values), strict=True):
                connection.execute(
                    f"UPDATE entries SET {how[2]} = ? WHERE position = ?", (value, position)
                )
        elif what == "subject":
            connection.execute(
                "UPDATE subjects SET subject_hash = ? WHERE rowid = "
                "(SELECT rowid FROM subjects WHERE position = ? LIMIT 1)",
                (how[1], how[0]),
            )
        else:
            connection.execute(
                "DELETE FROM subjects WHERE position BETWEEN ? AND ?", (how[0], how[0] + how[1])
            )


def content_of(long: Attacked) -> tuple[list[Any], ...] | None:
    """What lies in the log, or None where that cannot be read."""
    try:
        with closing(raw(long.house.stores)) as connection:
            return tuple(
                connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
                for table in ("entries", "subjects", "checkpoints")
            )
    except (engines.StoreRefused, DatabaseError):
        return None


@pytest.fixture(scope="module")
def long(made: Attacked) -> Attacked:
    """A log of 200 entries and the checkpoint that was kept of it."""
    stores = made.house.stores
    with houses.inside(made.house):
        made.put_back(made.older)
        go_on(stores, 900, 200 - 13)
        kept = signed(3)
        return Attacked(made.house, kept, made.older, settled(stores))


def campaign(long: Attacked, examples: int) -> dict[str, int]:
    """Tampers at random, answers how often something was really changed; stops where it was missed."""
    long.put_back(long.whole)
    before, done = content_of(long), Counter[str]()

    @settings(
        max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(change=CHANGES)
    def tampered(change: tuple[Any, ...]) -> None:
        long.put_back(long.whole)
        tamper(long, change)
        is_changed = content_of(long) != before
        done[change[0]] += is_changed
        assert long.is_found() or not is_changed, change

    with houses.inside(long.house):
        tampered()
    return done


def test_random_tampering_with_200_entries_is_found_every_time(long: Attacked) -> None:
    done = campaign(long, 120)
    assert sum(done.values()) > 60, done


@pytest.mark.full
@pytest.mark.timeout(900)
def test_random_tampering_is_found_every_time_in_a_long_campaign(long: Attacked) -> None:
    done = campaign(long, 5000)
    assert (
        min(done[what] for what in ("edit", "delete", "swap", "subject", "drop subjects")) > 50
    ), done
