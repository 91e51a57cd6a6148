"""Fonts unpacked from their packages: the same glyphs, a family name of their own, and nothing of a damaged file."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from tools import vendor, woff

PACKAGES = Path(__file__).resolve().parents[1] / "node_modules"
LATIN_EXT = PACKAGES / vendor.FONT / "files" / "noto-sans-latin-ext-400-normal.woff"


def tables_of(font: bytes) -> dict[bytes, bytes]:
    count = struct.unpack(">H", font[4:6])[0]
    found = {}
    for number in range(count):
        tag, _, offset, length = struct.unpack(">4sIII", font[12 + 16 * number : 28 + 16 * number])
        found[tag] = font[offset : offset + length]
    return found


def sum_of(content: bytes) -> int:
    padded = content + b"\0" * (-len(content) % 4)
    return sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF


def test_an_unpacked_font_has_the_glyphs_of_the_package_and_a_whole_checksum():
    packed = LATIN_EXT.read_bytes()
    plain, renamed = tables_of(woff.as_sfnt(packed)), tables_of(woff.as_sfnt(packed, "Other"))

    assert plain.keys() == renamed.keys()
    assert plain[b"glyf"] == renamed[b"glyf"]
    assert sum_of(woff.as_sfnt(packed, "Other")) == 0xB1B0AFBA
    assert "Noto Sans".encode("utf-16-be") in plain[b"name"]
    assert "Other".encode("utf-16-be") in renamed[b"name"]


@pytest.mark.parametrize(
    "packed",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"wOF2" + b"\0" * 60, id="another format"),
        pytest.param(LATIN_EXT.read_bytes()[:-9] if LATIN_EXT.exists() else b"", id="cut off"),
        pytest.param(
            struct.pack(">4sIIH", b"wOFF", 0x10000, 74, 1)
            + b"\0" * 30
            + struct.pack(">4sIIII", b"glyf", 64, 10, 99, 0)
            + zlib.compress(b"x")[:10].ljust(10, b"\0"),
            id="a table of another length",
        ),
    ],
)
def test_a_damaged_font_is_refused(packed):
    with pytest.raises(woff.NotAFont):
        woff.as_sfnt(packed)
