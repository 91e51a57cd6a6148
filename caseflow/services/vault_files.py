"""The vault file of an organisation: made with its key, brought up to date when it is opened."""

from __future__ import annotations

from sqlalchemy import exists, select

from caseflow.services.houses import House
from caseflow.storage import migrations
from caseflow.storage.models.operations import Change
from caseflow.storage.stores import vault_path


def ready(house: House, organisation: str, key: bytes) -> None:
    """Leaves a vault file that this key opens, at the newest revision.

    A file that is missing is made only where nothing was ever written to it: its key was made and the file was not
    (a crash between the two). One that held words must be restored. Raises `StoreRefused`.
    """
    path = vault_path(house.settings.instance, organisation)
    if not path.exists() and not _was_used(house, organisation):
        migrations.make("vault", path, key)
    migrations.migrate("vault", path, key)


def _was_used(house: House, organisation: str) -> bool:
    with house.stores.reading() as casework:
        return bool(casework.scalar(select(exists().where(Change.vault == organisation))))
