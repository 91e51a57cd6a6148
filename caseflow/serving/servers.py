"""The whole server of one child: the application, the control socket, the sweeps, and the way it ends."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, Sequence
from socket import socket
from typing import Any

from caseflow import clock, create_app
from caseflow.domain.actors import Actor, Grant, Role
from caseflow.domain.decisions import Refused
from caseflow.domain.messages import N_
from caseflow.services import holders, idle_sealing, instances, sealing, sweeps
from caseflow.services.actors import SYSTEM, system
from caseflow.serving.children import IDLE_EVERY_SECONDS, SWEEP_EVERY_SECONDS, Child, every, leave
from caseflow.serving.control_sockets import Answer, Listener
from caseflow.settings import Settings

log = logging.getLogger("caseflow.serving")


class Spare(logging.Formatter):
    """A log line without what was being worked on: when, how grave, where, and the kind of error."""

    def format(self, record: logging.LogRecord) -> str:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
        moment = self.formatTime(record, "%Y-%m-%dT%H:%M:%S")
        return f"{moment} {record.levelname} {record.name}:{record.funcName} {kind}".rstrip()


def serve(settings: Settings, passphrase: str, sockets: Sequence[socket]) -> int:
    """Serves until this process is told to stop (0); sealing ends the process itself, with status 75.

    Raises KeyringRefused, StoreRefused and ConfigurationRefused before anything is served.
    """
    _log_sparely()
    keyring, keys = instances.open_keys(settings, passphrase)
    application = create_app(settings, keyring, keys)
    listener = Listener(settings.instance, answer)
    child = Child(application, sockets, settings.serving, listener.is_answering)
    sealing.when_sealed(child.end_sealed)
    listener.start()
    every(SWEEP_EVERY_SECONDS, sweep_what_waits)
    every(IDLE_EVERY_SECONDS, seal_when_idle)
    places = ", ".join(sorted({_address(settings, one) for one in sockets}))
    sys.stderr.write(f"{places}\n")
    sys.stderr.flush()
    status = child.run()
    if status:
        leave(status)
    return status


def answer(asked: Mapping[str, Any]) -> Answer:
    """What the control socket answers to `status`, `holders`, `unseal` and `seal`."""
    what, organisation = asked.get("ask"), str(asked.get("organisation", ""))
    if what == "status":
        return {"vaults": {one.organisation: one.is_unsealed for one in sealing.states()}}
    if what == "holders":
        there = holders.listed(organisation)
        return _refusal(there) if isinstance(there, Refused) else {"holders": list(there)}
    if what == "unseal":
        holder, passphrase = str(asked.get("holder", "")), str(asked.get("passphrase", ""))
        return _unseal(_operator(organisation), organisation, holder, passphrase)
    if what == "seal":
        sealing.seal(_operator(""), clock.now(), "command")
        return {"sealed": True, "ends": True}
    return _refusal(Refused(N_("The server does not know this question.")))


def sweep_what_waits() -> None:
    """Sweeps the unsealed vaults that wait; a failure is logged, and tried again next time."""
    try:
        sweeps.run_waiting(system("job:sweeps"), clock.now())
        for organisation, count in sweeps.stranded().items():
            log.error(
                "A vault was not swept.", exc_info=sweeps.CaseworkIsOlder(organisation, count)
            )
    except Exception:
        log.exception("A sweep failed.")


def seal_when_idle() -> None:
    """Seals the vaults if nobody asked for words for long enough; a failure is logged, and tried again next time."""
    try:
        if idle_sealing.is_due(clock.now()):
            sealing.seal(system("idle"), clock.now(), "idle")
    except Exception:
        log.exception("The vaults were not sealed although nobody uses them.")


def _unseal(actor: Actor, organisation: str, holder: str, passphrase: str) -> Answer:
    decision = sealing.unseal(actor, organisation, holder, passphrase, clock.now())
    if isinstance(decision, Refused):
        return _refusal(decision)
    sweep_what_waits()
    return {"unsealed": organisation}


def _operator(organisation: str) -> Actor:
    grants = frozenset({Grant(Role.ADMINISTRATOR, organisation)})
    return Actor(SYSTEM, organisation, None, grants, None, "cli")


def _refusal(refused: Refused) -> Answer:
    values = {name: str(value) for name, value in refused.reason.values.items()}
    return {"refused": {"text": refused.reason.text, "values": values}}


def _address(settings: Settings, listening: socket) -> str:
    host, port = listening.getsockname()[:2]
    shown = "localhost" if settings.serving.is_on_loopback else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def _log_sparely() -> None:
    lines = logging.StreamHandler()
    lines.setFormatter(Spare())
    logging.basicConfig(level=logging.WARNING, handlers=[lines], force=True)
