"""Three decide on a demand, and silence towards the client is ordered and asked again (the firewall, §6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from caseflow.domain import demand_silences
from caseflow.domain import demands as rules
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.decisions import Refused
from caseflow.domain.demand_codes import Decider, Verdict
from caseflow.domain.demands import Voice
from caseflow.domain.disclosures import Field
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_
from caseflow.services import houses
from caseflow.services.demand_acts import ONE_OF_THESE, REASON, changing, write_words
from caseflow.services.demands import as_silence, facts, named, silences
from caseflow.storage import changes
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.demands import Demand, DemandDecision, DemandGrant, DemandSilence

WROTE: Final = Refused(N_("Enter the number or date code of the lawyer's letter, not a name."))
NOT_SILENT: Final = Refused(N_("No silence is ordered here."))


@dataclass(frozen=True)
class Said:
    """What one of the three decided; `why` in words goes into the vault."""

    verdict: Verdict
    fields: frozenset[Field] = field(default_factory=frozenset)
    """Used where a part is handed over; all that is named or nothing follows from the verdict."""
    why: str | None = None


def decide(actor: Actor, demand_id: str, said: Said, now: datetime) -> Refused | None:
    """Keeps what director or privacy officer decided, under their own account. Raises `NotKnown`, `VaultSealed`."""
    directs = may_at_all(Permission.DEMAND_RELEASE, actor.roles)
    decider = Decider.DIRECTOR if directs else Decider.PRIVACY_OFFICER
    today = local(now).date()
    return _decided(actor, Permission.DEMAND_DECIDE, demand_id, decider, said, (today, None), now)


def record_lawyer(
    actor: Actor, demand_id: str, said: Said, on: date, reference: str, now: datetime
) -> Refused | None:
    """Keeps what the outside lawyer wrote, with its date and reference; the lawyer has no account.

    Raises `NotKnown`, and `VaultSealed` where there are words.
    """
    if not rules.reference_fits(reference):
        return WROTE
    written = (on, reference)
    return _decided(actor, Permission.DEMAND_ASSESS, demand_id, Decider.LAWYER, said, written, now)


def keep_silent(
    actor: Actor, demand_id: str, ground: str, review_on: date, now: datetime
) -> Refused | None:
    """Orders silence towards the client until a review, or lets it last until a next one. Raises `NotKnown`."""
    if houses.current().demands.ground(ground) is None:
        return ONE_OF_THESE
    allowed = demand_silences.may_keep_silent(review_on, local(now).date())
    if isinstance(allowed, Refused):
        return allowed
    details = {"ground": ground, "review_on": review_on, "over": False}
    with changing(actor, Permission.DEMAND_ASSESS, "demand_silenced", demand_id, now, details) as (
        work,
        row,
    ):
        work.casework.add(_silence(work, row, ground, review_on))
    return None


def end_silence(actor: Actor, demand_id: str, now: datetime) -> Refused | None:
    """Ends silence after its review: from now on the client's own list says that somebody asked. Raises `NotKnown`."""
    details = {"ground": None, "review_on": None, "over": True}
    with changing(actor, Permission.DEMAND_ASSESS, "demand_silenced", demand_id, now, details) as (
        work,
        row,
    ):
        kept = silences(work.casework, [row.id]).get(row.id, [])
        if not demand_silences.is_silent(map(as_silence, kept)):
            return work.refuse(NOT_SILENT)
        work.casework.add(_silence(work, row, kept[-1].ground, None))
    return None


def _decided(
    actor: Actor, permission: Permission, demand_id: str, decider: Decider, said: Said,
    written: tuple[date, str | None], now: datetime,
) -> Refused | None:  # fmt: skip
    on, reference = written
    with houses.current().stores.reading() as session:
        fields = _let_go(said, named(session, demand_id))
    details = {
        "decider": decider.value, "verdict": said.verdict.value, "on": on, "fields": frozenset(fields),
    }  # fmt: skip
    with changing(
        actor, permission, "demand_decided", demand_id, now, details, words=bool(said.why)
    ) as (work, row):
        voice = Voice(decider, said.verdict, work.by, fields)
        allowed = rules.may_decide(facts(work.casework, row), voice, on, local(now).date())
        if isinstance(allowed, Refused):
            return work.refuse(allowed)
        decision_id = new_id()
        work.casework.add(
            DemandDecision(
                id=decision_id,
                demand_id=row.id,
                decider=decider.value,
                verdict=said.verdict.value,
                decided_on=on,
                reference=reference,
                recorded_by=work.by,
                recorded_at=work.at,
                change_id=work.id,
            )
        )
        work.casework.flush()
        work.casework.add_all(
            DemandGrant(decision_id=decision_id, demand_id=row.id, field=one, change_id=work.id)
            for one in sorted(fields)
        )
        row.fg_saw_at = None
        if said.why:
            write_words(work, row, REASON, said.why)
    return None


def _let_go(said: Said, all_named: Iterable[str]) -> frozenset[str]:
    """What may leave by this decision: all that is named, nothing, or the part that was chosen."""
    if said.verdict is Verdict.PARTLY:
        return frozenset(one.value for one in said.fields)
    return frozenset(all_named) if said.verdict is Verdict.COMPLY else frozenset()


def _silence(
    work: changes.Writing, row: Demand, ground: str, review_on: date | None
) -> DemandSilence:  # fmt: skip
    return DemandSilence(
        demand_id=row.id,
        ground=ground,
        is_over=review_on is None,
        review_on=review_on,
        recorded_by=work.by,
        recorded_at=work.at,
        change_id=work.id,
    )
