"""The digests of the reports of a frozen publication: by them a report is known as the one that was frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import select

from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.report_texts import LANGUAGES
from caseflow.publishing.reports import NotPrintable
from caseflow.services import houses, publication_reports, report_texts
from caseflow.services.gatekeeping import still
from caseflow.services.publication_datasets import Say
from caseflow.services.publication_views import FROZEN, PublicationView
from caseflow.services.publications import act_of
from caseflow.storage import changes
from caseflow.storage.models.publication_texts import PublicationReport

Tell = Callable[[str], Say]
"""Says sentences in a language, nl or en."""


def kept(publication_id: str) -> Mapping[str, str]:
    """The digests by language; empty before they were kept."""
    with houses.current().stores.reading() as session:
        wanted = select(PublicationReport).where(PublicationReport.publication_id == publication_id)
        return {row.language: row.sha256 for row in session.scalars(wanted)}


def keep(actor: Actor, publication: PublicationView, tell: Tell, now: datetime) -> None:
    """Keeps the digest of the report in each language, once and for ever; does nothing before it is frozen.

    A withdrawn one is digested without the note, as it was frozen. Where a sign cannot be printed, there is no report
    and no digest.
    """
    if publication.state != FROZEN or publication.withdrawn is not None or kept(publication.id):
        return
    text = report_texts.seen(actor, publication)
    said = None if text is None else text.text
    try:
        made = {
            one: hashlib.sha256(
                publication_reports.report(publication, tell(one), one, said)
            ).hexdigest()
            for one in LANGUAGES
        }
    except NotPrintable:
        return
    act = act_of(
        "publication_report_kept",
        actor,
        now,
        Permission.PUBLICATION_VIEW,
        object_id=publication.id,
        details={"languages": frozenset(LANGUAGES)},
    )
    with changes.change(houses.current().stores, act) as work:
        still(work.casework, actor, Permission.PUBLICATION_VIEW)
        for language, sha256 in made.items():
            if work.casework.get(PublicationReport, (publication.id, language)) is None:
                work.casework.add(
                    PublicationReport(
                        publication_id=publication.id,
                        language=language,
                        sha256=sha256,
                        change_id=work.id,
                    )
                )
