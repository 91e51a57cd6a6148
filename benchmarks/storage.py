"""What the storage room costs: one change, one look, one fresh instance.

Run: .venv/bin/python -m benchmarks.storage [--json]. Figures stand in docs/measurements.md.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from caseflow.storage import audit_log, migrations
from caseflow.storage.audit_log import Act
from caseflow.storage.changes import change
from caseflow.storage.keyring import Keyring
from caseflow.storage.models.accounts import Team
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.vault import Note
from caseflow.storage.stores import OPERATIONS_STORES, Stores, path_of, vault_path
from tests import cast
from tests.conftest import CHEAP

VAULT = "de-haven"


def template(folder: Path) -> bytes:
    """An instance with one vault; answers the key of the vault."""
    keyring = Keyring.create(folder / "keyring.json", "plain words", CHEAP)
    keys = keyring.open_operations("plain words")
    for kind in OPERATIONS_STORES:
        migrations.make(kind, path_of(folder, kind), keys[kind])
    key = keyring.add_first_holder(VAULT, "lena", "a long walk")
    migrations.make("vault", vault_path(folder, VAULT), key)
    return key


def opened(folder: Path, key: bytes) -> Stores:
    keyring = Keyring.read(folder / "keyring.json", CHEAP)
    stores = Stores.open(folder, keyring, keyring.open_operations("plain words"))
    stores.open_vault(VAULT, key)
    return stores


def one_change(stores: Stores) -> None:
    """An intent, a note in the vault, a row in the casework store, an outcome."""
    act = Act("note_recorded", cast.AMINA.actor(), cast.NOW, ("AAAA-AAAA",))
    with change(stores, act, vault=VAULT) as work:
        work.vault.add(
            Note(
                client_code="AAAA-AAAA",
                case_id="case",
                kind="contact",
                contact_on=date(2026, 11, 20),
                words="words " * 50,
                recorded_at=cast.NOW,
                recorded_by="amina",
                change_id=work.id,
            )
        )
        work.casework.add(Team(id=new_id(), organisation=VAULT, name="East"))


def one_look(stores: Stores) -> None:
    act = Act("case_opened", cast.AMINA.actor(), cast.NOW, ("AAAA-AAAA",), object_id="case")
    audit_log.tell(stores, act)


def milliseconds(times: int, measured: Callable[[], object]) -> tuple[float, float, float]:
    """Median, quickest tenth and processor time of that many runs, after one to warm up.

    Where other work shares the machine, the processor time says what the storage room itself costs.
    """
    measured()
    found = []
    began = time.process_time()
    for _ in range(times):
        start = time.perf_counter()
        measured()
        found.append(time.perf_counter() - start)
    worked = (time.process_time() - began) / times
    tenth = statistics.quantiles(found, n=10)[0]
    median = statistics.median(found)
    return round(median * 1000, 2), round(tenth * 1000, 2), round(worked * 1000, 2)


def figures() -> dict[str, tuple[float, float, float]]:
    """Each measurement by name: median, quickest tenth, processor time, in milliseconds."""
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch) / "template"
        made.mkdir()
        key = template(made)
        copies = iter(range(10_000))

        def copy_and_open() -> None:
            folder = Path(scratch) / f"copy-{next(copies)}"
            shutil.copytree(made, folder)
            opened(folder, key).close()

        found = {"copy a template and open it": milliseconds(50, copy_and_open)}
        stores = opened(made, key)
        found["one change over vault, casework and log"] = milliseconds(
            300, lambda: one_change(stores)
        )
        found["one look told to the log"] = milliseconds(300, lambda: one_look(stores))
        for _ in range(1000):
            one_look(stores)
        entries = audit_log.verify(stores).entries
        found[f"walking {entries:,} entries of the log"] = milliseconds(
            20, lambda: audit_log.verify(stores)
        )
        stores.close()
    return found


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--json", action="store_true")
    found = figures()
    if asked.parse_args().json:
        print(json.dumps(found))
        return
    for name, (median, tenth, worked) in found.items():
        print(f"{name:<45} {median:>8.2f} {tenth:>8.2f} {worked:>8.2f} ms")


if __name__ == "__main__":
    main()
