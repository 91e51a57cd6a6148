"""The letter of a formal decision: made from the record, kept in the vault word for word, printed from there alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from caseflow.domain import decision_letters, look_purposes
from caseflow.domain.access import Permission
from caseflow.domain.actors import Actor
from caseflow.domain.decision_letters import DEAR, FILE_TITLE, HEADING, LANGUAGES, Addressed, Letter
from caseflow.domain.decisions import Refused
from caseflow.domain.formal_decision_words import DecisionKind, Ground
from caseflow.domain.formal_decisions import may_write
from caseflow.domain.messages import N_
from caseflow.domain.redaction import Compartment, Part, Surface
from caseflow.publishing.decision_letters import NotPrintable, letter_pdf
from caseflow.services import gatekeeping, houses, identity_readings
from caseflow.services.formal_decision_readings import course_of, criterion_number
from caseflow.services.formal_decisions import RECORD, row_of
from caseflow.services.gatekeeping import CaseChange, NotKnown, changing
from caseflow.storage import audit_log, words
from caseflow.storage.audit_log import Act
from caseflow.storage.models.cases import Case
from caseflow.storage.models.formal_decisions import FormalDecision, FormalLetter
from caseflow.storage.models.vault import Reason

C, P = Compartment, Part
Say = Callable[[Any], str]
"""Says words in the language of the letter."""
DATED_AHEAD: Final = timedelta(days=14)


@dataclass(frozen=True)
class Printed:
    """A letter on paper: the bytes, and what its file is called (a day and a language, nobody's name)."""

    pdf: bytes
    file_name: str


def make(
    actor: Actor,
    case_id: str,
    decision_id: str,
    language: str,
    addressed: Addressed,
    dated_on: date,
    say: Say,
    now: datetime,
) -> Refused | None:
    """Makes the letter of a decision that was taken, and keeps it in the vault. `say` speaks `language`.

    Raises `NotKnown`, and `VaultSealed`.
    """
    with changing(
        actor,
        RECORD,
        case_id,
        "letter_made",
        now,
        details={"decision": decision_id, "language": language, "addressed": addressed.value},
        words=True,
    ) as change:
        row = row_of(change, decision_id)
        course = course_of(row, change.dossier.decision_steps)
        allowed = may_write(course, dated_on, change.today + DATED_AHEAD)
        if not allowed:
            return change.refuse(allowed)
        if language not in LANGUAGES:
            return change.refuse(Refused(N_("Choose one of the options.")))
        name = _name(change, addressed)
        if isinstance(name, Refused):
            return change.refuse(name)
        text = _written(_letter(change, row, dated_on), name, say)
        try:
            letter_pdf(say(FILE_TITLE), text, language)
        except NotPrintable:
            return change.refuse(
                Refused(
                    N_(
                        "The letter has a sign that cannot be printed here. "
                        "Use the code alone, or write the explanation in Latin letters."
                    )
                )
            )
        change.work.vault.add(
            FormalLetter(
                case_id=case_id,
                decision_id=row.id,
                language=language,
                dated_on=dated_on,
                words=text,
                **change.written(),
            )
        )
        return None


def printed(
    actor: Actor,
    case_id: str,
    decision_id: str,
    number: int,
    called: Callable[[str], str],
    now: datetime,
) -> Printed:
    """One letter as a PDF, told to the log before it leaves; `called` answers what a file calls itself in a language.

    Raises `NotKnown` for who may not read it and for a letter that does not exist, and `VaultSealed`.
    """
    house = houses.current()
    with house.stores.reading() as session:
        standing = gatekeeping.known(session, actor, Permission.CASE_OPEN, case_id, now)
        vision = standing.vision(Surface.OPENED)
        case = session.get_one(Case, case_id)
        row = session.get(FormalDecision, decision_id)
        sees = vision.sees(C.CASEWORK, P.REST) and vision.sees(C.NOTES, P.REST)
        if not sees or row is None or row.case_id != case_id:
            raise NotKnown()
        code = case.client_code
        with house.stores.reading_vault(case.organisation) as vault:
            kept = words.visible(
                vault,
                session,
                FormalLetter,
                [code],
                case_id=case_id,
                where=(FormalLetter.decision_id == decision_id,),
            )
            if not 1 <= number <= len(kept):
                raise NotKnown()
            letter = kept[-number]
            language, text, dated_on = letter.language, letter.words, letter.dated_on
    audit_log.tell(
        house.stores,
        Act(
            "letter_opened",
            actor,
            now,
            subjects=(code,),
            object_id=case_id,
            details={"decision": decision_id, "language": language},
            permission=Permission.CASE_OPEN.value,
            purpose=look_purposes.purpose(Permission.CASE_OPEN, standing),
            relations=standing.relations,
            sensitivity="vault",
        ),
        result="shown",
    )
    pdf = letter_pdf(called(language), text, language)
    return Printed(pdf, f"letter-{dated_on.isoformat()}-{language}.pdf")


def _name(change: CaseChange, addressed: Addressed) -> str | Refused:
    """How the letter addresses the person; their own name only for who sees it, and where one is recorded."""
    client = change.dossier.client
    if addressed is Addressed.CODE:
        return client.code
    if addressed is Addressed.CALL_NAME:
        return client.call_name
    if not change.standing.vision(Surface.OPENED).sees(C.IDENTITY):
        return Refused(N_("Choose one of the options."))
    vault, casework = change.work.vault, change.work.casework
    known = identity_readings.of(vault, casework, client.code, {})
    parts = [known.given_names, known.family_name] if known is not None else []
    name = " ".join(part for part in parts if part)
    return name or Refused(N_("No name is recorded. Choose the call name or the code."))


def _letter(change: CaseChange, row: FormalDecision, dated_on: date) -> Letter:
    house, client = houses.current(), change.dossier.client
    organisation = house.catalogue.organisations[change.dossier.case.organisation]
    decided_on = course_of(row, ()).decided_on or change.today
    reasons = words.visible(
        change.work.vault,
        change.work.casework,
        Reason,
        [client.code],
        case_id=row.case_id,
        where=(Reason.about_id == row.id,),
        limit=1,
    )
    return Letter(
        kind=DecisionKind(row.kind),
        ground=Ground(row.ground),
        code=client.code,
        programme=change.programme.name,
        organisation=organisation.name,
        decided_on=decided_on,
        dated_on=dated_on,
        effective_on=row.effective_on,
        until_on=row.until_on,
        criterion=criterion_number(row, change.programme),
        rule_version=row.rule_version,
        rules=house.objections,
        objections_to=organisation.objections_to,
        objection_continues=change.programme.objection_continues,
        words=reasons[0].words if reasons else None,
    )


def _written(letter: Letter, name: str, say: Say) -> str:
    """The letter in words of one language: a title, then paragraphs and headings parted by empty lines."""
    blocks = [say(decision_letters.title_of(letter.kind))]
    blocks.append("\n".join(say(one) for one in decision_letters.facts_of(letter)))
    blocks.append(f"{say(DEAR)} {name},")
    for part in decision_letters.parts_of(letter):
        if part.heading is not None:
            blocks.append(HEADING + say(part.heading))
        blocks += [say(line) if not isinstance(line, str) else line for line in part.lines]
    return "\n\n".join(blocks)
