"""The training loop: batches of like length, one sum of losses, a falling rate, an average of the weights."""

import copy
import random
import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.network import Network, relation_scores
from training.plan import Plan
from training.windows import IGNORED, Window

WEIGHTS = {
    "arcs": 1.0, "relations": 1.0, "upos": 0.5, "xpos": 0.5, "ends": 1.0, "named": 0.7, "gum": 0.4, "entities": 1.0,
    "traits.0": 3.0, "traits.1": 1.0, "traits.2": 0.5, "traits.3": 0.5, "traits.4": 0.5, "traits.5": 0.4,
    "figures.0": 1.0, "figures.1": 1.0, "links": 1.0,
}  # fmt: skip
_LINK_SCALE = 4.0  # most words belong to no claim: the mean over all is small


Batch = dict[str, Tensor]


def batches(found: Sequence[Window], pieces: int, chance: random.Random) -> list[list[Window]]:
    """Windows of like length together, in random order; at most `pieces` a batch, padding counted."""
    order = sorted(found, key=lambda w: (w.pieces, chance.random()))
    made: list[list[Window]] = [[]]
    for window in order:
        if made[-1] and window.pieces * (len(made[-1]) + 1) > pieces:
            made.append([])
        made[-1].append(window)
    chance.shuffle(made)
    return made


def collate(found: Sequence[Window], device: torch.device) -> Batch:
    """One batch of tensors, padded; padding of labels is ignored, padding of words belongs to no sentence (-1)."""
    pad = {"ids": 0, "shapes": 0, "starts": 0, "sentence": -1}
    names = ("ids", "shapes", "starts", "sentence", "upos", "xpos", "heads", "relations", "ends", "named", "gum", "entities")
    batch = {name: _padded([getattr(w, name) for w in found], pad.get(name, IGNORED)).to(device) for name in names}
    length = batch["ids"].shape[1]
    there = torch.tensor([w.pieces for w in found], device=device).unsqueeze(1) > torch.arange(length, device=device)
    batch["mask"] = there[:, None, None, :]
    if any(w.claims for w in found):
        batch |= {name: rows.to(device) for name, rows in _claims(found, batch["starts"].shape[1]).items()}
    return batch


def _claims(found: Sequence[Window], words: int) -> Batch:
    """What is coded of claims: `traits` and `figures` [B, W, columns]; of each trigger window and word (`triggers` [T, 2]) and
    its `links` [T, roles, W], -1 where a window has no such word."""
    traits = np.full((len(found), words, 6), IGNORED)
    figures = np.full((len(found), words, 2), IGNORED)
    triggers: list[tuple[int, int]] = []
    links: list[np.ndarray] = []
    for number, window in enumerate(found):
        if window.claims is None:
            continue
        n = len(window.starts)
        traits[number, :n], figures[number, :n] = window.claims.traits, window.claims.figures
        for row, marks in zip(window.claims.rows.tolist(), window.claims.links, strict=True):
            triggers.append((number, row))
            links.append(np.pad(marks.T, ((0, 0), (0, words - n)), constant_values=-1))
    batch = {"traits": torch.from_numpy(traits), "figures": torch.from_numpy(figures)}
    if triggers:
        batch |= {"triggers": torch.tensor(triggers), "links": torch.from_numpy(np.stack(links))}
    return batch


def _padded(rows: Sequence[np.ndarray], fill: int) -> Tensor:
    out = np.full((len(rows), max(len(r) for r in rows)), fill, dtype=np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return torch.from_numpy(out)


def masked_arcs(arcs: Tensor, sentence: Tensor) -> Tensor:
    """Arc scores with heads in another sentence ruled out; the root always stays."""
    same = sentence.unsqueeze(2) == sentence.unsqueeze(1)
    same = same & ~torch.eye(same.shape[1], dtype=torch.bool, device=same.device)
    root = torch.ones_like(same[:, :, :1])
    return arcs.float().masked_fill(~torch.cat([root, same], 2), -1e4)


def losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """The mean loss of every head that has labels in the batch."""
    out = network(batch["ids"], batch["shapes"], batch["starts"], batch["mask"])
    found: dict[str, Tensor] = {}
    for name in ("upos", "xpos", "ends", "named", "gum", "entities"):
        _add(found, name, out[name], batch[name])
    heads = batch["heads"]
    if bool((heads != IGNORED).any()):
        _add(found, "arcs", masked_arcs(out["arcs"], batch["sentence"]), heads)
        _add(found, "relations", relation_scores(out, heads.clamp(min=0)), batch["relations"])
    if "traits" in batch:
        for name, sizes in (("traits", network.trait_sizes), ("figures", network.figure_sizes)):
            parts = out[name].split(list(sizes), -1)
            for column, part in enumerate(parts):
                _add(found, f"{name}.{column}", part, batch[name][..., column])
    if "triggers" in batch:
        window, word = batch["triggers"].unbind(-1)
        scores, gold = out["links"][window, word].float(), batch["links"].float()
        there = gold >= 0
        found["links"] = functional.binary_cross_entropy_with_logits(scores[there], gold[there]) * _LINK_SCALE
    return found


def _add(found: dict[str, Tensor], name: str, scores: Tensor, gold: Tensor) -> None:
    if bool((gold != IGNORED).any()):
        found[name] = functional.cross_entropy(scores.float().flatten(0, 1), gold.flatten(), ignore_index=IGNORED)


def learn(
    network: Network,
    epoch_windows: Callable[[int], Sequence[Window]],
    plan: Plan,
    report: Callable[[int, dict[str, float], Network], None],
    device: torch.device,
) -> Network:
    """Train `network` in place; return the average of its weights. `report` is called after every epoch."""
    torch.manual_seed(plan.seed)
    chance = random.Random(plan.seed)
    network.encoder.words.weight.requires_grad_(requires_grad=False)
    mean = copy.deepcopy(network)
    optimizer = _optimizer(network, plan)
    total = plan.epochs * len(batches(epoch_windows(0), plan.pieces, chance))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, plan.warm, total))
    step = 0
    for epoch in range(plan.epochs):
        network.train()
        begun, sums = time.time(), dict[str, list[float]]()
        for batch in _collated(epoch_windows(epoch), plan, chance, device):
            with torch.autocast(device.type, torch.bfloat16):
                parts = losses(network, batch)
            loss = sum((WEIGHTS[name] * part for name, part in parts.items()), torch.zeros((), device=device))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            step += 1
            _average(mean, network, min(plan.average, (1 + step) / (10 + step)))
            for name, part in parts.items():
                sums.setdefault(name, []).append(float(part.detach()))
        means = {name: float(np.mean(values)) for name, values in sums.items()}
        report(epoch, {**means, "seconds": time.time() - begun}, mean)
    return mean


def _collated(found: Sequence[Window], plan: Plan, chance: random.Random, device: torch.device) -> Iterator[Batch]:
    for some in batches(found, plan.pieces, chance):
        yield collate(some, device)


def _rate(step: int, warm: int, total: int) -> float:
    return min((step + 1) / warm, max(0.0, (total - step) / max(1, total - warm)))


def _optimizer(network: Network, plan: Plan) -> torch.optim.Optimizer:
    """Weight decay on matrices only; the encoder learns slower than the new heads."""
    groups = []
    for inside, rate in ((True, plan.encoder_rate), (False, plan.head_rate)):
        for matrices in (True, False):
            chosen = [
                p
                for name, p in network.named_parameters()
                if p.requires_grad and name.startswith("encoder.") == inside and (p.dim() > 1) == matrices
            ]
            groups.append({"params": chosen, "lr": rate, "weight_decay": 0.01 if matrices else 0.0})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98))


@torch.no_grad()
def _average(mean: Network, network: Network, keep: float) -> None:
    for kept, new in zip(mean.parameters(), network.parameters(), strict=True):
        if new.requires_grad:
            kept.lerp_(new, 1 - keep)
