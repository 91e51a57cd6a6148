"""Rows of help to report, signals of trafficking and child protection, for every client of the world."""

from __future__ import annotations

from collections.abc import Iterator

from caseflow.domain.redaction import Part
from caseflow.proofs.plants import Code, fixed
from caseflow.proofs.specimen_rows import NOT_MISTAKEN, Ids, Specimen
from caseflow.proofs.worlds import Client

P = Part
AUTHORS = ("same-team", "on-duty", "leads-team")
"""Colleagues who are not on the case team, and each wrote one report before: they read their own alone."""


def protection(client: Client, ids: Ids) -> Iterator[Specimen]:
    """One of each, written by the clerk; reports also by those who read what they wrote themselves."""
    clerk = Code(ids.accounts["clerk"], ids.accounts["spare"])
    yield _report(ids, clerk, 0, frozenset({P.REST}), "")
    if client.key == "inside":
        for n, author in enumerate(AUTHORS, start=1):
            by = Code(ids.accounts[author], ids.accounts["spare"])
            yield _report(ids, by, n, frozenset({P.REST, P.OWN}), author)
    by_clerk = {"recorded_by": clerk, "change_id": fixed(ids.change)}
    of_case = {**by_clerk, **NOT_MISTAKEN, "case_id": fixed(ids.case)}
    record = ids.planter.id()
    yield Specimen("trafficking_records", {
        **of_case, "id": fixed(record), "seen_on": ids.other_day(ids.day(45)), "wish": Code("help", "nothing_now"),
        "along": Code("lawyer", "caseworker"), "route": Code("comensha", "both"), "with_name": Code(True, False),
    })  # fmt: skip
    yield Specimen("trafficking_signals", {
        "record_id": fixed(record), "code": Code("hurt", "threatened"),
    })  # fmt: skip
    concern, step = ids.planter.id(), ids.planter.id()
    yield Specimen("child_concerns", {
        **of_case, "id": fixed(concern), "whom": Code("own_child", "unborn"), "is_acute": Code(True, False),
        "task_id": fixed(None),
    })  # fmt: skip
    yield Specimen("child_concern_steps", {
        **by_clerk, "id": fixed(step), "concern_id": fixed(concern), "step": fixed("report"),
        "done_on": ids.other_day(ids.day(46)), "result": Code("to_veilig_thuis", "to_112"),
        "agreed_by": fixed(ids.accounts["decider"]), "agreed_change_id": fixed(ids.change),
        "disclosure_id": fixed(None),
    })  # fmt: skip
    for about in (record, step):
        yield Specimen("protection_words", {
            **by_clerk, "client_code": fixed(ids.code), "about_id": fixed(about),
        })  # fmt: skip


def _report(ids: Ids, by: Code, n: int, parts: frozenset[Part], author: str) -> Specimen:
    report = ids.planter.id()
    return Specimen("safe_reports", {
        "id": fixed(report), "report_id": fixed(report), "client_code": fixed(ids.code), "case_id": fixed(ids.case),
        "change_id": fixed(ids.change), "recorded_by": by, "standing": Code("victim", "witness"),
        "wish": Code("report", "tell_only"), "along": Code("lawyer", "victim_support"),
        "meets_on": ids.other_day(ids.ahead(50 + n)), "meets_at": Code("14:30", "15:45"),
        "told_on": ids.other_day(ids.day(47 + n)), "told_in": Code("ti", "fa"), "outcome": Code("taken", "later"),
        "outcome_on": ids.other_day(ids.day(52 + n)), "victim_support": Code("asked", "told"),
        "damages_fund": Code("told", "not_wanted"), "task_id": fixed(None), "taken_back": fixed(False),
    }, parts, author)  # fmt: skip
