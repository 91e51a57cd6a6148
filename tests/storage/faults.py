"""Stores that break where a test says: before or after the n-th thing they are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Faults:
    """Counts every execute, commit and rollback of the wrapped connections; acts at one of them."""

    def __init__(self) -> None:
        self.steps = 0
        self.at: int | None = None
        self.act: Callable[[], object] = lambda: None

    def arm(self, at: int | None, act: Callable[[], object] = lambda: None) -> None:
        """Acts once, at this step from now: odd steps lie before a statement, even ones after it."""
        self.steps, self.at, self.act = 0, at, act

    def around(self, said: Callable[..., Any]) -> Callable[..., Any]:
        def told(*words: Any) -> Any:
            self._step()
            answer = said(*words)
            self._step()
            return answer

        return told

    def _step(self) -> None:
        self.steps += 1
        if self.steps == self.at:
            self.act()

    def wrapping(self, connect: Callable[..., Any]) -> Callable[..., Any]:
        """The same way of connecting, with every connection wrapped."""
        return lambda *words, **named: _Connection(connect(*words, **named), self)


class _Connection:
    def __init__(self, real: Any, faults: Faults) -> None:
        self._real, self._faults = real, faults
        self.commit = faults.around(real.commit)
        self.rollback = faults.around(real.rollback)

    def cursor(self, *words: Any) -> _Cursor:
        return _Cursor(self._real.cursor(*words), self._faults)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class _Cursor:
    def __init__(self, real: Any, faults: Faults) -> None:
        self._real = real
        self.execute = faults.around(real.execute)
        self.executemany = faults.around(real.executemany)

    def __iter__(self) -> Any:
        return iter(self._real)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)
