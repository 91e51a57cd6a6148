"""Verbs staff would say: each asks the domain, goes through the gate and changes the stores in one recorded act."""
