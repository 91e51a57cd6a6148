"""One row at least of every table with words about a client, and of what the house keeps about itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from caseflow.domain.redaction import Part
from caseflow.proofs.plants import Code, fixed
from caseflow.proofs.specimen_rows import RUNS, Ids, Specimen
from caseflow.proofs.specimens_of_protection import protection
from caseflow.proofs.specimens_of_requests import requests
from caseflow.proofs.worlds import Client

P = Part


def words(client: Client, ids: Ids) -> Iterator[Specimen]:
    clerk = Code(ids.accounts["clerk"], ids.accounts["spare"])
    written = {"client_code": fixed(ids.code), "change_id": fixed(ids.change), "recorded_by": clerk}
    about = {**written, "case_id": fixed(ids.case)}
    year = 1930 + len(ids.codes) % 60
    yield Specimen(
        "identities",
        {**written, "birth_year": fixed(year), "birth_precision": Code("exact", "estimated")},
    )
    yield Specimen("other_names", {**written, "kind": Code("alias", "former")})
    yield Specimen("papers_seen", {
        **written, "kind": Code("passport", "other"), "agrees": Code("same", "name_differs"),
        "seen_on": ids.other_day(ids.day(22)),
    })  # fmt: skip
    wrong = ids.planter.id()
    yield Specimen(
        "other_names", {**written, "id": fixed(wrong), "kind": Code("spelling", "papers")}
    )
    yield Specimen("identity_mistakes", {**written, "about_id": Code(wrong, ids.planter.id())})
    yield Specimen("contact_lines", written)
    newest = ids.instant - timedelta(hours=1)
    desk = Code(ids.accounts["desk"], ids.accounts["spare"])
    notes: list[tuple[str, frozenset[Part], int, Code, str]] = [
        ("contact", frozenset({P.REST, P.OWN}), 90, desk, "desk"),
        ("visit", frozenset({P.REST}), 80, clerk, ""),
        *(("phone", frozenset({P.REST, P.LAST_FIVE}), 70 - n, clerk, "") for n in range(5)),
        ("handover", frozenset({P.REST, P.HANDOVER}), 60 * 72, clerk, ""),
        ("handover", frozenset({P.REST, P.HANDOVER, P.HANDOVER_TONIGHT}), 60, clerk, ""),
        ("legal", frozenset({P.REST, P.LEGAL}), 50, clerk, ""),
        ("medical", frozenset({P.REST, P.MEDICAL}), 40, clerk, ""),
    ]  # fmt: skip
    for kind, parts, minutes, by, author in notes:
        yield Specimen("notes", {
            **about, "kind": fixed(kind), "contact_on": ids.other_day(ids.day(23)), "recorded_by": by,
            "recorded_at": fixed(newest - timedelta(minutes=minutes)), "about_third_person": Code(False, True),
            "corrects_id": fixed(None), "language": Code("ti", "fa"),
        }, parts, author)  # fmt: skip
    yield Specimen("wishes", about)
    yield from _of_the_file(ids, written, about)
    for table in ("procedure_words", "v_numbers"):
        yield Specimen(table, {**about, "procedure_id": fixed(ids.procedure)})
    letter = {"decision_id": fixed(ids.proposal["formal_decision"]), "language": Code("nl", "en")}
    yield Specimen("formal_letters", {**about, **letter})
    for proposal in ids.proposal.values():
        yield Specimen("reasons", {**about, "about_id": fixed(proposal)})


def _of_the_file(ids: Ids, written: dict[str, Code], about: dict[str, Code]) -> Iterator[Specimen]:
    """Plan, people around, legal papers, and a draft that one member of the case team did not send yet."""
    line, person, draft = (ids.planter.id() for _ in range(3))
    yield Specimen("plan_lines", {
        **about, "id": fixed(line), "line_id": fixed(line), "kind": Code("goal", "agreement"),
        "done_by": Code("client", "us"), "state": Code("open", "reached"),
    })  # fmt: skip
    yield Specimen("contact_persons", {
        **written, "id": fixed(person), "line_id": fixed(person), "role": Code("lawyer", "school"),
        "agreed": Code("consult", "call"), "agreed_until": ids.other_day(ids.ahead(33)), "is_over": Code(False, True),
    })  # fmt: skip
    yield Specimen("legal_notes", about)
    yield Specimen("legal_conclusions", {**about, "due_on": ids.other_day(ids.ahead(35))})
    yield Specimen("lawyer_letters", {
        **about, "direction": Code("from", "to"), "dated_on": ids.other_day(ids.day(24)),
        "due_on": ids.other_day(ids.ahead(37)),
    })  # fmt: skip
    yield Specimen("drafts", {
        "id": fixed(draft), "form_id": fixed(draft.replace("-", "")), "client_code": fixed(ids.code),
        "case_id": fixed(ids.case), "form": fixed("note"), "about_id": fixed(None), "recorded_at": fixed(ids.instant),
        "recorded_by": fixed(ids.accounts["case-team"]),
    }, frozenset({P.OWN}), "case-team")  # fmt: skip


def house(client: Client, ids: Ids) -> Iterator[Specimen]:
    spare = ids.accounts["spare"]
    yield Specimen(
        "emergency_cards",
        {"client_code": fixed(ids.code), "recorded_by": Code(ids.accounts["clerk"], spare)},
    )
    yield Specimen("card_openings", {
        "client_code": fixed(ids.code), "organisation": fixed(client.organisation), "site_id": Code(client.site, None),
        "opened_by": Code(ids.accounts["clerk"], spare), "opened_at": fixed(ids.instant - timedelta(days=1)),
        "until_at": fixed(ids.instant - timedelta(hours=23)), "seen_by": fixed(None), "seen_at": fixed(None),
        "change_id": fixed(ids.change),
    })  # fmt: skip
    if client.key == "inside":
        merge = ids.planter.id()
        yield Specimen("client_merges", {
            "id": fixed(merge), "kept_code": fixed(ids.code), "given_up_code": fixed(ids.codes["apart"]),
            "kept_was_restricted": fixed(False), "recorded_by": Code(ids.accounts["clerk"], spare),
            "change_id": fixed(ids.change), "undone_at": fixed(ids.instant - timedelta(days=1)),
            "undone_by": Code(ids.accounts["clerk"], spare), "undone_change_id": fixed(ids.change),
        })  # fmt: skip
        yield Specimen("merged_rows", {
            "merge_id": fixed(merge), "kind": fixed("cases"), "until_was": fixed(None),
        })  # fmt: skip
        yield Specimen("separations", {
            "client_code": fixed(ids.code), "other_code": fixed(ids.codes["apart"]), "until_on": fixed(None),
            "from_on": ids.other_day(ids.day(24)), "recorded_by": Code(ids.accounts["clerk"], spare),
            "change_id": fixed(ids.change), **RUNS,
        })  # fmt: skip
    yield from _peace_in_the_house(client, ids)
    yield from protection(client, ids)
    yield from requests(client, ids)
    yield Specimen("governance_words", {
        "client_code": fixed(ids.code), "about_id": fixed(ids.case), "recorded_by": Code(ids.accounts["clerk"], spare),
        "change_id": fixed(ids.change),
    })  # fmt: skip
    if client.key == "inside":
        complaint = ids.planter.id()
        yield Specimen("complaints", {
            "id": fixed(complaint), "organisation": fixed(client.organisation), "team_id": fixed(client.team),
            "client_code": fixed(ids.code), "subject": Code("food", "safety"), "about_user_id": Code(spare, None),
            "site_id": Code(client.site, None), "received_how": Code("letter", "phone"), "handler_id": fixed(None),
            "recorded_by": fixed(ids.accounts["clerk"]), "answered_on": fixed(None), "outcome": fixed(None),
            "answered_by": fixed(None), "change_id": fixed(ids.change),
        })  # fmt: skip
        yield Specimen("complaint_words", {
            "client_code": fixed(None), "complaint_id": fixed(complaint), "kind": fixed("complaint"),
            "recorded_by": fixed(ids.accounts["clerk"]), "change_id": fixed(ids.change),
        })  # fmt: skip


def _peace_in_the_house(client: Client, ids: Ids) -> Iterator[Specimen]:
    """Two warnings (one told, one not yet), a time-out, and for one client a pair and an incident with its words."""
    clerk = Code(ids.accounts["clerk"], ids.accounts["spare"])
    written = {"client_code": fixed(ids.code), "recorded_by": clerk, "change_id": fixed(ids.change)}
    never_ended = {"ended_by": fixed(None), "ended_at": fixed(None), "ended_change_id": fixed(None)}
    if client.has_left or client.site is None:
        return
    lasts = {**written, **never_ended, "task_id": fixed(None)}
    yield Specimen("house_warnings", {
        **lasts, "kind": Code("not_alone", "call_first"), "from_on": ids.other_day(ids.day(33)),
        "until_on": ids.other_day(ids.ahead(41)), "told_on": ids.other_day(ids.day(34)),
        "told_in": Code("ti", "fa"), "not_told": fixed(None),
    })  # fmt: skip
    yield Specimen("house_warnings", {
        **lasts, "kind": Code("knock_and_wait", "not_by_touch"), "from_on": ids.other_day(ids.day(35)),
        "until_on": ids.other_day(ids.ahead(43)), "told_on": fixed(None), "told_in": fixed(None),
        "not_told": Code("not_met", "no_interpreter"),
    })  # fmt: skip
    yield Specimen("time_outs", {
        **lasts, "case_id": fixed(ids.case), "site_id": fixed(client.site), "absence_id": fixed(None),
        "from_on": ids.other_day(ids.day(37)), "back_on": ids.other_day(ids.ahead(45)),
        "meanwhile": Code("own_network", "other_shelter"), "lead_knows": fixed(False),
        "told_of_complaint": Code(True, False),
    })  # fmt: skip
    if client.key != "inside":
        return
    yield Specimen("house_pairs", {
        **written, **never_ended, "other_code": fixed(ids.codes["relative"]), "scope": Code("room", "site"),
        "reason": Code("quarrel", "rhythm"), "from_on": ids.other_day(ids.day(39)),
        "until_on": ids.other_day(ids.ahead(47)),
    })  # fmt: skip
    incident = ids.planter.id()
    yield Specimen("incidents", {
        "id": fixed(incident), "organisation": fixed(client.organisation), "site_id": fixed(client.site),
        "happened_on": ids.other_day(ids.day(41)), "part_of_day": Code("evening", "night"),
        "kind": Code("damage", "theft"), "police": Code("called", "came"), "emergency_called": Code(True, False),
        "words_in": fixed(client.organisation), "recorded_by": clerk, "change_id": fixed(ids.change),
    })  # fmt: skip
    yield Specimen("incident_people", {
        **written, "incident_id": fixed(incident), "case_id": fixed(ids.case), "role": Code("involved", "saw_it"),
        "measure": Code("refused_entry", "talk"), "measure_until": ids.other_day(ids.ahead(49)),
        "task_id": fixed(None), "follow_up": Code("talked", "care"), "followed_up_on": ids.other_day(ids.day(43)),
        "followed_up_by": clerk, "followed_up_change_id": fixed(ids.change),
    })  # fmt: skip
    yield Specimen("incident_words", {
        "client_code": fixed(None), "incident_id": fixed(incident), "recorded_by": clerk,
        "change_id": fixed(ids.change),
    })  # fmt: skip
