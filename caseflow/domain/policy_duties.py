"""The register of processing activities (GDPR art. 30), points of law that wait for an answer, the index of norms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from caseflow.domain.labels import Label
from caseflow.domain.messages import N_, Message
from caseflow.domain.norms import NORMS, Norm
from caseflow.domain.organisations import Organisation, ProtectionRole
from caseflow.domain.policy_lines import Cell, Line, PolicyTable, Section, Words, lines_of
from caseflow.domain.policy_registers import (
    StoredColumn,
    confirmed,
    places_of,
)
from caseflow.domain.policy_words import COMPARTMENTS, PURPOSES, joined
from caseflow.domain.programmes import Programme
from caseflow.domain.purposes import Purpose
from caseflow.domain.recipients import CLASSES, Recipient, may_receive
from caseflow.domain.redaction import Compartment
from caseflow.domain.registers import NIGHT_REGISTERS, ProcessingRules
from caseflow.domain.retention import Term

C, N = Compartment, Norm
_CLIENTS, _OTHERS, _COLLEAGUES = (
    N_("clients"),
    N_("people whom clients name, and third people in notes"),
    N_("colleagues"),
)
_ABOUT_COLLEAGUES: Final = frozenset({C.AUDIT, C.GOVERNANCE, C.ACCOUNTS, C.OPERATIONS, C.CASEWORK})
_ABOUT_OTHERS: Final = frozenset({C.CONTACT, C.NOTES, C.SAFETY, C.EMERGENCY_CARD})
_ABOUT_NO_CLIENT: Final = frozenset({C.ACCOUNTS, C.OPERATIONS, C.PUBLICATION, C.SERVICES})

MEASURES: Final[tuple[tuple[str, Message, str, tuple[Norm, ...]], ...]] = (
    (
        "encryption",
        N_("Every store is an encrypted file with a key of its own; keys lie under passphrases."),
        "tests/storage/test_raw_bytes.py",
        (N.FW16, N.GDPR_32),
    ),
    (
        "sealing",
        N_(
            "Each organisation has its own vault, sealed at start; sealing ends every process that held a key."
        ),
        "tests/services/test_sealing.py",
        (N.FW16, N.GDPR_32),
    ),
    (
        "log",
        N_(
            "Every look is told to a chained log before its page leaves; without the entry nothing is sent."
        ),
        "tests/storage/test_audit_log.py",
        (N.FW13, N.NEN_7513),
    ),
    (
        "alike",
        N_("Absent and forbidden get the same answer."),
        "tests/services/test_gatekeeping.py",
        (N.FW11, N.UN_A_73_178),
    ),
    (
        "closed",
        N_("Every page names what opens it; the program does not start with one that does not."),
        "tests/web/test_guards.py",
        (N.GDPR_25, N.FW3),
    ),
    (
        "code",
        N_("These tables are code and reviewed files; no page, form or command changes them."),
        "tests/web/test_policies.py",
        (N.FW15, N.ECRI_16),
    ),
    (
        "no-third-party",
        N_("No page calls anybody else: the browser is told to refuse it."),
        "tests/web/test_headers.py",
        (N.FW14, N.GDPR_44),
    ),
    (
        "sign-in",
        N_(
            "A password and a one-time code, counted attempts, sessions that end; a fresh code for weighty acts."
        ),
        "tests/web/test_sign_in.py",
        (N.GDPR_32,),
    ),
    (
        "figures",
        N_("Figures are rounded, attacked before they are issued, and never redrawn."),
        "tests/services/test_publications.py",
        (N.FW12, N.GDPR_89),
    ),
)
"""Security measures (GDPR art. 30(1)(g)), each with the test that proves it."""


def register(
    organisations: Sequence[Organisation],
    programmes: Iterable[Programme],
    columns: Sequence[StoredColumn],
    terms: Sequence[Term],
    recipients: Sequence[Recipient],
    rules: ProcessingRules,
    on: date,
) -> Section:
    """The register of processing activities: who answers, for what, about whom, how long and how secured."""
    programmes = tuple(programmes)
    controllers = tuple(_controller(one, organisations, programmes) for one in organisations)
    places = places_of(columns)
    receiving = _receiving(recipients, on)
    activities = tuple(
        _activity(purpose, places[purpose], terms, receiving, rules)
        for purpose in Purpose
        if purpose in places
    )
    measures = tuple(
        Line(f"measure.{name}", (words, proof), which) for name, words, proof, which in MEASURES
    )
    transfer = Line(
        "transfer.none", (N_("None: nothing is sent out of the European Economic Area, and nobody else is called."),),
        (N.GDPR_44, N.FW14),
    )  # fmt: skip
    return Section(
        "register",
        N_("Register of processing activities"),
        N_("As GDPR art. 30(1) asks, made from the stored columns and from configuration."),
        (
            PolicyTable(
                "controllers", N_("Who answers"),
                (N_("Organisation"), N_("Role"), N_("Together with"), N_("Contact for data protection"), N_("Vault")),
                controllers,
            ),
            PolicyTable(
                "activities", N_("Activities"),
                (N_("Purpose"), N_("About whom"), N_("Which data"), N_("Ground"), N_("Recipients"), N_("Erased")),
                activities,
            ),
            PolicyTable("transfers", N_("Transfers"), (N_("To third countries"),), (transfer,)),
            PolicyTable(
                "measures", N_("Security measures"), (N_("Measure"), N_("Proven by")), measures,
            ),
        ),
    )  # fmt: skip


def _controller(
    one: Organisation, organisations: Sequence[Organisation], programmes: Sequence[Programme]
) -> Line:
    shared = {
        other for each in programmes if one.id in each.organisations for other in each.organisations
    }
    joint = [other for other in organisations if other.id in shared - {one.id}]
    names = {other.id: other.name for other in organisations}
    role: Message = N_("controller")
    if one.role is ProtectionRole.PROCESSOR:
        role = N_("processor for %(name)s", name=names.get(one.processes_for or "", one.name))
    contact: Words = one.privacy_contact or N_(
        "not set: write privacy_contact in config/organisations/%(id)s.toml", id=one.id
    )
    cells: tuple[Cell, ...] = (
        one.name,
        role,
        labels_or_none([other.name for other in joint]),
        contact,
        N_("own vault") if one.has_vault else N_("no words about people"),
    )
    return Line(f"controller.{one.id}", cells, (N.GDPR_4, N.GDPR_26, N.GDPR_30, N.GDPR_38))


def _receiving(recipients: Sequence[Recipient], on: date) -> tuple[Words, ...]:
    """The categories of recipients that some basis carries on this day (GDPR art. 30(1)(d))."""
    possible = {one.kind for one in recipients if may_receive(one, on)}
    return tuple(words for kind, words in CLASSES.items() if kind in possible)


def _activity(
    purpose: Purpose,
    compartments: Sequence[Compartment],
    terms: Sequence[Term],
    receiving: tuple[Words, ...],
    rules: ProcessingRules,
) -> Line:
    activity = rules.activities[purpose]
    ground: tuple[Words, ...] = (activity.basis,)
    if activity.special is not None:
        ground = (*ground, activity.special)
    told = confirmed(ground[-1], activity.confirmed)
    ground = (*ground[:-1], *(told if isinstance(told, tuple) else (told,)))
    about_clients = set(compartments) - _ABOUT_NO_CLIENT
    erased = tuple(
        N_("%(what)s: %(length)s", what=one.what, length=one.length)
        for one in terms
        if set(one.compartments) & set(compartments)
    )
    cells: tuple[Cell, ...] = (
        PURPOSES[purpose],
        _about(compartments),
        joined([COMPARTMENTS[one][0] for one in compartments]),
        ground,
        labels_or_none(receiving if about_clients else ()),
        erased,
    )
    special = (N.GDPR_9,) if activity.special is not None else ()
    return Line(f"activity.{purpose.value}", cells, (N.GDPR_30, N.GDPR_5_1_B, N.GDPR_6, *special))


def labels_or_none(words: Sequence[Words]) -> Cell:
    """Recipients with commas between; a word for none."""
    return joined(words) if words else N_("nobody")


def _about(compartments: Sequence[Compartment]) -> Message:
    found = set(compartments)
    people = []
    if found - _ABOUT_NO_CLIENT:
        people.append(_CLIENTS)
    if found & _ABOUT_OTHERS:
        people.append(_OTHERS)
    if found & _ABOUT_COLLEAGUES:
        people.append(_COLLEAGUES)
    return joined(people) if people else N_("nobody")


def law(rules: ProcessingRules, sites: int) -> Section:
    """Points of law that configuration answers, or that nobody has decided yet; `sites` is how many sites there are."""
    crime: Message = (
        N_("not in force")
        if rules.stay_is_a_crime_from is None
        else N_("in force from %(day)s", day=rules.stay_is_a_crime_from)
    )
    stay = Line(
        "law.stay",
        (N_("Staying without papers is a crime"), crime, rules.stay_source),
        (N.GDPR_10, N.UAVG_31),
    )
    nights = tuple(
        Line(
            f"night-register.{one.site}",
            (
                N_("Night register of %(site)s", site=one.site),
                NIGHT_REGISTERS[one.model],
                (
                    N_("%(source)s (%(day)s)", source=one.source, day=one.decided_on),
                    *_inspected(one.inspected_by),
                ),
            ),
            (N.FW10, N.FRA_2012),
        )
        for one in rules.night_registers
    )
    undecided = max(0, sites - len(nights))
    rest: Mapping[bool, Message] = {
        True: N_("not decided for %(count)s sites", count=undecided),
        False: N_("decided for every site"),
    }
    others = Line(
        "night-register.others",
        (N_("Night register of other sites"), rest[undecided > 0], "config/register.toml"),
        (N.FW10, N.FRA_2012),
    )
    return Section(
        "law",
        N_("Points of law"),
        N_("What the law asks changes. It stands in configuration with its source, and nothing is assumed."),
        (
            PolicyTable(
                "points", N_("Points of law"),
                (N_("Point"), N_("Decided"), N_("Source")), (stay, *nights, others),
            ),
        ),
    )  # fmt: skip


def _inspected(by: Label | None) -> tuple[Message, ...]:
    """Who may inspect a night register, where the decision says so."""
    return () if by is None else (N_("Who may inspect it: %(who)s", who=by),)


def answered(sections: Sequence[Section]) -> Section:
    """Every norm, what it asks, and in which parts of the report lines answer it."""
    where: dict[Norm, dict[str, tuple[Section, int]]] = {}
    for section, _, line in lines_of(sections):
        for norm in line.norms:
            counted = where.setdefault(norm, {})
            _, count = counted.get(section.id, (section, 0))
            counted[section.id] = (section, count + 1)
    lines = tuple(
        Line(
            f"norm.{norm.value}",
            (
                text.name,
                text.asks,
                tuple(
                    N_("%(part)s: %(count)s lines", part=section.title, count=count)
                    for section, count in where.get(norm, {}).values()
                ),
            ),
            (norm,),
        )
        for norm, text in NORMS.items()
    )
    return Section(
        "norms",
        N_("Which norms are answered where"),
        N_("A norm without a line, and a line without a norm, stop the tests of this program."),
        (
            PolicyTable(
                "norms-table", N_("Norms"), (N_("Norm"), N_("Asks"), N_("Answered in")), lines
            ),
        ),
    )
