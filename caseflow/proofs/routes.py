"""Every address of the application, by walking its routes: nothing has to be registered to be visited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Final

from flask import Flask
from werkzeug.routing import IntegerConverter, Rule

from caseflow.proofs.plantings import Planted

ABSENT: Final = "00000000-0000-4000-8000-000000000000"
ABSENT_CODE: Final = "ZZZZ-2222"
NAMED: Final[Mapping[str, str]] = {
    "item_id": "broken_glass",
    "deputy_id": "case_team_members",
    "account_id": "user_accounts",
    "run_id": "pay_out_runs",
    "reference": "sessions",
    "other_placement_id": "placements",
    "door_id": "door_calls",
    "entry_id": "neighbourhood_entries",
    "outage_id": "out_of_service",
    "concerned_id": "incident_people",
    "warning_id": "house_warnings",
    "pair_id": "house_pairs",
    "information_id": "information_given",
    "call_id": "door_calls",
    "sheet_id": "proposals",
    "code": "clients",
    "client_code": "clients",
    "request_id": "client_requests",
    "accountability_id": "accountability_statements",
}
"""Parameters that are not called after their table."""
GIVEN: Final[Mapping[str, tuple[str, ...]]] = {
    "filename": ("css/tokens.css",),
    "token": ("no-such-invitation",),
    "week": ("2026-11-16",),
    "night": ("2026-11-25",),
    "name": ("holds_lapse",),
    "kind": ("scenario", "milestone"),
    "item": ("papers", "copy"),
    "text": ("rights", "purposes"),
    "spoken": ("nl", "ar"),
    "month": ("2026-10",),
    "scope": ("waterstad-lvv",),
    "chart": ("counts", "outcomes"),
}
"""Parameters that name no row."""
ALSO: Final[Mapping[str, tuple[str, ...]]] = {"item_id": ("attentions",)}
"""Parameters that name rows of other tables too."""
FACTS: Final = ("scenario_choices", "milestones", "screening_answers", "follow_ups")


WAYS_AT_MOST: Final = 4
"""How many ways of filling one address are tried for one client."""


class Unvisitable(Exception):
    """A route for whose parameter the proof has no value; names the route and the repair."""


@dataclass(frozen=True)
class Address:
    """One route with its parameters filled: of one client, of the house, or of nobody."""

    rule: str
    endpoint: str
    path: str
    client: str | None
    """Whose page it would be; None where no parameter is about a client."""
    is_absent: bool = False
    """Whether its parameters name something that does not exist."""
    methods: frozenset[str] = field(default_factory=frozenset)

    @property
    def names_a_client(self) -> bool:
        return self.client is not None or self.is_absent


def rules(app: Flask) -> list[Rule]:
    """Every rule of the application, in a fixed order."""
    return sorted(
        app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ()))
    )


def addresses(
    app: Flask, planted: Planted, rule: Rule, clients: tuple[str, ...]
) -> Iterator[Address]:
    """A rule's addresses for each of these clients, and one that leads nowhere.

    Raises `Unvisitable`.
    """
    methods = frozenset((rule.methods or set()) - {"HEAD", "OPTIONS"})
    adapter = app.url_map.bind("localhost")

    def built(values: Mapping[str, Any], client: str | None, is_absent: bool) -> Address:
        path = adapter.build(rule.endpoint, dict(values), method=min(methods), force_external=False)
        return Address(rule.rule, rule.endpoint, path, client, is_absent, methods)

    names = sorted(rule.arguments)
    if not names:
        yield built({}, None, False)
        return
    about = [name for name in names if _is_about_a_client(planted, name)]
    house = {row.id for tables in ALSO.values() for one in tables for row in planted.of_table(one)}
    for client in clients if about else (None,):
        choices = [list(_values(planted, rule, name, client)) for name in names]
        for values in list(product(*choices))[:WAYS_AT_MOST]:
            filled = dict(zip(names, values, strict=True))
            of_the_house = about and all(filled[name] in house for name in about)
            yield built(filled, None if of_the_house else client, False)
    if len(about) > 1 and len(clients) > 1:
        # one's own case with somebody else's row: ids that do not belong together
        first, last = clients[0], clients[-1]
        owners = {name: last if name != "case_id" else first for name in names}
        mixed = {name: next(iter(_values(planted, rule, name, owners[name]))) for name in names}
        yield built(mixed, first, False)
    if any(_table(planted, name) or name == "fact_id" for name in names):
        absent = {name: _nowhere(planted, rule, name) for name in names}
        yield built(absent, None, bool(about))


def _nowhere(planted: Planted, rule: Rule, name: str) -> str:
    if _table(planted, name) == "clients":
        return ABSENT_CODE
    if _table(planted, name) or name == "fact_id":
        return ABSENT
    return next(iter(_values(planted, rule, name, None)))


def _is_about_a_client(planted: Planted, name: str) -> bool:
    table = FACTS[0] if name == "fact_id" else _table(planted, name)
    return table is not None and any(row.owner for row in planted.of_table(table))


def _table(planted: Planted, name: str) -> str | None:
    """The table whose rows a parameter names: by its own name, or after the words in front of `_id`."""
    if name in NAMED:
        return NAMED[name]
    if not name.endswith("_id"):
        return None
    stem = name.removesuffix("_id")
    tables = sorted({row.table.name for row in planted.rows})
    plurals = {stem, f"{stem}s", f"{stem}es", f"{stem.removesuffix('y')}ies"}
    exact = [table for table in tables if table in plurals]
    ends = [table for table in tables if any(table.endswith(f"_{one}") for one in plurals)]
    begins = [table for table in tables if table.startswith(f"{stem}_")]
    return next(iter(exact + ends + begins), None)


def _values(planted: Planted, rule: Rule, name: str, client: str | None) -> Iterator[str]:
    """What a parameter may be: rows of its table, codes of its converter, or what is given here."""
    converter = rule._converters[name]
    offered = getattr(converter, "items", None)
    if offered:
        yield from sorted(offered)
        return
    if name in GIVEN or isinstance(converter, IntegerConverter):
        yield from GIVEN.get(name, ("1",))
        return
    table = FACTS[0] if name == "fact_id" else _table(planted, name)
    if table is None:
        raise Unvisitable(
            f"{rule.rule}: the proof has no value for {name}. Say one in caseflow/proofs/routes.py."
        )
    rows = [row for row in planted.of_table(table) if client is None or row.owner in ("", client)]
    column = (
        name if table == "sessions" else next(iter(rows[0].table.primary_key)).name if rows else ""
    )
    found = [str(row.values[column]) for row in rows]
    for other in ALSO.get(name, ()):
        found += [row.id for row in planted.of_table(other)]
    yield from found or [ABSENT_CODE if table == "clients" else ABSENT]
