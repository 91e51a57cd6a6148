"""Makes the plain font file (sfnt, as TrueType) of a WOFF 1.0 file, which the letter engine can read.

Standard library only: WOFF 1.0 holds the tables of a font as they are, each packed with zlib (W3C, WOFF File Format
1.0, sections 3 to 5). Nothing of a glyph is changed. A second file of the same family can be given a family name of its
own, because an engine takes one file per family and weight.
"""

from __future__ import annotations

import struct
import zlib

_FAMILY_NAMES = (1, 16)  # name ids of the family: OpenType specification, table "name"
_MAGIC = 0xB1B0AFBA


class NotAFont(Exception):
    """The file is no WOFF 1.0 font, or is damaged."""


def as_sfnt(packed: bytes, family: str | None = None) -> bytes:
    """The plain font of a WOFF file, called `family` where that is given. Raises NotAFont."""
    try:
        flavor, tables = _tables(packed)
    except (struct.error, zlib.error) as damaged:
        raise NotAFont("this is no WOFF 1.0 file, or it is damaged") from damaged
    if family is not None:
        tables[b"name"] = _renamed(tables[b"name"], family)
    tables[b"head"] = tables[b"head"][:8] + b"\0\0\0\0" + tables[b"head"][12:]
    font = _joined(flavor, tables)
    place = font.index(tables[b"head"]) + 8
    whole = (_MAGIC - _sum(font)) & 0xFFFFFFFF
    return font[:place] + struct.pack(">I", whole) + font[place + 4 :]


def _tables(packed: bytes) -> tuple[int, dict[bytes, bytes]]:
    signature, flavor, length, count = struct.unpack(">4sIIH", packed[:14])
    if signature != b"wOFF" or length != len(packed):
        raise NotAFont("this is no WOFF 1.0 file, or it is damaged")
    found = {}
    for number in range(count):
        entry = packed[44 + 20 * number : 64 + 20 * number]
        tag, offset, stored, plain, _ = struct.unpack(">4sIIII", entry)
        content = packed[offset : offset + stored]
        found[tag] = zlib.decompress(content) if stored != plain else content
        if len(found[tag]) != plain:
            raise NotAFont("this is no WOFF 1.0 file, or it is damaged")
    return flavor, found


def _joined(flavor: int, tables: dict[bytes, bytes]) -> bytes:
    power = len(tables).bit_length() - 1
    search = 16 << power
    head = struct.pack(">IHHHH", flavor, len(tables), search, power, len(tables) * 16 - search)
    place = len(head) + 16 * len(tables)
    body = b""
    for tag, content in sorted(tables.items()):
        head += struct.pack(">4sIII", tag, _sum(content), place + len(body), len(content))
        body += content + b"\0" * (-len(content) % 4)
    return head + body


def _sum(content: bytes) -> int:
    padded = content + b"\0" * (-len(content) % 4)
    total: int = sum(struct.unpack(f">{len(padded) // 4}I", padded))
    return total & 0xFFFFFFFF


def _renamed(table: bytes, family: str) -> bytes:
    _, count, strings = struct.unpack(">HHH", table[:6])
    records, words = b"", b""
    for number in range(count):
        record = struct.unpack(">HHHHHH", table[6 + 12 * number : 18 + 12 * number])
        platform, encoding, language, name, length, offset = record
        said = table[strings + offset : strings + offset + length]
        if name in _FAMILY_NAMES:
            said = family.encode("mac-roman" if platform == 1 else "utf-16-be")
        records += struct.pack(">HHHHHH", platform, encoding, language, name, len(said), len(words))
        words += said
    return struct.pack(">HHH", 0, count, 6 + len(records)) + records + words
