"""What a letter says, joined from its record and its text, and what is refused in one sentence."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from caseflow.domain.composed_letters import COMPOSED, LetterRefused, composed
from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.disclosure_kinds import KINDS
from caseflow.domain.disclosures import STATUS
from caseflow.domain.letter_texts import PLACE, load_letter_texts
from caseflow.domain.letters import OFFICE_LANGUAGES, Language, Letter, LetterKind, Reader
from tests.publishing.letter_worlds import CONFIG, TEXTS, letter

APPOINTMENT = letter(LetterKind.NEUTRAL_CONFIRMATION, Language.NL)
PROGRAMME = re.compile(r"\b(LVV|BBB|vreemdelingen\w*|ongedocumenteerd\w*|undocumented)\b", re.I)
STAY = re.compile(r"verblijf|vreemdeling|asiel|zonder papieren|immigra|asylum|status|V-num", re.I)


def with_value(**values: str) -> Letter:
    return replace(APPOINTMENT, values={**APPOINTMENT.values, **values})


def every_word(kind: LetterKind, language: Language) -> str:
    words = TEXTS.text(kind).words[language]
    parts = [
        (one.heading or "", *one.lines, *one.points, *(words.labels[fact] for fact in one.facts))
        for one in words.parts
    ]
    return "\n".join([words.title, *(line for part in parts for line in part)])


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        pytest.param({"met_place": " "}, "This letter needs", id="a place is missing"),
        pytest.param({"met_on": "31 februari"}, "is not a day", id="a day in words"),
        pytest.param({"met_on": "2026-02-30"}, "is not a day", id="a day that does not exist"),
        pytest.param({"met_at": "half drie"}, "or a time", id="an hour in words"),
        pytest.param({"v_number": "2801234567"}, "has no place", id="a field of another kind"),
    ],
)
def test_what_cannot_be_said_is_refused_in_one_sentence_without_the_value(values, sentence):
    with pytest.raises(LetterRefused) as refused:
        composed(with_value(**values), TEXTS)

    assert sentence in str(refused.value)
    assert not any(value.strip() and value in str(refused.value) for value in values.values())


def test_the_sentence_names_the_field_in_both_languages():
    with pytest.raises(LetterRefused) as refused:
        composed(with_value(met_place=""), TEXTS)

    named = refused.value.reason.values["field"]
    assert (named.nl, named.en) == ("Plaats", "Place")


@pytest.mark.parametrize("kind", LetterKind)
@pytest.mark.parametrize("language", Language)
def test_each_kind_has_its_own_words_in_each_language(kind, language):
    words = TEXTS.text(kind).words[language]

    assert words.title not in {
        TEXTS.text(kind).words[other].title for other in Language if other is not language
    }
    assert words.reviewed is (language in OFFICE_LANGUAGES)


@pytest.mark.parametrize("kind", LetterKind)
def test_a_kind_says_the_same_fields_in_every_language(kind):
    def places(language: Language) -> set[str]:
        parts = TEXTS.text(kind).words[language].parts
        lines = [line for part in parts for line in (*part.lines, *part.points)]
        return {one for line in lines for one in PLACE.findall(line)} | {
            fact for part in parts for fact in part.facts
        }

    fields = {one.id for one in TEXTS.text(kind).fields}
    assert all(places(language) == fields for language in Language)


@pytest.mark.parametrize("kind", [one for one in LetterKind if one.value in KINDS])
def test_a_letter_has_a_place_for_each_field_that_its_kind_lets_leave(kind):
    disclosed = KINDS[kind.value]
    text = TEXTS.text(kind)

    assert {one.value for one in disclosed.fields} <= {one.id for one in text.fields}
    assert {one.id for one in text.fields if one.required} <= {
        one.value for one in disclosed.required
    }


def test_every_kind_that_leaves_on_paper_has_a_letter():
    spoken = {one.id for one in KINDS.values() if one.is_spoken} | {"neutral_text", "file_copy"}

    assert set(KINDS) - spoken <= {one.value for one in TEXTS.kinds}


@pytest.mark.parametrize("kind", [one for one in LetterKind if one is not LetterKind.LSO_PACKET])
@pytest.mark.parametrize("language", [Language.NL, Language.EN])
def test_no_letter_names_a_programme(kind, language):
    assert PROGRAMME.findall(every_word(kind, language)) == []


@pytest.mark.parametrize(
    "kind",
    [
        LetterKind.NEUTRAL_CONFIRMATION,
        LetterKind.ATTENDANCE_STATEMENT,
        LetterKind.CRIME_STATEMENT,
        LetterKind.SUMMARY_DOCTOR,
        LetterKind.SUMMARY_SCHOOL,
        LetterKind.CHILD_PROTECTION,
    ],
)
@pytest.mark.parametrize("language", [Language.NL, Language.EN])
def test_letters_to_others_say_nothing_of_status(kind, language):
    assert STAY.findall(every_word(kind, language)) == []
    assert {one.id for one in TEXTS.text(kind).fields} & {one.value for one in STATUS} == set()


def test_the_answer_to_a_demand_holds_nothing_of_anybody():
    assert {one.id for one in TEXTS.text(LetterKind.DEMAND_ANSWER).fields} == {
        "lawyer",
        "their_reference",
        "received_on",
    }


@pytest.mark.parametrize(
    ("kind", "language", "below", "sheets"),
    [
        pytest.param("notice", "nl", None, ["nl"], id="an office reads Dutch"),
        pytest.param(
            "notice", "ti", None, ["nl", "ti"], id="an office gets Dutch, the client a copy"
        ),
        pytest.param("notice", "ti", "en", ["en", "ti"], id="or English and a copy"),
        pytest.param("notice", "en", "fa", ["en", "fa"], id="a copy for the client below"),
        pytest.param(
            "request_answer", "ar", None, ["ar", "nl"], id="an unchecked text has the Dutch"
        ),
        pytest.param("request_answer", "ar", "en", ["ar", "en"], id="or what was asked for"),
        pytest.param("request_answer", "en", None, ["en"], id="a checked text stands alone"),
    ],
)
def test_in_which_languages_a_letter_is_printed(kind, language, below, sheets):
    asked = replace(
        letter(LetterKind(kind), Language(language)), below=Language(below) if below else None
    )

    assert [one.language for one in composed(asked, TEXTS).sheets] == sheets


def test_a_text_that_nobody_checked_says_so_and_a_checked_one_does_not():
    sheets = composed(letter(LetterKind.REQUEST_ANSWER, Language.FA), TEXTS).sheets

    assert sheets[0].note == (TEXTS.common[Language.FA].unreviewed,)
    assert sheets[1].note == ()


def test_the_copy_for_the_client_says_that_it_is_one():
    sheets = composed(letter(LetterKind.NOTICE, Language.TI), TEXTS).sheets

    assert sheets[0].note == ()
    assert sheets[1].note[0] == TEXTS.common[Language.TI].copy


@pytest.mark.parametrize(
    ("said", "written"),
    [
        pytest.param("Kade 1", "\u2066Kade 1\u2069", id="Latin words stay left to right"),
        pytest.param("شارع 5", "\u2067شارع 5\u2069", id="Arabic words right to left"),
        pytest.param("12 - 14", "\u206612 - 14\u2069", id="figures left to right"),
        pytest.param("a\u202eb\u2066c", "\u2066abc\u2069", id="marks that turn are taken out"),
        pytest.param(
            "می\u200cروم", "\u2067می\u200cروم\u2069", id="a mark that parts letters stays"
        ),
    ],
)
def test_a_value_keeps_its_direction_in_an_arabic_letter(said, written):
    asked = replace(with_value(met_place=said), language=Language.AR)
    facts = composed(asked, TEXTS).sheets[0].blocks[0].facts

    assert facts[-1].lines == (written,)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "3 december 2026"),
        ("en", "3 December 2026"),
        ("ar", "\u20673 ديسمبر 2026 (\u206603-12-2026\u2069)\u2069"),
        ("fa", "\u20673 دسامبر 2026 (\u206603-12-2026\u2069)\u2069"),
        ("ti", "3 ታሕሳስ 2026 (03-12-2026)"),
    ],
)
def test_a_day_is_written_as_the_language_does_and_so_that_a_dutch_office_reads_it(language, said):
    asked = replace(with_value(met_on="2026-12-03"), language=Language(language))
    facts = composed(asked, TEXTS).sheets[0].blocks[0].facts

    assert [one for fact in facts for one in fact.lines if "2026" in one] == [said]


def test_a_day_inside_words_is_written_out_and_what_is_no_day_is_left():
    asked = letter(LetterKind.SUMMARY_LAWYER, Language.NL)
    dates = "2026-12-10: gehoor\n2026-13-40 onbekend\nherfst 2025"
    sheet = composed(replace(asked, values={**asked.values, "procedure_dates": dates}), TEXTS)
    facts = {fact.label: fact.lines for block in sheet.sheets[0].blocks for fact in block.facts}

    assert facts["Data en termijnen"] == (
        "10 december 2026: gehoor",
        "2026-13-40 onbekend",
        "herfst 2025",
    )


@pytest.mark.parametrize(
    ("said", "written"),
    [
        pytest.param("Dawit (7 jaar)", "\u2066Dawit (7 jaar)\u2069", id="brackets stay with words"),
        pytest.param(
            "2026-12-10: gehoor",
            "\u2066\u206710 ديسمبر 2026 (\u206610-12-2026\u2069)\u2069: gehoor\u2069",
            id="a day before Dutch words",
        ),
        pytest.param(
            "2026-12-10",
            "\u2067\u206710 ديسمبر 2026 (\u206610-12-2026\u2069)\u2069\u2069",
            id="a day alone runs as the language does",
        ),
    ],
)
def test_words_with_days_keep_together_in_an_arabic_letter(said, written):
    asked = letter(LetterKind.NOTICE, Language.AR)
    asked = replace(asked, values={"withdrawn": said})

    assert composed(asked, TEXTS).sheets[1].blocks[0].facts[-1].lines == (written,)


def test_a_reference_inside_an_arabic_text_keeps_its_order():
    blocks = composed(letter(LetterKind.CRIME_STATEMENT, Language.AR), TEXTS).sheets[1].blocks

    assert "\u20662012/29/EU\u2069" in blocks[-1].lines[0]


def test_a_part_without_any_value_leaves_no_heading():
    bare = replace(letter(LetterKind.SUMMARY_LAWYER, Language.NL), values={"own_name": "Qz"})
    headings = [one.heading for one in composed(bare, TEXTS).sheets[0].blocks]

    assert "Procedures" not in headings


def broken(tmp_path: Path, old: str, new: str, name: str = "notice.toml") -> str:
    folder = tmp_path / "letters"
    folder.mkdir()
    for path in (CONFIG / "letters").glob("*.toml"):
        said = path.read_text("utf-8")
        assert path.name != name or old in said
        (folder / path.name).write_text(said.replace(old, new, 1) if path.name == name else said, "utf-8")  # fmt: skip
    with pytest.raises(ConfigurationRefused) as refused:
        load_letter_texts([tmp_path])
    return str(refused.value)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        pytest.param('id = "notice"', 'id = "note"', "is not known here", id="an unknown kind"),
        pytest.param("[nl]", "[de]", "nl.title: is missing", id="no Dutch"),
        pytest.param('"withdrawn"]\no', '"withdrawn", "mood"]\no', "labels.mood", id="no label"),
        pytest.param("Wij vragen u:", "Wij vragen {mood}:", "does not have: mood", id="no field"),
        pytest.param("reviewed = true", 'reviewed = "yes"', "must be true or false", id="a word"),
    ],
)
def test_a_text_that_cannot_mean_what_it_says_stops_the_start(tmp_path, old, new, sentence):
    assert sentence in broken(tmp_path, old, new)


def test_eleven_months_are_refused(tmp_path):
    said = broken(tmp_path, '"januari", ', "", "words.toml")

    assert "must be the twelve months" in said


def test_an_older_version_is_still_found(tmp_path):
    older = tmp_path / "letters" / "older"
    older.mkdir(parents=True)
    for path in (CONFIG / "letters").glob("*.toml"):
        (older.parent / path.name).write_bytes(path.read_bytes())
    now = (CONFIG / "letters" / "notice.toml").read_text("utf-8")
    (older / "notice-1.toml").write_text(now, "utf-8")
    (older.parent / "notice.toml").write_text(now.replace("version = 1", "version = 2"), "utf-8")
    texts = load_letter_texts([tmp_path])

    assert texts.text(LetterKind.NOTICE).version == 2
    assert texts.text(LetterKind.NOTICE, 1).version == 1
    assert texts.text(LetterKind.NOTICE).reader is Reader.OFFICE
    with pytest.raises(LetterRefused, match="not installed"):
        composed(letter(LetterKind.NOTICE, Language.NL).of_version(7), texts)


def test_whoever_joins_words_in_another_way_gives_that_a_new_number():
    """Else a record would come out in other bytes and nobody could say why."""
    written = sorted(
        f"{language} {line}"
        for language in Language
        for sheet in composed(letter(LetterKind.SUMMARY_LAWYER, language), TEXTS).sheets
        for block in sheet.blocks
        for fact in block.facts
        for line in fact.lines
    )
    digest = hashlib.sha256("\n".join(written).encode("utf-8")).hexdigest()

    assert (COMPOSED, digest[:16]) == (1, "2da5ad0347dd7549")
