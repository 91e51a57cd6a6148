"""What may follow what on the way of a case, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from caseflow.domain.cases import STAGE_NAMES, CaseFacts
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.facts import may_date
from caseflow.domain.messages import N_
from caseflow.domain.outcomes import Outcome
from caseflow.domain.programmes import Offer, Programme, ProgrammeKind, Stage

FOLLOWS: Mapping[Stage, frozenset[Stage]] = MappingProxyType(
    {
        Stage.APPLICATION: frozenset(
            {Stage.SCREENING, Stage.GUIDANCE, Stage.EXITED, Stage.DECLINED, Stage.WITHDRAWN}
        ),
        Stage.SCREENING: frozenset(
            {Stage.WAITING, Stage.GUIDANCE, Stage.EXITED, Stage.DECLINED, Stage.WITHDRAWN}
        ),
        Stage.WAITING: frozenset(
            {Stage.SCREENING, Stage.GUIDANCE, Stage.EXITED, Stage.DECLINED, Stage.WITHDRAWN}
        ),
        Stage.GUIDANCE: frozenset({Stage.EXITED}),
        Stage.EXITED: frozenset({Stage.AFTERCARE, Stage.CLOSED}),
        Stage.AFTERCARE: frozenset({Stage.CLOSED}),
        Stage.DECLINED: frozenset({Stage.CLOSED}),
        Stage.WITHDRAWN: frozenset({Stage.CLOSED}),
        Stage.CLOSED: frozenset(),
    }
)


def may_follow(programme: Programme, now: Stage, following: Stage) -> Decision:
    """Answers whether one stage may come after another in a programme.

    A programme that screens admits nobody before the screening.
    """
    skips_screening = now is Stage.APPLICATION and following is Stage.GUIDANCE
    if (
        following not in FOLLOWS[now]
        or following not in programme.stages
        or (skips_screening and Stage.SCREENING in programme.stages)
    ):
        return Refused(
            N_(
                "“%(following)s” cannot follow “%(now)s” in this programme.",
                following=STAGE_NAMES[following],
                now=STAGE_NAMES[now],
            )
        )
    return Allowed()


def may_register(programme: Programme, call_name: str, on: date, today: date) -> Decision:
    """Answers whether someone may be registered: a call name is all that is needed.

    The name need not be real. Source: rule FW2, after anonymous care in Frankfurt.
    """
    if programme.imports_only:
        return Refused(N_("This programme holds past episodes only. Choose a programme that runs."))
    if not call_name.strip():
        return Refused(N_("Enter a name to call this person by. It need not be a real name."))
    dated = may_date(on, today, programme.validity.valid_from)
    if not dated:
        return dated
    if not programme.open_on(on):
        return Refused(
            N_(
                "This programme ended on %(day)s. Choose another programme.",
                day=programme.validity.valid_to,
            )
        )
    return Allowed()


def may_record_identity(programme: Programme) -> Decision:
    """Answers whether a programme lets anyone write down who a client is."""
    if not programme.identity_asked:
        return Refused(N_("Nobody asks who someone is in this programme. Keep to the call name."))
    return Allowed()


def may_reenter(earlier: Iterable[CaseFacts], programme: Programme, on: date) -> Decision:
    """Answers whether a client may begin a new episode in a programme.

    Only after the earlier one in the same programme ended; other programmes do not stand in the way.
    """
    for case in earlier:
        if case.programme.id != programme.id:
            continue
        if not case.has_ended:
            return Refused(
                N_("This person already has an open case in this programme. Go on with that one.")
            )
        if case.exited_on is not None and on < case.exited_on:
            return Refused(
                N_(
                    "The earlier episode ended on %(day)s. A new one begins on that day or later.",
                    day=case.exited_on,
                )
            )
    return Allowed()


def may_screen(facts: CaseFacts, on: date, today: date) -> Decision:
    """Answers whether a screening may be recorded for a day."""
    following = may_follow(facts.programme, facts.stage, Stage.SCREENING)
    return following and may_date(on, today, facts.application_on)


def may_answer_screening(facts: CaseFacts, on: date, today: date) -> Decision:
    """Answers whether admission criteria may be answered: a later answer joins the earlier ones."""
    if facts.stage is Stage.APPLICATION:
        return may_screen(facts, on, today)
    if facts.has_ended:
        return Refused(N_("This case has ended, so it is not screened again."))
    return may_date(on, today, facts.application_on)


def may_wait(facts: CaseFacts, on: date, today: date) -> Decision:
    """Answers whether a screened person may be put on the waiting list of the programme."""
    following = may_follow(facts.programme, facts.stage, Stage.WAITING)
    return following and may_date(on, today, facts.screened_on or facts.application_on)


def may_record_scenario(facts: CaseFacts, on: date, today: date) -> Decision:
    """Answers whether a guidance scenario may be recorded; a later one joins the earlier ones."""
    if facts.has_ended:
        return _over(facts)
    if Offer.GUIDANCE not in facts.programme.offers:
        return Refused(N_("This programme gives no guidance, so it has no guidance scenario."))
    if facts.stage is Stage.APPLICATION and Stage.SCREENING in facts.programme.stages:
        return Refused(N_("Screen this person first. Then record what you will work towards."))
    return may_date(on, today, facts.application_on)


def may_begin_pathway(facts: CaseFacts, on: date, today: date) -> Decision:
    """Answers whether guidance may begin: only after the admission, with or without a bed."""
    if facts.has_ended:
        return _over(facts)
    if facts.admitted_on is None:
        return Refused(N_("Guidance begins after the admission. Propose the admission first."))
    if facts.pathway_started_on is not None:
        return Refused(N_("Guidance already began on %(day)s.", day=facts.pathway_started_on))
    return may_date(on, today, facts.admitted_on)


def may_shelter(facts: CaseFacts, arrival: date) -> Decision:
    """Answers whether a person may be given a bed; no admission is needed for it.

    An arrival may lie ahead: beds are held for days to come. Source: Regioplan 2020, par. 3.6.
    """
    if facts.has_ended:
        return _over(facts)
    if Offer.SHELTER not in facts.programme.offers:
        return Refused(N_("This programme has no shelter. Open a case in one that does."))
    if arrival < facts.application_on:
        return may_date(arrival, arrival, facts.application_on)
    return Allowed()


def may_record_allowance(facts: CaseFacts, on: date, today: date) -> Decision:
    """Answers whether a living allowance may begin; neither a bed nor an admission is needed.

    One allowance at a time. Source: the 82 people on an allowance in Amsterdam, Telegraaf 12-2019.
    """
    if facts.has_ended:
        return _over(facts)
    if Offer.ALLOWANCE not in facts.programme.offers:
        return Refused(N_("This programme pays no living allowance."))
    if any(allowance.departure is None for allowance in facts.allowances):
        return Refused(N_("A living allowance already runs. End that one first."))
    if any(allowance.covers(on) for allowance in facts.allowances):
        return Refused(N_("A living allowance was already paid for %(day)s.", day=on))
    return may_date(on, today, facts.application_on)


def may_end_allowance(facts: CaseFacts) -> Decision:
    """Answers whether a living allowance runs, so that it can be said when it ends."""
    if all(allowance.departure is not None for allowance in facts.allowances):
        return Refused(N_("No living allowance runs, so there is nothing to end."))
    return Allowed()


def may_begin_consultation(facts: CaseFacts, on: date, today: date) -> Decision:
    """Answers whether a consultation may begin at once: it has no screening and no admission."""
    if facts.programme.kind is not ProgrammeKind.CONSULTATION:
        return Refused(N_("This programme admits people first. Propose the admission."))
    following = may_follow(facts.programme, facts.stage, Stage.GUIDANCE)
    return following and may_date(on, today, facts.application_on)


def may_withdraw_application(facts: CaseFacts, on: date, today: date) -> Decision:
    """Answers whether an application may be taken back: not once support has begun."""
    following = may_follow(facts.programme, facts.stage, Stage.WITHDRAWN)
    if not following:
        return following
    if facts.entered_on is not None:
        return Refused(N_("Support has already begun. Propose an exit instead."))
    return may_date(on, today, facts.application_on)


def may_begin_aftercare(facts: CaseFacts, on: date, today: date) -> Decision:
    """Answers whether aftercare may begin: after the exit."""
    following = may_follow(facts.programme, facts.stage, Stage.AFTERCARE)
    return following and may_date(on, today, facts.exited_on or facts.application_on)


def may_close(facts: CaseFacts, on: date, today: date) -> Decision:
    """Answers whether a case may be closed: once nothing waits, the bed is free, nothing is paid, the outcome known."""
    following = may_follow(facts.programme, facts.stage, Stage.CLOSED)
    if not following:
        return following
    if facts.open_proposals:
        return Refused(N_("A proposal still waits for a decision. Decide or withdraw it first."))
    if any(one.departure is None or one.departure > on for one in facts.allowances):
        return Refused(N_("The living allowance still runs. Say first when it ends."))
    if any(one.departure is None or one.departure > on for one in facts.shelter):
        return Refused(N_("This person still has a bed. The stay on it has to end first."))
    if facts.stage in {Stage.EXITED, Stage.AFTERCARE} and facts.outcome in {None, Outcome.UNKNOWN}:
        return Refused(
            N_("How the episode ended is still unknown. Find out, and put the exit right first.")
        )
    return may_date(on, today, facts.exited_on or facts.application_on)


def _over(facts: CaseFacts) -> Refused:
    return Refused(
        N_("This case has ended (%(stage)s). Open a new one.", stage=STAGE_NAMES[facts.stage])
    )
