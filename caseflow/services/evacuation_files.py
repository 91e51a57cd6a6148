"""The list for a fire as a file that opens while the server is down: kept fresh by a job, under a passphrase on paper.

Casework alone is asked, so every vault may be sealed. A coordinator makes the passphrase of a site; it is shown once,
and opens each file from then on. Decision 0165 says why it is a PDF, and what that costs.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.evacuations import ALPHABET, GROUP, GROUPS, is_late
from caseflow.domain.local_days import local
from caseflow.services import evacuation_papers, evacuations, houses
from caseflow.services.evacuation_papers import NotPrintable, Teller
from caseflow.services.evacuations import Told
from caseflow.services.gatekeeping import NotKnown, still
from caseflow.services.job_runs import Worked
from caseflow.storage import audit_log, changes
from caseflow.storage.audit_log import Act
from caseflow.storage.jottings import jotting
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.evacuations import EvacuationFile
from caseflow.storage.models.shelter import Site

KEY: Final = Permission.EVACUATION_KEY
NAME_SIGNS: Final = 8
SUFFIX: Final = ".pdf"


@dataclass(frozen=True)
class KeptFile:
    """The file of one site, as its colleagues see it; without a name none is kept."""

    site_id: str
    site: str
    name: str | None
    written_at: datetime | None
    set_at: datetime | None
    is_late: bool
    """Whether a file is kept and is older than its term, or was never written."""
    may_set: bool


@dataclass(frozen=True)
class NewKey:
    """A passphrase on the only page that ever shows it."""

    site: str
    name: str
    passphrase: str
    is_written: bool
    """Whether the file lies there already, so that it can be tried at once."""


def file_of(actor: Actor, site_id: str, now: datetime) -> KeptFile:
    """The file of a site that this colleague works at or coordinates. Raises `NotKnown`."""
    with houses.current().stores.reading() as session:
        site = evacuations.reached(session, actor, Permission.EVACUATION_VIEW, site_id, now)
        return _kept(actor, site, _row(session, site.id), now)


def files_of(actor: Actor, now: datetime) -> dict[str, KeptFile]:
    """The files of every site that this colleague works at or coordinates, by site id, in two questions."""
    if not may_at_all(Permission.EVACUATION_VIEW, actor.roles):
        return {}
    asked = select(Site, EvacuationFile).outerjoin(
        EvacuationFile, EvacuationFile.site_id == Site.id
    )
    own = actor.sites_as(*evacuations.AT_A_SITE)
    if Role.COORDINATOR in actor.roles:
        asked = asked.where((Site.organisation == actor.organisation) | Site.id.in_(own))
    else:
        asked = asked.where(Site.id.in_(own))
    with houses.current().stores.reading() as session:
        return {site.id: _kept(actor, site, row, now) for site, row in session.execute(asked)}


def _row(session: Session, site_id: str) -> EvacuationFile | None:
    return session.scalar(select(EvacuationFile).where(EvacuationFile.site_id == site_id))


def _kept(actor: Actor, site: Site, row: EvacuationFile | None, now: datetime) -> KeptFile:
    term = timedelta(minutes=houses.current().settings.evacuation.late_after_minutes)
    return KeptFile(
        site.id,
        site.name,
        row.name if row else None,
        row.written_at if row else None,
        row.set_at if row else None,
        row is not None and is_late(row.written_at, now, term),
        _sets(actor, site),
    )


def _sets(actor: Actor, site: Site) -> bool:
    return may_at_all(KEY, actor.roles) and site.organisation == actor.organisation


def make_key(actor: Actor, site_id: str, teller: Teller, now: datetime) -> NewKey:
    """Makes a passphrase for the file of a site, and writes the file; what was on paper opens no file from then on.

    Raises `NotKnown` for who does not coordinate the site, and `DoneAlready` for a form that was sent before.
    """
    house = houses.current()
    with house.stores.reading() as session:
        site = evacuations.reached(session, actor, KEY, site_id, now)
        if not _sets(actor, site):
            raise NotKnown()
        name = site.name
    passphrase = _passphrase()
    act = Act(
        "evacuation_key_made",
        actor,
        now,
        object_id=site_id,
        permission=KEY.value,
        purpose="shelter",
        sensitivity="operations",
    )
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, KEY)
        row = _row(work.casework, site_id)
        if row is None:
            row = EvacuationFile(id=new_id(), site_id=site_id, name=_signs(NAME_SIGNS))
            work.casework.add(row)
        row.passphrase, row.written_at, row.content_hash = passphrase, None, None
        row.set_by, row.set_at, row.change_id = work.by, work.at, work.id
        file_name = row.name
    is_written = not keep(actor, now, teller, site_id=site_id).deferred
    return NewKey(name, file_name, passphrase, is_written)


def _passphrase() -> str:
    return "-".join(_signs(GROUP) for _ in range(GROUPS))


def _signs(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def keep(actor: Actor, now: datetime, teller: Teller, *, site_id: str | None = None) -> Worked:
    """Writes the file of each open site that has a passphrase, in place of the one before; a closed site's goes.

    A list that differs from the last one is told to the log before it is written. What cannot be written waits.
    """
    house, today = houses.current(), local(now).date()
    folder = house.settings.evacuation_folder
    with house.stores.reading() as session:
        opened = {site.id for site in evacuations.open_sites(session, today)}
        asked = select(EvacuationFile.site_id, EvacuationFile.name)
        if site_id is not None:
            asked = asked.where(EvacuationFile.site_id == site_id)
        found = session.execute(asked.order_by(EvacuationFile.site_id)).all()
    done, codes = 0, list[str]()
    for one_id, name in found:
        try:
            if one_id in opened:
                _write(actor, one_id, folder / f"{name}{SUFFIX}", now, teller)
            else:
                (folder / f"{name}{SUFFIX}").unlink(missing_ok=True)
            done += 1
        except (OSError, NotPrintable) as failed:
            codes.append(type(failed).__name__)
    return Worked(done, len(codes), frozenset(codes))


def _write(actor: Actor, site_id: str, path: Path, now: datetime, teller: Teller) -> None:
    stores = houses.current().stores
    with stores.reading() as session:
        row = session.scalars(select(EvacuationFile).where(EvacuationFile.site_id == site_id)).one()
        told = evacuations.made(session, session.get_one(Site, site_id), now, None)
        passphrase, last = row.passphrase, row.content_hash
    content = stores.hashed("evacuation", _content(told, now))
    if content != last:
        _tell(actor, site_id, told, now)
    made = evacuation_papers.pdf(told.shown, passphrase, teller)
    _replace(path, made)
    with jotting(stores) as notes:
        # of this very passphrase: a new one may have been made meanwhile, and its file is still to be written
        notes.execute(
            update(EvacuationFile)
            .where(EvacuationFile.site_id == site_id, EvacuationFile.passphrase == passphrase)
            .values(written_at=now, content_hash=content)
        )


def _tell(actor: Actor, site_id: str, told: Told, now: datetime) -> None:
    act = Act(
        "evacuation_file_kept",
        actor,
        now,
        subjects=told.codes,
        object_id=site_id,
        details={"count": len(told.shown.sleepers)},
        purpose="shelter",
    )
    audit_log.tell(houses.current().stores, act, result="done")


def _content(told: Told, now: datetime) -> str:
    """What a list says, the moment apart; a new day is a new list."""
    lines = [list(vars(one).values()) for one in told.shown.sleepers]
    return json.dumps([local(now).date().isoformat(), told.codes, lines])


def _replace(path: Path, content: bytes) -> None:
    """Puts a whole new file in the place of the old one; whoever copies meanwhile gets one or the other."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o640), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
