"""The years before: an invented caseload file of past episodes, which the demo imports like any other."""

from __future__ import annotations

import csv
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from caseflow.demos.cities import BBB, LVV
from caseflow.domain.caseload_files import AGE_BANDS, COLUMNS
from caseflow.domain.outcomes import Outcome, OutcomeBasis

EPISODES: Final = {LVV: 240, BBB: 150}
_SHARES: Final = {
    LVV: (
        ((Outcome.RESIDENCE_PERMIT, None), 16),
        ((Outcome.VOLUNTARY_RETURN, None), 10),
        ((Outcome.NATIONAL_RECEPTION, OutcomeBasis.REPEAT_ASYLUM_APPLICATION), 27),
        ((Outcome.NATIONAL_RECEPTION, OutcomeBasis.MEDICAL_DEFERRAL), 6),
        ((Outcome.ONWARD_MIGRATION, None), 5),
        ((Outcome.LEFT_DESTINATION_UNKNOWN, None), 19),
        ((Outcome.STAY_LIMIT_REACHED, None), 8),
        ((Outcome.ENDED_BY_PROGRAMME, OutcomeBasis.AGREEMENTS_NOT_MET), 5),
        ((Outcome.DETAINED, None), 2),
        ((Outcome.DUBLIN_TRANSFER, None), 2),
    ),
    BBB: (
        ((Outcome.RESIDENCE_PERMIT, None), 48),
        ((Outcome.VOLUNTARY_RETURN, None), 15),
        ((Outcome.NATIONAL_RECEPTION, OutcomeBasis.REPEAT_ASYLUM_APPLICATION), 20),
        ((Outcome.NATIONAL_RECEPTION, OutcomeBasis.MEDICAL_DEFERRAL), 5),
        ((Outcome.LEFT_DESTINATION_UNKNOWN, None), 8),
        ((Outcome.ENDED_BY_PROGRAMME, OutcomeBasis.AGREEMENTS_NOT_MET), 3),
        ((Outcome.OTHER, None), 1),
    ),
}


def write(file: Path, seed: int, last_exit: date) -> None:
    """Writes the file; every past episode had ended by `last_exit`."""
    dice = random.Random(f"caseflow past {seed}")
    with file.open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(COLUMNS)
        for programme, episodes in EPISODES.items():
            kinds = [kind for kind, _ in _SHARES[programme]]
            shares = [share for _, share in _SHARES[programme]]
            for number in range(episodes):
                exited = last_exit - timedelta(days=dice.randint(0, 5 * 365))
                entered = exited - timedelta(days=dice.randint(20, 540))
                outcome, basis = dice.choices(kinds, shares)[0]
                rows.writerow(
                    [
                        f"{programme}-{number:04}",
                        programme,
                        max(entered, date(2019, 1, 1)).isoformat(),
                        max(exited, date(2019, 1, 2)).isoformat(),
                        outcome.value,
                        basis.value if basis else "",
                        dice.choices(("man", "woman"), (78, 22))[0],
                        dice.choice(AGE_BANDS[1:5]),
                    ]
                )
