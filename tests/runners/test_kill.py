"""Runs that are killed; the long form is `benchmarks/kill.py`."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kill import run_kills
from made_reports import write_reports

from dateline.errors import StoreError
from dateline.store import dump, open_project

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL and sessions are of POSIX systems")]


def test_a_killed_and_resumed_run_ends_with_the_rows_of_an_undisturbed_one(tmp_path: Path) -> None:
    """Five kills at random moments, each followed by a resume: the same rows, and no process left over."""
    result = run_kills(tmp_path, kills=5, reports=40, jobs=2, seed=1)
    assert result.passed, str(result)


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(tmp_path: Path) -> None:
    """SIGINT to the whole process group, as a terminal sends it: status 130, one line and no traceback, finished work kept."""
    write_reports(tmp_path / "reports", 60)
    command = [sys.executable, "-m", "dateline", "code", str(tmp_path / "reports"), "--quiet", "--jobs", "2", "--project"]
    process = subprocess.Popen([*command, str(tmp_path / "p")], stderr=subprocess.PIPE, start_new_session=True, text=True)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not _reports_in(tmp_path / "p"):
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said
    assert "The same command goes on from here" in said
    kept = _reports_in(tmp_path / "p")
    assert 0 < kept < 60
    for project in ("p", "undisturbed"):
        subprocess.run([*command, str(tmp_path / project)], check=False, capture_output=True)
    with open_project(tmp_path / "p") as resumed, open_project(tmp_path / "undisturbed") as undisturbed:
        assert list(dump(resumed)) == list(dump(undisturbed))


def _reports_in(project: Path) -> int:
    try:
        with open_project(project) as opened:
            return len(opened.known())
    except StoreError:  # there is no project yet
        return 0
