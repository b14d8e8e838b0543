"""What the words round a number lean to: what was done (its measure), and to what (its object), by words counted in the corpus.

A reader beside the engine's head for numbers. Each sign gives points to labels; they stand in `lexicon/en/number_leanings.json`,
fitted on the train part of the corpus by `training/number_leanings.py`, and can be read and amended there.
"""

import math
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

from dateline.claims.leanings import Points, Setting, stem
from dateline.claims.views import SentenceView
from dateline.lexicon.load import load
from dateline.mentions.words import words_of
from dateline.model import ActMention, QuantityMention, Shares

NumberField = Literal["measure", "object"]
NONE = "none"
_BESIDE = 4  # words on either side of the number's phrase
_HEAD = 1.0  # how much the engine's log shares count beside the words
_FLOOR = 0.002  # share of a label that the engine leaves out


@cache
def number_points() -> dict[NumberField, Points]:
    """The file `number_leanings.json`."""
    return load("en/number_leanings.json", dict[NumberField, Points])


def number_signs(mention: QuantityMention, view: SentenceView, setting: Setting, text: str) -> dict[str, float]:
    """The signs of a number, each with how much it counts. `view`: the sentence that it stands in."""
    return dict(_signs(mention, view, setting, text))


def _signs(mention: QuantityMention, view: SentenceView, setting: Setting, text: str) -> Iterator[tuple[str, float]]:
    quantity, span = mention.quantity, mention.span
    yield f"object {quantity.object}", 1.0
    yield f"noun {quantity.measure}", 1.0
    yield f"unit {quantity.unit}", 1.0
    yield f"rule {quantity.rule.split()[0]}", 1.0
    own = [stem(word.key) for word in words_of(text, span.start, span.end)]
    for key in own:
        yield f"own {key}", 1.0
    if own:
        yield f"last {own[-1]}", 1.0
    yield from _beside(mention, view, text)
    yield from _acts(mention, view)
    for actor in view.actors:
        side = "own" if actor.span.overlaps(span) else "before" if actor.span.end <= span.start else "behind"
        yield f"party {side} {actor.kind}", 1.0
    for told, share in setting.report.items():
        yield f"report {told}", share


def _beside(mention: QuantityMention, view: SentenceView, text: str) -> Iterator[tuple[str, float]]:
    """The words before and behind, the nearest of them once more in their places."""
    before = words_of(text, view.sentence.span.start, mention.span.start)[-_BESIDE:]
    behind = words_of(text, mention.span.end, view.sentence.span.end)[:_BESIDE]
    for side, row in (("before", before[::-1]), ("behind", behind)):
        yield f"{side} {'' if row else 'nothing'}", 1.0
        for far, word in enumerate(row):
            yield f"{side} {stem(word.key)}", 1.0
            if far < 2:
                yield f"{side} {far} {stem(word.key)}", 1.0


def _acts(mention: QuantityMention, view: SentenceView) -> Iterator[tuple[str, float]]:
    """The acts of the sentence, the nearest ones with their voice."""
    for act in view.acts:
        yield f"act {act.act}", 1.0
    before = [act for act in view.acts if act.span.end <= mention.span.start]
    behind = [act for act in view.acts if act.span.start >= mention.span.end]
    nearest: tuple[tuple[str, ActMention | None], ...] = (
        ("before", before[-1] if before else None), ("behind", behind[0] if behind else None),
    )  # fmt: skip
    for side, found in nearest:
        yield f"{side} act {found.act} {found.voice}" if found else f"{side} no act", 1.0


def leaning(field: NumberField, shares: Shares, signs: Mapping[str, float]) -> Shares:
    """The shares of labels, when what the words lean to is put beside the engine's `shares`."""
    told = number_points()[field].of(signs)
    odds = {label: points + _HEAD * math.log(max(shares.get(label, 0.0), _FLOOR)) for label, points in told.items()}
    most = max(odds.values())
    worths = {label: math.exp(value - most) for label, value in odds.items()}
    total = sum(worths.values())
    return {label: worth / total for label, worth in worths.items()}
