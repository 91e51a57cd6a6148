"""What a programme says beside its figures: compared with what vaults hold, by others than its writer, and frozen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from caseflow import clock
from caseflow.domain.decisions import Refused
from caseflow.domain.report_texts import ANSWERS, ReportText
from caseflow.services import approvals, houses, publications, report_checks, report_texts
from caseflow.services.gatekeeping import NotKnown
from caseflow.services.houses import House
from caseflow.services.versions import Overtaken
from caseflow.storage.models.audit import Entry
from caseflow.storage.models.publication_texts import PublicationText
from caseflow.storage.stores import VaultSealed
from tests import case_worlds, cast
from tests.builders import casework, hire, past_episodes
from tests.services.test_publications import BOTH, CUT_OFF, SCOPE

PETRA, MO, LENA, NOOR, FEMKE = (
    one.actor() for one in (cast.PETRA, cast.MO, cast.LENA, cast.NOOR, cast.FEMKE)
)
PLAIN = ReportText(
    nl="De locatie is verbouwd.\n\nEr waren minder bedden.", en="The house was rebuilt."
)
NAMING = ReportText(nl="Ook Mevrouw Markersen vond werk.")  # `case_worlds.FAMILY_NAME`, misspelled


@pytest.fixture
def known(house: House) -> Iterator[House]:
    """A house with somebody whose name a vault holds, and figures to publish."""
    with clock.fixed(cast.NOW):
        hire(house, *cast.EVERYBODY, BOTH)
        past_episodes(house, SCOPE, times=0.1)  # few, so that the attack takes no time
        case_worlds.with_words(case_worlds.assigned())
        yield house


@pytest.fixture
def waiting(known: House) -> str:
    """A publication that waits for approval."""
    made = publications.prepare(LENA, SCOPE, CUT_OFF, cast.NOW)
    assert approvals.propose(LENA, made.id, cast.NOW) is None
    return made.id


def view(publication: str, actor=PETRA) -> report_texts.TextView | None:
    return report_texts.seen(actor, publications.shown(actor, publication, cast.NOW))


def version(publication: str) -> str:
    found = view(publication)
    return found.version if found else ""


def write(publication: str, words: ReportText, actor=LENA) -> Refused | None:
    return report_texts.write(actor, publication, words, version(publication), cast.NOW)


def approve(publication: str, *approvers) -> Refused | None:
    """The answer to the last of them."""
    answer = None
    for one in approvers:
        answer = approvals.approve(one, publication, cast.NOW, version(publication))
    return answer


def state(publication: str) -> str:
    return publications.shown(PETRA, publication, cast.NOW).state


def told(house: House, event: str) -> list[Entry]:
    with house.stores.audit.connect() as log:
        return list(log.execute(select(*Entry.__table__.columns).where(Entry.event == event)))


def test_a_text_is_read_beside_the_figures_and_frozen_with_them(waiting: str) -> None:
    assert write(waiting, PLAIN) is None
    assert view(waiting).text == PLAIN
    assert approve(waiting, PETRA, MO) is None

    assert state(waiting) == "frozen"
    found = view(waiting, FEMKE)
    assert (found.text, found.is_frozen) == (PLAIN, True)


def test_a_text_that_says_a_name_makes_freezing_wait_for_the_privacy_officer(waiting: str) -> None:
    assert write(waiting, NAMING) is None

    assert approve(waiting, MO) == report_texts.ASK_THE_PRIVACY_OFFICER
    assert publications.shown(PETRA, waiting, cast.NOW).approved_as == ()
    assert approve(waiting, PETRA, MO) == report_texts.ASK_THE_PRIVACY_OFFICER

    assert report_texts.allow(PETRA, waiting, version(waiting), cast.NOW) is None
    assert approve(waiting, PETRA, MO) is None
    assert view(waiting).text == NAMING


@pytest.mark.parametrize(
    "words",
    [
        "Ook Ayla ging.",
        "ook ayla ging",
        "A. Markerzon ging.",
        "Blue kwam terug.",
        "Ailah kwam terug.",
    ],
)
def test_names_aliases_and_call_names_are_found_in_either_language(
    waiting: str, words: str
) -> None:
    for said in (ReportText(nl=words), ReportText(nl="De locatie is verbouwd.", en=words)):
        house = houses.current()
        assert report_checks.says_somebody(house, SCOPE, said), words


def test_words_of_clients_of_other_programmes_do_not_count(known: House) -> None:
    assert not report_checks.says_somebody(known, "waterstad-bbb", NAMING)


def test_a_name_that_was_recorded_between_two_approvals_is_found(waiting: str) -> None:
    assert write(waiting, ReportText(nl="De heer Gerritsen opende het huis.")) is None
    assert approve(waiting, PETRA) is None
    _another("Gerritsen")
    assert approve(waiting, MO) == report_texts.ASK_THE_PRIVACY_OFFICER
    assert state(waiting) == "proposed"


def _another(call_name: str) -> None:
    case_worlds.CALL_NAME, before = call_name, case_worlds.CALL_NAME
    try:
        case_worlds.registered()
    finally:
        case_worlds.CALL_NAME = before


def test_a_sealed_vault_makes_freezing_wait(waiting: str, known: House) -> None:
    assert write(waiting, PLAIN) is None
    seen = version(waiting)
    known.stores.forget_vaults()

    answer = approvals.approve(PETRA, waiting, cast.NOW, seen)
    assert isinstance(answer, Refused)
    assert "vault" in str(answer.reason)
    found = view(waiting)
    assert (found.text.is_empty, found.version) == (True, "")
    assert found.sealed_in is not None
    assert [one.nl for one in found.waits_for] == [found.sealed_in.nl]
    assert found.hinders == answer
    with pytest.raises(VaultSealed):
        report_texts.write(LENA, waiting, ReportText(nl="Anders."), seen, cast.NOW)


def test_without_a_text_nothing_waits_for_a_vault(waiting: str, known: House) -> None:
    known.stores.forget_vaults()
    assert approve(waiting, PETRA, MO) is None
    assert state(waiting) == "frozen"
    assert view(waiting, FEMKE) is None


def test_changing_the_text_voids_approvals_and_an_approval_names_what_was_read(
    waiting: str,
) -> None:
    assert write(waiting, PLAIN) is None
    read_by_mo = version(waiting)
    assert approve(waiting, PETRA) is None
    assert write(waiting, ReportText(nl="De locatie is verbouwd.")) is None

    assert publications.shown(PETRA, waiting, cast.NOW).approved_as == ()
    assert approvals.approve(MO, waiting, cast.NOW, read_by_mo) == report_texts.CHANGED
    assert approvals.approve(MO, waiting, cast.NOW) == report_texts.CHANGED
    assert approve(waiting, MO, PETRA) is None


def test_taking_a_text_away_leaves_a_publication_without_one(waiting: str) -> None:
    assert write(waiting, NAMING) is None
    assert approve(waiting, PETRA) == report_texts.ASK_THE_PRIVACY_OFFICER
    assert write(waiting, ReportText()) is None
    assert approve(waiting, PETRA, MO) is None
    assert view(waiting, FEMKE) is None


def test_the_writer_approves_nothing_and_has_nothing_compared(waiting: str, known: House) -> None:
    assert write(waiting, NAMING, MO) is None
    assert approve(waiting, MO) == report_texts.OWN_TEXT == view(waiting, MO).hinders
    assert view(waiting, PETRA).hinders is None
    assert approve(waiting, LENA) is not None
    assert told(known, "publication_text_compared") == []
    assert view(waiting).verdict is None


def test_so_many_texts_are_compared_and_then_no_more(waiting: str, known: House) -> None:
    for place in range(ANSWERS):
        assert write(waiting, ReportText(nl=f"Deel {place}. Markerson.")) is None
        for approver in (PETRA, MO, PETRA):
            assert approve(waiting, approver) == report_texts.ASK_THE_PRIVACY_OFFICER
    assert (
        write(waiting, ReportText(nl="Nog een poging met een ander woord.")) == report_texts.ENOUGH
    )

    answers = [
        one for one in told(known, "publication_text_compared") if one.stands_for == "intent"
    ]
    assert len(answers) == ANSWERS, "one answer for each text, however often somebody approves"
    assert write(waiting, ReportText()) is None, "but it can be taken away"
    assert approve(waiting, PETRA, MO) is None


def test_the_log_says_that_a_text_was_compared_and_never_about_whom(
    waiting: str, known: House
) -> None:
    assert write(waiting, NAMING) is None
    assert approve(waiting, PETRA) is not None
    [entry] = [
        one for one in told(known, "publication_text_compared") if one.stands_for == "intent"
    ]
    assert "ask" in str(entry.details)
    for word in ("Markers", "Ayla", "Blue"):
        for one in told(known, "publication_text_compared") + told(
            known, "publication_text_written"
        ):
            assert word not in str(tuple(one))


def test_words_lie_in_a_vault_until_they_are_frozen(waiting: str, known: House) -> None:
    def in_casework() -> list[str | None]:
        with known.stores.reading() as session:
            return list(session.scalars(select(PublicationText.words_nl)))

    assert write(waiting, PLAIN) is None
    assert in_casework() == [None]
    assert approve(waiting, PETRA, MO) is None
    assert in_casework() == [PLAIN.nl]


def test_a_frozen_text_never_changes_again(waiting: str, known: House) -> None:
    assert write(waiting, PLAIN) is None
    assert approve(waiting, PETRA, MO) is None
    assert report_texts.write(LENA, waiting, ReportText(nl="Anders."), "", cast.NOW) == (
        report_texts.NOT_UNDER_WAY
    )
    for statement in (
        "UPDATE publication_texts SET words_nl = 'anders'",
        "DELETE FROM publication_texts",
        "INSERT OR REPLACE INTO publication_texts SELECT * FROM publication_texts",
    ):
        with pytest.raises(DatabaseError, match="frozen"), casework(known) as session:
            session.execute(text(statement))


def test_two_writers_see_both_texts(waiting: str) -> None:
    assert write(waiting, PLAIN) is None
    answer = report_texts.write(MO, waiting, ReportText(nl="Anders."), "", cast.NOW)
    assert isinstance(answer, Overtaken)
    assert answer.theirs == {"nl": PLAIN.nl, "en": PLAIN.en}
    assert report_texts.write(MO, waiting, ReportText(nl="Anders."), answer.seen, cast.NOW) is None


def test_only_those_it_concerns_write_read_and_judge(waiting: str) -> None:
    assert write(waiting, NAMING) is None
    for stranger in (FEMKE, cast.AMINA.actor(), cast.ADA.actor(), PETRA):
        with pytest.raises(NotKnown):
            report_texts.write(stranger, waiting, PLAIN, "", cast.NOW)
    for stranger in (LENA, MO, FEMKE, NOOR):
        with pytest.raises(NotKnown):
            report_texts.allow(stranger, waiting, "", cast.NOW)
    assert report_texts.allow(PETRA, waiting, version(waiting), cast.NOW) == (
        report_texts.NOTHING_TO_JUDGE
    )
    assert view(waiting, MO).may_allow is None


def test_what_cannot_be_printed_is_refused_by_the_service_as_well(waiting: str) -> None:
    assert isinstance(write(waiting, ReportText(nl="bel 06-12345678")), Refused)
    assert view(waiting).text.is_empty


def test_preparing_again_keeps_the_text(waiting: str, known: House) -> None:
    assert write(waiting, PLAIN) is None
    past_episodes(known, SCOPE, source="late-arrivals", times=0.1)
    again = publications.prepare(LENA, SCOPE, CUT_OFF, cast.NOW)
    assert (again.id, again.state) == (waiting, "prepared")
    assert view(waiting).text == PLAIN
