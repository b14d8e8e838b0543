"""Readers of the corpora: each gives documents of sentences with the layers that the corpus marks, and no others."""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from dateline.engines.tokens import word_spans
from dateline.model import Span, plain_view
from dateline.sentences.paragraphs import find_paragraphs

Entity = tuple[int, int, str]
"""First word, word after the last, type."""

_GUM_TYPES = {
    "person": "Person",
    "organization": "Organisation",
    "place": "Location",
    "time": "Temporal",
    "object": "Object",
    "event": "Event",
}
_LONGEST_GUM = 8  # words: longer ones carry whole relative clauses, which no other layer marks


@dataclass(frozen=True)
class Tree:
    """One head a word: 0 is the root, i the i-th word counted from 1."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]


@dataclass(frozen=True)
class Sentence:
    """Words as the engine sees them (plain view), and what the corpus says of them; a layer that it lacks is not there.

    `spaces[i]`: whether a blank follows word i. `ends_known`: whether the sentence's end is marked by people.
    """

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    tree: Tree | None = None
    layers: dict[str, tuple[Entity, ...]] = field(default_factory=dict)
    new_paragraph: bool = False
    ends_known: bool = True


@dataclass(frozen=True)
class Document:
    """Sentences in order, with the name and the source (genre, publisher) of the document."""

    name: str
    source: str
    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> int:
        return sum(len(s.words) for s in self.sentences)


def read_lines(path: Path) -> list[str]:
    """The lines of a text file, unpacked where it is gzipped."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as file:
            return file.read().split("\n")
    return path.read_text(encoding="utf-8").split("\n")


def read_treebank(path: Path, named: Path | None = None) -> list[Document]:
    """A CoNLL-U file; `named` is a file of entities on the same sentences (Universal NER), joined by `sent_id`."""
    entities = {row["id"]: row for row in _rows(named)} if named else {}
    documents: list[Document] = []
    name, source, sentences = "", "", list[Sentence]()
    for block in _blocks(read_lines(path)):
        comments = dict(_comment(line) for line in block if line.startswith("#"))
        new = comments.get("newdoc id")
        if new is not None:
            if sentences:
                documents.append(Document(name, source, tuple(sentences)))
            name, source, sentences = new, comments.get("meta::genre", new.split("-")[0]), []
        sentences.append(_sentence(block, comments, entities.get(comments["sent_id"])))
    documents.append(Document(name, source, tuple(sentences)))
    return documents


def _blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _comment(line: str) -> tuple[str, str]:
    key, _, value = line[1:].partition("=")
    return key.strip(), value.strip()


def _sentence(block: list[str], comments: dict[str, str], named: dict[str, object] | None) -> Sentence:
    rows, after, spaces = [], dict[int, bool](), []
    inside = 0  # words of a multi-word token are written together
    for line in block:
        columns = line.split("\t")
        if line.startswith("#") or "." in columns[0]:
            continue
        blank = "SpaceAfter=No" not in columns[9]
        if "-" in columns[0]:
            first, last = map(int, columns[0].split("-"))
            after[last], inside = blank, last
            for i in range(first, last):
                after[i] = False
            continue
        rows.append(columns)
        number = int(columns[0])
        spaces.append(after[number] if number <= inside else blank)
    words = tuple(plain_view(columns[1]) for columns in rows)
    tree = Tree(tuple(c[3] for c in rows), tuple(c[4] for c in rows), tuple(int(c[6]) for c in rows), tuple(c[7] for c in rows))
    layers: dict[str, tuple[Entity, ...]] = {}
    if named is not None:
        layers["named"] = _spans_in(words, tuple(spaces), comments["text"], named["entities"])  # type: ignore[arg-type]
    if "Entity=" in "".join(c[9] for c in rows) or "s_prominence" in comments:
        layers["gum"] = tuple(_gum_entities([c[9] for c in rows]))
    new_paragraph = any(key.startswith("newpar") for key in comments) or "newdoc id" in comments
    return Sentence(words, tuple(spaces), tree, layers, new_paragraph)


def _gum_entities(misc: list[str]) -> Iterator[Entity]:
    """The outermost entities of the chosen types that are not too long, none inside another."""
    found: list[Entity] = []
    opened: dict[str, list[tuple[int, str]]] = {}
    for i, column in enumerate(misc):
        match = re.search(r"(?:^|\|)Entity=([^|]+)", column)
        for mark in re.findall(r"\([^()]+\)?|[^()]+\)", match[1]) if match else ():
            key, _, rest = mark.strip("()").partition("-")
            if mark.startswith("("):
                opened.setdefault(key, []).append((i, rest.split("-")[0]))
            if mark.endswith(")") and opened.get(key):
                start, kind = opened[key].pop()
                if kind in _GUM_TYPES and i + 1 - start <= _LONGEST_GUM:
                    found.append((start, i + 1, _GUM_TYPES[kind]))
    return iter(_longest(found))


def _longest(entities: Iterable[Entity]) -> list[Entity]:
    """Of entities that overlap the longest, the first of equals; in order."""
    kept: list[Entity] = []
    for entity in sorted(entities, key=lambda e: (e[0] - e[1], e)):
        if all(entity[1] <= other[0] or other[1] <= entity[0] for other in kept):
            kept.append(entity)
    return sorted(kept)


def _rows(path: Path) -> Iterator[dict[str, object]]:
    return (json.loads(line) for line in read_lines(path) if line.strip())


def _spans_in(
    words: tuple[str, ...], spaces: tuple[bool, ...], text: str, marks: Iterable[dict[str, object]]
) -> tuple[Entity, ...]:
    """Marks at characters of `text` as marks at words; a mark that cuts a word covers it."""
    offsets, at = [], 0
    for word in words:
        at = plain_view(text).index(word, at)
        offsets.append((at, at + len(word)))
        at += len(word)
    return tuple(_longest(e for e in (_at_words(offsets, mark) for mark in marks) if e))


def _at_words(offsets: list[tuple[int, int]], mark: dict[str, object]) -> Entity | None:
    start, end = int(str(mark["start"])), int(str(mark["end"]))
    inside = [i for i, (a, b) in enumerate(offsets) if a < end and start < b]
    return (inside[0], inside[-1] + 1, str(mark["type"])) if inside else None


def read_posts(path: Path) -> list[Document]:
    """One post a line, with its words and named entities (WNUT-17)."""
    documents = []
    for row in _rows(path):
        tokens: list[str] = row["tokens"]  # type: ignore[assignment]
        words = tuple(plain_view(t) for t in tokens)
        spaces = (True,) * len(words)
        layers = {"named": _spans_in(words, spaces, str(row["text"]), row["entities"])}  # type: ignore[arg-type]
        sentence = Sentence(words, spaces, None, layers, new_paragraph=True, ends_known=False)
        documents.append(Document(str(row["id"]), "post", (sentence,)))
    return documents


def read_reports(path: Path, types: frozenset[str]) -> list[Document]:
    """Whole reports with entities at characters (re3d): a paragraph is one sentence here, its own ends are not marked."""
    documents = []
    for row in _rows(path):
        text = str(row["text"])
        marks = [m for m in row["entities"] if m["type"] in types]  # type: ignore[attr-defined]
        documents.append(Document(str(row["id"]), str(row["source"]), tuple(_paragraphs(text, marks))))
    return documents


def _paragraphs(text: str, marks: list[dict[str, object]]) -> Iterator[Sentence]:
    for span in find_paragraphs(text):
        yield _as_read(text, span, marks, new_paragraph=True)


def _as_read(text: str, span: Span, marks: Iterable[dict[str, object]], *, new_paragraph: bool) -> Sentence:
    """Part of a text as one sentence of the words that the engine will read, with the entities that are marked in it."""
    view = plain_view(text)
    offsets = word_spans(view, span.start, span.end)
    words = tuple(view[a:b] for a, b in offsets)
    spaces = (*(a < b for (_, a), (b, _) in pairwise(offsets)), True)
    found = tuple(_longest(e for e in (_at_words(offsets, mark) for mark in marks) if e))
    return Sentence(words, spaces, None, {"entities": found}, new_paragraph, ends_known=False)


_MARK = re.compile(r"\{(\w+)\|([^{}]*)\}")


def read_marked(path: Path) -> list[Document]:
    """Own reports: a sentence a line, entities as {Type|words}, a blank line between reports, # for remarks."""
    documents = []
    lines = [line for line in read_lines(path) if not line.startswith("#")]
    for number, block in enumerate(_blocks(lines)):
        sentences = tuple(_marked(line) for line in block)
        documents.append(Document(f"{path.stem}-{number + 1:03d}", "own", sentences))
    return documents


def _marked(line: str) -> Sentence:
    text, marks, at = "", [], 0
    for match in _MARK.finditer(line):
        text += line[at : match.start()]
        marks.append({"start": len(text), "end": len(text) + len(match[2]), "type": match[1]})
        text += match[2]
        at = match.end()
    text += line[at:]
    # a line is a sentence by our own hand, but headlines and list items stand among them: no lesson about stops
    return _as_read(text, Span(0, len(text)), marks, new_paragraph=False)
