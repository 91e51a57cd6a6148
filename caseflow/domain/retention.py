"""How long each compartment is kept and from when, as `config/retention.toml` tells it (GDPR art. 5(1)(e), 30(1)(f)).

Terms are points of law that a jurist confirms, and so they are configuration; what a term means is here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from caseflow.domain.configuration_tables import ConfigurationTable
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.domain.redaction import Compartment


class TermStart(StrEnum):
    """From which day a term counts."""

    RECORDED = "recorded"
    EXIT = "exit"
    NOT_ADMITTED = "not_admitted"
    NO_SHOW = "no_show"
    ACCOUNT_CLOSED = "account_closed"


STARTS: Final[Mapping[TermStart, Message]] = {
    TermStart.RECORDED: N_("from the day on which it was recorded"),
    TermStart.EXIT: N_("from the day on which the case ended"),
    TermStart.NOT_ADMITTED: N_("from the day on which somebody was not admitted, or withdrew"),
    TermStart.NO_SHOW: N_("from the application of somebody who never came"),
    TermStart.ACCOUNT_CLOSED: N_("from the day on which the account was closed"),
}


@dataclass(frozen=True)
class Term:
    """One term: what of which compartments, how long and from when, and which source says so.

    Neither days nor months means that it is kept without end, because it is public and about nobody.
    """

    id: str
    what: Label
    compartments: tuple[Compartment, ...]
    starts: TermStart
    source: Label
    days: int | None = None
    months: int | None = None
    confirmed: bool = False

    @property
    def length(self) -> Message:
        """How long, in words."""
        if self.days is not None:
            return N_("%(count)s days", count=self.days)
        if self.months is not None:
            return N_("%(count)s months", count=self.months)
        return N_("without end")


def terms_from(table: ConfigurationTable) -> tuple[Term, ...]:
    """The terms of a file, in its order; what is wrong, and a compartment without a term, join its problems."""
    terms = tuple(_term(one) for one in table.children("term", required=True))
    table.close()
    named = {compartment for term in terms for compartment in term.compartments}
    missing = [one.value for one in Compartment if one not in named]
    if missing:
        table.refuse("term", N_("has no term for: %(missing)s", missing=", ".join(missing)))
    doubled = {term.id for term in terms if sum(one.id == term.id for one in terms) > 1}
    if doubled:
        table.refuse("term", N_("names the same thing twice: keep one"))
    return terms


def _term(table: ConfigurationTable) -> Term:
    days, months = table.whole("days"), table.whole("months")
    is_without_end = table.flag("without_end", default=False)
    if sum((days is not None, months is not None, is_without_end)) != 1:
        table.refuse("", N_("needs exactly one of: days, months, without_end"))
    compartments = table.choices("compartments", Compartment)
    if not compartments:
        table.refuse("compartments", N_("must name at least one compartment"))
    term = Term(
        id=table.text("id"),
        what=table.label("what"),
        compartments=compartments,
        starts=table.choice("starts", TermStart),
        source=table.label("source"),
        days=days,
        months=months,
        confirmed=table.flag("confirmed", default=False),
    )
    table.close()
    return term
