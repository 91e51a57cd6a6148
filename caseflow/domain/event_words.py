"""What each event of the audit log is called in plain words, and the kinds in which they are looked through.

A line says what a colleague did, as the log page of the privacy officer and one's own looks say it. The words of a
client's own list are others, and stand in `domain.own_lists`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from caseflow.domain.events import EVENTS, EXECUTE, READ
from caseflow.domain.messages import N_, Message

EVENT_NAMES: Final[Mapping[str, Message]] = {
    # looks
    "case_opened": N_("Opened a file"),
    "caseload_listed": N_("Looked at the caseload"),
    "beds_listed": N_("Looked at the beds of tonight"),
    "board_listed": N_("Looked at the board of beds and nights"),
    "alerts_listed": N_("Looked at the alerts of stays"),
    "clocks_listed": N_("Looked at who reaches the last day of a stay when"),
    "evacuation_listed": N_("Looked at the evacuation list of a house"),
    "evacuation_key_made": N_("Made a passphrase for the evacuation list of a house"),
    "evacuation_file_kept": N_("Kept the evacuation list of a house as an encrypted file"),
    "figures_viewed": N_("Looked at figures"),
    "gaps_listed": N_("Looked at what is missing in the records"),
    "publication_viewed": N_("Looked at a publication"),
    "accounts_listed": N_("Looked at the accounts"),
    "jobs_listed": N_("Looked at the jobs"),
    "access_denied": N_("Asked for something that is not there for them"),
    # intake and casework
    "application_registered": N_("Registered an application"),
    "application_withdrawn": N_("Recorded that an application was withdrawn"),
    "case_assigned": N_("Chose the case team"),
    "deputy_appointed": N_("Had a colleague stand in"),
    "deputy_ended": N_("Ended that a colleague stands in"),
    "case_referred": N_("Referred to a counsellor or health worker"),
    "referral_ended": N_("Ended a referral"),
    "client_restricted": N_("Restricted a client to named readers"),
    "restriction_lifted": N_("Lifted a restriction"),
    "screening_recorded": N_("Recorded the screening"),
    "person_amended": N_("Put right gender, age or language"),
    "identity_recorded": N_("Recorded a name or birth date"),
    "name_added": N_("Recorded a further name"),
    "paper_seen": N_("Recorded that a paper was seen"),
    "identity_mistaken": N_("Marked a name, birth date or paper as recorded in error"),
    "clients_merged": N_("Merged two client codes of one person"),
    "merge_undone": N_("Took the merge of two client codes apart"),
    "merge_previewed": N_("Looked at what the merge of two client codes would do"),
    "contact_line_recorded": N_("Recorded how to reach somebody"),
    "told_and_agreed": N_("Recorded what somebody was told and agreed to"),
    "information_mistaken": N_("Marked that somebody was told as recorded in error"),
    "agreement_withdrawn": N_("Recorded that somebody took an agreement back"),
    "note_recorded": N_("Wrote a note"),
    "handover_read": N_("Said that a handover was read"),
    "task_planned": N_("Wrote down a task"),
    "task_done": N_("Ticked a task off"),
    "task_reopened": N_("Opened a task again"),
    "household_joined": N_("Put people together in a household"),
    "household_changed": N_("Changed what somebody is in a household"),
    "household_left": N_("Recorded that somebody left a household"),
    "placement_needs_recorded": N_("Recorded what somebody needs of a bed"),
    "health_needs_recorded": N_("Wrote down what somebody needs for their health"),
    "deferral_recorded": N_("Recorded days of a deferral"),
    "deferral_taken_back": N_("Took back days of a deferral"),
    "waiting_list_joined": N_("Put somebody on the waiting list"),
    "guidance_begun": N_("Recorded when guidance began"),
    "consultation_begun": N_("Recorded when consultation began"),
    "continuation_recorded": N_("Recorded that a court continues a stay"),
    "earlier_nights_decided": N_("Decided whether earlier nights count"),
    "fact_mistaken": N_("Marked something as recorded in error"),
    "wish_recorded": N_("Recorded an own wish"),
    "plan_line_recorded": N_("Recorded a goal or an agreement"),
    "contact_person_recorded": N_("Recorded a contact person"),
    "legal_note_recorded": N_("Wrote a confidential legal note"),
    "legal_conclusion_released": N_("Released a legal conclusion"),
    "lawyer_letter_recorded": N_("Recorded a letter of or to the lawyer"),
    "draft_kept": N_("Kept a draft"),
    "draft_thrown_away": N_("Threw a draft away"),
    "scenario_recorded": N_("Recorded a guidance scenario"),
    "milestone_recorded": N_("Recorded a step of a procedure"),
    "procedure_opened": N_("Opened a procedure"),
    "procedure_ended": N_("Ended a procedure"),
    "procedure_words_recorded": N_("Recorded lawyer and reference of a procedure"),
    "allowance_recorded": N_("Recorded a living allowance"),
    "cost_recorded": N_("Recorded a cost"),
    "slip_handed_over": N_("Handed over the money of a slip"),
    "slip_returned": N_("Returned a slip"),
    "slip_taken_back": N_("Took back what was said of a slip"),
    "slips_listed": N_("Looked at slips"),
    "slips_printed": N_("Printed slips"),
    "pay_outs_fixed": N_("Fixed a run of pay-outs"),
    "pay_outs_listed": N_("Looked at pay-outs by code"),
    "costs_listed": N_("Looked at costs by code"),
    "absence_recorded": N_("Recorded nights away"),
    "proposal_made": N_("Made a proposal"),
    "proposal_decided": N_("Decided on a proposal"),
    "proposal_withdrawn": N_("Took a proposal back"),
    "formal_decision_prepared": N_("Prepared a formal decision"),
    "formal_decision_taken": N_("Took a formal decision, or did not take it"),
    "decision_step_recorded": N_("Recorded what became of a formal decision"),
    "letter_made": N_("Made a letter"),
    "letter_opened": N_("Opened a letter to print it"),
    "advice_given": N_("Advised whoever decides for the city"),
    "sheets_listed": N_("Looked at the decision sheets"),
    "sheet_opened": N_("Opened a decision sheet"),
    "sheet_answered": N_("Answered a decision sheet"),
    "follow_up_recorded": N_("Recorded how somebody fares after the exit"),
    "attempt_recorded": N_("Recorded that somebody was tried to be reached"),
    "exit_taken_back": N_("Marked an exit as recorded in error"),
    "departure_settled": N_("Ticked something off the list of who leaves"),
    "destination_recorded": N_("Filled in the kind of next address"),
    "aftercare_closed": N_("Closed a file"),
    "client_reentered": N_("Opened a new file for somebody who came back"),
    "card_recorded": N_("Wrote an emergency card"),
    # emergencies, and the looks that are looked at
    "card_opened": N_("Opened an emergency card"),
    "card_openings_listed": N_("Looked at the emergency cards that were opened"),
    "card_opening_seen": N_("Saw that an emergency card was opened"),
    "door_called": N_("Said that somebody was at the door"),
    "door_told": N_("Told what happened at the door"),
    "doors_listed": N_("Looked at the register of the door"),
    "door_seen": N_("Saw what happened at the door"),
    "demand_recorded": N_("Wrote down a demand of an authority"),
    "demand_worded": N_("Kept words about a demand in the vault"),
    "demand_answered": N_("Gave the default answer to a demand"),
    "demand_assessed": N_("Read on which power a demand rests"),
    "demand_decided": N_("Decided on a demand"),
    "demand_linked": N_("Linked a demand inside the vault"),
    "demand_silenced": N_("Recorded silence about a demand"),
    "demand_taken": N_("Wrote down what was taken in a search"),
    "demand_prepared": N_("Made ready what a demand names"),
    "demand_released": N_("Let go what a demand names"),
    "demand_settled": N_("Settled a demand"),
    "demand_seen": N_("Marked a demand as seen"),
    "demands_listed": N_("Looked at the register of demands"),
    "demands_counted": N_("Looked at the yearly table of demands"),
    "demand_opened": N_("Opened a demand"),
    "demand_letter_opened": N_("Opened the answer to a demand"),
    "demand_document_opened": N_("Opened what left on a demand"),
    "complaint_recorded": N_("Wrote down a complaint"),
    "complaint_given": N_("Said who handles a complaint"),
    "complaint_acknowledged": N_("Recorded that a complaint was acknowledged"),
    "complaint_answered": N_("Answered a complaint"),
    "complaints_listed": N_("Looked at the register of complaints"),
    "complaint_opened": N_("Opened a complaint"),
    "client_request_recorded": N_("Wrote down a request of the client about their data"),
    "client_request_checked": N_("Recorded how it was checked who asks"),
    "client_request_extended": N_("Made the term of a request longer"),
    "client_request_advised": N_("Advised on a request of the client"),
    "client_request_decided": N_("Decided on a request of the client"),
    "client_request_answered": N_("Recorded that a request of the client was answered"),
    "client_request_lifted": N_("Lifted a restriction that the client had asked for"),
    "client_requests_listed": N_("Looked at the requests of clients"),
    "client_request_opened": N_("Opened a request of a client by code"),
    "stranger_request_recorded": N_("Wrote down a request in the name of somebody"),
    "stranger_request_answered": N_("Answered a request in the name of somebody"),
    "glass_broken": N_("Broke the glass of a file"),
    "glass_not_there": N_("Wanted to break the glass of a code that nobody has"),
    "glass_closed": N_("Closed a broken glass before its time"),
    "glass_reviewed": N_("Reviewed a broken glass"),
    "review_opened": N_("Opened something that waits for review"),
    "reviews_listed": N_("Looked at what waits for review"),
    "attention_raised": N_("Noticed looks that stand out"),
    "attention_reviewed": N_("Reviewed looks that stood out"),
    "weekly_review_closed": N_("Reviewed the looks of a week"),
    "audit_listed": N_("Looked at this log"),
    "own_looks_listed": N_("Looked at their own looks"),
    "looks_printed": N_("Printed who looked at a file"),
    "file_copied": N_("Made a copy of a file for the client"),
    "caseload_review_begun": N_("Began to go through a caseload"),
    "separation_recorded": N_("Recorded that two people are kept apart"),
    "separation_ended": N_("Ended that two people are kept apart"),
    "warning_recorded": N_("Recorded a warning of a house"),
    "warning_confirmed": N_("Confirmed a warning of a house"),
    "warning_told": N_("Recorded that somebody was told of a warning"),
    "warning_ended": N_("Ended a warning of a house"),
    "house_pair_recorded": N_("Recorded that two people are not placed together"),
    "house_pair_ended": N_("Ended that two people are not placed together"),
    "time_out_recorded": N_("Recorded a time-out"),
    "time_out_ended": N_("Ended a time-out earlier"),
    "safe_reports_viewed": N_("Opened help to report a crime"),
    "safe_report_recorded": N_("Recorded help to report a crime"),
    "safe_report_taken_back": N_("Took back a record of help to report a crime"),
    "trafficking_viewed": N_("Opened signals of trafficking"),
    "trafficking_recorded": N_("Recorded signals of trafficking"),
    "trafficking_mistaken": N_("Marked signals of trafficking as recorded in error"),
    "child_protection_viewed": N_("Opened child protection"),
    "child_concern_opened": N_("Wrote down a worry about a child"),
    "child_concern_acute": N_("Said that a child is in acute danger"),
    "child_concern_mistaken": N_("Marked a worry about a child as recorded in error"),
    "child_step_recorded": N_("Recorded a step of child protection"),
    "child_step_agreed": N_("Agreed as second person with a step of child protection"),
    "incident_recorded": N_("Wrote down an incident"),
    "incident_followed_up": N_("Followed an incident up"),
    "incidents_listed": N_("Looked at the incidents of a house"),
    "incident_opened": N_("Opened an incident"),
    "policy_viewed": N_("Looked at the rules of the firewall"),
    # shelter
    "bed_allocated": N_("Kept a bed for somebody"),
    "client_arrived": N_("Recorded an arrival"),
    "client_moved": N_("Moved somebody to another bed"),
    "placement_ended": N_("Recorded that somebody left a bed"),
    "placement_cancelled": N_("Cancelled a bed"),
    "waiting_list_viewed": N_("Looked at the waiting list"),
    "place_asked": N_("Asked a place for somebody"),
    "place_changed": N_("Changed what place is asked for somebody"),
    "place_confirmed": N_("Confirmed that a place is still wanted"),
    "waiting_ended": N_("Took somebody off the waiting list"),
    "beds_suggested": N_("Worked out which bed suits whom"),
    "suggestions_viewed": N_("Looked at suggested beds"),
    "suggestion_accepted": N_("Offered a suggested bed"),
    "suggestion_refused": N_("Refused a suggested bed"),
    "forecast_viewed": N_("Looked at how full the beds will be"),
    "bed_offered": N_("Offered somebody a bed"),
    "offer_answered": N_("Recorded the answer to an offer of a bed"),
    "nothing_offered": N_("Recorded that no bed could be offered"),
    "hold_lapsed": N_("Gave back a bed that nobody came for"),
    "bed_held": N_("Held a bed for somebody"),
    "hold_booked": N_("Booked a bed that was held"),
    "hold_lengthened": N_("Changed until when a bed is held"),
    "departure_planned": N_("Planned another departure"),
    "arrival_backdated": N_("Recorded that somebody came earlier"),
    "beds_swapped": N_("Swapped the beds of two people"),
    # bath and bread
    "round_opened": N_("Opened the round of the night"),
    "round_sent": N_("Sent the round of the night"),
    "night_counted": N_("Counted a night without names"),
    "night_frozen": N_("Fixed the count of a night"),
    "presence_deleted": N_("Deleted presence by name of a night"),
    "ledger_viewed": N_("Looked at the ledger of nights"),
    "service_counted": N_("Counted what a site gave out"),
    "service_taken_back": N_("Took back a count of what a site gave out"),
    "services_listed": N_("Looked at what a site gave out"),
    # statements of bed-nights, and the accountant
    "bed_nights_listed": N_("Looked at the statements of bed-nights"),
    "bed_nights_viewed": N_("Looked at a statement of bed-nights"),
    "bed_nights_fixed": N_("Fixed a statement of bed-nights"),
    "auditor_session_opened": N_("Opened a session of an accountant"),
    "auditor_session_closed": N_("Ended a session of an accountant"),
    "auditor_session_listed": N_("Looked at the sample of a session"),
    "auditor_night_shown": N_("Looked behind a night of a sample"),
    "auditor_night_found": N_("Recorded what was found of a night"),
    "assurance_signed": N_("Signed what came of a sample"),
    # figures
    "caseload_imported": N_("Took in a caseload from a file"),
    "operations_sheets_made": N_("Made the operations sheets of a month"),
    "operations_sheets_listed": N_("Looked at the list of operations sheets"),
    "operations_sheet_viewed": N_("Looked at an operations sheet"),
    "sentinel_figures_made": N_("Fixed sentinel figures"),
    "sentinel_figures_viewed": N_("Looked at sentinel figures"),
    "accountability_listed": N_("Looked at the list of accountability statements"),
    "accountability_proposed": N_("Proposed an accountability statement"),
    "accountability_approved": N_("Approved an accountability statement"),
    "accountability_rejected": N_("Sent an accountability statement back"),
    "accountability_viewed": N_("Looked at an accountability statement"),
    "accountability_ended": N_("Ended the grant of an accountability statement"),
    "publication_prepared": N_("Prepared a publication"),
    "publication_proposed": N_("Proposed a publication"),
    "publication_approved": N_("Approved a publication"),
    "publication_rejected": N_("Rejected a publication"),
    "publication_text_written": N_("Wrote what a programme says of its figures"),
    "publication_text_compared": N_("Had a text compared with what vaults hold"),
    "publication_text_allowed": N_("Judged a text of a programme, and allowed it"),
    "publication_report_kept": N_("Kept the digest of a quarterly report"),
    "publication_withdrawn": N_("Withdrew a publication"),
    # accounts, keys and the machine
    "instance_made": N_("Made this installation"),
    "stores_migrated": N_("Brought the stores to a newer version"),
    "account_invited": N_("Invited a colleague"),
    "account_accepted": N_("Accepted an invitation"),
    "account_suspended": N_("Suspended an account"),
    "account_reopened": N_("Opened an account again"),
    "account_closed": N_("Closed an account"),
    "password_changed": N_("Changed a password"),
    "account_reset": N_("Reset an account"),
    "role_granted": N_("Gave a role"),
    "role_seconded": N_("Agreed to a role"),
    "role_ended": N_("Ended a role"),
    "roster_entered": N_("Put a colleague on duty"),
    "roster_ended": N_("Ended a shift"),
    "roster_listed": N_("Looked at who is on duty"),
    "team_made": N_("Made a team"),
    "site_made": N_("Opened a site"),
    "room_made": N_("Added a room to a site"),
    "beds_made": N_("Added beds to a room"),
    "place_closed": N_("Gave a site, room or bed its last night"),
    "place_marked": N_("Changed a mark of a room or bed"),
    "turnaround_set": N_("Changed the nights for cleaning"),
    "site_limited": N_("Changed how many people may sleep at a site"),
    "site_shared": N_("Changed what a funder pays of a site"),
    "outage_begun": N_("Took beds out of service"),
    "outage_revised": N_("Changed a period out of service"),
    "outage_ended": N_("Put beds back into service"),
    "outage_mistaken": N_("Took back a period out of service that was a mistake"),
    "neighbourhood_recorded": N_("Wrote in the neighbourhood log"),
    "neighbourhood_taken_out": N_("Took words out of the neighbourhood log"),
    "signed_in": N_("Signed in"),
    "sign_in_refused": N_("Could not sign in"),
    "signed_out": N_("Signed out"),
    "stepped_up": N_("Gave a fresh code"),
    "vault_unsealed": N_("Opened a vault"),
    "vault_kept_open": N_("Kept a vault open"),
    "unsealing_refused": N_("Could not open a vault"),
    "vaults_sealed": N_("Sealed the vaults"),
    "holder_added": N_("Added a holder of a vault"),
    "holder_removed": N_("Removed a holder of a vault"),
    "job_ran": N_("Ran a job"),
    "job_asked": N_("Asked for a job"),
    "reminder_sent": N_("Mailed a colleague how many things are due"),
    "mail_chosen": N_("Switched mail on or off in their own account"),
    "alerts_raised": N_("Raised alerts of stays"),
    "alert_seen": N_("Saw an alert of a stay"),
    "sweeps_awaited": N_("Waited to sweep a vault"),
    "sweep_ran": N_("Swept a vault"),
    "audit_verified": N_("Verified this log"),
    "checkpoint_made": N_("Signed a checkpoint of this log"),
    "checkpoints_listed": N_("Looked at the checkpoints of this log"),
}


class EventGroup(StrEnum):
    """Kinds of events by which the log is looked through."""

    LOOKS = "looks"
    CHANGES = "changes"
    EMERGENCIES = "emergencies"
    REFUSED = "refused"
    OVERSIGHT = "oversight"
    ACCOUNTS = "accounts"
    KEYS = "keys"


GROUP_NAMES: Final[Mapping[EventGroup, Message]] = {
    EventGroup.LOOKS: N_("Looks at files and lists"),
    EventGroup.CHANGES: N_("Changes"),
    EventGroup.EMERGENCIES: N_("Emergencies and broken glass"),
    EventGroup.REFUSED: N_("Asked for, and not there for them"),
    EventGroup.OVERSIGHT: N_("Oversight of looks"),
    EventGroup.ACCOUNTS: N_("Accounts, roles and rosters"),
    EventGroup.KEYS: N_("Signing in, vaults and the machine"),
}

_EMERGENCIES: Final = frozenset({"card_opened", "glass_broken", "door_called", "door_told"})
_REFUSED: Final = frozenset({"access_denied", "glass_not_there"})
_OVERSIGHT_OF: Final = frozenset(
    {"card_openings_listed", "card_opening_seen", "doors_listed", "door_seen"}
    | {"glass_closed", "glass_reviewed", "reviews_listed", "review_opened"}
    | {"attention_raised", "attention_reviewed", "looks_printed", "policy_viewed"}
)
_KEYS: Final = frozenset({"session", "vault", "job", "instance"})
_MACHINE: Final = frozenset({"alerts_raised", "beds_suggested", "sweeps_awaited", "jobs_listed"})
_LOOKS: Final = frozenset({"caseload_review_begun"})
_ACCOUNTS: Final = frozenset({"accounts_listed", "roster_listed"})


def group_of(event: str) -> EventGroup:
    """The one kind to which an event belongs; an event added later falls under looks or changes by its act."""
    kind = EVENTS[event]
    if event in _EMERGENCIES:
        return EventGroup.EMERGENCIES
    if event in _REFUSED:
        return EventGroup.REFUSED
    if event in _OVERSIGHT_OF or kind.object_kind == "audit":
        return EventGroup.OVERSIGHT
    if event in _MACHINE or kind.object_kind in _KEYS:
        return EventGroup.KEYS
    if event in _ACCOUNTS or kind.object_kind in {"account", "roster", "team"}:
        return EventGroup.ACCOUNTS
    looks = event in _LOOKS or kind.action in {READ, EXECUTE}
    return EventGroup.LOOKS if looks else EventGroup.CHANGES


def events_of(group: EventGroup) -> frozenset[str]:
    """The events of one kind."""
    return frozenset(event for event in EVENTS if group_of(event) is group)
