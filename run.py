#!/usr/bin/env python3
"""Prepares what the program needs, then hands over to it: python3 run.py demo, python3 run.py test."""

# Written so that an older Python can still read it, and say that it is too old.
import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))


def main(arguments):
    """The exit status of one command; 2 where the machine lacks something, with one line that names it."""
    if sys.version_info < (3, 11):
        found = ".".join(str(part) for part in sys.version_info[:2])
        sys.stderr.write("caseflow needs Python 3.11 or newer; this is Python %s.\n" % found)
        return 2

    sys.path.insert(0, ROOT)
    from tools import preparations, suites

    wants_tests = arguments[:1] == ["test"]
    try:
        python = preparations.prepare(ROOT, for_tests=wants_tests)
    except preparations.PreparationRefused as refusal:
        sys.stderr.write("%s\n" % refusal)
        return 2
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped; the next start goes on from here.\n")
        return 130
    if wants_tests:
        return suites.run(ROOT, python, arguments[1:])
    return preparations.hand_over(ROOT, python, arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
