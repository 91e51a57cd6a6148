"""The five steps of the child-protection code (Meldcode), and the report to Veilig Thuis.

Steps are taken in the order that the danger asks for, each with its day and who took it. Weighing and deciding are for
two professionals, and nobody is both. Where the danger is acute, one acts and reports at once, and the second agrees
afterwards. A report says nothing about a right of residence and is recorded within 24 hours. Sources: Wet verplichte
meldcode huiselijk geweld en kindermishandeling (2013), now Wmo 2015 art. 3.3 and 5.2.6 and Jeugdwet art. 4.1.7;
Besluit verplichte meldcode, with the assessment framework in force since 1 January 2019 [K].
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_, Message

WORDS_AT_MOST: Final = 5_000
OLDEST_DAYS: Final = 366
OF_STATUS: Final = re.compile(
    r"\b(asiel\w*|asylum|vreemdeling\w*|verblijf(s\w*|\b)|illega\w*|ongedocumenteerd\w*|undocumented|uitgeprocedeerd\w*|"
    r"ind|avim|dt&?v|coa|v-?num\w*|bsn|permit|visum|visa|papieren|paspoort|passport|deport\w*|uitzet\w*)\b"
    r"|\b\d{9}\b|\b[1-9]\d{9}\b",
    re.IGNORECASE,
)
"""Words and numbers of status (a V-number has ten digits, a BSN nine), which no report carries."""
RECORD_WITHIN: Final = timedelta(hours=24)
"""Within which a report made first is written down. Source: the firewall, §5, *vital*."""


class Whom(StrEnum):
    """Which child it is about, seen from the person of this case: never a name."""

    OWN_CHILD = "own_child"
    THIS_PERSON = "this_person"
    UNBORN = "unborn"
    CHILD_IN_THE_HOUSE = "child_in_house"


class CodeStep(StrEnum):
    """The five steps, and the report."""

    SIGNALS = "signals"
    CONSULT = "consult"
    TALK = "talk"
    WEIGH = "weigh"
    DECIDE = "decide"
    REPORT = "report"


class StepResult(StrEnum):
    """What came of a step; each belongs to one step (`RESULTS`)."""

    NEGLECT = "neglect"
    HURT = "hurt"
    FRIGHTENED = "frightened"
    SEXUAL = "sexual"
    SAW_VIOLENCE = "saw_violence"
    COLLEAGUE = "colleague"
    VEILIG_THUIS = "veilig_thuis_advice"
    BOTH = "both_consulted"
    WITH_FAMILY = "with_family"
    WITH_CHILD = "with_child"
    WITH_ALL = "with_all"
    NOT_SAFE = "not_safe"
    NO_GROUND = "no_ground"
    WORRIES = "worries"
    STRUCTURAL = "structural"
    ACUTE = "acute"
    NO_ACTION = "no_action"
    HELP = "help"
    TO_REPORT = "to_report"
    REPORT_AND_HELP = "report_and_help"
    TO_VEILIG_THUIS = "to_veilig_thuis"
    TO_112 = "to_112"


S, R = CodeStep, StepResult
RESULTS: Final[Mapping[CodeStep, tuple[StepResult, ...]]] = MappingProxyType(
    {
        S.SIGNALS: (R.NEGLECT, R.HURT, R.FRIGHTENED, R.SEXUAL, R.SAW_VIOLENCE),
        S.CONSULT: (R.COLLEAGUE, R.VEILIG_THUIS, R.BOTH),
        S.TALK: (R.WITH_FAMILY, R.WITH_CHILD, R.WITH_ALL, R.NOT_SAFE),
        S.WEIGH: (R.NO_GROUND, R.WORRIES, R.STRUCTURAL, R.ACUTE),
        S.DECIDE: (R.NO_ACTION, R.HELP, R.TO_REPORT, R.REPORT_AND_HELP),
        S.REPORT: (R.TO_VEILIG_THUIS, R.TO_112),
    }
)
BY_TWO: Final = frozenset({S.WEIGH, S.DECIDE, S.REPORT})
"""Steps that a second professional agrees with."""

WHOM_NAMES: Final[Mapping[Whom, Message]] = MappingProxyType(
    {
        Whom.OWN_CHILD: N_("A child of this person"),
        Whom.THIS_PERSON: N_("This person, who is under 18"),
        Whom.UNBORN: N_("A child that is not born yet"),
        Whom.CHILD_IN_THE_HOUSE: N_("Another child with whom this person lives"),
    }
)
STEP_NAMES: Final[Mapping[CodeStep, Message]] = MappingProxyType(
    {
        S.SIGNALS: N_("1. Write down the signals"),
        S.CONSULT: N_("2. Consult a colleague, and Veilig Thuis if need be"),
        S.TALK: N_("3. Talk with the family"),
        S.WEIGH: N_("4. Weigh how serious it is"),
        S.DECIDE: N_("5. Decide: report, help, or both"),
        S.REPORT: N_("Report to Veilig Thuis or 112"),
    }
)
RESULT_NAMES: Final[Mapping[StepResult, Message]] = MappingProxyType(
    {
        R.NEGLECT: N_("Care or attention that a child needs is missing"),
        R.HURT: N_("A child is hurt"),
        R.FRIGHTENED: N_("A child is frightened, humiliated or locked in"),
        R.SEXUAL: N_("Signals of sexual abuse"),
        R.SAW_VIOLENCE: N_("A child is there when others are hurt"),
        R.COLLEAGUE: N_("A colleague was consulted"),
        R.VEILIG_THUIS: N_("Veilig Thuis gave advice, without a name"),
        R.BOTH: N_("A colleague, and Veilig Thuis without a name"),
        R.WITH_FAMILY: N_("Talked with the parents"),
        R.WITH_CHILD: N_("Talked with the child"),
        R.WITH_ALL: N_("Talked with parents and child"),
        R.NOT_SAFE: N_("Not talked: that would be a danger for the child"),
        R.NO_GROUND: N_("No ground for worry any more"),
        R.WORRIES: N_("Worries, no acute or lasting danger"),
        R.STRUCTURAL: N_("Lasting danger"),
        R.ACUTE: N_("Acute danger"),
        R.NO_ACTION: N_("Nothing more is needed"),
        R.HELP: N_("Arrange help"),
        R.TO_REPORT: N_("Report"),
        R.REPORT_AND_HELP: N_("Report and arrange help"),
        R.TO_VEILIG_THUIS: N_("Told Veilig Thuis"),
        R.TO_112: N_("Told 112"),
    }
)


@dataclass(frozen=True)
class Taken:
    """A step that was taken: who took it, and who agreed."""

    step: CodeStep
    result: StepResult
    by: str
    agreed_by: str | None = None

    @property
    def waits(self) -> bool:
        """Whether a second professional still has to agree."""
        return self.step in BY_TWO and self.agreed_by is None


@dataclass(frozen=True)
class Step:
    """A step as somebody writes it down; `told_at` is of a report alone."""

    step: CodeStep
    done_on: date
    result: StepResult
    told_at: datetime | None = None
    words: str = ""


def newest(taken: Sequence[Taken], step: CodeStep) -> Taken | None:
    """The last time a step was taken; `taken` is oldest first."""
    return next((one for one in reversed(taken) if one.step is step), None)


def may_take(
    told: Step, taken: Sequence[Taken], *, is_acute: bool, now: datetime, today: date
) -> Decision:
    """Answers whether a step can be taken now: deciding waits for two who weighed it, unless the danger is acute."""
    for decision in (_is_a_step(told, today), _is_weighed(told, taken, is_acute=is_acute)):
        if not decision:
            return decision
    if told.step is S.REPORT:
        return _may_report(told, taken, is_acute=is_acute, now=now)
    return Allowed()


def _is_a_step(told: Step, today: date) -> Decision:
    if told.result not in RESULTS[told.step]:
        return Refused(N_("Choose what came of this step from the list."))
    if told.done_on > today:
        return Refused(N_("%(day)s has not come yet. Choose today or an earlier day.", day=told.done_on))  # fmt: skip
    if told.done_on < today - timedelta(days=OLDEST_DAYS):
        return Refused(N_("This is more than a year ago. Check the year."))
    if len(told.words) > WORDS_AT_MOST:
        return Refused(N_("This is too long. Use at most %(most)s characters.", most=WORDS_AT_MOST))
    return Allowed()


def _is_weighed(told: Step, taken: Sequence[Taken], *, is_acute: bool) -> Decision:
    if told.step is not S.DECIDE:
        return Allowed()
    weighed = newest(taken, S.WEIGH)
    if (weighed is None or weighed.waits) and not is_acute:
        return Refused(
            N_(
                "Two people weigh it before it is decided on. Take step 4, and let a colleague agree."
            )
        )
    serious = weighed is not None and weighed.result in (R.STRUCTURAL, R.ACUTE)
    if told.result is R.NO_ACTION and (serious or is_acute):
        return Refused(
            N_(
                "Acute or lasting danger asks for a report, help, or both. Weigh it again if that has changed."
            )
        )
    return Allowed()


def _may_report(told: Step, taken: Sequence[Taken], *, is_acute: bool, now: datetime) -> Decision:
    if told.told_at is None:
        return Refused(N_("Enter on which day and at what time it was told."))
    if told.told_at > now:
        return Refused(N_("This time has not come yet. Enter when it was told."))
    decided = newest(taken, S.DECIDE)
    to_report = decided is not None and decided.result in (R.TO_REPORT, R.REPORT_AND_HELP)
    if is_acute or (decided is not None and to_report and not decided.waits):
        return Allowed()
    return Refused(
        N_(
            "Two people decide on a report first, unless the danger is acute. In acute danger, say so on this worry."
        )
    )


def may_agree(taken: Taken, by: str) -> Decision:
    """Answers whether a colleague may agree as the second professional: never who took the step."""
    if taken.step not in BY_TWO:
        return Refused(N_("One person is enough for this step."))
    if taken.agreed_by is not None:
        return Refused(N_("A second colleague agreed with this already."))
    if taken.by == by:
        return Refused(N_("Nobody agrees with their own step. Ask a colleague."))
    return Allowed()


def says_no_status(*words: str) -> Decision:
    """Answers whether what was told leaves status out. Source: the firewall, §5, *vital*."""
    if any(OF_STATUS.search(one) for one in words):
        return Refused(
            N_(
                "A report says nothing of papers, status or their numbers. Write what was seen and heard."
            )
        )
    return Allowed()


def second_of(taken: Sequence[Taken], by: str) -> str | None:
    """Answers who stands beside whoever reports, where two decided on it: the other of them. Else None."""
    decided = newest(taken, S.DECIDE)
    if decided is None or decided.agreed_by is None or decided.agreed_by == decided.by:
        return None
    return decided.agreed_by if decided.agreed_by != by else decided.by


def is_late(told_at: datetime, recorded_at: datetime) -> bool:
    """Answers whether a report was written down later than 24 hours after it was made."""
    return recorded_at - told_at > RECORD_WITHIN


def is_open(taken: Sequence[Taken]) -> bool:
    """Answers whether something is still to be done: until a decision that two agreed on, and its report."""
    decided = newest(taken, S.DECIDE)
    if any(one.waits for one in taken) or decided is None:
        return True
    to_report = decided.result in (R.TO_REPORT, R.REPORT_AND_HELP)
    return to_report and newest(taken, S.REPORT) is None
