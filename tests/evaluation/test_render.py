"""Scores are shown to people and to machines."""

import io
import json

from rich.console import Console

from dateline.evaluation import render, to_json
from dateline.evaluation.matching import match
from dateline.evaluation.measures import measure
from dateline.evaluation.records import CodedClaim, CodedReport
from dateline.lexicon.names import ActorNames

CLAIM = CodedClaim(kind="incident", event_type="riot", evidence=["Crowds burned a bus"], places=["Torbal"])
SCORED = measure([match(CodedReport(id="r1", text="Crowds burned a bus in Torbal.", claims=[CLAIM]), [CLAIM])], ActorNames())


def test_tables_show_every_part() -> None:
    """A score that there is none of is a dash, not a zero."""
    console = Console(width=120, file=io.StringIO())
    console.print(render(SCORED))
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    rows = [line.split() for line in shown.splitlines()]
    assert ["incident", "1.000", "1.000", "1.000", "1", "1"] in rows
    assert ["forecast", "-", "-", "-", "0", "0"] in rows
    assert ["event_type", "1.000", "1"] in rows
    assert "verbatim values that stand in the text: 1.000 of 2" in shown


def test_json_holds_what_the_tables_show() -> None:
    """No score is null."""
    told = json.loads(to_json(SCORED))
    assert told["claims"]["incident"]["f1"] == 1.0
    assert told["claims"]["tally"]["f1"] is None
    assert told["quote_faithfulness"] == {"share": 1.0, "values": 2}
