"""The trained network with all that the product needs beside it: vocabulary, labels, checksums, data, scores."""

import copy
from collections.abc import Iterable
from pathlib import Path

import msgspec
import torch

from dateline.engines.card import Card, Corpus
from dateline.engines.card import Labels as Shipped
from training.export import export, quantise
from training.network import Network
from training.provenance import sha256_of
from training.windows import Labels


def package(
    network: Network,
    labels: Labels,
    target: Path,
    *,
    vocabulary: Path,
    encoder: Path,
    build: str,
    version: str,
    caution: float,
    corpora: Iterable[Corpus] = (),
    scores: dict[str, float] | None = None,
) -> Card:
    """Write `en.onnx`, `vocabulary.txt` and the card `en.json` into `target`. `caution` as in the recipe."""
    target.mkdir(parents=True, exist_ok=True)
    network = copy.deepcopy(network).cpu()
    with torch.no_grad():
        network.entities.bias[0] += caution
    full, small = target / "en.full.onnx", target / "en.onnx"
    export(network, full)
    quantise(full, small, seven_bits=True)
    full.unlink()
    (target / "vocabulary.txt").write_bytes(vocabulary.read_bytes())
    card = Card(
        name="en",
        version=version,
        build=build,
        language="en",
        encoder="sentence-transformers/all-MiniLM-L6-v2",
        encoder_sha256=sha256_of(encoder),
        file=small.name,
        bytes=small.stat().st_size,
        sha256=sha256_of(small),
        vocabulary="vocabulary.txt",
        vocabulary_sha256=sha256_of(target / "vocabulary.txt"),
        labels=Shipped(labels.upos, labels.xpos, labels.relations, labels.named, labels.entities, labels.claims),
        corpora=tuple(corpora),
        scores=scores or {},
    )
    content = msgspec.json.format(msgspec.json.encode(card), indent=2)
    (target / "en.json").write_bytes(content + b"\n")
    return card
