"""The project's own files, as the architecture tests read them."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """A file by its name inside the project, and its text."""

    name: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.name)

    @property
    def room(self) -> str:
        """The folder or file of ``caseflow`` that it belongs to, such as ``domain`` or ``cli``."""
        return self.name.split("/")[1].removesuffix(".py")

    @property
    def imports(self) -> list[tuple[int, str]]:
        """Every imported module with its line; ``from a import b`` counts as ``a`` and as ``a.b``."""
        found: list[tuple[int, str]] = []
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found += [(node.lineno, alias.name) for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                start = self._package(node.level) if node.level else ""
                module = ".".join(part for part in (start, node.module) if part)
                found.append((node.lineno, module))
                found += [(node.lineno, f"{module}.{alias.name}") for alias in node.names]
        return found

    def _package(self, level: int) -> str:
        return ".".join(self.name.removesuffix(".py").split("/")[:-level])


@cache
def texts() -> tuple[Source, ...]:
    """Every text file that is, or is about to be, under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        check=True,
    ).stdout
    found = []
    for name in sorted(set(listed.decode().split("\0")) - {""}):
        path = PROJECT / name
        if not path.is_file():
            continue
        content = path.read_bytes()
        if b"\0" not in content:
            found.append(Source(name, content.decode("utf-8")))
    assert len(found) > 50, "the list of files is not the project's"
    return tuple(found)


def python_in(*folders: str) -> list[Source]:
    """The Python files in these folders."""
    starts = tuple(f"{folder}/" for folder in folders)
    return [one for one in texts() if one.name.endswith(".py") and one.name.startswith(starts)]


def named(name: str) -> Source:
    """One file of the project by its name."""
    return Source(name, (PROJECT / name).read_text("utf-8"))
