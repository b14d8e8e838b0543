"""What is learned from, and in which order: the recipe of a build.

Two steps, and a short third where a teacher is given. `first`: trees, tags, sentence ends and named entities, from the treebanks
and from posts. `second`: conflict reporting, that is the ten entity types, from re3d and our own reports, and the claims of our
coded corpus, while a part of the first step's text is read again, so that nothing is forgotten. Cross-validation repeats the
second step alone: no re3d text is in the first. `third`: everything of the second once more, slowly, with the trees that a model
from before reads in half of the coded reports.
"""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dateline.engines.pieces import Pieces
from dateline.model import ENTITY_TYPES
from training.claims import CodedReport, claim_labels, claim_windows
from training.corpora import Document, Tree, read_marked, read_posts, read_reports, read_treebank
from training.plan import Plan
from training.provenance import Build
from training.windows import Labels, Variety, Window, bio, windows

OWN: Final = Path(__file__).parent / "own"
_RAREST_RELATION, _RAREST_TAG = 20, 5  # occurrences in training; rarer subtypes count as their base relation
_NAMED = ("Person", "Organisation", "Location")
_GUM = (*_NAMED, "Temporal", "Object", "Event")
_SHARE_ALIKE = frozenset({"Wikipedia"})  # sources of re3d that are CC BY-SA

FIRST: Final = Plan(epochs=14, pieces=2200)
SECOND: Final = Plan(epochs=6, pieces=900, encoder_rate=1.5e-4, head_rate=1.5e-3, warm=100, average=0.99, seed=11)
THIRD: Final = Plan(epochs=1, pieces=900, encoder_rate=6e-5, head_rate=5e-4, warm=50, average=0.99, seed=13)
CAUTION: Final = 1.0
"""Added to the score of "no entity" in the file that ships. Our own reports are marked more densely than re3d: without it
a fifth too many entities were found in the CENTCOM reports when they were left out, and with it their F1 rose by a point."""
_POSTS = 0.5  # share of the posts that an epoch takes: they are noisy, and marked with names alone
_TREES_AGAIN = 100_000  # words of the first step that the third reads again
_AGAIN = 0.2  # words of the first step that the second reads again, for each word of its own


@dataclass(frozen=True)
class Sources:
    """Where the corpora lie: the data pack, the re3d documents, and which build is made."""

    pack: Path
    re3d: Path
    build: Build = "core+sa"

    @property
    def share_alike(self) -> bool:
        return self.build == "core+sa"


def treebanks(sources: Sources, part: str) -> dict[str, list[Document]]:
    """The documents of `part` (train, dev, test) by treebank."""
    pack = sources.pack
    found = {"gum": read_treebank(pack / f"core/gum-{part}.conllu.gz")}
    if sources.share_alike:
        found["gum"] += read_treebank(pack / f"sa/gum-{part}.conllu.gz")
        found["ewt"] = read_treebank(pack / f"sa/ewt-{part}.conllu.gz", pack / f"sa/uner-ewt-{part}.jsonl.gz")
    return found


def posts(sources: Sources, part: str) -> list[Document]:
    return read_posts(sources.pack / f"core/wnut17-{part}.jsonl.gz")


def reports(sources: Sources) -> list[Document]:
    """The re3d documents that the build's licence class allows."""
    found = read_reports(sources.re3d, frozenset(ENTITY_TYPES))
    return [d for d in found if sources.share_alike or d.source not in _SHARE_ALIKE]


def own_reports() -> list[Document]:
    return [document for path in sorted(OWN.glob("*.txt")) for document in read_marked(path)]


def labels_of(documents: Sequence[Document], coded: Sequence[CodedReport]) -> Labels:
    """The labels of the heads, as the training documents have them."""
    trees: list[Tree] = [s.tree for d in documents for s in d.sentences if s.tree is not None]
    relations = Counter(relation for tree in trees for relation in tree.relations)
    base = {relation.split(":")[0] for relation in relations}
    tags = Counter(tag for tree in trees for tag in tree.xpos)
    return Labels(
        upos=tuple(sorted({tag for tree in trees for tag in tree.upos})),
        xpos=tuple(sorted(tag for tag, n in tags.items() if n >= _RAREST_TAG)),
        relations=tuple(sorted({r for r, n in relations.items() if n >= _RAREST_RELATION} | base)),
        named=bio(_NAMED),
        gum=bio(_GUM),
        entities=bio(ENTITY_TYPES),
        claims=claim_labels(coded),
    )


Epoch = Callable[[int], Sequence[Window]]


def first_epoch(trees: Sequence[Document], short: Sequence[Document], pieces: Pieces, labels: Labels) -> Epoch:
    """The windows of an epoch of the first step: all trees, half of the posts, written anew each time."""

    def epoch(number: int) -> Sequence[Window]:
        chance = random.Random(100 + number)
        found = list(windows(trees, pieces, labels, Variety(), chance))
        return found + list(windows([d for d in short if chance.random() < _POSTS], pieces, labels, Variety(), chance))

    return epoch


def second_epoch(
    marked: Sequence[Document], coded: Sequence[CodedReport], trees: Sequence[Document], pieces: Pieces, labels: Labels
) -> Epoch:
    """The windows of an epoch of the second step: all marked and all coded reports, and some of the trees, others each time."""
    wanted = _AGAIN * (sum(d.words for d in marked) + sum(len(r.text.split()) for r in coded))

    def epoch(number: int) -> Sequence[Window]:
        chance = random.Random(900 + number)
        read = windows([*marked, *_some(trees, wanted, chance)], pieces, labels, Variety(), chance)
        return [*read, *claim_windows(coded, pieces, labels, Variety(), chance)]

    return epoch


def third_epoch(
    marked: Sequence[Document],
    coded: Sequence[CodedReport],
    trees: Sequence[Document],
    silver: Sequence[Document],
    pieces: Pieces,
    labels: Labels,
) -> Epoch:
    """The windows of the third step: as in the second, and half of `silver`, the coded reports with the teacher's trees."""

    def epoch(number: int) -> Sequence[Window]:
        chance = random.Random(1700 + number)
        some = _some(trees, _TREES_AGAIN, chance)
        half = chance.sample(list(silver), len(silver) // 2)
        read = windows([*marked, *some, *half], pieces, labels, Variety(), chance)
        return [*read, *claim_windows(coded, pieces, labels, Variety(), chance)]

    return epoch


def _some(trees: Sequence[Document], wanted: float, chance: random.Random) -> list[Document]:
    """Documents drawn until they have the wanted words."""
    some, words = list[Document](), 0
    for document in chance.sample(list(trees), len(trees)):
        if words >= wanted:
            break
        some.append(document)
        words += document.words
    return some
