"""Keys, files, models, queries and the audit log. Knows no rule about people."""
