"""Preparing and starting: half-made folders, two at a time, old Pythons, and what a start may leave behind."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tools import preparations, suites
from tools.preparations import Preparation, PreparationRefused

PROJECT = Path(__file__).resolve().parent.parent
THIS_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working folder that asks for no package, so that preparing it needs no network."""
    root = tmp_path / "checkout"
    (root / "tools").mkdir(parents=True)
    (root / "caseflow" / "static").mkdir(parents=True)
    for name in {*preparations.FOR_TESTS, *preparations.FRONT_END}:
        (root / name).write_text("# nothing\n", "utf-8")
    manifest = root / "caseflow" / "static" / "vendor-manifest.json"
    manifest.write_text('{"sha256": {}}', "utf-8")
    return root


def stamped(root: Path, *, for_tests: bool = False) -> Preparation:
    """A folder as a finished preparation leaves it; its Python is the one that runs this test."""
    preparation = Preparation(root)
    preparation.python.parent.mkdir(parents=True)
    preparation.python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    preparation.python.chmod(0o755)
    stamp = {
        "python": THIS_PYTHON,
        "packages": preparation._digest(preparations.RUNTIME),
        "test_packages": preparation._digest(preparations.FOR_TESTS) if for_tests else "",
        "front_end": preparation._digest(preparations.FRONT_END),
    }
    (root / ".venv" / "caseflow-stamp.json").write_text(json.dumps(stamp), "utf-8")
    return preparation


def prepare_in_its_own_process(root: Path) -> subprocess.CompletedProcess[str]:
    code = (
        "import sys; from pathlib import Path; from tools.preparations import Preparation\n"
        "one = Preparation(Path(sys.argv[1]))\n"
        "with one.alone() as lock:\n"
        "    one.make_environment(lock); one.install_packages(lock, for_tests=False)\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(root)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_two_preparations_at_once_make_one_environment_and_remake_a_half_made_one(
    folder: Path,
) -> None:
    left_behind = folder / ".venv" / "bin" / "half-made"
    left_behind.parent.mkdir(parents=True)
    left_behind.touch()

    with ThreadPoolExecutor(2) as both:
        done = list(both.map(prepare_in_its_own_process, [folder, folder]))

    assert [one.returncode for one in done] == [0, 0], done
    assert sum("Making .venv again" in one.stderr for one in done) == 1
    assert not left_behind.exists()
    assert Preparation(folder).python.exists()


def test_a_second_start_finds_everything_ready(folder: Path) -> None:
    stamped(folder)

    assert Preparation(folder).is_ready(for_tests=False)
    assert not Preparation(folder).is_ready(for_tests=True)


@pytest.mark.parametrize(
    "name", ["requirements.txt", "package-lock.json", "caseflow/static/vendor-manifest.json"]
)
def test_a_changed_package_list_is_noticed(folder: Path, name: str) -> None:
    preparation = stamped(folder)
    with (folder / name).open("a", encoding="utf-8") as listed:
        listed.write("\n")

    assert not preparation.is_ready(for_tests=False)


def test_a_changed_list_of_test_packages_matters_for_tests_alone(folder: Path) -> None:
    preparation = stamped(folder, for_tests=True)
    axe = folder / preparations.AXE
    axe.parent.mkdir(parents=True)
    axe.touch()
    assert preparation.is_ready(for_tests=True)

    (folder / "requirements-dev.txt").write_text("# another\n", "utf-8")

    assert not preparation.is_ready(for_tests=True)
    assert preparation.is_ready(for_tests=False)


@pytest.mark.parametrize(
    "stamp", ["", "{", "[]", '{"python": "2.7"}', '{"python": "3.11", "colour": "red"}']
)
def test_a_stamp_that_is_broken_or_of_another_python_counts_as_none(
    folder: Path, stamp: str
) -> None:
    preparation = stamped(folder)
    (folder / ".venv" / "caseflow-stamp.json").write_text(stamp, "utf-8")

    assert not preparation.is_ready(for_tests=False)


def test_an_environment_whose_python_is_gone_counts_as_none(folder: Path) -> None:
    preparation = stamped(folder)
    preparation.python.unlink()

    assert not preparation.is_ready(for_tests=False)


def test_an_installation_that_fails_leaves_no_stamp_and_says_why_in_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    preparation = stamped(folder)
    wanted = f"no-such-package==1.0 --hash=sha256:{'0' * 64}\n"
    (folder / "requirements.txt").write_text(wanted, "utf-8")

    with preparation.alone() as lock, pytest.raises(PreparationRefused) as refused:
        preparation.install_packages(lock, for_tests=False)

    assert str(refused.value).startswith("Installing Python packages failed: ")
    assert "no-such-package" in str(refused.value)
    assert "\n" not in str(refused.value)
    assert (folder / ".venv" / "preparation.log").stat().st_size > 0
    assert not (folder / ".venv" / "caseflow-stamp.json").exists()


def test_a_catalogue_is_compiled_when_it_is_newer_than_its_compiled_form(folder: Path) -> None:
    preparation = stamped(folder)
    source = folder / "caseflow" / "translations" / "nl" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text('msgid ""\nmsgstr ""\n\nmsgid "bed"\nmsgstr "bed"\n', "utf-8")
    assert not preparation.is_ready(for_tests=False)

    with preparation.alone() as lock:
        preparation.compile_translations(lock)

    assert source.with_suffix(".mo").stat().st_size > 0
    assert sorted(one.name for one in source.parent.iterdir()) == ["messages.mo", "messages.po"]
    assert preparation.is_ready(for_tests=False)
    os.utime(source, (2_000_000_000, 2_000_000_000))
    assert not preparation.is_ready(for_tests=False)


def test_an_older_python_is_told_so_in_one_line() -> None:
    code = (
        "import runpy, sys; sys.version_info = (3, 9, 2); sys.argv = ['run.py', 'demo']\n"
        "runpy.run_path('run.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert done.stderr == "caseflow needs Python 3.11 or newer; this is Python 3.9.\n"


def test_run_py_can_be_read_by_the_older_pythons_that_it_speaks_to() -> None:
    ast.parse((PROJECT / "run.py").read_text("utf-8"), feature_version=(3, 4))
    with pytest.raises(SyntaxError):
        ast.parse("x: int = 1", feature_version=(3, 4))


def test_where_venv_or_pip_is_missing_the_package_is_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    preparation = Preparation(folder)

    with (
        preparation.alone() as lock,
        pytest.raises(PreparationRefused, match="apt-get install python3-venv"),
    ):
        preparation.make_environment(lock)
    assert not (folder / ".venv").exists()


def test_the_long_campaigns_run_only_when_they_are_asked_for() -> None:
    python = Path("python")

    assert suites.pytest_command(python, ["-k", "bed"])[-4:] == ["-m", "not full", "-k", "bed"]
    assert suites.pytest_command(python, ["--full"])[-2:] == ["-m", "full or not full"]


def test_one_check_that_fails_makes_the_whole_run_fail(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A wrong file and a failing test in an otherwise empty project."""
    (tmp_path / "pyproject.toml").write_text("[tool.mypy]\npackages = ['caseflow']\n", "utf-8")
    (tmp_path / "caseflow").mkdir()
    (tmp_path / "caseflow" / "__init__.py").write_text("import os\n", "utf-8")
    (tmp_path / "test_wrong.py").write_text("def test_wrong():\n    assert False\n", "utf-8")

    status = suites.run(tmp_path, Path(sys.executable), ["-p", "no:cacheprovider"])

    shown = capfd.readouterr()
    assert status == 1
    assert "F401" in shown.err
    assert re.search(r"^style … not passed \(status 1\), [\d.]+ s$", shown.out, re.MULTILINE)
    assert re.search(r"^layout … passed, [\d.]+ s$", shown.out, re.MULTILINE)
    assert "1 failed" in shown.out
    assert shown.out.splitlines()[-1].startswith("Not passed in ")


def test_what_the_program_makes_is_its_owners_alone(tmp_path: Path) -> None:
    package = tmp_path / "caseflow"
    package.mkdir()
    (package / "__init__.py").touch()
    shutil.copy(PROJECT / "caseflow" / "__main__.py", package)
    (package / "cli.py").write_text(
        "from pathlib import Path\n\n\ndef main(arguments):\n"
        "    Path(arguments[0]).mkdir()\n    Path(arguments[0], 'key').touch()\n    return 1\n",
        "utf-8",
    )
    # The folder that somebody happens to stand in must not lend the program a module.
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "pathlib.py").write_text("raise SystemExit(9)\n", "utf-8")
    code = (
        "import sys; from pathlib import Path; from tools.preparations import hand_over\n"
        "hand_over(sys.argv[1], Path(sys.executable), ['made'])"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, str(tmp_path)],
        cwd=tmp_path / "elsewhere",
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1, done.stderr
    made = tmp_path / "elsewhere" / "made"
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    assert stat.S_IMODE((made / "key").stat().st_mode) == 0o600
