"""Fixtures of the journeys: the application and its clients."""

from tests.browser import browser, chromium_or_skip, desk
from tests.serving import app, client_as, instance, live_server, sealed_house

__all__ = [
    "app",
    "browser",
    "chromium_or_skip",
    "client_as",
    "desk",
    "instance",
    "live_server",
    "sealed_house",
]
