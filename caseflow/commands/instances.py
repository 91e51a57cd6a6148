"""Commands about the instance as a whole: `init`, `migrate`."""

from __future__ import annotations

import argparse

from caseflow import clock
from caseflow.commands import passphrases
from caseflow.commands.openings import operator, settings_of
from caseflow.commands.terminals import document, say, told
from caseflow.commands.usages import CommandLine, Subparsers, command, settled
from caseflow.domain.messages import N_
from caseflow.services import instances


def add_to(subparsers: Subparsers[CommandLine]) -> None:
    init = command(
        subparsers,
        "init",
        _init,
        N_("make a new instance: keys, stores, first administrator"),
        json=True,
    )
    init.add_argument(
        "--admin",
        metavar="NAME",
        default="administrator",
        help=told(N_("the user name of the first administrator")),
    )
    init.add_argument(
        "--organisation",
        metavar="ID",
        help=told(
            N_("the organisation the administrator belongs to; otherwise the one that leads")
        ),
    )
    command(subparsers, "migrate", _migrate, N_("bring the stores to this version of caseflow"))


def _init(given: argparse.Namespace) -> int:
    settings = settings_of(given)
    instances.must_be_free(settings.instance)  # before a person is asked for a passphrase
    made = settled(
        instances.make(
            operator(),
            settings,
            passphrases.new_operations(),
            given.admin,
            given.organisation,
            clock.now(),
        )
    )
    link = settings.serving.address() + made.invitation.path
    if given.json:
        document(
            {
                "instance": made.instance,
                "administrator": made.administrator,
                "organisation": made.organisation,
                "invitation": link,
            }
        )
        return 0
    say(N_("The instance is made. Its vaults are made with: run.py holder add"))
    say(
        N_(
            "The first administrator, %(name)s, opens this link within three days:",
            name=made.administrator,
        )
    )
    say(link)
    return 0


def _migrate(given: argparse.Namespace) -> int:
    settings = settings_of(given)
    instances.require(settings)
    instances.migrate(operator(), settings, passphrases.operations(), clock.now())
    say(N_("The stores are at the newest revision. A vault follows when it is unsealed."))
    return 0
