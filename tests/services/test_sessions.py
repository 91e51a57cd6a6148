"""Sessions on the server: recognised by a token, limited in time, ended at once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Allowed, Refused
from caseflow.services import accounts, actors, sessions, sign_ins
from caseflow.services.houses import House
from tests.builders import hire_everybody
from tests.cast import ADA, AMINA, NOW


@pytest.fixture(autouse=True)
def _staffed(sealed_house: House) -> None:
    hire_everybody(sealed_house)


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def acting(token: str, now: datetime = NOW) -> Actor:
    known = sessions.recognise(token, now)
    assert known is not None
    return known.actor


def test_a_session_is_recognised_with_the_roles_that_count_now() -> None:
    begun = sessions.begin(AMINA.id, NOW)
    actor = acting(begun.token)
    assert actor.roles == frozenset(AMINA.roles)
    assert actor.access_point == f"web:{begun.reference}"
    assert sessions.recognise(begun.token + "x", NOW) is None
    assert sessions.recognise("", NOW) is None


def test_after_thirty_minutes_without_a_request_it_is_over() -> None:
    token = sessions.begin(AMINA.id, NOW).token
    assert sessions.recognise(token, minutes(29.9))
    assert sessions.recognise(token, minutes(59.8))
    assert sessions.recognise(token, minutes(89.9)) is None


def test_after_ten_hours_it_is_over_however_busy() -> None:
    token = sessions.begin(AMINA.id, NOW).token
    for turn in range(1, 30):
        assert sessions.recognise(token, minutes(20 * turn))
    assert sessions.recognise(token, minutes(599.9))
    assert sessions.recognise(token, minutes(600)) is None


def test_last_seen_is_written_once_a_minute_and_not_on_each_request(sealed_house: House) -> None:
    begun = sessions.begin(AMINA.id, NOW)
    for seconds in (0, 10, 59, 60, 61, 119):
        actor = acting(begun.token, NOW + timedelta(seconds=seconds))
    (own,) = sessions.listed(actor, minutes(2))
    assert own.last_seen_at == minutes(1)
    assert own.is_this_one


def test_the_token_stands_nowhere_in_the_store(sealed_house: House) -> None:
    token = sessions.begin(AMINA.id, NOW).token
    with sealed_house.stores.casework.connect() as casework:
        rows = casework.execute(text("SELECT * FROM sessions")).all()
    assert len(rows) == 1
    assert token not in str(rows)
    assert len(token) == 43, "256 bits"


def test_tokens_are_new_each_time() -> None:
    assert len({sessions.begin(AMINA.id, NOW).token for _ in range(20)}) == 20


def test_an_ended_session_is_refused_at_once_and_stays_ended() -> None:
    begun = sessions.begin(AMINA.id, NOW)
    actor = acting(begun.token)
    assert sessions.end(actor, begun.reference, NOW) == Allowed()
    assert sessions.recognise(begun.token, NOW) is None
    assert isinstance(sessions.end(actor, begun.reference, NOW), Refused)


def test_a_request_under_way_does_not_bring_an_ended_session_back(sealed_house: House) -> None:
    begun = sessions.begin(AMINA.id, NOW)
    actor = acting(begun.token)
    sessions.end(actor, begun.reference, minutes(2))
    sessions._seen(begun.reference, minutes(3))
    assert sessions.recognise(begun.token, minutes(3)) is None


def test_suspending_ends_every_session_of_the_colleague_and_of_nobody_else() -> None:
    ended = [sessions.begin(AMINA.id, NOW).token for _ in range(3)]
    kept = sessions.begin(ADA.id, NOW).token
    assert accounts.suspend(actors.system(), AMINA.id, NOW) == Allowed()
    assert [sessions.recognise(token, NOW) for token in ended] == [None] * 3
    assert sessions.recognise(kept, NOW)


def test_ending_the_others_leaves_this_one() -> None:
    here, elsewhere = sessions.begin(AMINA.id, NOW), sessions.begin(AMINA.id, NOW)
    assert sessions.end_others(acting(here.token), NOW) == 1
    assert sessions.recognise(here.token, NOW)
    assert sessions.recognise(elsewhere.token, NOW) is None


def test_a_fresh_factor_counts_for_five_minutes() -> None:
    token = sessions.begin(AMINA.id, NOW).token
    actor = acting(token)
    assert sign_ins.is_fresh(actor, minutes(4.9))
    assert not sign_ins.is_fresh(actor, minutes(5))


def test_nobody_without_an_active_account_gets_a_session() -> None:
    accounts.suspend(actors.system(), AMINA.id, NOW)
    with pytest.raises(LookupError, match="no active account"):
        sessions.begin(AMINA.id, NOW)
