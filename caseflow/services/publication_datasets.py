"""A publication as lines of a table: every printed count and rate once, with all that is needed to read it alone.

Made from what was frozen and from nothing else, for however many tables it holds.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_, Message
from caseflow.domain.percentages import NOT_PRINTED
from caseflow.domain.publications import EXITS, PARTICIPANTS
from caseflow.domain.rounding import UNDER
from caseflow.publishing.datasets import Column, Dataset, Fact
from caseflow.publishing.tables import Cell
from caseflow.services import publication_times
from caseflow.services.publication_charts import Speech
from caseflow.services.publication_columns import COLUMNS, PRECISION
from caseflow.services.publication_views import FROZEN, PrintedRate, PrintedRow, PublicationView

Say = Callable[[Message | Label | str], str]
"""Says a sentence in the language of the file."""

OUTCOMES: Final = "outcomes"
RATES: Final = "rates"
TIMES: Final = "times"
HOW_SOON: Final = N_("How soon people found a solution")
OF_ALL_WHO_ENTERED: Final = N_(
    "Of all who entered, the share that had left with a solution within so many months. Who is still in counts for as "
    "long as they have been in. Worked out from printed counts alone."
)
NEED_NOT_ADD_UP: Final = N_(
    "Tables need not add up: each count is rounded on its own, to the nearest five. %(mark)s means fewer than five, "
    "none included. A dash means that the rules of the programme leave no room for it.",
    mark=UNDER,
)
FROM_PRINTED: Final = N_(
    "Rates are worked out from the printed counts. The smaller the group, the less precisely a rate is printed; "
    "beside each stands how near it is to the true one."
)
STOCKS: Final = "stocks"
STOCKS_ON_THE_DAY: Final = N_("Stocks on the cut-off")
NEVER_ADDED: Final = N_(
    "A stock: how many there are on that day itself. Never add it to people who entered or left; "
    "somebody can be in both."
)
NEVER_CHANGES: Final = N_("A publication never changes. Corrections go into the next one.")

NOT_PUBLISHED_YET: Final = N_(
    "This is a draft for those who approve it. It was not published; do not pass it on."
)


def certificate_file(publication: PublicationView) -> bytes:
    """The certificate as the file that anybody can fetch; its digest stands in all the other files."""
    said = json.dumps(publication.certificate, indent=1, ensure_ascii=False)
    return said.encode("utf-8")


def digest(publication: PublicationView) -> str:
    """SHA-256 of the file of the certificate: it holds printed values alone, so nothing can be tried against it."""
    return hashlib.sha256(certificate_file(publication)).hexdigest()


def dataset(publication: PublicationView, say: Say, language: str) -> Dataset:
    """Every count and rate of a publication, one line each, in one language."""
    ending = _ending(publication, say)
    lines = (*_counts(publication, say), *_rates(publication, say), *_times(publication, say))
    return Dataset(
        title=f"{say(publication.name)}, {publication.cut_off.isoformat()}",
        note=" ".join(how_to_read(publication, say)),
        language=language,
        issued_on=None if publication.frozen_at is None else local(publication.frozen_at).date(),
        digest=digest(publication),
        columns=tuple(
            Column(one.name, say(one.head), say(one.meaning), one.kind, one.is_needed, one.one_of)
            for one in COLUMNS
        ),
        lines=tuple((*line, *ending) for line in lines),
        facts=facts(publication, say),
        key=("table", "cohort", "id"),
    )


def how_to_read(publication: PublicationView, say: Say) -> list[str]:
    """What a reader has to know before they use a number; that it was withdrawn comes first."""
    sentences = [NEED_NOT_ADD_UP, FROM_PRINTED, NEVER_CHANGES]
    if publication.state != FROZEN:
        sentences = [NOT_PUBLISHED_YET, *sentences]
    gone = publication.withdrawn
    if gone is not None:
        withdrawn = N_("Withdrawn on %(day)s: it no longer counts.", day=gone.on)
        sentences = [withdrawn, gone.why, *sentences]
    return [say(one) for one in sentences]


def facts(publication: PublicationView, say: Say) -> tuple[Fact, ...]:
    """What is true of the whole publication, in the order in which files say it."""
    found = [
        Fact(say(N_("Programme")), say(publication.name)),
        Fact(say(N_("Cut-off")), publication.cut_off),
        Fact(say(N_("Rules")), publication.rule_version),
        Fact(say(N_("Certificate (SHA-256)")), digest(publication)),
    ]
    if publication.frozen_at is not None:
        found.append(Fact(say(N_("Frozen on")), local(publication.frozen_at).date()))
    if publication.withdrawn is not None:
        found.append(Fact(say(N_("Withdrawn on")), publication.withdrawn.on))
        found.append(Fact(say(N_("Why withdrawn")), say(publication.withdrawn.why)))
    return tuple(found)


def outcome_rows(publication: PublicationView) -> list[PrintedRow]:
    """The outcome table, which also stands among the further tables in newer publications: once is enough."""
    further = {one.id for one in publication.tables}
    return [row for row in publication.rows if not row.is_total and OUTCOMES not in further]


def total_rows(publication: PublicationView) -> list[PrintedRow]:
    """How many people entered, and how many left."""
    return [row for row in publication.rows if row.is_total]


def precision(rate: PrintedRate, say: Say) -> str | None:
    """How near a rate is to the true one, by how it is printed; None where it is not."""
    found = PRECISION.get(rate.style or "")
    return None if found is None else say(found)


def _counts(publication: PublicationView, say: Say) -> Iterator[tuple[Cell, ...]]:
    first = (publication.scope, publication.cut_off)
    for row in total_rows(publication):
        where = ("total", "totals", say(N_("Totals")), row.id)
        yield (*first, *where, *_printed(row, say), None, None, None)
    for row in outcome_rows(publication):
        where = ("count", OUTCOMES, say(N_("Exits by outcome")), EXITS)
        yield (*first, *where, *_printed(row, say), None, None, None)
    for one in publication.tables:
        for row in one.rows:
            where = ("total" if row.is_total else "count", one.id, say(one.label), one.cohort)
            yield (*first, *where, *_printed(row, say), say(one.definition), None, None)
    for stock in publication.stocks:
        where = ("stock", STOCKS, say(STOCKS_ON_THE_DAY), stock.row.id)
        definition = f"{say(stock.definition)} {say(NEVER_ADDED)}"
        yield (*first, *where, *_printed(stock.row, say), definition, None, None)


def _printed(row: PrintedRow, say: Say) -> tuple[Cell, ...]:
    return (row.id, say(row.label), row.text, row.value, None, None, row.status)


def _rates(publication: PublicationView, say: Say) -> Iterator[tuple[Cell, ...]]:
    for rate in publication.rates:
        yield (
            publication.scope, publication.cut_off, "rate", RATES, say(N_("Rates")), say(rate.cohort),
            rate.indicator, say(rate.label), say(rate.text), rate.percent, rate.numerator, rate.denominator,
            rate.status, say(rate.definition), precision(rate, say), rate.source,
        )  # fmt: skip


def _times(publication: PublicationView, say: Say) -> Iterator[tuple[Cell, ...]]:
    """How soon people found a solution, as the page works it out from a printed table."""
    found = publication_times.times(publication, Speech(say, str, date.isoformat))
    for within, text in () if found is None else found.lines:
        status = "suppressed" if text == NOT_PRINTED.text else "printed"
        yield (
            publication.scope, publication.cut_off, "rate", TIMES, say(HOW_SOON), PARTICIPANTS,
            f"within_{within.values['months']}", say(within), say(text), None, None, None, status,
            say(OF_ALL_WHO_ENTERED), None, None,
        )  # fmt: skip


def _ending(publication: PublicationView, say: Say) -> tuple[Cell, ...]:
    """The same in every line, so that a line that is copied elsewhere still says where it comes from."""
    gone = publication.withdrawn
    withdrawn: tuple[Cell, ...] = (None, None) if gone is None else (gone.on, say(gone.why))
    return (publication.rule_version, digest(publication), *withdrawn)
