"""Mail about what is due: a number and a link, once, and by a real mail server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from caseflow import clock
from caseflow.domain.decisions import Allowed, Refused
from caseflow.domain.tasks import TaskKind
from caseflow.jobs import runs
from caseflow.services import houses, intake, job_runs, mails, own_mail, reminders, tasks
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.job_runs import RunResult, Worked
from caseflow.services.mails import MailNotTaken
from caseflow.settings import Mail
from caseflow.storage.models.accounts import UserAccount
from caseflow.storage.models.cases import Case
from caseflow.storage.models.operations import Reminder
from caseflow.tellers import teller
from tests import builders, cast
from tests import case_worlds as world
from tests.mail_servers import Letterbox, letterbox

MONDAY = datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
AMINA = cast.AMINA.actor()
ADDRESS = "amina@dehaven.example"
MACHINE = job_runs.scheduler("reminders")


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def box() -> Iterator[Letterbox]:
    with letterbox() as made:
        yield made


@pytest.fixture
def posting(house: House, box: Letterbox) -> Iterator[House]:
    """A house whose mail goes to the letterbox; Amina wants mail."""
    builders.hire_everybody(house)
    mail = Mail(
        "127.0.0.1", box.port, "none", "caseflow@dehaven.example", "", "https://caseflow.example",
        frozenset({"dehaven.example"}),
    )  # fmt: skip
    made = replace(house, settings=replace(house.settings, mail=mail))
    with houses.inside(made):
        assert own_mail.choose(AMINA, ADDRESS, clock.now()) == Allowed()
        yield made


def planned(case_id: str, days: int) -> None:
    on = MONDAY.date() + timedelta(days=days)
    world.done(tasks.plan(AMINA, case_id, TaskKind.PAPERS, on, None, clock.now()))


def sent(days: int = 0) -> Worked:
    """The job of some days after Monday."""
    return reminders.send(MACHINE, MONDAY + timedelta(days=days), teller)


def test_one_mail_a_week_and_one_for_what_is_new(posting: House, box: Letterbox) -> None:
    case_id = world.admitted(days_ago=10)
    assert sent() == Worked(), "nothing is due"
    planned(case_id, 3)
    planned(case_id, 12)
    assert [sent(0).done, sent(0).done, sent(1).done] == [1, 0, 0], (
        "once a day, and no news no mail"
    )
    planned(case_id, 6)
    assert [sent(2).done, sent(2).done, sent(3).done] == [1, 0, 0], "what is new, once"
    assert sent(5).done == 0, "Saturday: the office is closed, and what comes into sight waits"
    assert sent(7).done == 1, "the list of the next week"
    assert len(box.letters) == 3


def test_what_leaves_is_a_number_and_a_link(posting: House, box: Letterbox) -> None:
    case_id = world.with_words(world.admitted(days_ago=10))
    planned(case_id, 2)
    sent()
    [letter] = box.letters
    text = letter.get_content()
    assert text.splitlines()[0] == "Binnen 7 dagen moet er 1 ding gebeuren."
    assert "https://caseflow.example" in text
    assert (letter["To"], letter["From"]) == (ADDRESS, "caseflow <caseflow@dehaven.example>")
    assert letter["Auto-Submitted"] == "auto-generated"
    with posting.stores.reading() as session:
        case = session.get_one(Case, case_id)
        code = case.client_code
    for private in (world.CALL_NAME, world.FAMILY_NAME, code, case_id, "waterstad", "papieren"):
        assert private.lower().encode() not in box.raw[0].lower(), private
    assert set(letter.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Content-Language", "Auto-Submitted",
        "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
    }  # fmt: skip


def test_the_ledger_keeps_a_number_and_hashes(posting: House, box: Letterbox) -> None:
    case_id = world.admitted(days_ago=10)
    planned(case_id, 2)
    sent()
    with posting.stores.reading() as session:
        [row] = session.scalars(select(Reminder)).all()
        assert (row.user_id, row.kind, row.number) == ("amina", "weekly", 1)
        assert case_id not in row.counted


def test_a_mail_that_was_refused_is_tried_again_the_same_day(
    posting: House, box: Letterbox
) -> None:
    planned(world.admitted(days_ago=10), 2)
    box.refuses.add(ADDRESS)
    assert sent() == Worked(0, 1, frozenset({"SMTPRecipientsRefused"}))
    box.refuses.clear()
    assert [sent().done, sent().done] == [1, 0]


def test_a_run_that_was_cut_off_mails_nobody_twice_that_day(
    posting: House, box: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(world.admitted(days_ago=10), 2)

    class Cut(BaseException):
        """The process is gone."""

    take = mails.Post.send

    def taken_and_gone(*asked: object) -> None:
        take(*asked)  # type: ignore[arg-type]
        raise Cut()

    monkeypatch.setattr(mails.Post, "send", taken_and_gone)
    with pytest.raises(Cut):
        sent()
    monkeypatch.setattr(mails.Post, "send", take)
    assert (sent().done, len(box.letters)) == (0, 1)
    assert sent(1).done == 1, "nobody knows whether it left, so the next day tells it"


def test_without_its_server_the_job_fails_and_is_tried_again(
    posting: House, box: Letterbox
) -> None:
    planned(world.admitted(days_ago=10), 2)
    mail = replace(posting.settings.mail, port=1)
    with houses.inside(replace(posting, settings=replace(posting.settings, mail=mail))):
        with pytest.raises(MailNotTaken) as gone:
            sent()
        assert str(gone.value) == "ConnectionRefusedError"
    assert sent().done == 1


def test_nobody_is_counted_what_their_own_list_would_not_show(
    posting: House, box: Letterbox
) -> None:
    case_id = world.admitted(days_ago=10)
    planned(case_id, 2)
    for colleague in (cast.BRAM, cast.YUSUF, cast.KOFI):
        with builders.casework(posting) as session:
            session.execute(
                update(UserAccount)
                .where(UserAccount.id == colleague.id)
                .values(mail_address=f"{colleague.id}@dehaven.example")
            )
    assert sent().done == 1, "Amina's alone"
    world.done(intake.assign(cast.LENA.actor(), case_id, ("bram",), clock.now()))
    sent(1)
    assert [one["To"] for one in box.letters] == [ADDRESS, "bram@dehaven.example"]


@pytest.mark.parametrize("status", ["suspended", "closed", "invited"])
def test_who_is_gone_gets_no_mail(posting: House, box: Letterbox, status: str) -> None:
    planned(world.admitted(days_ago=10), 2)
    with builders.casework(posting) as session:
        session.get_one(UserAccount, "amina").status = status
    assert (sent(), box.letters) == (Worked(), [])


def test_where_mail_is_off_nothing_is_counted_and_nothing_can_be_chosen(house: House) -> None:
    builders.hire_everybody(house)
    assert sent() == Worked()
    assert isinstance(own_mail.choose(AMINA, ADDRESS, clock.now()), Refused)
    for stranger in (cast.ADA, cast.KOFI, cast.FEMKE):
        with pytest.raises(NotKnown):
            own_mail.choose(stranger.actor(), None, clock.now())


def test_a_missed_morning_is_caught_up_on_once(
    posting: House, box: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(world.admitted(days_ago=10), 2)
    posting.stores.forget_vaults()
    late = MONDAY + timedelta(days=1, hours=7)
    assert runs.catch_up_on("reminders", lambda: late) is RunResult.DONE
    assert runs.catch_up_on("reminders", lambda: late + timedelta(hours=1)) is None
    assert len(box.letters) == 1


def test_a_password_that_others_can_read_is_not_used(posting: House, box: Letterbox) -> None:
    planned(world.admitted(days_ago=10), 2)
    folder = posting.settings.instance / "config"
    folder.mkdir(exist_ok=True)
    file = folder / "mail-password"
    file.write_text("a long walk", encoding="utf-8")
    file.chmod(0o644)
    mail = replace(posting.settings.mail, username="caseflow")
    with houses.inside(replace(posting, settings=replace(posting.settings, mail=mail))):
        with pytest.raises(MailNotTaken) as refused:
            sent()
        assert str(refused.value) == "PermissionError"
    assert box.letters == []
