"""The words of a list for a fire: on paper, in the file, and said at a terminal by whoever opens the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from caseflow.domain.evacuations import EvacuationList, Sleeper, as_typed
from caseflow.domain.local_days import local
from caseflow.domain.messages import N_, Message
from caseflow.publishing import evacuation_lists
from caseflow.publishing.evacuation_lists import NotOpened, NotPrintable, evacuation_pdf

__all__ = ["NotOpened", "NotPrintable", "Teller"]

Teller = Callable[[str], Callable[[Message], str]]
LANGUAGE: Final = "nl"
"""Of the paper: the fire service of a Dutch town reads it."""
TITLE: Final = N_("Evacuation list")
COLUMNS: Final = (
    N_("Bed"),
    N_("Room"),
    N_("Floor"),
    N_("Call name"),
    N_("Remarks"),
    N_("Out"),
)
NOTE: Final = N_("This list is for getting everybody out. Destroy it afterwards.")
UNNAMED: Final = N_("somebody (name not on lists)")
HELP: Final = N_("needs help")
AWAY: Final = N_("away tonight")
EXPECTED: Final = N_("expected, may not have come")


def pdf(shown: EvacuationList, passphrase: str, teller: Teller) -> bytes:
    """The file; a call name in letters that the program cannot print gives way to the client code, on paper alone."""
    kept = plain(shown)
    try:
        return evacuation_pdf(_printed(shown, teller, by_code=False), kept, passphrase)
    except NotPrintable:
        return evacuation_pdf(_printed(shown, teller, by_code=True), kept, passphrase)


def plain(shown: EvacuationList) -> dict[str, Any]:
    """The list as a document for a program."""
    return {
        "site": shown.site,
        "at": shown.at.isoformat(),
        "inside": shown.inside,
        "away": shown.away,
        "need_help": shown.need_help,
        "sleepers": [
            {
                "floor": one.floor,
                "room": one.room,
                "bed": one.bed,
                "call_name": one.call_name,
                "needs_help": one.needs_help,
                "away": one.is_away,
                "expected": one.is_expected,
            }
            for one in shown.sleepers
        ],
    }


def _printed(shown: EvacuationList, teller: Teller, *, by_code: bool) -> dict[str, Any]:
    say = teller(LANGUAGE)
    return {
        "language": LANGUAGE,
        "title": say(TITLE),
        "site": shown.site,
        "at": say(N_("As known on %(at)s", at=local(shown.at).strftime("%d-%m-%Y %H:%M"))),
        "counts": say(counts(shown)),
        "columns": [say(one) for one in COLUMNS],
        "rows": [_cells(one, say, by_code) for one in shown.sleepers],
        "note": say(NOTE),
    }


def counts(shown: EvacuationList) -> Message:
    """How many have to be looked for, in one sentence."""
    return _counted(shown.inside, shown.need_help, shown.away)


def _counted(inside: int, need_help: int, away: int) -> Message:
    return N_(
        "Inside: %(inside)s. Need help: %(help)s. Known to be away: %(away)s.",
        inside=inside,
        help=need_help,
        away=away,
    )


def remarks(one: Sleeper) -> tuple[Message, ...]:
    """What the fire service has to know of one line."""
    said = ((one.needs_help, HELP), (one.is_away, AWAY), (one.is_expected, EXPECTED))
    return tuple(words for holds, words in said if holds)


def _cells(one: Sleeper, say: Callable[[Message], str], by_code: bool) -> list[str]:
    name = one.call_name
    if name is not None and by_code and not name.isascii():
        name = one.code
    return [
        one.bed,
        one.room,
        "-" if one.floor is None else str(one.floor),
        say(UNNAMED) if name is None else name,
        ", ".join(say(words) for words in remarks(one)),
        "[    ]",
    ]


NO_LIST: Final = N_(
    "This does not open with that passphrase, or it is no evacuation list. Nothing was shown."
)


def opened(content: bytes, passphrase: str) -> dict[str, Any]:
    """What a kept file says, however somebody spelled the passphrase of the paper. Raises `NotOpened`."""
    try:
        return evacuation_lists.opened(content, as_typed(passphrase))
    except NotOpened:
        return evacuation_lists.opened(content, passphrase)


def lines(kept: Mapping[str, Any], say: Callable[[Message], str]) -> Iterator[str]:
    """The lines of a kept file for a terminal."""
    yield f"{say(TITLE)}: {kept['site']}"
    yield say(N_("As known on %(at)s", at=kept["at"]))
    yield say(_counted(kept["inside"], kept["need_help"], kept["away"]))
    for one in kept["sleepers"]:
        flags = (("needs_help", HELP), ("away", AWAY), ("expected", EXPECTED))
        said = ", ".join(say(words) for name, words in flags if one[name])
        floor = "-" if one["floor"] is None else one["floor"]
        name = one["call_name"] or say(UNNAMED)
        yield f"{floor:>3}  {one['room']}, {one['bed']}: {name}{f' ({said})' if said else ''}"
