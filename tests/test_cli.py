"""Commands as real processes: bad input is one clear line and status 2, with nothing half done."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from caseflow import cli
from caseflow.commands import GROUPS
from caseflow.commands.terminals import complain
from caseflow.domain.messages import N_
from caseflow.services.houses import House
from caseflow.storage import audit_log, engines, migrations
from caseflow.storage.audit_log import Act
from caseflow.storage.keyring import Keyring
from caseflow.storage.models.accounts import UserAccount
from caseflow.storage.stores import Stores
from tests import cast
from tests.builders import hire_everybody
from tests.commands import command, environment, run
from tests.conftest import CHEAP

OWN = "eleven quiet boats at noon"


def plaintext_files(folder: Path) -> list[str]:
    """Names of the files that begin as an SQLite file that is not encrypted does."""
    return [
        one.name
        for one in sorted(folder.rglob("*"))
        if one.is_file() and one.read_bytes()[:16] == engines.PLAINTEXT_HEADER
    ]


def state(folder: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def rekeyed(instance: Path, size: int) -> None:
    """Puts a casework key of another length into the operations slot, under the same passphrase."""
    path = instance / "keyring.json"
    whole = json.loads(path.read_text("utf-8"))
    from base64 import b64decode, b64encode

    from caseflow.storage import keyring

    held = json.loads(
        keyring._unwrap(whole["operations"], cast.OPERATIONS_PASSPHRASE, "operations")
    )
    held["casework"] = b64encode(b64decode(held["casework"])[:size]).decode()
    sealed = keyring._wrap(
        json.dumps(held).encode(), cast.OPERATIONS_PASSPHRASE, "operations", CHEAP
    )
    path.write_text(json.dumps({**whole, "operations": sealed}), "utf-8")


def revised(instance: Path, revision: str) -> None:
    """Says in the casework store that it is at another revision."""
    keys = Keyring.read(instance / "keyring.json").open_operations(cast.OPERATIONS_PASSPHRASE)
    store = engines.connect(instance / "casework.db", keys["casework"], administration=True)
    store.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    store.close()


def plaintext(instance: Path) -> None:
    (instance / "casework.db").unlink()
    store = sqlite3.connect(instance / "casework.db")
    store.execute("CREATE TABLE people (name)")
    store.close()


def from_elsewhere(instance: Path) -> None:
    """Replaces the casework store by one that was made with another key."""
    (instance / "casework.db").unlink()
    migrations.make("casework", instance / "casework.db", b"k" * 32)


def written(name: str, text: str) -> Callable[[Path], None]:
    def write(instance: Path) -> None:
        (instance / name).parent.mkdir(parents=True, exist_ok=True)
        (instance / name).write_text(text, "utf-8")

    return write


BROKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "a keyring that is damaged": (written("keyring.json", "{"), "keyring.json is damaged"),
    "a keyring of something else": (written("keyring.json", "{}"), "keyring.json"),
    "a key of 31 bytes": (lambda instance: rekeyed(instance, 31), "exactly 32 bytes"),
    "random bytes": (
        lambda instance: (instance / "casework.db").write_bytes(bytes(range(256)) * 64) and None,
        "casework.db cannot be opened with this key",
    ),
    "a store of another key": (from_elsewhere, "casework.db cannot be opened with this key"),
    "a store that is not encrypted": (plaintext, "casework.db is not encrypted"),
    "a store that is missing": (
        lambda instance: (instance / "audit.db").unlink(),
        "audit.db is missing",
    ),
    "a store of a newer caseflow": (
        lambda instance: revised(instance, "9999"),
        "casework.db was written by",
    ),
    "a broken programme": (
        written("config/programmes/waterstad-lvv.toml", 'id = "waterstad-lvv"\nname = \n'),
        "waterstad-lvv.toml",
    ),
    "a broken setting": (written("config/settings.toml", "[serving]\nport = 0\n"), "serving.port"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_broken_is_one_line_with_the_place(instance: Path, broken: str) -> None:
    spoil, expected = BROKEN[broken]
    spoil(instance)
    before = state(instance)

    said = run(instance, "audit", "verify", "--json")

    assert (said.status, said.out) == (2, [])
    assert len(said.err) == 1, said.err
    assert expected in said.err[0]
    assert state(instance).keys() == before.keys()
    assert plaintext_files(instance) == (["casework.db"] if "not encrypted" in broken else [])


def test_an_older_store_is_refused_by_name_and_migrate_repairs_the_guards(instance: Path) -> None:
    keys = Keyring.read(instance / "keyring.json").open_operations(cast.OPERATIONS_PASSPHRASE)
    store = engines.connect(instance / "casework.db", keys["casework"], administration=True)
    store.execute("DROP TRIGGER placements_one_per_bed_insert")
    store.close()

    refused = run(instance, "user", "list")
    assert refused.status == 2
    assert "Run: run.py migrate" in refused.err[0]

    assert run(instance, "migrate").status == 0
    assert run(instance, "user", "list").status == 0


@pytest.mark.parametrize(
    "words", [["user", "list"], ["migrate"], ["audit", "checkpoint"], ["serve"]]
)
def test_every_command_refuses_a_wrong_passphrase_in_one_line(
    instance: Path, words: list[str]
) -> None:
    wrong = instance.parent / "wrong"
    wrong.touch(mode=0o600)
    wrong.write_text("not these words at all", "utf-8")
    before = state(instance)

    said = run(instance, *words, CASEFLOW_PASSPHRASE_FILE=str(wrong), CASEFLOW_PORT="8917")

    assert (said.status, said.err) == (2, ["The passphrase does not open this slot."])
    assert state(instance) == before


def test_a_passphrase_file_that_others_can_read_names_its_repair(instance: Path) -> None:
    environment(instance)
    (instance.parent / "passphrase").chmod(0o640)

    said = run(instance, "user", "list")

    assert said.status == 2
    [line] = said.err
    assert "chmod 600 passphrase" in line


@pytest.mark.parametrize(
    ("text", "named"),
    [("", "one line of text"), ("two\nlines", "one line of text"), (None, "cannot be read")],
)
def test_an_empty_or_missing_passphrase_file_is_one_line(
    instance: Path, text: str | None, named: str
) -> None:
    file = instance.parent / "other"
    if text is not None:
        file.touch(mode=0o600)
        file.write_text(text, "utf-8")

    said = run(instance, "user", "list", CASEFLOW_PASSPHRASE_FILE=str(file))

    assert said.status == 2
    [line] = said.err
    assert named in line


def test_without_a_file_or_a_terminal_the_passphrase_is_missed(instance: Path) -> None:
    said = run(instance, "user", "list", CASEFLOW_PASSPHRASE_FILE=None)

    assert said.status == 2
    [line] = said.err
    assert "CASEFLOW_PASSPHRASE_FILE" in line


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["fatima"],
        ["user"],
        ["user", "fatima"],
        ["user", "add"],
        ["user", "add", "x", "--organisation", "de-haven", "--role", "fatima"],
        ["user", "list", "fatima"],
        ["user", "list", "--fatima"],
        ["seal", "--fatima=1"],
        ["serve", "--port", "fatima"],
        ["unseal"],
        ["user", "suspend", "fatima"],
        ["holder", "add", "fatima", "lena"],
        ["audit", "verify", "--checkpoint", "fatima"],
    ],
)
def test_usage_is_refused_in_one_line_that_repeats_nothing_typed(
    instance: Path,
    words: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = (instance / "keyring.json").read_bytes()
    monkeypatch.setenv(
        "CASEFLOW_PASSPHRASE_FILE", environment(instance)["CASEFLOW_PASSPHRASE_FILE"]
    )

    status = cli.main(["--instance", str(instance), *words])

    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    assert said.err.count("\n") == 1, said.err
    assert "fatima" not in said.err
    assert (instance / "keyring.json").read_bytes() == before


def test_no_instance_is_made_by_looking_for_one(tmp_path: Path) -> None:
    for words in (["user", "list"], ["serve"], ["migrate"], ["seal"], ["unseal", "de-haven"]):
        said = run(tmp_path / "nowhere", *words)
        assert said.status == (0 if words == ["seal"] else 2)
        assert len(said.err) == (0 if words == ["seal"] else 1)
    assert not (tmp_path / "nowhere").exists()


def test_init_makes_an_instance_of_ones_own_alone_and_refuses_a_second(tmp_path: Path) -> None:
    folder = tmp_path / "instance"

    made = run(folder, "init", "--admin", "ada", "--json")

    assert made.status == 0, made.err
    told = json.loads("\n".join(made.out))
    assert told["administrator"] == "ada"
    assert "/invitations/" in told["invitation"]
    assert sorted(one.name for one in folder.iterdir()) == [
        "audit.db", "cards.db", "casework.db", "keyring.json", "vaults",
    ]  # fmt: skip
    assert {one.stat().st_mode & 0o077 for one in (folder, *folder.rglob("*"))} == {0}
    assert plaintext_files(folder) == []
    before = state(folder)
    again = run(folder, "init", "--admin", "eve")
    assert again.status == 2
    assert "holds an instance already" in again.err[0]
    assert state(folder) == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["instance", "passphrase"]


def test_init_keeps_the_settings_that_stand_there_and_refuses_other_files(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    (folder / "config").mkdir(parents=True)
    (folder / "config" / "settings.toml").write_text("[serving]\nport = 8101\n", "utf-8")
    (folder / "letter.txt").write_text("dear", "utf-8")

    assert "holds other files" in run(folder, "init").err[0]

    (folder / "letter.txt").unlink()
    made = run(folder, "init", "--json")
    assert ":8101/" in json.loads("\n".join(made.out))["invitation"]
    assert (folder / "config" / "settings.toml").exists()


def test_an_init_that_is_refused_or_killed_leaves_no_instance(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    refused = run(folder, "init", "--admin", "Not A Name!")
    assert refused.status == 2
    assert len(refused.err) == 1
    assert sorted(one.name for one in tmp_path.iterdir()) == ["passphrase"]

    workshop = tmp_path / ".instance.making"
    starting = subprocess.Popen(command(folder, "init"), env=environment(folder))
    while not (workshop / "casework.db").exists() and starting.poll() is None:
        continue
    starting.kill()
    starting.wait()
    assert not folder.exists()

    assert run(folder, "init").status == 0
    assert not workshop.exists()


def test_a_first_holder_makes_the_vault_and_the_next_needs_one_who_is_present(
    instance: Path,
) -> None:
    shutil.rmtree(instance / "vaults")
    ring = json.loads((instance / "keyring.json").read_text("utf-8"))
    ring["organisations"] = {}
    (instance / "keyring.json").write_text(json.dumps(ring), "utf-8")

    differing = run(instance, "holder", "add", "de-haven", "lena", typed=f"{OWN}\n{OWN}x\n")
    assert (differing.status, len(differing.err)) == (2, 1)
    assert not (instance / "vaults").exists()

    first = run(instance, "holder", "add", "de-haven", "lena", typed=f"{OWN}\n{OWN}\n")
    assert first.status == 0, first.err
    assert (instance / "vaults" / "de-haven.db").stat().st_mode & 0o077 == 0

    other = "fourteen pears on a sill"
    wrong = run(instance, "holder", "add", "de-haven", "mo", typed=f"{other}\n{other}\n{other}\n")
    assert wrong.status == 2
    right = run(instance, "holder", "add", "de-haven", "mo", typed=f"{OWN}\n{other}\n{other}\n")
    assert right.status == 0, right.err
    listed = run(instance, "holder", "list", "de-haven", "--json")
    assert json.loads("\n".join(listed.out))["holders"] == ["lena", "mo"]
    assert run(instance, "holder", "remove", "de-haven", "lena").status == 0
    assert "last holder" in run(instance, "holder", "remove", "de-haven", "mo").err[0]


def test_a_checkpoint_that_was_kept_shows_that_the_end_was_cut_off(instance: Path) -> None:
    cut = {name: (instance / name).read_bytes() for name in ("audit.db",)}
    kept = run(instance, "audit", "checkpoint").out[0]
    assert run(instance, "audit", "verify", "--checkpoint", kept).status == 0
    forged = " ".join([*kept.split()[:2], "7", *kept.split()[3:]])
    assert run(instance, "audit", "verify", "--checkpoint", forged).status == 1

    (instance / "audit.db").write_bytes(cut["audit.db"])

    said = run(instance, "audit", "verify", "--checkpoint", kept)
    assert said.status == 1
    assert "does not have the entry of the checkpoint" in said.err[0]


def test_something_unforeseen_is_one_line_without_its_values(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> Path:
        raise RuntimeError("Fatima Haddad")

    monkeypatch.setattr("caseflow.commands.openings.instance_folder", fail)

    assert cli.main(["user", "list"]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "RuntimeError" in said
    assert "Fatima" not in said


def test_a_refusal_of_several_lines_is_said_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    complain(N_("one\ntwo"))

    assert capsys.readouterr().err == "one two\n"


def test_a_command_whose_end_could_not_be_told_says_that_its_change_stands(
    instance: Path,
    sealed_house: House,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    hire_everybody(sealed_house)
    for name, value in environment(instance).items():
        monkeypatch.setenv(name, value)
    tell = audit_log.tell

    def full(stores: Stores, act: Act, **named: str) -> str:
        if named.get("stands_for") == "outcome":
            raise OperationalError("insert", {}, Exception("disk is full"))
        return tell(stores, act, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(audit_log, "tell", full)

    assert cli.main(["--instance", str(instance), "user", "suspend", "amina"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "Your change was saved, but the log could not be closed. Tell your administrator."
    ]
    with sealed_house.stores.reading() as session:
        assert session.get_one(UserAccount, "amina").status == "suspended"


@pytest.mark.parametrize("name", GROUPS)
def test_every_group_adds_the_commands_it_is_known_by(name: str) -> None:
    [words] = [one.choices for one in cli.command_line([name])._actions if one.choices]
    assert tuple(words) == GROUPS[name]


@pytest.mark.parametrize(
    ("arguments", "groups", "sentence"),
    [
        (["user", "list"], ("accounts",), "the first word says it"),
        (["--instance", "jobs", "user", "list"], ("accounts",), "a folder is no command"),
        (["--instance=x", "seal"], ("vaults",), "the folder in the same word"),
        (["--help"], tuple(GROUPS), "the help lists them all"),
        (["--instance"], tuple(GROUPS), "nothing more was typed"),
        (["usr"], tuple(GROUPS), "what is no command is told so by all of them"),
    ],
)
def test_a_command_loads_its_own_group_only(
    arguments: list[str], groups: tuple[str, ...], sentence: str
) -> None:
    assert cli.groups_for(arguments) == groups, sentence
