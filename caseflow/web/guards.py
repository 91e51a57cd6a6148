"""Every view says what opens it; the application does not start with one that does not.

The guard asks whether these roles could ever do this. Whether they may do it to this case is asked by
the service, once the case is known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from flask import Flask, abort

from caseflow import clock
from caseflow.domain.access import Permission, may_at_all
from caseflow.services import denials
from caseflow.web import sign_ins
from caseflow.web.sign_ins import actor

__all__ = ["Guard", "UnguardedView", "actor", "check", "public", "requires", "signed_in_only"]

View = Callable[..., Any]
MARK: Final = "caseflow_guard"


class UnguardedView(Exception):
    """A view that anybody could open because nobody said who may; names the endpoint and the repair."""


@dataclass(frozen=True)
class Guard:
    """What opens a view: one of some permissions, being signed in, or nothing, and why."""

    permissions: tuple[Permission, ...] = ()
    why: str = ""
    is_public: bool = False


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Opens a view to colleagues whose roles could do one of these acts; to others it does not exist."""
    if not permissions:
        raise TypeError("requires() needs a permission; signed_in_only() is for every colleague.")
    return _guarded(Guard(permissions))


def signed_in_only(why: str) -> Callable[[View], View]:
    """Opens a view to every signed-in colleague, also one without a role that counts yet."""
    return _guarded(Guard(why=_reason(why)))


def public(why: str) -> Callable[[View], View]:
    """Opens a view to everybody; the reason is read in reviews."""
    guard = Guard(why=_reason(why), is_public=True)

    def mark(view: View) -> View:
        @wraps(view)
        def open_to_all(*args: Any, **named: Any) -> Any:
            return view(*args, **named)

        setattr(open_to_all, MARK, guard)
        return open_to_all

    return mark


def _guarded(guard: Guard) -> Callable[[View], View]:
    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **named: Any) -> Any:
            if sign_ins.signed_in() is None:
                return sign_ins.ask_to_sign_in()
            roles = actor().roles
            if guard.permissions and not any(may_at_all(p, roles) for p in guard.permissions):
                denials.tell(actor(), guard.permissions[0], clock.now())
                abort(404)
            return view(*args, **named)

        setattr(guarded, MARK, guard)
        return guarded

    return mark


def _reason(why: str) -> str:
    if not why.strip():
        raise TypeError("Say why this view needs no permission.")
    return why


def guard_of(view: View) -> Guard | None:
    """What opens a view, if it says so."""
    guard: Guard | None = getattr(view, MARK, None)
    return guard


def check(app: Flask) -> None:
    """Raises `UnguardedView` for the first endpoint without a guard."""
    for endpoint, view in sorted(app.view_functions.items()):
        if guard_of(view) is None:
            raise UnguardedView(
                f"The view {endpoint} has no guard: put @requires(Permission.…) or "
                '@public("why") under its route.'
            )
