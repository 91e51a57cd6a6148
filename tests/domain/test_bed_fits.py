"""A bed fits a person or does not, with the reason said (rule B9)."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from caseflow.domain import bed_fits
from caseflow.domain.bed_fits import Guest, fit, may_share_a_room, may_share_a_site
from caseflow.domain.beds import BedFacts, BedKind, MeantFor
from caseflow.domain.health_needs import PlacementNeedKind
from caseflow.domain.separations import NOT_FOR_THIS_PERSON
from caseflow.domain.sites import Mark, SiteKind

N = PlacementNeedKind
BED = BedFacts(
    "b", "1.1", "Room 1", "s", "Havenhuis", BedKind.FULL_DAY, MeantFor.ANYONE, date(2024, 1, 1)
)
FLOOR_2 = replace(BED, floor=2)


def marked(*marks: Mark) -> BedFacts:
    return replace(BED, marks=frozenset(marks))


def needs(*kinds: PlacementNeedKind) -> Guest:
    return Guest("me", needs=frozenset(kinds))


MAN, WOMAN, UNSAID = Guest("m", "man"), Guest("w", "woman"), Guest("u")
WIFE, HUSBAND = Guest("wife", "woman", household="h"), Guest("husband", "man", household="h")
OTHERS_CHILD = Guest("child", "unknown", household="other")
ALONE = Guest("alone", "woman", needs=frozenset({N.SINGLE_ROOM}))
HIDDEN = Guest("hidden", is_known=False)

REFUSED = [
    ("a man in a women's room", replace(BED, meant_for=MeantFor.WOMEN), MAN, [], "meant for women"),
    ("a woman in a men's room", replace(BED, meant_for=MeantFor.MEN), WOMAN, [], "meant for men"),
    ("a man in a women's house", replace(BED, site_kind=SiteKind.WOMEN), MAN, [], "for women"),
    ("a man with a woman he does not know", BED, MAN, [WOMAN], "a man and a woman together"),
    ("a woman where a man sleeps", BED, WOMAN, [MAN, WOMAN], "a man and a woman together"),
    ("a wheelchair and a bed it cannot reach", BED, needs(N.ACCESSIBLE), [], "not accessible"),
    ("stairs", FLOOR_2, needs(N.GROUND_FLOOR), [], "not on the ground floor"),
    ("a ladder", marked(Mark.UPPER_BUNK), needs(N.LOWER_BUNK), [], "an upper bunk"),
    ("a shared room", replace(BED, beds_in_room=2), needs(N.SINGLE_ROOM), [], "one's own"),
    ("somebody who needs the room alone", BED, WOMAN, [ALONE], "needs a room of their own"),
    ("a dog", BED, needs(N.PET), [], "No pets"),
    ("no place by day", replace(BED, kind=BedKind.NIGHT), needs(N.BY_DAY), [], "closed by day"),
    ("another family", replace(BED, meant_for=MeantFor.FAMILY), WIFE, [OTHERS_CHILD], "family"),
    ("a site that is shut", BED, Guest("x", shut_sites=frozenset({"s"})), [], "cannot be used"),
    ("who is kept apart", BED, Guest("x", apart_from=frozenset({"m"})), [MAN], "cannot be used"),
]


@pytest.mark.parametrize(("bed", "who", "company", "words"), [row[1:] for row in REFUSED],
                         ids=[row[0] for row in REFUSED])  # fmt: skip
def test_b09_a_rule_in_the_way_is_said(
    bed: BedFacts, who: Guest, company: list[Guest], words: str
) -> None:
    found = fit(bed, who, company)

    assert not found.decision
    assert any(words in str(reason) for reason in found.reasons), found


ALLOWED = [
    ("husband and wife", BED, HUSBAND, [WIFE]),
    ("a family in a family room", replace(BED, meant_for=MeantFor.FAMILY), HUSBAND, [WIFE]),
    ("two men", BED, MAN, [Guest("other", "man")]),
    ("somebody whose gender nobody asked", BED, UNSAID, [WOMAN]),
    ("somebody beside whom the reader may not know", BED, MAN, [HIDDEN]),
    ("a family room with whom the reader may not know",
     replace(BED, meant_for=MeantFor.FAMILY), WIFE, [HIDDEN]),
    ("a wheelchair and an accessible bed", marked(Mark.ACCESSIBLE), needs(N.ACCESSIBLE), []),
    ("a ground floor", replace(BED, floor=0), needs(N.GROUND_FLOOR), []),
    ("a lower bunk", marked(Mark.LOWER_BUNK), needs(N.LOWER_BUNK), []),
    ("a room of one's own", marked(Mark.SINGLE_ROOM), needs(N.SINGLE_ROOM), []),
    ("the only bed of a room", replace(BED, beds_in_room=1), needs(N.SINGLE_ROOM), []),
    ("a dog where it may stay", marked(Mark.PETS), needs(N.PET), []),
    ("a place by day", BED, needs(N.BY_DAY), []),
    ("oneself, who sleeps there already", BED, MAN, [replace(MAN, gender="woman")]),
]  # fmt: skip


@pytest.mark.parametrize(("bed", "who", "company"), [row[1:] for row in ALLOWED],
                         ids=[row[0] for row in ALLOWED])  # fmt: skip
def test_b09_what_fits_is_allowed(bed: BedFacts, who: Guest, company: list[Guest]) -> None:
    assert fit(bed, who, company).decision


ASKED = [
    ("women's room, gender unknown", replace(BED, meant_for=MeantFor.WOMEN), UNSAID, [], "suits"),
    ("a floor nobody wrote down", BED, needs(N.GROUND_FLOOR), [], "on the ground floor"),
    ("a bunk nobody wrote down", BED, needs(N.LOWER_BUNK), [], "lower bunk"),
    ("a walking aid", BED, needs(N.MOBILITY_AID), [], "walking aid"),
    ("somebody alone in a family room", replace(BED, meant_for=MeantFor.FAMILY), MAN, [], "famil"),
    ("a night shelter", replace(BED, kind=BedKind.NIGHT), MAN, [], "closed by day"),
    ("unknown beside a woman", BED, UNSAID, [WOMAN], "suit each other"),
    ("beside whom the reader may not know", BED, MAN, [HIDDEN], "suit each other"),
    ("an overflow bed", marked(Mark.OVERFLOW), MAN, [], "outside the capacity"),
    ("a single room for who needs none", marked(Mark.SINGLE_ROOM), MAN, [], "keep it for"),
    ("an accessible bed for who needs none", marked(Mark.ACCESSIBLE), MAN, [], "keep it for"),
    ("a medical house", replace(BED, site_kind=SiteKind.MEDICAL), MAN, [], "health worker"),
]


@pytest.mark.parametrize(("bed", "who", "company", "words"), [row[1:] for row in ASKED],
                         ids=[row[0] for row in ASKED])  # fmt: skip
def test_b09_what_is_unknown_is_asked_and_never_stands_in_the_way(
    bed: BedFacts, who: Guest, company: list[Guest], words: str
) -> None:
    found = fit(bed, who, company)

    assert found.decision
    assert any(words in str(question) for question in found.questions), found


def test_b09_every_need_has_a_rule() -> None:
    assert set(bed_fits._NEEDS) == set(PlacementNeedKind)


def test_b09_every_rule_in_the_way_is_listed() -> None:
    who = Guest("me", "man", frozenset({N.PET, N.ACCESSIBLE}))

    assert len(fit(replace(BED, meant_for=MeantFor.WOMEN), who, [WOMAN]).reasons) == 4


def test_b09_safety_comes_first_and_alone() -> None:
    """No other reason may tell who sleeps there."""
    who = Guest("me", "man", apart_from=frozenset({"w"}))

    assert fit(replace(BED, meant_for=MeantFor.WOMEN), who, [WOMAN]).refusals == (
        NOT_FOR_THIS_PERSON,
    )


def test_b09_nationality_is_no_argument() -> None:
    """There is no place where it could be said: neither of a bed nor of a person."""
    said = {one.name for one in (*fields(Guest), *fields(BedFacts))}

    assert not said & {"nationality", "origin", "country", "religion", "status"}


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (MAN, WOMAN, False),
        (HUSBAND, WIFE, True),
        (MAN, UNSAID, True),
        (ALONE, WOMAN, False),
        (Guest("x", apart_from=frozenset({"w"})), WOMAN, False),
        (WOMAN, Guest("x", apart_from=frozenset({"w"})), False),
    ],
)
def test_b09_two_people_share_a_room_or_do_not(one: Guest, other: Guest, together: bool) -> None:
    assert bool(may_share_a_room(one, other)) is together
    assert bool(may_share_a_room(other, one)) is together


def test_b09_a_man_and_a_woman_share_a_site() -> None:
    assert may_share_a_site(MAN, WOMAN)
