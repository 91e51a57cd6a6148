"""Disclosure-controlled publications: `publication make|list|attack|check`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from caseflow import clock
from caseflow.commands.figures import add_scope
from caseflow.commands.openings import opened
from caseflow.commands.terminals import complain, document, say, told
from caseflow.commands.usages import (
    CommandLine,
    CommandRefused,
    Subparsers,
    command,
    group,
    settled,
)
from caseflow.domain.actors import THE_COMMAND
from caseflow.domain.messages import N_, Message
from caseflow.services import approvals, publications
from caseflow.services.publication_views import FROZEN, PROPOSED, PublicationView


def add_to(subparsers: Subparsers[CommandLine]) -> None:
    below = group(subparsers, "publication", N_("figures that may leave the house"))
    make = command(
        below,
        "make",
        _make,
        N_("prepare a publication, attack it, and propose it for two approvals"),
        json=True,
    )
    add_scope(make)
    command(below, "list", _list, N_("what was frozen so far, with certificates"), json=True)
    command(
        below,
        "attack",
        _attack,
        N_("attack everything issued, and what waits for approval as if it were"),
        json=True,
    )
    check = command(
        below, "check", _check, N_("check certificates again, from their files alone"), json=True
    )
    check.add_argument("files", metavar="FILE", nargs="+", type=Path)


def _make(given: argparse.Namespace) -> int:
    now = clock.now()
    about = THE_COMMAND, given.programme, given.as_of, now
    with opened(given):
        made = settled(
            publications.prepare(*about)
            if given.json
            else publications.prepare(*about, tell=complain)
        )
        if made.refusal is None and made.state != PROPOSED:
            settled(approvals.propose(THE_COMMAND, made.id, now))
            made = publications.shown(THE_COMMAND, made.id, now, form="command")
    if given.json:
        document(plain(made))
    if made.refusal is not None:
        complain(made.refusal)
        return 1
    if not given.json:
        _say_all(made)
    return 0


def _say_all(made: PublicationView) -> None:
    for row in made.rows:
        say(f"{row.text:>7}  {told(row.label)}")
    for rate in made.rates:
        say(f"{told(rate.text)}  {told(rate.label)}")
        say(f"  {told(rate.definition)}")
    for stock in made.stocks:
        say(f"{stock.row.text:>7}  {told(stock.row.label)}")
        say(f"  {told(stock.definition)}")
    say(N_("Tables need not add up: each count is rounded on its own."))
    say(N_("Proposed. It is frozen once the privacy officer and a second team lead approve."))


def _list(given: argparse.Namespace) -> int:
    with opened(given):
        found = [one for one in publications.listed(THE_COMMAND) if one.state == FROZEN]
    if given.json:
        document([plain(one) for one in found])
        return 0
    if not found:
        say(N_("Nothing is frozen yet."))
    for one in found:
        say(f"{one.id}  {one.scope}  {one.cut_off.isoformat()}  {one.level}")
        if one.withdrawn is not None:
            say(N_("Withdrawn on %(day)s: it no longer counts.", day=one.withdrawn.on))
    return 0


def _attack(given: argparse.Namespace) -> int:
    with opened(given):
        attacked = publications.attacked()
    found = [
        {
            "target": f"{scope}: {finding['target']}",
            "coalition": finding["coalition"],
            "low": finding["low"],
            "high": finding["high"],
            "passes": finding["passes"],
        }
        for scope, certificate in attacked
        for finding in certificate["findings"]
    ]
    if given.json:
        document(found)
    failed = [finding for finding in found if not finding["passes"]]
    for finding in failed:
        complain(N_("%(target)s does not withstand the attack.", target=finding["target"]))
    contradicting = [scope for scope, certificate in attacked if not certificate["fits"]]
    for scope in contradicting:
        complain(N_("The printed counts of %(scope)s contradict one another.", scope=scope))
    if failed or contradicting:
        return 1
    if not given.json:
        say(
            N_(
                "%(count)s attacks on %(publications)s publications: none of them finds out anything about one person.",
                count=len(found),
                publications=sum(len(c["publications"]) for _, c in attacked),
            )
        )
    return 0


def _check(given: argparse.Namespace) -> int:
    results: list[dict[str, Any]] = []
    for path in given.files:
        for certificate in _certificates(path):
            problems = publications.checked(certificate)
            results.append({"file": path.name, "problems": [told(one) for one in problems]})
            for problem in problems:
                complain(N_("%(file)s: %(problem)s", file=path.name, problem=problem))
    is_sound = not any(result["problems"] for result in results)
    if given.json:
        document(results)
    elif is_sound:
        say(
            N_(
                "%(count)s certificates are sound: the attack, made again, ends as they say.",
                count=len(results),
            )
        )
    return 0 if is_sound else 1


def _certificates(path: Path) -> Iterator[Mapping[str, Any]]:
    """The certificates in a file: one alone, or those in what `make --json` and `list --json` print."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise CommandRefused(_not_usable(path, N_("it cannot be opened"))) from None
    except ValueError:
        raise CommandRefused(_not_usable(path, N_("it is not a JSON document"))) from None
    found = read if isinstance(read, list) else [read]
    for one in found:
        if not isinstance(one, dict):
            raise CommandRefused(_not_usable(path, N_("it holds no certificate")))
        certificate = one.get("certificate", one)
        if not isinstance(certificate, dict) or not certificate:
            raise CommandRefused(_not_usable(path, N_("it holds no certificate")))
        yield certificate
    if not found:
        raise CommandRefused(_not_usable(path, N_("it holds no certificate")))


def _not_usable(path: Path, why: Message) -> Message:
    return N_("%(file)s: %(why)s.", file=path.name, why=why)


def plain(one: PublicationView) -> dict[str, Any]:
    """A publication as a JSON document: printed values only."""
    return {
        "id": one.id,
        "programme": one.scope,
        "name": told(one.name),
        "as_of": one.cut_off.isoformat(),
        "state": one.state,
        "refusal": None if one.refusal is None else told(one.refusal),
        "level": one.level,
        "rule_version": one.rule_version,
        "input_digest": one.input_digest,
        "frozen_at": None if one.frozen_at is None else one.frozen_at.isoformat(),
        "withdrawn_on": None if one.withdrawn is None else one.withdrawn.on.isoformat(),
        "withdrawn_for": None if one.withdrawn is None else one.withdrawn.reason.value,
        "rows": [
            {
                "id": row.id,
                "label": told(row.label),
                "printed": row.text,
                "value": row.value,
                "status": row.status,
                "total": row.is_total,
            }
            for row in one.rows
        ],
        "rates": [
            {
                "indicator": rate.indicator,
                "label": told(rate.label),
                "definition": told(rate.definition),
                "cohort": told(rate.cohort),
                "source": rate.source,
                "numerator": rate.numerator,
                "denominator": rate.denominator,
                "percent": rate.percent,
                "printed": told(rate.text),
                "status": rate.status,
            }
            for rate in one.rates
        ],
        "stocks": [
            {
                "id": stock.row.id,
                "label": told(stock.row.label),
                "definition": told(stock.definition),
                "printed": stock.row.text,
                "value": stock.row.value,
                "status": stock.row.status,
            }
            for stock in one.stocks
        ],
        "certificate": one.certificate,
    }
