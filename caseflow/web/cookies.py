"""The few cookies there are: their names, and the one way in which they are written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from flask import Flask, Request, current_app
from werkzeug.wrappers import Response


@dataclass(frozen=True)
class Cookies:
    """Names and attributes. Over https every name has the prefix `__Host-`: Secure, this host, path /."""

    https: bool
    session: str = field(init=False)
    visit: str = field(init=False)
    device: str = field(init=False)

    def __post_init__(self) -> None:
        prefix = "__Host-" if self.https else ""
        for name, short in (("session", "sid"), ("visit", "visit"), ("device", "device")):
            object.__setattr__(self, name, prefix + short)

    def session_token(self, request: Request) -> str:
        """The token of the session this browser says it has; empty without one."""
        return request.cookies.get(self.session, "")

    def write(
        self, response: Response, name: str, value: str, lasts: timedelta | None = None
    ) -> None:
        """Writes a cookie that scripts and other sites never see; without `lasts`, until the browser closes."""
        response.set_cookie(
            name,
            value,
            max_age=lasts,
            path="/",
            secure=self.https,
            httponly=True,
            samesite="Strict",
        )

    def remove(self, response: Response, name: str) -> None:
        """Takes a cookie back."""
        response.delete_cookie(name, path="/", secure=self.https, httponly=True, samesite="Strict")


def of(app: Flask | None = None) -> Cookies:
    """The cookies of an application; of the one that answers, where none is given."""
    cookies: Cookies = (app or current_app).extensions["caseflow.cookies"]
    return cookies
