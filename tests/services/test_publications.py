"""A publication is prepared, attacked, approved by two others, frozen, and never changed again."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from caseflow.domain.actors import THE_COMMAND, Actor, Grant, Role
from caseflow.domain.decisions import Refused
from caseflow.services import approvals, figures, publications
from caseflow.services.gatekeeping import NotKnown
from caseflow.storage.models.figures import PastEpisode
from tests import cast
from tests.builders import casework, hire, past_episodes

CUT_OFF = date(2026, 9, 30)
LATER = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
SCOPE = "waterstad-lvv"
PETRA, MO, LENA, NOOR, FEMKE = (
    one.actor() for one in (cast.PETRA, cast.MO, cast.LENA, cast.NOOR, cast.FEMKE)
)
# No reviewed function has both roles today; an older account may.
BOTH = cast.Colleague("both", "de-haven", None, (Role.PRIVACY_OFFICER, Role.TEAM_LEAD))


@pytest.fixture
def counted(sealed_house):
    hire(sealed_house, *cast.EVERYBODY, BOTH)
    past_episodes(sealed_house, SCOPE)
    return sealed_house


def proposed(actor: Actor = THE_COMMAND, scope: str = SCOPE, cut_off: date = CUT_OFF, now=cast.NOW):
    made = publications.prepare(actor, scope, cut_off, now)
    assert made.state == "prepared", made.refusal
    assert approvals.propose(actor, made.id, now) is None
    return made.id


def state_of(publication: str) -> str:
    return publications.shown(THE_COMMAND, publication, cast.NOW).state


def test_the_second_approval_of_another_role_freezes(counted):
    publication = proposed()
    assert approvals.approve(PETRA, publication, cast.NOW) is None
    assert state_of(publication) == "proposed"
    assert approvals.approve(MO, publication, cast.NOW) is None
    assert state_of(publication) == "frozen"
    assert isinstance(approvals.approve(NOOR, publication, cast.NOW), Refused)


def test_nobody_approves_what_they_prepared_or_proposed(counted):
    publication = proposed(LENA)
    assert isinstance(approvals.approve(LENA, publication, cast.NOW), Refused)

    made = publications.prepare(LENA, SCOPE, date(2026, 6, 30), cast.NOW)
    assert approvals.propose(MO, made.id, cast.NOW) is None
    for involved in (LENA, MO):
        assert isinstance(approvals.approve(involved, made.id, cast.NOW), Refused)


def test_two_team_leads_are_not_enough(counted):
    publication = proposed()
    assert approvals.approve(MO, publication, cast.NOW) is None
    assert isinstance(approvals.approve(LENA, publication, cast.NOW), Refused)
    assert isinstance(approvals.approve(MO, publication, cast.NOW), Refused)
    assert state_of(publication) == "proposed"


def test_whoever_has_both_roles_gives_the_approval_that_is_missing_and_only_one(counted):
    both = BOTH.actor()
    publication = proposed()
    assert approvals.approve(PETRA, publication, cast.NOW) is None
    assert approvals.approve(both, publication, cast.NOW) is None
    assert state_of(publication) == "frozen"

    second = proposed(cut_off=date(2026, 12, 31), now=LATER)
    assert approvals.approve(both, second, LATER) is None
    assert isinstance(approvals.approve(both, second, LATER), Refused)


def test_those_it_does_not_concern_do_not_learn_that_it_exists(counted):
    publication = proposed()
    strangers = (cast.AMINA.actor(), cast.ADA.actor(), cast.TESS.actor(), FEMKE)
    for stranger in strangers:
        for act in (approvals.propose, approvals.approve, approvals.send_back):
            with pytest.raises(NotKnown):
                act(stranger, publication, cast.NOW)
        with pytest.raises(NotKnown):
            publications.shown(stranger, publication, cast.NOW)
        assert publications.listed(stranger) == ()
        with pytest.raises(NotKnown):
            publications.prepare(stranger, SCOPE, CUT_OFF, cast.NOW)
    assert publications.listed(None) == ()


def test_a_frozen_publication_never_changes_again(counted):
    publication = proposed()
    for approver in (PETRA, MO):
        approvals.approve(approver, publication, cast.NOW)
    before = publications.shown(THE_COMMAND, publication, cast.NOW)
    assert [(one.row.id, one.row.text) for one in before.stocks] == [("waiting", "<5")]

    for statement in (
        "UPDATE publications SET content = '{}'",
        "UPDATE publications SET state = 'prepared', frozen_at = NULL",
        "DELETE FROM publications",
    ):
        with pytest.raises(DatabaseError, match="frozen"), casework(counted) as session:
            session.execute(text(statement))
    past_episodes(counted, SCOPE, source="late-arrivals")
    again = publications.prepare(THE_COMMAND, SCOPE, CUT_OFF, cast.NOW)
    assert isinstance(again, Refused)
    assert isinstance(approvals.send_back(PETRA, publication, cast.NOW), Refused)
    assert publications.shown(THE_COMMAND, publication, cast.NOW) == before


def test_preparing_again_keeps_a_proposal_that_would_say_the_same(counted):
    publication = proposed()
    approvals.approve(PETRA, publication, cast.NOW)
    same = publications.prepare(LENA, SCOPE, CUT_OFF, cast.NOW)
    assert (same.id, same.state, same.approved_as) == (
        publication,
        "proposed",
        ("privacy_officer",),
    )

    past_episodes(counted, SCOPE, source="late-arrivals")
    other = publications.prepare(LENA, SCOPE, CUT_OFF, cast.NOW)
    assert (other.id, other.state, other.approved_as) == (publication, "prepared", ())


def test_what_was_frozen_meanwhile_stops_the_second_approval(counted):
    third, second = proposed(), proposed(cut_off=date(2026, 6, 30))
    for publication in (third, second):
        assert approvals.approve(PETRA, publication, cast.NOW) is None
    assert approvals.approve(MO, third, cast.NOW) is None

    refused = approvals.approve(MO, second, cast.NOW)

    assert isinstance(refused, Refused)
    assert state_of(second) == "proposed"


def test_sending_back_takes_the_approvals_away(counted):
    publication = proposed()
    approvals.approve(PETRA, publication, cast.NOW)
    assert approvals.send_back(MO, publication, cast.NOW) is None
    assert state_of(publication) == "rejected"
    assert approvals.propose(LENA, publication, cast.NOW) is None
    assert publications.shown(PETRA, publication, cast.NOW).approved_as == ()


def test_a_cut_off_that_cannot_be_published_leaves_no_trace(counted):
    assert isinstance(publications.prepare(LENA, SCOPE, date(2027, 1, 1), cast.NOW), Refused)
    publication = proposed()
    for approver in (PETRA, MO):
        approvals.approve(approver, publication, cast.NOW)
    assert isinstance(publications.prepare(LENA, SCOPE, date(2026, 11, 1), cast.NOW), Refused)
    assert [one.id for one in publications.listed(LENA)] == [publication]


@pytest.fixture
def too_few(sealed_house):
    """A programme that is not published at the cut-off, because too few people left."""
    hire(sealed_house, *cast.EVERYBODY)
    past_episodes(sealed_house, SCOPE, times=0.02)
    made = publications.prepare(LENA, SCOPE, CUT_OFF, cast.NOW)
    assert made.state == "not_published"
    return sealed_house


def test_a_cut_off_that_failed_uses_up_its_quarter_before_and_after_it(too_few):
    past_episodes(too_few, SCOPE, source="late-arrivals")
    for near in (date(2026, 10, 1), date(2026, 7, 1), date(2026, 11, 22)):
        assert isinstance(publications.prepare(LENA, SCOPE, near, cast.NOW), Refused), near
    for far in (date(2026, 6, 30), date(2026, 12, 30)):
        assert publications.prepare(LENA, SCOPE, far, LATER).state == "prepared", far


def test_a_cut_off_that_is_proposed_or_was_sent_back_uses_up_its_quarter(counted):
    other = publications.prepare(LENA, SCOPE, date(2026, 10, 1), cast.NOW)
    publication = proposed()
    for _ in ("proposed", "sent back"):
        assert isinstance(publications.prepare(LENA, SCOPE, date(2026, 10, 2), cast.NOW), Refused)
        assert isinstance(approvals.propose(LENA, other.id, cast.NOW), Refused)
        assert publications.prepare(LENA, SCOPE, CUT_OFF, cast.NOW).id == publication
        approvals.send_back(MO, publication, cast.NOW)


def test_what_was_not_published_stays_so_whatever_is_recorded_since(too_few):
    past_episodes(too_few, SCOPE, source="late-arrivals")
    again = publications.prepare(LENA, SCOPE, CUT_OFF, cast.NOW)
    assert again.state == "not_published"
    assert [one.state for one in publications.listed(LENA)] == ["not_published"]


def test_a_fault_in_a_record_can_be_repaired_while_its_quarter_lasts(sealed_house):
    scope = "utrecht-bbb"
    past_episodes(sealed_house, scope)
    now = datetime(2026, 12, 29, 9, tzinfo=UTC)
    assert publications.prepare(THE_COMMAND, scope, CUT_OFF, now).state == "not_published"
    assert isinstance(publications.prepare(THE_COMMAND, scope, date(2026, 10, 1), now), Refused)

    with casework(sealed_house) as session:
        for episode in session.scalars(
            select(PastEpisode).where(PastEpisode.outcome == "stay_limit_reached")
        ):
            episode.outcome = "detained"
    too_late = datetime(2026, 12, 30, 9, tzinfo=UTC)
    assert publications.prepare(THE_COMMAND, scope, CUT_OFF, too_late).state == "not_published"
    assert publications.prepare(THE_COMMAND, scope, CUT_OFF, now).state == "prepared"


def test_everything_issued_is_attacked_and_what_waits_with_it(counted):
    proposed()
    ((scope, certificate),) = publications.attacked()
    assert scope == SCOPE
    assert certificate["passes"]
    assert certificate["findings"]


def test_a_grant_for_one_programme_counts_for_that_one(sealed_house):
    def scopes(programme: str | None) -> tuple[str, ...]:
        grant = Grant(Role.TEAM_LEAD, "de-haven", None, None, programme)
        return figures.scopes_of(Actor("x", "de-haven", None, frozenset({grant})), Role.TEAM_LEAD)

    assert scopes("waterstad-bbb") == ("waterstad-bbb",)
    assert scopes(None) == ("waterstad-bbb", "waterstad-lvv")
    assert figures.scopes_of(LENA, Role.FUNDER) == ()
