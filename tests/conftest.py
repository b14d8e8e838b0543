"""What all tests share."""

import os
import tempfile

import pytest

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
