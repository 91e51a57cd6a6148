"""What somebody was told and agreed to is kept whole, and taken back at once with all that rested on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from caseflow import clock
from caseflow.domain.agreements import AgreementKind, Channel, Telling, Way, What
from caseflow.domain.disclosures import Why
from caseflow.domain.information_texts import InformationKind
from caseflow.domain.recipients import RecipientClass
from caseflow.domain.tasks import TaskKind
from caseflow.services import agreements
from caseflow.services.agreement_views import ConsentView
from caseflow.services.gatekeeping import NotKnown, VaultSealed, open_case
from caseflow.services.houses import House
from caseflow.storage import agreements as stored
from caseflow.storage import changes, disclosures
from caseflow.storage.audit_log import Act
from caseflow.storage.models.agreements import Agreement, InformationGiven
from caseflow.storage.models.cases import CaseShare
from caseflow.storage.models.disclosures import Disclosure, Office, StandingRecipient
from caseflow.storage.models.tasks import Task
from tests import builders, cast
from tests import case_worlds as world

AMINA, LENA, NOW = cast.AMINA.actor(), cast.LENA.actor(), cast.NOW
TODAY = date(2026, 11, 22)
LAWYER = What.recipients(RecipientClass.LEGAL)
CALLED = What(AgreementKind.CHANNEL, Channel.PHONE.value)
BOTH = frozenset(InformationKind)


def telling(**given: object) -> Telling:
    values: dict[str, object] = {
        "texts": BOTH, "language": "ar", "way": Way.READ_OUT, "on": TODAY, **given
    }  # fmt: skip
    return Telling(**values)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    builders.hire_everybody(house)
    return world.admitted(days_ago=10)


def agreed(case_id: str, *what: What, **given: object) -> None:
    world.done(agreements.record(AMINA, case_id, telling(**given), what, None, NOW))


def consent(case_id: str) -> ConsentView:
    shown = open_case(AMINA, case_id, NOW).consent
    assert isinstance(shown, ConsentView)
    return shown


def ids(house: House, case_id: str) -> list[str]:
    with house.stores.reading() as session:
        return [one.id for one in stored.of_case(session, case_id)]


def stands(house: House, case_id: str, what: What | RecipientClass) -> bool:
    with house.stores.reading() as session:
        return stored.standing(session, case_id, what, TODAY)


def test_what_was_told_and_agreed_stands_on_the_case(house: House, case_id: str) -> None:
    agreed(case_id, LAWYER, CALLED)
    shown = consent(case_id)
    assert {(one.text, one.version, one.language) for one in shown.told} == {
        (one, 1, "ar") for one in InformationKind
    }
    assert [one.what for one in shown.standing] == [CALLED, LAWYER]
    assert not shown.lacks
    assert stands(house, case_id, RecipientClass.LEGAL)
    assert not stands(house, case_id, RecipientClass.CARE)


def test_who_was_told_nothing_lacks_both_texts(case_id: str) -> None:
    assert len(consent(case_id).lacks) == 2


def test_what_is_taken_back_counts_no_more_that_very_moment(house: House, case_id: str) -> None:
    agreed(case_id, LAWYER)
    world.done(agreements.withdraw(LENA, case_id, ids(house, case_id), NOW))
    assert not stands(house, case_id, LAWYER)
    [row] = consent(case_id).over
    assert row.withdrawn_on == TODAY
    agreed(case_id, LAWYER)
    assert stands(house, case_id, LAWYER)


def sent_to_the_lawyer(house: House, case_id: str) -> None:
    """A standing recipient, and a letter that left to it."""
    by = {"recorded_by": "amina", "recorded_at": NOW, "change_id": "invented"}
    with builders.casework(house) as session:
        session.add(
            Office(
                id="office",
                organisation="de-haven",
                recipient="own-lawyer",
                recipient_class="legal",
                name="Oak",
                standing=True,
                **by,
            )
        )
        session.flush()
        session.add(
            StandingRecipient(
                case_id=case_id, office_id="office", agreed_on=TODAY, agreed_in="ar", **by
            )
        )
        session.add(
            Disclosure(
                id="letter",
                case_id=case_id,
                kind="neutral_confirmation",
                recipient="own-lawyer",
                recipient_class="legal",
                office_id="office",
                tier="1",
                purpose="procedure",
                basis="agreed",
                fields="met_on",
                language="nl",
                medium="post",
                state="issued",
                asked_by="amina",
                asked_at=NOW,
                change_id="invented",
                left_on=TODAY,
                issued_at=NOW,
                issued_by="amina",
            )
        )


def test_taking_back_stops_the_recipients_and_has_them_told(house: House, case_id: str) -> None:
    agreed(case_id, LAWYER, CALLED)
    sent_to_the_lawyer(house, case_id)
    world.done(agreements.withdraw(AMINA, case_id, ids(house, case_id)[:2], NOW))
    with house.stores.reading() as session:
        assert session.get_one(Disclosure, "letter").state == "withdrawn"
        assert session.scalar(select(StandingRecipient.withdrawn_on)) == TODAY
        assert list(session.scalars(select(Task.kind))) == [TaskKind.TELL_RECIPIENT.value]


def test_another_agreement_taken_back_stops_no_letters(house: House, case_id: str) -> None:
    agreed(case_id, CALLED)
    sent_to_the_lawyer(house, case_id)
    world.done(agreements.withdraw(AMINA, case_id, ids(house, case_id), NOW))
    with house.stores.reading() as session:
        assert session.get_one(Disclosure, "letter").state == "issued"


def test_taking_back_is_whole_or_not_at_all(
    house: House, case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed(case_id, LAWYER, CALLED)
    sent_to_the_lawyer(house, case_id)
    stop = disclosures.stop

    def breaks_off(*given: object, **more: object) -> None:
        stop(*given, **more)  # type: ignore[arg-type]
        raise RuntimeError("the power went")

    monkeypatch.setattr(disclosures, "stop", breaks_off)
    with pytest.raises(RuntimeError, match="power"):
        agreements.withdraw(AMINA, case_id, ids(house, case_id), NOW)
    assert stands(house, case_id, LAWYER)
    assert stands(house, case_id, CALLED)
    with house.stores.reading() as session:
        assert session.get_one(Disclosure, "letter").state == "issued"
        assert session.scalar(select(StandingRecipient.withdrawn_on)) is None
        assert not list(session.scalars(select(Task)))


def test_a_share_ends_with_the_agreement_and_the_other_organisation_is_told(
    house: House, case_id: str
) -> None:
    agreed(case_id, What.share_with("het-kompas"))
    with builders.casework(house) as session:
        session.add(
            CaseShare(
                case_id=case_id,
                organisation="het-kompas",
                compartment="shelter",
                client_informed_on=TODAY,
                from_on=TODAY - timedelta(days=3),
                change_id="invented",
            )
        )
    world.done(agreements.withdraw(AMINA, case_id, ids(house, case_id), NOW))
    with house.stores.reading() as session:
        assert session.scalar(select(CaseShare.until_on)) == TODAY - timedelta(days=1)
        assert session.scalar(select(Task.kind)) == TaskKind.TELL_RECIPIENT.value


REFUSED = (
    ("a day that has not come", {"on": TODAY + timedelta(days=1)}, "has not come yet"),
    ("a day before the application", {"on": TODAY - timedelta(days=30)}, "before the application"),
    ("a language that is none", {"language": "Arabic"}, "Choose one of the languages"),
    ("a name where a number goes", {"way": Way.INTERPRETER, "interpreter": "Ali"}, "Names are not kept"),
    ("a paper that does not exist", {"language": "so", "way": Way.ON_PAPER}, "no paper in this language"),
    ("a number without an interpreter", {"interpreter": "4711"}, "choose that you used one"),
    ("nothing at all", {"texts": frozenset()}, "Choose what you told"),
)  # fmt: skip


@pytest.mark.parametrize(("why", "given", "says"), REFUSED, ids=[one[0] for one in REFUSED])
def test_what_cannot_be_is_refused_in_one_sentence(
    house: House, case_id: str, why: str, given: dict[str, object], says: str
) -> None:
    refused = agreements.record(AMINA, case_id, telling(**given), (), None, NOW)
    assert refused is not None
    assert says in str(refused.reason)
    with house.stores.reading() as session:
        assert not list(session.scalars(select(InformationGiven)))


def test_nobody_agrees_to_police_or_to_a_stranger(house: House, case_id: str) -> None:
    for what in (
        What(AgreementKind.RECIPIENTS, "enforcement"),
        What.share_with("de-haven"),
        What.share_with("nowhere"),
        What(AgreementKind.SHARE, "identity", "het-kompas"),
    ):
        refused = agreements.record(AMINA, case_id, telling(), (what,), None, NOW)
        assert refused is not None
        assert "from the list" in str(refused.reason)
    assert ids(house, case_id) == []


def test_agreed_twice_or_through_a_day_that_has_passed_is_refused(case_id: str) -> None:
    agreed(case_id, LAWYER)
    twice = agreements.record(AMINA, case_id, telling(), (LAWYER,), None, NOW)
    assert twice is not None
    assert "agreed to already" in str(twice.reason)
    late = agreements.record(AMINA, case_id, telling(), (CALLED,), TODAY - timedelta(days=1), NOW)
    assert late is not None
    assert "has passed" in str(late.reason)


def test_an_agreement_ends_after_its_last_day(house: House, case_id: str) -> None:
    world.done(agreements.record(AMINA, case_id, telling(), (LAWYER,), TODAY, NOW))
    with house.stores.reading() as session:
        assert stored.standing(session, case_id, LAWYER, TODAY)
        assert not stored.standing(session, case_id, LAWYER, TODAY + timedelta(days=1))


def test_an_agreement_of_another_case_is_not_known(house: House, case_id: str) -> None:
    agreed(case_id, LAWYER)
    other = world.admitted(days_ago=5)
    with pytest.raises(NotKnown):
        agreements.withdraw(AMINA, other, ids(house, case_id), NOW)
    assert stands(house, case_id, LAWYER)


def test_a_colleague_without_a_relation_records_and_takes_back_nothing(
    house: House, case_id: str
) -> None:
    agreed(case_id, LAWYER)
    for stranger in (cast.SARA.actor(), cast.YUSUF.actor(), cast.KOFI.actor()):
        with pytest.raises(NotKnown):
            agreements.record(stranger, case_id, telling(), (CALLED,), None, NOW)
        with pytest.raises(NotKnown):
            agreements.withdraw(stranger, case_id, ids(house, case_id), NOW)


def test_own_words_lie_in_the_vault_and_wait_while_it_is_sealed(house: House, case_id: str) -> None:
    said = "Only my lawyer, not my cousin."
    world.done(agreements.record(AMINA, case_id, telling(), (), None, NOW, own_words=said))
    assert consent(case_id).own_words[0].words == said
    house.stores.forget_vaults()
    with pytest.raises(VaultSealed):
        agreements.record(AMINA, case_id, telling(), (), None, NOW, own_words=said)
    agreed(case_id, LAWYER)
    shown = consent(case_id)
    assert (shown.own_words, shown.is_sealed, len(shown.standing)) == ((), True, 1)


def test_told_in_a_language_not_understood_still_lacks(case_id: str) -> None:
    agreed(case_id, language="nl", understood=False)
    assert {one.value for one in consent(case_id).lacks.values()} == {"not_understood"}


def test_what_was_recorded_in_error_counts_no_more(house: House, case_id: str) -> None:
    agreed(case_id)
    shown = consent(case_id)
    world.done(agreements.mark_mistaken(AMINA, case_id, shown.told[0].id, NOW))
    again = agreements.mark_mistaken(AMINA, case_id, shown.told[0].id, NOW)
    assert again is not None
    after = consent(case_id)
    assert list(after.lacks) == [shown.told[0].text]
    assert sum(one.is_mistaken for one in after.told) == 1


def test_the_store_refuses_half_a_withdrawal(house: House, case_id: str) -> None:
    agreed(case_id, LAWYER)
    with builders.casework(house) as session:
        session.scalars(select(Agreement)).one().withdrawn_on = TODAY
        with pytest.raises(IntegrityError, match="withdrawn_whole"):
            session.flush()
        session.rollback()


def test_a_granted_objection_to_sharing_ends_what_was_agreed_about_letters(
    house: House, case_id: str
) -> None:
    agreed(case_id, LAWYER, CALLED)
    act = Act("agreement_withdrawn", AMINA, NOW)
    with changes.change(house.stores, act) as work:
        disclosures.stop(work, case_id, Why.OBJECTION, TODAY)
    assert not stands(house, case_id, LAWYER)
    assert stands(house, case_id, CALLED)


def test_a_share_begins_with_a_second_person_and_ends_with_the_agreement(
    house: House, case_id: str
) -> None:
    agreed(case_id, What.share_with("het-kompas"))
    [share_id] = ids(house, case_id)
    with pytest.raises(NotKnown):
        agreements.share(AMINA, case_id, share_id, NOW)
    assert not consent(case_id).standing[0].is_shared
    world.done(agreements.share(LENA, case_id, share_id, NOW))
    assert consent(case_id).standing[0].is_shared
    twice = agreements.share(LENA, case_id, share_id, NOW)
    assert twice is not None
    assert "shared already" in str(twice.reason)
    world.done(agreements.withdraw(AMINA, case_id, [share_id], NOW))
    assert not consent(case_id).over[0].is_shared
    gone = agreements.share(LENA, case_id, share_id, NOW)
    assert gone is not None
    assert "no longer agrees" in str(gone.reason)


def test_whoever_recorded_the_agreement_does_not_begin_the_share(house: House) -> None:
    builders.hire_everybody(house)
    case_id = world.assigned("lena", "amina", days_ago=10)
    what = (What.share_with("het-kompas"),)
    world.done(agreements.record(LENA, case_id, telling(), what, None, NOW))
    refused = agreements.share(LENA, case_id, ids(house, case_id)[0], NOW)
    assert refused is not None
    assert "recorded the agreement yourself" in str(refused.reason)


def test_only_a_share_is_shared(house: House, case_id: str) -> None:
    agreed(case_id, LAWYER)
    assert agreements.share(LENA, case_id, ids(house, case_id)[0], NOW) is not None
    other = world.admitted(days_ago=5)
    with pytest.raises(NotKnown):
        agreements.share(LENA, other, ids(house, case_id)[0], NOW)
