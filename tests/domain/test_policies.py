"""The firewall report says what the tables decide, and every line answers a norm."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import pytest

from caseflow.domain import access, act_readers, act_words, policies, policy_words, redaction
from caseflow.domain.access import POLICY, READS_AS, Permission, Relation
from caseflow.domain.actors import Role
from caseflow.domain.norms import NORMS, Norm
from caseflow.domain.policy_duties import MEASURES
from caseflow.domain.policy_lines import Section, lines_of
from caseflow.domain.policy_registers import StoredColumn
from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import (
    CLEAR,
    ROLE_TABLE,
    TABLE,
    Compartment,
    Extent,
    Part,
    Reader,
    Sight,
    Surface,
    vision,
)
from caseflow.services.policies import stored_columns
from caseflow.settings import PROJECT
from tests.domain.policy_specimens import cells, sections


def unanswered(found: Iterable[Section]) -> set[Norm]:
    """The norms that no line answers."""
    return set(Norm) - {norm for _, _, line in lines_of(tuple(found)) for norm in line.norms}


def test_every_norm_has_a_line_and_every_line_has_a_norm() -> None:
    found = sections()
    lines = [line for _, _, line in lines_of(found)]

    assert unanswered(found) == set()
    assert [line.id for line in lines if not line.norms] == []
    assert len({line.id for line in lines}) == len(lines) > 250
    assert set(NORMS) == set(Norm)


def test_a_norm_that_lost_its_line_is_found() -> None:
    for section, norm in (("kept", Norm.UAVG_46), ("retention", Norm.GDPR_17)):
        without = tuple(one for one in sections() if one.id != section)
        assert norm in unanswered(without)


def test_the_table_of_readers_is_what_the_gate_answers() -> None:
    seen = {
        (compartment, cell.reader): (cell.listed, cell.opened)
        for compartment, row in policies.matrix()
        for cell in row
    }

    assert {compartment for compartment, _ in seen} == set(TABLE)
    for (compartment, reader), (listed, opened) in seen.items():
        for surface, parts in ((Surface.LIST, listed), (Surface.OPENED, opened)):
            expected = vision([reader], surface).parts.get(compartment, frozenset())
            assert parts == expected, (compartment, reader)


def test_a_changed_cell_changes_its_line_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    before = sections()
    row = dict(TABLE[Compartment.LEGAL_NOTES])
    row[Reader.NIGHT_WORKER] = Sight(CLEAR, CLEAR)
    monkeypatch.setattr(redaction, "TABLE", {**TABLE, Compartment.LEGAL_NOTES: row})
    after = sections()

    differing = [
        one.id
        for (_, _, one), (_, _, other) in zip(lines_of(before), lines_of(after), strict=True)
        if one != other
    ]
    assert differing == ["sight.legal_notes"]
    assert "Night worker, own site tonight: everything" in cells("sight.legal_notes", after)[2]


def test_a_changed_act_changes_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    wider = {**POLICY, Permission.LOOKS_REVIEW: (frozenset({Role.FUNDER}),)}
    monkeypatch.setattr(act_readers, "POLICY", wider)
    monkeypatch.setattr(access, "POLICY", wider)

    assert cells("act.looks:review", sections())[1] == "funder"


def test_every_word_of_the_tables_can_be_read_aloud() -> None:
    assert set(policy_words.COMPARTMENTS) == set(Compartment)
    assert set(policy_words.PARTS) == set(Part)
    assert set(policy_words.READERS) == set(Reader) == set(READS_AS.values())
    assert set(policy_words.RELATIONS) == set(Relation)
    assert set(policy_words.EXTENTS) == set(Extent)
    assert set(policy_words.PURPOSES) == set(Purpose)
    assert set(policy_words.ROLE_NAMES) == set(Role)
    assert set(act_words.ACTS) == set(Permission) == set(POLICY)


R, C = Reader, Compartment
QUESTIONS = [
    pytest.param(
        R.NIGHT_WORKER, C.IDENTITY, "", id="a night worker reads the names of who sleeps there"
    ),
    pytest.param(
        R.COORDINATOR, C.CONTACT, "how to reach", id="a coordinator reads how to reach somebody"
    ),
    pytest.param(
        R.TEAM_LEAD,
        C.NOTES,
        "everything, once the file is opened",
        id="a lead reads notes only in the opened file",
    ),
    pytest.param(
        R.BROKEN_GLASS,
        C.LAWYER_CORRESPONDENCE,
        "",
        id="who broke the glass reads the letters with the lawyer",
    ),
    pytest.param(
        R.BROKEN_GLASS,
        C.IDENTITY,
        "everything",
        id="who broke the glass reads what the case team reads",
    ),
    pytest.param(R.TEAM, C.SHELTER, "the bed", id="a colleague of the team reads the bed"),
]


@pytest.mark.parametrize(("reader", "compartment", "answer"), QUESTIONS)
def test_a_question_is_answered_as_the_table_says(
    reader: Reader, compartment: Compartment, answer: str
) -> None:
    said = policies.sighting(compartment, reader).words

    assert (str(said) if said else "") == answer


def test_no_role_of_an_authority_reads_anything() -> None:
    words = re.compile(r"police|immigration|enforce|avim|kmar|ind$|coa$")

    assert [role for role in Role if words.search(role.value)] == []
    assert [role for row in ROLE_TABLE.values() for role in row if words.search(role.value)] == []


def strangers(columns: Iterable[StoredColumn]) -> list[str]:
    """The columns whose name says that something is kept which is not collected at all."""
    never = re.compile(
        r"bsn|citizen|photo|passport|fingerprint|nationality|religion|orientation|employer|next_address|v_number"
    )
    return [f"{one.table}.{one.column}" for one in columns if never.search(one.column)]


def test_what_is_not_collected_has_no_column() -> None:
    assert strangers(stored_columns()) == []


def test_a_column_for_what_is_not_collected_is_found() -> None:
    planted = StoredColumn(
        "vault", "identities", "bsn", Compartment.IDENTITY, Purpose.KNOW_THE_PERSON
    )

    assert strangers([planted]) == ["identities.bsn"]


def test_every_stored_column_stands_in_the_report_once() -> None:
    kept = next(one for one in sections() if one.id == "kept")
    told = [
        (line.id.split(".")[2], table_and_columns)
        for _, table, line in lines_of((kept,))
        if table.id != "not-collected"
        for table_and_columns in [str(line.cells[2])]
    ]
    columns = [
        (store, words.split(": ")[0], column)
        for store, words in told
        for column in words.split(": ")[1].split(", ")
    ]

    assert len(columns) == len(set(columns)) == len(stored_columns()) > 500


def test_every_measure_names_a_proof_that_is_there() -> None:
    assert [proof for _, _, proof, _ in MEASURES if not (PROJECT / proof).is_file()] == []


def test_recipients_are_told_as_they_stand_on_the_day() -> None:
    last, first = sections(date(2024, 12, 31)), sections(date(2025, 1, 1))

    assert cells("recipient.lso", last)[4].startswith("possible, with the guard of its tier")
    assert cells("recipient.lso", first)[4].startswith("refused")
    assert cells("recipient.enforcement", first)[4] == "never"
    assert "local cooperation with the State" in cells("activity.guidance", last)[4]
    assert "local cooperation with the State" not in cells("activity.guidance", first)[4]
