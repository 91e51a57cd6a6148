"""What the fields of every form do with what is typed."""

import pytest

from caseflow.web.forms.fields import _on_one_line


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x1b", "ab"),
        ("line\r\nbreak", "linebreak"),
        ("می‌روم", "می‌روم"),
        ("Łukasz O’Neil", "Łukasz O’Neil"),
        ("\u202eeulB\u202c", "eulB"),
        ("\u2067\u2066أحمد\u2069", "أحمد"),
        ("\u200fأحمد", "\u200fأحمد"),
    ],
    ids=[
        "control signs",
        "a line break",
        "a joiner of Farsi",
        "signs of Europe",
        "an override",
        "isolates",
        "a mark of Arabic",
    ],
)
def test_one_line_holds_no_control_signs_and_every_script(typed: str, kept: str) -> None:
    assert _on_one_line(typed) == kept
