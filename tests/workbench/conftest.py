"""A workbench over a made project: as requests see it (`client`), and as a browser does (`window`)."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from at_work import WORDS, Client, Served, SignIn, Window
from made_project import readings

from dateline.runners.linking import link_project
from dateline.store import open_project
from dateline.workbench.accounts import add_account

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of a few made reports, linked; tests get copies."""
    folder = tmp_path_factory.mktemp("made") / "project"
    with open_project(folder, create=True) as opened:
        opened.save(readings())
        link_project(opened)
    return folder


@pytest.fixture
def project(made_once: Path, tmp_path: Path) -> Path:
    """A project of this test's own, of a few made reports."""
    return Path(shutil.copytree(made_once, tmp_path / "project"))


@pytest.fixture
def client(project: Path) -> Iterator["Client"]:
    """Requests as the one analyst of this machine makes them, with the page's token."""
    with Client(project) as one:
        yield one


@pytest.fixture(scope="session")
def with_accounts(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made project with an account of each role; passwords take their time to hash."""
    folder = Path(shutil.copytree(made_once, tmp_path_factory.mktemp("accounts") / "project"))
    with open_project(folder) as opened:
        for name, role in (("ada", "admin"), ("edda", "editor"), ("carl", "coder"), ("cora", "coder"), ("rita", "reader")):
            add_account(opened, name, role, WORDS, by="test")
    return folder


@pytest.fixture
def signed_in(project: Path, with_accounts: Path) -> Iterator[SignIn]:
    """Clients that are signed in, by name: `signed_in("carl")`."""
    shutil.copytree(with_accounts, project, dirs_exist_ok=True)
    clients = SignIn(project)
    yield clients
    for client in clients.opened:
        client.__exit__()


@pytest.fixture
def served(project: Path) -> Iterator[Served]:
    with Served(project) as one:
        yield one


@pytest.fixture
def window(browser: "Browser", served: Served) -> Iterator[Window]:
    """A window of 1280 by 900; it must end without a complaint of the browser or a request to another host."""
    one = Window(browser, served.url)
    yield one
    one.close()


@pytest.fixture
def open_window(browser: "Browser", served: Served) -> Iterator[Callable[..., Window]]:
    """Windows of other sizes, dark ones too: `open_window(size=(390, 844), dark=True)`."""
    opened: list[Window] = []

    def make(**known: Any) -> Window:
        opened.append(Window(browser, served.url, **known))
        return opened[-1]

    yield make
    for one in opened:
        one.close()
