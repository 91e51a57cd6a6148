"""A hundred thousand past episodes come in within a minute and are counted in bounded memory."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from caseflow.settings import PROJECT
from tests.test_commands_figures import HEADER, runner

ROWS = 100_000
SECONDS = 60
MEGABYTES = 300

MEASURED = """
import resource, sys
from caseflow.cli import main
status = main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)
sys.exit(status)
"""


def large(folder: Path) -> Path:
    """A caseload file of many people, half of them out again."""
    file = folder / "large.csv"
    first = date(2010, 1, 1)
    with file.open("w", encoding="utf-8") as written:
        written.write(f"{HEADER}\n")
        for number in range(ROWS):
            entered = first + timedelta(days=number % 3000)
            left = f"{entered + timedelta(days=200)},voluntary_return" if number % 2 else ","
            written.write(f"P-{number},utrecht-bbb,{entered},{left},,unknown,unknown\n")
    return file


@pytest.mark.full
@pytest.mark.timeout(600)
def test_a_hundred_thousand_rows_within_a_minute_and_in_bounded_memory(tmp_path: Path) -> None:
    run = runner(tmp_path)
    assert run("init").status == 0
    file = large(tmp_path)

    def measured(*words: object) -> tuple[float, int]:
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-c", MEASURED, *map(str, words)],
            env={
                "PYTHONPATH": str(PROJECT),
                "CASEFLOW_PASSPHRASE_FILE": str(tmp_path / "passphrase"),
                "CASEFLOW_INSTANCE": str(tmp_path / "instance"),
            },
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return time.monotonic() - began, int(done.stderr.split()[-1])

    took, memory = measured("import", "caseload", file, "--source", "large")
    sys.stdout.write(f"import: {took:.0f} s, {memory} MB\n")
    assert took < SECONDS
    assert memory < MEGABYTES
    took, memory = measured("indicators", "--programme", "utrecht-bbb", "--as-of", "2026-01-01")
    sys.stdout.write(f"indicators: {took:.0f} s, {memory} MB\n")
    assert memory < MEGABYTES
