"""Commands about accounts: `user add|list|suspend|close|reset`. The pages for administrators do the same."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime

from caseflow import clock
from caseflow.commands.openings import opened, operator
from caseflow.commands.terminals import document, say, told
from caseflow.commands.usages import (
    CommandLine,
    CommandRefused,
    Subparsers,
    command,
    group,
    settled,
)
from caseflow.domain.actors import Actor, Role
from caseflow.domain.appointments import placed
from caseflow.domain.decisions import Decision
from caseflow.domain.functions import FUNCTIONS
from caseflow.domain.messages import N_
from caseflow.services import accounts
from caseflow.services.accounts import Newcomer

Change = Callable[[Actor, str, datetime], Decision]


def add_to(subparsers: Subparsers[CommandLine]) -> None:
    below = group(subparsers, "user", N_("accounts of colleagues"))
    add = command(below, "add", _add, N_("invite a colleague; the link is printed once"), json=True)
    add.add_argument("name", metavar="NAME", help=told(N_("the user name, in small letters")))
    add.add_argument("--display-name", metavar="WORDS", help=told(N_("as colleagues know them")))
    add.add_argument("--organisation", metavar="ID", required=True)
    add.add_argument(
        "--role",
        action="append",
        default=[],
        choices=[role.value for role in Role],
        metavar="ROLE",
        help=told(N_("may be given more than once")),
    )
    add.add_argument(
        "--function",
        action="append",
        default=[],
        choices=list(FUNCTIONS),
        metavar="ID",
        help=told(N_("roles that are held together, by the id of the reviewed function")),
    )
    add.add_argument("--team", metavar="NAME", help=told(N_("the team that the roles count for")))
    add.add_argument("--site", metavar="NAME", help=told(N_("the site that the roles count for")))
    add.add_argument(
        "--programme",
        action="append",
        default=[],
        metavar="ID",
        help=told(N_("a programme that the roles count for; may be given more than once")),
    )
    command(below, "list", _list, N_("every account with its roles"), json=True)
    suspend = command(below, "suspend", _changed_by(accounts.suspend), N_("close the door at once"))
    close = command(below, "close", _changed_by(accounts.close), N_("end an account for good"))
    reset = command(
        below, "reset", _reset, N_("a new link, for a lost phone or password"), json=True
    )
    for parser in (suspend, close, reset):
        parser.add_argument("name", metavar="NAME")


def _add(given: argparse.Namespace) -> int:
    with opened(given) as house:
        places = accounts.places(operator())
        team = _place(places.teams, given.team, given.organisation, "--team")
        site = _place(places.sites, given.site, given.organisation, "--site")
        roles = {Role(role) for role in given.role} | {
            role for one in given.function for role in FUNCTIONS[one].roles
        }
        wished = tuple(
            placed(role, team, site, tuple(given.programme)) for role in Role if role in roles
        )
        display_name = given.display_name or given.name
        newcomer = Newcomer(given.name, display_name, given.organisation, wished, team)
        invited = settled(accounts.invite(operator(), newcomer, clock.now()))
        return _told_once(given, house.settings.serving.address() + invited.path)


def _reset(given: argparse.Namespace) -> int:
    with opened(given) as house:
        user_id = _account(given.name)
        invited = settled(accounts.reset(operator(), user_id, clock.now()))
        return _told_once(given, house.settings.serving.address() + invited.path)


def _changed_by(change: Change) -> Callable[[argparse.Namespace], int]:
    def run(given: argparse.Namespace) -> int:
        with opened(given):
            settled(change(operator(), _account(given.name), clock.now()))
        say(N_("Done; it counts from the next request."))
        return 0

    return run


def _list(given: argparse.Namespace) -> int:
    with opened(given):
        lines = accounts.listed(operator(), clock.now())
    if given.json:
        document(
            [
                {
                    "username": line.username,
                    "display_name": line.display_name,
                    "organisation": line.organisation,
                    "team": line.team,
                    "status": line.status,
                    "roles": sorted({held.role.value for held in line.roles}),
                }
                for line in lines
            ]
        )
        return 0
    for line in lines:
        roles = ", ".join(sorted({held.role.value for held in line.roles}))
        say(f"{line.username}  {line.organisation}  {line.status}  {roles}")
    return 0


def _told_once(given: argparse.Namespace, link: str) -> int:
    if given.json:
        document({"invitation": link})
    else:
        say(
            N_(
                "Give this link to your colleague yourself. It is shown once and works for three days:"
            )
        )
        say(link)
    return 0


def _account(username: str) -> str:
    """The account with this name. Raises CommandRefused."""
    wanted = username.strip().casefold()
    for line in accounts.listed(operator(), clock.now()):
        if line.username == wanted:
            return line.id
    raise CommandRefused(N_("There is no account of that name. See: run.py user list"))


def _place(
    there: tuple[tuple[str, str, str], ...], named: str | None, organisation: str, option: str
) -> str | None:
    """The id of a team or site by its name. Raises CommandRefused."""
    if named is None:
        return None
    for place, name, owner in there:
        if owner == organisation and named in {place, name}:
            return place
    raise CommandRefused(N_("%(option)s names nothing that this organisation has.", option=option))
