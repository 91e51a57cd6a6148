"""Faults that the proof must find: each takes one guard away, in this process alone, and gives it back."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final
from unittest import mock

from flask import Flask, Response, jsonify, request
from sqlalchemy import func, select
from werkzeug.routing import Map, Rule

from caseflow.domain.access import Standing
from caseflow.domain.actors import Actor
from caseflow.domain.labels import Label
from caseflow.domain.programmes import Programme
from caseflow.proofs.grounds import Ground
from caseflow.proofs.plantings import Planted
from caseflow.services import (
    case_files,
    complaints,
    decision_sheets,
    demands,
    gatekeeping,
    houses,
    incidents,
    kept_apart,
    vault_readings,
)
from caseflow.services.case_views import ContactView
from caseflow.storage import audit_log, relations, words
from caseflow.storage.models.cases import Case, Client
from caseflow.storage.models.complaints import Complaint
from caseflow.storage.models.demands import Demand
from caseflow.storage.models.vault import ContactLine, Identity
from caseflow.storage.stores import Stores
from caseflow.web import errors
from caseflow.web.guards import public, signed_in_only

log = logging.getLogger("caseflow.proofs")
Planting = Callable[[Ground, Planted], AbstractContextManager[None]]
CASE, LIST = frozenset({"cases.show"}), frozenset({"cases.caseload"})
PEEK: Final = "proof.peek"
WHY: Final = "planted by the proof"


@dataclass(frozen=True)
class Fault:
    """A guard that is taken away: who then visits what, and which kind of finding tells of it."""

    name: str
    planted: Planting
    kinds: frozenset[str]
    visitors: frozenset[str]
    endpoints: frozenset[str]
    by_difference: bool = False
    on_disk: bool = False
    sealed: bool = False

    @property
    def adds_a_route(self) -> bool:
        return PEEK in self.endpoints


def _patched(target: Any, name: str, made: Callable[[Any], Any]) -> Planting:
    """The same function with one guard less."""

    @contextmanager
    def planting(ground: Ground, planted: Planted) -> Iterator[None]:
        with mock.patch.object(target, name, made(getattr(target, name))):
            yield

    return planting


def _serving(path: str, view: Callable[..., Any]) -> Planting:
    """The application with one route more."""

    @contextmanager
    def planting(ground: Ground, planted: Planted) -> Iterator[None]:
        app: Flask = ground.app
        before = app.url_map
        known = [rule.empty() for rule in before.iter_rules()]
        app.url_map = Map(
            [*known, Rule(path, endpoint=PEEK, methods=["GET"])], converters=before.converters
        )
        app.view_functions[PEEK] = view
        try:
            yield
        finally:
            app.url_map = before
            del app.view_functions[PEEK]

    return planting


def _clients(*where: Any) -> list[Client]:
    with houses.current().stores.reading() as session:
        found = list(session.scalars(select(Client).where(*where).order_by(Client.code)))
        session.expunge_all()
        return found


@public(WHY)
def _without_guard(case_id: Any) -> str:
    with houses.current().stores.reading() as session:
        code = session.scalar(select(Case.client_code).where(Case.id == str(case_id)))
    return " ".join(one.call_name for one in _clients(Client.code == code))


@signed_in_only(WHY)
def _export() -> Response:
    lines = "".join(f"{one.code};{one.call_name}\r\n" for one in _clients())
    return Response(lines, mimetype="text/csv")


@signed_in_only(WHY)
def _count() -> str:
    asked = request.args.get("q", "")
    with houses.current().stores.reading() as session:
        return str(
            session.scalar(
                select(func.count()).select_from(Client).where(Client.call_name == asked)
            )
        )


@signed_in_only(WHY)
def _autocomplete() -> Response:
    begins = request.args.get("q", "")[:2]
    return jsonify([one.call_name for one in _clients(Client.call_name.startswith(begins))])


@signed_in_only(WHY)
def _sorted() -> str:
    """Numbers of places alone, in the order of a name that nobody here may see."""
    with houses.current().stores.reading_vault("de-haven") as vault:
        rows = vault.scalars(select(Identity.client_code).order_by(Identity.family_name)).all()
    places = {code: str(n) for n, code in enumerate(sorted(rows))}
    return " ".join(places[code] for code in rows)


def _family_name() -> str:
    with houses.current().stores.reading_vault("de-haven") as vault:
        return str(vault.scalar(select(Identity.family_name).limit(1)))


@signed_in_only(WHY)
def _download() -> Response:
    told = {"Content-Disposition": f'attachment; filename="{_family_name()}.csv"'}
    return Response("nothing", mimetype="text/csv", headers=told)


@signed_in_only(WHY)
def _document() -> Response:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("docProps/core.xml", f"<dc:subject>{_family_name()}</dc:subject>")
    return Response(content.getvalue(), mimetype="application/octet-stream")


def _phone_too(real: Any) -> Any:
    def contact(vault: Any, casework: Any, dossier: Any, vision: Any) -> ContactView | None:
        rows = words.visible(vault, casework, ContactLine, [dossier.client.code], limit=1)
        return (
            ContactView(rows[0].phone, rows[0].how_to_reach, rows[0].do_not_contact)
            if rows
            else None
        )

    return contact


def _names_in_errors(real: Any) -> Any:
    def shown(code: int, *more: Any) -> Response:
        answer: Response = real(code, *more)
        case_id = str((request.view_args or {}).get("case_id", ""))
        with houses.current().stores.reading() as session:
            asked = select(Client.call_name).join(Case, Case.client_code == Client.code)
            name = session.scalar(asked.where(Case.id == case_id))
        answer.set_data(answer.get_data(as_text=True) + (name or ""))
        return answer

    return shown


def _name_in_a_log(real: Any) -> Any:
    def build(*given: Any, **named: Any) -> Any:
        view = real(*given, **named)
        log.warning("The case of %s was opened.", view.call_name)
        return view

    return build


@contextmanager
def _name_of_a_file(ground: Ground, planted: Planted) -> Iterator[None]:
    """Whoever opens a case leaves a file that is called after the person."""
    real, left = case_files.build, []

    def build(*given: Any, **named: Any) -> Any:
        view = real(*given, **named)
        left.append(ground.folder / f"{view.call_name}.tmp")
        left[-1].touch()
        return view

    with mock.patch.object(case_files, "build", build):
        yield
    for file in left:
        file.unlink(missing_ok=True)


def _left_out(real: Any) -> Any:
    def tell(stores: Any, act: Any, **named: Any) -> Any:
        return "" if act.event == "case_opened" else real(stores, act, **named)

    return tell


def _never_restricted(real: Any) -> Any:
    def standing(actor: Any, footing: Any) -> Standing:
        said: Standing = real(actor, footing)
        return replace(said, restricted=False)

    return standing


def _without_borders(real: Any) -> Any:
    def footings(session: Any, actor: Actor, case_ids: Any, now: Any, today: Any) -> Any:
        found = real(session, actor, case_ids, now, today)
        for organisation in ("de-haven", "het-kompas"):
            abroad = replace(actor, organisation=organisation)
            for case_id, footing in real(session, abroad, case_ids, now, today).items():
                found[case_id].relations |= footing.relations
        return found

    return footings


@contextmanager
def _not_sealed(ground: Ground, planted: Planted) -> Iterator[None]:
    """Sealing forgets to close: whoever asks for a vault still gets it."""
    open_vaults = {one: ground.house.stores.vault(one) for one in ground.vault_keys}
    with (
        mock.patch.object(Stores, "is_unsealed", return_value=True),
        mock.patch.object(Stores, "vault", lambda self, organisation: open_vaults[organisation]),
    ):
        yield


@contextmanager
def _kept_by_browsers(ground: Ground, planted: Planted) -> Iterator[None]:
    def forget(response: Response) -> Response:
        response.headers["Cache-Control"] = "private, max-age=60"
        return response

    last: list[Any] = ground.app.after_request_funcs.setdefault(None, [])
    last.insert(0, forget)  # the first that was registered is the last that runs
    try:
        yield
    finally:
        last.remove(forget)


@contextmanager
def _says_forbidden(ground: Ground, planted: Planted) -> Iterator[None]:
    """A case that is there says so: 403 and not 404."""
    before = errors._shown

    def shown(code: int, *more: Any) -> Response:
        answer: Response = before(code, *more)
        if str((request.view_args or {}).get("case_id", "")) in planted.cases.values():
            answer.status_code = 403
        return answer

    with mock.patch.object(errors, "_shown", shown):
        yield


def _called_by_name(real: Any) -> Any:
    """A sheet that says whom it is about."""

    def line(programme: Programme, row: Any, case: Case) -> Any:
        [client] = _clients(Client.code == case.client_code)
        said = Label(nl=client.call_name, en=client.call_name)
        return real(replace(programme, name=said), row, case)

    return line


def _every_complaint(real: Any) -> Any:
    return lambda actor: Complaint.organisation == actor.organisation


def _every_demand(real: Any) -> Any:
    return lambda actor: Demand.organisation == actor.organisation


def _everybody_safe(real: Any) -> Any:
    return lambda standing: True


def _both_sides(real: Any) -> Any:
    return lambda *given, **named: frozenset()


CAME: Final = frozenset({"came back"})
DIFFERS: Final = frozenset({"told by difference"})


def _one(
    name: str,
    planted: Planting,
    kinds: frozenset[str],
    visitors: str,
    endpoints: frozenset[str],
    **more: bool,
) -> Fault:
    return Fault(name, planted, kinds, frozenset(visitors.split()), endpoints, **more)


def _route(
    name: str, path: str, view: Callable[..., Any], kind: str = "came back", **more: bool
) -> Fault:
    planting = _serving(path, view)
    return _one(name, planting, frozenset({kind}), "same-team", frozenset({PEEK}), **more)


FAULTS: Final = (
    _route("a route without guard", "/proof/<uuid:case_id>", _without_guard),
    _one("a view that passes a row", _patched(vault_readings, "_contact", _phone_too), CAME, "places", CASE),
    _route("an export that skips redaction", "/proof.csv", _export),
    _route("a search that counts hidden matches", "/proof", _count, "told by a search"),
    _one("an error page with a value", _patched(errors, "_shown", _names_in_errors), CAME, "same-team", CASE),
    _one("a log line with a name", _patched(case_files, "build", _name_in_a_log),
         frozenset({"stood in a log"}), "case-team", CASE),
    _one("an audit entry left out", _patched(audit_log, "tell", _left_out), frozenset({"not recorded"}),
        "case-team", CASE),
    _route("an autocomplete", "/proof", _autocomplete),
    _route("a sort order", "/proof", _sorted, "told by difference", by_difference=True),
    _one("a file name", _name_of_a_file, frozenset({"lay about"}), "case-team", CASE, on_disk=True),
    _route("the name of a download", "/proof", _download),
    _one("a cache header", _kept_by_browsers, frozenset({"may be kept by a browser"}), "case-team", LIST),
    _route("a document's metadata", "/proof", _document),
    _one("a restriction that is ignored", _patched(gatekeeping, "_standing", _never_restricted), CAME,
        "case-team", CASE),
    _one("a sealed vault that is read", _not_sealed, CAME, "case-team", CASE, sealed=True),
    _one("a border between organisations", _patched(relations, "footings", _without_borders), CAME,
        "case-team-kompas places", CASE),
    _one("a separation that is ignored", _patched(kept_apart, "unusable_sites", _both_sides), CAME, "places",
         frozenset({"placements.new"})),
    _one("a decision sheet with a name", _patched(decision_sheets, "_line", _called_by_name), CAME, "decision-maker",
         frozenset({"decision_sheets.index"})),
    _one("a complaint for everybody", _patched(complaints, "seen_by", _every_complaint), CAME, "case-team",
         frozenset({"complaints.index"})),
    _one("a demand for everybody", _patched(demands, "seen_by", _every_demand), CAME, "case-team",
         frozenset({"demands.show"})),
    _one("an incident for everybody", _patched(incidents, "_sees_safety", _everybody_safe), CAME, "same-team",
         frozenset({"incidents.show"})),
    _one("a refusal that tells", _says_forbidden, frozenset({"told by a refusal"}), "same-team", CASE),
)  # fmt: skip
"""Each names the guard as a report says it."""
NAMES: Final = tuple(fault.name for fault in FAULTS)
