"""The copy of a file in words: each chapter of it said in the client's language, from what its maker sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

from caseflow.domain import destinations, outcomes, plans
from caseflow.domain.absences import ABSENCE_NAMES
from caseflow.domain.contact_persons import ROLE_NAMES
from caseflow.domain.costs import COST_NAMES
from caseflow.domain.deferrals import DEFERRAL_NAMES
from caseflow.domain.file_copies import Chapter, FileCopy, LeftOut, Passage
from caseflow.domain.follow_ups import FOLLOW_UP_NAMES
from caseflow.domain.health_needs import PLACEMENT_NEED_NAMES
from caseflow.domain.households import ROLE_NAMES as HOUSEHOLD_ROLES
from caseflow.domain.identities import NAME_KINDS, PAPER_KINDS
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.domain.redaction import Hidden
from caseflow.domain.rounds import STATE_NAMES
from caseflow.domain.scenarios import SCENARIO_NAMES
from caseflow.services.case_views import CaseView, Sealed
from caseflow.services.file_copies import Copied
from caseflow.services.waiting_views import WaitingView
from caseflow.web import case_words, consent_words, house_words, waiting_words
from caseflow.web.formatting import long_date, said

LEFT_OUT: Final = {
    LeftOut.THIRD_PERSON: N_("Notes left out because they are about somebody else: %(count)s."),
    LeftOut.LEGAL: N_("Legal notes left out: %(count)s. Ask the legal counsellor for them."),
}
CARD_LINES: Final = {
    "language": N_("Language"),
    "allergies": N_("Allergies"),
    "medication": N_("Medication"),
    "conditions": N_("Conditions"),
    "doctor": N_("Doctor"),
    "pharmacy": N_("Pharmacy"),
    "whom_to_call": N_("Whom to call"),
}
Fact = tuple[Message | Label, Any]


def composed(copied: Copied, language: str, today: date) -> FileCopy:
    """The whole copy, in the language that is spoken while this runs."""
    case = copied.case
    chapters = (
        _person(case),
        _reach(case),
        _chapter(
            N_("What we told you, and what you agreed to"), lines=list(consent_words.lines(case))
        ),
        _plan(case),
        _notes(copied),
        _procedures(case),
        _stays(case),
        _decisions(case),
        _money(case),
        _health(case),
        _happened(case),
        *_legal(copied),
        *_left(copied),
        *_looks(copied),
    )
    return FileCopy(
        title=said(N_("Copy of your file")),
        language=language,
        lead=tuple(_lead(copied, today)),
        chapters=chapters,
        unprinted=said(
            N_("Places with signs that could not be printed here: %(count)s. They stand as […].", count="%")
        ),
        empty=said(N_("Nothing is written down about this.")),
        more=(
            said(
                N_(
                    "Is something wrong? Tell your caseworker. You may have it corrected, and you may complain to the "
                    "Dutch data protection authority (Autoriteit Persoonsgegevens)."
                )
            ),
        ),
    )  # fmt: skip


def _lead(copied: Copied, today: date) -> Iterator[str]:
    case = copied.case
    yield f"{case.call_name} · {case.client_code}"
    yield said(
        N_("What we wrote down about you until %(day)s. This copy is yours: keep it safe.", day=today)
    )  # fmt: skip
    for why, count in copied.left_out.items():
        yield said(Message(LEFT_OUT[why].text, {"count": count}))


def _person(case: CaseView) -> Chapter:
    facts: list[Fact] = [(N_("Call name"), case.call_name), (N_("Code"), case.client_code)]
    if not isinstance(case.identity, Hidden | Sealed) and case.identity is not None:
        now = case.identity.now
        if now is not None:
            facts += [
                (N_("Given names"), now.given_names),
                (N_("Family name"), now.family_name),
                (N_("Born"), now.born),
            ]
        facts += [(NAME_KINDS[one.kind], one.name) for one in case.identity.names]
        facts += [
            (N_("A paper that we saw"), N_("%(paper)s, on %(day)s", paper=PAPER_KINDS[one.kind], day=one.seen_on))
            for one in case.identity.papers
        ]  # fmt: skip
        if case.identity.earlier:
            facts.append((N_("Earlier versions that we keep"), case.identity.earlier))
    if not isinstance(case.person, Hidden):
        spoken = case.person.language
        facts += [
            (N_("Gender"), case_words.GENDERS.get(case.person.gender)),
            (N_("Age"), case_words.AGE_BANDS.get(case.person.age_band)),
            (N_("Language"), case_words.language_name(spoken) if spoken else None),
            (N_("Interpreter needed"), case.person.interpreter),
        ]
    if not isinstance(case.household, Hidden) and case.household.own is not None:
        own = case.household.own  # nobody else of it: they have a file of their own
        facts.append((N_("In a household, as"), HOUSEHOLD_ROLES[own.place.role]))
    return _chapter(N_("Who you are"), facts)


def _reach(case: CaseView) -> Chapter:
    facts: list[Fact] = []
    if not isinstance(case.contact, Hidden | Sealed) and case.contact is not None:
        facts = [
            (N_("Phone"), case.contact.phone),
            (N_("How to reach you"), case.contact.how_to_reach),
            (N_("Whom not to contact"), case.contact.do_not_contact),
        ]
    around = case.file.persons or ()
    facts += [
        (ROLE_NAMES[one.role], ", ".join(filter(None, (one.name, one.phone)))) for one in around
    ]
    return _chapter(N_("How to reach you, and whom you named"), facts)


def _plan(case: CaseView) -> Chapter:
    facts: list[Fact] = []
    if not isinstance(case.wish, Hidden | Sealed):
        facts.append((N_("Your own wish"), case.wish))
    if not isinstance(case.scenario, Hidden) and case.scenario is not None:
        facts.append((N_("What we work towards"), SCENARIO_NAMES[case.scenario]))
    passages = tuple(
        Passage(
            f"{said(plans.KIND_NAMES[one.kind])}, {said(plans.STATE_NAMES[one.state])}", one.words
        )
        for one in case.file.plan or ()
    )
    return _chapter(N_("Your plan"), facts, passages=passages)


def _notes(copied: Copied) -> Chapter:
    return _chapter(
        N_("Notes"),
        passages=tuple(
            Passage(
                f"{long_date(one.contact_on)}, "
                f"{said(case_words.NOTE_KINDS.get(one.kind, one.kind)).lower()}",
                one.words,
            )
            for one in copied.notes
        ),
    )


def _procedures(case: CaseView) -> Chapter:
    facts: list[Fact] = []
    for one in case.procedures or ():
        facts.append((one.name, _days(one.from_on, one.until_on)))
        facts += [(step.what, _step(step.on, step.result)) for step in one.steps]
        facts += [(due.what, due.on) for due in one.waiting]
        if one.lawyer and not isinstance(one.lawyer, Hidden | Sealed):
            facts += [
                (N_("Lawyer"), one.lawyer.lawyer),
                (N_("Reference"), one.lawyer.reference),
                (N_("V-number"), one.lawyer.v_number),
            ]
    facts += [
        (answer.label, case_words.ANSWERS[answer.answer])
        for answer in case.screening or ()
        if answer.answer
    ]
    return _chapter(N_("Procedures and answers at the start"), facts)


def _stays(case: CaseView) -> Chapter:
    lines = []
    for stay in case.placements or ():
        lines.append(f"{stay.site}: {_days(stay.arrival_on, stay.departure_on)}")
    if case.absence:
        away = ABSENCE_NAMES[case.absence.kind]
        lines.append(f"{said(away)}: {_days(case.absence.nights.arrival, None)}")
    for one in case.presences or ():
        if one.is_current:
            kind = one.said.kind
            what = ABSENCE_NAMES[kind] if kind is not None else STATE_NAMES[one.said.state]
            lines.append(said(N_("Night of %(day)s: %(state)s", day=one.night, state=what)))
    if isinstance(case.waiting, WaitingView):
        lines += waiting_words.told(case.waiting)
    lines += house_words.lines(case)
    return _chapter(N_("Where you stayed"), lines=lines)


def _decisions(case: CaseView) -> Chapter:
    passages = []
    for one in case.proposals or ():
        told = (
            f"{said(case_words.PROPOSALS[one.kind])}, {said(case_words.PROPOSAL_STATES[one.state])}"
        )
        day = one.until_on or one.event_on
        words = one.reason if isinstance(one.reason, str) else ""
        passages.append(Passage(f"{told}, {long_date(day)}", words))
    for decision in case.formal_decisions or ():
        if isinstance(decision.name, Message):
            words = decision.words if isinstance(decision.words, str) else ""
            since = _spelled(decision.effective_on)
            passages.append(Passage(", ".join(filter(None, (said(decision.name), since))), words))
    facts: list[Fact] = []
    if case.exit:
        facts = [
            (N_("Left on"), case.exit.exited_on),
            (N_("Outcome"), outcomes.OUTCOME_NAMES[case.exit.outcome]),
            (N_("Ground"), outcomes.BASIS_NAMES[case.exit.basis] if case.exit.basis else None),
            (
                N_("Kind of next address"),
                destinations.DESTINATION_NAMES[case.exit.destination]
                if case.exit.destination
                else None,
            ),
        ]
        facts += [
            (N_("After %(months)s months", months=one.months), FOLLOW_UP_NAMES[one.answer])
            for one in case.follow_ups or ()
        ]
    return _chapter(N_("Decisions"), facts, passages=tuple(passages))


def _money(case: CaseView) -> Chapter:
    lines = [
        f"{_days(one.from_on, one.until_on)}: {case_words.euros(one.weekly_cents)} "
        + said(N_("a week"))
        for one in case.allowances or ()
    ]
    lines += [
        f"{long_date(one.period.from_on)} – {long_date(one.period.last_day)}: {case_words.euros(one.cents)}"
        for one in case.slips or ()
    ]
    if not isinstance(case.money, Hidden):
        lines += [
            f"{long_date(one.on)}, {said(COST_NAMES[one.kind])}: {case_words.euros(one.cents)}"
            for one in case.money.costs
            if one.mistaken_on is None
        ]
    return _chapter(N_("Money"), lines=lines)


def _health(case: CaseView) -> Chapter:
    facts: list[Fact] = []
    if case.health is not None:
        needed = (*(case.health.placement or ()), *(case.health.placement_earlier or ()))
        facts += [
            (PLACEMENT_NEED_NAMES[one.kind], _days(one.from_on, one.until_on)) for one in needed
        ]
        if case.health.needs and not isinstance(case.health.needs, Hidden | Sealed):
            facts.append((N_("What you need"), case.health.needs.words))
        for deferral in case.health.deferrals or ():
            covered = deferral.cover
            facts += [
                (
                    DEFERRAL_NAMES[deferral.told.kind],
                    _days(covered.from_on, covered.until_on) if covered else None,
                ),
                (N_("Expected delivery"), deferral.told.expected_on),
                (N_("Actual delivery"), deferral.told.delivered_on),
            ]
    if case.card:
        lines = case.card.lines
        facts += [(name, getattr(lines, field)) for field, name in CARD_LINES.items()]
    return _chapter(N_("Health and emergency card"), facts)


def _happened(case: CaseView) -> Chapter:
    lines = [
        f"{long_date(one.on)}: {said(one.what)}" for one in case.timeline if one.mistaken_on is None
    ]
    return _chapter(N_("What happened, the newest first"), lines=lines)


def _legal(copied: Copied) -> Iterator[Chapter]:
    """What the counsellor released stands in every copy of who sees it; notes and letters in the counsellor's alone."""
    file = copied.case.file
    passages = [
        Passage(long_date(one.at) + _by(one.due_on), one.words) for one in file.conclusions or ()
    ]
    if copied.by_counsellor:
        passages += [Passage(long_date(one.at), one.words) for one in file.legal_notes or ()]
        passages += [
            Passage(long_date(one.dated_on), one.words)
            for one in file.letters or ()
            if isinstance(one.words, str)
        ]
    if passages:
        yield _chapter(N_("Legal advice"), passages=tuple(passages))


def _left(copied: Copied) -> Iterator[Chapter]:
    if copied.left is None:
        return
    lines = []
    for one in copied.left:
        to = said(N_("to %(whom)s", whom=said(one.to))) if one.to else said(N_("to you"))
        office = f" ({one.office})" if one.office else ""
        things = ", ".join(said(thing) for thing in one.things)
        told = said(N_("It said: %(things)s.", things=things)) if things else ""
        lines.append(f"{long_date(one.on)}: {said(one.what)}, {to}{office}. {told}".rstrip())
    yield _chapter(N_("What we gave to others"), lines=lines)


def _looks(copied: Copied) -> Iterator[Chapter]:
    if copied.looks is None:
        return
    lines = []
    for day in copied.looks:
        for one in day.lines:
            times = f" ({one.times}×)" if one.times > 1 else ""
            lines.append(f"{long_date(day.on)}: {said(one.who)} {said(one.what)}{times}")
    yield _chapter(N_("Who looked at your file"), lines=lines)


def _chapter(
    title: Message,
    facts: Iterable[Fact] = (),
    *,
    lines: Iterable[str] = (),
    passages: tuple[Passage, ...] = (),
) -> Chapter:
    """A chapter with what is known alone: what is empty or hidden leaves no line."""
    told = [(said(term), _spelled(value)) for term, value in facts]
    return Chapter(
        said(title),
        tuple((term, value) for term, value in told if value),
        tuple(lines),
        passages,
    )


def _spelled(value: Any) -> str:
    if value is None or isinstance(value, Hidden | Sealed):
        return ""
    if isinstance(value, bool):
        return said(N_("Yes") if value else N_("No"))
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, Message | Label):
        return said(value)
    return str(value)


def _days(first: Any, last: Any) -> str:
    """From a day until a day, as far as they are known."""
    if not isinstance(first, date):
        return _spelled(last)
    until = long_date(last) if isinstance(last, date) else "…"
    return f"{long_date(first)} – {until}"


def _by(day: date | None) -> str:
    return f" ({long_date(day)})" if day is not None else ""


def _step(on: date, result: Any) -> str:
    name = case_words.RESULTS.get(result) if isinstance(result, str) else None
    return f"{long_date(on)}, {said(name).lower()}" if name is not None else long_date(on)
