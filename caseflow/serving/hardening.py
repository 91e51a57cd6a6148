"""What a process does first so that its memory stays its own: no core dump, no debugger, no file for others."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from typing import Final

PR_SET_PDEATHSIG: Final = 1
PR_SET_DUMPABLE: Final = 4


def harden(*, dies_with: int | None = None) -> None:
    """Makes this process keep its memory to itself; with `dies_with`, it ends when that parent has gone.

    A core dump would write keys and names to a disk, and a colleague's debugger could read them. Raises OSError where
    the kernel refuses.
    """
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _prctl(PR_SET_DUMPABLE, 0)
    if dies_with is not None:
        _prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != dies_with:  # it went before we asked to be told
            os.kill(os.getpid(), signal.SIGTERM)


def _prctl(option: int, value: int) -> None:
    kernel = ctypes.CDLL(None, use_errno=True)
    if kernel.prctl(option, ctypes.c_ulong(value), 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl was refused")
