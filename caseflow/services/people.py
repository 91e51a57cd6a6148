"""What is known of a person as codes: gender, age, language; put right by the case team, as far as they say it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.caseload_files import AGE_BANDS, GENDERS
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services.gatekeeping import CaseChange, changing
from caseflow.services.versions import Overtaken
from caseflow.storage import dossiers
from caseflow.storage.models.cases import Client
from caseflow.storage.models.operations import Change

RECORD: Final = Permission.PERSON_RECORD


@dataclass(frozen=True)
class PersonCodes:
    """What stands on the page of the case; `unknown` and None say that nobody asked, which is an answer."""

    gender: str
    age_band: str
    language: str | None
    interpreter: bool | None


def amend(
    actor: Actor, case_id: str, told: PersonCodes, now: datetime, *, seen: int | None = None
) -> Refused | None:
    """Puts right what is known of a person as codes; what they say stands in no log.

    `seen` is the version that stood on the form, None where nobody saw one. Raises `NotKnown`.
    """
    with changing(actor, RECORD, case_id, "person_amended", now) as change:
        client = change.dossier.client
        if told.gender not in GENDERS or told.age_band not in AGE_BANDS:
            return change.refuse(Refused(N_("Choose gender and age from the list.")))
        if seen is not None and seen != client.version:
            return change.refuse(_overtaken(change, client))
        for name, value in asdict(told).items():
            setattr(client, name, value)
        client.change_id = change.work.id
        return None


def _overtaken(change: CaseChange, client: Client) -> Overtaken:
    """The refusal with what a colleague chose meanwhile."""
    row = change.work.casework.get(Change, client.change_id)
    by = dossiers.colleagues(change.work.casework, {row.by} if row else set())
    return Overtaken(
        N_("A colleague saved this meanwhile. Nothing of yours is lost: choose below."),
        str(client.version),
        by[row.by][0] if row and row.by in by else "",
        row.at if row else change.work.at,
        {
            "gender": client.gender,
            "age_band": client.age_band,
            "language": client.language or "",
            "interpreter": {True: "yes", False: "no", None: "unknown"}[client.interpreter],
        },
        stays=False,
    )
