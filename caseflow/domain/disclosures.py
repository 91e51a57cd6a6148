"""What can leave, and in what form: fields, kinds, purposes, media, and the states of a disclosure.

A disclosure is a record with recipient, class, purpose, legal basis, exact fields and what the client knows; what
leaves is rendered from it and nothing else (the firewall, §5; rule FW4). Who guards it stands in `disclosure_guards`;
who may receive at all in `recipients`. No field of status is free text; no kind takes words that nobody named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.messages import N_, Message
from caseflow.domain.recipients import RecipientClass, Tier
from caseflow.domain.redaction import Compartment, Part, Vision

C, P = Compartment, Part


class Field(StrEnum):
    """Everything that can leave; each lies in a compartment (`LIES_IN`) and no other thing can be asked for."""

    OWN_NAME = "own_name"
    BIRTH_DATE = "birth_date"
    CALL_NAME = "call_name"
    CLIENT_CODE = "client_code"
    PHONE = "phone"
    HOW_TO_REACH = "how_to_reach"
    LANGUAGE = "language"
    INTERPRETER = "interpreter"
    GENDER = "gender"
    AGE_BAND = "age_band"
    CHILDREN = "children"
    POSTAL_ADDRESS = "postal_address"  # of the organisation, never of a shelter
    WITH_US_SINCE = "with_us_since"
    STAGE = "stage"
    LAST_DAY = "last_day"
    CASE_WORKER = "case_worker"  # the colleague who can be called, and the work phone
    MET_ON = "met_on"
    MET_AT = "met_at"
    MET_PLACE = "met_place"
    ATTENDED = "attended"  # days on which somebody was at a conversation or a lesson
    PROCEDURES = "procedures"
    PROCEDURE_DATES = "procedure_dates"
    LAWYER_REFERENCE = "lawyer_reference"
    V_NUMBER = "v_number"
    HEALTH_NEEDS = "health_needs"
    PLACEMENT_NEEDS = "placement_needs"
    DEFERRAL_DATES = "deferral_dates"
    SCENARIO = "scenario"
    HELP_ASKED = "help_asked"
    AMOUNT = "amount"
    MOVES_IN_ON = "moves_in_on"
    BED_NIGHTS = "bed_nights"  # a demand or a request alone
    OUTCOME = "outcome"
    REPORT_HELP = "report_help"  # that we go along to report a crime; never what happened
    ANSWER = "answer"  # what was decided on a request or a demand
    WITHDRAWN = "withdrawn"  # what is taken back or put right, in a notice
    WORDS = "words"  # free text: only where a kind allows it


LIES_IN: Final[Mapping[Field, tuple[Compartment, Part]]] = MappingProxyType(
    {
        Field.OWN_NAME: (C.IDENTITY, P.REST),
        Field.BIRTH_DATE: (C.IDENTITY, P.REST),
        Field.CALL_NAME: (C.CASEWORK, P.CALL),
        Field.CLIENT_CODE: (C.CASEWORK, P.CALL),
        Field.PHONE: (C.CONTACT, P.REST),
        Field.HOW_TO_REACH: (C.CONTACT, P.HOW_TO_REACH),
        Field.LANGUAGE: (C.CASEWORK, P.REST),
        Field.INTERPRETER: (C.CASEWORK, P.REST),
        Field.GENDER: (C.CASEWORK, P.REST),
        Field.AGE_BAND: (C.CASEWORK, P.REST),
        Field.CHILDREN: (C.CASEWORK, P.REST),
        Field.POSTAL_ADDRESS: (C.CASEWORK, P.CALL),
        Field.WITH_US_SINCE: (C.CASEWORK, P.CLOCK),
        Field.STAGE: (C.CASEWORK, P.STAGE),
        Field.LAST_DAY: (C.CASEWORK, P.CLOCK),
        Field.CASE_WORKER: (C.CASEWORK, P.CASE_TEAM_CONTACT),
        Field.MET_ON: (C.CASEWORK, P.CALL),
        Field.MET_AT: (C.CASEWORK, P.CALL),
        Field.MET_PLACE: (C.CASEWORK, P.CALL),
        Field.ATTENDED: (C.CASEWORK, P.CALL),
        Field.PROCEDURES: (C.IMMIGRATION, P.REST),
        Field.PROCEDURE_DATES: (C.IMMIGRATION, P.DEADLINES),
        Field.LAWYER_REFERENCE: (C.IMMIGRATION, P.REST),
        Field.V_NUMBER: (C.IMMIGRATION, P.REST),
        Field.HEALTH_NEEDS: (C.HEALTH, P.NEEDS),
        Field.PLACEMENT_NEEDS: (C.HEALTH, P.PLACEMENT_NEEDS),
        Field.DEFERRAL_DATES: (C.HEALTH, P.DEFERRAL_DATES),
        Field.SCENARIO: (C.CASEWORK, P.REST),
        Field.HELP_ASKED: (C.CASEWORK, P.CALL),
        Field.AMOUNT: (C.MONEY, P.REST),
        Field.MOVES_IN_ON: (C.CASEWORK, P.CALL),
        Field.BED_NIGHTS: (C.SHELTER, P.REST),
        Field.OUTCOME: (C.CASEWORK, P.REST),
        Field.REPORT_HELP: (C.SAFE_REPORTING, P.REST),
        Field.ANSWER: (C.GOVERNANCE, P.LEFT),
        Field.WITHDRAWN: (C.GOVERNANCE, P.LEFT),
        Field.WORDS: (C.NOTES, P.REST),
    }
)
"""Where each thing lies; what is typed for one letter alone (a day, an hour, a place) lies with the call name."""

FIELD_NAMES: Final[Mapping[Field, Message]] = MappingProxyType(
    {
        Field.OWN_NAME: N_("Own name"),
        Field.BIRTH_DATE: N_("Date of birth"),
        Field.CALL_NAME: N_("Call name"),
        Field.CLIENT_CODE: N_("Client code"),
        Field.PHONE: N_("Telephone number"),
        Field.HOW_TO_REACH: N_("How to reach safely"),
        Field.LANGUAGE: N_("Language"),
        Field.INTERPRETER: N_("Whether an interpreter is needed"),
        Field.GENDER: N_("Gender"),
        Field.AGE_BAND: N_("Age band"),
        Field.CHILDREN: N_("Children who came along"),
        Field.POSTAL_ADDRESS: N_("Postal address of our organisation"),
        Field.WITH_US_SINCE: N_("Since when we know the client"),
        Field.STAGE: N_("Stage of the guidance"),
        Field.LAST_DAY: N_("Last day of the stay"),
        Field.CASE_WORKER: N_("Which colleague can be called"),
        Field.MET_ON: N_("Day of the appointment"),
        Field.MET_AT: N_("Time of the appointment"),
        Field.MET_PLACE: N_("Place of the appointment"),
        Field.ATTENDED: N_("Days on which the client was there"),
        Field.PROCEDURES: N_("Procedures that run"),
        Field.PROCEDURE_DATES: N_("Dates and terms of procedures"),
        Field.LAWYER_REFERENCE: N_("Reference at the lawyer's office"),
        Field.V_NUMBER: N_("V-number"),
        Field.HEALTH_NEEDS: N_("What the client needs for their health"),
        Field.PLACEMENT_NEEDS: N_("What the client needs of a bed"),
        Field.DEFERRAL_DATES: N_("Dates of a medical deferral"),
        Field.SCENARIO: N_("What the client works towards"),
        Field.HELP_ASKED: N_("What help is asked for"),
        Field.AMOUNT: N_("Amount asked for"),
        Field.MOVES_IN_ON: N_("From which day a place is asked for"),
        Field.BED_NIGHTS: N_("Nights on a bed"),
        Field.OUTCOME: N_("How the guidance ended"),
        Field.REPORT_HELP: N_("That we go along"),
        Field.ANSWER: N_("What was decided"),
        Field.WITHDRAWN: N_("What is taken back or put right"),
        Field.WORDS: N_("A few words"),
    }
)

HEALTH: Final = frozenset({Field.HEALTH_NEEDS, Field.PLACEMENT_NEEDS, Field.DEFERRAL_DATES})
"""Special data about health (GDPR art. 9); never in a packet for the State, and never for a school or a fund."""
STATUS: Final = frozenset(
    {
        Field.PROCEDURES,
        Field.PROCEDURE_DATES,
        Field.LAWYER_REFERENCE,
        Field.V_NUMBER,
        Field.DEFERRAL_DATES,
    }
)
"""What says something about residence status; never in a neutral letter or what is told in danger."""
TYPED: Final = frozenset(
    {
        Field.MET_ON, Field.MET_AT, Field.MET_PLACE, Field.ATTENDED, Field.HELP_ASKED, Field.AMOUNT,
        Field.MOVES_IN_ON, Field.WORDS,
    }
)  # fmt: skip
"""What whoever asks fills in for this one disclosure; every other value is read from the file."""


class Purpose(StrEnum):
    """What it is for; a code, never a reason in words."""

    OWN_FILE = "own_file"
    PROCEDURE = "procedure"
    CARE = "care"
    SCHOOL = "school"
    APPOINTMENT = "appointment"
    SHELTER = "shelter"
    MONEY = "money"
    RETURN = "return"
    ACCOMPANIMENT = "accompaniment"
    TRAFFICKING = "trafficking"
    CONFERENCE = "conference"
    COOPERATION = "cooperation"
    RIGHTS = "rights"
    CORRECTION = "correction"
    DEMAND = "demand"
    DANGER = "danger"


PURPOSES: Final[Mapping[Purpose, Message]] = MappingProxyType(
    {
        Purpose.OWN_FILE: N_("the client's own papers"),
        Purpose.PROCEDURE: N_("a procedure"),
        Purpose.CARE: N_("care"),
        Purpose.SCHOOL: N_("school"),
        Purpose.APPOINTMENT: N_("an appointment"),
        Purpose.SHELTER: N_("a place to stay"),
        Purpose.MONEY: N_("money for something the client needs"),
        Purpose.RETURN: N_("return, as the client wishes"),
        Purpose.ACCOMPANIMENT: N_("going along"),
        Purpose.TRAFFICKING: N_("protection of a victim of trafficking"),
        Purpose.CONFERENCE: N_("a case conference"),
        Purpose.COOPERATION: N_("local cooperation under the covenant"),
        Purpose.RIGHTS: N_("a right the client uses"),
        Purpose.CORRECTION: N_("taking back or putting right what left before"),
        Purpose.DEMAND: N_("a demand that was decided on"),
        Purpose.DANGER: N_("danger to life, or a child in danger"),
    }
)


class Medium(StrEnum):
    """How it leaves."""

    HANDED_OVER = "handed_over"
    POST = "post"
    SECURE_MAIL = "secure_mail"
    TOLD = "told"
    WHATSAPP = "whatsapp"


MEDIA: Final[Mapping[Medium, Message]] = MappingProxyType(
    {
        Medium.HANDED_OVER: N_("handed over on paper"),
        Medium.POST: N_("by post"),
        Medium.SECURE_MAIL: N_("by secure mail"),
        Medium.TOLD: N_("spoken"),
        Medium.WHATSAPP: N_("by WhatsApp, neutral text"),
    }
)


class State(StrEnum):
    """Where a disclosure stands."""

    ASKED = "asked"
    APPROVED = "approved"
    ISSUED = "issued"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


STATES: Final[Mapping[State, Message]] = MappingProxyType(
    {
        State.ASKED: N_("waits for approval"),
        State.APPROVED: N_("approved, not yet out"),
        State.ISSUED: N_("has gone out"),
        State.REFUSED: N_("refused: nothing left"),
        State.WITHDRAWN: N_("was taken back"),
    }
)


class Why(StrEnum):
    """Why a disclosure was refused, stopped or taken back; a code, never words about a person."""

    NOT_NEEDED = "not_needed"
    TOO_MUCH = "too_much"
    WRONG_RECIPIENT = "wrong_recipient"
    CLIENT_UNSURE = "client_unsure"
    NOT_BY_ME = "not_by_me"  # a colleague who is said to have approved by telephone, and did not
    MISTAKE = "mistake"
    AGREEMENT_WITHDRAWN = "agreement_withdrawn"
    OBJECTION = "objection"
    RESTRICTED = "restricted"
    RECTIFIED = "rectified"
    ERASED = "erased"


WHYS: Final[Mapping[Why, Message]] = MappingProxyType(
    {
        Why.NOT_NEEDED: N_("It is not needed."),
        Why.TOO_MUCH: N_("It says more than is needed."),
        Why.WRONG_RECIPIENT: N_("It is the wrong recipient."),
        Why.CLIENT_UNSURE: N_("The client is not sure, or was not told enough."),
        Why.NOT_BY_ME: N_("I did not approve this by telephone."),
        Why.MISTAKE: N_("It was made in error."),
        Why.AGREEMENT_WITHDRAWN: N_("The client took the agreement back."),
        Why.OBJECTION: N_("The client objected."),
        Why.RESTRICTED: N_("The client asked that use of the file is restricted."),
        Why.RECTIFIED: N_("Something in it was put right."),
        Why.ERASED: N_("Something in it was erased."),
    }
)
TO_REFUSE: Final = (Why.NOT_NEEDED, Why.TOO_MUCH, Why.WRONG_RECIPIENT, Why.CLIENT_UNSURE)
TO_WITHDRAW: Final = (Why.AGREEMENT_WITHDRAWN, Why.MISTAKE, Why.WRONG_RECIPIENT, Why.RECTIFIED)
STOPS_FOR_GOOD: Final = frozenset({Why.AGREEMENT_WITHDRAWN, Why.OBJECTION})
"""After these the standing recipient no longer stands; a restriction only freezes."""


@dataclass(frozen=True)
class Kind:
    """A form in which something can leave: to whom, with which fields, in which languages."""

    id: str
    name: Message
    tiers: frozenset[Tier]
    classes: frozenset[RecipientClass]
    required: frozenset[Field]
    optional: frozenset[Field] = frozenset()
    purposes: tuple[Purpose, ...] = (Purpose.APPOINTMENT,)
    free_text: bool = False
    languages: tuple[str, ...] = ("nl", "en")
    is_spoken: bool = False
    """Nothing is printed: what was told is recorded."""
    by_hand: bool = True
    """Whether a caseworker starts it from the page of new disclosures; others have a page of their own."""

    @property
    def fields(self) -> frozenset[Field]:
        """Everything that this kind can carry."""
        return self.required | self.optional

    def __post_init__(self) -> None:
        if RecipientClass.ENFORCEMENT in self.classes:
            raise ValueError("enforcement never receives anything")
        if Field.WORDS in self.fields and not self.free_text:
            raise ValueError("a kind that takes words has to say so")


def visible(fields: Iterable[Field], vision: Vision) -> frozenset[Field]:
    """Those of these fields that somebody with this sight of a case may see, and so may let leave."""
    return frozenset(one for one in fields if vision.sees(*LIES_IN[one]))
