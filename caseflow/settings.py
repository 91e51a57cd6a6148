"""What this installation is set to: shipped defaults, then its own file, then the environment.

A setting that is unknown, of the wrong kind or out of range is refused by file and key with the
repair, before anything starts. Values are not repeated in the refusal.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from caseflow.domain.actors import Role
from caseflow.domain.messages import N_, Message
from caseflow.setting_checks import CHECKS, WEEKDAYS

PROJECT = Path(__file__).resolve().parent.parent
SHIPPED_CONFIG = PROJECT / "config"
DEFAULTS, OWN, ENVIRONMENT = "config/default.toml", "config/settings.toml", "environment"


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one setting: where it stands, and what to write instead."""

    file: str
    key: str
    repair: Message

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.key, str(self.repair)) if part)


class SettingsRefused(Exception):
    """The settings cannot be used; ``problems`` has one line for each thing to repair."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Serving:
    """Where the pages are served."""

    host: str
    port: int
    https: bool
    trusted_proxies: int
    threads: int

    @property
    def is_on_loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        return _is_loopback(self.host)

    def address(self, reached_at: str = "") -> str:
        """Where colleagues find the pages: at the host their browser asked for, else at our own host and port."""
        name = "localhost" if self.is_on_loopback else self.host
        scheme = "https" if self.https else "http"
        return f"{scheme}://{reached_at or f'{name}:{self.port}'}"


@dataclass(frozen=True)
class SessionLimits:
    """How long somebody stays signed in, in minutes without a request and in hours altogether."""

    idle_minutes: int
    longest_hours: int
    step_up_minutes: int


@dataclass(frozen=True)
class OfficeHours:
    """When the office is open: weekdays (Monday is 0) and local times, closing time excluded."""

    days: frozenset[int]
    opens: time
    closes: time


@dataclass(frozen=True)
class IdleSealing:
    """When the vaults seal by themselves outside office hours, and how long before that pages say so, in minutes."""

    idle_minutes: int
    warning_minutes: int


@dataclass(frozen=True)
class SignIn:
    """What is asked of somebody who signs in, and how often they may try."""

    passkey_required_for: frozenset[Role]
    attempts_per_minute: int
    attempts_per_hour: int


@dataclass(frozen=True)
class PassphraseCost:
    """The cost of one Argon2id derivation (memory in MiB), and how many may run at once."""

    memory_mib: int
    rounds: int
    lanes: int
    at_once: int


@dataclass(frozen=True)
class PublicationSwitches:
    """Whether publications are proposed by the calendar and whether frozen ones are public."""

    proposals: bool
    public_page: bool


@dataclass(frozen=True)
class AttentionLimits:
    """From how many different things within a window looks without relation stand out; looks in a week's sample."""

    window_minutes: int
    denials: int
    broken_glasses: int
    team_looks: int
    weekly_sample: int


@dataclass(frozen=True)
class Mail:
    """By which server mail leaves, as whom and to which domains; without a server none leaves."""

    host: str
    port: int
    security: str
    sender: str
    username: str
    site: str
    domains: frozenset[str]

    @property
    def is_on(self) -> bool:
        """Whether mail leaves at all."""
        return self.host != ""


@dataclass(frozen=True)
class EvacuationFiles:
    """Where lists for a fire are kept as encrypted files (empty: in the instance), and after how long one is old."""

    folder: str
    late_after_minutes: int


@dataclass(frozen=True)
class Settings:
    """Everything an installation can be set to, checked."""

    instance: Path
    timezone: ZoneInfo
    serving: Serving
    sessions: SessionLimits
    office_hours: OfficeHours
    sealing: IdleSealing
    signin: SignIn
    passphrases: PassphraseCost
    publication: PublicationSwitches
    attention: AttentionLimits
    mail: Mail
    evacuation: EvacuationFiles

    @property
    def evacuation_folder(self) -> Path:
        """The folder of the files that open without the server; a house copies it to where it is needed."""
        named = self.evacuation.folder
        return Path(named) if named else self.instance / "evacuation"

    @property
    def config_folders(self) -> tuple[Path, ...]:
        """Folders with programmes, organisations and catalogues; a later file of a name wins."""
        return (SHIPPED_CONFIG, self.instance / "config")


# Only where the server listens may come from the environment; rules for people stand in a file.
FROM_ENVIRONMENT = {"CASEFLOW_HOST": "serving.host", "CASEFLOW_PORT": "serving.port"}


def instance_folder(chosen: str | None, environ: Mapping[str, str] = os.environ) -> Path:
    """Which instance a command is about: ``--instance``, else ``CASEFLOW_INSTANCE``, else here."""
    name = chosen or environ.get("CASEFLOW_INSTANCE")
    return Path(name).absolute() if name else PROJECT / "instance"


def load(
    instance: Path, environ: Mapping[str, str] = os.environ, shipped: Path = SHIPPED_CONFIG
) -> Settings:
    """The settings of one instance. Raises SettingsRefused, a problem for each thing to repair."""
    values: dict[str, Any] = {}
    written_in: dict[str, str] = {}
    problems: list[Problem] = []
    own = instance / "config" / "settings.toml"
    sources = {
        DEFAULTS: _in_file(shipped / "default.toml", DEFAULTS),
        OWN: _in_file(own, OWN) if own.exists() else {},
        ENVIRONMENT: _in_environment(environ),
    }
    for source, found in sources.items():
        for key, value in found.items():
            check = CHECKS.get(key)
            repair = N_("remove it; there is no such setting") if check is None else check(value)
            name = _variable(key) if source == ENVIRONMENT else key
            if repair is not None:
                problems.append(Problem(source, name, repair))
            values[key], written_in[key] = value, source
    problems += [
        Problem(DEFAULTS, key, N_("add it; every setting has a default"))
        for key in sorted(CHECKS.keys() - values.keys())
    ]
    if not problems:
        problems += _together(values, written_in)
    if problems:
        raise SettingsRefused(tuple(problems))
    return _settings(instance, values)


def _in_file(path: Path, shown: str) -> dict[str, Any]:
    """Every setting in a file by its dotted key."""
    try:
        parsed = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as missing:
        raise SettingsRefused(
            (Problem(shown, "", N_("put the file back; it is missing")),)
        ) from missing
    except UnicodeDecodeError as wrong:
        raise SettingsRefused((Problem(shown, "", N_("save the file as UTF-8")),)) from wrong
    except tomllib.TOMLDecodeError as wrong:
        raise SettingsRefused(
            (Problem(shown, _place(wrong), N_("repair the TOML there")),)
        ) from wrong
    except OSError as wrong:
        raise SettingsRefused(
            (Problem(shown, "", N_("let this account read the file")),)
        ) from wrong
    found: dict[str, Any] = {}
    for name, value in parsed.items():
        if isinstance(value, dict):
            found |= {f"{name}.{inner}": one for inner, one in value.items()}
        else:
            found[name] = value
    return found


def _place(wrong: tomllib.TOMLDecodeError) -> str:
    """Where the parser stopped ("line 3, column 7"), without the words that it found there."""
    _, _, place = str(wrong).rpartition("(at ")
    return place.rstrip(")")


def _in_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for variable, key in FROM_ENVIRONMENT.items():
        value = environ.get(variable)
        if value:
            is_number = key == "serving.port" and value.isascii() and value.isdigit()
            found[key] = int(value) if is_number else value
    return found


def _variable(key: str) -> str:
    return next(variable for variable, named in FROM_ENVIRONMENT.items() if named == key)


def _together(values: Mapping[str, Any], written_in: Mapping[str, str]) -> list[Problem]:
    """What is wrong between settings that are each good by themselves."""
    problems = []
    if not values["serving.https"] and not _is_loopback(values["serving.host"]):
        # Without Secure, the session cookie could be read by anybody on the way.
        repair = N_("write true; without https, only a loopback address may be served")
        problems.append(Problem(written_in["serving.https"], "serving.https", repair))
    if values["office_hours.opens"] >= values["office_hours.closes"]:
        repair = N_("write a time after the opening time")
        problems.append(Problem(written_in["office_hours.closes"], "office_hours.closes", repair))
    if values["sealing.warning_minutes"] >= values["sealing.idle_minutes"]:
        repair = N_("write fewer minutes than sealing.idle_minutes has")
        problems.append(
            Problem(written_in["sealing.warning_minutes"], "sealing.warning_minutes", repair)
        )
    if values["sessions.idle_minutes"] > 60 * values["sessions.longest_hours"]:
        repair = N_("write fewer minutes than the longest session has")
        problems.append(
            Problem(written_in["sessions.idle_minutes"], "sessions.idle_minutes", repair)
        )
    return problems + _mail_problems(values, written_in)


def _mail_problems(values: Mapping[str, Any], written_in: Mapping[str, str]) -> list[Problem]:
    """What lacks, or is not safe, once a mail server is named."""
    if not values["mail.host"]:
        return []
    problems = [
        Problem(written_in[key], key, N_("write it; a mail server is named"))
        for key in ("mail.sender", "mail.site", "mail.domains")
        if not values[key]
    ]
    if values["mail.security"] == "none" and not _is_loopback(values["mail.host"]):
        # Without encryption, whoever is on the way reads who works here and when.
        repair = N_("write starttls or tls; only a mail server on this machine goes without")
        problems.append(Problem(written_in["mail.security"], "mail.security", repair))
    return problems


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _settings(instance: Path, values: Mapping[str, Any]) -> Settings:
    def section(name: str) -> dict[str, Any]:
        start = f"{name}."
        return {
            key.removeprefix(start): one for key, one in values.items() if key.startswith(start)
        }

    hours, signin = section("office_hours"), section("signin")
    mail = section("mail")
    mail["domains"] = frozenset(mail["domains"])
    hours["days"] = frozenset(WEEKDAYS.index(day) for day in hours["days"])
    signin["passkey_required_for"] = frozenset(
        Role(role) for role in signin["passkey_required_for"]
    )
    return Settings(
        instance=instance,
        timezone=ZoneInfo(values["timezone"]),
        serving=Serving(**section("serving")),
        sessions=SessionLimits(**section("sessions")),
        office_hours=OfficeHours(**hours),
        sealing=IdleSealing(**section("sealing")),
        signin=SignIn(**signin),
        passphrases=PassphraseCost(**section("passphrases")),
        publication=PublicationSwitches(**section("publication")),
        attention=AttentionLimits(**section("attention")),
        mail=Mail(**mail),
        evacuation=EvacuationFiles(**section("evacuation")),
    )
