"""What officials were told exactly, as the gate takes it in: beside everything published, from the day it was issued.

An official who was told may read every publication too. So no publication is frozen, and no statement issued, that
would give somebody away to one of them; it stays with the certificates of publications that these hold nothing exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow.domain.accountability_statements import Told, beside, read_told
from caseflow.domain.certificates import certify
from caseflow.domain.published_counts import PublishedCounts
from caseflow.solvers.whole_tables import table_within
from caseflow.storage.models.funder_papers import AccountabilityStatement

ISSUED = "issued"
Known = Mapping[str, tuple[Told, ...]]
"""What officials were told, by programme."""


def told_in(session: Session) -> Known:
    """What any official was told so far; a grant that ended takes nothing back."""
    found: dict[str, tuple[Told, ...]] = {}
    rows = session.execute(
        select(AccountabilityStatement.programme, AccountabilityStatement.known)
        .where(AccountabilityStatement.state == ISSUED)
        .order_by(AccountabilityStatement.issued_at, AccountabilityStatement.id)
    )
    for programme, known in rows:
        found[programme] = tuple(dict.fromkeys((*found.get(programme, ()), *read_told(known))))
    return found


def fits_and_passes(
    published: Sequence[PublishedCounts], told: Sequence[Told]
) -> tuple[bool, bool]:
    """Whether publications of one programme fit with what officials were told, and withstand them all together."""
    found = certify(beside(published, told))
    return bool(found["fits"]), bool(found["passes"])


def withstands(published: Sequence[PublishedCounts], known: Known) -> bool:
    """Whether publications that hang together withstand an official who was told of one of the programmes.

    Where nobody was told anything there is nothing to ask.
    """
    scopes = {one.scope for one in published}
    if not scopes & set(known):
        return True
    if len(scopes) == 1:
        return fits_and_passes(published, known[published[0].scope])[1]
    together = [beside([one], known.get(one.scope, ()))[0] for one in published]
    return bool(certify(together, table_within)["passes"])
