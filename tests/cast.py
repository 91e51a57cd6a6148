"""The one cast of the tests: colleagues of the invented city of Waterstad, and the passphrases they type."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from caseflow.domain.actors import Actor, Grant, Role

OPERATIONS_PASSPHRASE = "plain words for the operations slot"
HOLDERS = {
    "de-haven": ("lena", "a long walk along the old harbour"),
    "het-kompas": ("noor", "seven grey geese over the polder"),
}
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Colleague:
    """Somebody of the cast: what they are appointed to and where."""

    id: str
    organisation: str
    team: str | None
    roles: tuple[Role, ...]
    site: str | None = None
    programmes: tuple[str, ...] = ()

    def actor(self, team_id: str | None = None, site_id: str | None = None) -> Actor:
        grants = {
            Grant(role, self.organisation, team_id or self.team, site_id or self.site, programme)
            for role in self.roles
            for programme in (self.programmes or (None,))
        }
        return Actor(
            self.id, self.organisation, team_id or self.team, frozenset(grants), None, "test"
        )


AMINA = Colleague("amina", "de-haven", "haven-east", (Role.CASEWORKER,))
BRAM = Colleague("bram", "de-haven", "haven-east", (Role.CASEWORKER,))
SARA = Colleague("sara", "de-haven", "haven-west", (Role.CASEWORKER,))
LENA = Colleague("lena", "de-haven", "haven-east", (Role.TEAM_LEAD,))
MO = Colleague("mo", "de-haven", "haven-west", (Role.TEAM_LEAD,))
TESS = Colleague("tess", "de-haven", None, (Role.INTAKE_DESK,))
KOFI = Colleague("kofi", "de-haven", None, (Role.COORDINATOR,))
NIGHT = Colleague("nadia", "de-haven", None, (Role.NIGHT_WORKER,))
YUSUF = Colleague("yusuf", "het-kompas", "kompas-one", (Role.CASEWORKER,))
NOOR = Colleague("noor", "het-kompas", "kompas-one", (Role.TEAM_LEAD,))
JORIS = Colleague("joris", "het-kompas", None, (Role.COORDINATOR,))
PETRA = Colleague(
    "petra", "de-haven", None, (Role.PRIVACY_OFFICER,), None, ("waterstad-lvv", "waterstad-bbb")
)
FEMKE = Colleague(
    "femke", "gemeente-waterstad", None, (Role.FUNDER,), None, ("waterstad-lvv", "waterstad-bbb")
)
ADA = Colleague("ada", "gemeente-waterstad", None, (Role.ADMINISTRATOR,))
OTTO = Colleague(
    "otto", "gemeente-waterstad", None, (Role.MUNICIPAL_DECISION_MAKER,), None, ("waterstad-bbb",)
)
EVERYBODY = (
    AMINA, BRAM, SARA, LENA, MO, TESS, KOFI, NIGHT, YUSUF, NOOR, JORIS, PETRA, FEMKE, ADA
)  # fmt: skip
