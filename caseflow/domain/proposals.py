"""Admission, extension and exit: proposed by one colleague, decided by another."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from caseflow.domain.cases import CaseFacts, Proposal, ProposalState
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.destinations import DestinationKind, may_name
from caseflow.domain.facts import may_date
from caseflow.domain.messages import N_
from caseflow.domain.outcomes import OUTCOME_NAMES, Outcome, OutcomeBasis, basis_fits
from caseflow.domain.pathways import may_follow
from caseflow.domain.programmes import Programme, ProposalKind, Stage
from caseflow.domain.stay import StayClock, StayState, may_plan_end

NEAR_OR_PAST = frozenset(
    {
        StayState.NEAR_LIMIT,
        StayState.LAST_DAY,
        StayState.BEYOND_AGREED,
        StayState.BEYOND_UNDECIDED,
        StayState.CONTINUED_BY_COURT,
    }
)
"""States in which a longer stay may be proposed."""
_ENDS_BY_THE_TERM = frozenset({Outcome.STAY_LIMIT_REACHED, Outcome.ENDED_BY_PROGRAMME})


def may_propose_admission(facts: CaseFacts, on: date, today: date) -> Decision:
    """Answers whether admission may be proposed: after the screening, with a scenario to work on.

    “Still being looked into” is a scenario too. Source: Regioplan 2020, par. 3.6 and 6.5.
    """
    if facts.admitted_on is not None:
        return Refused(N_("This person was admitted on %(day)s.", day=facts.admitted_on))
    following = may_follow(facts.programme, facts.stage, Stage.GUIDANCE)
    if not following:
        return following
    if not facts.programme.open_on(on):
        return Refused(N_("This programme takes nobody in on %(day)s.", day=on))
    if facts.scenario is None:
        return Refused(
            N_("Record what you will work towards first. “Still being looked into” will do.")
        )
    waiting = _already_open(facts, ProposalKind.ADMISSION)
    return waiting and may_date(on, today, facts.screened_on or facts.application_on)


def may_propose_extension(facts: CaseFacts, told: StayClock, until: date, today: date) -> Decision:
    """Answers whether a longer stay may be proposed, until a last day that is agreed.

    Only where there is a limit, only near or past it, and until a day that lies ahead and after the
    current last day. Source: rule C4; the cities' own rules on extension were not found.
    """
    if facts.has_ended:
        return Refused(N_("This case has ended, so there is nothing to extend."))
    if told.last_day is None:
        if told.state is StayState.NO_LIMIT:
            return Refused(N_("This programme has no longest stay, so there is nothing to extend."))
        return Refused(N_("The term has not started, so there is nothing to extend yet."))
    if told.state not in NEAR_OR_PAST:
        return Refused(
            N_(
                "The last day is %(last_day)s. Propose an extension once it comes near.",
                last_day=told.last_day,
            )
        )
    if until <= told.last_day:
        return Refused(
            N_("Choose a day after %(last_day)s, the last day now.", last_day=told.last_day)
        )
    if until < today:
        return Refused(N_("Choose a day that has not passed yet."))
    return _already_open(facts, ProposalKind.EXTENSION)


def may_end_now(facts: CaseFacts, exit_on: date, today: date) -> Decision:
    """Answers whether any exit at all may be proposed for a day, whatever its outcome.

    Not before support began, not in the future, and not while another exit waits for a decision.
    """
    following = may_follow(facts.programme, facts.stage, Stage.EXITED)
    if not following:
        return following
    entered = facts.entered_on
    if entered is None:
        return Refused(N_("Support has not begun. Withdraw the application instead."))
    dated = may_date(exit_on, today, max([entered, *(stay.arrival for stay in facts.shelter)]))
    return dated and _already_open(facts, ProposalKind.EXIT)


def may_propose_exit(
    facts: CaseFacts,
    outcome: Outcome,
    basis: OutcomeBasis | None,
    exit_on: date,
    today: date,
    *,
    told: StayClock | None = None,
    permanent_stay_assured: bool | None = None,
    destination: DestinationKind | None = None,
) -> Decision:
    """Answers whether an exit may be proposed with this outcome, ground and day.

    Beside what `may_end_now` asks: the ground and the kind of next address have to belong to the outcome; for onward
    migration someone has to say whether permanent stay is assured there. While a court continues the
    stay, nobody ends it on the ground of the term. Sources: rules C2 and C4; the LVV definition of onward migration.
    """
    ending = may_end_now(facts, exit_on, today)
    if not ending:
        return ending
    named = _may_name(facts.programme, outcome, basis, permanent_stay_assured)
    if not named:
        return named
    going = may_name(outcome, destination)
    if not going:
        return going
    if outcome in _ENDS_BY_THE_TERM and told is not None:
        planned = may_plan_end(told)
        if not planned:
            return planned
    if outcome is Outcome.STAY_LIMIT_REACHED:
        return _limit_reached(told, exit_on)
    return Allowed()


def may_decide(
    programme: Programme, proposal: Proposal, decider_id: str, roles: Collection[str]
) -> Decision:
    """Answers whether this colleague may decide on a proposal, whichever way.

    Never the one who proposed it, and only in the role that the programme names for it.
    Source: the table of who does what; nobody approves their own request.
    """
    if proposal.state is not ProposalState.OPEN:
        return Refused(N_("This proposal has already been decided or withdrawn."))
    if decider_id == proposal.proposed_by:
        return Refused(N_("You proposed this yourself. A colleague has to decide."))
    if programme.deciders[proposal.kind].value not in {str(role) for role in roles}:
        return Refused(N_("In this programme somebody in another role decides on this."))
    return Allowed()


def may_approve_admission(facts: CaseFacts, proposal: Proposal, on: date, today: date) -> Decision:
    """Answers whether an admission still fits the case on the day on which it is approved.

    Asked beside `may_decide`, because the case may have changed since it was proposed.
    """
    settled = _without(facts, ProposalKind.ADMISSION)
    return may_propose_admission(settled, on, today) and may_date(on, today, proposal.proposed_on)


def may_approve_extension(facts: CaseFacts, told: StayClock, until: date, today: date) -> Decision:
    """Answers whether an extension still fits the clock on the day on which it is approved."""
    return may_propose_extension(_without(facts, ProposalKind.EXTENSION), told, until, today)


def may_approve_exit(
    facts: CaseFacts,
    outcome: Outcome,
    basis: OutcomeBasis | None,
    exit_on: date,
    today: date,
    *,
    told: StayClock | None = None,
    permanent_stay_assured: bool | None = None,
    destination: DestinationKind | None = None,
) -> Decision:
    """Answers whether an exit still fits the case on the day on which it is approved."""
    return may_propose_exit(
        _without(facts, ProposalKind.EXIT),
        outcome,
        basis,
        exit_on,
        today,
        told=told,
        permanent_stay_assured=permanent_stay_assured,
        destination=destination,
    )


def may_withdraw_proposal(proposal: Proposal, by: str) -> Decision:
    """Answers whether a proposal may be taken back: by the one who made it, while it is open."""
    if proposal.state is not ProposalState.OPEN:
        return Refused(N_("This proposal has already been decided or withdrawn."))
    if by != proposal.proposed_by:
        return Refused(N_("Only the colleague who proposed this can take it back."))
    return Allowed()


def _may_name(
    programme: Programme,
    outcome: Outcome,
    basis: OutcomeBasis | None,
    permanent_stay_assured: bool | None,
) -> Decision:
    if outcome not in programme.outcomes:
        return Refused(
            N_("This programme does not use “%(outcome)s”.", outcome=OUTCOME_NAMES[outcome])
        )
    if outcome is Outcome.ONWARD_MIGRATION and permanent_stay_assured is None:
        return Refused(N_("Say whether permanent stay is assured in the country of destination."))
    return basis_fits(outcome, basis)


def _limit_reached(told: StayClock | None, exit_on: date) -> Decision:
    if told is None or told.last_day is None:
        return Refused(N_("There is no last day here, so it cannot have been reached."))
    if exit_on < told.last_day:
        return Refused(
            N_(
                "The last day is %(last_day)s and has not come. Choose another outcome or a later day.",
                last_day=told.last_day,
            )
        )
    return Allowed()


def _already_open(facts: CaseFacts, kind: ProposalKind) -> Decision:
    if kind in facts.open_proposals:
        return Refused(N_("The same proposal already waits for a decision."))
    return Allowed()


def _without(facts: CaseFacts, kind: ProposalKind) -> CaseFacts:
    """The case as if this proposal were not waiting, because it is the one being decided."""
    return replace(facts, open_proposals=facts.open_proposals - {kind})
