"""A stored publication as pages and files receive it: printed values only."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from caseflow.domain.decisions import Refused
from caseflow.domain.labels import Label
from caseflow.domain.local_days import local
from caseflow.domain.messages import Message
from caseflow.domain.programmes import Group, Programme
from caseflow.domain.publication_withdrawals import WithdrawalReason, Withdrawn
from caseflow.domain.publications import PublicationDraft, Repairable
from caseflow.services.houses import House
from caseflow.storage.models.figures import (
    Publication,
    PublicationApproval,
    PublicationWithdrawal,
)

PREPARED: Final = "prepared"
PROPOSED: Final = "proposed"
FROZEN: Final = "frozen"
NOT_PUBLISHED: Final = "not_published"
REJECTED: Final = "rejected"


@dataclass(frozen=True)
class PrintedRow:
    """One line of the table as printed: `text` is a multiple of five, `<5` or a dash."""

    id: str
    label: Label
    text: str
    value: int | None
    status: str
    is_total: bool


@dataclass(frozen=True)
class CountTable:
    """One table as printed: its rows in their order, what it counts, and over whom."""

    id: str
    label: Label
    definition: Label
    cohort: str
    """Whom it counts: `exits` or `participants`."""
    rows: tuple[PrintedRow, ...]


@dataclass(frozen=True)
class PrintedStock:
    """How many people there were on the cut-off itself, with its definition."""

    row: PrintedRow
    definition: Label


@dataclass(frozen=True)
class PrintedRate:
    """One rate with the definition it stands for."""

    indicator: str
    label: Label
    definition: Label
    cohort: Label
    source: str
    numerator: str | None
    denominator: str
    percent: int | None
    text: Message
    status: str
    style: str | None


@dataclass(frozen=True)
class PublicationView:
    """A publication: what it says, and how far it is."""

    id: str
    scope: str
    name: Label
    cut_off: date
    state: str
    level: str | None
    rule_version: str
    rows: tuple[PrintedRow, ...]
    rates: tuple[PrintedRate, ...]
    tables: tuple[CountTable, ...]
    """Further tables, one for each dimension; a publication of an earlier catalogue has none."""
    stocks: tuple[PrintedStock, ...]
    """Who waited on the cut-off; none in a publication of an earlier catalogue, or of a group."""
    refusal: Message | None
    """Why it is not published this quarter."""
    certificate: dict[str, Any]
    input_digest: str
    prepared_at: datetime
    prepared_by: str
    proposed_at: datetime | None
    proposed_by: str | None
    frozen_at: datetime | None
    approved_as: tuple[str, ...]
    approved_by: tuple[str, ...]
    public: bool
    withdrawn: Withdrawn | None
    """The note that it no longer counts; what it says never changes."""

    def total(self, name: str) -> PrintedRow | None:
        """Answers with the total of this name: `participants` or `exits`."""
        return next((row for row in self.rows if row.is_total and row.id == name), None)

    def stock(self, name: str) -> PrintedRow | None:
        """Answers with the stock of this name."""
        return next((one.row for one in self.stocks if one.row.id == name), None)

    def rate(self, indicator: str) -> PrintedRate | None:
        """Answers with the rate of this indicator."""
        return next((rate for rate in self.rates if rate.indicator == indicator), None)


@dataclass(frozen=True)
class Unpublished:
    """A cut-off at which nothing was published this quarter, as readers outside learn it: without the reason."""

    name: Label
    cut_off: date


def content_of(draft: PublicationDraft | Refused, house: House, scope: str) -> tuple[str, str]:
    """What is stored of a draft, as canonical JSON: the content and the certificate."""
    if isinstance(draft, Refused):
        refusal = _plain_message(draft.reason)
        repairable = isinstance(draft, Repairable)
        return _json({"refusal": refusal, "repairable": repairable}), _json({})
    found = house.catalogue.programmes.get(scope) or house.catalogue.groups.get(scope)
    name = found.name if found else Label(scope, scope)
    content = {
        "name": _plain_label(name),
        "level": draft.level.value,
        "rows": [
            {
                "id": row.id,
                "label": _plain_label(row.label),
                "printed": None if row.printed is None else row.printed.plain,
                "status": row.status.value,
                "is_total": row.is_total,
            }
            for row in draft.rows
        ],
        "tables": [
            {
                "id": table.id,
                "label": _plain_label(table.label),
                "definition": _plain_label(table.definition),
                "cohort": table.cohort.value,
                "rows": [
                    {
                        "id": row.id,
                        "label": _plain_label(row.label),
                        "printed": None if row.printed is None else row.printed.plain,
                        "status": row.status.value,
                    }
                    for row in table.rows
                ],
            }
            for table in draft.tables
        ],
        "stocks": [
            {
                "id": stock.row.id,
                "label": _plain_label(stock.row.label),
                "definition": _plain_label(stock.definition),
                "printed": None if stock.row.printed is None else stock.row.printed.plain,
                "status": stock.row.status.value,
            }
            for stock in draft.stocks
        ],
        "rates": [
            {
                "indicator": rate.indicator,
                "label": _plain_label(rate.label),
                "definition": _plain_label(rate.definition),
                "cohort": _plain_label(rate.cohort),
                "source": rate.source,
                "numerator": None if rate.numerator is None else rate.numerator.plain,
                "denominator": rate.denominator.plain,
                "percent": rate.printed.percent,
                "text": _plain_message(rate.printed.text),
                "status": rate.printed.status.value,
                "style": rate.printed.style.value if rate.printed.style else None,
            }
            for rate in draft.rates
        ],
    }
    return _json(content), _json(draft.certificate)


def view_of(
    row: Publication,
    approvals: Sequence[PublicationApproval],
    house: House,
    withdrawal: PublicationWithdrawal | None = None,
) -> PublicationView:
    """A stored publication as a view value, with the note on it where it was withdrawn."""
    content = json.loads(row.content)
    scope = _scope(row, house)
    return PublicationView(
        id=row.id,
        scope=row.scope,
        name=_label(content["name"]) if "name" in content else name_of(row, house),
        cut_off=row.cut_off,
        state=row.state,
        level=content.get("level"),
        rule_version=row.rule_version,
        rows=tuple(_row(one) for one in content.get("rows", ())),
        rates=tuple(_rate(one) for one in content.get("rates", ())),
        tables=tuple(_table(one) for one in content.get("tables", ())),
        stocks=tuple(
            PrintedStock(_row(one), _label(one["definition"])) for one in content.get("stocks", ())
        ),
        refusal=_message(content["refusal"]) if "refusal" in content else None,
        certificate=json.loads(row.certificate),
        input_digest=row.input_digest,
        prepared_at=row.prepared_at,
        prepared_by=row.prepared_by,
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by,
        frozen_at=row.frozen_at,
        approved_as=tuple(approval.as_role for approval in approvals),
        approved_by=tuple(approval.user_id for approval in approvals),
        public=bool(scope and scope.public_publications and house.settings.publication.public_page),
        withdrawn=None
        if withdrawal is None
        else Withdrawn(local(withdrawal.withdrawn_at).date(), WithdrawalReason(withdrawal.reason)),
    )


def name_of(row: Publication, house: House) -> Label:
    """The name of the programme or group; its id where no file describes it any more."""
    scope = _scope(row, house)
    return scope.name if scope else Label(row.scope, row.scope)


def _scope(row: Publication, house: House) -> Programme | Group | None:
    return house.catalogue.programmes.get(row.scope) or house.catalogue.groups.get(row.scope)


def is_repairable(row: Publication) -> bool:
    """Whether it was not published for a fault that somebody can repair."""
    return bool(json.loads(row.content).get("repairable", False))


def _row(plain: dict[str, Any]) -> PrintedRow:
    value = plain["printed"]
    return PrintedRow(
        plain["id"],
        _label(plain["label"]),
        "–" if value is None else str(value),
        value if isinstance(value, int) else None,
        plain["status"],
        plain.get("is_total", False),
    )


def _table(plain: dict[str, Any]) -> CountTable:
    return CountTable(
        plain["id"],
        _label(plain["label"]),
        _label(plain["definition"]),
        plain["cohort"],
        tuple(_row(one) for one in plain["rows"]),
    )


def _rate(plain: dict[str, Any]) -> PrintedRate:
    numerator = plain["numerator"]
    return PrintedRate(
        plain["indicator"],
        _label(plain["label"]),
        _label(plain["definition"]),
        _label(plain["cohort"]),
        plain["source"],
        None if numerator is None else str(numerator),
        str(plain["denominator"]),
        plain["percent"],
        _message(plain["text"]),
        plain["status"],
        plain["style"],
    )


def _plain_label(label: Label) -> dict[str, str]:
    return {"nl": label.nl, "en": label.en}


def _label(plain: dict[str, str]) -> Label:
    return Label(plain["nl"], plain["en"])


def _plain_message(message: Message) -> dict[str, Any]:
    values = {
        name: _plain_message(value)
        if isinstance(value, Message)
        else value.isoformat()
        if isinstance(value, date)
        else value
        for name, value in message.values.items()
    }
    return {"text": message.text, "values": values}


def _message(plain: dict[str, Any]) -> Message:
    values = {
        name: _message(value) if isinstance(value, dict) else value
        for name, value in plain["values"].items()
    }
    return Message(plain["text"], values)


def _json(content: Any) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
