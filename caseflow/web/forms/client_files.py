"""Forms of the client file: lines of the plan, people around the client, and what the counsellor keeps."""

from __future__ import annotations

from wtforms import HiddenField

from caseflow.domain import contact_persons, plans
from caseflow.domain.contact_persons import PersonWords
from caseflow.domain.legal_papers import DIRECTION_NAMES
from caseflow.domain.messages import N_
from caseflow.domain.plans import PlanWords
from caseflow.services.client_file_views import PersonAroundView, PlanLineView
from caseflow.services.legal_papers import CONCLUSION_LENGTH, LETTER_LENGTH, NOTE_LENGTH
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice


class VersionedForm(OwnForm):
    """A form that says on which version it was opened, so that it never saves over another one unseen."""

    seen = HiddenField()


class PlanLineForm(VersionedForm):
    """A goal or an agreement."""

    kind = fields.one_of(
        N_("What it is"),
        (choice(one.value, name) for one, name in plans.KIND_NAMES.items()),
        needed=N_("Choose goal or agreement."),
    )
    words = fields.words(
        N_("Goal or agreement"),
        needed=N_("Write down the goal or the agreement."),
        most=plans.LINE_LENGTH,
        hint=N_("In words that the client would use too. At most 1,000 characters."),
    )
    done_by = fields.one_of(
        N_("Who does it"),
        (choice(one.value, name) for one, name in plans.DONE_BY_NAMES.items()),
        needed=N_("Choose who does it."),
    )
    review_on = fields.day(
        N_("Look at it again on"),
        hint=N_("Becomes a task on the caseload: kind and day, none of these words."),
    )

    def told(self, state: plans.LineState = plans.LineState.OPEN) -> PlanWords:
        """What was filled in, as the service takes it."""
        return PlanWords(
            plans.LineKind(self.kind.data),
            self.words.data,
            plans.DoneBy(self.done_by.data),
            state,
            self.review_on.data,
        )


class AmendLineForm(PlanLineForm):
    """A newer version of a goal or an agreement."""

    state = fields.one_of(
        N_("How far it is"),
        (choice(one.value, name) for one, name in plans.STATE_NAMES.items()),
        needed=N_("Choose how far it is."),
    )

    def begin_with(self, line: PlanLineView) -> None:
        """Fills the form with the version that counts now."""
        self.seen.data = line.version
        self.kind.data, self.words.data = line.kind.value, line.words
        self.done_by.data, self.state.data = line.done_by.value, line.state.value
        self.review_on.data = line.review_on


class ContactPersonForm(VersionedForm):
    """Somebody around the client."""

    role = fields.one_of(
        N_("Who this is to the client"),
        (choice(one.value, name) for one, name in contact_persons.ROLE_NAMES.items()),
        needed=N_("Choose who this is to the client."),
    )
    name = fields.line(
        N_("Name"),
        needed=N_("Write down who this is."),
        hint=N_("As the client calls them, with the office or organisation."),
    )
    phone = fields.line(N_("Phone"), most=60)
    agreed = fields.one_of(
        N_("What the client agreed to"),
        (choice(one.value, name) for one, name in contact_persons.AGREEMENT_NAMES.items()),
        needed=N_("Choose what the client agreed to."),
    )
    agreed_until = fields.day(N_("Agreed until"), hint=N_("Leave it empty where no end was set."))
    is_over = fields.tick(N_("No contact person any more"))

    def begin_with(self, person: PersonAroundView) -> None:
        """Fills the form with the version that counts now."""
        self.seen.data = person.version
        self.role.data, self.name.data, self.phone.data = (
            person.role.value,
            person.name,
            person.phone,
        )
        self.agreed.data, self.agreed_until.data = person.agreed.value, person.agreed_until
        self.is_over.data = person.is_over

    def told(self) -> PersonWords:
        """What was filled in, as the service takes it."""
        return PersonWords(
            contact_persons.PersonRole(self.role.data),
            self.name.data,
            self.phone.data,
            contact_persons.Agreement(self.agreed.data),
            self.agreed_until.data,
            bool(self.is_over.data),
        )


class LegalNoteForm(OwnForm):
    """A confidential note."""

    words = fields.words(
        N_("Confidential note"),
        needed=N_("The note is empty. Write at least one sentence."),
        most=NOTE_LENGTH,
        hint=N_("Only the referred counsellor reads it. At most 10,000 characters."),
    )


class ConclusionForm(OwnForm):
    """What case team and team lead may know."""

    words = fields.words(
        N_("Conclusion"),
        needed=N_("Write down what case team and team lead may know."),
        most=CONCLUSION_LENGTH,
        hint=N_("What follows for the work, without the reasons. At most 2,000 characters."),
    )
    due_on = fields.day(N_("Day that goes with it"), hint=N_("Such as the last day of a term."))


class LetterForm(OwnForm):
    """A letter of or to the lawyer."""

    direction = fields.one_of(
        N_("Whose letter"),
        (choice(one.value, name) for one, name in DIRECTION_NAMES.items()),
        needed=N_("Choose whose letter it is."),
    )
    dated_on = fields.day(N_("Date of the letter"), needed=N_("Enter the date of the letter."))
    due_on = fields.day(N_("Something is due by"), hint=N_("The case team sees both dates."))
    words = fields.words(
        N_("What it says"),
        needed=N_("Write down in a few words what the letter says."),
        most=LETTER_LENGTH,
        hint=N_("Only the referred counsellor reads it. At most 2,000 characters."),
    )
