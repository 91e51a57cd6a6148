"""A few cases in the invented city, for tests of what may follow what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from caseflow.domain.cases import CaseFacts
from caseflow.domain.catalogues import Catalogue
from caseflow.domain.decisions import Decision, Refused
from caseflow.domain.outcomes import Outcome
from caseflow.domain.programmes import Stage
from caseflow.domain.scenarios import GuidanceScenario

CONFIG = Path(__file__).parents[2] / "config"
CATALOGUE = Catalogue.load(CONFIG, CONFIG / "demo")
LVV = CATALOGUE.programmes["waterstad-lvv"]
BBB = CATALOGUE.programmes["waterstad-bbb"]
ANONYMOUS = CATALOGUE.programmes["anonymous-care"]
TODAY = date(2026, 3, 10)
APPLIED = date(2026, 3, 1)

NEW = CaseFacts(LVV, Stage.APPLICATION, APPLIED)
SCREENED = replace(NEW, stage=Stage.SCREENING, screened_on=date(2026, 3, 3))
ADMITTED = replace(
    SCREENED,
    stage=Stage.GUIDANCE,
    admitted_on=date(2026, 3, 5),
    scenario=GuidanceScenario.RETURN,
)
EXITED = replace(
    ADMITTED,
    stage=Stage.EXITED,
    exited_on=date(2026, 3, 8),
    outcome=Outcome.VOLUNTARY_RETURN,
)


def reason(decision: Decision) -> str:
    assert isinstance(decision, Refused)
    return str(decision.reason)
