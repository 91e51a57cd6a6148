"""Who does what: the lines that can be read aloud, and the table that decides, are one."""

from __future__ import annotations

import pytest

from caseflow.domain.access import CASE_PERMISSIONS, POLICY, READS_AS, Permission
from caseflow.domain.duties import DUTIES, LOOKING, Deed, duties_in_acts
from caseflow.domain.redaction import Reader

R, P = Reader, Permission
DECIDED = {
    P.ADMISSION_DECIDE, P.EXTENSION_DECIDE, P.EXIT_DECIDE, P.CASE_CLOSE, P.EARLIER_NIGHTS_DECIDE,
    P.CASE_ASSIGN, P.CASE_RESTRICT, P.SEPARATION_RECORD,
}  # fmt: skip


@pytest.mark.parametrize("act", sorted(CASE_PERMISSIONS - LOOKING))
def test_an_act_is_open_to_exactly_those_whose_duty_it_is(act: Permission) -> None:
    assert {READS_AS[clause] for clause in POLICY[act]} == duties_in_acts()[act]


def test_a_line_has_acts_or_says_with_what_they_come() -> None:
    for duty in DUTIES:
        assert bool(duty.acts) is (duty.later is None), duty.thing
        assert duty.does


def test_what_is_decided_is_decided_by_the_team_lead_alone() -> None:
    for act in DECIDED:
        assert duties_in_acts()[act] == {R.TEAM_LEAD}, act


def test_only_leads_and_who_gives_beds_decide() -> None:
    deciders = {duty.who for duty in DUTIES if Deed.DECIDES in duty.does}
    # the counsellor on whether an authority hears of a client, two of the case team on a child in danger
    others = {R.LEGAL_COUNSELLOR, R.CASE_TEAM}
    assert deciders == {R.TEAM_LEAD, R.COORDINATOR, R.SHELTERING, R.HOUSING} | others


@pytest.mark.parametrize("reader", [R.TEAM, R.ACCOMPANYING, R.BROKEN_GLASS, R.BEDSIDE])
def test_others_change_nothing(reader: Reader) -> None:
    assert reader not in {duty.who for duty in DUTIES}


def test_looking_changes_nothing() -> None:
    assert not {act for duty in DUTIES for act in duty.acts} & LOOKING
