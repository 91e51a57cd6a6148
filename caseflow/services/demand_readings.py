"""One demand opened: what whoever wrote it down sees, and what only director, privacy officer and FG see behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain import demands as rules
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.demand_codes import Decider, Effect, HowAnswered, Taken, Verdict
from caseflow.domain.demand_silences import is_silent
from caseflow.domain.demands import DemandFacts
from caseflow.domain.disclosures import LIES_IN, TYPED, Field
from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.domain.redaction import HIDDEN
from caseflow.services import demands, houses
from caseflow.services.case_views import SEALED
from caseflow.services.demand_views import (
    Behind,
    DecisionView,
    DemandView,
    HandoverView,
    SilenceView,
    TakingView,
    WordsView,
)
from caseflow.services.demands import (
    act_of,
    as_silence,
    entered_last,
    facts,
    guard,
    known,
    permission_of,
)
from caseflow.storage import audit_log, dossiers
from caseflow.storage.models.demands import (
    Demand,
    DemandHandover,
    DemandHandoverField,
    DemandLink,
    DemandTaking,
    DemandWords,
)
from caseflow.storage.models.operations import Change
from caseflow.storage.models.shelter import Site

P = Permission
NO_DATA: Final = TYPED | {Field.POSTAL_ADDRESS, Field.REPORT_HELP}
"""What is written for a letter of ours, and is no data that a file keeps."""
BY_MOMENT: Final = (DemandLink.recorded_at, entered_last(DemandLink))


@dataclass(frozen=True)
class Link:
    """Whom a demand turned out to be about, and what was handed over of it."""

    demand_id: str
    client_code: str
    disclosure_id: str | None


def opened(actor: Actor, demand_id: str, now: datetime) -> DemandView:
    """One demand, the look recorded first. Raises `NotKnown`, and tells the log so."""
    guard(actor, *demands.OPENS)
    house = houses.current()
    with house.stores.reading() as session:
        row = known(session, actor, demand_id, now)
        sees_words = may_at_all(P.DEMAND_DECIDE, actor.roles)
        act = act_of(
            "demand_opened", actor, now, row.id, {}, permission_of(actor), words=sees_words
        )
        audit_log.tell(house.stores, act, result="shown")
        return _view(session, actor, row, now)


def _view(session: Session, actor: Actor, row: Demand, now: datetime) -> DemandView:
    house, config = houses.current(), houses.current().demands
    today = local(now).date()
    [line] = demands.lines(session, actor, [row], today)
    behind = _behind(session, actor, row) if demands.sees_all(actor) else None
    linked = behind.link_count if behind and isinstance(behind.link_count, int) else 0
    found = facts(session, row, linked)
    takings = tuple(_takings(session, row.id))
    names = _names(session, row.received_by, row.answered_by)
    ours = house.catalogue.organisations.get(row.organisation)
    is_search = row.effect == Effect.SEIZURE or _asks_search(row)
    return DemandView(
        line,
        config.authority(row.authority),
        config.power(row.power),
        Effect(row.effect) if row.effect else None,
        row.reference,
        names.get(row.received_by, ""),
        row.door_id is not None,
        HowAnswered(row.answered_how) if row.answered_how else None,
        names.get(row.answered_by or ""),
        row.settled_on if behind else None,
        row.fg_saw_at if behind else None,
        takings,
        sites_of(session, row.organisation),
        config.search if is_search else (),
        config.search_source,
        ours.on_call if ours else None,
        behind,
        _acts(actor, row, found, has_takings=bool(takings)),
        row.version,
    )


def _asks_search(row: Demand) -> bool:
    """Whether the power that was named at first is a search, before anybody assessed it."""
    power = houses.current().demands.power(row.power)
    return row.effect is None and power is not None and power.effect is Effect.SEIZURE


def _acts(
    actor: Actor, row: Demand, found: DemandFacts, *, has_takings: bool
) -> dict[str, bool]:  # fmt: skip
    """Which acts are this reader's now; each asks again when it is done."""
    is_open, may = row.outcome is None, {one: may_at_all(one, actor.roles) for one in P}
    assesses, decided = may[P.DEMAND_ASSESS], rules.verdict(found)
    said = {one.decider for one in found.voices}
    ordered = is_open and found.effect is Effect.ORDER
    mine = (
        (may[P.DEMAND_RELEASE] and Decider.DIRECTOR not in said)
        or (assesses and Decider.PRIVACY_OFFICER not in said)
    )  # fmt: skip
    search = found.effect is Effect.SEIZURE or _asks_search(row)
    goes = decided in (Verdict.PARTLY, Verdict.COMPLY)
    return {
        "answer": row.answered_at is None and may[P.DEMAND_RECORD],
        "words": is_open and may[P.DEMAND_RECORD],
        "assess": is_open and assesses and not found.voices,
        "decide": ordered and mine,
        "lawyer": ordered and assesses and Decider.LAWYER not in said,
        "link": assesses and decided is not None and found.prepared is None,
        "unlink": assesses and found.linked > 0 and found.prepared is None,
        "prepare": is_open and assesses and goes and found.prepared is None,
        "release": is_open and may[P.DEMAND_RELEASE] and found.prepared is not None,
        "settle": is_open and assesses and found.effect is not None,
        "silence": assesses,
        "take": is_open and may[P.DEMAND_RECORD] and search,
        "seal": may[P.VAULT_SEAL] and search,
        "supervise": may[P.DEMAND_SUPERVISE] and row.fg_saw_at is None,
    }


def _behind(session: Session, actor: Actor, row: Demand) -> Behind:
    stores, config = houses.current().stores, houses.current().demands
    voices = {one.decider.value: one for one in facts(session, row).voices}
    stored = demands.decisions(session, row.id)
    silent = demands.silences(session, [row.id]).get(row.id, [])
    handover = session.get(DemandHandover, row.id)
    names = _names(
        session,
        row.assessed_by,
        *(one.recorded_by for one in stored),
        *(one.recorded_by for one in silent),
        *((handover.prepared_by, handover.released_by) if handover else ()),
    )
    is_sealed = not stores.is_unsealed(row.organisation)
    links = () if is_sealed else links_of(session, row)
    assesses = may_at_all(P.DEMAND_ASSESS, actor.roles)
    sees_words = may_at_all(P.DEMAND_DECIDE, actor.roles)
    decided = facts(session, row)
    return Behind(
        names.get(row.assessed_by or ""),
        fields_of(demands.named(session, row.id)),
        tuple(
            DecisionView(
                Decider(one.decider),
                Verdict(one.verdict),
                one.decided_on,
                names.get(one.recorded_by, ""),
                one.reference,
                fields_of(voices[one.decider].fields),
            )
            for one in stored
        ),
        rules.verdict(decided),
        fields_of(rules.granted(decided)),
        _handover(session, handover, names) if handover else None,
        tuple(
            SilenceView(
                ground.label if (ground := config.ground(one.ground)) else Label(one.ground, one.ground),
                local(one.recorded_at).date(),
                one.review_on,
                names.get(one.recorded_by, ""),
            )
            for one in silent
        ),
        is_silent(map(as_silence, silent)),
        SEALED if is_sealed else len(links),
        HIDDEN if not sees_words else SEALED if is_sealed else _words(session, row),
        len([one for one in links if one.disclosure_id]) if assesses else 0,
    )  # fmt: skip


def fields_of(codes: Iterable[str]) -> tuple[Field, ...]:
    """Fields in the order in which they are declared; a code of an older version is left out."""
    wanted = set(codes)
    return tuple(one for one in Field if one.value in wanted)


def reachable(power_id: str | None) -> tuple[Field, ...]:
    """What a demand on this power can name: fields of the compartments that it reaches, none of them typed words."""
    power = houses.current().demands.power(power_id)
    if power is None:
        return ()
    return tuple(one for one in Field if LIES_IN[one][0] in power.reaches and one not in NO_DATA)


def links_of(session: Session, row: Demand) -> list[Link]:
    """The links of a demand that stand, the newest row of each code. Raises `VaultSealed`."""
    stores = houses.current().stores
    with stores.reading_vault(row.organisation) as vault:
        asked = select(DemandLink).where(DemandLink.demand_id == row.id)
        return standing_links(session, vault.scalars(asked.order_by(*BY_MOMENT)))


def standing_links(session: Session, rows: Iterable[DemandLink]) -> list[Link]:
    """Of links, oldest first, those that were not taken back and whose change was committed."""
    kept = list(rows)
    stands = _committed(session, kept)
    newest = {(one.demand_id, one.client_code): one for one in kept if one.change_id in stands}
    return [
        Link(one.demand_id, one.client_code, one.disclosure_id)
        for one in newest.values()
        if not one.is_taken_back
    ]


def _committed(session: Session, rows: Iterable[DemandLink | DemandWords]) -> set[str]:
    asked = select(Change.id).where(Change.id.in_({one.change_id for one in rows}))
    return set(session.scalars(asked))


def sites_of(session: Session, organisation: str) -> tuple[tuple[str, str], ...]:
    """Ids and names of the sites of an organisation."""
    asked = select(Site.id, Site.name).where(Site.organisation == organisation)
    return tuple((one, name) for one, name in session.execute(asked.order_by(Site.name, Site.id)))


def _handover(session: Session, row: DemandHandover, names: dict[str, str]) -> HandoverView:
    asked = select(DemandHandoverField.field).where(DemandHandoverField.demand_id == row.demand_id)
    return HandoverView(
        fields_of(session.scalars(asked)),
        names.get(row.prepared_by, ""),
        row.prepared_at,
        names.get(row.released_by or ""),
        row.released_at,
    )


def _takings(session: Session, demand_id: str) -> list[TakingView]:
    rows = session.execute(
        select(DemandTaking, Site.name)
        .outerjoin(Site, Site.id == DemandTaking.site_id)
        .where(DemandTaking.demand_id == demand_id)
        .order_by(DemandTaking.taken_at, DemandTaking.id)
    ).all()
    names = _names(session, *(one.recorded_by for one, _ in rows))
    return [
        TakingView(
            Taken(one.kind),
            one.how_many,
            site,
            one.digest,
            one.taken_at,
            names.get(one.recorded_by, ""),
        )
        for one, site in rows
    ]


def _words(session: Session, row: Demand) -> tuple[WordsView, ...]:
    """The text of a demand and what was written about it, oldest first."""
    with houses.current().stores.reading_vault(row.organisation) as vault:
        asked = select(DemandWords).where(DemandWords.demand_id == row.id)
        kept = list(
            vault.scalars(asked.order_by(DemandWords.recorded_at, entered_last(DemandWords)))
        )
        stands = _committed(session, kept)
        return tuple(
            WordsView(one.kind, one.words, one.recorded_at)
            for one in kept
            if one.change_id in stands
        )


def _names(session: Session, *user_ids: str | None) -> dict[str, str]:
    found = dossiers.colleagues(session, {one for one in user_ids if one})
    return {user_id: name for user_id, (name, _) in found.items()}
