"""Preparation of the working folder; standard library only, because nothing is installed yet."""
