"""One invented life after another, lived through the services that everybody uses, gate and record included."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from caseflow.demos import councils
from caseflow.demos.cities import City
from caseflow.demos.days import Days, Happening
from caseflow.demos.fates import Fate
from caseflow.demos.informed import informed
from caseflow.domain.actors import Actor, Role
from caseflow.domain.calendar_months import months_after
from caseflow.domain.cases import ProposalState
from caseflow.domain.decisions import Refused
from caseflow.domain.follow_ups import FollowUpAnswer
from caseflow.domain.outcomes import Outcome
from caseflow.domain.placements import StayEnd
from caseflow.domain.programmes import Stage
from caseflow.domain.stay import StayClock, StayState
from caseflow.services import (
    casework,
    decisions,
    departures,
    gatekeeping,
    intake,
    placements,
    vacancies,
)
from caseflow.services.case_views import CaseView
from caseflow.services.casework import IdentityWords
from caseflow.services.intake import Registration

WEEKLY_ALLOWANCE_CENTS: Final = 6_500
_NOTES: Final = (
    ("contact", "Gesproken over hoe het gaat en wat er deze maand nodig is. Volgende afspraak gemaakt."),
    ("phone", "Gebeld. Alles gaat naar omstandigheden goed; komt donderdag langs."),
    ("visit", "Op huisbezoek geweest. Kamer is op orde. Vraagt om hulp bij de tandarts."),
    ("contact", "Plan doorgenomen met tolk. De afspraken blijven zoals ze zijn."),
    ("handover", "Overdracht: let op de afspraak van volgende week, graag samen heen gaan."),
    ("contact", "Talked about the next steps and about the lawyer's letter. Will bring it on Monday."),
)  # fmt: skip
_WISHES: Final = (
    "Rust, en dan samen kijken wat er nog kan.",
    "Ik wil weer kunnen werken en mijn kinderen zien.",
    "Eerst gezond worden, daarna beslissen.",
    "To have papers and a room of my own.",
    "Teruggaan als het veilig is, met een beetje geld om te beginnen.",
)


@dataclass
class Life:
    """One fate as it is lived: who helps, and which case it has become."""

    fate: Fate
    city: City
    days: Days
    households: dict[int, str]
    """Client code by number, of those to whom family may come."""
    dice: random.Random
    case_id: str = ""
    again: bool = False
    helper: Actor = field(init=False)
    lead: Actor = field(init=False)

    def __post_init__(self) -> None:
        leads = self.city.of(self.fate.organisation, Role.TEAM_LEAD)
        self.lead = self.dice.choice(leads)
        team = [
            one
            for one in self.city.of(self.fate.organisation, Role.CASEWORKER)
            if one.team_id == self.lead.team_id
        ]
        self.helper = self.dice.choice(team)

    def begin(self) -> None:
        """Puts the application on the calendar; everything else follows from it."""
        self.days.on(self.fate.applied_on, self._apply, 9)

    def _apply(self, now: datetime) -> None:
        fate, today = self.fate, now.date()
        (desk,) = self.city.of(fate.organisation, Role.INTAKE_DESK)[:1]
        asked = Registration(
            programme=fate.programme,
            call_name=fate.call_name,
            applied_on=today,
            team_id=self.lead.team_id,
            gender=fate.gender,
            age_band=fate.age_band,
            language=fate.language,
            interpreter=fate.interpreter,
            household_with=self.households.get(fate.family_of) if fate.family_of else None,
            is_test=fate.is_test,
        )
        made = intake.register(desk, asked, now)
        if isinstance(made, Refused):
            self.days.refusals.append(made.reason)
            return
        self.case_id = made.case_id
        self.households[fate.number] = made.client_code
        self._follow(today)

    def _follow(self, first: date) -> None:
        """Everything that is drawn beforehand, from the day of application on."""
        fate, on = self.fate, self.days.on

        def after(days: int) -> date:
            return first + timedelta(days=days)

        on(after(1), self._assign)
        on(after(fate.screened_after), self._screen)
        on(after(fate.screened_after + 2), self._plan)
        if not self.again:
            on(after(fate.screened_after + 1), self._tell)
        if fate.bed_after is not None:
            on(after(fate.bed_after), self._sleep, 15)
        if fate.allowance_after is not None:
            on(after(fate.allowance_after), self._allowance)
        on(after(fate.proposed_after), self._propose_admission)
        on(after(fate.decided_after), self._decide)
        on(after(fate.stays), self._leave)
        for day in fate.notes:
            on(after(day), self._note, 13)

    def _assign(self, now: datetime) -> None:
        self._heard(intake.assign(self.lead, self.case_id, (self.helper.user_id,), now))

    def _screen(self, now: datetime) -> None:
        seen = self._look(now)
        answers = {
            one.criterion: "no" if one.kind == "excludes" else "yes" for one in seen.screening or ()
        }
        if self.dice.random() < 0.2 and answers:
            answers[self.dice.choice(sorted(answers))] = "unknown"
        self._heard(casework.screen(self.helper, self.case_id, answers, now.date(), now))

    def _tell(self, now: datetime) -> None:
        fate = self.fate
        if fate.family_name is not None:
            told = IdentityWords(
                given_names=fate.given_name,
                family_name=fate.family_name,
                birth_year=fate.birth_year,
                birth_precision="year" if fate.birth_year else "unknown",
            )
            self._heard(casework.record_identity(self.helper, self.case_id, told, now))
        if fate.tells_contact:
            way = "Liefst een bericht, geen voicemail inspreken."
            self._heard(
                casework.record_contact_line(self.helper, self.case_id, None, way, None, now)
            )
        if fate.tells_wish:
            wish = self.dice.choice(_WISHES)
            self._heard(casework.record_wish(self.helper, self.case_id, wish, now))
        self._heard(informed(self.helper, self.case_id, fate, now))

    def _plan(self, now: datetime) -> None:
        scenario = self.fate.scenario
        self._heard(casework.record_scenario(self.helper, self.case_id, scenario, now.date(), now))

    def _sleep(self, now: datetime) -> None:
        """A bed for the night, if one is free; else the person waits and it is tried again."""
        coordinator = self.city.of(self.fate.organisation, Role.COORDINATOR)[0]
        if self._look(now, self.lead).stage in {Stage.EXITED, Stage.CLOSED, Stage.DECLINED}:
            return
        found = vacancies.vacancies(coordinator, self.case_id, now.date(), None, now)
        free = found.free
        if not free:
            self.days.on(now.date() + timedelta(days=9), self._sleep, 15)
            return
        bed = self.dice.choice(free[:12])
        made = placements.allocate(coordinator, self.case_id, bed.bed.id, now.date(), None, now)
        self._heard(made)
        self.days.on(now.date() + timedelta(days=self.dice.randint(400, 520)), self._extend)

    def _allowance(self, now: datetime) -> None:
        self._heard(
            casework.begin_allowance(
                self.helper, self.case_id, now.date(), WEEKLY_ALLOWANCE_CENTS, now
            )
        )

    def _propose_admission(self, now: datetime) -> None:
        self._heard(decisions.propose_admission(self.helper, self.case_id, now.date(), None, now))

    def _decide(self, now: datetime) -> None:
        for waiting in self._look(now, self.lead).proposals or ():
            if waiting.state is not ProposalState.OPEN:
                continue
            approve = (
                not self.fate.declined if not waiting.until_on else self.fate.extension_approved
            )
            self._heard(councils.decided(self.city, self.lead, self.case_id, waiting, approve, now))
            if not approve and not waiting.until_on:
                soon = now.date() + timedelta(days=self.dice.randint(3, 14))
                self.days.on(soon, self._free_the_bed, 16)

    def _extend(self, now: datetime) -> None:
        """Near the limit: an extension is proposed, or the last day comes and somebody has to decide."""
        told = self._look(now).clock
        if not isinstance(told, StayClock) or told.last_day is None or not self.fate.extends:
            return
        if told.state is StayState.RUNNING:
            self.days.on(now.date() + timedelta(days=30), self._extend)
            return
        until = months_after(told.last_day, self.dice.choice((2, 3, 6)))
        self._heard(decisions.propose_extension(self.helper, self.case_id, until, None, now))
        self.days.on(now.date() + timedelta(days=self.dice.randint(3, 20)), self._decide)

    def _note(self, now: datetime) -> None:
        kind, words = self.dice.choice(_NOTES)
        self._heard(casework.write_note(self.helper, self.case_id, kind, now.date(), words, now))

    def _leave(self, now: datetime) -> None:
        seen, outcome, basis = self._look(now), self.fate.outcome, self.fate.basis
        if seen.stage is not Stage.GUIDANCE:
            return
        told = seen.clock
        if isinstance(told, StayClock) and told.last_day and now.date() >= told.last_day:
            outcome, basis = self.dice.choice(
                ((Outcome.STAY_LIMIT_REACHED, None), (outcome, basis), (outcome, basis))
            )
        if outcome is Outcome.NATIONAL_RECEPTION:
            lodged = now.date() - timedelta(days=self.dice.randint(5, 30))
            kind = "repeat_asylum_application_lodged"
            self._heard(
                casework.record_milestone(self.helper, self.case_id, kind, lodged, None, now)
            )
        self._heard(
            decisions.propose_exit(
                self.helper,
                self.case_id,
                outcome,
                basis,
                now.date(),
                None,
                now,
                permanent_stay_assured=True if outcome is Outcome.ONWARD_MIGRATION else None,
            )
        )
        soon = now.date() + timedelta(days=self.dice.randint(0, 3))
        self.days.on(soon, self._confirm_exit, 14)

    def _confirm_exit(self, now: datetime) -> None:
        for waiting in self._look(now, self.lead).proposals or ():
            if waiting.state is ProposalState.OPEN:
                self._heard(decisions.decide(self.lead, self.case_id, waiting.id, True, None, now))
        self.days.on(now.date() + timedelta(days=self.dice.randint(0, 2)), self._free_the_bed, 16)
        if self.fate.followed_up:
            for months in (6, 12):
                self.days.on(
                    months_after(now.date(), months) + timedelta(days=self.dice.randint(3, 25)),
                    self._ask_again(months),
                )
        if self.fate.comes_back_after is not None and not self.again:
            self.days.on(now.date() + timedelta(days=self.fate.comes_back_after), self._come_back)

    def _free_the_bed(self, now: datetime) -> None:
        coordinator = self.city.of(self.fate.organisation, Role.COORDINATOR)[0]
        seen = self._look(now, self.lead)
        if any(one.to_be_decided for one in seen.allowances or ()):
            self._heard(casework.end_allowance(self.helper, self.case_id, now.date(), now))
        for stay in seen.placements or ():
            if stay.status == "begun":
                self._heard(
                    placements.end(coordinator, stay.id, now.date(), StayEnd.LEFT_PROGRAMME, now)
                )

    def _ask_again(self, months: int) -> Happening:
        def ask(now: datetime) -> None:
            seen = self._look(now, self.lead)
            if not seen.exit:
                return
            answer = FollowUpAnswer.STILL_HOLDS if self.fate.still_holds else FollowUpAnswer.UNKNOWN
            if months in {one.months for one in seen.follow_ups_due or ()}:
                self._heard(
                    decisions.follow_up(self.helper, self.case_id, months, answer, now.date(), now)
                )
            if months == 12:
                self._heard(departures.close(self.lead, self.case_id, now))

        return ask

    def _come_back(self, now: datetime) -> None:
        """Re-entry: a new episode of the same person, with the clock of the earlier one behind it."""
        made = intake.reenter(self.helper, self.case_id, self.fate.programme, now.date(), now)
        if isinstance(made, Refused):
            self.days.refusals.append(made.reason)
            return
        self.case_id, self.again = made.case_id, True
        self._follow(now.date())

    def _look(self, now: datetime, actor: Actor | None = None) -> CaseView:
        return gatekeeping.open_case(actor or self.helper, self.case_id, now)

    def _heard(self, answer: object) -> None:
        """A refusal is part of life; it is counted, so that a demo that stumbles shows it."""
        if isinstance(answer, Refused):
            self.days.refusals.append(answer.reason)
