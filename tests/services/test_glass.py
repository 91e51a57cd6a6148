"""Breaking the glass: four hours, one case, of one's own organisation, and never without telling."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from caseflow import clock
from caseflow.domain.access import Permission
from caseflow.domain.decisions import Refused
from caseflow.domain.glass import FOUR_HOURS, GlassPurpose, holds, tells_enough
from caseflow.domain.redaction import HIDDEN
from caseflow.services import gatekeeping, glass, restrictions
from caseflow.services.case_views import CaseView
from caseflow.services.gatekeeping import NotKnown, VaultSealed
from caseflow.services.glass import Opened
from caseflow.services.houses import House
from caseflow.storage.models.audit import Entry, Subject
from caseflow.storage.models.cases import BrokenGlass, Case
from caseflow.storage.models.governance import Attention
from caseflow.storage.models.vault import GovernanceWords
from tests import builders, cast
from tests import case_worlds as world

REASON = "The client stands at the desk, and their caseworker is ill."
SECOND = timedelta(seconds=1)
UNKNOWN = "ZZZZ-ZZZZ"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    """A case of Amina's, with words."""
    builders.hire_everybody(house)
    return world.with_words(world.admitted(days_ago=10))


def code_of(house: House, case_id: str) -> str:
    with house.stores.reading() as session:
        return session.get_one(Case, case_id).client_code


def break_it(
    house: House, case_id: str, by: cast.Colleague = cast.SARA, **more: object
) -> Opened | Refused:
    asked = {
        "code": code_of(house, case_id), "purpose": "client_is_here", "reason": REASON,
        "now": cast.NOW, **more,
    }  # fmt: skip
    return glass.break_glass(by.actor(), **asked)


def opened(
    case_id: str, by: cast.Colleague = cast.SARA, after: timedelta = timedelta()
) -> CaseView:
    return gatekeeping.open_case(by.actor(), case_id, cast.NOW + after)


def counts(house: House) -> tuple[int, int, int]:
    """Broken glass, attentions, and words of governance in the vault."""
    with house.stores.reading() as session, house.stores.reading_vault("de-haven") as vault:
        return (
            session.scalar(select(func.count(BrokenGlass.id))) or 0,
            session.scalar(select(func.count(Attention.id))) or 0,
            vault.scalar(select(func.count(GovernanceWords.id))) or 0,
        )


def last(house: House, event: str) -> Entry:
    with house.stores.audit.connect() as log:
        row = log.execute(
            select(Entry.__table__).where(Entry.event == event).order_by(Entry.position.desc())
        ).first()
    assert row is not None, event
    return row  # type: ignore[return-value]


def test_the_case_is_there_for_four_hours_and_not_a_second_longer(
    house: House, case_id: str
) -> None:
    with pytest.raises(NotKnown):
        opened(case_id)
    made = break_it(house, case_id)

    assert made == Opened(case_id, cast.NOW + FOUR_HOURS)
    shown = opened(case_id)
    assert shown.identity.family_name == world.FAMILY_NAME  # type: ignore[union-attr]
    assert opened(case_id, after=FOUR_HOURS - SECOND).readers == ("broken_glass",)
    with pytest.raises(NotKnown):
        opened(case_id, after=FOUR_HOURS)
    with pytest.raises(NotKnown):
        opened(case_id, after=-SECOND)


@given(
    minutes=st.integers(1, 24 * 60),
    offset=st.integers(-(25 * 3600), 25 * 3600),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_glass_holds_from_its_first_second_until_before_its_last(
    minutes: int, offset: int
) -> None:
    until, at = cast.NOW + timedelta(minutes=minutes), cast.NOW + timedelta(seconds=offset)

    assert holds(cast.NOW, until, at) == (0 <= offset < minutes * 60)


@given(
    from_second=st.integers(-3, 3),
    until_second=st.integers(-3, 3),
)
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_the_gate_and_the_domain_agree_on_when_a_glass_holds(
    house: House, from_second: int, until_second: int
) -> None:
    """The gate asks the store, the domain counts; a second before and a second after they say the same."""
    with builders.casework(house) as session:
        known = session.scalar(select(Case.id).limit(1))
    if known is None:
        builders.hire_everybody(house)
        known = world.assigned()
    begin = cast.NOW + timedelta(seconds=from_second)
    end = cast.NOW + timedelta(seconds=until_second)
    with builders.casework(house) as session:
        for row in session.scalars(select(BrokenGlass)):
            session.delete(row)
        session.add(
            BrokenGlass(
                case_id=known, user_id="sara", purpose="phone", from_at=begin, until_at=end,
                change_id="test",
            )
        )  # fmt: skip
    with house.stores.reading() as session:
        standing = gatekeeping.standings(session, cast.SARA.actor(), [known], cast.NOW)[known]

    assert ("broken_glass" in standing.relations) == holds(begin, end, cast.NOW)


def test_what_was_told_before_the_page_left_says_emergency_and_purpose_and_no_word(
    house: House, case_id: str
) -> None:
    break_it(house, case_id, purpose="deadline")
    told = last(house, "glass_broken")
    opened(case_id)
    look = last(house, "case_opened")

    assert (told.control_emergency, told.purpose, told.object_id) == (True, "deadline", case_id)
    assert (look.control_emergency, look.purpose) == (True, "deadline")
    with house.stores.audit.connect() as log:
        rows = " ".join(str(row) for row in log.execute(select(Entry.__table__)))
    assert "caseworker is ill" not in rows
    assert code_of(house, case_id) not in rows


def test_the_reason_lies_in_the_vault_and_nowhere_else(house: House, case_id: str) -> None:
    break_it(house, case_id)

    assert counts(house) == (1, 0, 1)
    with house.stores.reading_vault("de-haven") as vault:
        kept = vault.scalars(select(GovernanceWords)).one()
        assert (kept.words, kept.recorded_by) == (REASON, "sara")


NEVER = (cast.KOFI, cast.NIGHT, cast.PETRA, cast.FEMKE, cast.ADA, cast.TESS)


def test_nobody_gains_a_second_reader_or_a_role_they_do_not_have(
    house: House, case_id: str
) -> None:
    for colleague in NEVER:
        with pytest.raises(NotKnown):
            break_it(house, case_id, colleague)
    assert break_it(house, case_id, cast.AMINA) == Opened(case_id, None), "she reads it all"
    assert counts(house) == (0, 0, 0)


def test_every_button_says_what_the_look_is_for(house: House, case_id: str) -> None:
    for hours, purpose in enumerate(GlassPurpose):
        at = cast.NOW + hours * FOUR_HOURS
        assert isinstance(break_it(house, case_id, purpose=purpose, now=at), Opened)
        assert last(house, "glass_broken").purpose == purpose


def test_what_is_not_filled_in_is_refused_alike_for_a_known_and_an_unknown_code(
    house: House, case_id: str
) -> None:
    for why, more in (
        ("no purpose", {"purpose": ""}),
        ("a purpose that is not a button", {"purpose": "curious"}),
        ("no reason", {"reason": ""}),
        ("spaces for a reason", {"reason": "   \n  "}),
        ("signs for a reason", {"reason": "............"}),
        ("a reason of one word", {"reason": "client"}),
    ):
        known = break_it(house, case_id, **more)
        unknown = break_it(house, case_id, **(more | {"code": UNKNOWN}))
        assert isinstance(known, Refused), why
        assert known == unknown, why
    assert counts(house) == (0, 0, 0)


def test_a_sealed_vault_says_so_for_a_known_and_an_unknown_code(house: House, case_id: str) -> None:
    code = code_of(house, case_id)
    house.stores.forget_vaults()

    for asked in (code, UNKNOWN):
        with pytest.raises(VaultSealed):
            glass.break_glass(cast.SARA.actor(), asked, "phone", REASON, cast.NOW)
    with house.stores.reading() as session:
        assert session.scalar(select(func.count(BrokenGlass.id))) == 0


def test_an_unknown_code_is_told_and_kept_nowhere(house: House, case_id: str) -> None:
    first = break_it(house, case_id, code=UNKNOWN)
    second = break_it(house, case_id, code="YYYY-YYYY", now=cast.NOW + SECOND)

    assert first == second == glass.NOT_THERE
    assert counts(house) == (0, 1, 0)
    with house.stores.reading() as session:
        row = session.scalars(select(Attention)).one()
        assert (row.user_id, row.kind, row.looks) == ("sara", "unknown_codes", 2)
        assert row.organisation == "de-haven"
    told = last(house, "glass_not_there")
    assert told.object_id is None
    with house.stores.audit.connect() as log:
        about = select(func.count()).select_from(Subject).where(Subject.position == told.position)
        assert log.scalar(about) == 0


def test_another_organisations_code_is_an_unknown_code(house: House, case_id: str) -> None:
    made = break_it(house, case_id, cast.YUSUF)

    assert made == glass.NOT_THERE
    with house.stores.reading() as session:
        assert session.scalars(select(Attention.organisation)).all() == ["het-kompas"]
    with pytest.raises(NotKnown):
        opened(case_id, cast.YUSUF)


def test_a_restricted_case_opens_by_glass_and_closes_with_it(house: House, case_id: str) -> None:
    world.done(restrictions.restrict(cast.LENA.actor(), case_id, ("amina",), cast.NOW))
    with pytest.raises(NotKnown):
        opened(case_id, cast.BRAM)
    assert isinstance(break_it(house, case_id, cast.BRAM), Opened)

    shown = opened(case_id, cast.BRAM)
    assert shown.readers == ("broken_glass",)
    assert shown.identity is not HIDDEN
    assert Permission.NOTE_CREATE not in shown.may
    with pytest.raises(NotKnown):
        opened(case_id, cast.BRAM, after=FOUR_HOURS)


def test_a_glass_opens_one_case_only(house: House, case_id: str) -> None:
    other = world.admitted(days_ago=10)
    break_it(house, case_id)

    with pytest.raises(NotKnown):
        opened(other)


def test_a_second_tap_breaks_no_second_glass(house: House, case_id: str) -> None:
    break_it(house, case_id)

    assert break_it(house, case_id, now=cast.NOW + SECOND) == Opened(case_id, None)
    assert counts(house) == (1, 0, 1)


def test_a_code_is_found_as_people_type_it(house: House, case_id: str) -> None:
    typed = f"  {code_of(house, case_id).lower()} "

    assert isinstance(break_it(house, case_id, code=typed), Opened)


def test_closing_early_closes_now_and_leaves_the_review(house: House, case_id: str) -> None:
    break_it(house, case_id)
    half = FOUR_HOURS / 2
    assert glass.open_until(cast.SARA.actor(), case_id, cast.NOW + half) == cast.NOW + FOUR_HOURS
    assert glass.open_until(cast.BRAM.actor(), case_id, cast.NOW + half) is None
    glass.close(cast.SARA.actor(), case_id, cast.NOW + half)

    with pytest.raises(NotKnown):
        opened(case_id, after=half)
    with pytest.raises(NotKnown):
        glass.close(cast.SARA.actor(), case_id, cast.NOW + half)
    with house.stores.reading() as session:
        row = session.scalars(select(BrokenGlass)).one()
        assert (row.verdict, row.until_at) == (None, cast.NOW + half)


def test_nobody_closes_a_colleagues_glass(house: House, case_id: str) -> None:
    break_it(house, case_id)

    with pytest.raises(NotKnown):
        glass.close(cast.BRAM.actor(), case_id, cast.NOW)
    assert opened(case_id).readers == ("broken_glass",)


@given(st.text(max_size=9))
def test_fewer_than_ten_signs_are_no_reason(words: str) -> None:
    assert not tells_enough(words)
