"""Runs what must hold before a change is taken in: style, types, rooms, tests."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

CHECKS = (
    ("style", ("ruff", "check", ".")),
    ("layout", ("ruff", "format", "--check", ".")),
    ("types", ("mypy",)),
)
# Runs lint-imports by its module: its start-up file names the folder that .venv was made in.
ROOMS = ("-c", "from importlinter.cli import lint_imports_command as rooms; rooms()")


def run(root: str | Path, python: Path, arguments: list[str]) -> int:
    """0 where every check and every test passed, else 1; ``--full`` adds the long campaigns."""
    began = time.monotonic()
    passed = [_passes(root, name, [str(python), "-m", *command]) for name, command in CHECKS]
    passed.append(_passes(root, "rooms", [str(python), *ROOMS]))
    passed.append(_passes(root, "tests", pytest_command(python, arguments), shown=True))
    verdict = "All passed" if all(passed) else "Not passed"
    print(f"{verdict} in {time.monotonic() - began:.0f} s.", flush=True)
    return 0 if all(passed) else 1


def pytest_command(python: Path, arguments: list[str]) -> list[str]:
    """How the tests are run: without the long campaigns unless ``--full`` is given.

    Three at a time keep two cores busy: a third of the time a test waits for a browser or a process.
    """
    campaigns = "full or not full" if "--full" in arguments else "not full"
    own = [argument for argument in arguments if argument != "--full"]
    return [str(python), "-m", "pytest", "-q", "-n", "3", "-m", campaigns, *own]


def _environment() -> dict[str, str]:
    """Without the wish for no bytecode: many tests start processes, and each would compile everything anew."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _passes(root: str | Path, name: str, command: list[str], *, shown: bool = False) -> bool:
    """Whether one check passes; its own words are shown where it does not, or where ``shown``."""
    print(f"{name} …", end="\n" if shown else " ", flush=True)
    began = time.monotonic()
    done = subprocess.run(
        command,
        cwd=root,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=None if shown else subprocess.PIPE,
        stderr=None if shown else subprocess.STDOUT,
        text=True,
        check=False,
    )
    passed = done.returncode == 0
    title = f"{name} " if shown else ""
    verdict = "passed" if passed else f"not passed (status {done.returncode})"
    print(f"{title}{verdict}, {time.monotonic() - began:.1f} s", flush=True)
    if not passed and not shown:
        print(done.stdout, file=sys.stderr, flush=True)
    return passed
