"""Rows about a house itself: marks, limits, shares, what was out of service, and a line of its log; of no client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from caseflow.proofs.plants import Code, Planter, fixed
from caseflow.proofs.visitors import HAVENHUIS

OUTAGE = "5f1b7c52-0000-4000-8000-0000000000d1"


def rows(
    planter: Planter, accounts: Mapping[str, str], beds: Mapping[str, str], now: datetime
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What there is to know about one house over time; nothing of it keeps a bed empty tonight."""
    told = {"recorded_by": Code(accounts["clerk"], accounts["spare"])}
    today = now.date()
    yield "place_marks", {
        **told, "room_id": fixed(None), "bed_id": fixed(beds["bed-a"]), "kind": Code("accessible", "upper_bunk"),
        "holds": Code(True, False), "from_on": fixed(planter.day(today - timedelta(days=70))),
    }  # fmt: skip
    yield "site_limits", {**told, "site_id": fixed(HAVENHUIS), "most_people": fixed(417)}
    yield "site_shares", {
        **told, "site_id": fixed(HAVENHUIS), "funder": Code("fund", "own"), "beds": fixed(0),
    }  # fmt: skip
    yield "out_of_service", {
        **told, "id": fixed(OUTAGE), "outage_id": fixed(OUTAGE), "site_id": fixed(HAVENHUIS),
        "room_id": fixed(None), "bed_id": fixed(beds["bed-a"]), "reason": Code("pests", "staffing"),
        "from_on": fixed(today - timedelta(days=900)), "expected_until_on": fixed(today - timedelta(days=897)),
        "until_on": fixed(today - timedelta(days=898)), "mistaken": Code(False, True),
        "replaced_at": fixed(None), "replaced_change_id": fixed(None),
    }  # fmt: skip
    yield "neighbourhood_entries", {
        **told, "site_id": fixed(HAVENHUIS), "kind": Code("letter", "offer"), "taken_out_by": fixed(None),
        "taken_out_at": fixed(None),
    }  # fmt: skip
