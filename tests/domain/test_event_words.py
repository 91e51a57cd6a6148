"""Every event of the log has words and a kind; one that is added without them is named here."""

from __future__ import annotations

from caseflow.domain.event_groups import GROUP_NAMES, EventGroup, events_of, group_of
from caseflow.domain.event_words import EVENT_NAMES
from caseflow.domain.events import EVENTS


def test_every_event_is_called_something() -> None:
    assert set(EVENTS) - set(EVENT_NAMES) == set(), "say it in domain/event_words.py"
    assert set(EVENT_NAMES) - set(EVENTS) == set(), "there is no such event any more"
    assert len({one.text for one in EVENT_NAMES.values()}) == len(EVENTS)


def test_every_event_belongs_to_one_kind_and_every_kind_has_words() -> None:
    assert set(GROUP_NAMES) == set(EventGroup)
    assert sum(len(events_of(group)) for group in EventGroup) == len(EVENTS)
    assert all(events_of(group) for group in EventGroup)


def test_emergencies_stand_apart_from_looks_and_changes() -> None:
    assert group_of("glass_broken") is group_of("card_opened") is EventGroup.EMERGENCIES
    assert group_of("case_opened") is group_of("beds_listed") is EventGroup.LOOKS
    assert group_of("note_recorded") is EventGroup.CHANGES
    assert group_of("access_denied") is EventGroup.REFUSED
    assert group_of("audit_listed") is EventGroup.OVERSIGHT
