"""Tables, one base per store. Every column names its compartment, part and purpose in `info`."""

from caseflow.storage.models import (
    accounts,
    audit,
    cards,
    cases,
    client_files,
    complaints,
    daily_services,
    facts,
    figures,
    formal_decisions,
    governance,
    operations,
    shelter,
    tasks,
    vault,
)
from caseflow.storage.models.bases import AuditBase, CardsBase, CaseworkBase, VaultBase

__all__ = [
    "AuditBase",
    "CardsBase",
    "CaseworkBase",
    "VaultBase",
    "accounts",
    "audit",
    "cards",
    "cases",
    "client_files",
    "complaints",
    "daily_services",
    "facts",
    "figures",
    "formal_decisions",
    "governance",
    "operations",
    "shelter",
    "tasks",
    "vault",
]
