"""Interpreters, of whom the number at the agency is kept and never a name (the firewall, §2)."""

from __future__ import annotations

import re
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_

NUMBER: Final = re.compile(r"[A-Za-z]{0,3}[ -]?\d{1,8}")


def may_be_kept(number: str | None) -> Decision:
    """Answers whether this is the number of an interpreter, or nothing; a name is neither."""
    if number and NUMBER.fullmatch(number) is None:
        return Refused(
            N_("Enter the number of the interpreter, such as 4711 or TV 4711. Names are not kept.")
        )
    return Allowed()
