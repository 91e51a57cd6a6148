"""The page of exact figures: for those of the programme, with a cut-off that has come."""

from __future__ import annotations

from caseflow.services.houses import House
from tests import cast
from tests.builders import past_episodes
from tests.serving import ClientAs

PAGE = "/figures?scope=waterstad-lvv&as_of="


def test_a_team_lead_reads_each_figure_with_its_definition_and_cut_off(
    sealed_house: House, client_as: ClientAs
) -> None:
    past_episodes(sealed_house, "waterstad-lvv")
    text = client_as(cast.LENA).get(f"{PAGE}30-09-2026").get_data(as_text=True)
    assert "WODC" in text
    assert 'id="flow"' in text
    assert 'id="stock"' in text
    assert "565" in text
    assert "2026" in text


def test_a_day_that_is_none_a_day_to_come_and_a_programme_of_others_are_refused(
    sealed_house: House, client_as: ClientAs
) -> None:
    lena = client_as(cast.LENA)
    assert lena.get(f"{PAGE}soon").status_code == 422
    assert lena.get(f"{PAGE}30-09-2999").status_code == 409
    assert lena.get("/figures?scope=utrecht-bbb&as_of=30-09-2026").status_code == 422


def test_to_funders_and_caseworkers_the_page_is_not_there(
    sealed_house: House, client_as: ClientAs
) -> None:
    for colleague in (cast.FEMKE, cast.AMINA, cast.PETRA):
        assert client_as(colleague).get(f"{PAGE}30-09-2026").status_code == 404
