"""The words of the audit log: each event, what kind of act it is, and exactly the details it carries.

Details are ids, codes, dates and counts. Any other key raises, so that nobody's name slips into the log.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

CREATE, READ, UPDATE, DELETE, EXECUTE = "C", "R", "U", "D", "E"


@dataclass(frozen=True)
class EventKind:
    """One event of the log: its act (NEN 7513:2018 ch. 6) and the keys of its details."""

    action: str
    object_kind: str
    keys: frozenset[str]


def _event(action: str, object_kind: str, *keys: str) -> EventKind:
    return EventKind(action, object_kind, frozenset(keys))


EVENTS: Final[Mapping[str, EventKind]] = {
    # looks
    "case_opened": _event(READ, "case", "compartments", "review"),
    "caseload_listed": _event(READ, "list", "count", "page", "search"),
    "beds_listed": _event(READ, "list", "count", "sites"),
    "board_listed": _event(READ, "list", "count", "sites", "from", "until"),
    "alerts_listed": _event(READ, "list", "count"),
    "clocks_listed": _event(READ, "list", "count", "page"),
    "evacuation_listed": _event(READ, "list", "count", "inside"),
    "evacuation_key_made": _event(UPDATE, "site"),
    "evacuation_file_kept": _event(EXECUTE, "list", "count"),
    "figures_viewed": _event(READ, "figures", "scope", "as_of"),
    "gaps_listed": _event(READ, "list", "gap", "count", "page"),
    "publication_viewed": _event(READ, "publication", "form"),
    "accounts_listed": _event(READ, "list", "count"),
    "jobs_listed": _event(READ, "list", "count"),
    "access_denied": _event(READ, "case", "asked"),
    # intake and casework
    "application_registered": _event(CREATE, "case", "programme", "test"),
    "application_withdrawn": _event(UPDATE, "case", "on"),
    "case_assigned": _event(UPDATE, "case", "team", "members"),
    "deputy_appointed": _event(CREATE, "case", "account", "deputy_for", "from", "until"),
    "deputy_ended": _event(UPDATE, "case", "deputy"),
    "case_referred": _event(CREATE, "case", "account", "kind"),
    "referral_ended": _event(UPDATE, "case", "referral"),
    "client_restricted": _event(UPDATE, "case", "readers"),
    "restriction_lifted": _event(UPDATE, "case"),
    "screening_recorded": _event(CREATE, "case", "rule_version", "answers"),
    "task_planned": _event(CREATE, "case", "task", "kind", "due"),
    "task_done": _event(UPDATE, "case", "task"),
    "task_reopened": _event(UPDATE, "case", "task"),
    "household_joined": _event(CREATE, "client"),
    "household_changed": _event(UPDATE, "client"),
    "household_left": _event(UPDATE, "client"),
    "placement_needs_recorded": _event(UPDATE, "client", "count"),
    "health_needs_recorded": _event(CREATE, "client"),
    "deferral_recorded": _event(CREATE, "client", "deferral"),
    "deferral_taken_back": _event(UPDATE, "client", "deferral"),
    "person_amended": _event(UPDATE, "case"),
    "identity_recorded": _event(CREATE, "client", "precision"),
    "name_added": _event(CREATE, "client", "kind"),
    "paper_seen": _event(CREATE, "client", "kind"),
    "identity_mistaken": _event(UPDATE, "client", "row"),
    "clients_merged": _event(UPDATE, "client", "merge", "kept", "given_up", "cases"),
    "merge_undone": _event(UPDATE, "client", "merge", "kept", "given_up", "cases"),
    "merge_previewed": _event(READ, "client", "kept", "given_up"),
    "contact_line_recorded": _event(CREATE, "client"),
    "told_and_agreed": _event(CREATE, "case", "texts", "language", "way", "agreed", "words"),
    "case_shared": _event(CREATE, "case", "agreement"),
    "information_mistaken": _event(UPDATE, "case", "row"),
    "agreement_withdrawn": _event(UPDATE, "case", "agreements", "words"),
    "note_recorded": _event(CREATE, "case", "kind", "corrects"),
    "handover_read": _event(UPDATE, "case", "note"),
    "waiting_list_joined": _event(UPDATE, "case", "on"),
    "guidance_begun": _event(UPDATE, "case", "on"),
    "consultation_begun": _event(UPDATE, "case", "on"),
    "continuation_recorded": _event(CREATE, "case", "from", "until"),
    "earlier_nights_decided": _event(CREATE, "case", "counts"),
    "fact_mistaken": _event(UPDATE, "case", "kind", "fact"),
    "wish_recorded": _event(CREATE, "case"),
    "plan_line_recorded": _event(CREATE, "case", "line", "kind", "state", "review"),
    "contact_person_recorded": _event(CREATE, "client", "person", "role", "over"),
    "legal_note_recorded": _event(CREATE, "case"),
    "legal_conclusion_released": _event(CREATE, "case", "due"),
    "lawyer_letter_recorded": _event(CREATE, "case", "direction", "dated", "due"),
    "draft_kept": _event(CREATE, "case", "form"),
    "draft_thrown_away": _event(DELETE, "case", "form"),
    "scenario_recorded": _event(CREATE, "case", "scenario"),
    "milestone_recorded": _event(CREATE, "case", "kind", "result", "procedure"),
    "procedure_opened": _event(CREATE, "case", "kind"),
    "procedure_ended": _event(UPDATE, "case", "procedure", "on"),
    "procedure_words_recorded": _event(CREATE, "case", "procedure", "v_number"),
    "allowance_recorded": _event(CREATE, "case", "from", "until"),
    "cost_recorded": _event(CREATE, "case", "kind", "payer", "on"),
    "slip_handed_over": _event(UPDATE, "slip"),
    "slip_returned": _event(UPDATE, "slip", "reason"),
    "slip_taken_back": _event(UPDATE, "slip"),
    "slips_listed": _event(READ, "list", "count"),
    "slips_printed": _event(READ, "list", "count"),
    "pay_outs_fixed": _event(CREATE, "pay_outs", "programme", "from", "until", "lines", "slips"),
    "pay_outs_listed": _event(READ, "pay_outs", "programme", "count", "form"),
    "costs_listed": _event(READ, "pay_outs", "programme", "from", "until", "count", "form"),
    "absence_recorded": _event(CREATE, "case", "kind", "from", "until"),
    "proposal_made": _event(CREATE, "proposal", "kind", "until", "outcome", "basis"),
    "proposal_decided": _event(UPDATE, "proposal", "kind", "state"),
    "proposal_withdrawn": _event(UPDATE, "proposal", "kind"),
    "formal_decision_prepared": _event(CREATE, "case", "decision", "kind", "ground"),
    "formal_decision_taken": _event(UPDATE, "case", "decision", "state"),
    "decision_step_recorded": _event(CREATE, "case", "decision", "kind", "result"),
    "letter_made": _event(CREATE, "case", "decision", "language", "addressed"),
    "letter_opened": _event(READ, "case", "decision", "language"),
    "advice_given": _event(UPDATE, "proposal", "kind", "advice"),
    "sheets_listed": _event(READ, "list", "count", "page"),
    "sheet_opened": _event(READ, "proposal", "kind"),
    "sheet_answered": _event(UPDATE, "proposal", "kind", "answer", "reason", "until"),
    "follow_up_recorded": _event(CREATE, "case", "months", "state"),
    "attempt_recorded": _event(CREATE, "case", "way", "on"),
    "exit_taken_back": _event(UPDATE, "case"),
    "departure_settled": _event(UPDATE, "case", "item"),
    "destination_recorded": _event(UPDATE, "case", "kind"),
    "aftercare_closed": _event(UPDATE, "case"),
    "client_reentered": _event(CREATE, "case", "programme", "former"),
    "card_recorded": _event(UPDATE, "card"),
    # what leaves
    "disclosure_asked": _event(CREATE, "case", "kind", "recipient", "fields"),
    "disclosure_issued": _event(CREATE, "case", "kind", "recipient", "fields", "medium"),
    "disclosure_approved": _event(UPDATE, "case", "disclosure", "as_role", "by"),
    "disclosure_confirmed": _event(UPDATE, "case", "disclosure", "did"),
    "disclosure_refused": _event(UPDATE, "case", "disclosure", "why"),
    "disclosure_withdrawn": _event(UPDATE, "case", "disclosure", "why"),
    "disclosure_opened": _event(READ, "case", "disclosure", "form"),
    "disclosures_listed": _event(READ, "case", "count", "page"),
    "disclosures_awaited": _event(READ, "list", "count"),
    "disclosures_sampled": _event(READ, "list", "week", "count"),
    "disclosure_checked": _event(UPDATE, "case", "disclosure"),
    "recipient_agreed": _event(CREATE, "case", "office", "on"),
    "recipient_ended": _event(UPDATE, "case", "office", "taken_back"),
    "recipient_told": _event(UPDATE, "case", "notice", "how"),
    "offices_listed": _event(READ, "list", "count", "page"),
    "office_recorded": _event(CREATE, "office", "recipient"),
    "office_changed": _event(UPDATE, "office", "standing", "closed"),
    # emergencies, and the looks that are looked at
    "card_opened": _event(EXECUTE, "card", "site", "until"),
    "card_openings_listed": _event(READ, "list", "count"),
    "card_opening_seen": _event(UPDATE, "card", "opening"),
    "door_called": _event(CREATE, "door", "site"),
    "door_told": _event(UPDATE, "door", "who", "shown", "outcome"),
    "doors_listed": _event(READ, "list", "count"),
    "door_seen": _event(UPDATE, "door"),
    "demand_recorded": _event(CREATE, "demand", "how", "authority", "power", "scope", "door"),
    "demand_worded": _event(CREATE, "demand", "kind"),
    "demand_answered": _event(UPDATE, "demand", "how"),
    "demand_assessed": _event(UPDATE, "demand", "power", "authority", "scope", "fields"),
    "demand_decided": _event(UPDATE, "demand", "decider", "verdict", "on", "fields"),
    "demand_linked": _event(UPDATE, "demand", "taken_back"),
    "demand_silenced": _event(UPDATE, "demand", "ground", "review_on", "over"),
    "demand_taken": _event(CREATE, "demand", "kind", "count"),
    "demand_prepared": _event(UPDATE, "demand", "fields"),
    "demand_released": _event(EXECUTE, "demand", "fields"),
    "demand_settled": _event(UPDATE, "demand", "outcome"),
    "demand_seen": _event(UPDATE, "demand"),
    "demands_listed": _event(READ, "list", "count", "page"),
    "demands_counted": _event(READ, "list", "year"),
    "demand_opened": _event(READ, "demand"),
    "demand_letter_opened": _event(READ, "demand", "language"),
    "demand_document_opened": _event(READ, "demand"),
    "complaint_recorded": _event(CREATE, "complaint", "subject", "how"),
    "complaint_given": _event(UPDATE, "complaint", "handler", "committee"),
    "complaint_acknowledged": _event(UPDATE, "complaint", "on"),
    "complaint_answered": _event(UPDATE, "complaint", "on", "outcome"),
    "complaints_listed": _event(READ, "list", "count", "page"),
    "complaint_opened": _event(READ, "complaint"),
    # requests of the client about their own data
    "client_request_recorded": _event(CREATE, "case", "request", "kind", "about"),
    "client_request_checked": _event(UPDATE, "case", "request", "identity"),
    "client_request_extended": _event(UPDATE, "case", "request", "told", "because"),
    "client_request_advised": _event(UPDATE, "case", "request", "outcome", "ground"),
    "client_request_decided": _event(UPDATE, "case", "request", "outcome", "ground"),
    "client_request_answered": _event(UPDATE, "case", "request", "on"),
    "client_request_lifted": _event(UPDATE, "case", "request", "told"),
    "client_requests_listed": _event(READ, "list", "count", "page"),
    "client_request_opened": _event(READ, "client_request"),
    "stranger_request_recorded": _event(CREATE, "client_request", "kind"),
    "stranger_request_answered": _event(UPDATE, "client_request", "on"),
    "glass_broken": _event(EXECUTE, "case", "purpose", "until"),
    "glass_not_there": _event(EXECUTE, "case", "purpose"),
    "glass_closed": _event(UPDATE, "case", "glass"),
    "glass_reviewed": _event(UPDATE, "case", "glass", "verdict"),
    "reviews_listed": _event(READ, "list", "count"),
    "review_opened": _event(READ, "review", "kind", "count"),
    "attention_raised": _event(CREATE, "account", "account", "kind", "looks"),
    "attention_reviewed": _event(UPDATE, "account", "account", "verdict"),
    "weekly_review_closed": _event(CREATE, "audit", "week", "sampled", "verdict"),
    "audit_listed": _event(READ, "audit", "count", "page"),
    "own_looks_listed": _event(READ, "audit", "count"),
    "looks_printed": _event(READ, "case", "count", "language", "names"),
    "file_copied": _event(EXECUTE, "case", "language", "notes", "left_out"),
    "caseload_review_begun": _event(CREATE, "list", "purpose", "count", "until"),
    "separation_recorded": _event(CREATE, "client", "separation"),
    "separation_ended": _event(UPDATE, "client", "separation"),
    "warning_recorded": _event(CREATE, "client", "warning", "kind", "until"),
    "warning_confirmed": _event(UPDATE, "client", "warning", "until"),
    "warning_told": _event(UPDATE, "client", "warning", "on"),
    "warning_ended": _event(UPDATE, "client", "warning"),
    "house_pair_recorded": _event(CREATE, "client", "pair", "scope", "until"),
    "house_pair_ended": _event(UPDATE, "client", "pair"),
    "time_out_recorded": _event(CREATE, "client", "time_out", "site", "from", "until", "meanwhile"),
    "time_out_ended": _event(UPDATE, "client", "time_out", "until"),
    "safe_reports_viewed": _event(READ, "case"),
    "safe_report_recorded": _event(CREATE, "case", "report"),
    "safe_report_taken_back": _event(UPDATE, "case", "report"),
    "trafficking_viewed": _event(READ, "case"),
    "trafficking_recorded": _event(CREATE, "case", "record"),
    "trafficking_mistaken": _event(UPDATE, "case", "record"),
    "child_protection_viewed": _event(READ, "case"),
    "child_concern_opened": _event(CREATE, "case", "concern"),
    "child_concern_acute": _event(UPDATE, "case", "concern"),
    "child_concern_mistaken": _event(UPDATE, "case", "concern"),
    "child_step_recorded": _event(CREATE, "case", "concern", "step"),
    "child_step_agreed": _event(UPDATE, "case", "concern", "step"),
    "incident_recorded": _event(CREATE, "incident", "kind", "site", "on", "people"),
    "incident_followed_up": _event(UPDATE, "case", "incident", "outcome", "on"),
    "incidents_listed": _event(READ, "list", "count", "month"),
    "incident_opened": _event(READ, "incident"),
    "policy_viewed": _event(READ, "policy", "form"),
    # told in words, and case conferences
    "telling_recorded": _event(CREATE, "case", "recipient"),
    "danger_recorded": _event(CREATE, "case", "called"),
    "tellings_listed": _event(READ, "list", "count", "page"),
    "telling_seen": _event(UPDATE, "case", "disclosure"),
    "conference_planned": _event(CREATE, "conference", "on"),
    "conference_member_added": _event(UPDATE, "conference", "office", "function"),
    "conference_held": _event(UPDATE, "conference"),
    "conference_cancelled": _event(UPDATE, "conference"),
    "conferences_listed": _event(READ, "list", "count", "page"),
    "conference_opened": _event(READ, "conference", "count", "form"),
    "conference_asked": _event(CREATE, "case", "conference", "answer"),
    "conference_approved": _event(UPDATE, "case", "conference", "state"),
    "conference_left": _event(UPDATE, "case", "conference", "state"),
    "conference_result_recorded": _event(CREATE, "case", "conference", "decision"),
    "lso_registered": _event(CREATE, "case", "on"),
    # shelter
    "bed_allocated": _event(CREATE, "placement", "bed", "arrival", "planned_departure"),
    "client_arrived": _event(UPDATE, "placement", "arrival"),
    "client_moved": _event(UPDATE, "placement", "from_bed", "to_bed", "night"),
    "placement_ended": _event(UPDATE, "placement", "departure", "reason"),
    "placement_cancelled": _event(UPDATE, "placement", "reason"),
    "hold_lapsed": _event(UPDATE, "placement"),
    "waiting_list_viewed": _event(READ, "list", "count", "page"),
    "place_asked": _event(CREATE, "case", "entry", "wanted"),
    "place_changed": _event(UPDATE, "case", "entry", "wanted"),
    "place_confirmed": _event(UPDATE, "case", "entry"),
    "waiting_ended": _event(UPDATE, "case", "entry", "reason"),
    "beds_suggested": _event(CREATE, "list", "people", "beds", "placed"),
    "suggestions_viewed": _event(READ, "list", "count", "page"),
    "suggestion_accepted": _event(CREATE, "case", "beds", "arrival", "until", "cost"),
    "suggestion_refused": _event(UPDATE, "case", "reason"),
    "forecast_viewed": _event(READ, "figures"),
    "bed_offered": _event(CREATE, "case", "entry", "bed", "arrival", "until"),
    "offer_answered": _event(UPDATE, "case", "entry", "answer", "reason"),
    "nothing_offered": _event(CREATE, "case", "entry", "kind"),
    "bed_held": _event(CREATE, "placement", "bed", "arrival", "planned_departure", "until"),
    "hold_booked": _event(UPDATE, "placement"),
    "hold_lengthened": _event(UPDATE, "placement", "until"),
    "departure_planned": _event(UPDATE, "placement", "departure"),
    "arrival_backdated": _event(UPDATE, "placement", "arrival"),
    "beds_swapped": _event(UPDATE, "placement", "with", "night"),
    # the round of the night
    "round_opened": _event(READ, "site", "night", "count"),
    "round_sent": _event(CREATE, "site", "night", "count"),
    "night_counted": _event(CREATE, "site", "night", "count"),
    "night_frozen": _event(CREATE, "site", "night", "rows"),
    "presence_deleted": _event(DELETE, "site", "night", "rows", "agrees"),
    "ledger_viewed": _event(READ, "site", "from", "until", "count"),
    # bath and bread
    "service_counted": _event(CREATE, "site", "kind", "day", "number"),
    "service_taken_back": _event(UPDATE, "site", "kind", "day", "number"),
    "services_listed": _event(READ, "list", "from", "until", "count"),
    # statements of bed-nights, and the accountant
    "bed_nights_listed": _event(READ, "list", "count"),
    "bed_nights_viewed": _event(READ, "statement", "organisation", "month", "form"),
    "bed_nights_fixed": _event(CREATE, "statement", "organisation", "month"),
    "auditor_session_opened": _event(CREATE, "auditor_session", "statement", "account"),
    "auditor_session_closed": _event(UPDATE, "auditor_session"),
    "auditor_session_listed": _event(READ, "auditor_session", "count"),
    "auditor_night_shown": _event(READ, "auditor_session", "number"),
    "auditor_night_found": _event(UPDATE, "auditor_session", "number", "finding"),
    "assurance_signed": _event(CREATE, "auditor_session", "sampled", "in_order"),
    # figures
    "caseload_imported": _event(CREATE, "import", "source", "rows"),
    "operations_sheets_made": _event(EXECUTE, "list", "month", "count"),
    "operations_sheets_listed": _event(READ, "list", "scope", "count"),
    "operations_sheet_viewed": _event(READ, "figures", "scope", "month", "form"),
    "sentinel_figures_made": _event(EXECUTE, "list", "count"),
    "sentinel_figures_viewed": _event(READ, "figures", "count", "form"),
    "accountability_listed": _event(READ, "list", "count"),
    "accountability_proposed": _event(
        CREATE, "statement", "programme", "kind", "cut_off", "account", "until"
    ),
    "accountability_approved": _event(UPDATE, "statement", "as_role", "issued"),
    "accountability_rejected": _event(UPDATE, "statement", "as_role"),
    "accountability_viewed": _event(READ, "statement", "programme"),
    "accountability_ended": _event(UPDATE, "statement", "programme"),
    "publication_prepared": _event(CREATE, "publication", "scope", "cut_off", "verdict"),
    "publication_proposed": _event(UPDATE, "publication", "scope", "cut_off"),
    "publication_approved": _event(UPDATE, "publication", "as_role", "frozen"),
    "publication_rejected": _event(UPDATE, "publication", "as_role"),
    "publication_text_written": _event(UPDATE, "publication", "languages"),
    "publication_text_compared": _event(UPDATE, "publication", "verdict", "answered"),
    "publication_text_allowed": _event(UPDATE, "publication"),
    "publication_report_kept": _event(CREATE, "publication", "languages"),
    "publication_withdrawn": _event(UPDATE, "publication", "reason"),
    # accounts, keys and the machine
    "instance_made": _event(CREATE, "instance"),
    "stores_migrated": _event(EXECUTE, "instance", "stores"),
    "account_invited": _event(CREATE, "account", "account", "roles"),
    "account_accepted": _event(UPDATE, "account", "account"),
    "account_suspended": _event(UPDATE, "account", "account"),
    "account_reopened": _event(UPDATE, "account", "account"),
    "account_closed": _event(UPDATE, "account", "account"),
    "password_changed": _event(UPDATE, "account", "account"),
    "account_reset": _event(UPDATE, "account", "account"),
    "role_granted": _event(CREATE, "account", "account", "role", "seconded_by"),
    "role_seconded": _event(UPDATE, "account", "account", "role"),
    "role_ended": _event(UPDATE, "account", "account", "role"),
    "roster_entered": _event(CREATE, "roster", "account", "team", "from", "until"),
    "roster_ended": _event(UPDATE, "roster"),
    "roster_listed": _event(READ, "list", "count"),
    "team_made": _event(CREATE, "team"),
    "site_made": _event(CREATE, "site", "rooms", "beds"),
    "room_made": _event(CREATE, "site", "beds", "from"),
    "beds_made": _event(CREATE, "site", "room", "beds", "from"),
    "place_closed": _event(UPDATE, "site", "place", "until"),
    "place_marked": _event(UPDATE, "site", "place", "mark", "holds", "from"),
    "turnaround_set": _event(UPDATE, "site", "nights"),
    "site_limited": _event(UPDATE, "site", "people", "from"),
    "site_shared": _event(UPDATE, "site", "funder", "beds", "from"),
    "outage_begun": _event(CREATE, "site", "outage", "place", "reason", "from", "expected"),
    "outage_revised": _event(UPDATE, "site", "outage", "reason", "expected"),
    "outage_ended": _event(UPDATE, "site", "outage", "until"),
    "outage_mistaken": _event(UPDATE, "site", "outage"),
    "neighbourhood_recorded": _event(CREATE, "site", "kind", "on"),
    "neighbourhood_taken_out": _event(DELETE, "site", "entry"),
    "signed_in": _event(EXECUTE, "session", "factor"),
    "sign_in_refused": _event(EXECUTE, "session", "why"),
    "signed_out": _event(EXECUTE, "session", "why"),
    "stepped_up": _event(EXECUTE, "session", "factor"),
    "vault_unsealed": _event(EXECUTE, "vault", "organisation", "holder"),
    "unsealing_refused": _event(EXECUTE, "vault", "organisation", "why"),
    "vaults_sealed": _event(EXECUTE, "vault", "why"),
    "vault_kept_open": _event(EXECUTE, "vault", "organisation"),
    "holder_added": _event(CREATE, "vault", "organisation", "holder"),
    "holder_removed": _event(DELETE, "vault", "organisation", "holder"),
    "job_ran": _event(EXECUTE, "job", "job", "due", "done", "deferred"),
    "job_asked": _event(CREATE, "job", "job"),
    "alerts_raised": _event(CREATE, "list", "count"),
    "alert_seen": _event(UPDATE, "case", "count"),
    "reminder_sent": _event(EXECUTE, "account", "account", "kind"),
    "mail_chosen": _event(UPDATE, "account", "account", "on"),
    "sweeps_awaited": _event(CREATE, "list", "count", "due"),
    "sweep_ran": _event(DELETE, "vault", "organisation", "swept", "stranded"),
    "audit_verified": _event(READ, "audit", "entries", "sound"),
    "checkpoint_made": _event(CREATE, "audit", "position"),
    "checkpoints_listed": _event(READ, "audit", "count"),
}


class UnknownAuditWord(Exception):
    """An event, or a key of its details, that the table does not have."""


def details_of(event: str, details: Mapping[str, Any]) -> str:
    """The details as canonical JSON: sorted keys, ids, codes, dates, counts and lists of them only.

    Raises `UnknownAuditWord` for an event or key outside the table, and for a value that is free text.
    """
    kind = EVENTS.get(event)
    if kind is None:
        raise UnknownAuditWord(f"No event {event!r} in the table of audit words.")
    strange = set(details) - kind.keys
    if strange:
        raise UnknownAuditWord(f"{event} does not carry {', '.join(sorted(strange))}.")
    return json.dumps(
        {k: _plain(event, v) for k, v in details.items()}, sort_keys=True, separators=(",", ":")
    )


def _plain(event: str, value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, str):
        if len(value) > 64 or any(c.isspace() for c in value):
            raise UnknownAuditWord(f"{event} was given words; the log holds ids and codes only.")
        return str(value)
    if isinstance(value, tuple | list | frozenset | set):
        items = [_plain(event, v) for v in value]
        return sorted(items) if isinstance(value, frozenset | set) else items
    raise UnknownAuditWord(
        f"{event} was given a {type(value).__name__}; the log holds ids and codes only."
    )
