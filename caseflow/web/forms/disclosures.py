"""What leaves: a new letter, a neutral text, an approval, something taken back, an office of the registry."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, Final

from flask_babel import force_locale
from wtforms import HiddenField
from wtforms.validators import ValidationError

from caseflow.domain.disclosures import (
    FIELD_NAMES,
    MEDIA,
    PURPOSES,
    TO_REFUSE,
    TO_WITHDRAW,
    WHYS,
    Field,
    Kind,
    Medium,
    Purpose,
    Why,
)
from caseflow.domain.help_asked import HELP_NAMES, Help
from caseflow.domain.letters import LANGUAGE_NAMES, OFFICE_LANGUAGES, Language
from caseflow.domain.messages import N_
from caseflow.domain.recipients import Recipient, RecipientClass, Tier
from caseflow.services.colleagues import Colleague
from caseflow.services.disclosure_notices import HOW
from caseflow.services.offices import OfficeEntry, OfficeView
from caseflow.web.case_words import euros
from caseflow.web.formatting import said
from caseflow.web.forms import fields
from caseflow.web.forms.fields import DAY, ISO_DAY, OwnForm, choice, read_day

WAYS: Final = (Medium.HANDED_OVER, Medium.POST, Medium.SECURE_MAIL)
CLOCK: Final = tuple(
    choice(f"{hour:02d}:{minute:02d}", f"{hour:02d}:{minute:02d}")
    for hour in range(7, 22)
    for minute in (0, 15, 30, 45)
)
NO_DAYS: Final = N_("Write each day on a line of its own, such as 3-2-2026.")
DAYS_AT_MOST: Final = 60


class MeetingForm(OwnForm):
    """A day, a time and a place, and nothing of what it is about."""

    met_on = fields.day(N_("Day of the appointment"), needed=N_("Enter the day."))
    met_at = fields.select(
        N_("Time"), (choice("", N_("Choose the time")), *CLOCK), needed=N_("Choose the time.")
    )
    met_place = fields.line(
        N_("Place of the appointment"),
        needed=N_("Enter the place."),
        most=120,
        hint=N_("Street and number. No name of a shelter, no department, no reason."),
    )

    def meeting(self) -> dict[Field, str]:
        """The words that were typed."""
        return {
            Field.MET_ON: self.met_on.data.isoformat(),
            Field.MET_AT: self.met_at.data,
            Field.MET_PLACE: self.met_place.data,
        }


class LetterForm(MeetingForm):
    """A new disclosure of one kind to one recipient; only what that kind can carry is asked."""

    attended = fields.words(N_("Days on which the client was there"), most=900, hint=NO_DAYS)
    help_asked = fields.select(
        N_("What help is asked for"),
        (
            choice("", N_("Choose what is asked")),
            *(choice(one.value, HELP_NAMES[one]) for one in Help),
        ),
    )
    amount = fields.euros(N_("Amount asked for"))
    moves_in_on = fields.day(N_("From which day a place is asked for"))
    what = fields.some_of(N_("What else may stand in it"))
    purpose = fields.one_of(N_("What it is for"))
    language = fields.select(
        N_("Language of the letter"),
        hint=N_(
            "No sworn translator has looked at Arabic, Farsi and Tigrinya yet: the Dutch is printed with it."
        ),
    )
    below = fields.select(
        N_("Copy for the client in"),
        hint=N_("It is the last page of the letter. Give it to the client, and not to the office."),
    )
    medium = fields.one_of(N_("How it leaves"), [choice(one.value, MEDIA[one]) for one in WAYS])
    agreed_on = fields.day(N_("Day on which the client agreed to this"))
    warned_on = fields.day(
        N_("I told the client that IND and DT&V will learn of them, on"),
        hint=N_(
            "IOM works with the State. The client hears that from us first, and can still say no."
        ),
    )
    phoned = fields.select(
        N_("Approved by telephone by"),
        hint=N_(
            "Leave this open to let it wait for approval on screen. Whoever you name confirms it themself."
        ),
    )

    def keep(self, kind: Kind, recipient: Recipient, able: Collection[Colleague]) -> None:
        """Takes out what this letter does not carry, and offers what it can."""
        named = kind.fields
        for name, field in (
            ("met_on", Field.MET_ON), ("met_at", Field.MET_AT), ("met_place", Field.MET_PLACE),
            ("attended", Field.ATTENDED), ("help_asked", Field.HELP_ASKED), ("amount", Field.AMOUNT),
            ("moves_in_on", Field.MOVES_IN_ON),
        ):  # fmt: skip
            if field not in named:
                del self[name]
        tier = recipient.tier
        if tier not in (Tier.SECOND_PERSON, Tier.AUTHORITY):
            del self.agreed_on
        elif tier is Tier.AUTHORITY:
            self.agreed_on.label.text = said(
                N_("Day on which the client said that they want this themself")
            )
        if recipient.kind is not RecipientClass.INTERNATIONAL:
            del self.warned_on
        if tier is not Tier.SECOND_PERSON or not able:
            del self.phoned
        else:
            self.phoned.choices = [
                choice("", N_("Nobody: let it wait")),
                *(choice(one.id, one.name) for one in able),
            ]
        offices = recipient.kind is not RecipientClass.CLIENT
        languages = [
            one
            for one in Language
            if one.value in kind.languages and (not offices or one in OFFICE_LANGUAGES)
        ]
        self.language.choices = [choice(one.value, LANGUAGE_NAMES[one]) for one in languages]
        if OFFICE_LANGUAGES.issuperset(languages):
            self.language.description = ""
        if offices:
            self.below.choices = [
                choice("", N_("No copy")),
                *(choice(one.value, LANGUAGE_NAMES[one]) for one in Language),
            ]
        else:
            del self.below
        self.purpose.choices = [choice(one.value, PURPOSES[one]) for one in kind.purposes]
        if len(kind.purposes) == 1:
            del self.purpose

    def offer(self, fields_there: Iterable[Field]) -> None:
        """Offers the optional fields that the file holds something for; none is ticked by itself."""
        self.what.choices = [choice(one.value, FIELD_NAMES[one]) for one in fields_there]
        if not self.what.choices:
            del self.what

    def ticked(self) -> frozenset[Field]:
        """The optional fields that were chosen."""
        return frozenset(Field(one) for one in ("what" in self and self.what.data) or ())

    def typed(self, language: str) -> dict[Field, str]:
        """What was filled in for this one letter, in its language."""
        found: dict[Field, str] = self.meeting() if "met_on" in self else {}
        if "attended" in self and self.attended.data:
            found[Field.ATTENDED] = "\n".join(one.isoformat() for one in self.days())
        if "help_asked" in self and self.help_asked.data:
            with force_locale(language if language in ("nl", "en") else "en"):
                found[Field.HELP_ASKED] = said(HELP_NAMES[Help(self.help_asked.data)])
        if "amount" in self and self.amount.data:
            with force_locale(language if language in ("nl", "en") else "en"):
                found[Field.AMOUNT] = euros(self.amount.data)
        if "moves_in_on" in self and self.moves_in_on.data:
            found[Field.MOVES_IN_ON] = self.moves_in_on.data.isoformat()
        return found

    def days(self) -> tuple[date, ...]:
        """The days that were typed, earliest first. Raises ValueError for a line that is no day."""
        lines = [one.strip() for one in (self.attended.data or "").replace(",", "\n").splitlines()]
        return tuple(sorted({read_day(one) for one in lines if one}))

    def validate_attended(self, field: Any) -> None:
        """Every line is a day."""
        lines = [one.strip() for one in (field.data or "").replace(",", "\n").splitlines()]
        some = [one for one in lines if one]
        if len(some) > DAYS_AT_MOST or not all(
            DAY.fullmatch(one) or ISO_DAY.fullmatch(one) for one in some
        ):
            raise ValidationError(NO_DAYS)
        try:
            self.days()
        except ValueError:
            raise ValidationError(NO_DAYS) from None

    def chosen_purpose(self, kind: Kind) -> Purpose:
        """What it is for; the only purpose of the kind where there is one."""
        return Purpose(self.purpose.data) if "purpose" in self else kind.purposes[0]


class TextForm(MeetingForm):
    """A neutral text to copy, and the one tap that records that it was sent."""

    language = fields.select(
        N_("Language of the text"), [choice(one.value, LANGUAGE_NAMES[one]) for one in Language]
    )


class RefuseForm(OwnForm):
    """Why something does not leave."""

    why = fields.one_of(
        N_("Why not"),
        [choice(one.value, WHYS[one]) for one in TO_REFUSE],
        needed=N_("Choose why."),
        known_as="why-not",
    )

    def reason(self) -> Why:
        """The code that was chosen."""
        return Why(self.why.data)


class WithdrawForm(OwnForm):
    """Why something is taken back."""

    why = fields.one_of(
        N_("Why it is taken back"),
        [choice(one.value, WHYS[one]) for one in TO_WITHDRAW],
        needed=N_("Choose why."),
        known_as="why-back",
    )

    def reason(self) -> Why:
        """The code that was chosen."""
        return Why(self.why.data)


class ToldForm(OwnForm):
    """How a recipient heard that something was taken back."""

    how = fields.one_of(
        N_("How the recipient hears it"),
        [choice(one.value, MEDIA[one]) for one in HOW],
        needed=N_("Choose how."),
    )


class StandingForm(OwnForm):
    """An office that the client agrees to."""

    office = fields.select(N_("Which office"), needed=N_("Choose an office from the list."))
    agreed_on = fields.day(N_("Day on which the client agreed"), needed=N_("Enter the day."))
    language = fields.select(
        N_("In which language it was asked"),
        [choice(one.value, LANGUAGE_NAMES[one]) for one in Language],
    )

    def offer(self, offices: Iterable[tuple[str, str]]) -> None:
        """Offers the offices of the registry that can stand on a case."""
        self.office.choices = [
            choice("", N_("Choose an office")),
            *(choice(*one) for one in offices),
        ]


class FindOfficeForm(OwnForm):
    """A part of a name."""

    find = fields.line(N_("Search by name"), most=80)


class OfficeForm(OwnForm):
    """An office of the registry; its kind is chosen once."""

    recipient = fields.select(N_("Kind of recipient"), needed=N_("Choose the kind of recipient."))
    name = fields.line(
        N_("Name of the office"),
        needed=N_("Enter the name of the office."),
        most=120,
        hint=N_("The name of the office or practice, not of a person."),
    )
    address = fields.words(N_("Postal address"), most=300)
    telephone = fields.line(N_("Telephone number"), most=40)
    email = fields.line(N_("E-mail address"), most=120)
    standing = fields.tick(
        N_("A client can have it as a standing recipient"),
        hint=N_("Lawyers, care and schools: the client agrees once, and everyday letters go."),
    )
    closed = fields.tick(N_("This office is closed: nothing goes there any more"))
    version = HiddenField()

    def offer(self, kinds: Iterable[Recipient]) -> None:
        """Offers the kinds of recipients that have offices."""
        self.recipient.choices = [
            choice("", N_("Choose the kind of recipient")),
            *(choice(one.id, one.label) for one in kinds),
        ]

    def fill(self, office: OfficeView) -> None:
        """Begins with what stands there."""
        self.name.data, self.address.data = office.name, office.address
        self.telephone.data, self.email.data = office.telephone, office.email
        self.standing.data, self.closed.data = office.standing, office.closed
        self.version.data = str(office.version)

    def entry(self, recipient: str) -> OfficeEntry:
        """What was filled in."""
        return OfficeEntry(
            recipient,
            self.name.data,
            self.address.data,
            self.telephone.data,
            self.email.data,
            bool(self.standing.data),
        )
