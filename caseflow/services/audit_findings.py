"""What a walk along the audit log and a kept checkpoint found, in sentences, for a command and a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from caseflow.domain.messages import N_, Message
from caseflow.services.audits import Comparison, Fault, Verdict

WITHOUT: Final = N_(
    "An end that was cut off, or an older copy that was put back, shows only against a line that was kept: "
    "audit verify --checkpoint LINE."
)
HOLDS: Final = N_("The checkpoint that was kept is in the log.")
NO_LINE: Final = N_("This is no line that audit checkpoint printed. Copy the whole line.")
FAULTS: Final[Mapping[Fault, Message]] = {
    Fault.FILE: N_(
        "Every entry follows from the one before, but pages of the file do not belong together. "
        "Keep this machine as it is and tell the privacy officer."
    ),
    Fault.SUBJECTS: N_(
        "The log has clients without an entry. Keep this machine as it is and tell the privacy officer."
    ),
    Fault.CHECKPOINTS: N_(
        "The log's own checkpoints are not those that its entries tell of. "
        "Keep this machine as it is and tell the privacy officer."
    ),
}
COMPARISONS: Final[Mapping[Comparison, Message]] = {
    Comparison.OTHER_INSTANCE: N_(
        "This checkpoint was made by another instance. Check which line belongs to this one."
    ),
    Comparison.ALTERED: N_(
        "This line is not as it was signed: it was changed, or not copied whole. Compare it with the one that was kept."
    ),
    Comparison.GONE: N_(
        "The log does not have the entry of the checkpoint that was kept: its end was cut off, or an older copy was "
        "put back. Keep this machine as it is and tell the privacy officer."
    ),
    Comparison.DIFFERENT: N_(
        "The log has another entry in the place of the checkpoint that was kept: an older copy was put back and went "
        "on, or the log was written anew. "
        "Keep this machine as it is and tell the privacy officer."
    ),
}


def is_whole(verdict: Verdict, compared: Comparison | None) -> bool:
    """Whether nothing was found; a comparison that was not made finds nothing."""
    return verdict.sound and compared in (None, Comparison.HOLDS)


def sound(verdict: Verdict) -> Message:
    """What is said of a log in which nothing was found."""
    return N_("%(entries)s entries, each follows from the one before.", entries=verdict.entries)


def wrong(verdict: Verdict, compared: Comparison | None) -> tuple[Message, ...]:
    """Everything that is amiss, a sentence for each."""
    found = []
    if verdict.broken_at is not None:
        found.append(
            N_(
                "The log is broken at entry %(position)s. Keep this machine as it is and tell the privacy officer.",
                position=verdict.broken_at,
            )
        )
    if verdict.fault is not None:
        found.append(FAULTS[verdict.fault])
    if compared is not None and compared is not Comparison.HOLDS:
        found.append(COMPARISONS[compared])
    return tuple(found)
