"""A demand that three decided on and that was made ready; whom it is about lies in the vault alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from caseflow.proofs.plants import Code, Planter, fixed
from caseflow.proofs.specimen_rows import Ids, Specimen
from caseflow.proofs.visitors import HAVEN, HAVENHUIS
from caseflow.proofs.worlds import Client

DEMAND: Final = "5f1b7c52-0000-4000-8000-0000000000e1"
FIELD: Final = "own_name"


def rows(
    planter: Planter, accounts: Mapping[str, str], change: str, now: datetime
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything about the demand that is about nobody."""
    clerk = Code(accounts["clerk"], accounts["spare"])
    demand = {"demand_id": fixed(DEMAND)}
    yield "demands", {
        "id": fixed(DEMAND), "organisation": fixed(HAVEN), "door_id": fixed(None), "received_by": clerk,
        "received_at": fixed(now - timedelta(hours=4)),
        "how": Code("letter", "mail"), "authority": Code("police", "avim"),
        "authority_class": Code("enforcement", "immigration"), "power": fixed("recorded"),
        "scope": Code("one_person", "list"), "effect": fixed("order"), "assessed_by": clerk,
        "answered_how": Code("handed_over", "post"), "answered_by": clerk, "outcome": fixed(None),
        "settled_on": fixed(None), "fg_saw_at": fixed(None),
    }  # fmt: skip
    yield "demand_words", {
        **demand, "client_code": fixed(None), "kind": fixed("text"), "change_id": fixed(change), "recorded_by": clerk,
    }  # fmt: skip
    yield "demand_fields", {**demand, "field": fixed(FIELD)}
    for decider, account in (
        ("director", "decider"), ("privacy_officer", "clerk"), ("lawyer", "clerk"),
    ):  # fmt: skip
        decision = planter.id()
        yield "demand_decisions", {
            **demand, "id": fixed(decision), "decider": fixed(decider), "verdict": Code("comply", "partly"),
            "recorded_by": fixed(accounts[account]),
        }  # fmt: skip
        yield "demand_grants", {**demand, "decision_id": fixed(decision), "field": fixed(FIELD)}
    yield "demand_handovers", {
        **demand, "prepared_by": fixed(accounts["clerk"]), "released_by": fixed(None), "released_at": fixed(None),
    }  # fmt: skip
    yield "demand_handover_fields", {**demand, "field": fixed(FIELD)}
    yield "demand_silences", {
        **demand, "ground": Code("criminal", "court"), "is_over": fixed(False), "recorded_by": clerk,
    }  # fmt: skip
    yield "demand_takings", {
        **demand, "kind": Code("computer", "disk"), "site_id": Code(HAVENHUIS, None), "recorded_by": clerk,
    }  # fmt: skip


def words(client: Client, ids: Ids) -> Iterator[Specimen]:
    """Whom it is about: nothing but this row says so."""
    if client.key != "inside":
        return
    written = {
        "demand_id": fixed(DEMAND), "change_id": fixed(ids.change),
        "recorded_by": Code(ids.accounts["clerk"], ids.accounts["spare"]),
    }  # fmt: skip
    yield Specimen("demand_links", {
        **written, "client_code": fixed(ids.code), "disclosure_id": fixed(None), "is_taken_back": Code(False, True),
    })  # fmt: skip
