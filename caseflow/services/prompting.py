"""Asks once whether words are in the right place; whoever says so keeps them all the same."""

from __future__ import annotations

from dataclasses import dataclass

from caseflow.domain import prompts
from caseflow.domain.decisions import Refused
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.services import houses


@dataclass(frozen=True)
class AskedFirst(Refused):
    """Nothing is wrong: the words may belong elsewhere, and one more tap keeps them."""

    belongs: tuple[Label, ...] = ()
    """Where they belong, without a word of them."""


def ask(text: str) -> AskedFirst | None:
    """The question, where a word of a topic stands in the text."""
    found = prompts.asked_about(houses.current().prompts, text)
    if not found:
        return None
    return AskedFirst(
        N_("Is this the right place for these words? Change them, or keep them as they are."),
        tuple(topic.belongs for topic in found),
    )
