"""The house a process works in: its settings, its opened stores and the catalogue of programmes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from caseflow.domain.catalogues import Catalogue
from caseflow.domain.programmes import Programme
from caseflow.settings import Settings
from caseflow.storage.stores import Stores


@dataclass(frozen=True)
class House:
    """What every service needs and no service makes."""

    settings: Settings
    stores: Stores
    catalogue: Catalogue

    def programme(self, programme: str) -> Programme:
        """The rules of one programme. Raises `KeyError` for an id nobody configured."""
        return self.catalogue.programmes[programme]


_houses: list[House] = []


def current() -> House:
    """The house of this process. Raises `LookupError` before one was entered."""
    if not _houses:
        raise LookupError("No house is open in this process.")
    return _houses[-1]


def enter(house: House) -> None:
    """Makes this the house of the process: the factory and the commands say it once."""
    _houses[:] = [house]


@contextmanager
def inside(house: House) -> Iterator[House]:
    """This house for a while; tests enter many, one after another."""
    _houses.append(house)
    try:
        yield house
    finally:
        _houses.remove(house)
