"""What one person cannot let leave: a referral takes two, a letter to an authority three and the client's own wish.

Over the real pages, each colleague with cookies of their own. What left is printed again days later, after the file
has changed: the same bytes, and the digest that stands on the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from caseflow import clock
from caseflow.domain.actors import Role
from caseflow.services import casework, intake
from caseflow.services.casework import IdentityWords
from caseflow.services.houses import House
from caseflow.storage.models.disclosures import Disclosure
from tests import builders, cast
from tests import case_worlds as world
from tests import disclosure_worlds as out
from tests.cast import Colleague
from tests.pages import parse_page
from tests.serving import ClientAs

LARS = Colleague("lars", "de-haven", "haven-east", (Role.TEAM_LEAD,))
"""A second team lead of the team, for what the first one asks herself."""
WEEK = timedelta(days=7)
NOT_OUT = "Er is nog niets verstrekt"
REFERRAL: Mapping[str, object] = {
    "help_asked": "clothes",
    "what": ["own_name"],
    "purpose": "money",
    "medium": "post",
    "language": "nl",
    "agreed_on": "22-11-2026",
}
TO_IND: Mapping[str, object] = {
    "what": ["birth_date"],
    "purpose": "procedure",
    "medium": "post",
    "language": "nl",
}
WISH = "22-11-2026"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    with clock.fixed(cast.NOW):
        yield


@dataclass
class Team:
    """Colleagues at work on one case, each with a browser of their own."""

    house: House
    client_as: ClientAs
    case_id: str
    known: dict[str, FlaskClient] = field(default_factory=dict)

    def of(self, who: Colleague) -> FlaskClient:
        if who.id not in self.known:
            self.known[who.id] = self.client_as(who)
        return self.known[who.id]

    def later(self, length: timedelta) -> None:
        """Time goes by; everybody signs in anew."""
        clock.pass_time(length)
        self.known.clear()

    def asks(self, who: Colleague, kind: str, office: str, form: Mapping[str, object]) -> str:
        """Asks for a letter that waits; answers its address."""
        new = f"/cases/{self.case_id}/left/new/{kind}?to={office}"
        assert "Dit gaat niet meteen de deur uit" in self.page(who, new)
        made = out.send(self.of(who), new, new, **form)
        assert made.status_code == 303, made.text
        return made.headers["Location"]

    def page(self, who: Colleague, at: str) -> str:
        answer = self.of(who).get(at)
        assert answer.status_code == 200, f"{at} for {who.id}"
        parse_page(answer.text)
        return " ".join(answer.text.split())

    def approves(self, who: Colleague, at: str) -> str:
        """Presses the button, whether it is there or not; what the page says afterwards."""
        assert out.send(self.of(who), at, f"{at}/approval").status_code == 303
        return self.page(who, at)

    def has_no_paper(self, at: str, *readers: Colleague) -> None:
        for who in readers:
            refused = self.of(who).get(f"{at}/paper.pdf")
            assert (refused.status_code, refused.headers["Location"]) == (303, at)
            assert NOT_OUT in self.page(who, at)
        with self.house.stores.reading() as session:
            row = session.scalars(select(Disclosure).where(Disclosure.id == at[-36:])).one()
            assert (row.state, row.left_on, row.digest) == ("asked", None, None)

    def paper(self, who: Colleague, at: str) -> bytes:
        """The paper as it is downloaded, and the digest of the page with it."""
        answer = self.of(who).get(f"{at}/paper.pdf")
        assert answer.headers["Content-Type"] == "application/pdf", answer.text
        digest = hashlib.sha256(answer.data).hexdigest()
        assert digest in self.page(who, at), "the page says what left"
        return answer.data

    def holds_for_good(self, at: str, reader: Colleague, other: Colleague) -> None:
        """The same bytes for two readers, and a week later although the name in the file is another one by then."""
        first = self.paper(reader, at)
        assert first == self.paper(other, at)
        self.later(WEEK)
        told = IdentityWords("Samira", "Elsewhere", "S. E.", None, 1992, "year")
        world.done(casework.record_identity(cast.AMINA.actor(), self.case_id, told, clock.now()))
        assert first == self.paper(reader, at)
        with self.house.stores.reading() as session:
            row = session.scalars(select(Disclosure).where(Disclosure.id == at[-36:])).one()
            assert row.state == "issued"
            assert row.digest == hashlib.sha256(first).hexdigest()


@pytest.fixture
def team(house: House, client_as: ClientAs) -> Team:
    out.hired(house)
    builders.hire(house, LARS)
    return Team(house, client_as, out.a_case(house))


def test_a_referral_leaves_only_after_a_second_person(team: Team) -> None:
    at = team.asks(cast.AMINA, "referral", out.office(out.FUND), REFERRAL)
    team.has_no_paper(at, cast.AMINA, cast.LENA)
    assert "tweede persoon" in team.page(cast.AMINA, at)

    page = team.of(cast.AMINA)
    assert out.send(page, at, f"{at}/approval").status_code == 404, "who asked does not approve"
    assert out.send(team.of(cast.MO), "/offices", f"{at}/approval").status_code == 404, "not theirs"
    team.has_no_paper(at, cast.AMINA, cast.LENA)

    assert at in team.page(cast.LENA, "/to-approve")
    assert "Je hebt dit goedgekeurd" in team.approves(cast.LENA, at)
    team.holds_for_good(at, cast.AMINA, cast.LENA)


def test_a_lead_who_asks_waits_for_another_lead(team: Team) -> None:
    world.done(intake.assign(cast.LENA.actor(), team.case_id, ("amina", "lena"), clock.now()))
    at = team.asks(cast.LENA, "referral", out.office(out.FUND), REFERRAL)
    assert at not in team.page(cast.LENA, "/to-approve")
    assert "Je hebt dit zelf gevraagd" in team.approves(cast.LENA, at)
    team.has_no_paper(at, cast.LENA, LARS)

    team.approves(LARS, at)
    team.holds_for_good(at, cast.LENA, LARS)


@pytest.mark.parametrize(
    ("first", "then", "still"),
    [
        (cast.LENA, out.COUNSELLOR, "juridisch begeleider"),
        (out.COUNSELLOR, cast.LENA, "tweede persoon"),
    ],
    ids=["lead first", "counsellor first"],
)
def test_an_authority_waits_for_both_and_for_the_clients_wish(
    team: Team, first: Colleague, then: Colleague, still: str
) -> None:
    office = out.office(out.IND)
    new = f"/cases/{team.case_id}/left/new/authority_letter?to={office}"
    assert 'name="phoned"' not in team.page(cast.AMINA, new), "nobody approves by telephone"
    for day, says in (("", "Vraag het eerst de cliënt"), ("23-11-2026", "ligt in de toekomst")):
        refused = out.send(team.of(cast.AMINA), new, new, **TO_IND, agreed_on=day)
        assert refused.status_code == 409, refused.text
        assert says in refused.text
    with team.house.stores.reading() as session:
        assert not session.scalars(select(Disclosure)).all(), "without the wish nothing is asked"

    at = team.asks(cast.AMINA, "authority_letter", office, {**TO_IND, "agreed_on": WISH})
    team.has_no_paper(at, cast.AMINA, first, then)
    assert "Je hebt dit goedgekeurd" in team.approves(first, at)
    assert f"Nog nodig: {still}." in team.page(cast.AMINA, at)
    assert "Je hebt dit al goedgekeurd" in team.approves(first, at), "once is not twice"
    team.has_no_paper(at, cast.AMINA, first, then)

    team.approves(then, at)
    team.holds_for_good(at, cast.AMINA, cast.LENA)
