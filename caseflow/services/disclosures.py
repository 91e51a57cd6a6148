"""The one way out: every disclosure becomes a record here, and what leaves is printed from that record alone.

Whoever lets something leave inside a change of their own (told, vital, a packet, a hand-over, an answer) calls
`issue_within`; nothing leaves but through it. Asking and approving stand in `disclosure_acts`, reading and printing in
`disclosure_readings`; the rules in `domain.disclosure_guards` (rules FW3, FW4).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.composed_letters import LetterRefused
from caseflow.domain.decisions import Decision, Refused
from caseflow.domain.disclosure_guards import (
    NEVER,
    Approval,
    By,
    Wanted,
    basis_for,
    is_complete,
    may_leave,
    missing,
)
from caseflow.domain.disclosure_guards import hindrance as hindered
from caseflow.domain.disclosure_kinds import KINDS
from caseflow.domain.disclosures import Field, Kind, Medium, Purpose, State
from caseflow.domain.letters import Letter, as_record, from_record
from caseflow.domain.messages import N_
from caseflow.domain.recipients import Recipient, Tier
from caseflow.services import houses, letters
from caseflow.storage import client_requests, disclosures
from caseflow.storage.changes import Writing
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Case
from caseflow.storage.models.disclosures import DisclosedValues, Disclosure, DisclosureApproval

UNKNOWN: Final = Refused(N_("Choose one of the options."))
LETTERHEAD: Final = frozenset(
    {
        "received_on",
        "asked_on",
        "decided_on",
        "sent_on",
        "their_reference",
        "earlier_reference",
        "lawyer",
    }
    | {"request", "reasons", "follows"}
)
"""What a letter may say besides the fields of the record: days and references of the paper itself."""
LACKS_PEOPLE: Final = Refused(N_("Not everybody who has to agree has done so. Nothing has left."))


@dataclass(frozen=True)
class Leaving:
    """What leaves, to whom, and on what it rests: everything a disclosure is made of.

    `recipient` is an id of `config/disclosure.toml`. `values` are the exact words by field, kept in the vault. `letter`
    is what is printed, or None where nothing is (told, vital). `on` is the day on which it left.
    """

    kind: str
    recipient: str
    purpose: Purpose
    values: Mapping[Field, str]
    medium: Medium
    on: date
    language: str = "nl"
    tier: Tier | None = None
    """None: the tier of the recipient."""
    office_id: str | None = None
    basis: str | None = None
    """None: the first basis of the recipient that holds on the day."""
    agreed_on: date | None = None
    """When the client agreed to this one; where an authority receives, when they wished it themself."""
    warned_on: date | None = None
    about_id: str | None = None
    letter: Letter | None = None
    approvals: tuple[Approval, ...] = ()
    seen: Collection[Field] = field(default_factory=lambda: frozenset(Field))
    """What whoever acts may see of the case; callers who asked that themselves leave it out."""


@dataclass(frozen=True)
class Prepared:
    """A disclosure that may leave: who receives, in which tier, on which basis."""

    kind: Kind
    recipient: Recipient
    tier: Tier
    basis: str


def recipient_of(recipient: str) -> Recipient | None:
    """The kind of recipient of this id; None for one that nobody configured."""
    found = (one for one in houses.current().firewall.recipients if one.id == recipient)
    return next(found, None)


def hindrance(
    session: Session,
    case_id: str,
    kind: str,
    recipient: str,
    today: date,
    *,
    office_id: str | None = None,
    tier: Tier | None = None,
    basis: str | None = None,
    agreed_on: date | None = None,
) -> Decision:
    """Whether anything of this kind may reach this recipient about this case today, whatever fields it has.

    A restriction or objection of the client, an agreement that was taken back or never given, a basis that holds no
    more or not yet, a closed office, and enforcement: each is a refusal in one sentence.
    """
    to, what = recipient_of(recipient), KINDS.get(kind)
    if to is None or what is None:
        return UNKNOWN
    if to.tier is None:
        return NEVER
    guard = tier or to.tier
    known = disclosures.facts(
        session,
        case_id,
        office_id,
        guard,
        today,
        is_restricted=client_requests.restricted(session, case_id, today),
        agreed_on=agreed_on,
    )
    return hindered(what, to, guard, known, basis, today)


def prepared(session: Session, case_id: str, leaving: Leaving) -> Prepared | Refused:
    """Whether this may leave, apart from who agrees: every rule, asked on the day on which it leaves."""
    to, what = recipient_of(leaving.recipient), KINDS.get(leaving.kind)
    if to is None or what is None:
        return UNKNOWN
    if to.tier is None:
        return NEVER
    tier = leaving.tier or to.tier
    basis = basis_for(to, leaving.basis, leaving.on)
    if isinstance(basis, Refused):
        return basis
    known = disclosures.facts(
        session,
        case_id,
        leaving.office_id,
        tier,
        leaving.on,
        is_restricted=client_requests.restricted(session, case_id, leaving.on),
        agreed_on=leaving.agreed_on,
    )
    wanted = Wanted(
        kind=what,
        recipient=to,
        tier=tier,
        purpose=leaving.purpose,
        basis=basis.id,
        fields=frozenset(leaving.values),
        language=leaving.language,
        on=leaving.on,
        warned_on=leaving.warned_on,
        wish_on=leaving.agreed_on,
    )
    decision = may_leave(wanted, known, leaving.seen)
    if isinstance(decision, Refused):
        return decision
    return Prepared(what, to, tier, basis.id)


def issue_within(work: Writing, case_id: str, leaving: Leaving) -> str | Refused:
    """Records that this leaves in the change under way, and answers the id of the disclosure, or why it may not.

    The change must have been begun with the vault of the organisation that holds the case (`words=True`), unless it was
    spoken. Approvals that the tier needs come with `leaving`, each by a person of their own; the store refuses it
    without them.
    """
    ready = prepared(work.casework, case_id, leaving)
    if isinstance(ready, Refused):
        return ready
    if not is_complete(ready.tier, work.by, leaving.approvals):
        return LACKS_PEOPLE
    row = recorded(work, case_id, leaving, ready)
    for one in leaving.approvals:
        work.casework.add(approval_of(work, row.id, one))
    work.casework.flush()
    refused = let_out(work, row, leaving.on)
    return refused if refused is not None else row.id


def recorded(work: Writing, case_id: str, leaving: Leaving, ready: Prepared) -> Disclosure:
    """The record of a disclosure that waits, with its exact values in the vault."""
    case = work.casework.get_one(Case, case_id)
    fields = {one.value: leaving.values[one] for one in sorted(leaving.values)}
    row = Disclosure(
        id=new_id(),
        case_id=case_id,
        kind=ready.kind.id,
        recipient=ready.recipient.id,
        recipient_class=ready.recipient.kind.value,
        office_id=leaving.office_id,
        tier=ready.tier.value,
        purpose=leaving.purpose.value,
        basis=ready.basis,
        fields=" ".join(fields),
        language=leaving.language,
        medium=leaving.medium.value,
        about_id=leaving.about_id,
        state=State.ASKED.value,
        asked_by=work.by,
        asked_at=work.at,
        change_id=work.id,
        agreed_on=leaving.agreed_on,
        warned_on=leaving.warned_on,
    )
    work.casework.add(row)
    if ready.kind.is_spoken:
        # its fields say all that was told, so that it is recorded while the vault is sealed, too
        work.casework.flush()
        return row
    work.vault.add(
        DisclosedValues(
            client_code=case.client_code,
            case_id=case_id,
            disclosure_id=row.id,
            fields=_canonical(fields),
            letter=_canonical(as_record(_numbered(leaving.letter))) if leaving.letter else None,
            dated_on=leaving.on,
            recorded_at=work.at,
            recorded_by=work.by,
            change_id=work.id,
        )
    )
    work.casework.flush()
    return row


def approval_of(work: Writing, disclosure_id: str, given: Approval) -> DisclosureApproval:
    """The row of an approval; one by telephone waits until that person confirms it themself."""
    is_confirmed = given.by is By.SCREEN
    return DisclosureApproval(
        disclosure_id=disclosure_id,
        user_id=given.user_id,
        approved_as=given.approved_as.value,
        by=given.by.value,
        recorded_by=work.by,
        approved_at=work.at,
        change_id=work.id,
        confirmed_at=work.at if is_confirmed else None,
        confirmed_change_id=work.id if is_confirmed else None,
    )


def let_out(work: Writing, row: Disclosure, on: date) -> Refused | None:
    """The last step: with everybody's agreement, prints what the record says and keeps with what it was printed."""
    if still_missing(work.casework, row):
        return LACKS_PEOPLE
    refused = None if KINDS[row.kind].is_spoken else _print(work, row)
    if refused is not None:
        return refused
    row.state, row.left_on = State.ISSUED.value, on
    row.issued_at, row.issued_by = work.at, work.by
    work.casework.flush()
    return None


def _print(work: Writing, row: Disclosure) -> Refused | None:
    """Prints what the vault keeps of a record, where it is to be printed, and keeps with what it was printed."""
    kept = values_of(work.vault, row.id)
    letter = letter_of(kept)
    if letter is not None:
        if not is_of_the_record(letter, json.loads(kept.fields)):
            return Refused(N_("This letter says more than its record. Nothing has left."))
        try:
            made = letters.printed(letter)
        except LetterRefused as refused:
            return Refused(refused.reason)
        row.engine, row.digest = made.engine, made.digest
        row.template = f"{letter.kind.value}-{made.version}"
    return None


def rehearsed(work: Writing, row: Disclosure) -> Refused | None:
    """Whether what waits could be printed at all, asked before anybody is bothered with it."""
    letter = letter_of(values_of(work.vault, row.id))
    if letter is None:
        return None
    try:
        letters.printed(letter)
    except LetterRefused as refused:
        return Refused(refused.reason)
    return None


def still_missing(session: Session, row: Disclosure) -> bool:
    """Whether somebody who has to agree has not done so yet."""
    given = disclosures.given(disclosures.approvals(session, [row.id]).get(row.id, ()))
    return bool(missing(Tier(row.tier), row.asked_by, given))


def values_of(vault: Session, disclosure_id: str) -> DisclosedValues:
    """What the vault keeps of one disclosure. Raises where it keeps nothing: without a record nothing is printed."""
    return vault.scalars(
        select(DisclosedValues).where(DisclosedValues.disclosure_id == disclosure_id)
    ).one()


def letter_of(kept: DisclosedValues) -> Letter | None:
    """The letter of a record; None where it was spoken."""
    return from_record(json.loads(kept.letter)) if kept.letter is not None else None


def is_of_the_record(letter: Letter, fields: Mapping[str, str]) -> bool:
    """Whether a letter says nothing but the values of its record, and days and references of the paper itself."""
    return all(
        key in LETTERHEAD or fields.get(key) == value for key, value in letter.values.items()
    )


def _numbered(letter: Letter) -> Letter:
    """The letter with the number of its text, so that a newer text changes nothing about it."""
    if letter.version is not None:
        return letter
    return letter.of_version(houses.current().letters.text(letter.kind).version)


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
