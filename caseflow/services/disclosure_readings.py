"""What left of a case, one disclosure, and its document made again from the record alone; each look is told first."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseflow.domain import look_purposes
from caseflow.domain.access import Permission, Standing, may
from caseflow.domain.actors import Actor
from caseflow.domain.composed_letters import LetterRefused
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.disclosure_guards import Approval, By, may_approve, may_withdraw, missing
from caseflow.domain.disclosure_kinds import KINDS
from caseflow.domain.disclosures import LIES_IN, Field, Medium, Purpose, State, Why
from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.recipients import RecipientClass, Tier
from caseflow.domain.redaction import HIDDEN, Hidden, Surface, Vision
from caseflow.services import (
    demand_silences,
    disclosure_acts,
    disclosures,
    gatekeeping,
    houses,
    letters,
)
from caseflow.services import standing_recipients as standing_on
from caseflow.services.case_views import SEALED, Sealed
from caseflow.services.disclosure_acts import row_of
from caseflow.services.disclosure_views import (
    ApprovalView,
    DisclosureLine,
    DisclosureView,
    LeftView,
    NoticeView,
    Printed,
)
from caseflow.services.houses import House
from caseflow.storage import audit_log, client_requests, dossiers
from caseflow.storage import disclosures as stored
from caseflow.storage.audit_log import Act
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.disclosures import (
    Disclosure,
    DisclosureNotice,
    Office,
)

VIEW: Final = Permission.DISCLOSURES_VIEW
A_PAGE: Final = 25
TAKEN_BACK: Final = Refused(
    N_("This was taken back. It is not printed again; what stood in it can be read here.")
)
SPOKEN: Final = Refused(N_("This was spoken. There is no paper of it."))
NOT_OUT: Final = Refused(N_("This has not left. There is no paper of it yet."))
NOT_ALL_YOURS: Final = Refused(
    N_("You may not see everything that stands in this paper. Ask a colleague on the case.")
)
CHANGED: Final = Refused(
    N_(
        "This paper would not come out as it left, although nothing changed in the program. Tell the privacy officer."
    )
)
FROZEN: Final = Refused(
    N_("The client asked that the file is not used now. Nothing leaves until that is lifted.")
)


def left(actor: Actor, case_id: str, now: datetime, page: int = 1) -> LeftView:
    """A page of what left of a case, newest first, the look recorded. Raises `NotKnown`."""
    house, page = houses.current(), max(1, page)
    with house.stores.reading() as session:
        standing = gatekeeping.known(session, actor, VIEW, case_id, now)
        case = session.get_one(Case, case_id)
        known = demand_silences.known_to_the_case_team(session, case)
        count = session.scalar(
            select(func.count(Disclosure.id)).where(Disclosure.case_id == case_id, known)
        )
        rows = session.scalars(
            select(Disclosure)
            .where(Disclosure.case_id == case_id, known)
            .order_by(Disclosure.asked_at.desc(), Disclosure.id)
            .offset((page - 1) * A_PAGE)
            .limit(A_PAGE)
        ).all()
        lines = lines_of(session, rows)
        view = LeftView(
            lines,
            page,
            max(1, -(-(count or 0) // A_PAGE)),
            standing_on.of_case(session, case_id),
            client_requests.restricted(session, case_id, local(now).date()),
            may(Permission.DISCLOSURE_ASK, standing),
            may(Permission.DISCLOSURE_WITHDRAW, standing),
        )
        code = case.client_code
    details = {"count": len(lines), "page": page}
    _tell(house, actor, standing, "disclosures_listed", case_id, code, details, now)
    return view


def lines_of(session: Session, rows: Collection[Disclosure]) -> tuple[DisclosureLine, ...]:
    """Rows as a list shows them; two questions however many there are."""
    office_ids = {one.office_id for one in rows if one.office_id}
    names = {
        one.id: one.name for one in session.scalars(select(Office).where(Office.id.in_(office_ids)))
    }
    waiting = session.execute(
        select(DisclosureNotice.disclosure_id, func.count(DisclosureNotice.id))
        .where(
            DisclosureNotice.disclosure_id.in_([one.id for one in rows]),
            DisclosureNotice.told_on.is_(None),
        )
        .group_by(DisclosureNotice.disclosure_id)
    )
    untold = {one[0]: one[1] for one in waiting}
    return tuple(_line(one, names, untold.get(one.id, 0)) for one in rows)


def one(actor: Actor, case_id: str, disclosure_id: str, now: datetime) -> DisclosureView:
    """One disclosure with the values this reader may see, the look recorded. Raises `NotKnown`."""
    house = houses.current()
    with house.stores.reading() as session:
        standing = gatekeeping.known(session, actor, VIEW, case_id, now)
        row = _row(session, case_id, disclosure_id)
        client = session.get_one(Client, session.get_one(Case, case_id).client_code)
        values = _values(house, session, row, standing.vision(Surface.OPENED))
        view = _view(house, session, actor, standing, row, client, values, now)
    details = {"disclosure": disclosure_id, "form": "page"}
    _tell(house, actor, standing, "disclosure_opened", case_id, view.client_code, details, now)
    return view


def document(actor: Actor, case_id: str, disclosure_id: str, now: datetime) -> Printed | Refused:
    """The paper made again from its record alone, its digest compared with what left; told to the log before.

    Refused for what was spoken, has not left, was taken back, or is frozen by the client, and for a reader who may not
    see everything in it. Raises `NotKnown`, and `VaultSealed`.
    """
    house = houses.current()
    with house.stores.reading() as session:
        standing = gatekeeping.known(session, actor, VIEW, case_id, now)
        row = _row(session, case_id, disclosure_id)
        case = session.get_one(Case, case_id)
        allowed = _may_print(session, row, standing.vision(Surface.OPENED), local(now).date())
        if isinstance(allowed, Refused):
            return allowed
        with house.stores.reading_vault(case.organisation) as vault:
            letter = disclosures.letter_of(disclosures.values_of(vault, row.id))
        digest, engine, code = row.digest, row.engine, case.client_code
    if letter is None:
        return SPOKEN
    try:
        made = letters.printed(letter)
    except LetterRefused as refused:
        return Refused(refused.reason)
    if made.digest != digest and made.engine == engine:
        return CHANGED
    details = {"disclosure": disclosure_id, "form": "pdf"}
    _tell(house, actor, standing, "disclosure_opened", case_id, code, details, now)
    return Printed(made.content, made.file_name, made.digest == digest)


def _row(session: Session, case_id: str, disclosure_id: str) -> Disclosure:
    """One disclosure of which the case team may know. Raises `NotKnown`, under silence as for what never was."""
    row = row_of(session, case_id, disclosure_id)
    known = demand_silences.known_to_the_case_team(session, session.get_one(Case, case_id))
    if session.scalar(select(Disclosure.id).where(Disclosure.id == row.id, known)) is None:
        raise gatekeeping.NotKnown()
    return row


def _line(row: Disclosure, names: Mapping[str, str], untold: int) -> DisclosureLine:
    to = disclosures.recipient_of(row.recipient)
    return DisclosureLine(
        id=row.id,
        kind=row.kind,
        name=KINDS[row.kind].name,
        recipient=to.label if to is not None else row.recipient,
        recipient_class=RecipientClass(row.recipient_class),
        office=names.get(row.office_id) if row.office_id else None,
        tier=Tier(row.tier),
        purpose=Purpose(row.purpose),
        fields=fields_of(row),
        medium=Medium(row.medium),
        language=row.language,
        state=State(row.state),
        asked_on=local(row.asked_at).date(),
        left_on=row.left_on,
        ended_on=local(row.ended_at).date() if row.ended_at else None,
        why=Why(row.why) if row.why else None,
        has_document=row.digest is not None,
        untold=untold,
    )


def fields_of(row: Disclosure) -> tuple[Field, ...]:
    """The exact fields of a record."""
    return tuple(Field(one) for one in row.fields.split())


def _values(
    house: House, session: Session, row: Disclosure, vision: Vision
) -> dict[Field, str | Hidden | Sealed]:
    organisation = session.get_one(Case, row.case_id).organisation
    shown: dict[Field, str | Hidden | Sealed] = {}
    words: dict[str, str] = {}
    is_open = house.stores.is_unsealed(organisation)
    if KINDS[row.kind].is_spoken:
        return {one: "" if vision.sees(*LIES_IN[one]) else HIDDEN for one in fields_of(row)}
    if is_open:
        with house.stores.reading_vault(organisation) as vault:
            words = json.loads(disclosures.values_of(vault, row.id).fields)
    for field in fields_of(row):
        if not vision.sees(*LIES_IN[field]):
            shown[field] = HIDDEN
        else:
            shown[field] = words[field.value] if is_open else SEALED
    return shown


def _view(
    house: House,
    session: Session,
    actor: Actor,
    standing: Standing,
    row: Disclosure,
    client: Client,
    values: Mapping[Field, str | Hidden | Sealed],
    now: datetime,
) -> DisclosureView:
    given = stored.approvals(session, [row.id]).get(row.id, ())
    people = {row.asked_by, *(one.user_id for one in given)} | (
        {row.issued_by} if row.issued_by else set()
    )
    names = dossiers.colleagues(session, people)
    said = stored.given(given)
    lacks = missing(Tier(row.tier), row.asked_by, said) if row.state == State.ASKED.value else ()
    vision = standing.vision(Surface.OPENED)
    basis, until = _basis(row)
    mine = next((one for one in given if one.user_id == actor.user_id), None)
    may_ask = may(Permission.DISCLOSURE_ASK, standing)
    return DisclosureView(
        case_id=row.case_id,
        client_code=client.code,
        call_name=client.call_name,
        line=lines_of(session, [row])[0],
        basis=basis,
        basis_until=until,
        asked_by=names.get(row.asked_by, ("", None))[0],
        issued_by=names.get(row.issued_by, ("", None))[0] if row.issued_by else None,
        agreed_on=row.agreed_on,
        warned_on=row.warned_on,
        values=values,
        approvals=tuple(
            ApprovalView(
                names.get(one.user_id, ("", None))[0],
                said[number].approved_as,
                one.approved_at,
                one.by == By.TELEPHONE.value,
                one.confirmed_at is not None,
            )
            for number, one in enumerate(given)
        ),
        missing=lacks,
        notices=_notices(session, row.id),
        engine=row.engine,
        template=row.template,
        digest=row.digest,
        same_engine=row.engine is None or row.engine == letters.engine(),
        may_approve=_next_approval(actor, standing, row, said),
        may_withdraw=may_withdraw(State(row.state))
        if may(Permission.DISCLOSURE_WITHDRAW, standing) and row.kind != "notice"
        else None,
        may_print=_may_print(session, row, vision, local(now).date()) if row.digest else None,
        may_confirm=mine is not None and mine.confirmed_at is None,
        may_tell=may_ask,
    )


def _basis(row: Disclosure) -> tuple[Label | str, date | None]:
    to = disclosures.recipient_of(row.recipient)
    found = next((one for one in (to.bases if to else ()) if one.id == row.basis), None)
    return (found.label, found.validity.valid_to) if found else (row.basis, None)


def _next_approval(
    actor: Actor, standing: Standing, row: Disclosure, given: tuple[Approval, ...]
) -> Decision | None:
    """Whether this reader may approve now; None where it is not for them."""
    held = frozenset(
        one for one in (disclosure_acts.APPROVE, disclosure_acts.COUNSEL) if may(one, standing)
    )
    if row.state != State.ASKED.value or not held:
        return None
    roles = disclosure_acts.roles_for(actor, row, held)
    if not roles:
        mine = row.asked_by == actor.user_id
        return Refused(disclosure_acts.OWN) if mine else None
    decisions = [
        may_approve(
            Tier(row.tier), State(row.state), row.asked_by, given, Approval(actor.user_id, one)
        )
        for one in roles
    ]
    return next((one for one in decisions if isinstance(one, Allowed)), decisions[0])


def _notices(session: Session, disclosure_id: str) -> tuple[NoticeView, ...]:
    rows = session.scalars(
        select(DisclosureNotice)
        .where(DisclosureNotice.disclosure_id == disclosure_id)
        .order_by(DisclosureNotice.recorded_at, DisclosureNotice.id)
    )
    return tuple(
        NoticeView(
            one.id,
            Why(one.why),
            one.told_on,
            Medium(one.told_how) if one.told_how else None,
            one.letter_id,
        )
        for one in rows
    )


def _may_print(session: Session, row: Disclosure, vision: Vision, today: date) -> Decision:
    if row.state in (State.WITHDRAWN.value, State.REFUSED.value):
        return TAKEN_BACK
    if row.state != State.ISSUED.value:
        return NOT_OUT
    if row.digest is None:
        return SPOKEN
    if not all(vision.sees(*LIES_IN[one]) for one in fields_of(row)):
        return NOT_ALL_YOURS
    frozen = Tier(row.tier) in stored.IN_OUR_HANDS
    if frozen and client_requests.restricted(session, row.case_id, today):
        return FROZEN
    return Allowed()


def _tell(
    house: House,
    actor: Actor,
    standing: Standing,
    event: str,
    case_id: str,
    client_code: str,
    details: Mapping[str, Any],
    now: datetime,
) -> None:
    audit_log.tell(
        house.stores,
        Act(
            event,
            actor,
            now,
            subjects=(client_code,),
            object_id=case_id,
            details=details,
            permission=VIEW.value,
            purpose=look_purposes.purpose(VIEW, standing),
            relations=standing.relations,
            sensitivity="vault",
        ),
        result="shown",
    )
