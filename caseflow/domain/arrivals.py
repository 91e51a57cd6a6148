"""Who was expected and did not come, and who is away for long: after how many nights that is said (rules B5, B12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from caseflow.domain.configuration import ConfigurationProblem, ConfigurationRefused
from caseflow.domain.configuration_tables import ConfigurationTable, read_toml
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.domain.placements import NOT_YET_BEGUN, Stay, StayStatus

FILE: Final = "arrivals.toml"


@dataclass(frozen=True)
class ArrivalRules:
    """Nights after which somebody did not come, a booking lapses (None: never), and a long absence is asked about."""

    no_show_after_nights: int
    bookings_lapse_after_nights: int | None
    ask_after_nights_away: int
    source: Label

    def is_no_show(self, stay: Stay, today: date) -> bool:
        """Says whether the grace is over and the person has not come."""
        late = (today - stay.arrival_on).days >= self.no_show_after_nights
        return stay.status in NOT_YET_BEGUN and late

    def lapses(self, stay: Stay, today: date) -> bool:
        """Says whether a booking is let go by rule; a stay that has begun never is (rule B5)."""
        first = self.lapsed_since(today)
        return stay.status is StayStatus.BOOKED and first is not None and stay.arrival_on <= first

    def lapsed_since(self, today: date) -> date | None:
        """The last day of arrival of which a booking lapses today; None where none ever does."""
        if self.bookings_lapse_after_nights is None:
            return None
        return today - timedelta(days=self.bookings_lapse_after_nights)

    def is_long_away(self, since: date, today: date) -> bool:
        """Says whether somebody is away so long that it is asked whether they come back."""
        return (today - since).days >= self.ask_after_nights_away


def load_arrival_rules(path: Path, shown_as: str = "config/arrivals.toml") -> ArrivalRules:
    """The rules of a file. Raises `ConfigurationRefused` with every problem."""
    content, unread = read_toml(path)
    problems: list[ConfigurationProblem] = list(unread)
    if problems:
        raise ConfigurationRefused(problems)
    table = ConfigurationTable(shown_as, content, problems)
    rules = ArrivalRules(
        no_show_after_nights=_nights(table, "no_show_after_nights"),
        bookings_lapse_after_nights=table.whole("bookings_lapse_after_nights"),
        ask_after_nights_away=_nights(table, "ask_after_nights_away"),
        source=table.label("source"),
    )
    lapse = rules.bookings_lapse_after_nights
    if lapse is not None and lapse < rules.no_show_after_nights:
        table.refuse(
            "bookings_lapse_after_nights", N_("must not be shorter than no_show_after_nights")
        )
    table.close()
    if problems:
        raise ConfigurationRefused(problems)
    return rules


def _nights(table: ConfigurationTable, key: str) -> int:
    if key not in table:
        table.refuse(key, N_("is missing: add it"))
    return table.whole(key) or 1
