"""A year of one programme: four quarters with every table and the attack on all of them."""

import random
import sys
import time
from collections import Counter
from dataclasses import replace

import pytest

from caseflow.domain.breakdowns import ExitCell, PersonCell, of_exits, of_participants
from caseflow.domain.episodes import LimitStatus
from caseflow.domain.lengths_of_stay import StayBand
from caseflow.domain.publications import PublicationDraft
from tests.domain.test_publication_tables import QUARTERS, counted, published

WAYS = (
    ("residence_permit", None),
    ("voluntary_return", None),
    ("onward_migration", None),
    ("national_reception", "repeat_asylum_application"),
    ("national_reception", "medical_deferral"),
    ("left_destination_unknown", None),
    ("ended_by_programme", None),
    ("detained", None),
    ("dublin_transfer", None),
)
WEIGHTS = (14, 11, 3, 16, 2, 32, 9, 1, 2)
MINUTES = 10


def year(exits: int, seed: int):
    """Four quarters of a programme in which people leave and come, quarter by quarter."""
    chance = random.Random(seed)
    many = int(exits * 1.3)
    people = [
        (chance.choices(WAYS, WEIGHTS)[0], chance.choice(tuple(StayBand))) for _ in range(many)
    ]
    genders = chance.choices(("man", "woman", "other"), (70, 26, 4), k=2 * many)
    for number, day in enumerate(QUARTERS):
        left = people[: int(exits * (1 + 0.09 * number))]
        entered = genders[: len(left) + exits // 2]
        told = counted(day, outcomes=Counter(way for way, _ in left), stays={})
        yield replace(
            told,
            participants=len(entered),
            exits_by=of_exits(
                Counter(
                    ExitCell(way, "unknown", "unknown", stay, LimitStatus.WITHIN)
                    for way, stay in left
                )
            ),
            participants_by=of_participants(
                Counter(PersonCell(one, "28-37", LimitStatus.WITHIN) for one in entered)
            ),
        )


def published_year(exits: int, seed: int) -> tuple[int, float]:
    """How many quarters were published, and in how many seconds of the processor."""
    began, issued = time.process_time(), []
    for told in year(exits, seed):
        draft = published(told, issued)
        if isinstance(draft, PublicationDraft):
            issued.append(draft.counts)
    return len(issued), time.process_time() - began


@pytest.mark.full
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("exits", [120, 300, 900])
def test_a_year_of_one_programme_takes_less_than_ten_minutes(exits, capsys):
    quarters, seconds = published_year(exits, seed=exits)

    with capsys.disabled():
        sys.stdout.write(
            f"{exits} exits: {quarters} quarters in {seconds:.1f} s of one processor\n"
        )
    assert quarters
    assert seconds < MINUTES * 60
