#!/usr/bin/env python3
"""Fits what each sign of one act is worth (`lexicon/links.yaml`).

    python benchmarks/fit_links.py [--stream ../shared/bench/link/visible.jsonl.gz] [--write]

Within a report: all pairs of incident claims of the train part of the corpus, the gold claims and the engine's own that match
one.  Between reports: pairs of scenes of reports of one set of that corpus and of others taken at random, and the main scenes of
all pairs of reports of the stream.  Of the stream the signs of time and place are hidden, as if all its incidents had been in one
town within three days, and its strangers weigh three times its pairs: so what is learnt holds where many look alike.  Signs
that are `held` keep what people gave them.  Ridge regression on log odds, held lightly near zero; no figure depends on chance.
"""

import argparse
import gzip
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import yaml
from adaptors import links
from adaptors.document import read_documents
from linking_quality import Told, told
from msgspec import Struct
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from dateline.evaluation.coding import code_report
from dateline.evaluation.gold import read_gold
from dateline.evaluation.matching import match
from dateline.events import between, compare
from dateline.events import in_report as within
from dateline.events.facts import Incident
from dateline.events.likeness import Sign
from dateline.events.scenes import incidents_of
from dateline.model import Reading

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "dateline" / "lexicon" / "links.yaml"
STREAM = ROOT.parent / "shared" / "bench" / "link" / "visible.jsonl.gz"
STRANGERS = 3.0  # how much all strangers of the stream weigh, to one for its pairs
OTHERS = 3  # reports of no common set that each report of the corpus is compared with
RIDGE = 1.0
_STEP = 1.0  # in one round, of any worth
ALIKE = {"same_place": 1.0, "news_of_same_days": 1.0}  # what the hidden signs of the stream are taken to be
WHERE_AND_WHEN = frozenset(
    "same_city same_day next_day times_overlap long_times_overlap other_days no_time_known news_of_same_days news_of_two_weeks"
    " news_of_other_days same_place same_large_town same_city same_area same_country near_place within_place within_country"
    " other_place place_in_head reports_of_one_place reports_of_one_area reports_of_other_places same_site"
    " same_named_site".split()
)


class Example(Struct, frozen=True):
    """The signs of a pair, whether it is one act, and how much it weighs."""

    signs: Mapping[str, float]
    one: bool
    weight: float = 1.0


def matched(report: Told) -> dict[str, str]:
    """The engine's incident claims that match a gold one, with its event."""
    pairs = match(report.coded, code_report(report.read, report.coded.id, []).claims).pairs
    ids = {f"c{n}": claim.id for n, claim in enumerate(report.read.claims, 1)}
    return {
        ids[str(own.claim.id)]: gold.claim.event or f"{report.coded.id}/{gold.claim.id}"
        for gold, own in pairs
        if gold.claim.kind == "incident"
    }


def versions(report: Told) -> Iterator[tuple[Reading, dict[str, str]]]:
    """The gold claims, and the engine's own, each with the events of its claims."""
    yield report.gold, report.event_of
    yield report.read, matched(report)


def in_report(reports: Sequence[Told]) -> Iterator[Example]:
    """All pairs of claims within each report."""
    for report in reports:
        for reading, events in versions(report):
            known = [i for i in incidents_of(reading) if i.claim.id in events]
            for n, b in enumerate(known):
                for a in known[:n]:
                    if within.cannot(a, b) is None:
                        yield Example(_signs(within.signs(a, b)), events[a.claim.id] == events[b.claim.id])


def _signs(found: Iterator[Sign]) -> dict[str, float]:
    return {sign.name: sign.much for sign in found}


def scenes(reading: Reading) -> dict[str, list[Incident]]:
    """First claim of a scene -> its incidents; denials left out."""
    found: dict[str, list[Incident]] = {}
    for incident in incidents_of(reading):
        if incident.scene and not incident.scene.denied:
            found.setdefault(incident.scene.first, []).append(incident)
    return found


def between_reports(reports: Sequence[Told], sets: Mapping[str, str]) -> Iterator[Example]:
    """Scenes of two reports of one set, and of some that are of none."""
    for version in (0, 1):
        told_in: dict[str, list[tuple[between.Told, str]]] = {}
        for report in reports:
            reading, events = list(versions(report))[version]
            told_in[report.coded.id] = rows = []
            for incidents in scenes(reading).values():
                named = Counter(events[i.claim.id] for i in incidents if i.claim.id in events)
                if named and (scene := incidents[0].scene):
                    rows.append((between.Told(scene, incidents[0].report), named.most_common(1)[0][0]))
        for first, second in _pairs_of_reports([r.coded.id for r in reports], sets):
            for a, event in told_in[first]:
                for b, other in told_in[second]:
                    if between.cannot(a, b) is None:
                        yield Example(_signs(between.signs(a, b)), event == other)


def _pairs_of_reports(ids: Sequence[str], sets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    dice = random.Random(11)
    for n, first in enumerate(ids):
        ours = [i for i in ids[:n] if sets.get(first) and sets.get(i) == sets[first]]
        strangers = [i for i in ids[:n] if i not in ours]
        yield from ((i, first) for i in ours + dice.sample(strangers, min(OTHERS, len(strangers))))


def incident_of_reports(path: Path, console: Console) -> Iterator[tuple[Reading, str]]:
    """The reports of a stream as read, each with the incident that it tells of."""
    rows = [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
    incident = {row["id"]: str(row["incident"]) for row in rows}
    for numbered in track(read_documents(path), description=path.name, console=console):
        yield links.answer(numbered.document), incident[str(numbered.document.id)]


def stream(path: Path, console: Console) -> list[Example]:
    """Main scenes of all pairs of reports of a stream, as if all had been in one town within three days."""
    main: list[tuple[between.Told, str]] = []
    for reading, incident in incident_of_reports(path, console):
        for incidents in scenes(reading).values():
            if (scene := incidents[0].scene) and scene.main:
                main.append((between.Told(scene, incidents[0].report), incident))
    found = [
        Example({k: v for k, v in _signs(between.signs(a, b)).items() if k not in WHERE_AND_WHEN} | ALIKE, one == other)
        for n, (b, other) in enumerate(main)
        for a, one in main[:n]
    ]
    pairs = sum(example.one for example in found)
    weight = STRANGERS * pairs / (len(found) - pairs)
    return [example if example.one else Example(example.signs, False, weight) for example in found]


def fitted(examples: Sequence[Example], held: Mapping[str, float]) -> tuple[float, dict[str, float]]:
    """The base and the worth of each sign that is not held: Newton's method on the log loss."""
    names = sorted({name for example in examples for name in example.signs} - held.keys())
    place = {name: n for n, name in enumerate(names)}
    table = np.zeros((len(examples), len(names) + 1))
    table[:, -1] = 1.0
    given = np.zeros(len(examples))
    for n, example in enumerate(examples):
        for name, much in example.signs.items():
            if name in held:
                given[n] += held[name] * much
            else:
                table[n, place[name]] = much
    one = np.array([float(example.one) for example in examples])
    weight = np.array([example.weight for example in examples])
    worth = _newton(table, one, weight, given)
    return round(float(worth[-1]), 2), {name: round(float(worth[n]), 2) for name, n in place.items()}


def _newton(
    table: NDArray[np.float64], one: NDArray[np.float64], weight: NDArray[np.float64], given: NDArray[np.float64]
) -> NDArray[np.float64]:
    worth = np.zeros(table.shape[1])
    ridge = np.full(table.shape[1], RIDGE)
    ridge[-1] = 1e-3  # the base is free
    for _ in range(200):
        chance = 1 / (1 + np.exp(-(table @ worth + given)))
        slope = table.T @ (weight * (chance - one)) + ridge * worth
        curve = (table * (weight * chance * (1 - chance))[:, None]).T @ table + np.diag(ridge)
        step = np.clip(np.linalg.solve(curve, slope), -_STEP, _STEP)  # far from the goal the curve is flat, and a step too long
        worth -= step
        if np.abs(step).max() < 1e-7:
            break
    return worth


def main(argv: list[str] | None = None) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stream", type=Path, default=STREAM)
    parser.add_argument("--write", action="store_true", help="write the worths into links.yaml")
    args = parser.parse_args(argv)
    console = Console(stderr=True)
    corpus = ROOT / "corpus" / "train.jsonl"
    sets = {row["id"]: row["set"] for row in map(json.loads, corpus.read_text(encoding="utf-8").splitlines())}
    reports = [told(coded) for coded in track(read_gold(corpus), description=corpus.name, console=console)]
    table = compare.points()
    parts = {}
    parts["in_report"] = fitted(list(in_report(reports)), {n: p.worth for n, p in table.in_report.items() if p.held})
    examples = [*between_reports(reports, sets), *stream(args.stream, console)]
    parts["between"] = fitted(examples, {n: p.worth for n, p in table.between.items() if p.held})
    for part, (base, worths) in parts.items():
        print(part, base, dict(sorted(worths.items(), key=lambda pair: -pair[1])))
    if args.write:
        write(parts)
    return 0


def write(parts: Mapping[str, tuple[float, Mapping[str, float]]]) -> None:
    """Put the worths into the file, whose comments and other lines stay."""
    lines, part = [], ""
    for line in TARGET.read_text(encoding="utf-8").splitlines():
        name = line.strip().split(":")[0]
        if line and not line.startswith((" ", "#")):
            part = name
        if part.endswith("_base") and part.removesuffix("_base") in parts:
            line = f"{part}: {parts[part.removesuffix('_base')][0]}"
        elif part in parts and name in parts[part][1]:
            says = yaml.safe_load(line)[name]["says"]
            line = f"  {name}: {{worth: {parts[part][1][name]}, says: {json.dumps(says)}}}"
        lines.append(line)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
