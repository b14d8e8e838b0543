"""`police`: which sentences, and documents, tell of acts of police (mappings/police.yaml).

A prediction is `{"id", "labels": [...], "sentences": [{"id", "labels": [...]}, ...]}`: the document's labels, and one entry for
each sentence of the input, in its order (`id` where the input's sentence has one).  Labels are in the order of LABELS.
A document has the labels of its sentences.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from adaptors.document import Document, GivenSentence
from adaptors.incidents import pattern
from adaptors.mapping import load
from adaptors.task import Task
from dateline.model import ActMention, ActorMention, Claim, Reading, Span, plain_view

LABELS = ("KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION")


class Mapping(Struct, frozen=True):
    """The file mappings/police.yaml."""

    kinds: frozenset[str]
    words: list[str]
    measures: dict[str, str]
    types: dict[str, str]
    any_action: frozenset[str]
    phrases: dict[str, list[str]]
    implies: dict[str, list[str]]
    implied_initiator: frozenset[str]


@cache
def mapping() -> Mapping:
    """The mapping."""
    return load("police", Mapping)


def labels_of(reading: Reading, sentence: Span) -> list[str]:
    """The labels of one sentence."""
    view = plain_view(reading.report.text)[sentence.start : sentence.end].lower()
    found: set[str] = set()
    if names_police(reading, sentence, view):
        found |= {label for label, words in mapping().phrases.items() if pattern(tuple(words)).search(view)}
    for claim in reading.claims:
        if (
            claim.kind in {"incident", "tally"}
            and claim.certainty != "denied"
            and any(sentence.overlaps(e) for e in claim.evidence)
        ):
            found |= claim_labels(claim, reading, sentence)
    for label in sorted(found):
        found.update(mapping().implies.get(label, []))
    return [label for label in LABELS if label in found]


def names_police(reading: Reading, sentence: Span, view: str) -> bool:
    """Whether the sentence names police."""
    actors = (m for m in reading.mentions if isinstance(m, ActorMention) and sentence.contains(m.span))
    return any(m.kind in mapping().kinds for m in actors) or bool(pattern(tuple(mapping().words)).search(view))


def claim_labels(claim: Claim, reading: Reading, sentence: Span) -> set[str]:
    """The labels that a claim about acts of police gives to a sentence of its evidence."""
    acts = [m for m in reading.mentions if isinstance(m, ActMention) and sentence.contains(m.span)]
    measures = {f.measure for f in claim.figures if f.best != 0 and sentence.contains(f.span)} | {a.measure for a in acts}
    said = {label for measure, label in mapping().measures.items() if measure in measures}
    said |= {label for kind, label in mapping().types.items() if kind == claim.event_type}
    by_police = any(a.kind in mapping().kinds for a in claim.initiator)
    if by_police:
        return said | ({"ANY_ACTION"} if claim.event_type in mapping().any_action else set())
    return said & mapping().implied_initiator if not claim.initiator else set()


def place_sentences(text: str, sentences: Iterable[str]) -> list[Span]:
    """Where the given sentences stand in the text, in their order; one that cannot be found covers nothing."""
    spans, start = [], 0
    for sentence in sentences:
        words = r"\s+".join(map(re.escape, sentence.split()))
        found = re.compile(words).search(text, start) if words else None
        spans.append(Span(*found.span()) if found else Span(start, start))
        start = spans[-1].end
    return spans


def answer(document: Document) -> dict[str, Any]:
    """The labels of one document and of its sentences (Dateline's own where the document gives none)."""
    reading = document.read()
    given: Sequence[str | GivenSentence] = document.sentences or []
    spans = place_sentences(document.text, (s if isinstance(s, str) else s.text for s in given))
    spans = spans or [s.span for s in reading.sentences]
    labels = [labels_of(reading, span) for span in spans]
    echoed = [{"id": s.id} if isinstance(s, GivenSentence) and s.id is not None else {} for s in given] or [{} for _ in spans]
    return {
        "id": document.id,
        "labels": [label for label in LABELS if any(label in found for found in labels)],
        "sentences": [who | {"labels": found} for who, found in zip(echoed, labels, strict=True)],
    }


TASK = Task("police", answer)
