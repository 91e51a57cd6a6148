"""Tallies that were counted before, as long as nothing was recorded since: pages beside one another count once.

Counts alone are kept, of the casework store alone, in the memory of the process. Each change of the store has a row of
its own in one transaction with it (`storage.changes`), so the newest row says whether a tally still holds.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date
from threading import Lock
from typing import Final

from sqlalchemy import Select, literal_column, select

from caseflow.domain.tallies import Tally
from caseflow.services.houses import House
from caseflow.storage.models.operations import Change

KEPT_AT_MOST: Final = 32
Key = tuple[str, str, str, date, date | None]

_kept: OrderedDict[Key, Tally] = OrderedDict()
_lock: Final = Lock()


def kept(
    house: House,
    scope: str,
    as_of: date,
    known_on: date | None,
    counted: Callable[[House, str, date, date | None], Tally],
) -> Tally:
    """The tally of a programme or group at a cut-off: the one in memory where it still holds, else counted now.

    What is recorded while it is counted is in the next one: the state is asked before.
    """

    def one_by_one(asked: House, of: str, days: Sequence[date], on: date | None) -> list[Tally]:
        return [counted(asked, of, day, on) for day in days]

    return kept_on(house, scope, (as_of,), known_on, one_by_one)[0]


def kept_on(
    house: House,
    scope: str,
    days: Sequence[date],
    known_on: date | None,
    counted_on: Callable[[House, str, Sequence[date], date | None], Sequence[Tally]],
) -> list[Tally]:
    """The same at several cut-offs: those that are not in memory are counted together."""
    state = str(house.settings.instance), _newest_change(house)
    keys: dict[date, Key] = {day: (*state, scope, day, known_on) for day in days}
    found: dict[date, Tally] = {}
    with _lock:
        for day, key in keys.items():
            if key in _kept:
                _kept.move_to_end(key)
                found[day] = _kept[key]
    lacking = [day for day in keys if day not in found]
    if lacking:
        found |= zip(lacking, counted_on(house, scope, lacking, known_on), strict=True)
    with _lock:
        for day in lacking:
            _kept[keys[day]] = found[day]
        while len(_kept) > KEPT_AT_MOST:
            _kept.popitem(last=False)
    return [found[day] for day in days]


def _newest_change(house: House) -> str:
    newest: Select[str] = select(Change.id).order_by(literal_column("rowid").desc()).limit(1)
    with house.stores.reading() as session:
        return session.scalar(newest) or ""
