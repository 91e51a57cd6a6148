"""The first day of a real installation, by commands and pages alone: from `init` to the first case."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseflow import clock
from caseflow.settings import SHIPPED_CONFIG
from tests import cast
from tests.commands import command, environment, run
from tests.journeys.visitors import Answer, Visitor
from tests.serving import OWN_SETTINGS

HOLDER, PASSPHRASE = cast.HOLDERS["de-haven"]
ASKS = "A quiet bed and somebody to talk to."
PROGRAMME = "waterstad-lvv"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the settings, organisations and programmes of a city, and nothing else yet."""
    folder = tmp_path / "instance"
    shutil.copytree(SHIPPED_CONFIG / "demo", folder / "config")
    (folder / "config" / "settings.toml").write_text(OWN_SETTINGS, "utf-8")
    return folder


@pytest.fixture
def first_link(folder: Path) -> str:
    """The invitation of the first administrator, as `init` prints it."""
    made = run(folder, "init", "--admin", "ada", "--organisation", "gemeente-waterstad", "--json")
    assert made.status == 0, made.err
    link: str = json.loads("\n".join(made.out))["invitation"]
    assert link.startswith("http://localhost:8000/invitations/")
    return link.removeprefix("http://localhost:8000")


@pytest.fixture
def site(folder: Path, first_link: str) -> Iterator[str]:
    """The address of the server that was started on the new instance."""
    parent = subprocess.Popen(
        command(folder, "serve", "--port", str(_free_port())),
        env=environment(folder),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert parent.stderr is not None
    address = parent.stderr.readline().strip()
    assert address.startswith("http://localhost:"), address
    yield address
    parent.terminate()
    parent.wait(30)
    parent.stderr.close()


@pytest.mark.timeout(300)
def test_a_new_installation_comes_from_init_to_its_first_case(
    folder: Path, first_link: str, site: str
) -> None:
    ada = Visitor(site)
    ada.accept(first_link, "ada")
    assert ada.send("/teams", organisation="de-haven", name="East").status == 200
    assert _opens_a_site(ada).path.startswith("/sites/")

    petra = _hired(ada, site, "petra", "privacy_officer", programmes=PROGRAMME)
    lena = _hired(ada, site, "lena", "team_lead", in_team="East")
    amina = _hired(ada, site, "amina", "caseworker", in_team="East")
    tess = _hired(ada, site, "tess", "intake_desk")
    kofi = _hired(ada, site, "kofi", "coordinator")

    assert tess.read("/applications/new").status == 404, "one person alone opens no vault"
    assert "/agree" not in ada.read("/roles").text, "nor agrees to what they gave"
    for agree in re.findall(r'action="(/roles/[\w-]+/agree)"', petra.read("/roles").text):
        assert petra.send(agree).path == "/roles"
    assert "Free tonight" in _in_english(kofi).read("/beds").text

    added = run(folder, "holder", "add", "de-haven", HOLDER, typed=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    assert added.status == 0, added.err
    assert 'name="asks"' not in tess.read("/applications/new").text
    opened = lena.send("/vault/unseal", holder=HOLDER, passphrase=PASSPHRASE)
    assert (opened.status, opened.path) == (200, "/vault")

    case = tess.send(
        "/applications/new",
        call_name="Blue",
        programme=PROGRAMME,
        applied_on=clock.today().isoformat(),
        asks=ASKS,
    )
    assert case.status == 200, case.text
    address = case.path.split("?")[0]
    assert ASKS in case.text
    assert amina.read(address).status == 200, "a colleague of the team knows the case"
    assert ASKS not in amina.read(address).text, "and reads no word of it yet"
    colleagues = lena.read(f"{address}/case-team").text
    [user_id] = re.findall(r'value="([\w-]{36})"[^>]*>\s*<label[^>]*>Amina', colleagues)
    assert lena.send(f"{address}/case-team", members=user_id).status == 200
    assert ASKS in amina.read(address).text

    sealed = run(folder, "seal")
    assert sealed.status == 0, sealed.err


def _opens_a_site(ada: Visitor) -> Answer:
    return ada.send(
        "/sites/new",
        organisation="de-haven",
        name="Havenhuis",
        kind="full_day",
        from_on="2026-01-01",
        **{
            "alike-0-name": "Room",
            "alike-0-rooms": "2",
            "alike-0-beds": "3",
            "alike-0-meant_for": "anyone",
        },
    )


def _hired(
    ada: Visitor, site: str, name: str, role: str, *, in_team: str = "", programmes: str = ""
) -> Visitor:
    """Invites a colleague, who follows the link."""
    form = ada.read("/accounts/new?organisation=de-haven")
    shown = ada.send(
        "/accounts/new",
        username=name,
        display_name=name.title(),
        organisation="de-haven",
        role=role,
        team=form.value_of(in_team) if in_team else "",
        **({"programmes": programmes} if programmes else {}),
    )
    link = re.search(rf"{site}(/invitations/[\w-]{{43}})", shown.text)
    assert (shown.status, bool(link)) == (201, True), shown.text
    assert link is not None
    colleague = Visitor(site)
    colleague.accept(link[1], name)
    return colleague


def _in_english(visitor: Visitor) -> Visitor:
    visitor.send("/language", language="en")
    return visitor


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])
