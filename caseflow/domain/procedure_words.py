"""Kinds of procedures, of steps and of deadlines, and what each is called."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from caseflow.domain.messages import N_, Message


class ProcedureKind(StrEnum):
    """Ways towards staying or leaving that a person may be on, several at once."""

    REPEAT_ASYLUM = "repeat_asylum"
    MEDICAL_DEFERRAL = "medical_deferral"
    RESIDENCE_PERMIT = "residence_permit"
    NO_FAULT = "no_fault"
    TRAFFICKING = "trafficking"
    DUBLIN = "dublin"
    FAMILY = "family"
    RETURN = "return"
    MEDIATION = "mediation"


K = ProcedureKind
PROCEDURE_NAMES: Final[Mapping[ProcedureKind, Message]] = {
    K.REPEAT_ASYLUM: N_("Repeat asylum application, through the lawyer"),
    K.MEDICAL_DEFERRAL: N_("Deferral of departure on medical grounds"),
    K.RESIDENCE_PERMIT: N_("Regular residence permit"),
    K.NO_FAULT: N_("No-fault permit"),
    K.TRAFFICKING: N_("Scheme for victims of trafficking"),
    K.DUBLIN: N_("Dublin claim"),
    K.FAMILY: N_("Permit to live with family"),
    K.RETURN: N_("Return with IOM"),
    K.MEDIATION: N_("Mediation with the authorities, at the person's wish"),
}


class DueKind(StrEnum):
    """What must happen by a day, or what happens on it."""

    OBJECTION = "objection"
    APPEAL = "appeal"
    FURTHER_APPEAL = "further_appeal"
    REPLY = "reply"
    HEARING = "hearing"
    DEFERRAL_ENDS = "deferral_ends"
    REFLECTION_ENDS = "reflection_ends"
    TRANSFER = "transfer"
    DEPARTURE = "departure"
    OTHER = "other"


D = DueKind
DUE_NAMES: Final[Mapping[DueKind, Message]] = {
    D.OBJECTION: N_("Lodge an objection at the latest"),
    D.APPEAL: N_("Lodge an appeal at the latest"),
    D.FURTHER_APPEAL: N_("Lodge a further appeal at the latest"),
    D.REPLY: N_("Send what was asked at the latest"),
    D.HEARING: N_("Hearing"),
    D.DEFERRAL_ENDS: N_("Last day of the deferral"),
    D.REFLECTION_ENDS: N_("Last day of the reflection period"),
    D.TRANSFER: N_("Last day for a transfer"),
    D.DEPARTURE: N_("Day of departure"),
    D.OTHER: N_("Deadline"),
}

LEARNED: Final = "deadline_learned"
"""A step of every procedure: the lawyer said by which day what follows from the step before must happen."""

STEP_NAMES: Final[Mapping[str, Message]] = {
    "repeat_asylum_application_lodged": N_("Repeat asylum application lodged"),
    "repeat_asylum_application_decided": N_("Repeat asylum application decided"),
    "medical_deferral_requested": N_("Deferral of departure on medical grounds requested"),
    "medical_deferral_decided": N_("Deferral of departure on medical grounds decided"),
    "residence_permit_requested": N_("Residence permit requested"),
    "residence_permit_decided": N_("Residence permit decided"),
    "no_fault_permit_requested": N_("No-fault permit requested"),
    "no_fault_permit_decided": N_("No-fault permit decided"),
    "reflection_period_begun": N_("Reflection period begun"),
    "reflection_period_with_dublin_begun": N_("Reflection period begun, while a Dublin claim runs"),
    "trafficking_permit_requested": N_("Permit under the trafficking scheme requested"),
    "trafficking_permit_decided": N_("Permit under the trafficking scheme decided"),
    "dublin_claim_accepted": N_("Dublin claim accepted by the other country"),
    "dublin_transfer_decided": N_("Appeal against the Dublin transfer decided"),
    "dublin_claim_lapsed": N_("Dublin claim lapsed"),
    "family_permit_requested": N_("Permit to live with family requested"),
    "family_permit_decided": N_("Permit to live with family decided"),
    "return_requested": N_("Help with return requested"),
    "travel_document_requested": N_("Travel document requested"),
    "departure_planned": N_("Departure planned"),
    "mediation_requested": N_("Mediation requested"),
    "mediation_decided": N_("Mediation answered"),
    "papers_asked": N_("Further papers asked for"),
    "papers_sent": N_("Further papers sent"),
    "hearing_announced": N_("Hearing announced"),
    "hearing_held": N_("Hearing held"),
    "objection_lodged": N_("Objection lodged"),
    "objection_decided": N_("Objection decided"),
    "appeal_lodged": N_("Appeal lodged"),
    "appeal_decided": N_("Appeal decided"),
    "further_appeal_lodged": N_("Further appeal lodged"),
    "further_appeal_decided": N_("Further appeal decided"),
    "interim_relief_requested": N_("Interim relief requested"),
    "interim_relief_decided": N_("Interim relief decided"),
    LEARNED: N_("Deadline heard from the lawyer"),
}
"""Every step that may be recorded; which belong to which procedure is configured."""
