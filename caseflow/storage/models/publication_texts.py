"""What a programme says of its publication, and the digests of the reports as they were frozen.

Until a publication is frozen the words lie in a vault (`GovernanceWords`): somebody may have typed a name.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped

from caseflow.domain.purposes import Purpose
from caseflow.domain.redaction import Compartment
from caseflow.storage.models.bases import CaseworkBase, Instant, kept

PUBLICATION = Compartment.PUBLICATION
FIGURES, ACCOUNTABILITY = Purpose.FIGURES, Purpose.ACCOUNTABILITY


class PublicationText(CaseworkBase):
    """The text of one publication: where its words lie, what was answered about them, and, once frozen, the words."""

    __tablename__ = "publication_texts"

    publication_id: Mapped[str] = kept(
        PUBLICATION, ACCOUNTABILITY, ForeignKey("publications.id"), primary_key=True
    )
    organisation: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(64))
    """In whose vault the words lie."""
    words_id: Mapped[str | None] = kept(PUBLICATION, ACCOUNTABILITY, String(36), nullable=True)
    """The row of that vault that counts, and so the version of the text; None where it was taken away."""
    written_by: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))
    written_at: Mapped[datetime] = kept(PUBLICATION, ACCOUNTABILITY, Instant)
    verdict: Mapped[str | None] = kept(PUBLICATION, ACCOUNTABILITY, String(8), nullable=True)
    """What was answered about this version: clear, ask, or allowed by the privacy officer."""
    judged_by: Mapped[str | None] = kept(PUBLICATION, ACCOUNTABILITY, String(36), nullable=True)
    answered: Mapped[int] = kept(PUBLICATION, ACCOUNTABILITY, Integer, default=0)
    """How many different texts of this publication were compared with what vaults hold."""
    words_nl: Mapped[str | None] = kept(PUBLICATION, FIGURES, Text, nullable=True)
    words_en: Mapped[str | None] = kept(PUBLICATION, FIGURES, Text, nullable=True)
    change_id: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))

    __table_args__ = (
        CheckConstraint("verdict IN ('clear', 'ask', 'allowed')", name="verdict"),
        CheckConstraint("(verdict IS 'allowed') = (judged_by IS NOT NULL)", name="judged_by"),
    )


class PublicationReport(CaseworkBase):
    """The digest of a report as it was when its publication was frozen, by language."""

    __tablename__ = "publication_reports"

    publication_id: Mapped[str] = kept(
        PUBLICATION, ACCOUNTABILITY, ForeignKey("publications.id"), primary_key=True
    )
    language: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(8), primary_key=True)
    sha256: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(64))
    change_id: Mapped[str] = kept(PUBLICATION, ACCOUNTABILITY, String(36))
