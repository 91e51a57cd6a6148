"""The proof that goes with a publication: what was printed, and that it withstood the attack.

A certificate holds printed values only. Anyone can read it, attack the same statements again and find
the same answer; nothing else is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from caseflow.domain.attacks import Exact, Finding, NothingFits
from caseflow.domain.coalitions import MOST_MEMBERS
from caseflow.domain.messages import N_, Message
from caseflow.domain.published_counts import (
    KeptBack,
    PublishedCount,
    PublishedCounts,
    alike,
    statements,
)
from caseflow.domain.published_stays import stays_hold
from caseflow.domain.published_stocks import (
    attack_waiting,
    stocks_stand_alone,
    waiting_statements,
)
from caseflow.domain.published_sums import attack_publications, kept_back_as_the_rule_says
from caseflow.domain.published_tables import Cohort, PrintedRow, PublishedTable
from caseflow.domain.puzzles import is_nested
from caseflow.domain.related_scopes import attack_related, related_statements
from caseflow.domain.rounding import PrintedCount

RULE_VERSION = "2026-1"
"""Under which rules counts are printed and attacked; a changed rule gets a new version."""

Certificate = dict[str, Any]


class NeedsExactSearch(Exception):
    """Publications of several scopes are attacked together only with an exact search."""


def certify(
    publications: Sequence[PublishedCounts], exact: Exact | None = None, *, to_the_end: bool = True
) -> Certificate:
    """Answers with the certificate of everything issued of one scope, the last one included.

    Where a group stands beside programmes in it, of all of them together, its own publication last; that attack may
    stop at the first finding that fails, where nothing but the refusal is asked: one that passes is always whole.
    Raises NeedsExactSearch where that is not given.
    """
    several = len({publication.scope for publication in publications}) > 1
    if several and exact is None:
        raise NeedsExactSearch
    try:
        if several and exact is not None:
            attacked = attack_related(publications, exact)
            findings = list(attacked if to_the_end else _until_one_fails(attacked))
        else:
            findings = attack_publications(publications)
        findings += attack_waiting(publications)
        fits = True
    except NothingFits:
        findings, fits = [], False
    said = related_statements(publications) if several else statements(publications)
    said += waiting_statements(publications)
    return {
        "rule_version": RULE_VERSION,
        "most_members": MOST_MEMBERS,
        "publications": [_published(publication) for publication in publications],
        "statements": [
            {
                "name": statement.name,
                "sum_of": sorted(map(str, statement.unknowns)),
                "printed": statement.printed.plain,
                **({"within": list(statement.within)} if statement.within else {}),
            }
            for statement in said
        ],
        "alike": [list(group) for group in alike(publications)],
        "nested": is_nested(statement.unknowns for statement in said),
        "fits": fits,
        "findings": [_found(finding) for finding in findings],
        "passes": fits
        and _tables_hold(publications)
        and stocks_stand_alone(publications)
        and all(one.passes for one in findings),
    }


def _until_one_fails(findings: Iterable[Finding]) -> Iterator[Finding]:
    for finding in findings:
        yield finding
        if not finding.passes:
            return


def _tables_hold(publications: Sequence[PublishedCounts]) -> bool:
    """Whether no further table needs an attack of its own: none has a row below ten, and one at most counts exits.

    A table of stays stands instead of that one.
    """
    return all(
        all(table.may_be_printed for table in publication.tables)
        and sum(table.cohort is Cohort.EXITS for table in publication.tables) <= 1
        for publication in publications
    ) and stays_hold(publications)


def check_certificate(certificate: Mapping[str, Any], exact: Exact | None = None) -> list[Message]:
    """Answers with what is wrong with a certificate, from the file alone; an empty list if nothing.

    The attack is made again on the printed counts that it holds, and must end in the same findings.
    """
    if certificate.get("rule_version") != RULE_VERSION:
        return [N_("The certificate follows other rules than %(rules)s.", rules=RULE_VERSION)]
    try:
        publications = [read_published(plain) for plain in certificate["publications"]]
    except (KeyError, TypeError, ValueError, AttributeError):
        return [N_("The certificate cannot be read: its printed counts are not complete.")]
    if not publications:
        return [N_("The certificate holds no publication.")]
    try:
        again = certify(publications, exact)
    except NeedsExactSearch:
        return [N_("The certificate is about several programmes; check it with the command.")]
    problems: list[Message] = []
    own = [one for one in publications if one.scope == publications[-1].scope]
    if not kept_back_as_the_rule_says(own):
        problems.append(N_("A count is kept back that does not follow from the printed counts."))
    if again["statements"] != certificate.get("statements"):
        problems.append(N_("The statements do not follow from the printed counts."))
    if again != dict(certificate) and not problems:
        problems.append(N_("The attack, made again, ends otherwise than the certificate says."))
    if not again["passes"]:
        problems.append(N_("The printed counts do not withstand the attack."))
    return problems


def read_published(plain: Mapping[str, Any]) -> PublishedCounts:
    """Answers with the printed counts of one publication in a certificate.

    Raises KeyError, TypeError or ValueError where the file says something else.
    """
    return PublishedCounts(
        scope=str(plain["scope"]),
        members=frozenset(map(str, plain["members"])),
        cut_off=date.fromisoformat(plain["cut_off"]),
        categories=tuple(map(str, plain["categories"])),
        structural_zeros=frozenset(map(str, plain["structural_zeros"])),
        counts=tuple(
            PublishedCount(
                name=str(count["name"]),
                categories=frozenset(map(str, count["categories"])),
                printed=PrintedCount.from_plain(count["printed"]),
                with_still_in=bool(count["with_still_in"]),
            )
            for count in plain["counts"]
        ),
        sums_decided=tuple(map(str, plain["sums_decided"])),
        kept_back=tuple(
            KeptBack(
                name=str(kept["name"]),
                categories=frozenset(map(str, kept["categories"])),
                one_of=tuple(map(PrintedCount.from_plain, kept["one_of"])),
            )
            for kept in plain["kept_back"]
        ),
        tables=tuple(map(_read_table, plain.get("tables", ()))),
        waiting=PrintedCount.from_plain(plain["waiting"]) if "waiting" in plain else None,
    )


def _read_table(plain: Mapping[str, Any]) -> PublishedTable:
    return PublishedTable(
        id=str(plain["id"]),
        cohort=Cohort(plain["cohort"]),
        rows=tuple(
            PrintedRow(
                str(row["id"]),
                PrintedCount.from_plain(row["printed"]),
                frozenset(map(str, row["among"])) if "among" in row else None,
            )
            for row in plain["rows"]
        ),
    )


def _published(publication: PublishedCounts) -> dict[str, Any]:
    plain = _outcomes(publication)
    if publication.tables:
        plain["tables"] = [
            {
                "id": table.id,
                "cohort": table.cohort.value,
                "rows": [
                    {
                        "id": row.id,
                        "printed": row.printed.plain,
                        **({} if row.among is None else {"among": sorted(row.among)}),
                    }
                    for row in table.rows
                ],
            }
            for table in publication.tables
        ]
    if publication.waiting is not None:
        plain["waiting"] = publication.waiting.plain
    return plain


def _outcomes(publication: PublishedCounts) -> dict[str, Any]:
    return {
        "scope": publication.scope,
        "members": sorted(publication.members),
        "cut_off": publication.cut_off.isoformat(),
        "categories": list(publication.categories),
        "structural_zeros": sorted(publication.structural_zeros),
        "counts": [
            {
                "name": count.name,
                "categories": sorted(count.categories),
                "printed": count.printed.plain,
                "with_still_in": count.with_still_in,
            }
            for count in publication.counts
        ],
        "sums_decided": list(publication.sums_decided),
        "kept_back": [
            {
                "name": kept.name,
                "categories": sorted(kept.categories),
                "one_of": [value.plain for value in kept.one_of],
            }
            for kept in publication.kept_back
        ],
    }


def _found(finding: Finding) -> dict[str, Any]:
    return {
        "target": finding.target,
        "coalition": list(finding.coalition),
        "inside": finding.inside,
        "low": finding.low,
        "high": finding.high,
        "passes": finding.passes,
    }
