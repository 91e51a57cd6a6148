"""The firewall report for programs and for paper: the same lines, said in one language."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any, Final

from caseflow.domain.access import POLICY, READS_AS
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.domain.norms import NORMS
from caseflow.domain.policies import Sighting
from caseflow.domain.policy_lines import Cell, PolicyTable, Section, Words, lines_of
from caseflow.domain.redaction import ROLE_TABLE
from caseflow.publishing.policy_documents import policy_pdf
from caseflow.services.policies import PolicyReport

Say = Callable[[Words], str]
"""Says words in one language: a page, a command or a printed document each has its own."""

TITLE: Final = N_("The firewall: rules and register")
EMPTY: Final = N_("Nothing yet.")


def document(report: PolicyReport, say: Say, language: str) -> dict[str, Any]:
    """The whole report in words of one language, by section, table and line; ids are the same in every language."""
    return {
        "title": say(TITLE),
        "language": language,
        "on": report.on.isoformat(),
        "version": version(report),
        "sections": [_section(section, say) for section in report.sections],
    }


def plain(report: PolicyReport, say: Say, language: str) -> dict[str, Any]:
    """The report as the JSON document of the command: the lines in words, and the tables that decide as codes."""
    return {
        **document(report, say, language),
        "readers": {
            compartment.value: {
                cell.reader.value: {"listed": sorted(cell.listed), "opened": sorted(cell.opened)}
                for cell in cells
                if cell.words
            }
            for compartment, cells in report.matrix
        },
        "roles": {
            compartment.value: {
                role.value: sorted(extents) for role, extents in row.items() if extents
            }
            for compartment, row in ROLE_TABLE.items()
        },
        "reads_as": [
            {"words": sorted(clause), "reader": reader.value} for clause, reader in READS_AS.items()
        ],
        "acts": {
            permission.value: [sorted(clause) for clause in clauses]
            for permission, clauses in POLICY.items()
        },
        "norms": {norm.value: say(text.name) for norm, text in NORMS.items()},
    }


def pdf(report: PolicyReport, say: Say, language: str) -> bytes:
    """The report as a tagged PDF in one language."""
    made = document(report, say, language)
    facts = [
        say(N_("Rules as they stand on %(day)s.", day=report.on)),
        say(
            N_(
                "Version of the rules: %(version)s. Two prints with the same version say the same.",
                version=made["version"],
            )
        ),
    ]
    words = {"contents": say(N_("Contents")), "norms": say(N_("Norms"))}
    return policy_pdf({**made, "facts": facts, "words": words})


def version(report: PolicyReport) -> str:
    """What is the same for two reports with the same lines, whatever their language; another line changes it."""
    lines = [
        [line.id, [_english(cell) for cell in line.cells], list(line.norms)]
        for _, _, line in lines_of(report.sections)
    ]
    return hashlib.sha256(json.dumps(lines).encode("utf-8")).hexdigest()[:12]


def answer(seen: Sighting, say: Say) -> dict[str, Any]:
    """What one reader sees of one compartment, as codes and as a sentence."""
    return {
        "reader": seen.reader.value,
        "compartment": seen.compartment.value,
        "listed": sorted(seen.listed),
        "opened": sorted(seen.opened),
        "words": say(seen.words or N_("nothing, and no sign that there is something")),
    }


def _section(section: Section, say: Say) -> dict[str, Any]:
    return {
        "id": section.id,
        "title": say(section.title),
        "lead": say(section.lead),
        "tables": [_table(table, say) for table in section.tables],
    }


def _table(table: PolicyTable, say: Say) -> dict[str, Any]:
    note = table.note if isinstance(table.note, tuple) else (table.note,)
    return {
        "id": table.id,
        "caption": say(table.caption),
        "columns": [say(column) for column in table.columns],
        "note": [say(one) for one in note],
        "empty": say(table.empty or EMPTY),
        "lines": [
            {
                "id": line.id,
                "cells": [_cell(cell, say) for cell in line.cells],
                "norms": [say(NORMS[norm].name) for norm in line.norms],
            }
            for line in table.lines
        ],
    }


def _cell(cell: Cell, say: Say) -> str | list[str]:
    return [say(one) for one in cell] if isinstance(cell, tuple) else say(cell)


def _english(cell: Cell) -> str:
    if isinstance(cell, tuple):
        return " / ".join(_english(one) for one in cell)
    if isinstance(cell, Label):
        return cell.en
    if isinstance(cell, Message):
        values = {
            key: _english(value) if isinstance(value, Message | Label) else str(value)
            for key, value in cell.values.items()
        }
        return cell.text % values if values else cell.text
    return cell
