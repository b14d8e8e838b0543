"""What a line of Dateline's own form may hold: the columns of the tables, with their types."""

from datetime import date, datetime
from functools import cache
from typing import Any, Literal, NamedTuple

import msgspec
from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Float, Integer

from dateline.model import Certainty, Kind, Mention, Precision, Scope, SourceType, Stance, UnreadReason
from dateline.model.actor import ActorKind, ReadBy
from dateline.model.event import ContradictionKind
from dateline.model.place import PlaceKind
from dateline.model.report import DateOrigin, RegionKind
from dateline.store.tables import metadata
from dateline.store.tree import Node, forest

Pairs = list[tuple[int, int]]
Role = Literal["initiator", "target"]

CLOSED: dict[str, Any] = {
    "reports.published_from": DateOrigin,
    "regions.kind": RegionKind,
    "sentences.region": RegionKind,
    "unread_numbers.reason": UnreadReason,
    "claims.kind": Kind,
    "claims.certainty": Certainty,
    "claims.time_precision": Precision,
    "claims.scope": Scope,
    "claims.stance": Stance,
    "claim_actors.role": Role,
    "claim_actors.read_by": ReadBy,
    "event_actors.role": Role,
    "actors.kind": ActorKind,
    "places.kind": PlaceKind,
    "sources.type": SourceType,
    "events.certainty": Certainty,
    "contradictions.kind": ContradictionKind,
    "event_updates.kind": ContradictionKind,
}
"""Columns whose values are a closed list."""

INSIDE: dict[str, Any] = {
    "sentences.quoted": Pairs,
    "mentions.payload": Mention,
    "claims.source_spans": Pairs,
    "grounds.spans": Pairs,
    "event_figures.claims": list[str],
    "event_totals.claims": list[str],
    "contradictions.sides": list[tuple[str, list[str]]],
    "event_updates.sides": list[tuple[str, list[str]]],
    "contradictions.independent": list[int],
    "event_updates.independent": list[int],
    "event_traces.became": list[str],
    "event_traces.claims": list[str],
    "implied_figures.earlier": list[str],
    "implied_figures.later": list[str],
}
"""Columns that hold JSON, and what stands in it."""

_TYPES: tuple[tuple[type[Any], type[Any]], ...] = (
    (Boolean, bool), (Integer, int), (Float, float), (DateTime, datetime), (Date, date), (JSON, Any),
)  # fmt: skip


@cache
def roots() -> dict[str, Node]:
    """The tables that a line can be of, in the order of the file."""
    return {node.name: node for node in forest()}


@cache
def decoder(root: str) -> "msgspec.json.Decoder[Any]":
    """Reads the row of a line, of just these columns and types."""
    return msgspec.json.Decoder(_shape(roots()[root]))


class Inner(NamedTuple):
    """What the types of a table's columns do not say: which two are a span, and what stands in columns of JSON."""

    spans: tuple[tuple[str, str], ...]
    json: tuple[tuple[str, Any], ...]


@cache
def inner(table: str) -> Inner:
    """Of the table of that name."""
    columns = [str(column.name) for column in metadata.tables[table].columns]
    starts = [column for column in columns if column.endswith("start_char")]
    inside = [(column, INSIDE.get(f"{table}.{column}")) for column in columns]
    return Inner(
        tuple((start, start.replace("start_char", "end_char")) for start in starts),
        tuple((column, type_) for column, type_ in inside if type_ is not None),
    )


def _shape(node: Node) -> type[msgspec.Struct]:
    fields = [_field(node.name, node.table.columns[name]) for name in node.columns]
    for part in node.parts:
        parts: Any = _shape(part)
        fields.append((part.name, list[parts], msgspec.field(default_factory=list)))
    return msgspec.defstruct(node.name, fields, kw_only=True, forbid_unknown_fields=True)


def _field(table: str, column: Column[Any]) -> Any:
    name = str(column.name)
    type_ = CLOSED.get(f"{table}.{name}") or next((ours for theirs, ours in _TYPES if isinstance(column.type, theirs)), str)
    if type_ is Any:
        return (name, Any, None)
    return (name, type_ | None, None) if column.nullable else (name, type_)
