"""What another organisation, a fund, a host or an authority is asked for: a code, never a story."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.messages import N_, Message


class Help(StrEnum):
    """What is asked."""

    PLACE = "place"
    DAY_SHELTER = "day_shelter"
    FOOD = "food"
    CLOTHES = "clothes"
    MONEY = "money"
    LEGAL_ADVICE = "legal_advice"
    CARE = "care"
    SCHOOL = "school"
    LANGUAGE_LESSONS = "language_lessons"
    MEDIATION = "mediation"
    APPOINTMENT = "appointment"
    PAPERS = "papers"


HELP_NAMES: Final[Mapping[Help, Message]] = MappingProxyType(
    {
        Help.PLACE: N_("A place to stay"),
        Help.DAY_SHELTER: N_("A place for the day"),
        Help.FOOD: N_("Food"),
        Help.CLOTHES: N_("Clothes"),
        Help.MONEY: N_("Money for something that is needed"),
        Help.LEGAL_ADVICE: N_("Legal advice"),
        Help.CARE: N_("Care"),
        Help.SCHOOL: N_("A place at a school"),
        Help.LANGUAGE_LESSONS: N_("Language lessons"),
        Help.MEDIATION: N_("Mediation"),
        Help.APPOINTMENT: N_("An appointment"),
        Help.PAPERS: N_("Papers"),
    }
)
