"""Charts and files out of values that are already redacted or disclosure-controlled."""
