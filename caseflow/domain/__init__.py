"""Decides and says why: pathways, clocks, beds, access, redaction, publication control. Standard library only."""
