"""What can come between a colleague and a page, named for rooms that do not see a store."""

from sqlalchemy.exc import OperationalError as StoreBusy
from sqlalchemy.orm.exc import StaleDataError as ChangedMeanwhile

from caseflow.storage.stores import VaultSealed

__all__ = ["ChangedMeanwhile", "StoreBusy", "VaultSealed"]
