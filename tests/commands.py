"""Real processes: the program started as a person starts it, on an instance that the template was copied to."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from caseflow.settings import PROJECT
from tests import cast


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
    return [sys.executable, "-P", "-m", "caseflow", "--instance", str(folder), *words]


def run(folder: Path, *words: str, typed: str = "", **changed: str | None) -> Said:
    """Runs one command to its end; `typed` comes in a pipe, `changed` replaces environment variables."""
    done = subprocess.run(
        command(folder, *words),
        input=typed,
        capture_output=True,
        text=True,
        env=environment(folder, **changed),
        cwd=folder.parent,
        timeout=60,
        check=False,
    )
    return Said(done.returncode, done.stdout.splitlines(), done.stderr.splitlines())
