"""What a client was told and agreed to: one text, a standing agreement, a share, one that was taken back; own words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from caseflow.proofs.plants import Code, fixed
from caseflow.proofs.specimen_rows import NOT_MISTAKEN, Ids, Specimen
from caseflow.proofs.visitors import HAVEN, KOMPAS
from caseflow.proofs.worlds import Client

NOT_WITHDRAWN = {
    "withdrawn_on": fixed(None),
    "withdrawn_at": fixed(None),
    "withdrawn_by": fixed(None),
    "withdrawn_change_id": fixed(None),
}


def consent(client: Client, ids: Ids) -> Iterator[Specimen]:
    """Every row about what one client was told and agreed to."""
    clerk = Code(ids.accounts["clerk"], ids.accounts["spare"])
    of_case = {"case_id": fixed(ids.case), "recorded_by": clerk, "change_id": fixed(ids.change)}
    yield Specimen("information_given", {
        **of_case, **NOT_MISTAKEN, "kind": Code("rights", "purposes"), "text_version": Code(1, 2),
        "language": Code("so", "am"), "understood": Code(True, False), "way": Code("interpreter", "read_out"),
        "given_on": ids.other_day(ids.day(13)),
    })  # fmt: skip
    agreed: dict[str, Any] = {**of_case, "language": Code("so", "am"), "organisation": fixed(None)}
    yield Specimen("agreements", {
        **agreed, **NOT_WITHDRAWN, "kind": Code("recipients", "channel"), "about": Code("legal", "care"),
        "agreed_on": ids.other_day(ids.day(15)), "until_on": ids.other_day(ids.ahead(51)),
    })  # fmt: skip
    other = KOMPAS if client.organisation == HAVEN else HAVEN
    yield Specimen("agreements", {
        **agreed, **NOT_WITHDRAWN, "kind": fixed("share"), "about": fixed("shelter"),
        "organisation": Code(other, "gemeente-waterstad"), "agreed_on": ids.other_day(ids.day(17)),
        "until_on": fixed(None),
    })  # fmt: skip
    yield Specimen("agreements", {
        **agreed, "kind": fixed("channel"), "about": Code("phone", "text"), "until_on": fixed(None),
        "agreed_on": ids.other_day(ids.day(19)), "withdrawn_on": ids.other_day(ids.day(23)),
        "withdrawn_at": fixed(ids.instant), "withdrawn_by": clerk, "withdrawn_change_id": fixed(ids.change),
    })  # fmt: skip
    yield Specimen("consent_words", {
        "client_code": fixed(ids.code), "case_id": fixed(ids.case), "recorded_by": clerk,
        "change_id": fixed(ids.change),
    })  # fmt: skip
