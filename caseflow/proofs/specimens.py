"""One row at least of every table about a client: its codes and links are said here, all else is planted.

A table that is not named here gets a row too, with a planted value in every column, so that it is covered the day it
is added; where its rules ask for codes or links, the run stops and says which column to name here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from caseflow.proofs import (
    specimens_of_conferences,
    specimens_of_demands,
    specimens_of_disclosures,
)
from caseflow.proofs.plants import Code, fixed
from caseflow.proofs.specimen_rows import NOT_MISTAKEN, RUNS, Ids, Specimen
from caseflow.proofs.specimens_in_words import house, words
from caseflow.proofs.specimens_of_consent import consent
from caseflow.proofs.specimens_of_suggestions import suggested
from caseflow.proofs.specimens_waiting import waiting
from caseflow.proofs.worlds import Client

PAY_OUT_RUNS = tuple(f"5f1b7c52-0000-4000-8000-00000000000{n}" for n in (1, 2, 3))
"""Runs of pay-outs in which everybody has a line or a slip."""
TERM_AND_MORE = timedelta(days=720)
"""Beyond the 18 months of the programme, so that the agreed day is the last one."""


def of(client: Client, ids: Ids) -> Iterator[Specimen]:
    """Every row about one client that needs saying."""
    ids.procedure = ids.planter.id()
    yield from _person(client, ids)
    yield from _family_and_health(client, ids)
    yield from _standing(client, ids)
    yield from _facts(client, ids)
    if client.state == "guidance":
        yield from _guidance(client, ids)
    if client.has_left:
        yield from _left(ids)
    yield from waiting(ids)
    yield from consent(client, ids)
    yield from suggested(client, ids)
    yield from words(client, ids)
    yield from house(client, ids)
    yield from specimens_of_demands.words(client, ids)
    yield from specimens_of_conferences.of_client(client.organisation, ids)
    yield from specimens_of_disclosures.of_client(client.organisation, ids)


def _fact(ids: Ids, **given: Any) -> dict[str, Any]:
    return {
        "case_id": fixed(ids.case), "change_id": fixed(ids.change), **NOT_MISTAKEN,
        "recorded_by": Code(ids.accounts["clerk"], ids.accounts["spare"]), **given,
    }  # fmt: skip


def _person(client: Client, ids: Ids) -> Iterator[Specimen]:
    stages = {"application": ("screening", "application"), "guidance": ("guidance", "waiting"),
              "left": ("aftercare", "exited")}  # fmt: skip
    stage, other = stages[client.state]
    yield Specimen("changes", {
        "id": fixed(ids.change), "event": fixed("note_recorded"), "vault": fixed(client.organisation),
        "by": fixed(ids.accounts["clerk"]),
    })  # fmt: skip
    yield Specimen("clients", {
        "code": fixed(ids.code), "organisation": fixed(client.organisation),
        "gender": Code("woman", "man"), "age_band": Code("28-37", "38-47"),
        "language": Code("fa", "ti"), "interpreter": Code(True, False),
        "restricted": fixed(client.readers is not None), "is_test": Code(False, True),
        "change_id": fixed(ids.change),
    })  # fmt: skip
    assigned = client.assigned_days_ago
    yield Specimen("cases", {
        "id": fixed(ids.case), "client_code": fixed(ids.code), "programme": fixed("waterstad-lvv"),
        "organisation": fixed(client.organisation), "team_id": fixed(client.team),
        "stage": Code(stage, other),
        "assigned_on": fixed(None if assigned is None else ids.planter.today - timedelta(days=assigned)),
        "change_id": fixed(ids.change),
    })  # fmt: skip


def _family_and_health(client: Client, ids: Ids) -> Iterator[Specimen]:
    """The household and what health asks for: one need that runs and one that is over, a birth and an illness."""
    told = {"client_code": fixed(ids.code), "change_id": fixed(ids.change),
            "recorded_by": Code(ids.accounts["clerk"], ids.accounts["spare"])}  # fmt: skip
    if client.household:
        runs = {**told, **RUNS, "household_id": fixed(client.household)}
        yield Specimen("household_members", {
            **runs, "role": Code("adult", "partner"), "lives_apart": Code(True, False), "until_on": fixed(None),
            "from_on": ids.other_day(ids.day(27)),
        })  # fmt: skip
        yield Specimen("household_members", {
            **runs, "role": Code("child", "other"), "lives_apart": Code(True, False),
            "from_on": ids.other_day(ids.day(28)), "until_on": Code(ids.day(40), ids.day(39)),
        })  # fmt: skip
    yield Specimen("placement_needs", {
        **told, **RUNS, "kind": Code("single_room", "mobility_aid"), "from_on": ids.other_day(ids.day(29)),
        "until_on": fixed(None),
    })  # fmt: skip
    yield Specimen("placement_needs", {
        **told, **RUNS, "kind": Code("lower_bunk", "accessible"), "from_on": ids.other_day(ids.day(30)),
        "until_on": Code(ids.day(41), ids.day(40)),
    })  # fmt: skip
    yield Specimen("health_needs", told)
    for kind in ("pregnancy", "illness"):
        row, expects = ids.planter.id(), kind == "pregnancy"
        yield Specimen("deferrals", {
            **told, "id": fixed(row), "deferral_id": fixed(row), "kind": fixed(kind), "taken_back": Code(False, True),
            "task_id": fixed(None),
            "expected_on": ids.other_day(ids.ahead(80)) if expects else fixed(None),
            "delivered_on": ids.other_day(ids.day(31)) if expects else fixed(None),
            "from_on": fixed(None) if expects else ids.other_day(ids.day(32)),
            "until_on": fixed(None) if expects else ids.other_day(ids.ahead(90)),
        })  # fmt: skip


def _standing(client: Client, ids: Ids) -> Iterator[Specimen]:
    spare = ids.accounts["spare"]
    for key in sorted(client.members):
        deputy = ids.accounts["case-team"] if key == "deputy" else None
        yield Specimen("case_team_members", {
            "case_id": fixed(ids.case), "user_id": Code(ids.accounts[key], spare),
            "deputy_for": Code(deputy, spare) if deputy else fixed(None),
            "from_on": ids.other_day(ids.day(2)), "until_on": Code(ids.ahead(30), None) if deputy else fixed(None),
            "change_id": fixed(ids.change),
        })  # fmt: skip
    for key in sorted(client.referred):
        yield Specimen("referrals", {
            "case_id": fixed(ids.case), "user_id": Code(ids.accounts[key], spare),
            "kind": Code("legal" if key == "counsellor" else "medical", "medical" if key == "counsellor" else "legal"),
            "from_on": ids.other_day(ids.day(3)), "until_on": fixed(None), "change_id": fixed(ids.change),
        })  # fmt: skip
    for key in sorted(client.along):
        yield Specimen("referrals", {
            "case_id": fixed(ids.case), "user_id": Code(ids.accounts[key], spare), "kind": fixed("accompany"),
            "from_on": ids.other_day(ids.day(1)), "until_on": fixed(ids.ahead(3)), "change_id": fixed(ids.change),
        })  # fmt: skip
    for key in sorted(client.glass):
        yield Specimen("broken_glass", {
            "case_id": fixed(ids.case), "user_id": Code(ids.accounts[key], spare), "purpose": Code("phone", "deadline"),
            "from_at": fixed(ids.instant - timedelta(hours=1)), "until_at": fixed(ids.instant + timedelta(hours=2)),
            "verdict": fixed(None), "reviewed_by": fixed(None), "reviewed_at": fixed(None),
            "change_id": fixed(ids.change),
        })  # fmt: skip
    for key in sorted(client.readers or ()):
        yield Specimen("restricted_readers", {
            "client_code": fixed(ids.code), "user_id": Code(ids.accounts[key], spare), "until_on": fixed(None),
            "from_on": ids.other_day(ids.day(4)),
        })  # fmt: skip
    if client.shared_with:
        yield Specimen("case_shares", {
            "case_id": fixed(ids.case), "organisation": fixed(client.shared_with), "compartment": fixed("shelter"),
            "until_on": fixed(None), "from_on": ids.other_day(ids.day(5)), "change_id": fixed(ids.change),
        })  # fmt: skip


def _facts(client: Client, ids: Ids) -> Iterator[Specimen]:
    yield Specimen(
        "stage_changes",
        _fact(ids, stage=Code("application", "screening"), event_on=ids.other_day(ids.day(0))),
    )
    yield Specimen(
        "start_dates",
        _fact(ids, kind=Code("application", "pathway_start"), event_on=ids.other_day(ids.day(0))),
    )
    yield Specimen("screening_answers", _fact(
        ids, criterion=Code("no-right-of-residence", "eu-citizen"), rule_version=fixed("2019-1"),
        answer=Code("yes", "no"), event_on=ids.other_day(ids.day(4)),
    ))  # fmt: skip
    yield Specimen(
        "scenario_choices",
        _fact(ids, scenario=Code("legalisation", "return"), event_on=ids.other_day(ids.day(6))),
    )
    procedure = ids.procedure
    yield Specimen("procedures", _fact(
        ids, id=fixed(procedure), kind=Code("residence_permit", "family"), from_on=ids.other_day(ids.day(7)),
        until_on=fixed(None), **RUNS,
    ))  # fmt: skip
    yield Specimen("milestones", _fact(
        ids, kind=Code("medical_deferral_requested", "return_requested"), result=Code("granted", "refused"),
        event_on=ids.other_day(ids.day(8)), procedure_id=fixed(procedure), due_kind=Code("objection", "hearing"),
        due_on=ids.other_day(ids.ahead(25)), due_basis=Code("law", "by_hand"),
    ))  # fmt: skip
    yield Specimen("milestones", _fact(
        ids, kind=Code("residence_permit_requested", "return_requested"), result=fixed(None),
        procedure_id=fixed(None), due_kind=fixed(None), due_on=fixed(None), due_basis=fixed(None),
        event_on=ids.other_day(ids.day(9)), mistaken_at=Code(ids.instant - timedelta(days=2), ids.instant),
        mistaken_by=Code(ids.accounts["clerk"], ids.accounts["spare"]), mistaken_change_id=fixed(ids.change),
    ))  # fmt: skip
    yield from _money(ids)
    task = ids.proposal.setdefault("task", ids.planter.id())
    open_task = {"done_at": fixed(None), "done_by": fixed(None), "done_change_id": fixed(None),
                 "superseded": fixed(False)}  # fmt: skip
    told = {"case_id": fixed(ids.case), "change_id": fixed(ids.change),
            "recorded_by": Code(ids.accounts["clerk"], ids.accounts["spare"])}  # fmt: skip
    yield Specimen("tasks", {
        **told, **open_task, "id": fixed(task), "kind": Code("lawyer", "papers"), "about_id": fixed(None),
        "due_on": ids.other_day(ids.ahead(50)),
    })  # fmt: skip
    yield Specimen("tasks", {
        **told, "kind": fixed("contact"), "about_id": fixed(None), "due_on": fixed(ids.day(25)),
        "done_change_id": fixed(ids.change),
        "superseded": Code(False, True), "done_at": Code(ids.instant - timedelta(days=2), ids.instant),
        "done_by": Code(ids.accounts["clerk"], ids.accounts["spare"]),
    })  # fmt: skip
    yield from _decided(ids)
    admission = ids.proposal.setdefault("admission", ids.planter.id())
    state = "open" if client.state == "application" else "approved"
    yield Specimen("proposals", _fact(
        ids, id=fixed(admission), kind=fixed("admission"), state=Code(state,
            "withdrawn") if state == "open" else fixed(state),
        event_on=ids.other_day(ids.day(9)), until_on=fixed(None), outcome=fixed(None), outcome_basis=fixed(None),
        permanent_stay_assured=fixed(None), destination_kind=fixed(None), reason_code=fixed(None),
        advice=Code("in_favour", "against"), granted_until_on=fixed(None),
        decided_by=fixed(None if state == "open" else ids.accounts["decider"]),
        decided_at=fixed(None if state == "open" else ids.instant - timedelta(days=1)),
    ))  # fmt: skip


def _money(ids: Ids) -> Iterator[Specimen]:
    """An allowance, what two runs booked for it, a slip of each, and a cost."""
    allowance, line = ids.planter.id(), ids.planter.id()
    yield Specimen("allowances", _fact(
        ids, **RUNS, id=fixed(allowance), from_on=ids.other_day(ids.day(10)), until_on=Code(ids.ahead(40), None),
    ))  # fmt: skip
    yield Specimen("costs", _fact(
        ids, kind=Code("travel", "fees"), payer=Code("programme", "fund"), spent_on=ids.other_day(ids.day(27)),
    ))  # fmt: skip
    booked = {"case_id": fixed(ids.case), "change_id": fixed(ids.change),
              "recorded_by": Code(ids.accounts["clerk"], ids.accounts["spare"])}  # fmt: skip
    days = {"from_on": ids.other_day(ids.day(28)), "until_on": ids.other_day(ids.day(36))}
    yield Specimen("pay_out_lines", {
        **booked, **days, "id": fixed(line), "run_id": fixed(PAY_OUT_RUNS[0]), "allowance_id": fixed(allowance),
        "kind": Code("due", "correction"), "corrects_id": fixed(None),
    })  # fmt: skip
    yield Specimen("pay_out_lines", {
        **booked, **days, "run_id": fixed(PAY_OUT_RUNS[1]), "allowance_id": fixed(allowance),
        "kind": fixed("correction"), "corrects_id": fixed(line),
    })  # fmt: skip
    settled = {"settled_at": fixed(ids.instant - timedelta(days=1)), "settled_change_id": fixed(ids.change),
               "settled_by": Code(ids.accounts["clerk"], ids.accounts["spare"])}  # fmt: skip
    yield Specimen("slips", {
        **booked, **settled, **days, "run_id": fixed(PAY_OUT_RUNS[0]), "state": Code("handed_over", "open"),
        "reason": fixed(None),
    })  # fmt: skip
    yield Specimen("slips", {
        **booked, **settled, **days, "run_id": fixed(PAY_OUT_RUNS[1]), "state": fixed("returned"),
        "reason": Code("not_collected", "declined"),
    })  # fmt: skip
    yield Specimen("slips", {
        **booked, "run_id": fixed(PAY_OUT_RUNS[2]), "state": fixed("open"), "reason": fixed(None),
        "from_on": ids.other_day(ids.day(38)), "until_on": ids.other_day(ids.day(46)),
        "settled_at": fixed(None), "settled_by": fixed(None), "settled_change_id": fixed(None),
    })  # fmt: skip


def _decided(ids: Ids) -> Iterator[Specimen]:
    """A formal decision that was taken and made known; its reason and its letter lie in the vault."""
    decision = ids.proposal.setdefault("formal_decision", ids.planter.id())
    yield Specimen("formal_decisions", _fact(
        ids, id=fixed(decision), kind=Code("exclusion", "end"), ground=Code("criterion", "own_wish"),
        state=Code("decided", "not_taken"), effective_on=ids.other_day(ids.ahead(70)),
        until_on=ids.other_day(ids.ahead(80)), criterion=Code("procedures-exhausted", "eu-citizen"),
        rule_version=fixed("2019-1"), proposal_id=fixed(None), decided_by=fixed(ids.accounts["decider"]),
        decided_at=fixed(ids.instant - timedelta(days=1)),
    ))  # fmt: skip
    yield Specimen("decision_steps", _fact(
        ids, decision_id=fixed(decision), kind=Code("made_known", "objection_lodged"),
        result=Code("sent", "handed_over"), event_on=ids.other_day(ids.day(24)),
        due_on=ids.other_day(ids.ahead(35)),
    ))  # fmt: skip


def _guidance(client: Client, ids: Ids) -> Iterator[Specimen]:
    clerk, spare = ids.accounts["clerk"], ids.accounts["spare"]
    yield Specimen(
        "stage_changes", _fact(ids, stage=fixed("guidance"), event_on=ids.other_day(ids.day(11)))
    )
    for kind in ("shelter", "admission"):
        yield Specimen(
            "start_dates",
            _fact(ids, kind=Code(kind, "pathway_start"), event_on=ids.other_day(ids.day(11))),
        )
    extension, leaving = ids.planter.id(), ids.planter.id()
    ids.proposal |= {"extension": extension, "exit": leaving}
    until = ids.planter.day(ids.base + TERM_AND_MORE)
    nothing = {"outcome": fixed(None), "outcome_basis": fixed(None), "permanent_stay_assured": fixed(None),
               "destination_kind": fixed(None), "reason_code": fixed(None), "advice": fixed(None)}  # fmt: skip
    yield Specimen("proposals", _fact(
        ids, id=fixed(extension), kind=fixed("extension"), state=fixed("approved"), until_on=fixed(until), **nothing,
        granted_until_on=ids.other_day(ids.planter.day(until - timedelta(days=9))),
        decided_by=fixed(ids.accounts["decider"]), decided_at=fixed(ids.instant - timedelta(days=1)),
            event_on=ids.other_day(ids.day(13)),
    ))  # fmt: skip
    yield Specimen("proposals", _fact(
        ids, id=fixed(leaving), kind=fixed("exit"), state=Code("open", "withdrawn"), until_on=fixed(None),
        outcome=Code("national_reception", "other"), outcome_basis=Code("medical_deferral", "other"),
        permanent_stay_assured=Code(False, True), destination_kind=Code("municipality", "abroad"),
        reason_code=Code("exit_in_order", "exit_too_early"), advice=fixed(None), granted_until_on=fixed(None),
        decided_by=fixed(None), decided_at=fixed(None),
        event_on=ids.other_day(ids.day(14)),
    ))  # fmt: skip
    yield Specimen(
        "extensions",
        _fact(
            ids,
            until_on=ids.other_day(until),
            event_on=ids.other_day(ids.day(15)),
            proposal_id=fixed(extension),
        ),
    )
    yield Specimen("court_continuations", _fact(
        ids, until_recorded_by=Code(clerk, spare), until_change_id=fixed(ids.change),
        from_on=ids.other_day(ids.day(16)), until_on=ids.other_day(ids.day(18)),
    ))  # fmt: skip
    yield Specimen(
        "earlier_nights_decisions",
        _fact(ids, counts=Code(True, False), event_on=ids.other_day(ids.day(19))),
    )
    yield Specimen("stay_alerts", {
        "case_id": fixed(ids.case), "kind": Code("three_months", "six_months"), "last_day": fixed(until),
        "due_on": ids.other_day(ids.day(20)), "listed_on": ids.other_day(ids.day(21)), "seen_at": fixed(None),
    })  # fmt: skip
    stay = ids.planter.id()
    yield Specimen("placements", {
        "id": fixed(stay), "bed_id": Code(ids.beds[str(client.bed)], ids.beds[f"spare-{client.bed}"]),
        "client_code": fixed(ids.code), "case_id": fixed(ids.case),
        "status": fixed("begun"), "arrival_on": ids.other_day(ids.day(12)), "departure_on": fixed(None),
        "planned_departure_on": ids.other_day(ids.ahead(60)), "hold_ends_at": fixed(None), "end_reason": fixed(None),
        "recorded_by": Code(clerk, spare), "change_id": fixed(ids.change),
    })  # fmt: skip
    said = {"site_id": fixed(str(client.site)), "case_id": fixed(ids.case), "placement_id": fixed(stay),
            "bed_kind": fixed("full_day"), "recorded_by": Code(clerk, spare),
            "change_id": fixed(ids.change)}  # fmt: skip
    last_night = ids.planter.today - timedelta(days=1)
    yield Specimen("presences", {
        **said, "night": fixed(last_night), "state": Code("there", "not_there"), "kind": fixed(None),
    })  # fmt: skip
    yield Specimen("presences", {
        **said, "night": ids.other_day(ids.day(29)), "state": fixed("announced"), "kind": Code("hospital", "family"),
    })  # fmt: skip
    yield Specimen(
        "contact_attempts",
        _fact(ids, way=Code("phone", "visit"), event_on=ids.other_day(ids.day(23))),
    )
    yield Specimen("absences", {
        "case_id": fixed(ids.case), "kind": Code("hospital", "family"), "from_on": ids.other_day(ids.day(22)),
        "until_on": fixed(None), "recorded_by": Code(clerk, spare), "change_id": fixed(ids.change), **RUNS,
    })  # fmt: skip


def _left(ids: Ids) -> Iterator[Specimen]:
    exit_id = ids.proposal.setdefault("exit", ids.planter.id())
    what = {"outcome": Code("voluntary_return", "onward_migration"), "outcome_basis": fixed(None),
            "permanent_stay_assured": Code(True, False), "destination_kind": Code("abroad", "other")}  # fmt: skip
    left = ids.day(20)
    for stage, day in (("guidance", ids.day(11)), ("exited", left), ("aftercare", ids.day(21))):
        yield Specimen("stage_changes", _fact(ids, stage=fixed(stage), event_on=fixed(day)))
    yield Specimen("proposals", _fact(
        ids, id=fixed(exit_id), kind=fixed("exit"), state=fixed("approved"), until_on=fixed(None), **what,
        reason_code=fixed(None), advice=fixed(None), granted_until_on=fixed(None),
        decided_by=fixed(ids.accounts["decider"]),
        decided_at=fixed(ids.instant - timedelta(days=1)), event_on=ids.other_day(ids.day(19)),
    ))  # fmt: skip
    yield Specimen("exits", _fact(ids, proposal_id=fixed(exit_id), exited_on=fixed(left), **what))
    yield Specimen(
        "follow_ups",
        _fact(
            ids,
            months=Code(6, 12),
            state=Code("still_holds", "no_longer_holds"),
            event_on=ids.other_day(ids.day(26)),
        ),
    )
