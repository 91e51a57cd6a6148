"""Short words for what an entry of the log says: the relation, the purpose, how it ended, where it came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from caseflow.domain.access import Relation
from caseflow.domain.glass import PURPOSE_NAMES
from caseflow.domain.look_purposes import REVIEW_PURPOSES
from caseflow.domain.messages import N_, Message

RELATION_WORDS: Final[Mapping[str, Message]] = {
    Relation.CASE_TEAM: N_("case team"),
    Relation.LEADS_TEAM: N_("leads the team"),
    Relation.ON_DUTY: N_("on duty"),
    Relation.REFERRED: N_("referred"),
    Relation.ACCOMPANYING: N_("accompanies the client"),
    Relation.INTAKE_DESK: N_("own application"),
    Relation.PLACES: N_("gives beds"),
    Relation.SHELTERS: N_("shelters a client of another organisation"),
    Relation.HOUSES: N_("bed at a site of the organisation"),
    Relation.OWN_SITE: N_("own site"),
    Relation.OWN_SITE_TONIGHT: N_("own site tonight"),
    Relation.BEDSIDE: N_("sleeps here tonight"),
    Relation.TEAM: N_("same team"),
    Relation.BROKEN_GLASS: N_("broken glass"),
}

_OTHER_PURPOSES: Final[Mapping[str, Message]] = {
    # which list was looked at
    "mine": N_("own cases"),
    "duty": N_("cases of the shift"),
    "waiting": N_("waits for a decision"),
    "everyone": N_("all within reach"),
    "former": N_("former cases"),
    # what an act without a case is for
    "staff_accounts": N_("staff and rosters"),
    "figures": N_("figures"),
    "stay_limit": N_("end of a stay"),
    "shelter": N_("shelter"),
    "allowance": N_("paying out"),
    "oversight": N_("oversight"),
    "own_account": N_("own account"),
    "decision_sheet": N_("decision for the city"),
    "complaint": N_("complaint"),
    "demand": N_("demand of an authority"),
    "client_request": N_("request of a client"),
    "disclosure": N_("what leaves"),
}
PURPOSE_WORDS: Final[Mapping[str, Message]] = {
    **{one.value: words for one, words in PURPOSE_NAMES.items()},
    **REVIEW_PURPOSES,
    **_OTHER_PURPOSES,
    **{str(relation): words for relation, words in RELATION_WORDS.items()},
}
"""Every code that stands in an entry as its purpose; one that is not here stays readable as it is."""

RESULT_WORDS: Final[Mapping[str, Message]] = {
    "shown": N_("shown"),
    "done": N_("done"),
    "refused": N_("refused"),
    "failed": N_("failed"),
}
UNKNOWN_END: Final = N_("not known how it ended")

ACCESS_POINTS: Final[Mapping[str, Message]] = {
    "web": N_("browser"),
    "cli": N_("command"),
    "job": N_("job"),
}
ELSEWHERE: Final = N_("elsewhere")
BY_ITSELF: Final = N_("caseflow, by itself")


def access_point(kept: str) -> Message:
    """The kind of place an act came from; which session it was stays in the log."""
    return ACCESS_POINTS.get(kept.partition(":")[0], ELSEWHERE)


def purpose(kept: str) -> Message | None:
    """What a purpose is called; None where the act needed none."""
    if not kept:
        return None
    return PURPOSE_WORDS.get(kept) or Message("%(code)s", {"code": kept})


def result(kept: str | None, *, is_change: bool) -> Message | None:
    """How it ended; a change of which nobody told the end says so."""
    if kept is None:
        return UNKNOWN_END if is_change else None
    return RESULT_WORDS.get(kept)
