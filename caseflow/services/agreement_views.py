"""What somebody was told and agreed to, as the page of a case and the page of a withdrawal show it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from caseflow.domain import agreements
from caseflow.domain.agreements import Agreed, AgreementKind, Lack, Told, Way, What
from caseflow.domain.information_texts import InformationKind
from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.domain.messages import Message
from caseflow.domain.recipients import RecipientClass
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Part, Vision
from caseflow.services.houses import House
from caseflow.storage import agreements as stored
from caseflow.storage import words
from caseflow.storage.dossiers import Dossier
from caseflow.storage.models.agreements import Agreement, ConsentWords, InformationGiven

WORDS_SHOWN = 20


@dataclass(frozen=True)
class ToldView:
    """One text that was told: which, in which language, how and when."""

    id: str
    text: InformationKind
    version: int
    language: str
    understood: bool
    way: Way
    interpreter: str | None
    on: date
    is_mistaken: bool


@dataclass(frozen=True)
class AgreedView:
    """One agreement, and whether it stands today."""

    id: str
    what: What
    name: Message
    organisation: Label | None
    """With whom something is shared."""
    language: str
    interpreter: str | None
    agreed_on: date
    until_on: date | None
    withdrawn_on: date | None
    stands: bool
    is_shared: bool
    """Whether a share that was agreed to has begun; the team lead begins it."""
    shelter_depends: bool
    """Whether a rule of the programme says that shelter depends on it; no programme of ours says so."""


@dataclass(frozen=True)
class OwnWords:
    """What somebody said to it in their own words."""

    on: date
    words: str


@dataclass(frozen=True)
class ConsentView:
    """What was told, what stands, what is still missing."""

    told: tuple[ToldView, ...]
    agreed: tuple[AgreedView, ...]
    lacks: Mapping[InformationKind, Lack]
    own_words: tuple[OwnWords, ...] = ()
    is_sealed: bool = False
    """Whether own words could be read once the vault is open."""

    @property
    def standing(self) -> tuple[AgreedView, ...]:
        """What stands today."""
        return tuple(one for one in self.agreed if one.stands)

    @property
    def channels(self) -> tuple[Message, ...]:
        """By which ways the person agrees to be reached."""
        return tuple(one.name for one in self.standing if one.what.kind is AgreementKind.CHANNEL)

    @property
    def over(self) -> tuple[AgreedView, ...]:
        """What was taken back, or has ended."""
        return tuple(one for one in self.agreed if not one.stands)


def of(
    house: House, session: Session, dossier: Dossier, vision: Vision, today: date
) -> ConsentView | Hidden:
    """What this reader may see of it; the words only while the vault is open."""
    if not vision.sees(Compartment.CONSENT, Part.REST):
        return HIDDEN
    case = dossier.case
    told = stored.told(session, [case.id])
    needed = house.programme(case.programme).shelter_needs_agreement
    shared = {one.organisation for one in stored.shares(session, case.id, today)}
    is_open = house.stores.is_unsealed(case.organisation)
    return ConsentView(
        told=tuple(_told(one) for one in told),
        agreed=tuple(
            _agreed(house, one, needed, shared, today) for one in stored.of_case(session, case.id)
        ),
        lacks=agreements.lacks(map(as_told, told), house.information.newest_of_all),
        own_words=_words(house, session, dossier) if is_open else (),
        is_sealed=not is_open,
    )


def as_told(row: InformationGiven) -> Told:
    """A stored telling as the rules know it."""
    return Told(
        InformationKind(row.kind), row.text_version, row.understood, row.mistaken_at is not None
    )


def agreed(row: Agreement) -> Agreed:
    """A stored agreement as the rules know it."""
    return Agreed(stored.what_of(row), row.agreed_on, row.until_on, row.withdrawn_on)


def _told(row: InformationGiven) -> ToldView:
    return ToldView(
        row.id,
        InformationKind(row.kind),
        row.text_version,
        row.language,
        row.understood,
        Way(row.way),
        row.interpreter,
        row.given_on,
        row.mistaken_at is not None,
    )


def _agreed(
    house: House,
    row: Agreement,
    needed: frozenset[RecipientClass],
    shared_with: Collection[str],
    today: date,
) -> AgreedView:
    what = stored.what_of(row)
    shared = house.catalogue.organisations.get(row.organisation or "")
    return AgreedView(
        row.id,
        what,
        what.name,
        shared.name if shared is not None else None,
        row.language,
        row.interpreter,
        row.agreed_on,
        row.until_on,
        row.withdrawn_on,
        stands=agreed(row).counts_on(today),
        is_shared=row.organisation in shared_with,
        shelter_depends=what in {What.recipients(one) for one in needed},
    )


def _words(house: House, session: Session, dossier: Dossier) -> tuple[OwnWords, ...]:
    with house.stores.reading_vault(dossier.case.organisation) as vault:
        rows = words.visible(
            vault,
            session,
            ConsentWords,
            [dossier.client.code],
            case_id=dossier.case.id,
            limit=WORDS_SHOWN,
        )
        return tuple(OwnWords(local(one.recorded_at).date(), one.words) for one in rows)
