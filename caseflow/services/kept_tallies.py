"""Tallies that were counted before, as long as nothing was recorded since: pages beside one another count once.

Counts alone are kept, of the casework store alone, in the memory of the process. Each change of the store has a row of
its own in one transaction with it (`storage.changes`), so the newest row says whether a tally still holds.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
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
    key = (str(house.settings.instance), _newest_change(house), scope, as_of, known_on)
    with _lock:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
    found = counted(house, scope, as_of, known_on)
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT_AT_MOST:
            _kept.popitem(last=False)
    return found


def _newest_change(house: House) -> str:
    newest: Select[str] = select(Change.id).order_by(literal_column("rowid").desc()).limit(1)
    with house.stores.reading() as session:
        return session.scalar(newest) or ""
