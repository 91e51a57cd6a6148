"""What surrounds every page: who is reading, in which language, and where they can go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class NavItem:
    """One place in the main navigation; `label` is already in the reader's language."""

    label: str
    url: str
    current: str = ""
    """As `aria-current` says it: "page" on the place itself, "true" on a page below it; empty elsewhere."""
    waiting: int = 0
    """How many things wait there for this reader; 0 says nothing."""


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
    language_back: str = ""
    """Where the language switch comes back to; empty means this page."""
    sign_out_url: str = ""
    lock_url: str = ""
    idle_minutes: int = 0
    vault_url: str = ""
    """Where the page asks how long the vault stays open; empty for readers who have nothing to do with one."""
    vault_proof: str = ""
    vault_is_open: bool = False
    notice: str = ""
    now: datetime | None = None
