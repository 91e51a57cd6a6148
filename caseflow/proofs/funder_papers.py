"""What funders get beside publications, as the proof plants it: a sheet, sentinel figures, and two statements.

One statement is for the funder who visits, the other for an account that nobody visits with: no funder knows of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

from caseflow.domain.actors import Role
from caseflow.proofs.grounds import NOW
from caseflow.proofs.plants import BEGINNING, Kind, Plant, Planter, Row, fixed
from caseflow.proofs.visitors import Visitor

STATEMENTS: Final = frozenset({"accountability_statements", "accountability_approvals"})
OF_THE_OTHER: Final = "spare"
"""The account that the other statement is for."""
NAMED: Final = frozenset({"user_accounts.id", "user_accounts.display_name"})
LEAST_NUMBER: Final = 50_000
"""Numbers below it are no plants."""
INSIDE: Final = frozenset({Role.PROGRAMME_MANAGER, Role.TEAM_LEAD, Role.PRIVACY_OFFICER})


def rows(
    planter: Planter, accounts: Mapping[str, str], programme: str
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each row with its table and the account it is for, if any."""
    row = {
        "kinds": ["full_day"], "sites": 2, "funded_places": planter.number(), "funded": planter.number(),
        "available": planter.number(), "void": planter.number(), "occupancy": 85,
    }  # fmt: skip
    told = {
        "month": "2026-10", "rows": [row], "together": row, "services": {"meal": planter.number()},
        "costs": [["travel", planter.number()]], "allowances": planter.number(), "step": 5,
    }  # fmt: skip
    yield "operations_sheets", "", {
        "scope": fixed(programme), "month": fixed(date(2026, 10, 1)), "number": fixed(1),
        "rule_version": fixed("proof"), "content": fixed(json.dumps(told)), "composition": fixed("[]"),
    }  # fmt: skip
    for kind in ("death", "minor_without_bed"):
        yield "sentinel_figures", "", {
            "programme": fixed(programme), "year": fixed(2025), "kind": fixed(kind), "number": fixed(1),
            "is_none": fixed(False),
        }  # fmt: skip
    for account in ("funder", OF_THE_OTHER):
        statement = planter.id()
        content = {
            "rows": [{"labels": [[planter.word(), planter.word()]], "count": planter.number()}]
        }
        yield "accountability_statements", account, {
            "id": fixed(statement), "programme": fixed(programme), "kind": fixed("cumulative"),
            "cut_off": fixed(date(2026, 9, 30)), "state": fixed("issued"), "rule_version": fixed("proof"),
            "content": fixed(json.dumps(content)), "known": fixed("[]"), "reader_id": fixed(accounts[account]),
            "until_on": fixed(NOW.date() + timedelta(days=90)), "proposed_by": fixed(accounts["manager"]),
            "ended_at": fixed(None), "ended_by": fixed(None), "ended_change_id": fixed(None),
        }  # fmt: skip
        yield "accountability_approvals", account, {
            "statement_id": fixed(statement), "as_role": fixed("team_lead"),
            "user_id": fixed(accounts["lead-on-duty"]),
        }  # fmt: skip


def printed_in(row: Row) -> list[Plant]:
    """The words and numbers inside the content of a paper, to be looked for as themselves."""
    found = [one for one in row.plants if one.column == "content"]
    return [
        replace(one, kind=Kind.NUMBER if isinstance(value, int) else Kind.WORD, value=value)
        for one in found
        for value in _planted(json.loads(one.value))
    ]


def _planted(content: Any) -> Iterator[Any]:
    """Every value of a nested content that stands nowhere else."""
    if isinstance(content, dict):
        content = list(content.values())
    if isinstance(content, list):
        for one in content:
            yield from _planted(one)
    is_number = isinstance(content, int) and content > LEAST_NUMBER
    if is_number or (isinstance(content, str) and content.lower().startswith(BEGINNING)):
        yield content


def names(visitor: Visitor, plant: Plant) -> bool:
    """How whoever proposes or approves names the official whom a statement is for."""
    is_official = plant.account in ("funder", OF_THE_OTHER)
    return is_official and plant.place in NAMED and visitor.role in INSIDE


def may_read(visitor: Visitor, plant: Plant) -> bool:
    """Whether a value of a statement may stand in an answer: inside, and for the one official whom it is for."""
    return visitor.role in INSIDE or plant.account == visitor.key
