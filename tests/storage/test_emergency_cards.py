"""A card that is recorded stands whole or not at all, wherever the machine stops; the one before stays until then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.storage import audit_log, changes, emergency_cards, engines
from caseflow.storage.audit_log import Act
from caseflow.storage.changes import OutcomeUntold, change
from caseflow.storage.keyring import Keyring
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.cards import EmergencyCard
from caseflow.storage.stores import Stores
from tests import cast
from tests.conftest import CHEAP
from tests.storage.faults import Faults

CODE = "AAAA-AAAA"


def record(stores: Stores, words: str, code: str = CODE) -> None:
    act = Act("card_recorded", cast.AMINA.actor(), cast.NOW, (code,), object_id=words)
    with change(stores, act, cards=True) as work:
        emergency_cards.replace(
            work,
            EmergencyCard(
                client_code=code,
                allergies=words,
                recorded_at=work.at,
                recorded_by=work.by,
                change_id=work.id,
            ),
        )
    emergency_cards.forget_former(stores, code)


def reads(stores: Stores, code: str = CODE) -> str | None:
    with Session(stores.cards) as cards, stores.reading() as casework:
        found = emergency_cards.current(cards, casework, code)
        return found.allergies if found else None


def rows(stores: Stores) -> int:
    with Session(stores.cards) as cards:
        return cards.scalar(select(func.count()).select_from(EmergencyCard)) or 0


def result(stores: Stores, words: str) -> list[str | None]:
    with Session(stores.audit) as log:
        return list(
            log.scalars(
                select(Entry.result).where(Entry.object_id == words).order_by(Entry.position)
            )
        )


@pytest.fixture
def faults(instance: Path, monkeypatch: pytest.MonkeyPatch) -> Faults:
    found = Faults()
    monkeypatch.setattr(engines, "connect", found.wrapping(engines.connect))
    return found


@pytest.fixture
def stores(faults: Faults, instance: Path) -> Iterator[Stores]:
    """Opened stores whose connections can break, with a card that stands."""
    keyring = Keyring.read(instance / "keyring.json", CHEAP)
    ready = Stores.open(instance, keyring, keyring.open_operations(cast.OPERATIONS_PASSPHRASE))
    record(ready, "before")
    yield ready
    faults.arm(None)
    ready.close()


def campaign(stores: Stores, faults: Faults, error: Callable[[], BaseException]) -> list[bool]:
    """Breaks a recording at every step; answers at which of them the new card stood all the same."""
    faults.arm(None)
    record(stores, "warm")
    total, stood, standing = faults.steps, [], "warm"
    assert total > 30

    def fail() -> None:
        raise error()

    for step in range(1, total + 1):
        words = f"attempt-{step}"
        faults.arm(step, fail)
        raised: BaseException | None = None
        try:
            record(stores, words)
        except BaseException as cause:  # noqa: BLE001 -- the campaign judges every ending
            raised = cause
        faults.arm(None)
        assert reads(stores) in (standing, words), "half of a card, or none"
        stood.append(reads(stores) == words)
        told = result(stores, words)
        if stood[-1]:
            standing = words
            assert told[0] is None, "a card that nobody announced"
            assert "failed" not in told
        else:
            assert raised is not None, "a card that was acknowledged is gone"
            assert not isinstance(raised, OutcomeUntold)
            assert "done" not in told
    record(stores, "afterwards")
    assert (reads(stores), rows(stores)) == ("afterwards", 1), "nothing of a crash is left"
    assert audit_log.verify(stores).sound
    return stood


def broken_disk() -> BaseException:
    return engines.sqlcipher.OperationalError("disk I/O error")


@pytest.mark.parametrize("error", [broken_disk, KeyboardInterrupt])
def test_a_failure_at_any_step_leaves_the_card_before_or_the_new_one(
    stores: Stores, faults: Faults, error: Callable[[], BaseException]
) -> None:
    stood = campaign(stores, faults, error)
    assert not stood[0]
    assert stood[-1], "it stood before the former one was forgotten"


def test_the_campaign_would_find_a_card_that_is_written_over(
    stores: Stores, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    def written_over(work: changes.Writing, card: EmergencyCard) -> None:
        work.cards.query(EmergencyCard).filter_by(client_code=card.client_code).delete()
        work.cards.add(card)

    monkeypatch.setattr(emergency_cards, "replace", written_over)
    with pytest.raises(AssertionError, match="half of a card, or none"):
        campaign(stores, faults, broken_disk)


def test_a_crash_between_the_two_commits_shows_the_card_before(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stops_halfway(others: tuple[Session | None, ...], casework: Session) -> None:
        for one in others:
            if one is not None:
                one.commit()
        raise KeyboardInterrupt

    with monkeypatch.context() as crash:
        crash.setattr(changes, "_commit_in_order", stops_halfway)
        with pytest.raises(KeyboardInterrupt):
            record(stores, "halfway")
    assert (rows(stores), reads(stores)) == (2, "before")
    assert result(stores, "halfway") == [None, "failed"]
    emergency_cards.forget_former(stores, CODE)
    assert (rows(stores), reads(stores)) == (2, "before"), "it might be another's, half committed"
    record(stores, "again")
    assert (rows(stores), reads(stores)) == (1, "again")


def test_a_refused_card_changes_nothing_and_cards_of_others_stay(stores: Stores) -> None:
    record(stores, "of-another", "BBBB-BBBB")
    act = Act("card_recorded", cast.AMINA.actor(), cast.NOW, (CODE,), object_id="no")
    with change(stores, act, cards=True) as work:
        card = EmergencyCard(
            client_code=CODE, recorded_at=work.at, recorded_by=work.by, change_id=work.id
        )
        emergency_cards.replace(work, card)
        work.refuse(Refused(N_("Not now.")))
    assert reads(stores) == "before"
    assert reads(stores, "BBBB-BBBB") == "of-another"
    assert result(stores, "no") == [None, "refused"]


def test_a_change_without_the_cards_has_none(stores: Stores) -> None:
    with (
        pytest.raises(LookupError),
        change(stores, Act("team_made", cast.ADA.actor(), cast.NOW)) as w,
    ):
        emergency_cards.replace(w, EmergencyCard(client_code=CODE))
    assert reads(stores) == "before"
