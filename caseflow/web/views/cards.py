"""Emergency cards: made at a desk, opened with one tap, looked at by the privacy officer afterwards."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.messages import N_
from caseflow.services import ambulances, card_openings, cards, houses
from caseflow.services.card_views import CardView
from caseflow.web import act_pages, languages
from caseflow.web.act_pages import ActPage, opened
from caseflow.web.formatting import said
from caseflow.web.forms.cards import CardForm
from caseflow.web.frames import Frame
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("cards", __name__)

RECORD = ActPage(
    Permission.CARD_RECORD,
    N_("Emergency card"),
    N_("Keep the card"),
    N_("The card is kept."),
    N_(
        "Make it together with the person, who may leave any line empty. No legal name, no status, no number: "
        "the card goes along with an ambulance."
    ),
    "card",
    "cards/record.html",
)


@bp.route("/cases/<uuid:case_id>/card", methods=["GET", "POST"])
@requires(Permission.CARD_RECORD)
def record(case_id: UUID) -> Response:
    """The card of one person, made with them; a colleague's card in between is shown, not written over."""
    case = opened(RECORD.permission, case_id)
    stands = case.card if isinstance(case.card, CardView) else None
    form = CardForm()
    if request.method == "GET":
        form.show(stands)
    seen, form.over.data = form.over.data or None, stands.id if stands else ""
    return act_pages.answer(
        RECORD,
        case_id,
        form,
        lambda: cards.record(actor(), str(case_id), form.lines(), seen, clock.now()),
        case=case,
        meanwhile=stands if stands is not None and stands.id != seen else None,
    )


@bp.get("/ambulance")
@requires(Permission.BEDS_VIEW)
def ambulance() -> Response:
    """Who sleeps here tonight, by bed: one tap opens a card."""
    return page("cards/ambulance.html", sites=ambulances.sleepers(actor(), clock.now()))


@bp.post("/ambulance/<uuid:case_id>")
@requires(Permission.CARD_OPEN)
def open_card(case_id: UUID) -> Response:
    """Opens a card for a quarter of an hour."""
    opening_id = ambulances.open_card(actor(), str(case_id), clock.now())
    return redirect(url_for("cards.sheet", opening_id=opening_id), 303)


@bp.get("/ambulance/cards/<uuid:opening_id>")
@requires(Permission.CARD_OPEN)
def sheet(opening_id: UUID) -> Response:
    """The opened card and nothing beside it: no navigation, no file, no further address."""
    now = clock.now()
    shown = ambulances.sheet(actor(), str(opening_id), now)
    bare = Frame(
        language=languages.current(),
        reader_id=actor().user_id,
        idle_minutes=houses.current().settings.sessions.idle_minutes,
    )
    answer = page("cards/sheet.html", sheet=shown, frame=bare, emergency=None)
    # What is left on a screen goes when the quarter of an hour is over, also without script.
    seconds = int((shown.until_at - now).total_seconds()) + 1
    answer.headers["Refresh"] = f"{seconds}; url={url_for('home.start')}"
    return answer


@bp.get("/emergencies")
@requires(Permission.CARD_OPENINGS_VIEW)
def openings() -> Response:
    """Cards that were opened in an emergency, for the privacy officer's next working day."""
    asked = request.args.get("page", 1, type=int)
    return page(
        "cards/openings.html",
        openings=card_openings.openings(actor(), clock.now(), asked),
        today=clock.today(),
    )


@bp.post("/emergencies/<uuid:opening_id>/seen")
@requires(Permission.LOOKS_REVIEW)
def seen(opening_id: UUID) -> Response:
    """Keeps that the privacy officer looked at an opening."""
    refused = card_openings.mark_as_seen(actor(), str(opening_id), clock.now())
    if refused is not None:
        flash(said(refused.reason), "error")
    else:
        flash(said(N_("Marked as seen.")), "success")
    return redirect(url_for("cards.openings"), 303)
