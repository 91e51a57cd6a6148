"""What was worked out for whom: a bed, another one that would do, and a refusal that is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from caseflow.proofs.plants import Code, fixed
from caseflow.proofs.specimen_rows import Ids, Specimen
from caseflow.proofs.worlds import Client

RUN = "5f1b7c52-0000-4000-8000-0000000000b1"
"""The last working out of the first organisation."""
OF = "de-haven"


def run(now: datetime) -> dict[str, Any]:
    """The counts of that working out; no person is in it."""
    return {
        "id": fixed(RUN), "organisation": fixed(OF), "made_at": fixed(now - timedelta(hours=2)),
        "is_best": Code(True, False),
    }  # fmt: skip


def suggested(client: Client, ids: Ids) -> Iterator[Specimen]:
    """Rows about one client of that organisation."""
    if client.organisation != OF:
        return
    row = {
        "run_id": fixed(RUN), "case_id": fixed(ids.case), "together": fixed(_number(client)),
        "cost_is_exact": Code(True, False), "reasons": Code("needs_met", "own_room"),
    }  # fmt: skip
    nothing = {"decision": fixed(None), "refusal": fixed(None), "decided_at": fixed(None),
               "decided_by": fixed(None), "change_id": fixed(None)}  # fmt: skip
    if client.bed is None:
        without = {"rank": fixed(0), "bed_id": fixed(None), "cost": fixed(0)}
        yield Specimen(
            "suggestions",
            {**row, **nothing, **without, "reasons": Code("no_free_bed", "more_points")},
        )
        return
    own, spare = ids.beds[client.bed], ids.beds[f"spare-{client.bed}"]
    yield Specimen("suggestions", {
        **row, **nothing, "rank": fixed(0), "bed_id": Code(spare, own), "cost": fixed(0),
    })  # fmt: skip
    yield Specimen("suggestions", {**row, **nothing, "rank": fixed(1), "bed_id": Code(own, spare)})


def _number(client: Client) -> int:
    return sum(ord(letter) for letter in client.key)
