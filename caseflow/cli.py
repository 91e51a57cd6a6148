"""The commands of the contract: `python3 run.py [--instance DIR] COMMAND`.

Exit status 0: done. 1: a check failed, or something went wrong that nobody foresaw. 2: bad input or usage; one clear
line for each thing to repair stands on standard error, and nothing was done.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module

from caseflow.commands import GROUPS
from caseflow.commands.terminals import complain, told
from caseflow.commands.usages import CommandLine, CommandRefused
from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.messages import N_, Message
from caseflow.services.instances import REFUSALS
from caseflow.services.interruptions import UNTOLD, OutcomeUntold
from caseflow.settings import SettingsRefused

DONE, FAILED, REFUSED, INTERRUPTED = 0, 1, 2, 130


def command_line(groups: Iterable[str] = GROUPS) -> CommandLine:
    """The command line of these groups of commands, or of all: each adds its own."""
    parser = CommandLine(
        prog="run.py",
        description=told(
            N_("Case management for shelter and counselling programmes, behind a firewall")
        ),
    )
    parser.add_argument(
        "--instance",
        metavar="DIR",
        help=told(N_("the instance folder; otherwise CASEFLOW_INSTANCE, otherwise instance/")),
    )
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)
    for name in groups:
        import_module(f"caseflow.commands.{name}").add_to(subparsers)
    return parser


def groups_for(arguments: Sequence[str]) -> tuple[str, ...]:
    """The one group that the first word on the command line belongs to; all of them where it is no command."""
    words = iter(arguments)
    for word in words:
        if word == "--instance":
            next(words, None)
        elif not word.startswith("--instance="):
            found = tuple(name for name, commands in GROUPS.items() if word in commands)
            return found or tuple(GROUPS)
    return tuple(GROUPS)


def main(arguments: Sequence[str]) -> int:
    """The exit status of one command; every refusal of every command is said here."""
    # Libraries log what they were doing; a command says what went wrong itself, in one line.
    logging.lastResort = None
    try:
        given = command_line(groups_for(arguments)).parse_args(arguments)
        status: int = given.run(given)
    except (CommandRefused, ConfigurationRefused, SettingsRefused, *REFUSALS) as refused:
        for line in _lines(refused):
            complain(line)
        return REFUSED
    except OutcomeUntold:
        complain(UNTOLD)
        return FAILED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last boundary: no traceback, whose values may name people
        complain(
            N_(
                "Something went wrong that caseflow did not foresee (%(kind)s, in %(place)s). Nothing more was done.",
                kind=type(error).__name__,
                place=_place(error),
            )
        )
        return FAILED
    return status


def _lines(refused: Exception) -> Iterator[Message | str]:
    """One sentence for each thing to repair."""
    if isinstance(refused, SettingsRefused):
        for wrong in refused.problems:
            yield ": ".join(part for part in (wrong.file, wrong.key, told(wrong.repair)) if part)
    elif isinstance(refused, ConfigurationRefused):
        for problem in refused.problems:
            place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
            yield ": ".join(
                part for part in (place, problem.key_path, told(problem.repair)) if part
            )
    else:
        yield from (one if isinstance(one, Message) else str(one) for one in refused.args)


def _place(error: BaseException) -> str:
    """The function of ours in which it happened, without the values it was given."""
    place, step = "caseflow", error.__traceback__
    while step is not None:
        module = step.tb_frame.f_globals.get("__name__", "")
        if module.startswith("caseflow"):
            place = f"{module}:{step.tb_frame.f_code.co_name}"
        step = step.tb_next
    return place
