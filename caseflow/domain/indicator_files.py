"""Reading `config/indicators.toml`, with every mistake in it named at once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from caseflow.domain.breakdowns import CODES, OF_PARTICIPANTS, Dimension
from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.episodes import OutcomeKey
from caseflow.domain.indicators import (
    Count,
    ExitsAmong,
    ExitsBy,
    ExitsExcept,
    FollowUpsAfter,
    Indicator,
    Indicators,
    Measure,
    Numerator,
    ParticipantsBy,
    outcome_keys,
)
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.domain.outcomes import BASES_OF, Outcome
from caseflow.domain.transfers import TransferWindow

_KEYS = frozenset(
    {"id", "measure", "numerator", "numerator_except", "denominator", "months", "outcomes"}
    | {"label", "definition", "cohort", "source"}
)
_FOLLOW_UP = frozenset({Count.FOLLOW_UP_CONFIRMED, Count.FOLLOW_UP_DUE})


class ReadingToml:
    """A parsed file whose keys are taken one by one, while the problems gather."""

    def __init__(self, path: Path, shown_as: str) -> None:
        self.file = shown_as
        self.problems: list[ConfigurationProblem] = []
        self.table: dict[str, Any] = {}
        try:
            self.table = tomllib.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            self.refuse("", N_("the file is missing; put it back"))
        except UnicodeDecodeError:
            self.refuse("", N_("the file is not UTF-8; save it as UTF-8"))
        except tomllib.TOMLDecodeError as broken:
            line = getattr(broken, "lineno", None) or _line_named_in(str(broken))
            self.refuse("", N_("this is not TOML; mend the line that is named"), line)

    def refuse(self, key_path: str, repair: Message, line: int | None = None) -> None:
        """Notes a problem and goes on reading, so that all of them are shown together."""
        self.problems.append(ConfigurationProblem(self.file, key_path, repair, line))

    def whole(self, table: Mapping[str, Any], key: str, path: str, least: int = 0) -> int:
        """Answers with a whole number of at least `least`; 0 after noting the problem."""
        found = table.get(key)
        if isinstance(found, bool) or not isinstance(found, int) or found < least:
            self.refuse(path, N_("must be a whole number of %(least)s or more", least=least))
            return 0
        return found

    def label(self, table: Mapping[str, Any], key: str, path: str) -> Label:
        """Answers with words in both languages; a placeholder after noting the problem."""
        found = table.get(key)
        words = found if isinstance(found, dict) else {}
        nl, en = words.get("nl"), words.get("en")
        if isinstance(nl, str) and isinstance(en, str) and nl.strip() and en.strip():
            return Label(nl=nl, en=en)
        self.refuse(path, N_("needs its words in Dutch and English: { nl = …, en = … }"))
        return Label(nl=key, en=key)

    def finish(self) -> None:
        """Raises ConfigurationRefused when anything was noted."""
        if self.problems:
            raise ConfigurationRefused(self.problems)


def _line_named_in(error: str) -> int | None:
    _, found, rest = error.rpartition("at line ")
    digits = rest.split(",")[0] if found else ""
    return int(digits) if digits.isdigit() else None


def load_indicators(path: Path, shown_as: str = "config/indicators.toml") -> Indicators:
    """Answers with the indicators of a file. Raises ConfigurationRefused with every problem."""
    reading = ReadingToml(path, shown_as)
    reading.finish()
    for key in sorted(set(reading.table) - {"transfers", "time_to_solution", "indicator"}):
        reading.refuse(key, N_("is not known here; take it out"))
    window = reading.table.get("transfers")
    if not isinstance(window, dict):
        reading.refuse("transfers", N_("must say days_before and days_after"))
        window = {"days_before": 0, "days_after": 0}
    transfers = TransferWindow(
        days_before=reading.whole(window, "days_before", "transfers.days_before"),
        days_after=reading.whole(window, "days_after", "transfers.days_after"),
    )
    rows = reading.table.get("indicator")
    if not isinstance(rows, list) or not rows:
        reading.refuse("indicator", N_("must list at least one [[indicator]]"))
        rows = []
    indicators: list[Indicator] = []
    for number, row in enumerate(rows, start=1):
        found = _indicator(reading, row, number, {known.id for known in indicators})
        if found is not None:
            indicators.append(found)
    ways = _ways(reading, {known.id: known for known in indicators})
    reading.finish()
    return Indicators.of(indicators, transfers, ways)


def _ways(reading: ReadingToml, known: Mapping[str, Indicator]) -> tuple[str, ...]:
    table = reading.table.get("time_to_solution")
    names = table.get("ways") if isinstance(table, dict) and set(table) == {"ways"} else None
    if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
        reading.refuse("time_to_solution", N_("must list, as ways, rates over outcomes"))
        return ()
    taken: set[str] = set()
    for name in names:
        counted = known[name].numerator if name in known else None
        if not isinstance(counted, ExitsAmong):
            reading.refuse(
                "time_to_solution.ways", N_("%(name)s is no rate over outcomes", name=name)
            )
            continue
        outcomes = {
            outcome if basis is None else f"{outcome}:{basis}"
            for outcome, basis in counted.outcomes
        }
        whole = {one.partition(":")[0] for one in taken if ":" in one} & outcomes
        split = {one.partition(":")[0] for one in outcomes if ":" in one} & taken
        for twice in sorted(outcomes & taken | whole | split):
            reading.refuse(
                "time_to_solution.ways", N_("%(code)s stands in two of the ways", code=twice)
            )
        taken |= outcomes
    return tuple(names)


def _indicator(reading: ReadingToml, row: object, number: int, taken: set[str]) -> Indicator | None:
    if not isinstance(row, dict) or not isinstance(row.get("id"), str) or not row["id"].strip():
        reading.refuse(f"indicator.{number}.id", N_("must be the name of the indicator"))
        return None
    name = row["id"]
    place = f"indicator.{name}"
    before = len(reading.problems)
    if name in taken:
        reading.refuse(f"{place}.id", N_("stands here twice; take one out"))
    for key in sorted(set(row) - _KEYS):
        reading.refuse(f"{place}.{key}", N_("is not known here; take it out"))
    if row.get("measure") not in set(Measure):
        reading.refuse(f"{place}.measure", N_("must be flow or stock"))
    denominator = row.get("denominator")
    if denominator is not None and denominator not in set(Count):
        reading.refuse(f"{place}.denominator", _one_of(Count))
    source = row.get("source")
    if not isinstance(source, str) or not source.strip():
        reading.refuse(f"{place}.source", N_("must name where the definition comes from"))
    numerator = _numerator(reading, row, place)
    follow_up = _follow_up(reading, row, place)
    label = reading.label(row, "label", f"{place}.label")
    definition = reading.label(row, "definition", f"{place}.definition")
    cohort = reading.label(row, "cohort", f"{place}.cohort")
    if len(reading.problems) > before or numerator is None:
        return None
    return Indicator(
        id=name,
        measure=Measure(row["measure"]),
        numerator=numerator,
        denominator=None if denominator is None else Count(denominator),
        label=label,
        definition=definition,
        cohort=cohort,
        source=str(source),
        follow_up=follow_up,
    )


def _numerator(reading: ReadingToml, row: Mapping[str, Any], place: str) -> Numerator | None:
    counted, rest = row.get("numerator"), row.get("numerator_except")
    if (counted is None) == (rest is None):
        reading.refuse(f"{place}.numerator", N_("give either numerator or numerator_except"))
        return None
    if rest is not None:
        left_out = _classes(reading, rest, f"{place}.numerator_except")
        return ExitsExcept(left_out) if left_out else None
    if isinstance(counted, str):
        if counted in set(Count):
            return Count(counted)
        reading.refuse(f"{place}.numerator", _one_of(Count))
        return None
    if isinstance(counted, dict):
        return _by_dimension(reading, counted, f"{place}.numerator")
    outcomes = _classes(reading, counted, f"{place}.numerator")
    return ExitsAmong(outcomes) if outcomes else None


def _by_dimension(
    reading: ReadingToml, table: Mapping[str, Any], key_path: str
) -> ExitsBy | ParticipantsBy | None:
    whom = next((key for key in ("exits_by", "participants_by") if key in table), "")
    if set(table) != {whom, "codes"}:
        reading.refuse(key_path, N_("give exits_by or participants_by, and codes"))
        return None
    people = whom == "participants_by"
    offered = sorted(OF_PARTICIPANTS) if people else sorted(CODES)
    if table[whom] not in offered:
        reading.refuse(key_path, _named(offered))
        return None
    dimension, codes = Dimension(table[whom]), table["codes"]
    known = sorted(CODES[dimension])
    if not isinstance(codes, list) or not codes or not set(map(str, codes)) <= set(known):
        reading.refuse(key_path, _named(known))
        return None
    found = frozenset(map(str, codes))
    return ParticipantsBy(dimension, found) if people else ExitsBy(dimension, found)


def _follow_up(reading: ReadingToml, row: Mapping[str, Any], place: str) -> FollowUpsAfter | None:
    asked = {row.get(key) for key in ("numerator", "denominator") if isinstance(row.get(key), str)}
    if not asked & _FOLLOW_UP:
        for key in sorted({"months", "outcomes"} & set(row)):
            reading.refuse(f"{place}.{key}", N_("belongs to follow-ups only; take it out"))
        return None
    months = reading.whole(row, "months", f"{place}.months", least=1)
    outcomes = _classes(reading, row.get("outcomes"), f"{place}.outcomes")
    return FollowUpsAfter(months, outcomes) if outcomes else None


def _classes(reading: ReadingToml, codes: object, key_path: str) -> frozenset[OutcomeKey]:
    if not isinstance(codes, list) or not codes or not all(isinstance(c, str) for c in codes):
        reading.refuse(key_path, N_("must list outcomes, each as outcome or outcome:ground"))
        return frozenset()
    unknown = [code for code in codes if not _is_class(code)]
    for code in unknown:
        reading.refuse(key_path, N_("%(code)s is no outcome that can be counted", code=code))
    return frozenset() if unknown else outcome_keys(codes)


def _is_class(code: str) -> bool:
    outcome, _, basis = code.partition(":")
    if outcome not in set(Outcome) or outcome == Outcome.MUNICIPAL_TRANSFER:
        return False
    return not basis or basis in BASES_OF.get(Outcome(outcome), ())


def _one_of(choices: type[Count]) -> Message:
    return _named(sorted(choices))


def _named(choices: Sequence[str]) -> Message:
    return N_("must be one of: %(choices)s", choices=", ".join(choices))
