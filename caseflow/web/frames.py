"""What surrounds every page: who is reading, in which language, and where they can go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class NavItem:
    """One place in the main navigation; `label` is already in the reader's language."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Frame:
    """The header and footer of a page, for one reader.

    `reader_name` is the account's own name, never a client's; empty means nobody is signed in.
    An empty address leaves the control out. `idle_minutes` 0 switches the idle lock off.
    `now` (aware) is printed at the foot of a paper copy, with the reader's name.
    """

    language: str = "nl"
    reader_name: str = ""
    reader_role: str = ""
    reader_id: str = ""
    nav: tuple[NavItem, ...] = ()
    home_url: str = "/"
    language_url: str = ""
    sign_out_url: str = ""
    lock_url: str = ""
    idle_minutes: int = 0
    notice: str = ""
    now: datetime | None = None
