"""The round of the night as it is sent: once, whole, and beside what a colleague said meanwhile.

A statement is added for whoever was touched, and for whoever nobody had spoken of yet; nothing is overwritten. Nights
away follow from it in the same change, so that somebody who is missing shows on the case and in the lists.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy.orm import Session

from caseflow.domain import absences, night_ledgers, rounds
from caseflow.domain.actors import Actor
from caseflow.domain.beds import BedKind
from caseflow.domain.decisions import Refused
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.domain.rounds import Answer, Said, Statement
from caseflow.services import actors, gatekeeping, houses, readings
from caseflow.services import rounds as opened_rounds
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.round_views import RoundSite, Sent
from caseflow.services.rounds import RECORDING, Sleeper
from caseflow.storage import changes, dossiers, presences
from caseflow.storage.audit_log import Act
from caseflow.storage.changes import Writing
from caseflow.storage.models.presences import NightCount, Presence
from caseflow.storage.models.shelter import Absence

WITHOUT_NAMES: Final = Refused(
    N_("Presence by name is not kept any more. Open the page again, and count.")
)
WITH_NAMES: Final = Refused(N_("This night is kept by name. Open the page again."))
NOBODY_CALLED: Final = Refused(N_("A round says something about somebody. Open the page again."))


@dataclass(frozen=True)
class _Making:
    """A round under way: the change, the night, and who is there to be spoken of."""

    work: Writing
    site: RoundSite
    night: date
    today: date
    people: Mapping[str, Sleeper]


def send(
    actor: Actor, site_id: str, night: date, answers: Collection[Answer], now: datetime
) -> Sent | Refused:
    """Keeps the round of a night; sent a second time it raises `DoneAlready`, and nothing is kept twice.

    Answers about people who are not, or no longer, at this site or not for this worker keep nothing, whichever it is.
    Raises `NotKnown` for a site that is not this worker's, and KeyError for a code that no form offers.
    """
    house = houses.current()
    site, people = _asked(actor, site_id, night, now)
    codes = _codes(people, answers)
    act = _act("round_sent", actor, site_id, night, len(answers), now, codes)
    with changes.change(house.stores, act) as work:
        people = _still(work, actors.present(work.casework, actor), site_id, night)
        crime_from = house.firewall.processing.stay_is_a_crime_from
        refused = _refused(work.casework, actor, site_id, night, now)
        if refused is None and not night_ledgers.keeps_names(night, crime_from):
            refused = WITHOUT_NAMES
        if refused is None and not answers:
            refused = NOBODY_CALLED
        if refused is not None:
            return work.refuse(refused)
        made = _Making(work, site, night, local(now).date(), people)
        known = [one for one in answers if one.placement_id in people]
        added = _add(made, known, is_current=night == rounds.night_of(now))
    return Sent(len(known), added, len(answers) - len(known))


def count(
    actor: Actor, site_id: str, night: date, numbers: Mapping[BedKind, int], now: datetime
) -> Refused | None:
    """Keeps how many there were of each kind of bed, where presence by name may not be kept. Raises `NotKnown`."""
    house = houses.current()
    _asked(actor, site_id, night, now)
    act = _act("night_counted", actor, site_id, night, sum(numbers.values()), now)
    with changes.change(house.stores, act) as work:
        _still(work, actors.present(work.casework, actor), site_id, night)
        refused = _refused(work.casework, actor, site_id, night, now)
        crime_from = house.firewall.processing.stay_is_a_crime_from
        if refused is None and night_ledgers.keeps_names(night, crime_from):
            refused = WITH_NAMES
        if refused is not None:
            return work.refuse(refused)
        for kind, there in numbers.items():
            work.casework.add(
                NightCount(
                    site_id=site_id, night=night, bed_kind=kind.value, there=there,
                    recorded_by=work.by, recorded_at=work.at, change_id=work.id,
                )
            )  # fmt: skip
    return None


def _asked(
    actor: Actor, site_id: str, night: date, now: datetime
) -> tuple[RoundSite, dict[str, Sleeper]]:
    """The site that was asked for, if it is this worker's, and whom a round of it is about. Raises `NotKnown`."""
    with houses.current().stores.reading() as session:
        site = opened_rounds.chosen(
            opened_rounds.sites_of(session, actor, night), site_id, actor, now
        )
        found = opened_rounds.sleepers(session, actor, site_id, night, now)
        return site, {one.stay.id: one for one in found if one.is_asked}


def _still(work: Writing, present: Actor, site_id: str, night: date) -> dict[str, Sleeper]:
    """Asked once more inside the change: role, site and relations may have ended since. Raises `NotKnown`."""
    sites = opened_rounds.sites_of(work.casework, present, night)
    if site_id not in {one.id for one in sites}:
        raise NotKnown()
    found = opened_rounds.sleepers(work.casework, present, site_id, night, work.at)
    return {one.stay.id: one for one in found if one.is_asked}


def _refused(
    session: Session, actor: Actor, site_id: str, night: date, now: datetime
) -> Refused | None:
    return gatekeeping.refused(
        rounds.may_record(
            night,
            now,
            may_look_back=opened_rounds.may_look_back(actor),
            is_frozen=presences.is_frozen(session, site_id, night),
        )
    )


def _codes(people: Mapping[str, Sleeper], answers: Collection[Answer]) -> tuple[str, ...]:
    """Codes of the clients of whom a round speaks."""
    spoken_of = {one.placement_id for one in answers} & set(people)
    return tuple(sorted({people[one].stay.client_code for one in spoken_of}))


def _add(made: _Making, answers: Collection[Answer], *, is_current: bool) -> int:
    """Adds what was said; answers how many statements were added."""
    session = made.work.casework
    newest: dict[str, Statement] = {}
    for row in presences.of_night(session, made.site.id, made.night):
        newest[row.placement_id] = presences.statement(row)
    cases = {made.people[one.placement_id].stay.case_id for one in answers}
    stored = presences.absences_of(session, cases)
    added: list[tuple[Sleeper, Said]] = []
    for answer in answers:
        one, current = made.people[answer.placement_id], newest.get(answer.placement_id)
        known = opened_rounds.away(stored.get(one.stay.case_id, ()))
        before = current.said if current is not None else rounds.as_before(known, made.night)
        said = rounds.meant(answer.code, before)
        if rounds.adds(answer, said, current):
            session.add(_row(made, one, said))
            added.append((one, said))
    if is_current:
        _follow(made, added, stored)
    return len(added)


def _row(made: _Making, one: Sleeper, said: Said) -> Presence:
    return Presence(
        site_id=made.site.id,
        night=made.night,
        placement_id=one.stay.id,
        case_id=one.stay.case_id,
        state=said.state.value,
        kind=said.kind.value if said.kind is not None else None,
        bed_kind=one.bed.kind.value,
        recorded_by=made.work.by,
        recorded_at=made.work.at,
        change_id=made.work.id,
    )


def _follow(
    made: _Making,
    added: Collection[tuple[Sleeper, Said]],
    stored: Mapping[str, list[Absence]],
) -> None:
    """Ends and begins the nights away that follow; what the rule of absences refuses is left as it is."""
    found = {
        one.stay.case_id: what
        for one, said in added
        if (
            what := rounds.follows(
                said, opened_rounds.away(stored.get(one.stay.case_id, ())), made.night
            )
        )
        != rounds.NOTHING
    }
    if not found:
        return
    house, known = houses.current(), dossiers.of_cases(made.work.casework, set(found))
    for case_id, what in found.items():
        if what.ends is not None:
            _end(made, stored[case_id])
        if what.begins is None:
            continue
        dossier = known[case_id]
        facts = readings.case_facts(dossier, house.programme(dossier.case.programme))
        others = opened_rounds.away(
            [one for one in stored.get(case_id, ()) if one.until_on is not None]
        )
        if absences.may_begin(facts, others, made.night, made.today):
            made.work.casework.add(
                Absence(
                    case_id=case_id, kind=what.begins.value, from_on=made.night,
                    recorded_by=made.work.by, recorded_at=made.work.at, change_id=made.work.id,
                )
            )  # fmt: skip


def _end(made: _Making, rows: Collection[Absence]) -> None:
    """Somebody is there again: the absence ends on this night, also one that was said to begin on it."""
    for row in rows:
        if row.until_on is None:
            row.until_on = made.night
            row.until_recorded_by, row.until_recorded_at = made.work.by, made.work.at
            row.until_change_id = made.work.id


def _act(
    event: str,
    actor: Actor,
    site_id: str,
    night: date,
    number: int,
    now: datetime,
    subjects: tuple[str, ...] = (),
) -> Act:
    return Act(
        event,
        actor,
        now,
        subjects=subjects,
        object_id=site_id,
        details={"night": night, "count": number},
        permission=RECORDING.value,
        purpose="shelter",
    )
