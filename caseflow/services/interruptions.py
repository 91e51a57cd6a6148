"""What can come between a colleague and a page, named for rooms that do not see a store."""

from typing import Final

from sqlalchemy.exc import OperationalError as StoreBusy
from sqlalchemy.orm.exc import StaleDataError as ChangedMeanwhile

from caseflow.domain.messages import N_
from caseflow.storage.changes import OutcomeUntold
from caseflow.storage.stores import VaultSealed

__all__ = ["UNTOLD", "ChangedMeanwhile", "OutcomeUntold", "StoreBusy", "VaultSealed"]

UNTOLD: Final = N_(
    "Your change was saved, but the log could not be closed. Tell your administrator."
)
"""What `OutcomeUntold` is told as, on a page and by a command: nobody should do it again."""
