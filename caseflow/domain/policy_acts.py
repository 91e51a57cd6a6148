"""Who does what, how somebody stands to a case and how long, and where two people act: read from the policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from caseflow.domain.access import (
    INTAKE_DESK_DAYS_AFTER_ASSIGNMENT,
    ROSTER_DAYS_AT_MOST,
    Permission,
    Relation,
)
from caseflow.domain.act_readers import who_may, with_a_case, without_a_case
from caseflow.domain.act_words import ACTS
from caseflow.domain.actors import OPENS_A_VAULT, Role
from caseflow.domain.functions import FUNCTIONS, NEVER_COMBINED
from caseflow.domain.glass import FOUR_HOURS
from caseflow.domain.messages import N_, Message
from caseflow.domain.norms import Norm
from caseflow.domain.policy_lines import Line, PolicyTable, Section, norms
from caseflow.domain.policy_words import RELATIONS, ROLE_NAMES, joined

A, N = Permission, Norm


def deeds() -> Section:
    """Who does what: each act of the policy with everybody to whom it is open."""

    def lines(permissions: tuple[Permission, ...]) -> tuple[Line, ...]:
        return tuple(
            Line(f"act.{one.value}", (ACTS[one].words, who_may(one)), ACTS[one].norms)
            for one in permissions
        )

    heads = (N_("Act"), N_("Who"))
    return Section(
        "acts",
        N_("Who does what"),
        N_(
            "An act is open to whoever meets one of its phrases in full; to everybody else it is not there."
        ),
        (
            PolicyTable("acts-of-a-case", N_("With one case"), heads, lines(with_a_case())),
            PolicyTable("acts-of-a-role", N_("By role alone"), heads, lines(without_a_case())),
        ),
    )


@dataclass(frozen=True)
class SiteDays:
    """Days around an arrival on which a site knows who is awaited; decided where relations are looked up."""

    before: int
    after: int


def _lasting(days: SiteDays) -> Mapping[Relation, Message]:
    around = N_(
        "from %(before)s days before arrival, until %(after)s days after it where nobody came; "
        "then while the stay lasts",
        before=days.before,
        after=days.after,
    )
    hours = int(FOUR_HOURS.total_seconds() // 3600)
    return {
        Relation.CASE_TEAM: N_(
            "from the day on which it was given until it is ended; a deputy between two days"
        ),
        Relation.TEAM: N_("as long as the case is with the team"),
        Relation.ON_DUTY: N_(
            "while the shift lasts, at most %(days)s days", days=ROSTER_DAYS_AT_MOST
        ),
        Relation.LEADS_TEAM: N_("as long as the case is with the team"),
        Relation.PLACES: N_("until the case has ended"),
        Relation.SHELTERS: N_("as long as the bed is held, booked or taken, or the case is shared"),
        Relation.HOUSES: around,
        Relation.OWN_SITE: around,
        Relation.OWN_SITE_TONIGHT: N_("the night of the stay"),
        Relation.INTAKE_DESK: N_(
            "until %(days)s days after the case was given to a team",
            days=INTAKE_DESK_DAYS_AFTER_ASSIGNMENT,
        ),
        Relation.REFERRED: N_("until the referral is ended"),
        Relation.ACCOMPANYING: N_(
            "the day of the appointment; no page of this version gives it yet"
        ),
        Relation.BROKEN_GLASS: N_("%(hours)s hours", hours=hours),
        Relation.BEDSIDE: N_("the night of the stay, for the emergency card alone"),
    }


def standings(days: SiteDays) -> Section:
    """How somebody comes to stand in a relation to a case, and how long it lasts."""
    lasting = _lasting(days)
    lines = tuple(
        Line(f"relation.{one.value}", (RELATIONS[one], lasting[one]), (N.FW11, N.GDPR_5_1_C))
        for one in Relation
    )
    none = Line(
        "relation.none",
        (N_("none"), N_("the case does not exist: the same answer as for no case")),
        (N.FW11,),
    )
    return Section(
        "relations",
        N_("Relations, and how long they last"),
        N_("A change counts from the next request. A restricted case has named readers only."),
        (
            PolicyTable(
                "relations-table", N_("Relations"), (N_("Relation"), N_("Lasts")), (*lines, none)
            ),
        ),
    )


def people() -> Section:
    """Acts that need two people, functions that were reviewed, and roles that are never combined."""
    functions = tuple(
        Line(
            f"function.{one.id}",
            (
                one.name,
                joined([ROLE_NAMES[role] for role in Role if role in one.roles]),
                one.reason,
            ),
            (N.GDPR_32, N.GDPR_5_1_C),
        )
        for one in FUNCTIONS.values()
    )
    never = tuple(
        Line(f"never.{role.value}", (ROLE_NAMES[role], reason), (N.GDPR_32, N.GDPR_38))
        for role, reason in NEVER_COMBINED.items()
    )
    return Section(
        "people",
        N_("Two people, and hats that do not go together"),
        N_("Nobody grants a role to themselves, approves their own request or reviews their own looks."),
        (
            PolicyTable(
                "two-people", N_("Acts that need two people"),
                (N_("Act"), N_("First"), N_("Second")), _second_persons(),
            ),
            PolicyTable(
                "functions", N_("Functions: roles that one colleague may hold together"),
                (N_("Function"), N_("Roles"), N_("Why it is harmless")), functions,
            ),
            PolicyTable(
                "never-combined", N_("Never combined with another role"),
                (N_("Role"), N_("Why")), never,
            ),
        ),
    )  # fmt: skip


def _second_persons() -> tuple[Line, ...]:
    pairs = (
        ("admission", N_("Admission"), A.ADMISSION_PROPOSE, A.ADMISSION_DECIDE),
        ("extension", N_("A longer stay"), A.EXTENSION_PROPOSE, A.EXTENSION_DECIDE),
        ("exit", N_("End of a case"), A.EXIT_PROPOSE, A.EXIT_DECIDE),
        (
            "publication",
            N_("A publication: two approvals beside who proposes"),
            A.PUBLICATION_PROPOSE,
            A.PUBLICATION_APPROVE,
        ),
        (
            "accountability-statement",
            N_("An accountability statement: two approvals beside who proposes"),
            A.STATEMENT_PROPOSE,
            A.STATEMENT_APPROVE,
        ),
        ("glass", N_("Breaking the glass, reviewed afterwards"), A.GLASS_BREAK, A.LOOKS_REVIEW),
        ("vault-role", _vault_roles(), A.ACCOUNTS_MANAGE, A.ROLE_SECOND),
    )
    return tuple(
        Line(
            f"two-people.{name}",
            (words, who_may(first), who_may(second)),
            norms(ACTS[first].norms, (N.GDPR_5_2,)),
        )
        for name, words, first, second in pairs
    )


def _vault_roles() -> Message:
    roles = joined([ROLE_NAMES[role] for role in Role if role in OPENS_A_VAULT])
    return N_("An appointment that opens a vault: %(roles)s", roles=roles)
