"""What the network says of claims, read: the words that claims may hang on, with all that would belong to them."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from dateline.engines.card import ClaimLabels
from dateline.model import CountedWord, LinkedWord, Shares, Span, Trigger

Floats = NDArray[np.float32]

_LEAST = 0.05
"""Probability of a claim or a figure below which a word is not told: the lexicon lifts none of these over its threshold."""
_LEAST_LINK = 0.1
_LEAST_SHARE = 0.005
_TRAITS = ("kind", "event_type", "certainty", "background", "stance", "scope")
_NUMBER = ("measure", "object")


def triggers(traits: Floats, links: Floats, spans: Sequence[Span], labels: ClaimLabels) -> Iterator[Trigger]:
    """The words of a window that a claim may hang on. traits [W, labels]: log shares; links [W, roles, W]: log odds."""
    starts = _starts(_TRAITS, labels)
    none = starts["kind"] + labels.kind.index("none")
    rows = np.flatnonzero(traits[:, none] <= np.log(1 - _LEAST))
    shares = np.exp(traits[rows]).round(4)
    odds = (1 / (1 + np.exp(-links[rows]))).round(4)  # [T, roles, W]
    for row, own, roles in zip(rows.tolist(), shares, odds, strict=True):
        values = own.tolist()
        told = {name: _shares(values, at, getattr(labels, name)) for name, at in starts.items()}
        near = np.flatnonzero((roles >= _LEAST_LINK).any(0)).tolist()
        linked = tuple(map(LinkedWord, [spans[i] for i in near], *roles[:, near].tolist()))
        yield Trigger(span=spans[row], linked=linked, **told)


def counted_words(figures: Floats, spans: Sequence[Span], labels: ClaimLabels) -> Iterator[CountedWord]:
    """The words of a window at which a figure may begin. figures [W, labels]: log shares."""
    shares, starts = np.exp(figures).round(4), _starts(_NUMBER, labels)
    for row in np.flatnonzero(shares[:, starts["measure"]] <= 1 - _LEAST).tolist():
        values = shares[row].tolist()
        yield CountedWord(spans[row], *(_shares(values, at, getattr(labels, name)) for name, at in starts.items()))


def _starts(names: Sequence[str], labels: ClaimLabels) -> dict[str, int]:
    sizes = [len(getattr(labels, name)) for name in names]
    return {name: sum(sizes[:i]) for i, name in enumerate(names)}


def _shares(row: Sequence[float], at: int, names: Sequence[str]) -> Shares:
    """The shares of the labels of a list that begins at `at`, the greatest first."""
    found = [(share, name) for share, name in zip(row[at : at + len(names)], names, strict=True) if share >= _LEAST_SHARE]
    found.sort(key=lambda pair: -pair[0])
    return {name: share for share, name in found}
