"""Rows of the waiting list: a place that is asked, one that was asked before, and steps of both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caseflow.proofs.plants import Code, fixed
from caseflow.proofs.specimen_rows import Ids, Specimen


def waiting(ids: Ids) -> Iterator[Specimen]:
    """What is asked for one client, and what was."""
    running, earlier = ids.planter.id(), ids.planter.id()
    yield Specimen("waiting_entries", _told(
        ids, id=fixed(running), wanted=Code("women", "medical"), grounds=Code("street", "street child"),
        entered_on=ids.other_day(ids.day(61)), confirmed_on=ids.other_day(ids.day(62)), state=fixed("waiting"),
        ended_on=fixed(None), end_reason=fixed(None),
    ))  # fmt: skip
    yield Specimen("waiting_entries", _told(
        ids, id=fixed(earlier), wanted=Code("night", "full_day"), grounds=Code("unsafe", "child"),
        entered_on=ids.other_day(ids.day(63)), confirmed_on=ids.other_day(ids.day(64)), state=fixed("removed"),
        ended_on=ids.other_day(ids.day(65)), end_reason=Code("gone", "elsewhere"),
    ))  # fmt: skip
    yield Specimen("waiting_events", _told(
        ids, entry_id=fixed(running), kind=Code("entered", "changed"), wanted=Code("family", "night"),
        grounds=Code("child", "unsafe"), reason=fixed(None), placement_id=fixed(None),
        event_on=ids.other_day(ids.day(66)),
    ))  # fmt: skip
    yield Specimen("waiting_events", _told(
        ids, entry_id=fixed(earlier), kind=fixed("refused"), wanted=fixed(None), grounds=fixed(None),
        reason=Code("too_far", "shared_room"), placement_id=fixed(None), event_on=ids.other_day(ids.day(67)),
    ))  # fmt: skip


def _told(ids: Ids, **given: Any) -> dict[str, Any]:
    return {
        "case_id": fixed(ids.case), "change_id": fixed(ids.change),
        "recorded_by": Code(ids.accounts["clerk"], ids.accounts["spare"]), **given,
    }  # fmt: skip
