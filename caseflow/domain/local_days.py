"""On which local day an instant falls: instants are stored in UTC, decisions are taken in local days."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class InstantWithoutZone(ValueError):
    """An instant without a time zone: it would mean another moment on another machine."""


def aware(instant: datetime) -> datetime:
    """The same instant, sure to have a zone. Raises InstantWithoutZone."""
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise InstantWithoutZone("an instant needs a time zone, such as UTC")
    return instant


def local(instant: datetime, zone: ZoneInfo = AMSTERDAM) -> datetime:
    """The instant as the clock on the wall shows it. Raises InstantWithoutZone."""
    return aware(instant).astimezone(zone)
