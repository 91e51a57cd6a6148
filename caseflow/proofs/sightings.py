"""Finds planted values in what came back, in every spelling a page, file or header may give them."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final
from urllib.parse import unquote

from caseflow.domain.local_days import AMSTERDAM
from caseflow.proofs.plants import BEGINNING, LETTERS, WORD_LENGTH, Kind, Plant
from caseflow.publishing import documents

_WORD: Final = re.compile(f"{BEGINNING}[{LETTERS}]{{{WORD_LENGTH}}}")
_WORD_IN_BYTES: Final = re.compile(_WORD.pattern.encode())
_ID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_CODE: Final = re.compile(r"\b[2-9A-Z]{4}-[2-9A-Z]{4}\b")
_NUMBER: Final = re.compile(r"(?<![\w-])\d[\d.,\u00a0\u202f]{3,9}\d(?![\w-])")
_ISO: Final = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_SHORT: Final = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:,? (\d\d):(\d\d))?")
_LONG: Final = re.compile(r"(?<!\d)(\d{1,2})\.? ([a-zé]{3,9})\.? (\d{4})")
_AMERICAN: Final = re.compile(r"\b([a-z]{3,9}) (\d{1,2}), (\d{4})")
_MONTHS: Final = {
    name[:3]: number
    for names in (
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "jan feb maa apr mei jun jul aug sep okt nov dec",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
    )
    for number, name in enumerate(names.split(), 1)
}
_STREAM: Final = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
LARGEST_UNPACKED: Final = 5_000_000


def readable(content: bytes) -> str:
    """Everything in a file that somebody could read: as text in either width, unzipped, inflated."""
    parts = [content.decode("utf-8", "replace")]
    if b"\x00" in content:
        parts += [content.decode("utf-16-le", "ignore"), content.decode("utf-16-be", "ignore")]
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for info in packed.infolist():
                parts += [
                    info.filename,
                    packed.read(info)[:LARGEST_UNPACKED].decode("utf-8", "replace"),
                ]
    if content.startswith(b"%PDF"):
        parts += [*_inflated(content), _in_a_pdf(content)]
    return "\n".join(parts)


def words_in(content: bytes) -> list[str]:
    """Planted words in raw bytes, whether a letter takes one byte there or two."""
    small = content.lower().replace(b"\x00", b"")
    return [found.decode() for found in _WORD_IN_BYTES.findall(small)]


def _inflated(content: bytes) -> Iterator[str]:
    for found in _STREAM.finditer(content):
        try:
            yield zlib.decompress(found[1])[:LARGEST_UNPACKED].decode("latin-1")
        except zlib.error:
            continue


@lru_cache(maxsize=512)
def _in_a_pdf(content: bytes) -> str:
    """What a reader sees: an engine writes numbers of glyphs, in which no word can be found."""
    return documents.words_of(content)


def _keys(plant: Plant) -> Iterator[Any]:
    value = plant.value
    if plant.kind is Kind.WORD:
        yield (value.decode() if isinstance(value, bytes) else value).lower()
    elif plant.kind is Kind.INSTANT:
        yield value.replace(second=0, microsecond=0)
    else:
        yield value


class Lookout:
    """Knows every planted value and tells which of them stand in a text."""

    def __init__(self, plants: Iterable[Plant]) -> None:
        self._known: dict[Any, list[Plant]] = defaultdict(list)
        for plant in plants:
            if plant.kind is not Kind.CHOICE:
                for key in _keys(plant):
                    self._known[key].append(plant)

    def __len__(self) -> int:
        return sum(len(found) for found in self._known.values())

    def sighted(self, text: str) -> dict[Any, list[Plant]]:
        """Planted values that stand in this text, and in which columns each was planted."""
        plain = html.unescape(unquote(text))
        found = {key for key in _spelled(plain) if key in self._known}
        return {key: self._known[key] for key in found}


def _spelled(text: str) -> Iterator[Any]:
    small = text.lower()
    yield from _WORD.findall(small)
    yield from _ID.findall(small)
    yield from _CODE.findall(text)
    for found in _NUMBER.findall(text):
        digits = re.sub(r"\D", "", found)
        if len(digits) <= 9:
            yield int(digits)
    yield from _days(small)


def _days(text: str) -> Iterator[date | datetime]:
    for year, month, day in _ISO.findall(text):
        yield from _day(year, month, day)
    for day, month, year, hour, minute in _SHORT.findall(text):
        for one in _day(year, month, day):
            yield one
            if hour:
                at = datetime(
                    one.year, one.month, one.day, int(hour) % 24, int(minute) % 60, tzinfo=AMSTERDAM
                )
                yield at.astimezone(UTC)
    for day, month, year in _LONG.findall(text):
        if month[:3] in _MONTHS:
            yield from _day(year, _MONTHS[month[:3]], day)
    for month, day, year in _AMERICAN.findall(text):
        if month[:3] in _MONTHS:
            yield from _day(year, _MONTHS[month[:3]], day)


def _day(year: str, month: str | int, day: str) -> Iterator[date]:
    try:
        yield date(int(year), int(month), int(day))
    except ValueError:
        return
