"""Unsealing by holders, sealing for everybody, and what waits for a sweep."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from caseflow.domain.catalogues import Catalogue
from caseflow.domain.decisions import Refused
from caseflow.jobs import sweeps_due
from caseflow.services import holders, houses, sealing, sweeps
from caseflow.services.actors import system
from caseflow.services.houses import House
from caseflow.storage import audit_log, changes
from caseflow.storage.audit_log import Act
from caseflow.storage.engines import StoreRefused, writing
from caseflow.storage.keyring import Keyring, KeyringRefused
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.operations import Change, WaitingSweep
from caseflow.storage.models.vault import Wish
from caseflow.storage.stores import Stores, path_of, vault_path
from tests import cast
from tests.conftest import CHEAP, Template

HOLDER, PASSPHRASE = cast.HOLDERS["de-haven"]
OWN = "eleven quiet boats at noon"


@pytest.fixture(autouse=True)
def endings() -> Iterator[list[str]]:
    asked: list[str] = []
    sealing.when_sealed(lambda: asked.append("ended"))
    yield asked
    sealing.when_sealed(lambda: None)


def events(house: House) -> list[str]:
    with Session(house.stores.audit) as log:
        return list(log.scalars(select(Entry.event).order_by(Entry.position)))


def unseal(
    passphrase: str = PASSPHRASE, minutes: int = 0, organisation: str = "de-haven"
) -> object:
    now = cast.NOW + timedelta(minutes=minutes)
    return sealing.unseal(cast.LENA.actor(), organisation, HOLDER, passphrase, now)


def test_unsealing_is_told_to_the_log_without_the_holders_name(sealed_house: House) -> None:
    assert unseal()

    with Session(sealed_house.stores.audit) as log:
        [entry] = log.scalars(select(Entry).where(Entry.event == "vault_unsealed"))
    assert '"organisation":"de-haven"' in entry.details
    assert HOLDER not in entry.details


def test_five_wrong_passphrases_make_the_right_one_wait(sealed_house: House) -> None:
    for _ in range(sealing.ATTEMPTS):
        assert not unseal("not this one at all")

    assert not unseal(minutes=1)
    assert sealed_house.stores.unsealed() == ()
    assert unseal(minutes=15)
    assert events(sealed_house).count("unsealing_refused") == sealing.ATTEMPTS + 1


def test_the_right_passphrase_forgives_the_wrong_ones_before_it(sealed_house: House) -> None:
    for _ in range(sealing.ATTEMPTS - 1):
        unseal("not this one at all")
    assert unseal()

    for _ in range(sealing.ATTEMPTS - 1):
        unseal("not this one at all")
    assert unseal()


def test_the_holder_of_another_organisation_is_refused_like_a_wrong_passphrase(
    sealed_house: House,
) -> None:
    other, passphrase = cast.HOLDERS["het-kompas"]
    elsewhere = sealing.unseal(cast.LENA.actor(), "het-kompas", other, passphrase, cast.NOW)

    assert elsewhere == unseal("not this one at all")


def test_nothing_is_opened_once_sealing_has_begun(house: House, endings: list[str]) -> None:
    sealing.seal(cast.LENA.actor(), cast.NOW, "button")

    assert not unseal()
    assert endings == ["ended"]
    assert house.stores.unsealed() == ()


def test_a_process_that_cannot_end_does_not_say_it_is_sealed(house: House) -> None:
    sealing.when_sealed(None)  # type: ignore[arg-type]

    with pytest.raises(sealing.NobodyEndsIt):
        sealing.seal(cast.LENA.actor(), cast.NOW, "button")
    assert "vaults_sealed" not in events(house)


def test_a_holder_who_was_added_by_a_command_can_unseal_the_running_server(
    sealed_house: House,
) -> None:
    assert holders.add(system(), "de-haven", "mo", OWN, HOLDER, PASSPHRASE, cast.NOW)

    assert sealing.unseal(cast.LENA.actor(), "de-haven", "mo", OWN, cast.NOW)


@pytest.mark.parametrize(
    ("organisation", "name", "passphrase"),
    [
        ("de-haven", "mo", "too short"),
        ("de-haven", " mo", OWN),
        ("nowhere", "mo", OWN),
        ("lvv-archive", "mo", OWN),
    ],
)
def test_a_holder_needs_a_vault_a_name_and_a_long_passphrase(
    sealed_house: House, organisation: str, name: str, passphrase: str
) -> None:
    refused = holders.add(system(), organisation, name, passphrase, HOLDER, PASSPHRASE, cast.NOW)

    assert isinstance(refused, Refused)
    assert holders.listed("de-haven") == (HOLDER,)


def test_the_last_holder_stays(sealed_house: House) -> None:
    with pytest.raises(KeyringRefused, match="last holder stays"):
        holders.remove(system(), "de-haven", HOLDER, cast.NOW)


def test_a_vault_whose_file_was_never_made_is_made_when_it_is_opened(sealed_house: House) -> None:
    vault_path(sealed_house.settings.instance, "de-haven").unlink()

    assert unseal()
    assert sealed_house.stores.is_unsealed("de-haven")


def test_a_vault_that_held_words_and_is_gone_is_not_made_anew(sealed_house: House) -> None:
    vault_path(sealed_house.settings.instance, "de-haven").unlink()
    with writing(sealed_house.stores.casework).begin() as casework:
        values = {"id": "c1", "event": "x", "at": cast.NOW, "by": "lena", "vault": "de-haven"}
        casework.execute(insert(Change).values(values))

    refused = unseal()

    assert isinstance(refused, Refused)
    assert "missing" in str(refused.reason)
    assert not vault_path(sealed_house.settings.instance, "de-haven").exists()


def orphan(house: House) -> None:
    """A wish whose change was announced and never committed, two hours ago."""
    act = Act("wish_recorded", cast.AMINA.actor(), cast.NOW, ("K7QM-4XPD",))
    intent = audit_log.tell(house.stores, act, stands_for="intent")
    with Session(writing(house.stores.vault("de-haven")), info={"writes": True}) as vault:
        vault.add(wish("plum tree", intent))
        vault.commit()


def wish(text: str, change_id: str) -> Wish:
    return Wish(
        client_code="K7QM-4XPD",
        recorded_at=cast.NOW - timedelta(hours=2),
        recorded_by="amina",
        change_id=change_id,
        case_id="a-case",
        words=text,
    )


def waiting(house: House) -> list[tuple[str, int | None]]:
    with house.stores.reading() as casework:
        rows = casework.scalars(select(WaitingSweep).order_by(WaitingSweep.organisation))
        return [(row.organisation, row.swept) for row in rows]


def test_a_sealed_vault_waits_and_is_swept_once_it_is_open(house: House) -> None:
    orphan(house)
    house.stores.forget_vaults()
    day = date(2026, 11, 22)
    assert sweeps.wait_for(system("job:sweeps"), day, cast.NOW) == 2
    assert sweeps.wait_for(system("job:sweeps"), day, cast.NOW) == 0

    assert sweeps.run_waiting(system("job:sweeps"), cast.NOW) == 0
    assert waiting(house) == [("de-haven", None), ("het-kompas", None)]

    assert unseal()
    assert sweeps.run_waiting(system("job:sweeps"), cast.NOW) == 1
    assert waiting(house) == [("de-haven", 1), ("het-kompas", None)]
    assert "sweep_ran" in events(house)


def test_a_sweep_that_a_reader_holds_up_goes_on_waiting(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    orphan(house)
    sweeps.wait_for(system("job:sweeps"), date(2026, 11, 22), cast.NOW)
    with house.stores.reading_vault("de-haven") as reader:
        reader.scalars(select(Wish)).all()
        swept = sweeps.run(system("job:sweeps"), "de-haven", cast.NOW)

    assert swept == 0
    assert ("de-haven", None) in waiting(house)
    sweeps.run(system("job:sweeps"), "de-haven", cast.NOW)
    assert ("de-haven", None) not in waiting(house)


@pytest.fixture
def reopened(
    house: House, catalogue: Catalogue, figures_rules: Any, template: Template
) -> Iterator[Callable[[], House]]:
    """The same house after its stores were closed: opens it anew, with the vault of De Haven open."""
    opened = [house.stores]
    folder = house.settings.instance

    def again() -> House:
        keyring = Keyring.read(folder / "keyring.json", CHEAP)
        keys = keyring.open_operations(cast.OPERATIONS_PASSPHRASE)
        stores = Stores.open(folder, keyring, keys)
        stores.open_vault("de-haven", template.vault_keys["de-haven"])
        opened.append(stores)
        return House(house.settings, stores, catalogue, *figures_rules)

    yield again
    for stores in opened:
        stores.close()


def test_after_an_older_casework_store_was_put_back_nothing_is_swept_and_it_is_said(
    house: House, reopened: Callable[[], House]
) -> None:
    orphan(house)
    sweeps.wait_for(system("job:sweeps"), date(2026, 11, 22), cast.NOW)
    house.stores.close()  # empties the write-ahead log, so that one file is the whole backup
    path = path_of(house.settings.instance, "casework")
    backup = path.read_bytes()
    went_on = reopened()
    act = Act("wish_recorded", cast.AMINA.actor(), cast.NOW, ("K7QM-4XPD",))
    with changes.change(went_on.stores, act, vault="de-haven") as work:
        work.vault.add(wish("written after the backup", work.id))
    went_on.stores.close()
    path.write_bytes(backup)

    restored, later = reopened(), cast.NOW + timedelta(days=1)
    with houses.inside(restored):
        assert sweeps.run_waiting(system("job:sweeps"), later) == 0
        assert sweeps.stranded() == {"de-haven": 1}
        assert ("de-haven", None) in waiting(restored)
        again = sweeps_due.plan(system("job:sweeps"), later, later)
        assert (again.deferred, again.codes) == (1, {"casework_is_older"})
    with restored.stores.reading_vault("de-haven") as vault:
        assert set(vault.scalars(select(Wish.words))) == {"plum tree", "written after the backup"}


def test_a_store_that_is_not_there_is_named(sealed_house: House) -> None:
    with pytest.raises(StoreRefused):
        sealed_house.stores.open_vault("nowhere", b"0" * 32)
