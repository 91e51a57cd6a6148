"""Peace in the house in the copy of a file: what colleagues do differently, time-outs, and one's own part in incidents.

Nobody else is in it: whom one is not placed with, and the words of an incident, concern others too. A warning that is
not safe to tell now is left out (GDPR art. 23, UAVG art. 41).
"""

from __future__ import annotations

from collections.abc import Iterator

from caseflow.domain.house_warnings import WARNING_NAMES, NotToldYet
from caseflow.domain.incidents import KIND_NAMES, ROLE_NAMES
from caseflow.domain.messages import N_
from caseflow.domain.redaction import Hidden
from caseflow.services.case_views import CaseView
from caseflow.web.formatting import said


def lines(case: CaseView) -> Iterator[str]:
    """What the copy says of it, in the language that is spoken while this runs."""
    if case.peace is None:
        return
    for one in case.peace.warnings:
        if not isinstance(one.told, Hidden) and one.told.not_yet is not NotToldYet.NOT_SAFE:
            yield said(
                N_(
                    "What colleagues do with you, until %(day)s: %(what)s",
                    day=one.until_on,
                    what=WARNING_NAMES[one.kind],
                )
            )
    for away in case.peace.time_outs:
        yield said(
            N_(
                "You do not come to a house from %(first)s; you may come back on %(day)s.",
                first=away.from_on,
                day=away.back_on,
            )
        )
    for incident in case.peace.incidents or ():
        yield said(
            N_(
                "Something happened on %(day)s (%(what)s); about you it says: %(role)s",
                day=incident.on,
                what=KIND_NAMES[incident.kind],
                role=ROLE_NAMES[incident.role],
            )
        )
