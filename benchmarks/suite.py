"""The benchmarks: their documents, their scorer, and what is shown and pinned of its scores.

Documents and scorers are not part of this repository; they stand in a folder beside it (`--shared`).
"""

from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

ROOT = Path(__file__).resolve().parents[1]
OWN = ROOT / "benchmarks" / "own"


class Measure(Struct, frozen=True):
    """One row of a scorer's result: the path of keys to it.  A row holds p, r and f1, or one value."""

    name: str
    path: tuple[str, ...]
    per: float = 1.0  # what the scorer calls all of it: 1, or 100 for percent
    lower_is_better: bool = False
    pinned: bool = True
    slack: float = 0.0  # how far below its floor it may fall: a network's sums differ in the last digits between processors


class Benchmark(Struct, frozen=True):
    """Documents with gold and their scorer, as paths under the shared folder; several files are scored as one."""

    name: str
    task: str
    gold: tuple[str, ...]
    scorer: str
    measures: tuple[Measure, ...]
    quick: int | None = 0  # how many of the first documents the quick run takes; None: all of them
    ours: bool = False  # the documents are the repository's own

    def files(self, shared: Path) -> list[Path]:
        """The gold files."""
        return [(ROOT if self.ours else shared) / name for name in self.gold]


class Row(Struct, frozen=True):
    """A measure's value, from 0 to 1 where it is a share; p and r where it has them."""

    measure: Measure
    value: float | None
    p: float | None = None
    r: float | None = None


def rows(benchmark: Benchmark, result: dict[str, Any]) -> list[Row]:
    """What is shown of a scorer's result."""
    return [_row(measure, result) for measure in benchmark.measures]


def _row(measure: Measure, result: Any) -> Row:
    for key in measure.path:
        result = result[key]
    if not isinstance(result, dict):
        return Row(measure, _scaled(result, measure))
    found = {key.lower(): _scaled(value, measure) for key, value in result.items()}
    return Row(measure, found.get("f1", found.get("f")), found.get("p"), found.get("r"))


def _scaled(value: float | None, measure: Measure) -> float | None:
    return None if value is None or value != value else value / measure.per  # NaN: there was nothing to measure


MAIN = frozenset(
    {"claims: all", "claims: incident", "claims: tally", "claims: assessment", "claims: forecast", "quote faithfulness"}
)
"""What is pinned of a small set of reports.  Fields of matched claims are pinned on the largest set alone: on few claims they
move whenever another claim is found."""


_SLACK = 0.01  # of a share; a claim more or less, where a network's sums come out otherwise on another processor


def _claims(pinned: frozenset[str] | None = None) -> tuple[Measure, ...]:
    """The rows of the gold scorer; `pinned` are the names of those with a floor (None: nearly all)."""
    return tuple(
        replace(m, pinned=m.pinned and (pinned is None or m.name in pinned), slack=1 if m.lower_is_better else _SLACK)
        for m in _claim_rows()
    )


def _claim_rows() -> tuple[Measure, ...]:
    kinds = [Measure(f"claims: {kind}", ("claims", kind)) for kind in ("all", "incident", "tally", "assessment", "forecast")]
    sets = [Measure(name, ("matched", name)) for name in ("initiator", "target", "places")]
    told = ("event_type", "stance", "certainty", "background", "scope", "time_dated", "time_undated", "time_precision")
    sources = ("source_speaker", "source_organisation", "source_type")
    return (
        *kinds,
        *sets,
        *(Measure(name, ("matched", name, "accuracy")) for name in (*told, *sources)),
        Measure("figures", ("figures", "all")),
        Measure("figures, lenient", ("figures", "all_lenient"), pinned=False),
        Measure("figures on matched claims", ("figures_matched", "all")),
        Measure("events (B-cubed)", ("events",)),
        Measure("totals told as incidents", ("totals_as_incidents",), lower_is_better=True),
        Measure("dates guessed", ("dates_guessed",), lower_is_better=True),
        Measure("quote faithfulness", ("quote_faithfulness", "share")),
    )


def _entities() -> tuple[Measure, ...]:
    types = ("Organisation", "Person", "Location", "Temporal", "Quantity", "Money", "Weapon", "Nationality")
    return (
        Measure("micro, exact", ("exact", "micro"), per=100, slack=0.01),
        Measure("micro, overlap", ("overlap", "micro"), per=100, slack=0.01),
        *(Measure(f"{kind}, exact", ("exact", kind), per=100, pinned=False) for kind in types),
    )


def _places() -> tuple[Measure, ...]:
    return (
        Measure("recognition, exact", ("recognition exact",)),
        Measure("recognition, overlap", ("recognition overlap",)),
        Measure("within 161 km, of those resolved", ("resolution", "accuracy@km (resolved)")),
        Measure("end to end, exact", ("end-to-end exact",)),
    )


def _incidents() -> tuple[Measure, ...]:
    roles = ("micro", "PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
    return (
        Measure("incident detection", ("incident detection",), per=100),
        Measure("incident types", ("incident types",), per=100),
        *(Measure(f"templates by {depth}", ("templates", depth), per=100) for depth in ("type", "type+country", "type+place")),
        *(Measure(f"fillers: {role}", ("role fillers (CEAF-REE)", role), per=100) for role in roles),
    )


def _links() -> tuple[Measure, ...]:
    facts = [Measure(f"facts: {name}", ("facts", name), per=100) for name in ("date", "city", "killed", "wounded")]
    return (Measure("B-cubed", ("B-cubed",), per=100), Measure("pairs", ("pairs",), per=100), *facts)


GOLD = "bench/gold/score.py"
SUITE: tuple[Benchmark, ...] = (
    Benchmark("seeds", "claims", ("bench/gold/seeds.jsonl",), GOLD, _claims(MAIN), quick=None),
    Benchmark("re3d-claims", "claims", ("bench/gold/re3d.jsonl",), GOLD, _claims(MAIN), quick=None),
    Benchmark("claims", "claims", ("bench/gold/seeds.jsonl", "bench/gold/re3d.jsonl"), GOLD, _claims(), quick=None),
    Benchmark("own", "claims", ("benchmarks/own/reports.jsonl",), GOLD, _claims(MAIN), quick=None, ours=True),
    Benchmark("corpus-dev", "claims", ("corpus/dev.jsonl",), GOLD, _claims(frozenset()), ours=True),
    Benchmark("corpus-test", "claims", ("corpus/test.jsonl",), GOLD, _claims(), quick=None, ours=True),
    Benchmark("entities", "entities", ("bench/re3d/visible.jsonl",), "bench/re3d/score.py", _entities(), quick=16),
    Benchmark("lgl", "places", ("bench/geo/lgl.jsonl",), "bench/geo/score.py", _places(), quick=30),
    Benchmark("tr-news", "places", ("bench/geo/trnews.jsonl",), "bench/geo/score.py", _places(), quick=15),
    Benchmark("muc-dev", "incidents", ("bench/muc/dev.jsonl.gz",), "bench/muc/score.py", _incidents()),
    Benchmark("links", "links", ("bench/link/visible.jsonl.gz",), "bench/link/score.py", _links()),
)
