"""A change that breaks anywhere leaves an entry too many at worst: never one too few, never half."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services.houses import House
from caseflow.storage import audit_log, changes, engines, words
from caseflow.storage.audit_log import Act
from caseflow.storage.changes import OutcomeUntold, change
from caseflow.storage.keyring import Keyring
from caseflow.storage.models.accounts import Team
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.operations import Change
from caseflow.storage.models.vault import Note
from caseflow.storage.stores import Stores, VaultSealed
from tests import cast
from tests.conftest import CHEAP, Template
from tests.storage.faults import Faults

VAULT = "de-haven"
CODE = "AAAA-AAAA"


def act(attempt: str) -> Act:
    return Act("note_recorded", cast.AMINA.actor(), cast.NOW, (CODE,), object_id=attempt)


def note(text: str, change_id: str) -> Note:
    return Note(
        client_code=CODE,
        case_id=text,
        kind="contact",
        contact_on=date(2026, 11, 20),
        words=text,
        recorded_at=cast.NOW,
        recorded_by="amina",
        change_id=change_id,
    )


def run(stores: Stores, attempt: str) -> None:
    """A change of two notes in the vault and a team in the casework store, with flushes between."""
    with change(stores, act(attempt), vault=VAULT) as work:
        work.vault.add(note(attempt, work.id))
        work.vault.flush()
        work.casework.add(Team(id=attempt, organisation=VAULT, name=attempt))
        work.casework.flush()
        work.vault.add(note(attempt, work.id))


def entries(stores: Stores, attempt: str) -> list[Entry]:
    with Session(stores.audit) as log:
        return list(
            log.scalars(select(Entry).where(Entry.object_id == attempt).order_by(Entry.position))
        )


def stands(stores: Stores, attempt: str) -> bool:
    """Whether a change is to be seen; asserts that it is whole, announced, and told as it ended."""
    with stores.reading_vault(VAULT) as vault, stores.reading() as casework:
        notes = words.visible(vault, casework, Note, [CODE], case_id=attempt)
        team = casework.get(Team, attempt)
        ids = {row.change_id for row in notes}
        known = set(casework.scalars(select(Change.id).where(Change.id.in_(ids))))
    told = entries(stores, attempt)
    assert (len(notes), team is not None) in ((0, False), (2, True)), "half of a change is seen"
    intents = [entry for entry in told if entry.stands_for == "intent"]
    outcomes = [entry for entry in told if entry.stands_for == "outcome"]
    assert len(intents) <= 1
    assert len(outcomes) <= len(intents), "an ending nobody announced"
    if notes:
        assert ids == known == {entry.id for entry in intents}, "a change nobody announced"
    for outcome in outcomes:
        assert outcome.intent_id == intents[0].id
        assert outcome.result == ("done" if notes else "failed")
    return bool(notes)


@pytest.fixture
def faults(instance: Path, monkeypatch: pytest.MonkeyPatch) -> Faults:
    found = Faults()
    monkeypatch.setattr(engines, "connect", found.wrapping(engines.connect))
    return found


def opened(instance: Path, template: Template) -> Stores:
    keyring = Keyring.read(instance / "keyring.json", CHEAP)
    stores = Stores.open(instance, keyring, keyring.open_operations(cast.OPERATIONS_PASSPHRASE))
    stores.open_vault(VAULT, template.vault_keys[VAULT])
    return stores


@pytest.fixture
def stores(faults: Faults, instance: Path, template: Template) -> Iterator[Stores]:
    """Opened stores whose connections can break, warmed up so that no step is a first connection."""
    ready = opened(instance, template)
    run(ready, "warm")
    yield ready
    faults.arm(None)
    ready.close()


def steps_of_a_change(stores: Stores, faults: Faults) -> int:
    faults.arm(None)
    run(stores, "whole")
    return faults.steps


def campaign(stores: Stores, faults: Faults, error: Callable[[], BaseException]) -> dict[int, bool]:
    """Breaks a change at every step; answers which of them stood all the same."""
    total = steps_of_a_change(stores, faults)
    assert total > 40
    found = {}

    def fail() -> None:
        raise error()

    for step in range(1, total + 1):
        attempt = f"attempt-{step}"
        faults.arm(step, fail)
        raised: BaseException | None = None
        try:
            run(stores, attempt)
        except BaseException as cause:  # noqa: BLE001 -- the campaign judges every ending
            raised = cause
        faults.arm(None)
        found[step] = stands(stores, attempt)
        if raised is None:
            assert found[step], "a change that was acknowledged is gone"
        if isinstance(raised, OutcomeUntold):
            assert found[step], "a change was said to stand and does not"
        if not entries(stores, attempt):
            assert raised is not None, "a change ran that nobody announced"
    assert audit_log.verify(stores).sound
    run(stores, "afterwards")
    assert stands(stores, "afterwards")
    return found


def broken_disk() -> BaseException:
    return engines.sqlcipher.OperationalError("disk I/O error")


@pytest.mark.parametrize("error", [broken_disk, KeyboardInterrupt, MemoryError, SystemExit])
def test_a_failure_at_any_step_leaves_all_or_nothing(
    stores: Stores, faults: Faults, error: Callable[[], BaseException]
) -> None:
    stood = campaign(stores, faults, error)
    assert not stood[1]
    assert stood[max(stood)]  # the change stood before the last word about it was said


def test_the_campaign_would_find_a_change_committed_in_the_wrong_order(
    stores: Stores, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    def casework_first(others: tuple[Session | None, ...], casework: Session) -> None:
        casework.commit()
        for other in others:
            if other is not None:
                other.commit()

    monkeypatch.setattr(changes, "_commit_in_order", casework_first)
    with pytest.raises(AssertionError, match="half of a change"):
        campaign(stores, faults, broken_disk)


def test_the_campaign_would_find_a_change_that_goes_on_after_an_untold_intent(
    stores: Stores, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = audit_log.tell

    def careless(stores: Stores, act: Act, **named: str) -> str:
        try:
            return real(stores, act, **named)
        except Exception:  # noqa: BLE001 -- the planted fault
            return audit_log.new_id()

    monkeypatch.setattr(audit_log, "tell", careless)
    with pytest.raises(AssertionError, match="nobody announced"):
        campaign(stores, faults, broken_disk)


def test_the_campaign_would_find_a_lock_that_stays_taken_after_a_failed_commit(
    stores: Stores, faults: Faults
) -> None:
    for store in (stores.casework, stores.vault(VAULT), stores.audit):
        event.remove(store, "checkin", engines.return_clean)
    with pytest.raises(OperationalError):
        campaign(stores, faults, broken_disk)


def test_a_process_killed_at_any_step_leaves_all_or_nothing(
    house: House, instance: Path, template: Template, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = Faults()
    wrapped = faults.wrapping(engines.connect)
    stood, step = [], 0
    while True:
        step += 1
        child = os.fork()
        if child == 0:
            _run_and_die(instance, template, monkeypatch, faults, wrapped, step)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == 0
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
        stood.append(stands(house.stores, f"attempt-{step}"))
    assert len(stood) > 40
    assert stood == sorted(stood)
    assert (stood[0], stood[-1]) == (False, True)
    assert audit_log.verify(house.stores).sound
    assert words.sweep(house.stores, VAULT, cast.NOW.replace(year=2027)) > 0
    assert all(stands(house.stores, f"attempt-{n + 1}") == s for n, s in enumerate(stood))


def _run_and_die(
    instance: Path,
    template: Template,
    monkeypatch: pytest.MonkeyPatch,
    faults: Faults,
    wrapped: Callable[..., object],
    step: int,
) -> None:
    """What the child does: connects anew, runs one change and is killed at the step, or ends well."""
    code = 1
    try:
        monkeypatch.setattr(engines, "connect", wrapped)
        stores = opened(instance, template)
        run(stores, f"warm-{step}")
        faults.arm(step, lambda: os.kill(os.getpid(), signal.SIGKILL))
        run(stores, f"attempt-{step}")
        code = 0
    finally:
        os._exit(code)


# What the caller sees


def test_an_outcome_that_cannot_be_told_is_said_to_the_caller(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = audit_log.tell

    def full(stores: Stores, act: Act, **named: str) -> str:
        if named["stands_for"] == "outcome":
            raise OperationalError("INSERT", None, broken_disk())
        return real(stores, act, **named)

    monkeypatch.setattr(audit_log, "tell", full)
    with pytest.raises(OutcomeUntold) as untold:
        run(house.stores, "once")
    assert stands(house.stores, "once")
    assert untold.value.change_id == entries(house.stores, "once")[0].id


def test_a_refusal_leaves_nothing_but_its_two_entries(house: House) -> None:
    with change(house.stores, act("no"), vault=VAULT) as work:
        work.vault.add(note("no", work.id))
        work.vault.flush()
        work.casework.add(Team(id="no", organisation=VAULT, name="no"))
        work.casework.flush()
        assert not work.refuse(Refused(N_("The bed is taken.")))
    with house.stores.reading() as casework, house.stores.reading_vault(VAULT) as vault:
        assert casework.get(Team, "no") is None
        assert casework.scalar(select(func.count()).select_from(Change)) == 0
        assert vault.scalar(select(func.count()).select_from(Note)) == 0
    assert [entry.result for entry in entries(house.stores, "no")] == [None, "refused"]


def test_a_sealed_vault_stops_a_change_before_anything_is_told(sealed_house: House) -> None:
    with pytest.raises(VaultSealed), change(sealed_house.stores, act("sealed"), vault=VAULT):
        pytest.fail("the block ran")
    assert entries(sealed_house.stores, "sealed") == []


def test_a_change_without_a_vault_has_no_vault(house: House) -> None:
    with pytest.raises(LookupError), change(house.stores, act("coded")) as work:
        work.vault.add(note("coded", work.id))
    assert [entry.result for entry in entries(house.stores, "coded")] == [None, "failed"]


def test_two_changes_at_once_wait_for_each_other(house: House) -> None:
    attempts = [f"side-{n}" for n in range(24)]
    with ThreadPoolExecutor(8) as many:
        list(many.map(lambda attempt: run(house.stores, attempt), attempts))
    assert all(stands(house.stores, attempt) for attempt in attempts)
    assert audit_log.verify(house.stores).entries == 2 * len(attempts)
