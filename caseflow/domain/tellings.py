"""What was told in words: to a recipient by telephone or in a talk, or to a rescuer because life was in danger.

Nothing is asked beforehand: what was told was told, and a rule that stopped its record would only hide it. So it is
always recorded, afterwards, in two fields; where it was against a rule the record says against which, the page says so
too, and the privacy officer learns of it. Two things never are: a telling to the police or immigration enforcement, and
anything about status told in danger (the firewall, §5; GDPR art. 6(1)(d), 9(2)(c); decision 0185).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.disclosure_kinds import KINDS
from caseflow.domain.disclosures import HEALTH, STATUS, Field
from caseflow.domain.messages import N_, Message
from caseflow.domain.recipients import Recipient, RecipientClass, Tier, may_receive

RECORD_WITHIN: Final = timedelta(hours=24)
"""How soon after an act in danger it is recorded (the firewall, §5)."""
OLDEST: Final = timedelta(days=31)
"""What is recorded later than this is a slip of the month."""
PROPOSED_FOR: Final = timedelta(days=7)
"""So long a call for help without a record proposes one on the page of the case."""
TOLD_KIND: Final = "told"
VITAL_KIND: Final = "vital"
VITAL_RECIPIENT: Final = "emergency-services"
"""The line of `config/disclosure.toml` that is told in danger."""

F, R = Field, RecipientClass
OFFERED: Final = (
    F.CALL_NAME, F.OWN_NAME, F.BIRTH_DATE, F.CLIENT_CODE, F.PHONE, F.HOW_TO_REACH, F.LANGUAGE, F.INTERPRETER,
    F.GENDER, F.AGE_BAND, F.CHILDREN, F.CASE_WORKER, F.MET_ON, F.MET_PLACE, F.HELP_ASKED, F.STAGE, F.WITH_US_SINCE,
    F.LAST_DAY, F.SCENARIO, F.PLACEMENT_NEEDS, F.HEALTH_NEEDS, F.DEFERRAL_DATES, F.PROCEDURES, F.PROCEDURE_DATES,
    F.LAWYER_REFERENCE, F.V_NUMBER, F.BED_NIGHTS, F.OUTCOME,
)  # fmt: skip
"""What can be ticked as told, the everyday things first."""
OFFERED_IN_DANGER: Final = tuple(
    one for one in OFFERED if one in KINDS[VITAL_KIND].fields and one is not F.MET_PLACE
)
"""What can be ticked as told in danger: never anything about status."""

_WHO: Final = frozenset({F.CALL_NAME, F.OWN_NAME, F.BIRTH_DATE, F.CLIENT_CODE})
_REACH: Final = frozenset({F.PHONE, F.HOW_TO_REACH, F.LANGUAGE, F.INTERPRETER, F.CASE_WORKER})
_MEETS: Final = frozenset({F.MET_ON, F.MET_PLACE, F.HELP_ASKED})
_ABOUT: Final = frozenset({F.GENDER, F.AGE_BAND, F.CHILDREN})
_WAY: Final = frozenset({F.STAGE, F.WITH_US_SINCE, F.LAST_DAY, F.SCENARIO})
FITS: Final[Mapping[RecipientClass, frozenset[Field]]] = MappingProxyType(
    {
        R.LEGAL: frozenset(OFFERED),
        R.CARE: _WHO | _REACH | _MEETS | _ABOUT | HEALTH,
        R.EDUCATION: _WHO | _REACH | _MEETS | _ABOUT,
        R.MUNICIPALITY: _WHO | _REACH | _MEETS | _ABOUT | _WAY | {F.PLACEMENT_NEEDS, F.OUTCOME},
        R.NGO: _WHO | _REACH | _MEETS | _ABOUT | _WAY | {F.PLACEMENT_NEEDS},
        R.FUND: _WHO | {F.HELP_ASKED, F.CASE_WORKER},
        R.HOST: _WHO | _REACH | _MEETS | _ABOUT | {F.PLACEMENT_NEEDS},
        R.INTERNATIONAL: _WHO | _REACH | _MEETS | _ABOUT | {F.SCENARIO, F.V_NUMBER},
        R.NATIONAL_AUTHORITY: frozenset(),
    }
)
"""What a recipient of a class needs for what it does; more is recorded as more than that. A class without a line is not
told in this way at all."""
TOLD_TIERS: Final = frozenset({Tier.STANDING, Tier.SECOND_PERSON, Tier.AUTHORITY})


class Called(StrEnum):
    """Who was called in danger."""

    AMBULANCE = "ambulance"
    EMERGENCY_NUMBER = "112"
    CRISIS_SERVICE = "crisis_service"
    HOSPITAL = "hospital"


class Against(StrEnum):
    """Against which rule something was told; a telling may be against several."""

    RESTRICTED = "restricted"
    NOT_AGREED = "not_agreed"
    NO_BASIS = "no_basis"
    ALONE = "alone"
    TOO_MUCH = "too_much"
    LATE = "late"


CALLED_NAMES: Final[Mapping[Called, Message]] = MappingProxyType(
    {
        Called.AMBULANCE: N_("Ambulance crew"),
        Called.EMERGENCY_NUMBER: N_("Emergency number 112"),
        Called.CRISIS_SERVICE: N_("Crisis service"),
        Called.HOSPITAL: N_("Hospital, emergency department"),
    }
)
AGAINST_NAMES: Final[Mapping[Against, Message]] = MappingProxyType(
    {
        Against.RESTRICTED: N_("The client asked that nothing leaves for now."),
        Against.NOT_AGREED: N_("The client did not agree to this recipient, or took it back."),
        Against.NO_BASIS: N_("No legal basis holds for this recipient on that day."),
        Against.ALONE: N_(
            "A national authority is told nothing without a second person, the counsellor and the client's own wish."
        ),
        Against.TOO_MUCH: N_("It is more than this recipient needs."),
        Against.LATE: N_("It was recorded later than 24 hours afterwards."),
    }
)
NOT_TOLD: Final = N_("Tick what you told. Leave out what you did not say.")


@dataclass(frozen=True)
class Told:
    """What somebody says they told, and when."""

    fields: frozenset[Field]
    at: datetime


def may_record(
    recipient: Recipient, told: Told, seen: Collection[Field], now: datetime
) -> Decision:
    """Answers whether this can be recorded as told to this recipient; `seen` is what the teller may see of the case.

    Refused: enforcement, a recipient that is told in danger or under a covenant only, nothing ticked, something the
    teller may not see, and a moment that has not come or lies far back.
    """
    if recipient.kind is RecipientClass.ENFORCEMENT or recipient.tier is None:
        return may_receive(recipient, told.at.date())
    if recipient.tier not in TOLD_TIERS or recipient.kind not in FITS:
        return Refused(N_("This recipient is not told in this way. Choose another one."))
    return _may_be_recorded(told, frozenset(OFFERED) & frozenset(seen), now)


def may_record_danger(told: Told, seen: Collection[Field], now: datetime) -> Decision:
    """Answers whether this can be recorded as told because life was in danger: never anything about status."""
    if told.fields & STATUS:
        return Refused(N_("In danger nothing about residence status is told. Leave it out."))
    return _may_be_recorded(told, frozenset(OFFERED_IN_DANGER) & frozenset(seen), now)


def _may_be_recorded(told: Told, allowed: Collection[Field], now: datetime) -> Decision:
    if not told.fields:
        return Refused(NOT_TOLD)
    if not told.fields <= frozenset(allowed):
        return Refused(N_("Tick only what you can see in this case yourself."))
    if told.at > now:
        return Refused(N_("This moment has not come yet. Enter when you told it."))
    if told.at < now - OLDEST:
        return Refused(N_("This is more than a month ago. Check the month."))
    return Allowed()


def against(
    recipient: Recipient,
    told: Told,
    *,
    is_restricted: bool,
    has_agreed: bool,
) -> tuple[Against, ...]:
    """Answers against which rules this was told, in the order of their weight; nothing where it was in order.

    `has_agreed` counts for the recipients of tier 1, of which an agreement stands.
    """
    found = []
    if is_restricted:
        found.append(Against.RESTRICTED)
    if recipient.tier is Tier.AUTHORITY:
        found.append(Against.ALONE)
    if recipient.tier is Tier.STANDING and not has_agreed:
        found.append(Against.NOT_AGREED)
    if not may_receive(recipient, told.at.date()):
        found.append(Against.NO_BASIS)
    if told.fields - FITS.get(recipient.kind, frozenset()):
        found.append(Against.TOO_MUCH)
    return tuple(found)


def against_in_danger(told: Told, now: datetime) -> tuple[Against, ...]:
    """Answers whether an act in danger was recorded too late; danger is never frozen by a restriction."""
    return (Against.LATE,) if now - told.at > RECORD_WITHIN else ()


def codes(some: Collection[Against]) -> str:
    """Several rules as one short value of a store."""
    return ",".join(one.value for one in some)


def of_codes(kept: str | None) -> tuple[Against, ...]:
    """What was kept by `codes`."""
    return tuple(Against(one) for one in (kept or "").split(",") if one)
