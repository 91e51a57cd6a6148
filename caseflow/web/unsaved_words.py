"""What somebody typed on a page that outlived their session: nothing was saved, and nothing they wrote is lost.

The words go back to the browser that sent them, in that one answer, and are kept nowhere. Secrets never do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from flask import g, request
from flask_babel import LazyString
from werkzeug.wrappers import Response
from wtforms import DateField, IntegerField, StringField, TextAreaField

from caseflow.domain.messages import N_, Message
from caseflow.web import guards, sign_ins
from caseflow.web.forms.fields import OwnForm
from caseflow.web.pages import page

TYPED: Final = (StringField, TextAreaField, DateField, IntegerField)
SECRETS: Final = frozenset(
    {"csrf_token", "password", "again", "present", "passphrase", "code", "seen"}
)
"""Names of fields whose words are never sent back; a test knows every form and finds one that is missing."""
ENDED: Final = (
    N_("Your session has ended"),
    N_(
        "Nothing was saved. Sign in on another tab, open the form again there, and copy what you typed from below."
    ),
)
OUTDATED: Final = (
    N_("We could not accept this"),
    N_(
        "The page was opened before you signed in. Nothing was saved. "
        "Open the form again, and copy what you typed from below."
    ),
)


SEALED: Final = (
    N_("The vault was sealed meanwhile"),
    N_(
        "Nothing was saved. Once somebody has opened the vault, open the form again, "
        "and copy what you typed from below."
    ),
)


@dataclass(frozen=True)
class Typed:
    """The words of one field, under the label it has on its form."""

    name: str
    label: LazyString
    words: str


def answer() -> Response | None:
    """The page with what was typed: 401 without a session, 400 with another one. None where nobody has to sign in."""
    view = request.endpoint and _view()
    guard = guards.guard_of(view) if view else None
    if guard is None or guard.is_public:
        return None
    signed_in = sign_ins.signed_in() is not None
    if signed_in and not any(_typed()):
        return None
    title, sentence = OUTDATED if signed_in else ENDED
    return _shown(400 if signed_in else 401, title, sentence, signed_in)


def answer_sealed() -> Response | None:
    """The page with what was typed for a vault that is sealed (503); None where nothing was."""
    if request.method != "POST" or sign_ins.signed_in() is None or not any(_typed()):
        return None
    return _shown(503, *SEALED, True)


def not_kept(reason: Message) -> Response:
    """The page with what was typed where a draft could not be kept (409): nothing of it is lost."""
    return _shown(409, OUTDATED[0], reason, True)


def _shown(status: int, title: Message, sentence: Message, signed_in: bool) -> Response:
    g.is_error = True
    rule = request.url_rule
    again = request.full_path.rstrip("?") if rule and "GET" in (rule.methods or ()) else "/"
    return page(
        "errors/unsaved.html",
        status=status,
        title=title,
        sentence=sentence,
        typed=tuple(_typed()),
        again=again,
        signed_in=signed_in,
    )


def _view() -> Any:
    from flask import current_app

    return current_app.view_functions.get(request.endpoint or "")


def _typed() -> Iterator[Typed]:
    """Fields of our forms that hold typed words, in the order in which they were sent."""
    labels = dict(_labels())
    for name, values in request.form.lists():
        if name in labels and name not in SECRETS:
            for words in values:
                if words.strip():
                    yield Typed(name, labels[name], words)


def _labels() -> Iterator[tuple[str, LazyString]]:
    for form in forms():
        for name, field in vars(form).items():
            made_as = getattr(field, "field_class", None)
            if isinstance(made_as, type) and issubclass(made_as, TYPED):
                label = field.kwargs.get("label") or next(iter(field.args), name)
                yield name, label


def forms(of: type[OwnForm] = OwnForm) -> Iterator[type[OwnForm]]:
    """Every form there is."""
    for form in of.__subclasses__():
        yield form
        yield from forms(form)
