"""Records what somebody was told and agreed to, and takes back what they no longer agree to, at once and whole."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Final

from caseflow.domain import agreements
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.agreements import AgreementKind, Telling, What
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosures import Why
from caseflow.domain.information_texts import InformationKind
from caseflow.domain.labels import Label
from caseflow.domain.last_days import ended_before
from caseflow.domain.messages import N_
from caseflow.domain.organisations import OrganisationOffer
from caseflow.domain.recipients import RecipientClass
from caseflow.domain.tasks import TaskKind
from caseflow.services import agreement_views, houses
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.storage import agreements as stored
from caseflow.storage import client_requests, disclosures
from caseflow.storage.models.agreements import Agreement, ConsentWords, InformationGiven
from caseflow.storage.models.cases import CaseShare
from caseflow.storage.models.tasks import Task

RECORD: Final = Permission.AGREEMENT_RECORD
WITHDRAW: Final = Permission.AGREEMENT_WITHDRAW
WORDS_AT_MOST: Final = 2_000
NOTHING: Final = Refused(N_("Choose what you told, or what this person agreed to."))


def record(
    actor: Actor,
    case_id: str,
    told: Telling,
    agreed: Collection[What],
    until_on: date | None,
    now: datetime,
    *,
    own_words: str | None = None,
) -> Refused | None:
    """Keeps what somebody was told and what they agreed to, in one go. Raises `NotKnown`, and `VaultSealed` for words.

    `own_words` is what the person said to it, where they wish it to be written down.
    """
    with changing(
        actor,
        RECORD,
        case_id,
        "told_and_agreed",
        now,
        details={
            "texts": frozenset(one.value for one in told.texts),
            "language": told.language,
            "way": told.way.value,
            "agreed": frozenset(one.code for one in agreed),
            "words": own_words is not None,
        },
        words=own_words is not None,
    ) as change:
        if not told.texts and not agreed:
            return change.refuse(NOTHING)
        hindrance = _hindrance(change, told, agreed, until_on)
        if hindrance is not None:
            return change.refuse(hindrance)
        _tell(change, told)
        _agree(change, told, agreed, until_on)
        _keep_words(change, own_words)
        return None


def withdraw(
    actor: Actor,
    case_id: str,
    agreement_ids: Collection[str],
    now: datetime,
    *,
    own_words: str | None = None,
) -> Refused | None:
    """Takes agreements back: nothing leaves on them any more, shares end, and recipients are to be told.

    All of it stands at the end, or nothing. No reason is asked. Raises `NotKnown`, also for an agreement of another
    case, and `VaultSealed` where own words are to be kept.
    """
    with changing(
        actor,
        WITHDRAW,
        case_id,
        "agreement_withdrawn",
        now,
        details={"agreements": frozenset(agreement_ids), "words": own_words is not None},
        words=own_words is not None,
    ) as change:
        if not agreement_ids:
            return change.refuse(Refused(N_("Choose what this person takes back.")))
        rows = [change.work.casework.get(Agreement, one) for one in sorted(agreement_ids)]
        for row in rows:
            if row is None or row.case_id != case_id:
                raise NotKnown()
            allowed = agreements.may_withdraw(agreement_views.agreed(row), change.today)
            if isinstance(allowed, Refused):
                return change.refuse(allowed)
            row.withdrawn_on, row.withdrawn_at = change.today, change.work.at
            row.withdrawn_by, row.withdrawn_change_id = change.work.by, change.work.id
            _stop(change, stored.what_of(row))
        _keep_words(change, own_words)
        return None


def mark_mistaken(actor: Actor, case_id: str, row_id: str, now: datetime) -> Refused | None:
    """Marks that somebody was told as recorded in error: the row stays, and counts no more. Raises `NotKnown`."""
    with changing(
        actor, RECORD, case_id, "information_mistaken", now, details={"row": row_id}
    ) as change:
        row = change.work.casework.get(InformationGiven, row_id)
        if row is None or row.case_id != case_id:
            raise NotKnown()
        if row.mistaken_at is not None:
            return change.refuse(
                Refused(N_("This was already marked as recorded in error. Nothing is left to do."))
            )
        row.mistaken_at, row.mistaken_by = change.work.at, change.work.by
        row.mistaken_change_id = change.work.id
        return None


def share(actor: Actor, case_id: str, agreement_id: str, now: datetime) -> Refused | None:
    """Begins a share that the client agreed to, as the second person of it. Raises `NotKnown`."""
    with changing(
        actor,
        Permission.CASE_SHARE,
        case_id,
        "case_shared",
        now,
        details={"agreement": agreement_id},
    ) as change:
        session, today = change.work.casework, change.today
        row = session.get(Agreement, agreement_id)
        if row is None or row.case_id != case_id:
            raise NotKnown()
        allowed = agreements.may_share(
            agreement_views.agreed(row),
            today,
            is_own=row.recorded_by == actor.user_id,
            is_restricted=client_requests.restricted(session, case_id, today),
            is_shared=bool(_shares(change, stored.what_of(row))),
        )
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        session.add(
            CaseShare(
                case_id=case_id,
                organisation=row.organisation,
                compartment=row.about,
                client_informed_on=row.agreed_on,
                from_on=today,
                until_on=row.until_on,
                change_id=change.work.id,
            )
        )
        return None


def sharers(organisation: str) -> tuple[tuple[str, Label], ...]:
    """Ids and names of organisations with which a case of this one could be shared: those that give shelter."""
    return tuple(
        (one.id, one.name)
        for one in houses.current().catalogue.organisations.values()
        if one.id != organisation and OrganisationOffer.SHELTER in one.offers
    )


def _hindrance(
    change: CaseChange, told: Telling, agreed: Collection[What], until_on: date | None
) -> Refused | None:
    known, today = houses.current().information, change.today
    printed = {one: known.languages(one) for one in InformationKind}
    applied_on = change.facts.application_on
    standing = stored.all_standing(change.work.casework, change.dossier.case.id, today)
    for decision in (
        agreements.may_tell(told, printed, applied_on, today),
        agreements.may_agree(agreed, told.on, until_on, standing, applied_on, today),
    ):
        if isinstance(decision, Refused):
            return decision
    return _other_organisation(change, agreed)


def _tell(change: CaseChange, told: Telling) -> None:
    known = houses.current().information
    for text in sorted(told.texts):
        change.work.casework.add(
            InformationGiven(
                kind=text.value,
                text_version=known.version_told(text, told.language),
                language=told.language,
                understood=told.understood,
                way=told.way.value,
                interpreter=told.interpreter,
                given_on=told.on,
                **change.recorded,
            )
        )


def _agree(
    change: CaseChange, told: Telling, agreed: Collection[What], until_on: date | None
) -> None:
    for one in sorted(agreed, key=lambda what: what.code):
        change.work.casework.add(
            Agreement(
                kind=one.kind.value,
                about=one.about,
                organisation=one.organisation,
                language=told.language,
                interpreter=told.interpreter,
                agreed_on=told.on,
                until_on=until_on,
                **change.recorded,
            )
        )


def _other_organisation(change: CaseChange, agreed: Collection[What]) -> Refused | None:
    known = {one for one, _ in sharers(change.dossier.case.organisation)}
    wanted = {one.organisation for one in agreed if one.kind is AgreementKind.SHARE}
    return None if wanted <= known else agreements.UNKNOWN_WHAT


def _stop(change: CaseChange, what: What) -> None:
    """What an agreement carried stops in the same change."""
    case_id = change.dossier.case.id
    if what.kind is AgreementKind.RECIPIENTS:
        why, classes = Why.AGREEMENT_WITHDRAWN, {RecipientClass(what.about)}
        disclosures.stop(change.work, case_id, why, change.today, classes=classes)
    elif what.kind is AgreementKind.SHARE:
        _end_shares(change, what)


def _end_shares(change: CaseChange, what: What) -> None:
    """Ends what is shared with an organisation, and has it told so."""
    running = _shares(change, what)
    for row in running:
        row.until_on = ended_before(change.today)
    if running:
        due_on = change.today + disclosures.TELL_WITHIN
        kind = TaskKind.TELL_RECIPIENT.value
        change.work.casework.add(Task(kind=kind, due_on=due_on, **change.recorded))


def _shares(change: CaseChange, what: What) -> list[CaseShare]:
    """What is shared today, or from a later day on, with the organisation of this agreement."""
    found = stored.shares(change.work.casework, change.dossier.case.id, change.today)
    return [
        one
        for one in found
        if (one.organisation, one.compartment) == (what.organisation, what.about)
    ]


def _keep_words(change: CaseChange, own_words: str | None) -> None:
    if own_words is not None:
        case_id = change.dossier.case.id
        change.work.vault.add(ConsentWords(case_id=case_id, words=own_words, **change.written()))
