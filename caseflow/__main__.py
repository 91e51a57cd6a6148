"""Starts the program: ``python -m caseflow COMMAND``."""

from __future__ import annotations

import os
import sys

if __name__ == "__main__":
    # Before anything is imported that could make a file: stores, keys and logs are their owner's alone.
    os.umask(0o077)

    from caseflow.cli import main

    sys.exit(main(sys.argv[1:]))
