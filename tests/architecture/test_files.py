"""Files stay readable, say nothing about one machine, and hold no stubs or empty tests."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.sources import Source, python_in, texts

LONGEST_FILE = 400
LONGEST_VIEW = 40
VAGUE = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "process",
    "data",
    "handle",
    "misc",
    "common",
}
# Folders of one person or one machine; the dot keeps `./home/` and `https://…/home/` out.
MACHINE = re.compile(r"(?<![\w./>-])/(?:work|farm|root|home/\w+|Users/\w+|opt/\w+)/")
DECISION = re.compile(r"docs/decisions/(\d{4})-[a-z0-9-]+\.md")


def too_long(source: Source) -> list[str]:
    """The file, where it has passed the length that hides a missing noun."""
    lines = source.text.count("\n")
    return [f"{source.name}: {lines} lines; which noun is missing?"] if lines > LONGEST_FILE else []


def long_views(source: Source) -> list[str]:
    """The views that cannot be read in one breath."""
    return [
        f"{source.name}:{node.lineno}: {node.name}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= LONGEST_VIEW
    ]


def vague_names(source: Source) -> list[str]:
    """The parts of a file's path that say nothing about what is in it."""
    parts = source.name.removesuffix(".py").split("/")
    words = {word for part in parts for word in part.split("_")}
    return sorted(words & VAGUE)


def machine_paths(source: Source) -> list[str]:
    """The lines that name a folder of one machine."""
    lines = source.text.splitlines()
    return [f"{source.name}:{n}" for n, line in enumerate(lines, 1) if MACHINE.search(line)]


def stubs(source: Source) -> list[str]:
    """The functions that promise and do nothing."""
    return [
        f"{source.name}:{node.lineno}: {node.name}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef)
        and any(
            "NotImplemented" in ast.dump(one) for one in node.body if isinstance(one, ast.Raise)
        )
    ]


def steps_that_assert(source: Source) -> set[str]:
    """The functions of a file, tests aside, that assert something: steps that journeys are told in."""
    return {
        node.name
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("test_")
        and any(isinstance(one, ast.Assert) for one in ast.walk(node))
    }


def empty_tests(source: Source) -> list[str]:
    """The tests that assert nothing: directly, by a step of their file, or by a call whose name says that it checks."""
    found = []
    asserting = steps_that_assert(source)
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
            continue
        asserts = any(isinstance(one, ast.Assert) for one in ast.walk(node))
        calls = {
            one.func.attr if isinstance(one.func, ast.Attribute) else getattr(one.func, "id", "")
            for one in ast.walk(node)
            if isinstance(one, ast.Call)
        }
        checks = any(
            re.match(r"assert|raises|expect|check|fail$|visit|refus|reads$", name) for name in calls
        )
        checks = checks or bool(calls & asserting)
        if not asserts and not checks:
            found.append(f"{source.name}:{node.lineno}: {node.name}")
    return found


def undocumented(source: Source) -> list[str]:
    """The module, where it does not say in its first line what it is for."""
    empty = not source.text.strip()
    return [] if empty or ast.get_docstring(source.tree) else [source.name]


def test_no_file_has_outgrown_its_noun() -> None:
    # A migration lists what its tables were on one day; it is not read as a whole, and never edited.
    sources = python_in("caseflow", "tools")

    assert [line for source in sources for line in too_long(source)] == []


def test_a_file_that_is_too_long_is_found() -> None:
    assert too_long(Source("caseflow/a.py", "x = 1\n" * 401)) != []
    assert too_long(Source("caseflow/a.py", "x = 1\n" * 400)) == []


def test_every_view_can_be_read_in_one_breath() -> None:
    views = python_in("caseflow/web/views")

    assert [line for source in views for line in long_views(source)] == []


def test_a_view_that_is_too_long_is_found() -> None:
    text = "def show():\n" + "    x = 1\n" * LONGEST_VIEW

    assert long_views(Source("caseflow/web/views/a.py", text)) == [
        "caseflow/web/views/a.py:1: show"
    ]


def test_no_module_has_a_name_that_says_nothing() -> None:
    sources = python_in("caseflow", "tests", "tools", "migrations", "benchmarks")

    assert {source.name: vague_names(source) for source in sources if vague_names(source)} == {}


@pytest.mark.parametrize("name", ["caseflow/utils.py", "caseflow/web/form_helpers.py"])
def test_a_module_with_a_name_that_says_nothing_is_found(name: str) -> None:
    assert len(vague_names(Source(name, ""))) == 1


def test_no_file_names_a_folder_of_one_machine() -> None:
    assert [line for source in texts() for line in machine_paths(source)] == []


@pytest.mark.parametrize("folder", ["work", "root", "home/ann", "Users/ann", "opt/python"])
def test_a_folder_of_one_machine_is_found(folder: str) -> None:
    assert machine_paths(Source("README.md", f'see "/{folder}/caseflow"')) == ["README.md:1"]


def test_a_web_address_is_no_folder() -> None:
    assert machine_paths(Source("README.md", "example.org/home/ann/ and ./home/ann/x")) == []


def test_nothing_is_promised_by_a_stub() -> None:
    sources = python_in("caseflow", "tools", "tests")

    assert [line for source in sources for line in stubs(source)] == []


def test_a_stub_is_found() -> None:
    text = 'def f():\n    """Promises."""\n    raise NotImplementedError\n'

    assert stubs(Source("caseflow/a.py", text)) == ["caseflow/a.py:1: f"]


def test_every_test_can_fail() -> None:
    sources = python_in("tests")

    assert [line for source in sources for line in empty_tests(source)] == []


def test_a_test_that_asserts_nothing_is_found() -> None:
    empty = "def test_it_works():\n    run()\n"
    good = "def test_it_works():\n    with pytest.raises(ValueError):\n        run()\n"

    assert len(empty_tests(Source("tests/a.py", empty))) == 1
    assert empty_tests(Source("tests/a.py", good)) == []


def test_every_module_says_what_it_is_for() -> None:
    sources = python_in("caseflow", "tools", "migrations")

    assert [line for source in sources for line in undocumented(source)] == []


def test_a_module_without_a_docstring_is_found() -> None:
    assert undocumented(Source("caseflow/a.py", "x = 1\n")) == ["caseflow/a.py"]


def test_every_decision_has_a_number_of_its_own() -> None:
    numbers = [found[1] for one in texts() if (found := DECISION.fullmatch(one.name))]
    pages = [one for one in texts() if one.name.startswith("docs/decisions/")]

    assert len(numbers) == len(pages) == len(set(numbers)) > 0


def test_every_decision_says_its_context_what_was_decided_and_what_follows() -> None:
    pages = [one for one in texts() if DECISION.fullmatch(one.name)]
    parts = ("Context", "Decision", "Consequences")

    assert [one.name for one in pages if not all(part in one.text for part in parts)] == []
