"""Letters as they leave: every value that was given, none that was not, in every language, the same bytes each time."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from caseflow.domain import composed_letters
from caseflow.domain.letters import Language, LetterKind, as_record, from_record
from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.proofs.plants import BEGINNING, LETTERS, WORD_LENGTH, Kind, Plant
from caseflow.proofs.sightings import Lookout, readable
from caseflow.publishing import letters as printing
from tests.publishing.letter_worlds import TEXTS, letter, printed_form, words_of

ROOT = Path(__file__).resolve().parents[2]
COPIES = [Language.AR, Language.FA, Language.TI]
TURNED = [(kind, COPIES[number % 3]) for number, kind in enumerate(LetterKind)]
"""Every kind with one of the languages; its Dutch is printed with it."""
EVERY = [(kind, language) for kind in LetterKind for language in Language]


def pdf_of(kind: LetterKind, language: Language, *, only_required: bool = False) -> bytes:
    return printing.letter_pdf(letter(kind, language, only_required=only_required), TEXTS)


def missing_and_strange(kind: LetterKind, language: Language) -> tuple[set[str], set[str]]:
    """Fields whose value is not in the words of a letter that has them all, or is in one that has not."""
    text = TEXTS.text(kind)
    whole, bare = (
        words_of(pdf_of(kind, language)),
        words_of(pdf_of(kind, language, only_required=True)),
    )
    fields = {one.id: one for one in text.fields}
    missing = {one for one in fields if printed_form(text, one) not in whole}
    strange = {
        one
        for one, field in fields.items()
        if not field.required and printed_form(text, one) in bare
    }
    return missing, strange


@pytest.mark.parametrize(("kind", "language"), TURNED)
def test_a_letter_says_each_value_that_was_given_and_none_that_was_not(kind, language):
    assert missing_and_strange(kind, language) == (set(), set())


@pytest.mark.full
@pytest.mark.parametrize(("kind", "language"), EVERY)
def test_so_does_every_letter_in_every_language(kind, language):
    assert missing_and_strange(kind, language) == (set(), set())


def test_the_file_names_neither_person_nor_maker_nor_moment():
    found = PdfReader(io.BytesIO(pdf_of(LetterKind.SUMMARY_LAWYER, Language.AR)))
    about = {key: str(value) for key, value in (found.metadata or {}).items()}
    xmp = found.xmp_metadata

    assert about.pop("/Title") == "Brief"
    assert about.pop("/Creator").startswith("Typst")
    assert about == {}
    said = xmp.stream.get_data().decode("utf-8") if xmp else ""
    assert "pdfuaid" in said
    assert not any(word in said for word in ("Qz", "Zeewaarde", "CreateDate", "creator>"))


def test_the_same_letter_is_the_same_bytes_in_another_process():
    asked = [letter(LetterKind.CRIME_STATEMENT, one) for one in Language]
    program = (
        "import sys,json,hashlib;from caseflow.domain.letters import from_record;"
        "from caseflow.publishing.letters import letter_pdf;"
        "from tests.publishing.letter_worlds import TEXTS;"
        "print(json.dumps([hashlib.sha256(letter_pdf(from_record(one),TEXTS)).hexdigest()"
        " for one in json.load(sys.stdin)]))"
    )
    other = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        input=json.dumps([as_record(one) for one in asked]),
        capture_output=True,
        text=True,
        check=True,
    )

    here = [hashlib.sha256(printing.letter_pdf(one, TEXTS)).hexdigest() for one in asked]
    assert json.loads(other.stdout) == here


def test_a_record_gives_back_the_letter_it_was_made_of():
    asked = replace(letter(LetterKind.NOTICE, Language.FA), below=Language.NL, version=1)

    assert from_record(json.loads(json.dumps(as_record(asked)))) == asked


def test_the_engine_names_version_fonts_and_layout(monkeypatch):
    before = printing.engine()
    printing.engine.cache_clear()
    monkeypatch.setattr(printing, "LAYOUT", printing.LAYOUT + "\n")
    changed = printing.engine()
    printing.engine.cache_clear()

    assert before.startswith("typst 0.15.2; fonts ")
    assert changed != before


def drawn(name: str, language: Language = Language.NL) -> bytes:
    """The first page as a picture, with this name on it."""
    asked = letter(LetterKind.ATTENDANCE_STATEMENT, language)
    asked = replace(asked, values={**asked.values, "own_name": name})
    document = pypdfium2.PdfDocument(printing.letter_pdf(asked, TEXTS))
    return bytes(document[0].render(scale=1).buffer)


def test_letters_of_the_arabic_script_are_joined():
    joined, apart = "سلام", "\u200c".join("سلام")

    assert drawn(joined) != drawn(apart)


def test_a_word_that_joins_nothing_is_drawn_the_same_with_a_mark_between():
    assert drawn("ሰላም") == drawn("ሰላም")
    assert drawn("ا د") == drawn("ا\u200c د")


def test_the_engine_keeps_to_the_directions_that_a_line_sets(monkeypatch):
    asked = letter(LetterKind.REQUEST_ANSWER, Language.AR)

    def picture() -> bytes:
        document = pypdfium2.PdfDocument(printing.letter_pdf(asked, TEXTS))
        return bytes(document[0].render(scale=1).buffer)

    kept = picture()
    monkeypatch.setattr(composed_letters, "_ISOLATED", {"ltr": "%s", "rtl": "%s"})

    assert picture() != kept


def test_a_sign_that_no_font_has_is_refused_by_the_name_of_its_field():
    asked = letter(LetterKind.SUMMARY_SCHOOL, Language.NL)
    asked = replace(asked, values={**asked.values, "own_name": "অমিত"})

    with pytest.raises(printing.NotPrintable) as refused:
        printing.letter_pdf(asked, TEXTS)

    assert refused.value.fields == ("own_name",)
    assert "অমিত" not in str(refused.value)


def test_words_that_look_like_commands_are_words():
    asked = letter(LetterKind.ATTENDANCE_STATEMENT, Language.NL)
    name = '#read("/etc/passwd") *dik* $x$ \\ @ooo <b>'
    asked = replace(asked, values={**asked.values, "own_name": name})

    assert name in words_of(printing.letter_pdf(asked, TEXTS))


@pytest.mark.parametrize(
    "kind", [one for one in LetterKind if one.startswith("summary_") or "statement" in one]
)
def test_summaries_and_statements_fit_on_one_page(kind):
    assert len(pypdfium2.PdfDocument(pdf_of(kind, Language.NL))) == 1


@pytest.mark.parametrize("language", [Language.NL, Language.AR, Language.TI])
def test_the_leak_proof_reads_what_stands_in_a_letter(language):
    """A PDF holds numbers of glyphs: whoever looks at its bytes alone finds no word in it, and calls that safe."""
    asked = letter(LetterKind.ATTENDANCE_STATEMENT, language)
    marker = BEGINNING + LETTERS[0] * WORD_LENGTH
    asked = replace(asked, values={"own_name": marker, "attended": "2046-03-09"})
    planted = [
        Plant(
            "vault", "people", kind.value, "row", "owner", Compartment.IDENTITY, frozenset(),
            Purpose.ADDRESS_THE_PERSON, kind, value,
        )
        for kind, value in ((Kind.WORD, marker), (Kind.DAY, date(2046, 3, 9)))
    ]  # fmt: skip

    seen = Lookout(planted).sighted(readable(printing.letter_pdf(asked, TEXTS)))

    assert {plant.kind for found in seen.values() for plant in found} == {Kind.WORD, Kind.DAY}
