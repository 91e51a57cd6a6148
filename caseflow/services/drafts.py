"""Drafts: kept on the server while somebody types, read again by their author alone, erased once they were used.

A draft is nothing that was done: it stands in the log once, when its first words are kept, and belongs to no change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from caseflow.domain import drafts, look_purposes
from caseflow.domain.access import Permission, Standing
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.drafts import DraftOf
from caseflow.domain.messages import N_
from caseflow.services import gatekeeping, houses
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log, engines
from caseflow.storage import drafts as stored
from caseflow.storage.audit_log import Act
from caseflow.storage.models.cases import Case
from caseflow.storage.models.client_files import Draft
from caseflow.storage.models.operations import Change

BEGINNING: Final = 120
"""Characters by which an author tells two drafts apart."""
ROWS_AT_MOST: Final = 12
"""Rows of one draft before the older ones are erased: the newest alone counts."""


SENT_ALREADY: Final = Refused(N_("This form was sent and kept already."))


@dataclass(frozen=True)
class DraftView:
    """A draft as its author finds it again."""

    id: str
    kept_at: datetime
    fields: Mapping[str, str]

    @property
    def beginning(self) -> str:
        """Its first words: those of the long field that every form with drafts has."""
        words = self.fields.get("words", "")
        return words if len(words) <= BEGINNING else f"{words[:BEGINNING].rstrip()} …"


@dataclass(frozen=True)
class _Held:
    """Whose case it is, and in which vault its words lie."""

    id: str
    client_code: str
    organisation: str


def keep(
    actor: Actor,
    case_id: str,
    of: DraftOf,
    form_id: str,
    fields: Mapping[str, str],
    now: datetime,
    *,
    about_id: str | None = None,
) -> Refused | None:
    """Keeps what stands in a form now; `form_id` is the random id of that form, and of its draft.

    Raises `NotKnown` for who may not send the form, or whose draft it is not, and `VaultSealed`.
    """
    case, standing = _case(actor, drafts.WRITTEN_BY[of], case_id, now)
    stores = houses.current().stores
    with stores.reading() as session:
        sent = select(Change.id).where(Change.by == actor.user_id, Change.once == form_id)
        if session.scalar(sent) is not None:
            return SENT_ALREADY  # the page kept its last draft while the form was on its way
    mine = stored.of_author(stores, case.organisation, actor.user_id, _current(case_id, of, now))
    rows = [one for one in mine if one.form_id == form_id]
    waiting = {one.form_id for one in mine} - {form_id}
    words = json.dumps(dict(fields), ensure_ascii=False)
    allowed = drafts.may_keep(len(words), len(waiting))
    if isinstance(allowed, Refused):
        return allowed
    if not rows:
        _tell("draft_kept", actor, case, standing, of, now)
    stored.append(
        stores,
        case.organisation,
        form_id=form_id,
        client_code=case.client_code,
        case_id=case_id,
        form=of.value,
        about_id=about_id,
        words=words,
        recorded_at=now,
        recorded_by=actor.user_id,
    )
    if len(rows) >= ROWS_AT_MOST:
        _erase(case.organisation, rows)
    return None


def waiting(
    actor: Actor, case_id: str, of: DraftOf, now: datetime, *, about_id: str | None = None
) -> tuple[DraftView, ...]:
    """The own drafts of this form that nobody sent yet, newest first; none while the vault is sealed.

    For a page whose look was recorded. Raises `NotKnown` for who may not send the form.
    """
    case, _ = _case(actor, drafts.WRITTEN_BY[of], case_id, now)
    stores = houses.current().stores
    if not stores.is_unsealed(case.organisation):
        return ()
    mine = stored.of_author(stores, case.organisation, actor.user_id, _current(case_id, of, now))
    newest: dict[str, Draft] = {}
    for row in mine:
        if row.about_id == about_id:
            newest.setdefault(row.form_id, row)
    return tuple(DraftView(one.form_id, one.recorded_at, _fields(one)) for one in newest.values())


def throw_away(actor: Actor, case_id: str, of: DraftOf, form_id: str, now: datetime) -> None:
    """Erases an own draft. Raises `NotKnown` where there is none of theirs, and `VaultSealed`."""
    case, standing = _case(actor, drafts.WRITTEN_BY[of], case_id, now)
    rows = _of_form(actor, case, form_id)
    if not rows:
        raise NotKnown()
    _tell("draft_thrown_away", actor, case, standing, of, now)
    _erase(case.organisation, rows)


def spent(actor: Actor, case_id: str, form_id: str) -> None:
    """Erases the draft of a form that was kept; where that cannot be done now, the term does it."""
    stores = houses.current().stores
    with stores.reading() as session:
        case = _held(session, case_id)
    if stores.is_unsealed(case.organisation):
        _erase(case.organisation, _of_form(actor, case, form_id))


def erase_old(organisation: str, now: datetime) -> int:
    """Erases the drafts of a vault that are past their term, whoever wrote them. Raises `VaultSealed`."""
    stores = houses.current().stores
    old = stored.older(stores, organisation, now - _term())
    with suppress(engines.StoreRefused):
        return stored.erase(stores, organisation, old)
    return len(old)


def _term() -> timedelta:
    terms = houses.current().firewall.terms
    return drafts.term(next((one.days for one in terms if one.id == drafts.TERM_ID), None))


def _case(
    actor: Actor, permission: Permission, case_id: str, now: datetime
) -> tuple[_Held, Standing]:
    with houses.current().stores.reading() as session:
        standing = gatekeeping.known(session, actor, permission, case_id, now)
        return _held(session, case_id), standing


def _held(session: Session, case_id: str) -> _Held:
    case = session.get_one(Case, case_id)
    return _Held(case.id, case.client_code, case.organisation)


def _current(case_id: str, of: DraftOf, now: datetime) -> list[ColumnElement[bool]]:
    return [Draft.case_id == case_id, Draft.form == of.value, Draft.recorded_at > now - _term()]


def _of_form(actor: Actor, case: _Held, form_id: str) -> list[Draft]:
    return stored.of_author(
        houses.current().stores,
        case.organisation,
        actor.user_id,
        [Draft.case_id == case.id, Draft.form_id == form_id],
    )


def _erase(organisation: str, rows: list[Draft]) -> None:
    """The rows go; while somebody reads, the log of the vault is emptied by the next sweep."""
    with suppress(engines.StoreRefused):
        stored.erase(houses.current().stores, organisation, [one.id for one in rows])


def _fields(row: Draft) -> dict[str, str]:
    """What stood in the form; a text of another shape is one field of words."""
    try:
        found = json.loads(row.words)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return {"words": row.words}
    return {str(name): str(value) for name, value in found.items()}


def _tell(
    event: str, actor: Actor, case: _Held, standing: Standing, of: DraftOf, now: datetime
) -> None:
    permission = drafts.WRITTEN_BY[of]
    audit_log.tell(
        houses.current().stores,
        Act(
            event,
            actor,
            now,
            subjects=(case.client_code,),
            object_id=case.id,
            details={"form": of.value},
            permission=permission.value,
            purpose=look_purposes.purpose(permission, standing),
            relations=standing.relations,
            sensitivity="vault",
        ),
        result="done",
    )


def is_form_id(text: str) -> bool:
    """Whether a text is the random id of a form of ours."""
    try:
        return UUID(hex=text).hex == text
    except ValueError:
        return False
