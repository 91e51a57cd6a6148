"""FW8: a statement for a report of crime says nothing of any other compartment, whatever was planted there."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.contact_persons import PersonRole, PersonWords
from caseflow.domain.decisions import Refused
from caseflow.domain.disclosure_kinds import KINDS
from caseflow.domain.disclosures import Field, Medium, Purpose
from caseflow.domain.plans import LineKind, PlanWords
from caseflow.domain.procedure_words import ProcedureKind
from caseflow.domain.recipients import RecipientClass
from caseflow.domain.redaction import Compartment
from caseflow.domain.safe_reports import Accompaniment, GoesAlong, ReportWish, Standing
from caseflow.services import (
    contact_persons,
    disclosure_acts,
    disclosure_readings,
    gatekeeping,
    health,
    plans,
    procedures,
    safe_reports,
)
from caseflow.services.case_views import CaseView
from caseflow.services.disclosure_acts import Made
from caseflow.services.disclosure_drafts import Asked, leaving_for
from caseflow.services.disclosure_views import Printed
from caseflow.services.disclosures import recipient_of
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case
from caseflow.storage.models.disclosures import DisclosedValues
from caseflow.storage.models.facts import Procedure
from caseflow.web import disclosed_values
from tests import builders, cast
from tests import case_worlds as world

AMINA, LENA = cast.AMINA.actor(), cast.LENA.actor()
KIND = KINDS["crime_statement"]
GOES = {Field.REPORT_HELP: "Iemand van ons gaat mee."}
V_NUMBER = "2876543210"
CANARIES = {
    Compartment.IMMIGRATION: V_NUMBER,
    Compartment.CONTACT: "06 1234",
    Compartment.HEALTH: "Zqneedscanary",
    Compartment.NOTES: "appointment on Monday",
    Compartment.SHELTER: "Havenhuis",
    Compartment.SAFE_REPORTING: "Zqplacecanary",
    Compartment.SAFETY: "Zqreferencecanary",
    Compartment.IDENTITY: "A. M.",
    Compartment.CASEWORK: world.CALL_NAME,
}
ALSO_NEVER = ("Zqgoalcanary", "Zqlawyercanary", "LVV", "Waterstad LVV", world.WISH, "1991")


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@pytest.fixture
def case_id(house: House) -> str:
    """Blue, about whom something stands in every compartment."""
    builders.hire_everybody(house)
    [bed] = builders.open_site(house, beds=1)
    made = world.with_words(world.admitted(days_ago=20))
    world.sleeps(house, made, bed, days_ago=5)
    now = clock.now()
    world.done(health.write_needs(AMINA, made, "Zqneedscanary", now))
    goal = PlanWords(LineKind.GOAL, "Zqgoalcanary")
    world.done(plans.write_line(AMINA, made, goal, now))
    lawyer = PersonWords(PersonRole.LAWYER, "Zqlawyercanary")
    world.done(contact_persons.record(AMINA, made, lawyer, now))
    family = procedures.open_one(AMINA, made, ProcedureKind.FAMILY, clock.today(), now)
    world.done(family)
    with house.stores.reading() as session:
        one = session.scalars(select(Procedure.id).where(Procedure.case_id == made)).one()
    world.done(procedures.write_lawyer(AMINA, made, one, "Zqlawyercanary", "26/17", V_NUMBER, now))
    told = Accompaniment(
        Standing.VICTIM, ReportWish.REPORT, along=GoesAlong.CASEWORKER,
        meets_on=clock.today() + timedelta(days=2), place="Zqplacecanary", words="Zqreferencecanary",
    )  # fmt: skip
    world.done(safe_reports.record(AMINA, made, told, now))
    return made


def opened(case_id: str) -> CaseView:
    return gatekeeping.open_case(AMINA, case_id, clock.now())


def asked(optional: frozenset[Field], language: str = "nl") -> Asked:
    return Asked(
        kind=KIND.id, office_id=None, purpose=Purpose.ACCOMPANIMENT, medium=Medium.HANDED_OVER,
        fields=KIND.required | optional, language=language, typed=GOES,
    )  # fmt: skip


def text_of(made: Made, case_id: str) -> str:
    """Every word of the paper, and of what stands beside its pages."""
    printed = disclosure_readings.document(AMINA, case_id, made.id, clock.now())
    assert isinstance(printed, Printed)
    read = PdfReader(io.BytesIO(printed.content))
    pages = "\n".join(page.extract_text() for page in read.pages)
    return f"{pages}\n{read.metadata}\n{read.xmp_metadata}\n{printed.file_name}"


def subsets() -> list[frozenset[Field]]:
    optional = sorted(KIND.optional)
    return [frozenset(some) for n in range(len(optional) + 1) for some in combinations(optional, n)]


def test_no_statement_says_anything_of_another_compartment(house: House, case_id: str) -> None:
    case = opened(case_id)
    for some in subsets():
        there = disclosed_values.recorded(case, some)
        for language in ("nl", "en"):
            values = {**disclosed_values.of(case, there | {Field.OWN_NAME}, language), **GOES}
            said = "\n".join(values.values())
            for compartment, canary in CANARIES.items():
                assert canary not in said, (compartment, some)
            assert not any(canary in said for canary in ALSO_NEVER), some


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_the_paper_says_what_was_approved_and_no_canary(
    house: House, case_id: str, language: str
) -> None:
    there = disclosed_values.recorded(opened(case_id), KIND.optional)
    made = disclosure_acts.ask(
        AMINA, case_id, asked(there, language), disclosed_values.of, clock.now()
    )
    assert isinstance(made, Made), made
    said = text_of(made, case_id)
    assert world.FAMILY_NAME in said
    for compartment, canary in CANARIES.items():
        assert canary not in said, compartment
    assert not any(canary in said for canary in ALSO_NEVER)


def test_a_canary_that_is_planted_in_the_letter_is_found(house: House, case_id: str) -> None:
    """The scan can fail: a field of the letter that held a canary would be seen."""
    goes = Asked(
        kind=KIND.id, office_id=None, purpose=Purpose.ACCOMPANIMENT, medium=Medium.HANDED_OVER,
        fields=KIND.required, typed={Field.REPORT_HELP: CANARIES[Compartment.SAFE_REPORTING]},
    )  # fmt: skip
    made = disclosure_acts.ask(AMINA, case_id, goes, disclosed_values.of, clock.now())
    assert isinstance(made, Made)
    assert CANARIES[Compartment.SAFE_REPORTING] in text_of(made, case_id)


def test_no_other_field_gets_into_a_statement(house: House, case_id: str) -> None:
    case = opened(case_id)
    recipient = recipient_of("client")
    assert recipient is not None
    for field in sorted(set(Field) - KIND.fields):
        wanted = asked(frozenset({field}))
        answer = leaving_for(case, wanted, recipient, (), disclosed_values.of, clock.today())
        assert isinstance(answer, Refused), field
        assert "Zq" not in str(answer.reason)


def test_a_statement_goes_to_the_client_or_their_lawyer_alone() -> None:
    assert KIND.classes == {RecipientClass.CLIENT, RecipientClass.LEGAL}


def test_who_may_not_know_of_a_report_reads_no_statement(house: House, case_id: str) -> None:
    made = disclosure_acts.ask(AMINA, case_id, asked(frozenset()), disclosed_values.of, clock.now())
    assert isinstance(made, Made)
    paper = disclosure_readings.document(LENA, case_id, made.id, clock.now())
    assert isinstance(paper, Refused)
    listed = disclosure_readings.left(LENA, case_id, clock.now()).lines
    assert "crime" not in " ".join(str(one.name).lower() for one in listed)
    with pytest.raises(NotKnown):
        safe_reports.record(
            LENA, case_id, Accompaniment(Standing.VICTIM, ReportWish.REPORT), clock.now()
        )


def test_the_number_of_the_report_lies_in_the_vault_alone(house: House, case_id: str) -> None:
    with house.stores.reading() as session:
        code = session.get_one(Case, case_id).client_code
    [found] = safe_reports.of_case(AMINA, case_id, clock.now()).reports or ()
    assert found.told.place == "Zqplacecanary"
    with house.stores.reading_vault("de-haven") as vault:
        rows = vault.scalars(select(DisclosedValues).where(DisclosedValues.client_code == code))
        assert not [one for one in rows if "Zq" in one.fields]
