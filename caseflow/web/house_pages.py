"""The forms of a house: shown, sent, answered in one way, whatever they change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.beds import BED_KIND_NAMES, MEANT_FOR_NAMES
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import Message
from caseflow.domain.outages import OUTAGE_REASON_NAMES
from caseflow.domain.sites import FUNDER_NAMES, MARK_NAMES, NEIGHBOURHOOD_NAMES, SITE_KIND_NAMES
from caseflow.services.interruptions import DONE_ALREADY, DoneAlready
from caseflow.services.prompting import AskedFirst
from caseflow.services.site_pages import site_page
from caseflow.services.site_views import OutageView, SitePage
from caseflow.web.formatting import said
from caseflow.web.forms.fields import OwnForm
from caseflow.web.guards import actor
from caseflow.web.pages import page

NAMES: Final = {
    "funders": FUNDER_NAMES,
    "kinds": SITE_KIND_NAMES,
    "beds": BED_KIND_NAMES,
    "marks": MARK_NAMES,
    "meant_for": MEANT_FOR_NAMES,
    "neighbourhood": NEIGHBOURHOOD_NAMES,
    "reasons": OUTAGE_REASON_NAMES,
}


@dataclass(frozen=True)
class HouseAct:
    """A form of a house: what it is called, what its button says, and what is told afterwards."""

    title: Message
    submit: Message
    done: Message
    lead: Message | None = None
    anchor: str | None = None
    danger: bool = False


def kept_site(site_id: str) -> SitePage:
    """A house that this reader keeps. Raises `NotKnown`."""
    return site_page(actor(), site_id, clock.now())


def answer(
    act: HouseAct,
    site_id: str,
    form: OwnForm,
    perform: Callable[[], Refused | None],
    site: SitePage | None = None,
    outage: OutageView | None = None,
) -> Response:
    """Does what was asked and goes back to the house; else the form with all that was typed, and the sentence."""
    shown, status, asked = site or kept_site(site_id), 200, False
    if request.method == "GET" and "from_on" in form and form.from_on.data is None:
        form.from_on.data = clock.today()
    if request.method == "POST":
        status = 422
        if form.validate_on_submit():
            try:
                refused = perform()
            except DoneAlready:
                flash(said(DONE_ALREADY), "info")
                refused = None
            else:
                if refused is None:
                    flash(said(act.done), "success")
            if refused is None:
                return redirect(url_for("houses.show", site_id=site_id, _anchor=act.anchor), 303)
            status, asked = 409, isinstance(refused, AskedFirst)
            form.refuse(refused.reason)
    return page(
        "sites/act.html",
        status=status,
        act=act,
        form=form,
        site=shown,
        outage=outage,
        names=NAMES,
        asked=asked,
    )
