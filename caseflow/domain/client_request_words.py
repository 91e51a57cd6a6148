"""The codes of a request of the client, and what they are called: kinds, subjects, outcomes and their grounds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from caseflow.domain.messages import N_, Message


class RequestKind(StrEnum):
    """Which right somebody uses (GDPR art. 15, 16, 17, 18, 21)."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"


class About(StrEnum):
    """What it is about; of a restriction, on which ground of art. 18(1) it is asked."""

    WHOLE_FILE = "whole_file"
    PART_OF_FILE = "part_of_file"
    NAME_OR_BIRTH = "name_or_birth"
    CONTACT = "contact"
    FACT = "fact"
    WORDS = "words"
    CONTESTED = "contested"  # 18(1)(a)
    UNLAWFUL = "unlawful"  # 18(1)(b)
    CLAIM = "claim"  # 18(1)(c)
    OBJECTED = "objected"  # 18(1)(d)
    SHARING = "sharing"
    WORKING = "working"
    FIGURES = "figures"


class AskedBy(StrEnum):
    """Who asks."""

    CLIENT = "client"
    LAWYER = "lawyer"
    REPRESENTATIVE = "representative"


class IdentityCheck(StrEnum):
    """How it is known that this is the person; papers are never needed, and never copied."""

    KNOWN = "known"
    CODE = "code"
    PAPER = "paper"
    MANDATE = "mandate"
    NOT_YET = "not_yet"


class RequestOutcome(StrEnum):
    """What came of it."""

    GRANTED = "granted"
    STATEMENT = "statement"
    PARTLY = "partly"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    NEUTRAL = "neutral"


class RequestGround(StrEnum):
    """Why less was done than was asked; of an objection, how it was weighed."""

    OTHERS = "others"
    EXCESSIVE = "excessive"
    NOT_SHOWN = "not_shown"
    CORRECT = "correct"
    AS_SAID = "as_said"
    STILL_NEEDED = "still_needed"
    LEGAL_DUTY = "legal_duty"
    CLAIMS = "claims"
    NO_GROUND = "no_ground"
    SAFETY_WEIGHS = "safety_weighs"
    HELP_WEIGHS = "help_weighs"
    CLIENT_WEIGHS = "client_weighs"


class LongerBecause(StrEnum):
    """Why an answer takes two months more (GDPR art. 12(3))."""

    COMPLEX = "complex"
    MANY = "many"


K, A, O, G = RequestKind, About, RequestOutcome, RequestGround  # noqa: E741
ABOUT: Final[Mapping[RequestKind, tuple[About, ...]]] = {
    K.ACCESS: (A.WHOLE_FILE, A.PART_OF_FILE),
    K.RECTIFICATION: (A.NAME_OR_BIRTH, A.CONTACT, A.FACT, A.WORDS),
    K.ERASURE: (A.WHOLE_FILE, A.PART_OF_FILE),
    K.RESTRICTION: (A.CONTESTED, A.UNLAWFUL, A.CLAIM, A.OBJECTED),
    K.OBJECTION: (A.SHARING, A.WORKING, A.FIGURES),
}
OUTCOMES: Final[Mapping[RequestKind, tuple[RequestOutcome, ...]]] = {
    kind: (
        O.GRANTED,
        *((O.STATEMENT,) if kind is K.RECTIFICATION else ()),
        *(() if kind is K.RESTRICTION else (O.PARTLY,)),
        O.REFUSED,
        O.WITHDRAWN,
    )
    for kind in RequestKind
}
_ACCESS: Final = (G.OTHERS, G.EXCESSIVE, G.NOT_SHOWN)
_RECTIFICATION: Final = (G.CORRECT, G.AS_SAID, G.EXCESSIVE, G.NOT_SHOWN)
_ERASURE: Final = (G.STILL_NEEDED, G.LEGAL_DUTY, G.CLAIMS, G.NOT_SHOWN)
_RESTRICTION: Final = (G.NO_GROUND, G.EXCESSIVE, G.NOT_SHOWN)
_OBJECTION: Final = (G.SAFETY_WEIGHS, G.HELP_WEIGHS, G.CLAIMS, G.NOT_SHOWN)
_LESS: Final = {
    K.ACCESS: _ACCESS,
    K.RECTIFICATION: _RECTIFICATION,
    K.ERASURE: _ERASURE,
    K.RESTRICTION: _RESTRICTION,
    K.OBJECTION: _OBJECTION,
}
GROUNDS: Final[Mapping[RequestKind, Mapping[RequestOutcome, tuple[RequestGround, ...]]]] = {
    kind: {
        O.PARTLY: less,
        O.REFUSED: less,
        # an objection is weighed whatever comes of it, and the weighing is kept
        **({O.GRANTED: (G.CLIENT_WEIGHS,)} if kind is K.OBJECTION else {}),
    }
    for kind, less in _LESS.items()
}
"""Which grounds go with which outcome; an outcome that is missing needs none."""

KIND_NAMES: Final[Mapping[RequestKind, Message]] = {
    K.ACCESS: N_("Access: a copy of the file"),
    K.RECTIFICATION: N_("Correction"),
    K.ERASURE: N_("Erasure"),
    K.RESTRICTION: N_("Restriction: nothing more leaves"),
    K.OBJECTION: N_("Objection to what we do with the data"),
}
ABOUT_NAMES: Final[Mapping[About, Message]] = {
    A.WHOLE_FILE: N_("The whole file"),
    A.PART_OF_FILE: N_("A part of the file"),
    A.NAME_OR_BIRTH: N_("Name or date of birth"),
    A.CONTACT: N_("How to reach the client"),
    A.FACT: N_("Another fact"),
    A.WORDS: N_("Something that was written"),
    A.CONTESTED: N_("The client says that something is wrong, until it is checked"),
    A.UNLAWFUL: N_("We should not have it, but the client wants it kept"),
    A.CLAIM: N_("The client needs it for a procedure, though we do not"),
    A.OBJECTED: N_("The client objects, until that is decided"),
    A.SHARING: N_("Sharing with others"),
    A.WORKING: N_("How we use the data ourselves"),
    A.FIGURES: N_("Counting in figures"),
}
ASKED_BY_NAMES: Final[Mapping[AskedBy, Message]] = {
    AskedBy.CLIENT: N_("The client"),
    AskedBy.LAWYER: N_("The client's lawyer"),
    AskedBy.REPRESENTATIVE: N_("Somebody else whom the client authorised"),
}
IDENTITY_NAMES: Final[Mapping[IdentityCheck, Message]] = {
    IdentityCheck.KNOWN: N_("We know this person"),
    IdentityCheck.CODE: N_("By client code and call name"),
    IdentityCheck.PAPER: N_("A paper was shown, and not copied"),
    IdentityCheck.MANDATE: N_("A mandate was seen"),
    IdentityCheck.NOT_YET: N_("Not checked yet"),
}
OUTCOME_NAMES: Final[Mapping[RequestOutcome, Message]] = {
    O.GRANTED: N_("Done as asked"),
    O.STATEMENT: N_("Kept, with what the client says beside it"),
    O.PARTLY: N_("Done in part"),
    O.REFUSED: N_("Not done"),
    O.WITHDRAWN: N_("Taken back by the client"),
    O.NEUTRAL: N_("Answered without saying whether somebody is known"),
}
GROUND_NAMES: Final[Mapping[RequestGround, Message]] = {
    G.OTHERS: N_("It would tell about somebody else"),
    G.EXCESSIVE: N_("The same was answered shortly before"),
    G.NOT_SHOWN: N_("It could not be checked who asks"),
    G.CORRECT: N_("What stands there is right"),
    G.AS_SAID: N_("It says what somebody said or thought, and stays as that"),
    G.STILL_NEEDED: N_("It is still needed to help the client"),
    G.LEGAL_DUTY: N_("A law says that it must be kept"),
    G.CLAIMS: N_("It is needed for a procedure or a dispute"),
    G.NO_GROUND: N_("None of the grounds of the law applies"),
    G.SAFETY_WEIGHS: N_("Weighed: somebody's safety weighs more"),
    G.HELP_WEIGHS: N_("Weighed: the help cannot go on without it"),
    G.CLIENT_WEIGHS: N_("Weighed: the interest of the client weighs more"),
}
LONGER_NAMES: Final[Mapping[LongerBecause, Message]] = {
    LongerBecause.COMPLEX: N_("It is complicated to answer"),
    LongerBecause.MANY: N_("The client asked many things at once"),
}
NEUTRAL_ANSWER: Final = N_(
    "You asked us something about personal data. Everybody who asks this by letter or e-mail gets this same answer. "
    "From a letter we cannot see who writes it. So we do not say whether we have anything about anybody. "
    "Is it about you? Then come to us, or let a lawyer ask for you with a mandate. You need no papers for it. "
    "You then get an answer within one month, for free. "
    "Do you not agree? You may complain to the Dutch data protection authority (Autoriteit Persoonsgegevens) or go to "
    "court."
)
"""What anybody is answered who did not show who they are: it is true of everybody, and tells of nobody."""
ANSWER_WORDS: Final[Mapping[RequestKind, Mapping[RequestOutcome, Message]]] = {
    K.ACCESS: {
        O.GRANTED: N_("You get a copy of your file."),
        O.PARTLY: N_("You get a copy of your file. A part of it is left out."),
        O.REFUSED: N_("You do not get a copy of your file now."),
    },
    K.RECTIFICATION: {
        O.GRANTED: N_("We put right what you said was wrong. Who got it from us is told."),
        O.STATEMENT: N_(
            "What was written stays. What you say about it now stands beside it. Who got it from us is told."
        ),
        O.PARTLY: N_("We put a part of it right. Who got it from us is told."),
        O.REFUSED: N_("We do not change what was written."),
    },
    K.ERASURE: {
        O.GRANTED: N_("We erase what you asked us to erase. Who got it from us is told."),
        O.PARTLY: N_("We erase a part of it. The rest is kept. Who got it from us is told."),
        O.REFUSED: N_("We do not erase it now."),
    },
    K.RESTRICTION: {
        O.GRANTED: N_(
            "We keep your data, and nothing of it goes to others. We tell you before that ends. Your bed and your "
            "help stay as they are."
        ),
        O.REFUSED: N_("Your data are not restricted. From now on they may be shared as before."),
    },
    K.OBJECTION: {
        O.GRANTED: N_("We stop with what you objected to."),
        O.PARTLY: N_("We stop with a part of what you objected to."),
        O.REFUSED: N_("We go on with what you objected to."),
    },
}
"""The first sentence of an answer, in plain words for the person who asked."""
GROUND_WORDS: Final[Mapping[RequestGround, Message]] = {
    G.OTHERS: N_("A part would tell something about another person."),
    G.EXCESSIVE: N_("You asked the same a short time ago, and got an answer."),
    G.NOT_SHOWN: N_("We could not see that it is you who asks. Come to us: you need no papers."),
    G.CORRECT: N_("We looked again, and what is written is right."),
    G.AS_SAID: N_("It says what somebody said or thought then. That is why it stays."),
    G.STILL_NEEDED: N_("We still need it to help you."),
    G.LEGAL_DUTY: N_("A law says that we have to keep it."),
    G.CLAIMS: N_("It is needed for a procedure or a dispute."),
    G.NO_GROUND: N_("The law says when data are restricted. That is not so here."),
    G.SAFETY_WEIGHS: N_("We weighed it. Without it somebody would not be safe."),
    G.HELP_WEIGHS: N_("We weighed it. Without it we cannot help you."),
    G.CLIENT_WEIGHS: N_("We weighed it. What you want weighs more."),
}
