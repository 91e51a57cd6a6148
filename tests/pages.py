"""Every page visited in a test is also checked as a page: once, here.

`visit` opens an address in Chromium and fails with every fault at once. `check` does the same for a
page that was reached by a click. `parse_page` is the part that needs no browser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from babel.messages.pofile import read_po
from playwright.sync_api import ConsoleMessage, Page, Request

from tests.browser import DESK, PHONE
from tests.parsed_pages import ParsedPage, parse_page

__all__ = ["check", "in_both_languages", "parse_page", "screenshot", "visit", "watched"]

ROOT = Path(__file__).resolve().parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = ROOT / "screenshots"
DUTCH = ROOT / "caseflow" / "translations" / "nl" / "LC_MESSAGES" / "messages.po"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROWEST = 320
SMALLEST_TARGET = 24

_RUN_AXE = """async (rules) => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ['violations', 'incomplete']});
  const brief = (list) => list.map((r) => [r.id, r.impact || '', r.help,
    r.nodes.slice(0, 5).map((n) => n.target.join(' ') + ': ' +
      [...n.any, ...n.all, ...n.none].map((c) => c.message).join('; '))]);
  return {violations: brief(found.violations), incomplete: brief(found.incomplete)};
}"""
_OPEN_PANELS = """() => { for (const d of document.querySelectorAll('details:not(.cf-menu):not([open])')) {
  d.open = true; d.dataset.openedByCheck = ''; } }"""
_CLOSE_PANELS = """() => { for (const d of document.querySelectorAll('[data-opened-by-check]')) {
  d.open = false; delete d.dataset.openedByCheck; } }"""
_TOO_WIDE = """(limit) => {
  const root = document.documentElement;
  if (root.scrollWidth <= limit) return [];
  const culprits = [...document.querySelectorAll('body *')].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.right > limit + 1 && box.width > 0 && !e.closest('.cf-table-box--wide, .cf-figure__image');
  }).slice(0, 5).map((e) => e.tagName.toLowerCase() + '.' + e.className);
  return ['scrolls to ' + root.scrollWidth + ' px: ' + culprits.join(', ')];
}"""
_SMALL_TARGETS = """(least) => {
  const small = [];
  for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    if (e.type === 'hidden' || !e.checkVisibility({visibilityProperty: true})) continue;
    const box = e.getBoundingClientRect();
    if (box.width === 0 || (box.width >= least - 0.5 && box.height >= least - 0.5)) continue;
    const inSentence = e.tagName === 'A' && getComputedStyle(e).display === 'inline' &&
      e.parentElement.textContent.trim().length > e.textContent.trim().length;
    if (!inSentence) {
      small.push(e.outerHTML.slice(0, 80) + ' is ' + Math.round(box.width) + '×' + Math.round(box.height));
    }
  }
  return small;
}"""


@dataclass
class Watched:
    """What the browser said and asked for while a page was used."""

    origin: str
    messages: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def faults(self, expected_status: int = 200) -> list[str]:
        """Console, policy and network faults. A refused page logs its own status; that is expected."""
        own = f"status of {expected_status}"
        said = [m for m in self.messages if expected_status < 400 or own not in m]
        return [f"console: {m}" for m in said] + [f"foreign request: {u}" for u in self.strangers]


@contextmanager
def watched(page: Page, url: str) -> Any:
    """Collects console messages (policy violations among them), page errors and foreign requests."""
    seen = Watched(_origin(url))

    def heard(message: ConsoleMessage) -> None:
        seen.messages.append(f"{message.type}: {message.text}")

    def failed(error: Exception) -> None:
        seen.messages.append(f"error: {error}")

    def asked(request: Request) -> None:
        if _origin(request.url) != seen.origin:
            seen.strangers.append(_origin(request.url))

    page.on("console", heard)
    page.on("pageerror", failed)
    page.on("request", asked)
    try:
        yield seen
    finally:
        page.remove_listener("console", heard)
        page.remove_listener("pageerror", failed)
        page.remove_listener("request", asked)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


@cache
def _axe_source() -> str:
    return AXE.read_text(encoding="utf-8")


def visit(
    page: Page,
    url: str,
    *,
    status: int = 200,
    private: Iterable[str] = (),
    without_script: bool = True,
    may_be_unsure: Iterable[str] = (),
) -> ParsedPage:
    """Opens an address and checks the page there in every way; fails with all its faults at once.

    `private` are words that may stand on the page but never in its title or address.
    `may_be_unsure` are axe rules that may answer "needs review" here; say why where you use it.
    """
    with watched(page, url) as seen:
        response = page.goto(url)
        assert response is not None, f"nothing answered at {urlsplit(url).path}"
        faults = [] if response.status == status else [f"status {response.status}, not {status}"]
        parsed = ParsedPage(page.content())
        faults += _faults(page, private, may_be_unsure)
        faults += seen.faults(status)
    if without_script:
        faults += _faults_without_script(page, url, parsed.h1)
    assert not faults, f"{urlsplit(url).path}\n" + "\n".join(faults)
    return parsed


def check(
    page: Page, *, private: Iterable[str] = (), may_be_unsure: Iterable[str] = ()
) -> ParsedPage:
    """Checks the page as it stands now, for instance a form that came back with errors."""
    faults = _faults(page, private, may_be_unsure)
    assert not faults, f"{urlsplit(page.url).path}\n" + "\n".join(faults)
    return ParsedPage(page.content())


def _faults(page: Page, private: Iterable[str], may_be_unsure: Iterable[str]) -> list[str]:
    parsed = ParsedPage(page.content())
    faults = parsed.faults()
    faults += [
        f"{i}: a private word"
        for i in ("title", "address")
        for w in private
        if w.lower() in (parsed.title if i == "title" else page.url).lower()
    ]
    page.evaluate(_OPEN_PANELS)
    before = page.viewport_size or DESK
    # The whole page at once: what lies on the edge of the window is half hidden to axe, wherever the edge falls.
    whole = max(before["height"], page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": before["width"], "height": whole})
    faults += axe_faults(page, may_be_unsure)
    faults += [f"target under 24 px: {t}" for t in page.evaluate(_SMALL_TARGETS, SMALLEST_TARGET)]
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    faults += [f"at {NARROWEST} px: {f}" for f in page.evaluate(_TOO_WIDE, NARROWEST)]
    page.set_viewport_size(before)
    page.evaluate(_CLOSE_PANELS)
    return faults


def axe_faults(page: Page, may_be_unsure: Iterable[str] = ()) -> list[str]:
    """What axe-core finds: every violation, and every "needs review" that was not foreseen."""
    page.evaluate(_axe_source())
    found = page.evaluate(_RUN_AXE, AXE_RULES)
    unsure = [entry for entry in found["incomplete"] if entry[0] not in set(may_be_unsure)]
    return [
        f"axe {kind} {rule} ({impact}): {help_}\n    " + "\n    ".join(nodes)
        for kind, entries in (("violation", found["violations"]), ("needs review", unsure))
        for rule, impact, help_, nodes in entries
    ]


def _faults_without_script(page: Page, url: str, h1: str) -> list[str]:
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(
        java_script_enabled=False,
        storage_state=page.context.storage_state(),
        viewport=DESK,
        locale=page.get_attribute("html", "lang"),
    )
    try:
        plain = context.new_page()
        plain.goto(url)
        shown = ParsedPage(plain.content()).h1
    finally:
        context.close()
    return [] if shown == h1 else ["without JavaScript the page has another heading"]


def dutch_catalogue(path: Path = DUTCH) -> dict[str, str]:
    """English sentence to Dutch, as the translators left it; an empty one is not translated yet."""
    with path.open("rb") as file:
        entries = read_po(file)
    return {
        entry.id: str(entry.string) for entry in entries if isinstance(entry.id, str) and entry.id
    }


def english_left(texts: Iterable[str], catalogue: Mapping[str, str]) -> list[str]:
    """The English sentences that stand on a Dutch page although, or because, the catalogue knows them.

    A sentence with places is matched with anything in them. Words that are the same in both
    languages are no fault.
    """
    same = {english for english, dutch in catalogue.items() if english == dutch}
    patterns = [
        re.compile(re.sub(r"%\\\((\w+)\\\)[sd]|%\((\w+)\)[sd]", ".+", re.escape(english)))
        for english in catalogue
        if english not in same and len(english) > 3
    ]
    return sorted({t for t in texts if any(pattern.fullmatch(t) for pattern in patterns)} - same)


_VISIBLE_TEXTS = """() => { const out = []; const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n; (n = walk.nextNode());) { const t = n.textContent.trim().replace(/\\s+/g, ' ');
    if (t && !n.parentElement.closest('[lang]:not(html), script')) out.push(t); } return out; }"""


def switch_language(page: Page, language: str) -> None:
    """Presses the header's language button, as a reader would; nothing to press where it is on."""
    if page.get_attribute("html", "lang") != language:
        with page.expect_navigation():
            page.click(f'button[name="language"][value="{language}"]')


def in_both_languages(
    page: Page,
    url: str,
    *,
    catalogue: Mapping[str, str] | None = None,
    switch: Callable[[Page, str], None] = switch_language,
    **checks: Any,
) -> tuple[ParsedPage, ParsedPage]:
    """Visits an address in English and in Dutch; with a catalogue, no English may be left in Dutch."""
    parsed = {}
    page.goto(url)
    for language in ("en", "nl"):
        switch(page, language)
        parsed[language] = visit(page, url, **checks)
        assert parsed[language].lang == language, f"the page says lang={parsed[language].lang}"
    if catalogue is not None:
        left = english_left(page.evaluate(_VISIBLE_TEXTS), catalogue)
        assert not left, "English on the Dutch page: " + " | ".join(left)
    return parsed["en"], parsed["nl"]


def screenshot(page: Page, name: str) -> tuple[Path, Path]:
    """Keeps the page as it looks at a desk and on a phone, in a folder that is never committed."""
    SCREENSHOTS.mkdir(exist_ok=True)
    before = page.viewport_size or DESK
    kept = []
    for width, size in (("desk", DESK), ("phone", PHONE)):
        page.set_viewport_size(size)
        kept.append(SCREENSHOTS / f"{name}-{width}.png")
        page.screenshot(path=kept[-1], full_page=True)
    page.set_viewport_size(before)
    return kept[0], kept[1]
