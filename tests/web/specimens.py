"""A small application that shows every macro on one sheet, under the strictest policy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from flask import Flask, Response, flash, redirect, render_template, request, session
from flask_babel import Babel
from flask_wtf import CSRFProtect, FlaskForm
from jinja2 import ChoiceLoader, FileSystemLoader
from markupsafe import Markup
from wtforms import (
    BooleanField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import DateField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

import caseflow
from caseflow.domain.messages import N_, Message
from caseflow.domain.redaction import HIDDEN
from caseflow.domain.stay import StayClock, StayState
from caseflow.web import formatting
from caseflow.web.frames import Frame, NavItem

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
)
CHART = Markup(
    '<svg viewBox="0 0 400 90" width="400" height="90" xmlns="http://www.w3.org/2000/svg">'
    '<rect x="0" y="8" width="72" height="20" fill="#0f5766"/><rect x="0" y="34" width="92" height="20"'
    ' fill="#4b8a98"/><rect x="0" y="60" width="236" height="20" fill="#a9bfc4"/></svg>'
)


FLAWS = {
    "none": "<p>Nothing wrong.</p>",
    "small target": '<p><button class="tiny">x</button></p><link rel="stylesheet" href="/flaws.css">',
    "low contrast": '<p class="faint">Hard to read.</p><link rel="stylesheet" href="/flaws.css">',
    "too wide": '<p class="wide">Wide.</p><link rel="stylesheet" href="/flaws.css">',
    "inline style": '<p style="color: red">Red.</p>',
    "foreign": '<p><img src="http://ELSEWHERE/static/icons/caseflow.svg" alt="mark" width="9"></p>',
    "console": '<p>Asks for what is not there.</p><img src="/nothing.svg" alt="none" width="9">',
    "no token": '<form method="post" action="/"><button class="roomy">Send</button></form>',
    "script only heading": '<script src="/flaws.js"></script>',
}
FLAWS_CSS = (
    ".tiny {width: 12px; height: 12px; padding: 0} .faint {color: #bbb; background: #fff}"
    " .wide {width: 600px}"
)
FLAWS_JS = "document.querySelector('h1').textContent = 'Written by script';"
FLAWED = (
    '<!doctype html><html lang="en"><head><title>Flawed</title><link rel="icon" href="/static/'
    'icons/caseflow.svg"></head><body><main><h1>Flawed</h1>{body}</main></body></html>'
)


class Checkboxes(SelectMultipleField):
    """Several answers, one box each."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SpecimenForm(FlaskForm):
    """One field of every kind."""

    call_name = StringField("Call name", [InputRequired(N_("Give a call name. Any name will do."))])
    born = IntegerField("Year of birth")
    arrived = DateField("Arrived on", format="%d-%m-%Y")
    language = SelectField(
        "Language",
        choices=[
            SelectChoice("ti", "Tigrinya"),
            SelectChoice("ar", "Arabic"),
            SelectChoice("fa", "Farsi"),
        ],
    )
    shelter = SelectField(
        "Site", choices=[SelectChoice("", "Choose a site"), SelectChoice("q", "Quay House")]
    )
    gender = RadioField(
        "Gender",
        choices=[SelectChoice("w", "woman"), SelectChoice("m", "man"), SelectChoice("o", "other")],
    )
    scenario = RadioField(
        "Scenario",
        [InputRequired(N_("Choose a scenario."))],
        choices=[
            SelectChoice("stay", "Lawful stay"),
            SelectChoice("return", "Return"),
            SelectChoice("onward", "Onward migration"),
        ],
    )
    needs = Checkboxes(
        "Needs",
        choices=[
            SelectChoice("i", "Interpreter"),
            SelectChoice("l", "Lower bunk"),
            SelectChoice("s", "Step-free"),
        ],
    )
    note = TextAreaField("How can we reach this person safely?")
    agrees = BooleanField("The person knows what we write down and why")
    secret_note = StringField("Health note", default=HIDDEN)


@dataclass(frozen=True)
class Entry:
    """One line of a timeline."""

    on: date
    title: Message
    text: object = None
    by: str = ""
    recorded: date | None = None
    kind: str = "neutral"


TIMELINE = (
    Entry(date(2026, 11, 3), N_("Extension proposed until %(day)s", day=date(2027, 5, 31)), None,
          "caseworker", date(2026, 11, 5), "info"),
    Entry(date(2026, 9, 1), N_("Screened"), HIDDEN, "caseworker", date(2026, 9, 1), "ok"),
    Entry(date(2026, 8, 14), N_("Missed two appointments"), "Reached by letter.", "caseworker",
          None, "warning"),
    Entry(date(2025, 5, 2), N_("Application received"), None, "intake desk", date(2025, 5, 2)),
)  # fmt: skip


def _clock(state: StayState, used: int, left: int | None, beyond: int = 0) -> StayClock:
    limited = state is not StayState.NO_LIMIT
    return StayClock(
        state=state,
        start=date(2025, 5, 2),
        last_day=date(2026, 12, 4) if limited else None,
        days_used=used,
        days_left=left,
        days_beyond=beyond,
    )


CLOCKS = {
    "near": _clock(StayState.NEAR_LIMIT, 537, 12),
    "others": [
        _clock(StayState.RUNNING, 131, 418),
        _clock(StayState.LAST_DAY, 549, 0),
        _clock(StayState.BEYOND_UNDECIDED, 561, 0, 12),
        _clock(StayState.CONTINUED_BY_COURT, 570, 0, 21),
        _clock(StayState.NO_LIMIT, 1012, None),
    ],
}


def specimen_app() -> Flask:
    """The application; its language is in the session, its sheet is at `/`,
    pages with one planted flaw each at `/flawed/<flaw>`."""
    root = Path(caseflow.__file__).parent
    app = Flask("caseflow", root_path=str(root))
    app.config.update(SECRET_KEY="specimen", BABEL_DEFAULT_LOCALE="nl")
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(root / "templates"),
            FileSystemLoader(Path(__file__).parent / "templates"),
        ]
    )
    Babel(app, locale_selector=lambda: session.get("language", "nl"))
    CSRFProtect(app)
    formatting.install(app)

    @app.context_processor
    def frame() -> dict[str, Frame]:
        nav = ("My cases", "Tonight", "Waiting list", "Decisions", "Publications")
        return {
            "frame": Frame(
                language=session.get("language", "nl"),
                reader_name="R. de Vries",
                reader_role="caseworker, Quay House",
                nav=tuple(
                    NavItem(label, "/", "page" if label == "My cases" else "") for label in nav
                ),
                language_url="/language",
                sign_out_url="/sign-out",
                lock_url="/lock",
                idle_minutes=10,
                now=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
            )
        }

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        return response

    @app.route("/", methods=["GET", "POST"], endpoint="specimen")
    def specimen() -> tuple[str, int]:
        form = SpecimenForm()
        sent_badly = request.method == "POST" and not form.validate_on_submit()
        page = render_template(
            "specimen.html", form=form, clocks=CLOCKS, timeline=TIMELINE, chart=CHART,
            arrived=date(2026, 11, 22), HIDDEN=HIDDEN, with_token=False,
        )  # fmt: skip
        return page, 422 if sent_badly else 200

    @app.post("/touch")
    def touch() -> str:
        return f"<p>Seen, asked by {request.headers.get('HX-Request', 'a form')}.</p>"

    @app.get("/flawed/<flaw>")
    def flawed(flaw: str) -> Response:
        elsewhere = request.host.replace("localhost", "127.0.0.1")
        return Response(FLAWED.format(body=FLAWS[flaw].replace("ELSEWHERE", elsewhere)))

    @app.get("/flaws.css")
    def flaws_css() -> Response:
        return Response(FLAWS_CSS, mimetype="text/css")

    @app.get("/flaws.js")
    def flaws_js() -> Response:
        return Response(FLAWS_JS, mimetype="text/javascript")

    @app.get("/flashed")
    def flashed() -> Response:
        flash("The bed is held.", "success")
        return redirect("/")  # type: ignore[return-value]

    @app.post("/language")
    def language() -> Response:
        session["language"] = request.form["language"]
        return redirect(request.form["back"])  # type: ignore[return-value]

    @app.post("/lock")
    def lock() -> str:
        return "<!doctype html><title>locked</title><h1>locked</h1>"

    return app
