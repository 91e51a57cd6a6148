"""What somebody was told of their rights and of what is kept, and what they agreed to and took back.

Nobody agrees to shelter: whoever needs a bed is not free to say no, so that such a yes would be worth nothing (GDPR
recital 43). What is agreed here is what can be refused without losing anything, and taken back at any moment, in one
step (GDPR art. 7(3)); it then stops at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from caseflow.domain import interpreters
from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.information_texts import InformationKind
from caseflow.domain.messages import N_, Message
from caseflow.domain.recipients import RecipientClass

LANGUAGE: Final = re.compile(r"[a-z]{2,3}")
DAYS_AT_MOST: Final = 3 * 366
"""An agreement further ahead than three years is a slip of the pen in the year."""


class Way(StrEnum):
    """How somebody was told."""

    READ_OUT = "read_out"
    ON_PAPER = "on_paper"
    INTERPRETER = "interpreter"


WAY_NAMES: Final[Mapping[Way, Message]] = MappingProxyType(
    {
        Way.READ_OUT: N_("read together"),
        Way.ON_PAPER: N_("given on paper"),
        Way.INTERPRETER: N_("through an interpreter"),
    }
)


class Lack(StrEnum):
    """What is still missing of telling somebody one text."""

    NOT_TOLD = "not_told"
    NOT_UNDERSTOOD = "not_understood"
    OLDER = "older"


LACK_NAMES: Final[Mapping[Lack, Message]] = MappingProxyType(
    {
        Lack.NOT_TOLD: N_("not told yet"),
        Lack.NOT_UNDERSTOOD: N_("not told yet in a language this person understands"),
        Lack.OLDER: N_("told from an older text"),
    }
)


class AgreementKind(StrEnum):
    """What kind of thing somebody agrees to."""

    RECIPIENTS = "recipients"
    CHANNEL = "channel"
    CARD = "card"
    SHARE = "share"


class Channel(StrEnum):
    """By which way the person agrees to be reached; how safely is said in the contact line."""

    PHONE = "phone"
    VOICEMAIL = "voicemail"
    TEXT = "text"
    MAIL = "mail"


CLIENT_CARD: Final = "client_card"
SHELTER_SHARE: Final = "shelter"
"""The one compartment that can be shared: shelter, contact line of the case team, and stage (the firewall, §1)."""
STANDING_CLASSES: Final = (RecipientClass.LEGAL, RecipientClass.CARE, RecipientClass.EDUCATION)
"""Classes of tier 1: agreed once, revocable. Every other recipient is asked about each time."""


@dataclass(frozen=True)
class What:
    """One thing that can be agreed to; `organisation` only where something is shared with one."""

    kind: AgreementKind
    about: str
    organisation: str | None = None

    @classmethod
    def recipients(cls, kind: RecipientClass) -> What:
        """That recipients of this class may be given the fixed fields of a letter."""
        return cls(AgreementKind.RECIPIENTS, kind.value)

    @classmethod
    def share_with(cls, organisation: str) -> What:
        """That a second organisation sees where the person sleeps, in which stage, and who works with them."""
        return cls(AgreementKind.SHARE, SHELTER_SHARE, organisation)

    @property
    def name(self) -> Message:
        """What it is called; of an older word of the list only that it was there."""
        return WHAT_NAMES.get((self.kind, self.about), SOMETHING)

    @property
    def code(self) -> str:
        """One word for a form, such as `recipients:legal`."""
        return f"{self.kind.value}:{self.about}"


EVERYDAY: Final = (
    *(What.recipients(one) for one in STANDING_CLASSES),
    *(What(AgreementKind.CHANNEL, one.value) for one in Channel),
    What(AgreementKind.CARD, CLIENT_CARD),
)
"""What is asked at an intake; a share is agreed to apart, since it names an organisation."""
WHAT_NAMES: Final[Mapping[tuple[AgreementKind, str], Message]] = MappingProxyType(
    {
        (AgreementKind.RECIPIENTS, RecipientClass.LEGAL.value): N_("Letters to the own lawyer"),
        (AgreementKind.RECIPIENTS, RecipientClass.CARE.value): N_(
            "Letters to GP, hospital, pharmacy, midwife"
        ),
        (AgreementKind.RECIPIENTS, RecipientClass.EDUCATION.value): N_("Letters to the school"),
        (AgreementKind.CHANNEL, Channel.PHONE.value): N_("Being called"),
        (AgreementKind.CHANNEL, Channel.VOICEMAIL.value): N_("A message on the voicemail"),
        (AgreementKind.CHANNEL, Channel.TEXT.value): N_("SMS or WhatsApp with time and place"),
        (AgreementKind.CHANNEL, Channel.MAIL.value): N_("E-mail"),
        (AgreementKind.CARD, CLIENT_CARD): N_("A card with call name and code, without a photo"),
        (AgreementKind.SHARE, SHELTER_SHARE): N_(
            "Another organisation sees bed, stage and case team"
        ),
    }
)
SOMETHING: Final = N_("Something that is no longer asked")
UNKNOWN_WHAT: Final = Refused(N_("Choose what this person agrees to from the list."))


def what_of(code: str) -> What | None:
    """The everyday thing behind a word of a form; None for any other word."""
    return next((one for one in EVERYDAY if one.code == code), None)


@dataclass(frozen=True)
class Telling:
    """That somebody was told: which texts, in which language, how, through which interpreter, on which day.

    `understood` says whether the person understands that language; told in another one, it still lacks.
    """

    texts: frozenset[InformationKind]
    language: str
    way: Way
    on: date
    interpreter: str | None = None
    understood: bool = True


@dataclass(frozen=True)
class Agreed:
    """An agreement as it stands: from when, until which last day, and whether it was taken back."""

    what: What
    agreed_on: date
    until_on: date | None = None
    withdrawn_on: date | None = None

    def counts_on(self, day: date) -> bool:
        """Answers whether it stands on a day. What was taken back counts no more, from that very day on."""
        if self.withdrawn_on is not None and self.withdrawn_on <= day:
            return False
        return self.agreed_on <= day and (self.until_on is None or self.until_on >= day)


@dataclass(frozen=True)
class Told:
    """One text that somebody was told, under its number."""

    text: InformationKind
    version: int
    understood: bool
    is_mistaken: bool = False


def lacks(
    told: Iterable[Told], newest: Mapping[InformationKind, int]
) -> Mapping[InformationKind, Lack]:
    """Answers what of which text somebody still has to be told; nothing where all is done.

    A text that has a newer number since is an older one: worth telling again, and no alarm.
    """
    counting = [one for one in told if not one.is_mistaken]
    found: dict[InformationKind, Lack] = {}
    for text, number in newest.items():
        heard = [one for one in counting if one.text is text]
        understood = [one.version for one in heard if one.understood]
        if not heard:
            found[text] = Lack.NOT_TOLD
        elif not understood:
            found[text] = Lack.NOT_UNDERSTOOD
        elif max(understood) < number:
            found[text] = Lack.OLDER
    return MappingProxyType(found)


def may_tell(
    told: Telling, printed: Mapping[InformationKind, Collection[str]], applied_on: date, today: date
) -> Decision:
    """Answers whether a telling may be recorded. `printed` says in which languages each text is there.

    A text on paper has to exist in that language; read out or through an interpreter it may be any language.
    """
    for decision in (
        _may_be_spoken(told.language),
        interpreters.may_be_kept(told.interpreter),
        _may_have_happened(told.on, applied_on, today),
    ):
        if not decision:
            return decision
    lacks = [one for one in sorted(told.texts) if told.language not in printed.get(one, ())]
    if lacks and told.way is Way.ON_PAPER:
        return Refused(
            N_("There is no paper in this language yet. Tell it through an interpreter instead.")
        )
    if told.interpreter and told.way is not Way.INTERPRETER:
        return Refused(N_("An interpreter has a number here: choose that you used one."))
    return Allowed()


def may_agree(
    asked: Iterable[What],
    on: date,
    until_on: date | None,
    standing: Collection[What],
    applied_on: date,
    today: date,
) -> Decision:
    """Answers whether these things may be agreed to from a day, through a last day.

    Police and immigration enforcement can never be agreed to, nor anything that is no word of the list.
    """
    happened = _may_have_happened(on, applied_on, today)
    if not happened:
        return happened
    for one in asked:
        if (one.kind, one.about) not in WHAT_NAMES:
            return UNKNOWN_WHAT
        if (one.kind is AgreementKind.SHARE) != (one.organisation is not None):
            return UNKNOWN_WHAT
        if one in standing:
            return Refused(
                N_(
                    "“%(what)s” was agreed to already. Nothing is left to do.",
                    what=one.name,
                )
            )
    if until_on is not None and until_on < max(on, today):
        return Refused(N_("The last day has passed. Choose a later one, or leave it empty."))
    if until_on is not None and until_on > today + timedelta(days=DAYS_AT_MOST):
        return Refused(N_("%(day)s is more than three years ahead. Check the year.", day=until_on))
    return Allowed()


def may_withdraw(agreed: Agreed, today: date) -> Decision:
    """Answers whether an agreement can be taken back: always, but once. No reason is asked (GDPR art. 7(3))."""
    if agreed.withdrawn_on is not None:
        return Refused(N_("This was taken back already. Nothing is left to do."))
    if agreed.until_on is not None and agreed.until_on < today:
        return Refused(N_("This agreement has ended already. Nothing is left to do."))
    return Allowed()


def may_share(
    agreed: Agreed, today: date, *, is_own: bool, is_restricted: bool, is_shared: bool
) -> Decision:
    """Answers whether a share that the client agreed to may begin: by a second person, and never while frozen.

    `is_own` says that whoever asks recorded the agreement; `is_restricted` that the client asked that nothing leaves.
    """
    if agreed.what.kind is not AgreementKind.SHARE:
        return UNKNOWN_WHAT
    if not agreed.counts_on(today):
        return Refused(N_("This person no longer agrees to it. Ask again first."))
    if is_own:
        return Refused(
            N_("You recorded the agreement yourself. Ask another team lead to begin the share.")
        )
    if is_restricted:
        return Refused(
            N_(
                "The client asked that the file is not used now. Nothing leaves until that is lifted."
            )
        )
    if is_shared:
        return Refused(N_("This is shared already. Nothing is left to do."))
    return Allowed()


def _may_be_spoken(language: str) -> Decision:
    if LANGUAGE.fullmatch(language or "") is None:
        return Refused(N_("Choose one of the languages."))
    return Allowed()


def _may_have_happened(on: date, applied_on: date, today: date) -> Decision:
    if on > today:
        return Refused(
            N_("%(day)s has not come yet. Enter the day on which you spoke about it.", day=on)
        )
    if on < applied_on:
        return Refused(
            N_(
                "%(day)s lies before the application of %(first)s. Check the day.",
                day=on,
                first=applied_on,
            )
        )
    return Allowed()
