#!/usr/bin/env python3
"""Finds towns by spellings that the gazetteer has never seen.

    python benchmarks/spellings.py [--pack ../shared/bench/geo/gazetteer-iq-sy.tsv] [--limit N] [--misses N] [--json]

Each Latin spelling of each town and seat of Iraq and Syria is held out in turn: all that folds to the same is taken from that
town, and the rest of the gazetteer is asked for it, by the product's own keys and ranking (`keys_of`, `Candidate`, `choose`).
Right is a first answer within 25 km.  It is asked with nothing known, and with the province named beside it.  Exonyms count
("Hierapolis" for Manbij), so that no method can reach 1.
"""

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict, replace
from rich.console import Console
from rich.table import Table

from dateline.gazetteer.compile import keys_of
from dateline.gazetteer.draft import Draft
from dateline.gazetteer.layer import SKELETON, Entry
from dateline.gazetteer.lookup import Candidate, candidate_of, distance_km, likeness, tier_of
from dateline.gazetteer.names import bare, fold
from dateline.gazetteer.packs import read_pack
from dateline.gazetteer.rank import Asked, choose

PACK = Path(__file__).resolve().parents[2] / "shared" / "bench" / "geo" / "gazetteer-iq-sy.tsv"
RIGHT_KM = 25.0
SEED = 1
"""Of the order in which spellings are asked, for `--limit`."""


class Spellings(Struct, frozen=True, kw_only=True):
    """Shares of the held-out spellings; `found` is right anywhere among the candidates."""

    asked: int
    found: float
    first: float
    first_with_province: float


class Index:
    """The places of a pack by their keys; a spelling of one of them can be held out."""

    def __init__(self, drafts: list[Draft]) -> None:
        self.entries = [_entry(draft) for draft in drafts]
        self.spellings = [_spellings(draft) for draft in drafts]
        self._by_key: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for number, names in enumerate(self.spellings):
            for folded, name in names.items():
                for key in keys_of(name, loose=True):
                    self._by_key[key][number].add(folded)
        self.provinces = {(e.country, e.admin1): e for e in self.entries if e.kind == "admin1"}

    def candidates(self, name: str, without: int) -> tuple[Candidate, ...]:
        """What `name` could mean, the place number `without` by its other spellings alone."""
        folded, found = fold(name), dict[int, Candidate]()
        for key in sorted(keys_of(name, loose=True), key=lambda key: key[0] == SKELETON):
            for tried in {key, *(tier + key[1:] for tier in "=~^" if key[0] != SKELETON)}:
                for number, names in self._by_key.get(tried, {}).items():
                    held_out = folded if number == without else None
                    if names == {held_out} or number in found or self.entries[number].kind != "settlement":
                        continue
                    others = [spelling for spelling in self.spellings[number] if spelling != held_out]
                    found[number] = candidate_of(
                        self.entries[number], tier_of(key, folded), main=True, likeness=likeness(bare(folded), others)
                    )
        return tuple(found.values())


def _entry(draft: Draft) -> Entry:
    return Entry(
        draft.id, draft.name, draft.kind, draft.lat, draft.lon, draft.country, draft.admin1, draft.population, draft.radius,
        draft.rank, "pack")  # fmt: skip


def _spellings(draft: Draft) -> dict[str, str]:
    """Folded -> one spelling that folds to it."""
    return {fold(name): name for name in (*draft.others, draft.name)}


def questions(index: Index) -> Iterator[tuple[int, str]]:
    """(place, spelling) of all towns and seats that have more than one."""
    for number, entry in enumerate(index.entries):
        if entry.kind == "settlement" and entry.population and len(index.spellings[number]) > 1:
            for name in index.spellings[number].values():
                yield number, name


def measure(pack: Path, limit: int | None = None) -> tuple[Spellings, list[str]]:
    """The shares, and the spellings missed although the province was named."""
    index = Index(read_pack(pack).drafts)
    asked = list(questions(index))
    random.Random(SEED).shuffle(asked)  # a sample, no secret
    asked = asked[:limit]
    found = first = with_province = 0
    missed: list[str] = []
    for number, name in asked:
        entry, candidates = index.entries[number], index.candidates(name, number)
        found += any(_is_right(candidate.entry, entry) for candidate in candidates)
        first += _is_first(entry, candidates, ())
        province = index.provinces.get((entry.country, entry.admin1))
        right = _is_first(entry, candidates, (province,) if province else ())
        with_province += right
        if not right:
            missed.append(f"{name} (of {entry.name}): {', '.join(c.entry.name for c in candidates[:3]) or '-'}")
    share = 1 / max(len(asked), 1)
    return Spellings(
        asked=len(asked), found=found * share, first=first * share, first_with_province=with_province * share
    ), missed


def _is_first(entry: Entry, candidates: tuple[Candidate, ...], areas: tuple[Entry, ...]) -> bool:
    """Is the place chosen in a report that names the country, and these areas beside the name?"""
    context = Asked((), fixed=areas[0] if areas else replace(entry, kind="country", admin1="", id="country"), weight=2.0)
    chosen = choose([Asked(candidates, areas=areas), context])[0]
    return bool(chosen) and _is_right(chosen[0].entry, entry)


def _is_right(one: Entry, other: Entry) -> bool:
    return distance_km(one, other) <= RIGHT_KM


def main(argv: list[str] | None = None) -> int:
    """The command line; the exit status."""
    parser = argparse.ArgumentParser(description="Find towns by spellings that are held out.")
    parser.add_argument("--pack", type=Path, default=PACK)
    parser.add_argument("--limit", type=int, help="ask so many spellings, drawn at random")
    parser.add_argument("--misses", type=int, default=0, help="print so many of the spellings that were missed")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args(argv)
    if not args.pack.is_file():
        print(f"spellings.py: no {args.pack}", file=sys.stderr)
        return 2
    result, missed = measure(args.pack, args.limit)
    if args.json:
        print(json.dumps(asdict(result), indent=1))
    else:
        Console().print(_table(result))
    for line in missed[: args.misses]:
        print(line)
    return 0


def _table(result: Spellings) -> Table:
    table = Table("held-out spellings", "found", "first", "first, province named", box=None)
    table.add_row(f"{result.asked:,}", *(f"{value:.3f}" for value in (result.found, result.first, result.first_with_province)))
    return table


if __name__ == "__main__":
    sys.exit(main())
