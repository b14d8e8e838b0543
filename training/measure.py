"""Quick figures while training: gold words and sentences, the torch network, greedy trees."""

from collections.abc import Sequence

import torch

from dateline.engines.spans import best_spans
from training.learn import batches, collate, masked_arcs
from training.network import Network, relation_scores
from training.windows import IGNORED, Labels, Window


@torch.no_grad()
def measure(network: Network, found: Sequence[Window], labels: Labels, device: torch.device) -> dict[str, float]:
    """Percent right: upos, uas, las (subtypes not compared), and F1 of ends, named and entities, where there is gold."""
    import random

    network.eval()
    right: dict[str, int] = {}
    total: dict[str, int] = {}
    pairs: dict[str, list[int]] = {name: [0, 0, 0] for name in ("ends", "named", "entities")}
    base = torch.tensor([labels.relations.index(r.split(":")[0]) for r in labels.relations], device=device)
    for some in batches(found, 4000, random.Random(0)):
        batch = collate(some, device)
        out = network(batch["ids"], batch["shapes"], batch["starts"], batch["mask"])
        gold = batch["heads"]
        there = gold != IGNORED
        arcs = masked_arcs(out["arcs"], batch["sentence"]).argmax(-1)
        relations = relation_scores(out, arcs).argmax(-1)
        same_relation = base[relations] == base[batch["relations"].clamp(min=0)]
        for name, hits in (
            ("upos", out["upos"].argmax(-1) == batch["upos"]),
            ("uas", arcs == gold),
            ("las", (arcs == gold) & same_relation),
        ):
            right[name] = right.get(name, 0) + int((hits & there).sum())
            total[name] = total.get(name, 0) + int(there.sum())
        _count_ends(pairs["ends"], out["ends"].argmax(-1), batch["ends"])
        for name, tags in (("named", labels.named), ("entities", labels.entities)):
            scores = torch.log_softmax(out[name].float(), -1).cpu().numpy()
            for row, window in enumerate(some):
                marks = getattr(window, name)
                if len(marks) and marks[0] != IGNORED:
                    wanted = spans_of(marks.tolist(), tags)
                    given = {(s.start, s.end, s.type) for s in best_spans(scores[row, : len(marks)], tags)}
                    _count(pairs[name], given, wanted)
    percent = {name: 100 * right[name] / total[name] for name in right if total[name]}
    return {**percent, **{name: _f1(*counts) for name, counts in pairs.items() if counts[2]}}


def spans_of(marks: Sequence[int], tags: Sequence[str]) -> set[tuple[int, int, str]]:
    """The spans that gold tag numbers write down."""
    found, start = set(), None
    for i, mark in enumerate([*marks, 0]):
        tag = tags[mark]
        if start is not None and not tag.startswith("I-"):
            found.add((start, i, tags[marks[start]][2:]))
            start = None
        if tag.startswith("B-"):
            start = i
    return found


def _count_ends(counts: list[int], given: torch.Tensor, gold: torch.Tensor) -> None:
    there = gold != IGNORED
    counts[0] += int(((given == 1) & (gold == 1) & there).sum())
    counts[1] += int(((given == 1) & there).sum())
    counts[2] += int(((gold == 1) & there).sum())


def _count(counts: list[int], given: set[tuple[int, int, str]], wanted: set[tuple[int, int, str]]) -> None:
    counts[0] += len(given & wanted)
    counts[1] += len(given)
    counts[2] += len(wanted)


def _f1(right: int, given: int, wanted: int) -> float:
    return 200 * right / (given + wanted) if given + wanted else 0.0
