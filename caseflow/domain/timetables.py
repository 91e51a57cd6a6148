"""When each scheduled job is due, in local time: by the calendar alone, so that a missed slot can be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

from caseflow.domain.local_days import local
from caseflow.domain.messages import N_, Message

CLOCKS_CHANGE_FROM, CLOCKS_CHANGE_UNTIL = time(2), time(3)
"""The hour that some days do not have, and others have twice."""
DAYS_IN_A_WEEK: Final = 7
_FURTHEST: Final = 366
EVERY_MONTH: Final = frozenset(range(1, 13))


@dataclass(frozen=True)
class Timetable:
    """A local time of day, on one weekday (Monday is 0), on one day of some months, or every day.

    Raises ValueError for a time in the hour in which the clocks change: its slot would be missing on
    one day a year and come twice on another.
    """

    at: time
    weekday: int | None = None
    day_of_month: int | None = None
    months: frozenset[int] = EVERY_MONTH

    def __post_init__(self) -> None:
        if CLOCKS_CHANGE_FROM <= self.at < CLOCKS_CHANGE_UNTIL:
            raise ValueError("no job is due between 02:00 and 03:00, where the clocks change")

    def includes(self, day: date) -> bool:
        """Whether this local day has a slot."""
        return (
            (self.weekday is None or day.weekday() == self.weekday)
            and (self.day_of_month is None or day.day == self.day_of_month)
            and day.month in self.months
        )

    def slot_on(self, day: date, zone: ZoneInfo) -> datetime:
        """The slot of a local day as an instant in UTC."""
        return datetime.combine(day, self.at, zone).astimezone(UTC)

    def latest(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The last slot that has come, as an instant in UTC. Raises LookupError where a year has none."""
        return self._nearest(now, zone, -1)

    def next(self, now: datetime, zone: ZoneInfo) -> datetime:
        """The first slot that has not come yet, as an instant in UTC. Raises LookupError likewise."""
        return self._nearest(now, zone, 1)

    def _nearest(self, now: datetime, zone: ZoneInfo, step: int) -> datetime:
        today = local(now, zone).date()
        for far in range(_FURTHEST + 1):
            day = today + timedelta(days=step * far)
            if self.includes(day):
                slot = self.slot_on(day, zone)
                if (slot <= now) == (step < 0):
                    return slot
        raise LookupError("this timetable has no slot within a year")

    @property
    def words(self) -> Message:
        """The timetable in words."""
        at = self.at.strftime("%H:%M")
        if self.weekday is not None:
            return N_("Every %(weekday)s at %(time)s", weekday=WEEKDAYS[self.weekday], time=at)
        if self.day_of_month is None:
            return N_("Every day at %(time)s", time=at)
        if self.months == EVERY_MONTH:
            return N_("On day %(day)s of each month, at %(time)s", day=self.day_of_month, time=at)
        return N_("On day %(day)s after each quarter, at %(time)s", day=self.day_of_month, time=at)


WEEKDAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


@dataclass(frozen=True)
class ScheduledJob:
    """One job of the scheduler: its code, its name and purpose in words, and when it is due."""

    name: str
    title: Message
    about: Message
    timetable: Timetable


_QUARTERS: Final = frozenset({1, 4, 7, 10})

JOBS: Final[Mapping[str, ScheduledJob]] = MappingProxyType(
    {
        job.name: job
        for job in (
            ScheduledJob(
                "holds_lapse",
                N_("Let held beds go"),
                N_("Frees beds whose hold has run out. It never ends a stay that has begun."),
                Timetable(time(0, 20)),
            ),
            ScheduledJob(
                "sign_in_tidying",
                N_("Tidy up sign-ins"),
                N_("Deletes old sign-in attempts, ended sessions and old invitations."),
                Timetable(time(3, 15)),
            ),
            ScheduledJob(
                "sweeps_due",
                N_("Plan the sweep of each vault"),
                N_("Notes that each vault waits for its sweep. The server sweeps once it is open."),
                Timetable(time(3, 30)),
            ),
            ScheduledJob(
                "presence_terms",
                N_("Fix the count of nights"),
                N_(
                    "Puts nights that are over in the ledger, and deletes presence by name that is past its term."
                ),
                Timetable(time(3, 45)),
            ),
            ScheduledJob(
                "attention",
                N_("Look for looks without relation"),
                N_(
                    "Counts what stood out in the log this week and was missed. "
                    "The scheduler also counts the last hour, every two minutes."
                ),
                Timetable(time(4, 30)),
            ),
            ScheduledJob(
                "evacuation_files",
                N_("Keep the evacuation lists"),
                N_(
                    "Writes each house's list for a fire as an encrypted file that opens without the server. "
                    "The scheduler also writes it every 15 minutes."
                ),
                Timetable(time(20)),
            ),
            ScheduledJob(
                "audit_checkpoint",
                N_("Sign the audit log"),
                N_(
                    "Walks the whole log and signs its head. The line is on the page Checkpoints, to be kept elsewhere."
                ),
                Timetable(time(4, 30)),
            ),
            ScheduledJob(
                "suggestions",
                N_("Suggest beds"),
                N_("Works out which free bed suits whom on the waiting list. A colleague decides."),
                Timetable(time(5, 15)),
            ),
            ScheduledJob(
                "urgent_stay_alerts",
                N_("Urgent stay alerts"),
                N_("Warns about stays with less than a week left, or past the term and undecided."),
                Timetable(time(5, 45)),
            ),
            ScheduledJob(
                "stay_alerts",
                N_("Weekly stay alerts"),
                N_("Makes the list of the week: 6, 3 and 1 months and 2 weeks before a last day."),
                Timetable(time(6), weekday=0),
            ),
            ScheduledJob(
                "reminders",
                N_("Mail what is due"),
                N_(
                    "Mails a number and a link to whoever switched mail on. Nothing of a case leaves."
                ),
                Timetable(time(6, 30)),
            ),
            ScheduledJob(
                "funder_papers",
                N_("Make the papers for funders"),
                N_(
                    "Fixes the operations sheets of last month and the sentinel figures of last year, "
                    "and puts right what became known since."
                ),
                Timetable(time(3, 50), day_of_month=10),
            ),
            ScheduledJob(
                "publication_proposal",
                N_("Prepare publications"),
                N_(
                    "Prepares the figures of the last quarter. A colleague decides to propose them."
                ),
                Timetable(time(4), day_of_month=5, months=_QUARTERS),
            ),
        )
    }
)
"""Every job of the scheduler by its code; what each one does is bound in `jobs.runs`."""


def last_quarter_end(day: date) -> date:
    """The last day of the latest quarter that was over before this day."""
    first_month = day.month - (day.month - 1) % 3
    return date(day.year, first_month, 1) - timedelta(days=1)


def week_end(day: date) -> date:
    """The Monday after this day: where the list of its week ends."""
    return day + timedelta(days=DAYS_IN_A_WEEK - day.weekday())
