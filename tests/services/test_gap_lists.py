"""What is missing in the records: each kind found and no other, for those alone who may open the case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.actors import Actor
from caseflow.domain.gaps import Gap, last_exit_due
from caseflow.domain.information_texts import InformationKind, InformationTexts
from caseflow.domain.plans import LineKind, PlanWords
from caseflow.services import gap_lists, gatekeeping, plans
from caseflow.services.caseload_views import Show
from caseflow.services.gap_lists import Gaps
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage import audit_readings
from caseflow.storage.audit_readings import Wanted
from caseflow.storage.models.agreements import InformationGiven
from caseflow.storage.models.audit import Subject
from caseflow.storage.models.cases import CaseTeamMember
from caseflow.storage.models.facts import Exit, ScenarioChoice
from tests import builders, case_worlds, cast, gap_worlds
from tests.caseload_worlds import counted, lay_down
from tests.gap_worlds import TODAY, changed, complete, followed_up, left, recorded, warned

AMINA, LENA, MO, NOOR = (one.actor() for one in (cast.AMINA, cast.LENA, cast.MO, cast.NOOR))
LONG_AGO = date(2025, 1, 10)


def seen(actor: Actor, show: Show | None = None, gap: Gap | None = None, page: int = 1) -> Gaps:
    return gap_lists.gaps(actor, cast.NOW, show=show, gap=gap, page=page)


def missing(actor: Actor, show: Show | None = None) -> dict[Gap, int]:
    return {gap: count for gap, count in seen(actor, show).counts.items() if count}


@pytest.fixture
def staffed(sealed_house: House) -> Iterator[House]:
    builders.hire_everybody(sealed_house)
    with clock.fixed(cast.NOW):
        yield sealed_house


@dataclass(frozen=True)
class Lacks:
    """A case that lacks something, and the gap that says so; None where nothing is missing after all."""

    sentence: str
    gap: Gap | None
    made: Callable[[House, str], None]
    sleeps: bool = False
    """Whether the person has slept here for longer than the term."""


def unmade(model: type) -> Callable[[House, str], None]:
    def make(house: House, case_id: str) -> None:
        with builders.casework(house) as session:
            for row in session.scalars(select(model).where(model.case_id == case_id)):
                row.mistaken_at, row.mistaken_by, row.mistaken_change_id = cast.NOW, "amina", "x"

    return make


def twice(house: House, case_id: str) -> None:
    left(house, case_id, "unknown", date(2026, 11, 1))
    left(house, case_id, "voluntary_return", date(2026, 11, 1), at=date(2026, 11, 3))


def unfound(house: House, case_id: str, *, then: str | None = None) -> None:
    left(house, case_id, on=date(2026, 3, 1))
    followed_up(house, case_id, 6, "unknown", date(2026, 9, 10))
    if then:
        followed_up(house, case_id, 6, then, date(2026, 10, 10))


def beyond(house: House, case_id: str, *, until: date | None = None) -> None:
    warned(house, case_id, date(2026, 7, 9))
    if until:
        gap_worlds.extended(house, case_id, until)


def unknown(**told: str) -> Callable[[House, str], None]:
    def make(house: House, case_id: str) -> None:
        with builders.casework(house) as session:
            code = session.get_one(gap_worlds.Case, case_id).client_code
            client = session.get_one(gap_worlds.Client, code)
            for name, value in told.items():
                setattr(client, name, value)

    return make


CASES = (
    Lacks("nothing is missing in a complete case", None, lambda h, c: None),
    Lacks("an outcome that nobody knows", Gap.NO_OUTCOME, lambda h, c: left(h, c, "unknown")),
    Lacks("left, and no exit stands there", Gap.NO_OUTCOME, lambda h, c: changed(h, c, stage="exited")),
    Lacks("a newer exit takes the place of the unknown one", None, twice),
    Lacks(
        "an exit that was an error leaves no outcome", Gap.NO_OUTCOME,
        lambda h, c: (left(h, c), unmade(Exit)(h, c))[0],
    ),
    Lacks(
        "of a closed case nobody can mend the outcome", None,
        lambda h, c: (left(h, c, "unknown"), changed(h, c, stage="closed"))[1],
    ),
    Lacks("a return to reception without its ground", Gap.NO_BASIS, lambda h, c: left(h, c, "national_reception")),
    Lacks(
        "a return to reception with its ground", None,
        lambda h, c: left(h, c, "national_reception", basis="medical_deferral"),
    ),
    Lacks("onward migration that nobody asked about", Gap.NO_ASSURANCE, lambda h, c: left(h, c, "onward_migration")),
    Lacks(
        "onward migration without assured stay is an answer", None,
        lambda h, c: left(h, c, "onward_migration", permanent_stay_assured=False),
    ),
    Lacks("a follow-up is due half a year later", Gap.FOLLOW_UP_DUE, lambda h, c: left(h, c, on=date(2026, 5, 22))),
    Lacks("a day before it is not", None, lambda h, c: left(h, c, on=date(2026, 5, 23))),
    Lacks(
        "nobody asks after an exit that was no solution", None,
        lambda h, c: left(h, c, "left_destination_unknown", on=date(2026, 5, 1)),
    ),
    Lacks("a follow-up that found nothing", Gap.FOLLOW_UP_UNKNOWN, unfound),
    Lacks(
        "found out after all", None,
        lambda h, c: unfound(h, c, then="still_holds"),
    ),
    Lacks("past the last day and nobody decided", Gap.UNDECIDED, beyond, sleeps=True),
    Lacks("a longer stay was agreed since", None, lambda h, c: beyond(h, c, until=date(2027, 1, 31)), True),
    Lacks("28 days without a contact", Gap.SILENT, lambda h, c: changed(h, c, last_contact_on=date(2026, 10, 25))),
    Lacks("27 days without a contact", None, lambda h, c: changed(h, c, last_contact_on=date(2026, 10, 26))),
    Lacks("never a contact counts from the application", Gap.SILENT, lambda h, c: changed(h, c, last_contact_on=None)),
    Lacks("the scenario was an error", Gap.NO_SCENARIO, unmade(ScenarioChoice)),
    Lacks("gender was not asked", Gap.NO_GENDER, unknown(gender="unknown")),
    Lacks("age was not asked", Gap.NO_AGE, unknown(age_band="unknown")),
    Lacks(
        "an exit recorded 29 days later", Gap.LATE,
        lambda h, c: left(h, c, "other", date(2026, 10, 1), at=date(2026, 10, 30)),
    ),
    Lacks(
        "an exit recorded 28 days later", None,
        lambda h, c: left(h, c, "other", date(2026, 10, 1), at=date(2026, 10, 29)),
    ),
    Lacks(
        "what was late in an earlier quarter is past mending", None,
        lambda h, c: left(h, c, "other", date(2026, 5, 1), at=date(2026, 7, 1)),
    ),
)  # fmt: skip


def test_each_gap_is_found_and_no_other(staffed: House) -> None:
    beds = builders.open_site(staffed, beds=2)
    made: dict[str, Lacks] = {}
    for number, one in enumerate(CASES):
        made[f"GAPS-{number:04d}"] = one
        case_id = complete(staffed, f"GAPS-{number:04d}")
        if one.sleeps:
            case_worlds.sleeps(staffed, case_id, beds.pop(), days_ago=(TODAY - LONG_AGO).days)
        one.made(staffed, case_id)

    for actor in (AMINA, LENA):
        found: dict[str, set[Gap]] = {code: set() for code in made}
        for gap, count in missing(actor).items():
            rows = seen(actor, gap=gap).rows
            assert len(rows) == count
            for row in rows:
                found[row.client_code].add(gap)
        wrong = {
            one.sentence: found[code]
            for code, one in made.items()
            if found[code] != ({one.gap} if one.gap else set())
        }
        assert wrong == {}


@pytest.mark.parametrize(
    ("today", "months", "last"),
    [
        (date(2026, 11, 22), 6, date(2026, 5, 22)),
        (date(2026, 2, 28), 6, date(2025, 8, 31)),
        (date(2026, 2, 27), 6, date(2025, 8, 27)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
    ],
)
def test_a_follow_up_is_due_on_the_same_numbered_day_or_the_end_of_the_month(
    today: date, months: int, last: date
) -> None:
    assert last_exit_due(months, today) == last


def test_a_lead_sees_the_team_and_a_caseworker_their_own(staffed: House) -> None:
    complete(staffed, "EAST-2222", gender="unknown")
    complete(staffed, "EAST-3333", member="bram", gender="unknown")
    complete(staffed, "WEST-2222", team="haven-west", member="sara", gender="unknown")
    complete(
        staffed, "KMPS-2222", organisation="het-kompas", team="kompas-one", member="yusuf", gender="unknown"
    )  # fmt: skip

    assert [one.client_code for one in seen(AMINA).rows] == ["EAST-2222"]
    assert [one.client_code for one in seen(LENA).rows] == ["EAST-2222", "EAST-3333"]
    assert [one.client_code for one in seen(MO).rows] == ["WEST-2222"]
    assert [one.client_code for one in seen(NOOR).rows] == ["KMPS-2222"]
    assert missing(LENA, Show.MINE) == {}
    assert seen(AMINA, Show.TEAM).show is Show.MINE, "a colleague's list is not theirs to ask for"


def test_who_stands_in_sees_the_list_as_long_as_they_do(staffed: House) -> None:
    case_id = complete(staffed, "EAST-2222", member=None, gender="unknown")
    with builders.casework(staffed) as session:
        session.add(
            CaseTeamMember(
                case_id=case_id, user_id="bram", deputy_for="amina", from_on=TODAY, until_on=TODAY, change_id="x"
            )
        )  # fmt: skip
    assert missing(cast.BRAM.actor()) == {Gap.NO_GENDER: 1}
    later = cast.NOW.replace(day=23)
    assert gap_lists.gaps(cast.BRAM.actor(), later).nothing_is_missing


def test_a_restricted_case_is_counted_for_its_named_readers_alone(staffed: House) -> None:
    complete(staffed, "SHUT-2222", gender="unknown", restricted=True)
    assert (missing(LENA), missing(AMINA)) == ({}, {})

    gap_worlds.names_reader(staffed, "SHUT-2222", "lena")

    assert missing(LENA) == {Gap.NO_GENDER: 1}
    assert missing(AMINA) == {}


def test_invented_people_are_no_gap(staffed: House) -> None:
    complete(staffed, "TEST-2222", gender="unknown", is_test=True)
    assert missing(LENA) == {}


def test_every_case_that_is_counted_is_one_that_the_gate_opens(staffed: House) -> None:
    """The counts are made by the store; the gate, asked case by case, answers the same."""
    for number, (team, member, restricted) in enumerate(
        (t, m, r) for t in ("haven-east", "haven-west", None) for m in ("amina", "sara", None) for r in (False, True)
    ):  # fmt: skip
        complete(
            staffed, f"GATE-{number:04d}", team=team, member=member, restricted=restricted, gender="unknown"
        )  # fmt: skip
    gap_worlds.names_reader(staffed, "GATE-0001", "amina")
    for actor in (AMINA, LENA, MO, cast.SARA.actor()):
        for show in seen(actor).choices:
            found = seen(actor, show, Gap.NO_GENDER)
            assert found.counts[Gap.NO_GENDER] == len(found.rows)
            for row in found.rows:
                assert gatekeeping.open_case(actor, row.case_id, cast.NOW).client_code


def test_what_the_gate_would_not_open_is_never_a_row(
    staffed: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A planted fault: the store forgets that a case is restricted; its code still stands nowhere."""
    complete(staffed, "SHUT-2222", gender="unknown", restricted=True)
    monkeypatch.setattr(
        "caseflow.storage.case_reaches._open_to", lambda *_: gap_worlds.Client.code.is_not(None)
    )
    found = seen(LENA, gap=Gap.NO_GENDER)
    assert found.counts[Gap.NO_GENDER] == 1
    assert found.rows == ()


def test_goals_are_looked_for_in_own_cases_while_the_vault_is_open(house: House) -> None:
    builders.hire_everybody(house)
    with_goal = complete(house, "GOAL-2222")
    complete(house, "NONE-2222")
    agreement = PlanWords(LineKind.AGREEMENT, "We call on Monday.")
    for case_id, words in ((with_goal, PlanWords(LineKind.GOAL, "Learn Dutch.")),):
        assert plans.write_line(AMINA, case_id, words, cast.NOW) is None
        assert plans.write_line(AMINA, case_id, agreement, cast.NOW) is None

    assert [row.client_code for row in seen(AMINA, gap=Gap.NO_GOAL).rows] == ["NONE-2222"]
    assert Gap.NO_GOAL not in seen(LENA).counts, "notes are clear to a lead on opening, in no list"


def test_while_the_vault_is_sealed_the_list_says_that_goals_were_not_looked_for(
    staffed: House,
) -> None:
    complete(staffed, "NONE-2222")
    assert seen(AMINA).plan_is_sealed
    assert Gap.NO_GOAL not in seen(AMINA).counts


def test_who_carries_no_cases_has_no_such_list(staffed: House) -> None:
    for colleague in (cast.TESS, cast.KOFI, cast.NIGHT, cast.PETRA, cast.FEMKE, cast.ADA):
        with pytest.raises(NotKnown):
            seen(colleague.actor())


def test_the_look_is_recorded_with_how_many_were_shown(staffed: House) -> None:
    complete(staffed, "EAST-2222", gender="unknown")
    seen(LENA, gap=Gap.NO_GENDER)
    wanted = Wanted(events=frozenset({"gaps_listed"}))
    [told] = audit_readings.page(staffed.stores, wanted, most=2)
    assert told.details == {"count": 1, "gap": "no_gender", "page": 1}
    with Session(staffed.stores.audit) as log:
        assert len(log.scalars(select(Subject)).all()) == 1
    assert "EAST" not in repr(told)


def test_a_page_holds_fifty_and_a_page_that_is_not_there_is_the_nearest(staffed: House) -> None:
    lay_down(staffed, 120, plain=True)
    first, last = seen(LENA, gap=Gap.NO_AGE), seen(LENA, gap=Gap.NO_AGE, page=99)
    assert (len(first.rows), first.pages, last.page, len(last.rows)) == (50, 3, 3, 20)
    assert len({row.case_id for row in (*first.rows, *last.rows)}) == 70
    assert seen(LENA, gap=Gap.NO_AGE, page=-5).page == 1


def test_ten_times_the_cases_ask_as_many_questions(house: House) -> None:
    builders.hire_everybody(house)
    lay_down(house, 60, plain=True)
    seen(LENA)
    with counted(house) as few:
        seen(LENA, gap=Gap.NO_AGE)
    lay_down(house, 540, first=60, plain=True)
    with counted(house) as many:
        seen(LENA, gap=Gap.NO_AGE)
    assert len(many) == len(few)


def test_a_row_leads_to_the_act_only_for_who_does_it(staffed: House) -> None:
    case_id = complete(staffed, "EAST-2222")
    recorded(staffed, case_id, gap_worlds.Proposal, kind="extension", event_on=TODAY)
    left(staffed, case_id, on=date(2026, 3, 1))
    assert [row.may_mend for row in seen(AMINA, gap=Gap.FOLLOW_UP_DUE).rows] == [True]
    assert [row.may_mend for row in seen(LENA, gap=Gap.FOLLOW_UP_DUE).rows] == [False]


def test_who_was_not_told_in_a_language_they_understand_is_found(staffed: House) -> None:
    complete(staffed, "TLD-2222")
    untold = complete(staffed, "NTLD-3333")
    with builders.casework(staffed) as session:
        for row in session.scalars(
            select(InformationGiven).where(InformationGiven.case_id == untold)
        ):
            row.understood = row.kind == "purposes"
    for who in (AMINA, LENA):
        found = seen(who, gap=Gap.NOT_TOLD)
        assert (found.counts[Gap.NOT_TOLD], [row.case_id for row in found.rows]) == (1, [untold])
        assert found.counts[Gap.TOLD_OLDER] == 0


def test_who_was_told_an_older_text_is_found_once_the_text_has_a_newer_number(
    staffed: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete(staffed, "OLD-2222")
    again = complete(staffed, "NEW-3333")
    with builders.casework(staffed) as session:
        for row in session.scalars(
            select(InformationGiven).where(InformationGiven.case_id == again)
        ):
            row.text_version = 2
    newer = dict.fromkeys(InformationKind, 2)
    monkeypatch.setattr(InformationTexts, "newest_of_all", newer)
    found = seen(LENA, gap=Gap.TOLD_OLDER)
    assert [row.client_code for row in found.rows] == ["OLD-2222"]
    assert found.counts[Gap.NOT_TOLD] == 0
