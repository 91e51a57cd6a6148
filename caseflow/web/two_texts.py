"""Two people saved the same thing: what each wrote, field by field, so that whoever came second chooses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString
from wtforms import Field

from caseflow.domain.messages import N_
from caseflow.services.versions import Overtaken
from caseflow.web.formatting import said
from caseflow.web.forms.fields import OwnForm


@dataclass(frozen=True)
class TwoTexts:
    """One field in both versions."""

    label: LazyString
    theirs: object
    mine: object

    @property
    def differ(self) -> bool:
        return self.theirs != self.mine


def side_by_side(form: OwnForm, refused: Overtaken) -> tuple[TwoTexts, ...]:
    """Both versions; the form is sent again as one that saw theirs."""
    form["seen"].data = refused.seen
    return tuple(_rows(form, refused))


def _rows(form: OwnForm, refused: Overtaken) -> Iterator[TwoTexts]:
    for field in form:
        if field.name in refused.theirs:
            theirs = refused.theirs[field.name]
            yield TwoTexts(field.label.text, _shown(field, theirs), _shown(field, field.data))


def _shown(field: Field, value: object) -> object:
    """A code by its name, a tick in words, anything else as it is."""
    if isinstance(value, bool):
        return said(N_("Yes") if value else N_("No"))
    choices = {one.value: one.label for one in getattr(field, "choices", None) or ()}
    if value in choices:
        return choices[value]
    return value if isinstance(value, date) else (value or None)
