"""Mail by the organisation's own server: encrypted on the way, plain text, and nothing in it but what was handed in."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Final, Protocol

from caseflow.settings import Mail
from caseflow.storage.models.bases import new_id

TIMEOUT_SECONDS: Final = 20
PASSWORD_FILE: Final = "mail-password"  # noqa: S105 - the name of a file, not what is in it
"""In the folder `config` of the instance; the password of the mail server stands in no setting."""

OTHERS: Final = 0o077
"""What the group and everybody else may do with a file."""


class MailNotTaken(Exception):
    """The mail server could not be reached or refused; the message is the kind of error and holds no address."""


@dataclass(frozen=True)
class Letter:
    """One mail: to whom, and words that name nobody."""

    to: str
    subject: str
    text: str
    language: str


class Posting(Protocol):
    """Whatever takes letters."""

    def send(self, letter: Letter, now: datetime) -> None:
        """Takes one letter. Raises `MailNotTaken`."""


class Post:
    """A connection to the mail server; several letters go over one."""

    def __init__(self, settings: Mail, connection: smtplib.SMTP) -> None:
        self._settings = settings
        self._connection = connection

    def send(self, letter: Letter, now: datetime) -> None:
        """Hands one letter to the server. Raises `MailNotTaken`, and then it was not taken."""
        try:
            self._connection.send_message(message(self._settings, letter, now))
        except (smtplib.SMTPException, OSError) as refused:
            raise MailNotTaken(type(refused).__name__) from None


@contextmanager
def post(settings: Mail, instance: Path) -> Iterator[Post]:
    """Opens the connection, encrypted unless the server is this very machine. Raises `MailNotTaken`."""
    try:
        connection = _connected(settings, instance)
    except (smtplib.SMTPException, OSError) as refused:
        raise MailNotTaken(type(refused).__name__) from None
    try:
        yield Post(settings, connection)
    finally:
        try:
            connection.quit()
        except (smtplib.SMTPException, OSError):
            connection.close()


def _connected(settings: Mail, instance: Path) -> smtplib.SMTP:
    secure = ssl.create_default_context()
    host, port, name = settings.host, settings.port, settings.sender.rpartition("@")[2]
    if settings.security == "tls":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(
            host, port, name, timeout=TIMEOUT_SECONDS, context=secure
        )
    else:
        connection = smtplib.SMTP(host, port, name, timeout=TIMEOUT_SECONDS)
    try:
        if settings.security == "starttls":
            connection.starttls(context=secure)
        if settings.username:
            connection.login(settings.username, _password(instance / "config" / PASSWORD_FILE))
    except BaseException:
        connection.close()
        raise
    return connection


def _password(file: Path) -> str:
    """What stands in the file. Raises PermissionError where others on this machine could read it."""
    if file.stat().st_mode & OTHERS:
        raise PermissionError
    return file.read_text("utf-8").strip()


def message(settings: Mail, letter: Letter, now: datetime) -> EmailMessage:
    """A letter as it leaves, with every line above its text."""
    made = EmailMessage()
    name, _, domain = settings.sender.rpartition("@")
    made["From"] = Address("caseflow", name, domain)
    made["To"] = letter.to
    made["Subject"] = letter.subject
    made["Date"] = format_datetime(now)
    made["Message-ID"] = f"<{new_id()}@{domain}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.text, cte="quoted-printable")
    made["Content-Language"] = letter.language
    return made
