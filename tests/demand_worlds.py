"""Demands in some state, made through the services: who receives, reads, decides and lets go."""

from __future__ import annotations

from datetime import timedelta

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.domain.decisions import Refused
from caseflow.domain.demand_codes import HowDemanded, Scope, Verdict
from caseflow.domain.disclosures import Field
from caseflow.services import demand_acts, demand_decisions, demand_handovers
from caseflow.services.case_views import CaseView
from caseflow.services.demand_acts import Assessed, Demanded
from caseflow.services.demand_decisions import Said
from caseflow.services.houses import House
from caseflow.storage.models.cases import Case
from tests import builders, cast
from tests.cast import Colleague

DORA = Colleague("dora", "de-haven", None, (Role.DIRECTOR,))
FRANK = Colleague("frank", "de-haven", None, (Role.FG,))
DIRK = Colleague("dirk", "het-kompas", None, (Role.DIRECTOR,))
REFERENCE = "PL1300-2026012345"
LETTER = "2026-117-04"
TEXT = "We demand all data about Adebayo Markerson."
NAMED = frozenset({Field.OWN_NAME, Field.BIRTH_DATE, Field.GENDER})


def hire(house: House) -> None:
    """The cast, a director, the FG, and the director of another organisation."""
    builders.hire_everybody(house)
    builders.hire(house, DORA, FRANK, DIRK)


def recorded(by: Colleague = cast.NIGHT, **given: object) -> str:
    """A demand as somebody received it an hour ago; answers its id."""
    told = {
        "received_at": clock.now() - timedelta(hours=1), "how": HowDemanded.LETTER, "authority": "police",
        "power": "recorded", "scope": Scope.ONE_PERSON, "reference": REFERENCE,
    }  # fmt: skip
    made = demand_acts.record(by.actor(), Demanded(**told | given), clock.now())  # type: ignore[arg-type]
    assert isinstance(made, str), made
    return made


def read(demand_id: str, **given: object) -> Refused | None:
    """How the privacy officer reads it; answers what was refused."""
    told = {
        "authority": "prosecution", "power": "recorded", "scope": Scope.ONE_PERSON, "reference": REFERENCE,
        "answer_by": None, "named": NAMED, "is_signed": True,
    }  # fmt: skip
    read_as = Assessed(**told | given)  # type: ignore[arg-type]
    return demand_acts.assess(cast.PETRA.actor(), demand_id, read_as, clock.now())


def decided(demand_id: str, *said: Said) -> None:
    """Director, privacy officer and lawyer decide; one verdict is that of all three."""
    first, second, third = said * 3 if len(said) == 1 else said
    now, petra = clock.now(), cast.PETRA.actor()
    done(demand_decisions.decide(DORA.actor(), demand_id, first, now))
    done(demand_decisions.decide(petra, demand_id, second, now))
    done(demand_decisions.record_lawyer(petra, demand_id, third, clock.today(), LETTER, now))


COMPLY = Said(Verdict.COMPLY)


def linked(demand_id: str, *codes: str) -> None:
    """The privacy officer links it inside the vault."""
    for code in codes:
        done(demand_handovers.link(cast.PETRA.actor(), demand_id, code, clock.now()))


def ready(*codes: str, fields: frozenset[Field] = NAMED) -> str:
    """A demand that three decided on, linked, and made ready; answers its id."""
    demand_id = recorded()
    done(read(demand_id))
    decided(demand_id, COMPLY)
    linked(demand_id, *codes)
    done(demand_handovers.prepare(cast.PETRA.actor(), demand_id, fields, clock.now()))
    return demand_id


def said(case: CaseView, fields: object, language: str) -> dict[Field, str]:
    """What the pages would say of a case, and of more than was asked: what is not granted must not leave."""
    return {Field.OWN_NAME: "Adebayo Markerson", Field.GENDER: "man"}


def code_of(house: House, case_id: str) -> str:
    """The client code of a case."""
    with house.stores.reading() as session:
        return session.get_one(Case, case_id).client_code


def done(answer: object) -> None:
    """Fails with the reason where something was refused."""
    assert not isinstance(answer, Refused), answer
