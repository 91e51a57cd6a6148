"""Who sees what, read aloud from the tables that decide.

Every line is made from the table that decides (`redaction`, `access`), never from a copy of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from caseflow.domain.access import (
    READS_AS,
    Permission,
)
from caseflow.domain.act_readers import clause_in_words
from caseflow.domain.actors import Role
from caseflow.domain.messages import N_, Message
from caseflow.domain.norms import Norm
from caseflow.domain.policy_lines import Line, PolicyTable, Section
from caseflow.domain.policy_words import (
    COMPARTMENTS,
    EXTENTS,
    PARTS,
    READERS,
    ROLE_NAMES,
    joined,
)
from caseflow.domain.redaction import (
    CLEAR,
    NEVER_BY_BREAKING_GLASS,
    ROLE_TABLE,
    Compartment,
    Extent,
    Part,
    Reader,
    Surface,
    vision,
)

A, C, N = Permission, Compartment, Norm
COMPARTMENT_NORMS: Final[Mapping[Compartment, tuple[Norm, ...]]] = {
    C.IDENTITY: (N.FW2, N.FW11, N.GDPR_5_1_C),
    C.CONTACT: (N.FW11, N.GDPR_5_1_C),
    C.IMMIGRATION: (N.FW1, N.FW3, N.UN_A_73_178),
    C.LAWYER_CORRESPONDENCE: (N.FW9,),
    C.LEGAL_NOTES: (N.FW9, N.FRA_2012),
    C.HEALTH: (N.FW9, N.GDPR_9, N.UAVG_30),
    C.EMERGENCY_CARD: (N.GDPR_9, N.UAVG_30),
    C.SAFETY: (N.GDPR_10, N.UAVG_31),
    C.SAFE_REPORTING: (N.FW8, N.FREE_IN_FREE_OUT),
    C.NOTES: (N.GDPR_9, N.GDPR_5_1_C),
    C.CASEWORK: (N.FW3, N.ECRI_16),
    C.SHELTER: (N.FW9, N.FW10, N.FRA_2012),
    C.MONEY: (N.GDPR_5_1_C,),
    C.SERVICES: (N.FW2,),
    C.PUBLICATION: (N.FW12, N.GDPR_89),
    C.AUDIT: (N.FW13, N.NEN_7513),
    C.CONSENT: (N.GDPR_6, N.GDPR_15),
    C.GOVERNANCE: (N.FW7, N.GDPR_5_2),
    C.ACCOUNTS: (N.GDPR_32,),
    C.OPERATIONS: (N.GDPR_5_1_C,),
}
"""The norms that a line about a compartment answers."""


@dataclass(frozen=True)
class Sighting:
    """What one reader sees of one compartment in lists, and in the opened file."""

    compartment: Compartment
    reader: Reader
    listed: frozenset[Part]
    opened: frozenset[Part]

    @property
    def words(self) -> Message | None:
        """The cell in words; None where the reader sees nothing."""
        if not self.opened and not self.listed:
            return None
        if self.listed == self.opened:
            return _parts(self.opened)
        if not self.listed:
            return N_("%(parts)s, once the file is opened", parts=_parts(self.opened))
        return N_(
            "%(listed)s in lists; %(opened)s once the file is opened",
            listed=_parts(self.listed),
            opened=_parts(self.opened),
        )


def sighting(compartment: Compartment, reader: Reader) -> Sighting:
    """What this reader sees of this compartment, as the gate answers it."""
    seen = {
        surface: vision([reader], surface).parts.get(compartment, frozenset())
        for surface in Surface
    }
    return Sighting(compartment, reader, seen[Surface.LIST], seen[Surface.OPENED])


def matrix() -> tuple[tuple[Compartment, tuple[Sighting, ...]], ...]:
    """Every compartment of which some reader of a case sees something, with a cell for each reader."""
    rows = tuple((one, tuple(sighting(one, reader) for reader in Reader)) for one in Compartment)
    return tuple(row for row in rows if any(cell.words for cell in row[1]))


def _parts(parts: frozenset[Part]) -> Message:
    return (
        N_("everything") if parts == CLEAR else joined([PARTS[one] for one in Part if one in parts])
    )


def sight() -> Section:
    """Who sees what of a case, and what a role sees that is of no single case."""
    return Section(
        "sight",
        N_("Who sees what"),
        N_(
            "A reader is somebody with a role in a relation to the case. Who is not named in a line sees "
            "nothing of it, and no sign that there is something."
        ),
        (_readers_table(), _roles_table(), _reads_as_table()),
    )


def _readers_table() -> PolicyTable:
    lines = []
    for compartment, cells in matrix():
        name, holds = COMPARTMENTS[compartment]
        seen = tuple(
            N_("%(reader)s: %(parts)s", reader=READERS[cell.reader], parts=cell.words)
            for cell in cells
            if cell.words
        )
        lines.append(
            Line(f"sight.{compartment.value}", (name, holds, seen), COMPARTMENT_NORMS[compartment])
        )
    return PolicyTable(
        "readers",
        N_("Of one case"),
        (N_("Compartment"), N_("What lies in it"), N_("Who sees what of it")),
        tuple(lines),
        note=(
            N_(
                "Breaking the glass never opens: %(compartments)s.",
                compartments=joined(
                    [COMPARTMENTS[one][0] for one in Compartment if one in NEVER_BY_BREAKING_GLASS]
                ),
            ),
        ),
    )


def _roles_table() -> PolicyTable:
    lines = []
    for compartment, row in ROLE_TABLE.items():
        seen = tuple(
            N_(
                "%(reader)s: %(parts)s",
                reader=ROLE_NAMES[role],
                parts=joined([EXTENTS[one] for one in Extent if one in row[role]]),
            )
            for role in Role
            if row.get(role)
        )
        name, holds = COMPARTMENTS[compartment]
        lines.append(
            Line(
                f"role-sight.{compartment.value}",
                (name, holds, seen),
                COMPARTMENT_NORMS[compartment],
            )
        )
    return PolicyTable(
        "roles",
        N_("Of no single case: by role alone"),
        (N_("Compartment"), N_("What lies in it"), N_("Who sees what of it")),
        tuple(lines),
    )


def _reads_as_table() -> PolicyTable:
    lines = []
    for reader in Reader:
        clauses = tuple(
            clause_in_words(clause) for clause, one in READS_AS.items() if one is reader
        )
        lines.append(Line(f"reads-as.{reader.value}", (READERS[reader], clauses), (N.FW3, N.FW11)))
    return PolicyTable(
        "reads-as",
        N_("As whom somebody reads a case"),
        (N_("Reader"), N_("Role and relation")),
        tuple(lines),
    )
