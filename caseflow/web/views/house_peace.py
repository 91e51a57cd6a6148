"""Warnings, pairs that are not placed together, and time-outs: acts on the page of one person."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.house_pairs import PairReason, PairScope
from caseflow.domain.house_warnings import WarningKind
from caseflow.domain.messages import N_
from caseflow.services import house_pairs, house_warnings, houses, time_outs
from caseflow.services.case_views import CaseView
from caseflow.services.gatekeeping import NotKnown
from caseflow.web import act_pages
from caseflow.web.act_pages import ActPage, begin_today, opened
from caseflow.web.forms.fields import OwnForm
from caseflow.web.forms.house_peace import (
    BackForm,
    PairForm,
    TimeOutForm,
    ToldForm,
    UntilForm,
    WarningForm,
)
from caseflow.web.guards import actor, requires

bp = Blueprint("house_peace", __name__, url_prefix="/cases/<uuid:case_id>/house")
FORM = ["GET", "POST"]
SECTION = "house-peace"

WARN = ActPage(
    Permission.WARNING_RECORD,
    N_("Warn colleagues in the house"),
    N_("Record the warning"),
    N_("The warning is recorded."),
    N_(
        "It says what colleagues do differently, never why, and ends by itself. Tell the person: they may see it, "
        "and complain about it."
    ),
    SECTION,
)
CONFIRM = ActPage(
    Permission.WARNING_RECORD,
    N_("Is this warning still needed?"),
    N_("Confirm the warning"),
    N_("The warning is confirmed."),
    N_("Confirm it only if colleagues still have to do this. Otherwise let it end."),
    SECTION,
)
TOLD = ActPage(
    Permission.WARNING_RECORD,
    N_("The person was told of the warning"),
    N_("Record it"),
    N_("It is recorded that the person knows."),
    None,
    SECTION,
)
END_WARNING = ActPage(
    Permission.WARNING_RECORD,
    N_("End the warning"),
    N_("End it now"),
    N_("The warning has ended."),
    N_("It stands on no page any more."),
    SECTION,
)
PAIR = ActPage(
    Permission.HOUSE_PAIR_RECORD,
    N_("Do not place together"),
    N_("Do not place them together"),
    N_("These two are not placed together now."),
    N_(
        "For peace in the house, for a while. Who gives beds is told that a bed cannot be used, and not why."
    ),
    SECTION,
)
END_PAIR = ActPage(
    Permission.HOUSE_PAIR_RECORD,
    N_("They can be placed together again"),
    N_("End it now"),
    N_("These two can be placed together again."),
    None,
    SECTION,
)
TIME_OUT = ActPage(
    Permission.TIME_OUT_RECORD,
    N_("Time-out from a site"),
    N_("Record the time-out"),
    N_("The time-out is recorded."),
    N_("For some nights, with a day of coming back. Nobody is put on the street in silence."),
    SECTION,
)
BACK = ActPage(
    Permission.TIME_OUT_RECORD,
    N_("Back earlier"),
    N_("Record the day"),
    N_("This person may come back earlier."),
    None,
    SECTION,
)


@bp.route("/warnings", methods=FORM)
@requires(Permission.WARNING_RECORD)
def warn(case_id: UUID) -> Response:
    """Records what colleagues do differently with this person."""
    form = WarningForm()
    form.begin(clock.today(), houses.current().peace.warning_days)
    return act_pages.answer(
        WARN,
        case_id,
        form,
        lambda: house_warnings.record(
            actor(), str(case_id), WarningKind(form.kind.data), form.until_on.data, form.told(),
            clock.now(),
        ),
    )  # fmt: skip


@bp.route("/warnings/<uuid:warning_id>/confirmation", methods=FORM)
@requires(Permission.WARNING_RECORD)
def confirm(case_id: UUID, warning_id: UUID) -> Response:
    """Says until when a warning is still needed."""
    case, form = _with_warning(case_id, warning_id), UntilForm()
    form.begin(clock.today(), houses.current().peace.warning_days)
    return act_pages.answer(
        CONFIRM,
        case_id,
        form,
        lambda: house_warnings.confirm(
            actor(), str(case_id), str(warning_id), form.until_on.data, clock.now()
        ),
        case=case,
    )


@bp.route("/warnings/<uuid:warning_id>/told", methods=FORM)
@requires(Permission.WARNING_RECORD)
def told(case_id: UUID, warning_id: UUID) -> Response:
    """Keeps when and in which language the person was told."""
    case, form = _with_warning(case_id, warning_id), ToldForm()
    begin_today(form, "told_on")
    return act_pages.answer(
        TOLD,
        case_id,
        form,
        lambda: house_warnings.tell(
            actor(), str(case_id), str(warning_id), form.told_on.data, form.language.data,
            clock.now(),
        ),
        case=case,
    )  # fmt: skip


@bp.route("/warnings/<uuid:warning_id>/end", methods=FORM)
@requires(Permission.WARNING_RECORD)
def end_warning(case_id: UUID, warning_id: UUID) -> Response:
    """Ends a warning that is needed no more."""
    case = _with_warning(case_id, warning_id)
    return act_pages.answer(
        END_WARNING,
        case_id,
        OwnForm(),
        lambda: house_warnings.end(actor(), str(case_id), str(warning_id), clock.now()),
        case=case,
    )


@bp.route("/pairs", methods=FORM)
@requires(Permission.HOUSE_PAIR_RECORD)
def pair(case_id: UUID) -> Response:
    """Says with whom this person is not placed, by client code."""
    form = PairForm()
    form.begin(clock.today(), houses.current().peace.pair_days)
    return act_pages.answer(
        PAIR,
        case_id,
        form,
        lambda: house_pairs.record(
            actor(), str(case_id), form.other.data, PairScope(form.scope.data),
            PairReason(form.reason.data), form.until_on.data, clock.now(),
        ),
    )  # fmt: skip


@bp.route("/pairs/<uuid:pair_id>/end", methods=FORM)
@requires(Permission.HOUSE_PAIR_RECORD)
def end_pair(case_id: UUID, pair_id: UUID) -> Response:
    """Lets two people be placed together again."""
    case = opened(END_PAIR.permission, case_id)
    if case.peace is None or str(pair_id) not in {one.id for one in case.peace.pairs or ()}:
        raise NotKnown()
    return act_pages.answer(
        END_PAIR,
        case_id,
        OwnForm(),
        lambda: house_pairs.end(actor(), str(case_id), str(pair_id), clock.now()),
        case=case,
    )


@bp.route("/time-outs", methods=FORM)
@requires(Permission.TIME_OUT_RECORD)
def time_out(case_id: UUID) -> Response:
    """Keeps somebody away from a site for some nights."""
    case, form = opened(TIME_OUT.permission, case_id), TimeOutForm()
    form.offer(time_outs.sites(actor(), str(case_id), clock.now()))
    begin_today(form, "from_on")
    return act_pages.answer(
        TIME_OUT,
        case_id,
        form,
        lambda: time_outs.begin(actor(), str(case_id), form.asked(), clock.now()),
        case=case,
    )


@bp.route("/time-outs/<uuid:time_out_id>/end", methods=FORM)
@requires(Permission.TIME_OUT_RECORD)
def back(case_id: UUID, time_out_id: UUID) -> Response:
    """Lets somebody come back earlier."""
    case, form = opened(BACK.permission, case_id), BackForm()
    if case.peace is None or str(time_out_id) not in {one.id for one in case.peace.time_outs}:
        raise NotKnown()
    begin_today(form, "back_on")
    return act_pages.answer(
        BACK,
        case_id,
        form,
        lambda: time_outs.end(
            actor(), str(case_id), str(time_out_id), form.back_on.data, clock.now()
        ),
        case=case,
    )


def _with_warning(case_id: UUID, warning_id: UUID) -> CaseView:
    """The case, where this warning stands on its page. Raises `NotKnown`."""
    case = opened(Permission.WARNING_RECORD, case_id)
    if case.peace is None or str(warning_id) not in {one.id for one in case.peace.warnings}:
        raise NotKnown()
    return case
