"""What the gate costs: quarterly publications of one growing programme, certified one after another.

Run: .venv/bin/python -m benchmarks.publications [--exits 150] [--quarters 12] [--json]. Prints the
processor seconds of every quarter, and of the last one over the first.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from datetime import date
from pathlib import Path

from caseflow.domain.calendar_months import months_after
from caseflow.domain.indicator_files import load_indicators
from caseflow.domain.publication_rules import load_publication_rules
from caseflow.domain.publications import PublicationDraft, prepare
from caseflow.domain.published_counts import PublishedCounts
from caseflow.domain.tallies import Tally

CONFIG = Path(__file__).parents[1] / "config"
PROGRAMME = "utrecht-bbb"
FIRST = date(2024, 1, 1)


def seconds(exits: int, quarters: int, seed: int) -> list[tuple[float, bool]]:
    """Processor seconds of every quarter, and whether it could be published."""
    indicators = load_indicators(CONFIG / "indicators.toml")
    rules = load_publication_rules(CONFIG / "publication.toml", indicators)
    drawn = random.Random(seed)
    zeros = rules.structural_zeros[PROGRAMME]
    outcomes = [min(c.outcomes, key=repr) for c in rules.categories if c.id not in zeros]
    weights = [drawn.paretovariate(0.7) for _ in outcomes]
    counted = Counter(drawn.choices(outcomes, weights, k=exits))
    earlier: list[PublishedCounts] = []
    found = []
    for quarter in range(quarters):
        if quarter:
            counted.update(drawn.choices(outcomes, weights, k=drawn.randint(8, 22)))
        as_of = months_after(FIRST, 3 * quarter)
        people = counted.total() + 40
        tallied = Tally(as_of, people, people, 40, 0, Counter(counted), 0, 0)
        start = time.process_time()
        draft = prepare(
            tallied,
            scope=PROGRAMME,
            members=(PROGRAMME,),
            today=as_of,
            rules=rules,
            indicators=indicators,
            earlier=earlier,
        )
        found.append((time.process_time() - start, isinstance(draft, PublicationDraft)))
        if isinstance(draft, PublicationDraft):
            earlier.append(draft.counts)
    return found


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--exits", type=int, default=150)
    asked.add_argument("--quarters", type=int, default=12)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    found = seconds(given.exits, given.quarters, given.seed)
    spent = [round(second, 2) for second, _ in found]
    figures = {
        "exits": given.exits,
        "seconds": spent,
        "published": sum(published for _, published in found),
        "all": round(sum(spent), 2),
        "last_over_first": round(found[-1][0] / found[0][0], 1),
    }
    print(json.dumps(figures) if given.json else "\n".join(f"{k}: {v}" for k, v in figures.items()))


if __name__ == "__main__":
    main()
