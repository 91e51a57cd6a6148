"""The page of the vault: opened by a holder of the reader's own organisation, sealed by those who may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pyotp
import pytest
from flask.testing import FlaskClient

from caseflow import clock
from caseflow.services import sealing
from caseflow.services.houses import House
from caseflow.storage.models.accounts import UserAccount
from caseflow.storage.models.operations import WaitingSweep
from tests import cast
from tests.builders import casework
from tests.journeys.desks import SEED, open_office
from tests.serving import ClientAs, post

HOLDER, PASSPHRASE = cast.HOLDERS["de-haven"]


@pytest.fixture
def endings() -> Iterator[list[str]]:
    """Collects the endings of this process instead of ending it."""
    asked: list[str] = []
    sealing.when_sealed(lambda: asked.append("ended"))
    yield asked
    sealing.when_sealed(lambda: None)


def test_a_holder_opens_the_vault_of_their_own_organisation(
    client_as: ClientAs, sealed_house: House, endings: list[str]
) -> None:
    client = client_as(cast.LENA)

    answer = post(client, "/vault/unseal", holder=HOLDER, passphrase=PASSPHRASE)

    assert answer.status_code == 303
    assert sealed_house.stores.unsealed() == ("de-haven",)


@pytest.mark.parametrize(
    ("colleague", "holder", "passphrase"),
    [
        (cast.LENA, HOLDER, "another passphrase altogether"),
        (cast.LENA, "nobody", PASSPHRASE),
        (cast.NOOR, HOLDER, PASSPHRASE),
        (cast.LENA, "", ""),
    ],
)
def test_a_wrong_name_passphrase_or_organisation_opens_nothing(
    client_as: ClientAs,
    sealed_house: House,
    endings: list[str],
    colleague: cast.Colleague,
    holder: str,
    passphrase: str,
) -> None:
    answer = post(client_as(colleague), "/vault/unseal", holder=holder, passphrase=passphrase)

    assert answer.status_code == 422
    assert passphrase == "" or passphrase not in answer.get_data(as_text=True)
    assert sealed_house.stores.unsealed() == ()


def test_sealing_closes_every_vault_and_ends_the_process(
    client_as: ClientAs, house: House, endings: list[str]
) -> None:
    client = client_as(cast.LENA)
    assert house.stores.unsealed() == ("de-haven", "het-kompas")

    assert client.get("/vault/seal").status_code == 200
    assert post(client, "/vault/seal").status_code == 200

    assert endings == ["ended"]
    assert house.stores.unsealed() == ()


def test_looking_at_the_page_seals_nothing(
    client_as: ClientAs, house: House, endings: list[str]
) -> None:
    client_as(cast.LENA).get("/vault/seal")

    assert endings == []
    assert house.stores.unsealed() == ("de-haven", "het-kompas")


def test_who_may_not_seal_finds_no_such_page(
    client_as: ClientAs, house: House, endings: list[str]
) -> None:
    client = client_as(cast.AMINA)

    assert post(client, "/vault/seal").status_code == 404
    assert client.get("/vault/seal").status_code == 404
    assert "/vault/seal" not in client.get("/vault").get_data(as_text=True)
    assert endings == []


def test_a_vault_without_holders_offers_no_form(
    client_as: ClientAs, sealed_house: House, endings: list[str]
) -> None:
    amina = client_as(cast.AMINA)
    assert 'name="passphrase"' in amina.get("/vault").get_data(as_text=True)
    with casework(sealed_house) as session:
        session.get_one(UserAccount, "amina").organisation = "gemeente-waterstad"
    assert 'name="passphrase"' not in amina.get("/vault").get_data(as_text=True)


@pytest.mark.parametrize("colleague", [cast.FEMKE, cast.ADA])
def test_who_works_with_no_client_and_holds_no_key_finds_no_vault(
    client_as: ClientAs, sealed_house: House, endings: list[str], colleague: cast.Colleague
) -> None:
    client = client_as(colleague)
    answer = post(client, "/vault/unseal", holder=HOLDER, passphrase=PASSPHRASE)

    assert answer.status_code == client.get("/vault").status_code == 404
    assert 'href="/vault"' not in client.get("/account").get_data(as_text=True)
    assert sealed_house.stores.unsealed() == ()


def english(house: House, client_as: ClientAs, colleague: cast.Colleague) -> FlaskClient:
    """A client of a colleague who reads English."""
    client = client_as(colleague)
    with casework(house) as session:
        session.get_one(UserAccount, colleague.id).locale = "en"
    return client


def test_the_page_says_that_casework_is_older_than_the_vault(
    client_as: ClientAs, sealed_house: House, endings: list[str]
) -> None:
    lena, noor = (english(sealed_house, client_as, one) for one in (cast.LENA, cast.NOOR))
    with casework(sealed_house) as session:
        session.add(
            WaitingSweep(
                organisation="de-haven", kind="orphans", due_on=date(2026, 11, 22), stranded=2
            )
        )

    assert "Casework is older than the vault" in lena.get("/vault").get_data(as_text=True)
    assert "Casework is older than the vault" not in noor.get("/vault").get_data(as_text=True)


def test_opening_a_vault_takes_a_fresh_code_besides_the_passphrase(
    client_as: ClientAs, sealed_house: House, endings: list[str]
) -> None:
    open_office(sealed_house)
    client = client_as(cast.LENA)
    answers = {}
    with clock.fixed(clock.now() + timedelta(minutes=6)):
        assert 'name="code"' in client.get("/vault").get_data(as_text=True)
        for code in ("", "12345", pyotp.TOTP(SEED).at(clock.now())):
            answer = post(client, "/vault/unseal", holder=HOLDER, passphrase=PASSPHRASE, code=code)
            answers[code] = (answer.status_code, sealed_house.stores.unsealed())

    assert list(answers.values()) == [(422, ()), (422, ()), (303, ("de-haven",))]
