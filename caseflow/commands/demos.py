"""The command `demo`: an invented city to try everything in, on this machine alone."""

from __future__ import annotations

import argparse
import json
import os
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
from caseflow.demos.buildings import PASSPHRASE_FILE, Secrets, Stamp
from caseflow.demos.cities import HOLDERS
from caseflow.domain.messages import N_
from caseflow.services import instances
from caseflow.serving import control_sockets, listening, parents
from caseflow.serving.control_sockets import NotServing
from caseflow.serving.hardening import harden
from caseflow.settings import instance_folder, load

CASES, SEED = 300, 2026
MOST_CASES: Final = 100_000
STAYS_FRESH: Final = timedelta(days=7)
"""After so long the demo is made anew, because it is about today's date."""
SECONDS_TO_START: Final = 60
LOOK_AGAIN: Final = 0.2


BUILD, OPEN = "demo-build", "demo-open"
"""Processes of the demo that hold keys and end: the one that serves holds none."""


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
    build = subparsers.add_parser(BUILD)  # without help: the demo alone starts these
    build.add_argument("--cases", type=int, required=True)
    build.add_argument("--seed", type=int, required=True)
    build.set_defaults(run=_build)
    opening = subparsers.add_parser(OPEN)
    opening.add_argument("--port", type=int, required=True)
    opening.add_argument("--accounts-json")
    opening.set_defaults(run=_open)


def _demo(given: argparse.Namespace) -> int:
    port = _whole("--port", given.port, 1, 65_535)
    cases = _whole("--cases", given.cases, 1, MOST_CASES)
    seed = _whole("--seed", given.seed, 0, 2**31)
    instance = instance_folder(given.instance)
    program = [sys.executable, "-P", "-m", "caseflow", "--instance", str(instance)]
    made = _prepare(instance, seed, cases, program)
    if made:
        return made
    os.environ[passphrases.VARIABLE] = str(instance / PASSPHRASE_FILE)
    os.environ["CASEFLOW_PORT"] = str(port)
    opening = [*program, OPEN, "--port", str(port)]
    opening += ["--accounts-json", given.accounts_json] if given.accounts_json else []
    return _serve(instance, program, opening)


def _build(given: argparse.Namespace) -> int:
    buildings.build(instance_folder(given.instance), given.seed, given.cases, clock.now(), say)
    return 0


def _open(given: argparse.Namespace) -> int:
    """Writes the accounts, unseals the vaults once the server answers, says where to go, and ends."""
    instance = instance_folder(given.instance)
    secrets = Secrets.read(instance)
    if given.accounts_json:
        _write_accounts(Path(given.accounts_json), secrets)
    for organisation, holder in HOLDERS.items():
        asked = {"ask": "unseal", "organisation": organisation, "holder": holder}
        if not _asked_until_heard(instance, {**asked, "passphrase": secrets.holders[organisation]}):
            complain(N_("The vaults could not be unsealed. Unseal them on the page Vault."))
            return 1
    for one in secrets.accounts:
        roles = f"{', '.join(one.roles)} ({one.organisation})"
        say(f"{one.username:10} {one.password:40} {one.totp_secret}  {roles}")
    say(N_("These accounts are of this demo alone. No passkey is asked for here; a real one can."))
    say(N_("The second column is the password; the third is for an authenticator app."))
    say(f"http://localhost:{given.port}")
    return 0


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


def _prepare(instance: Path, seed: int, cases: int, program: list[str]) -> int:
    """Makes the demo in this folder where there is none, another was asked for, or it grew old; 0 where it is there."""
    stamp = Stamp.read(instance)
    if stamp is None and instance.is_dir() and any(instance.iterdir()):
        raise CommandRefused(
            N_("This folder holds something that is not a demo. Name another with --instance.")
        )
    if (
        stamp is not None
        and (stamp.form, stamp.seed, stamp.cases) == (buildings.FORM, seed, cases)
        and clock.today() - stamp.made_on < STAYS_FRESH
    ):
        return 0
    if stamp is not None:
        try:
            with parents.only_server(instance):  # never under a server that is running
                say(N_("The demo that is here is made anew."))
        except parents.AlreadyServed as refused:
            raise CommandRefused(*refused.args) from None
    say(N_("Making the invented city of Waterstad, once: %(cases)s people …", cases=cases))
    began = time.monotonic()
    building = [*program, BUILD, "--cases", str(cases), "--seed", str(seed)]
    made = subprocess.run(building, check=False).returncode  # noqa: S603 - our own program
    if not made:
        say(N_("Made in %(seconds)s seconds.", seconds=round(time.monotonic() - began)))
    return made


def _write_accounts(file: Path, secrets: Secrets) -> None:
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            json.dump([asdict(one) for one in secrets.accounts], opened, indent=1)
    except OSError:
        raise CommandRefused(
            N_("The file for the accounts cannot be written. Name another.")
        ) from None


def _serve(instance: Path, program: list[str], opening: list[str]) -> int:
    """The serving parent, without a key; beside it the clockwork, and the door opener until it has opened."""
    settings = load(instance)
    instances.require(settings)
    harden()
    try:
        with parents.only_server(instance):
            sockets = listening.listen(settings.serving)
            descriptors = [one.fileno() for one in sockets]
            listed = ",".join(str(one) for one in descriptors)
            child = ["--instance", str(instance), "serve-child"]
            child += ["--sockets", listed, "--parent", str(os.getpid())]
            # The clockwork first runs every job that is due, once; it holds no vault key.
            beside = [
                subprocess.Popen(one)  # noqa: S603 - our own program
                for one in ([*program, "scheduler", "--parent", str(os.getpid())], opening)
            ]
            try:
                return parents.Parent(child, descriptors, complain).run()
            finally:
                for process in beside:
                    if process.poll() is None:
                        process.terminate()
                    process.wait()
    except (parents.AlreadyServed, listening.ListeningRefused) as refused:
        raise CommandRefused(*refused.args) from None


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
