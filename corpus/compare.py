#!/usr/bin/env python3
"""Compare two codings of the same reports: what differs, and how far the coders agree.

    python corpus/compare.py FIRST.jsonl SECOND.jsonl [--figures-only]

Claims are matched as `dateline evaluate` matches them, the first coding taken as the gold.  Reports that only one file holds are
left out.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from dateline.errors import DatelineError
from dateline.evaluation.gold import read_gold
from dateline.evaluation.matching import Matched, match
from dateline.evaluation.measures import compare_fields, figure_keys, measure
from dateline.evaluation.records import CodedClaim
from dateline.evaluation.render import render
from dateline.lexicon.names import ActorNames, lexicon_names

SETS = ("initiator", "target", "places")


def main(argv: list[str] | None = None) -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--figures-only", action="store_true", help="the agreement alone, without the list of differences")
    args = parser.parse_args(argv)
    try:
        first = {r.id: r for r in read_gold(args.first)}
        second = {r.id: r for r in read_gold(args.second)}
    except DatelineError as e:
        print(f"compare.py: {e}", file=sys.stderr)
        return 2
    names = lexicon_names()
    matched = [match(report, second[key].claims) for key, report in first.items() if key in second]
    if not args.figures_only:
        for m in matched:
            print(f"== {m.report.id}")
            print("\n".join(differences(m, names)))
    Console().print(render(measure(matched, names)))
    return 0


def differences(m: Matched, names: ActorNames) -> Iterator[str]:
    """What differs in one report, a line each."""
    for placed, partner in m.partners:
        claim = placed.claim
        if partner is None:
            yield f"  only first   {claim.id} {told(claim)}"
            continue
        other = partner.claim
        found = [f"{name}: {a!r} / {b!r}" for name, a, b in compare_fields(claim, other, m.report, names) if a != b]
        lists = ((name, getattr(claim, name) or [], getattr(other, name) or []) for name in SETS)
        found += [f"{name}: {a} / {b}" for name, a, b in lists if set(a) != set(b)]
        mine, theirs = figure_keys(claim, strict=True), figure_keys(other, strict=True)
        found += [f"figures: {sorted(map(str, mine - theirs))} / {sorted(map(str, theirs - mine))}"] if mine != theirs else []
        if found:
            yield f"  {claim.id}={other.id} {told(claim)}"
            yield from (f"      {line}" for line in found)
    yield from (f"  only second  {placed.claim.id} {told(placed.claim)}" for placed in m.spurious)


def told(claim: CodedClaim) -> str:
    """A claim in a line."""
    words = " ".join(str(claim.evidence[0]).split()) if claim.evidence else ""
    return f"{claim.kind} {claim.event_type or claim.stance or ''}: {words[:90]}"


if __name__ == "__main__":
    sys.exit(main())
