"""What is drawn for one invented person: everything about a life that chance decides, from the seed alone."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, TypeVar

from caseflow.demos.cities import BBB, HAVEN, KOMPAS, LVV
from caseflow.domain.outcomes import Outcome, OutcomeBasis
from caseflow.domain.scenarios import GuidanceScenario

T = TypeVar("T")
YEARS_OF_HISTORY: Final = 2
DAYS: Final = 365 * YEARS_OF_HISTORY

# Names somebody might like to be called by, of no one place; they need not be real.
CALL_NAMES: Final = (
    "Ali", "Amal", "Ayo", "Bahar", "Bilal", "Chidi", "Dilan", "Efe", "Elias", "Fadi", "Fatou", "Gamal", "Hana",
    "Hugo", "Ibra", "Idris", "Imani", "Jamal", "Jin", "Jonas", "Kamal", "Karim", "Kaya", "Lami", "Leyla", "Lin",
    "Malik", "Maria", "Mika", "Musa", "Nasir", "Nia", "Nuru", "Ola", "Omid", "Rami", "Rana", "Reza", "Rita",
    "Sami", "Selam", "Sol", "Tariq", "Teo", "Uma", "Vika", "Yara", "Yonas", "Zahra", "Zeki",
)  # fmt: skip
NICKNAMES: Final = (
    "Zon", "De Kok", "Gast", "Merel", "Ster", "De Lange", "Bril", "Muziek", "Tulp", "Winter", "Schaker", "Reiger",
)  # fmt: skip
FAMILY_NAMES: Final = (
    "Abebe", "Bakari", "Celik", "Diallo", "Farouk", "Gashi", "Haile", "Ivanova", "Jallow", "Kamara", "Lopez",
    "Mansour", "Nguyen", "Okafor", "Petrov", "Rahimi", "Sesay", "Tesfay", "Usman", "Wang", "Yilmaz", "Zaman",
)  # fmt: skip
LANGUAGES: Final = ("ar", "fa", "ti", "en", "fr", "so", "tr", "zh", "am", "ru")

_OUTCOMES: Final = (
    ((Outcome.RESIDENCE_PERMIT, None), 24),
    ((Outcome.VOLUNTARY_RETURN, None), 14),
    ((Outcome.NATIONAL_RECEPTION, OutcomeBasis.REPEAT_ASYLUM_APPLICATION), 22),
    ((Outcome.NATIONAL_RECEPTION, OutcomeBasis.MEDICAL_DEFERRAL), 6),
    ((Outcome.NATIONAL_RECEPTION, OutcomeBasis.OTHER), 1),
    ((Outcome.ONWARD_MIGRATION, None), 4),
    ((Outcome.MUNICIPAL_TRANSFER, None), 2),
    ((Outcome.LEFT_DESTINATION_UNKNOWN, None), 14),
    ((Outcome.ENDED_BY_PROGRAMME, OutcomeBasis.AGREEMENTS_NOT_MET), 5),
    ((Outcome.ENDED_BY_PROGRAMME, OutcomeBasis.SAFETY), 1),
    ((Outcome.DETAINED, None), 2),
    ((Outcome.FORCED_DEPARTURE, None), 1),
    ((Outcome.DUBLIN_TRANSFER, None), 2),
    ((Outcome.DECEASED, None), 1),
    ((Outcome.OTHER, None), 1),
)


@dataclass(frozen=True)
class Fate:
    """One person's way through a programme, as far as it is drawn beforehand."""

    number: int
    call_name: str
    programme: str
    organisation: str
    gender: str
    age_band: str
    language: str
    interpreter: bool
    applied_on: date
    family_of: int | None
    given_name: str | None
    family_name: str | None
    birth_year: int | None
    tells_contact: bool
    tells_wish: bool
    screened_after: int
    declined: bool
    scenario: GuidanceScenario
    proposed_after: int
    decided_after: int
    bed_after: int | None
    allowance_after: int | None
    stays: int
    """Days from the application to the exit, if nothing stands in the way."""
    outcome: Outcome
    basis: OutcomeBasis | None
    extends: bool
    extension_approved: bool
    followed_up: bool
    still_holds: bool
    comes_back_after: int | None
    notes: tuple[int, ...]
    """Days after the application on which somebody wrote a note."""
    is_test: bool


def draw(seed: int, number: int, today: date, family_of: int | None = None) -> Fate:
    """The fate of one number; the same for the same seed, whatever was drawn for others."""
    dice = random.Random(f"caseflow {seed} {number}")
    lvv = dice.random() < 0.66
    applied_on = today - timedelta(days=round(DAYS * dice.random() ** 0.8) + 1)
    anonymous = dice.random() < 0.3
    gender = _weighted(dice, (("man", 68), ("woman", 28), ("other", 2), ("unknown", 2)))
    call_name = dice.choice(CALL_NAMES)
    if anonymous and dice.random() < 0.6:
        call_name = f"{dice.choice(NICKNAMES)} {dice.randint(2, 99)}"
    outcome, basis = _weighted(dice, _OUTCOMES)
    sheltered = dice.random() < 0.8
    stays = round(min(900, dice.expovariate(1 / (330 if lvv else 420))) + 45)
    proposed_after = dice.randint(14, 40)
    return Fate(
        number=number,
        call_name=call_name,
        programme=LVV if lvv else BBB,
        organisation=HAVEN if dice.random() < 0.65 else KOMPAS,
        gender=gender,
        age_band=_weighted(
            dice,
            (
                ("18-27", 24),
                ("28-37", 36),
                ("38-47", 22),
                ("48-57", 10),
                ("58+", 4),
                ("unknown", 4),
            ),
        ),
        language=dice.choice(LANGUAGES),
        interpreter=dice.random() < 0.6,
        applied_on=applied_on,
        family_of=family_of,
        given_name=None if anonymous else call_name,
        family_name=None if anonymous else dice.choice(FAMILY_NAMES),
        birth_year=None if anonymous or dice.random() < 0.2 else dice.randint(1958, 2006),
        tells_contact=dice.random() < 0.6,
        tells_wish=dice.random() < 0.55,
        screened_after=dice.randint(2, 12),
        declined=dice.random() < 0.06,
        scenario=_weighted(
            dice,
            (
                (GuidanceScenario.LEGALISATION, 34),
                (GuidanceScenario.RETURN, 20),
                (GuidanceScenario.UNDER_INVESTIGATION, 26),
                (GuidanceScenario.STABILISE, 14),
                (GuidanceScenario.ONWARD, 6),
            ),
        ),
        proposed_after=proposed_after,
        decided_after=proposed_after + dice.randint(1, 10),
        bed_after=dice.randint(0, 25) if sheltered else None,
        allowance_after=None if sheltered and dice.random() < 0.9 else dice.randint(5, 30),
        stays=stays,
        outcome=outcome,
        basis=basis,
        extends=dice.random() < 0.6,
        extension_approved=dice.random() < 0.8,
        followed_up=dice.random() < 0.75,
        still_holds=dice.random() < 0.85,
        comes_back_after=dice.randint(20, 160) if dice.random() < 0.06 else None,
        notes=tuple(sorted(dice.sample(range(1, stays + 2), min(stays, dice.randint(1, 4))))),
        is_test=number % 101 == 100,
    )


def _weighted(dice: random.Random, choices: Sequence[tuple[T, int]]) -> T:
    values = [value for value, _ in choices]
    return dice.choices(values, [weight for _, weight in choices])[0]
