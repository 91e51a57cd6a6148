"""What a campaign found goes to the terminal (`pytest -s`), from where it is copied to docs/measurements.md."""

import sys


def tell(line: str) -> None:
    """Writes one measured figure."""
    sys.stdout.write(f"\n{line}\n")
    sys.stdout.flush()
