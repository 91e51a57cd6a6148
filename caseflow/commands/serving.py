"""The command `serve`, and the one that the parent gives to its child."""

from __future__ import annotations

import argparse
import os

from caseflow.commands import passphrases
from caseflow.commands.openings import settings_of
from caseflow.commands.terminals import complain
from caseflow.commands.usages import CommandLine, CommandRefused, Subparsers, command
from caseflow.domain.messages import N_
from caseflow.services import instances
from caseflow.serving import listening, parents, servers
from caseflow.serving.hardening import harden
from caseflow.settings import instance_folder, load

CHILD = "serve-child"


def add_to(subparsers: Subparsers[CommandLine]) -> None:
    serve = command(
        subparsers, "serve", _serve, N_("serve the pages, every vault sealed at the start")
    )
    serve.add_argument("--host", metavar="H")
    serve.add_argument("--port", metavar="N")
    child = subparsers.add_parser(CHILD)  # without help: the parent alone starts it
    child.add_argument("--sockets", required=True)
    child.add_argument("--parent", type=int, required=True)
    child.set_defaults(run=_child)


def _serve(given: argparse.Namespace) -> int:
    environ = dict(os.environ)
    environ |= {"CASEFLOW_HOST": given.host} if given.host else {}
    environ |= {"CASEFLOW_PORT": given.port} if given.port else {}
    folder = instance_folder(given.instance)
    settings = load(folder, environ)
    instances.require(settings)
    harden()
    os.environ.update(environ)  # the child reads the same settings
    try:
        with parents.only_server(folder):
            sockets = listening.listen(settings.serving)
            descriptors = [one.fileno() for one in sockets]
            child = [
                "--instance",
                str(folder),
                CHILD,
                "--sockets",
                ",".join(str(one) for one in descriptors),
                "--parent",
                str(os.getpid()),
            ]
            return parents.Parent(child, descriptors, complain).run()
    except (parents.AlreadyServed, listening.ListeningRefused) as refused:
        raise CommandRefused(*refused.args) from None


def _child(given: argparse.Namespace) -> int:
    harden(dies_with=given.parent)
    settings = settings_of(given)
    sockets = listening.handed([int(one) for one in given.sockets.split(",")])
    return servers.serve(settings, passphrases.operations(), sockets)
