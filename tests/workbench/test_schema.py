"""Requests generated from the schema of all routes, and hostile ones: whatever comes, no server error."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from at_work import Client
from hypothesis import HealthCheck, Phase, given, settings

from dateline.workbench.app import pages_app
from dateline.workbench.guarded import api_routes
from dateline.workbench.pages import ROUTERS

schemathesis = pytest.importorskip("schemathesis")


@pytest.fixture(scope="module")
def fuzzed(made_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = Path(shutil.copytree(made_once, tmp_path_factory.mktemp("fuzzed") / "project"))
    with Client(folder) as client:
        yield client


OPERATIONS = [
    (route.path, method)
    for route in api_routes(ROUTERS)
    for method in sorted(route.methods or ())
    if route.path not in ("/sign-out", "/api/jobs/{job_id}/stop")
]
EXAMPLES = int(os.environ.get("DATELINE_SCHEMA_EXAMPLES", "12"))  # of each route; more by night


@pytest.fixture(scope="module")
def schema(fuzzed: Client) -> Any:
    return schemathesis.openapi.from_dict(pages_app(fuzzed.app._bench).openapi())  # type: ignore[attr-defined]


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_no_request_brings_up_a_server_error(fuzzed: Client, schema: Any, path: str, method: str) -> None:
    """Valid or not, by the schema of the routes: an answer below 500."""
    headers = {"x-dateline-token": fuzzed.token(), "accept": "text/html"}

    @settings(
        max_examples=EXAMPLES, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck), derandomize=True
    )
    @given(case=schema[path][method].as_strategy())
    def check(case: Any) -> None:
        sent = case.as_transport_kwargs(base_url="http://127.0.0.1:8765")
        known = {name: sent[name] for name in ("method", "url", "params", "json", "data", "files", "cookies") if name in sent}
        answer = fuzzed.request(**known, headers=headers, follow_redirects=False)
        assert answer.status_code < 500, answer.text[-500:]

    check()


HOSTILE = [
    "<script>alert(1)</script>", "\u202egnp.exe", "\u200b\u200d", "=cmd|' /C calc'!A0", "A" * 100_000, "\0", "😀" * 1000, "%00",
    "../../etc/passwd", "${7*7}", "{{7*7}}", "'; DROP TABLE reviews; --", "\r\nSet-Cookie: x=1", "[" * 10_000,
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_in_every_field_of_a_decision(fuzzed: Client, made_once: Path, words: str) -> None:
    """Reasons, comments, typed values, ids: kept as words, or refused; never an error, never a header, never a tag."""
    from dateline.store import open_project

    with open_project(made_once) as opened:
        claim = next(opened.claims()).claim.id
    decisions: list[dict[str, Any]] = [
        {"action": "comment", "subject": claim, "text": words},
        {"action": "comment", "subject": words, "text": "x"},
        {"action": "accept", "claim": words},
        {"action": "correct", "claim": claim, "field": words, "value": words},
        {"action": "correct", "claim": claim, "field": "operation", "value": {"name": words, "words": words}},
        {"action": words},
    ]
    for decision in decisions:
        answer = fuzzed.ask("/api/decisions", {"decision": decision, "reason": words[:2000]})
        assert answer.status_code < 500
    for path in ("/history", f"/claims/{claim}/card"):
        page = fuzzed.get(path, headers={"accept": "text/html"})
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "set-cookie" not in page.headers


def test_a_line_of_ten_megabytes_is_read_or_refused(fuzzed: Client) -> None:
    """Neither the upload nor the pages fall over it."""
    from dateline.model import Reading, report_of

    report = report_of("word " * 2_000_000, title="One line")
    fuzzed.app._bench.project.save([Reading(report=report)])  # type: ignore[attr-defined]
    for path in (f"/reports/{report.id}", f"/reports/{report.id}/text?part=1000", "/reports"):
        answer = fuzzed.get(path, headers={"accept": "text/html"})
        assert answer.status_code == 200
        assert len(answer.text) < 5_000_000
