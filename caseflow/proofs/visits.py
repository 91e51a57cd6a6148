"""One visitor at the application: asks as a browser would, and keeps everything that came back."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from caseflow.proofs.grounds import Ground
from caseflow.proofs.plantings import Planted
from caseflow.proofs.sightings import readable
from caseflow.proofs.visitors import Visitor
from caseflow.storage.models.audit import Entry, Subject

_TOKEN: Final = re.compile(
    r'(?<=name="csrf-token" content=")[^"]+|(?<=name="csrf_token" value=")[^"]+|(?<=visit=)[\w.-]+'
    r'|(?<=name="once" type="hidden" value=")[^"]+|(?<=name="once" value=")[^"]+'
)
_META: Final = re.compile(r'name="csrf-token" content="([^"]+)"')
_FIELD: Final = re.compile(r"<(input|select|textarea|button)\b([^>]*)>")
_ATTRIBUTE: Final = re.compile(r'([\w-]+)="([^"]*)"')
_LINK: Final = re.compile(r'(?:href|action)="(/[^"#?]*\?[^"#]+)"')
NONSENSE: Final = "∅ not a value ∅"
SECRETS: Final = frozenset({"csrf_token", "once"})
TAMPERED: Final[Mapping[str, str]] = {
    "restricted": "0",
    "organisation": "het-kompas",
    "fields": "family_name given_names words",
    "recorded_by": "someone",
}
"""Fields that no form has; whoever binds them by name would change or show what nobody asked for."""
OF_THE_LOG_ITSELF: Final = frozenset({"own_looks_listed", "audit_listed", "reviews_listed"})
"""Told without subjects: else a look at the log would be a look at everybody in it, in the next look at the log."""
SENT_ANYWAY: Final = {"language": "nl"}


@dataclass(frozen=True)
class Answer:
    """What came back, as somebody could read it, and whom the log says was looked at."""

    method: str
    path: str
    status: int
    body: str
    headers: tuple[tuple[str, str], ...]
    entries: int
    subjects: frozenset[str]
    logged: str
    asked: str
    form: tuple[tuple[str, str], ...] = ()
    is_of_the_log: bool = False
    """Whether it shows the log, which tells of people by code."""

    @property
    def text(self) -> str:
        """Body, headers and what was logged meanwhile: everything that could leave."""
        return "\n".join((self.body, self.head, self.logged))

    @property
    def head(self) -> str:
        return "\n".join(f"{name}: {value}" for name, value in self.headers)

    def plain(self) -> str:
        """The answer without tokens and without what was asked for, to be compared byte by byte."""
        head = "\n".join(
            f"{name}: {value}"
            for name, value in self.headers
            if name not in ("Content-Length", "Date")
        )
        text = f"{self.status}\n{head}\n\n{self.body}"
        return _TOKEN.sub("·", text.replace(self.path, "·path"))

    @property
    def links(self) -> tuple[str, ...]:
        """Addresses with a question mark that this page leads to: its filters, sorts and pages."""
        return tuple(dict.fromkeys(html.unescape(found) for found in _LINK.findall(self.body)))


class Overheard(logging.Handler):
    """Keeps what the program logs while it answers."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def taken(self) -> str:
        """What was said since the last time."""
        said, self.lines = "\n".join(self.lines), []
        return said


@contextmanager
def overhearing() -> Iterator[Overheard]:
    """Listens to every log of this process."""
    root, ear = logging.getLogger(), Overheard()
    before = root.level
    root.addHandler(ear)
    root.setLevel(logging.INFO)
    try:
        yield ear
    finally:
        root.removeHandler(ear)
        root.setLevel(before)


@dataclass
class Guest:
    """A visitor with a browser."""

    visitor: Visitor
    ground: Ground
    planted: Planted
    ear: Overheard
    client: FlaskClient = field(init=False)
    _token: str = ""

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """A browser as it is after signing in, without anything from before."""
        self.client = self.ground.app.test_client()
        self._token = ""
        token = self.planted.tokens.get(self.visitor.key)
        if token:
            self.client.set_cookie("sid", token, httponly=True, samesite="Strict")

    def get(self, path: str) -> Answer:
        """Asks for a page."""
        return self._asked("GET", path, {})

    def again(self, method: str, path: str, form: tuple[tuple[str, str], ...]) -> Answer:
        """The same question once more."""
        if not form:
            return self.get(path)
        self._token = ""
        return self.send(method, path, {name: value for name, value in form if name not in SECRETS})

    def send(self, method: str, path: str, form: Mapping[str, str]) -> Answer:
        """Sends a form with the token of this browser."""
        if not self._token:
            found = _META.search(self.client.get("/no-such-page").get_data(as_text=True))
            self._token = found[1] if found else ""
        return self._asked(method, path, {"csrf_token": self._token, **form})

    def _asked(self, method: str, path: str, form: Mapping[str, str]) -> Answer:
        self.ear.taken()
        before = self._position()
        said = self.client.open(path, method=method, data=dict(form) if form else None)
        body = readable(said.get_data())
        said.close()  # a file that is served stays open until then
        entries, subjects, events = self._told_since(before)
        return Answer(
            method, urlsplit(path).path, said.status_code, body, _headers(said),
            entries, subjects, self.ear.taken(), f"{path}\n{' '.join(form.values())}", tuple(form.items()),
            bool(events & OF_THE_LOG_ITSELF),
        )  # fmt: skip

    def _position(self) -> int:
        with self.ground.house.stores.audit.connect() as log:
            return log.execute(select(func.max(Entry.position))).scalar() or 0

    def _told_since(self, position: int) -> tuple[int, frozenset[str], frozenset[str]]:
        """How many entries were written since, about whom, and of which events."""
        account = self.planted.accounts.get(self.visitor.key, "")
        with self.ground.house.stores.audit.connect() as log:
            rows = log.execute(
                select(Entry.position, Entry.event, Subject.subject_hash)
                .join(Subject, Subject.position == Entry.position, isouter=True)
                .where(Entry.position > position, Entry.user_id == account)
            ).all()
        subjects = frozenset(row.subject_hash for row in rows if row.subject_hash)
        return (
            len({row.position for row in rows}),
            subjects,
            frozenset(row.event for row in rows),
        )


def leads_to(answer: Answer) -> str:
    """The path to which an answer sends the browser on."""
    there = urlsplit(dict(answer.headers).get("Location", "/"))
    return f"{there.path}?{there.query}" if there.query else there.path


def _headers(said: TestResponse) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in said.headers)


def nonsense_for(page: str) -> dict[str, str]:
    """A form full of errors, with every field that the page has, and some that no form has."""
    sent: dict[str, str] = dict(TAMPERED)
    for tag, attributes in _FIELD.findall(page):
        values: dict[str, Any] = dict(_ATTRIBUTE.findall(attributes))
        name = values.get("name")
        if not name or name in SECRETS or name in SENT_ANYWAY:
            continue
        sent[name] = (
            "" if values.get("type") == "checkbox" else NONSENSE * (40 if tag == "textarea" else 1)
        )
    return sent
