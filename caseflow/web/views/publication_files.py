"""A publication as files, for programs, for spreadsheets and for paper; each says the same as the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from flask import Blueprint, abort, make_response, request
from werkzeug.wrappers import Response

from caseflow import clock
from caseflow.publishing.reports import NotPrintable
from caseflow.services import (
    publication_datasets,
    publication_files,
    publication_reports,
    publications,
    report_digests,
    report_texts,
)
from caseflow.services.publication_datasets import Say
from caseflow.services.publication_views import PublicationView
from caseflow.tellers import teller
from caseflow.web import languages
from caseflow.web.guards import public
from caseflow.web.publication_readers import PUBLIC, reader

bp = Blueprint("publication_files", __name__, url_prefix="/statistics")

CSV: Final = "text/csv; charset=utf-8"
JSON: Final = "application/json; charset=utf-8"
PDF: Final = "application/pdf"
WORKBOOK: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Write = Callable[[PublicationView, Say, str], bytes]
"""Makes a file of a publication, saying its words in one language."""


@bp.get("/<uuid:publication_id>.csv")
@public(PUBLIC)
def plain_csv(publication_id: UUID) -> Response:
    """The printed values for programs, under the name by which the metadata knows it."""
    return _made(publication_id, "csv", publication_files.plain_csv, CSV, "{id}.csv")


@bp.get("/<uuid:publication_id>.csv-metadata.json")
@public(PUBLIC)
def csv_metadata(publication_id: UUID) -> Response:
    """What the cells of the plain file mean (CSV on the Web)."""

    def write(found: PublicationView, say: Say, language: str) -> bytes:
        return publication_files.csv_metadata(found, say, language, f"{found.id}.csv")

    return _made(publication_id, "csvw", write, JSON, "{id}.csv-metadata.json")


@bp.get("/<uuid:publication_id>-excel.csv")
@public(PUBLIC)
def excel_csv(publication_id: UUID) -> Response:
    """The printed values as a Dutch Excel opens them."""
    name = "publication-{day}-excel.csv"
    return _made(publication_id, "excel-csv", publication_files.dutch_excel_csv, CSV, name)


@bp.get("/<uuid:publication_id>.xlsx")
@public(PUBLIC)
def workbook(publication_id: UUID) -> Response:
    """The printed values as a workbook, a sheet for each table."""
    name = "publication-{day}.xlsx"
    return _made(publication_id, "xlsx", publication_files.workbook, WORKBOOK, name)


@bp.get("/<uuid:publication_id>.pdf")
@public(PUBLIC)
def report(publication_id: UUID) -> Response:
    """The quarterly report as a tagged PDF, in the language that was asked for, else the reader's own."""
    asked = request.args.get("language", "")
    language = asked if asked in languages.LANGUAGES else languages.current()
    name = f"publication-{{day}}-{language}.pdf"

    def write(found: PublicationView, say: Say, language: str) -> bytes:
        who = reader()
        if (
            who is not None
        ):  # of what was frozen by a command, the first colleague who reads it keeps the digest
            report_digests.keep(who, found, teller, clock.now())
        text = report_texts.seen(who, found)
        return publication_reports.report(found, say, language, text.text if text else None)

    try:
        return _made(publication_id, "pdf", write, PDF, name, language)
    except NotPrintable:
        abort(404)


@bp.get("/<uuid:publication_id>-certificate.json")
@public(PUBLIC)
def certificate(publication_id: UUID) -> Response:
    """The certificate, with which anybody can make the attack again."""

    def write(found: PublicationView, _say: Say, _language: str) -> bytes:
        return publication_datasets.certificate_file(found)

    return _made(publication_id, "certificate", write, JSON, "publication-{day}-certificate.json")


def _made(
    publication_id: UUID, form: str, write: Write, kind: str, name: str, wished: str | None = None
) -> Response:
    """A file to keep; where nothing was printed, there is none. Its name says no programme and no person."""
    found = publications.shown(reader(), str(publication_id), clock.now(), form)
    if not found.certificate:
        abort(404)
    language = wished or languages.current()
    response = make_response(write(found, teller(language), language))
    called = name.format(id=found.id, day=found.cut_off.isoformat())
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{called}"'
    return response
