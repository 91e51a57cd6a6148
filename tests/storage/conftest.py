"""Fixtures of the stores: a log that is attacked."""

from tests.storage.attacked import attacked, made

__all__ = ["attacked", "made"]
