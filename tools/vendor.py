"""Which front-end files the pages are served, and whether they are the ones that were reviewed.

The packages come from npm by an exact lock file. Only the few files that a browser needs are copied
to ``caseflow/static/vendor``; their SHA-256 digests stand in ``vendor-manifest.json`` beside it, so
a file that was tampered with, or that differs on another machine, is refused by name. The fonts of
letters lie beside them in ``print``, as the plain font files that the engine of letters reads.

After a deliberate upgrade: ``python3 -m tools.vendor --accept`` and review the manifest's diff.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from pathlib import Path

from tools import woff

# The example theme also holds the tokens of other houses; our pages use none of those.
KEPT_PREFIXES = ("utrecht", "nl", "basis", "voorbeeld")

THEME = "@nl-design-system-unstable/voorbeeld-design-tokens"
COMPONENTS = "@utrecht/component-library-css"
FONT = "@fontsource/noto-sans"
ARABIC = "@fontsource/noto-sans-arabic"
ETHIOPIC = "@fontsource/noto-sans-ethiopic"
HTMX = "htmx.org"

COPIED = {
    "utrecht.css": f"{COMPONENTS}/dist/index.css",
    "htmx.min.js": f"{HTMX}/dist/htmx.min.js",
    **{
        name: f"{FONT}/files/{name}"
        for name in (
            "noto-sans-latin-400-normal.woff2",
            "noto-sans-latin-700-normal.woff2",
            "noto-sans-latin-ext-400-normal.woff2",
            "noto-sans-latin-ext-700-normal.woff2",
        )
    },
}

# One file per family and weight: an engine that finds two takes whichever it reads first.
PRINTED = {
    f"print/{name}-{weight}.ttf": (f"{package}/files/{source}-{weight}-normal.woff", family)
    for weight in (400, 700)
    for name, package, source, family in (
        ("noto-sans", FONT, "noto-sans-latin", None),
        ("noto-sans-extended", FONT, "noto-sans-latin-ext", "Noto Sans Extended"),
        ("noto-sans-arabic", ARABIC, "noto-sans-arabic-arabic", None),
        ("noto-sans-ethiopic", ETHIOPIC, "noto-sans-ethiopic-ethiopic", None),
    )
}

LICENCES = {
    COMPONENTS: "LICENSE.md",
    THEME: "LICENSE.md",
    FONT: "LICENSE",
    ARABIC: "LICENSE",
    ETHIOPIC: "LICENSE",
    HTMX: "LICENSE",
}

_DECLARATION = re.compile(r"^\s*--([a-z0-9]+)([\w-]*)\s*:", re.IGNORECASE)
_REFERENCE = re.compile(r"var\(\s*(--[\w-]+)")


class VendorRefused(Exception):
    """A front-end file is missing or is not the one that was reviewed."""


def selected_theme(source: str) -> str:
    """The theme with only the custom properties that our pages can use, and what those refer to.

    Raises VendorRefused where the style sheet no longer has the form that this selection
    understands: one block, one declaration a line.
    """
    lines = source.splitlines()
    opening = [number for number, line in enumerate(lines) if line.rstrip().endswith("{")]
    closing = [number for number, line in enumerate(lines) if line.strip() == "}"]
    if len(opening) != 1 or len(closing) != 1:
        raise VendorRefused("the theme is no longer one block; review tools/vendor.py")
    declarations: dict[str, str] = {}
    for line in lines[opening[0] + 1 : closing[0]]:
        if not line.strip():
            continue
        match = _DECLARATION.match(line)
        if match is None:
            raise VendorRefused(
                "the theme no longer has one declaration a line; review tools/vendor.py"
            )
        declarations[f"--{match[1]}{match[2]}"] = line.rstrip()

    kept: set[str] = set()
    waiting = [name for name in declarations if name[2:].split("-")[0] in KEPT_PREFIXES]
    while waiting:
        name = waiting.pop()
        if name in kept or name not in declarations:
            continue
        kept.add(name)
        waiting.extend(_REFERENCE.findall(declarations[name]))

    body = "\n".join(line for name, line in declarations.items() if name in kept)
    heading = (
        "/*\n"
        f" * A selection of {THEME}, licensed under the EUPL-1.2; see THIRD-PARTY.txt.\n"
        " * Properties of other themes are left out; the kept lines are unchanged.\n"
        " */\n"
    )
    return f"{heading}{lines[opening[0]].strip()}\n{body}\n}}\n"


def _notices(packages: Path) -> str:
    parts = [
        "Front-end packages that this program serves, unmodified unless said otherwise. The fonts in",
        "the folder print are those of the packages, unpacked; that of Latin Extended has another name.",
        "The source of each is its package of the same name and version in the npm registry.",
        "",
    ]
    for package, licence in sorted(LICENCES.items()):
        described = json.loads((packages / package / "package.json").read_text("utf-8"))
        text = (packages / package / licence).read_text("utf-8").strip()
        changed = " (a selection of its custom properties)" if package == THEME else ""
        title = (
            f"{package} {described['version']}{changed}: {described.get('license', 'see below')}"
        )
        parts += ["=" * 78, title, "=" * 78, "", text, ""]
    return "\n".join(parts) + "\n"


def built(packages: Path) -> dict[str, bytes]:
    """Every front-end file by its served name, made from the installed packages in ``packages``."""
    try:
        files = {name: (packages / source).read_bytes() for name, source in COPIED.items()}
        for printed, (packed, family) in PRINTED.items():
            files[printed] = woff.as_sfnt((packages / packed).read_bytes(), family)
        theme = (packages / THEME / "dist" / "theme.css").read_text("utf-8")
        files["theme.css"] = selected_theme(theme).encode("utf-8")
        files["THIRD-PARTY.txt"] = _notices(packages).encode("utf-8")
    except FileNotFoundError as missing:
        name = Path(missing.filename).relative_to(packages)
        raise VendorRefused(f"the front-end package file {name} is missing") from missing
    except woff.NotAFont as damaged:
        raise VendorRefused(f"a font cannot be unpacked: {damaged}") from damaged
    return files


def digests(files: dict[str, bytes]) -> dict[str, str]:
    """The SHA-256 digest of each file, by name."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())}


def reviewed(manifest: Path) -> dict[str, str]:
    """The digests that were reviewed and committed."""
    digest_by_name: dict[str, str] = json.loads(manifest.read_text("utf-8"))["sha256"]
    return digest_by_name


def differences(folder: Path, manifest: Path) -> list[str]:
    """The reviewed files that are missing from ``folder`` or differ there; none if all is well."""
    wrong = []
    for name, digest in reviewed(manifest).items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            wrong.append(name)
    return wrong


def install(packages: Path, folder: Path, manifest: Path) -> None:
    """Puts the reviewed files in ``folder``; writes nothing where one is not as reviewed."""
    files = built(packages)
    expected, found = reviewed(manifest), digests(files)
    wrong = sorted(
        name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name)
    )
    if wrong:
        raise VendorRefused(
            f"front-end files differ from the reviewed ones: {', '.join(wrong)}; "
            "review them, then accept them with: python3 -m tools.vendor --accept"
        )
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        unfinished = (folder / name).with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(content)
        unfinished.replace(folder / name)


def main(arguments: list[str]) -> int:
    """Checks the installed packages against the manifest; ``--accept`` rewrites it."""
    root = Path(__file__).resolve().parent.parent
    packages, static = root / "node_modules", root / "caseflow" / "static"
    manifest = static / "vendor-manifest.json"
    try:
        if arguments == ["--accept"]:
            reviewed_now = {"sha256": digests(built(packages))}
            manifest.write_text(json.dumps(reviewed_now, indent=2) + "\n", "utf-8")
        elif arguments:
            raise VendorRefused("usage: python3 -m tools.vendor [--accept]")
        install(packages, static / "vendor", manifest)
    except VendorRefused as refusal:
        print(refusal, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
