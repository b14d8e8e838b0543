"""The measures of the package are those of the scorer that the gold data came with."""

import importlib.util
import json
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

from dateline.evaluation.gold import read_gold
from dateline.evaluation.matching import match
from dateline.evaluation.measures import Evaluation, measure
from dateline.evaluation.records import CodedReport
from dateline.lexicon.names import ActorNames

GOLD = Path(__file__).resolve().parents[3] / "shared" / "bench" / "gold"
pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason="the gold data and its scorer stand beside the repository, not in it")


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gold_scorer", GOLD / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["gold_scorer"] = module
    spec.loader.exec_module(module)
    return module


def spoil(report: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """The report's coding with claims lost, doubled, shifted and changed in every field."""
    text, claims = report["text"], []
    pool = list(report["claims"])
    for claim in [c for c in pool if rng.random() > 0.2] + rng.sample(pool, k=min(3, len(pool))):
        made = json.loads(json.dumps(claim))
        if rng.random() < 0.5:
            made["evidence"] = [shift(e, text, rng) for e in made["evidence"]]
        if rng.random() < 0.3:
            other = rng.choice(pool)
            field = rng.choice(["kind", "event_type", "certainty", "initiator", "target", "places", "time", "figures", "source"])
            made[field] = json.loads(json.dumps(other[field]))
        if rng.random() < 0.2:
            del made[rng.choice(["time", "figures", "source", "stance", "scope", "event", "background", "places"])]
        for figure in made.get("figures", []):
            figure[rng.choice(["best", "low", "high"])] = rng.choice([None, 1, 22, 24.5])
        claims.append(made)
    return {"id": report["id"], "claims": claims}


def shift(evidence: str, text: str, rng: random.Random) -> list[int] | str:
    start = text.index(evidence)
    moved = max(0, start + rng.randint(-60, 60))
    if rng.random() < 0.1:
        return "words that stand nowhere"
    return [moved, max(moved + 1, min(len(text), moved + len(evidence) + rng.randint(-40, 80)))]


def package_scores(gold: list[CodedReport], predicted: dict[str, Any], scorer: ModuleType) -> Evaluation:
    texts = {report.id: report.text for report in gold}
    coded = {rid: msgspec.convert(raw | {"text": texts[rid]}, CodedReport) for rid, raw in predicted.items()}
    return measure(
        [match(report, coded[report.id].claims if report.id in coded else []) for report in gold], ActorNames(scorer.CANON)
    )


def as_scorer_tells(evaluation: Evaluation) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(evaluation)
    return told | {"matched": told.pop("fields") | told.pop("sets")}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("name", ["seeds.jsonl", "re3d.jsonl"])
def test_the_package_scores_as_the_scorer_does(name: str, seed: int, scorer: ModuleType) -> None:
    """Every number agrees, on predictions that are wrong in every way at random (fixed seeds)."""
    rng = random.Random(seed)
    gold = scorer.read(GOLD / name)
    predicted = {rid: spoil(report, rng) for rid, report in gold.items() if rng.random() > 0.1}
    theirs = scorer.score(gold, predicted)
    ours = as_scorer_tells(package_scores(read_gold(GOLD / name), predicted, scorer))
    assert ours.keys() == theirs.keys()
    differing = [part for part, expected in theirs.items() if not near(ours[part], expected)]
    assert differing == []


def near(a: Any, b: Any) -> bool:
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(near(a[k], b[k]) for k in a)
    return bool(a == b or (a is not None and b is not None and abs(a - b) < 1e-12))


@pytest.mark.parametrize("name", ["seeds.jsonl", "re3d.jsonl"])
def test_the_gold_scores_one_against_itself(name: str, scorer: ModuleType) -> None:
    """A perfect prediction scores 1 or, where there is nothing to find, nothing."""
    gold = read_gold(GOLD / name)
    result = measure([match(report, report.claims) for report in gold], ActorNames(scorer.CANON))
    assert {score.f1 for score in result.claims.values()} == {1.0}
    assert {score.f1 for score in result.figures.values()} <= {1.0, None}
    assert {share.accuracy for share in result.fields.values()} == {1.0}
    assert result.quote_faithfulness.share == 1.0
    assert (result.totals_as_incidents, result.dates_guessed) == (0, 0)
