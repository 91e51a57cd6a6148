"""Waterstad: three organisations, their teams, five sites and the colleagues who sign in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from caseflow.commands.usages import settled
from caseflow.domain.actors import Actor, Role
from caseflow.domain.appointments import Appointment
from caseflow.domain.beds import MeantFor
from caseflow.domain.sites import Funder, SiteKind
from caseflow.services import accounts, actors, second_factors, site_acts, sites, teams
from caseflow.services.accounts import Newcomer
from caseflow.services.sites import RoomPlan

LVV, BBB = "waterstad-lvv", "waterstad-bbb"
HAVEN, KOMPAS, CITY = "de-haven", "het-kompas", "gemeente-waterstad"
HOLDERS: Final = {HAVEN: "lena", KOMPAS: "noor", CITY: "petra"}
"""The colleague of each organisation who unseals its vault, by sign-in name."""

TEAMS: Final = {
    HAVEN: ("Oost", "West"),
    KOMPAS: ("Noord",),
}
SITES: Final = (
    ("Havenhuis", HAVEN, "full_day", (("anyone", 4),) * 6),
    ("De Kade", HAVEN, "full_day", (("anyone", 4),) * 5),
    ("De Werf", HAVEN, "full_day", (("women", 3),) * 4),
    ("Kompas Noord", KOMPAS, "full_day", (("anyone", 4),) * 7),
    ("Nachtopvang Zuid", KOMPAS, "night", (("anyone", 6),) * 3),
)
"""Name, organisation, kind, and the rooms: for whom they are meant and how many beds."""

_WORDS: Final = (
    "anker", "bakker", "duin", "ekster", "fluit", "gracht", "haven", "iep", "jonk", "kompas", "lantaarn",
    "molen", "noorder", "oever", "polder", "rivier", "sluis", "toren", "veerpont", "wilg", "zeil", "zomer",
)  # fmt: skip


@dataclass(frozen=True)
class Post:
    """A colleague of the demo: sign-in name, name on the door, and what for."""

    username: str
    name: str
    organisation: str
    roles: tuple[Role, ...]
    team: str | None = None
    site: str | None = None
    programmes: tuple[str, ...] = ()


BOTH = (LVV, BBB)
POSTS: Final = (
    Post("amina", "Amina", HAVEN, (Role.CASEWORKER,), team="Oost"),
    Post("bram", "Bram", HAVEN, (Role.CASEWORKER,), team="Oost"),
    Post("sara", "Sara", HAVEN, (Role.CASEWORKER,), team="West"),
    Post("omar", "Omar", HAVEN, (Role.CASEWORKER,), team="West"),
    Post("lena", "Lena", HAVEN, (Role.TEAM_LEAD,), team="Oost"),
    Post("milan", "Milan", HAVEN, (Role.TEAM_LEAD,), team="West"),
    Post("tess", "Tess", HAVEN, (Role.INTAKE_DESK,)),
    Post("kofi", "Kofi", HAVEN, (Role.COORDINATOR,)),
    Post("rosa", "Rosa", HAVEN, (Role.RESIDENTIAL_WORKER,), site="Havenhuis"),
    Post("nadia", "Nadia", HAVEN, (Role.NIGHT_WORKER,), site="Havenhuis"),
    Post("iris", "Iris", HAVEN, (Role.LEGAL_COUNSELLOR,)),
    Post("pien", "Pien", HAVEN, (Role.PRIVACY_OFFICER,), programmes=BOTH),
    Post("fatma", "Fatma", HAVEN, (Role.FG,)),
    Post("dirk", "Dirk", HAVEN, (Role.DIRECTOR,)),
    Post("yusuf", "Yusuf", KOMPAS, (Role.CASEWORKER,), team="Noord"),
    Post("ilse", "Ilse", KOMPAS, (Role.CASEWORKER,), team="Noord"),
    Post("noor", "Noor", KOMPAS, (Role.TEAM_LEAD,), team="Noord"),
    Post("gijs", "Gijs", KOMPAS, (Role.INTAKE_DESK,)),
    Post("joris", "Joris", KOMPAS, (Role.COORDINATOR,)),
    Post("petra", "Petra", CITY, (Role.PRIVACY_OFFICER,), programmes=BOTH),
    Post("maarten", "Maarten", CITY, (Role.PROGRAMME_MANAGER,), programmes=BOTH),
    Post("femke", "Femke", CITY, (Role.FUNDER,), programmes=BOTH),
    Post("dina", "Dina", CITY, (Role.MUNICIPAL_DECISION_MAKER,), programmes=(BBB,)),
    Post("ada", "Ada", CITY, (Role.ADMINISTRATOR,)),
    Post("fien", "Fien", HAVEN, (Role.FINANCE,)),
    Post("fenna", "Fenna", CITY, (Role.FINANCE,)),
    Post("axel", "Axel", CITY, (Role.AUDITOR,)),
)


@dataclass(frozen=True)
class Account:
    """An account of the demo as it is told to whoever tries it; the password protects nothing."""

    username: str
    password: str
    totp_secret: str
    roles: tuple[str, ...]
    organisation: str
    programme: str | None
    holder_passphrase: str | None


@dataclass
class City:
    """What was furnished: teams, beds and colleagues as actors."""

    teams: dict[str, str] = field(default_factory=dict)
    sites: dict[str, str] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    accounts: list[Account] = field(default_factory=list)

    def by_id(self, user_id: str) -> Actor:
        """The colleague with this account."""
        return next(one for one in self.actors.values() if one.user_id == user_id)

    def of(self, organisation: str, role: Role) -> list[Actor]:
        """The colleagues of an organisation in a role."""
        return [
            a for a in self.actors.values() if a.organisation == organisation and role in a.roles
        ]


def passphrase() -> str:
    """Words that are easy to copy; a demo's passphrases protect nothing."""
    return "-".join(secrets.choice(_WORDS) for _ in range(5))


def furnish(operator: Actor, holders: dict[str, str], since: date, now: datetime) -> City:
    """Makes teams, sites and accounts through the services everybody uses."""
    city = City()
    for organisation, names in TEAMS.items():
        for name in names:
            city.teams[name] = settled(teams.make(operator, organisation, name, now))
    for name, organisation, kind, rooms in SITES:
        listed = [
            RoomPlan(f"{number}", MeantFor(meant_for), beds)
            for number, (meant_for, beds) in enumerate(rooms, 1)
        ]
        city.sites[name] = settled(
            sites.open_site(operator, organisation, name, SiteKind(kind), listed, since, now)
        )
        _paid_by_the_city(operator, city.sites[name], sum(beds for _, beds in rooms), since, now)
    for post in POSTS:
        password, seed = passphrase(), second_factors.new_seed()
        wishes = tuple(
            Appointment(
                role,
                city.teams[post.team] if post.team else None,
                city.sites[post.site] if post.site else None,
                post.programmes,
            )
            for role in post.roles
        )
        newcomer = Newcomer(
            post.username, post.name, post.organisation, wishes, work_phone="030 555 01 00"
        )
        user_id = settled(accounts.enlist(newcomer, password, seed, now))
        actor = actors.actor_for(user_id, "demo")
        if actor is None:
            raise LookupError("An account of the demo is not active.")
        city.actors[post.username] = actor
        holds = HOLDERS.get(post.organisation) == post.username
        city.accounts.append(
            Account(
                post.username,
                password,
                seed,
                tuple(role.value for role in post.roles),
                post.organisation,
                post.programmes[0] if post.programmes else None,
                holders[post.organisation] if holds else None,
            )
        )
    return city


def _paid_by_the_city(operator: Actor, site_id: str, beds: int, since: date, now: datetime) -> None:
    """The municipality pays every bed of a site, so that its statements of bed-nights have money."""
    refused = site_acts.share(operator, site_id, Funder.MUNICIPALITY, beds, since, now)
    if refused is not None:
        raise LookupError("A share of the demo was refused.")
