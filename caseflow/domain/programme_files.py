"""Reads `config/programmes/<id>.toml` into a programme or a group, naming all that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import TypeVar

from caseflow.domain.agreements import STANDING_CLASSES
from caseflow.domain.beds_kept import BedsKept
from caseflow.domain.configuration_tables import UNREAD, ConfigurationTable
from caseflow.domain.messages import N_
from caseflow.domain.outcomes import Outcome, SolutionDefinition
from caseflow.domain.programmes import (
    Capacity,
    CriteriaVersion,
    Criterion,
    CriterionKind,
    DatedStayLimit,
    Decider,
    Framework,
    FunderShare,
    Group,
    Offer,
    Programme,
    ProgrammeKind,
    ProposalKind,
    Source,
    SourceMark,
    Stage,
    Step,
    Words,
)
from caseflow.domain.recipients import RecipientClass
from caseflow.domain.stay_limits import (
    AbsenceKind,
    MissingRule,
    ReentryRule,
    StartEvent,
    StayLimit,
    WeekendRule,
)
from caseflow.domain.validities import Dated

GROUP = "group"

D = TypeVar("D", bound=Dated)


def programme_or_group(table: ConfigurationTable) -> Programme | Group:
    """Answers with what a file describes; what is wrong is added to the problems of its table."""
    if table.says("kind", GROUP):
        return _group(table)
    return _programme(table)


def _group(table: ConfigurationTable) -> Group:
    group = Group(
        id=table.text("id"),
        name=table.label("name"),
        members=table.texts("members"),
        owner=table.text("owner"),
        validity=table.validity(),
        sources=_sources(table),
        public_publications=table.flag("public_publications", default=False),
    )
    if len(group.members) < 2:
        table.refuse("members", N_("must name at least two programmes"))
    table.close()
    return group


def _programme(table: ConfigurationTable) -> Programme:
    sources = _sources(table)
    known = frozenset(source.id for source in sources)
    keeper = table.text("keeper")
    programme = Programme(
        id=table.text("id"),
        kind=table.choice("kind", ProgrammeKind),
        name=table.label("name"),
        city=table.label("city"),
        words=_words(table),
        validity=table.validity(),
        sources=sources,
        frameworks=_dated(table, "frameworks", lambda one: _framework(one, known)),
        offers=frozenset(table.choices("offers", Offer)),
        stages=_stages(table),
        keeper=keeper,
        organisations=table.texts("organisations"),
        deciders=_deciders(table),
        stay_limits=_dated(table, "stay_limit", lambda one: _stay_limit(one, known)),
        capacities=_dated(table, "capacity", lambda one: _capacity(one, known)),
        criteria=_dated(table, "criteria", lambda one: _criteria(one, known)),
        steps=tuple(_step(one) for one in table.children("steps")),
        outcomes=table.choices("outcomes", Outcome) or tuple(Outcome),
        headline=table.choice("headline", SolutionDefinition, SolutionDefinition.WODC),
        follow_up_months=table.wholes("follow_up_months", default=(6, 12)),
        missing=MissingRule(
            table.whole("missing_after_nights") or MissingRule.nights,
            table.whole("missing_after_attempts") or MissingRule.attempts,
        ),
        beds_kept=_beds_kept(table),
        imports_only=table.flag("imports_only", default=False),
        identity_asked=table.flag("identity_asked", default=True),
        public_publications=table.flag("public_publications", default=False),
        objection_continues=table.flag("objection_continues", default=False),
        shelter_needs_agreement=_needed_agreements(table),
        demo=table.flag("demo", default=False),
    )
    table.close()
    return programme


def _needed_agreements(table: ConfigurationTable) -> frozenset[RecipientClass]:
    needed = table.choices("shelter_needs_agreement", RecipientClass)
    if not set(needed) <= set(STANDING_CLASSES):
        known = ", ".join(STANDING_CLASSES)
        table.refuse("shelter_needs_agreement", N_("can name these alone: %(known)s", known=known))
    return frozenset(needed)


def _sources(table: ConfigurationTable) -> tuple[Source, ...]:
    sources: list[Source] = []
    for one in table.children("sources", required=True):
        source = Source(one.text("id"), one.text("cite"), one.choice("mark", SourceMark))
        if source.id in {earlier.id for earlier in sources}:
            one.refuse("id", N_("is used twice: give each source its own id"))
        one.close()
        sources.append(source)
    return tuple(sources)


def _source_of(table: ConfigurationTable, known: frozenset[str]) -> str:
    source = table.text("source")
    if source and source not in known:
        table.refuse("source", N_("is not the id of one of the sources of this file"))
    return source


def _words(table: ConfigurationTable) -> Words:
    words = table.child("words", required=True)
    if words is None:
        return Words(UNREAD, UNREAD, UNREAD)
    found = Words(
        words.label("client"), words.label("case_manager"), words.label("voluntary_return")
    )
    words.close()
    return found


def _stages(table: ConfigurationTable) -> tuple[Stage, ...]:
    stages = table.choices("stages", Stage)
    for needed in (Stage.APPLICATION, Stage.CLOSED):
        if stages and needed not in stages:
            table.refuse("stages", N_("must name %(stage)s", stage=needed.value))
    return stages or tuple(Stage)


def _deciders(table: ConfigurationTable) -> MappingProxyType[ProposalKind, Decider]:
    deciders = table.child("deciders")
    if deciders is None:
        return MappingProxyType(dict.fromkeys(ProposalKind, Decider.TEAM_LEAD))
    chosen = {
        kind: deciders.choice(kind.value, Decider, Decider.TEAM_LEAD) for kind in ProposalKind
    }
    deciders.close()
    return MappingProxyType(chosen)


def _beds_kept(table: ConfigurationTable) -> BedsKept:
    nights = table.child("beds_kept")
    if nights is None:
        return BedsKept()
    found = {kind: nights.whole(kind.value) for kind in AbsenceKind}
    nights.close()
    return BedsKept({kind: count for kind, count in found.items() if count is not None})


def _framework(table: ConfigurationTable, known: frozenset[str]) -> Framework:
    return Framework(
        table.text("id"), table.label("name"), table.validity(), _source_of(table, known)
    )


def _stay_limit(table: ConfigurationTable, known: frozenset[str]) -> DatedStayLimit:
    repair = N_("must be a whole number of months above 0, or leave the key out for no limit")
    months = table.whole("months", repair=repair)
    limit = StayLimit(
        months=months,
        start_event=table.choice(
            "start_event", StartEvent, None if "months" in table else StartEvent.SHELTER
        ),
        weekend=table.choice("weekend", WeekendRule, WeekendRule.NONE),
        reentry=table.choice("reentry", ReentryRule, ReentryRule.CUMULATIVE),
        pauses=frozenset(table.choices("pauses", AbsenceKind)),
        near_months=table.whole("near_months") or 3,
    )
    return DatedStayLimit(limit, table.validity(required=False), _source_of(table, known))


def _capacity(table: ConfigurationTable, known: frozenset[str]) -> Capacity:
    problems_before = len(table.problems)
    shares: list[FunderShare] = []
    for one in table.children("shares"):
        shares.append(FunderShare(one.label("funder"), one.whole("places") or 0))
        if "places" not in one:
            one.refuse("places", N_("is missing: add it"))
        one.close()
    if "places" not in table:
        table.refuse("places", N_("is missing: add it"))
    capacity = Capacity(
        places=table.whole("places") or 0,
        validity=table.validity(),
        source=_source_of(table, known),
        shares=tuple(shares),
        site_limit=table.whole("site_limit"),
    )
    paid = sum(share.places for share in shares)
    if shares and paid != capacity.places and len(table.problems) == problems_before:
        table.refuse(
            "shares",
            N_(
                "add up to %(paid)s places, not to %(places)s: correct one of them",
                paid=paid,
                places=capacity.places,
            ),
        )
    return capacity


def _criteria(table: ConfigurationTable, known: frozenset[str]) -> CriteriaVersion:
    criteria: list[Criterion] = []
    for one in table.children("items", required=True):
        criterion = Criterion(
            one.text("id"),
            one.choice("kind", CriterionKind),
            one.label("label"),
            _source_of(one, known),
        )
        if criterion.id in {earlier.id for earlier in criteria}:
            one.refuse("id", N_("is used twice: give each criterion its own id"))
        one.close()
        criteria.append(criterion)
    return CriteriaVersion(table.text("version"), table.validity(), tuple(criteria))


def _step(table: ConfigurationTable) -> Step:
    step = Step(table.text("id"), table.label("name"))
    table.close()
    return step


def _dated(
    table: ConfigurationTable, key: str, read: Callable[[ConfigurationTable], D]
) -> tuple[D, ...]:
    """Reads the versions of a rule and refuses two that hold on the same day."""
    versions: list[D] = []
    for one in table.children(key):
        problems_before = len(table.problems)
        version = read(one)
        one.close()
        if len(table.problems) > problems_before:
            continue  # dates that could not be read say nothing about an overlap
        if _overlap(versions, version):
            one.refuse(
                "valid_from", N_("overlaps with an earlier entry: end that one the day before")
            )
        versions.append(version)
    return tuple(versions)


def _overlap(earlier: Sequence[D], version: D) -> bool:
    return any(one.validity.overlaps(version.validity) for one in earlier)
