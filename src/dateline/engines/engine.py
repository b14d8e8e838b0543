"""The language engine: raw text in; sentences with words, trees and entities out.

engine = load_engine()
for sentence in engine.read("Army troops killed 22 militants near Torbal on Monday.").sentences:
    ...
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import cast

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from dateline.engines.card import Card, Labels
from dateline.engines.decode import Decoded, Scores, decode
from dateline.engines.pieces import Pieces, shape_of, shape_row
from dateline.engines.tokens import word_spans
from dateline.engines.triggers import counted_words, triggers
from dateline.engines.weights import DEFAULT, Weights, load_weights
from dateline.engines.windows import Paragraph, Window, windows
from dateline.errors import ModelError
from dateline.model import CountedWord, Entity, EntityType, Parse, ParsedSentence, Span, Trigger, Word, plain_view
from dateline.sentences.paragraphs import find_paragraphs

Offsets = tuple[int, int]


class Engine:
    """A loaded model. The same text gives the same result on any number of threads and beside any other text."""

    def __init__(self, weights: Weights, threads: int = 1, folder: Path | None = None) -> None:
        """`threads`: how many windows of a text are read at a time. `folder`: where the weights are from, if not shipped."""
        self.folder = folder
        self.card: Card = weights.card
        self.labels: Labels = weights.card.labels
        self.threads = threads
        self.vocabulary = Pieces(weights.vocabulary)
        self.session = _session(weights)

    def read(self, text: str, *, claims: bool = True) -> Parse:
        """`text` in sentences, with the words that claims may hang on (unless `claims` is false); all offsets count the text as
        received."""
        paragraphs = words_of(text)
        spans = [Span(*word) for words in paragraphs for word in words]
        sentences: list[ParsedSentence] = []
        hung: list[Trigger] = []
        counted: list[CountedWord] = []
        before = 0
        for window, scores in self._scored(windows(as_paragraphs(text, paragraphs), self.vocabulary)):
            here = spans[before : before + len(window.words)]
            before += len(window.words)
            sentences.extend(self._sentence(sentence, here) for sentence in decode(scores, self.labels, window))
            if claims:
                hung.extend(triggers(scores.traits, scores.links, here, self.labels.claims))
                counted.extend(counted_words(scores.figures, here, self.labels.claims))
        return Parse(tuple(sentences), tuple(hung), tuple(counted))

    def decode(self, paragraphs: Iterable[Paragraph]) -> Iterator[Decoded]:
        """The sentences of paragraphs whose words (and perhaps sentences) are known; numbers count words over all of them."""
        before = 0
        for window, scores in self._scored(windows(paragraphs, self.vocabulary)):
            for sentence in decode(scores, self.labels, window):
                yield sentence._replace(start=sentence.start + before, end=sentence.end + before)
            before += len(window.words)

    def scores(self, window: Window) -> Scores:
        """The network's outputs for one window."""
        return Scores(*self.session.run(None, feed(window, self.vocabulary)))

    def _scored(self, found: Iterable[Window]) -> Iterator[tuple[Window, Scores]]:
        if self.threads == 1:
            yield from ((window, self.scores(window)) for window in found)
            return
        ready = list(found)
        with ThreadPoolExecutor(self.threads) as pool:
            yield from zip(ready, pool.map(self.scores, ready), strict=True)

    def _sentence(self, found: Decoded, spans: Sequence[Span]) -> ParsedSentence:
        spans = spans[found.start : found.end]
        upos, xpos, relations = self.labels.upos, self.labels.xpos, self.labels.relations
        words = tuple(
            Word(span, upos[tag], xpos[fine], head - 1, relations[relation])
            for span, tag, fine, head, relation in zip(spans, found.upos, found.xpos, found.heads, found.relations, strict=True)
        )
        entities = tuple(
            Entity(Span(spans[e.start].start, spans[e.end - 1].end), cast(EntityType, e.type), e.probability)
            for e in found.entities
        )
        return ParsedSentence(Span(spans[0].start, spans[-1].end), words, entities)


def words_of(text: str) -> list[list[Offsets]]:
    """The words of each paragraph of `text`, as characters of it."""
    view = plain_view(text)
    return [word_spans(view, span.start, span.end) for span in find_paragraphs(text)]


def as_paragraphs(text: str, words: Iterable[list[Offsets]]) -> Iterator[Paragraph]:
    """Paragraphs of words at those characters of `text`, where nobody knows the sentences."""
    view = plain_view(text)
    for paragraph in words:
        glued = [False, *(before == start for (_, before), (start, _) in pairwise(paragraph))]
        yield Paragraph([view[a:b] for a, b in paragraph], glued)


Feed = dict[str, NDArray[np.int64]]


def feed(window: Window, vocabulary: Pieces) -> Feed:
    """What the network takes: ids and shapes of pieces, and the number of each word's first piece."""
    ids, shapes, starts = [vocabulary.first], [0], []
    for word, glued, pieces in zip(window.words, window.glued, window.pieces, strict=True):
        starts.append(len(ids))
        ids.extend(pieces)
        shapes.extend([shape_row(shape_of(word), glued=glued)] * len(pieces))
    ids.append(vocabulary.last)
    shapes.append(0)
    return {name: np.array(row, dtype=np.int64) for name, row in (("ids", ids), ("shapes", shapes), ("starts", starts))}


def _session(weights: Weights) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # windows run side by side instead: a sum's order must not hang on the number of threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(weights.network, options, providers=["CPUExecutionProvider"])
    except Exception as e:
        raise ModelError(f"The model '{weights.card.name}' cannot be loaded by onnxruntime {onnxruntime.__version__}: {e}") from e


@cache
def load_engine(name: str = DEFAULT, folder: Path | None = None, threads: int = 1) -> Engine:
    """The engine of a model, loaded once a process; ModelError where its files are missing or damaged."""
    return Engine(load_weights(name, folder), threads, folder)
