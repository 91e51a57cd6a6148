"""The codes of a demand and what they are called: who demands, how, what, who decides and how it ends."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from caseflow.domain.messages import N_, Message


class HowDemanded(StrEnum):
    """How a demand reached us."""

    LETTER = "letter"
    MAIL = "mail"
    TELEPHONE = "telephone"
    IN_PERSON = "in_person"
    DOOR = "door"


class AuthorityClass(StrEnum):
    """What kind of authority demands; none of them is a recipient by demanding."""

    ENFORCEMENT = "enforcement"
    IMMIGRATION = "immigration"
    PROSECUTION = "prosecution"
    COURT = "court"
    SUPERVISION = "supervision"
    OVERSIGHT = "oversight"
    OTHER = "other"


class Scope(StrEnum):
    """What is asked, never about whom."""

    ONE_PERSON = "one_person"
    LIST = "list"
    BEDS = "beds"
    PICTURES = "pictures"
    FIGURES = "figures"
    OTHER = "other"


class Effect(StrEnum):
    """What a power comes to: nothing, something that can oblige, or taking it themselves."""

    NOTHING = "nothing"
    ORDER = "order"
    SEIZURE = "seizure"


class SignedBy(StrEnum):
    """Who must have signed before a demand counts as one."""

    NOBODY = "nobody"
    OFFICER = "officer"
    PROSECUTOR = "prosecutor"
    PROSECUTOR_AND_JUDGE = "prosecutor_and_judge"
    PROSECUTOR_OR_JUDGE = "prosecutor_or_judge"
    JUDGE = "judge"
    SUPERVISOR = "supervisor"
    AUTHORITY = "authority"


class HowAnswered(StrEnum):
    """How the default answer reached whoever demands."""

    HANDED_OVER = "handed_over"
    READ_OUT = "read_out"
    POST = "post"
    MAIL = "mail"


class Decider(StrEnum):
    """The three who decide; the lawyer has no account, and the privacy officer records what they wrote."""

    DIRECTOR = "director"
    PRIVACY_OFFICER = "privacy_officer"
    LAWYER = "lawyer"


class Verdict(StrEnum):
    """What one of the three decides, or all three together."""

    REFUSE = "refuse"
    PARTLY = "partly"
    COMPLY = "comply"


class DemandOutcome(StrEnum):
    """How a demand ended."""

    REFUSED = "refused"
    PARTLY = "partly"
    COMPLIED = "complied"
    NOTHING_KEPT = "nothing_kept"
    TAKEN = "taken"
    WITHDRAWN = "withdrawn"


class Taken(StrEnum):
    """What was taken away in a search."""

    COMPUTER = "computer"
    TELEPHONE = "telephone"
    DISK = "disk"
    FILES = "files"
    PAPER = "paper"
    OTHER = "other"


HOW_NAMES: Final[Mapping[HowDemanded, Message]] = {
    HowDemanded.LETTER: N_("By letter"),
    HowDemanded.MAIL: N_("By e-mail"),
    HowDemanded.TELEPHONE: N_("By telephone"),
    HowDemanded.IN_PERSON: N_("In person"),
    HowDemanded.DOOR: N_("At the door"),
}
CLASS_NAMES: Final[Mapping[AuthorityClass, Message]] = {
    AuthorityClass.ENFORCEMENT: N_("Police"),
    AuthorityClass.IMMIGRATION: N_("Immigration authorities"),
    AuthorityClass.PROSECUTION: N_("Public prosecution service"),
    AuthorityClass.COURT: N_("Courts"),
    AuthorityClass.SUPERVISION: N_("Supervision and inspection"),
    AuthorityClass.OVERSIGHT: N_("Data-protection authority and audit office"),
    AuthorityClass.OTHER: N_("Others, or unknown"),
}
SCOPE_NAMES: Final[Mapping[Scope, Message]] = {
    Scope.ONE_PERSON: N_("One named person"),
    Scope.LIST: N_("A list of people"),
    Scope.BEDS: N_("Beds, or who sleeps where"),
    Scope.PICTURES: N_("Pictures of cameras"),
    Scope.FIGURES: N_("Figures"),
    Scope.OTHER: N_("Something else"),
}
SIGNED_NAMES: Final[Mapping[SignedBy, Message]] = {
    SignedBy.NOBODY: N_("nobody"),
    SignedBy.OFFICER: N_("an investigating officer"),
    SignedBy.PROSECUTOR: N_("the public prosecutor"),
    SignedBy.PROSECUTOR_AND_JUDGE: N_(
        "the public prosecutor, with the examining judge's authorisation"
    ),
    SignedBy.PROSECUTOR_OR_JUDGE: N_("the public prosecutor or the examining judge"),
    SignedBy.JUDGE: N_("a judge"),
    SignedBy.SUPERVISOR: N_("a supervisor with a pass of office"),
    SignedBy.AUTHORITY: N_("the authority itself"),
}
ANSWERED_NAMES: Final[Mapping[HowAnswered, Message]] = {
    HowAnswered.HANDED_OVER: N_("Handed over on paper"),
    HowAnswered.READ_OUT: N_("Read out"),
    HowAnswered.POST: N_("By post"),
    HowAnswered.MAIL: N_("By e-mail"),
}
DECIDER_NAMES: Final[Mapping[Decider, Message]] = {
    Decider.DIRECTOR: N_("Director"),
    Decider.PRIVACY_OFFICER: N_("Privacy officer"),
    Decider.LAWYER: N_("Outside lawyer"),
}
VERDICT_NAMES: Final[Mapping[Verdict, Message]] = {
    Verdict.REFUSE: N_("Refuse"),
    Verdict.PARTLY: N_("Hand over a part"),
    Verdict.COMPLY: N_("Hand over what is named"),
}
OUTCOME_NAMES: Final[Mapping[DemandOutcome, Message]] = {
    DemandOutcome.REFUSED: N_("Refused"),
    DemandOutcome.PARTLY: N_("Handed over in part"),
    DemandOutcome.COMPLIED: N_("Handed over as named"),
    DemandOutcome.NOTHING_KEPT: N_("Nothing to hand over"),
    DemandOutcome.TAKEN: N_("Taken in a search"),
    DemandOutcome.WITHDRAWN: N_("Withdrawn by the authority"),
}
TAKEN_NAMES: Final[Mapping[Taken, Message]] = {
    Taken.COMPUTER: N_("Computer"),
    Taken.TELEPHONE: N_("Telephone"),
    Taken.DISK: N_("Disk or stick"),
    Taken.FILES: N_("Copied files"),
    Taken.PAPER: N_("Paper"),
    Taken.OTHER: N_("Something else"),
}
