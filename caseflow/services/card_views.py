"""What the pages of emergency cards receive: frozen values, for readers who may see the card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from caseflow.domain.beds import BedFacts
from caseflow.domain.cards import LENGTHS, CardLines
from caseflow.domain.local_days import local
from caseflow.services.houses import House
from caseflow.storage import emergency_cards
from caseflow.storage.models.cards import EmergencyCard


@dataclass(frozen=True)
class CardView:
    """A card as it was made with the client, for somebody who reads the file."""

    id: str
    lines: CardLines
    recorded_on: date


@dataclass(frozen=True)
class Sleeper:
    """Somebody who sleeps at a site of the reader tonight. The call name is None where lists do not show it."""

    case_id: str
    bed: BedFacts
    call_name: str | None


@dataclass(frozen=True)
class SleepersOfSite:
    """Who sleeps at one site tonight, by bed."""

    name: str
    sleepers: tuple[Sleeper, ...]


@dataclass(frozen=True)
class Sheet:
    """One opened card, as it is held out to an ambulance crew: no name of a house, no code, no number."""

    call_name: str
    room: str | None
    bed: str | None
    language_code: str | None
    """The coded language of the person, where the card names none."""
    lines: CardLines | None
    """None where no card was made."""
    recorded_on: date | None
    until_at: datetime


@dataclass(frozen=True)
class OpeningView:
    """An opening on the list of the privacy officer: a code, a colleague, a site, a moment."""

    id: str
    client_code: str
    site: str | None
    opened_by: str
    opened_at: datetime
    look_on: date
    """The working day on which it is to be looked at."""
    seen_by: str | None
    seen_at: datetime | None
    may_mark: bool


def lines_of(card: EmergencyCard) -> CardLines:
    """What stands on a stored card."""
    return CardLines(**{name: getattr(card, name) for name in LENGTHS})


def card_of(house: House, casework: Session, client_code: str) -> CardView | None:
    """The card that stands, for a reader whom the gate let through. None where nobody made one."""
    with Session(house.stores.cards) as cards:
        found = emergency_cards.current(cards, casework, client_code)
        if found is None:
            return None
        return CardView(found.id, lines_of(found), local(found.recorded_at).date())
