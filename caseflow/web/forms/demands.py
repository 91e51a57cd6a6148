"""A demand as it is written down, read, decided on and settled: codes, days and a reference; words into the vault."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any, Final

from wtforms import HiddenField
from wtforms.validators import ValidationError

from caseflow.domain.demand_codes import (
    ANSWERED_NAMES,
    HOW_NAMES,
    OUTCOME_NAMES,
    SCOPE_NAMES,
    TAKEN_NAMES,
    VERDICT_NAMES,
    DemandOutcome,
    HowAnswered,
    HowDemanded,
    Scope,
    Taken,
    Verdict,
)
from caseflow.domain.demand_files import DemandRules
from caseflow.domain.disclosures import FIELD_NAMES, Field
from caseflow.domain.local_days import AMSTERDAM
from caseflow.domain.messages import N_
from caseflow.services.demand_acts import Assessed, Demanded, Took
from caseflow.services.demand_decisions import Said
from caseflow.services.demand_views import DemandView
from caseflow.web.forms import fields
from caseflow.web.forms.fields import OwnForm, choice

CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
REFERENCE_HINT: Final = N_(
    "The number under which they know it. Never a name: that stands in the text, in the vault."
)
SETTLES: Final = (
    DemandOutcome.REFUSED,
    DemandOutcome.NOTHING_KEPT,
    DemandOutcome.TAKEN,
    DemandOutcome.WITHDRAWN,
)


class AtAnHour:
    """An hour of the clock."""

    def __call__(self, form: Any, field: Any) -> None:
        if field.data and CLOCK.fullmatch(field.data) is None:
            raise ValidationError(N_("This is not a time. Write it as 14:30."))


def _moment(day: Any, typed: str | None) -> datetime:
    found = CLOCK.fullmatch(typed or "")
    at = time(int(found[1]), int(found[2])) if found else time(0, 0)
    return datetime.combine(day, at, AMSTERDAM)


def _hour(needed: Any) -> Any:
    made = fields.line(N_("At what time"), needed=needed, most=5)
    made.kwargs["validators"].append(AtAnHour())
    return made


class DemandForm(OwnForm):
    """What came in: how, when, from whom; nothing about whom."""

    authority = fields.select(
        N_("Who demands"), needed=N_("Choose who demands, or “somebody else, or unknown”.")
    )
    how = fields.one_of(
        N_("How the demand reached us"),
        (choice(one.value, HOW_NAMES[one]) for one in HowDemanded),
        needed=N_("Choose how it reached us."),
    )
    received_on = fields.day(N_("Received on"), needed=N_("Enter the day on which it came in."))
    received_at = _hour(N_("Enter the time at which it came in."))
    power = fields.select(
        N_("On which power, as far as the paper says"),
        hint=N_("The privacy officer reads it again. Leave it open where you are not sure."),
    )
    scope = fields.select(
        N_("What they ask"),
        [choice("", N_("Not said yet")), *(choice(one.value, SCOPE_NAMES[one]) for one in Scope)],
    )
    reference = fields.line(N_("Their reference"), most=40, hint=REFERENCE_HINT)

    def offer(self, rules: DemandRules, now: datetime) -> None:
        """Offers offices and powers; on a new form the moment is now."""
        self.authority.choices = [
            choice("", N_("Choose an authority")),
            *(choice(one.id, one.label) for one in rules.authorities),
        ]
        self.power.choices = [
            choice("", N_("Not sure")),
            *(choice(one.id, one.label) for one in rules.powers),
        ]
        if not self.is_submitted():
            local = now.astimezone(AMSTERDAM)
            self.received_on.data, self.received_at.data = local.date(), f"{local:%H:%M}"

    def demanded(self) -> Demanded:
        """What was written down."""
        return Demanded(
            _moment(self.received_on.data, self.received_at.data),
            HowDemanded(self.how.data),
            self.authority.data,
            self.power.data or None,
            Scope(self.scope.data) if self.scope.data else None,
            _reference(self.reference.data),
        )


class AssessForm(OwnForm):
    """How the privacy officer reads it."""

    authority = fields.select(N_("Who demands"), needed=N_("Choose who demands."))
    power = fields.select(
        N_("On which power it rests"), needed=N_("Choose on which power it rests.")
    )
    is_signed = fields.tick(
        N_("I saw the signature, and the authorisation, that this power needs"),
    )
    scope = fields.select(
        N_("What they ask"),
        [
            choice("", N_("Choose what they ask")),
            *(choice(one.value, SCOPE_NAMES[one]) for one in Scope),
        ],
        needed=N_("Choose what they ask."),
    )
    named = fields.some_of(
        N_("Which data the demand names"),
        (choice(one.value, FIELD_NAMES[one]) for one in Field),
        hint=N_("Exactly what stands in it. What is not ticked here can never be handed over."),
    )
    reference = fields.line(N_("Their reference"), most=40, hint=REFERENCE_HINT)
    answer_by = fields.day(
        N_("Answer before"), hint=N_("Left empty, the term of the power is taken.")
    )
    version = HiddenField()

    def offer(self, rules: DemandRules, reachable: Iterable[Field]) -> None:
        """Offers offices, powers, and what any power reaches."""
        self.authority.choices = [choice(one.id, one.label) for one in rules.authorities]
        self.power.choices = [
            choice("", N_("Choose a power")),
            *(choice(one.id, one.label) for one in rules.powers),
        ]
        self.named.choices = [choice(one.value, FIELD_NAMES[one]) for one in reachable]

    def show(self, found: DemandView) -> None:
        """Begins with how it stands."""
        self.authority.data = found.authority.id if found.authority else ""
        self.power.data = found.power.id if found.power else ""
        self.scope.data = found.line.scope or ""
        self.reference.data, self.answer_by.data = found.reference, found.line.answer_by
        self.named.data = [one.value for one in (found.behind.named if found.behind else ())]
        self.version.data = str(found.version)

    def read(self) -> Assessed:
        """How it was read."""
        return Assessed(
            self.authority.data,
            self.power.data,
            Scope(self.scope.data),
            _reference(self.reference.data),
            self.answer_by.data,
            frozenset(Field(one) for one in self.named.data or ()),
            bool(self.is_signed.data),
        )

    def seen_version(self) -> int | None:
        """The version that was on the page; None where the page did not say."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() else None


class _Verdict(OwnForm):
    verdict = fields.one_of(
        N_("What is decided"),
        (choice(one.value, VERDICT_NAMES[one]) for one in Verdict),
        needed=N_("Choose what is decided."),
    )
    part = fields.some_of(
        N_("Which part"), hint=N_("Only where a part is handed over: tick that part.")
    )
    why = fields.words(N_("Why"), most=5000, hint=N_("Kept in the vault."))

    def offer(self, named: Iterable[Field]) -> None:
        """Offers what the demand names, and nothing else."""
        self.part.choices = [choice(one.value, FIELD_NAMES[one]) for one in named]

    def said(self) -> Said:
        """What was decided."""
        part = frozenset(Field(one) for one in self.part.data or ())
        return Said(Verdict(self.verdict.data), part, self.why.data)


class DecideForm(_Verdict):
    """What director or privacy officer decides, with a fresh code."""

    code = fields.line(N_("Code from your phone"), most=12)


class LawyerForm(_Verdict):
    """What the outside lawyer wrote."""

    decided_on = fields.day(
        N_("Date of the lawyer's letter"), needed=N_("Enter the date of the lawyer's letter.")
    )
    reference = fields.line(
        N_("Reference of the lawyer's letter"),
        needed=N_("Enter the reference of the lawyer's letter."),
        most=40,
        hint=REFERENCE_HINT,
    )


class SilenceForm(OwnForm):
    """Silence towards the client, until a review."""

    ground = fields.select(N_("On which ground"), needed=N_("Choose the ground."))
    review_on = fields.day(
        N_("Ask again on"),
        needed=N_("Enter the day on which silence is asked again."),
        hint=N_("At most three months ahead. Until that review the client is not told."),
    )

    def offer(self, rules: DemandRules) -> None:
        """Offers the grounds."""
        self.ground.choices = [
            choice("", N_("Choose a ground")),
            *(choice(one.id, one.label) for one in rules.grounds),
        ]


class LinkForm(OwnForm):
    """Whom it is about, by code: kept in the vault alone."""

    client_code = fields.line(
        N_("Client code"),
        needed=N_("Enter the client code."),
        most=9,
        hint=N_("Kept in the vault as you type it, and not looked up."),
    )


class PrepareForm(OwnForm):
    """What is made ready."""

    part = fields.some_of(N_("What is handed over"), needed=N_("Choose what is handed over."))
    code = fields.line(N_("Code from your phone"), most=12)

    def offer(self, granted: Iterable[Field]) -> None:
        """Offers what the three granted, and nothing else."""
        self.part.choices = [choice(one.value, FIELD_NAMES[one]) for one in granted]
        if not self.is_submitted():
            self.part.data = [one.value for one in granted]

    def chosen(self) -> frozenset[Field]:
        """What was chosen."""
        return frozenset(Field(one) for one in self.part.data or ())


class ReleaseForm(OwnForm):
    """The second look."""

    code = fields.line(N_("Code from your phone"), most=12)


class TakingForm(OwnForm):
    """Something that was taken in a search."""

    kind = fields.one_of(
        N_("What was taken"),
        (choice(one.value, TAKEN_NAMES[one]) for one in Taken),
        needed=N_("Choose what was taken."),
    )
    how_many = fields.number(N_("How many"), needed=N_("Enter how many."))
    taken_on = fields.day(N_("Taken on"), needed=N_("Enter the day on which it was taken."))
    taken_at = _hour(N_("Enter the time at which it was taken."))
    site = fields.select(N_("At which site"))
    digest = fields.line(
        N_("Digest of the files (SHA-256)"),
        most=64,
        hint=N_("Only of copied files, as the receipt says it. Leave it out where you have none."),
    )
    where = fields.words(
        N_("Where it lay, and what the receipt says"), most=2000, hint=N_("Kept in the vault.")
    )

    def offer(self, sites: Iterable[tuple[str, str]], now: datetime) -> None:
        """Offers the sites; on a new form the moment is now."""
        self.site.choices = [
            choice("", N_("At no site of ours")),
            *(choice(site_id, name) for site_id, name in sites),
        ]
        if not self.is_submitted():
            local = now.astimezone(AMSTERDAM)
            self.taken_on.data, self.taken_at.data = local.date(), f"{local:%H:%M}"
            self.how_many.data = 1

    def took(self) -> Took:
        """What was taken."""
        digest = (self.digest.data or "").lower().replace(" ", "")
        return Took(
            Taken(self.kind.data),
            self.how_many.data,
            self.site.data or None,
            digest or None,
            _moment(self.taken_on.data, self.taken_at.data),
            self.where.data,
        )


class DemandWordsForm(OwnForm):
    """The text of a demand."""

    words = fields.words(
        N_("What the demand says"),
        needed=N_("Write down what the demand says."),
        most=10_000,
        hint=N_("Kept in the vault, for director and privacy officer. A name may stand here."),
    )


class AnsweredForm(OwnForm):
    """How the default answer was given."""

    answered_how = fields.one_of(
        N_("How the answer was given"),
        (choice(one.value, ANSWERED_NAMES[one]) for one in HowAnswered),
        needed=N_("Choose how the answer was given."),
    )


class SettleForm(OwnForm):
    """How a demand ended on which nothing is handed over."""

    outcome = fields.one_of(
        N_("How it ended"),
        (choice(one.value, OUTCOME_NAMES[one]) for one in SETTLES),
        needed=N_("Choose how it ended."),
    )


def _reference(typed: str | None) -> str | None:
    return typed.upper() if typed else None
