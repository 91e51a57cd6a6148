"""Rows of what was told in words and of case conferences: one of each for a client, and a conference of the house."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from caseflow.proofs.plants import Code, Planter, fixed
from caseflow.proofs.specimen_rows import Ids, Specimen
from caseflow.proofs.visitors import HAVEN

CONFERENCE = "5f1b7c52-0000-4000-8000-0000000000c1"
MEMBER = "5f1b7c52-0000-4000-8000-0000000000c2"
OFFICE = "5f1b7c52-0000-4000-8000-0000000000c3"


def rows(
    planter: Planter, accounts: Mapping[str, str], now: datetime
) -> Iterator[tuple[str, dict[str, Any]]]:
    """A conference that is to come, and the office that sits there."""
    told = {"recorded_by": fixed(accounts["clerk"])}
    yield "offices", {
        **told, "id": fixed(OFFICE), "organisation": fixed(HAVEN), "recipient": fixed("municipality"),
        "recipient_class": fixed("municipality"), "standing": fixed(False), "closed_on": fixed(None),
    }  # fmt: skip
    yield "conferences", {
        **told, "id": fixed(CONFERENCE), "organisation": fixed(HAVEN), "chair": fixed(accounts["clerk"]),
        "held_on": fixed(planter.day(now.date() + timedelta(days=11))), "state": Code("planned", "held"),
    }  # fmt: skip
    yield "conference_members", {
        **told, "id": fixed(MEMBER), "conference_id": fixed(CONFERENCE), "office_id": fixed(OFFICE),
        "kind": Code("municipality", "care"), "function": Code("doctor", "lawyer"),
    }  # fmt: skip


def of_client(organisation: str, ids: Ids) -> Iterator[Specimen]:
    """What was told of one client, in danger and otherwise, and where their case is to be discussed."""
    spare, clerk, item = ids.accounts["spare"], ids.accounts["clerk"], ids.planter.id()
    written = {
        "case_id": fixed(ids.case),
        "change_id": fixed(ids.change),
        "recorded_by": Code(clerk, spare),
    }
    for called, against in ((Code("ambulance", "112"), Code("late", None)),
                            (fixed(None), Code("restricted", "too_much"))):  # fmt: skip
        told = ids.planter.id()
        yield _spoken(ids, told, is_danger=called.other is not None)
        yield Specimen("tellings", {
            **written, "disclosure_id": fixed(told), "organisation": fixed(organisation), "called": called,
            "against": against, "about_id": fixed(None), "seen_by": fixed(None), "seen_at": fixed(None),
        })  # fmt: skip
    if organisation != HAVEN:
        return  # the conference is De Haven's: no agenda has cases of two organisations
    sheet = ids.planter.id()
    yield _sheet(ids, sheet)
    yield Specimen("disclosed_values", {
        "client_code": fixed(ids.code), "case_id": fixed(ids.case), "disclosure_id": fixed(sheet),
        "fields": fixed(f'{{"client_code":"{ids.code}"}}'), "letter": fixed(None), "recorded_by": fixed(clerk),
        "dated_on": fixed(ids.long_ago()), "change_id": fixed(ids.change),
    })  # fmt: skip
    yield Specimen("conference_cases", {
        **written, "id": fixed(item), "conference_id": fixed(CONFERENCE), "answer": Code("knows", "agrees"),
        "state": Code("asked", "declined"), "told_on": ids.other_day(ids.day(68)), "decided_by": fixed(None),
        "decided_at": fixed(None),
    })  # fmt: skip
    yield Specimen("conference_sheets", {
        "conference_case_id": fixed(item), "case_id": fixed(ids.case), "member_id": fixed(MEMBER),
        "disclosure_id": fixed(sheet),
    })  # fmt: skip
    yield Specimen("conference_results", {
        **written, "conference_case_id": fixed(item), "decision": Code("plan_again", "care"), "task_id": fixed(None),
    })  # fmt: skip


def _spoken(ids: Ids, row: str, *, is_danger: bool) -> Specimen:
    who = ("vital", "emergency-services", "emergency", "vital", "danger", "vital") if is_danger else (
        "told", "school", "education", "told", "school", "agreed")  # fmt: skip
    left = ids.instant - timedelta(hours=2)
    return _disclosure(
        ids, row, who, office_id=fixed(None), medium=fixed("told"), state=fixed("issued"), issued_at=fixed(left),
        left_on=fixed(ids.day(69)), issued_by=fixed(ids.accounts["clerk"]), about_id=fixed(None),
    )  # fmt: skip


def _sheet(ids: Ids, row: str) -> Specimen:
    who = ("conference_sheet", "municipality", "municipality", "2", "conference", "public-task")
    return _disclosure(
        ids, row, who, office_id=fixed(OFFICE), medium=fixed("handed_over"), state=fixed("asked"),
        issued_at=fixed(None), left_on=fixed(None), issued_by=fixed(None), about_id=fixed(None),
    )  # fmt: skip


def _disclosure(
    ids: Ids, row: str, who: tuple[str, str, str, str, str, str], **given: Code
) -> Specimen:
    kind, recipient, recipient_class, tier, purpose, basis = (fixed(one) for one in who)
    nothing = dict.fromkeys(
        ("agreed_on", "warned_on", "engine", "template", "digest", "ended_by", "ended_at", "why",
         "sampled_by", "sampled_at"), fixed(None),
    )  # fmt: skip
    return Specimen("disclosures", {
        **nothing, "id": fixed(row), "case_id": fixed(ids.case), "kind": kind, "recipient": recipient,
        "recipient_class": recipient_class, "tier": tier, "purpose": purpose, "basis": basis,
        "fields": fixed("client_code"), "language": fixed("nl"), "asked_by": fixed(ids.accounts["clerk"]),
        "asked_at": fixed(ids.instant - timedelta(hours=2)), "change_id": fixed(ids.change), **given,
    })  # fmt: skip
