"""The quick scores hold the floors, and floors only rise."""

import math
from pathlib import Path

import floors
import language
import pytest
import score
from floors import Floors, Pinned
from suite import SUITE, Benchmark, Measure, Row, rows

BENCHMARK = Benchmark("made", "claims", ("made.jsonl",), "score.py", ())
F1 = Measure("claims: all", ("claims", "all"))
MISTAKES = Measure("dates guessed", ("dates_guessed",), lower_is_better=True)


@pytest.mark.slow
@pytest.mark.skipif(not score.SHARED.is_dir(), reason="the benchmarks stand beside the repository, not in it")
def test_quick_scores_hold_the_floors() -> None:
    """What CI runs: no pinned measure of a quick benchmark is below its floor."""
    assert score.main(["--gate"]) == 0


def test_every_pinned_benchmark_and_measure_is_one_that_is_run() -> None:
    """A renamed measure would otherwise drop out of the gate unseen."""
    quick = {b.name: {m.name for m in b.measures if m.pinned} for b in SUITE if b.quick != 0}
    for name, pinned in floors.load().benchmarks.items():
        if name != language.NAME:
            assert pinned.floors.keys() <= quick[name]


def test_a_network_has_some_slack() -> None:
    """Its sums differ in the last digits between kinds of processors."""
    slack = Measure("micro", ("exact", "micro"), slack=0.01)
    assert not floors.worse(Row(slack, 0.495), 0.5)
    assert floors.worse(Row(slack, 0.485), 0.5)


def test_a_score_below_its_floor_is_told() -> None:
    """There is no tolerance where rules read: their scores are deterministic."""
    pinned = Pinned(fingerprint="f", floors={"claims: all": 0.5})
    assert floors.breaches(BENCHMARK, [Row(F1, 0.5)], pinned, "f") == []
    assert floors.breaches(BENCHMARK, [Row(F1, 0.4999)], pinned, "f") == ["made: claims: all is 0.4999, its floor 0.5"]


def test_a_count_of_mistakes_has_a_ceiling() -> None:
    """What is better when lower fails when it rises."""
    pinned = Pinned(fingerprint="f", floors={"dates guessed": 0})
    assert floors.breaches(BENCHMARK, [Row(MISTAKES, 0)], pinned, "f") == []
    assert len(floors.breaches(BENCHMARK, [Row(MISTAKES, 1)], pinned, "f")) == 1


def test_a_measure_that_vanishes_is_a_breach() -> None:
    """A score of nothing is no score."""
    pinned = Pinned(fingerprint="f", floors={"claims: all": 0.5})
    assert len(floors.breaches(BENCHMARK, [], pinned, "f")) == 1
    assert len(floors.breaches(BENCHMARK, [Row(F1, None)], pinned, "f")) == 1


def test_other_documents_are_not_compared() -> None:
    """Floors hold for the documents that they were measured on."""
    told = floors.breaches(BENCHMARK, [Row(F1, 0.9)], Pinned(fingerprint="f", floors={"claims: all": 0.5}), "g")
    assert len(told) == 1
    assert "documents are not those" in told[0]


def test_raising_never_lowers() -> None:
    """Only a reason lowers a floor, and it is written down."""
    held = Floors(benchmarks={"made": Pinned(fingerprint="f", floors={"claims: all": 0.5, "dates guessed": 2})})
    floors.pin(BENCHMARK, [Row(F1, 0.45), Row(MISTAKES, 1)], held, "f", None)
    assert held.benchmarks["made"].floors == {"claims: all": 0.5, "dates guessed": 1}
    floors.pin(BENCHMARK, [Row(F1, 0.45)], held, "f", "the gold was corrected")
    assert held.benchmarks["made"].floors["claims: all"] == 0.45
    assert [(x.before, x.after, x.reason) for x in held.lowered] == [(0.5, 0.45, "the gold was corrected")]


def test_a_pinned_score_is_cut_not_rounded() -> None:
    """The score that a floor was taken from is never below it."""
    held = Floors()
    floors.pin(BENCHMARK, [Row(F1, 2 / 3)], held, "f", None)
    assert held.benchmarks["made"].floors["claims: all"] == 0.6666
    assert not floors.worse(Row(F1, 2 / 3), 0.6666)


def test_scores_of_all_scorers_are_shares() -> None:
    """Percent become shares, capital P R F are read, and not-a-number is no score."""
    measures = (
        Measure("micro", ("exact", "micro"), per=100),
        Measure("recognition", ("recognition",)),
        Measure("resolution", ("km",)),
    )
    result = {
        "exact": {"micro": {"p": 50.0, "r": 25.0, "f1": 33.33, "gold": 4}},
        "recognition": {"P": 0.5, "R": 1.0, "F": 0.66},
        "km": math.nan,
    }
    found = rows(Benchmark("made", "x", (), "", measures), result)
    assert [(row.value, row.p, row.r) for row in found] == [
        (pytest.approx(0.3333), 0.5, 0.25),
        (0.66, 0.5, 1.0),
        (None, None, None),
    ]


def test_a_benchmark_without_its_documents_is_named(tmp_path: Path) -> None:
    """Everything runs without the shared folder."""
    assert score.missing(SUITE[0], tmp_path) == [tmp_path / "bench/gold/seeds.jsonl", tmp_path / "bench/gold/score.py"]
