"""What is installed is pinned, hashed and explained, and no file says where it comes from."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from tests.architecture.sources import PROJECT, Source, named
from tools import vendor

REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")
ADDRESS = re.compile(
    r"(?i)\b(?:https?|file|git|ssh)(?:\+\w+)?:|--(?:extra-)?index-url|--find-links|--trusted-host"
    r"|--no-index|^\s*-[if]\b|\bregistry\s*="
)
PINNED = re.compile(
    r"^([a-z0-9][a-z0-9._-]*)==(\S+)(?: ; [^\\]+)?((?:\s*\\\n\s+--hash=\S+)*)", re.M
)
SHA256 = re.compile(r"--hash=sha256:[0-9a-f]{64}\Z")


def addresses(source: Source) -> list[str]:
    """The lines that say where packages come from; each installation keeps its own index."""
    lines = source.text.splitlines()
    return [f"{source.name}:{n}" for n, line in enumerate(lines, 1) if ADDRESS.search(line)]


def unhashed(source: Source) -> list[str]:
    """The requirements that are not pinned to one version with at least one SHA-256 hash."""
    wrong = []
    wanted = [
        line.split()[0]
        for line in source.text.splitlines()
        if line and not line.startswith((" ", "#"))
    ]
    hashes = {
        f"{name}=={version}": found.split() for name, version, found in PINNED.findall(source.text)
    }
    for requirement in wanted:
        found = [one for one in hashes.get(requirement, []) if one != "\\"]
        if not found or not all(SHA256.match(one) for one in found):
            wrong.append(requirement)
    return wrong


def unlocked(lock: str) -> list[str]:
    """The locked front-end packages without an integrity digest, or with a download address."""
    packages = json.loads(lock)["packages"]
    return [
        name
        for name, entry in packages.items()
        if name and ("resolved" in entry or not entry.get("integrity", "").startswith("sha512-"))
    ]


@pytest.mark.parametrize(
    "name", [*REQUIREMENTS, "requirements.in", "requirements-dev.in", ".npmrc", "package.json"]
)
def test_no_package_list_says_where_packages_come_from(name: str) -> None:
    assert addresses(named(name)) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.org/simple",
        "--extra-index-url x",
        "--find-links wheels",
        "-f wheels",
        "-i x",
        "a @ git+ssh://example.org/a",
        "a @ file:///a.whl",
        "--trusted-host x",
        "registry=x",
    ],
)
def test_an_address_in_a_package_list_is_found(line: str) -> None:
    assert addresses(Source("requirements.txt", f"# first\n{line}\n")) == ["requirements.txt:2"]


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_python_package_is_pinned_and_hashed(name: str) -> None:
    assert len(PINNED.findall(named(name).text)) > 20
    assert unhashed(named(name)) == []


@pytest.mark.parametrize(
    "text",
    [
        "flask==3.1.3\n",
        "flask>=3\n",
        "flask==3.1.3 \\\n    --hash=sha256:abc\n",
        f"flask==3.1.3 \\\n    --hash=md5:{'a' * 64}\n",
    ],
)
def test_a_package_without_a_good_hash_is_found(text: str) -> None:
    assert len(unhashed(Source("requirements.txt", text))) == 1


def test_every_front_end_package_is_locked_by_content_and_not_by_address() -> None:
    lock = named("package-lock.json").text

    assert unlocked(lock) == []
    assert "http" not in re.sub(r'"(?:url|homepage)": "[^"]*"', "", lock)


def test_a_front_end_package_with_an_address_or_without_a_digest_is_found() -> None:
    packages = {"": {}, "a": {"integrity": "sha512-x", "resolved": "y"}, "b": {"version": "1"}}

    assert unlocked(json.dumps({"packages": packages})) == ["a", "b"]


def test_front_end_versions_are_exact() -> None:
    described = json.loads(named("package.json").text)
    wanted = described["dependencies"] | described["devDependencies"]

    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())


@pytest.mark.parametrize("listed", ["requirements", "requirements-dev"])
def test_the_compiled_requirements_belong_to_what_is_asked_for(listed: str) -> None:
    asked = re.findall(r"^[a-z0-9][^\s#]*", named(f"{listed}.in").text, re.MULTILINE)
    pinned = {
        f"{name}=={version}" for name, version, _ in PINNED.findall(named(f"{listed}.txt").text)
    }

    assert len(asked) >= 8
    assert set(asked) <= pinned


def test_every_package_that_is_asked_for_has_its_reason_on_the_decision_page() -> None:
    page = named("docs/decisions/0030-libraries.md").text
    described = json.loads(named("package.json").text)
    asked = set(described["dependencies"]) | set(described["devDependencies"])
    for listed in ("requirements.in", "requirements-dev.in"):
        asked |= set(re.findall(r"^([a-z0-9][\w.-]*)==", named(listed).text, re.MULTILINE))

    assert {name for name in asked if f"| {name} |" not in page} == set()


def test_served_front_end_files_are_the_reviewed_ones() -> None:
    static = PROJECT / "caseflow" / "static"

    assert vendor.differences(static / "vendor", static / "vendor-manifest.json") == []


def test_a_front_end_file_that_was_changed_is_named(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    reviewed = {name: hashlib.sha256(b"reviewed").hexdigest() for name in ("a.js", "b.js", "c.js")}
    manifest.write_text(json.dumps({"sha256": reviewed}), "utf-8")
    (tmp_path / "a.js").write_bytes(b"reviewed")
    (tmp_path / "b.js").write_bytes(b"changed")

    assert vendor.differences(tmp_path, manifest) == ["b.js", "c.js"]


def test_the_theme_keeps_our_properties_and_what_they_refer_to_and_no_others() -> None:
    theme = (
        "/* made */\n.voorbeeld-theme {\n"
        "  --utrecht-button-color: var(--rhc-blue);\n"
        "  --rhc-blue: var(--lux-base); /* [code-only] */\n"
        "  --lux-base: #00f;\n"
        "  --denhaag-tabs-width: 100%;\n"
        "}\n"
    )

    selected = vendor.selected_theme(theme)

    assert "--utrecht-button-color: var(--rhc-blue);" in selected
    assert "--lux-base: #00f;" in selected
    assert "denhaag" not in selected
    assert "EUPL-1.2" in selected


@pytest.mark.parametrize("theme", ["a {\n}\nb {\n}\n", "a {\n  color: red;\n}\n", ""])
def test_a_theme_of_another_form_is_refused_rather_than_cut_wrongly(theme: str) -> None:
    with pytest.raises(vendor.VendorRefused):
        vendor.selected_theme(theme)
