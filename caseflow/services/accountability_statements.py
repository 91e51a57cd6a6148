"""Accountability statements: proposed for one official, attacked, approved by two, read until a day, never republished.

Only the official sees it outside; for every other funder it does not exist. Whoever proposes or approves statements of
the programme sees it inside.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from caseflow.domain import accountability_statements as domain
from caseflow.domain.accountability_statements import StatementDraft, StatementKind
from caseflow.domain.actors import Actor, Grant, Role
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.published_counts import PublishedCounts
from caseflow.services import accountability_gate as gate
from caseflow.services import actors, figures, houses
from caseflow.services.accountability_gate import ISSUED
from caseflow.services.accountability_readings import (
    PROPOSE,
    act_of,
    official_named,
    programmes_of,
    unknown,
)
from caseflow.services.accountability_views import Offered, OfficialName
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.publications import PROPOSERS, frozen_in
from caseflow.storage import changes
from caseflow.storage.models.accounts import RoleGrant, UserAccount
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.funder_papers import AccountabilityStatement

PROPOSED, REJECTED = "proposed", "rejected"
NO_PUBLICATION: Final = Refused(
    N_(
        "Nothing of this programme was published at this cut-off. A statement follows a publication."
    )
)
NO_YEAR_BEFORE: Final = Refused(
    N_("Nothing was published a year before this cut-off. Choose all exits up to it instead.")
)
NOT_THEIRS: Final = Refused(
    N_("This account is no funder of the programme. Choose an official who reads its publications.")
)
SUSPENDED: Final = Refused(
    N_(
        "This account is suspended or closed, so nothing can be granted to it. Ask an administrator."
    )
)
THERE_ALREADY: Final = Refused(
    N_("This official has this statement already, or it waits for approval. Look at the list.")
)
WOULD_BREAK: Final = Refused(
    N_("Together with what was published, this statement could show something about one person. None is made.")
)  # fmt: skip
SHARED_WITH_A_GROUP: Final = Refused(
    N_(
        "A group with this programme in it has publications too, and the difference between the two could be "
        "worked out. No statement is made."
    )
)


def propose(
    actor: Actor,
    programme: str,
    kind: StatementKind,
    cut_off: date,
    official: str,
    until: date,
    now: datetime,
) -> str | Refused:
    """Makes a statement and proposes it for one official, or says why there can be none; answers its id.

    Raises `NotKnown` for a programme that is not one's own.
    """
    house = houses.current()
    if programme not in programmes_of(actor, PROPOSE, PROPOSERS):
        raise unknown(actor, PROPOSE, now)
    granted = domain.may_grant(until, local(now).date())
    if isinstance(granted, Refused):
        return granted
    with house.stores.reading() as session:
        frozen, told = frozen_in(session), gate.told_in(session)
        refused = _not_told(session, official, programme)
    if refused is not None:
        return refused
    made, counted = _draft(programme, kind, cut_off, frozen)
    if isinstance(made, Refused):
        return made
    broken = _breaks(programme, made, frozen, told)
    if broken is not None:
        return broken
    row_id = new_id()
    details = {
        "programme": programme,
        "kind": kind.value,
        "cut_off": cut_off,
        "account": official,
        "until": until,
    }
    with changes.change(
        house.stores, act_of("accountability_proposed", actor, now, PROPOSE, row_id, details)
    ) as work:
        if programme not in programmes_of(actors.present(work.casework, actor), PROPOSE, PROPOSERS):
            raise NotKnown()
        refused = _not_told(work.casework, official, programme)
        if refused is None and _is_there(work.casework, programme, kind, cut_off, official, now):
            refused = THERE_ALREADY
        if refused is not None:
            return work.refuse(refused)
        work.casework.add(
            AccountabilityStatement(
                id=row_id,
                programme=programme,
                kind=kind.value,
                cut_off=cut_off,
                state=PROPOSED,
                rule_version=domain.RULE_VERSION,
                content=domain.written(made),
                known=domain.written_told(made.told),
                input_digest=house.stores.hashed("accountability input", _canonical(counted)),
                reader_id=official,
                until_on=until,
                proposed_at=work.at,
                proposed_by=work.by,
                change_id=work.id,
            )
        )
    return row_id


def _draft(
    programme: str, kind: StatementKind, cut_off: date, frozen: Sequence[PublishedCounts]
) -> tuple[StatementDraft | Refused, list[Mapping[str, int]]]:
    """The statement at a published cut-off, and the exact cells it was made of."""
    house = houses.current()
    at = {one.cut_off: one for one in frozen if one.scope == programme}
    wanted = [cut_off]
    if kind is StatementKind.YEARLY:
        wanted = [domain.years_before(cut_off), cut_off]
    if cut_off not in at:
        return NO_PUBLICATION, []
    if wanted[0] not in at:
        return NO_YEAR_BEFORE, []
    counted = [house.rules.cells(figures.counted(house, programme, day)) for day in wanted]
    published = [at[day] for day in wanted]
    return domain.draft(kind, house.statement_rows, published, counted), [*counted]


def _breaks(
    programme: str, made: StatementDraft, frozen: Sequence[PublishedCounts], told: gate.Known
) -> Refused | None:
    """Why what is published would no longer be safe, or never fitted with this statement."""
    if any(one.scope != programme and programme in one.members for one in frozen):
        return SHARED_WITH_A_GROUP
    same = [one for one in frozen if one.scope == programme]
    fits, passes = gate.fits_and_passes(same, (*told.get(programme, ()), *made.told))
    if not fits:
        return domain.CONTRADICTED
    return None if passes else WOULD_BREAK


def still_withstands(
    row: AccountabilityStatement, frozen: Sequence[PublishedCounts], told: gate.Known
) -> bool:
    """Whether a statement that waits is still safe beside everything that was frozen and issued since."""
    if any(one.scope != row.programme and row.programme in one.members for one in frozen):
        return False
    same = [one for one in frozen if one.scope == row.programme]
    known = (*told.get(row.programme, ()), *domain.read_told(row.known))
    return all(gate.fits_and_passes(same, known))


def _not_told(session: Session, official: str, programme: str) -> Refused | None:
    """Why nothing can be granted to this account."""
    account = session.get(UserAccount, official)
    if account is None or programme not in _scopes_of_funder(session, account):
        return NOT_THEIRS
    return None if account.status == "active" else SUSPENDED


def may_be_told(session: Session, row: AccountabilityStatement, now: datetime) -> Refused | None:
    """Why a statement that waits can no longer be issued: its day has passed, or the account is no funder any more."""
    granted = domain.may_grant(row.until_on, local(now).date())
    if isinstance(granted, Refused):
        return granted
    return _not_told(session, row.reader_id, row.programme)


def _scopes_of_funder(session: Session, account: UserAccount) -> tuple[str, ...]:
    grants = session.scalars(
        select(RoleGrant).where(
            RoleGrant.user_id == account.id,
            RoleGrant.role == Role.FUNDER.value,
            RoleGrant.ended_at.is_(None),
        )
    )
    return figures.scopes_of(_funder(account, grants.all()), Role.FUNDER)


def _funder(account: UserAccount, grants: Sequence[RoleGrant]) -> Actor:
    return Actor(
        account.id,
        account.organisation,
        None,
        frozenset(
            Grant(Role.FUNDER, account.organisation, None, None, one.programme) for one in grants
        ),
    )


def _is_there(
    session: Session, programme: str, kind: StatementKind, cut_off: date, official: str, now: datetime
) -> bool:  # fmt: skip
    runs = and_(
        AccountabilityStatement.state == ISSUED,
        AccountabilityStatement.ended_at.is_(None),
        AccountabilityStatement.until_on >= local(now).date(),
    )
    found = session.scalar(
        select(AccountabilityStatement.id).where(
            AccountabilityStatement.programme == programme,
            AccountabilityStatement.kind == kind.value,
            AccountabilityStatement.cut_off == cut_off,
            AccountabilityStatement.reader_id == official,
            or_(runs, AccountabilityStatement.state == PROPOSED),
        )
    )
    return found is not None


def offered(actor: Actor, programme: str | None, now: datetime) -> Offered:
    """What there is to choose for a proposal. Raises `NotKnown` for who proposes none."""
    mine = programmes_of(actor, PROPOSE, PROPOSERS)
    if not mine or (programme and programme not in mine):
        raise unknown(actor, PROPOSE, now)
    known = houses.current().catalogue.programmes
    chosen = programme or next(iter(mine))
    with houses.current().stores.reading() as session:
        cut_offs = sorted(
            {one.cut_off for one in frozen_in(session) if one.scope == chosen}, reverse=True
        )
        rows = session.execute(
            select(UserAccount, RoleGrant)
            .join(RoleGrant, RoleGrant.user_id == UserAccount.id)
            .where(
                RoleGrant.role == Role.FUNDER.value,
                RoleGrant.ended_at.is_(None),
                UserAccount.status == "active",
            )
            .order_by(UserAccount.display_name, UserAccount.id)
        )
        found: dict[str, OfficialName] = {}
        for account, grant in rows:
            if chosen in figures.scopes_of(_funder(account, [grant]), Role.FUNDER):
                found[account.id] = official_named(account)
    names = tuple((one, known[one].name) for one in mine)
    return Offered(names, tuple(cut_offs), tuple(found.values()))


def _canonical(counted: Sequence[Mapping[str, int]]) -> str:
    return json.dumps([dict(sorted(cells.items())) for cells in counted])
