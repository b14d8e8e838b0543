"""The small project of `reviewed_project.py`, and its claims."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from reviewed_project import claims_of_first, claims_of_second, fill

from dateline.model import Claim
from dateline.store import Project, open_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with open_project(tmp_path / "project", create=True) as opened:
        fill(opened)
        yield opened


@pytest.fixture
def attack(project: Project) -> Claim:
    """ "almost 30 soldiers", of the first report."""
    return claims_of_first()[0]


@pytest.fixture
def raid(project: Project) -> Claim:
    """Five men and two cars, of the first report."""
    return claims_of_first()[1]


@pytest.fixture
def later(project: Project) -> Claim:
    """ "At least 25 soldiers", of the second report."""
    return claims_of_second()[0]
