"""How values are spelled on a page: dates, numbers, days, sentences in the reader's language."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from flask_babel import format_date, format_decimal, get_locale, gettext, ngettext
from wtforms import Field
from wtforms.fields.choices import SelectFieldBase
from wtforms.widgets import CheckboxInput, DateInput, HiddenInput, Select, TextArea

from caseflow.domain.labels import Label
from caseflow.domain.messages import Message
from caseflow.domain.redaction import Hidden
from caseflow.domain.stay import STAY_STATE_NAMES, StayState

LOCAL_TIME = ZoneInfo("Europe/Amsterdam")
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_KEPT_DAY = re.compile(r"(?<![\d-])((?:19|20)\d\d)-([01]\d)-([0-3]\d)(?![\d-])")


def local(moment: datetime) -> datetime:
    """An instant on Amsterdam's clocks. Raises ValueError for a naive one: its day is a guess."""
    if moment.tzinfo is None:
        raise ValueError("An instant without a time zone has no local day.")
    return moment.astimezone(LOCAL_TIME)


def local_day(value: date | datetime) -> date:
    """The local date of a date or an instant."""
    return local(value).date() if isinstance(value, datetime) else value


def with_days(words: str) -> str:
    """Words with the days in them written as on every page, where they were kept as 2026-02-03."""
    return _KEPT_DAY.sub(lambda found: f"{found[3]}-{found[2]}-{found[1]}", words)


def short_date(value: date | datetime) -> str:
    """A date as 03-02-2026, in both languages, so that lists align and nobody reads month first."""
    return local_day(value).strftime("%d-%m-%Y")


def weekday(value: date) -> str:
    """The day of the week of a date, short, in the reader's language: di."""
    return str(format_date(value, "EEE", rebase=False)).rstrip(".")


def long_date(value: date | datetime) -> str:
    """A date in words of the reader's language: 3 februari 2026."""
    return str(format_date(local_day(value), "d MMMM yyyy", rebase=False))


def month_and_year(value: date) -> str:
    """The month of a date in words of the reader's language: februari 2026."""
    return str(format_date(value, "LLLL yyyy", rebase=False))


def moment(value: datetime) -> str:
    """An instant as 03-02-2026 14:05, local time."""
    return local(value).strftime("%d-%m-%Y %H:%M")


def iso(value: date | datetime) -> str:
    """A date or instant for the `datetime` attribute of <time>."""
    return local(value).isoformat() if isinstance(value, datetime) else value.isoformat()


def number(value: float) -> str:
    """A number with the separators of the reader's language: 1.234,5."""
    return str(format_decimal(value))


def percent(value: float, decimals: int = 0) -> str:
    """A percentage (18.4 means 18.4 of 100) as 18 %, rounded to `decimals`."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f"{format_decimal(value, pattern)}{NO_BREAK_SPACE}%"


def days(count: int) -> str:
    """A number of days in words: 1 day, 12 days."""
    return str(ngettext("%(count)s day", "%(count)s days", count, count=number(count)))


def said(sentence: Any) -> str:
    """A Message or Label in the reader's language, its dates, numbers and labels spelled out.

    A plain string has been translated already and comes back as it is.
    """
    if isinstance(sentence, Label):
        return sentence.in_language(str(get_locale()))
    if not isinstance(sentence, Message):
        return str(sentence)
    values = {name: _spelled(value) for name, value in sentence.values.items()}
    return str(gettext(sentence.text, **values))


def _spelled(value: Any) -> str:
    if isinstance(value, Message | Label):
        return said(value)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return number(value)
    return str(value)


def stay_state(state: StayState) -> str:
    """What the stay clock's state is called."""
    return said(STAY_STATE_NAMES[state])


def is_hidden(value: object) -> bool:
    """Whether a view field is withheld from this reader; an empty field is not."""
    return isinstance(value, Hidden)


def control(field: Field) -> str:
    """Which control a form field is drawn with.

    One of: radios, checkboxes, checkbox, select, date, hidden, textarea, text. The widget decides,
    so that a field of our own class is drawn like the one it is built on.
    """
    widget = field.widget
    if isinstance(field, SelectFieldBase) and not isinstance(widget, Select):
        return "checkboxes" if isinstance(field.option_widget, CheckboxInput) else "radios"
    for kind, drawn in (
        (Select, "select"),
        (TextArea, "textarea"),
        (HiddenInput, "hidden"),
        (CheckboxInput, "checkbox"),
        (DateInput, "date"),
    ):
        if isinstance(widget, kind):
            return drawn
    return "text"


def install(app: Flask) -> None:
    """Gives the templates their filters and the test `is hidden`."""
    app.jinja_env.filters.update(
        short_date=short_date,
        with_days=with_days,
        weekday=weekday,
        long_date=long_date,
        month_and_year=month_and_year,
        moment=moment,
        iso=iso,
        number=number,
        percent=percent,
        days=days,
        said=said,
        control=control,
        stay_state=stay_state,
    )
    app.jinja_env.tests.update(
        hidden=is_hidden,
        instant=lambda value: isinstance(value, datetime),
        day=lambda value: isinstance(value, date) and not isinstance(value, datetime),
        sentence=lambda value: isinstance(value, Message | Label),
    )
