"""Both sides of a merge, out of the stores, for a reader who may open both files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, Standing, may
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.programmes import Stage
from caseflow.domain.redaction import HIDDEN, Compartment, Hidden, Surface
from caseflow.services import identity_readings
from caseflow.services.case_views import SEALED, Sealed
from caseflow.services.houses import House
from caseflow.services.identity_views import IdentityView
from caseflow.services.merge_views import MergedCase, MergeView, Preview, Side
from caseflow.storage import emergency_cards, households, merges, separations
from caseflow.storage.models.cases import Case, Client

Standings = Callable[[Collection[str]], Mapping[str, Standing]]


def preview(
    house: House,
    session: Session,
    kept: Client,
    given_up: Client,
    standings: Standings,
    now: datetime,
    *,
    objections: tuple[Refused, ...],
    readers_lost: int,
) -> Preview:
    """Both sides beside each other. Called once the gate let the reader through to both."""
    both = (kept, given_up)
    with Session(house.stores.cards) as cards:
        found = {one.code: emergency_cards.current(cards, session, one.code) for one in both}
        made = {code: card.recorded_at for code, card in found.items() if card is not None}
    newer = max(made, key=lambda code: made[code]) if made else None
    one, other = (_side(house, session, side, made, standings, now) for side in both)
    return Preview(one, other, objections, newer, readers_lost)


def _side(
    house: House,
    session: Session,
    client: Client,
    cards: Mapping[str, datetime],
    standings: Standings,
    now: datetime,
) -> Side:
    ids = session.scalars(select(Case.id).where(Case.client_code == client.code)).all()
    stands = {i: one for i, one in standings(ids).items() if may(Permission.CASE_OPEN, one)}
    card_at = cards.get(client.code)
    return Side(
        client.code,
        client.call_name,
        local(client.registered_at).date(),
        cases(house, session, stands),
        _identity(house, session, client, stands.values()),
        local(card_at).date() if card_at is not None else None,
        client.restricted,
        len(separations.codes_apart(session, client.code, local(now).date())),
        households.running(session, client.code) is not None,
    )


def cases(house: House, session: Session, case_ids: Collection[str]) -> tuple[MergedCase, ...]:
    """These cases, oldest first."""
    rows = session.execute(
        select(Case.programme, Case.stage, Case.opened_at)
        .where(Case.id.in_(case_ids))
        .order_by(Case.opened_at, Case.id)
    )
    return tuple(
        MergedCase(house.programme(programme).name, Stage(stage), local(opened_at).date())
        for programme, stage, opened_at in rows
    )


def _identity(
    house: House, session: Session, client: Client, standings: Iterable[Standing]
) -> IdentityView | Hidden | Sealed | None:
    if not any(one.vision(Surface.OPENED).sees(Compartment.IDENTITY) for one in standings):
        return HIDDEN
    if not house.stores.is_unsealed(client.organisation):
        return SEALED
    with house.stores.reading_vault(client.organisation) as vault:
        return identity_readings.of(vault, session, client.code, {})


def of_client(session: Session, client_code: str) -> tuple[MergeView, ...]:
    """The codes that were given up into this one, as the file shows them."""
    found = merges.taken_over(session, [client_code]).get(client_code, ())
    return tuple(MergeView(one.merge_id, one.code, local(one.merged_at).date()) for one in found)
