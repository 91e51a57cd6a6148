"""Frozen publications with invented printed values: whatever tables a catalogue may ever hold."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any

from caseflow.domain.actors import Role
from caseflow.domain.indicator_files import load_indicators
from caseflow.domain.labels import Label
from caseflow.domain.percentages import percentage
from caseflow.domain.printed_incidences import ROWS
from caseflow.domain.publication_rules import load_publication_rules
from caseflow.domain.rounding import PrintedCount
from caseflow.services.houses import House
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.figures import Publication, PublicationWithdrawal
from tests import cast
from tests.builders import casework

Count = int | None
"""A printed count: a multiple of five, or None for below five."""

OUTCOMES: Mapping[str, Count] = {
    "residence_permit": 60, "voluntary_return": 40, "onward_migration": 25, "national_reception_asylum": 90,
    "national_reception_medical": 25, "national_reception_other": None, "left_destination_unknown": 95,
    "ended_by_programme": 30, "stay_limit_reached": 20, "detained": 10, "forced_departure": None,
    "dublin_transfer": 10, "other": 10, "unknown": None,
}  # fmt: skip
RATES: Mapping[str, tuple[Count, str]] = {
    "wodc_durable_rate": (125, "exits"), "wodc_semi_durable_rate": (115, "exits"),
    "wodc_durable_or_semi_rate": (240, "exits"), "wodc_no_solution_rate": (185, "exits"),
    "utrecht_solution_rate": (220, "exits"), "permit_rate": (60, "exits"),
    "durable_of_participants": (125, "participants"),
}  # fmt: skip


@dataclass(frozen=True)
class Printed:
    """What an invented publication says."""

    participants: Count = 565
    exits: Count = 425
    outcomes: Mapping[str, Count] = field(default_factory=lambda: dict(OUTCOMES))
    rates: Mapping[str, tuple[Count, str]] = field(default_factory=lambda: dict(RATES))
    tables: Sequence[Mapping[str, Any]] = ()
    waiting: tuple[Count] | None = None
    """Who waited on the cut-off; None as in content of before it was printed."""


def _row(name: str, label: Label, count: Count, *, is_total: bool = False) -> dict[str, Any]:
    return {
        "id": name,
        "label": {"nl": label.nl, "en": label.en},
        "printed": "<5" if count is None else count,
        "status": "under_5" if count is None else "printed",
        "is_total": is_total,
    }


def table(
    name: str, nl: str, en: str, rows: Sequence[tuple[str, str, Count]], cohort: str = "exits"
) -> dict[str, Any]:
    """A further table of frozen content: each row has a Dutch and an English name."""
    return {
        "id": name,
        "label": {"nl": nl, "en": en},
        "definition": {"nl": f"{nl} op de peildatum.", "en": f"{en} on the cut-off date."},
        "cohort": cohort,
        "rows": [_row(f"{name}-{n}", Label(*row[:2]), row[2]) for n, row in enumerate(rows)],
    }


GENDER = table(
    "gender", "Geslacht", "Gender",
    [("Man", "Man", 330), ("Vrouw", "Woman", 90), ("Anders of niet bekend", "Another or not known", None)],
)  # fmt: skip
LENGTH = table(
    "length_of_stay", "Verblijfsduur", "Length of stay",
    [("tot 6 maanden", "up to 6 months", 120), ("7 tot 12 maanden", "7 to 12 months", 155),
     ("13 tot 18 maanden", "13 to 18 months", 95), ("19 maanden of langer", "19 months or longer", 55)],
)  # fmt: skip
LIMIT = table(
    "stay_limit", "Maximale verblijfsduur", "Longest stay",
    [("bereikt", "reached", 85), ("verlengd", "extended", 40), ("niet bereikt", "not reached", 440)],
    cohort="participants",
)  # fmt: skip


_CONFIG = Path(__file__).parents[1] / "config"
_FIVE_BANDS = load_publication_rules(
    _CONFIG / "publication.toml", load_indicators(_CONFIG / "indicators.toml")
).time[0]
TIME = table(
    "time_to_solution", "Tijd tot een oplossing", "Time to solution",
    [(row.label.nl, row.label.en, count) for row, count in zip(_FIVE_BANDS.rows, (
        60, 30, 15, 85, 45, 25, 45, 30, 20, 25, 20, 20, 15, 55, 75), strict=True)],
    cohort="stays",
)  # fmt: skip
for _one, _name in zip(TIME["rows"], chain(*ROWS), strict=True):
    _one["id"] = _name


def freeze(
    house: House,
    scope: str = "waterstad-lvv",
    cut_off: date = date(2026, 9, 30),
    printed: Printed | None = None,
) -> str:
    """Puts a frozen publication into the store; answers with its id."""
    return _put(house, scope, cut_off, "frozen", content(house, printed or Printed()))


def not_published(
    house: House, scope: str = "waterstad-lvv", cut_off: date = date(2026, 9, 30)
) -> str:
    """Puts a cut-off that stays unpublished into the store."""
    refusal = {"text": "Not published this quarter: a secret reason.", "values": {}}
    return _put(house, scope, cut_off, "not_published", {"refusal": refusal, "repairable": False})


def withdraw(house: House, publication: str, reason: str = "faulty_records") -> None:
    """Puts the note of a withdrawal into the store."""
    with casework(house) as session:
        session.add(
            PublicationWithdrawal(
                publication_id=publication,
                reason=reason,
                withdrawn_at=datetime(2026, 11, 2, 9, tzinfo=UTC),
                withdrawn_by="petra",
                change_id="invented",
            )
        )


def content(house: House, printed: Printed) -> dict[str, Any]:
    """The frozen content of invented printed values, in the form in which publications keep it."""
    labels = {category.id: category.label for category in house.rules.categories}
    totals = {"exits": printed.exits, "participants": printed.participants}
    said: dict[str, Any] = {
        "level": "one_dimensional_with_sums",
        "rows": [_row(name, labels[name], count) for name, count in printed.outcomes.items()]
        + [_row(n, house.indicators[n].label, count, is_total=True) for n, count in totals.items()],
        "rates": [
            _rate(house, name, part, totals[whole]) for name, (part, whole) in printed.rates.items()
        ],
        "tables": list(printed.tables),
    }
    if printed.waiting is not None:
        waiting = house.indicators["waiting"]
        definition = {"nl": waiting.definition.nl, "en": waiting.definition.en}
        row = _row("waiting", waiting.label, printed.waiting[0])
        said["stocks"] = [{**row, "definition": definition}]
    return said


def random_printed(dice: random.Random) -> Printed:
    """Invented values of any size, with any number of tables and rows."""

    def count(most: int = 400) -> Count:
        return dice.choice([None, 5 * dice.randint(1, most), 5 * dice.randint(1, 20)])

    whole = 5 * dice.randint(4, 400)
    tables = [
        table(
            f"t{n}", f"Tabel {n}", f"Table {n}",
            [(f"rij {n}.{r}", f"row {n}.{r}", count()) for r in range(dice.randint(1, 9))],
            dice.choice(["exits", "participants"]),
        )
        for n in range(dice.randint(0, 7))
    ]  # fmt: skip
    return Printed(
        participants=whole + 5 * dice.randint(0, 90),
        exits=whole,
        outcomes={name: count() for name in OUTCOMES},
        rates={
            name: (dice.choice([None, 5 * dice.randint(1, whole // 5)]), cohort)
            for name, (_, cohort) in RATES.items()
        },
        tables=tables,
    )


def _rate(house: House, name: str, part: Count, whole: Count) -> dict[str, Any]:
    meaning = house.indicators[name]
    said = percentage(PrintedCount(part), PrintedCount(whole))
    return {
        "indicator": name,
        "label": {"nl": meaning.label.nl, "en": meaning.label.en},
        "definition": {"nl": meaning.definition.nl, "en": meaning.definition.en},
        "cohort": {"nl": meaning.cohort.nl, "en": meaning.cohort.en},
        "source": meaning.source,
        "numerator": PrintedCount(part).plain,
        "denominator": PrintedCount(whole).plain,
        "percent": said.percent,
        "text": {"text": said.text.text, "values": dict(said.text.values)},
        "status": said.status.value,
        "style": said.style.value if said.style else None,
    }


def _put(house: House, scope: str, cut_off: date, state: str, said: dict[str, Any]) -> str:
    made_at = datetime(cut_off.year, cut_off.month, cut_off.day, 9, tzinfo=UTC) + timedelta(days=9)
    publication = new_id()
    with casework(house) as session:
        session.add(
            Publication(
                id=publication,
                scope=scope,
                cut_off=cut_off,
                state=state,
                rule_version="2026-1",
                input_digest="0" * 64,
                content=json.dumps(said),
                certificate=json.dumps({"publications": []}) if state == "frozen" else "{}",
                prepared_at=made_at,
                prepared_by="lena",
                frozen_at=made_at if state == "frozen" else None,
                change_id="invented",
            )
        )
    return publication


CITY = cast.Colleague(
    "regie", "gemeente-waterstad", None, (Role.FUNDER,), None,
    ("lvv-pilot", "amsterdam-lvv", "rotterdam-lvv", "utrecht-lvv"),
)  # fmt: skip
"""A funder of a group of programmes and of some of its members."""
QUARTERS = [
    (date(2025, 9, 30), 480, 310, 90, 150),
    (date(2025, 12, 31), 505, 340, 100, 170),
    (date(2026, 6, 30), 540, 380, 110, 195),
]


def a_life(house: House, scope: str = "waterstad-lvv") -> str:
    """Quarters of one programme: one was not published, one was withdrawn, the newest has every table."""
    for cut_off, entered, left, durable, utrecht in QUARTERS:
        rates = {
            "wodc_durable_rate": (durable, "exits"),
            "utrecht_solution_rate": (utrecht, "exits"),
        }
        freeze(house, scope, cut_off, Printed(entered, left, rates=rates))
    not_published(house, scope, date(2026, 3, 31))
    return freeze(
        house, scope, printed=Printed(tables=(GENDER, LENGTH, LIMIT, TIME), waiting=(35,))
    )
