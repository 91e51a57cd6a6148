"""Procedures: opened, gone through step by step, ended; and who the lawyer is."""

from __future__ import annotations

from collections.abc import Iterable

from caseflow.domain.messages import N_
from caseflow.domain.procedure_words import PROCEDURE_NAMES, STEP_NAMES
from caseflow.web.case_words import RESULTS
from caseflow.web.forms import fields
from caseflow.web.forms.client_files import VersionedForm
from caseflow.web.forms.fields import WHICH_DAY, OwnForm, choice

A_STEP = N_("Choose a step of this procedure.")


class OpenProcedureForm(OwnForm):
    """Which procedure begins, and when."""

    kind = fields.one_of(
        N_("Procedure"),
        (choice(one.value, name) for one, name in PROCEDURE_NAMES.items()),
        needed=N_("Choose which procedure begins."),
    )
    on = fields.day(N_("Begun on"), needed=WHICH_DAY)


class StepForm(OwnForm):
    """A step of one procedure, with its result and what must happen next."""

    step = fields.select(N_("Step"), needed=A_STEP)
    on = fields.day(
        N_("Day"),
        needed=WHICH_DAY,
        hint=N_("Of a decision, the day on which it was sent or handed over."),
    )
    result = fields.one_of(N_("Result, for a decision"), (choice(k, v) for k, v in RESULTS.items()))
    due_on = fields.day(
        N_("Deadline, or day of the hearing"),
        hint=N_(
            "Leave it empty where the law gives the term: it is computed. "
            "A day that you enter is marked to be checked with the lawyer."
        ),
    )

    def offer(self, steps: Iterable[str]) -> None:
        """Fills the list with the steps of this kind of procedure."""
        self.step.choices = [
            choice("", N_("Choose a step")),
            *(choice(code, STEP_NAMES[code]) for code in steps),
        ]


class LawyerForm(VersionedForm):
    """Lawyer and reference, and the V-number where the procedure cannot do without."""

    lawyer = fields.line(N_("Lawyer"), hint=N_("Name and office, or how to reach them."))
    reference = fields.line(
        N_("Reference"), hint=N_("The number of the file at the lawyer or court.")
    )
    v_number = fields.line(
        N_("V-number"),
        most=20,
        hint=N_(
            "Only where this procedure needs it. It is shown nowhere else, and erased when the procedure ends."
        ),
    )


class EndProcedureForm(OwnForm):
    """When a procedure ended."""

    on = fields.day(N_("Ended on"), needed=WHICH_DAY)
