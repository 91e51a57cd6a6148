"""Accountability statements: exact counts for one official, safe beside every publication, not there for others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.accountability_statements import StatementKind
from caseflow.domain.actors import THE_COMMAND, Role
from caseflow.domain.certificates import Certificate, certify
from caseflow.domain.decisions import Refused
from caseflow.domain.published_counts import PublishedCounts
from caseflow.services import (
    accountability_gate,
    accountability_readings,
    accountability_statements,
    accountability_steps,
    approvals,
    publications,
)
from caseflow.services.accountability_views import StatementView
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.accounts import RoleGrant, UserAccount
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.figures import PastEpisode, Publication
from caseflow.storage.models.funder_papers import AccountabilityStatement
from tests import builders, cast
from tests.cast import FEMKE, LENA, MO, NOW, PETRA, Colleague

LVV, CUT_OFF = "waterstad-lvv", date(2026, 9, 30)
YEAR_BEFORE, UNTIL = date(2025, 9, 30), date(2026, 12, 31)
CITY = "gemeente-waterstad"
FREEK = Colleague("freek", CITY, None, (Role.FUNDER,), None, (LVV,))
FAR = Colleague("fay", CITY, None, (Role.FUNDER,), None, ("utrecht-lvv",))
PIA = Colleague("pia", "de-haven", None, (Role.PROGRAMME_MANAGER,), None, (LVV,))
ALL, YEAR = StatementKind.CUMULATIVE, StatementKind.YEARLY
KEPT: dict[date, dict[str, Any]] = {}
"""Publications that were really prepared once, as rows: preparing takes seconds, and each test starts anew."""


ATTACKED: dict[tuple[PublishedCounts, ...], Certificate] = {}
"""What attacks found: the same counts are attacked once for all tests."""


def certified(asked: Iterable[PublishedCounts]) -> Certificate:
    counts = tuple(asked)
    if counts not in ATTACKED:
        ATTACKED[counts] = certify(counts)
    return ATTACKED[counts]


@pytest.fixture(autouse=True)
def staff(sealed_house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(accountability_gate, "certify", certified)
    builders.hire(sealed_house, *cast.EVERYBODY, FREEK, FAR, PIA)
    builders.past_episodes(sealed_house, LVV)
    with clock.fixed(NOW):
        yield


def published(house: House, cut_off: date = CUT_OFF) -> None:
    """A frozen publication of the programme."""
    if cut_off not in KEPT:
        made = publications.prepare(THE_COMMAND, LVV, cut_off, NOW)
        assert not isinstance(made, Refused), made
        assert made.state == "prepared", made.refusal
        assert approvals.propose(THE_COMMAND, made.id, NOW) is None
        for one in (PETRA, MO):
            assert approvals.approve(one.actor(), made.id, NOW) is None
        with house.stores.reading() as session:
            row = session.get_one(Publication, made.id)
            names = [column.name for column in Publication.__table__.columns]
            KEPT[cut_off] = {name: getattr(row, name) for name in names}
        return
    with builders.casework(house) as session:
        session.add(Publication(**KEPT[cut_off]))


def propose(
    by: Colleague = PIA, official: str = "femke", until: date = UNTIL, kind: StatementKind = ALL,
    cut_off: date = CUT_OFF, programme: str = LVV,
) -> str | Refused:  # fmt: skip
    return accountability_statements.propose(
        by.actor(), programme, kind, cut_off, official, until, NOW
    )


def proposed(**more: Any) -> str:
    made = propose(**more)
    assert isinstance(made, str), made
    return made


def issued(**more: Any) -> str:
    made = proposed(**more)
    for one in (PETRA, MO):
        assert accountability_steps.approve(one.actor(), made, NOW) is None
    return made


def read(statement: str, by: Colleague = FEMKE) -> StatementView:
    return accountability_readings.shown(by.actor(), statement, NOW)


def test_the_official_reads_exact_counts_of_five_and_more(sealed_house: House) -> None:
    published(sealed_house)
    view = read(issued())
    counts = {" + ".join(label.en for label in row.labels): row.count for row in view.rows}
    assert view.total == 425
    assert min(counts.values()) >= 5
    assert len(counts) <= 10
    assert counts["Residence permit"] == 61
    assert (view.official.name, view.until_on) == ("Femke", UNTIL)
    with Session(sealed_house.stores.audit) as log:
        told = log.scalars(select(Entry).where(Entry.event == "accountability_viewed")).all()
        assert [(one.user_id, json.loads(one.details)) for one in told] == [
            ("femke", {"programme": LVV})
        ]


def test_for_everybody_else_it_does_not_exist(sealed_house: House) -> None:
    published(sealed_house)
    statement = issued()
    for other in (FREEK, FAR, cast.AMINA, cast.ADA, cast.KOFI):
        with pytest.raises(NotKnown):
            read(statement, other)
    assert accountability_readings.listed(FREEK.actor(), 1, NOW).lines == ()
    [line] = accountability_readings.listed(FEMKE.actor(), 1, NOW).lines
    assert line.id == statement


def test_before_it_is_issued_the_official_sees_nothing(sealed_house: House) -> None:
    published(sealed_house)
    statement = proposed()
    for approver in (None, PETRA):
        if approver is not None:
            assert accountability_steps.approve(approver.actor(), statement, NOW) is None
        with pytest.raises(NotKnown):
            read(statement)
    assert read(statement, PIA).state == "proposed"


def test_two_others_approve_and_nobody_approves_what_they_proposed(sealed_house: House) -> None:
    published(sealed_house)
    statement = proposed(by=LENA)
    mine = accountability_steps.approve(LENA.actor(), statement, NOW)
    assert isinstance(mine, Refused)
    assert "You proposed this yourself" in str(mine.reason)
    assert accountability_steps.approve(MO.actor(), statement, NOW) is None
    again = accountability_steps.approve(MO.actor(), statement, NOW)
    assert isinstance(again, Refused)
    for stranger in (PIA, FEMKE, cast.AMINA):
        with pytest.raises(NotKnown):
            accountability_steps.approve(stranger.actor(), statement, NOW)
    assert accountability_steps.approve(PETRA.actor(), statement, NOW) is None
    assert read(statement).state == "issued"


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("a day that has passed", {"until": date(2026, 11, 20)}, "This day has passed"),
    ("a grant of more than a year", {"until": date(2028, 1, 1)}, "ends within a year"),
    ("a cut-off that was not published", {"cut_off": date(2026, 6, 30)}, "Nothing of this programme was published"),
    ("a year of which the beginning was not published", {"kind": YEAR}, "Nothing was published a year before"),
    ("a funder of another programme", {"official": "fay"}, "no funder of the programme"),
    ("somebody who is no funder", {"official": "amina"}, "no funder of the programme"),
    ("nobody", {"official": "no-such-account"}, "no funder of the programme"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "asked", "sentence"), BAD, ids=[row[0] for row in BAD])
def test_what_cannot_be_granted_is_refused_in_one_sentence(
    sealed_house: House, what: str, asked: dict[str, Any], sentence: str
) -> None:
    published(sealed_house)
    answer = propose(**asked)
    assert isinstance(answer, Refused), what
    assert sentence in str(answer.reason)


def test_an_empty_programme_has_no_statement(sealed_house: House) -> None:
    answer = propose()
    assert answer == accountability_statements.NO_PUBLICATION


def test_a_suspended_account_is_granted_nothing_even_at_the_last_approval(
    sealed_house: House,
) -> None:
    published(sealed_house)
    statement = proposed()
    assert accountability_steps.approve(PETRA.actor(), statement, NOW) is None
    with builders.casework(sealed_house) as session:
        session.get_one(UserAccount, "femke").status = "suspended"
    late = accountability_steps.approve(MO.actor(), statement, NOW)
    assert late == accountability_statements.SUSPENDED
    assert propose() == accountability_statements.SUSPENDED


@pytest.mark.parametrize("programme", ["utrecht-lvv", "no-such-programme", "waterstad-bbb"])
def test_a_programme_of_others_is_not_there(sealed_house: House, programme: str) -> None:
    with pytest.raises(NotKnown):
        propose(programme=programme)


def test_the_same_statement_is_not_proposed_twice(sealed_house: House) -> None:
    published(sealed_house)
    issued()
    assert propose() == accountability_statements.THERE_ALREADY
    assert isinstance(propose(official="freek"), str)


def test_a_grant_ends_on_its_day_or_before_and_what_was_told_stays_known(
    sealed_house: House,
) -> None:
    published(sealed_house)
    statement = issued()
    later = NOW + timedelta(days=60)
    with pytest.raises(NotKnown):
        accountability_readings.shown(FEMKE.actor(), statement, later)
    assert accountability_steps.end(PIA.actor(), statement, NOW) is None
    with pytest.raises(NotKnown):
        read(statement)
    again = accountability_steps.end(PIA.actor(), statement, NOW)
    assert again == accountability_steps.NOTHING_TO_END
    with sealed_house.stores.reading() as session:
        assert accountability_gate.told_in(session)[LVV]


def test_the_role_of_the_official_ends_and_so_does_the_statement(sealed_house: House) -> None:
    published(sealed_house)
    statement = issued()
    with builders.casework(sealed_house) as session:
        session.execute(
            update(RoleGrant).where(RoleGrant.user_id == "femke").values(programme="waterstad-bbb")
        )
    other = Colleague("femke", CITY, None, (Role.FUNDER,), None, ("waterstad-bbb",))
    with pytest.raises(NotKnown):
        read(statement, other)


def test_corrected_records_that_no_longer_fit_are_refused(sealed_house: House) -> None:
    published(sealed_house)
    builders.past_episodes(sealed_house, LVV, source="late", times=0.5)
    answer = propose()
    assert isinstance(answer, Refused)
    assert "do not fit with what was published" in str(answer.reason)


MOVED = (
    ("residence_permit", "national_reception", "repeat_asylum_application", 3),
    ("ended_by_programme", "national_reception", "repeat_asylum_application", 1),
    ("ended_by_programme", "national_reception", "other", 2),
    ("voluntary_return", "left_destination_unknown", None, 1),
)
"""Nothing prints otherwise, but an exact total proves four people in a category that was printed as fewer than five."""


def test_a_statement_that_would_break_a_publication_is_refused(sealed_house: House) -> None:
    published(sealed_house)
    with builders.casework(sealed_house) as session:
        for before, after, basis, number in MOVED:
            rows = session.scalars(
                select(PastEpisode).where(PastEpisode.outcome == before).limit(number)
            )
            for row in rows:
                row.outcome, row.outcome_basis = after, basis
            session.flush()
    assert propose() == accountability_statements.WOULD_BREAK


def test_what_an_official_was_told_can_keep_a_later_publication_from_leaving(
    sealed_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(sealed_house)
    statement = proposed()
    asked: list[object] = []

    def never(*given: object) -> bool:
        asked.append(given)
        return False

    monkeypatch.setattr(accountability_gate, "fits_and_passes", lambda *given: (True, never(given)))
    assert accountability_steps.approve(PETRA.actor(), statement, NOW) is None
    late = accountability_steps.approve(MO.actor(), statement, NOW)
    assert late == accountability_steps.OVERTAKEN
    assert len(asked) == 1


@pytest.mark.parametrize("act", [
    "UPDATE accountability_statements SET content = 'x'",
    "UPDATE accountability_statements SET until_on = '2031-01-01'",
    "DELETE FROM accountability_statements",
    "INSERT OR REPLACE INTO accountability_statements SELECT * FROM accountability_statements",
])  # fmt: skip
def test_the_store_keeps_what_was_issued(sealed_house: House, act: str) -> None:
    published(sealed_house)
    issued()
    with pytest.raises(DatabaseError), builders.casework(sealed_house) as session:
        session.execute(text(act))


def test_what_is_sent_back_stays_so(sealed_house: House) -> None:
    published(sealed_house)
    statement = proposed()
    assert accountability_steps.send_back(PETRA.actor(), statement, NOW) is None
    again = accountability_steps.approve(MO.actor(), statement, NOW)
    assert again == accountability_steps.NOT_WAITING
    assert isinstance(propose(), str)
    with sealed_house.stores.reading() as session:
        states = session.scalars(select(AccountabilityStatement.state))
        assert sorted(states) == ["proposed", "rejected"]


def test_a_publication_is_attacked_with_what_officials_were_told(
    sealed_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A planted fault in the records: what a reader was told leaves no room for a category that prints below five."""
    published(sealed_house)
    issued()
    asked: list[bool] = []

    def falls(published: object, known: object) -> tuple[bool, bool]:
        asked.append(True)
        return True, False

    monkeypatch.setattr(accountability_gate, "fits_and_passes", falls)
    later = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
    answer = publications.prepare(THE_COMMAND, LVV, date(2026, 12, 31), later)
    assert not isinstance(answer, Refused)
    assert (answer.state, asked) == ("not_published", [True])
    assert "exactly" not in json.dumps(answer.certificate)
