"""Commands about vaults: `holder add|list|remove`, `unseal`, `seal`."""

from __future__ import annotations

import argparse
import sys

from caseflow import clock
from caseflow.commands.openings import opened, operator, settings_of
from caseflow.commands.passphrases import asked_for, chosen
from caseflow.commands.terminals import document, say, told
from caseflow.commands.usages import (
    CommandLine,
    CommandRefused,
    Subparsers,
    command,
    group,
    settled,
)
from caseflow.domain.messages import N_, Message
from caseflow.services import holders
from caseflow.serving.control_sockets import Answer, NotServing, ask


def add_to(subparsers: Subparsers[CommandLine]) -> None:
    below = group(subparsers, "holder", N_("who can unseal the vault of an organisation"))
    add = command(below, "add", _add, N_("add a holder; the first one makes the vault"))
    listed = command(below, "list", _list, N_("the holders of an organisation"), json=True)
    remove = command(below, "remove", _remove, N_("end a holder's slot; the last one stays"))
    for parser in (add, listed, remove):
        parser.add_argument("organisation", metavar="ORGANISATION")
    for parser in (add, remove):
        parser.add_argument("name", metavar="NAME")
    add.add_argument(
        "--present",
        metavar="HOLDER",
        help=told(N_("the holder who is present; asked for where there are several")),
    )
    unseal = command(subparsers, "unseal", _unseal, N_("open a vault of the running server"))
    unseal.add_argument("organisation", metavar="ORGANISATION")
    unseal.add_argument(
        "--holder", metavar="NAME", help=told(N_("who unseals; asked for where there are several"))
    )
    command(subparsers, "seal", _seal, N_("end the process that holds vault keys"))


def _add(given: argparse.Namespace) -> int:
    with opened(given):
        there = settled(holders.listed(given.organisation))
        if given.name in there:
            raise CommandRefused(
                N_(
                    "%(organisation)s has a holder of that name already.",
                    organisation=given.organisation,
                )
            )
        own = N_("The new holder's own passphrase")
        if there:
            present = _one_of(there, given.present, N_("Holder who is present"))
            theirs = asked_for(N_("Passphrase of the holder who is present"))
            settled(
                holders.add(
                    operator(),
                    given.organisation,
                    given.name,
                    chosen(own),
                    present,
                    theirs,
                    clock.now(),
                )
            )
        else:
            settled(
                holders.add_first(
                    operator(), given.organisation, given.name, chosen(own), clock.now()
                )
            )
    say(N_("Added. Each holder unseals alone, with a passphrase that nobody else knows."))
    return 0


def _list(given: argparse.Namespace) -> int:
    with opened(given):
        there = settled(holders.listed(given.organisation))
    if given.json:
        document({"organisation": given.organisation, "holders": list(there)})
        return 0
    for name in there:
        say(name)
    if not there:
        say(N_("There is no holder yet. The first one makes the vault: run.py holder add"))
    return 0


def _remove(given: argparse.Namespace) -> int:
    with opened(given):
        settled(holders.remove(operator(), given.organisation, given.name, clock.now()))
    say(
        N_(
            "Removed. An older copy of the keyring still opens with that passphrase: destroy old copies."
        )
    )
    return 0


def _unseal(given: argparse.Namespace) -> int:
    settings = settings_of(given)
    asked = {"ask": "holders", "organisation": given.organisation}
    try:
        there = _names(ask(settings.instance, asked))
        holder = _one_of(there, given.holder, N_("Holder who unseals"))
        _must_be_done(
            ask(
                settings.instance,
                {
                    "ask": "unseal",
                    "organisation": given.organisation,
                    "holder": holder,
                    "passphrase": asked_for(N_("Your own passphrase")),
                },
            )
        )
    except NotServing:
        raise CommandRefused(
            N_(
                "No server runs for this instance, so there is nothing to unseal. Start: run.py serve"
            )
        ) from None
    say(N_("The vault of %(organisation)s is open.", organisation=given.organisation))
    return 0


def _seal(given: argparse.Namespace) -> int:
    try:
        _must_be_done(ask(settings_of(given).instance, {"ask": "seal"}))
    except NotServing:
        say(N_("No server runs for this instance, so every vault is sealed."))
        return 0
    say(N_("Every vault is sealed: the process that held the keys has ended."))
    return 0


def _names(answer: Answer) -> tuple[str, ...]:
    _must_be_done(answer)
    return tuple(answer["holders"])


def _must_be_done(answer: Answer) -> None:
    refused = answer.get("refused")
    if refused is not None:
        raise CommandRefused(Message(refused["text"], refused["values"]))


def _one_of(there: tuple[str, ...], named: str | None, label: Message) -> str:
    """The holder that is meant: the one that was named, the only one, or the one that is typed."""
    if named:
        return named
    if len(there) == 1:
        return there[0]
    if sys.stdin.isatty():
        return input(f"{told(label)} ({', '.join(there)}): ").strip()
    raise CommandRefused(N_("There are several holders: name one with --holder or --present."))
