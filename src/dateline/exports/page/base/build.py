"""Makes the base map's files from Natural Earth, once; the package carries what it makes.

    python build.py world_map.gpkg

`world_map.gpkg` is Natural Earth 1:10m, version 4.1.0 (public domain), as QGIS 3.22 ships it (Debian: qgis-common).  Needs Node
with `mapshaper` 0.7 in reach of npx, which keeps shared borders shared while it simplifies.

Makes
    world.topo.json          beside this file: countries, coarse (12 km), each with name and label point; disputed lines
    provinces.topo.json.gz   in the gazetteer's data: provinces and the like (first-level areas), 3 km; `python -m
                             dateline.gazetteer.build_extents` must be run after it
"""

import gzip
import json
import sqlite3
import struct
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PROVINCES = HERE.parents[2] / "gazetteer" / "data"
_ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_LINE, _POLYGON, _MULTI = 2, 3, {5: "MultiLineString", 6: "MultiPolygon"}
_PROVINCES = "select geom, iso_a2 as c, admin as n from states_provinces order by fid"
_DISPUTED = "select geom, name as n from disputed_borders order by fid"


def geometry(blob: bytes) -> dict[str, Any]:
    """A GeoPackage geometry (a header, then WKB) as GeoJSON, to 5 decimals of a degree."""
    header = 8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 7]
    return _wkb(blob, header)[0]


def _wkb(blob: bytes, at: int) -> tuple[dict[str, Any], int]:
    order = "<" if blob[at] == 1 else ">"
    kind, count = struct.unpack_from(order + "II", blob, at + 1)
    if kind == _LINE:
        line, at = _points(blob, at + 5, order)
        return {"type": "LineString", "coordinates": line}, at
    at += 9
    parts = []
    for _ in range(count):
        if kind == _POLYGON:
            part, at = _points(blob, at, order)
        else:
            inner, at = _wkb(blob, at)
            part = inner["coordinates"]
        parts.append(part)
    return {"type": "Polygon" if kind == _POLYGON else _MULTI[kind], "coordinates": parts}, at


def _points(blob: bytes, at: int, order: str) -> tuple[list[list[float]], int]:
    (count,) = struct.unpack_from(order + "I", blob, at)
    flat = struct.unpack_from(f"{order}{2 * count}d", blob, at + 4)
    return [[round(x, 5), round(y, 5)] for x, y in zip(flat[::2], flat[1::2], strict=True)], at + 4 + 16 * count


def features(source: Path, query: str) -> dict[str, Any]:
    rows = sqlite3.connect(source).execute(query)
    names = [column[0] for column in rows.description][1:]
    found = [
        {"type": "Feature", "properties": dict(zip(names, row[1:], strict=True)), "geometry": geometry(row[0])} for row in rows
    ]
    return {"type": "FeatureCollection", "features": found}


def mapshaper(*words: str) -> None:
    subprocess.run(["npx", "--no-install", "mapshaper", *words], check=True)


def label_points(countries: Path, scratch: Path) -> list[list[Any]]:
    """[name, longitude, latitude, size in degrees] of each recognised country, largest first."""
    points = scratch / "points.json"
    size = "size=Math.sqrt(this.area)/111e3"  # metres to degrees
    mapshaper(str(countries), "-each", size, "-points", "inner", "-o", str(points), "format=geojson", "precision=0.01")
    found = json.loads(points.read_text(encoding="utf-8"))["features"]
    rows = [
        [f["properties"]["n"], *f["geometry"]["coordinates"], round(f["properties"]["size"], 1)]
        for f in found
        if f["geometry"] and f["properties"]["c"] not in (None, "-1")
    ]
    return sorted(rows, key=lambda row: (-row[3], row[0]))


def build(source: Path, scratch: Path) -> None:
    provinces, disputed, world = scratch / "provinces.json", scratch / "disputed.json", scratch / "countries.topo.json"
    provinces.write_text(json.dumps(features(source, _PROVINCES)), encoding="utf-8")
    disputed.write_text(json.dumps(features(source, _DISPUTED)), encoding="utf-8")

    fine = scratch / "fine.topo.json"
    simplify = ("-simplify", "interval=3000", "keep-shapes")
    mapshaper(str(provinces), *simplify, "-o", str(fine), "format=topojson", "quantization=40000")
    (PROVINCES / "provinces.topo.json.gz").write_bytes(gzip.compress(fine.read_bytes(), 9, mtime=0))

    dissolve = ("-dissolve", "c,n", "-simplify", "interval=12000", "-filter-islands", "min-area=300km2")
    mapshaper(str(provinces), *dissolve, "-o", str(world), "format=topojson", "quantization=20000")
    lines = scratch / "lines.json"
    mapshaper(str(disputed), "-simplify", "interval=5000", "-o", str(lines), "format=geojson", "precision=0.01")

    topology = json.loads(world.read_text(encoding="utf-8"))
    topology["labels"] = label_points(world, scratch)
    topology["disputed"] = [f["geometry"] for f in json.loads(lines.read_text(encoding="utf-8"))["features"] if f["geometry"]]
    text = json.dumps(topology, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (HERE / "world.topo.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        build(Path(sys.argv[1]), Path(folder))
