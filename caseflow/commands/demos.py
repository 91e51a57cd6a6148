"""The command `demo`: an invented city to try everything in, on this machine alone."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Final

from caseflow import clock
from caseflow.commands import passphrases
from caseflow.commands.terminals import complain, say
from caseflow.commands.usages import CommandLine, CommandRefused, Subparsers, command
from caseflow.demos import buildings
from caseflow.demos.buildings import PASSPHRASE_FILE, Record
from caseflow.demos.cities import HOLDERS
from caseflow.domain.messages import N_
from caseflow.services import instances
from caseflow.serving import control_sockets, listening, parents
from caseflow.serving.control_sockets import NotServing
from caseflow.settings import instance_folder, load

CASES, SEED = 300, 2026
MOST_CASES: Final = 100_000
STAYS_FRESH: Final = timedelta(days=7)
"""After so long the demo is made anew, because it is about today's date."""
SECONDS_TO_START: Final = 60
LOOK_AGAIN: Final = 0.2


def add_to(subparsers: Subparsers[CommandLine]) -> None:
    demo = command(
        subparsers,
        "demo",
        _demo,
        N_("an invented city to try everything in, on this machine alone"),
    )
    demo.add_argument("--port", metavar="N", default="8000")
    demo.add_argument("--cases", metavar="N", default=str(CASES))
    demo.add_argument("--seed", metavar="N", default=str(SEED))
    demo.add_argument("--accounts-json", metavar="FILE")


def _demo(given: argparse.Namespace) -> int:
    port = _whole("--port", given.port, 1, 65_535)
    cases = _whole("--cases", given.cases, 1, MOST_CASES)
    seed = _whole("--seed", given.seed, 0, 2**31)
    instance = instance_folder(given.instance)
    record = _prepared(instance, seed, cases)
    if given.accounts_json:
        _write_accounts(Path(given.accounts_json), record)
    os.environ[passphrases.VARIABLE] = str(instance / PASSPHRASE_FILE)
    os.environ["CASEFLOW_PORT"] = str(port)
    return _serve(instance, record)


def _whole(name: str, given: str, least: int, most: int) -> int:
    if not given.isdecimal() or not least <= int(given) <= most:
        raise CommandRefused(
            N_(
                "%(name)s must be a whole number from %(least)s to %(most)s.",
                name=name,
                least=least,
                most=most,
            )
        )
    return int(given)


def _prepared(instance: Path, seed: int, cases: int) -> Record:
    """The demo in this folder, made anew where there is none, another was asked for, or it grew old."""
    record = Record.read(instance)
    if record is None and instance.is_dir() and any(instance.iterdir()):
        raise CommandRefused(
            N_("This folder holds something that is not a demo. Name another with --instance.")
        )
    same = (buildings.FORM, seed, cases)
    if (
        record is not None
        and (record.form, record.seed, record.cases) == same
        and clock.today() - record.made_on < STAYS_FRESH
    ):
        return record
    say(N_("Making the invented city of Waterstad, once: %(cases)s people …", cases=cases))
    began = time.monotonic()
    record = buildings.build(instance, seed, cases, clock.now(), say)
    say(N_("Made in %(seconds)s seconds.", seconds=round(time.monotonic() - began)))
    return record


def _write_accounts(file: Path, record: Record) -> None:
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            json.dump([asdict(one) for one in record.accounts], opened, indent=1)
    except OSError:
        raise CommandRefused(
            N_("The file for the accounts cannot be written. Name another.")
        ) from None


def _serve(instance: Path, record: Record) -> int:
    settings = load(instance)
    instances.require(settings)
    program = [sys.executable, "-P", "-m", "caseflow", "--instance", str(instance)]
    try:
        with parents.only_server(instance):
            sockets = listening.listen(settings.serving)
            descriptors = [one.fileno() for one in sockets]
            listed = ",".join(str(one) for one in descriptors)
            child = ["--instance", str(instance), "serve-child"]
            child += ["--sockets", listed, "--parent", str(os.getpid())]
            # The clockwork first runs every job that is due, once; it holds no vault key.
            clockwork = subprocess.Popen(  # noqa: S603 - our own program
                [*program, "scheduler", "--parent", str(os.getpid())]
            )
            threading.Thread(
                target=_open_the_door, args=(instance, record, settings.serving.port), daemon=True
            ).start()
            try:
                return parents.Parent(child, descriptors, complain).run()
            finally:
                clockwork.send_signal(signal.SIGTERM)
                clockwork.wait()
    except (parents.AlreadyServed, listening.ListeningRefused) as refused:
        raise CommandRefused(*refused.args) from None


def _open_the_door(instance: Path, record: Record, port: int) -> None:
    """Unseals the vaults once the server answers, and says where to go and as whom."""
    for organisation, holder in HOLDERS.items():
        asked = {
            "ask": "unseal",
            "organisation": organisation,
            "holder": holder,
            "passphrase": record.holders[organisation],
        }
        if not _asked_until_heard(instance, asked):
            complain(N_("The vaults could not be unsealed. Unseal them on the page Vaults."))
            return
    for account in record.accounts:
        roles = ", ".join(account.roles)
        say(
            f"{account.username:10} {account.password:40} {account.totp_secret}  {roles} ({account.organisation})"
        )
    say(N_("These accounts are of this demo alone. No passkey is asked for here; a real one can."))
    say(N_("The second column is the password; the third is for an authenticator app."))
    say(f"http://localhost:{port}")


def _asked_until_heard(instance: Path, asked: dict[str, str]) -> bool:
    waited = 0.0
    nothing = threading.Event()
    while waited < SECONDS_TO_START:
        try:
            return "unsealed" in control_sockets.ask(instance, asked)
        except NotServing:
            nothing.wait(LOOK_AGAIN)
            waited += LOOK_AGAIN
    return False
