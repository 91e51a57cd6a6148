"""What is planted: for every column of a row a value of its own, by the type of the column.

Words, numbers, days and instants are made here and are unique; codes are given by `specimens`, each with a second
one, and are proven by difference. A column that was added yesterday is planted today, because tables are walked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, String, Table

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part
from caseflow.storage.models.bases import Instant

LETTERS: Final = "bcdfghjklmnprstvwx"
WORD_LENGTH: Final = 7
BEGINNING: Final = "zq"
BOOKKEEPING: Final = frozenset({Purpose.ACCOUNTABILITY, Purpose.OPERATION})
"""Columns with these purposes are due to nobody by themselves; they go with the row they stand in."""
_NAMESPACE: Final = UUID("6f0c2b9e-4a51-4d6a-9a3f-3f1d2a7c9b10")
_FIRST_NUMBER, _NUMBERS_APART = 50_021, 37
A_DAY: Final = timedelta(days=1)


class Kind(StrEnum):
    """What sort of value stands in a column, which says how it is looked for."""

    WORD = "word"
    ID = "id"
    CODE = "client code"
    NUMBER = "number"
    DAY = "day"
    INSTANT = "instant"
    CHOICE = "choice"  # codes, booleans and links: proven by difference


@dataclass(frozen=True)
class Code:
    """A coded value, and another that is just as possible there (none: it is part of the world's structure)."""

    value: Any
    other: Any = None
    has_other: bool = True


def fixed(value: Any) -> Code:
    """A value that holds the world together: changing it would be another world."""
    return Code(value, None, False)


@dataclass(frozen=True)
class Plant:
    """One value in one column of one row, and which compartment and parts it belongs to."""

    store: str
    table: str
    column: str
    row: str
    owner: str
    """The client it is about; empty for what is about no client."""
    compartment: Compartment
    parts: frozenset[Part]
    purpose: Purpose
    kind: Kind
    value: Any
    other: Any = None
    has_other: bool = True
    account: str = ""
    """The colleague it is about, where it is about one."""
    organisation: str = ""

    @property
    def place(self) -> str:
        """Table and column: what a report says instead of the value."""
        return f"{self.table}.{self.column}"

    @property
    def name(self) -> str:
        """Compartment and part, table and column."""
        parts = "+".join(sorted(self.parts))
        return f"{self.compartment}.{parts} {self.place}"

    @property
    def is_looked_for(self) -> bool:
        """Whether its value can be seen as itself; a code, a boolean or a link is proven by difference."""
        return self.kind is not Kind.CHOICE

    @property
    def is_bookkeeping(self) -> bool:
        return self.purpose in BOOKKEEPING or self.kind is Kind.ID


@dataclass
class Row:
    """A row as it is written, and what is planted in it."""

    store: str
    table: Table
    values: dict[str, Any]
    plants: list[Plant] = field(default_factory=list)
    owner: str = ""

    @property
    def id(self) -> str:
        """The primary key as one text."""
        return "/".join(str(self.values[column.name]) for column in self.table.primary_key)


class NotPlantable(Exception):
    """A column for which no value can be made; names table and column, and the repair."""


@dataclass
class Planter:
    """Makes unique values and remembers nothing else: the same calls give the same values."""

    today: date
    count: int = 0
    days_used: set[date] = field(default_factory=set)
    words_used: set[str] = field(default_factory=set)

    def _next(self) -> int:
        self.count += 1
        return self.count

    def word(self) -> str:
        """A word that stands nowhere else."""
        while True:
            digest = hashlib.sha256(str(self._next()).encode()).digest()
            letters = "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:WORD_LENGTH])
            if letters not in self.words_used:
                self.words_used.add(letters)
                return f"{BEGINNING}{letters}".title()

    def id(self) -> str:
        """An id that stands nowhere else."""
        return str(uuid5(_NAMESPACE, str(self._next())))

    def number(self) -> int:
        """A number of five or six digits."""
        return _FIRST_NUMBER + _NUMBERS_APART * self._next()

    def day(self, near: date) -> date:
        """A day that no other column has: this one or the next free one, never crossing today."""
        step, first = timedelta(days=1), near
        while near in self.days_used or near == self.today:
            near += step
            if first < self.today <= near:
                first, near, step = self.today + step, first - step, -step
        self.days_used.add(near)
        return near

    def instant(self, on: date) -> datetime:
        """A minute of that day, by day, that no other column has."""
        return datetime.combine(on, time(6), UTC) + timedelta(minutes=self._next() % 480)

    def row(
        self,
        store: str,
        table: Table,
        given: Mapping[str, Any],
        *,
        owner: str = "",
        account: str = "",
        organisation: str = "",
        base: date | None = None,
        parts: frozenset[Part] | None = None,
    ) -> Row:
        """A row of a table: what is given, and a planted value in every other column."""
        base = base or self.today - timedelta(days=20)
        row = Row(store, table, {}, [], owner)
        found: list[tuple[Column[Any], Kind, Code]] = []
        for column in table.columns:
            kind, code = self._value(column, given, base)
            row.values[column.name] = code.value
            found.append((column, kind, code))
        for column, kind, code in found:
            if code.value is None:
                continue
            info = column.info
            own = frozenset({info["part"]})
            row.plants.append(
                Plant(
                    store, table.name, column.name, row.id, owner, info["compartment"],
                    parts if parts is not None and info["purpose"] not in BOOKKEEPING else own,
                    info["purpose"], kind, code.value, code.other, code.has_other, account, organisation,
                )
            )  # fmt: skip
        return row

    def _value(
        self, column: Column[Any], given: Mapping[str, Any], base: date
    ) -> tuple[Kind, Code]:
        if column.name in given:
            return _as_given(column, given[column.name])
        sort = column.type
        if column.foreign_keys:
            if column.nullable:
                return Kind.CHOICE, fixed(None)
            raise NotPlantable(
                f"{column.table.name}.{column.name} links to another row: say which in caseflow/proofs/specimens.py."
            )
        if column.name == "version":
            return Kind.CHOICE, fixed(1)
        if column.primary_key and isinstance(sort, String):
            return Kind.ID, Code(self.id(), has_other=False)
        if isinstance(sort, Boolean):
            return Kind.CHOICE, Code(False, True)
        if isinstance(sort, Instant):
            at = self.instant(base)
            return Kind.INSTANT, Code(at, at - A_DAY)
        if isinstance(sort, Date):
            on = self.day(base)
            return Kind.DAY, Code(on, on - A_DAY)
        if isinstance(sort, Integer):
            return Kind.NUMBER, Code(self.number(), self.number())
        if isinstance(sort, LargeBinary):
            return Kind.WORD, Code(self.word().encode(), self.word().encode())
        if isinstance(sort, String):  # Text is one
            return Kind.WORD, Code(self.word(), self.word())
        raise NotPlantable(
            f"{column.table.name}.{column.name} has a type that the proof cannot plant: "
            "teach it in caseflow/proofs/plants.py."
        )


def _as_given(column: Column[Any], value: Any) -> tuple[Kind, Code]:
    code = value if isinstance(value, Code) else Code(value, None, has_other=False)
    if isinstance(code.value, datetime):
        return Kind.INSTANT, code
    if isinstance(code.value, date):
        return Kind.DAY, code
    if isinstance(code.value, str) and _is_id(code.value):
        return Kind.ID if column.primary_key else Kind.CHOICE, code
    if isinstance(code.value, str) and code.value.lower().startswith(BEGINNING):
        return Kind.WORD, code
    if column.table.name == "clients" and column.primary_key:
        return Kind.CODE, code
    if (
        isinstance(code.value, int)
        and not isinstance(code.value, bool)
        and code.value >= _FIRST_NUMBER
    ):
        return Kind.NUMBER, code
    return Kind.CHOICE, code


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
