"""The network learns and is exported as it is; needs torch and onnx."""

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")

from training.export import OUTPUTS, export, quantise  # noqa: E402
from training.learn import batches, collate, learn, masked_arcs  # noqa: E402
from training.network import Network  # noqa: E402
from training.plan import Plan  # noqa: E402
from training.windows import IGNORED, ClaimMarks, Window  # noqa: E402

SIZES = {"upos": 4, "xpos": 5, "relations": 4, "named": 3, "gum": 3, "entities": 5}
TRAITS, FIGURES, ROLES = (5, 3, 3, 2, 4, 3), (4, 3), 6


def a_network(**options: float) -> Network:
    return Network(50, SIZES | {"links": ROLES}, TRAITS, FIGURES, **options)


def a_window(words: int) -> Window:
    """Random pieces in two sentences; every word hangs from the first of its sentence."""
    chance = np.random.default_rng(words)
    half = words // 2
    sentence = np.array([0] * half + [1] * (words - half))
    heads = np.array([0] + [1] * (half - 1) + [0] + [half + 1] * (words - half - 1))
    labels: dict[str, Any] = {name: chance.integers(0, size, words) for name, size in SIZES.items()}
    ends = (np.arange(words) == half - 1).astype(np.int64)
    ids = chance.integers(3, 50, words + 2)
    return Window(ids, ids % 6, np.arange(1, words + 1), sentence, heads=heads, ends=ends, **labels)


def a_coded_window(words: int) -> Window:
    """The same with a claim on the second word; the first half of the words belongs to it in every role."""
    traits = np.full((words, len(TRAITS)), IGNORED)
    traits[:, 0] = 0
    traits[1] = 1
    links = np.zeros((1, words, ROLES), dtype=np.float32)
    links[0, : words // 2] = 1
    return replace(a_window(words), claims=ClaimMarks(traits, np.ones((words, 2), dtype=np.int64), np.array([1]), links))


def test_a_loss_falls() -> None:
    """A few steps over the same windows bring every head's loss down."""
    found = [a_window(6), a_coded_window(8), a_window(10), a_coded_window(12)]
    told: list[dict[str, float]] = []
    plan = Plan(epochs=12, encoder_rate=1e-3, head_rate=5e-3, warm=2, pieces=60)
    network = a_network(dropout=0.0, head_dropout=0.0)
    learn(network, lambda _: found, plan, lambda _epoch, losses, _mean: told.append(losses), torch.device("cpu"))
    assert all(told[-1][name] < told[0][name] for name in told[0] if name != "seconds")


def test_heads_in_another_sentence_are_ruled_out() -> None:
    """A word may hang from the root or from words of its sentence, never from itself."""
    scores = masked_arcs(torch.zeros(1, 3, 4), torch.tensor([[0, 0, 1]]))
    assert (scores[0] == 0).tolist() == [[True, False, True, False], [True, True, False, False], [True, False, False, False]]


def test_batches_hold_every_window_once() -> None:
    """And no more pieces than they may, padding counted."""
    found = [a_window(words) for words in range(4, 40)]
    made = batches(found, 100, Random(1))
    assert sorted(w.pieces for some in made for w in some) == sorted(w.pieces for w in found)
    assert all(len(some) * max(w.pieces for w in some) <= 100 for some in made)


def test_the_exported_file_says_what_the_network_says(tmp_path: Path) -> None:
    """In full precision the same numbers; in seven bits nearly, and smaller."""
    import onnxruntime

    network = a_network().eval()
    full, small = tmp_path / "full.onnx", tmp_path / "small.onnx"
    export(network, full)
    quantise(full, small, seven_bits=True)
    assert small.stat().st_size < 0.4 * full.stat().st_size
    window = a_window(9)
    feed = {"ids": window.ids, "shapes": window.shapes, "starts": window.starts}
    batch = collate([window], torch.device("cpu"))
    with torch.no_grad():
        wanted = network(batch["ids"], batch["shapes"], batch["starts"], batch["mask"])
    for path, near in ((full, 1e-4), (small, 0.5)):
        session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        found = dict(zip(OUTPUTS, session.run(None, feed), strict=True))
        assert np.abs(found["arcs"] - wanted["arcs"][0].numpy()).max() < near * max(1, float(wanted["arcs"].abs().max()))
        assert np.abs(found["ends"] - (wanted["ends"][0, :, 1] - wanted["ends"][0, :, 0]).numpy()).max() < 2 * near
        assert np.abs(found["links"] - wanted["links"][0].numpy()).max() < near * max(1, float(wanted["links"].abs().max()))
        assert np.allclose(np.exp(found["traits"][:, : TRAITS[0]]).sum(-1), 1, atol=1e-3)
