"""Cumulative incidence with competing risks (Aalen–Johansen), by statsmodels; loaded when a curve is asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from caseflow.domain.incidences import Durations, Incidence, at_risk, day_of, observed
from caseflow.domain.tallies import STILL_IN


def incidence(durations: Durations, months: Iterable[int]) -> Incidence:
    """Answers with the share that left in each way within so many months, as far as anybody was observed.

    Everybody who is still in is censored on the cut-off; who moved to another city left in a way of their own. On a
    day on which some leave and others were last seen, those were still there.
    """
    causes = sorted((key for key in durations if key != STILL_IN and durations[key]), key=str)
    shown = observed(durations, months)
    if not causes or not shown:
        return Incidence(shown, {}, at_risk(durations, shown))
    # a second, and a hundred megabytes: only for whoever asks for a curve
    import numpy as np
    from statsmodels.duration.survfunc import CumIncidenceRight

    rows = [
        (float(day), status, float(count))
        for status, key in enumerate([STILL_IN, *causes])
        for day, count in durations.get(key, {}).items()
        if count
    ]
    days, statuses, counts = (np.array(column) for column in zip(*rows, strict=True))
    found = CumIncidenceRight(days, statuses.astype(int), freq_weights=counts)
    times = found.times.tolist()
    places = [bisect_right(times, day_of(one)) - 1 for one in shown]
    return Incidence(
        shown,
        {
            key: tuple(share[place] if place >= 0 else 0.0 for place in places)
            for key, share in zip(causes, (one.tolist() for one in found.cinc), strict=True)
        },
        at_risk(durations, shown),
    )
