"""A PostgreSQL server to test on, where the machine has the programs of one."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

_NUMBERS = count()


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The URL of a throw-away server on loopback, without a database's name; without the programs the test is skipped."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (pip install 'psycopg[binary]')")
    initdb = _find_initdb()
    if initdb is None or sys.platform == "win32":
        pytest.skip("no PostgreSQL server programs on this machine (initdb)")
    with _server_folder() as data:
        port = _free_port()
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k ''"
        pg_ctl = str(Path(initdb).with_name("pg_ctl"))
        _as_server([initdb, "-A", "trust", "-U", "dateline", "-E", "UTF8", "--no-locale", "-D", str(data)])
        try:
            _as_server([pg_ctl, "-D", str(data), "-w", "-l", str(data / "log"), "-o", options, "start"])
            yield f"postgresql+psycopg://dateline@127.0.0.1:{port}"
        finally:
            _as_server([pg_ctl, "-D", str(data), "-m", "immediate", "stop"], check=False)  # it may have gone down itself


def new_database(server: str) -> str:
    """The URL of an empty database on a server."""
    import psycopg

    name = f"d{next(_NUMBERS)}"
    with psycopg.connect(server.replace("+psycopg", "") + "/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"


def _find_initdb() -> str | None:
    """PATH first, then where Debian keeps its versions; the newest."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[4].zfill(3))
    return str(found[-1]) if found else shutil.which("initdb")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _server_folder() -> Iterator[Path]:
    """An empty folder that the server's user owns, gone afterwards.

    Not one of pytest's: those are closed to other users, and a later run of pytest clears them while the server lives.
    """
    folder = Path(tempfile.mkdtemp(prefix="dateline-postgresql-"))
    try:
        if user := _server_user():
            shutil.chown(folder, user)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # a file that a dying server still holds is no test's failure


def _server_user() -> str | None:
    """Whom the server runs as; None for the user of the tests.  PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    import pwd

    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        pytest.skip("the tests run as root, and there is no user postgres to run a PostgreSQL server as")


def _as_server(command: list[str], *, check: bool = True) -> None:
    """Run a server program.  Its words go to a file, not a pipe: the server inherits it, and a pipe would never close."""
    with tempfile.TemporaryFile() as words:
        done = subprocess.run(command, user=_server_user(), cwd="/", stdout=words, stderr=words, check=False)
        if check and done.returncode:
            words.seek(0)
            pytest.fail(f"{command[0]} ended with {done.returncode}: {words.read().decode(errors='replace')}")
