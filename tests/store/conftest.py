"""A project to test on: SQLite always, PostgreSQL where there is one."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from dateline.store import Project, open_project

_NUMBERS = count()


def _find_initdb() -> str | None:
    """PATH first, then where Debian keeps its versions; the newest."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[4].zfill(3))
    return str(found[-1]) if found else shutil.which("initdb")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a throw-away PostgreSQL server on loopback, without a database's name."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (pip install psycopg[binary])")
    initdb = _find_initdb()
    if initdb is None or sys.platform == "win32":
        pytest.skip("no PostgreSQL server programs on this machine (initdb)")
    user = "postgres" if os.geteuid() == 0 else None  # the server refuses to run as root
    folder = tmp_path_factory.mktemp("postgresql")
    for path in (folder, *folder.parents[:2]):  # pytest's own folders are closed to other users
        path.chmod(0o755)
    data, port = folder / "data", _free_port()
    data.mkdir()
    if user:
        shutil.chown(data, user)
    quiet = {"check": True, "user": user, "cwd": data, "stdout": subprocess.DEVNULL}
    subprocess.run([initdb, "-A", "trust", "-U", "dateline", "-E", "UTF8", "--no-locale", "-D", str(data)], **quiet)  # type: ignore[call-overload]
    pg_ctl = str(Path(initdb).with_name("pg_ctl"))
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k ''"
    subprocess.run([pg_ctl, "-D", str(data), "-w", "-l", str(data / "log"), "-o", options, "start"], **quiet)  # type: ignore[call-overload]
    yield f"postgresql+psycopg://dateline@127.0.0.1:{port}"
    subprocess.run([pg_ctl, "-D", str(data), "-m", "immediate", "stop"], **quiet)  # type: ignore[call-overload]


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a project can be made: a folder that is not there yet, or an empty database."""
    if request.param == "sqlite":
        return tmp_path / "project"
    server: str = request.getfixturevalue("postgresql")
    import psycopg

    name = f"d{next(_NUMBERS)}"
    with psycopg.connect(server.replace("+psycopg", "") + "/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"


@pytest.fixture
def project(where: Path | str) -> Iterator[Project]:
    with open_project(where, create=True) as opened:
        yield opened
