"""Why a field is kept at all: the purposes a stored column may declare (GDPR art. 5(1)(b), 30(1)(b))."""

from __future__ import annotations

from enum import StrEnum


class Purpose(StrEnum):
    """A declared purpose; a column that can name none is not collected."""

    ADDRESS_THE_PERSON = "address_the_person"  # to call someone by the name they chose
    REACH_THE_PERSON = "reach_the_person"
    KNOW_THE_PERSON = (
        "know_the_person"  # to be sure it is the same person again, at the person's wish
    )
    GUIDANCE = "guidance"  # to work towards a durable solution
    LEGAL_HELP = "legal_help"
    CARE = "care"
    SAFETY = "safety"
    SHELTER = "shelter"  # to give a bed and know it is taken
    STAY_LIMIT = "stay_limit"  # to keep the clock of the programme honest
    ALLOWANCE = "allowance"
    ADMISSION = "admission"  # to decide on admission by stated criteria
    FIGURES = "figures"  # to count, never to find
    ACCOUNTABILITY = "accountability"  # to show who did what, and why
    RIGHTS = "rights"  # so that the person can use their rights
    STAFF_ACCOUNTS = "staff_accounts"
    SECURITY = "security"
    OPERATION = "operation"  # to keep the machine running
