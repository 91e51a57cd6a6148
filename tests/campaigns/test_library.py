"""Publication control could be lifted out: its page is true, its example runs, and it needs nothing else."""

import ast
import doctest
import re
import sys
from pathlib import Path

DOMAIN = Path(__file__).parents[2] / "caseflow" / "domain"
PAGE = DOMAIN / "PUBLICATION_CONTROL.md"
DOORS = ("certificates", "printed_rates")


def listed() -> set[str]:
    table = PAGE.read_text(encoding="utf-8").split("## What would be lifted")[1].split("\n\n")[1]
    return {
        name for line in table.splitlines() for name in re.findall(r"`(\w+)`", line.split("|")[1])
    }


def imported(source: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


def needed(doors: tuple[str, ...]) -> tuple[set[str], set[str]]:
    """The modules of the domain that these need, and everything else that they import."""
    waiting, modules, others = list(doors), set(), set()
    while waiting:
        module = waiting.pop()
        if module in modules:
            continue
        modules.add(module)
        for name in imported((DOMAIN / f"{module}.py").read_text(encoding="utf-8")):
            if name.startswith("caseflow.domain."):
                waiting.append(name.removeprefix("caseflow.domain."))
            else:
                others.add(name)
    return modules, others


def test_the_page_lists_the_modules_that_would_be_lifted():
    modules, _ = needed(DOORS)

    assert sorted(modules - listed()) == [], f"list these in {PAGE.name}, or do without them"
    assert sorted(listed() - modules) == [], f"take these out of {PAGE.name}"


def test_what_would_be_lifted_needs_the_standard_library_alone():
    _, others = needed(DOORS)

    assert (
        sorted(name for name in others if name.split(".")[0] not in sys.stdlib_module_names) == []
    )


def test_an_import_of_something_else_is_seen():
    assert imported("import numpy\nfrom caseflow.storage import engines") == {
        "numpy",
        "caseflow.storage",
    }
    assert "tallies" in needed(("publications",))[0]


def test_the_example_on_the_page_runs():
    failed, tried = doctest.testfile(str(PAGE), module_relative=False)

    assert (failed, tried > 10) == (0, True)
