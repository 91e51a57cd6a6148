"""A publication is withdrawn with a note that stands for ever; what it says never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from caseflow.commands.publications import plain
from caseflow.domain.actors import THE_COMMAND
from caseflow.domain.decisions import Refused
from caseflow.domain.publication_withdrawals import REASONS, WithdrawalReason
from caseflow.services import approvals, publications
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.publication_withdrawals import may_withdraw, withdraw
from tests import cast
from tests.builders import casework, hire, past_episodes

CUT_OFF = date(2026, 9, 30)
SCOPE = "waterstad-lvv"
WHY = WithdrawalReason.FAULTY_RECORDS
PETRA, MO, LENA, FEMKE = (one.actor() for one in (cast.PETRA, cast.MO, cast.LENA, cast.FEMKE))


@pytest.fixture
def proposed(sealed_house):
    hire(sealed_house, *cast.EVERYBODY)
    past_episodes(sealed_house, SCOPE, times=0.2)
    made = publications.prepare(THE_COMMAND, SCOPE, CUT_OFF, cast.NOW)
    assert approvals.propose(THE_COMMAND, made.id, cast.NOW) is None
    return made.id


@pytest.fixture
def frozen(proposed):
    for approver in (PETRA, MO):
        assert approvals.approve(approver, proposed, cast.NOW) is None
    return proposed


def shown(publication, actor=FEMKE):
    return publications.shown(actor, publication, cast.NOW)


def test_the_privacy_officer_withdraws_and_only_the_note_is_new(frozen):
    before = shown(frozen)
    assert may_withdraw(PETRA, before)

    assert withdraw(PETRA, frozen, WHY, cast.NOW) is None

    after = shown(frozen)
    assert (after.withdrawn.on, after.withdrawn.reason) == (cast.NOW.date(), WHY)
    assert after.withdrawn.why == REASONS[WHY]
    assert replace(after, withdrawn=None) == before
    assert [one.withdrawn for one in publications.listed(FEMKE)] == [after.withdrawn]


def test_the_command_lists_it_with_its_note(frozen):
    assert plain(shown(frozen))["withdrawn_on"] is None
    withdraw(PETRA, frozen, WHY, cast.NOW)
    [listed] = [plain(one) for one in publications.listed(THE_COMMAND)]
    assert (listed["withdrawn_on"], listed["withdrawn_for"]) == ("2026-11-22", "faulty_records")


def test_what_was_withdrawn_is_attacked_as_before(frozen):
    attacked = publications.attacked()
    withdraw(PETRA, frozen, WHY, cast.NOW)
    assert publications.attacked() == attacked


def test_a_note_is_given_once_and_never_taken_back(frozen, sealed_house):
    withdraw(PETRA, frozen, WHY, cast.NOW)
    again = withdraw(PETRA, frozen, WithdrawalReason.ISSUED_BY_MISTAKE, cast.NOW)
    assert isinstance(again, Refused)
    assert isinstance(may_withdraw(PETRA, shown(frozen)), Refused)
    for statement in (
        "UPDATE publication_withdrawals SET reason = 'issued_by_mistake'",
        "DELETE FROM publication_withdrawals",
        "INSERT OR REPLACE INTO publication_withdrawals SELECT * FROM publication_withdrawals",
    ):
        with pytest.raises(DatabaseError, match="append only"), casework(sealed_house) as session:
            session.execute(text(statement))
    assert shown(frozen).withdrawn.reason is WHY


def test_what_is_not_frozen_is_sent_back_and_not_withdrawn(proposed):
    assert isinstance(withdraw(PETRA, proposed, WHY, cast.NOW), Refused)
    assert shown(proposed, LENA).withdrawn is None


@pytest.mark.parametrize("colleague", [cast.LENA, cast.MO, cast.FEMKE, cast.ADA, cast.AMINA])
def test_to_everybody_else_it_is_not_theirs_to_withdraw(frozen, colleague):
    with pytest.raises(NotKnown):
        withdraw(colleague.actor(), frozen, WHY, cast.NOW)
    assert may_withdraw(colleague.actor(), shown(frozen)) is None
    assert shown(frozen).withdrawn is None


def test_a_privacy_officer_of_another_programme_does_not_learn_of_it(frozen):
    elsewhere = replace(cast.PETRA, programmes=("elsewhere",)).actor()
    with pytest.raises(NotKnown):
        withdraw(elsewhere, frozen, WHY, cast.NOW)
