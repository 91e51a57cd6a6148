"""The programmes that are shipped, and the files that are refused."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from caseflow.domain.catalogues import Catalogue
from caseflow.domain.configuration import ConfigurationRefused
from caseflow.domain.configuration_tables import shown_path
from caseflow.domain.organisations import OrganisationKind, ProtectionRole
from caseflow.domain.outcomes import SolutionDefinition
from caseflow.domain.programmes import Offer, ProgrammeKind, ProposalKind, SourceMark, Stage
from caseflow.domain.stay_limits import AbsenceKind, StartEvent
from caseflow.domain.validities import in_force

CONFIG = Path(__file__).parents[2] / "config"
SHIPPED = Catalogue.load(CONFIG)
DEMO = Catalogue.load(CONFIG, CONFIG / "demo")
TODAY = date(2026, 11, 22)

CONTRACT = [
    "amsterdam-lvv",
    "anonymous-care",
    "eindhoven-lvv",
    "fundao-centre",
    "ghent-orientation",
    "groningen-lvv",
    "rotterdam-lvv",
    "utrecht-bbb",
    "utrecht-lvv",
]


def test_every_programme_of_the_contract_is_shipped_and_loads() -> None:
    assert sorted(SHIPPED.programmes) == CONTRACT
    assert sorted(SHIPPED.groups) == ["lvv-pilot"]


@pytest.mark.parametrize("programme_id", CONTRACT)
def test_every_shipped_programme_names_sources_and_invents_none(programme_id: str) -> None:
    programme = SHIPPED.programmes[programme_id]

    assert programme.sources
    assert all(source.mark is not SourceMark.INVENTED for source in programme.sources)
    assert all("confirmed" in source.cite for source in programme.sources if source.to_be_confirmed)


@pytest.mark.parametrize(
    ("programme_id", "months"),
    [("amsterdam-lvv", 18), ("rotterdam-lvv", 6)]
    + [(one, None) for one in CONTRACT if one not in {"amsterdam-lvv", "rotterdam-lvv"}],
)
def test_only_amsterdam_and_rotterdam_set_a_longest_stay(
    programme_id: str, months: int | None
) -> None:
    assert SHIPPED.programmes[programme_id].stay_limit_on(date(2022, 1, 1)).months == months


def test_amsterdam_has_five_hundred_places_that_two_funders_paid_until_2024() -> None:
    amsterdam = SHIPPED.programmes["amsterdam-lvv"]
    then, now = amsterdam.capacity_on(date(2024, 12, 31)), amsterdam.capacity_on(TODAY)

    assert then is not None
    assert now is not None
    assert [share.places for share in then.shares] == [340, 160]
    assert (then.places, then.site_limit) == (500, 80)
    assert now.places == 500
    assert amsterdam.source(now.source).to_be_confirmed
    assert amsterdam.capacity_on(date(2019, 2, 28)) is None


@pytest.mark.parametrize(
    "programme_id", ["amsterdam-lvv", "utrecht-lvv", "groningen-lvv", "eindhoven-lvv"]
)
def test_the_state_covenant_ended_in_2024_and_the_city_goes_on(programme_id: str) -> None:
    programme = SHIPPED.programmes[programme_id]
    last, first = (
        in_force(programme.frameworks, date(2024, 12, 31)),
        in_force(programme.frameworks, date(2025, 1, 1)),
    )

    assert last is not None
    assert first is not None
    assert (last.id, first.id) == ("state-covenant", "city-rules")
    assert programme.open_on(TODAY)


def test_rotterdam_takes_past_episodes_only() -> None:
    rotterdam = SHIPPED.programmes["rotterdam-lvv"]

    assert not rotterdam.open_on(date(2022, 1, 1))
    assert in_force(rotterdam.frameworks, date(2025, 1, 1)) is None


def test_fundao_works_in_three_steps() -> None:
    assert [step.id for step in SHIPPED.programmes["fundao-centre"].steps] == [
        "basic-needs",
        "inclusion",
        "autonomy",
    ]


def test_anonymous_care_asks_nobody_who_they_are() -> None:
    care = SHIPPED.programmes["anonymous-care"]

    assert care.kind is ProgrammeKind.CONSULTATION
    assert not care.identity_asked
    assert Offer.SHELTER not in care.offers
    assert Stage.SCREENING not in care.stages
    assert care.follow_up_months == ()


def test_the_pilot_is_the_union_of_the_five_cities_and_has_an_owner() -> None:
    assert SHIPPED.members("lvv-pilot") == (
        "amsterdam-lvv",
        "rotterdam-lvv",
        "utrecht-lvv",
        "groningen-lvv",
        "eindhoven-lvv",
    )
    assert SHIPPED.members("utrecht-bbb") == ("utrecht-bbb",)
    assert SHIPPED.groups["lvv-pilot"].owner in SHIPPED.organisations
    assert SHIPPED.programmes["utrecht-bbb"].keeper == "lvv-archive"
    with pytest.raises(KeyError):
        SHIPPED.members("nowhere")


def test_utrecht_answers_under_its_own_definition_first() -> None:
    assert SHIPPED.programmes["utrecht-bbb"].headline is SolutionDefinition.UTRECHT
    assert SHIPPED.programmes["utrecht-lvv"].headline is SolutionDefinition.WODC


def test_no_criterion_asks_about_crime() -> None:
    words = re.compile(r"crim|1f|openbare orde|public order|misdrijf", re.IGNORECASE)

    for programme in DEMO.programmes.values():
        for version in programme.criteria:
            for one in version.criteria:
                assert not words.search(f"{one.id} {one.label.nl} {one.label.en}")


def test_the_archive_of_imported_figures_has_no_vault() -> None:
    archive = SHIPPED.organisations["lvv-archive"]

    assert archive.kind is OrganisationKind.ARCHIVE
    assert not archive.has_vault
    assert archive.office_hours is None


def test_the_demo_adds_an_invented_city_to_what_is_shipped() -> None:
    lvv, bbb = DEMO.programmes["waterstad-lvv"], DEMO.programmes["waterstad-bbb"]
    limit = lvv.stay_limit_on(TODAY)

    assert set(DEMO.programmes) - set(SHIPPED.programmes) == {lvv.id, bbb.id}
    assert set(DEMO.organisations) == {
        "lvv-archive",
        "de-haven",
        "het-kompas",
        "gemeente-waterstad",
    }
    assert (limit.months, limit.start_event) == (18, StartEvent.SHELTER)
    assert limit.pauses == {AbsenceKind.HOSPITAL, AbsenceKind.DETENTION}
    assert bbb.stay_limit_on(TODAY).months is None
    assert all(one.demo for one in (lvv, bbb))
    assert not any(one.demo for one in SHIPPED.programmes.values())


def test_every_word_for_people_is_there_in_two_languages() -> None:
    words = DEMO.programmes["waterstad-lvv"].words

    assert words.client.in_language("nl") == "deelnemer"
    assert words.client.in_language("nl_NL") == "deelnemer"
    assert words.client.in_language("en") == "participant"
    assert words.voluntary_return.in_language("en") == "independent return"


def test_every_criterion_and_framework_has_a_version_in_force_today() -> None:
    lvv = DEMO.programmes["waterstad-lvv"]
    version = lvv.criteria_on(TODAY)

    assert version is not None
    assert version.version == "2019-1"
    assert lvv.criteria_on(date(2018, 1, 1)) is None
    assert {kind.value for kind in lvv.deciders.values()} == {"team_lead"}
    assert set(lvv.deciders) == set(ProposalKind)


def copied(tmp_path: Path) -> Path:
    folder = tmp_path / "config"
    shutil.copytree(CONFIG, folder)
    return folder


def change(file: str, old: str, new: str) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text, "the test changes nothing"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return apply


def renamed(folder: Path) -> None:
    (folder / "programmes/utrecht-bbb.toml").rename(folder / "programmes/utrecht-old.toml")


def not_utf8(folder: Path) -> None:
    (folder / "programmes/x.toml").write_bytes(b'id = "\xff"\n')


AMSTERDAM = "programmes/amsterdam-lvv.toml"
UTRECHT = "programmes/utrecht-bbb.toml"
PILOT = "programmes/lvv-pilot.toml"
ARCHIVE = "organisations/lvv-archive.toml"

BROKEN = [
    (
        change(AMSTERDAM, "months = 18", "months = 0"),
        f"config/{AMSTERDAM}: stay_limit.months: must be a whole number of months above 0, "
        "or leave the key out for no limit",
    ),
    (
        change(AMSTERDAM, "months = 18", 'months = "18"'),
        f"config/{AMSTERDAM}: stay_limit.months: must be a whole number of months above 0, "
        "or leave the key out for no limit",
    ),
    (
        change(AMSTERDAM, "months = 18", "month = 18"),
        f"config/{AMSTERDAM}: stay_limit.month: is not a known key; did you mean months?",
    ),
    (
        change(AMSTERDAM, 'start_event = "shelter"', 'start_event = "arrival"'),
        f"config/{AMSTERDAM}: stay_limit.start_event: “arrival” is not known here; use one of: "
        "application, shelter, admission, pathway_start",
    ),
    (
        change(AMSTERDAM, 'start_event = "shelter"\n', ""),
        f"config/{AMSTERDAM}: stay_limit.start_event: is missing: add it",
    ),
    (
        change(AMSTERDAM, 'id = "amsterdam-lvv"', 'id = "amsterdam"'),
        f"config/{AMSTERDAM}: id: must be “amsterdam-lvv”, as the file is called",
    ),
    (
        change(AMSTERDAM, "valid_from = 2019-03-01\n", 'valid_from = "2019-03-01"\n'),
        f"config/{AMSTERDAM}: valid_from: must be a date without quotes, such as 2025-01-01",
    ),
    (
        change(AMSTERDAM, "valid_to = 2024-12-31", "valid_to = 2018-12-31"),
        f"config/{AMSTERDAM}: frameworks[1].valid_to: lies before valid_from: swap the dates or correct one",
    ),
    (
        change(AMSTERDAM, "valid_to = 2024-12-31", "valid_to = 2025-01-01"),
        f"config/{AMSTERDAM}: frameworks[2].valid_from: overlaps with an earlier entry: "
        "end that one the day before",
    ),
    (
        change(AMSTERDAM, "places = 340", "places = 341"),
        f"config/{AMSTERDAM}: capacity[1].shares: add up to 501 places, not to 500: correct one of them",
    ),
    (
        change(AMSTERDAM, "public_publications = true", "public_publications = 1"),
        f"config/{AMSTERDAM}: public_publications: must be true or false, without quotes",
    ),
    (
        change(AMSTERDAM, 'keeper = "lvv-archive"', 'keeper = "lvv-archief"'),
        f"config/{AMSTERDAM}: keeper: “lvv-archief” is no organisation: "
        "add organisations/lvv-archief.toml or correct it",
    ),
    (
        change(AMSTERDAM, 'source = "limit"', 'source = "limits"'),
        f"config/{AMSTERDAM}: stay_limit.source: is not the id of one of the sources of this file",
    ),
    (
        change(AMSTERDAM, "follow_up_months = [6, 12]", "follow_up_months = [12, 6]"),
        f"config/{AMSTERDAM}: follow_up_months: must be a list of whole numbers above 0 in rising order",
    ),
    (
        change(
            AMSTERDAM,
            'client = { nl = "deelnemer", en = "participant" }',
            'client = { nl = "gast" }',
        ),
        f"config/{AMSTERDAM}: words.client.en: is missing: add it",
    ),
    (
        change(
            AMSTERDAM,
            'keeper = "lvv',
            'shelter_needs_agreement = ["legal", "enforcement"]\nkeeper = "lvv',
        ),
        f"config/{AMSTERDAM}: shelter_needs_agreement: can name these alone: legal, care, education",
    ),
    (
        change(AMSTERDAM, 'keeper = "lvv', 'outcomes = ["permit"]\nkeeper = "lvv'),
        f"config/{AMSTERDAM}: outcomes: “permit” is not known here; use one of: residence_permit, "
        "voluntary_return, national_reception, onward_migration, municipal_transfer, "
        "left_destination_unknown, ended_by_programme, stay_limit_reached, detained, "
        "forced_departure, dublin_transfer, deceased, other, unknown",
    ),
    (
        change(AMSTERDAM, 'kind = "shelter"\n', ""),
        f"config/{AMSTERDAM}: kind: is missing: add it",
    ),
    (
        change(
            UTRECHT,
            'source = "no-limit"',
            'months = true\nstart_event = "shelter"\nsource = "no-limit"',
        ),
        f"config/{UTRECHT}: stay_limit.months: must be a whole number of months above 0, "
        "or leave the key out for no limit",
    ),
    (
        change(UTRECHT, 'id = "utrecht-bbb"', 'id = "utrecht-bbb'),
        f"config/{UTRECHT}:1: is not valid TOML here: check quotes, brackets and doubled keys",
    ),
    (
        renamed,
        "config/programmes/utrecht-old.toml: id: must be “utrecht-old”, as the file is called",
    ),
    (
        change(AMSTERDAM, 'admission = "team_lead"', 'admission = "director"'),
        f"config/{AMSTERDAM}: deciders.admission: “director” is not known here; use one of: "
        "team_lead, municipal_decision_maker",
    ),
    (not_utf8, "config/programmes/x.toml: is not UTF-8 text: save it as UTF-8"),
    (
        change(PILOT, '"rotterdam-lvv"', '"rotterdam"'),
        f"config/{PILOT}: members: “rotterdam” is no programme: "
        "add programmes/rotterdam.toml or correct it",
    ),
    (
        change(PILOT, 'owner = "lvv-archive"', 'owner = "ministry"'),
        f"config/{PILOT}: owner: “ministry” is no organisation: "
        "add organisations/ministry.toml or correct it",
    ),
    (
        change(PILOT, '"rotterdam-lvv"', '"amsterdam-lvv"'),
        f"config/{PILOT}: members: names the same thing twice: keep one",
    ),
    (
        change(ARCHIVE, 'role = "controller"', 'role = "processor"'),
        f"config/{ARCHIVE}: processes_for: is missing: name the organisation it works for",
    ),
    (
        change(ARCHIVE, "has_vault", "has_valt"),
        f"config/{ARCHIVE}: has_valt: is not a known key; did you mean has_vault?",
    ),
]


@pytest.mark.parametrize(("break_it", "line"), BROKEN, ids=[line for _, line in BROKEN])
def test_a_broken_file_is_refused_in_exactly_one_line(
    tmp_path: Path, break_it: Callable[[Path], None], line: str
) -> None:
    folder = copied(tmp_path)
    break_it(folder)

    with pytest.raises(ConfigurationRefused) as refused:
        Catalogue.load(folder)

    assert [str(problem) for problem in refused.value.problems] == [line]
    assert str(tmp_path) not in str(refused.value)


def test_all_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    for broken in (
        change(AMSTERDAM, "months = 18", "months = -1"),
        change(AMSTERDAM, "places = 500", 'places = "many"'),
        change(ARCHIVE, 'kind = "archive"', 'kind = "library"'),
        change(PILOT, "members", "member"),
    ):
        broken(folder)

    with pytest.raises(ConfigurationRefused) as refused:
        Catalogue.load(folder)

    assert {problem.file for problem in refused.value.problems} == {
        f"config/{AMSTERDAM}",
        f"config/{ARCHIVE}",
        f"config/{PILOT}",
    }


def test_an_id_used_in_two_folders_is_refused(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    twin = folder / "demo" / AMSTERDAM
    shutil.copy(folder / AMSTERDAM, twin)

    with pytest.raises(ConfigurationRefused, match="is already used by config/programmes"):
        Catalogue.load(folder, folder / "demo")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationRefused, match="is not a folder"):
        Catalogue.load(tmp_path / "config")


def test_a_folder_without_programmes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationRefused, match="describes no programme"):
        Catalogue.load(tmp_path)


def test_office_hours_are_times_of_the_day(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    change("demo/organisations/de-haven.toml", '"17:30"', '"07:30"')(folder)

    with pytest.raises(ConfigurationRefused) as refused:
        Catalogue.load(folder, folder / "demo")

    assert [str(problem) for problem in refused.value.problems] == [
        "config/demo/organisations/de-haven.toml: office_hours.closes: "
        "must be a time after opens, such as 17:30"
    ]


def test_the_number_called_from_a_door_is_a_telephone_number(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    change("demo/organisations/de-haven.toml", '"010 555 01 10"', '"ask Lena"')(folder)

    with pytest.raises(ConfigurationRefused, match="on_call: must be a telephone number"):
        Catalogue.load(folder, folder / "demo")


def test_a_processor_names_its_controller(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    change(
        "demo/organisations/de-haven.toml",
        'role = "controller"',
        'role = "processor"\nprocesses_for = "gemeente-waterstad"',
    )(folder)

    haven = Catalogue.load(folder, folder / "demo").organisations["de-haven"]

    assert haven.role is ProtectionRole.PROCESSOR
    assert haven.processes_for == "gemeente-waterstad"


def test_a_file_is_named_from_its_configuration_folder_on() -> None:
    assert shown_path(Path("/srv/config/demo/programmes/x.toml")) == "config/demo/programmes/x.toml"
    assert shown_path(Path("/srv/caseflow/programmes/x.toml")) == "caseflow/programmes/x.toml"
