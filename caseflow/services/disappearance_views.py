"""That somebody is away unannounced, as one reader may know it."""

from __future__ import annotations

from datetime import date

from caseflow.domain.absences import running
from caseflow.domain.cases import CaseFacts
from caseflow.domain.disappearances import Missing, missing
from caseflow.domain.redaction import Compartment, Vision
from caseflow.services import readings
from caseflow.storage.dossiers import Dossier


def of(dossier: Dossier, facts: CaseFacts, vision: Vision, today: date) -> Missing | None:
    """Whether somebody is missing, for who sees both nights and casework; None for anybody else."""
    if not (vision.sees(Compartment.CASEWORK) and vision.sees(Compartment.SHELTER)):
        return None
    away = running(readings.absences(dossier))
    return missing(facts, away, [one.event_on for one in dossier.attempts], today)
