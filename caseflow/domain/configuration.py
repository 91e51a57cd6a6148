"""What is wrong with a configuration file, where, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from caseflow.domain.messages import Message


@dataclass(frozen=True)
class ConfigurationProblem:
    """One thing to repair: the file, the key path in it, the line where the parser knows it."""

    file: str
    key_path: str
    repair: Message
    line: int | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.key_path, str(self.repair)) if part)


class ConfigurationRefused(Exception):
    """The program does not start on a configuration that says something it cannot mean."""

    def __init__(self, problems: Iterable[ConfigurationProblem]) -> None:
        self.problems: tuple[ConfigurationProblem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
