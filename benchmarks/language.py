#!/usr/bin/env python3
"""What the language engine reaches: one table.

    python benchmarks/language.py [--shared ../shared] [--part test] [--model DIR] [--only trees,raw,case,entities,speed,start]
    python benchmarks/language.py --gate | --raise

Trees on the treebanks of the training pack: with the words and sentences of the treebank, from raw text (words and sentences
the engine's own), and with all words in capitals or small letters. Entities: the cross-validation of the training, which
only the training can measure, as the card tells it. Speed: from raw text to trees and entities, against the bare network on
the same windows, in turns on one core. `--part dev` is for choosing between trainings; `test` is for the final figure.
LAS compares base relations, as the shared tasks on Universal Dependencies do.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import floors
from rich.console import Console
from rich.progress import track
from rich.table import Table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # the readers of the treebanks stand in training/, which is not installed

from training.corpora import Document, Sentence, read_treebank  # noqa: E402

from dateline.engines.engine import Engine, as_paragraphs, feed, load_engine, words_of  # noqa: E402
from dateline.engines.windows import Paragraph, windows  # noqa: E402
from dateline.model import ParsedSentence  # noqa: E402

PARTS = ("trees", "raw", "case", "entities", "speed", "start")
NAME = "language"  # of the floors
SLACK = 0.3  # points: sums differ in the last digits between kinds of processors
ROUNDS = 5  # of the speed test


class Row(NamedTuple):
    """A line of the table: what was measured, the figure, and what is asked."""

    name: str
    value: float
    asked: str


class Attachment(NamedTuple):
    """Counts over words: all, and those with the right tag, head, and head with relation."""

    words: int
    tags: int
    heads: int
    labelled: int

    def __add__(self, other: "Attachment") -> "Attachment":  # type: ignore[override]
        return Attachment(*(a + b for a, b in zip(self, other, strict=True)))

    def percent(self, count: int) -> float:
        return 100 * count / self.words


def with_gold_words(engine: Engine, documents: Iterable[Document], write: Callable[[str], str] = str) -> Attachment:
    """Tags and trees where words and sentences are the treebank's; `write` rewrites each word."""
    total = Attachment(0, 0, 0, 0)
    for document in documents:
        gold = document.sentences
        paragraphs = (_as_paragraph(group, write) for group in _paragraphs(gold))
        for sentence, found in zip(gold, engine.decode(paragraphs), strict=True):
            assert sentence.tree is not None
            tags = [engine.labels.upos[tag] for tag in found.upos]
            relations = [base(engine.labels.relations[r]) for r in found.relations]
            right = [h == g for h, g in zip(found.heads, sentence.tree.heads, strict=True)]
            labelled = [ok and r == base(g) for ok, r, g in zip(right, relations, sentence.tree.relations, strict=True)]
            same_tag = sum(a == b for a, b in zip(tags, sentence.tree.upos, strict=True))
            total += Attachment(len(tags), same_tag, sum(right), sum(labelled))
    return total


def base(relation: str) -> str:
    """The relation without its subtype."""
    return relation.split(":", 1)[0]


def _paragraphs(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    group: list[Sentence] = []
    for sentence in sentences:
        if sentence.new_paragraph and group:
            yield group
            group = []
        group.append(sentence)
    if group:
        yield group


def _as_paragraph(group: Sequence[Sentence], write: Callable[[str], str]) -> Paragraph:
    words = [write(word) for sentence in group for word in sentence.words]
    blanks = [True, *(blank for sentence in group for blank in sentence.spaces)]
    ends, count = [], 0
    for sentence in group:
        count += len(sentence.words)
        ends.append(count)
    return Paragraph(words, [not blank for blank in blanks[:-1]], ends)


class Raw(NamedTuple):
    """Counts from raw text: words and sentences of the treebank, of the engine, and right ones."""

    gold_words: int
    words: int
    right_words: int
    tags: int
    labelled: int
    gold_sentences: int
    sentences: int
    right_sentences: int

    def __add__(self, other: "Raw") -> "Raw":  # type: ignore[override]
        return Raw(*(a + b for a, b in zip(self, other, strict=True)))

    def word_f1(self, right: int) -> float:
        return 200 * right / (self.gold_words + self.words)

    @property
    def sentence_f1(self) -> float:
        return 200 * self.right_sentences / (self.gold_sentences + self.sentences)


NOTHING_RAW = Raw(0, 0, 0, 0, 0, 0, 0, 0)
Span = tuple[int, int]
Reading = dict[Span, tuple[str, Span | None, str]]
"""Tag, head's characters and base relation of each word."""


def from_raw_text(engine: Engine, documents: Iterable[Document]) -> Raw:
    """The engine's own words and sentences; a word is right where its characters are the treebank's, its head too."""
    total = NOTHING_RAW
    for document in documents:
        text, gold, gold_ends = as_text(document)
        parsed = engine.read(text, claims=False).sentences
        found = _reading(parsed)
        same = gold.keys() & found.keys()
        tags = sum(gold[word][0] == found[word][0] for word in same)
        labelled = sum(gold[word][1:] == found[word][1:] for word in same)
        ends = {(s.span.start, s.span.end) for s in parsed}
        total += Raw(len(gold), len(found), len(same), tags, labelled, len(gold_ends), len(ends), len(gold_ends & ends))
    return total


def as_text(document: Document) -> tuple[str, Reading, set[Span]]:
    """The document's text (a blank line between paragraphs), and its words and sentences as characters of it."""
    text, reading, ends = "", Reading(), set[Span]()
    for sentence in document.sentences:
        if text and sentence.new_paragraph:
            text = text.rstrip(" ") + "\n\n"
        spans: list[Span] = []
        for word, blank in zip(sentence.words, sentence.spaces, strict=True):
            spans.append((len(text), len(text) + len(word)))
            text += word + " " * blank
        assert sentence.tree is not None
        t = sentence.tree
        for span, tag, head, relation in zip(spans, t.upos, t.heads, t.relations, strict=True):
            reading[span] = (tag, spans[head - 1] if head else None, base(relation))
        ends.add((spans[0][0], spans[-1][1]))
    return text, reading, ends


def _reading(parsed: Iterable[ParsedSentence]) -> Reading:
    found = Reading()
    for sentence in parsed:
        spans = [(w.span.start, w.span.end) for w in sentence.words]
        for span, word in zip(spans, sentence.words, strict=True):
            found[span] = (word.tag, spans[word.head] if word.head >= 0 else None, base(word.relation))
    return found


class Speed(NamedTuple):
    """Words a second of one core: the bare network, and all from raw text; their ratio is the median over the rounds."""

    bare: float
    whole: float
    ratio: float


def speed(engine: Engine, texts: Sequence[str]) -> Speed:
    """Time the network alone and the whole engine on the same text, in turns.  The network gets its numbers ready made."""
    found = [w for text in texts for w in windows(as_paragraphs(text, words_of(text)), engine.vocabulary)]
    feeds = [feed(window, engine.vocabulary) for window in found]
    words = sum(len(window.words) for window in found)
    bare, whole = [], []
    for _ in range(ROUNDS):
        bare.append(seconds(lambda: [engine.session.run(None, numbers) for numbers in feeds]))
        whole.append(seconds(lambda: [engine.read(text, claims=False) for text in texts]))
    ratios = [b / w for b, w in zip(bare, whole, strict=True)]
    return Speed(words / statistics.median(bare), words / statistics.median(whole), statistics.median(ratios))


def seconds(action: Callable[[], object]) -> float:
    """Processor time that an action takes."""
    begun = time.process_time()
    action()
    return time.process_time() - begun


COLD = """
import resource, sys, time
begun = time.perf_counter()
from pathlib import Path
from dateline.engines.engine import load_engine
engine = load_engine("en", Path(sys.argv[1]) if sys.argv[1] else None)
engine.read(sys.argv[2])
print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""


class Start(NamedTuple):
    """A new process until its first report is read: seconds, and bytes of memory at most."""

    seconds: float
    peak: float


def cold_start(folder: Path | None, text: str) -> Start:
    """The median of some starts."""
    command = [sys.executable, "-c", COLD, str(folder or ""), text]
    found = [subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() for _ in range(ROUNDS)]
    return Start(statistics.median(float(s) for s, _ in found), max(float(peak) for _, peak in found))


def treebank(shared: Path, name: str, part: str) -> list[Document]:
    """The documents of GUM (the genres of the pack) or EWT."""
    paths = (bank_file(shared, folder, name, part) for folder in ("core", "sa"))
    return [document for path in paths if path.exists() for document in read_treebank(path)]


def rows(engine: Engine, shared: Path, part: str, only: Sequence[str]) -> Iterator[Row]:
    """Every line of the table, as it is measured."""
    banks = {name: treebank(shared, name, part) for name in ("gum", "ewt")}
    plain = {name: with_gold_words(engine, documents) for name, documents in banks.items()} if {"trees", "case"} & {*only} else {}
    if "trees" in only:
        for name, asked in (("gum", ("96.5", "86")), ("ewt", ("96", "86"))):
            yield Row(f"{name.upper()} {part}, gold words: UPOS", plain[name].percent(plain[name].tags), asked[0])
            yield Row(f"{name.upper()} {part}, gold words: UAS", plain[name].percent(plain[name].heads), "")
            yield Row(f"{name.upper()} {part}, gold words: LAS", plain[name].percent(plain[name].labelled), asked[1])
    if "raw" in only:
        yield from raw_rows(engine, banks, part)
    if "case" in only:
        for name, write in (("capitals", str.upper), ("small letters", str.lower)):
            for bank, documents in banks.items():
                found = with_gold_words(engine, documents, write)
                loss = plain[bank].percent(plain[bank].labelled) - found.percent(found.labelled)
                yield Row(f"{bank.upper()} {part}, all in {name}: LAS lost", loss, "under 5")
    if "entities" in only:
        for name, value in engine.card.scores.items():
            yield Row(f"{name} (measured by the training)", value, "64" if name.endswith("micro F1") else "")
    texts = [as_text(document)[0] for document in banks["gum"]]
    if "speed" in only:
        fast = speed(engine, texts)
        yield Row("the bare network: words a second of one core", fast.bare, "")
        yield Row("raw text to trees and entities: words a second of one core", fast.whole, "")
        yield Row("their ratio", fast.ratio, "0.7")
    if "start" in only:
        start = cold_start(engine.folder, texts[0])
        yield Row("cold start to the first report read: seconds", start.seconds, "1.5")
        yield Row("memory at most: MB", start.peak / 1e6, "under 500")
        yield Row("the weights: MB", engine.card.bytes / 1e6, "under 30")


def raw_rows(engine: Engine, banks: dict[str, list[Document]], part: str) -> Iterator[Row]:
    """The lines of each treebank from raw text, and of both together."""
    counts = {name.upper(): from_raw_text(engine, documents) for name, documents in banks.items()}
    for name, found in (*counts.items(), ("both", sum(counts.values(), NOTHING_RAW))):
        yield Row(f"{name} {part}, raw text: words F1", found.word_f1(found.right_words), "")
        yield Row(f"{name} {part}, raw text: sentences F1", found.sentence_f1, "90")
        yield Row(f"{name} {part}, raw text: UPOS F1", found.word_f1(found.tags), "")
        yield Row(f"{name} {part}, raw text: LAS F1", found.word_f1(found.labelled), "84")


def files(shared: Path, part: str) -> list[Path]:
    """The treebanks' files."""
    return [
        path for name in ("gum", "ewt") for folder in ("core", "sa") if (path := bank_file(shared, folder, name, part)).exists()
    ]


def bank_file(shared: Path, folder: str, name: str, part: str) -> Path:
    return shared / "train" / folder / f"{name}-{part}.conllu.gz"


def fallen(found: Sequence[Row], shared: Path) -> list[str]:
    """The figures of the dev sets that are below their floors, in words."""
    pinned = floors.load().benchmarks[NAME]
    if pinned.fingerprint != floors.fingerprint(files(shared, "dev")):
        return ["the treebanks are not those that the floors were measured on; --raise pins anew"]
    told = {row.name: row.value for row in found}
    return [
        f"{name} is {told[name]:.2f}, its floor {floor}" for name, floor in pinned.floors.items() if told[name] < floor - SLACK
    ]


def pin(found: Sequence[Row], shared: Path) -> None:
    """Make the figures of the dev sets the floors."""
    held = floors.load()
    values = {row.name: round(row.value, 2) for row in found}
    held.benchmarks[NAME] = floors.Pinned(fingerprint=floors.fingerprint(files(shared, "dev")), floors=values)
    floors.save(held)


def main(argv: list[str] | None = None) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(description="What the language engine reaches.")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="the folder with train/")
    parser.add_argument("--part", choices=("dev", "test"), default="test", help="the part of the treebanks")
    parser.add_argument("--model", type=Path, help="a folder with a model (default: the shipped one)")
    parser.add_argument("--only", default=",".join(PARTS), help=f"what to measure, of {','.join(PARTS)}")
    parser.add_argument(
        "--gate", action="store_true", help="exit 1 where trees or raw text of the dev sets fall below their floors"
    )
    parser.add_argument("--raise", dest="pin", action="store_true", help="pin them at what is measured now")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    args = parser.parse_args(argv)
    if not (args.shared / "train").is_dir():
        print(f"language.py: {args.shared / 'train'}: no such folder; --shared names the one that holds train/", file=sys.stderr)
        return 2
    engine = load_engine(folder=args.model)
    part, only = ("dev", ("trees", "raw")) if args.gate or args.pin else (args.part, args.only.split(","))
    console = Console(stderr=True)
    found = list(track(rows(engine, args.shared, part, only), "measuring", console=console, transient=True))
    if args.pin:
        pin(found, args.shared)
    if args.gate and (faults := fallen(found, args.shared)):
        print("\n".join(f"language.py: {fault}" for fault in faults), file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps({row.name: round(row.value, 3) for row in found}, indent=2))
    else:
        Console().print(as_table(found, engine))
    return 0


def as_table(found: Sequence[Row], engine: Engine) -> Table:
    """The table that people read."""
    table = Table("measured", "figure", "asked", title=f"model {engine.card.name} {engine.card.version} ({engine.card.build})")
    table.columns[1].justify = "right"
    for row in found:
        table.add_row(row.name, f"{row.value:,.2f}", row.asked)
    return table


if __name__ == "__main__":
    sys.exit(main())
