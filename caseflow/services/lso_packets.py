"""Registers a packet that went to the local cooperation meeting while its covenant held; nothing goes there now.

It is a disclosure of tier 3 of the past: whoever registers it waits for a second person and the counsellor like any
other, and it is dated on the day on which it was sent, which is the day on which its basis is asked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from caseflow.domain import lso_packets as rules
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosure_kinds import KINDS
from caseflow.domain.disclosures import Field, Medium, Purpose, visible
from caseflow.domain.lso_packets import FRAMEWORK, LSO_KIND, RECIPIENT, Participation
from caseflow.domain.messages import N_
from caseflow.domain.programmes import Stage
from caseflow.domain.redaction import Surface
from caseflow.domain.scenarios import GuidanceScenario
from caseflow.services import disclosures
from caseflow.services.case_views import CaseView
from caseflow.services.disclosure_drafts import Asked, Compose, leaving_for
from caseflow.services.disclosures import UNKNOWN
from caseflow.services.gatekeeping import CaseChange, changing

REGISTER = Permission.LSO_REGISTER
NOBODY_KNOWN = Refused(N_("No name is recorded, so that no packet can have gone."))


def may_have_gone(case: CaseView) -> bool:
    """Whether a packet about this person can have gone at all: who was admitted while the covenant held."""
    admitted = case.admitted_on
    return isinstance(admitted, date) and any(
        one.id == FRAMEWORK and (one.validity.valid_to is None or admitted <= one.validity.valid_to)
        for one in case.programme.frameworks
    )


def register(
    actor: Actor, case: CaseView, sent_on: date, told_on: date, compose: Compose, now: datetime
) -> Refused | None:
    """Registers what went then, with stage and scenario of that day; two others agree before it stands as left.

    Raises `NotKnown`, and `VaultSealed`.
    """
    with changing(
        actor, REGISTER, case.id, "lso_registered", now, details={"on": sent_on}, words=True
    ) as change:
        recipient = disclosures.recipient_of(RECIPIENT)
        if recipient is None:
            return change.refuse(UNKNOWN)
        facts = change.facts
        one = Participation(case.id, change.programme, facts.admitted_on, facts.exited_on, told_on)
        allowed = rules.may_be_registered(one, recipient, sent_on, change.today)
        if isinstance(allowed, Refused):
            return change.refuse(allowed)
        then = _as_it_was(case, change, sent_on)
        kind = KINDS[LSO_KIND]
        wanted = kind.required | {Field.SCENARIO}
        known = {field for field, words in compose(then, wanted, "nl").items() if words}
        if not kind.required <= known:
            return change.refuse(NOBODY_KNOWN)
        asked = Asked(
            kind=LSO_KIND,
            office_id=None,
            purpose=Purpose.COOPERATION,
            fields=frozenset(known),
            medium=Medium.HANDED_OVER,
            warned_on=told_on,
        )
        leaving = leaving_for(then, asked, recipient, (), compose, sent_on)
        if isinstance(leaving, Refused):
            return change.refuse(leaving)
        vision = change.standing.vision(Surface.OPENED)
        leaving = replace(leaving, seen=visible(Field, vision))
        ready = disclosures.prepared(change.work.casework, case.id, leaving)
        if isinstance(ready, Refused):
            return change.refuse(ready)
        row = disclosures.recorded(change.work, case.id, leaving, ready)
        unprinted = disclosures.rehearsed(change.work, row)
        if unprinted is not None:
            return change.refuse(unprinted)
    return None


def _as_it_was(case: CaseView, change: CaseChange, on: date) -> CaseView:
    """The case with the stage and the scenario of that day."""
    stages = [one for one in change.dossier.stages if one.event_on <= on]
    scenarios = [one for one in change.dossier.scenarios if one.event_on <= on]
    stage = max(stages, key=lambda one: (one.event_on, one.recorded_at), default=None)
    chosen = max(scenarios, key=lambda one: (one.event_on, one.recorded_at), default=None)
    return replace(
        case,
        stage=Stage(stage.stage) if stage is not None else case.stage,
        scenario=GuidanceScenario(chosen.scenario) if chosen is not None else None,
    )
