"""What leaves beside pages: jobs, commands, logs, names and bytes of files, and the audit log's own words."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.timetables import JOBS
from caseflow.jobs import runs
from caseflow.proofs.grounds import Ground
from caseflow.proofs.plants import Kind, Plant
from caseflow.proofs.probes import Leak, Ledger
from caseflow.proofs.sightings import words_in
from caseflow.proofs.visits import Overheard
from caseflow.services import houses, job_runs, reminders
from caseflow.services.mails import Letter, message
from caseflow.settings import Mail
from caseflow.storage.engines import writing
from caseflow.storage.models.accounts import UserAccount
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.operations import JobRun
from caseflow.tellers import teller

COMMANDS: Final = (
    ("audit", "verify"),
    ("audit", "checkpoint"),
    ("jobs", "list"),
    ("publication", "list"),
    ("holder", "list", "de-haven"),
    ("indicators", "--programme", "waterstad-lvv", "--as-of", "2026-10-01", "--json"),
)
"""Commands that say something and change nothing; they run in processes of their own, as people run them."""
SECONDS: Final = 120


def prove(ground: Ground, ledger: Ledger, ear: Overheard, *, fast: bool) -> None:
    """Runs jobs and commands, and looks into everything that lies about."""
    planted = [
        one for one in ledger.planted.plants if one.owner and one.kind in (Kind.WORD, Kind.CODE)
    ]
    width = len({one.place for one in planted})
    texts = [*_jobs(ground, ear), *_letters(ground), *_files(ground)]
    if not fast:
        texts += _commands(ground)
    texts.append(("the audit log", _audit(ground)))
    for where, text in texts:
        ledger.probes += width
        sighted = ledger.lookout.sighted(text)
        for plant in {one for found in sighted.values() for one in found}:
            if _is_about_somebody(plant):
                ledger.leaks.add(
                    Leak("lay about", "nobody's page", where, f"{plant.name} ({plant.owner})")
                )


def _is_about_somebody(plant: Plant) -> bool:
    return bool(plant.owner) and plant.kind in (Kind.WORD, Kind.CODE)


def _jobs(ground: Ground, ear: Overheard) -> Iterator[tuple[str, str]]:
    """What each job leaves in its ledger and its log, with every vault sealed."""
    ear.taken()
    with ground.sealed():
        for name in JOBS:
            runs.run_now(name)
            yield f"the log of the job {name}", ear.taken()
    with ground.house.stores.reading() as session:
        for run in session.scalars(select(JobRun)):
            yield f"the ledger of the job {run.name}", str(run.note)


MAIL: Final = Mail(
    "127.0.0.1",
    25,
    "none",
    "caseflow@waterstad.example",
    "",
    "https://caseflow.example",
    frozenset(),
)
"""A mail server that is never reached: letters are caught before."""


@dataclass
class Caught:
    """Letters as they would leave, with every line above their text."""

    letters: list[str] = field(default_factory=list)

    def send(self, letter: Letter, now: datetime) -> None:
        """Takes one letter."""
        made = message(MAIL, letter, now)
        self.letters.append(f"{made.items()} {made.get_content()}")


class NothingMailed(Exception):
    """Nobody was mailed anything: the proof looked into no letter at all."""


def _letters(ground: Ground) -> Iterator[tuple[str, str]]:
    """What is mailed to each colleague, all of whom want mail; vaults are sealed, as the job finds them."""
    house, caught = ground.house, Caught()
    with Session(writing(house.stores.casework), info={"writes": True}) as session:
        wanted = UserAccount.id.concat("@waterstad.example")
        session.execute(update(UserAccount).values(mail_address=wanted))
        session.commit()
    mailing = replace(house, settings=replace(house.settings, mail=MAIL))
    with ground.sealed(), houses.inside(mailing):
        machine = job_runs.scheduler("reminders")
        reminders.send(machine, clock.now(), teller, lambda *_: nullcontext(caught))
    if not caught.letters:
        raise NothingMailed()
    for letter in caught.letters:
        yield "a mail", letter


def _commands(ground: Ground) -> Iterator[tuple[str, str]]:
    passphrase = ground.folder.parent / "passphrase"
    passphrase.touch(mode=0o600)
    passphrase.write_text(ground.passphrase, encoding="utf-8")
    surroundings = {**os.environ, "CASEFLOW_PASSPHRASE_FILE": str(passphrase)}
    for command in COMMANDS:
        said = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-P", "-m", "caseflow", "--instance", str(ground.folder), *command],
            env=surroundings, capture_output=True, text=True, check=False, timeout=SECONDS,
            cwd=Path(__file__).parents[2],
        )  # fmt: skip
        yield f"the command {' '.join(command[:2])}", said.stdout + said.stderr
    passphrase.unlink()


def _files(ground: Ground) -> Iterator[tuple[str, str]]:
    """Names and bytes of every file of the instance, and of the copies that were kept of its stores."""
    for file in sorted(ground.folder.parent.rglob("*")):
        where = file.suffix or "without ending"
        yield f"the name of a file ({where})", str(file.relative_to(ground.folder.parent))
        if file.is_file():
            yield f"the bytes of a file ({where})", "\n".join(words_in(file.read_bytes()))


def _audit(ground: Ground) -> str:
    """Every entry that was written while visitors came by, as plain text."""
    with ground.house.stores.audit.connect() as log:
        rows = log.execute(select(*Entry.__table__.columns)).all()
    return "\n".join(" ".join(str(value) for value in row) for row in rows)
