#!/usr/bin/env python3
"""Dateline from a fresh clone, with Python 3.11 or later and nothing else.

    python3 run.py demo           code the bundled example reports into ./demo and print the claims
    python3 run.py test [ARG...]  run the whole test suite; arguments go to pytest

Both make `.venv` beside this file and install into it from the locked, hashed requirements (with uv where it is there,
else with pip).  The second call finds it made and starts at once.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
EXE = ".exe" if os.name == "nt" else ""
OLDEST = (3, 11)
LOCKS = {"demo": "requirements.lock", "test": "requirements-dev.lock"}  # the second holds all of the first
DEMO = ("code examples --project demo", "claims --project demo", "report --project demo -o demo/report.html")
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def main(arguments: list[str]) -> int:
    """Run one of the two commands and return its exit status."""
    if not arguments or arguments[0] not in LOCKS:
        print(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    command, rest = arguments[0], arguments[1:]
    if fault := missing_parts(find_uv()):
        print(fault, file=sys.stderr)
        return 2
    try:
        prepare(command)
    except subprocess.CalledProcessError as e:
        print(f"run.py: could not set up {VENV}: `{' '.join(map(str, e.cmd))}` ended with {e.returncode}", file=sys.stderr)
        return 2
    return demo(rest) if command == "demo" else test(rest)


def demo(rest: list[str]) -> int:
    """Code the bundled examples into ./demo, print the claims and write the page, by the commands that a user would type."""
    shutil.rmtree(ROOT / "demo", ignore_errors=True)  # an earlier one may have been read by an earlier engine
    for line in DEMO:
        print(f"\n$ dateline {line}", flush=True)
        if status := subprocess.run([python(), "-m", "dateline", *line.split(), *rest], cwd=ROOT).returncode:
            return status
    print(f"\nThe page with map, timeline and the marked texts: {(ROOT / 'demo' / 'report.html').as_uri()}")
    print(f"The project (reports, claims, events): {ROOT / 'demo'}    The reports read: {ROOT / 'examples'}")
    print(f"Your own: {BIN / 'dateline'} code PATH --project my-project")
    return 0


def test(rest: list[str]) -> int:
    """Run pytest; browser tests run where there is a Chromium."""
    chromium = find_chromium()
    environment = os.environ | ({"DATELINE_CHROMIUM": chromium} if chromium else {})
    return subprocess.run([python(), "-m", "pytest", *rest], cwd=ROOT, env=environment).returncode


def missing_parts(uv: str | None) -> str | None:
    """What this Python lacks to make a virtual environment, in words with the way out; None where nothing."""
    if sys.version_info < OLDEST:
        have = ".".join(map(str, sys.version_info[:3]))
        need = ".".join(map(str, OLDEST))
        return f"run.py: Dateline needs Python {need} or later; this is {have} ({sys.executable}).\nTry: python{need} run.py demo"
    if uv is None and any(importlib.util.find_spec(module) is None for module in ("venv", "ensurepip")):
        return "run.py: this Python has no venv module.  On Debian and Ubuntu: apt-get install python3-venv"
    return None


def prepare(command: str) -> None:
    """Make the virtual environment and install the command's requirements, unless that has been done."""
    wanted = stamp(command)
    if python().exists() and any(mark(c).exists() and mark(c).read_text() == stamp(c) for c in (command, "test")):
        return
    print(f"run.py: setting up {VENV.name} from {LOCKS[command]} (once; some packages are downloaded)", flush=True)
    uv = find_uv()
    if not works(python()):
        make = [uv, "venv", "-q", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
        subprocess.run([*make, "--clear", str(VENV)], check=True)
        uv = find_uv()  # one inside the old environment is gone with it
    install = [uv, "pip", "install", "--python", str(python())] if uv else [str(python()), "-m", "pip", "install"]
    subprocess.run([*install, "-q", "--require-hashes", "-r", str(ROOT / LOCKS[command])], check=True)
    # Dateline itself, from this folder: the build back end is in the lock, so nothing unlocked is fetched for it.
    subprocess.run([*install, "-q", "--no-index", "--no-deps", "--no-build-isolation", "-e", str(ROOT)], check=True)
    mark(command).write_text(wanted)


def python() -> Path:
    """The virtual environment's Python."""
    return BIN / f"python{EXE}"


def works(executable: Path) -> bool:
    """Whether a Python starts; one whose base was removed does not."""
    return executable.exists() and subprocess.run([executable, "-c", ""], capture_output=True).returncode == 0


def find_uv() -> str | None:
    """uv on the PATH or in the virtual environment."""
    return shutil.which("uv") or shutil.which("uv", path=str(BIN))


def mark(command: str) -> Path:
    """The file that says for which lock the virtual environment was finished."""
    return VENV / f".dateline-{command}"


def stamp(command: str) -> str:
    """A hash of all that decides what is installed."""
    parts = [ROOT / "pyproject.toml", ROOT / LOCKS[command]]
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()


def find_chromium() -> str | None:
    """A Chromium for the browser tests; installed where apt-get can, else the way to get one is printed."""
    named = os.environ.get("DATELINE_CHROMIUM")
    if found := named or next((path for name in CHROMIUMS if (path := shutil.which(name))), None):
        return found
    if shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("run.py: no Chromium for the browser tests; installing it (apt-get install chromium)", flush=True)
        quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
        for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
            if subprocess.run(["apt-get", *arguments], **quiet).returncode:  # type: ignore[call-overload]
                break
        else:
            return shutil.which("chromium")
    print("run.py: no Chromium, so the browser tests are skipped.  To have them: install Chromium or Chrome")
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
