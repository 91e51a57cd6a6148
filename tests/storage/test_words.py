"""Rows of a vault are shown only once the casework store knows their change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from caseflow.services.houses import House
from caseflow.storage import audit_log, words
from caseflow.storage.audit_log import Act
from caseflow.storage.engines import writing
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.operations import Change
from caseflow.storage.models.vault import Identity, Note
from caseflow.storage.stores import VaultSealed, vault_path
from caseflow.storage.words import CaseworkIsOlder, Orphans
from tests import cast

ORGANISATION = "de-haven"
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def commit_changes(house: House, *ids: str) -> None:
    with Session(writing(house.stores.casework), info={"writes": True}) as session:
        for change in ids:
            session.add(Change(id=change, event="note_recorded", at=NOW, by="amina", vault=None))
        session.commit()


def write_notes(house: House, *notes: tuple[str, str, str, datetime]) -> None:
    """Each note as (words, client code, change id, recorded at)."""
    with Session(writing(house.stores.vault(ORGANISATION)), info={"writes": True}) as session:
        for text, code, change, at in notes:
            session.add(
                Note(
                    client_code=code,
                    case_id=f"case of {code}",
                    kind="contact",
                    contact_on=date(2026, 11, 20),
                    words=text,
                    recorded_at=at,
                    recorded_by="amina",
                    change_id=change,
                )
            )
            session.flush()
        session.commit()


def announced(house: House, ended: str | None = None) -> str:
    """The id of a change the log was told of, and how it ended if that was told."""
    act = Act("note_recorded", cast.AMINA.actor(), NOW, ("AAAA-AAAA",))
    intent = audit_log.tell(house.stores, act, stands_for="intent")
    if ended is not None:
        audit_log.tell(house.stores, act, stands_for="outcome", intent=intent, result=ended)
    return intent


def read_notes(house: House, *codes: str, **narrowed: object) -> list[str]:
    stores = house.stores
    with stores.reading_vault(ORGANISATION) as vault, stores.reading() as casework:
        rows = words.visible(vault, casework, Note, codes, **narrowed)  # type: ignore[arg-type]
        return [row.words for row in rows]


def test_a_row_is_shown_once_the_casework_store_knows_its_change(house: House) -> None:
    change = new_id()
    write_notes(house, ("half of a change", "AAAA-AAAA", change, NOW))
    assert read_notes(house, "AAAA-AAAA") == []
    commit_changes(house, change)
    assert read_notes(house, "AAAA-AAAA") == ["half of a change"]


def test_the_newest_row_comes_first_and_rows_of_one_instant_in_the_order_of_entry(
    house: House,
) -> None:
    change = new_id()
    commit_changes(house, change)
    write_notes(
        house,
        ("first of noon", "AAAA-AAAA", change, NOW),
        ("second of noon", "AAAA-AAAA", change, NOW),
        ("yesterday", "AAAA-AAAA", change, NOW - timedelta(days=1)),
    )
    assert read_notes(house, "AAAA-AAAA") == ["second of noon", "first of noon", "yesterday"]


def test_only_the_asked_clients_and_the_asked_case_are_shown(house: House) -> None:
    change = new_id()
    commit_changes(house, change)
    write_notes(
        house,
        ("about a", "AAAA-AAAA", change, NOW),
        ("about b", "BBBB-BBBB", change, NOW),
        ("about c", "CCCC-CCCC", change, NOW),
    )
    assert set(read_notes(house, "AAAA-AAAA", "CCCC-CCCC")) == {"about a", "about c"}
    assert read_notes(house, "AAAA-AAAA", "BBBB-BBBB", case_id="case of BBBB-BBBB") == ["about b"]
    assert read_notes(house) == []


def test_words_that_are_not_about_one_case_cannot_be_narrowed_to_one(house: House) -> None:
    stores = house.stores
    with (
        stores.reading_vault(ORGANISATION) as vault,
        stores.reading() as casework,
        pytest.raises(LookupError),
    ):
        words.visible(vault, casework, Identity, ["AAAA-AAAA"], case_id="x")


def test_a_limit_counts_shown_rows_not_rows_that_stay_hidden(house: House) -> None:
    committed, crashed = new_id(), new_id()
    commit_changes(house, committed)
    notes = [
        (f"{n}", "AAAA-AAAA", committed if n % 3 == 0 else crashed, NOW + timedelta(seconds=n))
        for n in range(1500)
    ]
    write_notes(house, *notes)
    shown = read_notes(house, "AAAA-AAAA", limit=400)
    assert shown == [str(n) for n in range(1497, 1497 - 3 * 400, -3)]


def test_a_thousand_rows_take_a_handful_of_questions(house: House) -> None:
    changes = [new_id() for _ in range(1000)]
    commit_changes(house, *changes)
    write_notes(house, *((str(n), f"C{n}", changes[n], NOW) for n in range(1000)))
    asked: list[str] = []
    for store in (house.stores.casework, house.stores.vault(ORGANISATION)):
        event.listen(
            store, "before_cursor_execute", lambda _c, _k, statement, *_: asked.append(statement)
        )
    assert len(read_notes(house, *(f"C{n}" for n in range(1000)))) == 1000
    questions = [statement for statement in asked if statement.startswith("SELECT")]
    assert len(questions) <= 1 + 1000 // words.PAGE + 1


def test_forty_thousand_codes_are_asked_about_at_once(house: House) -> None:
    change = new_id()
    commit_changes(house, change)
    write_notes(house, ("far along", "C39999", change, NOW))
    assert read_notes(house, *(f"C{n}" for n in range(40_000))) == ["far along"]


def test_a_sweep_removes_old_orphans_and_nothing_else(house: House) -> None:
    committed, crashed = new_id(), announced(house)
    commit_changes(house, committed)
    write_notes(
        house,
        ("kept", "AAAA-AAAA", committed, NOW - timedelta(days=2)),
        ("orphan", "AAAA-AAAA", crashed, NOW - timedelta(days=2)),
        ("too young to judge", "AAAA-AAAA", crashed, NOW),
    )
    limit = NOW - timedelta(days=1)
    assert words.orphans(house.stores, ORGANISATION, limit) == Orphans(1, stranded=0)
    assert words.sweep(house.stores, ORGANISATION, limit) == 1
    assert words.orphans(house.stores, ORGANISATION, limit) == Orphans(0, stranded=0)
    with house.stores.reading_vault(ORGANISATION) as vault:
        left = {row.words for row in vault.query(Note)}
    assert left == {"kept", "too young to judge"}


def test_a_sweep_leaves_no_removed_word_in_the_write_ahead_log(house: House) -> None:
    write_notes(house, ("orphan", "AAAA-AAAA", announced(house), NOW - timedelta(days=2)))
    log = vault_path(house.stores.instance, ORGANISATION).with_suffix(".db-wal")
    assert log.stat().st_size > 0
    words.sweep(house.stores, ORGANISATION, NOW)
    assert log.stat().st_size == 0


def test_what_failed_by_its_own_account_is_swept(house: House) -> None:
    write_notes(house, ("undone", "AAAA-AAAA", announced(house, "failed"), NOW))
    assert words.sweep(house.stores, ORGANISATION, NOW + timedelta(hours=1)) == 1


@pytest.mark.parametrize("lost", ["done", "unknown to the log"])
def test_words_whose_change_was_done_or_is_unknown_stop_the_sweep_and_stay(
    house: House, lost: str
) -> None:
    old = NOW - timedelta(days=2)
    change = announced(house, "done") if lost == "done" else new_id()
    write_notes(
        house,
        ("left by a crash", "AAAA-AAAA", announced(house), old),
        ("written and told", "AAAA-AAAA", change, old),
        ("a moment ago", "AAAA-AAAA", change, NOW),
    )

    assert words.orphans(house.stores, ORGANISATION, NOW) == Orphans(1, stranded=2)
    with pytest.raises(CaseworkIsOlder, match="2 rows"):
        words.sweep(house.stores, ORGANISATION, NOW)
    with house.stores.reading_vault(ORGANISATION) as vault:
        assert vault.query(Note).count() == 3


def test_a_sealed_vault_is_not_swept(sealed_house: House) -> None:
    with pytest.raises(VaultSealed):
        words.sweep(sealed_house.stores, ORGANISATION, NOW)
