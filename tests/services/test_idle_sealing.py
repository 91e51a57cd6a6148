"""Sealing by itself: outside office hours, when nobody asked for words, and never without notice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.services import idle_sealing, sealing
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.serving import servers
from caseflow.storage.models.audit import Entry
from tests import cast

SUNDAY = cast.NOW
"""10:00 on a Sunday; nobody of the invented city is at the office."""
MONDAY_17_20 = datetime(2026, 11, 23, 16, 20, tzinfo=UTC)
"""Ten minutes before every office closes."""


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


@pytest.fixture
def endings() -> Iterator[list[str]]:
    asked: list[str] = []
    sealing.when_sealed(lambda: asked.append("ended"))
    yield asked
    sealing.when_sealed(lambda: None)


LEFT = [
    ("a quarter of an hour after the last use", SUNDAY, 0, minutes(15)),
    ("the time runs", SUNDAY, 14, minutes(1)),
    ("it is over", SUNDAY, 15, minutes(0)),
    ("it stays over", SUNDAY, 60 * 9, minutes(0)),
    ("in office hours nothing is foreseen", MONDAY_17_20, 5, None),
    ("at closing time the warning comes first", MONDAY_17_20 - minutes(60), 70, minutes(2)),
    ("used shortly before closing time, the quarter goes on", MONDAY_17_20, 11, minutes(4)),
    ("the office opened again", SUNDAY, 60 * 24, None),
]


@pytest.mark.parametrize(
    ("used", "later", "expected"), [row[1:] for row in LEFT], ids=[row[0] for row in LEFT]
)
def test_how_long_it_takes(
    house: House, used: datetime, later: int, expected: timedelta | None
) -> None:
    idle_sealing.used(used)
    assert idle_sealing.left(used + minutes(later)) == expected
    assert idle_sealing.is_due(used + minutes(later)) is (expected == minutes(0))


def test_pages_are_warned_in_the_last_two_minutes_only(house: House) -> None:
    idle_sealing.used(SUNDAY)
    assert idle_sealing.warns(SUNDAY + minutes(12)) is None
    assert idle_sealing.warns(SUNDAY + minutes(13)) == minutes(2)


def test_a_sealed_house_is_never_sealed_again(sealed_house: House) -> None:
    idle_sealing.used(SUNDAY)
    assert idle_sealing.left(SUNDAY + minutes(60)) is None


def test_a_vault_that_was_just_opened_is_not_idle(sealed_house: House) -> None:
    holder, passphrase = cast.HOLDERS["de-haven"]
    late = SUNDAY + minutes(300)
    idle_sealing.used(SUNDAY)
    assert sealing.unseal(cast.LENA.actor(), "de-haven", holder, passphrase, late)
    assert idle_sealing.left(late) == minutes(15)


def test_a_use_that_is_told_late_takes_nothing_back(house: House) -> None:
    idle_sealing.used(SUNDAY + minutes(5))
    idle_sealing.used(SUNDAY)
    assert idle_sealing.left(SUNDAY + minutes(5)) == minutes(15)


def test_another_thread_reading_words_is_not_this_ones_use(house: House) -> None:
    before = house.stores.vault_uses
    thread = threading.Thread(target=lambda: house.stores.vault("de-haven"))
    thread.start()
    thread.join()
    assert house.stores.vault_uses == before
    house.stores.vault("de-haven")
    assert house.stores.vault_uses == before + 1


def test_the_server_seals_when_it_is_time_and_tells_the_log_why(
    house: House, endings: list[str]
) -> None:
    idle_sealing.used(SUNDAY)
    with clock.fixed(SUNDAY + minutes(14.9)):
        servers.seal_when_idle()
        assert (endings, house.stores.unsealed()) == ([], ("de-haven", "het-kompas"))
        clock.pass_time(minutes(0.1))
        servers.seal_when_idle()
    assert (endings, house.stores.unsealed()) == (["ended"], ())
    with Session(house.stores.audit) as log:
        [entry] = log.scalars(select(Entry).where(Entry.event == "vaults_sealed"))
    assert (entry.details, entry.access_point) == ('{"why":"idle"}', "idle")


def test_a_server_that_cannot_tell_the_log_tries_again(
    house: House, endings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    idle_sealing.used(SUNDAY)

    def full(*_: object, **__: object) -> None:
        raise OSError

    with clock.fixed(SUNDAY + minutes(15)):
        with monkeypatch.context() as broken:
            broken.setattr(sealing.audit_log, "tell", full)
            servers.seal_when_idle()
            assert (endings, house.stores.unsealed()) == ([], ("de-haven", "het-kompas"))
        servers.seal_when_idle()
    assert (endings, house.stores.unsealed()) == (["ended"], ())


def test_staying_is_told_to_the_log_and_begins_the_time_anew(house: House) -> None:
    idle_sealing.used(SUNDAY)
    idle_sealing.stay(cast.AMINA.actor(), SUNDAY + minutes(14))
    assert idle_sealing.left(SUNDAY + minutes(14)) == minutes(15)
    with Session(house.stores.audit) as log:
        [entry] = log.scalars(select(Entry).where(Entry.event == "vault_kept_open"))
    assert (entry.user_id, entry.object_id) == ("amina", "de-haven")


@pytest.mark.parametrize("colleague", [cast.FEMKE, cast.ADA])
def test_who_has_nothing_to_do_with_a_vault_keeps_none_open(
    house: House, colleague: cast.Colleague
) -> None:
    idle_sealing.used(SUNDAY)
    with pytest.raises(NotKnown):
        idle_sealing.stay(colleague.actor(), SUNDAY + minutes(14))
    assert idle_sealing.left(SUNDAY + minutes(14)) == minutes(1)
