"""One declarative base per store, and the column that cannot be declared without saying why it is kept."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, MappedColumn, mapped_column

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment, Part

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class CaseworkBase(DeclarativeBase):
    """Coded facts, beds, tasks, publications, accounts, jobs: open while vaults are sealed."""

    metadata = MetaData(naming_convention=NAMING)


class VaultBase(DeclarativeBase):
    """Words about people; one file per organisation with the same tables."""

    metadata = MetaData(naming_convention=NAMING)


class AuditBase(DeclarativeBase):
    """Who looked at or changed what; ids only."""

    metadata = MetaData(naming_convention=NAMING)


class CardsBase(DeclarativeBase):
    """Emergency cards, outside the seal."""

    metadata = MetaData(naming_convention=NAMING)


class Instant(TypeDecorator[datetime]):
    """A UTC instant, kept as sortable text (`2026-11-22T12:00:00.000000Z`); a naive datetime is refused."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant needs its zone.")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def kept(
    compartment: Compartment,
    purpose: Purpose,
    *column: Any,
    part: Part = Part.REST,
    **options: Any,
) -> MappedColumn[Any]:
    """A column with its compartment, part and purpose; there is no other way to declare one."""
    info = {"compartment": compartment, "part": part, "purpose": purpose}
    return mapped_column(*column, info=info, **options)


def new_id() -> str:
    """A random id that says nothing."""
    return str(uuid.uuid4())
