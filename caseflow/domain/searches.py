"""Whether a call name or client code is what somebody typed: forgiving of capitals, accents and hyphens."""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST: Final = 80
"""Signs of a search; a name of five words has as many."""


def plain(words: str) -> str:
    """Small letters and digits only, with one space between words: *Zoë-Ann* and *zoe ann* are the same."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    kept = (sign if sign.isalnum() else " " for sign in apart if not unicodedata.combining(sign))
    return " ".join("".join(kept).split())


def matches(asked: str, call_name: str, client_code: str) -> bool:
    """Whether this is asked for: the code or its beginning, or the beginning of each word in the call name.

    An empty search asks for everybody; one of signs alone asks for nobody.
    """
    if not asked.strip():
        return True
    wanted = plain(asked[:LONGEST])
    if not wanted:
        return False
    if plain(client_code).replace(" ", "").startswith(wanted.replace(" ", "")):
        return True
    words = plain(call_name).split()
    return all(any(word.startswith(part) for word in words) for part in wanted.split())
