"""What is missing in the records of one's own cases or of the own team, with the way to mend each."""

from __future__ import annotations

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.gaps import GAP_TEXTS, Gap
from caseflow.services import gap_lists
from caseflow.services.caseload_views import SHOW_NAMES, Show
from caseflow.services.gap_lists import GapRow
from caseflow.web.guards import actor, requires
from caseflow.web.pages import page

bp = Blueprint("data_gaps", __name__)
ACTS = {
    Gap.NO_BASIS: "disappearances.take_exit_back",
    Gap.NO_ASSURANCE: "disappearances.take_exit_back",
    Gap.FOLLOW_UP_DUE: "episodes.follow_up",
    Gap.FOLLOW_UP_UNKNOWN: "episodes.follow_up",
    Gap.SILENT: "casework.write_note",
    Gap.NO_SCENARIO: "casework.record_scenario",
    Gap.NO_GOAL: "plans.write",
    Gap.NO_GENDER: "people.amend",
    Gap.NO_AGE: "people.amend",
    Gap.NOT_TOLD: "agreements.record",
    Gap.TOLD_OLDER: "agreements.record",
}
"""The page on which a gap is mended."""
PARTS = {
    Gap.NO_OUTCOME: "timeline",
    Gap.NO_BASIS: "timeline",
    Gap.NO_ASSURANCE: "timeline",
    Gap.NO_GENDER: "person",
    Gap.NO_AGE: "person",
    Gap.LATE: "timeline",
    Gap.NOT_TOLD: "agreements",
    Gap.TOLD_OLDER: "agreements",
    Gap.SILENT: "notes",
    Gap.NO_SCENARIO: "plan",
    Gap.NO_GOAL: "plan",
}
"""The part of the file where the others stand, and all for who does not mend them themselves."""


@bp.get("/to-complete")
@requires(Permission.GAPS_VIEW)
def index() -> Response:
    """How many cases have each gap, and those with one of them."""
    asked = request.args.get("gap", "")
    found = gap_lists.gaps(
        actor(),
        clock.now(),
        show=Show.of(request.args.get("show")),
        gap=Gap(asked) if asked in set(Gap) else None,
        page=request.args.get("page", 1, type=int),
    )
    return page(
        "data_gaps/index.html",
        found=found,
        texts=GAP_TEXTS,
        names=SHOW_NAMES,
        where=mended_at,
        sees_figures=may_at_all(Permission.FIGURES_VIEW, actor().roles),
    )


def mended_at(gap: Gap, row: GapRow) -> str:
    """The address where this reader mends it: the page of the act, else the part of the file."""
    if row.may_mend and gap in ACTS:
        return url_for(ACTS[gap], case_id=row.case_id)
    return url_for("cases.show", case_id=row.case_id, _anchor=PARTS.get(gap))
