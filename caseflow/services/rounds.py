"""The round of the night as it is opened: who sleeps at a site, and what holds for each unless somebody says otherwise.

Coded facts only, so it goes on while vaults are sealed. Everybody shown is told to the audit log before the page
leaves. Workers of the night see whether somebody is announced away, not why (the firewall's row of shelter).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from caseflow.domain import night_ledgers, rounds
from caseflow.domain.access import Permission, Standing, may, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.beds import BedFacts, BedKind
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.nights import Nights
from caseflow.domain.placements import Stay
from caseflow.domain.redaction import HIDDEN, Compartment, Part, Surface, Vision
from caseflow.domain.registers import night_register_of
from caseflow.domain.rounds import AS_BEFORE, PresenceState, Said
from caseflow.domain.stay_limits import Absence, AbsenceKind
from caseflow.services import denials, gatekeeping, house_marks, houses
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.house_marks import NO_MARKS, Marks
from caseflow.services.houses import House
from caseflow.services.round_views import CountRow, Round, RoundRow, RoundSite, StatementView
from caseflow.services.vacancies import Occupant
from caseflow.storage import audit_log, dossiers, presences
from caseflow.storage.audit_log import Act
from caseflow.storage.models.presences import Presence
from caseflow.storage.models.shelter import Absence as StoredAbsence

C, P = Compartment, Part
RECORDING = Permission.PRESENCE_RECORD


@dataclass(frozen=True)
class Sleeper:
    """Somebody who sleeps at a site this night, and how the reader stands to them."""

    bed: BedFacts
    stay: Stay
    standing: Standing
    vision: Vision

    @property
    def is_asked(self) -> bool:
        """Whether this reader records their presence."""
        seen = self.vision.sees(C.CASEWORK, P.CALL) and self.vision.sees_any(C.SHELTER)
        return seen and may(RECORDING, self.standing)


def opened(actor: Actor, site_id: str | None, night: date | None, now: datetime) -> Round | None:
    """The round of one site, the first of the reader's where none is asked for; None without a site.

    Raises `NotKnown` for a role without rounds, for a site that is not the reader's, and for another night than this
    one where the reader may not look back.
    """
    house, current = houses.current(), rounds.night_of(now)
    looks_back = may_look_back(actor)
    wanted = current if night is None else night
    with house.stores.reading() as session:
        sites = sites_of(session, actor, wanted)
        if not sites and site_id is None:
            return None
        site = chosen(sites, site_id, actor, now)
        if not (wanted == current or (looks_back and wanted < current)):
            denials.tell(actor, RECORDING, now)
            raise NotKnown()
        crime_from = house.firewall.processing.stay_is_a_crime_from
        keeps_names = night_ledgers.keeps_names(wanted, crime_from)
        people = sleepers(session, actor, site.id, wanted, now)
        said = presences.of_night(session, site.id, wanted)
        rows = _rows(session, house, people, said, wanted, local(now).date()) if keeps_names else ()
        allowed = rounds.may_record(
            wanted,
            now,
            may_look_back=looks_back,
            is_frozen=presences.is_frozen(session, site.id, wanted),
        )
        last = said[-1] if said else None
        names = dossiers.colleagues(session, {last.recorded_by} if last is not None else ())
        view = Round(
            site,
            sites,
            wanted,
            current,
            rows,
            () if keeps_names else _counts(session, site.id, wanted, people),
            keeps_names,
            allowed.reason if isinstance(allowed, Refused) else None,
            looks_back,
            night_register_of(house.firewall.processing, site.id, site.name),
            not presences.had_a_round(session, site.id),
            last.recorded_at if last is not None else None,
            names.get(last.recorded_by, ("", None))[0] if last is not None else None,
            night_ledgers.kept_days(house.firewall.terms),
        )
    _tell_opened(actor, view, now)
    return view


def may_look_back(actor: Actor) -> bool:
    """Whether somebody may send a round of an earlier night: who records absences may, a worker of the night not."""
    return may_at_all(Permission.ABSENCE_RECORD, actor.roles)


def sites_of(session: Session, actor: Actor, night: date) -> tuple[RoundSite, ...]:
    """The sites where this colleague makes the round, by name. Raises `NotKnown` for a role without rounds."""
    if not may_at_all(RECORDING, actor.roles):
        raise NotKnown()
    organisation = actor.organisation if Role.COORDINATOR in actor.roles else None
    own = actor.sites_as(Role.RESIDENTIAL_WORKER, Role.NIGHT_WORKER)
    return tuple(RoundSite(*one) for one in presences.sites_of(session, night, own, organisation))


def chosen(
    sites: tuple[RoundSite, ...], site_id: str | None, actor: Actor, now: datetime
) -> RoundSite:
    """The site that was asked for. Raises `NotKnown`, and tells the log so."""
    for site in sites:
        if site_id in (None, site.id):
            return site
    denials.tell(actor, RECORDING, now)
    raise NotKnown()


def sleepers(
    session: Session, actor: Actor, site_id: str, night: date, now: datetime
) -> tuple[Sleeper, ...]:
    """Who sleeps at a site in one night, in the order of rooms and beds, each with how this reader stands to them."""
    found = presences.sleepers(session, site_id, night, now, local(now).date())
    cases = {stay.case_id for _, stay in found}
    standings = gatekeeping.standings(session, actor, cases, now)
    return tuple(
        Sleeper(bed, stay, standings[stay.case_id], standings[stay.case_id].vision(Surface.LIST))
        for bed, stay in found
        if stay.case_id in standings
    )


def away(rows: Collection[StoredAbsence]) -> tuple[Absence, ...]:
    """Stored nights away as the domain knows them."""
    return tuple(Absence(AbsenceKind(one.kind), Nights(one.from_on, one.until_on)) for one in rows)


def _rows(
    session: Session,
    house: House,
    people: tuple[Sleeper, ...],
    said: Collection[Presence],
    night: date,
    today: date,
) -> tuple[RoundRow, ...]:
    asked = {one.stay.case_id for one in people if one.is_asked}
    called = dossiers.called(session, asked)
    absences = presences.absences_of(session, asked)
    names = dossiers.colleagues(session, {one.recorded_by for one in said})
    marks = house_marks.of(session, {code for _, code in called.values()}, today)
    by_stay: dict[str, list[Presence]] = {}
    for one in said:
        by_stay.setdefault(one.placement_id, []).append(one)
    return tuple(
        _row(
            one,
            called.get(one.stay.case_id),
            away(absences.get(one.stay.case_id, ())),
            by_stay.get(one.stay.id, []),
            names,
            night,
            marks.get(called.get(one.stay.case_id, ("", ""))[1], NO_MARKS),
        )
        for one in people
    )


def _row(
    one: Sleeper,
    called: tuple[str, str] | None,
    known: tuple[Absence, ...],
    rows: list[Presence],
    names: dict[str, tuple[str, str | None]],
    night: date,
    marks: Marks,
) -> RoundRow:
    place = (one.stay.id, one.bed.room, one.bed.name)
    if called is None:
        return RoundRow(*place, HIDDEN, AS_BEFORE, False, False, HIDDEN)
    knows = one.vision.sees(C.SHELTER)
    statements = [presences.statement(row) for row in rows]
    holds = statements[-1].said if statements else rounds.as_before(known, night)
    return RoundRow(
        *place,
        Occupant(one.stay.case_id, called[1], called[0]),
        code_of(holds, knows_reasons=knows),
        knows,
        may(Permission.CASE_OPEN, one.standing),
        rounds.nights_away(known, night) if knows else HIDDEN,
        tuple(
            StatementView(_coarse(said.said, knows), names.get(said.by, ("", None))[0], said.at)
            for said in statements
        ),
        rounds.differ(statements),
        marks if one.vision.sees(C.SAFETY, P.WARNINGS) else NO_MARKS,
    )


def code_of(said: Said, *, knows_reasons: bool) -> str:
    """The code with which the form begins; whoever does not see reasons leaves them as they are."""
    if said.state is not PresenceState.ANNOUNCED or said.kind is None:
        return said.state.value
    return said.kind.value if knows_reasons and said.kind in rounds.REASONS else AS_BEFORE


def _coarse(said: Said, knows_reasons: bool) -> Said:
    """The statement as it is shown: without its reason for whoever does not see reasons."""
    if said.state is PresenceState.ANNOUNCED and not knows_reasons:
        return Said(PresenceState.ANNOUNCED, AbsenceKind.OTHER)
    return said


def _counts(
    session: Session, site_id: str, night: date, people: tuple[Sleeper, ...]
) -> tuple[CountRow, ...]:
    counted = presences.counts_of_night(session, site_id, night)
    stays = [one.bed.kind for one in people]
    return tuple(
        CountRow(kind, stays.count(kind), counted[kind].there if kind in counted else None)
        for kind in BedKind
        if kind in stays or kind in counted
    )


def _tell_opened(actor: Actor, view: Round, now: datetime) -> None:
    shown = {row.who.client_code for row in view.rows if isinstance(row.who, Occupant)}
    act = Act(
        "round_opened",
        actor,
        now,
        subjects=tuple(sorted(shown)),
        object_id=view.site.id,
        details={"night": view.night, "count": len(shown)},
        permission=RECORDING.value,
        purpose="shelter",
    )
    audit_log.tell(houses.current().stores, act, result="shown")
