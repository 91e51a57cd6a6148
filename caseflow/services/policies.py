"""The firewall report: the rules that decide, read aloud with what is stored and configured, and told to the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from importlib.util import find_spec
from typing import Any, Final

from sqlalchemy import func, select

from caseflow.domain import night_ledgers, policies, policy_acts, policy_duties, policy_registers
from caseflow.domain.access import Permission, may_at_all
from caseflow.domain.actors import Actor
from caseflow.domain.local_days import local
from caseflow.domain.policies import Sighting
from caseflow.domain.policy_acts import SiteDays
from caseflow.domain.policy_lines import Section
from caseflow.domain.policy_registers import StoredColumn, Swept
from caseflow.domain.redaction import Compartment, Reader
from caseflow.services import houses
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.sign_in_remains import KEPT_AFTER_ITS_END
from caseflow.services.throttling import HOUR
from caseflow.storage import audit_log
from caseflow.storage.audit_log import Act
from caseflow.storage.models import AuditBase, CardsBase, CaseworkBase, VaultBase
from caseflow.storage.models.shelter import Site
from caseflow.storage.relations import AWAITED_DAYS_AFTER, AWAITED_DAYS_BEFORE

STORES: Final = (
    ("casework", CaseworkBase),
    ("vault", VaultBase),
    ("cards", CardsBase),
    ("audit", AuditBase),
)
ERASES: Final = "caseflow.commands.erasures"
"""The module of the command that will erase by term; the report says so until it is there."""


@dataclass(frozen=True)
class PolicyReport:
    """The report on one day, and the table of readers once more as cells, for a page that has room."""

    on: date
    sections: tuple[Section, ...]
    matrix: tuple[tuple[Compartment, tuple[Sighting, ...]], ...]


def stored_columns() -> tuple[StoredColumn, ...]:
    """Every column of every store with what it declares: compartment and purpose."""
    return tuple(
        _declared(store, table.name, column)
        for store, base in STORES
        for table in base.metadata.sorted_tables
        for column in table.columns
    )


def _declared(store: str, table: str, column: Any) -> StoredColumn:
    info = column.info
    return StoredColumn(store, table, column.name, info["compartment"], info["purpose"])


def report(actor: Actor, now: datetime, form: str = "page") -> PolicyReport:
    """The rules of this installation today, the look told to the log first.

    `form` is how it is read: page, pdf, text or json. Raises `NotKnown` for who may not read it.
    """
    house = houses.current()
    _tell(house, actor, now, form)
    rules, on, columns = house.firewall, local(now).date(), stored_columns()
    organisations = [
        house.catalogue.organisations[one] for one in sorted(house.catalogue.organisations)
    ]
    sections = (
        policies.sight(),
        policy_acts.deeds(),
        policy_acts.standings(SiteDays(AWAITED_DAYS_BEFORE, AWAITED_DAYS_AFTER)),
        policy_acts.people(),
        policy_registers.leaving(rules.recipients, on),
        policy_registers.kept(columns, rules.terms),
        policy_registers.retained(
            rules.terms,
            Swept(
                KEPT_AFTER_ITS_END.days,
                int(HOUR.total_seconds() // 60),
                night_ledgers.kept_days(rules.terms),
            ),
            find_spec(ERASES) is not None,
        ),
        policy_duties.law(rules.processing, _sites(house)),
        policy_duties.register(
            organisations,
            house.catalogue.programmes.values(),
            columns,
            rules.terms,
            rules.recipients,
            rules.processing,
            on,
        ),
    )
    return PolicyReport(on, (*sections, policy_duties.answered(sections)), policies.matrix())


def seen(actor: Actor, reader: Reader, compartment: Compartment, now: datetime) -> Sighting:
    """What one reader sees of one compartment, told to the log. Raises `NotKnown` for who may not read it."""
    _tell(houses.current(), actor, now, "question")
    return policies.sighting(compartment, reader)


def _tell(house: House, actor: Actor, now: datetime, form: str) -> None:
    if not actor.is_command and not may_at_all(Permission.POLICY_VIEW, actor.roles):
        raise NotKnown()
    act = Act(
        "policy_viewed",
        actor,
        now,
        details={"form": form},
        permission=Permission.POLICY_VIEW.value,
        purpose="oversight",
        sensitivity="governance",
    )
    audit_log.tell(house.stores, act, result="shown")


def _sites(house: House) -> int:
    with house.stores.reading() as session:
        return session.scalar(select(func.count()).select_from(Site)) or 0
