"""The exports that there are: ours, and those that installed packages register.

A package registers an export as an entry point of the group `dateline.exports`, whose name is the file's name and whose
value is an `Export`:

    [project.entry-points."dateline.exports"]
    "casualties.csv" = "my_package:CASUALTIES"
"""

from functools import partial
from importlib.metadata import EntryPoint, entry_points

from dateline.errors import ExportError
from dateline.exports.acled import AcledCsv, not_in_acled
from dateline.exports.base import Export
from dateline.exports.coded import ClaimsJsonl
from dateline.exports.columns import CLAIM_COLUMNS, EVENT_COLUMNS, FIGURE_COLUMNS
from dateline.exports.ftm import EventsFtm
from dateline.exports.ged import GedCsv, not_in_ged
from dateline.exports.geojson import EventsGeoJson
from dateline.exports.hxl import EventsHxl
from dateline.exports.origins import OriginsCsv, RejectsCsv
from dateline.exports.own import ProjectJsonl
from dateline.exports.parquet import LinksParquet, ParquetTable
from dateline.exports.provenance import ProvenanceJsonLd
from dateline.exports.tables import CsvTable, JsonTable

GROUP = "dateline.exports"
ACLED_BESIDE = ("acled.sources.csv", "acled.rejects.csv")

EXPORTS: dict[str, Export] = {
    export.name: export
    for export in (
        Export("claims.csv", "claims, one a row", "claims", partial(CsvTable, CLAIM_COLUMNS)),
        Export("figures.csv", "figures of claims, one a row", "figures", partial(CsvTable, FIGURE_COLUMNS)),
        Export("events.csv", "events, one a row", "events", partial(CsvTable, EVENT_COLUMNS)),
        Export("claims.jsonl", "claims, one report a line with its text, in the form of gold files", "claims", ClaimsJsonl),
        Export("figures.jsonl", "figures of claims, one a line", "figures", partial(JsonTable, FIGURE_COLUMNS)),
        Export("events.jsonl", "events, one a line", "events", partial(JsonTable, EVENT_COLUMNS)),
        Export("claims.parquet", "claims, with types", "claims", partial(ParquetTable, CLAIM_COLUMNS)),
        Export("figures.parquet", "figures of claims, with types", "figures", partial(ParquetTable, FIGURE_COLUMNS)),
        Export("events.parquet", "events, with types", "events", partial(ParquetTable, EVENT_COLUMNS)),
        Export("links.parquet", "which claim is in which event, and why", "events", LinksParquet),
        Export("events.hxl.csv", "events, with HXL tags", "events", EventsHxl),
        Export("events.geojson", "events for maps", "events", EventsGeoJson),
        Export("events.ftm.json", "events, bodies and reports as FollowTheMoney entities", "events", EventsFtm),
        Export("acled.csv", "events in ACLED's columns", "events", AcledCsv, beside=ACLED_BESIDE),
        Export("acled.numeric.csv", "the same, with numbers for actors", "events", partial(AcledCsv, numeric=True), ACLED_BESIDE),
        Export("acled.sources.csv", "where the events of acled.csv are from", "events", OriginsCsv),
        Export("acled.rejects.csv", "events that acled.csv has no row for, and why", "events", partial(RejectsCsv, not_in_acled)),
        Export("ged.csv", "events in UCDP-GED's columns", "events", GedCsv, beside=("ged.sources.csv", "ged.rejects.csv")),
        Export("ged.sources.csv", "where the events of ged.csv are from", "events", OriginsCsv),
        Export("ged.rejects.csv", "events that UCDP's rules leave out, and why", "events", partial(RejectsCsv, not_in_ged)),
        Export("provenance.jsonld", "the chain of evidence as PROV-O", "claims", ProvenanceJsonLd),
        Export("dateline.jsonl", "the whole project, to import again", "project", ProjectJsonl),
    )
}
"""Ours, by the name of the file."""


def export_for(name: str) -> Export:
    """The export of that file name.  Raises ExportError with the known ones, or where a package's is none."""
    if name in EXPORTS:
        return EXPORTS[name]
    registered = _registered()
    if name not in registered:
        raise ExportError(f"no export {name!r}. Known: {', '.join(sorted({*EXPORTS, *registered}))}")
    return _loaded(registered[name])


def _registered() -> dict[str, EntryPoint]:
    """Those of other packages, by name."""
    return {point.name: point for point in entry_points(group=GROUP)}


def _loaded(point: EntryPoint) -> Export:
    try:
        export = point.load()
    except Exception as e:  # another's code: whatever it raises, the user is told whose it is
        raise ExportError(f"the export {point.name!r} of {point.value} cannot be loaded: {e}") from e
    if not isinstance(export, Export) or export.name != point.name:
        raise ExportError(f"{point.value} is no export named {point.name!r}: it must be a dateline.exports.Export of that name")
    return export
