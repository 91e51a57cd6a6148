"""The columns of a publication's files: a short name for programs, a head for people, and what stands in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from caseflow.domain.messages import N_, Message
from caseflow.domain.percentages import NEAREST_FIVE_WITHIN, WHOLE_POINTS_WITHIN, PercentStyle
from caseflow.publishing.datasets import Kind


@dataclass(frozen=True)
class ColumnWords:
    """One column before it is said in a language."""

    name: str
    head: Message
    meaning: Message
    kind: Kind = Kind.WORDS
    is_needed: bool = True
    one_of: tuple[str, ...] = ()


PRECISION: Final[dict[str, Message]] = {
    PercentStyle.WHOLE_POINT: N_(
        "The true rate lies within %(points)s points.", points=WHOLE_POINTS_WITHIN
    ),
    PercentStyle.NEAREST_FIVE: N_(
        "Rounded to the nearest five: the true rate lies within %(points)s points, or on the side "
        "that is printed.",
        points=NEAREST_FIVE_WITHIN,
    ),
    PercentStyle.RANGE: N_("A range, because the group is small: the true rate lies in it."),
    PercentStyle.WORDS: N_("In words, because the group is too small for a percentage."),
}
"""How near each printed form is to the true rate; it follows from the printed denominator."""
STATUS: Final = N_(
    "printed: as it stands; under_5: fewer than five, none included; structural_zero: nobody, by the rules of "
    "the programme; suppressed: not printed, so that nobody can be found."
)
COLUMNS: Final = (
    ColumnWords("programme", N_("Programme"), N_("The programme or group, by its id.")),
    ColumnWords("cut_off", N_("Cut-off"), N_("The last day that is counted in."), Kind.DAY),
    ColumnWords(
        "part",
        N_("Kind"),
        N_("A total, a count of a table, a stock on the day itself, or a rate."),
        one_of=("total", "count", "stock", "rate"),
    ),
    ColumnWords("table", N_("Table"), N_("The table in which it stands, by its id.")),
    ColumnWords(
        "table_label", N_("Name of the table"), N_("The table in which it stands, in words.")
    ),
    ColumnWords("cohort", N_("Whom it counts"), N_("Of whom it is counted.")),
    ColumnWords("id", N_("Row"), N_("The row of the table, by its id.")),
    ColumnWords("label", N_("Name"), N_("The row of the table, in words.")),
    ColumnWords("printed", N_("As printed"), N_("What stands on the page.")),
    ColumnWords(
        "value",
        N_("Number"),
        N_("The printed number; empty where no number is printed."),
        Kind.WHOLE_NUMBER,
        is_needed=False,
    ),
    ColumnWords("numerator", N_("Part"), N_("Of a rate: the part, as printed."), is_needed=False),
    ColumnWords("denominator", N_("Of"), N_("Of a rate: the whole, as printed."), is_needed=False),
    ColumnWords(
        "status",
        N_("Status"),
        STATUS,
        one_of=("printed", "under_5", "structural_zero", "suppressed"),
    ),
    ColumnWords(
        "definition", N_("Definition"), N_("What it counts, and over whom."), is_needed=False
    ),
    ColumnWords(
        "precision",
        N_("How near"),
        N_("Of a rate: how near it is to the true one."),
        is_needed=False,
    ),
    ColumnWords("source", N_("Source"), N_("Where the definition comes from."), is_needed=False),
    ColumnWords("rule_version", N_("Rules"), N_("The rules under which it was printed.")),
    ColumnWords(
        "certificate_sha256",
        N_("Certificate (SHA-256)"),
        N_("The digest of the certificate with which anybody can make the attack again."),
    ),
    ColumnWords(
        "withdrawn_on",
        N_("Withdrawn on"),
        N_("Since when it no longer counts; empty where it does."),
        Kind.DAY,
        is_needed=False,
    ),
    ColumnWords(
        "withdrawn_because",
        N_("Why withdrawn"),
        N_("Why it no longer counts; empty where it does."),
        is_needed=False,
    ),
)
