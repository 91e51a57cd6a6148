"""What a programme says beside its figures: written by those who propose, read by those who approve, frozen with them.

Until then the words lie in a vault, for somebody may have typed a name. Whoever approves a publication approves its
text as well, and has it compared with what the vaults of the programme's organisations hold (`report_checks`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor, Role
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.labels import Label
from caseflow.domain.messages import N_
from caseflow.domain.report_texts import ANSWERS, ReportText, may_be_kept
from caseflow.services import figures, houses, report_checks
from caseflow.services.gatekeeping import still
from caseflow.services.houses import House
from caseflow.services.publication_views import (
    FROZEN,
    PREPARED,
    PROPOSED,
    REJECTED,
    PublicationView,
)
from caseflow.services.publications import APPROVERS, PROPOSERS, act_of, approvals_of, known
from caseflow.services.versions import Overtaken
from caseflow.storage import changes, dossiers
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.figures import Publication
from caseflow.storage.models.publication_texts import PublicationText
from caseflow.storage.models.vault import GovernanceWords
from caseflow.storage.stores import VaultSealed, vault_path

UNDER_WAY: Final = (PREPARED, PROPOSED, REJECTED)
CLEAR: Final = "clear"
ASK: Final = "ask"
ALLOWED: Final = "allowed"
NOT_UNDER_WAY: Final = Refused(N_("The text of this publication can no longer be changed."))
NO_VAULT: Final = Refused(
    N_("The text is kept in a vault until it is published, and your organisation has none.")
)
ENOUGH: Final = Refused(
    N_(
        "%(most)s texts of this publication were compared already. Publish it without a text, or ask the privacy "
        "officer about the one that stands.",
        most=ANSWERS,
    )
)
CHANGED: Final = Refused(N_("The text was changed meanwhile. Read it before you approve."))
OWN_TEXT: Final = Refused(N_("You wrote the text yourself. Somebody else has to approve it."))
ASK_THE_PRIVACY_OFFICER: Final = Refused(
    N_("Ask the privacy officer: the text may say something about a person.")
)
NOTHING_TO_JUDGE: Final = Refused(N_("This text does not wait for the privacy officer."))


@dataclass(frozen=True)
class TextView:
    """The text of a publication for one reader, and what they may do with it."""

    text: ReportText
    version: str
    """The text that was shown; an approval names it. Empty where there is none, or where it could not be read."""
    is_frozen: bool
    sealed_in: Label | None
    """The organisation in whose sealed vault the words lie."""
    waits_for: tuple[Label, ...]
    """Organisations whose vault is sealed, so that nothing can be compared."""
    verdict: str | None
    written_at: datetime | None
    may_write: Decision | None
    may_allow: Decision | None
    hinders: Refused | None
    """Why this reader cannot approve the publication with this text now, whatever else stands in the way."""


def seen(actor: Actor | None, publication: PublicationView) -> TextView | None:
    """The text as this reader of the publication may see it; None where there is nothing to see or to do.

    The look at the publication has been recorded by whoever asks.
    """
    house = houses.current()
    with house.stores.reading() as session:
        row = session.get(PublicationText, publication.id)
        if publication.state == FROZEN:
            text = (
                ReportText() if row is None else ReportText(row.words_nl or "", row.words_en or "")
            )
            return None if text.is_empty else _frozen(text)
        inside = () if actor is None else figures.scopes_of(actor, *PROPOSERS, *APPROVERS)
        if actor is None or publication.state not in UNDER_WAY or publication.scope not in inside:
            return None
        return _under_way(house, actor, publication, row)


def write(
    actor: Actor, publication_id: str, text: ReportText, version: str, now: datetime
) -> Refused | None:
    """Keeps a text, or takes it away where it is empty; approvals so far no longer count.

    `version` is the text that the writer had before them; where another one counts by now, `Overtaken`
    comes back with it. Raises `NotKnown`, and `VaultSealed` for the vault that keeps the words.
    """
    house = houses.current()
    row = known(actor, publication_id, Permission.PUBLICATION_TEXT_WRITE, *PROPOSERS)
    for words in (text.nl, text.en):
        fits = may_be_kept(words)
        if isinstance(fits, Refused):
            return fits
    organisation = _keeper(house, actor, row.scope)
    if organisation is None:
        return NO_VAULT
    languages = frozenset(one for one, words in (("nl", text.nl), ("en", text.en)) if words)
    act = act_of(
        "publication_text_written",
        actor,
        now,
        Permission.PUBLICATION_TEXT_WRITE,
        object_id=row.id,
        details={"languages": languages},
    )
    with changes.change(house.stores, act, vault=organisation) as work:
        still(work.casework, actor, Permission.PUBLICATION_TEXT_WRITE)
        kept = work.casework.get(PublicationText, publication_id)
        current = work.casework.get_one(Publication, publication_id)
        refusal = _may_be_changed(work.casework, current, kept, text, version, house)
        if refusal is not None:
            return work.refuse(refusal)
        for approval in approvals_of(work.casework, publication_id):
            work.casework.delete(approval)
        words_id = None if text.is_empty else new_id()
        if words_id is not None:
            work.vault.add(
                GovernanceWords(
                    id=words_id,
                    client_code=None,
                    about_id=publication_id,
                    words=text.plain,
                    recorded_at=now,
                    recorded_by=actor.user_id,
                    change_id=work.id,
                )
            )
        if kept is None:
            kept = PublicationText(publication_id=publication_id, answered=0)
            work.casework.add(kept)
        kept.organisation, kept.words_id = organisation, words_id
        kept.written_by, kept.written_at = actor.user_id, now
        kept.verdict = kept.judged_by = None
        kept.change_id = work.id
        return None


def allow(actor: Actor, publication_id: str, version: str, now: datetime) -> Refused | None:
    """The privacy officer has read a text that shares a word with a vault, and finds nobody in it. Raises `NotKnown`.

    They are not told which word either: they judge what everybody will read.
    """
    house = houses.current()
    row = known(actor, publication_id, Permission.PUBLICATION_TEXT_ALLOW, Role.PRIVACY_OFFICER)
    act = act_of(
        "publication_text_allowed",
        actor,
        now,
        Permission.PUBLICATION_TEXT_ALLOW,
        object_id=row.id,
    )
    with changes.change(house.stores, act) as work:
        still(work.casework, actor, Permission.PUBLICATION_TEXT_ALLOW)
        kept = work.casework.get(PublicationText, publication_id)
        current = work.casework.get_one(Publication, publication_id)
        if kept is None or kept.words_id is None or current.state not in UNDER_WAY:
            return work.refuse(NOTHING_TO_JUDGE)
        if kept.words_id != version:
            return work.refuse(CHANGED)
        judged = _may_judge(actor, kept)
        if isinstance(judged, Refused):
            return work.refuse(judged)
        kept.verdict, kept.judged_by = ALLOWED, actor.user_id
        return None


def _frozen(text: ReportText) -> TextView:
    return TextView(text, "", True, None, (), None, None, None, None, None)


def _under_way(
    house: House, actor: Actor, publication: PublicationView, row: PublicationText | None
) -> TextView:
    writes = may_at_all(Permission.PUBLICATION_TEXT_WRITE, actor.roles) and (
        publication.scope in figures.scopes_of(actor, *PROPOSERS)
    )
    judges = may_at_all(Permission.PUBLICATION_TEXT_ALLOW, actor.roles) and (
        publication.scope in figures.scopes_of(actor, Role.PRIVACY_OFFICER)
    )
    may_write: Decision | None = Allowed() if writes else None
    if row is None or row.words_id is None:
        return TextView(ReportText(), "", False, None, (), None, None, may_write, None, None)
    needed = waits_for(house, publication.scope, row)
    try:
        text, version, sealed_in = read_words(house, row), row.words_id, None
    except VaultSealed:
        text, version, sealed_in = ReportText(), "", _named(house, row.organisation)
    return TextView(
        text,
        version,
        False,
        sealed_in,
        needed,
        row.verdict,
        row.written_at,
        may_write,
        _may_judge(actor, row) if judges and row.verdict == ASK else None,
        hindrance(house, actor, publication.scope, row),
    )


def hindrance(house: House, actor: Actor, scope: str, row: PublicationText) -> Refused | None:
    """Why this colleague cannot approve with this text now: it is their own, or somebody else comes first."""
    if row.written_by == actor.user_id:
        return OWN_TEXT
    if row.verdict == ASK:
        return ASK_THE_PRIVACY_OFFICER
    sealed = waits_for(house, scope, row)
    if not sealed:
        return None
    return Refused(
        N_(
            "Wait until the vault of %(organisation)s is opened: the text is compared with it first.",
            organisation=sealed[0],
        )
    )


def _may_be_changed(
    session: Session,
    current: Publication,
    kept: PublicationText | None,
    text: ReportText,
    version: str,
    house: House,
) -> Refused | None:
    if current.state not in UNDER_WAY:
        return NOT_UNDER_WAY
    counts = (kept.words_id or "") if kept is not None else ""
    if counts != version:
        theirs = read_words(house, kept) if kept is not None and kept.words_id else ReportText()
        by = "" if kept is None else kept.written_by
        return Overtaken(
            N_("A colleague changed the text meanwhile. Both stand below."),
            seen=counts,
            by=dossiers.colleagues(session, [by]).get(by, (by, None))[0],
            at=None if kept is None else kept.written_at,
            theirs={"nl": theirs.nl, "en": theirs.en},
        )
    if kept is not None and not text.is_empty and kept.answered >= ANSWERS:
        return ENOUGH
    return None


def _may_judge(actor: Actor, row: PublicationText) -> Decision:
    if row.verdict != ASK:
        return NOTHING_TO_JUDGE
    return OWN_TEXT if row.written_by == actor.user_id else Allowed()


def _keeper(house: House, actor: Actor, scope: str) -> str | None:
    """In whose vault the words lie: the writer's own organisation's, else one that takes part in the programme."""
    catalogue = house.catalogue
    taking_part = {
        organisation
        for member in catalogue.members(scope)
        if member in catalogue.programmes
        for organisation in catalogue.programmes[member].organisations
    }
    wished = (actor.organisation, *sorted(taking_part))
    there = (one for one in wished if one and vault_path(house.settings.instance, one).exists())
    return next(there, None)


def read_words(house: House, row: PublicationText) -> ReportText:
    """The words that count, from the vault that keeps them. Raises `VaultSealed`."""
    with house.stores.reading_vault(row.organisation) as vault:
        return ReportText.of_plain(vault.get_one(GovernanceWords, row.words_id).words)


def waits_for(house: House, scope: str, row: PublicationText) -> tuple[Label, ...]:
    """The organisations whose vault has to be opened before the text can be compared and read."""
    needed = set(report_checks.sealed(house, scope))
    if not house.stores.is_unsealed(row.organisation):
        needed.add(row.organisation)
    return tuple(_named(house, one) for one in sorted(needed))


def _named(house: House, organisation: str) -> Label:
    known_as = house.catalogue.organisations.get(organisation)
    return known_as.name if known_as else Label(organisation, organisation)
