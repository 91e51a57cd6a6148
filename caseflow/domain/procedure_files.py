"""Kinds of procedures with their steps and terms, as `config/procedures.toml` tells them.

Terms are points of law that a jurist confirms, so they are configuration; what a term means is in `procedures`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable, read_toml, shown_path
from caseflow.domain.messages import N_
from caseflow.domain.procedure_words import STEP_NAMES, DueKind, ProcedureKind
from caseflow.domain.procedures import RESULTS, ProcedureRules, Term

FILE: Final = "procedures.toml"
Rules = Mapping[ProcedureKind, ProcedureRules]


def load_procedures(path: Path) -> Rules:
    """Every kind of procedure. Raises `ConfigurationRefused` with every problem of the file."""
    problems: list[ConfigurationProblem] = []
    content, unreadable = read_toml(path)
    if unreadable:
        raise ConfigurationRefused(list(unreadable))
    rules = procedures_from(ConfigurationTable(shown_path(path), content, problems))
    if problems:
        raise ConfigurationRefused(problems)
    return rules


def procedures_from(table: ConfigurationTable) -> Rules:
    """The rules of a file; what is wrong, and a kind that it leaves out, join its problems."""
    found = tuple(_procedure(one) for one in table.children("procedure", required=True))
    table.close()
    rules = {one.kind: one for one in found}
    if len(rules) != len(found):
        table.refuse("procedure", N_("names the same thing twice: keep one"))
    missing = [one.value for one in ProcedureKind if one not in rules]
    if missing:
        table.refuse(
            "procedure", N_("has no procedure for: %(missing)s", missing=", ".join(missing))
        )
    return rules


def _procedure(table: ConfigurationTable) -> ProcedureRules:
    steps = table.texts("steps")
    _known(table, "steps", steps, tuple(STEP_NAMES))
    if not steps:
        table.refuse("steps", N_("must name at least one step"))
    rules = ProcedureRules(
        kind=table.choice("kind", ProcedureKind),
        steps=steps,
        terms=tuple(_term(one, steps) for one in table.children("term")),
    )
    table.close()
    return rules


def _term(table: ConfigurationTable, steps: Sequence[str]) -> Term:
    after, result = table.text("after"), table.optional_text("result")
    _known(table, "after", (after,) if after else (), steps)
    _known(table, "result", (result,) if result else (), RESULTS)
    term = Term(
        after=after,
        due=table.choice("due", DueKind),
        result=result,
        days=table.whole("days"),
        weeks=table.whole("weeks"),
        months=table.whole("months"),
        source=table.label("source") if "source" in table else None,
        confirmed=table.flag("confirmed", default=False),
    )
    if sum(one is not None for one in (term.days, term.weeks, term.months)) > 1:
        table.refuse("", N_("needs at most one of: days, weeks, months"))
    if term.has_length != (term.source is not None):
        table.refuse(
            "source",
            N_("a term carries a number exactly where a source gives it: add or remove one"),
        )
    table.close()
    return term


def _known(table: ConfigurationTable, key: str, words: Sequence[str], known: Sequence[str]) -> None:
    for word in words:
        if word not in known:
            table.refuse(
                key,
                N_(
                    "“%(word)s” is not known here; use one of: %(known)s",
                    word=word,
                    known=", ".join(known),
                ),
            )
