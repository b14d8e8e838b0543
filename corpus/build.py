#!/usr/bin/env python3
"""Turn coders' working files into reports in the gold format.

    python corpus/build.py FOLDER OUT.jsonl [PART]

FOLDER holds one YAML file for each report, in the short form of corpus/CODING.md: what is at its default is left out, parties
and triggers are given by the words of the text, sources are named once. Every quote is found in the text (blanks count alike)
and written as the text has it. PART (train) puts all reports into one part, whatever `split.py` would draw. Faults are told
with file and claim; then nothing is written, and the exit status is 1.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

NOTE = "Written to train and test Dateline: acts, persons and units are invented. Not a record of anything that happened."
REPORT_KEYS = {"id", "title", "publisher", "published", "genre", "country", "set", "text", "sources", "claims"}
CLAIM_KEYS = {
    "kind", "type", "trigger", "evidence", "initiator", "target", "places", "time", "figures", "operation", "source",
    "certainty", "background", "scope", "stance", "about", "event",
}  # fmt: skip
UNKNOWN_TIME = {"words": None, "start": None, "end": None, "precision": "unknown"}
MEDIA: dict[str, Any] = {"speaker": None, "role": None, "organisation": None, "type": "media", "via": []}
Span = tuple[int, int]
Coding = dict[str, Any]


class FaultError(Exception):
    """What is wrong with a working file."""


def quote_pattern(words: str) -> re.Pattern[str]:
    """The words with any blanks between them, at word bounds."""
    body = r"\s+".join(re.escape(w) for w in words.split())
    before, after = (r"(?<!\w)" if words[:1].isalnum() else ""), (r"(?!\w)" if words[-1:].isalnum() else "")
    return re.compile(before + body + after)


def occurrences(words: str, text: str) -> list[Span]:
    """Where the words stand in the text."""
    if not words.split():
        raise FaultError("empty words")
    return [m.span() for m in quote_pattern(words.strip()).finditer(text)]


def verbatim(words: str | None, text: str, what: str) -> str | None:
    """The words as the text has them at their first place."""
    if words is None:
        return None
    found = occurrences(words, text)
    if not found:
        raise FaultError(f"{what} not in the text: {words!r}")
    return text[slice(*found[0])]


def nearest(words: str, text: str, evidence: list[Span], what: str) -> Span:
    """Where the words stand: inside the evidence, else nearest before it, else behind; "said#2": the second in the evidence."""
    words, _, nth = words.partition("#")
    found = occurrences(words, text)
    inside = [s for s in found if any(a <= s[0] and s[1] <= b for a, b in evidence)]
    if nth:
        if len(inside) < int(nth):
            raise FaultError(f"{what}: no {words!r} number {nth} in the evidence")
        return inside[int(nth) - 1]
    if inside:
        return inside[0]
    if not found:
        raise FaultError(f"{what} not in the text: {words!r}")
    start = evidence[0][0]
    before = [s for s in found if s[1] <= start]
    return before[-1] if before else found[0]


def bounds(n: int | float | str) -> tuple[float | None, float | None, float | None]:
    """22 is 22/22/22; "155/155/-" as it says."""
    if isinstance(n, int | float) and not isinstance(n, bool):
        return n, n, n
    parts = [None if p.strip() == "-" else json.loads(p) for p in str(n).split("/")]
    if len(parts) != 3:
        raise FaultError(f"a figure's n is {n!r}: a number, or low/best/high with - for none")
    return parts[0], parts[1], parts[2]


def figure(f: Coding, text: str) -> Coding:
    if unknown := set(f) - {"n", "measure", "object", "unit", "of", "part_of", "words"}:
        raise FaultError(f"figure keys {sorted(unknown)}")
    low, best, high = bounds(f["n"])
    return {
        "low": low, "best": best, "high": high, "measure": f["measure"], "object": f["object"], "unit": f.get("unit"),
        "of": f.get("of"), "part_of": verbatim(f.get("part_of"), text, "part_of"),
        "words": verbatim(str(f["words"]), text, "figure words"),
    }  # fmt: skip


def evidence_spans(quotes: list[str], text: str) -> list[Span]:
    spans = []
    for quote in quotes:
        found = occurrences(quote, text)
        if len(found) != 1:
            raise FaultError(f"evidence stands {len(found)} times in the text: {quote[:70]!r}")
        spans += found
    return spans


def source(given: str | None, sources: Coding, text: str) -> Coding:
    if given is None:
        return MEDIA
    if given not in sources:
        raise FaultError(f"source {given!r} is not among the sources")
    told: Coding = MEDIA | sources[given]
    if unknown := set(told) - set(MEDIA):
        raise FaultError(f"source keys {sorted(unknown)}")
    for key in ("speaker", "role"):
        told[key] = verbatim(told[key], text, f"source {key}")
    return told | {"via": [verbatim(v, text, "via") for v in told["via"]]}


def party_spans(parties: dict[str, Any], text: str, evidence: list[Span], what: str) -> list[list[Span]]:
    """For each party the words that name it in this claim."""
    return [
        [nearest(w, text, evidence, what) for w in ([words] if isinstance(words, str) else words)] for words in parties.values()
    ]


def date_text(value: Any) -> str | None:
    return None if value is None else str(value)


def claim(c: Coding, number: int, report: Coding) -> tuple[Coding, Coding]:
    """The claim in the gold format, and its marks: where trigger and parties stand."""
    text, kind = report["text"], c["kind"]
    if unknown := set(c) - CLAIM_KEYS:
        raise FaultError(f"keys {sorted(unknown)}")
    spans = evidence_spans([c["evidence"]] if isinstance(c["evidence"], str) else c["evidence"], text)
    initiator, target, time = c.get("initiator") or {}, c.get("target") or {}, UNKNOWN_TIME | (c.get("time") or {})
    if not (isinstance(initiator, dict) and isinstance(target, dict)):
        raise FaultError('initiator and target are maps: {canonical name: "words of the text"}')
    operation = c.get("operation")
    event = c.get("event") or (f"c{number}" if kind == "incident" else None)
    gold = {
        "id": f"c{number}",
        "kind": kind,
        "event_type": c.get("type"),
        "certainty": c.get("certainty", "stated"),
        "background": c.get("background", False),
        "initiator": list(initiator),
        "target": list(target),
        "places": [verbatim(p, text, "place") for p in c.get("places") or []],
        "time": time
        | {
            "words": verbatim(time["words"], text, "time words"),
            "start": date_text(time["start"]),
            "end": date_text(time["end"]),
        },
        "scope": c.get("scope"),
        "figures": [figure(f, text) for f in c.get("figures") or []],
        "operation": operation and {"name": verbatim(operation["name"], text, "operation"), "phase": operation.get("phase")},
        "source": source(c.get("source"), report.get("sources") or {}, text),
        "stance": c.get("stance"),
        "about": c.get("about"),
        "evidence": [text[slice(*s)] for s in spans],
        "event": event if event is None or "/" in event else f"{report.get('set') or report['id']}/{event}",
    }
    trigger = nearest(str(c["trigger"]), text, spans, "trigger")
    if not any(a <= trigger[0] and trigger[1] <= b for a, b in spans):
        raise FaultError(f"the trigger is not in the evidence: {c['trigger']!r}")
    marks = {
        "trigger": trigger,
        "initiator": party_spans(initiator, text, spans, "initiator"),
        "target": party_spans(target, text, spans, "target"),
    }
    return gold, marks


def report(path: Path) -> tuple[Coding, list[str]]:
    """The report in the gold format, and its faults."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as e:
        return {}, [f"{path.name}: {e}"]
    if unknown := set(raw) - REPORT_KEYS:
        return {}, [f"{path.name}: keys {sorted(unknown)}"]
    claims, marks, faults = [], {}, []
    for number, c in enumerate(raw.get("claims") or [], 1):
        try:
            gold, mark = claim(c, number, raw)
        except (FaultError, KeyError, TypeError, ValueError, AttributeError) as e:
            faults.append(f"{path.name}: claim {number}: {e if isinstance(e, FaultError) else repr(e)}")
            continue
        claims.append(gold)
        marks[gold["id"]] = mark
    published = date_text(raw.get("published"))
    return {
        "note": NOTE,
        "id": raw["id"],
        "title": raw.get("title"),
        "publisher": raw.get("publisher"),
        "url": None,
        "published": published,
        "published_from": "text" if published else None,
        "genre": raw.get("genre"),
        "country": raw.get("country"),
        "set": raw.get("set"),
        "text": raw["text"],
        "claims": claims,
        "marks": marks,
    }, faults


def reports(folder: Path) -> Iterator[tuple[Coding, list[str]]]:
    for path in sorted(folder.glob("*.yaml")):
        yield report(path)


def main(argv: list[str]) -> int:
    if len(argv) not in {2, 3}:
        print(__doc__, file=sys.stderr)
        return 2
    built = list(reports(Path(argv[0])))
    built = [({**row, "part": argv[2]} if argv[2:] else row, faults) for row, faults in built]
    if faults := [fault for _, found in built for fault in found]:
        print("\n".join(faults))
        return 1
    lines = [json.dumps(r, ensure_ascii=False) + "\n" for r, _ in built]
    Path(argv[1]).write_text("".join(lines), encoding="utf-8")
    print(f"{len(built)} reports, {sum(len(r['claims']) for r, _ in built)} claims")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
