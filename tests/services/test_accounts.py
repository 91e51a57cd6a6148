"""Who gets an account, who gives a role, who agrees, and who may not leave yet."""

from __future__ import annotations

from datetime import date, timedelta

import pyotp
import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select, text

from caseflow.domain.actors import Role
from caseflow.domain.appointments import Appointment
from caseflow.domain.decisions import Allowed, Refused
from caseflow.services import (
    accounts,
    actors,
    appointments,
    invitations,
    own_accounts,
    passwords,
    second_factors,
    sessions,
)
from caseflow.services.accounts import Invited, Newcomer
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.accounts import RoleGrant, UserAccount
from tests import cast
from tests.builders import casework, hire_everybody
from tests.cast import ADA, AMINA, KOFI, LENA, MO, NOOR, NOW, PETRA

PASSWORD = "vier losse woorden op een plank"
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
CASEWORKER = Appointment(Role.CASEWORKER, team_id="haven-east")
FUNDER = Appointment(Role.FUNDER, programmes=("waterstad-lvv", "waterstad-bbb"))


@pytest.fixture(autouse=True)
def _staffed(sealed_house: House) -> None:
    hire_everybody(sealed_house)


def newcomer(
    *wished: Appointment, username: str = "rosa", organisation: str = "de-haven"
) -> Newcomer:
    return Newcomer(username, "Rosa", organisation, wished or (CASEWORKER,))


def invited(who: Newcomer | None = None) -> Invited:
    answer = accounts.invite(ADA.actor(), who or newcomer(), NOW)
    assert isinstance(answer, Invited), answer
    return answer


def accepted(invitation: Invited) -> None:
    look = invitations.look(invitation.token, NOW)
    assert look is not None
    code = pyotp.TOTP(look.seed).at(NOW)
    assert invitations.accept(invitation.token, PASSWORD, code, NOW) == Allowed()


def refused(answer: object) -> str:
    assert isinstance(answer, Refused), answer
    return str(answer.reason)


def roles_of(user_id: str) -> frozenset[Role]:
    actor = actors.actor_for(user_id, "a-session")
    assert actor is not None
    return actor.roles


# invitations


def test_an_invited_colleague_chooses_their_own_password_and_factor(sealed_house: House) -> None:
    invitation = invited()
    accepted(invitation)
    with sealed_house.stores.reading() as reading:
        account = reading.get_one(UserAccount, invitation.user_id)
        assert account.status == "active"
        assert account.password_hash is not None
        assert passwords.is_right(account.password_hash, PASSWORD)
        assert not passwords.is_right(account.password_hash, PASSWORD + " ")


def test_a_link_works_once_and_for_72_hours() -> None:
    invitation = invited()
    assert invitations.look(invitation.token, NOW + timedelta(hours=71.9))
    assert invitations.look(invitation.token, NOW + timedelta(hours=72)) is None
    accepted(invitation)
    assert "does not work" in refused(invitations.accept(invitation.token, PASSWORD, "000000", NOW))


def test_a_newer_link_ends_the_older_one() -> None:
    first = invited()
    second = accounts.reset(ADA.actor(), first.user_id, NOW)
    assert isinstance(second, Invited)
    assert invitations.look(first.token, NOW) is None
    assert invitations.look(second.token, NOW)


def test_a_suspended_newcomer_cannot_use_the_link() -> None:
    invitation = invited()
    accounts.suspend(ADA.actor(), invitation.user_id, NOW)
    assert invitations.look(invitation.token, NOW) is None


def test_a_wrong_code_leaves_the_link_as_it_was() -> None:
    invitation = invited()
    assert "code" in refused(invitations.accept(invitation.token, PASSWORD, "000000", NOW))
    accepted(invitation)


def test_neither_token_nor_seed_nor_password_stands_in_the_store(sealed_house: House) -> None:
    invitation = invited()
    look = invitations.look(invitation.token, NOW)
    assert look is not None
    accepted(invitation)
    with sealed_house.stores.casework.connect() as store:
        rows = [
            str(store.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608
            for table in ("user_accounts", "invitations")
        ]
    for secret in (invitation.token, look.seed, PASSWORD):
        assert not any(secret in row for row in rows)


def test_a_seed_copied_to_another_account_does_not_open() -> None:
    with pytest.raises(InvalidTag):
        second_factors.opened(second_factors.sealed(SEED, "amina"), "bram")


# passwords


@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        ("x7#kQ2!mZp9$wL", False),  # 14
        ("x7#kQ2!mZp9$wLr", True),  # 15
        ("wxkqjhvmznqlrtypbdfg", True),  # no rule about kinds of signs
        ("plankplankplankplank", False),
        ("passwordpassword", False),
        ("1234567890123456", False),
        ("qwertyuiopasdfgh", False),
        ("rosa rosa rosa rosa", False),
        ("een kat in het nauw springt", True),
    ],
)
def test_length_and_guessing_decide_about_a_password(password: str, is_good: bool) -> None:
    assert bool(passwords.acceptable(password, ("rosa",))) is is_good


def test_128_signs_are_taken_and_129_are_not() -> None:
    long = "".join(chr(97 + (turn * turn * 7 + turn * 11) % 26) for turn in range(129))
    assert passwords.acceptable(long[:128])
    assert "at most" in refused(passwords.acceptable(long))


def test_a_password_is_changed_with_the_present_one_and_a_fresh_code() -> None:
    user_id = accounts.enlist(newcomer(), PASSWORD, SEED, NOW)
    assert isinstance(user_id, str)
    begun, other = sessions.begin(user_id, NOW), sessions.begin(user_id, NOW)
    known = sessions.recognise(begun.token, NOW)
    assert known is not None
    chosen, code = "zeven ganzen boven een natte polder", pyotp.TOTP(SEED).at(NOW)
    change = own_accounts.change_password
    assert "not right" in refused(change(known.actor, "something else", code, chosen, NOW))
    assert "easy to guess" in refused(change(known.actor, PASSWORD, code, "a" * 20, NOW))
    assert change(known.actor, PASSWORD, code, chosen, NOW) == Allowed()
    assert sessions.recognise(begun.token, NOW)
    assert sessions.recognise(other.token, NOW) is None
    assert "not right" in refused(change(known.actor, chosen, code, PASSWORD, NOW)), "code used"


# who may be appointed to what


@pytest.mark.parametrize(
    ("who", "word"),
    [
        (newcomer(Appointment(Role.CASEWORKER)), "team"),
        (newcomer(Appointment(Role.NIGHT_WORKER)), "site"),
        (newcomer(Appointment(Role.FUNDER)), "programme"),
        (newcomer(Appointment(Role.FUNDER, programmes=("nowhere",))), "programme"),
        (newcomer(Appointment(Role.CASEWORKER, team_id="kompas-one")), "team of this"),
        (newcomer(FUNDER, CASEWORKER), "never combined"),
        (newcomer(organisation="nobody"), "organisation"),
        (newcomer(username="Ämina"), "small letters"),
        (newcomer(username=" AMINA "), "taken"),
        (Newcomer("rosa", "Rosa", "de-haven", ()), "at least one role"),
    ],
)
def test_an_account_that_cannot_be_is_refused_and_not_made(
    sealed_house: House, who: Newcomer, word: str
) -> None:
    with sealed_house.stores.reading() as reading:
        before = len(reading.scalars(select(UserAccount.id)).all())
    assert word in refused(accounts.invite(ADA.actor(), who, NOW))
    with sealed_house.stores.reading() as reading:
        assert len(reading.scalars(select(UserAccount.id)).all()) == before


def test_a_role_for_two_programmes_counts_for_both() -> None:
    invitation = invited(newcomer(FUNDER, organisation="gemeente-waterstad"))
    accepted(invitation)
    actor = actors.actor_for(invitation.user_id, "a-session")
    assert actor is not None
    granted = {grant.programme for grant in actor.grants if grant.role is Role.FUNDER}
    assert granted == {"waterstad-lvv", "waterstad-bbb"}


@pytest.mark.parametrize("colleague", [AMINA, LENA, PETRA, KOFI])
def test_whoever_manages_no_accounts_finds_none(colleague: cast.Colleague) -> None:
    actor = colleague.actor()
    for act in (
        lambda: accounts.invite(actor, newcomer(), NOW),
        lambda: accounts.listed(actor, NOW),
        lambda: accounts.suspend(actor, "bram", NOW),
        lambda: accounts.close(actor, "bram", NOW),
        lambda: accounts.reset(actor, "bram", NOW),
        lambda: appointments.grant(actor, "bram", (CASEWORKER,), NOW),
    ):
        with pytest.raises(NotKnown):
            act()


def test_nobody_gives_a_role_to_themselves() -> None:
    wish = Appointment(Role.COORDINATOR)
    assert "themselves" in refused(appointments.grant(ADA.actor(), ADA.id, (wish,), NOW))


def test_a_role_that_opens_a_vault_counts_once_a_second_person_agrees(sealed_house: House) -> None:
    invitation = invited()
    accepted(invitation)
    assert roles_of(invitation.user_id) == frozenset()
    grant_id = _grant_of(sealed_house, invitation.user_id)
    assert "second person" in refused(appointments.second(ADA.actor(), grant_id, NOW))
    for stranger in (AMINA, KOFI, NOOR):
        with pytest.raises(NotKnown):
            appointments.second(stranger.actor(), grant_id, NOW)
    assert appointments.second(LENA.actor(), grant_id, NOW) == Allowed()
    assert roles_of(invitation.user_id) == {Role.CASEWORKER}
    assert "decided already" in refused(appointments.second(MO.actor(), grant_id, NOW))


def test_nobody_is_their_own_second_person(sealed_house: House) -> None:
    appointments.grant(ADA.actor(), LENA.id, (CASEWORKER,), NOW)
    grant_id = _grant_of(sealed_house, LENA.id, seconded=False)
    assert "second person" in refused(appointments.second(LENA.actor(), grant_id, NOW))
    assert appointments.waiting(LENA.actor()) == ()
    assert appointments.second(PETRA.actor(), grant_id, NOW) == Allowed()


def test_a_role_that_opens_no_vault_counts_at_once() -> None:
    assert appointments.grant(ADA.actor(), AMINA.id, (Appointment(Role.COORDINATOR),), NOW)
    assert Role.COORDINATOR in roles_of(AMINA.id)


# leaving


def test_the_last_administrator_cannot_be_suspended_closed_or_stripped(
    sealed_house: House,
) -> None:
    cli = actors.system()
    grant_id = _grant_of(sealed_house, ADA.id)
    for answer in (
        accounts.suspend(cli, ADA.id, NOW),
        accounts.close(cli, ADA.id, NOW),
        appointments.end(cli, grant_id, NOW),
    ):
        assert "last administrator" in refused(answer)
    second = Newcomer("rosa", "Rosa", "de-haven", (Appointment(Role.ADMINISTRATOR),))
    accepted(invited(second))
    assert accounts.suspend(cli, ADA.id, NOW) == Allowed()


def test_closing_waits_until_the_cases_are_handed_over(sealed_house: House) -> None:
    with casework(sealed_house) as session:
        for table, row in _a_case():
            names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
            session.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), row)  # noqa: S608
    assert "Open cases of this colleague: 1." in refused(accounts.close(ADA.actor(), AMINA.id, NOW))
    with casework(sealed_house) as session:
        session.execute(text("UPDATE case_team_members SET until_on = '2026-11-22'"))
    assert accounts.close(ADA.actor(), AMINA.id, NOW) == Allowed()
    assert actors.actor_for(AMINA.id, "a-session") is None


def test_a_reset_ends_the_old_password_the_old_phone_and_the_sessions() -> None:
    user_id = accounts.enlist(newcomer(), PASSWORD, SEED, NOW)
    assert isinstance(user_id, str)
    token = sessions.begin(user_id, NOW).token
    again = accounts.reset(ADA.actor(), user_id, NOW)
    assert isinstance(again, Invited)
    assert sessions.recognise(token, NOW) is None
    look = invitations.look(again.token, NOW)
    assert look is not None
    assert look.seed != SEED


def test_the_first_administrator_is_first(sealed_house: House) -> None:
    answer = accounts.first_administrator("rosa", "Rosa", "gemeente-waterstad", NOW)
    assert "accounts already" in refused(answer)


def test_every_act_on_an_account_is_told_twice_without_a_name(sealed_house: House) -> None:
    invitation = invited()
    accounts.suspend(ADA.actor(), invitation.user_id, NOW)
    accounts.reopen(ADA.actor(), invitation.user_id, NOW)
    with sealed_house.stores.audit.connect() as log:
        rows = log.execute(text("SELECT event, stands_for FROM entries ORDER BY position")).all()
        everything = str(log.execute(text("SELECT * FROM entries")).all()).lower()
    told = [tuple(row) for row in rows]
    for event in ("account_invited", "account_suspended", "account_reopened"):
        assert (event, "intent") in told
        assert (event, "outcome") in told
    assert "rosa" not in everything


def _grant_of(house: House, user_id: str, seconded: bool | None = None) -> str:
    with house.stores.reading() as reading:
        rows = reading.scalars(select(RoleGrant).where(RoleGrant.user_id == user_id)).all()
        found = [
            row.id for row in rows if seconded is None or (row.seconded_by is not None) is seconded
        ]
    assert len(found) == 1
    return found[0]


def _a_case() -> tuple[tuple[str, dict[str, object]], ...]:
    at, day = "2026-11-22T09:00:00.000000Z", date(2026, 11, 1).isoformat()
    return (
        ("clients", {"code": "K7QM-4XPD", "organisation": "de-haven", "call_name": "Sam",
                     "gender": "unknown", "age_band": "unknown", "restricted": 0, "is_test": 0,
                     "registered_at": at, "change_id": "c", "version": 1}),
        ("cases", {"id": "a-case", "client_code": "K7QM-4XPD", "programme": "waterstad-lvv",
                   "organisation": "de-haven", "team_id": "haven-east", "stage": "guidance",
                   "opened_at": at, "change_id": "c", "version": 1}),
        ("case_team_members", {"id": "m", "case_id": "a-case", "user_id": "amina",
                               "from_on": day, "change_id": "c"}),
    )  # fmt: skip
