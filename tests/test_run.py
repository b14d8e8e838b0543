"""run.py's parts.  The whole of it, from a fresh clone, is what CI runs."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def run() -> ModuleType:
    """run.py as a module of its own for each test."""
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def venv(run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """run.py with an empty folder for its virtual environment."""
    monkeypatch.setattr(run, "VENV", tmp_path)
    monkeypatch.setattr(run, "BIN", tmp_path)
    return tmp_path


def commands(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that run.py would start, in place of starting them."""
    started: list[list[str]] = []

    def start(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        started.append([str(part) for part in command])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(run.subprocess, "run", start)
    return started


def test_an_old_python_is_told_what_it_needs(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python 3.10 gets a sentence with the version that is needed and the one at hand."""
    monkeypatch.setattr(run.sys, "version_info", (3, 10, 4))
    assert "needs Python 3.11 or later; this is 3.10.4" in run.missing_parts(uv="uv")


def test_run_py_can_be_parsed_by_old_pythons() -> None:
    """The message about an old Python is of use only if that Python gets as far as printing it."""
    compile((ROOT / "run.py").read_text(encoding="utf-8"), "run.py", "exec", dont_inherit=True)
    import ast

    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_a_python_without_venv_is_told_the_package(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Debian splits venv from Python; the way out is named.  With uv it is not needed."""
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None if name == "ensurepip" else object())
    assert "apt-get install python3-venv" in run.missing_parts(uv=None)
    assert run.missing_parts(uv="uv") is None


def test_pip_and_uv_install_the_same_lock_with_hashes(run: ModuleType, venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways take the locked requirements with hashes, and the folder itself with nothing fetched."""
    started = commands(run, monkeypatch)
    for uv in (None, "uv"):
        monkeypatch.setattr(run, "find_uv", lambda uv=uv: uv)
        started.clear()
        run.prepare("demo")
        _, locked, folder = started
        assert locked[-3:] == ["--require-hashes", "-r", str(ROOT / "requirements.lock")]
        assert {"--no-index", "--no-deps", "--no-build-isolation"} <= set(folder)
        assert (locked[0] == "uv") == (uv is not None)


def test_a_finished_environment_is_not_made_again(run: ModuleType, venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second run installs nothing, until the lock or pyproject.toml changes; the test environment serves the demo too."""
    started = commands(run, monkeypatch)
    run.python().touch()
    run.prepare("test")
    assert started
    started.clear()
    run.prepare("test")
    run.prepare("demo")
    assert not started
    monkeypatch.setattr(run, "stamp", lambda command: "another lock")
    run.prepare("demo")
    assert started


def test_a_failed_set_up_ends_with_one_line(
    run: ModuleType, venv: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No network: the command that failed is named, and nothing marks the environment as finished."""

    def fail(command: list[str], **_: object) -> None:
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(run.subprocess, "run", fail)
    assert run.main(["demo"]) == 2
    assert "could not set up" in capsys.readouterr().err
    assert not run.mark("demo").exists()


def test_without_chromium_the_way_to_get_it_is_printed(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where apt-get cannot be used, browser tests are skipped and the user learns why."""
    monkeypatch.setattr(run.shutil, "which", lambda *_, **__: None)
    monkeypatch.delenv("DATELINE_CHROMIUM", raising=False)
    assert run.find_chromium() is None
    assert "browser tests are skipped" in capsys.readouterr().out


def test_usage_is_printed_for_an_unknown_command() -> None:
    """Anything else than the two commands prints the usage and exits 2."""
    done = subprocess.run([sys.executable, ROOT / "run.py", "fly"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "python3 run.py demo" in done.stdout


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_are_hashed_and_name_no_host(lock: str) -> None:
    """Every requirement has hashes, and where packages come from is left to the machine's own settings."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    requirements = re.findall(r"^[a-z0-9][^\n]*==.*?(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL)
    assert len(requirements) > 20
    assert all("--hash=sha256:" in requirement for requirement in requirements)
    assert "://" not in text
    assert "index" not in text


def test_the_test_lock_holds_all_of_the_demo_lock() -> None:
    """One environment can serve both: the same versions in both locks."""

    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^[a-z0-9-]+==\S+", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")
