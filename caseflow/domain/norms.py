"""The norms that the firewall answers: requirements FW1 to FW16, and the laws and recommendations behind them.

Each line of the firewall report names the norms that it answers; a norm without a line, and a line without a norm,
fail the suite. Recommendations are cited without their numbers where the numbered text was not at hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from caseflow.domain.messages import N_, Message


class Norm(StrEnum):
    """A norm by its short name."""

    FW1 = "FW1"
    FW2 = "FW2"
    FW3 = "FW3"
    FW4 = "FW4"
    FW5 = "FW5"
    FW6 = "FW6"
    FW7 = "FW7"
    FW8 = "FW8"
    FW9 = "FW9"
    FW10 = "FW10"
    FW11 = "FW11"
    FW12 = "FW12"
    FW13 = "FW13"
    FW14 = "FW14"
    FW15 = "FW15"
    FW16 = "FW16"
    GDPR_4 = "gdpr-4"
    GDPR_5_1_B = "gdpr-5-1-b"
    GDPR_5_1_C = "gdpr-5-1-c"
    GDPR_5_1_D = "gdpr-5-1-d"
    GDPR_5_1_E = "gdpr-5-1-e"
    GDPR_5_2 = "gdpr-5-2"
    GDPR_6 = "gdpr-6"
    GDPR_9 = "gdpr-9"
    GDPR_10 = "gdpr-10"
    GDPR_15 = "gdpr-15"
    GDPR_17 = "gdpr-17"
    GDPR_25 = "gdpr-25"
    GDPR_26 = "gdpr-26"
    GDPR_30 = "gdpr-30"
    GDPR_32 = "gdpr-32"
    GDPR_38 = "gdpr-38"
    GDPR_44 = "gdpr-44"
    GDPR_89 = "gdpr-89"
    UAVG_30 = "uavg-30"
    UAVG_31 = "uavg-31"
    UAVG_46 = "uavg-46"
    NEN_7513 = "nen-7513"
    ECRI_16 = "ecri-gpr-16"
    UN_A_73_178 = "un-a-73-178"
    FRA_2012 = "fra-2012"
    FREE_IN_FREE_OUT = "free-in-free-out"


@dataclass(frozen=True)
class NormText:
    """What a norm is called in a document, and what it asks of this system."""

    name: Message
    asks: Message


def _own(number: int, asks: Message) -> NormText:
    return NormText(N_("FW%(number)s", number=number), asks)


N = Norm
NORMS: Final[Mapping[Norm, NormText]] = {
    N.FW1: _own(
        1,
        N_(
            "Status, nationality, route and V-nummer are asked only where a stated purpose needs them."
        ),
    ),
    N.FW2: _own(2, N_("A bed or a meal can be had without a name, a status or a nationality.")),
    N.FW3: _own(
        3,
        N_(
            "No role of immigration authorities or police reads anything, on a page, in "
            "a file or by a machine."
        ),
    ),
    N.FW4: _own(
        4,
        N_(
            "What leaves is a recorded decision: to whom, for what, on which basis, "
            "which fields, decided by how many."
        ),
    ),
    N.FW5: _own(
        5,
        N_(
            "The packet for local cooperation is minimal, for participants of the "
            "programme only, and told to the client."
        ),
    ),
    N.FW6: _own(6, N_("A legal basis has a first and a last day, and is refused outside them.")),
    N.FW7: _own(
        7,
        N_(
            "What an authority demands is registered and refused at first; nothing is "
            "handed over without review."
        ),
    ),
    N.FW8: _own(
        8, N_("Help to a victim or witness of crime is kept apart and is never linked to status.")
    ),
    N.FW9: _own(
        9,
        N_("Medical, legal and shelter facts lie apart; legal notes are for the legal role alone."),
    ),
    N.FW10: _own(
        10,
        N_(
            "Where somebody sleeps and who is present cannot be taken out, and is kept "
            "no longer than bed planning needs."
        ),
    ),
    N.FW11: _own(11, N_("No access and does not exist look the same.")),
    N.FW12: _own(
        12, N_("Figures for the State and the council are aggregates that withstood an attack.")
    ),
    N.FW13: _own(13, N_("Every look is recorded, and the client can see who looked.")),
    N.FW14: _own(
        14, N_("Nothing of a third party is called: no fonts, analytics, maps or error trackers.")
    ),
    N.FW15: _own(
        15,
        N_(
            "The firewall cannot be switched off from a screen; changing it is changing "
            "code or configuration, in review."
        ),
    ),
    N.FW16: _own(16, N_("A stolen disk, dump or backup yields nothing.")),
    N.GDPR_4: NormText(
        N_("GDPR art. 4(7) and (8)"), N_("It is stated who is controller and who is processor.")
    ),
    N.GDPR_5_1_B: NormText(
        N_("GDPR art. 5(1)(b)"), N_("Data are kept for stated purposes, and used for no other.")
    ),
    N.GDPR_5_1_C: NormText(
        N_("GDPR art. 5(1)(c)"),
        N_("No more data than the purpose needs, and seen by no more people."),
    ),
    N.GDPR_5_1_D: NormText(
        N_("GDPR art. 5(1)(d)"),
        N_("Data are accurate, and errors are corrected without hiding what stood there."),
    ),
    N.GDPR_5_1_E: NormText(
        N_("GDPR art. 5(1)(e)"), N_("Data are kept no longer than the purpose needs.")
    ),
    N.GDPR_5_2: NormText(
        N_("GDPR art. 5(2)"), N_("Who answers for the data can show that the rules are kept.")
    ),
    N.GDPR_6: NormText(N_("GDPR art. 6"), N_("Every use has a lawful basis.")),
    N.GDPR_9: NormText(
        N_("GDPR art. 9"),
        N_("Health, origin, belief and orientation are used only on a ground of their own."),
    ),
    N.GDPR_10: NormText(
        N_("GDPR art. 10"), N_("Data about offences are used only where the law allows it.")
    ),
    N.GDPR_15: NormText(
        N_("GDPR art. 15"), N_("The person can see what is kept, and who received it.")
    ),
    N.GDPR_17: NormText(N_("GDPR art. 17"), N_("Data are erased when they are no longer needed.")),
    N.GDPR_25: NormText(
        N_("GDPR art. 25"), N_("Protection is built in, and closed is the default.")
    ),
    N.GDPR_26: NormText(N_("GDPR art. 26"), N_("Joint controllers agree who answers for what.")),
    N.GDPR_30: NormText(N_("GDPR art. 30"), N_("There is a register of processing activities.")),
    N.GDPR_32: NormText(
        N_("GDPR art. 32"), N_("Data are secured against loss, theft and curiosity.")
    ),
    N.GDPR_38: NormText(
        N_("GDPR art. 37 to 39"),
        N_("The data protection officer supervises, is independent and can be reached."),
    ),
    N.GDPR_44: NormText(
        N_("GDPR art. 44"), N_("Data leave the European Economic Area only under safeguards.")
    ),
    N.GDPR_89: NormText(
        N_("GDPR art. 89"), N_("Statistics are made with safeguards for the people in them.")
    ),
    N.UAVG_30: NormText(
        N_("UAVG art. 30"), N_("Health data are for those who care, under a duty of confidence.")
    ),
    N.UAVG_31: NormText(
        N_("UAVG art. 31 to 33"), N_("Data about offences only on a ground of Dutch law.")
    ),
    N.UAVG_46: NormText(
        N_("UAVG art. 46"),
        N_("A number that the law prescribes is used only as the law says; a BSN is never kept."),
    ),
    N.NEN_7513: NormText(
        N_("NEN 7513:2018"), N_("The log says who looked at what, when, in which capacity and why.")
    ),
    N.ECRI_16: NormText(
        N_("ECRI General Policy Recommendation No. 16"),
        N_(
            "Data or other information about people without papers do not reach "
            "immigration enforcement through a service."
        ),
    ),
    N.UN_A_73_178: NormText(
        N_("UN Special Rapporteur, A/73/178/Rev.1, par. 33"),
        N_(
            "A strict and real separation: services need not ask for status, and "
            "authorities cannot reach what services know."
        ),
    ),
    N.FRA_2012: NormText(
        N_("FRA guidance 2012"),
        N_("Nobody is detected at or through a school, a hospital, a shelter or a legal desk."),
    ),
    N.FREE_IN_FREE_OUT: NormText(
        N_("Free in, free out"), N_("A victim or witness can go to the police and leave again.")
    ),
}
"""Every norm with its words. Sources: ECRI CRI(2016)16; UN A/73/178/Rev.1; FRA 2012/13; GDPR; UAVG; NEN 7513:2018."""
