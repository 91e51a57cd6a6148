"""The server as real processes: sealing ends the one that held keys and words, and nothing of them is left."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from caseflow import clock
from caseflow.services import sessions
from caseflow.services.houses import House
from caseflow.serving.control_sockets import NotServing, ask
from tests import builders, case_worlds, cast
from tests.commands import command, environment, run
from tests.conftest import Template
from tests.memories import found_in
from tests.serving import OWN_SETTINGS

HOLDER, PASSPHRASE = cast.HOLDERS["de-haven"]


@pytest.fixture
def instance(template: Template, tmp_path: Path) -> Path:
    """A fresh instance that is served over plain http on the loopback address."""
    folder = tmp_path / "instance"
    shutil.copytree(template.folder, folder)
    (folder / "config" / "settings.toml").write_text(OWN_SETTINGS, "utf-8")
    return folder


@dataclass
class Server:
    """A running server: its parent process and where it listens."""

    folder: Path
    parent: subprocess.Popen[str]
    port: int

    def until_served(self) -> None:
        """Waits for the line that a child writes once it listens."""
        assert self.parent.stderr is not None
        line = self.parent.stderr.readline()
        assert line.startswith("http://localhost:"), line

    def child(self) -> int:
        """The process id of the one child."""
        listed = Path(f"/proc/{self.parent.pid}/task/{self.parent.pid}/children").read_text("ascii")
        [child] = listed.split()
        return int(child)

    def get(self, path: str, token: str = "") -> tuple[int, str]:
        connection = HTTPConnection("localhost", self.port, timeout=30)
        connection.request("GET", path, headers={"Cookie": f"sid={token}"} if token else {})
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, text


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@pytest.fixture
def server(instance: Path) -> Iterator[Server]:
    port = free_port()
    parent = subprocess.Popen(
        command(instance, "serve", "--port", str(port)),
        env=environment(instance),
        stderr=subprocess.PIPE,
        text=True,
    )
    running = Server(instance, parent, port)
    running.until_served()
    yield running
    parent.terminate()
    parent.wait(30)
    assert parent.stderr is not None
    parent.stderr.close()


as_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can read the memory of another process that hides it"
)


@as_root
@pytest.mark.timeout(300)
def test_after_sealing_no_process_holds_a_word_or_a_key(
    house: House, template: Template, server: Server
) -> None:
    builders.hire_everybody(house)
    case_id = case_worlds.with_words(case_worlds.assigned())
    token = sessions.begin("amina", clock.now()).token
    wanted = {
        "name": case_worlds.FAMILY_NAME.encode(),
        "note": case_worlds.NOTE.encode(),
        "holder's passphrase": PASSPHRASE.encode(),
        "vault key": template.vault_keys["de-haven"],
    }
    before = server.child()
    assert case_worlds.FAMILY_NAME not in server.get(f"/cases/{case_id}", token)[1]
    assert found_in(before, wanted) == set()

    opened = run(server.folder, "unseal", "de-haven", typed=f"{PASSPHRASE}\n")
    assert opened.status == 0, opened.err
    status, text = server.get(f"/cases/{case_id}", token)
    assert (status, case_worlds.FAMILY_NAME in text) == (200, True)
    # So the scan can find them; the passphrase may have been overwritten by then.
    assert found_in(before, wanted) >= {"name", "note", "vault key"}

    assert run(server.folder, "seal").status == 0

    server.until_served()
    assert not Path(f"/proc/{before}").exists()
    status, text = server.get(f"/cases/{case_id}", token)
    assert (status, case_worlds.FAMILY_NAME in text) == (
        200,
        False,
    )  # still signed in, without words
    for process in (server.parent.pid, server.child()):
        assert found_in(process, wanted) == set()


@as_root
def test_the_parent_holds_no_key_and_no_passphrase(house: House, server: Server) -> None:
    keys = {name: bytes(house.stores.keys[name]) for name in ("casework", "audit", "cards")}
    wanted = {**keys, "passphrase": cast.OPERATIONS_PASSPHRASE.encode()}

    assert found_in(server.parent.pid, wanted) == set()
    assert found_in(server.child(), wanted) >= set(keys)


def test_a_child_that_was_killed_is_replaced_by_a_sealed_one(server: Server) -> None:
    assert run(server.folder, "unseal", "de-haven", typed=f"{PASSPHRASE}\n").status == 0
    assert ask(server.folder, {"ask": "seal"})["ends"]
    server.until_served()  # a first child that crashes would end the parent; this one has served
    os.kill(server.child(), signal.SIGKILL)

    assert server.parent.stderr is not None
    assert "status -9" in server.parent.stderr.readline()
    server.until_served()
    assert not any(ask(server.folder, {"ask": "status"})["vaults"].values())


def test_a_second_server_of_one_instance_is_refused(server: Server) -> None:
    said = run(server.folder, "serve", "--port", str(free_port()))

    assert said.status == 2
    [line] = said.err
    assert "runs for this instance already" in line


def test_a_port_in_use_is_one_line(instance: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = run(instance, "serve", "--port", str(taken.getsockname()[1]))

    assert said.status == 2
    [line] = said.err
    assert "cannot be listened on" in line


def test_a_wrong_passphrase_over_the_socket_is_one_line(server: Server) -> None:
    said = run(server.folder, "unseal", "de-haven", typed="not this one at all\n")

    assert (said.status, len(said.err)) == (2, 1)
    assert not any(ask(server.folder, {"ask": "status"})["vaults"].values())


def test_the_server_stops_with_its_parent_and_leaves_the_socket_to_the_next(
    server: Server,
) -> None:
    child = server.child()
    sock = server.folder / "control" / "server.sock"
    assert (sock.stat().st_mode & 0o077, sock.parent.stat().st_mode & 0o077) == (0, 0)

    server.parent.terminate()

    assert server.parent.wait(30) == 0
    assert not Path(f"/proc/{child}").exists()
    with pytest.raises(NotServing):
        ask(server.folder, {"ask": "status"})
