"""A gold file that is wrong is refused with file and line."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from dateline.errors import EvaluationError
from dateline.evaluation.gold import read_gold

TEXT = "Rebels burned a mill in Torbal. Nobody was hurt."


def report(**changed: Any) -> dict[str, Any]:
    return {"id": "r1", "text": TEXT, "claims": [{"kind": "incident", "evidence": ["Rebels burned a mill"]}]} | changed


def gold_file(tmp_path: Path, *reports: Any) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(r if isinstance(r, str) else json.dumps(r) for r in reports) + "\n", encoding="utf-8")
    return path


def test_reports_are_read_in_order_and_unknown_fields_are_let_be(tmp_path: Path) -> None:
    """A gold file may hold more than Dateline knows: a licence, a note."""
    path = gold_file(tmp_path, report(licence="ours"), "", report(id="r2", published="2024-05-03"))
    assert [r.id for r in read_gold(path)] == ["r1", "r2"]
    packed = tmp_path / "gold.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert read_gold(packed) == read_gold(path)


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{", "not a coded report"),
        ({"id": "r9", "claims": []}, "missing required field `text`"),
        (
            report(id="r9", claims=[{"kind": "event", "evidence": ["Rebels"]}]),
            "Invalid enum value 'event' - at `$.claims[0].kind`",
        ),
        (report(id="r9", claims=[{"kind": "incident", "evidence": []}]), "claim 1: no evidence"),
        (
            report(id="r9", claims=[{"kind": "tally", "evidence": ["Rebels sang"]}]),
            "claim 1: evidence is not in the text: 'Rebels sang'",
        ),
        (report(id="r9", claims=[{"kind": "tally", "evidence": [[0, 900]]}]), "no [start, end] pair in the text: [0, 900]"),
        (report(id="r9", claims=[{"kind": "tally", "evidence": [[5, 5]]}]), "no [start, end] pair"),
        (report(id="r9", claims=[{"kind": "tally", "evidence": [[0, 5]], "time": {"start": "May"}}]), "RFC3339"),
        (report(), "second report with id 'r1'"),
    ],
)
def test_a_bad_line_is_refused(bad: Any, said: str, tmp_path: Path) -> None:
    """The message names file, line and fault."""
    path = gold_file(tmp_path, report(), bad)
    with pytest.raises(EvaluationError) as e:
        read_gold(path)
    assert str(e.value).startswith(f"{path}:2: ")
    assert said in str(e.value)


def test_an_empty_or_missing_file_is_refused(tmp_path: Path) -> None:
    """A score over nothing would be worth nothing."""
    with pytest.raises(EvaluationError, match="holds no coded report"):
        read_gold(gold_file(tmp_path, ""))
    with pytest.raises(EvaluationError, match=r"none\.jsonl cannot be read"):
        read_gold(tmp_path / "none.jsonl")
