"""What a case team writes down: one short form for each act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_babel import LazyString
from wtforms.fields.choices import SelectChoice

from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.domain.redaction import Hidden
from caseflow.domain.scenarios import SCENARIO_NAMES
from caseflow.services.case_views import AnswerView, CaseView
from caseflow.services.notes import NOTE_KINDS as NOTE_CODES
from caseflow.services.notes import NOTE_LENGTH, Spoken
from caseflow.web.case_words import ANSWERS, NOTE_KINDS, SPOKEN, language_name
from caseflow.web.forms import fields
from caseflow.web.forms.client_files import VersionedForm
from caseflow.web.forms.fields import WHICH_DAY, DayForm, OwnForm, choice


class ScreeningForm(DayForm):
    """Yes, no or not known yet for each criterion; made for a programme with `screening_form`."""

    def answers(self) -> dict[str, str]:
        """The criteria that were answered, with their answers."""
        return {
            f.name.removeprefix("criterion-"): f.data
            for f in self
            if f.name.startswith("criterion-") and f.data
        }


def screening_form(asked: Iterable[AnswerView]) -> ScreeningForm:
    """A screening form with one question for each criterion of the programme."""
    made = type("ProgrammeScreeningForm", (ScreeningForm,), {})
    for one in asked:
        setattr(made, f"criterion-{one.criterion}", _question(one.label, one.answer))
    return made()  # type: ignore[no-any-return]


def _question(label: Label, answer: str | None) -> fields.Radios:
    return fields.Radios(
        label=fields.later(label),
        choices=[choice(code, name) for code, name in ANSWERS.items()],
        default=answer,
    )


class ContactLineForm(VersionedForm):
    """How to reach the person safely."""

    phone = fields.line(N_("Phone"), most=60)
    how_to_reach = fields.words(
        N_("How to reach safely"),
        most=1_000,
        hint=N_("For example: text only, never leave a voicemail, ask for the call name."),
    )
    do_not_contact = fields.words(N_("Do not contact"), most=1_000)


class NoteForm(VersionedForm):
    """A quick note: kind, day, words; and in which language, with which interpreter."""

    kind = fields.one_of(
        N_("Kind of note"),
        (choice(code, NOTE_KINDS[code]) for code in NOTE_CODES),
        needed=N_("Choose what kind of note this is."),
    )
    contact_on = fields.day(N_("Day of contact"), needed=WHICH_DAY)
    words = fields.words(
        N_("Note"),
        needed=N_("The note is empty. Write at least one sentence."),
        most=NOTE_LENGTH,
        hint=N_(
            "An asylum story, faith or a diagnosis does not belong here but in the legal or medical file. "
            "At most 10,000 characters."
        ),
    )
    about_third_person = fields.tick(N_("This note is also about somebody else"))
    language = fields.select(
        N_("Language you spoke"),
        (
            choice("", N_("Not recorded")),
            *(SelectChoice(code, LazyString(language_name, code)) for code in SPOKEN),
        ),
    )
    interpreter = fields.line(
        N_("Interpreter"),
        most=12,
        hint=N_("The number at the agency, such as 4711. Never a name."),
    )

    def begin_with(self, case: CaseView, corrects: str | None, today: date) -> None:
        """Fills in what is known already: today, and how the last contact was spoken; of a correction, the note."""
        notes = case.notes or ()
        old = next((one for one in notes if one.id == corrects), None)
        last = old or next((one for one in notes if one.language or one.interpreter), None)
        person = None if isinstance(case.person, Hidden) else case.person
        self.contact_on.data = old.contact_on if old else today
        self.language.data = (last.language if last else None) or (person and person.language) or ""
        self.interpreter.data = last.interpreter if last else None
        if old is not None:
            self.kind.data, self.words.data = old.kind, old.words
            self.about_third_person.data = old.about_third_person
            self.seen.data = next((one.id for one in notes if one.corrects_id == old.id), "")

    def spoken(self) -> Spoken:
        """Language and interpreter, as the service takes them."""
        return Spoken(self.language.data or None, self.interpreter.data)


class WishForm(VersionedForm):
    """The person's own wish."""

    words = fields.words(
        N_("Own wish"),
        needed=N_("The wish is empty. Write what the person hopes for."),
        most=4_000,
        hint=N_("In this person's own words, also where the programme cannot give it."),
    )


class ScenarioForm(OwnForm):
    """What client and programme work towards."""

    scenario = fields.one_of(
        N_("Guidance scenario"),
        (choice(one.value, name) for one, name in SCENARIO_NAMES.items()),
        needed=N_("Choose what you work towards. “Still being looked into” will do."),
    )
    on = fields.day(N_("Agreed on"), needed=WHICH_DAY)


class AllowanceForm(OwnForm):
    """The beginning of a living allowance."""

    from_on = fields.day(N_("From"), needed=N_("Enter the first day of the allowance."))
    weekly = fields.euros(
        N_("Euros a week"), needed=N_("Enter an amount a week."), hint=N_("Such as 65 or 65,50.")
    )


class AllowanceEndForm(OwnForm):
    """The end of a living allowance."""

    until_on = fields.day(
        N_("First day without allowance"), needed=N_("Enter the first day without allowance.")
    )
