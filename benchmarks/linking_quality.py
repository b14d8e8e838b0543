#!/usr/bin/env python3
"""How well claims are linked to events, apart from how well they are read.

    python benchmarks/linking_quality.py [GOLD.jsonl...]        # default: corpus/dev.jsonl
    python benchmarks/linking_quality.py --made 800             # a made stream of look-alikes in place of gold

For each file two lines: linking of the gold claims themselves (their fields as coded, places looked up by the engine), and
linking of the engine's own claims, scored on those that match a gold claim.  B-cubed over incident claims, each report
linked alone and all reports of the file together (sets of reports on one event share its name).

Of a made stream (made_stream.py): which reports tell of the same shooting, as a perfect reader has them and as the engine
reads their texts; B-cubed over reports, and F1 over pairs of reports.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from made_stream import Shape, made_stream, make_reading
from msgspec import Struct
from rich.console import Console
from rich.progress import track
from rich.table import Table

from dateline.evaluation.coding import code_report
from dateline.evaluation.gold import read_gold
from dateline.evaluation.matching import match
from dateline.evaluation.records import CodedClaim, CodedFigure, CodedReport
from dateline.evaluation.run import read_coded
from dateline.events import link_events
from dateline.events.scenes import incidents_of, main_claims
from dateline.lexicon.actors import kind_of
from dateline.lexicon.names import fold
from dateline.model import (
    ActorRef,
    Claim,
    Event,
    Figure,
    Interval,
    Operation,
    Place,
    PlaceMention,
    PlaceRef,
    Reading,
    Source,
    Span,
    claim_id,
)
from dateline.pipeline import read_report

ROOT = Path(__file__).resolve().parent.parent


class Told(Struct, frozen=True):
    """A report as read, and the same report with its gold claims in place of the engine's; gold claim id -> event's name."""

    coded: CodedReport
    read: Reading
    gold: Reading
    event_of: dict[str, str]


def told(coded: CodedReport) -> Told:
    """Read a coded report, and make records of its gold claims."""
    reading = read_coded(coded)
    places = {fold(m.words): m.place for m in reading.mentions if isinstance(m, PlaceMention)}
    places |= {fold(ref.words): ref.place for claim in reading.claims for ref in claim.places}
    claims: dict[str, Claim] = {}
    event_of: dict[str, str] = {}
    for number, claim in enumerate(coded.claims):
        record = claim_of(claim, number, reading, places)
        claims[record.id] = record
        if claim.kind == "incident":
            event_of[record.id] = claim.event or f"{coded.id}/{number}"
    gold = Reading(
        report=reading.report,
        regions=reading.regions,
        sentences=reading.sentences,
        mentions=reading.mentions,
        claims=tuple(claims.values()),
    )
    return Told(coded, reading, gold, event_of)


def claim_of(claim: CodedClaim, nth: int, reading: Reading, places: Mapping[str, Place | None]) -> Claim:
    """A coded claim as the record that the engine would have made of it."""
    text, report_id = reading.report.text, reading.report.id
    spans = [_span(text, e) if isinstance(e, str) else Span(*e) for e in claim.evidence or []]
    evidence = tuple(sorted(spans)) or (Span(0, 0),)
    time = claim.time
    return Claim(
        id=claim_id(report_id, claim.kind, evidence, nth),
        report_id=report_id,
        kind=claim.kind,
        event_type=claim.event_type,
        certainty=claim.certainty or "stated",
        background=bool(claim.background),
        initiator=tuple(_actor(name, evidence[0]) for name in claim.initiator or ()),
        target=tuple(_actor(name, evidence[0]) for name in claim.target or ()),
        places=tuple(PlaceRef(words=w, span=_span(text, w), place=places.get(fold(w))) for w in claim.places or ()),
        time=Interval(
            span=_span(text, time.words or ""),
            words=time.words or "",
            start=time.start,
            end=time.end,
            precision=time.precision or "unknown",
        )
        if time and (time.words or time.start)
        else None,
        figures=tuple(_figure(figure, text) for figure in claim.figures or ()),
        operation=Operation(claim.operation.name, claim.operation.phase, evidence[0])
        if claim.operation and claim.operation.name
        else None,
        source=Source(speaker=claim.source.speaker if claim.source else None),
        evidence=evidence,
    )


def _span(text: str, words: str) -> Span:
    start = max(0, text.find(words))
    return Span(start, start + len(words))


def _actor(name: str, span: Span) -> ActorRef:
    return ActorRef(name=name, kind=kind_of().get(name, "unknown"), words=name, span=span)


def _figure(figure: CodedFigure, text: str) -> Figure:
    words = figure.words or ""
    return Figure(
        low=figure.low,
        best=figure.best,
        high=figure.high,
        measure=figure.measure or "",
        object=figure.object or "",
        unit=figure.unit,
        of=figure.of,
        part_of=figure.part_of,
        words=words,
        span=_span(text, words),
    )


class BCubed(Struct, frozen=True):
    """Precision, recall and F1 over claims."""

    p: float
    r: float
    claims: int

    @property
    def f1(self) -> float:
        return 2 * self.p * self.r / (self.p + self.r) if self.p + self.r else 0.0


def b_cubed(pairs: Sequence[tuple[str, str]]) -> BCubed:
    """Over claims given as (gold event, event)."""
    gold, linked, both = Counter(g for g, _ in pairs), Counter(e for _, e in pairs), Counter(pairs)
    of = max(1, len(pairs))
    return BCubed(sum(both[x] / linked[x[1]] for x in pairs) / of, sum(both[x] / gold[x[0]] for x in pairs) / of, len(pairs))


def linked(readings: Iterable[Reading], together: bool) -> tuple[Event, ...]:
    """The events of the readings, each report linked alone or all together."""
    found = list(readings)
    return link_events(found) if together else tuple(event for reading in found for event in link_events([reading]))


def on_gold(reports: Sequence[Told], together: bool) -> BCubed:
    """B-cubed of linking the gold claims."""
    event = {c: e.id for e in linked((r.gold for r in reports), together) for c in e.claims}
    return b_cubed([(name, event.get(c, c)) for r in reports for c, name in r.event_of.items()])


def on_read(reports: Sequence[Told], together: bool) -> BCubed:
    """B-cubed of linking the engine's claims, over those that match a gold claim (as bench/gold's `events_matched`)."""
    events = linked((r.read for r in reports), together)
    pairs: list[tuple[str, str]] = []
    for report in reports:
        matched = match(report.coded, code_report(report.read, report.coded.id, events).claims)
        for n, (gold, own) in enumerate(matched.pairs):
            if gold.claim.kind == "incident":
                pairs.append((gold.claim.event or f"{report.coded.id}/{n}", own.claim.event or f"{report.coded.id}//{n}"))
    return b_cubed(pairs)


class Pairs(Struct, frozen=True):
    """Precision, recall and F1 over pairs of reports that are said to tell of one act."""

    p: float
    r: float

    @property
    def f1(self) -> float:
        return 2 * self.p * self.r / (self.p + self.r) if self.p + self.r else 0.0


def in_pairs(found: Sequence[tuple[str, str]]) -> Pairs:
    """Over reports given as (true event, event)."""
    right, said, true = (
        sum(n * (n - 1) // 2 for n in Counter(names).values()) for names in (found, [e for _, e in found], [t for t, _ in found])
    )
    return Pairs(right / said if said else 0.0, right / true if true else 0.0)


def events_of_reports(readings: Sequence[Reading]) -> list[str]:
    """The event that each report is about, all linked together; its own id where it is about none."""
    event = {c: e.id for e in link_events(readings) for c in e.claims}
    mains = (main_claims(incidents_of(reading)) for reading in readings)
    return [next((event[c] for c in claims if c in event), r.report.id) for claims, r in zip(mains, readings, strict=True)]


def on_made_stream(reports: int, shape: Shape, console: Console) -> Iterator[tuple[str, BCubed, Pairs]]:
    """How well a made stream is linked, as a perfect reader has it and as the engine reads it."""
    told = list(made_stream(reports, shape))
    true = [str(one.incident) for one in told]
    for reader, readings in (
        ("perfect", [make_reading(one) for one in told]),
        ("engine", [read_report(one.report) for one in track(told, description="reading", console=console)]),
    ):
        found = list(zip(true, events_of_reports(readings), strict=True))
        yield reader, b_cubed(found), in_pairs(found)


def show_made_stream(reports: int, incidents_a_day: float, console: Console) -> None:
    """The figures of a made stream, as a table."""
    table = Table("reader", "B-cubed", "P", "R", "pairs", "P", "R", "reports", box=None)
    for reader, cubed, pairs in on_made_stream(reports, Shape(incidents_a_day=incidents_a_day), console):
        shares = (cubed.f1, cubed.p, cubed.r, pairs.f1, pairs.p, pairs.r)
        table.add_row(reader, *(f"{share:.3f}" for share in shares), str(cubed.claims))
    Console().print(table)


def main(argv: list[str] | None = None) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path, default=[ROOT / "corpus" / "dev.jsonl"])
    parser.add_argument("--made", type=int, metavar="N", help="a made stream of N look-alike reports in place of gold")
    parser.add_argument("--incidents-a-day", type=float, default=8.0, help="of the made stream, in its 40 towns (default: 8)")
    args = parser.parse_args(argv)
    console = Console(stderr=True)
    if args.made:
        show_made_stream(args.made, args.incidents_a_day, console)
        return 0
    table = Table("file", "claims", "reports linked", "P", "R", "F1", "of", box=None)
    for path in args.gold:
        reports = [told(coded) for coded in track(read_gold(path), description=path.name, console=console)]
        for kind, score in (("gold", on_gold), ("read, matched", on_read)):
            for together in (False, True):
                found = score(reports, together)
                how = "together" if together else "alone"
                table.add_row(path.name, kind, how, f"{found.p:.3f}", f"{found.r:.3f}", f"{found.f1:.3f}", str(found.claims))
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
