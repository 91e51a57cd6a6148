"""What pages receive about who somebody says they are: frozen values, for readers whom the gate let through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseflow.domain.identities import Birth, BirthPrecision
from caseflow.domain.messages import Message


@dataclass(frozen=True)
class NameView:
    """A further name, with what it is to the person and the script it is written in."""

    id: str
    kind: str
    name: str
    lang: str | None
    """A language tag that says the script alone (such as `und-Arab`); None for Latin letters."""
    recorded_on: date
    is_mistaken: bool = False


@dataclass(frozen=True)
class PaperView:
    """A paper that a colleague saw."""

    id: str
    kind: str
    seen_on: date
    agrees: str
    seen_by: str
    is_mistaken: bool = False


@dataclass(frozen=True)
class VersionView:
    """What was recorded once about names and birth date."""

    id: str
    given_names: str | None
    family_name: str | None
    birth_date: date | None
    birth_year: int | None
    birth_precision: str
    recorded_on: date
    is_mistaken: bool = False

    @property
    def born(self) -> Message | date | None:
        """The birth date as far as it is known."""
        return Birth(
            BirthPrecision(self.birth_precision), self.birth_date, self.birth_year
        ).in_words

    @property
    def lang(self) -> str | None:
        """The script of the names, as in `NameView`."""
        return script_of(f"{self.given_names or ''} {self.family_name or ''}")


@dataclass(frozen=True)
class IdentityView:
    """Who the person says they are; every line optional."""

    now: VersionView | None
    """The version that counts; None where there are further names or papers alone."""
    names: tuple[NameView, ...] = ()
    papers: tuple[PaperView, ...] = ()
    former: tuple[VersionView, ...] = ()
    """Earlier and mistaken versions, newest first."""
    mistaken_names: tuple[NameView, ...] = ()
    mistaken_papers: tuple[PaperView, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """Ids of every row of it, mistaken ones too."""
        versions = (*self.former, *((self.now,) if self.now else ()))
        rows = (*versions, *self.names, *self.papers, *self.mistaken_names, *self.mistaken_papers)
        return frozenset(one.id for one in rows)

    @property
    def given_names(self) -> str | None:
        """Those of the version that counts."""
        return self.now.given_names if self.now else None

    @property
    def family_name(self) -> str | None:
        """That of the version that counts."""
        return self.now.family_name if self.now else None

    @property
    def birth_year(self) -> int | None:
        """That of the version that counts."""
        return self.now.birth_year if self.now else None

    @property
    def earlier(self) -> int:
        """How many earlier versions are kept."""
        return len(self.former)


_SCRIPTS = (
    ("\u0590", "\u05ff", "und-Hebr"),
    ("\u0600", "\u06ff", "und-Arab"),
    ("\u0750", "\u077f", "und-Arab"),
    ("\u08a0", "\u08ff", "und-Arab"),
    ("\ufb50", "\ufdff", "und-Arab"),
    ("\ufe70", "\ufeff", "und-Arab"),
    ("\u0400", "\u052f", "und-Cyrl"),
    ("\u0370", "\u03ff", "und-Grek"),
    ("\u0530", "\u058f", "und-Armn"),
    ("\u10a0", "\u10ff", "und-Geor"),
    ("\u1200", "\u139f", "und-Ethi"),
    ("\u0900", "\u097f", "und-Deva"),
    ("\u0980", "\u09ff", "und-Beng"),
    ("\u0b80", "\u0bff", "und-Taml"),
    ("\u0e00", "\u0e7f", "und-Thai"),
    ("\u4e00", "\u9fff", "und-Hani"),
    ("\uac00", "\ud7af", "und-Kore"),
)


def script_of(name: str) -> str | None:
    """A language tag with the script of the first letter that is not Latin; None where all are.

    The language itself is not known from a name, so it is not claimed (`und`, BCP 47).
    """
    for sign in name:
        for first, last, tag in _SCRIPTS:
            if first <= sign <= last:
                return tag
    return None
