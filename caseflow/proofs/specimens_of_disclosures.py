"""Rows of what left: a lawyer the client agreed to, a letter that went there, one that waits, a notice to be told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from caseflow.proofs.plants import Code, Planter, fixed
from caseflow.proofs.specimen_rows import Ids, Specimen
from caseflow.proofs.visitors import HAVEN, KOMPAS

OFFICES = {
    HAVEN: "5f1b7c52-0000-4000-8000-0000000000d1",
    KOMPAS: "5f1b7c52-0000-4000-8000-0000000000d2",
}
"""The lawyer's office in the registry of each organisation."""
UNSAID = (
    "about_id", "warned_on", "ended_by", "ended_at", "why", "sampled_by", "sampled_at",
)  # fmt: skip


def rows(
    planter: Planter, accounts: Mapping[str, str]
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """An office of each registry, with the organisation whose it is."""
    for organisation, office in OFFICES.items():
        yield "offices", organisation, {
            "id": fixed(office), "organisation": fixed(organisation), "recipient": fixed("own-lawyer"),
            "recipient_class": fixed("legal"), "standing": fixed(True), "closed_on": fixed(None),
            "recorded_by": fixed(accounts["clerk"]),
        }  # fmt: skip


def of_client(organisation: str, ids: Ids) -> Iterator[Specimen]:
    """What left of one client, what waits, and who is still to be told."""
    office = fixed(OFFICES[organisation])
    clerk = ids.accounts["clerk"]
    yield Specimen("standing_recipients", {
        "case_id": fixed(ids.case), "office_id": office, "agreed_on": ids.other_day(ids.day(71)),
        "agreed_in": Code("ar", "fa"), "withdrawn_on": fixed(None), "withdrawn_by": fixed(None),
        "withdrawn_change_id": fixed(None), "recorded_by": fixed(clerk), "change_id": fixed(ids.change),
    })  # fmt: skip
    left, waits = ids.planter.id(), ids.planter.id()
    at = ids.instant - timedelta(hours=3)
    yield _disclosure(
        ids, left, "attendance_statement", "own-lawyer", "legal", "1", purpose=fixed("procedure"), office_id=office,
        fields=fixed("attended own_name"), medium=fixed("post"), language=fixed("nl"), state=fixed("issued"),
        agreed_on=fixed(None), left_on=fixed(ids.day(75)), issued_at=fixed(at), issued_by=fixed(clerk),
        engine=fixed("an older engine"), template=fixed("attendance_statement-1"), digest=fixed("0" * 64),
    )  # fmt: skip
    yield _values(
        ids, left, {"own_name": ids.code, "attended": "2026-11-20"}, "attendance_statement"
    )
    yield _disclosure(
        ids, waits, "authority_letter", "national-authorities", "national_authority", "3",
        purpose=Code("procedure", "return"), office_id=fixed(None), fields=fixed("own_name"),
        medium=Code("post", "secure_mail"), language=Code("nl", "en"), state=fixed("asked"),
        agreed_on=ids.other_day(ids.day(73)), left_on=fixed(None), issued_at=fixed(None), issued_by=fixed(None),
        engine=fixed(None), template=fixed(None), digest=fixed(None),
    )  # fmt: skip
    yield _values(ids, waits, {"own_name": ids.code}, "authority_letter")
    yield Specimen("disclosure_approvals", {
        "disclosure_id": fixed(waits), "user_id": fixed(ids.accounts["decider"]), "approved_as": fixed("second_person"),
        "by": fixed("screen"), "recorded_by": fixed(ids.accounts["decider"]), "approved_at": fixed(at),
        "change_id": fixed(ids.change), "confirmed_at": fixed(at), "confirmed_change_id": fixed(ids.change),
        "denied_at": fixed(None),
    })  # fmt: skip
    yield Specimen("disclosure_notices", {
        "disclosure_id": fixed(left), "why": Code("rectified", "mistake"), "task_id": fixed(None),
        "letter_id": fixed(None), "recorded_by": fixed(clerk), "change_id": fixed(ids.change), "told_on": fixed(None),
        "told_how": fixed(None), "told_by": fixed(None), "told_change_id": fixed(None),
    })  # fmt: skip


def _disclosure(
    ids: Ids, row: str, kind: str, recipient: str, recipient_class: str, tier: str, **given: Code
) -> Specimen:
    nothing = dict.fromkeys(UNSAID, fixed(None))
    return Specimen("disclosures", {
        **nothing, "id": fixed(row), "case_id": fixed(ids.case), "kind": fixed(kind), "recipient": fixed(recipient),
        "recipient_class": fixed(recipient_class), "tier": fixed(tier), "basis": fixed("agreed"),
        "asked_by": fixed(ids.accounts["clerk"]), "asked_at": fixed(ids.instant - timedelta(hours=4)),
        "change_id": fixed(ids.change), **given,
    })  # fmt: skip


def _values(ids: Ids, row: str, fields: Mapping[str, str], kind: str) -> Specimen:
    """The exact words of a record: the client's code stands for a name, so that a paper can be looked into."""
    letter = {
        "kind": kind, "language": "nl", "day": "2026-11-20", "reference": None, "below": None, "version": 1,
        "addressee": ["Kantoor"], "values": dict(fields),
        "sender": {"name": "Afzender", "address": ["Postbus 1"], "telephone": None, "signed_by": None},
    }  # fmt: skip
    return Specimen("disclosed_values", {
        "client_code": fixed(ids.code), "case_id": fixed(ids.case), "disclosure_id": fixed(row),
        "fields": fixed(json.dumps(dict(fields), sort_keys=True)), "letter": fixed(json.dumps(letter)),
        "recorded_by": fixed(ids.accounts["clerk"]), "dated_on": fixed(ids.long_ago()),
        "change_id": fixed(ids.change),
    })  # fmt: skip
