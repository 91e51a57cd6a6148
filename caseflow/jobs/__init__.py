"""The one scheduler process and its jobs: three-line callers of a service."""
