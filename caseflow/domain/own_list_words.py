"""What left, as the person reads it: kinds of papers, things and ways in plain words (B1), said to the client.

The paper is read at a kitchen table, and perhaps by somebody else at that table: nothing here says what happened to a
person, and what is about a report of crime says no more than that it is about their safety.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from caseflow.domain.disclosures import Field, Medium
from caseflow.domain.messages import N_, Message
from caseflow.domain.recipients import Tier

KIND_WORDS: Final[Mapping[str, Message]] = {
    "neutral_confirmation": N_("a letter about an appointment"),
    "neutral_text": N_("a message about an appointment"),
    "residence_statement": N_("a letter with our address, for your procedure"),
    "attendance_statement": N_("a letter that says on which days you were there"),
    "summary_lawyer": N_("a summary for your lawyer"),
    "summary_doctor": N_("a summary for your doctor"),
    "summary_school": N_("a summary for the school"),
    "summary_city": N_("a summary for the city"),
    "referral": N_("a question for help or a place to stay"),
    "return_referral": N_("a letter to IOM about going back"),
    "authority_letter": N_("a letter to an authority, as you wished"),
    "notice": N_("a message that something was taken back or put right"),
    "told": N_("something we said, without a paper"),
    "vital": N_("something we said because life was in danger"),
    "child_protection": N_("a report to protect a child"),
    "conference_sheet": N_("a paper for a talk about how to help you, by your code"),
    "lso_packet": N_("papers for the meeting of city and State that there was until 2025"),
    "demand_handover": N_("what we had to give to an authority"),
    "crime_statement": N_("a letter about your safety"),
    "request_answer": N_("an answer to what you asked us"),
    "file_copy": N_("a copy of your file"),
}
"""What each kind of paper is called; one that is not here has the general word."""
A_PAPER: Final = N_("a paper")
AN_AGREEMENT: Final = N_("something that you agreed to")
LETTERS_TO: Final = N_("Letters to this office")

FIELD_WORDS: Final[Mapping[Field, Message]] = {
    Field.OWN_NAME: N_("your name"),
    Field.BIRTH_DATE: N_("your date of birth"),
    Field.CALL_NAME: N_("the name we call you by"),
    Field.CLIENT_CODE: N_("your code"),
    Field.PHONE: N_("your telephone number"),
    Field.HOW_TO_REACH: N_("how to reach you"),
    Field.LANGUAGE: N_("your language"),
    Field.INTERPRETER: N_("whether you need an interpreter"),
    Field.GENDER: N_("whether you are a woman or a man"),
    Field.AGE_BAND: N_("about how old you are"),
    Field.CHILDREN: N_("your children"),
    Field.POSTAL_ADDRESS: N_("the postal address of our office"),
    Field.WITH_US_SINCE: N_("since when we know you"),
    Field.STAGE: N_("how far you are with us"),
    Field.LAST_DAY: N_("the last day of your stay"),
    Field.CASE_WORKER: N_("who works with you"),
    Field.MET_ON: N_("the day of an appointment"),
    Field.MET_AT: N_("the time of an appointment"),
    Field.MET_PLACE: N_("the place of an appointment"),
    Field.ATTENDED: N_("the days on which you were there"),
    Field.PROCEDURES: N_("your procedures"),
    Field.PROCEDURE_DATES: N_("days of your procedures"),
    Field.LAWYER_REFERENCE: N_("the number of your lawyer's file"),
    Field.V_NUMBER: N_("your V-number"),
    Field.HEALTH_NEEDS: N_("what you need for your health"),
    Field.PLACEMENT_NEEDS: N_("what kind of bed you need"),
    Field.DEFERRAL_DATES: N_("until when you may stay because of your health"),
    Field.SCENARIO: N_("what you work towards with us"),
    Field.HELP_ASKED: N_("what help was asked for you"),
    Field.AMOUNT: N_("how much money was asked for you"),
    Field.MOVES_IN_ON: N_("from which day a place was asked for you"),
    Field.BED_NIGHTS: N_("nights you slept here"),
    Field.OUTCOME: N_("how it ended with us"),
    Field.REPORT_HELP: N_("that we go with you"),
    Field.ANSWER: N_("our answer"),
    Field.WITHDRAWN: N_("what was taken back or put right"),
    Field.WORDS: N_("a few words about it"),
}
"""What stood in it, as the person would say it."""

MEDIUM_WORDS: Final[Mapping[Medium, Message]] = {
    Medium.HANDED_OVER: N_("on paper"),
    Medium.POST: N_("by post"),
    Medium.SECURE_MAIL: N_("by safe e-mail"),
    Medium.TOLD: N_("in words"),
    Medium.WHATSAPP: N_("by WhatsApp"),
}
DANGER: Final = frozenset({Tier.VITAL})
"""What left because somebody was in danger: it stands out on the list."""
