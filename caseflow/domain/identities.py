"""Who somebody says they are: names of several kinds, a birth date as far as it is known, and papers that were seen.

Nothing is mandatory, and what a person says counts as said: a paper is *seen*, with its kind and the day, and whether
it says the same. Neither its number nor a picture of it is kept (rule FW1). A name is kept as it was typed, whatever
its script and however its signs are composed; spellings are evened out for comparing alone (`name_matching`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message


class NameKind(StrEnum):
    """What a further name is to the person."""

    SAID = "said"  # as the person says it, where the recorded one is from elsewhere
    SPELLING = "spelling"
    ALIAS = "alias"
    PAPERS = "papers"
    FORMER = "former"


class PaperKind(StrEnum):
    """What kind of paper somebody showed; never which one."""

    PASSPORT = "passport"
    IDENTITY_CARD = "identity_card"
    BIRTH_CERTIFICATE = "birth_certificate"
    DRIVING_LICENCE = "driving_licence"
    OTHER = "other"


class Agreement(StrEnum):
    """Whether a paper says what the person says."""

    SAME = "same"
    NAME_DIFFERS = "name_differs"
    BIRTH_DIFFERS = "birth_differs"
    BOTH_DIFFER = "both_differ"


class BirthPrecision(StrEnum):
    """How sure a birth date is."""

    EXACT = "exact"
    ESTIMATED = "estimated"
    YEAR = "year"
    CONVENTION = "convention"  # 1 January, written down by an authority because nobody knew the day
    UNKNOWN = "unknown"


NAME_KINDS: Final[dict[str, Message]] = {
    NameKind.SAID: N_("As they say it"),
    NameKind.SPELLING: N_("Another spelling"),
    NameKind.ALIAS: N_("Also known as"),
    NameKind.PAPERS: N_("Name in papers"),
    NameKind.FORMER: N_("Former name"),
}
PAPER_KINDS: Final[dict[str, Message]] = {
    PaperKind.PASSPORT: N_("Passport"),
    PaperKind.IDENTITY_CARD: N_("Identity card"),
    PaperKind.BIRTH_CERTIFICATE: N_("Birth certificate"),
    PaperKind.DRIVING_LICENCE: N_("Driving licence"),
    PaperKind.OTHER: N_("Another paper"),
}
AGREEMENTS: Final[dict[str, Message]] = {
    Agreement.SAME: N_("The same as they say"),
    Agreement.NAME_DIFFERS: N_("Another name"),
    Agreement.BIRTH_DIFFERS: N_("Another birth date"),
    Agreement.BOTH_DIFFER: N_("Another name and another birth date"),
}
PRECISIONS: Final[dict[str, Message]] = {
    BirthPrecision.EXACT: N_("Exact date"),
    BirthPrecision.ESTIMATED: N_("Estimated date"),
    BirthPrecision.YEAR: N_("Year only"),
    BirthPrecision.CONVENTION: N_("1 January, because nobody knew the day"),
    BirthPrecision.UNKNOWN: N_("Not known"),
}
EARLIEST_YEAR: Final = 1900
NAME_LENGTH: Final = 200
NAMES_AT_MOST: Final = 30
"""Further names of one person: more is a list that somebody pasted."""


@dataclass(frozen=True)
class Birth:
    """A birth date as far as it is known."""

    precision: BirthPrecision = BirthPrecision.UNKNOWN
    on: date | None = None
    year: int | None = None

    @property
    def in_words(self) -> Message | date | None:
        """What stands on a page: a day, a sentence, or None where nothing is known."""
        year = str(self.on.year if self.on else self.year)
        if self.on is None and self.year is None:
            return None
        if self.precision is BirthPrecision.CONVENTION:
            return N_("%(year)s (1 January on paper, the day is not known)", year=year)
        if self.precision is BirthPrecision.ESTIMATED:
            if self.on is not None:
                return N_("about %(day)s", day=self.on)
            return N_("about %(year)s", year=year)
        return self.on or N_("in %(year)s", year=year)


def birth(precision: str, on: date | None, year: int | None, today: date) -> Birth | Refused:
    """The birth date as it was told, or the sentence that says what does not fit.

    A date without a precision is exact, a year without one is a year. Source: the caseworker's list (year only, about
    1990, and the 1 January that authorities write down).
    """
    sure = BirthPrecision(precision)
    if on is not None and on > today:
        return Refused(N_("The birth date lies in the future. Check the year."))
    if on is not None and on.year < EARLIEST_YEAR:
        return Refused(N_("The birth date lies before 1900. Check the year."))
    if year is not None and not EARLIEST_YEAR <= year <= today.year:
        return Refused(N_("Give a birth year between 1900 and this year."))
    if on is not None and year is not None and on.year != year:
        return Refused(
            N_("The birth date and the birth year differ. Correct one, or leave it out.")
        )
    if sure is BirthPrecision.UNKNOWN:
        if on is not None:
            sure = BirthPrecision.EXACT
        elif year is not None:
            sure = BirthPrecision.YEAR
    return _whole(sure, on, year)


def _whole(sure: BirthPrecision, on: date | None, year: int | None) -> Birth | Refused:
    """Whether a date is as whole as its precision says."""
    if sure is BirthPrecision.EXACT and on is None:
        return Refused(
            N_("An exact date has a day, a month and a year. Choose “year only” where they lack.")
        )
    if sure is BirthPrecision.YEAR and on is not None:
        return Refused(
            N_("You chose “year only” and gave a day. Choose how sure it is, or leave the day out.")
        )
    if sure is BirthPrecision.CONVENTION and on is not None and (on.month, on.day) != (1, 1):
        return Refused(N_("This date is not 1 January. Choose how sure it is."))
    if sure is not BirthPrecision.UNKNOWN and on is None and year is None:
        return Refused(N_("Give a birth year, or choose “not known”."))
    if sure is BirthPrecision.CONVENTION:
        return Birth(sure, None, on.year if on is not None else year)
    return Birth(sure, on, year)


def may_add_name(name: str, kind: str, present: Collection[str]) -> Decision:
    """Answers whether a further name can be kept beside those that are there."""
    if not any(sign.isalnum() for sign in name):
        return Refused(N_("Write a name. It has at least one letter."))
    if len(name) > NAME_LENGTH:
        return Refused(N_("This is too long. Use at most %(most)s characters.", most=NAME_LENGTH))
    if kind not in NAME_KINDS:
        return Refused(N_("Choose what this name is to them."))
    if name in present:
        return Refused(N_("This name is recorded already, in this very spelling."))
    if len(present) >= NAMES_AT_MOST:
        return Refused(
            N_("At most %(most)s names are kept of one person. Mark a mistaken one first.",
               most=NAMES_AT_MOST)
        )  # fmt: skip
    return Allowed()


def may_record_paper(kind: str, agrees: str, seen_on: date, today: date) -> Decision:
    """Answers whether it can be recorded that a paper was seen."""
    if kind not in PAPER_KINDS:
        return Refused(N_("Choose what kind of paper it was."))
    if agrees not in AGREEMENTS:
        return Refused(N_("Choose whether the paper says the same."))
    if seen_on > today:
        return Refused(N_("This day has not come yet. Enter the day on which you saw the paper."))
    if seen_on.year < today.year - 20:
        return Refused(N_("That is more than 20 years ago. Check the year."))
    return Allowed()
