"""Help to report a crime, signals of trafficking, steps of child protection: what is ticked, and a few words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Final

from flask_babel import LazyString
from wtforms.fields.choices import SelectChoice

from caseflow.domain import child_protection as code
from caseflow.domain import safe_reports as reports
from caseflow.domain import trafficking
from caseflow.domain.child_protection import CodeStep, Step, StepResult, Whom
from caseflow.domain.disclosures import FIELD_NAMES, Field, Medium, Purpose
from caseflow.domain.letters import LANGUAGE_NAMES, OFFICE_LANGUAGES, Language
from caseflow.domain.local_days import AMSTERDAM
from caseflow.domain.messages import N_, Message
from caseflow.domain.safe_reports import (
    Accompaniment,
    GoesAlong,
    ReportOutcome,
    ReportWish,
    Standing,
    Support,
)
from caseflow.domain.trafficking import Route, Seen, Signals, TraffickingWish
from caseflow.services.disclosure_drafts import Asked
from caseflow.web.case_words import SPOKEN, language_name
from caseflow.web.forms import fields
from caseflow.web.forms.client_files import VersionedForm
from caseflow.web.forms.fields import OwnForm, choice

TIME_LENGTH: Final = 5
IN_THE_HAND: Final = "client"
NOT_YET: Final = N_("Not yet")
NO_STATUS: Final = N_("Never anything about papers or a right of residence.")


def _all(names: Mapping[Any, Message]) -> list[SelectChoice]:
    return [choice(one.value, name) for one, name in names.items()]


def _or_not_yet(names: Mapping[Any, Message]) -> list[SelectChoice]:
    return [choice("", NOT_YET), *_all(names)]


def _languages() -> list[SelectChoice]:
    named = (SelectChoice(one, LazyString(language_name, one)) for one in SPOKEN)
    return [choice("", N_("Choose a language")), *named]


def _code(kind: type[StrEnum], value: str | None) -> Any:
    return kind(value) if value else None


class SafeReportForm(VersionedForm):
    """What the person wants, what was explained, and the way there."""

    standing = fields.one_of(
        N_("The person is"), _all(reports.STANDING_NAMES), needed=N_("Choose victim or witness.")
    )
    wish = fields.one_of(
        N_("What the person wants"),
        _all(reports.WISH_NAMES),
        needed=N_("Choose what the person wants."),
        hint=N_("Their own choice. Nothing we do depends on it, and it may change."),
    )
    told_on = fields.day(
        N_("Free in, free out was explained on"), hint=N_("With its limits. Leave it empty if not yet.")
    )  # fmt: skip
    told_in = fields.select(N_("In which language"), _languages())
    interpreter_number = fields.line(
        N_("Number of the interpreter"), most=reports.NUMBER_AT_MOST, hint=N_("Never a name.")
    )
    along = fields.select(N_("Who goes along"), _or_not_yet(reports.ALONG_NAMES))
    meets_on = fields.day(
        N_("Day of the appointment"), hint=N_("On lists it shows as “Go along”, and nothing more.")
    )
    meets_at = fields.line(N_("Time"), most=TIME_LENGTH, hint=N_("Such as 14:30."))
    place = fields.line(N_("Where"), most=reports.PLACE_AT_MOST)

    def begin_with(self, told: Accompaniment) -> None:
        """What stands now, on a form that was not sent."""
        begin(self, told)

    def told(self, before: Accompaniment | None) -> Accompaniment:
        """What was entered; what became of it stays as it was."""
        said: dict[str, Any] = {
            "standing": Standing(self.standing.data),
            "wish": ReportWish(self.wish.data),
            "along": _code(GoesAlong, self.along.data),
            "meets_on": self.meets_on.data,
            "meets_at": self.meets_at.data,
            "place": self.place.data,
            "told_on": self.told_on.data,
            "told_in": self.told_in.data or None,
            "interpreter_number": self.interpreter_number.data,
        }
        return replace(before, **said) if before is not None else Accompaniment(**said)


class WhatCameForm(VersionedForm):
    """What came of a report, and help afterwards."""

    outcome = fields.select(N_("What came of it"), _or_not_yet(reports.OUTCOME_NAMES))
    outcome_on = fields.day(N_("On which day"))
    reference = fields.line(
        N_("Number of the report"),
        most=reports.NUMBER_AT_MOST,
        hint=N_("Stays in the vault, and stands nowhere else."),
    )
    victim_support = fields.select(
        N_("Victim Support (Slachtofferhulp)"), _or_not_yet(reports.SUPPORT_NAMES)
    )
    damages_fund = fields.select(
        N_("Violent Offences Compensation Fund (Schadefonds)"), _or_not_yet(reports.SUPPORT_NAMES)
    )
    words = fields.words(N_("In a few words"), most=reports.WORDS_AT_MOST, hint=NO_STATUS)

    def begin_with(self, told: Accompaniment) -> None:
        """What stands now, on a form that was not sent."""
        begin(self, told)

    def told(self, before: Accompaniment) -> Accompaniment:
        """What became of it; the way there stays as it was."""
        return replace(
            before,
            outcome=_code(ReportOutcome, self.outcome.data),
            outcome_on=self.outcome_on.data,
            reference=self.reference.data,
            victim_support=_code(Support, self.victim_support.data),
            damages_fund=_code(Support, self.damages_fund.data),
            words=self.words.data or None,
        )


class StatementForm(OwnForm):
    """For whom the statement is, in which language, and what may stand in it."""

    to = fields.one_of(N_("For whom"), needed=N_("Choose for whom it is."))
    language = fields.one_of(
        N_("In which language"),
        [choice(one.value, LANGUAGE_NAMES[one]) for one in Language if one in OFFICE_LANGUAGES],
        needed=N_("Choose in which language."),
    )
    with_fields = fields.some_of(
        N_("What may stand in it"),
        hint=N_("The name stands in it always. The address is ours, never that of a shelter."),
    )

    def offer(self, lawyers: Collection[tuple[str, str]], some: Collection[Field]) -> None:
        """The client's own hand, lawyers the client agreed to, and what the file holds."""
        own = choice(IN_THE_HAND, N_("Into the client's hand"))
        self.to.choices = [own, *(choice(office, name) for office, name in lawyers)]
        self.with_fields.choices = [choice(one.value, FIELD_NAMES[one]) for one in sorted(some)]
        if not self.is_submitted():
            self.to.data, self.language.data = IN_THE_HAND, Language.NL.value

    def asked(self, kind: str, typed: Mapping[Field, str]) -> Asked:
        """What is asked to leave."""
        ticked = {Field(one) for one in self.with_fields.data or ()}
        return Asked(
            kind=kind,
            office_id=None if self.to.data == IN_THE_HAND else self.to.data,
            purpose=Purpose.ACCOMPANIMENT,
            fields=frozenset(ticked | {Field.OWN_NAME} | set(typed)),
            medium=Medium.HANDED_OVER,
            language=self.language.data,
            typed=typed,
        )


def begin(form: OwnForm, told: Accompaniment) -> None:
    """Fills a form with the record as it stands."""
    for field in form:
        if hasattr(told, field.name):
            value = getattr(told, field.name)
            field.data = value.value if isinstance(value, StrEnum) else value


class SignalsForm(OwnForm):
    """Signals that were seen, and what the client wants."""

    seen_on = fields.day(N_("Seen on"), needed=N_("Enter on which day."))
    signals = fields.some_of(
        N_("Signals"), hint=N_("What you saw or heard. A signal proves nothing about anybody.")
    )
    wish = fields.one_of(
        N_("What the client wants"),
        _all(trafficking.TRAFFICKING_WISH_NAMES),
        needed=N_("Choose what the client wants."),
        hint=N_("Asked in their own language, alone and in a safe place."),
    )
    route = fields.one_of(
        N_("By which way"),
        _all(trafficking.ROUTE_NAMES),
        needed=N_("Choose a way, or none now."),
        hint=N_("Nothing goes to the police by us."),
    )
    along = fields.select(N_("Who goes along"), _or_not_yet(reports.ALONG_NAMES))
    with_name = fields.tick(
        N_("CoMensha may know the name"),
        hint=N_("The client agreed to it. Else CoMensha is told without a name."),
    )
    words = fields.words(N_("In a few words"), most=trafficking.WORDS_AT_MOST, hint=NO_STATUS)

    def offer(self, signals: Signals) -> None:
        """Fills in the list of signals as configured."""
        self.signals.choices = [choice(one.id, one.label) for one in signals.known]

    def seen(self) -> Seen:
        """What was entered."""
        return Seen(
            self.seen_on.data,
            frozenset(self.signals.data or ()),
            TraffickingWish(self.wish.data),
            Route(self.route.data),
            _code(GoesAlong, self.along.data),
            with_name=bool(self.with_name.data),
            words=self.words.data or "",
        )


def _results(step: CodeStep) -> list[SelectChoice]:
    return [choice(one.value, code.RESULT_NAMES[one]) for one in code.RESULTS[step]]


class StepForm(OwnForm):
    """One step of the code: on which day, and what came of it."""

    result = fields.one_of(N_("What came of it"), needed=N_("Choose what came of it."))
    done_on = fields.day(N_("On which day"), needed=N_("Enter on which day."))
    words = fields.words(
        N_("In a few words"),
        most=code.WORDS_AT_MOST,
        hint=N_("What you saw and heard, as facts. Never anything about a right of residence."),
    )

    def offer(self, step: CodeStep) -> None:
        """The answers that belong to this step."""
        self.result.choices = _results(step)

    def step(self, step: CodeStep) -> Step:
        """What was entered."""
        result = StepResult(self.result.data)
        return Step(step, self.done_on.data, result, words=self.words.data or "")


class ConcernForm(StepForm):
    """A worry about a child, with the first signals."""

    whom = fields.one_of(
        N_("About whom"), _all(code.WHOM_NAMES), needed=N_("Choose about whom it is.")
    )
    acute = fields.tick(
        N_("The danger is acute"),
        hint=N_("Call 112 or Veilig Thuis (0800-2000) first, and write it down afterwards."),
    )

    def about(self) -> Whom:
        """About whom it is."""
        return Whom(self.whom.data)


class ChildReportForm(OwnForm):
    """A report that was made: to whom, when, and exactly what was told."""

    result = fields.one_of(
        N_("Told to"), _results(CodeStep.REPORT), needed=N_("Choose who was told.")
    )
    done_on = fields.day(N_("On which day"), needed=N_("Enter on which day."))
    told_at = fields.line(
        N_("At what time"), needed=N_("Enter the time."), most=TIME_LENGTH, hint=N_("Such as 14:30.")
    )  # fmt: skip
    fields_told = fields.some_of(
        N_("What was told"),
        hint=N_("Exactly this is kept as what left. There is no box for papers or status."),
    )
    children = fields.line(
        N_("Which children"),
        needed=N_("Write which children, as short as can be."),
        most=200,
        hint=N_("Such as: one child, 4 years old."),
    )
    words = fields.words(
        N_("What was told of the danger"),
        needed=N_("Write what was told."),
        most=code.WORDS_AT_MOST,
        hint=N_("What was seen and heard, as facts. Never anything about a right of residence."),
    )

    def step(self) -> Step:
        """The report as a step; without a time where what was typed is none."""
        result = StepResult(self.result.data)
        return Step(
            CodeStep.REPORT, self.done_on.data, result, self._moment(), self.words.data or ""
        )

    def typed(self) -> dict[Field, str]:
        """What was told and stands in no file."""
        return {Field.CHILDREN: self.children.data, Field.WORDS: self.words.data}

    def offer(self, some: Collection[Field]) -> None:
        """What the file holds, and may be told."""
        self.fields_told.choices = [choice(one.value, FIELD_NAMES[one]) for one in sorted(some)]

    def _moment(self) -> datetime | None:
        typed = self.told_at.data or ""
        if reports.CLOCK_TIME.fullmatch(typed) is None or not isinstance(self.done_on.data, date):
            return None
        hour, minute = (int(part) for part in typed.split(":"))
        return datetime.combine(self.done_on.data, time(hour, minute), AMSTERDAM)
