"""What lies in the memory of a running process; root alone may read it."""

from __future__ import annotations

import re
from pathlib import Path


def found_in(process: int, wanted: dict[str, bytes]) -> set[str]:
    """Which of these stand in the memory of a process, as UTF-8 or in the wider forms of Python's strings."""
    forms = {
        name: {
            value,
            value.decode("latin-1").encode("utf-16-le"),
            value.decode("latin-1").encode("utf-32-le"),
        }
        for name, value in wanted.items()
    }
    found: set[str] = set()
    with Path(f"/proc/{process}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text("ascii").splitlines():
            start, end, rights = re.match(r"(\w+)-(\w+) (\S+)", line).groups()  # type: ignore[union-attr]
            code_of_a_file = "w" not in rights and "/" in line
            if "r" not in rights or code_of_a_file or line.endswith(("[vvar]", "[vsyscall]")):
                continue
            try:
                memory.seek(int(start, 16))
                held = memory.read(int(end, 16) - int(start, 16))
            except OSError:
                continue
            found |= {
                name for name, all_forms in forms.items() if any(f in held for f in all_forms)
            }
    return found
