#!/usr/bin/env python3
"""Where the engine's claims differ from gold claims, one line each.

    python benchmarks/errors.py GOLD.jsonl... [--class missed|spurious|kind|field|figure] [--kind tally] [--field places]
                                              [--type arrest] [--report ID] [--summary]

`missed` and `spurious` claims have no claim of the other side on their characters; `kind` lines have one of another kind;
`field` and `figure` lines compare claims that match.  Counts come first: what is most frequent is what pays.
"""

import argparse
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from dateline.errors import EvaluationError
from dateline.evaluation.coding import code_report
from dateline.evaluation.gold import read_gold
from dateline.evaluation.matching import Matched, Placed, match, overlap
from dateline.evaluation.measures import compare_fields, figure_keys
from dateline.evaluation.records import CodedFigure, CodedReport
from dateline.evaluation.run import read_coded
from dateline.events import link_events
from dateline.lexicon.names import ActorNames, fold, lexicon_names, place
from dateline.model import Claim

CLASSES = ("missed", "spurious", "kind", "field", "figure")
SNIPPET = 150


class Fault(Struct, frozen=True):
    """One difference: its class, what it is counted under, and the line for people."""

    cls: str
    under: str
    kind: str
    event_type: str | None
    report: str
    line: str


class Coded(Struct, frozen=True):
    """A gold report matched with the engine's claims, and those claims as the engine made them, by their coded id."""

    matched: Matched
    claims: dict[str, Claim]


def code(report: CodedReport) -> Coded:
    """The report as the engine codes it."""
    reading = read_coded(report)
    coded = code_report(reading, report.id, link_events([reading]))
    return Coded(match(report, coded.claims), {str(c.id): claim for c, claim in zip(coded.claims, reading.claims, strict=True)})


def snippet(placed: Placed, text: str) -> str:
    """The claim's words on one line, with an ellipsis where they are apart or too long."""
    if not placed.chars:
        return "(no characters)"
    parts, last = "", -1
    for i in sorted(placed.chars):
        parts += (" … " if last >= 0 and i > last + 1 else "") + text[i]
        last = i
    flat = " ".join(parts.split())
    return flat if len(flat) <= SNIPPET else flat[: SNIPPET - 1] + "…"


def rules(claim: Claim) -> str:
    """The rules that made the claim: of its kind and act first."""
    told = [f"{g.field}:{g.rule}" for g in claim.grounds if g.field in {"kind", "event_type", "act"}]
    return " ".join(told) or "no rule given"


def told(placed: Placed) -> str:
    """A claim's kind and type."""
    return "/".join(filter(None, (placed.claim.kind, placed.claim.event_type)))


def claim_faults(coded: Coded) -> Iterator[Fault]:
    """Claims that one side alone has, or has as another kind."""
    matched, report = coded.matched, coded.matched.report
    loose = list(matched.spurious)
    for g, p in matched.partners:
        if p is not None:
            continue
        confused = next((q for q in loose if overlap(g, q)), None)
        where = f"{report.id}/{g.claim.id} {snippet(g, report.text)}"
        if confused is None:
            yield Fault("missed", told(g), g.claim.kind, g.claim.event_type, report.id, where)
        else:
            loose.remove(confused)
            said = f"{where}\n      predicted by {rules(coded.claims[str(confused.claim.id)])}: {snippet(confused, report.text)}"
            yield Fault(
                "kind", f"{g.claim.kind} told as {confused.claim.kind}", g.claim.kind, g.claim.event_type, report.id, said
            )
    for p in loose:
        rule = rules(coded.claims[str(p.claim.id)])
        where = f"{report.id}/{p.claim.id} {snippet(p, report.text)}"
        yield Fault("spurious", f"{told(p)} [{rule}]", p.claim.kind, p.claim.event_type, report.id, where)


def field_faults(coded: Coded, names: ActorNames) -> Iterator[Fault]:
    """Fields of matched claims that differ."""
    report = coded.matched.report
    for g, p in coded.matched.pairs:
        different = [row for row in compare_fields(g.claim, p.claim, report, names) if row[1] != row[2]]
        different += [
            (field, sorted(gold), sorted(predicted)) for field, gold, predicted in compare_sets(g, p, names) if gold != predicted
        ]
        for field, gold, predicted in different:
            if field in {"time_dated", "time_undated"}:  # `time` says it already
                continue
            line = f"{report.id}/{g.claim.id} gold {shown(gold)} predicted {shown(predicted)} | {snippet(g, report.text)}"
            yield Fault("field", field, g.claim.kind, g.claim.event_type, report.id, line)


def compare_sets(g: Placed, p: Placed, names: ActorNames) -> Iterator[tuple[str, set[str], set[str]]]:
    """The fields with several values, as compared."""
    yield "initiator", {names.actor(n) for n in g.claim.initiator or []}, {names.actor(n) for n in p.claim.initiator or []}
    yield "target", {names.actor(n) for n in g.claim.target or []}, {names.actor(n) for n in p.claim.target or []}
    yield "places", {place(n) for n in g.claim.places or []}, {place(n) for n in p.claim.places or []}


def figure_faults(coded: Coded) -> Iterator[Fault]:
    """Figures of matched claims that one side alone has."""
    report = coded.matched.report
    for g, p in coded.matched.pairs:
        gold, predicted = figure_keys(g.claim, strict=True), figure_keys(p.claim, strict=True)
        if gold == predicted:
            continue
        missing = [f for f in g.claim.figures or [] if not predicted[one_key(f, g)]]
        extra = [f for f in p.claim.figures or [] if not gold[one_key(f, p)]]
        line = f"{report.id}/{g.claim.id} missing {said(missing)} extra {said(extra)} | {snippet(g, report.text)}"
        under = "missing and extra" if missing and extra else "missing" if missing else "extra" if extra else "how often"
        yield Fault("figure", under, g.claim.kind, g.claim.event_type, report.id, line)


def one_key(figure: CodedFigure, placed: Placed) -> object:
    """The figure as compared."""
    return next(iter(figure_keys(replace(placed.claim, figures=[figure]), strict=True)))


def said(figures: Sequence[CodedFigure]) -> str:
    """Figures for people."""
    return "; ".join(f"{shown((f.low, f.best, f.high))} {f.measure} {f.object} {f.words!r}" for f in figures) or "none"


def shown(value: object) -> str:
    """A compared value for people: dates as ISO, whole numbers without a point."""
    if isinstance(value, tuple):
        return "(" + ", ".join(shown(v) for v in value) + ")"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "-" if value in (None, "", []) else str(value)


def main(argv: list[str] | None = None) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(description="Where the engine's claims differ from gold claims.")
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--class", dest="cls", choices=CLASSES)
    parser.add_argument("--kind", help="incident, tally, assessment or forecast (the gold's; of a spurious claim its own)")
    parser.add_argument("--field", help="a field of the claim, or figure")
    parser.add_argument("--type", help="an event type")
    parser.add_argument("--report", help="a report's id, or how it begins")
    parser.add_argument("--summary", action="store_true", help="counts only")
    args = parser.parse_args(argv)
    try:
        coded = [code(report) for path in args.gold for report in read_gold(path)]
    except EvaluationError as e:
        print(f"errors.py: {e}", file=sys.stderr)
        return 2
    names = lexicon_names()
    faults = [f for c in coded for f in (*claim_faults(c), *field_faults(c, names), *figure_faults(c))]
    if args.field == "figure":
        args.cls, args.field = "figure", None
    wanted = [
        f
        for f in faults
        if args.cls in (None, f.cls)
        and (args.field is None or (f.cls == "field" and fold(args.field) in fold(f.under)))
        and args.kind in (None, f.kind)
        and args.type in (None, f.event_type)
        and (args.report is None or f.report.startswith(args.report))
    ]
    show(wanted, args.summary)
    return 0


def show(faults: Sequence[Fault], summary: bool) -> None:
    """Counts by class, then the lines, each class in the order of its counts."""
    for cls in CLASSES:
        counts = Counter(f.under for f in faults if f.cls == cls)
        if not counts:
            continue
        print(f"\n== {cls}: {counts.total()}")
        for under, count in sorted(counts.items(), key=lambda c: (-c[1], c[0])):
            print(f"{count:4} {under}")
            if not summary:
                for fault in faults:
                    if (fault.cls, fault.under) == (cls, under):
                        print(f"      {fault.line}")


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # so that `| head` ends it quietly
    sys.exit(main())
