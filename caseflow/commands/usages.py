"""How a command line is read, and how one that cannot be read is refused: in one sentence, without what was typed."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date
from typing import Any, Final, NoReturn, TypeVar

from caseflow.commands.terminals import told
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_, Message

Run = Callable[[argparse.Namespace], int]
Subparsers = argparse._SubParsersAction  # the only name argparse has for it


T = TypeVar("T")


def day(text: str) -> date:
    """A day of the command line, as 2022-07-01. Raises ValueError, which refuses the argument by name."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError("not a day")
    return date.fromisoformat(text)


class CommandRefused(Exception):
    """A command cannot do what it was asked; each argument is a Message, said on a line of its own."""


def settled(answer: T | Refused) -> T:
    """The answer of a service. Raises CommandRefused where it was refused."""
    if isinstance(answer, Refused):
        raise CommandRefused(answer.reason)
    return answer


class UsageRefused(CommandRefused):
    """The command line cannot be read; the message names the argument and where the help is."""


_SENTENCES: Final[tuple[tuple[str, Message], ...]] = (
    (
        "unrecognized arguments",
        N_("There is a word on the command line that this command does not know."),
    ),
    ("ambiguous option", N_("An option is written too short: write it in full.")),
)


class CommandLine(argparse.ArgumentParser):
    """A parser that refuses with one sentence in the reader's language instead of usage on several lines."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"allow_abbrev": False, **options})

    def error(self, message: str) -> NoReturn:
        raise UsageRefused(self._with_help(_sentence(message)))

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is None or value in action.choices:
            return
        if isinstance(action, argparse._SubParsersAction):
            refusal = N_("There is no such command.")
        else:
            refusal = N_(
                "%(argument)s must be one of: %(choices)s.",
                argument=_name(action),
                choices=", ".join(str(choice) for choice in action.choices),
            )
        raise UsageRefused(self._with_help(refusal))

    def _with_help(self, refusal: Message) -> Message:
        command = " ".join(["run.py", *self.prog.split()[1:], "--help"])
        return N_("%(refusal)s See: %(command)s", refusal=refusal, command=command)


def _name(action: argparse.Action) -> str:
    return (
        action.option_strings[-1] if action.option_strings else str(action.metavar or action.dest)
    )


def _sentence(message: str) -> Message:
    """Our own sentence for one of argparse, which would repeat what was typed."""
    for beginning, sentence in _SENTENCES:
        if message.startswith(beginning):
            return sentence
    if message.startswith("the following arguments are required"):
        names = message.rpartition(": ")[2]
        return N_("Something is missing on the command line: %(arguments)s.", arguments=names)
    if message.startswith("argument "):
        name = message.removeprefix("argument ").partition(":")[0]
        return N_("%(argument)s cannot be read as it is written.", argument=name)
    return N_("The command line cannot be read.")


def command(
    subparsers: Subparsers[CommandLine], name: str, run: Run, about: Message, *, json: bool = False
) -> CommandLine:
    """Adds one command and answers its parser, to be given its arguments."""
    parser = subparsers.add_parser(name, help=told(about), description=told(about))
    parser.set_defaults(run=run)
    if json:
        parser.add_argument(
            "--json",
            action="store_true",
            help=told(N_("print one JSON document instead of sentences")),
        )
    return parser


def group(
    subparsers: Subparsers[CommandLine], name: str, about: Message
) -> Subparsers[CommandLine]:
    """Adds a word with commands of its own below it, as `user` has `add`, and answers where they go."""
    parser = subparsers.add_parser(name, help=told(about), description=told(about))
    return parser.add_subparsers(metavar="COMMAND", required=True)
