"""A group published beside a member that printed time to solution."""

from dataclasses import replace
from datetime import date

from caseflow.domain.publications import PublicationDraft, prepare
from caseflow.domain.time_tables import TIME
from caseflow.solvers.whole_tables import table_within
from tests.domain.test_time_tables import INDICATORS, RULES, counted, published


def test_a_group_is_attacked_with_the_time_to_solution_of_its_member():
    """Both sums of the member's table are among the statements, and its rows must bear what is found."""
    alone = published(counted()).counts
    assert alone.table(TIME) is not None
    twice = counted()
    twice = replace(
        twice,
        participants=2 * twice.participants,
        exits_by_outcome=twice.exits_by_outcome + twice.exits_by_outcome,
        stays_by_band=twice.stays_by_band + twice.stays_by_band,
    )

    together = prepare(
        twice,
        scope="both",
        members=("a", "b"),
        today=date(2028, 1, 1),
        rules=RULES,
        indicators=INDICATORS,
        earlier=[alone],
        exact=table_within,
    )

    assert isinstance(together, PublicationDraft), together
    said = {one["name"]: one for one in together.certificate["statements"]}
    parts = [one for name, one in said.items() if name.startswith(f"a: {TIME}: ")]
    assert [one["within"] for one in parts] == [[110, 130], [85, 105]]
    assert all(unknown.startswith("a and both: ") for one in parts for unknown in one["sum_of"])
    assert not together.tables
