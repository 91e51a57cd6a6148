"""Words that belong in the legal file: a form asks once before it keeps them, never refuses, and never repeats them.

What is not collected (the firewall, §2: religion, sexuality, politics, the asylum story, crime) cannot be told from a
text with certainty; a short list from `config/prompts.toml` catches what is written down without a thought.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable, read_toml
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_

FILE: Final = "prompts.toml"
SHORTEST: Final = 2
"""Letters of a word before its star: fewer would ask about every note."""


@dataclass(frozen=True)
class Topic:
    """Something that belongs elsewhere: what is said about it, and the words that make a form ask."""

    id: str
    belongs: Label
    words: tuple[str, ...]


def asked_about(topics: Iterable[Topic], text: str) -> tuple[Topic, ...]:
    """The topics of which a word stands in this text; case, accents and line ends make no difference."""
    plain = _plain(text)
    return tuple(
        topic for topic in topics if any(_pattern(word).search(plain) for word in topic.words)
    )


def load_prompts(path: Path, shown_as: str = "config/prompts.toml") -> tuple[Topic, ...]:
    """The topics of a file; none at all is a choice. Raises ConfigurationRefused with every problem."""
    content, unread = read_toml(path)
    problems: list[ConfigurationProblem] = list(unread)
    topics: Sequence[Topic] = ()
    if not problems:
        table = ConfigurationTable(shown_as, content, problems)
        topics = [_topic(one) for one in table.children("topic")]
        table.close()
        if len({one.id for one in topics}) < len(topics):
            table.refuse("topic", N_("names the same thing twice: keep one"))
    if problems:
        raise ConfigurationRefused(problems)
    return tuple(topics)


def _topic(table: ConfigurationTable) -> Topic:
    topic = Topic(table.text("id"), table.label("belongs"), tuple(table.texts("words")))
    for word in topic.words:
        if len(word.strip().rstrip("*")) < SHORTEST or "*" in word.rstrip("*"):
            table.refuse(
                "words", N_("needs two letters or more, and a star only at the end of a word")
            )
    table.close()
    return topic


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).split())


def _pattern(word: str) -> re.Pattern[str]:
    ending = r"\w*" if word.endswith("*") else ""
    return re.compile(rf"(?<!\w){re.escape(_plain(word.rstrip('*')))}{ending}(?!\w)")
