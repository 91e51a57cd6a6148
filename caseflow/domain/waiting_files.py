"""What is configured of the waiting list, as `config/waiting.toml` tells it: terms, and dated tables of points."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable, read_toml, shown_path
from caseflow.domain.messages import N_
from caseflow.domain.waiting import OfferTerms
from caseflow.domain.waiting_points import (
    Criterion,
    CriterionPoints,
    PointsVersion,
    WaitingRules,
)

FILE: Final = "waiting.toml"
POINTS_AT_MOST: Final = 1_000
DAYS_AT_MOST: Final = 366


def load_waiting_rules(path: Path) -> WaitingRules:
    """The rules of a file. Raises `ConfigurationRefused` with every problem of it."""
    problems: list[ConfigurationProblem] = []
    content, unreadable = read_toml(path)
    if unreadable:
        raise ConfigurationRefused(list(unreadable))
    rules = waiting_rules_from(ConfigurationTable(shown_path(path), content, problems))
    if problems:
        raise ConfigurationRefused(problems)
    return rules


def waiting_rules_from(table: ConfigurationTable) -> WaitingRules:
    """The rules of a table; what is wrong joins its problems."""
    rules = WaitingRules(
        ask_again_days=_days(table, "ask_again_days"),
        offer=OfferTerms(_days(table, "offer_days"), _days(table, "offer_days_at_most")),
        look_again_after=_needed(table, "look_again_after"),
        versions=tuple(_version(one) for one in table.children("version", required=True)),
    )
    if rules.offer.days > rules.offer.days_at_most:
        table.refuse("offer_days", N_("must not be longer than offer_days_at_most"))
    _refuse_overlaps(table, rules.versions)
    table.close()
    return rules


def _version(table: ConfigurationTable) -> PointsVersion:
    version = PointsVersion(
        table.text("id"),
        table.validity(),
        frozenset(table.texts("programmes")),
        tuple(_criterion(one) for one in table.children("criterion", required=True)),
        table.label("source"),
        table.flag("confirmed", default=False),
    )
    named = [one.criterion for one in version.criteria]
    if len(set(named)) != len(named):
        table.refuse("criterion", N_("names the same thing twice: keep one"))
    table.close()
    return version


def _criterion(table: ConfigurationTable) -> CriterionPoints:
    criterion = table.choice("what", Criterion)
    given = _needed(table, "points")
    every, most = table.whole("every_days"), table.whole("at_most")
    if given > POINTS_AT_MOST:
        table.refuse("points", N_("must be %(most)s or less", most=POINTS_AT_MOST))
    if criterion is not Criterion.DAYS and (every is not None or most is not None):
        table.refuse("every_days", N_("and at_most belong to the days somebody waits: remove them"))
    if criterion is Criterion.DAYS and every is None:
        table.refuse("every_days", N_("is missing: add it"))
    table.close()
    return CriterionPoints(criterion, given, every or 1, most)


def _refuse_overlaps(table: ConfigurationTable, versions: tuple[PointsVersion, ...]) -> None:
    """One table of points at a time for a programme, and one without an end or a name for all the others."""
    if versions and all(one.programmes for one in versions):
        table.refuse("version", N_("needs one that names no programmes, for all the others"))
    for place, one in enumerate(versions):
        for other in versions[place + 1 :]:
            same = one.programmes & other.programmes or one.programmes == other.programmes
            if one.id == other.id or (same and one.validity.overlaps(other.validity)):
                table.refuse(
                    "version", N_("“%(word)s” overlaps another: end that one first", word=one.id)
                )


def _needed(table: ConfigurationTable, key: str) -> int:
    if key not in table:
        table.refuse(key, N_("is missing: add it"))
    return table.whole(key) or 1


def _days(table: ConfigurationTable, key: str) -> int:
    days = _needed(table, key)
    if days > DAYS_AT_MOST:
        table.refuse(key, N_("must be %(most)s or less", most=DAYS_AT_MOST))
    return days
