"""The whole world written into the stores: every table of every store has a planted row."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import MetaData, Table

from caseflow.domain.actors import Role
from caseflow.proofs import (
    funder_papers,
    specimens_of_conferences,
    specimens_of_demands,
    specimens_of_disclosures,
    specimens_of_houses,
    specimens_of_suggestions,
    stated_nights,
)
from caseflow.proofs.grounds import NOW, Ground
from caseflow.proofs.plants import Code, Plant, Planter, Row, fixed
from caseflow.proofs.specimen_rows import Ids, Specimen
from caseflow.proofs.specimens import PAY_OUT_RUNS
from caseflow.proofs.specimens import of as specimens_of
from caseflow.proofs.visitors import (
    EAST,
    EVERYBODY,
    HAVEN,
    HAVENHUIS,
    KOMPAS,
    KOMPAS_ONE,
    KOMPASHUIS,
    NORTH,
    PAKHUIS,
    WEST,
    Visitor,
)
from caseflow.proofs.worlds import CLIENTS, Client
from caseflow.storage.models import CardsBase, CaseworkBase, VaultBase

STORES: Final[Mapping[str, MetaData]] = {
    "casework": CaseworkBase.metadata,
    "cards": CardsBase.metadata,
    "vault": VaultBase.metadata,
}
"""The audit log is written by the program itself, entry by entry; it is looked into afterwards."""
ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
TEAMS: Final = {EAST: HAVEN, WEST: HAVEN, NORTH: HAVEN, KOMPAS_ONE: KOMPAS}
SITES: Final = {
    HAVENHUIS: (HAVEN, ("bed-a", "bed-b", "bed-free")),
    PAKHUIS: (HAVEN, ("bed-p", "bed-q", "bed-r")),
    KOMPASHUIS: (KOMPAS, ("bed-k", "spare-bed-k")),
    "elsewhere": (HAVEN, tuple(f"spare-bed-{one}" for one in "abpqr")),
}
EXTRA: Final = ("clerk", "spare", "decider")
"""Accounts that nobody visits with: who recorded things, and who might have."""
PROGRAMMES: Final = ("waterstad-lvv", "waterstad-bbb")


@dataclass
class Planted:
    """What stands where: every row and plant, and the keys with which visitors come in."""

    rows: list[Row] = field(default_factory=list)
    accounts: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)
    changes: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def plants(self) -> list[Plant]:
        return [plant for row in self.rows for plant in row.plants]

    def of_table(self, table: str, owner: str | None = None) -> list[Row]:
        """The rows of a table, of one client where one is named."""
        return [
            row
            for row in self.rows
            if row.table.name == table and (owner is None or row.owner == owner)
        ]


def plant(ground: Ground) -> Planted:
    """Writes the world into a ground that is empty. Raises `NotPlantable`, which names the column."""
    planted = planned(Planter(NOW.date()))
    ground.insert(planted.rows)
    ground.keep()
    return planted


def planned(planter: Planter) -> Planted:
    """Every row, before it is written: tables that no specimen names get one row of their own."""
    planted = Planted()
    made = _Making(planter, planted)
    for key in (*(one.key for one in EVERYBODY if one.role), *EXTRA):
        planted.accounts[key] = planter.id()
    for n, client in enumerate(CLIENTS):
        planted.codes[client.key] = _code(n)
        planted.cases[client.key] = planter.id()
    made.house()
    for visitor in EVERYBODY:
        made.visitor(visitor)
    for n, client in enumerate(CLIENTS):
        made.client(client, NOW.date() - timedelta(days=95 + 80 * n))
    made.everything_else()
    return planted


def _code(n: int) -> str:
    digest = hashlib.sha256(f"client {n}".encode()).digest()
    letters = "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:8])
    return f"{letters[:4]}-{letters[4:]}"


class _Making:
    def __init__(self, planter: Planter, planted: Planted) -> None:
        self.planter, self.planted = planter, planted
        self.tables: dict[str, tuple[str, Table]] = {
            table.name: (store, table)
            for store, metadata in STORES.items()
            for table in metadata.sorted_tables
        }
        self.beds: dict[str, str] = {}
        self.placed: set[str] = set()

    def add(self, name: str, given: Mapping[str, Any], **about: Any) -> Row:
        store, table = self.tables[name]
        if store == "vault":
            store = f"vault:{about.get('organisation') or HAVEN}"
        row = self.planter.row(store, table, given, **about)
        self.placed.add(name)
        self.planted.rows.append(row)
        return row

    def house(self) -> None:
        """Teams, sites, rooms and beds."""
        for team, organisation in TEAMS.items():
            self.add(
                "teams",
                {"id": fixed(team), "organisation": fixed(organisation)},
                organisation=organisation,
            )
        for site, (organisation, beds) in SITES.items():
            home: dict[str, Any] = {"organisation": organisation}
            opened = {"valid_from": fixed(date(2020, 1, 1)), "valid_until": fixed(None)}
            self.add(
                "sites",
                {
                    "id": fixed(site),
                    "organisation": fixed(organisation),
                    "kind": fixed("full_day"),
                    "turnaround_nights": fixed(0),
                    **opened,
                },
                **home,
            )
            self.add(
                "rooms",
                {
                    "id": fixed(f"{site}-room"),
                    "site_id": fixed(site),
                    "meant_for": fixed("anyone"),
                    "floor": fixed(1),
                    **opened,
                },
                **home,
            )
            for bed in beds:
                self.beds[bed] = self.planter.id()
                self.add(
                    "beds",
                    {
                        "id": fixed(self.beds[bed]),
                        "room_id": fixed(f"{site}-room"),
                        "kind": fixed("full_day"),
                        **opened,
                    },
                    **home,
                )

    def account(self, key: str, organisation: str, team: str | None) -> dict[str, Any]:
        about = {"account": key, "organisation": organisation}
        self.add("user_accounts", {
            "id": fixed(self.planted.accounts[key]), "organisation": fixed(organisation), "team_id": fixed(team),
            "status": fixed("active"), "locale": fixed("nl"), "totp_last_step": fixed(0),
            "password_hash": fixed(None), "totp_seed_sealed": fixed(None),
        }, **about)  # fmt: skip
        return about

    def visitor(self, visitor: Visitor) -> None:
        """An account with one role, a session that runs, and a shift where one is said."""
        if visitor.role is None:
            for key in EXTRA:
                self.account(key, HAVEN, EAST)
            return
        about = self.account(visitor.key, visitor.organisation, visitor.team)
        account = fixed(self.planted.accounts[visitor.key])
        everywhere = {
            Role.FUNDER,
            Role.PRIVACY_OFFICER,
            Role.PROGRAMME_MANAGER,
            Role.MUNICIPAL_DECISION_MAKER,
        }
        for programme in PROGRAMMES if visitor.role in everywhere | {Role.TEAM_LEAD} else (None,):
            self.add("role_grants", {
                "user_id": account, "role": fixed(visitor.role.value), "function": fixed(None),
                "team_id": fixed(visitor.team),
                "site_id": fixed(visitor.site), "programme": fixed(programme), "ended_at": fixed(None),
                "granted_by": fixed("system"), "seconded_by": fixed("system"),
            }, **about)  # fmt: skip
        token = f"proof-{visitor.key}-{self.planter.word()}"
        self.planted.tokens[visitor.key] = token
        self.add("sessions", {
            "token_hash": fixed(hashlib.sha256(token.encode()).hexdigest()), "user_id": account,
            "reference": fixed(self.planter.id()), "created_at": fixed(NOW), "last_seen_at": fixed(NOW),
            "ends_at": fixed(NOW + timedelta(hours=8)), "revoked_at": fixed(None), "stepped_up_at": fixed(NOW),
        }, **about)  # fmt: skip
        minutes = {"ended": -1}.get(visitor.key, 60 * 8)
        if visitor.on_duty_for or visitor.key == "ended":
            self.add("roster_shifts", {
                "user_id": account, "organisation": fixed(visitor.organisation),
                "team_id": fixed(visitor.on_duty_for or EAST),
                "starts_at": fixed(NOW - timedelta(hours=2)), "ends_at": fixed(NOW + timedelta(minutes=minutes)),
                "entered_by": fixed(self.planted.accounts["leads-team"]),
            }, **about)  # fmt: skip

    def client(self, client: Client, base: date) -> None:
        """Every row about one client, and what was theirs and is over."""
        planted, planter = self.planted, self.planter
        ids = Ids(
            planter, planted.accounts, planted.codes[client.key], planted.cases[client.key],
            planter.id(), base, self.beds, planted.codes, NOW,
        )  # fmt: skip
        planted.changes[client.key] = ids.change
        for one in (*specimens_of(client, ids), *_over(client, ids)):
            given = dict(one.given)
            if "change_id" in self.tables[one.table][1].columns:
                given.setdefault("change_id", fixed(ids.change))  # without it the row never was
            self.add(
                one.table, given, owner=client.key, organisation=client.organisation,
                base=base + timedelta(days=1), parts=one.parts, account=one.author,
            )  # fmt: skip

    def everything_else(self) -> None:
        """Tables of the house, and then one row of each table that nobody named."""
        houses = specimens_of_houses.rows(self.planter, self.planted.accounts, self.beds, NOW)
        demanded = specimens_of_demands.rows(
            self.planter, self.planted.accounts, self.planted.changes["inside"], NOW
        )
        met = specimens_of_conferences.rows(self.planter, self.planted.accounts, NOW)
        for name, given in (*_of_the_house(self.planted, self.planter), *houses, *demanded, *met):
            owner = "inside" if "case_id" in given else ""
            self.add(name, given, owner=owner, organisation=HAVEN)
        listed = specimens_of_disclosures.rows(self.planter, self.planted.accounts)
        for name, organisation, given in listed:
            self.add(name, given, owner="", organisation=organisation)
        papers = funder_papers.rows(self.planter, self.planted.accounts, PROGRAMMES[0])
        for name, account, given in papers:
            row = self.add(name, given, account=account, organisation=HAVEN)
            row.plants += funder_papers.printed_in(row)
        inside = {
            "client_code": fixed(self.planted.codes["inside"]),
            "case_id": fixed(self.planted.cases["inside"]),
            "change_id": fixed(self.planted.changes["inside"]),
        }
        for name, (_, table) in self.tables.items():
            if name in self.placed:
                continue
            given = {key: value for key, value in inside.items() if key in table.columns}
            given |= _links(table, self.planted.accounts)
            self.add(
                name,
                given,
                owner="inside" if {"client_code", "case_id"} & set(given) else "",
                organisation=HAVEN,
            )


def _links(table: Table, accounts: Mapping[str, str]) -> dict[str, Code]:
    """Links of a table that nobody named: to an account, to a site; a change stays the change of the row."""
    targets = {"user_accounts.id": accounts["clerk"], "sites.id": HAVENHUIS, "teams.id": EAST}
    return {
        column.name: fixed(targets[key.target_fullname])
        for column in table.columns
        for key in column.foreign_keys
        if key.target_fullname in targets
    }


def _over(client: Client, ids: Ids) -> Iterator[Specimen]:
    """What gave a relation until yesterday, or until a minute ago."""
    if client.key != "inside":
        return
    yield Specimen("referrals", {
        "case_id": fixed(ids.case), "user_id": fixed(ids.accounts["counsellor-ended"]), "kind": fixed("legal"),
        "from_on": fixed(NOW.date() - timedelta(days=30)), "until_on": fixed(NOW.date() - timedelta(days=1)),
        "change_id": fixed(ids.change),
    })  # fmt: skip
    yield Specimen("broken_glass", {
        "case_id": fixed(ids.case), "user_id": fixed(ids.accounts["ended"]), "purpose": fixed("phone"),
        "from_at": fixed(NOW - timedelta(hours=4)), "until_at": fixed(NOW - timedelta(minutes=1)),
        "verdict": fixed(None), "reviewed_by": fixed(None), "reviewed_at": fixed(None), "change_id": fixed(ids.change),
    })  # fmt: skip


def _of_the_house(planted: Planted, planter: Planter) -> Iterator[tuple[str, dict[str, Any]]]:
    """Rows of the house whose columns need codes."""
    accounts = planted.accounts
    week = planter.day(NOW.date() - timedelta(days=9))
    none: Code = fixed(None)
    yield "job_runs", {"name": fixed("sweeps_due"), "result": fixed("done"), "done": fixed(0), "deferred": fixed(0),
                       "attempts": fixed(1), "due_at": fixed(NOW - timedelta(hours=9))}  # fmt: skip
    yield (
        "job_requests",
        {
            "name": fixed("holds_lapse"),
            "asked_by": fixed(accounts["administrator"]),
            "taken_at": fixed(NOW),
        },
    )
    yield (
        "waiting_sweeps",
        {"organisation": fixed(HAVEN), "kind": fixed("orphans"), "done_at": fixed(NOW)},
    )
    yield "suggestion_runs", specimens_of_suggestions.run(NOW)
    yield "past_episodes", {"programme": fixed(PROGRAMMES[0]), "outcome": fixed("voluntary_return"),
        "outcome_basis": none,
                            "gender": fixed("man"), "age_band": fixed("28-37")}  # fmt: skip
    publication = planter.id()
    yield "publications", {
        "id": fixed(publication), "scope": fixed(PROGRAMMES[0]), "cut_off": fixed(date(2026, 10, 1)),
        "state": fixed("not_published"),
        "content": fixed('{"refusal": {"text": "This publication was sent back.", "values": {}}}'),
        "certificate": fixed("{}"),
        "rule_version": fixed("proof"), "proposed_at": none, "proposed_by": none, "frozen_at": none,
    }  # fmt: skip
    yield (
        "publication_approvals",
        {"publication_id": fixed(publication), "as_role": fixed("team_lead")},
    )
    yield "publication_texts", {
        "publication_id": fixed(publication), "organisation": fixed(HAVEN), "words_id": none,
        "verdict": fixed("clear"), "judged_by": none, "answered": fixed(1),
    }  # fmt: skip
    yield "publication_reports", {"publication_id": fixed(publication), "language": fixed("nl")}
    yield (
        "publication_withdrawals",
        {"publication_id": fixed(publication), "reason": fixed("faulty_records")},
    )
    yield "door_calls", {
        "organisation": fixed(HAVEN), "site_id": fixed(HAVENHUIS), "recorded_by": fixed(accounts["clerk"]),
        "at": fixed(NOW - timedelta(hours=3)),
        "who": fixed("police"), "shown": fixed("none"), "outcome": fixed("left"), "seen_by": none, "seen_at": none,
    }  # fmt: skip
    for n, run in enumerate(PAY_OUT_RUNS):
        first = NOW.date() - timedelta(days=900 - 10 * n)
        yield "pay_out_runs", {
            "id": fixed(run), "programme": fixed(PROGRAMMES[0]), "from_on": fixed(planter.day(first)),
            "until_on": fixed(planter.day(first + timedelta(days=7))), "recorded_by": fixed(accounts["finance"]),
        }  # fmt: skip
    yield "service_tallies", {
        "site_id": fixed(HAVENHUIS), "kind": Code("meal", "shower"),
        "day": fixed(planter.day(NOW.date() - timedelta(days=1))), "takes_back": none,
        "recorded_by": fixed(accounts["clerk"]),
    }  # fmt: skip
    stays = {key: planted.of_table("placements", key)[0].id for key in stated_nights.SAMPLED}
    yield from stated_nights.rows(planter, accounts, stays)
    for counted in ("night_ledger", "night_counts"):
        yield counted, {"site_id": fixed(HAVENHUIS), "bed_kind": fixed("full_day")}
    yield "attentions", {
        "organisation": fixed(HAVEN), "user_id": fixed(accounts["glass"]), "kind": fixed("denials"),
        "verdict": none,
        "reviewed_by": none, "reviewed_at": none,
    }  # fmt: skip
    yield (
        "weekly_reviews",
        {
            "organisation": fixed(HAVEN),
            "week_from": fixed(week),
            "sampled": fixed(5),
            "verdict": fixed("in_order"),
        },
    )
    review = planter.id()
    yield "caseload_reviews", {
        "id": fixed(review), "user_id": fixed(accounts["case-team"]), "purpose": fixed("review_handover"),
        "from_at": fixed(NOW - timedelta(hours=1)), "until_at": fixed(NOW + timedelta(hours=1)),
    }  # fmt: skip
    yield "cases_under_review", {"review_id": fixed(review), "position": fixed(1), "looked_at": none,
                                 "case_id": fixed(planted.cases["inside"])}  # fmt: skip
