"""What the words of a claim lean to: its event type, or the stance of a judgement, by words counted in the corpus.

A reader beside the engine's heads, which are too sure of themselves, and the lexicon's acts, which are silent where no act is
named. Each word of a claim gives points to labels; they stand in `lexicon/en/leanings.json`, fitted on the train part of the
corpus by `training/leanings.py` (multinomial logistic regression), and can be read and amended there.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from typing import Literal, NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dateline.claims.views import SentenceView
from dateline.lexicon.load import load
from dateline.mentions.words import words_of
from dateline.model import Kind, Shares, Span

Field = Literal["event_type", "stance"]
_BEFORE, _BEHIND = 3, 4  # words beside the one that the claim hangs on
_SUFFIXES = ("ings", "ing", "ies", "ied", "ed", "es", "s")
_LEAST_STEM = 3  # characters that a suffix must leave
_PREVIOUS = 0.5  # how much an act of the sentence before counts


class Points(Struct, frozen=True, dict=True):
    """Of a field: the points (log odds) that each label has from the start, and by sign those that it gives."""

    base: dict[str, float]
    signs: dict[str, dict[str, float]]

    def of(self, signs: Mapping[str, float]) -> Shares:
        """The points of each label: what they have from the start and what the signs give."""
        total, rows = np.array(list(self.base.values())), self._rows
        for sign, much in signs.items():
            if (row := rows[sign]) is not None:
                total += row if much == 1 else much * row
        return dict(zip(self.base, total.tolist(), strict=True))

    @cached_property
    def _rows(self) -> "_Rows":
        return _Rows(self)


class _Rows(dict[str, NDArray[np.float64] | None]):
    """What a sign gives to the labels, in their order; None where it is not known. Worked out when first asked for."""

    def __init__(self, of: Points) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, sign: str) -> NDArray[np.float64] | None:
        given = self._of.signs.get(sign)
        if given is None:
            return None  # not kept: the words of the world have no end
        row = self[sign] = np.array([given.get(label, 0.0) for label in self._of.base])
        return row


@cache
def points() -> dict[Field, Points]:
    """The file `leanings.json`."""
    return load("en/leanings.json", dict[Field, Points])


class Setting(NamedTuple):
    """The types of the acts that a report tells, in all (as shares) and by the number of the sentence."""

    report: Mapping[str, float]
    sentences: Mapping[int, tuple[str, ...]]


def setting_of(views: Sequence[SentenceView]) -> Setting:
    """The setting that the lexicon's acts make."""
    sentences = {view.number: tuple(act.event_type for act in view.acts if act.event_type) for view in views}
    counted = Counter(kind for kinds in sentences.values() for kind in kinds)
    return Setting({kind: n / counted.total() for kind, n in counted.items()}, sentences)


def signs_of(
    kind: Kind, trigger: Span, evidence: Sequence[Span], view: SentenceView, setting: Setting, text: str
) -> dict[str, float]:
    """The signs of a claim, each with how much it counts. `view`: the sentence of the trigger."""
    return dict(_signs(kind, trigger, evidence, view, setting, text))


def _signs(
    kind: Kind, trigger: Span, evidence: Sequence[Span], view: SentenceView, setting: Setting, text: str
) -> Iterator[tuple[str, float]]:
    yield f"kind {kind}", 1.0
    words = words_of(text, view.sentence.span.start, view.sentence.span.end)
    at = next((i for i, word in enumerate(words) if word.end > trigger.start), len(words) - 1)
    if words:
        yield f"hangs {stem(words[at].key)}", 1.0
    for word in (*words[max(0, at - _BEFORE) : at], *words[at + 1 : at + 1 + _BEHIND]):
        yield f"beside {stem(word.key)}", 1.0
    for span in evidence:
        for word in words_of(text, span.start, span.end):
            yield f"word {stem(word.key)}", 1.0
    for act in view.acts:
        if any(span.overlaps(act.span) for span in evidence):
            yield f"act {act.act}", 1.0
    for previous in setting.sentences.get(view.number - 1, ()):
        yield f"before {previous}", _PREVIOUS
    for told, share in setting.report.items():
        yield f"report {told}", share


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A word without the endings of number and tense; all numbers are one."""
    if word[:1].isdigit():
        return "0"
    ending = next((s for s in _SUFFIXES if word.endswith(s) and len(word) - len(s) >= _LEAST_STEM), "")
    return word.removesuffix(ending)
