"""What the client's own list has beside looks: what left, who asked for data, what was told, agreed and requested.

Each section is read here from what its own part of the work keeps, in every case of the person that the organisation
holds. Of demands, what is
under silence is not there, and neither is what was handed over on it: no line, no gap, no count.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.agreements import WHAT_NAMES, AgreementKind
from caseflow.domain.client_request_words import KIND_NAMES, OUTCOME_NAMES
from caseflow.domain.demand_codes import OUTCOME_NAMES as DEMAND_OUTCOMES
from caseflow.domain.disclosures import Field, Medium, State
from caseflow.domain.information_texts import INFORMATION_NAMES, InformationKind
from caseflow.domain.labels import Label
from caseflow.domain.messages import Message
from caseflow.domain.own_list_words import (
    A_PAPER,
    AN_AGREEMENT,
    DANGER,
    FIELD_WORDS,
    KIND_WORDS,
    LETTERS_TO,
    MEDIUM_WORDS,
)
from caseflow.domain.recipients import RecipientClass, Tier
from caseflow.services import demand_silences, disclosures, houses
from caseflow.storage.client_requests import facts
from caseflow.storage.models.agreements import Agreement, InformationGiven
from caseflow.storage.models.cases import Case
from caseflow.storage.models.client_requests import ClientRequest
from caseflow.storage.models.disclosures import Disclosure, Office, StandingRecipient

LINES_AT_MOST: Final = 500
"""Of one section: many years of one file; that older ones are missing is said on it."""
OUT: Final = (State.ISSUED.value, State.WITHDRAWN.value)


@dataclass(frozen=True)
class LeftLine:
    """One thing that left: when, what, to whom, what stood in it, and whether it was taken back."""

    on: date
    what: Message
    to: Label | str | None
    """None where it went into the client's own hand."""
    office: str | None
    how: Message
    things: tuple[Message, ...]
    taken_back_on: date | None
    danger: bool


@dataclass(frozen=True)
class DemandLine:
    """One demand of an authority that was about the client: who, when, on which power, and what came of it."""

    on: date
    authority: Label
    power: Label | None
    outcome: Message | None
    settled_on: date | None


@dataclass(frozen=True)
class ToldLine:
    """What somebody was told, or agreed to, in which language, and whether it ended."""

    on: date
    what: Message
    language: str
    with_whom: Label | str | None = None
    until_on: date | None = None
    taken_back_on: date | None = None


@dataclass(frozen=True)
class AskedLine:
    """What the client asked, and the answer."""

    on: date
    what: Message
    outcome: Message | None
    answered_on: date | None


@dataclass(frozen=True)
class Sections:
    """Everything on the list beside who looked."""

    left: tuple[LeftLine, ...]
    demands: tuple[DemandLine, ...] | None
    """None while the vault is sealed: nobody can say then which demands are whose."""
    told: tuple[ToldLine, ...]
    agreed: tuple[ToldLine, ...]
    asked: tuple[AskedLine, ...]
    is_cut_off: bool = False


def of_person(
    session: Session,
    codes: Collection[str],
    organisation: str,
    since: date | None,
    today: date,
) -> Sections:
    """The sections for these codes of one person, newest first: of the cases that one organisation holds.

    What another one gave away or was asked for is on the list that they print: whoever prints this one works here.
    """
    first = since or date.min
    ours = select(Case.id).where(Case.client_code.in_(codes), Case.organisation == organisation)
    case_ids = list(session.scalars(ours))
    sealed = not houses.current().stores.is_unsealed(organisation)
    left = _left(session, case_ids, codes, organisation, first, sealed=sealed)
    return Sections(
        left[:LINES_AT_MOST],
        None if sealed else _demands(session, codes, organisation, first, today),
        _told(session, case_ids, first),
        _agreed(session, case_ids, first),
        _asked(session, case_ids, first),
        len(left) > LINES_AT_MOST,
    )


def _left(
    session: Session,
    case_ids: Collection[str],
    codes: Collection[str],
    organisation: str,
    first: date,
    *,
    sealed: bool,
) -> tuple[LeftLine, ...]:
    """What left; of what was handed over on a demand nothing while nobody can say whether silence is ordered."""
    silent = frozenset[str]()
    if not sealed:
        silent = frozenset(
            one
            for code in codes
            for one in demand_silences.silent_disclosures(session, code, organisation)
        )
    asked = (
        select(Disclosure, Office.name)
        .outerjoin(Office, Office.id == Disclosure.office_id)
        .where(
            Disclosure.case_id.in_(case_ids),
            Disclosure.state.in_(OUT),
            Disclosure.left_on >= first,
            Disclosure.id.not_in(silent),
        )
        .order_by(Disclosure.left_on.desc(), Disclosure.issued_at.desc(), Disclosure.id)
        .limit(LINES_AT_MOST + 1)
    )
    if sealed:
        asked = asked.where(Disclosure.tier != Tier.DEMAND.value)
    return tuple(_left_line(row, office) for row, office in session.execute(asked))


def _left_line(row: Disclosure, office: str | None) -> LeftLine:
    to = disclosures.recipient_of(row.recipient)
    own = row.recipient_class == RecipientClass.CLIENT.value
    things = (FIELD_WORDS[Field(one)] for one in row.fields.split())
    return LeftLine(
        on=row.left_on or row.asked_at.date(),
        what=KIND_WORDS.get(row.kind, A_PAPER),
        to=None if own else (to.label if to is not None else row.recipient),
        office=office,
        how=MEDIUM_WORDS[Medium(row.medium)],
        things=tuple(things),
        taken_back_on=row.ended_at.date() if row.ended_at else None,
        danger=Tier(row.tier) in DANGER,
    )


def _demands(
    session: Session,
    codes: Collection[str],
    organisation: str,
    first: date,
    today: date,
) -> tuple[DemandLine, ...]:
    found = {
        one.id: DemandLine(
            one.received_on,
            one.authority,
            one.power,
            DEMAND_OUTCOMES[one.outcome] if one.outcome else None,
            one.settled_on,
        )
        for code in codes
        for one in demand_silences.shown_to_client(session, code, today, organisation)
        if one.received_on >= first
    }
    return tuple(sorted(found.values(), key=lambda one: one.on, reverse=True))


def _told(session: Session, case_ids: Collection[str], first: date) -> tuple[ToldLine, ...]:
    rows = session.scalars(
        select(InformationGiven)
        .where(
            InformationGiven.case_id.in_(case_ids),
            InformationGiven.given_on >= first,
            InformationGiven.mistaken_at.is_(None),
        )
        .order_by(InformationGiven.given_on.desc(), InformationGiven.id)
        .limit(LINES_AT_MOST)
    )
    return tuple(
        ToldLine(row.given_on, INFORMATION_NAMES[InformationKind(row.kind)], row.language)
        for row in rows
    )


def _agreed(session: Session, case_ids: Collection[str], first: date) -> tuple[ToldLine, ...]:
    """What was agreed to or taken back in these days, and what stands from before."""
    rows = session.scalars(
        select(Agreement)
        .where(
            Agreement.case_id.in_(case_ids),
            Agreement.withdrawn_on.is_(None) | (Agreement.withdrawn_on >= first),
        )
        .order_by(Agreement.agreed_on.desc(), Agreement.id)
        .limit(LINES_AT_MOST)
    )
    known = houses.current().catalogue.organisations
    found = [
        ToldLine(
            row.agreed_on,
            WHAT_NAMES.get((AgreementKind(row.kind), row.about), AN_AGREEMENT),
            row.language,
            known[row.organisation].name
            if row.organisation and row.organisation in known
            else None,
            row.until_on,
            row.withdrawn_on,
        )
        for row in rows
    ]
    return tuple(
        sorted([*found, *_standing(session, case_ids, first)], key=lambda one: one.on, reverse=True)
    )


def _standing(session: Session, case_ids: Collection[str], first: date) -> list[ToldLine]:
    """Offices to which the client agreed once that letters go."""
    rows = session.execute(
        select(StandingRecipient, Office.name)
        .join(Office, Office.id == StandingRecipient.office_id)
        .where(
            StandingRecipient.case_id.in_(case_ids),
            StandingRecipient.withdrawn_on.is_(None) | (StandingRecipient.withdrawn_on >= first),
        )
        .order_by(StandingRecipient.agreed_on.desc(), StandingRecipient.id)
        .limit(LINES_AT_MOST)
    )
    return [
        ToldLine(row.agreed_on, LETTERS_TO, row.agreed_in, office, None, row.withdrawn_on)
        for row, office in rows
    ]


def _asked(session: Session, case_ids: Collection[str], first: date) -> tuple[AskedLine, ...]:
    rows = session.scalars(
        select(ClientRequest)
        .where(ClientRequest.case_id.in_(case_ids), ClientRequest.asked_on >= first)
        .order_by(ClientRequest.asked_on.desc(), ClientRequest.id)
        .limit(LINES_AT_MOST)
    )
    found = [(row, facts(row)) for row in rows]
    return tuple(
        AskedLine(
            row.asked_on,
            KIND_NAMES[one.kind],
            OUTCOME_NAMES[one.outcome] if one.outcome and not one.is_open else None,
            row.answered_on,
        )
        for row, one in found
    )
