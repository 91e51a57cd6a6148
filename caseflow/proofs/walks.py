"""The walk of one visitor through every route, in every way a browser can ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode, urlsplit

from werkzeug.exceptions import HTTPException

from caseflow.domain.redaction import Surface
from caseflow.proofs.expectations import CLIENT, decides_on, readers, sight, supervises
from caseflow.proofs.grounds import Ground
from caseflow.proofs.plantings import Planted
from caseflow.proofs.probes import Leak, Ledger
from caseflow.proofs.routes import Address, addresses, rules
from caseflow.proofs.visitors import EVERYBODY, Visitor
from caseflow.proofs.visits import Answer, Guest, Overheard, leads_to, nonsense_for
from caseflow.proofs.worlds import CLIENTS

WHOLE_CASE: Final = "cases.show"
NOBODY_IS_CALLED: Final = "Zqvwxvwxv"
"""A word that was planted nowhere."""
ASKS_FOR_COLUMNS: Final = {
    "sort": "family_name", "order": "desc", "order_by": "words", "columns": "family_name,words,phone",
    "fields": "*", "include": "identity,notes,health", "all": "1", "expand": "identity", "debug": "1",
    "format": "json", "show": "everyone", "page": "2", "case_team": "1", "as": "administrator",
}  # fmt: skip
SEARCHES: Final = (
    "q",
    "search",
    "query",
    "name",
    "client",
    "term",
    "filter",
    "household_with",
    "code",
)
UNDOES: Final = frozenset({"sign_in.sign_out", "sign_in.lock", "vaults.seal", "account.end_others"})


@dataclass(frozen=True)
class Scope:
    """How far a walk goes: the fast form takes every route, and fewer clients and ways to ask."""

    fast: bool = False
    endpoints: frozenset[str] | None = None
    """The endpoints that are visited; all where none are named."""

    def takes(self, endpoint: str) -> bool:
        return self.endpoints is None or endpoint in self.endpoints


def searched(word: str) -> str:
    """A query that asks for one word under every name a search could have."""
    return urlencode(dict.fromkeys(SEARCHES, word))


class Walk:
    """One visitor's way through the application; what is found goes into the ledger."""

    def __init__(
        self, ground: Ground, planted: Planted, visitor: Visitor, ear: Overheard, ledger: Ledger
    ) -> None:
        self.ground, self.planted, self.ledger = ground, planted, ledger
        self.visitor = visitor
        self.guest = Guest(visitor, ground, planted, ear)
        mine = [one.key for one in CLIENTS if readers(visitor, one) or decides_on(visitor, one)]
        self.inside = tuple(mine)
        self.outside = tuple(one.key for one in CLIENTS if one.key not in mine)
        self.pages: list[tuple[Address, str]] = []
        """Addresses that answered with a page: what is compared after a hidden field was changed."""

    def go(self, scope: Scope) -> None:
        """Visits every route that the scope takes. Raises `Unvisitable`."""
        place = [one.key for one in EVERYBODY].index(self.visitor.key)
        for n, rule in enumerate(rules(self.ground.app), place):
            if scope.takes(rule.endpoint) and self._turns_to(
                rule.endpoint, bool(rule.arguments), n, scope
            ):
                ways = list(
                    addresses(
                        self.ground.app, self.planted, rule, self._clients(rule.endpoint, n, scope)
                    )
                )
                self._visit(
                    ways, scope, varies=bool(rule.arguments) or not scope.fast or n % 2 == 0
                )

    def _clients(self, endpoint: str, n: int, scope: Scope) -> tuple[str, ...]:
        """Inside and outside of this visitor's relations; which one of them goes round with the routes."""
        if endpoint == WHOLE_CASE and not scope.fast:
            return self.inside + (self.outside if self.inside else self.outside[:2])
        if scope.fast and endpoint != WHOLE_CASE:
            return _turn(self.inside, n) if n % 2 == 0 and self.inside else _turn(self.outside, n)
        first = self.inside[:1]
        if not scope.fast:
            first += _turn(self.inside[1:], n)
        return first + _turn(self.outside, n)

    @staticmethod
    def _turns_to(endpoint: str, has_arguments: bool, n: int, scope: Scope) -> bool:
        """In the fast form visitors take turns at the pages of single acts; lists and cases are for all."""
        return not scope.fast or not has_arguments or endpoint == WHOLE_CASE or n % 3 == 0

    def _visit(self, ways: list[Address], scope: Scope, *, varies: bool) -> None:
        """Asks for pages, in every way there is, and sends their forms; in the fast form visitors take turns."""
        nowhere: dict[str, Answer] = {}
        for address in sorted(ways, key=lambda one: not one.is_absent):
            body = ""
            if "GET" in address.methods:
                answer = self._get(address, "")
                body = answer.body if answer.status == 200 else ""
                if address.is_absent:
                    nowhere["GET"] = answer
                self._alike(address, answer, nowhere)
                if 300 <= answer.status < 400:
                    # a sentence that waits would stand on the next page that is asked for
                    self._follow(address, answer)
                if body and not address.is_absent and varies:
                    self._vary(address, answer, scope)
            for method in sorted(address.methods - {"GET"}):
                if not varies and "GET" in address.methods:
                    continue
                if address.is_absent and (scope.fast or "GET" in address.methods):
                    continue
                self._send(method, address, body, nowhere, scope)

    def _get(self, address: Address, query: str) -> Answer:
        path = f"{address.path}?{query}" if query else address.path
        answer = self.guest.get(path)
        variant = f" ?{_variant(query)}" if query else ""
        self.ledger.ask(self.visitor, address, variant, answer, path)
        if answer.status == 200 and not address.is_absent:
            self.pages.append((address, path))
        return answer

    def _vary(self, address: Address, first: Answer, scope: Scope) -> None:
        """The same page with parameters: those it links to, hidden columns, and searches for hidden words."""
        if address.names_a_client and address.endpoint != WHOLE_CASE:
            return
        links = [urlsplit(link) for link in first.links]
        for link in links[: 1 if scope.fast else 4]:
            if link.path == address.path:
                self._get(address, link.query)
        self._get(address, urlencode(ASKS_FOR_COLUMNS))
        if address.client is not None:
            return
        unknown = self._get(address, searched(NOBODY_IS_CALLED))
        for word in self._hidden_words(fast=scope.fast):
            found = self._get(address, searched(word))
            if found.plain().replace(
                word, NOBODY_IS_CALLED
            ) != unknown.plain() and not self._settles(address, word):
                what = "a search for a hidden word is answered in another way than one for no word at all"
                self.ledger.leaks.add(
                    Leak("told by a search", self.visitor.name, f"GET {address.rule}", what)
                )
            self.ledger.probes += 1

    def _settles(self, address: Address, word: str) -> bool:
        """Asks both once more, each of the world as it was: some pages tell of the visits themselves."""
        said = []
        for one in (NOBODY_IS_CALLED, word):
            self.ground.put_back()
            said.append(self.guest.get(f"{address.path}?{searched(one)}").plain().replace(one, ""))
        return said[0] == said[1]

    def _hidden_words(self, *, fast: bool) -> Iterator[str]:
        """Words about people that this visitor may not know: a call name, a code, a family name."""
        if not self.outside:
            return
        outside = self.outside[0]
        yield str(self.planted.of_table("clients", outside)[0].values["call_name"])
        if not fast:
            yield str(self.planted.of_table("identities", outside)[0].values["family_name"])

    def _send(
        self, method: str, address: Address, body: str, nowhere: dict[str, Answer], scope: Scope
    ) -> None:
        """Sends the form of a page full of errors; where it was an act all the same, the world is put back."""
        answer = self.guest.send(method, address.path, nonsense_for(body))
        self.ledger.ask(self.visitor, address, " with errors", answer, address.path)
        if address.is_absent:
            nowhere[method] = answer
        self._alike(address, answer, nowhere)
        if 300 <= answer.status < 400:
            self._follow(address, answer)
        if answer.status < 400 or address.endpoint in UNDOES:
            self.ground.put_back()
            self.guest.begin()

    def _follow(self, address: Address, answer: Answer) -> None:
        """Where an act leads to: a card that was opened, a page that says what was done."""
        path = leads_to(answer)
        if self._leads_to_no_one(urlsplit(path).path):  # a list is nobody's page, also after an act
            address = replace(address, client=None)
        led = self.guest.get(path)
        self.ledger.ask(self.visitor, address, " and where it leads", led, path, after=answer)

    def _leads_to_no_one(self, path: str) -> bool:
        """Whether an address of ours names nothing: a list, and not the page of somebody."""
        try:
            return not self.ground.app.url_map.bind("localhost").match(path)[1]
        except HTTPException:
            return False

    def _alike(self, address: Address, answer: Answer, nowhere: dict[str, Answer]) -> None:
        """Absent and forbidden are the same: status, headers and bytes."""
        known = nowhere.get(answer.method)
        if known is None or address.client is None:
            return
        client = CLIENT[address.client]
        if sight(self.visitor, client, Surface.OPENED).anything or supervises(self.visitor, client):
            return
        if decides_on(self.visitor, client) and address.endpoint.startswith("decision_sheets."):
            return
        self.ledger.probes += 1
        if answer.plain() != known.plain():
            what = "forbidden is answered in another way than absent"
            self.ledger.leaks.add(
                Leak(
                    "told by a refusal", self.visitor.name, f"{answer.method} {address.rule}", what
                )
            )


def _turn(some: tuple[str, ...], n: int) -> tuple[str, ...]:
    return (some[n % len(some)],) if some else ()


def _variant(query: str) -> str:
    """A query by the names it asks under, never with its words."""
    return "&".join(part.partition("=")[0] for part in query.split("&"))[:60]
