"""The page of one act on one case: its form, what happens when it is sent, and what comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.domain import closed_cases
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.drafts import DraftOf
from caseflow.domain.messages import N_, Message
from caseflow.domain.programmes import Stage
from caseflow.services import gatekeeping
from caseflow.services.case_views import CaseView, Step
from caseflow.services.gatekeeping import CaseIsOver
from caseflow.services.interruptions import DONE_ALREADY, DoneAlready, VaultSealed
from caseflow.services.prompting import AskedFirst
from caseflow.services.versions import Overtaken
from caseflow.web import drafting, two_texts
from caseflow.web.formatting import said
from caseflow.web.forms.fields import OwnForm
from caseflow.web.guards import actor
from caseflow.web.pages import page

SEALED: Final = N_(
    "The vault is sealed, so words cannot be kept now. They still stand below: "
    "send them again once somebody has opened the vault."
)


SEALED_NOW: Final = Refused(
    N_("The vault is sealed. This can be done once somebody has opened the vault.")
)


@dataclass(frozen=True)
class ActPage:
    """What an act is called on its page, and where its result is found on the page of the case."""

    permission: Permission
    title: Message
    submit: Message
    done: Message
    lead: Message | None = None
    anchor: str | None = None
    template: str = "cases/act.html"
    needs_vault: bool = False
    """Whether nothing can be sent while the vault is sealed."""
    leads_to: str | None = None
    """The endpoint to go on to, where the act may end how the reader stands to the case."""
    leads_with: Mapping[str, Any] = field(default_factory=dict)
    """What its address needs: the page of a list and the row on it."""
    drafts: DraftOf | None = None
    """The form of which drafts are kept while somebody types."""
    asks: Permission | Step | None = None
    """The act or step whose rule is asked before the form is shown; a refusal stands on the page instead of it."""
    is_a_right: bool = False
    """Whether it is also done in a case that is over: no closing takes a right from the person."""

    def decision(self, case: CaseView) -> Decision:
        """Whether the act can be done today: the question that the button on the page of the case asks."""
        known: Decision | None = None
        if case.is_shut(self.permission) and isinstance(case.stage, Stage) and not self.is_a_right:
            return closed_cases.refusal(case.stage)
        if isinstance(self.asks, Step):
            known = case.steps.get(self.asks)
        elif self.asks is not None:
            known = case.can.get(self.asks)
        return Allowed() if known is None else known


def opened(permission: Permission, case_id: UUID) -> CaseView:
    """The case for somebody who may do this to it. Raises `NotKnown`."""
    return opened_for_any((permission,), case_id)


def opened_for_any(permissions: Iterable[Permission], case_id: UUID) -> CaseView:
    """The case for somebody who may do one of these acts to it. Raises `NotKnown`, and tells the log so."""
    wanted = tuple(permissions)
    case = gatekeeping.open_case(actor(), str(case_id), clock.now())
    if not case.may & set(wanted):
        raise gatekeeping.denied(actor(), wanted[0], str(case_id), clock.now())
    return case


def answer(
    act: ActPage,
    case_id: UUID,
    form: OwnForm,
    perform: Callable[[], Refused | None],
    *,
    case: CaseView | None = None,
    decision: Decision | None = None,
    about: str | None = None,
    **values: Any,
) -> Response:
    """Does what was asked and goes back to the case; else the form, with all that was typed.

    A look at a form that would be refused, by `decision` or by what the act asks, answers the reason. 422 where the
    shape is wrong, 409 where a rule refuses; with both texts where a colleague saved meanwhile. `about` is what the
    form is about where drafts are kept of it. Raises `NotKnown`.
    """
    status = 200
    if act.drafts is not None:
        values["drafting"] = drafting.of(act.drafts, case_id, form, about)
    if request.method == "GET":
        case = case or opened(act.permission, case_id)
        allowed = act.decision(case) if decision is None else decision
        if isinstance(allowed, Refused):
            return not_now(act, case, allowed)
    if request.method == "POST":
        status = 422
        if form.validate_on_submit():
            status = 409
            try:
                refused = _performed(perform)
            except DoneAlready:
                flash(said(DONE_ALREADY), "info")
                _spent(act, case_id, form)
                return back_to(case_id, act.anchor)
            if refused is None:
                flash(said(act.done), "success")
                _spent(act, case_id, form)
                if act.leads_to is not None:
                    return redirect(url_for(act.leads_to, **act.leads_with), 303)
                return back_to(case_id, act.anchor)
            form.refuse(refused.reason)
            if isinstance(refused, Overtaken):
                values["both"] = two_texts.side_by_side(form, refused)
                values["overtaken"] = refused
            if isinstance(refused, AskedFirst):
                values["asked_first"] = refused
    return page(
        act.template,
        status=status,
        act=act,
        form=form,
        case=case or opened(act.permission, case_id),
        **values,
    )


def while_unsealed(case: CaseView) -> Decision | None:
    """No form is shown empty because the vault is sealed: sent later, it would save over what stands there unseen."""
    return SEALED_NOW if case.file.is_sealed else None


def not_now(act: ActPage, case: CaseView, refused: Refused) -> Response:
    """The page of an act that cannot be done today: why not."""
    return page("cases/not_now.html", act=act, case=case, reason=refused.reason)


def begin_today(form: OwnForm, *names: str) -> None:
    """On a new form, a day that is still empty is today."""
    if request.method == "GET":
        for name in names:
            form[name].data = form[name].data or clock.today()


def back_to(case_id: UUID | str, anchor: str | None = None) -> Response:
    """Sends the reader to the page of the case."""
    return redirect(url_for("cases.show", case_id=case_id, _anchor=anchor), 303)


def _spent(act: ActPage, case_id: UUID, form: OwnForm) -> None:
    """What was kept needs no draft any more."""
    if act.drafts is not None:
        drafting.spent(case_id, form)


def _performed(perform: Callable[[], Refused | None]) -> Refused | None:
    try:
        return perform()
    except CaseIsOver as over:
        return over.refused
    except VaultSealed:
        return Refused(SEALED)
