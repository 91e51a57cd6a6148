"""What is kept and why, how long, and to whom it can ever go: read from the schema and from configuration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseflow.domain.messages import N_, Message
from caseflow.domain.norms import Norm
from caseflow.domain.policies import COMPARTMENT_NORMS
from caseflow.domain.policy_lines import Cell, Line, PolicyTable, Section, Words, norms
from caseflow.domain.policy_words import COMPARTMENTS, PURPOSES, joined
from caseflow.domain.purposes import Purpose
from caseflow.domain.recipients import (
    CLASSES,
    GUARDS,
    Recipient,
    RecipientClass,
    Tier,
    may_receive,
)
from caseflow.domain.redaction import Compartment
from caseflow.domain.retention import STARTS, Term

N = Norm
TO_BE_CONFIRMED: Final = N_("to be confirmed by a jurist")
STORES: Final[Mapping[str, Message]] = {
    "casework": N_("casework store, open while vaults are sealed"),
    "vault": N_("vault of the organisation that holds the case"),
    "cards": N_("store of emergency cards, open while vaults are sealed"),
    "audit": N_("store of the log"),
}
TIERS: Final[Mapping[Tier, Message]] = {
    Tier.TOLD: N_("told"),
    Tier.VITAL: N_("vital"),
}


@dataclass(frozen=True)
class StoredColumn:
    """One column of one store, with what it declares."""

    store: str
    table: str
    column: str
    compartment: Compartment
    purpose: Purpose


@dataclass(frozen=True)
class Swept:
    """What this version deletes by itself: ended sessions and invitations, attempts to sign in, presence by name."""

    sessions_days: int
    attempts_minutes: int
    presence_days: int


def confirmed(source: Words, is_confirmed: bool) -> Cell:
    """A source, and whether a jurist confirmed it."""
    return (source,) if is_confirmed else (source, TO_BE_CONFIRMED)


def leaving(recipients: Sequence[Recipient], on: date) -> Section:
    """In which tiers something can leave, to whom, and on which bases that hold today."""
    guards = tuple(
        Line(f"tier.{tier.value}", (_tier(tier), guard.people_told, guard.words), guard.norms)
        for tier, guard in GUARDS.items()
    )
    return Section(
        "leaving",
        N_("What leaves, and to whom"),
        N_("A disclosure is a record with recipient, basis and exact fields; nothing else leaves."),
        (
            PolicyTable("tiers", N_("Tiers"), (N_("Tier"), N_("Who decides"), N_("Guard")), guards),
            PolicyTable(
                "recipients",
                N_("Recipients, on %(day)s", day=on),
                (N_("Recipient"), N_("Class"), N_("Tier"), N_("Legal basis"), N_("Today")),
                tuple(_recipient(one, on) for one in recipients),
            ),
        ),
    )


def _tier(tier: Tier | None) -> Message:
    if tier is None:
        return N_("none")
    return TIERS.get(tier) or N_("tier %(number)s", number=tier.value)


def _recipient(one: Recipient, on: date) -> Line:
    bases: list[Words] = []
    for basis in one.bases:
        days = basis.validity
        if days.valid_to is not None:
            held = N_("from %(first)s to %(last)s", first=days.valid_from, last=days.valid_to)
        else:
            held = N_("from %(first)s", first=days.valid_from)
        told = N_("%(basis)s: %(days)s", basis=basis.label, days=held)
        if not basis.confirmed:
            told = N_("%(basis)s (%(confirmed)s)", basis=told, confirmed=TO_BE_CONFIRMED)
        bases.append(told)
    verdict = N_("possible, with the guard of its tier") if may_receive(one, on) else N_("refused")
    if one.kind is RecipientClass.ENFORCEMENT:
        verdict = N_("never")
    today: Cell = (verdict, one.note) if one.note is not None else verdict
    cells = (one.label, CLASSES[one.kind], _tier(one.tier), tuple(bases), today)
    return Line(f"recipient.{one.id}", cells, _recipient_norms(one))


def _recipient_norms(one: Recipient) -> tuple[Norm, ...]:
    if one.kind is RecipientClass.ENFORCEMENT:
        return norms((N.FW3, N.ECRI_16, N.UN_A_73_178))
    extra: tuple[Norm, ...] = (N.FW5,) if one.kind is RecipientClass.COOPERATION else ()
    demand: tuple[Norm, ...] = (N.FW7,) if one.tier is Tier.DEMAND else ()
    return norms((N.FW4, N.FW6, N.GDPR_6), extra, demand)


NOT_COLLECTED: Final[tuple[tuple[str, Message, tuple[Norm, ...]], ...]] = (
    ("bsn", N_("BSN"), (N.UAVG_46, N.GDPR_5_1_C)),
    ("photo", N_("photo, scan of identity papers"), (N.FW1, N.GDPR_5_1_C)),
    ("route", N_("route and fingerprints"), (N.FW1,)),
    ("nationality", N_("nationality, when a bed is given"), (N.FW1, N.FW2)),
    ("belief", N_("religion, sexuality, politics, the story of flight"), (N.GDPR_9,)),
    ("diagnosis", N_("diagnoses outside the emergency card"), (N.GDPR_9, N.UAVG_30)),
    ("offence", N_("offences as a ground for refusal"), (N.GDPR_10, N.UAVG_31)),
    ("employer", N_("employer, informal work"), (N.FW1, N.ECRI_16)),
    ("next-address", N_("address after leaving"), (N.FW10,)),
    ("third-names", N_("names of neighbours and interpreters"), (N.GDPR_5_1_C,)),
    ("staff-homes", N_("home addresses of colleagues"), (N.GDPR_5_1_C,)),
)


def kept(columns: Iterable[StoredColumn], terms: Sequence[Term]) -> Section:
    """Every stored column with its purpose and its store, by compartment; and what is not collected at all."""
    grouped: dict[Compartment, dict[tuple[str, Purpose, str], list[str]]] = {}
    for one in columns:
        place = grouped.setdefault(one.compartment, {})
        place.setdefault((one.store, one.purpose, one.table), []).append(one.column)
    tables = [
        _kept(compartment, grouped[compartment], terms)
        for compartment in Compartment
        if compartment in grouped
    ]
    absent = tuple(
        Line(f"not-collected.{name}", (words,), which) for name, words, which in NOT_COLLECTED
    )
    return Section(
        "kept",
        N_("What is kept, where and why"),
        N_(
            "Every stored column lies in one compartment and has a stated purpose; without both it cannot be stored."
        ),
        (
            PolicyTable("not-collected", N_("Not collected at all"), (N_("What"),), absent),
            *tables,
        ),
    )


def _kept(
    compartment: Compartment,
    places: Mapping[tuple[str, Purpose, str], Sequence[str]],
    terms: Sequence[Term],
) -> PolicyTable:
    order = list(Purpose)
    lines = tuple(
        Line(
            f"kept.{compartment.value}.{store}.{table}.{purpose.value}",
            (
                PURPOSES[purpose],
                STORES[store],
                f"{table}: {', '.join(places[store, purpose, table])}",
            ),
            norms((N.GDPR_5_1_B,), COMPARTMENT_NORMS[compartment]),
        )
        for store, purpose, table in sorted(
            places, key=lambda key: (key[0], order.index(key[1]), key[2])
        )
    )
    return PolicyTable(
        f"kept-{compartment.value}",
        COMPARTMENTS[compartment][0],
        (N_("Why"), N_("Where"), N_("Columns")),
        lines,
        note=tuple(term_in_words(term) for term in terms if compartment in term.compartments),
    )


def term_in_words(term: Term) -> Message:
    """A term in one phrase, such as *the file: 60 months, from the day on which the case ended*."""
    return N_(
        "%(what)s: %(length)s, %(start)s",
        what=term.what,
        length=term.length,
        start=STARTS[term.starts],
    )


def retained(terms: Sequence[Term], swept: Swept, erases: bool) -> Section:
    """How long each compartment is kept, from when and on which source; what is deleted by itself."""
    lines = tuple(
        Line(
            f"term.{term.id}",
            (
                term.what,
                joined([COMPARTMENTS[one][0] for one in term.compartments]),
                term.length,
                STARTS[term.starts],
                confirmed(term.source, term.confirmed),
            ),
            (N.GDPR_5_1_E, N.GDPR_17, N.FW10) if term.days else (N.GDPR_5_1_E, N.GDPR_17),
        )
        for term in terms
    )
    swept_lines = (
        Line(
            "swept.sessions",
            (N_("ended sessions and invitations"), N_("%(count)s days", count=swept.sessions_days)),
            (N.GDPR_5_1_E,),
        ),
        Line(
            "swept.attempts",
            (
                N_("counted attempts to sign in"),
                N_("%(count)s minutes", count=swept.attempts_minutes),
            ),
            (N.GDPR_5_1_E,),
        ),
        Line(
            "swept.presence",
            (
                N_("presence by name, once the count of its night is fixed"),
                N_("%(count)s days", count=swept.presence_days),
            ),
            (N.GDPR_5_1_E, N.FW10),
        ),
    )
    lead = (
        N_("Terms are proposals until a jurist has confirmed them.")
        if erases
        else N_(
            "Terms are proposals until a jurist has confirmed them. This version does not erase by term yet: "
            "who answers for the data keeps to them by hand."
        )
    )
    heads = (N_("What"), N_("Compartments"), N_("Term"), N_("From"), N_("Source"))
    return Section(
        "retention",
        N_("How long"),
        lead,
        (
            PolicyTable("terms", N_("Terms"), heads, lines),
            PolicyTable("swept", N_("Deleted by itself"), (N_("What"), N_("After")), swept_lines),
        ),
    )


def places_of(columns: Iterable[StoredColumn]) -> Mapping[Purpose, tuple[Compartment, ...]]:
    """The compartments in which something is stored for each purpose."""
    found: dict[Purpose, set[Compartment]] = {}
    for one in columns:
        found.setdefault(one.purpose, set()).add(one.compartment)
    return {
        purpose: tuple(one for one in Compartment if one in found[purpose])
        for purpose in Purpose
        if purpose in found
    }
