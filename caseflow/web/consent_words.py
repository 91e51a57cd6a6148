"""What somebody was told and agreed to, in the copy of their file."""

from __future__ import annotations

from collections.abc import Iterator

from caseflow.domain.agreements import WAY_NAMES
from caseflow.domain.information_texts import INFORMATION_NAMES
from caseflow.domain.messages import N_
from caseflow.services.agreement_views import ConsentView
from caseflow.services.case_views import CaseView
from caseflow.web.case_words import language_name
from caseflow.web.formatting import said


def lines(case: CaseView) -> Iterator[str]:
    """What the copy says of it, in the language that is spoken while this runs; not what was recorded in error."""
    consent = case.consent
    if not isinstance(consent, ConsentView):
        return
    for told in consent.told:
        if not told.is_mistaken:
            yield said(
                N_(
                    "On %(day)s we told you: %(what)s (%(language)s, %(way)s)",
                    day=told.on,
                    what=INFORMATION_NAMES[told.text],
                    language=language_name(told.language),
                    way=WAY_NAMES[told.way],
                )
            )
    for one in consent.agreed:
        yield said(N_("You agreed on %(day)s: %(what)s", day=one.agreed_on, what=one.name))
        if one.until_on is not None and one.withdrawn_on is None:
            yield said(N_("This counts until %(day)s.", day=one.until_on))
        if one.withdrawn_on is not None:
            yield said(N_("You took this back on %(day)s.", day=one.withdrawn_on))
    yield from (one.words for one in consent.own_words)
