"""Commands that bring an existing registration in: `import caseload`."""

from __future__ import annotations

import argparse
from pathlib import Path

from caseflow import clock
from caseflow.commands.openings import opened
from caseflow.commands.terminals import document, say, told
from caseflow.commands.usages import CommandLine, CommandRefused, Subparsers, command, group
from caseflow.domain.actors import THE_COMMAND
from caseflow.domain.caseload_files import RowProblem
from caseflow.domain.messages import N_, Message
from caseflow.services import imports
from caseflow.services.imports import Imported, ImportRefused


def add_to(subparsers: Subparsers[CommandLine]) -> None:
    below = group(subparsers, "import", N_("bring in what an earlier registration holds"))
    caseload = command(
        below,
        "caseload",
        _caseload,
        N_("past episodes, for figures only: all rows of a file or none"),
        json=True,
    )
    caseload.add_argument("file", metavar="FILE.csv", type=Path)
    caseload.add_argument(
        "--source",
        metavar="NAME",
        required=True,
        help=told(N_("what the earlier registration is called, in small letters")),
    )
    caseload.add_argument(
        "--dry-run",
        action="store_true",
        help=told(N_("read and check the whole file, and write nothing")),
    )


def _caseload(given: argparse.Namespace) -> int:
    try:
        with opened(given):
            made = imports.import_caseload(
                THE_COMMAND, given.file, given.source, clock.now(), dry_run=given.dry_run
            )
    except ImportRefused as refused:
        raise CommandRefused(*(_line(refused.file, one) for one in refused.problems)) from None
    if given.json:
        document(
            {
                "source": made.source,
                "rows": made.rows,
                "people": made.people,
                "programmes": list(made.programmes),
                "dry_run": made.dry_run,
            }
        )
    else:
        say(_sentence(made))
    return 0


def _line(file: str, problem: RowProblem) -> Message:
    """One problem as `FILE: line 3, outcome: …`; the value itself is never repeated."""
    if problem.line == 0:
        if problem.column == "*":
            return N_("%(file)s: %(repair)s", file=file, repair=problem.repair)
        return N_("%(column)s: %(repair)s", column=problem.column, repair=problem.repair)
    if problem.column == "*":
        return N_(
            "%(file)s: line %(line)s: %(repair)s",
            file=file,
            line=problem.line,
            repair=problem.repair,
        )
    return N_(
        "%(file)s: line %(line)s, %(column)s: %(repair)s",
        file=file,
        line=problem.line,
        column=problem.column,
        repair=problem.repair,
    )


def _sentence(made: Imported) -> Message:
    values = {
        "rows": made.rows,
        "people": made.people,
        "programmes": ", ".join(made.programmes),
    }
    if made.dry_run:
        return N_(
            "All %(rows)s episodes of %(people)s people in %(programmes)s can be imported. Nothing was written.",
            **values,
        )
    return N_(
        "Imported %(rows)s episodes of %(people)s people in %(programmes)s.",
        **values,
    )
