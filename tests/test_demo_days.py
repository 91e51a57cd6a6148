"""The calendar of the invented city: what the rules refuse is counted, and the days go on."""

from __future__ import annotations

from datetime import UTC, datetime

from caseflow.demos.days import Days
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services.gatekeeping import CaseIsOver

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)


def test_a_note_for_a_case_that_was_closed_that_morning_is_a_refusal_and_not_the_end() -> None:
    days = Days(NOW)
    written: list[datetime] = []

    def note(now: datetime) -> None:
        raise CaseIsOver(Refused(N_("This case is over.")))

    days.on(NOW.date(), note, 9)
    days.on(NOW.date(), written.append, 10)
    days.play(lambda day: None)

    assert [str(one) for one in days.refusals] == ["This case is over."]
    assert len(written) == 1
    assert days.played == 2
