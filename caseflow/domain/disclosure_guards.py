"""What stands before a disclosure: who may ask, who has to agree, and what freezes it. Pure rules over facts and a day.

Every service that lets something leave asks `may_leave`; the page that hides a button asks the same. Enforcement is
refused first and whatever else holds (rule FW3; source: the firewall, §5, the table of tiers).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.disclosures import Field, Kind, Purpose, State
from caseflow.domain.messages import N_, Message
from caseflow.domain.recipients import Basis, Recipient, RecipientClass, Tier

NEVER: Final = Refused(
    N_("Police and immigration enforcement are never a recipient. Ask the privacy officer.")
)
AGREED: Final = "agreed"
"""The basis that the client can take back."""
FREEZES: Final = frozenset({Tier.STANDING, Tier.SECOND_PERSON, Tier.AUTHORITY})
"""What a restriction stops (GDPR art. 18). The client's own data to the client, danger to life and what a judge ordered
go on; what was spoken is recorded, because it was spoken."""
_ORDER: Final = (Tier.OWN, Tier.STANDING, Tier.SECOND_PERSON, Tier.AUTHORITY, Tier.DEMAND)


class ApprovedAs(StrEnum):
    """As what somebody approves a disclosure."""

    SECOND_PERSON = "second_person"
    COUNSELLOR = "counsellor"
    DIRECTOR = "director"
    PRIVACY_OFFICER = "privacy_officer"
    OUTSIDE_LAWYER = "outside_lawyer"


class By(StrEnum):
    """How an approval was given."""

    SCREEN = "screen"
    TELEPHONE = "telephone"


APPROVED_AS: Final[Mapping[ApprovedAs, Message]] = MappingProxyType(
    {
        ApprovedAs.SECOND_PERSON: N_("second person"),
        ApprovedAs.COUNSELLOR: N_("legal counsellor"),
        ApprovedAs.DIRECTOR: N_("director"),
        ApprovedAs.PRIVACY_OFFICER: N_("privacy officer"),
        ApprovedAs.OUTSIDE_LAWYER: N_("outside lawyer"),
    }
)
NEEDS: Final[Mapping[Tier, tuple[ApprovedAs, ...]]] = MappingProxyType(
    {
        Tier.SECOND_PERSON: (ApprovedAs.SECOND_PERSON,),
        Tier.AUTHORITY: (ApprovedAs.SECOND_PERSON, ApprovedAs.COUNSELLOR),
        Tier.DEMAND: (
            ApprovedAs.DIRECTOR,
            ApprovedAs.PRIVACY_OFFICER,
            ApprovedAs.OUTSIDE_LAWYER,
        ),
    }
)
"""Who has to agree besides whoever asks; tiers that are not here wait for nobody."""


@dataclass(frozen=True)
class Facts:
    """What a rule has to know of a case and a recipient on a day."""

    is_restricted: bool = False
    """The client asked that use of the file is restricted, and it was not lifted (GDPR art. 18)."""
    agreed_on: date | None = None
    """When the client agreed to this recipient, or to this disclosure."""
    agreement_ended_on: date | None = None
    office_closed_on: date | None = None


@dataclass(frozen=True)
class Wanted:
    """A disclosure that somebody wants to make."""

    kind: Kind
    recipient: Recipient
    tier: Tier
    purpose: Purpose
    basis: str | None
    """Its id; None takes the first basis of the recipient that holds."""
    fields: frozenset[Field]
    language: str
    on: date
    """The day on which it leaves, or left."""
    warned_on: date | None = None
    """When the client was told that IND and DT&V will learn of them."""
    wish_on: date | None = None
    """When the client said that they want this themself."""


@dataclass(frozen=True)
class Approval:
    """That somebody agreed to a disclosure."""

    user_id: str
    approved_as: ApprovedAs
    by: By = By.SCREEN
    is_confirmed: bool = True


def basis_for(recipient: Recipient, basis: str | None, on: date) -> Basis | Refused:
    """The basis that carries a disclosure to this recipient on a day; refused in words that name basis and day."""
    if recipient.kind is RecipientClass.ENFORCEMENT or recipient.tier is None:
        return NEVER
    if basis is None:
        holds = (one for one in recipient.bases if one.validity.covers(on))
        first = next(holds, None)
        if first is not None:
            return first
    named = [one for one in recipient.bases if basis in (None, one.id)]
    if not named:
        return Refused(N_("Choose a legal basis that this recipient can receive on."))
    chosen = named[0]
    if chosen.validity.covers(on):
        return chosen
    return Refused(_not_on(chosen, on))


def _not_on(basis: Basis, on: date) -> Message:
    from_on, until_on = basis.validity.valid_from, basis.validity.valid_to
    if on < from_on:
        return N_(
            "“%(basis)s” holds only from %(day)s. Nothing can leave on it before.",
            basis=basis.label,
            day=from_on,
        )
    return N_(
        "“%(basis)s” ended after %(day)s. Nothing can leave on it any more.",
        basis=basis.label,
        day=until_on or on,
    )


def may_leave(wanted: Wanted, facts: Facts, seen: Collection[Field]) -> Decision:
    """Whether this may leave at all on that day; how many people agree first is asked by `is_complete`.

    `seen` are the fields that whoever asks may see themself: nobody lets leave what they may not read.
    """
    steps = (
        hindrance(wanted.kind, wanted.recipient, wanted.tier, facts, wanted.basis, wanted.on),
        _form(wanted),
        _fields(wanted, seen),
        _told_first(wanted),
    )
    return next((one for one in steps if isinstance(one, Refused)), Allowed())


def hindrance(
    kind: Kind, recipient: Recipient, tier: Tier, facts: Facts, basis: str | None, on: date
) -> Decision:
    """Whether anything of this kind may reach this recipient on this day, whatever fields it has."""
    if recipient.kind is RecipientClass.ENFORCEMENT or recipient.tier is None:
        return NEVER
    if recipient.kind not in kind.classes:
        return Refused(
            N_("“%(kind)s” cannot go to: %(recipient)s.", kind=kind.name, recipient=recipient.label)
        )
    if tier not in kind.tiers or _is_weaker(tier, recipient.tier):
        return Refused(
            N_("“%(kind)s” cannot go to: %(recipient)s.", kind=kind.name, recipient=recipient.label)
        )
    carried = basis_for(recipient, basis, on)
    if isinstance(carried, Refused):
        return carried
    if tier in FREEZES and facts.is_restricted:
        return Refused(
            N_(
                "The client asked that the file is not used now. Nothing leaves until that is lifted."
            )
        )
    if facts.office_closed_on is not None and facts.office_closed_on <= on:
        return Refused(
            N_("This office is closed since %(day)s. Choose another.", day=facts.office_closed_on)
        )
    return _agreement(tier, carried, facts, on)


def _is_weaker(tier: Tier, own: Tier) -> bool:
    """Whether a recipient would be reached past the guard of its own tier."""
    if tier not in _ORDER or own not in _ORDER:
        return tier in _ORDER and own is not tier
    return _ORDER.index(tier) < _ORDER.index(own)


def _agreement(tier: Tier, basis: Basis, facts: Facts, on: date) -> Decision:
    if tier not in FREEZES or (tier is not Tier.STANDING and basis.id != AGREED):
        return Allowed()
    ended = facts.agreement_ended_on
    if ended is not None and ended <= on:
        return Refused(
            N_("The agreement for this ended on %(day)s. Nothing leaves on it.", day=ended)
        )
    if facts.agreed_on is None:
        return Refused(N_("First ask the client, and record on which day they agreed."))
    if facts.agreed_on > on:
        return Refused(N_("The day on which the client agreed lies ahead: check the day."))
    return Allowed()


def _form(wanted: Wanted) -> Decision:
    if wanted.language not in wanted.kind.languages:
        return Refused(N_("This letter is not there in that language. Choose another language."))
    if wanted.purpose not in wanted.kind.purposes:
        return Refused(N_("Choose what it is for."))
    return Allowed()


def _fields(wanted: Wanted, seen: Collection[Field]) -> Decision:
    kind = wanted.kind
    if wanted.fields - kind.fields:
        return Refused(N_("This letter does not carry everything that was ticked. Choose again."))
    if kind.required - wanted.fields:
        return Refused(N_("Something that this letter needs was not ticked. Choose again."))
    if wanted.fields - frozenset(seen):
        return Refused(
            N_("You can only let leave what you may see yourself. Ask a colleague on the case.")
        )
    return Allowed()


def _told_first(wanted: Wanted) -> Decision:
    if wanted.recipient.kind is RecipientClass.INTERNATIONAL and wanted.tier in FREEZES:
        if wanted.warned_on is None:
            return Refused(
                N_(
                    "First tell the client that IND and DT&V will learn of them, and record the day."
                )
            )
        if wanted.warned_on > wanted.on:
            return Refused(N_("The day on which the client was told lies ahead: check the day."))
    if wanted.tier is Tier.AUTHORITY and wanted.recipient.kind is not RecipientClass.COOPERATION:
        if wanted.wish_on is None:
            return Refused(
                N_(
                    "A national authority hears of a client only at the client's own wish. Record it."
                )
            )
        if wanted.wish_on > wanted.on:
            return Refused(N_("The day of the client's own wish lies ahead: check the day."))
    return Allowed()


def may_approve(
    tier: Tier,
    state: State,
    asked_by: str,
    given: Iterable[Approval],
    approval: Approval,
) -> Decision:
    """Whether this person may agree to a disclosure in this role now; never whoever asked, and nobody twice."""
    before = tuple(given)
    if state is not State.ASKED:
        return Refused(N_("This does not wait for an approval any more. Look again."))
    if approval.user_id == asked_by:
        return Refused(N_("You asked for this yourself. Somebody else has to approve it."))
    if any(one.user_id == approval.user_id for one in before):
        return Refused(N_("You have approved this already. Another person is needed."))
    if approval.approved_as not in NEEDS.get(tier, ()):
        return Refused(N_("This approval is not asked for here."))
    if any(one.approved_as is approval.approved_as for one in before):
        return Refused(N_("This approval is there already. Another one is still missing."))
    if approval.by is By.TELEPHONE and tier is not Tier.SECOND_PERSON:
        return Refused(
            N_("For an authority everybody approves on their own screen, not by telephone.")
        )
    return Allowed()


def missing(tier: Tier, asked_by: str, given: Iterable[Approval]) -> tuple[ApprovedAs, ...]:
    """Which approvals a disclosure still lacks: each by a person of its own, and none by whoever asked.

    Of a demand the three are the deciders themselves: the privacy officer among them hands over what was decided.
    """
    counted: dict[ApprovedAs, str] = {}
    for one in given:
        is_other = tier is Tier.DEMAND or one.user_id != asked_by
        if is_other and one.user_id not in counted.values():
            counted.setdefault(one.approved_as, one.user_id)
    return tuple(one for one in NEEDS.get(tier, ()) if one not in counted)


def is_complete(tier: Tier, asked_by: str, given: Iterable[Approval]) -> bool:
    """Whether everybody agreed who has to."""
    return not missing(tier, asked_by, given)


def may_withdraw(state: State) -> Decision:
    """Whether something can be taken back: what left, and what waits."""
    if state in (State.ISSUED, State.ASKED, State.APPROVED):
        return Allowed()
    return Refused(N_("Nothing of this is out any more. Look again."))
