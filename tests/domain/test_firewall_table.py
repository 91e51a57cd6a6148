"""The table in code, cell by cell, against the table as the firewall's page has it."""

from __future__ import annotations

import pytest

from caseflow.domain.redaction import (
    CLEAR,
    NOTHING,
    ROLE_TABLE,
    TABLE,
    Compartment,
    Part,
    Reader,
    Surface,
)

P, R = Part, Reader

WHO_SEES_WHAT = """
| Compartment | case team | team | on duty | team lead | coordinator | residential worker (own site) | night worker, guard (own site, tonight) | intake desk | legal counsellor (referred) | health (referred) |
| identity | clear | call | clear | call on lists, clear on opening | call | call | call | clear | clear | when accompanying |
| contact | clear | – | clear | clear | how to reach | how to reach | – | clear | clear | how to reach |
| immigration | clear | – | deadlines | clear | – | – | – | screening answers | clear | medical-deferral dates |
| lawyer correspondence | dates | – | – | – | – | – | – | – | clear | – |
| legal notes | released part | – | – | released part | – | – | – | – | clear | – |
| health | needs; deferral dates | – | needs | needs | placement needs (codes) | placement needs (codes) | – | placement needs | deferral dates | clear |
| emergency card | clear | – | clear | clear | one tap | one tap | one tap | – | – | clear |
| safety | clear | warnings (codes) | warnings | clear | own sites | own site | warnings (codes) | warnings | warnings | warnings |
| safe reporting | author and case team | – | – | – | – | – | – | – | if referred | – |
| notes and documents | clear | – | last five contacts | clear on opening | handover notes | handover notes | handover notes of tonight | own | legal ones | medical ones |
| casework | clear | stage, clock, due dates | clear | clear | stage, clock, case team's name and phone | arrival, departure, appointments today, case team's name and phone | – | clear (until 14 days after assignment) | stage, clock | stage |
| shelter | clear | bed | bed | clear | clear | own site | beds of tonight | – | site name | site name |
| money | clear | – | – | clear | – | slips of own site | – | – | – | – |
"""  # noqa: E501
"""As the firewall's page has it (§3, who sees what)."""

COLUMNS = (
    R.CASE_TEAM, R.TEAM, R.ON_DUTY, R.TEAM_LEAD, R.COORDINATOR, R.RESIDENTIAL_WORKER, R.NIGHT_WORKER,
    R.INTAKE_DESK, R.LEGAL_COUNSELLOR, R.HEALTH_WORKER,
)  # fmt: skip
ROWS = {"notes and documents": Compartment.NOTES}

SAID: dict[str, frozenset[Part]] = {
    "clear": CLEAR, "clear on opening": CLEAR, "call on lists, clear on opening": CLEAR, "one tap": CLEAR,
    "clear (until 14 days after assignment)": CLEAR, "own site": CLEAR, "author and case team": CLEAR,
    "if referred": CLEAR,
    "–": NOTHING, "call": NOTHING, "when accompanying": NOTHING, "own sites": NOTHING,
    "how to reach": frozenset({P.HOW_TO_REACH}), "deadlines": frozenset({P.DEADLINES}),
    "screening answers": frozenset({P.SCREENING_ANSWERS}),
    "medical-deferral dates": frozenset({P.DEFERRAL_DATES}), "deferral dates": frozenset({P.DEFERRAL_DATES}),
    "dates": frozenset({P.DATES}), "released part": frozenset({P.RELEASED}),
    # whoever reads needs in words reads them as codes too
    "needs": frozenset({P.NEEDS, P.PLACEMENT_NEEDS}),
    "needs; deferral dates": frozenset({P.NEEDS, P.PLACEMENT_NEEDS, P.DEFERRAL_DATES}),
    "placement needs": frozenset({P.PLACEMENT_NEEDS}),
    "placement needs (codes)": frozenset({P.PLACEMENT_NEEDS}),
    "warnings": frozenset({P.WARNINGS}), "warnings (codes)": frozenset({P.WARNINGS}),
    "last five contacts": frozenset({P.LAST_FIVE}), "handover notes": frozenset({P.HANDOVER}),
    "handover notes of tonight": frozenset({P.HANDOVER_TONIGHT}), "own": frozenset({P.OWN}),
    "legal ones": frozenset({P.LEGAL}), "medical ones": frozenset({P.MEDICAL}),
    "stage, clock, due dates": frozenset({P.STAGE, P.CLOCK, P.DUE_DATES}),
    "stage, clock, case team's name and phone": frozenset({P.STAGE, P.CLOCK, P.CASE_TEAM_CONTACT}),
    "arrival, departure, appointments today, case team's name and phone": frozenset(
        {P.MOVEMENTS, P.CASE_TEAM_CONTACT}
    ),
    "stage, clock": frozenset({P.STAGE, P.CLOCK}), "stage": frozenset({P.STAGE}),
    "bed": frozenset({P.BED}), "beds of tonight": frozenset({P.BEDS_TONIGHT}),
    "site name": frozenset({P.SITE_NAME}), "slips of own site": frozenset({P.SLIPS}),
}  # fmt: skip
ON_OPENING_ALONE = {"clear on opening", "call on lists, clear on opening", "one tap"}
CALLED_BY_NAME = frozenset(
    {"call", "call on lists, clear on opening", "clear", "when accompanying"}
)
"""Cells of the row of identity whose readers say the call name; it lies with the casework, for it need not be real."""


def cells() -> dict[tuple[Compartment, Reader], str]:
    found = {}
    for line in WHO_SEES_WHAT.strip().splitlines()[1:]:
        name, *said = [cell.strip() for cell in line.strip("|").split("|")]
        compartment = ROWS.get(name) or Compartment(name.replace(" ", "_"))
        found |= {(compartment, reader): cell for reader, cell in zip(COLUMNS, said, strict=True)}
    return found


def code(compartment: Compartment, reader: Reader, surface: Surface) -> frozenset[Part]:
    sight = TABLE[compartment].get(reader)
    return sight.on(surface) if sight else NOTHING


CELLS = cells()
BESIDE = {
    # the author of a safe report, who has left the case team since, reads what they wrote
    (Compartment.SAFE_REPORTING, R.TEAM): frozenset({P.OWN}),
    (Compartment.SAFE_REPORTING, R.ON_DUTY): frozenset({P.OWN}),
    (Compartment.SAFE_REPORTING, R.TEAM_LEAD): frozenset({P.OWN}),
}
"""What a cell says that another column of the page says for it."""


@pytest.mark.parametrize(("compartment", "reader"), CELLS, ids=[f"{c}-{r}" for c, r in CELLS])
def test_a_cell_says_what_the_page_says(compartment: Compartment, reader: Reader) -> None:
    cell = CELLS[compartment, reader]
    due = SAID[cell] | BESIDE.get((compartment, reader), NOTHING)
    if (
        compartment is Compartment.CASEWORK
        and CELLS[Compartment.IDENTITY, reader] in CALLED_BY_NAME
    ):
        due |= {P.CALL}

    assert code(compartment, reader, Surface.OPENED) == due, cell
    listed = NOTHING if cell in ON_OPENING_ALONE else due
    assert code(compartment, reader, Surface.LIST) == listed, cell


BESIDE_THE_COLUMNS = {
    R.HOUSING: {Compartment.SAFETY: CLEAR},
    R.ACCOMPANYING: {
        Compartment.IDENTITY: CLEAR,
        Compartment.CONTACT: CLEAR,
        Compartment.CONSENT: CLEAR,
        Compartment.CASEWORK: frozenset({P.CALL, P.MOVEMENTS}),
    },
    R.SHELTERING: {
        Compartment.CASEWORK: frozenset({P.CALL, P.STAGE, P.CASE_TEAM_CONTACT}),
        Compartment.SHELTER: CLEAR,
    },
    R.BEDSIDE: {Compartment.EMERGENCY_CARD: CLEAR},
}
"""Readers that the page has in its words beside the table."""


def test_readers_without_a_column_see_what_the_words_beside_the_table_give_them() -> None:
    for reader, due in BESIDE_THE_COLUMNS.items():
        seen = {c: row[reader].opened for c, row in TABLE.items() if reader in row}
        assert seen == due, reader


def test_every_reader_has_a_column_words_beside_the_table_or_a_rule() -> None:
    assert {*COLUMNS, *BESIDE_THE_COLUMNS, R.BROKEN_GLASS} == set(Reader)


def test_consent_is_as_contact() -> None:
    assert TABLE[Compartment.CONSENT] == TABLE[Compartment.CONTACT]


def test_every_compartment_has_a_row() -> None:
    assert set(TABLE) | set(ROLE_TABLE) == set(Compartment)
