"""Reading the table of time to solution of `config/publication.toml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from caseflow.domain.incidences import PUBLISHED_MONTHS
from caseflow.domain.indicator_files import ReadingToml
from caseflow.domain.indicators import Count, Indicator, Indicators
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.domain.printed_incidences import BANDS, LEAST_BANDS, STATES, rows_by_band
from caseflow.domain.publication_tables import TableRow
from caseflow.domain.time_tables import TIME, TimeRule

LEAST_PEOPLE: Final = 300
"""A table in two dimensions is printed of so many people at least. Source: the publication rules."""
FEWEST: Final = tuple(range(len(BANDS), LEAST_BANDS - 1, -1))
"""In how many bands the table can be, finest first."""
BAND_NAMES: Final = (
    *(f"to_{months}" for months in PUBLISHED_MONTHS),
    *(f"after_{months}" for months in PUBLISHED_MONTHS[LEAST_BANDS - 2 :]),
)
_KEYS: Final = {"from_participants", "solved", "label", "definition", "states", "bands"}


def time_rules(
    reading: ReadingToml,
    indicators: Indicators,
    categories_in: Callable[[Indicator], frozenset[str]],
) -> tuple[TimeRule, ...]:
    """Answers with the table of a file in ever fewer bands, noting every problem on the way."""
    plain = reading.table.get(TIME)
    if plain is None:
        return ()
    if not isinstance(plain, dict):
        reading.refuse(TIME, N_("must be written as [time_to_solution]"))
        return ()
    for key in sorted(set(plain) - _KEYS):
        reading.refuse(f"{TIME}.{key}", N_("is not known here; take it out"))
    solved = indicators.get(str(plain.get("solved")))
    among: frozenset[str] = frozenset()
    if solved is None or isinstance(solved.numerator, Count):
        reading.refuse(
            f"{TIME}.solved", N_("%(name)s is no rate over outcomes", name=str(plain.get("solved")))
        )
    else:
        try:
            among = categories_in(solved)
        except ValueError:
            reading.refuse(
                f"{TIME}.solved", N_("splits a row of the outcome table; change one of the two")
            )
    size = reading.whole(
        plain, "from_participants", f"{TIME}.from_participants", least=LEAST_PEOPLE
    )
    states = _labels(reading, plain, "states", STATES)
    ends = dict(zip(BAND_NAMES, _labels(reading, plain, "bands", BAND_NAMES), strict=True))
    label = reading.label(plain, "label", f"{TIME}.label")
    definition = reading.label(plain, "definition", f"{TIME}.definition")
    return tuple(
        TimeRule(size, among, label, definition, _rows(states, ends, bands)) for bands in FEWEST
    )


def _rows(states: Sequence[Label], ends: Mapping[str, Label], bands: int) -> tuple[TableRow, ...]:
    months = PUBLISHED_MONTHS[: bands - 1]
    found = [ends[f"to_{month}"] for month in months] + [ends[f"after_{months[-1]}"]]
    return tuple(
        TableRow(row, frozenset(), Label(f"{one.nl}, {band.nl}", f"{one.en}, {band.en}"))
        for band, names in zip(found, rows_by_band(bands), strict=True)
        for one, row in zip(states, names, strict=True)
    )


def _labels(
    reading: ReadingToml, plain: Mapping[str, Any], key: str, names: tuple[str, ...]
) -> list[Label]:
    found = plain.get(key)
    if not isinstance(found, dict) or set(found) != set(names):
        reading.refuse(
            f"{TIME}.{key}", N_("must hold each of these once: %(codes)s", codes=", ".join(names))
        )
        found = {}
    return [reading.label(found, name, f"{TIME}.{key}.{name}") for name in names]
