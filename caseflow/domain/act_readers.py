"""Who may do an act, in words: one phrase for each clause of the policy."""

from __future__ import annotations

from caseflow.domain.access import CASE_PERMISSIONS, POLICY, Clause, Permission, Relation
from caseflow.domain.actors import Role
from caseflow.domain.messages import N_, Message
from caseflow.domain.policy_words import RELATIONS, ROLE_NAMES, joined


def clause_in_words(clause: Clause) -> Message:
    """One way to meet an act, such as *caseworker, on the case team*."""
    roles = [ROLE_NAMES[word] for word in Role if word in clause]
    relations = [RELATIONS[word] for word in Relation if word in clause]
    if not relations:
        return joined(roles)
    return N_("%(role)s (%(relation)s)", role=joined(roles), relation=joined(relations))


def who_may(permission: Permission) -> tuple[Message, ...]:
    """Who may do this, one phrase for each clause of the policy; every role at once is *every colleague*."""
    clauses = POLICY[permission]
    if {frozenset({role}) for role in Role} <= set(clauses):
        return (N_("every colleague"),)
    return tuple(clause_in_words(clause) for clause in clauses)


def with_a_case() -> tuple[Permission, ...]:
    """The acts that need a relation to one case, in the order of the policy."""
    return tuple(permission for permission in POLICY if permission in CASE_PERMISSIONS)


def without_a_case() -> tuple[Permission, ...]:
    """The acts that a role opens by itself, in the order of the policy."""
    return tuple(permission for permission in POLICY if permission not in CASE_PERMISSIONS)
