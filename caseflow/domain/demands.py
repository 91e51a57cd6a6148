"""An authority demands data: what stands of it in codes, who decides on it, and what may be handed over.

Registering looks nobody up: a register that knew whether the sought person is here would answer them. What a power
obliges to is configuration with its source (`demand_files`); that three people decide, that nothing beyond what the
demand names is handed over, and that what obliges to nothing is refused is code (the firewall, §6; rule FW7).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.demand_codes import Decider, DemandOutcome, Effect, Verdict
from caseflow.domain.messages import N_

OLDEST: Final = timedelta(days=366)
"""A demand that came in longer ago than this is a slip of the year."""
MANY_AT_MOST: Final = 10_000
REFERENCE: Final = re.compile(r"(?=(?:.*\d){6})[A-Z0-9]+(?:[ ./-]{1,3}[A-Z0-9]+)*")
THREE_LETTERS: Final = re.compile(r"[A-Z]{4}")
REFERENCE_LENGTH: Final = 40
DIGEST: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Voice:
    """What one of the three decided: which of the named fields may leave, and under whose account it stands."""

    decider: Decider
    verdict: Verdict
    by: str
    fields: frozenset[str] = frozenset()


@dataclass(frozen=True)
class DemandFacts:
    """What is asked of one demand before somebody does something with it; ids are those of accounts."""

    received_on: date
    effect: Effect | None = None
    """None until the privacy officer looked at the power, the signature and what is named."""
    named: frozenset[str] = frozenset()
    voices: tuple[Voice, ...] = ()
    prepared: frozenset[str] | None = None
    prepared_by: str | None = None
    linked: int = 0
    """To how many client codes it was linked, inside the vault."""
    is_over: bool = False


OVER: Final = Refused(N_("This demand is settled. It changes no more."))
WAITS: Final = Refused(
    N_("Nothing can be handed over: director, privacy officer and lawyer have not all decided.")
)


def reference_fits(reference: str) -> bool:
    """Whether this is a reference and not a name: at most three letters in a row, and at least six digits."""
    return (
        len(reference) <= REFERENCE_LENGTH
        and REFERENCE.fullmatch(reference) is not None
        and THREE_LETTERS.search(reference) is None
    )


def may_refer(reference: str | None) -> Decision:
    """Answers whether this may stand in the register as a reference; the register holds no names."""
    if reference is None or reference_fits(reference):
        return Allowed()
    return Refused(
        N_(
            "A reference has six digits or more and at most three letters in a row, such as PL1300-2026012345. "
            "Leave it out where it holds a name."
        )
    )


def may_register(received_at: datetime, reference: str | None, now: datetime) -> Decision:
    """Answers whether a demand may have come in at this moment: not to come, and not longer than a year ago."""
    if received_at > now:
        return Refused(N_("Choose a moment that has come."))
    if now - received_at > OLDEST:
        return Refused(N_("This is more than a year ago. Check the year."))
    return may_refer(reference)


def may_assess(
    facts: DemandFacts,
    effect: Effect,
    named: frozenset[str],
    reachable: frozenset[str],
    *,
    is_signed: bool,
) -> Decision:
    """Answers whether power, signature and fields may be put down like this, before anybody decided.

    An order names fields within its power's reach and carries its signature; what obliges to nothing names none.
    """
    if facts.is_over:
        return OVER
    if facts.voices:
        return Refused(N_("Somebody has decided on this demand already. It stands as it was read."))
    if effect is not Effect.ORDER:
        if named:
            return Refused(
                N_("This power obliges to hand over nothing. Leave the list of data empty.")
            )
        return Allowed()
    if not is_signed:
        return Refused(
            N_("Without the signature it needs, this is a question. Choose no power, and refuse.")
        )
    if not named:
        return Refused(N_("Choose what the demand names. What it does not name stays here."))
    if not named <= reachable:
        return Refused(N_("This power does not reach so far. Choose less, and ask the lawyer."))
    return Allowed()


def may_decide(
    facts: DemandFacts, voice: Voice, decided_on: date, today: date
) -> Decision:  # fmt: skip
    """Answers whether one of the three may decide like this: each once, director and privacy officer two people."""
    if facts.is_over:
        return OVER
    if facts.effect is not Effect.ORDER:
        return Refused(
            N_("Only a demand that can oblige is decided on. Say first on which power it rests.")
        )
    if any(one.decider is voice.decider for one in facts.voices):
        return Refused(N_("This decision has been recorded already."))
    if _is_two_in_one(facts, voice):
        return Refused(
            N_("Director and privacy officer are two people. Somebody else decides with you.")
        )
    if decided_on > today:
        return Refused(N_("Choose a day that has come: today or an earlier one."))
    if decided_on < facts.received_on:
        return Refused(
            N_("The demand came in on %(day)s. Choose a later day.", day=facts.received_on)
        )
    return _fits(voice, facts.named)


def _is_two_in_one(facts: DemandFacts, voice: Voice) -> bool:
    """Whether the director would be the account that decided, or recorded, for the others."""
    mine = voice.decider is Decider.DIRECTOR
    return any(
        one.by == voice.by and (mine or one.decider is Decider.DIRECTOR) for one in facts.voices
    )


def _fits(voice: Voice, named: frozenset[str]) -> Decision:
    right = {
        Verdict.REFUSE: not voice.fields,
        Verdict.PARTLY: bool(voice.fields) and voice.fields < named,
        Verdict.COMPLY: voice.fields == named,
    }[voice.verdict]
    if right:
        return Allowed()
    if voice.verdict is Verdict.PARTLY:
        return Refused(
            N_("Partly means some of what the demand names: not all of it, not nothing.")
        )
    return Refused(N_("What may leave does not fit the decision. Look again."))


def verdict(facts: DemandFacts) -> Verdict | None:
    """What the three decided together, the strictest of them; None until all three did."""
    if {one.decider for one in facts.voices} != set(Decider):
        return None
    if any(one.verdict is Verdict.REFUSE for one in facts.voices) or not granted(facts):
        return Verdict.REFUSE
    return Verdict.COMPLY if granted(facts) == facts.named else Verdict.PARTLY


def granted(facts: DemandFacts) -> frozenset[str]:
    """The fields that may leave: named by the demand, and granted by each of the three; none until all did."""
    if {one.decider for one in facts.voices} != set(Decider):
        return frozenset()
    return facts.named.intersection(*(one.fields for one in facts.voices))


def may_link(facts: DemandFacts) -> Decision:
    """Answers whether a demand may be linked to a client code: only once three decided on it."""
    if facts.is_over and verdict(facts) is None:
        return OVER
    if verdict(facts) is None:
        return Refused(
            N_("A demand is linked to nobody before director, privacy officer and lawyer decided.")
        )
    return Allowed()


def may_prepare(facts: DemandFacts, fields: frozenset[str]) -> Decision:
    """Answers whether these fields may be made ready to be handed over."""
    if facts.is_over:
        return OVER
    if verdict(facts) in (None, Verdict.REFUSE):
        return WAITS if verdict(facts) is None else Refused(N_("This demand is refused."))
    if not facts.linked:
        return Refused(N_("Link the demand to a client code first."))
    if facts.prepared is not None:
        return Refused(N_("This is ready already. The director looks at it now."))
    if not fields:
        return Refused(N_("Choose what is handed over."))
    if not fields <= granted(facts):
        return Refused(N_("Only what the demand names and the three granted can be handed over."))
    return Allowed()


def may_release(facts: DemandFacts, by: str) -> Decision:
    """Answers whether this colleague may let it go: the second look, by somebody else than who made it ready."""
    if facts.is_over:
        return OVER
    if verdict(facts) in (None, Verdict.REFUSE):
        return WAITS
    if facts.prepared is None:
        return Refused(N_("Nothing is ready to be handed over."))
    if facts.prepared_by == by:
        return Refused(N_("You made this ready yourself. Somebody else takes the second look."))
    if not facts.prepared <= granted(facts):
        return Refused(N_("Only what the demand names and the three granted can be handed over."))
    return Allowed()


def may_settle(facts: DemandFacts, outcome: DemandOutcome, *, has_takings: bool) -> Decision:
    """Answers whether a demand may end like this without anything being handed over."""
    if facts.is_over:
        return OVER
    if facts.effect is None:
        return Refused(N_("Say first on which power it rests."))
    decided = verdict(facts)
    right = {
        DemandOutcome.REFUSED: facts.effect is Effect.NOTHING or decided is Verdict.REFUSE,
        DemandOutcome.WITHDRAWN: facts.effect is not Effect.SEIZURE,
        DemandOutcome.TAKEN: facts.effect is Effect.SEIZURE and has_takings,
        DemandOutcome.NOTHING_KEPT: decided in (Verdict.PARTLY, Verdict.COMPLY),
    }.get(outcome, False)
    if right:
        return Allowed()
    if outcome is DemandOutcome.TAKEN:
        return Refused(N_("Write down first what was taken."))
    return Refused(N_("A demand does not end like this before it is decided on."))


def may_write_down_taking(
    facts: DemandFacts, how_many: int, digest: str | None, taken_at: datetime, now: datetime
) -> Decision:
    """Answers whether something may be written down as taken in a search."""
    if facts.effect is not Effect.SEIZURE:
        return Refused(N_("Things are taken in a search or seizure. Choose that power first."))
    if not 1 <= how_many <= MANY_AT_MOST:
        return Refused(N_("Enter how many: a whole number from 1 to %(most)s.", most=MANY_AT_MOST))
    if digest is not None and DIGEST.fullmatch(digest) is None:
        return Refused(
            N_("A digest is 64 signs: 0 to 9 and a to f. Leave it out where you have none.")
        )
    if taken_at > now:
        return Refused(N_("Choose a moment that has come."))
    if taken_at.date() < facts.received_on:
        return Refused(
            N_("The demand came in on %(day)s. Choose a later day.", day=facts.received_on)
        )
    return Allowed()
