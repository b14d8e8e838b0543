"""Events with HXL tags: a second line of names that humanitarian tools understand (https://hxlstandard.org).

Core tags and attributes are HXL's; `+best`, `+lineages` and the like are ours, which HXL allows.
"""

from typing import BinaryIO

from dateline.exports.base import Context
from dateline.exports.columns import EVENT_COLUMNS
from dateline.exports.tables import CsvTable
from dateline.model import EventRow

TAGS: dict[str, str] = {
    "event_id": "#event+id",
    "event_type": "#event+type",
    "certainty": "#event+certainty",
    "background": "#event+background",
    "initiator": "#group+name+perp",
    "target": "#group+name+target",
    "places": "#loc+words",
    "place": "#loc+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "geo_precision": "#geo+precision",
    "where_prec": "#geo+precision+ucdp",
    "radius_km": "#geo+radius",
    "place_kind": "#loc+type",
    "admin2": "#adm2+name",
    "admin1": "#adm1+name",
    "country": "#country+code+v_iso2",
    "place_id": "#loc+id",
    "time_start": "#date+start",
    "time_end": "#date+end",
    "time_precision": "#date+precision",
    "killed_low": "#affected+killed+min",
    "killed_best": "#affected+killed",
    "killed_high": "#affected+killed+max",
    "wounded_low": "#affected+injured+min",
    "wounded_best": "#affected+injured",
    "wounded_high": "#affected+injured+max",
    "arrested_low": "#affected+arrested+min",
    "arrested_best": "#affected+arrested",
    "arrested_high": "#affected+arrested+max",
    "figures": "#affected+num+list",
    "operation": "#event+operation",
    "sources": "#meta+source+num",
    "lineages": "#meta+source+num+lineages",
    "contradictions": "#meta+warning",
    "confidence": "#meta+confidence",
    "summary": "#description",
    "claims": "#meta+claims+num",
    "claim_ids": "#meta+claims+id",
    "evidence": "#description+evidence",
    "evidence_spans": "#meta+evidence",
    "publishers": "#meta+source",
    "report_sha256": "#meta+source+hash",
}


class EventsHxl(CsvTable[EventRow]):
    """events.csv with the line of tags."""

    def __init__(self, stream: BinaryIO, context: Context) -> None:
        super().__init__(EVENT_COLUMNS, stream, context)
        self.lines.plain(TAGS[column.name] for column in EVENT_COLUMNS)
