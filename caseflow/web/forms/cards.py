"""The emergency card as a form: every line optional, and none with a number that names a person."""

from __future__ import annotations

from typing import Any

from wtforms import Form, HiddenField
from wtforms.validators import ValidationError

from caseflow.domain.cards import LENGTHS, CardLines, may_stand_on_a_card
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services.card_views import CardView
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm


class NoNumbers:
    """Refuses what looks like a BSN, a V-number or the number of a document."""

    def __call__(self, form: Form, field: Any) -> None:
        allowed = may_stand_on_a_card(field.data)
        if isinstance(allowed, Refused):
            raise ValidationError(allowed.reason)


class CardForm(OwnForm):
    """What an ambulance crew needs."""

    call_name = fields.line(
        N_("Call name"),
        most=LENGTHS["call_name"],
        hint=N_(
            "What the person wants to be called. Left empty, the call name of the file is used."
        ),
    )
    language = fields.line(
        N_("Language"), most=LENGTHS["language"], hint=N_("In which language somebody can talk.")
    )
    allergies = fields.words(N_("Allergies"), most=LENGTHS["allergies"])
    medication = fields.words(N_("Medication"), most=LENGTHS["medication"])
    conditions = fields.words(
        N_("Conditions"),
        most=LENGTHS["conditions"],
        hint=N_("What a doctor has to know at once, such as diabetes, epilepsy or a pregnancy."),
    )
    doctor = fields.line(
        N_("GP"), most=LENGTHS["doctor"], hint=N_("Name of the practice and telephone number.")
    )
    pharmacy = fields.line(N_("Pharmacy"), most=LENGTHS["pharmacy"])
    whom_to_call = fields.line(
        N_("Whom to call"),
        most=LENGTHS["whom_to_call"],
        hint=N_("Somebody the person chose, by first name, and a telephone number."),
    )
    over = HiddenField()
    """The card that was on the screen; a card of a colleague in between is never written over."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Checks the shape of every line, and that none holds a number that names a person."""
        more = {name: [NoNumbers()] for name in LENGTHS}
        for name, validators in (extra_validators or {}).items():
            more.setdefault(name, []).extend(validators)
        return bool(super().validate(extra_validators=more))

    def show(self, card: CardView | None) -> None:
        """Begins with the card that stands."""
        if card is not None:
            for name in LENGTHS:
                self[name].data = getattr(card.lines, name)
            self.over.data = card.id

    def lines(self) -> CardLines:
        """What was filled in."""
        return CardLines(**{name: self[name].data or None for name in LENGTHS})
