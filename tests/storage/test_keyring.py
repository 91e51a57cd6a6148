"""Keys lie in slots, each opened by one passphrase and by nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseflow.storage import keyring as keyrings
from caseflow.storage.keyring import (
    KEY_BYTES,
    OPERATIONS_KEYS,
    Derivation,
    Keyring,
    KeyringRefused,
    WrongPassphrase,
    checked_key,
)
from tests.conftest import CHEAP


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    return Keyring.create(tmp_path / "keyring.json", "plain words", CHEAP)


@given(st.binary(max_size=80))
def test_a_key_of_any_other_length_is_refused(key: bytes) -> None:
    if len(key) == KEY_BYTES:
        assert checked_key(key) == key
    else:
        with pytest.raises(KeyringRefused):
            checked_key(key)


def test_a_key_is_never_printed(ring: Keyring) -> None:
    keys = ring.open_operations("plain words")
    vault = ring.add_first_holder("de-haven", "lena", "a long walk")
    shown = (
        repr(keys) + str(keys) + repr(keys["casework"]) + str(vault) + repr([vault]) + f"{vault}"
    )
    for key in (keys["casework"], vault):
        assert key.hex() not in shown
        assert repr(bytes(key)) not in shown


def test_the_operations_slot_opens_with_its_passphrase_alone(ring: Keyring) -> None:
    keys = ring.open_operations("plain words")
    assert len({bytes(keys[name]) for name in OPERATIONS_KEYS}) == len(OPERATIONS_KEYS)
    for wrong in ("", "plain word", "Plain words", "plain words "):
        with pytest.raises(WrongPassphrase):
            ring.open_operations(wrong)


def test_each_slot_opens_only_its_own(ring: Keyring) -> None:
    haven = ring.add_first_holder("de-haven", "lena", "a long walk")
    kompas = ring.add_first_holder("het-kompas", "noor", "seven grey geese")
    ring.add_holder("de-haven", "mo", "rain on the roof", "lena", "a long walk")
    assert haven != kompas
    assert ring.open_vault("de-haven", "lena", "a long walk") == haven
    assert ring.open_vault("de-haven", "mo", "rain on the roof") == haven
    assert ring.open_vault("het-kompas", "noor", "seven grey geese") == kompas
    for organisation, name, passphrase in (
        ("de-haven", "lena", "rain on the roof"),
        ("de-haven", "noor", "seven grey geese"),
        ("het-kompas", "lena", "a long walk"),
        ("de-haven", "lena", "plain words"),
        ("nowhere", "lena", "a long walk"),
    ):
        with pytest.raises(WrongPassphrase):
            ring.open_vault(organisation, name, passphrase)
    with pytest.raises(WrongPassphrase):
        ring.open_operations("a long walk")


def test_a_slot_that_was_copied_to_another_name_opens_nothing(ring: Keyring) -> None:
    ring.add_first_holder("de-haven", "lena", "a long walk")
    content = json.loads(ring.path.read_text())
    slot = content["organisations"]["de-haven"]["lena"]
    content["organisations"]["de-haven"]["mo"] = slot
    content["organisations"]["het-kompas"] = {"lena": slot}
    ring.path.write_text(json.dumps(content))
    forged = Keyring.read(ring.path, CHEAP)
    for organisation, name in (("de-haven", "mo"), ("het-kompas", "lena")):
        with pytest.raises(WrongPassphrase):
            forged.open_vault(organisation, name, "a long walk")


def test_an_unknown_holder_costs_the_same_derivation(
    ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring.add_first_holder("de-haven", "lena", "a long walk")
    spent: list[Derivation] = []
    real = Derivation.key

    def counted(self: Derivation, passphrase: str, salt: bytes) -> bytes:
        spent.append(self)
        return real(self, passphrase, salt)

    monkeypatch.setattr(Derivation, "key", counted)
    for name in ("lena", "nobody"):
        with pytest.raises(WrongPassphrase) as refusal:
            ring.open_vault("de-haven", name, "wrong")
        assert str(refusal.value) == "The passphrase does not open this slot."
    assert spent == [CHEAP, CHEAP]


def test_a_wrong_look_leaves_no_organisation_behind(ring: Keyring) -> None:
    assert ring.holders("nowhere") == ()
    with pytest.raises(WrongPassphrase):
        ring.open_vault("nowhere", "lena", "x")
    assert ring.organisations() == ()


def test_the_last_holder_stays(ring: Keyring) -> None:
    ring.add_first_holder("de-haven", "lena", "a long walk")
    with pytest.raises(KeyringRefused, match="last holder"):
        ring.remove_holder("de-haven", "lena")
    ring.add_holder("de-haven", "mo", "rain on the roof", "lena", "a long walk")
    ring.remove_holder("de-haven", "lena")
    assert Keyring.read(ring.path, CHEAP).holders("de-haven") == ("mo",)
    with pytest.raises(WrongPassphrase):
        ring.open_vault("de-haven", "lena", "a long walk")


def test_a_second_first_holder_a_double_name_and_a_second_keyring_are_refused(
    ring: Keyring,
) -> None:
    key = ring.add_first_holder("de-haven", "lena", "a long walk")
    with pytest.raises(KeyringRefused):
        ring.add_first_holder("de-haven", "mo", "rain on the roof")
    with pytest.raises(KeyringRefused):
        ring.add_holder("de-haven", "lena", "other", "lena", "a long walk")
    with pytest.raises(KeyringRefused):
        Keyring.create(ring.path, "other words", CHEAP)
    assert Keyring.read(ring.path, CHEAP).open_vault("de-haven", "lena", "a long walk") == key


def test_a_command_that_came_in_between_is_not_overwritten(ring: Keyring) -> None:
    ring.add_first_holder("de-haven", "lena", "a long walk")
    late = Keyring.read(ring.path, CHEAP)
    ring.add_holder("de-haven", "mo", "rain on the roof", "lena", "a long walk")
    with pytest.raises(KeyringRefused, match="changed meanwhile"):
        late.add_holder("de-haven", "sara", "wind", "lena", "a long walk")
    assert late.again().holders("de-haven") == ("lena", "mo")


def _damages(content: dict[str, Any]) -> list[dict[str, Any] | str]:
    slot = content["operations"]
    return [
        "",
        "{",
        "[]",
        "null",
        {**content, "format": "other"},
        {**content, "version": 2},
        {**content, "organisations": None},
        {**content, "organisations": {"de-haven": None}},
        {**content, "instance": 7},
        {**content, "operations": None},
        {**content, "operations": {**slot, "salt": "!!"}},
        {**content, "operations": {**slot, "nonce": ""}},
        {**content, "operations": {**slot, "sealed": slot["sealed"][:8]}},
        {**content, "operations": {**slot, "memory_kib": 10**12}},
        {**content, "operations": {**slot, "passes": "4"}},
        {**content, "operations": {**slot, "kdf": "plain"}},
        {k: v for k, v in content.items() if k != "operations"},
    ]


def test_a_damaged_keyring_is_refused_in_one_line(ring: Keyring) -> None:
    whole = json.loads(ring.path.read_text())
    for damage in _damages(whole):
        ring.path.write_text(damage if isinstance(damage, str) else json.dumps(damage))
        with pytest.raises(KeyringRefused) as refusal:
            Keyring.read(ring.path, CHEAP)
        assert "\n" not in str(refusal.value)
        assert "keyring.json" in str(refusal.value)
    ring.path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(KeyringRefused):
        Keyring.read(ring.path, CHEAP)
    ring.path.unlink()
    with pytest.raises(KeyringRefused, match="missing"):
        Keyring.read(ring.path, CHEAP)


@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
def test_a_crash_while_writing_leaves_the_old_keyring_whole(
    ring: Keyring, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    key = ring.add_first_holder("de-haven", "lena", "a long walk")

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        if step == "replace":
            patched.setattr(Path, "replace", crash)
        else:
            patched.setattr(keyrings.os, step, crash)
        with pytest.raises(KeyboardInterrupt):
            ring.add_holder("de-haven", "mo", "rain on the roof", "lena", "a long walk")
    for still in (ring, Keyring.read(ring.path, CHEAP)):
        assert still.holders("de-haven") == ("lena",)
        assert still.open_vault("de-haven", "lena", "a long walk") == key
    ring.add_holder("de-haven", "mo", "rain on the roof", "lena", "a long walk")
    assert ring.again().open_vault("de-haven", "mo", "rain on the roof") == key


def test_a_crash_after_the_swap_leaves_the_new_keyring_whole(
    ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = os.fsync, []

    def crash_on_the_folder(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 2:
            raise KeyboardInterrupt
        real(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(keyrings.os, "fsync", crash_on_the_folder)
        with pytest.raises(KeyboardInterrupt):
            ring.add_first_holder("de-haven", "lena", "a long walk")
    assert len(ring.again().open_vault("de-haven", "lena", "a long walk")) == KEY_BYTES


def test_only_its_owner_reads_the_keyring_and_it_holds_no_key(ring: Keyring) -> None:
    ring.path.with_name("keyring.json.new").touch(mode=0o644)
    key = ring.add_first_holder("de-haven", "lena", "a long walk")
    assert ring.path.stat().st_mode & 0o777 == 0o600
    content = ring.path.read_text()
    assert key.hex() not in content
    assert keyrings.b64encode(key).decode() not in content


def test_the_shipped_cost_is_the_one_that_was_decided() -> None:
    assert Derivation() == Derivation(memory_kib=65536, passes=4, lanes=2)
