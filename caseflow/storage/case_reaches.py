"""Which cases somebody counts or lists: of programmes, of the teams they lead, of their own case teams.

The same borders as the gate draws, as conditions that the store can count by; the gate has the last word on each row.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from caseflow.storage.models.cases import Case, CaseTeamMember, Client, RestrictedReader

Where = Sequence[ColumnElement[bool]]
"""Conditions on a case and its client, both of which the question has to join."""


def of_programmes(programmes: Collection[str]) -> Where:
    """Every case of these programmes, restricted ones among them: they are only counted, as each figure does."""
    return (Case.programme.in_(list(programmes)),)


def of_teams(teams: Collection[str], organisation: str, reader: str, today: date) -> Where:
    """The cases of these teams, without restricted ones of which this colleague is no named reader."""
    return Case.team_id.in_(list(teams)), _own(organisation), _open_to(reader, today)


def of_case_teams(user_id: str, organisation: str, today: date) -> Where:
    """The cases on whose case team somebody is today, without restricted ones that they may not read."""
    mine = select(CaseTeamMember.case_id).where(
        CaseTeamMember.user_id == user_id, *_holds(CaseTeamMember, today)
    )
    return Case.id.in_(mine), _own(organisation), _open_to(user_id, today)


def _own(organisation: str) -> ColumnElement[bool]:
    """Held by this organisation, without the index of organisations: teams and case teams are narrower."""
    return Case.organisation.op("||")("") == organisation


def _open_to(user_id: str, today: date) -> ColumnElement[bool]:
    """Not restricted, or read by this named reader: a count would tell of the others."""
    named = select(RestrictedReader.id).where(
        RestrictedReader.client_code == Client.code,
        RestrictedReader.user_id == user_id,
        *_holds(RestrictedReader, today),
    )
    return or_(Client.restricted.is_(False), named.exists())


def _holds(row: Any, today: date) -> tuple[ColumnElement[bool], ...]:
    return row.from_on <= today, or_(row.until_on.is_(None), row.until_on >= today)
