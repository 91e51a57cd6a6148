"""The intake desk registers somebody with a call name."""

from __future__ import annotations

import pytest

from tests import cast
from tests.serving import ClientAs, post

NEW = "/applications/new"


def registered(client_as: ClientAs, **fields: object):  # type: ignore[no-untyped-def]
    return post(
        client_as(cast.TESS),
        NEW,
        **{"call_name": "Blue", "programme": "waterstad-lvv", "applied_on": "22-11-2026", **fields},
    )


@pytest.fixture(autouse=True)
def _today() -> object:
    from caseflow import clock

    with clock.fixed(cast.NOW):
        yield


def test_a_call_name_is_enough_and_need_not_be_real(client_as: ClientAs) -> None:
    desk = client_as(cast.TESS)
    assert "need not be a real name" in desk.get(NEW, headers={"Accept-Language": "en"}).text
    answer = registered(client_as)
    assert answer.status_code == 303
    shown = desk.get(answer.location)
    assert shown.status_code == 200
    assert "Blue" in shown.text
