"""The tables of a project.  Records in, rows out: `rows.py`; rows in, records out: `load.py`.

Keys are the records' own ids, or hashes of content (`keys.py`), and `n` is the position of a row in its record's list, from
0: so the rows of a project depend on what was coded, and on nothing else (no clock, no order of arrival).  Spans are
characters [start_char, end_char) of `reports.text`.  Only `reviews` is a log, whose order is its meaning.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

# Named constraints can be altered by later migrations on every database.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _part_of(owner: str) -> tuple[Column[str], Column[int]]:
    """The key of a row that is the n-th of a list of its owner's."""
    return (
        Column(f"{owner}_id", Text, ForeignKey(f"{owner}s.id", ondelete="CASCADE"), primary_key=True),
        Column("n", Integer, primary_key=True),
    )


def _span() -> tuple[Column[int], Column[int]]:
    return Column("start_char", Integer, nullable=False), Column("end_char", Integer, nullable=False)


def _bounds() -> tuple[Column[float], ...]:
    return Column("low", Float), Column("best", Float), Column("high", Float)


# What several claims share

actors = Table(
    "actors", metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
)  # fmt: skip

places = Table(
    "places", metadata,
    Column("id", Text, primary_key=True),  # a hash of the row: gazetteers change, and a claim keeps the place it was given
    Column("gazetteer_id", Text, nullable=False, index=True),
    Column("name", Text, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("country", Text),
    Column("admin1", Text),
    Column("admin2", Text),
    Column("radius_km", Float),
    Column("geo_precision", Integer, nullable=False),
    Column("layer", Text, nullable=False),
)  # fmt: skip

sources = Table(
    "sources", metadata,
    Column("id", Text, primary_key=True),
    Column("speaker", Text, index=True),
    Column("role", Text),
    Column("organisation", Text, index=True),
    Column("type", Text, nullable=False),
)  # fmt: skip

# What holds for the whole project

settings = Table("settings", metadata, Column("name", Text, primary_key=True), Column("value", JSON, nullable=False))

# Reports and what was found in them

reports = Table(
    "reports", metadata,
    Column("id", Text, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("publisher", Text),
    Column("url", Text),
    Column("author", Text),
    Column("published", Date, index=True),
    Column("published_from", Text),
    Column("language", Text),
    Column("path", Text),
    Column("engine", Text, nullable=False),  # who read it
    Column("engine_version", Text, nullable=False),
    Column("gazetteer", JSON(none_as_null=True)),  # names and versions of the layers that it was read with, the lowest first
)  # fmt: skip

regions = Table("regions", metadata, *_part_of("report"), *_span(), Column("kind", Text, nullable=False))

sentences = Table(
    "sentences", metadata,
    *_part_of("report"),
    *_span(),
    Column("region", Text, nullable=False),
    Column("paragraph", Integer, nullable=False),
    Column("quoted", JSON, nullable=False),  # [[start, end], ...]
)  # fmt: skip

mentions = Table(
    "mentions", metadata,
    *_part_of("report"),
    *_span(),
    Column("kind", Text, nullable=False),  # the record's tag: actor, place, time, quantity, speaker, act, cue
    Column("payload", JSON, nullable=False),  # the whole record
)  # fmt: skip

unread_numbers = Table("unread_numbers", metadata, *_part_of("report"), *_span(), Column("reason", Text, nullable=False))

# Claims

claims = Table(
    "claims", metadata,
    Column("id", Text, primary_key=True),
    Column("report_id", Text, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False),
    Column("n", Integer, nullable=False),
    Column("kind", Text, nullable=False, index=True),
    Column("event_type", Text),
    Column("certainty", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    # time: all null where the claim has none
    Column("time_words", Text),
    Column("time_start", Date, index=True),
    Column("time_end", Date),
    Column("time_precision", Text),
    Column("time_since", Boolean),
    Column("time_anchor", Date),
    Column("time_anchor_from", Text),
    Column("time_rule", Text),
    Column("time_start_char", Integer),
    Column("time_end_char", Integer),
    Column("scope", Text),
    # operation: all null where none is named
    Column("operation", Text),
    Column("operation_phase", Integer),
    Column("operation_start_char", Integer),
    Column("operation_end_char", Integer),
    Column("source_id", Text, ForeignKey("sources.id"), nullable=False, index=True),
    Column("source_spans", JSON, nullable=False),
    Column("source_rule", Text, nullable=False),
    Column("stance", Text),
    Column("about", Text),
    Column("summary", Text, nullable=False),
    Column("confidence", Float),
    Index("ix_claims_report_id_n", "report_id", "n", unique=True),
)  # fmt: skip

evidence = Table("evidence", metadata, *_part_of("claim"), *_span())

figures = Table(
    "figures", metadata,
    *_part_of("claim"),
    *_bounds(),
    Column("measure", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("unit", Text),
    Column("of_actor", Text),
    Column("part_of", Text),
    Column("words", Text, nullable=False),
    *_span(),
    Column("rule", Text, nullable=False),
)  # fmt: skip

claim_actors = Table(
    "claim_actors", metadata,
    Column("claim_id", Text, ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, primary_key=True),  # initiator, target
    Column("n", Integer, primary_key=True),
    Column("actor_id", Text, ForeignKey("actors.id"), nullable=False, index=True),
    Column("words", Text, nullable=False),
    *_span(),
    Column("read_by", Text, nullable=False),
)  # fmt: skip

claim_places = Table(
    "claim_places", metadata,
    *_part_of("claim"),
    Column("words", Text, nullable=False),
    *_span(),
    Column("place_id", Text, ForeignKey("places.id"), index=True),  # null: not in the gazetteer
)  # fmt: skip

claim_outlets = Table("claim_outlets", metadata, *_part_of("claim"), Column("outlet", Text, nullable=False, index=True))

grounds = Table(
    "grounds", metadata,
    *_part_of("claim"),
    Column("field", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("spans", JSON, nullable=False),
    Column("score", Float),
)  # fmt: skip

# Events

events = Table(
    "events", metadata,
    Column("id", Text, primary_key=True),
    Column("event_type", Text, nullable=False, index=True),
    Column("place_id", Text, ForeignKey("places.id"), index=True),
    Column("place_words", Text),
    Column("time_start", Date, index=True),
    Column("time_end", Date),
    Column("time_precision", Integer),
    Column("certainty", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("operation", Text),
    Column("sources", Integer, nullable=False),
    Column("lineages", Integer, nullable=False),
    Column("confidence", Float),
    Column("summary", Text, nullable=False),
)  # fmt: skip

event_actors = Table(
    "event_actors", metadata,
    Column("event_id", Text, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("name", Text, nullable=False, index=True),
)  # fmt: skip

event_claims = Table(
    "event_claims", metadata,
    *_part_of("event"),
    Column("claim_id", Text, ForeignKey("claims.id"), nullable=False, index=True),
    Column("score", Float),  # of the link; null where the event says nothing about why the claim is in it
    Column("why", Text),
)  # fmt: skip

event_figures = Table(
    "event_figures", metadata,
    *_part_of("event"),
    Column("measure", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("unit", Text),
    Column("of_actor", Text),
    *_bounds(),
    Column("rule", Text, nullable=False),
    Column("claims", JSON, nullable=False),  # ids
)  # fmt: skip

contradictions = Table(
    "contradictions", metadata,
    *_part_of("event"),
    Column("field", Text, nullable=False),
    Column("sides", JSON, nullable=False),  # [[value, [claim id, ...]], ...]
)  # fmt: skip

# Decisions of people: append-only by triggers (`append_only.py`)

reviews = Table(
    "reviews", metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("subject", Text, nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("engine_value", Text),
    Column("value", Text),
    Column("reviewer", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("reason", Text),
    CheckConstraint("reviewer <> ''", name="signed"),
    sqlite_autoincrement=True,
)  # fmt: skip

READING_TABLES = (reports, regions, sentences, mentions, unread_numbers, claims, evidence, figures, claim_actors, claim_places,
                  claim_outlets, grounds)  # fmt: skip
EVENT_TABLES = (events, event_actors, event_claims, event_figures, contradictions)
SHARED_TABLES = (actors, places, sources)
"""Rows that several claims and events point to; what no claim points to any more may stay."""
