"""Every sentence that a person can read stands in the Dutch catalogue, with the same places."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from caseflow.settings import PROJECT

METHODS = [("caseflow/templates/**.html", "jinja2"), ("caseflow/**.py", "python")]
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "N_": None, "_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2),
}  # fmt: skip
PLACE = re.compile(r"%\((\w+)\)[sd]")
DUTCH = PROJECT / "caseflow" / "translations" / "nl" / "LC_MESSAGES" / "messages.po"
AVOIDED = ("illegaal", "illegale", "overstay", "MOB", "cliëntstop")
"""Words that will be read in a later file, and harm there."""


def sentences() -> Iterator[tuple[str, ...]]:
    """Every sentence of the program: one, or singular and plural."""
    found = extract_from_dir(
        str(PROJECT), method_map=METHODS, options_map={}, keywords=KEYWORDS, comment_tags=()
    )
    for _, _, said, _, _ in found:
        yield (said,) if isinstance(said, str) else tuple(one for one in said if one)


def dutch() -> dict[str, tuple[str, ...]]:
    with DUTCH.open("rb") as opened:
        catalogue = read_po(opened, locale="nl")
    return {
        message.id if isinstance(message.id, str) else message.id[0]: (message.string,)
        if isinstance(message.string, str)
        else tuple(message.string)
        for message in catalogue
        if message.id and not message.fuzzy
    }


def faults(said: tuple[str, ...], catalogue: dict[str, tuple[str, ...]]) -> list[str]:
    """What is wrong with the Dutch of one sentence."""
    there = catalogue.get(said[0], ())
    if not there or not all(there) or len(there) != len(said):
        return [f"{said[0]!r} has no Dutch"]
    places = set(PLACE.findall(said[-1]))
    return [
        f"{said[0]!r} has other places in Dutch"
        for one in there
        if not set(PLACE.findall(one)) <= places
        or (len(said) == 1 and set(PLACE.findall(one)) != places)
    ]


def test_every_sentence_has_its_dutch() -> None:
    catalogue = dutch()
    found = {said[0]: said for said in sentences()}

    assert len(found) > 1000
    assert [fault for said in found.values() for fault in faults(said, catalogue)] == []


def test_no_dutch_sentence_uses_a_word_that_harms() -> None:
    words = re.compile("|".join(rf"\b{word}\b" for word in AVOIDED), re.IGNORECASE)

    assert [one for there in dutch().values() for one in there if words.search(one)] == []


@pytest.mark.parametrize(
    "there",
    [(), ("",), ("Kies een bed",), ("Kies %(bad)s",)],
    ids=["absent", "empty", "a place lost", "a place renamed"],
)
def test_a_missing_or_broken_translation_is_found(there: tuple[str, ...]) -> None:
    said = ("Choose %(bed)s",)

    assert faults(said, {said[0]: there} if there else {}) != []
    assert faults(said, {said[0]: ("Kies %(bed)s",)}) == []
