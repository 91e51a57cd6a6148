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
    ],
    ids=["control signs", "a line break", "a joiner of Farsi", "signs of Europe"],
)
def test_one_line_holds_no_control_signs_and_every_script(typed: str, kept: str) -> None:
    assert _on_one_line(typed) == kept
