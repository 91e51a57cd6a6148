"""The client's own list of who looked at their file: acts of the log in words for the person they are about.

Functions instead of names, kinds of things instead of fields, one line for what happened often on a day. The words are
plain (B1), because the paper is read at a kitchen table. Sources: GDPR art. 12(1) and 15(1)(c), rule FW13.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseflow.domain.access import Relation
from caseflow.domain.actors import SYSTEM, Role
from caseflow.domain.event_words import EventGroup, group_of
from caseflow.domain.events import EVENTS, READ
from caseflow.domain.glass import PURPOSE_NAMES
from caseflow.domain.look_purposes import REVIEW_PURPOSES, strongest
from caseflow.domain.messages import N_, Message
from caseflow.domain.redaction import Compartment


@dataclass(frozen=True)
class Trace:
    """One act that was about the client: on which local day, by whom, standing how."""

    on: date
    event: str
    user_id: str
    roles: frozenset[str]
    relations: frozenset[str]
    compartments: frozenset[str]
    purpose: str
    emergency: bool
    deputises: bool


@dataclass(frozen=True)
class Line:
    """What somebody in one function did on a day, how often, and how many people that were."""

    who: Message
    names: tuple[str, ...]
    """Work names, where the client asked for them; else none."""
    what: Message
    why: Message | None
    things: tuple[Message, ...]
    times: int
    people: int
    emergency: bool


@dataclass(frozen=True)
class Day:
    """One day of the list."""

    on: date
    lines: tuple[Line, ...]


_BY_RELATION: Final[Mapping[Relation, Message]] = {
    Relation.CASE_TEAM: N_("Your caseworker"),
    Relation.LEADS_TEAM: N_("The team lead of your caseworker"),
    Relation.BROKEN_GLASS: N_("Somebody who does not work with you"),
    Relation.ON_DUTY: N_("A colleague on duty"),
    Relation.ACCOMPANYING: N_("The health worker who goes with you"),
    Relation.INTAKE_DESK: N_("The intake desk"),
    Relation.PLACES: N_("The coordinator of the shelter"),
    Relation.SHELTERS: N_("The coordinator of the other organisation where you sleep"),
    Relation.HOUSES: N_("The coordinator of the shelter"),
    Relation.OWN_SITE: N_("A worker of the house where you sleep"),
    Relation.OWN_SITE_TONIGHT: N_("The night shift of the house where you sleep"),
    Relation.BEDSIDE: N_("A worker of the house where you sleep"),
    Relation.TEAM: N_("A colleague of your caseworker"),
}
_DEPUTY: Final = N_("Who stands in for your caseworker")
_BY_ROLE: Final[Mapping[str, Message]] = {
    Role.PRIVACY_OFFICER: N_("The privacy officer"),
    Role.FG: N_("The data protection officer"),
    Role.LEGAL_COUNSELLOR: N_("The legal counsellor"),
    Role.HEALTH_WORKER: N_("The health worker"),
    Role.CASEWORKER: N_("A caseworker"),
    Role.TEAM_LEAD: N_("A team lead"),
    Role.COORDINATOR: N_("The coordinator of the shelter"),
    Role.FINANCE: N_("A worker of finance"),
    Role.AUDITOR: N_("An accountant"),
    Role.RESIDENTIAL_WORKER: N_("A worker of the house where you sleep"),
    Role.NIGHT_WORKER: N_("The night shift of the house where you sleep"),
    Role.INTAKE_DESK: N_("The intake desk"),
    Role.MUNICIPAL_DECISION_MAKER: N_("Somebody who decides for the city"),
}
_ITSELF: Final = N_("The computer, by itself")
_SOMEBODY: Final = N_("A worker of the office")

THINGS: Final[Mapping[str, Message]] = {
    Compartment.IDENTITY: N_("your name and date of birth"),
    Compartment.CONTACT: N_("how to reach you"),
    Compartment.CASEWORK: N_("the steps you take with us"),
    Compartment.SHELTER: N_("where you sleep"),
    Compartment.NOTES: N_("notes of conversations"),
    Compartment.IMMIGRATION: N_("your procedures"),
    Compartment.LAWYER_CORRESPONDENCE: N_("letters of your lawyer"),
    Compartment.LEGAL_NOTES: N_("notes of the legal counsellor"),
    Compartment.HEALTH: N_("what you need for your health"),
    Compartment.EMERGENCY_CARD: N_("your emergency card"),
    Compartment.SAFETY: N_("your safety"),
    # never words of its own: a paper may be read by whoever did the harm
    Compartment.SAFE_REPORTING: N_("your safety"),
    Compartment.MONEY: N_("your living allowance"),
    Compartment.CONSENT: N_("what you agreed to"),
}
"""Kinds of things a file has. That somebody could see one does not say that there is anything in it."""

_OPENED: Final = N_("opened your file")
_READ_OF_SAFETY: Final = N_("read something about safety")
_WROTE_OF_SAFETY: Final = N_("wrote down something about safety")
"""One sentence for all of it: the paper lies on a kitchen table, where others read it too."""
_ON_A_LIST: Final = N_("saw your call name and code on a list")
_LOOKED: Final = N_("looked at something about you")
_WROTE: Final = N_("wrote something in your file")
DEEDS: Final[Mapping[str, Message]] = {
    "case_opened": _OPENED,
    "caseload_listed": _ON_A_LIST,
    "beds_listed": _ON_A_LIST,
    "round_opened": _ON_A_LIST,
    "round_sent": N_("wrote down whether you were there at night"),
    "board_listed": _ON_A_LIST,
    "alerts_listed": _ON_A_LIST,
    "clocks_listed": _ON_A_LIST,
    "gaps_listed": N_("saw your code on a list of what is missing in files"),
    "evacuation_listed": N_("saw your call name and bed on the list for a fire"),
    "evacuation_file_kept": N_("kept your call name and bed on the list for a fire"),
    "waiting_list_viewed": _ON_A_LIST,
    "card_openings_listed": _ON_A_LIST,
    "reviews_listed": _ON_A_LIST,
    "card_opened": N_("opened your emergency card"),
    "client_request_recorded": N_("wrote down what you asked about your data"),
    "client_request_checked": N_("wrote down that it was you who asked"),
    "client_request_extended": N_("wrote down that an answer to you takes longer"),
    "client_request_advised": N_("gave advice on what you asked about your data"),
    "client_request_decided": N_("decided on what you asked about your data"),
    "client_request_answered": N_("wrote down that you got an answer"),
    "client_request_lifted": N_("wrote down that your data may be shared again"),
    "client_requests_listed": N_("saw on a list, by your code, that you asked something"),
    "client_request_opened": N_("read, by your code, what you asked about your data"),
    "disclosure_asked": N_("asked a colleague whether something about you may leave"),
    "disclosure_issued": N_("made a letter about you"),
    "disclosure_approved": N_("agreed that something about you leaves"),
    "disclosure_confirmed": N_("said whether they had agreed by telephone"),
    "disclosure_refused": N_("decided that something about you does not leave"),
    "disclosure_withdrawn": N_("took back what had left about you"),
    "disclosure_opened": N_("read what left about you"),
    "disclosures_listed": N_("looked at what left about you"),
    "disclosures_awaited": N_("saw your code on a list of what may leave"),
    "disclosures_sampled": N_("saw your code on a list of what left"),
    "disclosure_checked": N_("checked what left about you"),
    "recipient_agreed": N_("wrote down to whom letters about you may go"),
    "recipient_ended": N_("wrote down that letters about you no longer go to somebody"),
    "recipient_told": N_("told somebody that something about you was taken back"),
    "glass_broken": N_("opened your file with a written reason"),
    "glass_closed": N_("closed your file again"),
    "glass_reviewed": N_("checked whether somebody was allowed to look"),
    "review_opened": N_("checked whether somebody was allowed to look"),
    "card_opening_seen": N_("checked that your emergency card was opened"),
    "looks_printed": N_("printed this list for you"),
    "file_copied": N_("made a copy of your file for you"),
    "application_registered": N_("wrote down your application"),
    "client_reentered": N_("opened a new file for you"),
    "application_withdrawn": N_("wrote down that your application was withdrawn"),
    "waiting_list_joined": N_("put you on the waiting list"),
    "guidance_begun": N_("wrote down when we began to work with you"),
    "consultation_begun": N_("wrote down when we began to talk with you"),
    "scenario_recorded": N_("wrote down what you work towards with us"),
    "continuation_recorded": N_("wrote down that a court lets you stay for now"),
    "earlier_nights_decided": N_("decided whether earlier nights count"),
    "follow_up_recorded": N_("wrote down how you are after you left"),
    "attempt_recorded": N_("tried to reach you while you were away"),
    "exit_taken_back": N_("wrote down that you had not left after all"),
    "departure_settled": N_("wrote down that something for your departure was done"),
    "destination_recorded": N_("wrote down what kind of place you went to"),
    "aftercare_closed": N_("closed your file"),
    "alert_seen": N_("read a message that your last day comes near"),
    "placement_cancelled": N_("cancelled a bed for you"),
    "place_asked": N_("asked a place to sleep for you"),
    "place_changed": N_("changed what place to sleep is asked for you"),
    "place_confirmed": N_("wrote down that you still want a place to sleep"),
    "waiting_ended": N_("wrote down that you no longer wait for a place to sleep"),
    "beds_suggested": N_("worked out which bed suits you"),
    "suggestions_viewed": _ON_A_LIST,
    "suggestion_accepted": N_("offered you a bed"),
    "suggestion_refused": N_("decided that a bed does not suit you"),
    "bed_offered": N_("offered you a bed"),
    "offer_answered": N_("wrote down your answer about a bed"),
    "nothing_offered": N_("wrote down that there was no bed for you"),
    "auditor_night_shown": N_("checked by your code, without your name, that you slept here"),
    "hold_lapsed": N_("gave back a bed that was kept for you"),
    "case_assigned": N_("chose who works with you"),
    "deputy_appointed": N_("asked somebody to stand in for your caseworker"),
    "deputy_ended": N_("ended that somebody stands in for your caseworker"),
    "case_referred": N_("asked a counsellor or health worker to help you"),
    "referral_ended": N_("ended the help of a counsellor or health worker"),
    "client_restricted": N_("chose the few people who may open your file"),
    "restriction_lifted": N_("opened your file for the team again"),
    "screening_recorded": N_("wrote down your answers at the start"),
    "person_amended": N_("wrote down your gender, age or language"),
    "identity_recorded": N_("wrote down your name or date of birth"),
    "name_added": N_("wrote down another name of yours"),
    "paper_seen": N_("wrote down that you showed a paper"),
    "identity_mistaken": N_("marked a mistake in what is known about you"),
    "clients_merged": N_("put two files of yours together"),
    "merge_undone": N_("took two files apart again"),
    "merge_previewed": N_("looked whether two files are both yours"),
    "contact_line_recorded": N_("wrote down how to reach you"),
    "told_and_agreed": N_("wrote down what we told you and what you agreed to"),
    "information_mistaken": N_("put right what we told you"),
    "agreement_withdrawn": N_("wrote down that you took back a yes"),
    "note_recorded": N_("wrote a note"),
    "task_planned": N_("wrote down something to do for you"),
    "task_done": N_("wrote down that something for you was done"),
    "task_reopened": N_("wrote down that something for you still has to be done"),
    "wish_recorded": N_("wrote down what you hope for"),
    "plan_line_recorded": N_("wrote down a goal or an agreement with you"),
    "contact_person_recorded": N_("wrote down who helps you"),
    "draft_kept": N_("began to write something about you"),
    "draft_thrown_away": N_("threw away what was begun"),
    "legal_note_recorded": N_("wrote a legal note"),
    "legal_conclusion_released": N_("wrote down legal advice for those who work with you"),
    "lawyer_letter_recorded": N_("wrote down that there was a letter with your lawyer"),
    "milestone_recorded": N_("wrote down a step of your procedure"),
    "procedure_opened": N_("wrote down that a procedure of yours began"),
    "procedure_ended": N_("wrote down that a procedure of yours ended"),
    "procedure_words_recorded": N_("wrote down who your lawyer is"),
    "allowance_recorded": N_("wrote something about your living allowance"),
    "cost_recorded": N_("wrote down what something for you cost"),
    "slip_handed_over": N_("wrote down that you got your money"),
    "slip_returned": N_("wrote down that you did not get your money"),
    "slip_taken_back": N_("corrected what was written about your money"),
    "slips_listed": N_("saw on a list how much money you get"),
    "slips_printed": N_("printed a slip for your money, with your code"),
    "pay_outs_fixed": N_("worked out how much money you get, by your code"),
    "pay_outs_listed": N_("saw your code and how much money you get"),
    "costs_listed": N_("saw your code and what something for you cost"),
    "absence_recorded": N_("wrote down nights away"),
    "warning_recorded": N_(
        "wrote down what colleagues should do differently with you in the house"
    ),
    "warning_confirmed": N_("said that colleagues should still do something differently with you"),
    "warning_told": N_("wrote down that you were told what colleagues do differently with you"),
    "warning_ended": N_("ended what colleagues did differently with you"),
    "time_out_recorded": N_("wrote down that you do not come to a house for some nights"),
    "time_out_ended": N_("wrote down that you may come back to the house earlier"),
    "safe_reports_viewed": _READ_OF_SAFETY,
    "safe_report_recorded": _WROTE_OF_SAFETY,
    "safe_report_taken_back": _WROTE_OF_SAFETY,
    "trafficking_viewed": _READ_OF_SAFETY,
    "trafficking_recorded": _WROTE_OF_SAFETY,
    "trafficking_mistaken": _WROTE_OF_SAFETY,
    "child_protection_viewed": _READ_OF_SAFETY,
    "child_concern_opened": _WROTE_OF_SAFETY,
    "child_concern_acute": _WROTE_OF_SAFETY,
    "child_concern_mistaken": _WROTE_OF_SAFETY,
    "child_step_recorded": _WROTE_OF_SAFETY,
    "child_step_agreed": _WROTE_OF_SAFETY,
    "incident_recorded": N_("wrote down something that happened in the house"),
    "incident_followed_up": N_("wrote down that something that happened was talked over"),
    "incidents_listed": N_("saw on a list what happened in the house"),
    "incident_opened": N_("read what happened in the house"),
    "card_recorded": N_("wrote your emergency card"),
    "telling_recorded": N_("wrote down what was told about you to somebody outside"),
    "danger_recorded": N_("wrote down what was told about you to save a life"),
    "tellings_listed": N_("saw your code on a list of what was told about people"),
    "telling_seen": N_("checked what was told about you"),
    "conference_opened": N_("saw your code on the agenda of a meeting"),
    "conference_asked": N_("asked to talk about you at a meeting, or wrote down that you object"),
    "conference_approved": N_("decided whether you are talked about at a meeting"),
    "conference_left": N_("took you off the agenda of a meeting"),
    "conference_result_recorded": N_("wrote down what a meeting advised about you"),
    "lso_registered": N_("wrote down that a meeting with the State was told of you in the past"),
    "proposal_made": N_("proposed a decision about your stay"),
    "proposal_decided": N_("decided about your stay"),
    "proposal_withdrawn": N_("took a proposal back"),
    "formal_decision_prepared": N_("prepared a decision about you"),
    "formal_decision_taken": N_("decided about you"),
    "decision_step_recorded": N_("wrote down what became of a decision about you"),
    "letter_made": N_("made a letter for you"),
    "letter_opened": N_("opened a letter to you"),
    "advice_given": N_("advised the city about your stay"),
    "sheets_listed": N_("saw your code on a list, without your name"),
    "sheet_opened": N_("read what is needed to decide about your stay, without your name"),
    "sheet_answered": N_("decided about your stay for the city"),
    "bed_allocated": N_("kept a bed for you"),
    "client_arrived": N_("wrote down that you arrived"),
    "client_moved": N_("wrote down that you have another bed"),
    "beds_swapped": N_("wrote down that you have another bed"),
    "bed_held": N_("held a bed for you"),
    "hold_booked": N_("booked a bed for you"),
    "hold_lengthened": N_("changed until when a bed is held for you"),
    "departure_planned": N_("planned until when you have your bed"),
    "arrival_backdated": N_("wrote down that you came earlier"),
    "placement_ended": N_("wrote down that you left your bed"),
    "fact_mistaken": N_("marked a mistake in your file"),
}
"""What was done, as the person reads it; other looks and changes have a general word."""

LEFT_OUT: Final = frozenset(
    {"separation_recorded", "separation_ended", "house_pair_recorded", "house_pair_ended"}
    | {"complaint_recorded", "complaint_given", "complaint_acknowledged", "complaint_answered"}
    | {"complaints_listed", "complaint_opened"}
)
"""Acts that name two people: on paper, one side would learn of the other's safety plan. And those on a complaint: the
list is printed by the case team, about whom the complaint may be."""


_KNOWN: Final = frozenset(one.value for one in Relation)
_WHY: Final[Mapping[str, Message]] = {
    **{
        code: N_("all files were gone through: %(why)s", why=words)
        for code, words in REVIEW_PURPOSES.items()
    },
    **{code.value: words for code, words in PURPOSE_NAMES.items()},
}
"""Why, where the function does not say it: the reason of a broken glass, or a list that was gone through."""


def days(traces: Iterable[Trace], names: Mapping[str, str] | None = None) -> tuple[Day, ...]:
    """The list, newest day first; in a day, emergencies first. With `names`, work names stand beside functions.

    A look at a list says nothing of how somebody stands to each person on it; whoever opened the file as caseworker
    that day, else on another day of the list, is called so there too.
    """
    by_day: dict[date, list[Trace]] = {}
    for one in traces:
        if one.event not in LEFT_OUT:
            by_day.setdefault(one.on, []).append(one)
    ever = _standings(one for some in by_day.values() for one in some)
    return tuple(
        Day(on, _lines(by_day[on], ever | _standings(by_day[on]), names))
        for on in sorted(by_day, reverse=True)
    )


def function_of(trace: Trace, stood: frozenset[str] = frozenset()) -> Message:
    """In which function somebody did this: by the relation it was for, else as they stood that day, or their role."""
    if trace.user_id == SYSTEM:
        return _ITSELF
    if trace.relations and trace.purpose in _KNOWN:
        found: Relation | None = Relation(trace.purpose)
    else:
        stands = trace.relations or stood
        found = strongest(frozenset(Relation(one) for one in stands if one in _KNOWN))
    if found is Relation.CASE_TEAM and trace.deputises:
        return _DEPUTY
    if found is not None:
        return _BY_RELATION[found]
    return next((words for role, words in _BY_ROLE.items() if role in trace.roles), _SOMEBODY)


def deed_of(event: str) -> Message:
    """What was done."""
    kind = EVENTS.get(event)
    return DEEDS.get(event) or (_LOOKED if kind is not None and kind.action == READ else _WROTE)


def _standings(traces: Iterable[Trace]) -> dict[str, frozenset[str]]:
    """Every relation in which each colleague acted; who acted in none is missing."""
    stood: dict[str, frozenset[str]] = {}
    for one in traces:
        if one.relations:
            stood[one.user_id] = stood.get(one.user_id, frozenset()) | one.relations
    return stood


def _lines(
    traces: list[Trace], stood: Mapping[str, frozenset[str]], names: Mapping[str, str] | None
) -> tuple[Line, ...]:
    found: dict[tuple[object, ...], list[Trace]] = {}
    for one in traces:
        who = function_of(one, stood.get(one.user_id, frozenset()))
        why = one.purpose if one.purpose in _WHY else ""
        key = (who.text, deed_of(one.event).text, why, one.compartments, one.emergency)
        found.setdefault(key, []).append(one)
    lines = [_line(some, stood, names) for some in found.values()]
    return tuple(sorted(lines, key=_order))


def _line(
    traces: list[Trace], stood: Mapping[str, frozenset[str]], names: Mapping[str, str] | None
) -> Line:
    first = traces[0]
    people = {one.user_id for one in traces} - {SYSTEM}
    seen = {words.text: words for code, words in THINGS.items() if code in first.compartments}
    return Line(
        who=function_of(first, stood.get(first.user_id, frozenset())),
        names=tuple(sorted(names[one] for one in people if one in names)) if names else (),
        what=deed_of(first.event),
        why=_WHY.get(first.purpose),
        things=tuple(seen.values()) if first.event == "case_opened" else (),
        times=len(traces),
        people=len(people),
        emergency=first.emergency or group_of(first.event) is EventGroup.EMERGENCIES,
    )


def _order(line: Line) -> tuple[bool, str, str]:
    return (not line.emergency, line.who.text, line.what.text)
