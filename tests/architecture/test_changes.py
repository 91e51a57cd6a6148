"""Every change of the services asks once more, inside it, whether its actor still may: a role may have ended since."""

from __future__ import annotations

import ast

from tests.architecture.sources import Source, python_in

ASKS = frozenset({"still", "still_manages", "present"})
ITS_OWN: dict[str, str] = {
    "gatekeeping.py": "is the gate: it reads appointments and relations anew",
    "own_accounts.py": "is about the actor's own account, which no role opens",
    "sessions.py": "is about the actor's own sessions, or ends them",
    "sign_ins.py": "comes before any role",
    "invitations.py": "comes before any role: the link is the key",
    "attentions.py": "is done by a job, or follows a glass that did not break, which nobody may prevent",
    "imports.py": "is a command",
    "sweeps.py": "is a job",
    "lapsed_holds.py": "is a job",
    "stay_alerts.py": "is a job",
    "suggesting.py": "is a job",
    "job_runs.py": "is a job",
    "night_ledgers.py": "is a job",
    "operations_sheets.py": "is a job",
    "sentinels.py": "is a job",
    "reminders.py": "is a job",
    "instances.py": "is a command",
}


def _opens_a_change(node: ast.With) -> bool:
    for item in node.items:
        call = item.context_expr
        if isinstance(call, ast.Call):
            called = call.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name == "change":
                return True
    return False


def _asks(node: ast.With) -> bool:
    calls = (one for one in ast.walk(node) if isinstance(one, ast.Call))
    names = (getattr(one.func, "attr", getattr(one.func, "id", "")) for one in calls)
    return any(name in ASKS for name in names)


def unasked(source: Source) -> list[str]:
    return [
        f"{source.name}:{node.lineno}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.With) and _opens_a_change(node) and not _asks(node)
    ]


def test_every_change_asks_again_whether_its_actor_may() -> None:
    found = [
        place
        for source in python_in("caseflow/services")
        if source.name.rsplit("/", 1)[1] not in ITS_OWN
        for place in unasked(source)
    ]
    assert found == [], (
        "begin the change with gatekeeping.still(work.casework, actor, Permission.…), "
        "so that a role which ended while the request ran counts no more"
    )


def test_a_change_that_does_not_ask_is_found() -> None:
    careless = "with changes.change(stores, act) as work:\n    work.casework.add(row)\n"
    careful = careless.replace("work.casework.add(row)", "still(work.casework, actor, P.X)")
    assert unasked(Source("caseflow/services/x.py", careless)) == ["caseflow/services/x.py:1"]
    assert unasked(Source("caseflow/services/x.py", careful)) == []
