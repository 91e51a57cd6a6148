"""A short text for a telephone: a day, a time and a place, and nothing of who, why or which programme.

Whoever finds the telephone reads an appointment like anybody's. Dutch and English are ours; a sworn translator has yet
to look at the other languages, as for the letters (`config/letters`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "nl": "Uw afspraak: {day} om {time} uur. Plaats: {place}.",
        "en": "Your appointment: {day} at {time}. Place: {place}.",
        "ar": "موعدك: {day} الساعة {time}. المكان: {place}.",
        "fa": "وقت ملاقات شما: {day} ساعت {time}. محل: {place}.",
        "ti": "ቆጸራኹም፦ {day} ሰዓት {time}። ቦታ፦ {place}።",
    }
)


def neutral_text(on: date, at: str, place: str, language: str) -> str:
    """The text in one language; the day with digits that everybody reads alike. Raises `KeyError` for another one."""
    return TEXTS[language].format(day=on.strftime("%d-%m-%Y"), time=at, place=place)
