"""What all tests share."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from database_server import postgresql_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

os.environ["DATELINE_DATA"] = tempfile.mkdtemp(prefix="dateline-tests-")  # packs of whoever runs the tests are not read


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="write the engine's output into tests/golden and the shown output into the docs; then read the diff like prose",
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether expected output is to be written instead of compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server, without a database's name; without one the test is skipped."""
    with postgresql_server() as url:
        yield url


# No sandbox: tests run as root in containers.  The rest keeps the browser from calling home.
LAUNCH = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """Chromium from DATELINE_CHROMIUM or the path; without one the test is skipped, under CI it fails."""
    path = os.environ.get("DATELINE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        reason = "no Chromium: install one, or name it in DATELINE_CHROMIUM"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    sync_playwright = pytest.importorskip("playwright.sync_api").sync_playwright
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=LAUNCH)
        yield chromium
        chromium.close()
