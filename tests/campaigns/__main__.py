"""The campaigns by hand, in short samples or whole: what they print belongs into docs/measurements.md."""

from __future__ import annotations

import argparse
import time

from tests.campaigns.measured import tell, tell_campaign, tell_removals
from tests.campaigns.quarters import campaign, removals


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--programmes", type=int, default=200)
    asked.add_argument("--first", type=int, default=0)
    asked.add_argument("--removals", type=int, default=1_000)
    asked.add_argument("--workers", type=int, default=1)
    given = asked.parse_args()
    began = time.monotonic()
    if given.programmes:
        numbers = range(given.first, given.first + given.programmes)
        tell_campaign(campaign(numbers, given.workers))
    if given.removals:
        tell_removals(removals(range(given.removals // 5), 5, given.workers))
    tell(f"{time.monotonic() - began:.0f} s by the clock")


if __name__ == "__main__":
    main()
