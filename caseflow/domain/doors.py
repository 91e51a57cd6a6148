"""Somebody is at the door and asks: what is said to them, and what is written down afterwards, all of it in codes.

Nobody is looked up and nobody's name is asked for: a register that held whom visitors asked for would answer them
later (the firewall, §6). What is said at the door is configuration with its source, since its wording is for a
jurist to confirm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable, read_toml
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message

SAME_CALL: Final = timedelta(minutes=15)
"""For so long, pressing the button again leads back to the entry that is not finished, not to a second one."""


class Visitor(StrEnum):
    """Which kind of visitor stood at the door."""

    POLICE = "police"
    AVIM = "avim"
    KMAR = "kmar"
    MUNICIPALITY = "municipality"
    LANDLORD = "landlord"
    PRESS = "press"
    RELATIVE = "relative"
    UNKNOWN = "unknown"


class PaperShown(StrEnum):
    """What the visitor showed."""

    NONE = "none"
    LETTER = "letter"
    JUDGE = "judge"
    NOT_READ = "not_read"


class HowItEnded(StrEnum):
    """How the call ended."""

    LEFT = "left"
    WAITS = "waits"
    CAME_IN = "came_in"
    MISTAKE = "mistake"


VISITOR_NAMES: Final[Mapping[Visitor, Message]] = {
    Visitor.POLICE: N_("Police"),
    Visitor.AVIM: N_("Immigration police (AVIM)"),
    Visitor.KMAR: N_("Royal military constabulary (KMar)"),
    Visitor.MUNICIPALITY: N_("Inspection by the municipality"),
    Visitor.LANDLORD: N_("Landlord"),
    Visitor.PRESS: N_("Press"),
    Visitor.RELATIVE: N_("Relative or acquaintance"),
    Visitor.UNKNOWN: N_("Somebody else, or unknown"),
}
PAPER_NAMES: Final[Mapping[PaperShown, Message]] = {
    PaperShown.NONE: N_("No paper"),
    PaperShown.LETTER: N_("A letter"),
    PaperShown.JUDGE: N_("An order of a judge"),
    PaperShown.NOT_READ: N_("A paper that was not read"),
}
ENDING_NAMES: Final[Mapping[HowItEnded, Message]] = {
    HowItEnded.LEFT: N_("They left"),
    HowItEnded.WAITS: N_("They wait for the on-call colleague"),
    HowItEnded.CAME_IN: N_("They came in"),
    HowItEnded.MISTAKE: N_("Nobody: the button was pressed by mistake"),
}


def is_same_call(called_at: datetime, ending: str | None, now: datetime) -> bool:
    """Whether pressing the button now is about the call of that moment, which nobody finished yet."""
    return ending in (None, HowItEnded.WAITS) and called_at <= now < called_at + SAME_CALL


@dataclass(frozen=True)
class DoorScript:
    """What a colleague says at the door, and does, in Dutch and English."""

    say: tuple[Label, ...]
    do: tuple[Label, ...]
    source: Label
    confirmed_by: str | None = None
    confirmed_on: date | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether a jurist confirmed the wording."""
        return self.confirmed_by is not None and self.confirmed_on is not None


def load_door_script(path: Path, shown_as: str = "config/door.toml") -> DoorScript:
    """Answers with the script of a file. Raises ConfigurationRefused with every problem."""
    content, unread = read_toml(path)
    problems: list[ConfigurationProblem] = list(unread)
    if not problems:
        table = ConfigurationTable(shown_as, content, problems)
        script = DoorScript(
            say=tuple(one.words() for one in table.children("say", required=True)),
            do=tuple(one.words() for one in table.children("do", required=True)),
            source=table.label("source"),
            confirmed_by=table.optional_text("confirmed_by"),
            confirmed_on=table.day("confirmed_on"),
        )
        if (script.confirmed_by is None) != (script.confirmed_on is None):
            table.refuse("confirmed_by", N_("goes with confirmed_on: give both or neither"))
        table.close()
    if problems:
        raise ConfigurationRefused(problems)
    return script
