"""What a campaign found goes to the terminal (`pytest -s`), from where it is copied to docs/measurements.md."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.campaigns.quarters import Findings, Removals

SHOWN = 20


def tell(line: str) -> None:
    """Writes one measured figure."""
    sys.stdout.write(f"\n{line}\n")
    sys.stdout.flush()


def tell_campaign(found: Findings) -> None:
    """Writes what a campaign over years of programmes counted."""
    spent = sorted(found.seconds)
    tell(
        f"programmes {found.programmes}, cut-offs {found.cut_offs}, published {found.published}; "
        f"with 100 exits or more {found.large}, outcome table in {found.share_with_table:.1%}; "
        f"printed counts {found.counts}, off by {found.error:.2f} on average; "
        f"oracle asked {found.asked}, too close {len(found.too_close)}; "
        f"certificates checked from the file {found.checked}, unsound {len(found.unsound)}; "
        f"a year takes {sum(spent) / len(spent):.1f} s on average, {spent[-1]:.0f} s at most, "
        f"{sum(spent):.0f} s in all"
    )
    for line in (*found.large_refused[:SHOWN], *found.too_close[:SHOWN], *found.unsound[:SHOWN]):
        tell(f"  {line}")


def tell_removals(found: Removals) -> None:
    """Writes what taking out one person changed."""
    tell(
        f"people taken out {found.people}: {found.changed / found.people:.1%} change a printed figure; "
        f"published on both sides {found.on_both_sides}, on neither {found.on_neither}, "
        f"on one alone by size {found.by_size}, by the gate {len(found.by_the_gate)}; "
        f"unsound {len(found.unsound)}; {found.seconds:.0f} s"
    )
    for line in (*found.by_the_gate[:SHOWN], *found.unsound[:SHOWN]):
        tell(f"  {line}")
