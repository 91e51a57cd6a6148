"""What somebody asks to let leave: to whom, which fields, in which letter; made from what they see of the case."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from caseflow.domain.composed_letters import LetterRefused
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosure_kinds import KINDS
from caseflow.domain.disclosures import FIELD_NAMES, Field, Medium, Purpose
from caseflow.domain.letters import Language, Letter, LetterKind
from caseflow.domain.messages import N_
from caseflow.domain.recipients import Recipient
from caseflow.services import houses, letters
from caseflow.services.case_views import CaseView
from caseflow.services.disclosures import UNKNOWN, Leaving, recipient_of
from caseflow.storage.models.disclosures import Office

CLIENT: Final = "client"
"""The recipient of the client's own papers, by its id in `config/disclosure.toml`."""
Compose = Callable[[CaseView, Collection[Field], str], Mapping[Field, str]]
"""Says what the file holds for these fields, in one language: the words of a page are made where pages are."""


@dataclass(frozen=True)
class Asked:
    """A disclosure as somebody asks for it."""

    kind: str
    office_id: str | None
    """None: into the client's own hand."""
    purpose: Purpose
    fields: frozenset[Field]
    medium: Medium
    language: str = "nl"
    typed: Mapping[Field, str] = field(default_factory=dict)
    basis: str | None = None
    agreed_on: date | None = None
    warned_on: date | None = None
    phoned: str | None = None
    """Who approved by telephone, by the id of their account."""
    below: str | None = None
    """The language of the client's own copy on the page after it."""


def recipient_for(
    office_id: str | None, organisation: str
) -> tuple[Recipient, tuple[str, ...]] | Refused:
    """Who receives, and the lines of the address; no office is the client's own hand."""
    if office_id is None:
        to = recipient_of(CLIENT)
        return (to, ()) if to is not None else UNKNOWN
    with houses.current().stores.reading() as session:
        office = session.get(Office, office_id)
        if office is None or office.organisation != organisation:
            return Refused(N_("Choose an office from the list."))
        to = recipient_of(office.recipient)
        if to is None:
            return UNKNOWN
        return to, (office.name, *(office.address or "").splitlines())


def leaving_for(
    case: CaseView,
    asked: Asked,
    recipient: Recipient,
    addressee: tuple[str, ...],
    compose: Compose,
    today: date,
) -> Leaving | Refused:
    """The disclosure that was asked for, with its exact words; refused where its kind cannot carry it."""
    kind = KINDS.get(asked.kind)
    if kind is None or not asked.fields <= kind.fields or asked.language not in kind.languages:
        return UNKNOWN
    read = compose(case, asked.fields - set(asked.typed), asked.language)
    values = {**read, **{one: words for one, words in asked.typed.items() if one in asked.fields}}
    lacking = sorted(one for one in asked.fields if not values.get(one))
    if lacking:
        return Refused(
            N_(
                "“%(field)s” is not recorded. Record it first, or leave it out.",
                field=FIELD_NAMES[lacking[0]],
            )
        )
    letter = None
    if asked.kind in set(LetterKind):
        try:
            letter = _letter(case, asked, values, addressee, today)
        except LetterRefused as refused:
            return Refused(refused.reason)
    return Leaving(
        kind=asked.kind,
        recipient=recipient.id,
        purpose=asked.purpose,
        values=values,
        medium=asked.medium,
        on=today,
        language=asked.language,
        office_id=asked.office_id,
        basis=asked.basis,
        agreed_on=asked.agreed_on,
        warned_on=asked.warned_on,
        letter=letter,
    )


def _letter(
    case: CaseView,
    asked: Asked,
    values: Mapping[Field, str],
    addressee: tuple[str, ...],
    today: date,
) -> Letter:
    """The letter of these values. Raises `LetterRefused` where the organisation has no letterhead."""
    return Letter(
        kind=LetterKind(asked.kind),
        language=Language(asked.language),
        sender=letters.sender_of(case.organisation),
        addressee=addressee,
        day=today,
        values={one.value: words for one, words in values.items()},
        below=Language(asked.below) if asked.below else None,
    )
