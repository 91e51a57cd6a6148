"""Fields that every form is made of, with their labels, hints and errors in one voice.

Forms check shape: whether something was filled in, whether a day is a day. Whether it makes sense is
asked of the domain, through the service.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, Final
from uuid import uuid4

from flask_babel import LazyString
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    Form,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.web.formatting import said

DAY: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
ISO_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
LINE_LENGTH: Final = 200
"""Characters in a field of one line."""


class OwnForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A form whose refusals by the domain stand in the summary above it, with all that was typed.

    `once` is a random id of this one form: sent again, by Back or by an impatient finger, it keeps nothing twice.
    """

    once = HiddenField(default=lambda: uuid4().hex)

    def refuse(self, reason: Message) -> None:
        """Shows why the domain refused what was asked."""
        self.form_errors.append(reason)


def later(text: Message | Label) -> LazyString:
    """A sentence or label in the language of whoever reads it, not of whoever loads the form."""
    return LazyString(said, text)


def choice(value: str, name: Message | Label | str) -> SelectChoice:
    """One option; a plain name (of a team, of a bed) is the same in every language."""
    return SelectChoice(value, name if isinstance(name, str) else later(name))


def read_day(text: str) -> date:
    """The day of dd-mm-yyyy, d-m-yyyy or yyyy-mm-dd. Raises ValueError for anything else."""
    text = text.strip()
    if found := DAY.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
    elif found := ISO_DAY.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    else:
        raise ValueError("not a day")
    return date(year, month, day)


class DayField(DateField):  # type: ignore[misc]
    """A day, typed as day-month-year or as year-month-day."""

    data: Any
    """A date; None while nothing readable was typed, which `needed` refuses."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = " ".join(valuelist).strip()
        self.data = None
        if not typed:
            return
        try:
            self.data = read_day(typed)
        except ValueError:
            raise ValueError(
                N_("This is not a day. Write it as day-month-year, such as 3-2-2026.")
            ) from None


class NumberField(IntegerField):  # type: ignore[misc]
    """A whole number."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = " ".join(valuelist).strip()
        self.data = None
        if not typed:
            return
        try:
            self.data = int(typed)
        except ValueError:
            raise ValueError(N_("This is not a whole number. Use digits only.")) from None


class EurosField(StringField):  # type: ignore[misc]
    """An amount in euros, kept in cents; a comma or a point before the cents."""

    data: Any

    def process_formdata(self, valuelist: list[str]) -> None:
        self.typed = " ".join(valuelist).strip()
        self.data = None
        if not self.typed:
            return
        found = re.fullmatch(r"(\d{1,6})(?:[.,](\d{2}))?", self.typed.replace("€", "").strip())
        if found is None:
            raise ValueError(N_("This is not an amount. Write it as 65 or 65,50."))
        self.data = int(found[1]) * 100 + int(found[2] or 0)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data // 100},{self.data % 100:02d}"


class _Chosen:
    """Refuses what was not offered, in our own words; nothing chosen is nothing."""

    def pre_validate(self, form: Form) -> None:
        chosen: Any = self
        values = chosen.data if isinstance(chosen.data, list) else [chosen.data]
        offered = {option.value for option in chosen.choices}
        if chosen.raw_data and not set(values) <= offered:
            raise ValidationError(N_("Choose one of the options."))


class Select(_Chosen, SelectField):  # type: ignore[misc]
    """One option from a list that drops down."""


class Radios(_Chosen, RadioField):  # type: ignore[misc]
    """One option, all of them in sight."""


class Checkboxes(_Chosen, SelectMultipleField):  # type: ignore[misc]
    """Any number of options."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class AtMost:
    """At most so many characters."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: Form, field: Any) -> None:
        if field.data and len(field.data) > self.most:
            raise ValidationError(
                N_("This is too long. Use at most %(most)s characters.", most=self.most)
            )


TURNS_TEXT_AROUND: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the text after them around, so that a name could read as another; no script needs them."""


def _on_one_line(value: str | None) -> str | None:
    """Without control characters, which nobody types on one line; marks and joiners of other scripts stay."""
    if not value:
        return value
    return "".join(
        sign for sign in value if sign >= " " and sign != "\x7f" and sign not in TURNS_TEXT_AROUND
    )


def _stripped(value: str | None) -> str | None:
    return value.strip() or None if value else None


def _needed(sentence: Message | None, validator: Any = InputRequired) -> list[Any]:
    return [validator(sentence)] if sentence is not None else []


def _named(label: Message, hint: Message | None) -> dict[str, Any]:
    return {"label": later(label), "description": later(hint) if hint is not None else ""}


def line(
    label: Message, *, needed: Message | None = None, most: int = LINE_LENGTH,
    hint: Message | None = None,
) -> StringField:  # fmt: skip
    """One line of text; `needed` is the sentence shown when it is left empty."""
    return StringField(
        **_named(label, hint),
        validators=[*_needed(needed, DataRequired), AtMost(most)],
        filters=[_on_one_line, _stripped],
    )


def words(
    label: Message, *, needed: Message | None = None, most: int = 10_000,
    hint: Message | None = None,
) -> TextAreaField:  # fmt: skip
    """Several lines of text."""
    return TextAreaField(
        **_named(label, hint),
        validators=[*_needed(needed, DataRequired), AtMost(most)],
        filters=[_stripped],
        render_kw={"data-most": most},
    )


def secret(label: Message, *, needed: Message, hint: Message | None = None) -> PasswordField:
    """Something that is typed unseen; never trimmed, never shown again."""
    return PasswordField(**_named(label, hint), validators=_needed(needed))


def day(label: Message, *, needed: Message | None = None, hint: Message | None = None) -> DayField:
    """A day."""
    return DayField(**_named(label, hint), format="%d-%m-%Y", validators=_needed(needed))


def number(
    label: Message, *, needed: Message | None = None, hint: Message | None = None
) -> NumberField:
    """A whole number."""
    return NumberField(**_named(label, hint), validators=_needed(needed))


def euros(
    label: Message, *, needed: Message | None = None, hint: Message | None = None
) -> EurosField:
    """An amount in euros; `data` is in cents."""
    return EurosField(**_named(label, hint), validators=_needed(needed))


def one_of(
    label: Message, choices: Iterable[SelectChoice] = (), *, needed: Message | None = None,
    hint: Message | None = None, known_as: str | None = None,
) -> Radios:  # fmt: skip
    """One of a few options, as radio buttons; without `needed` the choice may be left open.

    `known_as` is its id on the page, where another form there has a field of the same name.
    """
    return Radios(
        **_named(label, hint), choices=list(choices), validators=_needed(needed), id=known_as
    )


def select(
    label: Message, choices: Iterable[SelectChoice] = (), *, needed: Message | None = None,
    hint: Message | None = None,
) -> Select:  # fmt: skip
    """One of many options, as a list that drops down."""
    return Select(**_named(label, hint), choices=list(choices), validators=_needed(needed))


def some_of(
    label: Message, choices: Iterable[SelectChoice] = (), *, needed: Message | None = None,
    hint: Message | None = None,
) -> Checkboxes:  # fmt: skip
    """Any number of options; with `needed` at least one."""
    return Checkboxes(**_named(label, hint), choices=list(choices), validators=_needed(needed))


def tick(label: Message, *, hint: Message | None = None) -> BooleanField:
    """A box to tick."""
    return BooleanField(**_named(label, hint))


WHICH_DAY = N_("Enter the day on which it happened.")


class DayForm(OwnForm):
    """An act that only asks on which day it happened."""

    on = day(N_("Day"), needed=WHICH_DAY)
