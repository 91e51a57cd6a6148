"""Whether a text says a word that vaults of a programme's organisations hold: one answer, and nothing else.

Nobody is told which word, whose, or how many; the log is told that texts were compared, never about whom. Whoever
writes a text cannot have it compared: that takes a colleague who approves (`approvals`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.report_texts import ReportText
from caseflow.domain.vault_words import VaultWords
from caseflow.services.houses import House
from caseflow.storage import merges, words
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.client_files import ContactPerson
from caseflow.storage.models.vault import Identity, OtherName, ProcedureWords, VNumber

Clients = Mapping[str, Collection[str]]
"""Codes of clients, by the organisation in whose vault their words lie."""


def sealed(house: House, scope: str) -> tuple[str, ...]:
    """The organisations with cases of a programme or group whose vault is sealed, by id."""
    with house.stores.reading() as session:
        holding = _clients(session, house.catalogue.members(scope))
    return tuple(one for one in sorted(holding) if not house.stores.is_unsealed(one))


def says_somebody(house: House, scope: str, text: ReportText) -> bool:
    """Whether the text says a word about a client of the programme, whatever became of their case.

    Every vault is read to its end whatever was found. Raises `VaultSealed` where one of them is sealed.
    """
    names: list[str] = []
    numbers: list[str] = []
    days: list[date] = []
    with house.stores.reading() as session:
        clients = _clients(session, house.catalogue.members(scope))
        codes = {code for some in clients.values() for code in some}
        names += _call_names(session, codes)
        for organisation, some in clients.items():
            with house.stores.reading_vault(organisation) as vault:
                for row in words.visible(vault, session, Identity, some):
                    names.append(" ".join(p for p in (row.given_names, row.family_name) if p))
                    days += [row.birth_date] if row.birth_date else []
                names += [one.name for one in words.visible(vault, session, OtherName, some)]
                names += [one.name for one in words.visible(vault, session, ContactPerson, some)]
                for step in words.visible(vault, session, ProcedureWords, some):
                    names += [step.lawyer] if step.lawyer else []
                    numbers += [step.reference] if step.reference else []
                numbers += [
                    one.number for one in words.visible(vault, session, VNumber, some) if one.number
                ]
    known = VaultWords(names, numbers, days)
    found = [known.are_said_in(one) for one in (text.nl, text.en)]
    return any(found)


def _clients(session: Session, members: Collection[str]) -> Clients:
    wanted = (
        select(Case.organisation, Case.client_code)
        .join(Client, Client.code == Case.client_code)
        .where(Case.programme.in_(members), Client.is_test.is_(False))
        .distinct()
    )
    found: dict[str, set[str]] = {}
    for organisation, code in session.execute(wanted):
        found.setdefault(organisation, set()).add(code)
    return found


def _call_names(session: Session, codes: Collection[str]) -> Iterator[str]:
    """What these clients are called, and what they were called under a code that was given up."""
    for some in merges.taken_over(session, codes).values():
        yield from (one.call_name for one in some)
    rows = session.execute(select(Client.code, Client.call_name)).yield_per(words.PAGE)
    yield from (call_name for code, call_name in rows if code in codes)
