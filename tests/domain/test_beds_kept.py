"""Each kind of absence says whether the bed is kept and whether the clock pauses (rules B5, B13)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from caseflow.domain.beds_kept import BedsKept, away_rules
from caseflow.domain.catalogues import Catalogue
from caseflow.domain.nights import Nights
from caseflow.domain.stay_limits import Absence, AbsenceKind

KEPT = BedsKept({AbsenceKind.DETENTION: 28, AbsenceKind.UNANNOUNCED: 1})


@pytest.mark.parametrize(
    ("kind", "until", "sentence"),
    [
        (
            AbsenceKind.DETENTION,
            date(2028, 3, 28),
            "28 nights from the first one, over 29 February",
        ),
        (AbsenceKind.UNANNOUNCED, date(2028, 3, 1), "one night: the next one is not kept"),
        (AbsenceKind.HOSPITAL, None, "nothing is said, so it is kept until somebody decides"),
    ],
)
def test_b13_a_kind_of_absence_says_until_when_the_bed_is_kept(
    kind: AbsenceKind, until: date | None, sentence: str
) -> None:
    assert KEPT.until(Absence(kind, Nights(date(2028, 2, 29)))) == until, sentence


def test_b05_no_rule_takes_a_bed_away_at_once() -> None:
    with pytest.raises(ValueError, match="a night at least"):
        BedsKept({AbsenceKind.LEAVE: 0})


def test_b13_every_kind_says_what_it_means_in_every_programme() -> None:
    root = Path(__file__).parents[2] / "config"
    programmes = Catalogue.load(root, root / "demo").programmes.values()
    for programme in programmes:
        rules = away_rules(programme, date(2026, 1, 1))
        assert [one.kind for one in rules] == list(AbsenceKind)
        has_limit = programme.stay_limit_on(date(2026, 1, 1)).months is not None
        assert all((one.pauses is not None) == has_limit for one in rules), programme.id
