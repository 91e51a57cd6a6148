"""Pages carry no inline code, fetch nothing from elsewhere and trust no text."""

from __future__ import annotations

import re

import pytest

from tests.architecture.sources import Source, texts

JINJA_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
FORBIDDEN = {
    "inline script": re.compile(r"(?i)<script(?![^>]*\ssrc=)[^>]*>"),
    "inline style": re.compile(r"(?i)<style\b|\sstyle\s*="),
    "inline event": re.compile(r"(?i)\s(?:on[a-z]+|hx-on[\w:-]*)\s*="),
    "script address": re.compile(r"(?i)javascript:|\bjs:"),
    "file from elsewhere": re.compile(
        r"(?i)<(?:script|link|img|iframe|source|use)\b[^>]*(?:src|href)\s*=\s*[\"']?(?:https?:)?//"
    ),
    "escaping switched off": re.compile(r"\{%-?\s*autoescape\s+false"),
}
# Words about a person could be code; whoever trusts a value writes why it can hold none.
TRUSTED = re.compile(r"\|\s*safe\b")
REASON = re.compile(r"\{#-?\s*safe: \S.{10,}#\}")
STYLE_FROM_ELSEWHERE = re.compile(r"(?i)@import|url\(\s*[\"']?(?:https?:|//|data:)")


def template_faults(source: Source) -> list[str]:
    """What a template has that the content policy would block or that trusts a text, by line."""
    found = []
    lines = source.text.splitlines()
    for number, line in enumerate(lines, 1):
        before = lines[number - 2] if number > 1 else ""
        if TRUSTED.search(JINJA_COMMENT.sub("", line)) and not REASON.search(before + line):
            found.append((number, "trusted without a reason"))
    # Comments are blanked, not removed: a tag may run over several lines and still has its line.
    plain = JINJA_COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), source.text)
    for fault, pattern in FORBIDDEN.items():
        found += [(plain.count("\n", 0, hit.start()) + 1, fault) for hit in pattern.finditer(plain)]
    return [f"{source.name}:{number}: {fault}" for number, fault in sorted(found)]


def templates() -> list[Source]:
    found = [one for one in texts() if one.name.startswith("caseflow/templates/")]
    assert len(found) > 3
    return found


def test_no_template_has_inline_code_or_trusts_a_text_without_a_reason() -> None:
    assert [line for source in templates() for line in template_faults(source)] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<script>alert(1)</script>", "inline script"),
        ('<p style="color: red">', "inline style"),
        ("<style>p {}</style>", "inline style"),
        ('<a onclick="go()">', "inline event"),
        ('<a\n  hx-on:click="go()">', "inline event"),
        ('<a href="javascript:go()">', "script address"),
        ('<script src="https://example.org/a.js"></script>', "file from elsewhere"),
        ('<img src="//example.org/a.png">', "file from elsewhere"),
        ("{% autoescape false %}", "escaping switched off"),
        ("{{ note|safe }}", "trusted without a reason"),
        ("{# safe: no #}{{ note | safe }}", "trusted without a reason"),
    ],
)
def test_a_fault_in_a_template_is_found(text: str, fault: str) -> None:
    [found] = template_faults(Source("caseflow/templates/a.html", f"<p></p>\n{text}"))

    assert found.endswith(fault)


def test_what_is_allowed_in_a_template_is_let_be() -> None:
    text = (
        "{# <script>alert(1)</script> #}<script src=\"{{ url_for('static') }}\" defer></script>\n"
        "{# safe: drawn by our own chart code from counts #}\n{{ svg|safe }}\n"
    )

    assert template_faults(Source("caseflow/templates/a.html", text)) == []


def test_no_style_sheet_of_ours_fetches_from_elsewhere() -> None:
    sheets = [one for one in texts() if one.name.endswith(".css")]

    assert len(sheets) > 0
    assert [one.name for one in sheets if STYLE_FROM_ELSEWHERE.search(one.text)] == []


@pytest.mark.parametrize(
    "text", ['@import "a.css"', "url(https://example.org/a)", "url('data:image/png')"]
)
def test_a_style_sheet_that_fetches_from_elsewhere_is_found(text: str) -> None:
    assert STYLE_FROM_ELSEWHERE.search(text)
