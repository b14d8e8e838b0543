"""The coded reports of the corpus as what the network learns of claims: triggers, their traits, and what belongs to them.

A trigger is the word that a claim hangs on. For each the network learns the claim's kind and traits, and for each word of the
window whether it belongs to the claim: to its evidence, its parties, its places, its time or its figures.
"""

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from dateline.engines.card import LINKS, ClaimLabels
from dateline.engines.engine import as_paragraphs, words_of
from dateline.engines.pieces import Pieces, Shape, shape_row
from dateline.engines.windows import Window as Words
from dateline.engines.windows import windows as words_windows
from dateline.lexicon.codebook import codebook
from dateline.model import Span, plain_view
from training.windows import IGNORED, ClaimMarks, Labels, Variety, Window, case_of, shaped

TRAITS: Final = ("kind", "event_type", "certainty", "background", "stance", "scope")
FIGURES: Final = ("measure", "object")
_RAREST_MEASURE = 8  # figures that count for two measures at once ("killed+wounded") become a label where there are as many
_EMPTY_WORDS = frozenset(
    "the a an to be is are was were been being am have has had will would shall should can could may might must not n't also it"
    " and or of in on at by".split()
)
_ROOMS = (70, 220)  # pieces: windows are cut at a random size between these


@dataclass(frozen=True)
class Coded:
    """A claim as the network learns it: characters of the text, numbers of labels by name."""

    trigger: tuple[Span, ...]
    traits: Mapping[str, str]
    links: Mapping[str, tuple[Span, ...]]
    figures: tuple[tuple[Span, str, str], ...]  # words, measure, object


@dataclass(frozen=True)
class CodedReport:
    """A report of the corpus."""

    id: str
    text: str
    claims: tuple[Coded, ...]


def read_corpus(path: Path) -> list[CodedReport]:
    """The reports of a file in the gold format with marks (`corpus/README.md`)."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return [CodedReport(row["id"], row["text"], tuple(_coded(c, row) for c in row["claims"])) for row in rows]


def _coded(claim: dict[str, Any], row: dict[str, Any]) -> Coded:
    text, marks = row["text"], row["marks"][claim["id"]]
    evidence = [Span(at, at + len(quote)) for quote in claim["evidence"] for at in [text.index(quote)]]
    traits = {
        "kind": claim["kind"],
        "event_type": claim["event_type"] or "",
        "certainty": claim["certainty"],
        "background": "background" if claim["background"] else "news",
        "stance": claim["stance"] or "none" if claim["kind"] == "assessment" else "",
        "scope": claim["scope"] or "",
    }
    figures = tuple(
        (span, "+".join(sorted(f["measure"].split("+"))), f["object"])
        for f in claim["figures"]
        for span in _near(f["words"], text, evidence)
    )
    links = {
        "evidence": tuple(evidence),
        "initiator": tuple(Span(*s) for spans in marks["initiator"] for s in spans),
        "target": tuple(Span(*s) for spans in marks["target"] for s in spans),
        "place": tuple(s for words in claim["places"] for s in _near(words, text, evidence)),
        "time": tuple(_near(claim["time"]["words"], text, evidence)) if claim["time"]["words"] else (),
        "figure": tuple(span for span, _, _ in figures),
    }
    return Coded((Span(*marks["trigger"]),), traits, links, figures)


def _near(words: str, text: str, evidence: Sequence[Span]) -> list[Span]:
    """Where the words stand: inside the evidence, else the last place before its end, else the first."""
    found = []
    at = text.find(words)
    while at >= 0:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + 1)
    inside = [s for s in found if any(e.contains(s) for e in evidence)]
    before = [s for s in found if s.end <= evidence[-1].end]
    return inside[:1] or before[-1:] or found[:1]


def claim_labels(reports: Iterable[CodedReport]) -> ClaimLabels:
    """The labels of the heads: the codebook's lists, and the pairs of measures that the reports have often enough."""
    pairs = Counter(measure for r in reports for c in r.claims for _, measure, _ in c.figures if "+" in measure)
    book = codebook()
    return ClaimLabels(
        kind=("none", "incident", "tally", "assessment", "forecast"),
        event_type=tuple(t.name for t in book.event_types),
        certainty=("stated", "alleged", "denied"),
        background=("news", "background"),
        stance=("none", "rising", "falling", "unchanged", "present", "absent", "mixed"),
        scope=("period", "since", "stock"),
        measure=("none", *book.measures, *sorted(p for p, n in pairs.items() if n >= _RAREST_MEASURE)),
        object=("none", *book.objects),
    )


def claim_windows(
    reports: Iterable[CodedReport], pieces: Pieces, labels: Labels, variety: Variety, chance: random.Random
) -> Iterator[Window]:
    """Windows over all reports as the engine cuts them, in several sizes and ways of writing."""
    for report in reports:
        offsets = words_of(report.text)
        room = chance.randint(*_ROOMS)
        before = 0
        flat = [Span(*word) for paragraph in offsets for word in paragraph]
        for words in words_windows(as_paragraphs(report.text, offsets), pieces, room):
            spans = flat[before : before + len(words.words)]
            before += len(words.words)
            yield _window(words, spans, report, pieces, labels, case_of(variety, chance))


def _window(words: Words, spans: list[Span], report: CodedReport, pieces: Pieces, labels: Labels, case: Shape | None) -> Window:
    ids, shapes, starts = [pieces.first], [int(Shape.MARK)], []
    for word, glued, found in zip(words.words, words.glued, words.pieces, strict=True):
        starts.append(len(ids))
        ids.extend(found)
        shapes.extend([shape_row(shaped(word, case), glued=glued)] * len(found))
    ids.append(pieces.last)
    shapes.append(int(Shape.MARK))
    n = len(words.words)
    none = np.full(n, IGNORED)
    columns = dict.fromkeys(("upos", "xpos", "heads", "relations", "ends", "named", "gum", "entities"), none)
    return Window(
        np.array(ids), np.array(shapes), np.array(starts), sentence=np.zeros(n, dtype=np.int64), **columns,
        claims=_marks(spans, report, labels.claims),
    )  # fmt: skip


def _marks(spans: list[Span], report: CodedReport, labels: ClaimLabels) -> ClaimMarks:
    n = len(spans)
    traits = np.full((n, len(TRAITS)), IGNORED)
    traits[:, 0] = 0
    figures = np.zeros((n, 2), dtype=np.int64)
    rows: list[int] = []
    links: list[NDArray[np.float32]] = []
    for claim in report.claims:
        anchor = _anchor(claim.trigger[0], spans, report.text)
        for span, measure, thing in claim.figures:
            at = _touched(span, spans)
            if at:
                figures[at[0]] = (
                    labels.measure.index(measure if measure in labels.measure else measure.split("+")[0]),
                    labels.object.index(thing),
                )
        if anchor is None or traits[anchor, 0]:
            continue
        for column, name in enumerate(TRAITS):
            value, known = claim.traits[name], getattr(labels, name)
            traits[anchor, column] = known.index(value) if value in known else IGNORED
        rows.append(anchor)
        row = np.zeros((n, len(LINKS)), dtype=np.float32)
        for role, name in enumerate(LINKS):
            for span in claim.links[name]:
                row[_touched(span, spans), role] = 1
        links.append(row)
    return ClaimMarks(traits, figures, np.array(rows, dtype=np.int64), np.array(links).reshape(len(rows), n, len(LINKS)))


def _anchor(trigger: Span, spans: Sequence[Span], text: str) -> int | None:
    """The first word of the trigger that says something; None where it stands in another window."""
    found = _touched(trigger, spans)
    full = [i for i in found if plain_view(text)[spans[i].start : spans[i].end].lower() not in _EMPTY_WORDS]
    return next(iter(full or found), None)


def _touched(span: Span, spans: Sequence[Span]) -> list[int]:
    return [i for i, word in enumerate(spans) if word.overlaps(span)]
