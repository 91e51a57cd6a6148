"""A statement of bed-nights as the proof plants it, and the sample that an accountant looks behind."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from caseflow.proofs.grounds import NOW
from caseflow.proofs.plants import Planter, fixed

SAMPLED: Final = ("inside", "restricted")
"""Clients of whom a night is in the sample; the restricted one is never shown."""
ORGANISATION: Final = "de-haven"


def rows(
    planter: Planter, accounts: Mapping[str, str], stays: Mapping[str, str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """A statement of bed-nights, two sessions over it that run, and one that was signed.

    The first night of one that runs is of the client *inside*, that of the other of the restricted client.
    """
    statement, month = planter.id(), date(2026, 10, 1)
    row = {
        "kinds": ["full_day"], "sites": 2, "occupied": planter.number(), "held": planter.number(),
        "void": planter.number(), "free": planter.number(), "overflow": planter.number(),
        "parts": [["municipality", planter.number(), planter.number(), planter.number(), 0]],
    }  # fmt: skip
    told = {"rule_version": "proof", "month": "2026-10", "rows": [row], "without_round": []}
    yield "bed_night_statements", {
        "id": fixed(statement), "organisation": fixed(ORGANISATION), "month": fixed(month), "number": fixed(1),
        "content": fixed(json.dumps(told)), "rule_version": fixed("proof"),
        "recorded_by": fixed(accounts["finance"]),
    }  # fmt: skip
    runs, signed = {client: planter.id() for client in SAMPLED}, planter.id()
    closed: dict[str, datetime | None] = dict.fromkeys(runs.values())
    closed[signed] = NOW - timedelta(hours=1)
    for session, closed_at in closed.items():
        yield "auditor_sessions", {
            "id": fixed(session), "statement_id": fixed(statement), "auditor_id": fixed(accounts["auditor"]),
            "opened_by": fixed(accounts["privacy-officer"]), "opened_at": fixed(NOW - timedelta(hours=2)),
            "ends_at": fixed(NOW + timedelta(hours=2)), "closed_at": fixed(closed_at),
        }  # fmt: skip
    for client, session in runs.items():
        yield "sampled_nights", {
            "session_id": fixed(session), "number": fixed(1), "kind": fixed("full_day"),
            "state": fixed("occupied"), "placement_id": fixed(stays[client]), "finding": fixed(None),
            "found_at": fixed(None), "night": fixed(NOW.date() - timedelta(days=1)),
        }  # fmt: skip
    yield "assurance_notes", {
        "session_id": fixed(signed), "statement_id": fixed(statement), "sampled": fixed(25),
        "in_order": fixed(24), "findings": fixed('{"other_bed": 1}'),
        "signed_by": fixed(accounts["auditor"]),
    }  # fmt: skip
