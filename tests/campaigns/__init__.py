"""Campaigns on the gate: invented programmes, an oracle that shares no line with it, and tables that must fall."""
