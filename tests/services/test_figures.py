"""Exact figures are for those of the programme, recorded, and bounded in memory and queries."""

from __future__ import annotations

import tracemalloc
from datetime import date

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from caseflow.domain.actors import THE_COMMAND
from caseflow.domain.decisions import Refused
from caseflow.services import figures
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage.models.audit import Entry
from tests import builders, cast
from tests import case_worlds as world
from tests.builders import past_episodes

DAY = date(2026, 9, 30)
SCOPE = "waterstad-lvv"


def of(found, indicator: str):
    return next(figure for figure in found if figure.indicator == indicator)


def test_a_team_lead_sees_exact_figures_of_their_programme_and_the_look_is_recorded(sealed_house):
    people = past_episodes(sealed_house, SCOPE)
    found = figures.exact(cast.LENA.actor(), SCOPE, DAY, cast.NOW)
    assert of(found, "participants").numerator == people
    with Session(sealed_house.stores.audit) as session:
        entries = session.scalars(select(Entry).where(Entry.event == "figures_viewed")).all()
    assert [(one.user_id, one.result) for one in entries] == [("lena", "shown")]


@pytest.mark.parametrize(
    ("colleague", "scope"),
    [(cast.FEMKE, SCOPE), (cast.AMINA, SCOPE), (cast.PETRA, SCOPE), (cast.LENA, "utrecht-bbb")],
    ids=["funder", "caseworker", "privacy officer", "programme of others"],
)
def test_to_others_there_are_no_exact_figures(sealed_house, colleague, scope):
    with pytest.raises(NotKnown):
        figures.exact(colleague.actor(), scope, DAY, cast.NOW)


def test_a_cut_off_that_has_not_come_is_refused(sealed_house):
    tomorrow = date(2026, 11, 23)
    assert isinstance(figures.exact(cast.LENA.actor(), SCOPE, tomorrow, cast.NOW), Refused)
    assert isinstance(figures.exact(THE_COMMAND, "atlantis", DAY, cast.NOW), Refused)


def test_what_was_known_earlier_can_be_asked(sealed_house):
    past_episodes(sealed_house, SCOPE, after=date(2024, 1, 1))
    known = date(2024, 3, 1)
    then = figures.exact(cast.LENA.actor(), SCOPE, DAY, cast.NOW, known_on=known)
    now = figures.exact(cast.LENA.actor(), SCOPE, DAY, cast.NOW)
    assert of(then, "exits").numerator == 0 < of(now, "exits").numerator
    assert 0 < of(then, "participants").numerator < of(now, "participants").numerator


def test_ten_times_the_episodes_take_as_many_queries(sealed_house):
    def queries() -> int:
        seen: list[str] = []

        def note(_connection, _cursor, statement, *_more):
            seen.append(statement)

        event.listen(sealed_house.stores.casework, "before_cursor_execute", note)
        try:
            figures.counted(sealed_house, SCOPE, DAY)
        finally:
            event.remove(sealed_house.stores.casework, "before_cursor_execute", note)
        return len(seen)

    past_episodes(sealed_house, SCOPE, times=0.5)
    few = queries()
    past_episodes(sealed_house, SCOPE, source="larger", times=5)
    assert queries() == few


def test_counting_holds_people_in_memory_and_not_their_episodes(sealed_house):
    past_episodes(sealed_house, SCOPE, times=10)
    figures.counted(sealed_house, SCOPE, DAY)
    tracemalloc.start()
    try:
        figures.counted(sealed_house, SCOPE, DAY)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 6 * 1024 * 1024, "5,650 people"


def test_what_was_counted_is_kept_until_something_is_recorded(sealed_house, monkeypatch):
    past_episodes(sealed_house, SCOPE)
    times: list[str] = []
    counted = figures.counted
    monkeypatch.setattr(
        figures, "counted", lambda *asked: (times.append("once"), counted(*asked))[1]
    )

    def look(known_on: date | None = None) -> int:
        found = figures.exact(cast.LENA.actor(), SCOPE, DAY, cast.NOW, known_on)
        return of(found, "participants").numerator

    before = look()
    assert (look(), len(times)) == (before, 1)
    look(known_on=DAY)
    assert len(times) == 2, "as known on a day is another count"

    builders.hire_everybody(sealed_house)
    world.registered()

    look()
    assert len(times) == 3, "an application was recorded"
