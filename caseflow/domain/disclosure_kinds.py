"""The kinds of disclosures: which fields each carries, and to whom it may go. One table, in code.

A field that is not in the line of a kind can never leave in it. Who only asks for an appointment learns no status, a
school learns nothing about health, and the packet for the State says nothing that was not in the covenant.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from caseflow.domain.disclosures import HEALTH, LIES_IN, STATUS, Field, Kind, Purpose
from caseflow.domain.messages import N_
from caseflow.domain.recipients import Recipient, RecipientClass, Tier

F, R, T = Field, RecipientClass, Tier
_EVERYBODY: Final = frozenset(RecipientClass) - {R.ENFORCEMENT}
_WHO: Final = frozenset({F.OWN_NAME, F.BIRTH_DATE, F.CALL_NAME, F.CLIENT_CODE})
_REACH: Final = frozenset({F.PHONE, F.HOW_TO_REACH, F.LANGUAGE, F.INTERPRETER, F.CASE_WORKER})
_CLIENTS_LANGUAGES: Final = ("nl", "en", "ar", "fa", "ti")
_EVERYDAY: Final = frozenset({R.CLIENT, R.LEGAL, R.CARE, R.EDUCATION})


def _classes(*some: RecipientClass) -> frozenset[RecipientClass]:
    return frozenset(some)


_ALL: Final = (
    Kind(
        id="neutral_confirmation",
        name=N_("Neutral confirmation of an appointment"),
        tiers=frozenset({T.OWN, T.STANDING, T.SECOND_PERSON}),
        classes=_EVERYDAY | {R.MUNICIPALITY, R.NGO, R.FUND, R.HOST, R.INTERNATIONAL},
        required=frozenset({F.MET_ON, F.MET_AT, F.MET_PLACE}),
        optional=frozenset({F.OWN_NAME, F.CALL_NAME}),
        purposes=(Purpose.APPOINTMENT, Purpose.CARE, Purpose.SCHOOL, Purpose.PROCEDURE),
        languages=_CLIENTS_LANGUAGES,
    ),
    Kind(
        id="neutral_text",
        name=N_("Neutral text message"),
        tiers=frozenset({T.OWN}),
        classes=_classes(R.CLIENT),
        required=frozenset({F.MET_ON, F.MET_AT, F.MET_PLACE}),
        purposes=(Purpose.APPOINTMENT,),
        languages=_CLIENTS_LANGUAGES,
        by_hand=False,
    ),
    Kind(
        id="residence_statement",
        name=N_("Statement of residence for a procedure"),
        tiers=frozenset({T.OWN, T.STANDING}),
        classes=_classes(R.CLIENT, R.LEGAL),
        required=frozenset({F.OWN_NAME, F.POSTAL_ADDRESS, F.WITH_US_SINCE}),
        optional=frozenset({F.BIRTH_DATE, F.CASE_WORKER}),
        purposes=(Purpose.PROCEDURE,),
        languages=_CLIENTS_LANGUAGES,
    ),
    Kind(
        id="attendance_statement",
        name=N_("Statement of attendance"),
        tiers=frozenset({T.OWN, T.STANDING, T.SECOND_PERSON}),
        classes=_EVERYDAY | {R.MUNICIPALITY, R.NGO},
        required=frozenset({F.OWN_NAME, F.ATTENDED}),
        optional=frozenset({F.BIRTH_DATE}),
        purposes=(Purpose.PROCEDURE, Purpose.SCHOOL, Purpose.CARE),
        languages=_CLIENTS_LANGUAGES,
    ),
    Kind(
        id="summary_lawyer",
        name=N_("Summary for the lawyer"),
        tiers=frozenset({T.OWN, T.STANDING}),
        classes=_classes(R.CLIENT, R.LEGAL),
        required=frozenset({F.OWN_NAME}),
        optional=frozenset(
            {
                F.BIRTH_DATE,
                F.WITH_US_SINCE,
                F.PROCEDURES,
                F.PROCEDURE_DATES,
                F.LAWYER_REFERENCE,
                F.V_NUMBER,
            }
            | {F.DEFERRAL_DATES, F.SCENARIO}
        )
        | _REACH,
        purposes=(Purpose.PROCEDURE,),
    ),
    Kind(
        id="summary_doctor",
        name=N_("Summary for the doctor"),
        tiers=frozenset({T.OWN, T.STANDING}),
        classes=_classes(R.CLIENT, R.CARE),
        required=frozenset({F.OWN_NAME}),
        optional=frozenset({F.BIRTH_DATE, F.HEALTH_NEEDS, F.PLACEMENT_NEEDS}) | _REACH,
        purposes=(Purpose.CARE,),
    ),
    Kind(
        id="summary_school",
        name=N_("Summary for the school"),
        tiers=frozenset({T.OWN, T.STANDING}),
        classes=_classes(R.CLIENT, R.EDUCATION),
        required=frozenset({F.OWN_NAME}),
        optional=frozenset({F.BIRTH_DATE, F.CHILDREN, F.LANGUAGE, F.CASE_WORKER}),
        purposes=(Purpose.SCHOOL,),
    ),
    Kind(
        id="summary_city",
        name=N_("Summary for the city"),
        tiers=frozenset({T.OWN, T.SECOND_PERSON}),
        classes=_classes(R.CLIENT, R.MUNICIPALITY),
        required=frozenset({F.CLIENT_CODE}),
        optional=frozenset(
            {
                F.AGE_BAND,
                F.GENDER,
                F.CHILDREN,
                F.STAGE,
                F.WITH_US_SINCE,
                F.LAST_DAY,
                F.PLACEMENT_NEEDS,
            }
            | {F.HELP_ASKED, F.CASE_WORKER}
        ),
        purposes=(Purpose.SHELTER, Purpose.MONEY),
    ),
    Kind(
        id="referral",
        name=N_("Referral"),
        tiers=frozenset({T.SECOND_PERSON}),
        classes=_classes(R.NGO, R.FUND, R.HOST),
        required=frozenset({F.HELP_ASKED}),
        optional=_WHO
        | _REACH
        | {F.AGE_BAND, F.GENDER, F.CHILDREN, F.PLACEMENT_NEEDS, F.AMOUNT, F.MOVES_IN_ON},
        purposes=(Purpose.SHELTER, Purpose.MONEY, Purpose.CARE, Purpose.TRAFFICKING),
    ),
    Kind(
        id="return_referral",
        name=N_("Referral to IOM for return"),
        tiers=frozenset({T.SECOND_PERSON}),
        classes=_classes(R.INTERNATIONAL),
        required=frozenset({F.OWN_NAME}),
        optional=frozenset(
            {F.BIRTH_DATE, F.PHONE, F.LANGUAGE, F.INTERPRETER, F.CHILDREN, F.CASE_WORKER}
        ),
        purposes=(Purpose.RETURN,),
    ),
    Kind(
        id="authority_letter",
        name=N_("Letter to a national authority, at the client's wish"),
        tiers=frozenset({T.AUTHORITY}),
        classes=_classes(R.NATIONAL_AUTHORITY),
        required=frozenset({F.OWN_NAME}),
        optional=frozenset(
            {F.BIRTH_DATE, F.V_NUMBER, F.POSTAL_ADDRESS, F.HELP_ASKED, F.CASE_WORKER}
        ),
        purposes=(Purpose.PROCEDURE, Purpose.RETURN),
    ),
    Kind(
        id="notice",
        name=N_("Notice that something is taken back or put right"),
        tiers=frozenset(Tier),
        classes=_EVERYBODY,
        required=frozenset({F.WITHDRAWN}),
        optional=frozenset({F.OWN_NAME}),
        purposes=(Purpose.CORRECTION, Purpose.RIGHTS),
        by_hand=False,
    ),
    Kind(
        id="told",
        name=N_("Told in words"),
        tiers=frozenset({T.TOLD}),
        classes=_EVERYBODY - {R.COOPERATION},
        required=frozenset(),
        optional=frozenset(LIES_IN) - {F.WORDS, F.ANSWER, F.WITHDRAWN},
        purposes=tuple(Purpose),
        is_spoken=True,
        by_hand=False,
    ),
    Kind(
        id="vital",
        name=N_("Told because life was in danger"),
        tiers=frozenset({T.VITAL}),
        classes=_classes(R.EMERGENCY, R.CARE),
        required=frozenset(),
        optional=(_WHO | _REACH | HEALTH | {F.CHILDREN, F.AGE_BAND, F.GENDER, F.MET_PLACE})
        - STATUS,
        purposes=(Purpose.DANGER,),
        is_spoken=True,
        by_hand=False,
    ),
    Kind(
        id="child_protection",
        name=N_("Report to child protection"),
        tiers=frozenset({T.VITAL}),
        classes=_classes(R.EMERGENCY),
        required=frozenset({F.CHILDREN}),
        optional=(_WHO | _REACH | {F.AGE_BAND, F.GENDER, F.MET_PLACE, F.WORDS}) - STATUS,
        purposes=(Purpose.DANGER,),
        free_text=True,
        by_hand=False,
    ),
    Kind(
        id="conference_sheet",
        name=N_("Sheet for a case conference"),
        tiers=frozenset({T.SECOND_PERSON}),
        classes=_classes(R.CARE, R.LEGAL, R.MUNICIPALITY),
        required=frozenset({F.CLIENT_CODE}),
        optional=frozenset(
            {
                F.AGE_BAND,
                F.GENDER,
                F.CHILDREN,
                F.STAGE,
                F.WITH_US_SINCE,
                F.LAST_DAY,
                F.PLACEMENT_NEEDS,
            }
            | {F.SCENARIO, F.HELP_ASKED}
        ),
        purposes=(Purpose.CONFERENCE,),
        by_hand=False,
    ),
    Kind(
        id="lso_packet",
        name=N_("Packet for the local cooperation meeting"),
        tiers=frozenset({T.AUTHORITY}),
        classes=_classes(R.COOPERATION),
        required=frozenset({F.OWN_NAME, F.STAGE, F.WITH_US_SINCE}),
        optional=frozenset({F.BIRTH_DATE, F.V_NUMBER, F.SCENARIO}),
        purposes=(Purpose.COOPERATION,),
        languages=("nl",),
        by_hand=False,
    ),
    Kind(
        id="demand_handover",
        name=N_("Handed over on a demand"),
        tiers=frozenset({T.DEMAND}),
        classes=_classes(R.NATIONAL_AUTHORITY),
        required=frozenset(),
        optional=frozenset(LIES_IN) - {F.WORDS, F.WITHDRAWN},
        purposes=(Purpose.DEMAND,),
        by_hand=False,
    ),
    Kind(
        id="crime_statement",
        # what a list shows of it is read by more people than may know of a report
        name=N_("Statement that we go along"),
        tiers=frozenset({T.OWN, T.STANDING}),
        classes=_classes(R.CLIENT, R.LEGAL),
        required=frozenset({F.OWN_NAME, F.REPORT_HELP}),
        optional=frozenset({F.CASE_WORKER, F.POSTAL_ADDRESS, F.LANGUAGE, F.INTERPRETER}),
        purposes=(Purpose.ACCOMPANIMENT,),
        languages=_CLIENTS_LANGUAGES,
        by_hand=False,
    ),
    Kind(
        id="request_answer",
        name=N_("Answer to a request of the client"),
        tiers=frozenset({T.OWN}),
        classes=_classes(R.CLIENT),
        required=frozenset({F.ANSWER}),
        optional=frozenset({F.OWN_NAME, F.CALL_NAME}),
        purposes=(Purpose.RIGHTS,),
        languages=_CLIENTS_LANGUAGES,
        by_hand=False,
    ),
    Kind(
        id="file_copy",
        name=N_("Copy of the file"),
        tiers=frozenset({T.OWN}),
        classes=_classes(R.CLIENT),
        required=frozenset(),
        purposes=(Purpose.OWN_FILE, Purpose.RIGHTS),
        by_hand=False,
    ),
)
KINDS: Final[Mapping[str, Kind]] = MappingProxyType({one.id: one for one in _ALL})
"""Every kind by its id; an id that is not here can never leave."""


def by_hand_for(recipient: Recipient) -> tuple[Kind, ...]:
    """The kinds that a caseworker can make for this recipient, in the order of the table."""
    return tuple(
        one
        for one in KINDS.values()
        if one.by_hand and recipient.kind in one.classes and recipient.tier in one.tiers
    )
