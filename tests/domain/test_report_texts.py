"""What a programme may say of its own figures."""

from __future__ import annotations

import pytest

from caseflow.domain.decisions import Allowed, Refused
from caseflow.domain.report_texts import LONGEST, ReportText, may_be_kept, tidied


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Een.\r\n\r\n\r\n\r\nTwee.  ", "Een.\n\nTwee."),
        ("Een\tdeel\u00a0en  meer", "Een deel en meer"),
        ("e\u0301e\u0301n", "één"),
        (None, ""),
        (" \n \n", ""),
    ],
)
def test_a_text_has_one_spelling(typed, kept):
    assert tidied(typed) == kept


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Er waren 12 plaatsen (10 %) minder; ‘tijdelijk’, zei de gemeente – tot 1 maart 2027.",
        "Het kostte € 1.250,00 extra. Zie tabel <5.",
        "x" * LONGEST,
        "• Één\n• Twee",
    ],
)
def test_plain_paragraphs_may_be_kept(words):
    assert may_be_kept(words) == Allowed()


@pytest.mark.parametrize(
    ("words", "because"),
    [
        ("x" * (LONGEST + 1), "longer"),
        ("محمد vond werk", "Only letters"),
        ("M\u043ehammed met een Russische o", "Only letters"),
        ("Moham\u200bmed met een onzichtbaar teken", "Only letters"),
        ("om\u202egekeerd", "Only letters"),
        ("een \x00 nul", "Only letters"),
        ("😀", "Only letters"),
        ("code K7QM-4XPD", "client code"),
        ("schrijf aan a@b.nl", "addresses"),
        ("zie https://elders", "addresses"),
        ("zie www.elders.nl", "addresses"),
        ("bel 06-12345678", "telephone"),
        ("bel +31 6 1234 5678", "telephone"),
        ("nummer 123456782", "BSN"),
        ("nummer 2123.45.6789", "BSN"),
    ],
)
def test_what_could_point_at_somebody_or_cannot_be_printed_is_refused(words, because):
    found = may_be_kept(words)
    assert isinstance(found, Refused)
    assert because in str(found.reason)
    assert words not in str(found.reason)


def test_a_report_in_the_other_language_shows_the_text_that_there_is():
    text = ReportText(nl="Er is verbouwd.")
    assert text.in_language("en") == ("nl", "Er is verbouwd.")
    assert ReportText("nl", "en").in_language("en") == ("en", "en")
    assert ReportText().in_language("nl") is None
    assert ReportText.of_plain(text.plain) == text
