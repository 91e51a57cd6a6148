"""What the codes of internal figures are called on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from caseflow.domain.breakdowns import Dimension
from caseflow.domain.episodes import LimitStatus
from caseflow.domain.lengths_of_stay import STAY_BAND_NAMES
from caseflow.domain.messages import N_, Message
from caseflow.domain.outcomes import BASES_OF, BASIS_NAMES, OUTCOME_NAMES
from caseflow.web.case_words import AGE_BANDS, GENDERS

LIMIT_NAMES: Final[Mapping[str, Message]] = {
    LimitStatus.NO_LIMIT: N_("no longest stay"),
    LimitStatus.UNKNOWN: N_("not known"),
    LimitStatus.WITHIN: N_("within the longest stay"),
    LimitStatus.EXTENDED: N_("extended before the longest stay was reached"),
    LimitStatus.REACHED: N_("longest stay reached"),
    LimitStatus.REACHED_AND_EXTENDED: N_("longest stay reached, and extended"),
}
_OUTCOMES: Final[Mapping[str, Message]] = {
    **{outcome.value: name for outcome, name in OUTCOME_NAMES.items()},
    **{
        f"{outcome.value}:{basis.value}": N_(
            "%(outcome)s: %(ground)s", outcome=OUTCOME_NAMES[outcome], ground=BASIS_NAMES[basis]
        )
        for outcome, bases in BASES_OF.items()
        for basis in bases
    },
}
PART_NAMES: Final[Mapping[Dimension, Mapping[str, Message]]] = {
    Dimension.OUTCOME: _OUTCOMES,
    Dimension.GENDER: GENDERS,
    Dimension.AGE_BAND: AGE_BANDS,
    Dimension.STAY: {band.value: name for band, name in STAY_BAND_NAMES.items()},
    Dimension.LIMIT: LIMIT_NAMES,
}
"""Names of the rows of each table; a code without a name stays readable as it is."""

SPLIT_NAMES: Final[Mapping[tuple[str, Dimension], Message]] = {
    ("exits", Dimension.OUTCOME): N_("Exits by outcome and ground"),
    ("exits", Dimension.GENDER): N_("Exits by gender"),
    ("exits", Dimension.AGE_BAND): N_("Exits by age"),
    ("exits", Dimension.STAY): N_("Exits by length of stay"),
    ("exits", Dimension.LIMIT): N_("Exits by longest stay and extension"),
    ("participants", Dimension.GENDER): N_("People who entered, by gender"),
    ("participants", Dimension.AGE_BAND): N_("People who entered, by age"),
    ("participants", Dimension.LIMIT): N_("People who entered, by longest stay and extension"),
    ("inside", Dimension.STAY): N_("People who are in, by how long they have been"),
}
WHOM: Final[Mapping[str, Message]] = {
    "exits": N_("Stays that ended by the cut-off, transfers to another city left out. A flow."),
    "participants": N_("Different people who entered by the cut-off. A flow."),
    "inside": N_("People who are in on the cut-off. A stock."),
}
