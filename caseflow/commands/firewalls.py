"""Commands about the firewall: `firewall report` here, `firewall prove` in its own module."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from caseflow import clock
from caseflow.commands import proofs
from caseflow.commands.openings import opened, operator
from caseflow.commands.terminals import document, language, say, teller, told
from caseflow.commands.usages import CommandLine, CommandRefused, Subparsers, command, group
from caseflow.domain.messages import N_
from caseflow.domain.redaction import Compartment, Reader
from caseflow.services import policies, policy_files

LANGUAGES = ("nl", "en")


def add_to(subparsers: Subparsers[CommandLine]) -> None:
    below = group(subparsers, "firewall", N_("who sees what, and the proof that it holds"))
    report = command(
        below, "report", _report, N_("the rules that decide, the register, and the norms they answer"),
        json=True,
    )  # fmt: skip
    report.add_argument(
        "--pdf", metavar="FILE", type=Path, help=told(N_("write it as an accessible PDF"))
    )
    report.add_argument(
        "--language", choices=LANGUAGES, default=language(), help=told(N_("Dutch or English"))
    )
    report.add_argument(
        "--may",
        nargs=2,
        metavar=("READER", "COMPARTMENT"),
        help=told(N_("what one reader sees of one compartment")),
    )
    proofs.add_to_group(below)


def _report(given: argparse.Namespace) -> int:
    if (
        sum((given.json, given.pdf is not None)) + (given.may is not None and given.pdf is not None)
        > 1
    ):
        raise CommandRefused(N_("Choose one of --json, --pdf and --may."))
    if given.may is not None:
        return _answer(given)
    if given.pdf is not None:
        return _print(given)
    with opened(given):
        report = policies.report(operator(), clock.now(), "json" if given.json else "text")
    speak = teller(given.language)
    if given.json:
        document(policy_files.plain(report, speak, given.language))
    else:
        _say_all(policy_files.document(report, speak, given.language))
    return 0


def _answer(given: argparse.Namespace) -> int:
    reader, compartment = _reader(given.may[0]), _compartment(given.may[1])
    with opened(given):
        seen = policies.seen(operator(), reader, compartment, clock.now())
    found = policy_files.answer(seen, teller(given.language))
    if given.json:
        document(found)
    else:
        say(f"{found['reader']} · {found['compartment']}: {found['words']}")
    return 0


def _reader(word: str) -> Reader:
    if word not in tuple(Reader):
        raise CommandRefused(
            N_(
                "%(argument)s must be one of: %(choices)s.",
                argument="READER",
                choices=", ".join(Reader),
            )
        )
    return Reader(word)


def _compartment(word: str) -> Compartment:
    if word not in tuple(Compartment):
        raise CommandRefused(
            N_(
                "%(argument)s must be one of: %(choices)s.",
                argument="COMPARTMENT",
                choices=", ".join(Compartment),
            )
        )
    return Compartment(word)


def _print(given: argparse.Namespace) -> int:
    """Writes the PDF into a new file that only its owner reads; an existing one is never written over."""
    if given.pdf.exists():
        raise CommandRefused(
            N_("%(file)s is there already. Choose another name.", file=given.pdf.name)
        )
    if not given.pdf.absolute().parent.is_dir():
        raise CommandRefused(
            N_("The folder for %(file)s is not there. Make it first.", file=given.pdf.name)
        )
    with opened(given):
        report = policies.report(operator(), clock.now(), "pdf")
    content = policy_files.pdf(report, teller(given.language), given.language)
    try:
        descriptor = os.open(given.pdf, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        raise CommandRefused(N_("%(file)s cannot be written there.", file=given.pdf.name)) from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    say(N_("%(file)s is written.", file=given.pdf.name))
    return 0


def _say_all(made: dict[str, Any]) -> None:
    say(f"{made['title']} · {made['on']} · {made['version']}")
    for section in made["sections"]:
        say("")
        say(section["title"].upper())
        say(section["lead"])
        for table in section["tables"]:
            say("")
            say(table["caption"])
            for note in table["note"]:
                say(f"  ({note})")
            for line in table["lines"]:
                cells = [
                    "; ".join(cell) if isinstance(cell, list) else cell for cell in line["cells"]
                ]
                say(f"  - {' | '.join(cells)} [{', '.join(line['norms'])}]")
