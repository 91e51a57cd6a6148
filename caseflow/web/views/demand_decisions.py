"""What privacy officer and director do with a demand: read it, decide, keep silent, link, hand over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosures import Field
from caseflow.domain.messages import N_
from caseflow.domain.outcomes import OUTCOME_NAMES
from caseflow.services import demand_acts, demand_decisions, demand_handovers, houses
from caseflow.services.case_views import CaseView, ExitView
from caseflow.services.demand_readings import fields_of, reachable
from caseflow.services.interruptions import VaultSealed
from caseflow.web import disclosed_values, step_ups
from caseflow.web.act_pages import SEALED_NOW
from caseflow.web.formatting import said
from caseflow.web.forms.demands import (
    AssessForm,
    DecideForm,
    LawyerForm,
    LinkForm,
    PrepareForm,
    ReleaseForm,
    SilenceForm,
)
from caseflow.web.forms.fields import OwnForm
from caseflow.web.guards import actor, requires
from caseflow.web.views.demands import FORM, act, opened, pdf, pressed

bp = Blueprint("demand_decisions", __name__, url_prefix="/demands")


@bp.route("/<uuid:demand_id>/reading", methods=FORM)
@requires(Permission.DEMAND_ASSESS)
def assess(demand_id: UUID) -> Response:
    """Puts down on which power it rests, and what it names."""
    found, form, rules = opened(demand_id, "assess"), AssessForm(), houses.current().demands
    form.offer(rules, fields_of(one for power in rules.powers for one in reachable(power.id)))
    if request.method == "GET":
        form.show(found)
    return act(
        found,
        form,
        N_("Read the demand"),
        N_("It is put down on which power the demand rests."),
        lambda: demand_acts.assess(
            actor(), str(demand_id), form.read(), clock.now(), form.seen_version()
        ),
        powers=rules.powers,
    )


@bp.route("/<uuid:demand_id>/decision", methods=FORM)
@requires(Permission.DEMAND_DECIDE)
def decide(demand_id: UUID) -> Response:
    """Director or privacy officer decides, with a fresh code."""
    found, form = opened(demand_id, "decide"), DecideForm()
    form.offer(found.behind.named if found.behind else ())
    return act(
        found,
        form,
        N_("Decide on the demand"),
        N_("Your decision is kept."),
        _coded(
            form,
            lambda: demand_decisions.decide(actor(), str(demand_id), form.said(), clock.now()),
        ),
        needs_code=step_ups.needs_code(),
    )


@bp.route("/<uuid:demand_id>/lawyer", methods=FORM)
@requires(Permission.DEMAND_ASSESS)
def lawyer(demand_id: UUID) -> Response:
    """Keeps what the outside lawyer wrote."""
    found, form = opened(demand_id, "lawyer"), LawyerForm()
    form.offer(found.behind.named if found.behind else ())
    return act(
        found,
        form,
        N_("Record what the outside lawyer wrote"),
        N_("The lawyer's decision is kept."),
        lambda: demand_decisions.record_lawyer(
            actor(),
            str(demand_id),
            form.said(),
            form.decided_on.data,
            form.reference.data.upper(),
            clock.now(),
        ),
    )


@bp.route("/<uuid:demand_id>/silence", methods=FORM)
@requires(Permission.DEMAND_ASSESS)
def silence(demand_id: UUID) -> Response:
    """Orders silence towards the client, or lets it last."""
    found, form = opened(demand_id, "silence"), SilenceForm()
    form.offer(houses.current().demands)
    return act(
        found,
        form,
        N_("Say nothing to the client for now"),
        N_("Silence is kept until the review."),
        lambda: demand_decisions.keep_silent(
            actor(), str(demand_id), form.ground.data, form.review_on.data, clock.now()
        ),
    )


@bp.post("/<uuid:demand_id>/silence/end")
@requires(Permission.DEMAND_ASSESS)
def end_silence(demand_id: UUID) -> Response:
    """Ends silence: the client's own list says from now on that somebody asked."""
    return pressed(
        demand_id,
        lambda: demand_decisions.end_silence(actor(), str(demand_id), clock.now()),
        N_("Silence has ended. The client's own list has the demand now."),
    )


@bp.route("/<uuid:demand_id>/client", methods=FORM)
@requires(Permission.DEMAND_ASSESS)
def link(demand_id: UUID) -> Response:
    """Links a demand to a client code, inside the vault."""
    found, form = opened(demand_id, "link"), LinkForm()
    return act(
        found,
        form,
        N_("Link to a client code"),
        N_("The link lies in the vault."),
        lambda: demand_handovers.link(
            actor(), str(demand_id), form.client_code.data.upper(), clock.now()
        ),
    )


@bp.route("/<uuid:demand_id>/client/back", methods=FORM)
@requires(Permission.DEMAND_ASSESS)
def unlink(demand_id: UUID) -> Response:
    """Takes a link back that was a slip; the code is typed again, for no page shows it."""
    found, form = opened(demand_id, "unlink"), LinkForm()
    return act(
        found,
        form,
        N_("Take a link back"),
        N_("The link is taken back."),
        lambda: demand_handovers.take_back(
            actor(), str(demand_id), form.client_code.data.upper(), clock.now()
        ),
    )


@bp.route("/<uuid:demand_id>/hand-over", methods=FORM)
@requires(Permission.DEMAND_ASSESS)
def prepare(demand_id: UUID) -> Response:
    """Makes ready what is handed over, with a fresh code."""
    found, form = opened(demand_id, "prepare"), PrepareForm()
    form.offer(found.behind.granted if found.behind else ())
    return act(
        found,
        form,
        N_("Make ready what is handed over"),
        N_("It is ready. The director takes the second look."),
        _coded(
            form,
            lambda: demand_handovers.prepare(actor(), str(demand_id), form.chosen(), clock.now()),
        ),
        needs_code=step_ups.needs_code(),
    )


@bp.route("/<uuid:demand_id>/release", methods=FORM)
@requires(Permission.DEMAND_RELEASE)
def release(demand_id: UUID) -> Response:
    """The second look: lets go what another made ready, with a fresh code."""
    found, form = opened(demand_id, "release"), ReleaseForm()
    return act(
        found,
        form,
        N_("Let it go"),
        N_("It is handed over, and recorded as what left."),
        _coded(
            form,
            lambda: demand_handovers.release(actor(), str(demand_id), _kept, clock.now()),
        ),
        needs_code=step_ups.needs_code(),
        is_release=True,
    )


@bp.get("/<uuid:demand_id>/documents/<int:number>.pdf")
@requires(Permission.DEMAND_ASSESS)
def document(demand_id: UUID, number: int) -> Response:
    """What was handed over, on paper, rendered from its record."""
    try:
        made = demand_handovers.document(actor(), str(demand_id), number, clock.now())
    except VaultSealed:
        made = SEALED_NOW
    if isinstance(made, Refused):
        flash(said(made.reason), "error")
        return redirect(url_for("demands.show", demand_id=demand_id), 303)
    return pdf(made.content, made.file_name)


def _kept(case: CaseView, fields: Collection[Field], language: str) -> Mapping[Field, str]:
    """What the file holds for the granted fields: what everyday papers say, and how the guidance ended."""
    found = dict(disclosed_values.of(case, fields, language))
    if Field.OUTCOME in fields and isinstance(case.exit, ExitView):
        with force_locale(language):
            how = said(OUTCOME_NAMES[case.exit.outcome])
        found[Field.OUTCOME] = f"{how}, {case.exit.exited_on.isoformat()}"
    return found


def _coded(form: OwnForm, perform: Callable[[], Refused | None]) -> Callable[[], Refused | None]:
    """Asks for a fresh code first, each time."""

    def with_code() -> Refused | None:
        if not step_ups.is_given(form):
            return Refused(N_("Give the code from your phone first."))
        return perform()

    return with_code
