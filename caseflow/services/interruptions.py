"""What can come between a colleague and a page, named for rooms that do not see a store."""

import re
from typing import Final

from sqlalchemy.exc import OperationalError as StoreBusy
from sqlalchemy.orm.exc import StaleDataError as ChangedMeanwhile

from caseflow.domain.messages import N_
from caseflow.storage.changes import ONCE, DoneAlready, OutcomeUntold
from caseflow.storage.stores import VaultSealed

__all__ = [
    "DONE_ALREADY",
    "UNTOLD",
    "ChangedMeanwhile",
    "DoneAlready",
    "OutcomeUntold",
    "StoreBusy",
    "VaultSealed",
    "asked_by",
]

UNTOLD: Final = N_(
    "Your change was saved, but the log could not be closed. Tell your administrator."
)
"""What `OutcomeUntold` is told as, on a page and by a command: nobody should do it again."""
DONE_ALREADY: Final = N_("This was sent before and was kept then. Nothing was kept twice.")
FORM_ID: Final = re.compile(r"[0-9a-f]{32}")


def asked_by(form_id: str | None) -> None:
    """Says which form asks for the changes of this request; anything but a random id of ours is no form."""
    known = form_id is not None and FORM_ID.fullmatch(form_id) is not None
    ONCE.set(form_id if known else None)
