"""What a file holds for the fields of a disclosure, in the language of the paper: from what its reader sees, no more.

Days are written as ISO days and times as `14:30`; the letter spells them in its own language (`domain.letters`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Final

from flask_babel import force_locale

from caseflow.domain.cases import STAGE_NAMES
from caseflow.domain.composed_letters import LetterRefused
from caseflow.domain.deferrals import DEFERRAL_NAMES
from caseflow.domain.disclosures import Field
from caseflow.domain.health_needs import PLACEMENT_NEED_NAMES
from caseflow.domain.households import HouseholdRole
from caseflow.domain.messages import N_
from caseflow.domain.neutral_texts import neutral_text
from caseflow.domain.redaction import Hidden
from caseflow.domain.scenarios import SCENARIO_NAMES
from caseflow.services import letters
from caseflow.services.case_views import CaseView, Sealed
from caseflow.services.household_views import HouseholdView
from caseflow.services.identity_views import IdentityView
from caseflow.services.procedure_views import LawyerView, ProcedureView
from caseflow.web.case_words import AGE_BANDS, GENDERS, language_name
from caseflow.web.formatting import said

SCREENS: Final = frozenset({"nl", "en"})
"""Languages in which coded facts have words; a paper in another one spells them in English."""
NEEDED, NOT_NEEDED = N_("An interpreter is needed"), N_("No interpreter is needed")


def of(case: CaseView, fields: Collection[Field], language: str) -> Mapping[Field, str]:
    """The words of these fields, those left out that are not recorded or that this reader may not see."""
    with force_locale(language if language in SCREENS else "en"):
        found = {one: _READ[one](case) for one in fields if one in _READ}
    return {one: words for one, words in found.items() if words}


def recorded(case: CaseView, fields: Collection[Field]) -> frozenset[Field]:
    """Those of these fields that the file holds something for, and that this reader may see."""
    return frozenset(of(case, fields, "en"))


def spoken(case: CaseView, offered: Collection[str]) -> str:
    """The language that the person speaks where it is offered, else Dutch."""
    language = None if isinstance(case.person, Hidden) else case.person.language
    return language if language in offered and language is not None else "nl"


def meeting_text(meeting: Mapping[Field, str], language: str) -> str:
    """The neutral text of a day, a time and a place."""
    on = date.fromisoformat(meeting[Field.MET_ON])
    return neutral_text(on, meeting[Field.MET_AT], meeting[Field.MET_PLACE], language)


def _identity(case: CaseView) -> IdentityView | None:
    return case.identity if isinstance(case.identity, IdentityView) else None


def _own_name(case: CaseView) -> str | None:
    known = _identity(case)
    parts = [known.given_names, known.family_name] if known is not None else []
    return " ".join(part for part in parts if part) or None


def _birth(case: CaseView) -> str | None:
    known = _identity(case)
    if known is None or known.now is None:
        return None
    if known.now.birth_date is not None:
        return known.now.birth_date.isoformat()
    return str(known.now.birth_year) if known.now.birth_year is not None else None


def _phone(case: CaseView) -> str | None:
    if not case.contact or isinstance(case.contact, Hidden | Sealed):
        return None
    phone = case.contact.phone
    return None if isinstance(phone, Hidden) else phone


def _how_to_reach(case: CaseView) -> str | None:
    if not case.contact or isinstance(case.contact, Hidden | Sealed):
        return None
    return case.contact.how_to_reach


def _language(case: CaseView) -> str | None:
    if isinstance(case.person, Hidden) or case.person.language is None:
        return None
    return language_name(case.person.language)


def _interpreter(case: CaseView) -> str | None:
    if isinstance(case.person, Hidden) or case.person.interpreter is None:
        return None
    return said(NEEDED if case.person.interpreter else NOT_NEEDED)


def _gender(case: CaseView) -> str | None:
    if isinstance(case.person, Hidden) or case.person.gender == "unknown":
        return None
    return said(GENDERS[case.person.gender])


def _age_band(case: CaseView) -> str | None:
    if isinstance(case.person, Hidden) or case.person.age_band == "unknown":
        return None
    return said(AGE_BANDS[case.person.age_band])


def _children(case: CaseView) -> str | None:
    if not isinstance(case.household, HouseholdView):
        return None
    count = sum(one.role == HouseholdRole.CHILD for one in case.household.relatives)
    return str(count) if count else None


def _postal_address(case: CaseView) -> str | None:
    try:
        return "\n".join(letters.sender_of(case.organisation).address)
    except LetterRefused:
        return None


def _since(case: CaseView) -> str | None:
    return None if isinstance(case.application_on, Hidden) else case.application_on.isoformat()


def _stage(case: CaseView) -> str | None:
    return None if isinstance(case.stage, Hidden) else said(STAGE_NAMES[case.stage])


def _last_day(case: CaseView) -> str | None:
    if isinstance(case.clock, Hidden) or case.clock.last_day is None:
        return None
    return case.clock.last_day.isoformat()


def _case_worker(case: CaseView) -> str | None:
    if isinstance(case.case_team, Hidden) or not case.case_team:
        return None
    first = case.case_team[0]
    return f"{first.name}, {first.phone}" if first.phone else first.name


def _running(case: CaseView) -> tuple[ProcedureView, ...]:
    if isinstance(case.procedures, Hidden):
        return ()
    return tuple(one for one in case.procedures if one.is_open)


def _procedures(case: CaseView) -> str | None:
    return _lines(said(one.name) for one in _running(case) if not isinstance(one.from_on, Hidden))


def _procedure_dates(case: CaseView) -> str | None:
    return _lines(
        f"{said(due.what)}: {due.on.isoformat()}" for one in _running(case) for due in one.waiting
    )


def _of_the_lawyer(case: CaseView, value: Callable[[LawyerView], str | None]) -> str | None:
    found = (one.lawyer for one in _running(case))
    words = (value(one) for one in found if isinstance(one, LawyerView))
    return _lines(dict.fromkeys(one for one in words if one))


def _health_needs(case: CaseView) -> str | None:
    needs = case.health.needs if case.health is not None else None
    return None if needs is None or isinstance(needs, Hidden | Sealed) else needs.words


def _placement_needs(case: CaseView) -> str | None:
    needs = case.health.placement if case.health is not None else ()
    if isinstance(needs, Hidden):
        return None
    return _lines(said(PLACEMENT_NEED_NAMES[one.kind]) for one in needs)


def _deferrals(case: CaseView) -> str | None:
    rows = case.health.deferrals if case.health is not None else ()
    if isinstance(rows, Hidden | Sealed):
        return None
    return _lines(
        f"{said(DEFERRAL_NAMES[one.told.kind])}: "
        f"{one.cover.from_on.isoformat()} – {one.cover.until_on.isoformat()}"
        for one in rows
        if one.cover is not None and not one.is_over
    )


def _scenario(case: CaseView) -> str | None:
    if case.scenario is None or isinstance(case.scenario, Hidden):
        return None
    return said(SCENARIO_NAMES[case.scenario])


def _lines(some: Iterable[str]) -> str | None:
    return "\n".join(some) or None


_READ: Final[Mapping[Field, Callable[[CaseView], str | None]]] = {
    Field.OWN_NAME: _own_name,
    Field.BIRTH_DATE: _birth,
    Field.CALL_NAME: lambda case: case.call_name,
    Field.CLIENT_CODE: lambda case: case.client_code,
    Field.PHONE: _phone,
    Field.HOW_TO_REACH: _how_to_reach,
    Field.LANGUAGE: _language,
    Field.INTERPRETER: _interpreter,
    Field.GENDER: _gender,
    Field.AGE_BAND: _age_band,
    Field.CHILDREN: _children,
    Field.POSTAL_ADDRESS: _postal_address,
    Field.WITH_US_SINCE: _since,
    Field.STAGE: _stage,
    Field.LAST_DAY: _last_day,
    Field.CASE_WORKER: _case_worker,
    Field.PROCEDURES: _procedures,
    Field.PROCEDURE_DATES: _procedure_dates,
    Field.LAWYER_REFERENCE: lambda case: _of_the_lawyer(case, lambda one: one.reference),
    Field.V_NUMBER: lambda case: _of_the_lawyer(case, lambda one: one.v_number),
    Field.HEALTH_NEEDS: _health_needs,
    Field.PLACEMENT_NEEDS: _placement_needs,
    Field.DEFERRAL_DATES: _deferrals,
    Field.SCENARIO: _scenario,
}
