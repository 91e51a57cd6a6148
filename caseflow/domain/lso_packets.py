"""The packet for the local cooperation meeting (LSO): a kind of the past, bounded by the days of its covenant.

The covenants asked that every participant of the LVV was made known to the State's partners. They ended, and so did
the basis: what was sent then can be registered, and nothing can be sent now. Participants only, fixed fields, no
medical data, no free text, and the client told first (rules FW5 and FW6; decision 0185).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from caseflow.domain.decisions import Allowed, Decision, Refused
from caseflow.domain.messages import N_
from caseflow.domain.programmes import Programme
from caseflow.domain.recipients import Recipient

RECIPIENT: Final = "lso"
"""The line of `config/disclosure.toml` that receives it."""
LSO_KIND: Final = "lso_packet"
"""The kind of disclosure, whose line in `disclosure_kinds` says the few fixed fields."""
FRAMEWORK: Final = "state-covenant"
"""The framework of a programme under which its participants were discussed with the State."""


@dataclass(frozen=True)
class Participation:
    """One person in one programme: since when admitted, until when, and when told of the meeting."""

    case_id: str
    programme: Programme
    admitted_on: date | None
    left_on: date | None
    told_on: date | None


def may_be_registered(
    one: Participation, recipient: Recipient, sent_on: date, today: date
) -> Decision:
    """Answers whether a packet about this person could have gone to the meeting on this day."""
    if sent_on > today:
        return Refused(N_("Choose a day that has come: today or an earlier one."))
    in_time = _in_time(recipient, sent_on)
    if not in_time:
        return in_time
    if not is_participant(one, sent_on):
        return Refused(
            N_(
                "On %(day)s this person was no participant of a programme under the covenant with the State.",
                day=sent_on,
            )
        )
    if one.told_on is None:
        return Refused(N_("Enter on which day the client was told of the meeting, before it."))
    if one.told_on > sent_on:
        return Refused(
            N_(
                "The client was told on %(told)s, after %(day)s. A packet goes after the client knows.",
                told=one.told_on,
                day=sent_on,
            )
        )
    return Allowed()


def _in_time(recipient: Recipient, sent_on: date) -> Decision:
    if any(basis.validity.covers(sent_on) for basis in recipient.bases):
        return Allowed()
    ended = [basis for basis in recipient.bases if basis.validity.valid_to is not None]
    past = [basis for basis in ended if (basis.validity.valid_to or sent_on) < sent_on]
    if past:
        last = max(past, key=lambda basis: basis.validity.valid_to or sent_on)
        return Refused(
            N_(
                "%(basis)s held until %(last)s. Nothing can go to this meeting on %(day)s.",
                basis=last.label,
                last=last.validity.valid_to,
                day=sent_on,
            )
        )
    return Refused(
        N_(
            "%(recipient)s: no legal basis holds on %(day)s.",
            recipient=recipient.label,
            day=sent_on,
        )
    )


def is_participant(one: Participation, on: date) -> bool:
    """Whether somebody was admitted to a programme that ran under the covenant on that day; a bed alone is not that."""
    under = any(
        frame.id == FRAMEWORK and frame.validity.covers(on) for frame in one.programme.frameworks
    )
    began = one.admitted_on is not None and one.admitted_on <= on
    return under and began and (one.left_on is None or on <= one.left_on)


def participants(cohort: Iterable[Participation], on: date) -> tuple[Participation, ...]:
    """Of a mixed cohort, those who could have stood on the agenda of a meeting on that day."""
    return tuple(one for one in cohort if is_participant(one, on) and one.told_on is not None)
