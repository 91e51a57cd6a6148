"""A case in some state, made through the services, for tests of its pages."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseflow import clock
from caseflow.domain.programmes import ProposalKind
from caseflow.domain.scenarios import GuidanceScenario
from caseflow.domain.stay_limits import StartEvent
from caseflow.services import casework, decisions, houses, intake
from caseflow.services.casework import IdentityWords
from caseflow.services.houses import House
from caseflow.services.intake import Registration
from caseflow.storage.engines import writing
from caseflow.storage.models.bases import new_id
from caseflow.storage.models.cases import Case
from caseflow.storage.models.facts import Proposal, StartDate
from caseflow.storage.models.operations import Change
from caseflow.storage.models.shelter import Placement
from caseflow.storage.models.vault import Note
from tests import builders, cast
from tests.cast import Colleague

CALL_NAME = "Blue"
FAMILY_NAME = "Markerson"
NOTE = "Talked about the appointment on Monday."
WISH = "A quiet room and a lawyer who listens."


def registered(by: Colleague = cast.TESS, *, days_ago: int = 30, **more: object) -> str:
    """A case at the desk, assigned to nobody. Answers its id."""
    now = clock.now()
    asked = Registration(
        programme="waterstad-lvv",
        call_name=CALL_NAME,
        applied_on=clock.today() - timedelta(days=days_ago),
        team_id="haven-east",
        **more,
    )
    made = intake.register(by.actor(), asked, now)
    assert isinstance(made, intake.Registered), made
    return made.case_id


def assigned(*members: str, **more: object) -> str:
    """A case whose team lead chose a case team."""
    case_id = registered(**more)
    done(intake.assign(cast.LENA.actor(), case_id, members or ("amina",), clock.now()))
    return case_id


def screened(**more: object) -> str:
    """A screened case with a scenario, ready for a proposal."""
    case_id = assigned(**more)
    now, amina = clock.now(), cast.AMINA.actor()
    on = first_day(case_id, now)
    answers = {"no-right-of-residence": "yes", "procedures-exhausted": "unknown"}
    done(casework.screen(amina, case_id, answers, on, now))
    done(casework.record_scenario(amina, case_id, GuidanceScenario.LEGALISATION, on, now))
    return case_id


def admitted(**more: object) -> str:
    """A case in guidance."""
    case_id = screened(**more)
    now = clock.now()
    done(
        decisions.propose_admission(cast.AMINA.actor(), case_id, first_day(case_id, now), None, now)
    )
    decide(case_id, ProposalKind.ADMISSION)
    return case_id


def with_words(case_id: str) -> str:
    """The same case with a name, a way to reach, a note and a wish in the vault."""
    now, amina = clock.now(), cast.AMINA.actor()
    told = IdentityWords("Ayla", FAMILY_NAME, "A. M.", None, 1991, "year")
    done(casework.record_identity(amina, case_id, told, now))
    done(casework.record_contact_line(amina, case_id, "06 1234", "Text only", None, now))
    done(casework.write_note(amina, case_id, "visit", clock.today(), NOTE, now))
    done(casework.record_wish(amina, case_id, WISH, now))
    return case_id


def decide(case_id: str, kind: ProposalKind, *, approve: bool = True) -> None:
    """The team lead decides on the open proposal of this kind."""
    with houses.current().stores.reading() as session:
        asked = select(Proposal.id).where(
            Proposal.case_id == case_id, Proposal.kind == kind.value, Proposal.state == "open"
        )
        [waiting] = session.scalars(asked)
    done(decisions.decide(cast.LENA.actor(), case_id, waiting, approve, None, clock.now()))


def first_day(case_id: str, now: datetime) -> date:
    """The day of application."""
    with houses.current().stores.reading() as session:
        asked = select(StartDate.event_on).where(
            StartDate.case_id == case_id, StartDate.kind == StartEvent.APPLICATION.value
        )
        return session.scalars(asked).one()


def done(answer: object) -> None:
    """Stops where the service refused."""
    assert answer is None, answer


def sleeps(house: House, case_id: str, bed_id: str, *, days_ago: int) -> None:
    """Somebody sleeps on a bed since some days."""
    now = clock.now()
    with builders.casework(house) as session:
        case = session.get(Case, case_id)
        assert case is not None
        session.add(
            Placement(
                bed_id=bed_id,
                client_code=case.client_code,
                case_id=case_id,
                status="begun",
                arrival_on=clock.today() - timedelta(days=days_ago),
                recorded_by="kofi",
                recorded_at=now,
                changed_at=now,
                change_id=new_id(),
            )
        )


def wrote(
    house: House, case_id: str, *notes: tuple[str, str], by: str = "amina", at: datetime = cast.NOW
) -> None:
    """Notes as (kind, words), one second apart, oldest first; the last one was written at that moment."""
    change = new_id()
    with builders.casework(house) as session:
        code = session.get(Case, case_id).client_code  # type: ignore[union-attr]
        session.add(Change(id=change, event="note_recorded", at=at, by=by, vault="de-haven"))
    first = at - timedelta(seconds=len(notes) - 1)
    with Session(writing(house.stores.vault("de-haven")), info={"writes": True}) as session:
        for place, (kind, said) in enumerate(notes):
            session.add(
                Note(
                    client_code=code,
                    case_id=case_id,
                    kind=kind,
                    contact_on=date(2026, 11, 20),
                    words=said,
                    recorded_at=first + timedelta(seconds=place),
                    recorded_by=by,
                    change_id=change,
                )
            )
        session.commit()
