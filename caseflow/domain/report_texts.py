"""What a programme says of its own figures: plain paragraphs of Latin letters, in Dutch, in English or in both.

What this file refuses follows from the text alone. Whether a word of it is one of a client's is asked elsewhere
(`vault_words`), by others than its writer.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

from caseflow.domain.cards import may_stand_on_a_card
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_

LONGEST: Final = 4000
"""Characters, in each language."""
ANSWERS: Final = 3
"""So many different texts of one publication are compared with what vaults hold; after that it is published without."""
LANGUAGES: Final = ("nl", "en")
_CODE: Final = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")
_ADDRESS: Final = re.compile(r"\S@\S|://|\bwww\.", re.IGNORECASE)
_PHONE: Final = re.compile(r"(?<!\d)(?:\+|0)\d(?:[ ./()-]{0,2}\d){8,}")
_SIGNS: Final = frozenset("\n .,;:!?'\"()[]%€/&+-–—‘’“”…°•<=>*")
_MARKED: Final = frozenset({"Ll", "Lu", "Nd"})
_LAST_LATIN: Final = "\u024f"


@dataclass(frozen=True)
class ReportText:
    """The text in each language; empty where there is none."""

    nl: str = ""
    en: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.nl or self.en)

    def in_language(self, language: str) -> tuple[str, str] | None:
        """The text in this language, else in the other, with the language it is in; None where there is none."""
        for one in (language, *LANGUAGES):
            words = self.nl if one == "nl" else self.en if one == "en" else ""
            if words:
                return one, words
        return None

    @property
    def plain(self) -> str:
        """As it is kept: one string."""
        return json.dumps({"nl": self.nl, "en": self.en}, ensure_ascii=False, sort_keys=True)

    @classmethod
    def of_plain(cls, kept: str) -> ReportText:
        """A text as it was kept. Raises KeyError or ValueError for anything else."""
        said = json.loads(kept)
        return cls(str(said["nl"]), str(said["en"]))


def tidied(typed: str | None) -> str:
    """The text in one spelling: composed letters, one kind of line end, paragraphs parted by one empty line."""
    text = unicodedata.normalize("NFC", typed or "").replace("\r\n", "\n").replace("\r", "\n")
    text = text.replace("\u00a0", " ").replace("\t", " ")
    lines = [re.sub(" {2,}", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def may_be_kept(words: str) -> Decision:
    """Whether a tidied text may be kept, whoever it is about; a refusal never repeats what was typed.

    Other letters than Latin ones, and signs that are not seen, are refused: they cannot be printed, and a name spelled
    with them would not be found.
    """
    if len(words) > LONGEST:
        return Refused(N_("At most %(most)s characters; this is longer.", most=LONGEST))
    if _CODE.search(words):
        return Refused(N_("A client code never stands in a report. Leave it out."))
    if _ADDRESS.search(words) or _PHONE.search(words):
        return Refused(N_("No addresses and no telephone numbers. Leave them out."))
    if any(not _is_plain(sign) for sign in words):
        return Refused(
            N_(
                "Only letters without special signs, figures and ordinary punctuation can be printed."
            )
        )
    if isinstance(may_stand_on_a_card(words), Refused):
        return Refused(N_("This looks like a BSN, V-number or number of a document. Leave it out."))
    return Allowed()


def _is_plain(sign: str) -> bool:
    return sign in _SIGNS or (sign <= _LAST_LATIN and unicodedata.category(sign) in _MARKED)
