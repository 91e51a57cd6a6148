"""What a client asked about their own data: a request that waits with an advice, one that was answered; their words."""

from __future__ import annotations

from collections.abc import Iterator

from caseflow.proofs.plants import Code, fixed
from caseflow.proofs.specimen_rows import Ids, Specimen
from caseflow.proofs.worlds import Client


def requests(client: Client, ids: Ids) -> Iterator[Specimen]:
    """Two requests of one client; none that freezes, for then no letter of theirs could be looked at."""
    clerk = Code(ids.accounts["clerk"], ids.accounts["spare"])
    of_case = {
        "case_id": fixed(ids.case), "organisation": fixed(client.organisation), "recorded_by": clerk,
        "change_id": fixed(ids.change), "lift_told_on": fixed(None), "lifted_on": fixed(None),
        "lifted_by": fixed(None),
    }  # fmt: skip
    waits, answered = ids.planter.id(), ids.planter.id()
    yield Specimen("client_requests", {
        **of_case, "id": fixed(waits), "kind": fixed("erasure"), "about": Code("part_of_file", "whole_file"),
        "asked_on": ids.other_day(ids.day(12)), "asked_by": Code("representative", "lawyer"),
        "identity": Code("mandate", "not_yet"), "language": Code("ti", "fa"), "due_on": ids.other_day(ids.ahead(53)),
        "extended_on": fixed(None), "longer_because": fixed(None), "advised_outcome": Code("refused", "partly"),
        "advised_ground": Code("legal_duty", "claims"), "advised_by": clerk, "outcome": fixed(None),
        "ground": fixed(None), "decided_on": fixed(None), "decided_by": fixed(None), "answered_on": fixed(None),
        "answered_by": fixed(None),
    })  # fmt: skip
    yield Specimen("client_requests", {
        **of_case, "id": fixed(answered), "kind": fixed("rectification"), "about": Code("words", "fact"),
        "asked_on": ids.other_day(ids.day(16)), "asked_by": fixed("client"), "identity": Code("code", "known"),
        "language": Code("so", "am"), "due_on": ids.other_day(ids.ahead(55)),
        "extended_on": ids.other_day(ids.day(14)), "longer_because": Code("complex", "many"),
        "advised_outcome": fixed(None), "advised_ground": fixed(None), "advised_by": fixed(None),
        "outcome": Code("statement", "granted"), "ground": fixed(None), "decided_on": ids.other_day(ids.day(11)),
        "decided_by": clerk, "answered_on": ids.other_day(ids.day(10)), "answered_by": clerk,
    })  # fmt: skip
    for request, kind in ((waits, "asked"), (answered, "asked"), (answered, "statement")):
        yield Specimen("client_request_words", {
            "client_code": fixed(ids.code), "case_id": fixed(ids.case), "request_id": fixed(request),
            "kind": fixed(kind), "recorded_by": clerk, "change_id": fixed(ids.change),
        })  # fmt: skip
