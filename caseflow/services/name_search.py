"""Finding somebody by name within one's reach: call names always, recorded names where the vault is open.

Names are read for each search and compared in memory; there is no index of them anywhere, so nothing but the vault
itself could be taken. Whose name a list would hide from this reader, is not found by it (source: `security.md` §6).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import name_matching, searches
from caseflow.domain.access import Permission, may
from caseflow.domain.actors import Actor
from caseflow.domain.name_matching import Name
from caseflow.domain.redaction import Compartment, Part, Surface
from caseflow.services import gatekeeping, houses
from caseflow.storage import dossiers, merges, words
from caseflow.storage.models.cases import Case
from caseflow.storage.models.vault import Identity, IdentityMistake, OtherName
from caseflow.storage.stores import VaultSealed

NEAR_AT_MOST: Final = 20
"""How many are shown whose name is only near; whoever is further down is found by typing more."""
EXACTLY: Final = 2.0
T = TypeVar("T")


@dataclass(frozen=True)
class NamesFound:
    """Who a search found, by case id, and how near."""

    near: Mapping[str, float] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    """The recorded name, where this reader sees it in lists."""
    are_sealed: bool = False
    """Whether names of somebody were left out because their vault is sealed."""

    def of(self, things: Iterable[T], case_id: Callable[[T], str]) -> list[T]:
        """Those that were found, the nearest first and else in the order they had."""
        found = [one for one in things if case_id(one) in self.near]
        return sorted(found, key=lambda one: -self.near[case_id(one)])


@dataclass(frozen=True)
class KnownAs:
    """Under which names somebody was recorded last, and the year of birth where it is known."""

    own: str
    others: tuple[str, ...]
    birth_year: int | None

    @property
    def in_words(self) -> str:
        return " ".join((self.own, *self.others)).strip()

    @property
    def name(self) -> Name:
        """The names, aliases among them, ready to be compared."""
        return name_matching.name(self.own, *self.others)


@dataclass(frozen=True)
class Recorded:
    """The newest recorded names by case id, and whether some could not be read."""

    names: Mapping[str, KnownAs]
    are_sealed: bool


def search(
    session: Session, actor: Actor, case_ids: Collection[str], now: datetime, find: str
) -> NamesFound:
    """The cases of these that are called so, as far as this reader sees the name in a list.

    Call names and codes by how they begin come first, then names by nearness. The caller tells the log what is shown.
    """
    if not find.strip():
        return NamesFound()
    listed, named = _searchable(session, actor, case_ids, now)
    called = dossiers.called(session, listed)
    recorded = recorded_names(session, named)
    given_up = merges.taken_over(session, {code for _name, code in called.values()})
    labels = {
        i: ((name, code), *((one.call_name, one.code) for one in given_up.get(code, ())))
        for i, (name, code) in called.items()
    }
    names = {
        i: name_matching.name(*(name for name, _ in known), *_parts(recorded.names.get(i)))
        for i, known in labels.items()
    }
    near = dict(name_matching.nearest(find, names, at_most=NEAR_AT_MOST))
    near |= {
        i: EXACTLY
        for i, known in labels.items()
        if any(searches.matches(find, *one) for one in known)
    }
    shown = {i: recorded.names[i].in_words for i in near if i in recorded.names}
    return NamesFound(near, {i: said for i, said in shown.items() if said}, recorded.are_sealed)


def _searchable(
    session: Session, actor: Actor, case_ids: Collection[str], now: datetime
) -> tuple[list[str], list[str]]:
    """Whose call name this reader sees in a list, and of those, whose recorded name."""
    listed, named = [], []
    for case_id, standing in gatekeeping.standings(session, actor, case_ids, now).items():
        vision = standing.vision(Surface.LIST)
        if may(Permission.CASE_OPEN, standing) and vision.sees(Compartment.CASEWORK, Part.CALL):
            listed.append(case_id)
            if vision.sees(Compartment.IDENTITY):
                named.append(case_id)
    return listed, named


def recorded_names(session: Session, case_ids: Collection[str]) -> Recorded:
    """The newest recorded names of the people of these cases, each from the vault of its organisation.

    Called for cases whose names the reader may see; a vault that is sealed is passed over, and said so.
    """
    stores = houses.current().stores
    people: dict[str, dict[str, list[str]]] = {}
    for some in dossiers.pages(case_ids):
        wanted = select(Case.id, Case.client_code, Case.organisation).where(Case.id.in_(some))
        for case_id, code, organisation in session.execute(wanted):
            people.setdefault(organisation, {}).setdefault(code, []).append(case_id)
    found: dict[str, KnownAs] = {}
    are_sealed = False
    for organisation, codes in people.items():
        try:
            with stores.reading_vault(organisation) as vault:
                for code, known in _known_as(vault, session, codes).items():
                    found.update(dict.fromkeys(codes[code], known))
        except VaultSealed:
            are_sealed = True
    return Recorded(found, are_sealed)


def _known_as(vault: Session, casework: Session, codes: Collection[str]) -> dict[str, KnownAs]:
    """Every name of these people that counts, by client code: the newest version, and all further names.

    Where a code was given up into one of these, the newest version under it is a further name.
    """
    owner = merges.reads_as(casework, codes)
    mistaken = {row.about_id for row in words.visible(vault, casework, IdentityMistake, codes)}
    versions: dict[str, Identity] = {}
    further: dict[str, list[str]] = {}
    read: set[str] = set()
    for row in words.visible(vault, casework, Identity, codes):
        if row.id in mistaken or row.client_code in read:
            continue
        read.add(row.client_code)
        counts = versions.setdefault(owner[row.client_code], row)
        if counts is not row and _own(row):
            further.setdefault(owner[row.client_code], []).append(_own(row))
    for other in reversed(words.visible(vault, casework, OtherName, codes)):
        if other.id not in mistaken:
            further.setdefault(owner[other.client_code], []).append(other.name)
    return {
        code: _together(versions.get(code), further.get(code, ()))
        for code in versions.keys() | further.keys()
    }


def _own(row: Identity) -> str:
    return " ".join(part for part in (row.given_names, row.family_name) if part)


def _together(row: Identity | None, further: Iterable[str]) -> KnownAs:
    """The names and the birth year, as values that outlive their session."""
    if row is None:
        return KnownAs("", tuple(further), None)
    year = row.birth_date.year if row.birth_date else row.birth_year
    return KnownAs(_own(row), tuple(further), year)


def _parts(known: KnownAs | None) -> tuple[str, ...]:
    return (known.own, *known.others) if known else ()
