"""Whether a text says a name: in any spelling, and not at every ordinary word."""

from __future__ import annotations

from datetime import date

import pytest

from caseflow.domain.vault_words import VaultWords

KNOWN = VaultWords(
    [
        "Mohammed al-Hassan",
        "Abdul Rahman Yusuf",
        "محمد علي",
        "Noor de Vries",
        "Samira Benali",
        "Hoop",
        "Dan",
        "Zehra Öztürk",
        "Тарас Шевченко",
    ],
    ["012.345.6789", "ZK-2024-00417"],
    [date(1990, 2, 3)],
)


@pytest.mark.parametrize(
    "said",
    [
        "Mohammed vond een woning.",
        "mohammed vond een woning",
        "Muhamad vond een woning.",
        "Mohamed's woning",
        "een huis voor MOHAMMED",
        "(Mohammed)",
        "Mohammed-al-Hassan",
        "Ali ging naar huis.",
        "Abdulrahman kwam.",
        "Abdoel Rachman kwam.",
        "De familie De Vries",
        "Noor kwam.",
        "Samirah ging.",
        "mevrouw Oezturk",
        "mevrouw Ozturk",
        "meneer Sjevtsjenko",
        "Hoop vond werk.",
        "Wie kwam, was Dan.",
        "Geboren op 3 februari 1990.",
        "Geboren op 03-02-1990.",
        "Geboren op 1990-02-03.",
        "Born on 3 February 1990.",
        "nummer 0123456789",
        "nummer 012 345 6789",
    ],
)
def test_a_name_a_number_and_a_date_of_birth_are_found_in_any_spelling(said):
    assert KNOWN.are_said_in(f"In dit kwartaal gebeurde er veel. {said}")


@pytest.mark.parametrize(
    "said",
    [
        "",
        "In dit kwartaal is de locatie aan de haven verbouwd. Daardoor waren er minder bedden.",
        "Er is hoop op meer bedden, en dan volgt er meer.",
        "Naar verwachting gaan er meer mensen. Samen met de gemeente werken we verder.",
        "In oktober vertrokken er twaalf mensen naar Noord-Holland; wethouder Gerritsen opende het huis.",
        "Wij danken alle vrijwilligers, de Stichting Vluchtelingenwerk Utrecht, de GGD en het COA.",
        "De cliënten wachtten langer. Op 30 september 2026 waren er 12 plaatsen vrij.",
        "Of the people who left, more found a place. The municipality pays for the building.",
        "op 4 februari 1990, en van 2024 tot 2026 kostte het 12.500 euro",
        "op 31-02-1990",
    ],
)
def test_an_ordinary_report_says_nobody(said):
    assert not KNOWN.are_said_in(said)


def test_where_nobody_is_known_nothing_is_said():
    assert not VaultWords([]).are_said_in("Mohammed vond een woning.")


def test_the_answer_is_one_for_the_whole_text():
    one = KNOWN.are_said_in("Mohammed kwam.")
    many = KNOWN.are_said_in("Mohammed, Samira, Noor en Dan kwamen.")
    assert (one, many) == (True, True)
    assert isinstance(one, bool)


def test_every_word_is_looked_at_whatever_was_found_before(monkeypatch):
    asked = []
    compare = VaultWords._says
    monkeypatch.setattr(
        VaultWords, "_says", lambda self, one: asked.append(one) or compare(self, one)
    )
    KNOWN.are_said_in("Mohammed kwam naar Waterstad.")
    found = len(asked)
    asked.clear()
    KNOWN.are_said_in("Janneke kwam naar Waterstad.")
    assert len(asked) == found
