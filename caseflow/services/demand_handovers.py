"""What a demand names is handed over and nothing else: linked in the vault, made ready, looked at twice.

What leaves is a disclosure like any other (tier 4), made from a view of the case that holds the granted fields alone.
Neither the log nor the casework store says to whom a demand was linked; the disclosure is that client's record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import demands as rules
from caseflow.domain.access import Permission, Standing
from caseflow.domain.actors import Actor
from caseflow.domain.complaints import CLIENT_CODE
from caseflow.domain.composed_letters import LetterRefused
from caseflow.domain.decisions import Refused
from caseflow.domain.demand_codes import Decider, DemandOutcome, Verdict
from caseflow.domain.disclosure_guards import Approval, ApprovedAs
from caseflow.domain.disclosures import LIES_IN, Field, Medium, Purpose
from caseflow.domain.labels import Label
from caseflow.domain.letters import Language, Letter, LetterKind
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.placements import StayStatus
from caseflow.domain.redaction import Compartment, Part, Vision
from caseflow.services import case_files, demand_acts, disclosures, houses, letters
from caseflow.services.case_views import CaseView
from caseflow.services.demand_readings import fields_of, links_of
from caseflow.services.demands import act_of, decisions, facts, guard, known
from caseflow.services.disclosure_drafts import Compose
from caseflow.services.disclosures import Leaving
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.letters import PrintedLetter
from caseflow.storage import audit_log, changes, merges
from caseflow.storage.models.cases import Case
from caseflow.storage.models.demands import (
    Demand,
    DemandHandover,
    DemandHandoverField,
    DemandLink,
)
from caseflow.storage.models.disclosures import Disclosure
from caseflow.storage.models.shelter import Placement

RECIPIENT: Final = "demanding-authority"
OUTSIDE_LAWYER: Final = "outside-lawyer"
"""Under which id the lawyer's agreement stands: a person of their own, without an account."""
APPROVES: Final = {
    Decider.DIRECTOR: ApprovedAs.DIRECTOR,
    Decider.PRIVACY_OFFICER: ApprovedAs.PRIVACY_OFFICER,
    Decider.LAWYER: ApprovedAs.OUTSIDE_LAWYER,
}
LANGUAGE: Final = "nl"
NOTHING_KEPT: Final = Refused(
    N_("Of what the demand names, nothing is kept. Settle it as nothing to hand over.")
)
DIFFERS: Final = Refused(N_("This document no longer comes out as it left. Ask the administrator."))


def link(actor: Actor, demand_id: str, client_code: str, now: datetime) -> Refused | None:
    """Links a demand to a client code inside the vault; whether anybody has the code is not asked.

    Raises `NotKnown`, `VaultSealed`.
    """
    return _linked(actor, demand_id, client_code, now, taken_back=False)


def take_back(actor: Actor, demand_id: str, client_code: str, now: datetime) -> Refused | None:
    """Takes a link back that was a slip, before anything was made ready. Raises `NotKnown`, `VaultSealed`."""
    return _linked(actor, demand_id, client_code, now, taken_back=True)


def prepare(
    actor: Actor, demand_id: str, fields: frozenset[Field], now: datetime
) -> Refused | None:
    """Makes ready what is handed over: only what the demand names and the three granted.

    Raises `NotKnown`, `VaultSealed`.
    """
    wanted = frozenset(one.value for one in fields)
    with demand_acts.changing(
        actor, Permission.DEMAND_ASSESS, "demand_prepared", demand_id, now, {"fields": wanted}, words=True
    ) as (work, row):  # fmt: skip
        linked = len(links_of(work.casework, row))
        allowed = rules.may_prepare(facts(work.casework, row, linked), wanted)
        if isinstance(allowed, Refused):
            return work.refuse(allowed)
        work.casework.add(
            DemandHandover(
                demand_id=row.id, prepared_by=work.by, prepared_at=work.at, change_id=work.id
            )
        )
        work.casework.flush()
        work.casework.add_all(
            DemandHandoverField(demand_id=row.id, field=one, change_id=work.id)
            for one in sorted(wanted)
        )
    return None


def release(actor: Actor, demand_id: str, compose: Compose, now: datetime) -> Refused | None:
    """The second look: lets go what another made ready, as one disclosure for each client it is about.

    `compose` says what a view of a case holds for the fields. Raises `NotKnown`, `VaultSealed`.
    """
    with houses.current().stores.reading() as session:
        ready = facts(session, known(session, actor, demand_id, now)).prepared or frozenset()
    details = {"fields": ready}
    with demand_acts.changing(
        actor, Permission.DEMAND_RELEASE, "demand_released", demand_id, now, details, words=True
    ) as (work, row):
        links = links_of(work.casework, row)
        found = facts(work.casework, row, len(links))
        allowed = rules.may_release(found, work.by)
        if isinstance(allowed, Refused):
            return work.refuse(allowed)
        if found.prepared != ready or not links:
            return work.refuse(demand_acts.CHANGED)
        for one in links:
            left = _hand_over(actor, work, row, one.client_code, fields_of(ready), compose, now)
            if isinstance(left, Refused):
                return work.refuse(left)
            _write_link(work, row, one.client_code, disclosure_id=left)
        handover = work.casework.get_one(DemandHandover, row.id)
        handover.released_by, handover.released_at = work.by, work.at
        comply = rules.verdict(found) is Verdict.COMPLY and found.prepared == found.named
        row.outcome = (DemandOutcome.COMPLIED if comply else DemandOutcome.PARTLY).value
        row.settled_on, row.fg_saw_at = local(now).date(), None
    return None


def document(actor: Actor, demand_id: str, number: int, now: datetime) -> PrintedLetter | Refused:
    """What was handed over, printed from its record alone and held against its digest, told to the log first.

    Raises `NotKnown`, `VaultSealed`.
    """
    guard(actor, Permission.DEMAND_ASSESS)
    house = houses.current()
    with house.stores.reading() as session:
        row = known(session, actor, demand_id, now)
        ids = [one.disclosure_id for one in links_of(session, row) if one.disclosure_id]
        if not 1 <= number <= len(ids):
            raise NotKnown()
        record = session.get_one(Disclosure, ids[number - 1])
        engine, digest = record.engine, record.digest
        code = session.get_one(Case, record.case_id).client_code
        with house.stores.reading_vault(row.organisation) as vault:
            letter = disclosures.letter_of(disclosures.values_of(vault, ids[number - 1]))
    # told with its client and without the demand: the look is recorded, and the log links nothing
    told = act_of(
        "demand_document_opened", actor, now, None, {}, Permission.DEMAND_ASSESS, words=True
    )
    act = replace(told, subjects=(code,))
    audit_log.tell(house.stores, act, result="shown")
    if letter is None:
        raise NotKnown()
    try:
        made = letters.printed(letter)
    except LetterRefused as refused:
        return Refused(refused.reason)
    return DIFFERS if made.engine == engine and made.digest != digest else made


def _linked(
    actor: Actor, demand_id: str, client_code: str, now: datetime, *, taken_back: bool
) -> Refused | None:
    if CLIENT_CODE.fullmatch(client_code) is None:
        return Refused(N_("A client code looks like K7QM-4XPD."))
    details = {"taken_back": taken_back}
    with demand_acts.changing(
        actor, Permission.DEMAND_ASSESS, "demand_linked", demand_id, now, details, words=True
    ) as (work, row):
        found = facts(work.casework, row)
        allowed = rules.may_link(found)
        if isinstance(allowed, Refused):
            return work.refuse(allowed)
        stands = client_code in {one.client_code for one in links_of(work.casework, row)}
        if found.prepared is not None:
            return work.refuse(Refused(N_("This is ready already. The director looks at it now.")))
        if stands is not taken_back:
            return work.refuse(
                Refused(
                    N_("This link is not there any more.")
                    if taken_back
                    else N_("The demand is linked to this code already.")
                )
            )
        _write_link(work, row, client_code, is_taken_back=taken_back)
    return None


def _write_link(
    work: changes.Writing,
    row: Demand,
    client_code: str,
    *,
    disclosure_id: str | None = None,
    is_taken_back: bool = False,
) -> None:
    work.vault.add(
        DemandLink(
            client_code=client_code,
            demand_id=row.id,
            disclosure_id=disclosure_id,
            is_taken_back=is_taken_back,
            recorded_at=work.at,
            recorded_by=work.by,
            change_id=work.id,
        )
    )


def _hand_over(
    actor: Actor, work: changes.Writing, row: Demand, client_code: str, fields: tuple[Field, ...],
    compose: Compose, now: datetime,
) -> str | Refused:  # fmt: skip
    """One disclosure about one client, of these fields as far as they are kept; its id, or why it may not be."""
    case_id = _case_of(work.casework, client_code, row.organisation)
    if case_id is None:
        return NOTHING_KEPT
    case = _seen(work.casework, actor, case_id, fields, now)
    said = dict(compose(case, fields, LANGUAGE))
    if Field.BED_NIGHTS in fields:
        said[Field.BED_NIGHTS] = _nights(work.casework, case_id, local(now).date())
    values = {one: words for one, words in said.items() if words}
    if not values or not set(values) <= set(fields):
        return NOTHING_KEPT
    try:
        letter = _letter(row, values, now)
    except LetterRefused as refused:
        return Refused(refused.reason)
    leaving = Leaving(
        kind=LetterKind.DEMAND_HANDOVER.value,
        recipient=RECIPIENT,
        purpose=Purpose.DEMAND,
        values=values,
        medium=Medium.POST,
        on=local(now).date(),
        language=LANGUAGE,
        letter=letter,
        approvals=tuple(_approvals(work.casework, row.id)),
    )
    return disclosures.issue_within(work, case_id, leaving)


def _seen(
    session: Session, actor: Actor, case_id: str, fields: Iterable[Field], now: datetime
) -> CaseView:
    """The case as it holds these fields and nothing else; nobody sees it but whoever says it in words."""
    parts: dict[Compartment, frozenset[Part]] = {}
    for one in fields:
        compartment, part = LIES_IN[one]
        parts[compartment] = parts.get(compartment, frozenset()) | {part}
    nobody = Standing(frozenset())
    house, today = houses.current(), local(now).date()
    return case_files.build(
        house, session, actor, nobody, Vision(parts), case_id, now, today, lambda others: {}
    )


def _nights(session: Session, case_id: str, today: date) -> str:
    """Nights on a bed, a stay on each line, and never where."""
    slept = (StayStatus.BEGUN.value, StayStatus.ENDED.value)
    stays = session.execute(
        select(Placement.arrival_on, Placement.departure_on)
        .where(Placement.case_id == case_id, Placement.status.in_(slept))
        .order_by(Placement.arrival_on, Placement.id)
    )
    return "\n".join(f"{first} – {last or today}" for first, last in stays)


def _case_of(session: Session, client_code: str, organisation: str) -> str | None:
    """The newest case under a code that this organisation holds."""
    code = merges.present(session, client_code)
    return session.scalar(
        select(Case.id)
        .where(Case.client_code == code, Case.organisation == organisation)
        .order_by(Case.opened_at.desc(), Case.id)
        .limit(1)
    )


def _approvals(session: Session, demand_id: str) -> Iterable[Approval]:
    for one in decisions(session, demand_id):
        decider = Decider(one.decider)
        who = OUTSIDE_LAWYER if decider is Decider.LAWYER else one.recorded_by
        yield Approval(who, APPROVES[decider])


def _letter(row: Demand, values: dict[Field, str], now: datetime) -> Letter:
    """The letter of exactly these values. Raises `LetterRefused` where the organisation has no letterhead."""
    office = houses.current().demands.authority(row.authority)
    named = office.label if office else Label(row.authority, row.authority)
    said = {one.value: words for one, words in values.items()}
    said["received_on"] = local(row.received_at).date().isoformat()
    if row.reference:
        said["their_reference"] = row.reference
    return Letter(
        kind=LetterKind.DEMAND_HANDOVER,
        language=Language(LANGUAGE),
        sender=letters.sender_of(row.organisation),
        addressee=(named.in_language(LANGUAGE),),
        day=local(now).date(),
        values=said,
    )
