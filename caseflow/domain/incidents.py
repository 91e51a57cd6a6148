"""What happened in a house: day, part of the day, kind, who was concerned and what was done, all of it as codes.

Suspected is a word for the moment: nobody is a culprit here, and no offence is recorded (GDPR art. 10, UAVG art. 31).
That the police came is a code of the day; who at the door asked for whom stands in no incident (`doors`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message

OLDEST_DAYS: Final = 31
"""An incident that is written down later than this is a slip of the month."""
UNTIL_DAYS_AT_MOST: Final = 90
PEOPLE_AT_MOST: Final = 6
WORDS_AT_MOST: Final = 5_000


class IncidentKind(StrEnum):
    """What happened."""

    VIOLENCE = "violence"
    THREAT = "threat"
    THEFT = "theft"
    DRUGS = "drugs"
    MEDICAL = "medical"
    POLICE = "police"
    FIRE = "fire"
    DAMAGE = "damage"
    SELF_HARM = "self_harm"
    OTHER = "other"


class PartOfDay(StrEnum):
    """About when; a clock time would say more than is needed."""

    NIGHT = "night"
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class RoleInIt(StrEnum):
    """How somebody was concerned."""

    INVOLVED = "involved"
    HARMED = "harmed"
    SAW_IT = "saw_it"
    SUSPECTED = "suspected"


class Measure(StrEnum):
    """What was done about one person."""

    TALK = "talk"
    WARNING = "warning"
    TIME_OUT = "time_out"
    MOVED = "moved"
    REFUSED_ENTRY = "refused_entry"


class Police(StrEnum):
    """Whether the police came: never which officer, and never about whom."""

    NOT = "not"
    CALLED = "called"
    CAME = "came"


class FollowUp(StrEnum):
    """What the team lead did about it afterwards, for one person."""

    TALKED = "talked"
    AGREED = "agreed"
    CARE = "care"
    NOTHING_MORE = "nothing_more"


KIND_NAMES: Final[Mapping[IncidentKind, Message]] = MappingProxyType(
    {
        IncidentKind.VIOLENCE: N_("Violence"),
        IncidentKind.THREAT: N_("Threat"),
        IncidentKind.THEFT: N_("Theft"),
        IncidentKind.DRUGS: N_("Drugs or alcohol"),
        IncidentKind.MEDICAL: N_("Medical emergency"),
        IncidentKind.POLICE: N_("The police came"),
        IncidentKind.FIRE: N_("Fire or smoke"),
        IncidentKind.DAMAGE: N_("Damage"),
        IncidentKind.SELF_HARM: N_("Somebody hurt themselves, or spoke of not wanting to live"),
        IncidentKind.OTHER: N_("Something else"),
    }
)
PART_NAMES: Final[Mapping[PartOfDay, Message]] = MappingProxyType(
    {
        PartOfDay.NIGHT: N_("at night (0 to 6)"),
        PartOfDay.MORNING: N_("in the morning (6 to 12)"),
        PartOfDay.AFTERNOON: N_("in the afternoon (12 to 18)"),
        PartOfDay.EVENING: N_("in the evening (18 to 24)"),
    }
)
ROLE_NAMES: Final[Mapping[RoleInIt, Message]] = MappingProxyType(
    {
        RoleInIt.INVOLVED: N_("involved"),
        RoleInIt.HARMED: N_("was harmed"),
        RoleInIt.SAW_IT: N_("saw it"),
        RoleInIt.SUSPECTED: N_("is thought to have done it"),
    }
)
MEASURE_NAMES: Final[Mapping[Measure, Message]] = MappingProxyType(
    {
        Measure.TALK: N_("a conversation"),
        Measure.WARNING: N_("told not to do it again"),
        Measure.TIME_OUT: N_("a time-out"),
        Measure.MOVED: N_("moved to another bed"),
        Measure.REFUSED_ENTRY: N_("not let in for a while"),
    }
)
POLICE_NAMES: Final[Mapping[Police, Message]] = MappingProxyType(
    {
        Police.NOT: N_("No police"),
        Police.CALLED: N_("We called the police"),
        Police.CAME: N_("The police came by themselves"),
    }
)
FOLLOW_UP_NAMES: Final[Mapping[FollowUp, Message]] = MappingProxyType(
    {
        FollowUp.TALKED: N_("Talked it over with this person"),
        FollowUp.AGREED: N_("Made agreements"),
        FollowUp.CARE: N_("Arranged care or support"),
        FollowUp.NOTHING_MORE: N_("Nothing more is needed"),
    }
)


@dataclass(frozen=True)
class Concerned:
    """One person whom it concerned, and what was done; `until_on` where that has an end."""

    client_code: str
    role: RoleInIt
    measure: Measure | None = None
    until_on: date | None = None


@dataclass(frozen=True)
class Happened:
    """An incident as somebody writes it down."""

    site_id: str
    on: date
    part_of_day: PartOfDay
    kind: IncidentKind
    people: tuple[Concerned, ...] = ()
    police: Police = Police.NOT
    emergency_called: bool = False
    words: str = ""


def may_record(told: Happened, today: date) -> Decision:
    """Answers whether it makes sense as it was told: a day that has come, nobody twice, an end where one is owed."""
    if told.on > today:
        return Refused(N_("Choose a day that has come: today or an earlier one."))
    if told.on < today - timedelta(days=OLDEST_DAYS):
        return Refused(N_("This is more than a month ago. Check the month."))
    codes = [one.client_code for one in told.people]
    if len(set(codes)) < len(codes):
        return Refused(N_("Somebody stands there twice. Name each person once."))
    if told.kind is IncidentKind.OTHER and not told.words:
        return Refused(N_("Write in words what happened, or choose another kind."))
    if len(told.words) > WORDS_AT_MOST:
        return Refused(N_("This is too long. Use at most %(most)s characters.", most=WORDS_AT_MOST))
    for one in told.people:
        allowed = _may_take(one, today)
        if not allowed:
            return allowed
    return Allowed()


def _may_take(one: Concerned, today: date) -> Decision:
    if one.until_on is not None and one.measure is None:
        return Refused(N_("Choose what was done, or leave its last day empty."))
    if one.measure is Measure.REFUSED_ENTRY and one.until_on is None:
        return Refused(N_("Enter until which day this person is not let in. It always has an end."))
    if one.until_on is not None and one.until_on < today:
        return Refused(N_("%(day)s has passed. Choose today or a later day.", day=one.until_on))
    latest = today + timedelta(days=UNTIL_DAYS_AT_MOST)
    if one.until_on is not None and one.until_on > latest:
        return Refused(
            N_("A measure lasts until %(day)s at the latest. Choose an earlier day.", day=latest)
        )
    return Allowed()


def may_follow_up(done_on: date | None, on: date, happened_on: date, today: date) -> Decision:
    """Answers whether the team lead may say that it was followed up on this day."""
    if done_on is not None:
        return Refused(N_("This was followed up on %(day)s already.", day=done_on))
    if on > today:
        return Refused(N_("Choose a day that has come: today or an earlier one."))
    if on < happened_on:
        return Refused(
            N_("It happened on %(day)s. Choose that day or a later one.", day=happened_on)
        )
    return Allowed()


def one_vault(organisations: Collection[str]) -> Decision:
    """Answers whether the words can lie in one vault: everybody concerned is of one organisation."""
    if len(set(organisations)) > 1:
        return Refused(
            N_(
                "These people are of two organisations, and words lie in the vault of each. "
                "Write down one incident for each organisation."
            )
        )
    return Allowed()
