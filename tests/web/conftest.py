"""Fixtures of the pages: the application and its clients."""

from tests.serving import app, client_as, instance, live_server, sealed_house

__all__ = [
    "app",
    "client_as",
    "instance",
    "live_server",
    "sealed_house",
]
