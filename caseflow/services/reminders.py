"""Mails colleagues how many things are due: the list of the week, and in between only where something is new.

Works while every vault is sealed, on coded facts alone, each person as the reader they are: what their own list would
not show is not counted. A row for a person and a day is claimed before the mail leaves, so that nobody is mailed twice;
one that is interrupted between the two is not sent again that day, and counts as not told the next.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import delete, select, update

from caseflow.domain import reminders
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.local_days import local
from caseflow.domain.messages import Message
from caseflow.domain.reminders import ReminderKind, Told
from caseflow.services import actors, houses, mails, weeks
from caseflow.services.job_runs import Worked
from caseflow.services.mails import Letter, MailNotTaken, Posting
from caseflow.settings import Mail
from caseflow.storage import changes
from caseflow.storage.audit_log import Act
from caseflow.storage.jottings import jotting
from caseflow.storage.models.accounts import UserAccount
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.operations import Reminder

KEPT_DAYS: Final = 35
DAYS_OF_A_WEEK: Final = 7
HASH_SIGNS: Final = 16
"""Of each keyed hash: enough that two things of one person are never taken for one another."""
Teller = Callable[[Message], str]


@dataclass(frozen=True)
class _Person:
    """Somebody who wants mail."""

    user_id: str
    address: str
    locale: str


def send(
    actor: Actor,
    now: datetime,
    teller: Callable[[str], Teller],
    posting: Callable[[Mail, Path], AbstractContextManager[Posting]] = mails.post,
) -> Worked:
    """Mails whoever is to be told today; nothing where mail is off, or on days on which the office is closed.

    `teller` answers how sentences are said in a language, `posting` opens the way to the server.
    Raises `MailNotTaken` where the server cannot be reached.
    """
    house = houses.current()
    mail, today = house.settings.mail, local(now).date()
    if not mail.is_on or today.weekday() not in house.settings.office_hours.days:
        return Worked()
    _forget(today)
    wanted = [
        (one, counted, kind)
        for one in _people(today)
        if (counted := _counted(one, now)) and (kind := _kind(one, counted, today)) is not None
    ]
    if not wanted:
        return Worked()
    done, codes = 0, list[str]()
    with posting(mail, house.settings.instance) as post:
        for person, counted, kind in wanted:
            letter = _letter(person, len(counted), teller(person.locale), mail.site)
            try:
                done += _told(actor, post, person, letter, counted, kind, now)
            except MailNotTaken as refused:
                codes.append(str(refused))
    return Worked(done, len(codes), frozenset(codes))


def _people(today: date) -> list[_Person]:
    """Active colleagues with mail switched on, who were told nothing yet today."""
    told = select(Reminder.user_id).where(Reminder.told_on == today)
    with houses.current().stores.reading() as session:
        rows = session.execute(
            select(UserAccount.id, UserAccount.mail_address, UserAccount.locale)
            .where(
                UserAccount.status == "active",
                UserAccount.mail_address.is_not(None),
                UserAccount.id.not_in(told),
            )
            .order_by(UserAccount.id)
        )
        return [_Person(row[0], row[1] or "", row[2]) for row in rows]


def _counted(person: _Person, now: datetime) -> frozenset[str]:
    """What is due to somebody, as keyed hashes: they can be compared, and tell nothing."""
    reader = actors.actor_for(person.user_id, "mail")
    if reader is None or not may_at_all(Permission.CASELOAD_VIEW, reader.roles):
        return frozenset()
    stores = houses.current().stores
    return frozenset(
        stores.hashed(f"reminder {person.user_id}", line.key)[:HASH_SIGNS]
        for line in weeks.of(reader, now)
    )


def _kind(person: _Person, counted: Collection[str], today: date) -> ReminderKind | None:
    monday = reminders.monday_of(today)
    with houses.current().stores.reading() as session:
        rows = session.scalars(
            select(Reminder)
            .where(Reminder.user_id == person.user_id, Reminder.sent_at.is_not(None))
            .order_by(Reminder.told_on.desc())
            .limit(DAYS_OF_A_WEEK)
        ).all()
        last = frozenset(rows[0].counted.split()) if rows else frozenset()
        told = Told(any(row.told_on >= monday for row in rows), last)
    return reminders.kind(counted, told)


def _letter(person: _Person, number: int, tell: Teller, site: str) -> Letter:
    lines = (reminders.sentence(number), None, reminders.HOW_TO_READ, site, None, reminders.WHY)
    text = "\n".join(
        "" if one is None else one if isinstance(one, str) else tell(one) for one in lines
    )
    return Letter(person.address, tell(reminders.SUBJECT), f"{text}\n", person.locale)


def _told(
    actor: Actor,
    post: Posting,
    person: _Person,
    letter: Letter,
    counted: Collection[str],
    kind: ReminderKind,
    now: datetime,
) -> bool:
    """Claims the day, then sends: answers whether this run did. Raises `MailNotTaken`, the day unclaimed again."""
    stores, claimed = houses.current().stores, new_id()
    act = Act(
        "reminder_sent",
        actor,
        now,
        object_id=person.user_id,
        details={"account": person.user_id, "kind": kind.value},
        sensitivity="operations",
    )
    with changes.change(stores, act) as change:
        today = local(now).date()
        told = select(Reminder.id).where(
            Reminder.user_id == person.user_id, Reminder.told_on == today
        )
        wants = select(UserAccount.mail_address).where(
            UserAccount.id == person.user_id, UserAccount.status == "active"
        )
        if change.casework.scalar(told) or change.casework.scalar(wants) != person.address:
            change.refused = True
            return False
        change.casework.add(
            Reminder(
                id=claimed,
                user_id=person.user_id,
                told_on=today,
                kind=kind.value,
                number=len(counted),
                counted=" ".join(sorted(counted)),
            )
        )
    try:
        post.send(letter, now)
    except MailNotTaken:
        with jotting(stores) as notes:
            notes.execute(delete(Reminder).where(Reminder.id == claimed))
        raise
    with jotting(stores) as notes:
        notes.execute(update(Reminder).where(Reminder.id == claimed).values(sent_at=now))
    return True


def _forget(today: date) -> None:
    """Lets go of what was told weeks ago: it answers nothing any more."""
    with jotting(houses.current().stores) as notes:
        notes.execute(delete(Reminder).where(Reminder.told_on < today - timedelta(days=KEPT_DAYS)))
