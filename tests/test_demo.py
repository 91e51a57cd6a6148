"""The demo as a person starts it: made once, served unsealed, signed in to with what it printed."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pyotp
import pytest
from sqlalchemy import select

from caseflow import clock
from caseflow.demos import buildings, fates
from caseflow.demos.buildings import Secrets, Stamp
from caseflow.domain.outcomes import Outcome
from caseflow.services import instances
from caseflow.settings import load
from caseflow.storage import audit_log
from caseflow.storage.models.accounts import RosterShift
from caseflow.storage.models.cases import Case, CaseTeamMember, Client, Referral
from tests import cast
from tests.commands import command, environment, run
from tests.memories import found_in

CASES, SEED = 14, 7
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Secrets]:
    """A small demo, made once for this file, by a process of its own as always."""
    folder = tmp_path_factory.mktemp("demo") / "instance"
    words = command(folder, "demo-build", "--cases", str(CASES), "--seed", str(SEED))
    environ = environment(folder, CASEFLOW_PASSPHRASE_FILE=None)
    subprocess.run(words, env=environ, cwd=folder.parent, check=True, timeout=250)
    return folder, Secrets.read(folder)


@pytest.fixture
def demo(made: tuple[Path, Secrets], tmp_path: Path) -> tuple[Path, Secrets]:
    folder = tmp_path / "instance"
    shutil.copytree(made[0], folder)
    return folder, made[1]


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@dataclass(frozen=True)
class Served:
    """A demo that is being served: where, by which process, and the accounts it wrote."""

    folder: Path
    port: int
    parent: int
    accounts: list[dict[str, object]]


@pytest.fixture
def served(demo: tuple[Path, Secrets]) -> Iterator[Served]:
    """The demo served by its command, until it said where."""
    folder, _ = demo
    port, accounts = free_port(), folder.parent / "accounts.json"
    words = ["demo", "--cases", str(CASES), "--seed", str(SEED), "--port", str(port)]
    process = subprocess.Popen(
        command(folder, *words, "--accounts-json", str(accounts)),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(folder, CASEFLOW_PASSPHRASE_FILE=None),
        cwd=folder.parent,
    )
    try:
        assert process.stdout is not None
        said = []
        for line in process.stdout:
            said.append(line)
            if line.strip() == f"http://localhost:{port}":
                break
        assert said[-1].startswith("http://localhost:"), said
        yield Served(folder, port, process.pid, json.loads(accounts.read_text("utf-8")))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        if process.stdout:
            process.stdout.close()


def ask(port: int, method: str, path: str, cookie: str = "", **fields: str) -> tuple[int, str, str]:
    """Status, cookie and body of one request, as a browser without JavaScript would send it."""
    connection = HTTPConnection("localhost", port, timeout=60)
    headers = {"Cookie": cookie, "Origin": f"http://localhost:{port}", "Host": f"localhost:{port}"}
    body = None
    if fields:
        body = urlencode(fields)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    text = answer.read().decode()
    given = [one.split(";")[0] for name, one in answer.getheaders() if name.lower() == "set-cookie"]
    connection.close()
    return answer.status, "; ".join(given) or cookie, text


def test_somebody_signs_in_to_the_demo_with_what_it_printed(
    served: Served,
) -> None:
    port, accounts = served.port, served.accounts
    lena = next(one for one in accounts if one["username"] == "lena")
    assert lena["roles"] == ["team_lead"]
    assert lena["holder_passphrase"]
    assert {one["organisation"] for one in accounts} == {
        "de-haven",
        "het-kompas",
        "gemeente-waterstad",
    }

    _, cookie, page = ask(port, "GET", "/sign-in")
    (token,) = re.findall(r'name="csrf_token"[^>]*value="([^"]+)"', page)[:1]
    status, cookie, _ = ask(
        port,
        "POST",
        "/sign-in",
        cookie,
        csrf_token=token,
        username="lena",
        password=str(lena["password"]),
        code=pyotp.TOTP(str(lena["totp_secret"])).now(),
    )
    assert status in (302, 303)
    status, _, page = ask(port, "GET", "/caseload", cookie)

    assert status == 200
    assert len(re.findall(r'href="/cases/[0-9a-f-]{36}"', page)) > 0


@pytest.mark.skipif(os.geteuid() != 0, reason="another process's memory is read by root alone")
def test_the_demos_parent_holds_no_passphrase_of_a_vault(served: Served) -> None:
    holders = Secrets.read(served.folder).holders
    wanted = {organisation: words.encode() for organisation, words in holders.items()}

    assert found_in(served.parent, wanted) == set()
    assert found_in(os.getpid(), wanted) == set(wanted)


def test_a_demo_remembers_itself_and_leaves_other_folders_alone(
    demo: tuple[Path, Secrets], tmp_path: Path
) -> None:
    folder, secrets = demo
    other = tmp_path / "not-a-demo"
    other.mkdir()
    (other / "notes.txt").write_text("somebody's")

    said = run(other, "demo", CASEFLOW_PASSPHRASE_FILE=None)

    assert Secrets.read(folder) == secrets
    assert Stamp.read(folder) == Stamp(buildings.FORM, SEED, CASES, clock.today())
    assert (said.status, len(said.err)) == (2, 1)
    assert [one.name for one in other.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("wrong", [("--cases", "none"), ("--port", "0"), ("--seed", "-1")])
def test_a_number_that_is_none_is_refused_in_one_line(
    tmp_path: Path, wrong: tuple[str, str]
) -> None:
    said = run(tmp_path / "new", "demo", f"{wrong[0]}={wrong[1]}")

    assert (said.status, len(said.err)) == (2, 1)
    assert wrong[0] in said.err[0]
    assert not (tmp_path / "new").exists()


def test_the_city_lives_through_the_gate_and_the_record_is_sound(
    demo: tuple[Path, Secrets],
) -> None:
    folder, secrets = demo
    words = (folder / buildings.PASSPHRASE_FILE).read_text("utf-8")
    house = instances.open_house(load(folder), words)
    try:
        with house.stores.reading() as session:
            clients = session.scalars(select(Client.call_name)).all()
            stages = set(session.scalars(select(Case.stage)))
            tied = [
                len(session.scalars(select(one).where(counts)).all())
                for one, counts in (
                    (CaseTeamMember, CaseTeamMember.deputy_for.is_not(None)),
                    (Client, Client.restricted),
                    (Referral, Referral.kind == "legal"),
                    (RosterShift, RosterShift.ends_at > clock.now()),
                )
            ]
        verdict = audit_log.verify(house.stores)
    finally:
        house.stores.close()

    assert len(clients) == CASES
    assert len(stages) > 2
    assert tied == [1, 1, 1, 1], "a deputy, a restricted client, a referral, a shift"
    assert verdict.sound
    assert verdict.entries > 20 * CASES
    assert {account.username for account in secrets.accounts} >= {"amina", "kofi", "femke"}


def test_the_same_seed_draws_the_same_lives() -> None:
    today = cast.NOW.date()
    drawn = [fates.draw(SEED, number, today) for number in range(300)]

    assert drawn == [fates.draw(SEED, number, today) for number in range(300)]
    assert drawn != [fates.draw(SEED + 1, number, today) for number in range(300)]
    assert {one.outcome for one in drawn} >= set(Outcome) - {
        Outcome.UNKNOWN,
        Outcome.STAY_LIMIT_REACHED,
    }
    assert any(one.is_test for one in drawn)
    assert sum(one.family_name is None for one in drawn) > 60
