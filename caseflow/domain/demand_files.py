"""The powers, authorities and scripts of `config/demands.toml`: what an authority can demand of us."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable, read_toml
from caseflow.domain.demand_codes import AuthorityClass, Effect, SignedBy
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.domain.redaction import Compartment

FILE: Final = "demands.toml"
PRIVILEGED: Final = frozenset(
    {Compartment.LEGAL_NOTES, Compartment.LAWYER_CORRESPONDENCE, Compartment.SAFE_REPORTING}
)
"""No power reaches these: the lawyer claims them as privileged, unopened (the firewall, §2)."""


@dataclass(frozen=True)
class Power:
    """A legal power: what it comes to, who must have signed, which compartments it reaches."""

    id: str
    label: Label
    effect: Effect
    obliges: Label
    source: Label
    signed_by: SignedBy = SignedBy.NOBODY
    reaches: frozenset[Compartment] = frozenset()
    answer_days: int | None = None
    confirmed: bool = False


@dataclass(frozen=True)
class Authority:
    """An office that can demand, and of which class it is."""

    id: str
    label: Label
    kind: AuthorityClass


@dataclass(frozen=True)
class SecrecyGround:
    """On which ground silence towards the client can be ordered."""

    id: str
    label: Label


@dataclass(frozen=True)
class DemandRules:
    """All of the file, in its order."""

    powers: tuple[Power, ...]
    authorities: tuple[Authority, ...]
    grounds: tuple[SecrecyGround, ...]
    search: tuple[Label, ...]
    search_source: Label
    is_public: bool = False

    def power(self, power_id: str | None) -> Power | None:
        """A power by its id; None where there is none."""
        return next((one for one in self.powers if one.id == power_id), None)

    def authority(self, authority_id: str) -> Authority | None:
        """An authority by its id; None where there is none."""
        return next((one for one in self.authorities if one.id == authority_id), None)

    def ground(self, ground_id: str) -> SecrecyGround | None:
        """A ground of silence by its id; None where there is none."""
        return next((one for one in self.grounds if one.id == ground_id), None)


def load_demand_rules(path: Path, shown_as: str = "config/demands.toml") -> DemandRules:
    """The rules of a file. Raises `ConfigurationRefused` with every problem."""
    content, unread = read_toml(path)
    problems: list[ConfigurationProblem] = list(unread)
    if problems:
        raise ConfigurationRefused(problems)
    table = ConfigurationTable(shown_as, content, problems)
    powers = tuple(_power(one) for one in table.children("power", required=True))
    authorities = tuple(_authority(one) for one in table.children("authority", required=True))
    grounds = tuple(_ground(one) for one in table.children("secrecy_ground", required=True))
    for key, ids in (
        ("power", [one.id for one in powers]),
        ("authority", [one.id for one in authorities]),
        ("secrecy_ground", [one.id for one in grounds]),
    ):
        if len(set(ids)) != len(ids):
            table.refuse(key, N_("names the same thing twice: keep one"))
    if not any(one.effect is Effect.NOTHING for one in powers):
        table.refuse("power", N_("must have one that obliges to nothing"))
    if not any(one.effect is Effect.SEIZURE for one in powers):
        table.refuse("power", N_("must have one for search and seizure"))
    if not any(one.kind is AuthorityClass.OTHER for one in authorities):
        table.refuse("authority", N_("must have one of class other"))
    search, transparency = table.child("search", required=True), table.child("transparency")
    script: tuple[Label, ...] = ()
    source = Label("-", "-")
    if search is not None:
        script = tuple(one.words() for one in search.children("do", required=True))
        source = search.label("source")
        search.close()
    is_public = transparency.flag("public", default=False) if transparency is not None else False
    if transparency is not None:
        transparency.close()
    table.close()
    if problems:
        raise ConfigurationRefused(problems)
    return DemandRules(powers, authorities, grounds, script, source, is_public)


def _power(table: ConfigurationTable) -> Power:
    effect = table.choice("effect", Effect)
    power = Power(
        id=table.text("id"),
        label=table.label("label"),
        effect=effect,
        obliges=table.label("obliges"),
        source=table.label("source"),
        signed_by=table.choice("signed_by", SignedBy, SignedBy.NOBODY),
        reaches=frozenset(table.choices("reaches", Compartment)),
        answer_days=table.whole("answer_days"),
        confirmed=table.flag("confirmed", default=False),
    )
    if power.reaches & PRIVILEGED:
        table.refuse("reaches", N_("names what is privileged: leave it to the lawyer"))
    if effect is Effect.ORDER and not power.reaches:
        table.refuse("reaches", N_("must say which compartments an order can name"))
    if effect is Effect.ORDER and power.signed_by is SignedBy.NOBODY:
        table.refuse("signed_by", N_("must say who signs what can oblige"))
    if effect is not Effect.ORDER and power.reaches:
        table.refuse("reaches", N_("belongs to an order alone: leave it out"))
    table.close()
    return power


def _authority(table: ConfigurationTable) -> Authority:
    found = Authority(table.text("id"), table.label("label"), table.choice("class", AuthorityClass))
    table.close()
    return found


def _ground(table: ConfigurationTable) -> SecrecyGround:
    found = SecrecyGround(table.text("id"), table.label("label"))
    table.close()
    return found
