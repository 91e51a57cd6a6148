"""What each setting may be: one check a key, which answers the repair where the value will not do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import time
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from caseflow.domain.actors import Role
from caseflow.domain.messages import N_, Message

MAIL_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
MAIL_ADDRESS = re.compile(rf"[A-Za-z0-9._+-]+@{MAIL_DOMAIN.pattern}")
SITE_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?/?")
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Check = Callable[[Any], Message | None]


def _text(value: Any) -> Message | None:
    good = isinstance(value, str) and value != "" and value == value.strip()
    return None if good else N_("write a text between quotes")


def _maybe_text(value: Any) -> Message | None:
    good = isinstance(value, str) and value == value.strip() and value.isprintable()
    return (
        None if good else N_("write a text between quotes, or two quotes with nothing in between")
    )


def _maybe_sender(value: Any) -> Message | None:
    good = isinstance(value, str) and (value == "" or MAIL_ADDRESS.fullmatch(value))
    return None if good else N_("write a mail address, such as caseflow@organisation.nl")


def _maybe_site(value: Any) -> Message | None:
    good = isinstance(value, str) and (value == "" or SITE_ADDRESS.fullmatch(value))
    return None if good else N_("write the address of the pages, such as https://caseflow.example")


def _domains(value: Any) -> Message | None:
    good = isinstance(value, list) and all(
        isinstance(one, str) and MAIL_DOMAIN.fullmatch(one) for one in value
    )
    return None if good else N_("write a list of mail domains, such as organisation.nl")


def _maybe_folder(value: Any) -> Message | None:
    good = isinstance(value, str) and (value == "" or PurePosixPath(value).is_absolute())
    return None if good else N_("write a whole path between quotes, such as /srv/evacuation")


def _one_of(*known: str) -> Check:
    def check(value: Any) -> Message | None:
        return None if value in known else N_("write one of: %(known)s", known=", ".join(known))

    return check


def _switch(value: Any) -> Message | None:
    return None if isinstance(value, bool) else N_("write true or false")


def _clock_time(value: Any) -> Message | None:
    return None if isinstance(value, time) else N_("write a time such as 08:00:00, without quotes")


def _zone(value: Any) -> Message | None:
    repair = N_("write the name of a time zone, such as Europe/Amsterdam")
    if not isinstance(value, str):
        return repair
    try:
        ZoneInfo(value)
    except (OSError, ValueError, ZoneInfoNotFoundError):
        return repair
    return None


def _number(low: int, high: int) -> Check:
    def check(value: Any) -> Message | None:
        whole = isinstance(value, int) and not isinstance(value, bool)
        if whole and low <= value <= high:
            return None
        return N_("write a whole number from %(low)s to %(high)s", low=low, high=high)

    return check


def _list_of(known: tuple[str, ...]) -> Check:
    def check(value: Any) -> Message | None:
        if isinstance(value, list) and all(isinstance(one, str) and one in known for one in value):
            return None
        return N_("write a list with words out of: %(known)s", known=", ".join(known))

    return check


CHECKS: Mapping[str, Check] = {
    "timezone": _zone,
    "serving.host": _text,
    "serving.port": _number(1, 65535),
    "serving.https": _switch,
    "serving.trusted_proxies": _number(0, 4),
    "serving.threads": _number(1, 64),
    "sessions.idle_minutes": _number(1, 240),
    "sessions.longest_hours": _number(1, 16),
    "sessions.step_up_minutes": _number(1, 15),
    "office_hours.days": _list_of(WEEKDAYS),
    "office_hours.opens": _clock_time,
    "office_hours.closes": _clock_time,
    "sealing.idle_minutes": _number(3, 240),
    "sealing.warning_minutes": _number(1, 10),
    "signin.passkey_required_for": _list_of(tuple(Role)),
    "signin.attempts_per_minute": _number(1, 20),
    "signin.attempts_per_hour": _number(1, 60),
    # From the OWASP minimum for Argon2id (19 MiB, two rounds) to what a small server can bear.
    "passphrases.memory_mib": _number(19, 1024),
    "passphrases.rounds": _number(2, 16),
    "passphrases.lanes": _number(1, 8),
    "passphrases.at_once": _number(1, 8),
    "publication.proposals": _switch,
    "publication.public_page": _switch,
    "attention.window_minutes": _number(10, 240),
    "attention.denials": _number(2, 500),
    "attention.broken_glasses": _number(2, 100),
    "attention.team_looks": _number(2, 1000),
    "attention.weekly_sample": _number(1, 200),
    "mail.host": _maybe_text,
    "mail.port": _number(1, 65535),
    "mail.security": _one_of("starttls", "tls", "none"),
    "mail.sender": _maybe_sender,
    "mail.username": _maybe_text,
    "mail.site": _maybe_site,
    "mail.domains": _domains,
    "evacuation.folder": _maybe_folder,
    "evacuation.late_after_minutes": _number(30, 1440),
}
