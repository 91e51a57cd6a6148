"""Real processes: the program as a person starts it, on an instance that the template was copied to.

Loading the program takes a process two seconds and a hundred tests start one, so a process that has loaded it stands
by, and each command is a fork of that: with its own environment, folder, input, output and exit status. Servers, the
demo and the first day on a fresh machine are started from nothing (`tests/test_serving.py`, `tests/test_demo.py`,
`tests/journeys/test_first_day.py`).
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NoReturn

from caseflow.commands import GROUPS
from caseflow.settings import PROJECT
from tests import cast

STANDING_BY: Final = multiprocessing.get_context("forkserver")
STANDING_BY.set_forkserver_preload(
    ["tests.commands", "caseflow.cli", *(f"caseflow.commands.{one}" for one in GROUPS)]
)


@dataclass(frozen=True)
class Said:
    """What one command said, line by line, and how it ended."""

    status: int
    out: list[str]
    err: list[str]


def environment(folder: Path, **changed: str | None) -> dict[str, str]:
    """The environment of a command: English, and the operations passphrase in a file of one's own."""
    file = folder.parent / "passphrase"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(f"{cast.OPERATIONS_PASSPHRASE}\n", "utf-8")
    environ = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("CASEFLOW_", "LC_", "LANG"))
    }
    environ |= {
        "PYTHONPATH": str(PROJECT),
        "LANG": "C.UTF-8",
        "CASEFLOW_PASSPHRASE_FILE": str(file),
    }
    for name, value in changed.items():
        environ.pop(name, None)
        if value is not None:
            environ[name] = value
    return environ


def command(folder: Path, *words: str) -> list[str]:
    """The words that start the program from nothing."""
    return [sys.executable, "-P", "-m", "caseflow", "--instance", str(folder), *words]


def run(folder: Path, *words: str, typed: str = "", **changed: str | None) -> Said:
    """Runs one command to its end; `typed` comes as its input, `changed` replaces environment variables."""
    ended, out, err = ran(
        ["--instance", str(folder), *words],
        environment(folder, **changed),
        folder.parent,
        typed=typed,
        seconds=60,
    )
    return Said(ended, out.splitlines(), err.splitlines())


def ran(
    words: Sequence[str], environ: Mapping[str, str], folder: Path, *, typed: str = "", seconds: int
) -> tuple[int, str, str]:
    """Exit status, output and complaints of one command. Raises `TimeoutError` where it did not end in time."""
    with TemporaryDirectory() as kept:
        files = {name: Path(kept) / name for name in ("typed", "out", "err")}
        files["typed"].write_text(typed, "utf-8")
        process = STANDING_BY.Process(
            target=_started, args=(list(words), dict(environ), str(folder), kept)
        )
        process.start()
        process.join(seconds)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutError(" ".join(words))
        ended = process.exitcode
        process.close()
        return ended, files["out"].read_text("utf-8"), files["err"].read_text("utf-8")


def _started(words: list[str], environ: dict[str, str], folder: str, kept: str) -> NoReturn:
    """What `python -m caseflow` does once it is loaded, in the process that was forked for it."""
    for number, (name, mode) in enumerate(
        (
            ("typed", os.O_RDONLY),
            ("out", os.O_WRONLY | os.O_CREAT),
            ("err", os.O_WRONLY | os.O_CREAT),
        )
    ):
        opened = os.open(Path(kept) / name, mode, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  # the streams of a whole process
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, errors="backslashreplace")  # noqa: SIM115
    os.environ.clear()
    os.environ.update(environ)
    os.chdir(folder)
    os.umask(0o077)
    from caseflow.cli import main

    try:
        sys.exit(main(words))
    finally:
        atexit._run_exitfuncs()  # a forked process leaves without them
        sys.stdout.flush()
        sys.stderr.flush()
