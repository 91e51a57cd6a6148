"""Words that differ per programme or organisation, in Dutch and English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Label:
    """How something is called, in each language of the screens."""

    nl: str
    en: str

    def __post_init__(self) -> None:
        if not self.nl.strip() or not self.en.strip():
            raise ValueError("a label needs its words in Dutch and in English")

    def in_language(self, language: str) -> str:
        """Answers with the words for a language code; English where there is no other."""
        return self.nl if language.split("-")[0].split("_")[0] == "nl" else self.en
