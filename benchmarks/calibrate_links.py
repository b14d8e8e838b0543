#!/usr/bin/env python3
"""Fits how sure it is that an event is one act (`lexicon/link_calibration.yaml`), and shows how well that holds.

    python benchmarks/calibrate_links.py [--stream ../shared/bench/link/visible.jsonl.gz] [--write]

Fitted on the train and dev parts of the corpus, gold claims and the engine's own, and on the visible reports of bench/link: of
each event of two claims and more, whether its claims of one report are of one gold event, against the weakest link within a
report, and whether its reports are, against the weakest link between reports.  The table is of the corpus's test part, on which
nothing was fitted: of the engine's events in which a claim can be judged, how often one of their claims is right and all that
are right are of one gold event.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import yaml
from calibrate import error, fitted, rows
from fit_links import STREAM, incident_of_reports, matched
from linking_quality import Told, told
from msgspec import Struct
from rich.console import Console
from rich.progress import track
from rich.table import Table
from suite import ROOT

from dateline.claims.confidence import Line
from dateline.evaluation.gold import read_gold
from dateline.events.candidates import Blocks, keys_of
from dateline.events.cluster import Linked, cluster
from dateline.events.confidence import event_confidence, weakest
from dateline.events.link import find_edges
from dateline.events.scenes import incidents_of, main_claims
from dateline.model import Reading

TARGET = ROOT / "src" / "dateline" / "lexicon" / "link_calibration.yaml"

Judged = list[tuple[float, bool]]
"""What was said, and whether it was so."""


class Known(Struct, frozen=True):
    """Readings that are linked together, and the gold events of those of their claims that can be judged."""

    readings: Sequence[Reading]
    event_of: Mapping[str, str]


def corpus(reports: Sequence[Told]) -> Iterator[Known]:
    """The gold claims, and the engine's own."""
    yield Known([r.gold for r in reports], {c: e for r in reports for c, e in r.event_of.items()})
    yield engine(reports)


def engine(reports: Sequence[Told]) -> Known:
    """The engine's claims, those that match a gold claim with its event."""
    return Known([r.read for r in reports], {c: e for r in reports for c, e in matched(r).items()})


def stream(read: Iterable[tuple[Reading, str]]) -> Known:
    """Of a stream one claim of each report is known, the first of its main news: enough to judge links between reports."""
    pairs = list(read)
    return Known([r for r, _ in pairs], {c: name for r, name in pairs for c in main_claims(incidents_of(r))[:1]})


def groups(readings: Iterable[Reading]) -> list[list[Linked]]:
    """The events of readings, as linked."""
    incidents = sorted((i for reading in readings for i in incidents_of(reading)), key=lambda incident: incident.key)
    return cluster(incidents, list(find_edges(incidents, Blocks([keys_of(incident) for incident in incidents]))))


def links(known: Known) -> tuple[Judged, Judged]:
    """The weakest links within reports and between them, and whether what they hold together is one act."""
    inside: Judged = []
    between: Judged = []
    for group in groups(known.readings):
        named: dict[str, list[str]] = defaultdict(list)
        for one in group:
            if event := known.event_of.get(one.incident.claim.id):
                named[one.incident.report.id].append(event)
        weak = weakest(group)
        if weak.in_report is not None and any(len(events) > 1 for events in named.values()):
            inside.append((weak.in_report, all(len(set(events)) == 1 for events in named.values())))
        if weak.between is not None and len(named) > 1:
            between.append((weak.between, len({Counter(events).most_common(1)[0][0] for events in named.values()}) == 1))
    return inside, between


def held(reports: Sequence[Told]) -> Judged:
    """What is said of the engine's events, and whether it is so."""
    known = engine(reports)
    found: Judged = []
    for group in groups(known.readings):
        events = {event for one in group if (event := known.event_of.get(one.incident.claim.id))}
        if (sure := event_confidence(group)) is not None:
            found.append((sure, len(events) == 1))
    return found


def fit(parts: Iterable[Known]) -> dict[str, Line]:
    """A line for links within a report, and one for those between reports."""
    judged = [links(part) for part in parts]
    return {
        "in_report": fitted([row for inside, _ in judged for row in inside]),
        "between": fitted([row for _, between in judged for row in between]),
    }


def write(lines: Mapping[str, Line]) -> None:
    """The file that linking reads."""
    head = "# How the scores of links are mended (events/confidence.py), by benchmarks/calibrate_links.py --write.\n"
    body = {name: {"slope": line.slope, "offset": line.offset} for name, line in lines.items()}
    TARGET.write_text(head + yaml.safe_dump(body, sort_keys=False), encoding="utf-8")


def show(found: Judged, title: str) -> None:
    """What was said, and how often it was so."""
    table = Table("said", "events", "mean said", "right", title=f"{title} (error {error(found):.3f})", box=None)
    for name, count, said, so in rows(found):
        table.add_row(name, str(count), f"{said:.2f}", f"{so:.2f}")
    Console().print(table)


def main(argv: list[str] | None = None) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stream", type=Path, default=STREAM)
    parser.add_argument("--write", action="store_true", help="fit, and write the lines")
    args = parser.parse_args(argv)
    console = Console(stderr=True)

    def read(part: str) -> list[Told]:
        path = ROOT / "corpus" / f"{part}.jsonl"
        return [told(coded) for coded in track(read_gold(path), description=path.name, console=console)]

    if args.write:
        parts = [known for part in ("train", "dev") for known in corpus(read(part))]
        write(fit([*parts, stream(incident_of_reports(args.stream, console))]))
        print(f"wrote {TARGET}; run again without --write for the table", file=sys.stderr)
        return 0
    show(held(read("test")), "Events of the corpus's test part")
    return 0


if __name__ == "__main__":
    sys.exit(main())
