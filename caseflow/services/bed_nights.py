"""Bed-night statements: worked out from the beds of a month, looked at, fixed with a fresh code, and never rewritten.

Whoever does finance in the organisation that has the beds fixes them; its coordinators look at the same preview to
check it. Finance of the city that keeps a programme reads what its organisations fixed, and nothing before that. No
client code, no name of a site and no bed is in a statement.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from caseflow.domain import audit_samples
from caseflow.domain import bed_night_statements as domain
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.bed_night_statements import Statement
from caseflow.domain.bed_nights import BedNight, bed_nights, counted, nights_of
from caseflow.domain.daily_services import Month
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.services import actors, denials, houses
from caseflow.services.bed_night_views import (
    Change,
    NoteView,
    OrganisationName,
    StatementLine,
    StatementsView,
    StatementView,
)
from caseflow.services.figures import named_scopes
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage import audit_log, changes
from caseflow.storage import bed_nights as stored
from caseflow.storage.audit_log import Act
from caseflow.storage.models.accounts import UserAccount
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.bed_nights import AssuranceNote, BedNightStatement
from caseflow.storage.models.shelter import Site

VIEW, FIX = Permission.BED_NIGHTS_VIEW, Permission.BED_NIGHTS_FIX
AT_MOST: Final = 500
MAKERS: Final = (Role.FINANCE, Role.COORDINATOR)
OWN_READERS: Final = (*MAKERS, Role.PRIVACY_OFFICER)
CHANGED: Final = Refused(
    N_("Something changed since this was worked out. Look at it again, and then fix it.")
)


def statements(actor: Actor, now: datetime) -> StatementsView:
    """The statements this reader may see, the newest month first. Raises `NotKnown` for other roles."""
    readable = _readable(actor, now)
    with houses.current().stores.reading() as session:
        rows = session.scalars(
            select(BedNightStatement)
            .where(BedNightStatement.organisation.in_(readable))
            .order_by(
                BedNightStatement.month.desc(),
                BedNightStatement.organisation,
                BedNightStatement.number.desc(),
            )
            .limit(AT_MOST)
        ).all()
        assured = set(session.scalars(select(AssuranceNote.statement_id)))
        newest: dict[tuple[str, date], int] = {}
        for row in rows:
            newest.setdefault((row.organisation, row.month), row.number)
        lines = tuple(
            StatementLine(
                row.id,
                named(row.organisation),
                Month(row.month),
                row.number,
                newest[row.organisation, row.month] == row.number,
                local(row.recorded_at).date(),
                domain.read(row.content).together.cents,
                row.id in assured,
            )
            for row in rows
        )
    tell(actor, "bed_nights_listed", now, None, {"count": len(lines)})
    return StatementsView(lines, _makes(actor))


def makes(actor: Actor, now: datetime) -> tuple[OrganisationName, ...]:
    """The organisations of which this reader may work one out. Raises `NotKnown` for who works out none."""
    found = _makes(actor)
    if not found:
        denials.tell(actor, VIEW, now)
        raise NotKnown()
    return found


def _makes(actor: Actor) -> tuple[OrganisationName, ...]:
    """The own organisation, where it has a house: finance of a city that has none reads, and makes nothing."""
    own = {one.organisation for one in actor.grants if one.role in MAKERS}
    with houses.current().stores.reading() as session:
        housing = session.scalars(
            select(Site.organisation).where(Site.organisation.in_(own)).distinct()
        )
        return tuple(named(one) for one in sorted(housing))


def preview(
    actor: Actor, organisation: str, month: Month, now: datetime
) -> StatementView | Refused:
    """What a statement of this month would say, to look at before it is fixed. Raises `NotKnown`."""
    _own(actor, organisation, VIEW, MAKERS, now)
    with houses.current().stores.reading() as session:
        worked_out = _worked_out(session, organisation, month, now)
        if isinstance(worked_out, Refused):
            return worked_out
        _, found = worked_out
        last = _last(session, organisation, month)
        view = StatementView(
            named(organisation),
            month,
            1 if last is None else last.number + 1,
            found,
            None if last is None else _change(last, found),
            fingerprint=domain.fingerprint(found),
            may_fix=_may(actor, organisation, FIX, (Role.FINANCE,)),
            is_same=last is not None and last.content == domain.written(found),
        )
    details: dict[str, object] = {"organisation": organisation, "month": month.code}
    tell(actor, "bed_nights_viewed", now, None, details | {"form": "preview"})
    return view


def fix(actor: Actor, organisation: str, month: Month, seen: str, now: datetime) -> str | Refused:
    """Fixes a statement as its preview showed it, and answers its id; it never changes again.

    `seen` is the fingerprint of the preview: where something changed since, nothing is fixed. A statement of a month
    that has one already puts that one right, and is refused where there is nothing to put right. Raises `NotKnown`.
    """
    _own(actor, organisation, FIX, (Role.FINANCE,), now)
    house, row_id = houses.current(), new_id()
    details = {"organisation": organisation, "month": month.code}
    act = _act("bed_nights_fixed", actor, now, row_id, details, FIX)
    with changes.change(house.stores, act) as work:
        present = actors.present(work.casework, actor)
        if not _may(present, organisation, FIX, (Role.FINANCE,)):
            raise NotKnown()
        worked_out = _worked_out(work.casework, organisation, month, now)
        if isinstance(worked_out, Refused):
            return work.refuse(worked_out)
        nights, found = worked_out
        if domain.fingerprint(found) != seen:
            return work.refuse(CHANGED)
        last = _last(work.casework, organisation, month)
        content = domain.written(found)
        if last is not None and last.content == content:
            return work.refuse(_nothing_new(last))
        work.casework.add(
            BedNightStatement(
                id=row_id,
                organisation=organisation,
                month=month.first,
                number=1 if last is None else last.number + 1,
                rule_version=domain.RULE_VERSION,
                input_digest=digest(nights),
                content=content,
                recorded_at=work.at,
                recorded_by=work.by,
                change_id=work.id,
            )
        )
    return row_id


def statement(actor: Actor, statement_id: str, now: datetime, form: str = "page") -> StatementView:
    """A statement as it was fixed, the look recorded first. Raises `NotKnown`."""
    readable = _readable(actor, now)
    with houses.current().stores.reading() as session:
        row = session.get(BedNightStatement, statement_id)
        if row is None or row.organisation not in readable:
            denials.tell(actor, VIEW, now)
            raise NotKnown()
        view = shown(session, row)
    details: dict[str, object] = {
        "organisation": view.organisation.id,
        "month": view.month.code,
    }
    tell(actor, "bed_nights_viewed", now, view.id, details | {"form": form})
    return view


def shown(session: Session, row: BedNightStatement) -> StatementView:
    """A stored statement with what it changed, what followed it and what was signed of it; asks nobody."""
    found = domain.read(row.content)
    before = _numbered(session, row, row.number - 1)
    following = _numbered(session, row, row.number + 1)
    return StatementView(
        named(row.organisation),
        Month(row.month),
        row.number,
        found,
        None if before is None else _change(before, found),
        row.id,
        row.recorded_at,
        None if following is None else following.id,
        notes(session, row.id),
    )


def taken(session: Session, organisation: str, month: Month, now: datetime) -> tuple[BedNight, ...]:
    """Every bed-night of an organisation in a month, as it is known now."""
    today = local(now).date()
    beds = stored.beds(session, organisation, month)
    stays = stored.stays(session, [bed.id for bed in beds], month, now, today)
    return tuple(bed_nights(beds, stays, nights_of(month)))


def digest(nights: tuple[BedNight, ...]) -> str:
    """A keyed digest of bed-nights: two counts can be compared, and nobody can guess what was in them."""
    return houses.current().stores.hashed("bed nights", audit_samples.digest_text(nights))


def named(organisation: str) -> OrganisationName:
    """An organisation by its name; by its id where nothing describes it any more."""
    known = houses.current().catalogue.organisations.get(organisation)
    return OrganisationName(organisation, known.name if known is not None else organisation)


def _worked_out(
    session: Session, organisation: str, month: Month, now: datetime
) -> tuple[tuple[BedNight, ...], Statement] | Refused:
    today = local(now).date()
    allowed = domain.may_state(month, today)
    if not allowed:
        return allowed
    nights = taken(session, organisation, month, now)
    prices = [one for one in houses.current().night_prices if one.organisation == organisation]
    missing = stored.without_round(session, nights)
    found = domain.stated(
        month, counted(nights), stored.shares(session, organisation), prices, missing
    )
    return found if isinstance(found, Refused) else (nights, found)


def _readable(actor: Actor, now: datetime) -> frozenset[str]:
    """Whose statements this reader sees: the own organisation's, and for finance of who keeps a programme all in it."""
    if not may_at_all(VIEW, actor.roles):
        denials.tell(actor, VIEW, now)
        raise NotKnown()
    found = {one.organisation for one in actor.grants if one.role in OWN_READERS}
    pays_as = {one.organisation for one in actor.grants if one.role is Role.FINANCE}
    catalogue = houses.current().catalogue
    for scope, _ in named_scopes(actor, Role.FINANCE):
        for programme in catalogue.members(scope):
            if catalogue.programmes[programme].keeper in pays_as:
                found |= set(catalogue.programmes[programme].organisations)
    return frozenset(found)


def _may(
    actor: Actor, organisation: str, permission: Permission, roles: tuple[Role, ...]
) -> bool:  # fmt: skip
    own = any(one.role in roles and one.organisation == organisation for one in actor.grants)
    return own and may_at_all(permission, actor.roles)


def _own(
    actor: Actor,
    organisation: str,
    permission: Permission,
    roles: tuple[Role, ...],
    now: datetime,
) -> None:
    if not _may(actor, organisation, permission, roles):
        denials.tell(actor, permission, now)
        raise NotKnown()


def _last(session: Session, organisation: str, month: Month) -> BedNightStatement | None:
    return session.scalar(
        select(BedNightStatement)
        .where(
            BedNightStatement.organisation == organisation, BedNightStatement.month == month.first
        )
        .order_by(BedNightStatement.number.desc())
        .limit(1)
    )


def _numbered(
    session: Session, row: BedNightStatement, number: int
) -> BedNightStatement | None:  # fmt: skip
    return session.scalar(
        select(BedNightStatement).where(
            BedNightStatement.organisation == row.organisation,
            BedNightStatement.month == row.month,
            BedNightStatement.number == number,
        )
    )


def _change(before: BedNightStatement, found: Statement) -> Change:
    old = domain.read(before.content)
    return Change(
        before.id, before.number, domain.changed(old, found), domain.differences(old, found)
    )


def notes(
    session: Session, statement_id: str, session_id: str | None = None
) -> tuple[NoteView, ...]:
    """What accountants signed of a statement, or in one session of it."""
    rows = session.execute(
        select(AssuranceNote, UserAccount.display_name)
        .join(UserAccount, UserAccount.id == AssuranceNote.signed_by)
        .where(
            AssuranceNote.statement_id == statement_id,
            true() if session_id is None else AssuranceNote.session_id == session_id,
        )
        .order_by(AssuranceNote.signed_at)
    )
    return tuple(
        NoteView(
            name, row.signed_at, row.sampled, row.in_order, audit_samples.read(row.findings)
        )
        for row, name in rows
    )  # fmt: skip


def _nothing_new(last: BedNightStatement) -> Refused:
    return Refused(
        N_(
            "Nothing changed since statement %(number)s of this month, so there is nothing to put right.",
            number=last.number,
        )
    )


def _act(
    event: str,
    actor: Actor,
    now: datetime,
    object_id: str | None,
    details: dict[str, object] | dict[str, str],
    permission: Permission,
) -> Act:
    return Act(
        event,
        actor,
        now,
        object_id=object_id,
        details=details,
        permission=permission.value,
        purpose="figures",
        sensitivity="figures",
    )


def tell(
    actor: Actor, event: str, now: datetime, object_id: str | None, details: dict[str, object]
) -> None:
    """Tells the log what is shown, before the page leaves."""
    act = _act(event, actor, now, object_id, details, VIEW)
    audit_log.tell(houses.current().stores, act, result="shown")
