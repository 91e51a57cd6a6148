"""A case about which something can leave: offices in the registry, a lawyer the client agreed to, a counsellor."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy import select
from werkzeug.test import TestResponse

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.disclosures import Field, Medium, Purpose
from caseflow.services import disclosure_acts, houses, offices, standing_recipients
from caseflow.services.case_views import CaseView
from caseflow.services.disclosure_acts import Made
from caseflow.services.disclosure_drafts import Asked
from caseflow.services.houses import House
from caseflow.services.offices import OfficeEntry
from caseflow.storage.models.disclosures import Disclosure
from tests import builders, cast
from tests import case_worlds as world
from tests.cast import Colleague
from tests.services.test_notes_shown import refer

LAWYER = OfficeEntry("own-lawyer", "Kantoor Linde", "Lindelaan 1\n1000 AA Waterstad", standing=True)
FUND = OfficeEntry("fund", "Fonds Waterstad", "Postbus 9\n1000 AB Waterstad")
IOM = OfficeEntry("iom", "IOM Waterstad", "Postbus 10\n1000 AB Waterstad")
IND = OfficeEntry("national-authorities", "IND Waterstad", "Postbus 11\n1000 AB Waterstad")
COUNSELLOR = Colleague("iris", "de-haven", "haven-east", (Role.LEGAL_COUNSELLOR,))
F = Field
STATEMENT = Asked(
    "residence_statement",
    None,
    Purpose.PROCEDURE,
    frozenset({F.OWN_NAME, F.POSTAL_ADDRESS, F.WITH_US_SINCE}),
    Medium.HANDED_OVER,
)
REFERRAL = Asked(
    "referral",
    None,
    Purpose.MONEY,
    frozenset({F.HELP_ASKED, F.CALL_NAME}),
    Medium.POST,
    typed={F.HELP_ASKED: "Kleding"},
    agreed_on=cast.NOW.date(),
)
RETURN = Asked(
    "return_referral",
    None,
    Purpose.RETURN,
    frozenset({F.OWN_NAME}),
    Medium.SECURE_MAIL,
    agreed_on=cast.NOW.date(),
    warned_on=cast.NOW.date(),
)
AUTHORITY = Asked(
    "authority_letter",
    None,
    Purpose.PROCEDURE,
    frozenset({F.OWN_NAME}),
    Medium.POST,
    agreed_on=cast.NOW.date(),
)
WORDS: Mapping[Field, str] = {
    F.OWN_NAME: "Ayla Markerson",
    F.CALL_NAME: "Blue",
    F.POSTAL_ADDRESS: "Postbus 12\n1000 AC Waterstad",
    F.WITH_US_SINCE: "2026-10-23",
    F.BIRTH_DATE: "1991",
}


def hired(house: House) -> None:
    """The cast, and a legal counsellor."""
    builders.hire_everybody(house)
    builders.hire(house, COUNSELLOR)


def a_case(house: House) -> str:
    """A case in guidance with words in the vault, referred to the counsellor."""
    case_id = world.with_words(world.admitted(days_ago=60))
    refer(house, case_id, COUNSELLOR, "legal")
    return case_id


def office(entry: OfficeEntry) -> str:
    """An office of the registry; answers its id."""
    made = offices.record(cast.LENA.actor(), entry, clock.now())
    assert isinstance(made, str), made
    return made


def agreed(case_id: str, office_id: str) -> None:
    """The client agreed to this office today."""
    world.done(
        standing_recipients.agree(
            cast.AMINA.actor(), case_id, office_id, clock.today(), "nl", clock.now()
        )
    )


def compose(case: CaseView, fields: Collection[Field], language: str) -> Mapping[Field, str]:
    """What the file says, without a page around it."""
    return {one: WORDS[one] for one in fields if one in WORDS}


def ask(
    case_id: str,
    asked: Asked,
    office_id: str | None = None,
    by: Colleague = cast.AMINA,
    **more: object,
) -> Made:
    """Asks for it, and stops where the service refused."""
    wanted = replace(asked, office_id=office_id, **more)  # type: ignore[arg-type]
    made = disclosure_acts.ask(by.actor(), case_id, wanted, compose, clock.now())
    assert isinstance(made, Made), made
    return made


def state(disclosure_id: str) -> str:
    """Where a disclosure stands in the store."""
    with houses.current().stores.reading() as session:
        return session.scalars(select(Disclosure.state).where(Disclosure.id == disclosure_id)).one()


def send(client: object, page_at: str, sent_to: str = "", **fields: object) -> TestResponse:
    """Sends a form of a page as a browser would, with what it hides."""
    page = client.get(page_at).text  # type: ignore[attr-defined]
    hidden = {
        name: found[1]
        for name in ("csrf_token", "once", "version")
        if (found := re.search(rf'name="{name}"[^>]*value="([^"]*)"', page))
    }
    return client.post(sent_to or page_at, data={**hidden, **fields})  # type: ignore[attr-defined, no-any-return]
