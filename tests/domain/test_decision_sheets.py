"""What goes together in an answer of the city: a kind of proposal, an answer, a reason and a day."""

from __future__ import annotations

from datetime import date

import pytest

from caseflow.domain.decision_sheets import (
    REASON_NAMES,
    REASONS,
    SheetAnswer,
    SheetReason,
    answers_to,
    may_answer,
    reasons_for,
)
from caseflow.domain.programmes import ProposalKind

A, K, R = SheetAnswer, ProposalKind, SheetReason
PROPOSED, EARLIER = date(2027, 6, 30), date(2027, 3, 31)

# fmt: off
TOGETHER = [
    ("an admission is answered yes", K.ADMISSION, A.YES, R.CRITERIA_MET, None, ""),
    ("an end is answered no", K.EXIT, A.NO, R.EXIT_TOO_EARLY, None, ""),
    ("a longer stay is granted for a shorter time", K.EXTENSION, A.UNTIL, R.SHORTER_IS_ENOUGH, EARLIER, ""),
    ("an admission has one day", K.ADMISSION, A.UNTIL, R.SHORTER_IS_ENOUGH, EARLIER, "Only a longer stay"),
    ("a reason to refuse is none to agree", K.EXTENSION, A.YES, R.NO_SOLUTION_IN_SIGHT, None, "is no reason to answer"),
    ("a day goes with until alone", K.EXTENSION, A.YES, R.PROCEDURE_RUNS, EARLIER, "Leave it empty"),
    ("until needs its day", K.EXTENSION, A.UNTIL, R.LOOK_AGAIN_THEN, None, "Enter until which day"),
    ("nobody advised on a longer time", K.EXTENSION, A.UNTIL, R.LOOK_AGAIN_THEN, date(2027, 7, 1), "earlier day"),
    ("the same day is a yes", K.EXTENSION, A.UNTIL, R.LOOK_AGAIN_THEN, PROPOSED, "answer yes"),
]
# fmt: on


@pytest.mark.parametrize(
    ("kind", "answer", "reason", "until", "refused"),
    [row[1:] for row in TOGETHER],
    ids=[row[0] for row in TOGETHER],
)
def test_what_goes_together(
    kind: ProposalKind, answer: SheetAnswer, reason: SheetReason, until: date | None, refused: str
) -> None:
    proposed = PROPOSED if kind is K.EXTENSION else None
    found = may_answer(kind, answer, reason, proposed, until)
    assert bool(found) is not bool(refused)
    assert not refused or refused in str(found.reason)  # type: ignore[union-attr]


def test_every_kind_can_be_answered_yes_and_no_and_every_reason_goes_somewhere() -> None:
    for kind in K:
        assert {A.YES, A.NO} <= set(answers_to(kind))
    assert {one for kind in K for one in reasons_for(kind)} == set(R) == set(REASON_NAMES)
    assert all(REASONS.values())
