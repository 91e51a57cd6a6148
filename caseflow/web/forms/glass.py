"""Breaking the glass, and reviewing it: purposes and verdicts by button, reasons in words."""

from __future__ import annotations

from caseflow.domain.glass import PURPOSE_NAMES
from caseflow.domain.messages import N_
from caseflow.domain.reviews import VERDICT_NAMES, WEEK_VERDICT_NAMES
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice

WORDS_AT_MOST = 2000


class GlassForm(OwnForm):
    """Whose case, what for, and why it cannot wait."""

    client_code = fields.line(
        N_("Client code"),
        needed=N_("Enter the client code on the card, such as K7QM-4XPD."),
        most=12,
        hint=N_("The person has it on their card. A name cannot be looked up."),
    )
    purpose = fields.one_of(
        N_("What is it for?"),
        [choice(code.value, name) for code, name in PURPOSE_NAMES.items()],
        needed=N_("Choose what the look is for."),
    )
    reason = fields.words(
        N_("Why can it not wait for the case team?"),
        needed=N_("Write down why it cannot wait for the case team."),
        most=WORDS_AT_MOST,
        hint=N_("The privacy officer reads this. It is kept in the vault."),
    )


class ReviewForm(OwnForm):
    """What somebody else found of a look."""

    verdict = fields.one_of(
        N_("What did you find?"),
        [choice(code.value, name) for code, name in VERDICT_NAMES.items()],
        needed=N_("Choose what you found."),
    )
    found = fields.words(
        N_("What you found, in words"),
        needed=N_("Write down what you found. A review is not closed empty."),
        most=WORDS_AT_MOST,
        hint=N_("Whom you asked, and what you saw. It is kept in the vault."),
    )


class WeekForm(ReviewForm):
    """What a review of a week of looks found."""

    verdict = fields.one_of(
        N_("What did you find?"),
        [choice(code.value, name) for code, name in WEEK_VERDICT_NAMES.items()],
        needed=N_("Choose what you found."),
    )
