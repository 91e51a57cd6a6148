"""A copy of the file for the client's own hand: what goes into it, and what is left out and said so (GDPR art. 15).

Nobody gives away what they may not read themselves: a copy is made from what its maker sees. Notes about somebody else
are the other person's; what lies between client, counsellor and lawyer is given by the counsellor alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

PRIVILEGED: Final = "legal"
"""Kind of notes that belongs to the counsellor and the lawyer."""


class LeftOut(StrEnum):
    """Why something of the file is not in the copy."""

    THIRD_PERSON = "third_person"
    LEGAL = "legal"


@dataclass(frozen=True)
class Written:
    """What decides whether a note goes into a copy."""

    kind: str
    about_third_person: bool


def left_out(note: Written, *, by_counsellor: bool) -> LeftOut | None:
    """Answers why a note is not given; None where it is. Sources: GDPR art. 15(4), the firewall's legal notes."""
    if note.about_third_person:
        return LeftOut.THIRD_PERSON
    if note.kind == PRIVILEGED and not by_counsellor:
        return LeftOut.LEGAL
    return None


def counted(notes: Iterable[Written], *, by_counsellor: bool) -> dict[LeftOut, int]:
    """Answers how many notes are left out, by why."""
    found = [left_out(one, by_counsellor=by_counsellor) for one in notes]
    return {why: found.count(why) for why in LeftOut if why in found}


@dataclass(frozen=True)
class Passage:
    """Words that were written down: what stands above them, and the words themselves."""

    above: str
    words: str


@dataclass(frozen=True)
class Chapter:
    """One part of the copy, said in the client's language."""

    title: str
    facts: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.facts or self.lines or self.passages)


@dataclass(frozen=True)
class FileCopy:
    """The whole copy, ready to be printed: plain text, nothing of it a command."""

    title: str
    language: str
    lead: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    unprinted: str = ""
    """The sentence that says that some signs could not be printed, with a place for how many."""
    empty: str = ""
    """What stands where a chapter has nothing."""
    more: tuple[str, ...] = field(default=())
    """What the person can do with it, at the end."""
