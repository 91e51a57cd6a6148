"""The papers that everybody takes home: tagged, in every script, the same bytes twice, and about nobody."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from caseflow import settings as all_settings
from caseflow.domain.information_texts import (
    PLACES,
    InformationKind,
    InformationText,
    TextPart,
    load_information,
)
from caseflow.publishing.information_papers import information_pdf
from caseflow.publishing.letters import NotPrintable

TEXTS = load_information([all_settings.SHIPPED_CONFIG])
VALUES = {place: f"{place.title()[:4]}77" for place in PLACES}
EVERY = [(kind, language) for kind in InformationKind for language in TEXTS.languages(kind)]


def filled(kind: InformationKind, language: str) -> InformationText:
    text = TEXTS.text(kind, language)
    assert text is not None
    return text.filled(VALUES)


@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_a_paper_is_tagged_says_its_values_and_is_the_same_twice(
    kind: InformationKind, language: str
) -> None:
    text = filled(kind, language)
    made = information_pdf("Letter", [text], "A note.")
    assert made == information_pdf("Letter", [text], "A note.")
    read = PdfReader(io.BytesIO(made))
    assert len(read.pages) == 1
    said = read.pages[0].extract_text()
    assert VALUES["contact"] in said
    assert ("A note." in said) is not text.reviewed
    assert f"{kind.value} {text.version} · {language}" in said
    assert "/StructTreeRoot" in read.trailer["/Root"]
    told = {str(value) for value in (read.metadata or {}).values()}
    assert "Letter" in told
    assert not told & {text.title, *VALUES.values()}
    assert b"pdfuaid" in made


def test_a_text_that_nobody_checked_has_the_dutch_beside_it() -> None:
    both = [filled(InformationKind.RIGHTS, "ti"), filled(InformationKind.RIGHTS, "nl")]
    read = PdfReader(io.BytesIO(information_pdf("Letter", both, "A note.")))
    assert len(read.pages) == 2
    assert "Uw rechten" in read.pages[1].extract_text()


def test_letters_of_arabic_are_joined() -> None:
    """A word whose letters stand apart has other shapes: the page with joined letters holds other glyphs."""
    word = "حقوقك"
    joined = TextPart(word, (word,))
    apart = TextPart(word, ("\u200c".join(word),))
    papers = [
        information_pdf(
            "L", [InformationText(InformationKind.RIGHTS, "ar", 1, True, "-", (part,))], ""
        )
        for part in (joined, apart)
    ]
    shapes = [PdfReader(io.BytesIO(one)).pages[0].get_contents() for one in papers]
    assert shapes[0] is not None
    assert shapes[1] is not None
    assert shapes[0].get_data() != shapes[1].get_data()


def test_a_sign_without_a_font_is_no_empty_box() -> None:
    part = TextPart("-", ("漢字",))
    text = InformationText(InformationKind.RIGHTS, "zh", 1, True, "-", (part,))
    with pytest.raises(NotPrintable):
        information_pdf("Letter", [text], "")
