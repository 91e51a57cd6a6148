"""Warnings, pairs that are not placed together, time-outs and incidents: one short form for each."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from flask_babel import LazyString
from wtforms import FieldList, Form, FormField, HiddenField
from wtforms.fields.choices import SelectChoice

from caseflow.domain.house_pairs import REASON_NAMES, SCOPE_NAMES, PairReason, PairScope
from caseflow.domain.house_warnings import (
    NOT_TOLD_NAMES,
    WARNING_NAMES,
    NotToldYet,
    Told,
    WarningKind,
)
from caseflow.domain.incidents import (
    FOLLOW_UP_NAMES,
    KIND_NAMES,
    MEASURE_NAMES,
    PART_NAMES,
    POLICE_NAMES,
    ROLE_NAMES,
    WORDS_AT_MOST,
    Concerned,
    FollowUp,
    Happened,
    IncidentKind,
    Measure,
    PartOfDay,
    Police,
    RoleInIt,
)
from caseflow.domain.messages import N_, Message
from caseflow.domain.time_outs import MEANWHILE_NAMES, Meanwhile
from caseflow.services.time_outs import Asked
from caseflow.services.vacancies import Occupant
from caseflow.web.case_words import SPOKEN, language_name
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice

PEOPLE: Final = 4
"""Lines of the form on which people are named; more are a second incident."""
USUAL_DAYS: Final = 30
LAST_DAY: Final = N_("Enter the last day.")
UNTIL: Final = N_("Last day")


def _languages() -> list[SelectChoice]:
    return [
        choice("", N_("Choose a language")),
        *(SelectChoice(code, LazyString(language_name, code)) for code in SPOKEN),
    ]


class UntilForm(OwnForm):
    """Until which day something lasts, the day itself counted."""

    until_on = fields.day(UNTIL, needed=LAST_DAY)

    def begin(self, today: date, days_at_most: int) -> None:
        """On a new form, a month ahead, or the longest there is."""
        if not self.is_submitted():
            self.until_on.data = today + timedelta(days=min(USUAL_DAYS, days_at_most))


class ToldForm(OwnForm):
    """On which day somebody was told, and in which language."""

    told_on = fields.day(N_("Told on"), needed=N_("Enter on which day this person was told."))
    language = fields.select(
        N_("In which language"), _languages(), needed=N_("Choose in which language.")
    )


class WarningForm(UntilForm):
    """A warning from the list, its last day, and whether the person knows."""

    kind = fields.one_of(
        N_("What colleagues do differently"),
        [choice(one.value, WARNING_NAMES[one]) for one in WarningKind],
        needed=N_("Choose a warning from the list."),
    )
    told_on = fields.day(
        N_("The person was told on"), hint=N_("Leave it empty where the person does not know yet.")
    )
    language = fields.select(N_("In which language"), _languages())
    not_yet = fields.select(
        N_("Or why not yet"),
        [
            choice("", N_("The person was told")),
            *(choice(one.value, NOT_TOLD_NAMES[one]) for one in NotToldYet),
        ],
    )

    def told(self) -> Told:
        """Whether the person knows of it."""
        why = self.not_yet.data
        return Told(self.told_on.data, self.language.data or None, NotToldYet(why) if why else None)


class PairForm(UntilForm):
    """With whom somebody is not placed, where, why and how long."""

    other = fields.line(
        N_("Client code of the other person"),
        needed=N_("Enter the client code of the other person."),
        most=12,
        hint=N_(
            "Such as K7QM-4XPD. Is there danger? Then the team lead keeps them apart for safety."
        ),
    )
    scope = fields.one_of(
        N_("Where"),
        [choice(one.value, SCOPE_NAMES[one]) for one in PairScope],
        needed=N_("Choose where they are not placed together."),
    )
    reason = fields.one_of(
        N_("Why"),
        [choice(one.value, REASON_NAMES[one]) for one in PairReason],
        needed=N_("Choose why."),
    )


class TimeOutForm(OwnForm):
    """From which site, which nights, where somebody sleeps meanwhile, and what was said."""

    site = fields.select(N_("From which site"), needed=N_("Choose from which site."))
    from_on = fields.day(N_("First night away"), needed=N_("Enter the first night away."))
    back_on = fields.day(
        N_("May come back on"),
        needed=N_("Enter the day on which this person may come back."),
        hint=N_("On that day it ends by itself. The stay and the bed go on."),
    )
    meanwhile = fields.one_of(
        N_("Where this person sleeps meanwhile"),
        [choice(one.value, MEANWHILE_NAMES[one]) for one in Meanwhile],
        needed=N_("Choose where this person sleeps meanwhile."),
    )
    lead_knows = fields.tick(
        N_("No place was found: the coordinator and the team lead know"),
        hint=N_("Only where no place was found. It becomes a task for today."),
    )
    told_of_complaint = fields.tick(
        N_("I told this person that they may complain about it, and how")
    )

    def offer(self, sites: Iterable[tuple[str, str]]) -> None:
        """Offers the sites where this person sleeps or slept lately."""
        self.site.choices = [choice(site_id, name) for site_id, name in sites]

    def asked(self) -> Asked:
        """What was decided."""
        return Asked(
            self.site.data,
            self.from_on.data,
            self.back_on.data,
            Meanwhile(self.meanwhile.data),
            bool(self.lead_knows.data),
            bool(self.told_of_complaint.data),
        )


class BackForm(OwnForm):
    """On which day somebody may come back after all."""

    back_on = fields.day(
        N_("May come back on"), needed=N_("Enter the day on which this person may come back.")
    )


class FollowUpForm(OwnForm):
    """How an incident was followed up with one person."""

    what = fields.one_of(
        N_("What was done"),
        [choice(one.value, FOLLOW_UP_NAMES[one]) for one in FollowUp],
        needed=N_("Choose what was done."),
    )
    on = fields.day(N_("Day"), needed=fields.WHICH_DAY)


class ConcernedForm(Form):  # type: ignore[misc]  # the library has no types
    """One person whom it concerned."""

    who = fields.select(N_("Who"))
    role = fields.select(
        N_("How"),
        [
            choice("", N_("Choose how")),
            *(choice(one.value, ROLE_NAMES[one]) for one in RoleInIt),
        ],
    )
    measure = fields.select(
        N_("What was done"),
        [
            choice("", N_("Nothing yet")),
            *(choice(one.value, MEASURE_NAMES[one]) for one in Measure),
        ],
    )
    until_on = fields.day(UNTIL, hint=N_("Only where it has an end."))


class IncidentForm(OwnForm):
    """What happened, as whoever was there says it."""

    site = HiddenField()
    on = fields.day(N_("Day"), needed=fields.WHICH_DAY)
    part_of_day = fields.select(
        N_("About when"),
        [
            choice("", N_("Choose a part of the day")),
            *(choice(one.value, PART_NAMES[one]) for one in PartOfDay),
        ],
        needed=N_("Choose about when it was."),
    )
    kind = fields.select(
        N_("What happened"),
        [
            choice("", N_("Choose what happened")),
            *(choice(one.value, KIND_NAMES[one]) for one in IncidentKind),
        ],
        needed=N_("Choose what happened."),
    )
    emergency_called = fields.tick(N_("112 was called"))
    police = fields.one_of(
        N_("Police"),
        [choice(one.value, POLICE_NAMES[one]) for one in Police],
        needed=N_("Choose whether the police came."),
    )
    words = fields.words(
        N_("What happened, in words"),
        most=WORDS_AT_MOST,
        hint=N_(
            "Kept in the vault; who may not see everybody it concerned does not read it. No names of neighbours, "
            "officers or visitors."
        ),
    )
    people = FieldList(FormField(ConcernedForm), min_entries=PEOPLE, max_entries=PEOPLE)

    def offer(self, site_id: str, people: Iterable[Occupant]) -> None:
        """Offers who sleeps at the site."""
        self.site.data = site_id
        offered = [
            choice("", N_("Nobody")),
            *(choice(one.client_code, f"{one.call_name} · {one.client_code}") for one in people),
        ]
        for entry in self.people:
            entry.form.who.choices = offered

    def begin(self, today: date) -> None:
        """On a new form: today, without police."""
        self.on.data, self.police.data = today, Police.NOT.value

    def half_said(self) -> Message | None:
        """What is missing on a line of people, or None."""
        for entry in self.people:
            line: Any = entry.form
            if line.who.data and not line.role.data:
                return N_("Choose how each person was concerned.")
            if not line.who.data and (line.role.data or line.measure.data or line.until_on.data):
                return N_("Choose who it was, or leave the whole line empty.")
        return None

    def told(self) -> Happened:
        """What was written down."""
        return Happened(
            self.site.data,
            self.on.data,
            PartOfDay(self.part_of_day.data),
            IncidentKind(self.kind.data),
            tuple(_concerned(entry.form) for entry in self.people if entry.form.who.data),
            Police(self.police.data),
            bool(self.emergency_called.data),
            self.words.data or "",
        )


def _concerned(line: Any) -> Concerned:
    return Concerned(
        line.who.data,
        RoleInIt(line.role.data),
        Measure(line.measure.data) if line.measure.data else None,
        line.until_on.data,
    )
