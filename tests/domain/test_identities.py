"""Birth dates as far as they are known, further names, papers that were seen."""

from __future__ import annotations

from datetime import date

import pytest

from caseflow.domain import identities
from caseflow.domain.decisions import Refused
from caseflow.domain.identities import Birth, BirthPrecision

TODAY = date(2026, 11, 22)
P = BirthPrecision


@pytest.mark.parametrize(
    ("precision", "on", "year", "says"),
    [
        ("exact", date(1990, 2, 3), None, "1990-02-03"),
        ("unknown", date(1990, 2, 3), None, "1990-02-03"),
        ("unknown", None, 1990, "in 1990"),
        ("year", None, 1990, "in 1990"),
        ("estimated", None, 1990, "about 1990"),
        ("estimated", date(1990, 5, 1), None, "about 1990-05-01"),
        ("convention", date(1990, 1, 1), None, "1990 (1 January on paper, the day is not known)"),
        ("convention", None, 1990, "1990 (1 January on paper, the day is not known)"),
        ("exact", date(2024, 2, 29), 2024, "2024-02-29"),
        ("unknown", None, None, "None"),
    ],
)
def test_a_birth_date_is_said_as_far_as_it_is_known(
    precision: str, on: date | None, year: int | None, says: str
) -> None:
    born = identities.birth(precision, on, year, TODAY)
    assert isinstance(born, Birth)
    assert str(born.in_words) == says


@pytest.mark.parametrize(
    ("precision", "on", "year", "because"),
    [
        ("exact", None, 1990, "has a day, a month and a year"),
        ("exact", None, None, "has a day, a month and a year"),
        ("year", date(1990, 2, 3), None, "gave a day"),
        ("year", None, None, "Give a birth year"),
        ("estimated", None, None, "Give a birth year"),
        ("convention", date(1990, 1, 2), None, "is not 1 January"),
        ("exact", date(2026, 11, 23), None, "lies in the future"),
        ("exact", date(1899, 12, 31), None, "before 1900"),
        ("year", None, 2027, "between 1900 and this year"),
        ("year", None, 90, "between 1900 and this year"),
        ("estimated", date(1990, 2, 3), 1991, "differ"),
    ],
)
def test_what_does_not_fit_together_is_refused_with_a_sentence(
    precision: str, on: date | None, year: int | None, because: str
) -> None:
    refused = identities.birth(precision, on, year, TODAY)
    assert isinstance(refused, Refused)
    assert because in str(refused.reason)


def test_the_first_of_january_of_an_authority_is_kept_as_a_year_alone() -> None:
    assert identities.birth("convention", date(1990, 1, 1), None, TODAY) == Birth(
        P.CONVENTION, None, 1990
    )


@pytest.mark.parametrize(
    ("name", "kind", "present", "because"),
    [
        ("-'", "alias", (), "at least one letter"),
        ("x" * 201, "alias", (), "too long"),
        ("Ilse", "nickname", (), "Choose what"),
        ("Ilse", "alias", ("Ilse",), "recorded already"),
        ("Ilse", "alias", tuple(map(str, range(30))), "At most 30"),
    ],
)
def test_a_further_name_that_cannot_be_kept(
    name: str, kind: str, present: tuple[str, ...], because: str
) -> None:
    refused = identities.may_add_name(name, kind, present)
    assert isinstance(refused, Refused)
    assert because in str(refused.reason)


def test_a_name_in_any_script_and_composed_in_any_way_is_a_name() -> None:
    for name in ("محمد", "ተስፋይ", "Nguyễn", "Nguye\u0302\u0303n", "O", "李"):
        assert identities.may_add_name(name, "said", ())
    assert identities.may_add_name("Nguye\u0302\u0303n", "spelling", ("Nguyễn",))


@pytest.mark.parametrize(
    ("kind", "agrees", "seen_on", "because"),
    [
        ("residence_card_number", "same", TODAY, "Choose what kind"),
        ("passport", "perhaps", TODAY, "says the same"),
        ("passport", "same", date(2026, 11, 23), "not come yet"),
        ("passport", "same", date(1999, 1, 1), "20 years ago"),
    ],
)
def test_a_paper_that_cannot_have_been_seen_so(
    kind: str, agrees: str, seen_on: date, because: str
) -> None:
    refused = identities.may_record_paper(kind, agrees, seen_on, TODAY)
    assert isinstance(refused, Refused)
    assert because in str(refused.reason)
