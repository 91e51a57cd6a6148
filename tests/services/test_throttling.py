"""How often somebody may try: counted before anything is checked, kept over a restart, fair to known browsers."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from caseflow.services import throttling
from caseflow.services.houses import House
from caseflow.services.throttling import Admitted, Wait
from caseflow.storage.models.accounts import SignInAttempt
from tests.cast import NOW


@pytest.fixture(autouse=True)
def _in_the_house(sealed_house: House) -> House:
    return sealed_house


def admit(
    name: str = "rosa", address: str = "192.0.2.1", after: float = 0, device: str | None = None
):
    return throttling.admit(name, address, device, NOW + timedelta(seconds=after))


def test_the_sixth_attempt_in_a_minute_waits_until_the_first_is_a_minute_old() -> None:
    for second in range(5):
        assert isinstance(admit(after=second), Admitted)
    waits = admit(after=5)
    assert isinstance(waits, Wait)
    assert waits.until == NOW + timedelta(seconds=60)
    assert isinstance(admit(after=60), Admitted)


def test_no_more_than_ten_attempts_in_any_hour() -> None:
    admitted = [isinstance(admit(after=15 * turn), Admitted) for turn in range(239)]
    assert sum(admitted) == 10
    assert isinstance(admit(after=3601), Admitted)


def test_an_attempt_that_was_right_is_forgiven() -> None:
    for second in range(30):
        answer = admit(after=second / 10)
        assert isinstance(answer, Admitted)
        throttling.forgive(answer)


def test_many_names_from_one_address_are_one_guesser() -> None:
    answers = [admit(name=f"name-{turn}") for turn in range(21)]
    assert [isinstance(answer, Admitted) for answer in answers] == [True] * 20 + [False]
    assert isinstance(admit(name="name-21", address="192.0.2.2"), Admitted)


def test_many_addresses_and_names_together_are_slowed_too() -> None:
    answers = [admit(name=f"name-{turn}", address=f"192.0.2.{turn}") for turn in range(61)]
    assert [isinstance(answer, Admitted) for answer in answers] == [True] * 60 + [False]


def test_a_known_browser_has_an_allowance_of_its_own() -> None:
    for turn in range(61):
        admit(name="rosa", address=f"192.0.2.{turn}")
    assert isinstance(admit(), Wait)
    known = [admit(device="fingerprint") for _ in range(6)]
    assert [isinstance(answer, Admitted) for answer in known] == [True] * 5 + [False]


def test_the_log_is_told_once_a_minute_that_a_name_waits() -> None:
    for _ in range(5):
        admit()
    news = [admit(after=second) for second in (1, 2, 3, 59)]
    assert [wait.is_news for wait in news] == [True, False, False, False]


def test_fifty_attempts_at_once_let_five_through(sealed_house: House) -> None:
    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(lambda _: admit(), range(50)))
    assert sum(isinstance(answer, Admitted) for answer in answers) == 5


def test_neither_name_nor_address_is_kept_and_nothing_is_kept_for_long(
    sealed_house: House,
) -> None:
    admit(name="a-name-nobody-has", address="198.51.100.77")
    with sealed_house.stores.casework.connect() as casework:
        rows = str(casework.execute(text("SELECT * FROM sign_in_attempts")).all())
    assert "a-name-nobody-has" not in rows
    assert "198.51.100.77" not in rows
    admit(name="another", after=3600)
    with sealed_house.stores.reading() as reading:
        assert reading.scalar(select(func.count()).select_from(SignInAttempt)) == 3
