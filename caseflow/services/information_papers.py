"""What every client is told, filled in for one organisation: on the screen, and on paper in the client's language.

Nothing about a person stands in it, so that it is no disclosure and leaves no record; that somebody was told is.
"""

from __future__ import annotations

from typing import Final

from caseflow.domain.actors import Actor
from caseflow.domain.information_texts import InformationKind, InformationText
from caseflow.domain.letters import Language, file_name
from caseflow.publishing.information_papers import information_pdf
from caseflow.services import houses
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House

FILE, APPLICATION = "file", "not-admitted"
"""Ids of the terms that a text names."""
UNCHECKED: Final = (
    "Geen beëdigd vertaler heeft deze tekst bekeken. De Nederlandse tekst geldt. / "
    "No sworn translator has looked at this text. The Dutch text counts."
)
"""Under a text that nobody checked, beside the Dutch: for whoever reads the paper, whatever language they have."""


def text(actor: Actor, kind: InformationKind, language: str) -> InformationText:
    """A text as the reader's organisation tells it. Raises `NotKnown` where there is none in this language."""
    house = houses.current()
    found = house.information.text(kind, language)
    if found is None:
        raise NotKnown()
    return found.filled(_values(house, actor.organisation, language))


def is_printable(language: str) -> bool:
    """Whether the program has a font for it; a further language is printed from the browser."""
    return language in {one.value for one in Language}


def paper(actor: Actor, kind: InformationKind, language: str) -> tuple[bytes, str]:
    """The same text as a PDF, and a file name that says nothing of it; with the Dutch where nobody checked it yet.

    Raises `NotKnown` where there is no text, or no font, for this language.
    """
    if not is_printable(language):
        raise NotKnown()
    asked = text(actor, kind, language)
    texts = [asked] if asked.reviewed else [asked, text(actor, kind, "nl")]
    name = file_name(Language(language))
    return information_pdf(name.removesuffix(".pdf").title(), texts, UNCHECKED), name


def _values(house: House, organisation: str, language: str) -> dict[str, str]:
    ours = house.catalogue.organisations[organisation]
    name = ours.name.in_language(language)
    months = {one.id: one.months for one in house.firewall.terms}
    return {
        "organisation": name,
        "contact": ours.privacy_contact or name,
        "file_months": str(months.get(FILE) or "…"),
        "application_months": str(months.get(APPLICATION) or "…"),
    }
