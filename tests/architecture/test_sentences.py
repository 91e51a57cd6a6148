"""Sentences for people are fixed msgids with named places, so that they can be translated."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.sources import Source, python_in

MARKS = {"N_", "_", "gettext", "lazy_gettext", "_l"}
UNNAMED_PLACE = re.compile(r"(?<!%)(?:%%)*%(?![(%])[a-zA-Z]|\{\w*\}")


def untranslatable(source: Source) -> list[str]:
    """The marked sentences that are made while running, or whose places have no names."""
    found = []
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id not in MARKS or not node.args:
            continue
        sentence = node.args[0]
        place = f"{source.name}:{node.lineno}"
        if not isinstance(sentence, ast.Constant):
            # A Message is translated by its own text at the edge; that is the one call by a name.
            if not isinstance(sentence, ast.Name | ast.Attribute):
                found.append(f"{place}: a sentence made while running")
        elif UNNAMED_PLACE.search(str(sentence.value)):
            found.append(f"{place}: a place without a name")
    return found


def test_every_sentence_can_be_translated() -> None:
    assert [line for source in python_in("caseflow") for line in untranslatable(source)] == []


@pytest.mark.parametrize(
    "text",
    ['_(f"Bed {bed} is taken")', 'N_("Bed " + bed)', 'N_("Bed %s is taken")', 'N_("Bed {bed}")'],
)
def test_a_sentence_that_cannot_be_translated_is_found(text: str) -> None:
    assert len(untranslatable(Source("caseflow/a.py", text))) == 1


@pytest.mark.parametrize(
    "text", ['N_("Bed %(bed)s is taken", bed=bed)', 'N_("Exactly 18 %%")', "_(message.text)"]
)
def test_a_sentence_that_can_be_translated_is_let_be(text: str) -> None:
    assert untranslatable(Source("caseflow/a.py", text)) == []
