"""Each room imports what its promise needs and nothing else; only the clock reads the time."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT, Source, named, python_in

# Who may import a library; a library that is not named here is free above the domain.
# The factory (`__init__`) joins the rooms.
KEPT_TO = {
    "flask": {"web", "proofs", "__init__"},
    "flask_babel": {"web", "__init__", "cli", "commands"},
    "flask_login": {"web", "__init__"},
    "flask_wtf": {"web", "__init__"},
    "wtforms": {"web"},
    "werkzeug": {"web", "proofs", "__init__"},
    "apscheduler": {"jobs"},
    "sqlalchemy": {"storage", "services", "proofs"},
    "flask_sqlalchemy": {"storage", "__init__"},
    "sqlcipher3": {"storage"},
    "alembic": {"storage"},
    "typst": {"publishing"},
    "pypdf": {"publishing"},
    "caseflow.storage": {"storage", "services", "proofs", "__init__"},
    "caseflow.clock": {"web", "jobs", "cli", "commands", "serving", "proofs", "clock", "__init__"},
}
NOW = {"now", "today", "utcnow", "fromtimestamp", "time", "localtime", "gmtime"}
TIME_SOURCES = {"datetime", "date", "time"}


def is_in(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def misplaced_imports(source: Source) -> list[str]:
    """The imports that the promise of the source's room does not allow, by file and line."""
    found = set()
    for line, module in source.imports:
        if source.room == "domain":
            outside = module.split(".")[0] not in sys.stdlib_module_names
            if outside and not is_in(module, "caseflow.domain"):
                found.add(f"{source.name}:{line}: the domain imports {module}")
        for package, rooms in KEPT_TO.items():
            if is_in(module, package) and source.room not in rooms:
                found.add(f"{source.name}:{line}: {source.room} imports {package}")
    return sorted(found)


def clock_readings(source: Source) -> list[str]:
    """The places that read the time by themselves instead of being given it."""
    found = []
    for node in ast.walk(source.tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in NOW
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in TIME_SOURCES
        ):
            found.append(f"{source.name}:{node.lineno}: {node.func.value.id}.{node.func.attr}")
    return found


def test_every_room_imports_only_what_it_may() -> None:
    assert [line for source in python_in("caseflow") for line in misplaced_imports(source)] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("caseflow/domain/stay.py", "import sqlalchemy"),
        ("caseflow/domain/stay.py", "from caseflow import clock"),
        ("caseflow/domain/stay.py", "from caseflow.services import casework"),
        ("caseflow/domain/stay.py", "from ..services import casework"),
        ("caseflow/web/views/cases.py", "from caseflow.storage import queries"),
        ("caseflow/web/views/cases.py", "from caseflow import storage"),
        ("caseflow/services/intake.py", "def f():\n    from flask import g"),
        ("caseflow/services/intake.py", "import sqlcipher3.dbapi2"),
        ("caseflow/services/intake.py", "from caseflow.clock import today"),
        ("caseflow/cli.py", "import caseflow.storage.keyring"),
        ("caseflow/web/views/cases.py", "import apscheduler"),
    ],
)
def test_an_import_in_the_wrong_room_is_found(name: str, text: str) -> None:
    assert misplaced_imports(Source(name, text)) != []


def test_an_import_in_the_right_room_is_let_be() -> None:
    text = "import dataclasses\nfrom caseflow.domain import stay\nfrom . import nights\n"

    assert misplaced_imports(Source("caseflow/domain/stay.py", text)) == []


def test_only_the_clock_reads_the_time() -> None:
    sources = [one for one in python_in("caseflow") if one.room != "clock"]

    assert [line for source in sources for line in clock_readings(source)] == []


@pytest.mark.parametrize("text", ["datetime.now(UTC)", "date.today()", "time.time()"])
def test_a_hidden_look_at_the_time_is_found(text: str) -> None:
    assert len(clock_readings(Source("caseflow/services/intake.py", f"x = {text}"))) == 1


def test_measuring_a_duration_is_not_reading_the_time() -> None:
    assert clock_readings(Source("caseflow/cli.py", "x = time.monotonic()")) == []


def test_the_floor_plan_names_every_room() -> None:
    plan = named("docs/rooms.md").text
    rooms = {source.room for source in python_in("caseflow") if source.name.count("/") > 1}

    assert {room for room in rooms if f"`caseflow/{room}`" not in plan} == set()
    assert len(rooms) >= 7


def test_the_import_contracts_break_on_a_page_that_opens_a_store(tmp_path: Path) -> None:
    package = tmp_path / "caseflow"
    for source in python_in("caseflow"):
        folder = (tmp_path / source.name).parent
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "__init__.py").touch()
    (package / "clock.py").touch()
    (package / "settings.py").touch()
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    assert checked_contracts(tmp_path).returncode == 0

    (package / "web" / "peeking.py").write_text("from caseflow import storage\n", "utf-8")

    broken = checked_contracts(tmp_path)
    assert broken.returncode == 1
    assert "Pages and jobs never see a store BROKEN" in broken.stdout


def checked_contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    call = "from importlinter.cli import lint_imports_command as rooms; rooms()"
    return subprocess.run(
        [sys.executable, "-c", call, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
