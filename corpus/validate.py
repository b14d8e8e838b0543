#!/usr/bin/env python3
"""Check the files of the corpus against the codebook:  python corpus/validate.py FILE.jsonl...   Exit 1 where something is wrong.

Vocabulary, offsets, quotes, bounds of figures, dates, parts of figures, marks, and that no report and no set stands in two files.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec

from dateline.lexicon.codebook import codebook
from dateline.model import Certainty, Kind, Precision, Scope, SourceType, Stance

NOTE_BEGINS = "Written to train and test Dateline"
CLAIM = frozenset(
    "id kind event_type certainty background initiator target places time scope figures operation source stance about evidence"
    " event".split()
)
FIGURE = frozenset("low best high measure object unit of part_of words".split())
CURRENCY = re.compile(r"[A-Z]{3}")
LONGEST = 1000  # characters of one span of evidence

Coding = dict[str, Any]


def report_faults(report: Coding) -> Iterator[str]:
    """What is wrong with a report."""
    if next(iter(report)) != "note" or not report["note"].startswith(NOTE_BEGINS):
        yield "the first field does not say that the report is invented"
    if not report["text"].strip():
        yield "no text"
    if [c["id"] for c in report["claims"]] != [f"c{n}" for n in range(1, len(report["claims"]) + 1)]:
        yield "claim ids are not c1, c2, ..."
    if set(report["marks"]) != {c["id"] for c in report["claims"]}:
        yield "marks and claims differ"
    words = {f["words"] for c in report["claims"] for f in c["figures"]}
    for claim in report["claims"]:
        yield from (f"{claim['id']}: {fault}" for fault in claim_faults(claim, report, words))


def claim_faults(claim: Coding, report: Coding, words: set[str]) -> Iterator[str]:
    """What is wrong with a claim."""
    text, kind, time, source = report["text"], claim["kind"], claim["time"], claim["source"]
    book = codebook()
    types = {t.name for t in book.event_types}
    if set(claim) != CLAIM:
        yield f"keys {sorted(set(claim) ^ CLAIM)}"
        return
    checks = {
        "kind": kind in get_args(Kind),
        "event_type": claim["event_type"] is None if kind == "assessment" else claim["event_type"] in types,
        "certainty": claim["certainty"] in get_args(Certainty) and isinstance(claim["background"], bool),
        "scope": claim["scope"] in get_args(Scope) if kind == "tally" else claim["scope"] is None,
        "stance": claim["stance"] in {None, *get_args(Stance)} if kind == "assessment" else claim["stance"] is None,
        "about": bool(claim["about"]) == (kind == "assessment"),
        "event": bool(claim["event"]) == (kind == "incident"),
        "source": source["type"] in get_args(SourceType),
        "time": time["precision"] in get_args(Precision) and (time["words"] is None) == (time["precision"] == "unknown"),
        "a guessed date": bool(report["published"]) or all(d[:4] in text for d in (time["start"], time["end"]) if d),
    }
    yield from (name for name, ok in checks.items() if not ok)
    said = [*claim["places"], time["words"], source["speaker"], source["role"], *source["via"]]
    yield from (f"not in the text: {words!r}" for words in said if words and words not in text)
    for quote in claim["evidence"]:
        if text.count(quote) != 1 or len(quote) > LONGEST or re.search(r"\n\s*\n", quote.strip()):
            yield f"evidence stands {text.count(quote)} times, or is too long: {quote[:60]!r}"
    for figure in claim["figures"]:
        yield from figure_faults(figure, words, text)
    yield from mark_faults(report["marks"][claim["id"]], claim, text)


def figure_faults(figure: Coding, words: set[str], text: str) -> Iterator[str]:
    """What is wrong with a figure."""
    book, numbers = codebook(), [figure[k] for k in ("low", "best", "high") if figure[k] is not None]
    if set(figure) != FIGURE or not numbers or numbers != sorted(numbers):
        yield f"figure {figure['words']!r}: keys or bounds"
    if not set(figure["measure"].split("+")) <= set(book.measures) or figure["object"] not in book.objects:
        yield f"figure {figure['words']!r}: measure or object"
    if figure["unit"] not in {None, *book.units} and not CURRENCY.fullmatch(figure["unit"]):
        yield f"figure {figure['words']!r}: unit {figure['unit']!r}"
    if figure["words"] not in text or figure["part_of"] not in {None, *words} or figure["part_of"] == figure["words"]:
        yield f"figure {figure['words']!r}: words or part_of"


def mark_faults(marks: Coding, claim: Coding, text: str) -> Iterator[str]:
    """Whether trigger and parties stand in the text, the trigger in the evidence."""
    start, end = marks["trigger"]
    spans = [(text.index(q), text.index(q) + len(q)) for q in claim["evidence"] if q in text]
    if not any(a <= start < end <= b for a, b in spans):
        yield "the trigger is not in the evidence"
    for side in ("initiator", "target"):
        if len(marks[side]) != len(claim[side]):
            yield f"marks of {side}"


def faults(paths: list[Path], counts: Counter[str]) -> Iterator[str]:
    """What is wrong with files that belong together."""
    seen: dict[str, Path] = {}
    for path in paths:
        for line in path.read_bytes().splitlines():
            report = msgspec.json.decode(line)
            for key in {report["id"], report["set"] or report["id"]}:
                if seen.setdefault(key, path) != path:
                    yield f"{path.name}: {key} also stands in {seen[key].name}"
            yield from (f"{path.name}: {report['id']}: {fault}" for fault in report_faults(report))
            counts["reports"] += 1
            counts.update(f"kind {c['kind']}" for c in report["claims"])
            counts["figures"] += sum(len(c["figures"]) for c in report["claims"])


def main(argv: list[str]) -> int:
    """The exit status."""
    counts: Counter[str] = Counter()
    found = list(faults([Path(a) for a in argv], counts))
    print("\n".join(found) if found else ", ".join(f"{k}: {v}" for k, v in sorted(counts.items())))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
