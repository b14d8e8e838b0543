"""How well entities are found in sources that the training has not seen: each source of re3d left out in turn.

The second step alone is repeated (no re3d text is in the first), and the file that would ship is measured: words, sentences
and windows are the engine's own.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.engines.engine import load_engine
from dateline.model import ENTITY_TYPES

Marks = set[tuple[int, int, str]]


@dataclass(frozen=True)
class Report:
    """A report with the entities that count, and the doubtful ones that may be found or not."""

    source: str
    text: str
    entities: Marks
    uncounted: Marks


@dataclass(frozen=True)
class Counts:
    """Spans that are right, found, and in the gold."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.right + other.right, self.found + other.found, self.gold + other.gold)

    @property
    def f1(self) -> float:
        """Percent."""
        return 200 * self.right / (self.found + self.gold) if self.found + self.gold else 0.0


def read_gold(path: Path) -> list[Report]:
    """The reports of a re3d file."""
    return [_report(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line]


def _report(row: dict[str, object]) -> Report:
    return Report(str(row["source"]), str(row["text"]), _marks(row["entities"]), _marks(row.get("uncounted", [])))


def _marks(marks: object) -> Marks:
    assert isinstance(marks, list)
    return {(int(m["start"]), int(m["end"]), str(m["type"])) for m in marks if m["type"] in ENTITY_TYPES}


def by_type(folder: Path, reports: Sequence[Report]) -> dict[str, Counts]:
    """Exact counts of each type and of all ("micro"), read by the model in `folder`."""
    engine = load_engine(folder=folder)
    counts = {kind: Counts() for kind in (*ENTITY_TYPES, "micro")}
    for report in reports:
        found: Marks = {(e.span.start, e.span.end, e.type) for s in engine.read(report.text).sentences for e in s.entities}
        for kind in ENTITY_TYPES:
            here = {mark for mark in found if mark[2] == kind}
            gold = {mark for mark in report.entities if mark[2] == kind}
            doubtful = {mark for mark in report.uncounted if mark[2] == kind}
            counted = Counts(len(here & gold), len(here - doubtful), len(gold))
            counts[kind] += counted
            counts["micro"] += counted
    return counts


def sources(reports: Sequence[Report]) -> Iterator[str]:
    """The names of the sources, the largest first."""
    size = {report.source: 0 for report in reports}
    for report in reports:
        size[report.source] += len(report.entities)
    yield from sorted(size, key=lambda source: (-size[source], source))
