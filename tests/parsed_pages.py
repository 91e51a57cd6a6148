"""What can be checked on a page's HTML alone, without a browser."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CONTROLS = ("input", "select", "textarea")
_UNLABELLED_TYPES = ("hidden", "submit", "button", "image", "reset")
_VOID = ("input", "meta", "link", "br", "img", "hr", "source", "wbr")
Attributes = dict[str, str | None]


@dataclass
class Form:
    """A form as the browser would send it."""

    method: str
    action: str
    names: set[str] = field(default_factory=set)


@dataclass
class Control:
    """Something a person fills in."""

    described: str
    attributes: Attributes
    inside_label: bool


class ParsedPage(HTMLParser):
    """A page read once; `faults()` names everything that would keep someone from using it."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.lang = ""
        self.title = ""
        self.headings: list[tuple[int, str]] = []
        self.ids: Counter[str] = Counter()
        self.label_targets: set[str] = set()
        self.controls: list[Control] = []
        self.forms: list[Form] = []
        self.references: list[tuple[str, str]] = []
        self.images_without_alt = 0
        self.mains = 0
        self.inline_code: list[str] = []
        self._open: list[str] = []
        self._form: Form | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes: Attributes = dict(attrs)
        if tag not in _VOID:
            self._open.append(tag)
        self._note_inline_code(tag, attributes)
        if identity := attributes.get("id"):
            self.ids[identity] += 1
        for name in ("aria-describedby", "aria-labelledby", "aria-controls"):
            for target in (attributes.get(name) or "").split():
                self.references.append((name, target))
        if tag == "html":
            self.lang = attributes.get("lang") or ""
        elif tag in _HEADINGS and "svg" not in self._open:
            self.headings.append((int(tag[1]), ""))
        elif tag == "label":
            if target := attributes.get("for"):
                self.label_targets.add(target)
        elif tag == "form":
            self._form = Form(
                (attributes.get("method") or "get").lower(), attributes.get("action") or ""
            )
            self.forms.append(self._form)
        elif tag == "img" and "alt" not in attributes:
            self.images_without_alt += 1
        elif tag == "main":
            self.mains += 1
        sends = tag in _CONTROLS or tag == "button"
        if sends and self._form is not None and attributes.get("name"):
            self._form.names.add(str(attributes["name"]))
        if tag in _CONTROLS and (attributes.get("type") or "").lower() not in _UNLABELLED_TYPES:
            described = f"<{tag} name={attributes.get('name')!r}>"
            self.controls.append(Control(described, attributes, "label" in self._open))

    def _note_inline_code(self, tag: str, attributes: Attributes) -> None:
        if tag == "style" or (tag == "script" and not attributes.get("src")):
            self.inline_code.append(f"<{tag}> without a file")
        for name, value in attributes.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                self.inline_code.append(f"{name}= on <{tag}>")
            if value and value.strip().lower().startswith("javascript:"):
                self.inline_code.append(f"{name}=javascript: on <{tag}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        if "svg" in self._open:
            return
        if "title" in self._open:
            self.title += data
        for name in _HEADINGS:
            if name in self._open and self.headings:
                level, text = self.headings[-1]
                self.headings[-1] = (level, text + data)

    @property
    def h1(self) -> str:
        """The words of the first heading of level 1."""
        return next((" ".join(text.split()) for level, text in self.headings if level == 1), "")

    def faults(self) -> list[str]:
        """Everything wrong with the page, one sentence each; empty where nothing is."""
        found = list(self._heading_faults())
        if self.lang not in ("nl", "en"):
            found.append(f"<html lang> is {self.lang!r}, not nl or en")
        if not self.title.replace("· caseflow", "").strip():
            found.append("the title names no kind of page")
        if self.mains != 1:
            found.append(f"{self.mains} <main> instead of 1")
        found += [f"id {name!r} occurs {n} times" for name, n in self.ids.items() if n > 1]
        found += [
            f"{name} points to no id {to!r}" for name, to in self.references if to not in self.ids
        ]
        found += [f"{c.described} has no label" for c in self.controls if not self._labelled(c)]
        found += [
            f"the form to {form.action!r} sends no csrf_token"
            for form in self.forms
            if form.method == "post" and "csrf_token" not in form.names
        ]
        if self.images_without_alt:
            found.append(f"{self.images_without_alt} <img> without alt")
        found += [f"inline code: {what}" for what in self.inline_code]
        return found

    def _heading_faults(self) -> list[str]:
        levels = [level for level, _ in self.headings]
        found = [] if levels.count(1) == 1 else [f"{levels.count(1)} headings of level 1, not 1"]
        for before, after in pairwise(levels):
            if after > before + 1:
                found.append(f"heading level jumps from {before} to {after}")
        found += [f"an empty heading of level {n}" for n, text in self.headings if not text.strip()]
        return found

    def _labelled(self, control: Control) -> bool:
        attributes = control.attributes
        return (
            control.inside_label
            or bool(attributes.get("aria-label") or attributes.get("aria-labelledby"))
            or attributes.get("id") in self.label_targets
        )


def parse_page(html: str) -> ParsedPage:
    """Reads a page and fails with the list of its faults; for the Flask test client."""
    page = ParsedPage(html)
    faults = page.faults()
    assert not faults, "\n".join(faults)
    return page
