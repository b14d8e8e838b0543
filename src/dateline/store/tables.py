"""The tables of a project.  Records in, rows out: `rows.py`; rows in, records out: `load.py`.

Keys are the records' own ids, or hashes of content (`keys.py`), and `n` is the position of a row in its record's list, from
0: so the rows of a project depend on what was coded, and on nothing else (no clock, no order of arrival).  Spans are
characters [start_char, end_char) of `reports.text`.  Only `reviews` is a log, whose order is its meaning.
"""

from typing import Any

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
    LargeBinary,
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


def _figure_of_event() -> tuple[Column[Any], ...]:
    """What stands beside the measure of an event's figure."""
    return (
        Column("object", Text, nullable=False),
        Column("unit", Text),
        Column("of_actor", Text),
        *_bounds(),
        Column("rule", Text, nullable=False),
        Column("claims", JSON, nullable=False),  # ids
    )


def _difference() -> tuple[Column[Any], ...]:
    """What a contradiction of an event is."""
    return (
        Column("field", Text, nullable=False),
        Column("sides", JSON, nullable=False),  # [[value, [claim id, ...]], ...]
        Column("kind", Text, nullable=False),
        Column("gap", Float, nullable=False),  # 0 to 1
        Column("independent", JSON, nullable=False),  # voices of each side
    )


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
    Column("where_prec", Integer, nullable=False, server_default="1"),
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
    Column("publisher", Text, index=True),
    Column("url", Text),
    Column("author", Text),
    Column("published", Date),
    Column("published_from", Text),
    Column("language", Text),
    Column("path", Text),
    Column("engine", Text, nullable=False),  # who read it
    Column("engine_version", Text, nullable=False),
    Column("gazetteer", JSON(none_as_null=True)),  # names and versions of the layers that it was read with, the lowest first
    Index("ix_reports_published_publisher", "published", "publisher"),
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
    Column("kind", Text, nullable=False),
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
    Column("source_id", Text, ForeignKey("sources.id"), nullable=False),
    Column("source_spans", JSON, nullable=False),
    Column("source_rule", Text, nullable=False),
    Column("stance", Text),
    Column("about", Text),
    Column("summary", Text, nullable=False),
    Column("confidence", Float, index=True),
    Index("ix_claims_report_id_n", "report_id", "n", unique=True),
    # with the id, so that who looks for claims of a type, source or operation need not read the claims themselves
    Index("ix_claims_event_type_id", "event_type", "id"),
    Index("ix_claims_source_id_id", "source_id", "id"),
    Index("ix_claims_operation_id", "operation", "id"),
    Index("ix_claims_kind_time_start_time_end_id", "kind", "time_start", "time_end", "id"),
    Index("ix_claims_id_time_start_time_end", "id", "time_start", "time_end"),
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
    Index("ix_figures_measure_claim_id", "measure", "claim_id"),
    Index("ix_figures_object_claim_id", "object", "claim_id"),
)  # fmt: skip

claim_actors = Table(
    "claim_actors", metadata,
    Column("claim_id", Text, ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, primary_key=True),  # initiator, target
    Column("n", Integer, primary_key=True),
    Column("actor_id", Text, ForeignKey("actors.id"), nullable=False),
    Column("words", Text, nullable=False),
    *_span(),
    Column("read_by", Text, nullable=False),
    Index("ix_claim_actors_actor_id_role_claim_id", "actor_id", "role", "claim_id"),
    Index("ix_claim_actors_words_role_claim_id", "words", "role", "claim_id"),
)  # fmt: skip

claim_places = Table(
    "claim_places", metadata,
    *_part_of("claim"),
    Column("words", Text, nullable=False),
    *_span(),
    Column("place_id", Text, ForeignKey("places.id")),  # null: not in the gazetteer
    Index("ix_claim_places_place_id_claim_id", "place_id", "claim_id"),
    Index("ix_claim_places_words_claim_id", "words", "claim_id"),
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
    Column("time_start", Date),
    Column("time_end", Date),
    Column("time_precision", Integer),
    Column("certainty", Text, nullable=False),
    Column("background", Boolean, nullable=False),
    Column("operation", Text),
    Column("sources", Integer, nullable=False),
    Column("lineages", Integer, nullable=False),
    Column("confidence", Float),
    Column("summary", Text, nullable=False),
    Index("ix_events_time_start_id", "time_start", "id"),
)  # fmt: skip

event_actors = Table(
    "event_actors", metadata,
    Column("event_id", Text, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("role", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Index("ix_event_actors_name_role_event_id", "name", "role", "event_id"),
)  # fmt: skip

event_claims = Table(
    "event_claims", metadata,
    *_part_of("event"),
    Column("claim_id", Text, ForeignKey("claims.id"), nullable=False),
    Column("score", Float),  # of the link; null where the event says nothing about why the claim is in it
    Column("why", Text),
    Index("ix_event_claims_claim_id_event_id_n_score", "claim_id", "event_id", "n", "score"),
)  # fmt: skip

event_figures = Table(
    "event_figures", metadata,
    *_part_of("event"),
    Column("measure", Text, nullable=False, index=True),
    *_figure_of_event(),
)  # fmt: skip

# All persons killed, wounded, ... whatever kind they are
event_totals = Table(
    "event_totals", metadata, *_part_of("event"), Column("measure", Text, nullable=False), *_figure_of_event()
)  # fmt: skip

contradictions = Table("contradictions", metadata, *_part_of("event"), *_difference())

# What sources brought up to date: in the form of a contradiction, and none
event_updates = Table("event_updates", metadata, *_part_of("event"), *_difference())

# What two running totals say of the days between them
implied_figures = Table(
    "implied_figures", metadata,
    Column("id", Text, primary_key=True),
    Column("measure", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("unit", Text),
    Column("of_actor", Text),
    *_bounds(),
    Column("falls", Boolean, nullable=False),  # the later total is the smaller one: a contradiction
    Column("start", Date, nullable=False),
    Column("after", Date, nullable=False),
    Column("until", Date, nullable=False),
    Column("places", Text, nullable=False),
    Column("said_by", Text, nullable=False),
    Column("earlier", JSON, nullable=False),  # ids of claims
    Column("later", JSON, nullable=False),
    Column("why", Text, nullable=False),
)  # fmt: skip

# How events came to be

report_lineages = Table(
    "report_lineages", metadata,
    Column("report_id", Text, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("lineage", Text, nullable=False, index=True),  # the smallest id of the reports that copy one text
)  # fmt: skip

report_links = Table(
    "report_links", metadata,
    Column("report_id", Text, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("other_id", Text, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("likeness", Text, nullable=False),
    Column("words", Float, nullable=False),
    Column("facts", Float, nullable=False),
    Column("first", Text),  # the report that was published first, where that is known
)  # fmt: skip

event_traces = Table(  # append-only
    "event_traces", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("event_id", Text, nullable=False, index=True),
    Column("what", Text, nullable=False),  # joined, parted, gone
    Column("became", JSON, nullable=False),  # ids of events
    Column("claims", JSON, nullable=False),  # ids
)  # fmt: skip

linked_reports = Table(  # can be made again from the reports and claims
    "linked_reports", metadata,
    Column("report_id", Text, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("outdated", Integer, nullable=False),  # how often its claims or links were changed since it was linked
    Column("claims", JSON, nullable=False),  # ids of its incidents, in the order of the text
    *(Column(name, LargeBinary, nullable=False) for name in ("blocks", "facts", "runs", "turns")),
    info={"export": False},
)  # fmt: skip

# Decisions of people: a log, append-only by triggers (`append_only.py`), each row chained to the one before by its hash

reviews = Table(
    "reviews", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("subject", Text, nullable=False, index=True),
    Column("report_id", Text, index=True),
    Column("action", Text, nullable=False, index=True),
    Column("field", Text),
    Column("engine_value", Text),  # JSON, as `before`, `value`, `decision` and `anchors`
    Column("before", Text),
    Column("value", Text),
    Column("reviewer", Text, nullable=False),
    Column("at", Text, nullable=False),  # text, so that what was hashed comes back character by character
    Column("reason", Text),
    Column("layer", Text),
    Column("decision", Text, nullable=False),
    Column("anchors", Text, nullable=False),
    Column("previous", Text, nullable=False, unique=True),  # the chain cannot fork
    Column("hash", Text, nullable=False, unique=True),
    CheckConstraint("reviewer <> ''", name="signed"),
)  # fmt: skip

# What follows from the log: made anew from it at any time (`dateline.reviews`), and no part of the record of decisions

review_claims = Table(
    "review_claims", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("claim_id", Text, primary_key=True, index=True),  # as the present engine's claims are called
)  # fmt: skip

undone_reviews = Table("undone_reviews", metadata, Column("number", Integer, primary_key=True, autoincrement=False))

review_conflicts = Table(
    "review_conflicts", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("reason", Text, nullable=False),
)  # fmt: skip

engine_claims = Table(
    "engine_claims", metadata,
    Column("claim_id", Text, primary_key=True),
    Column("report_id", Text, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("n", Integer, nullable=False),
    Column("record", Text, nullable=False),  # the claim as the engine read it, JSON
)  # fmt: skip

moved_claims = Table(
    "moved_claims", metadata,
    Column("was", Text, primary_key=True),  # as reviews name it
    Column("now", Text, nullable=False),  # as the present engine's claim is called that stands on the same characters
)  # fmt: skip

claim_reviews = Table(
    "claim_reviews", metadata,
    Column("claim_id", Text, primary_key=True),
    Column("report_id", Text, ForeignKey("reports.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("status", Text, nullable=False),  # accepted, corrected, rejected, added, split, merged; waiting: all was undone
    Column("revision", Integer, nullable=False),  # number of the last review that touched it
    Column("reviewer", Text, nullable=False),
    Column("at", Text, nullable=False),
)  # fmt: skip

link_decisions = Table(
    "link_decisions", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("a", Text, primary_key=True, index=True),
    Column("b", Text, primary_key=True, index=True),
    Column("same", Boolean, nullable=False),
)  # fmt: skip

grades = Table(
    "grades", metadata,
    Column("subject", Text, primary_key=True),  # a source or a claim
    Column("field", Text, primary_key=True),  # reliability, credibility
    Column("grade", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reason", Text),
)  # fmt: skip

resolutions = Table(
    "resolutions", metadata,
    Column("claim_id", Text, primary_key=True),  # a claim of the event, which keeps it whatever becomes of the event
    Column("field", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reason", Text),
)  # fmt: skip

assignments = Table(
    "assignments", metadata,
    Column("report_id", Text, ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    Column("coder", Text, primary_key=True, index=True),
    Column("start", Text, nullable=False),  # engine: its claims are corrected; nothing: coded from the bare text
    Column("assigned_by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("finished", Text),  # when
)  # fmt: skip

# Who may do what, where the workbench is open beyond this machine; `info` keeps them out of every export

accounts = Table(
    "accounts", metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),  # argon2id
    Column("created_at", DateTime(timezone=True), nullable=False),
    info={"export": False},
)  # fmt: skip

account_sessions = Table(
    "account_sessions", metadata,
    Column("id", Text, primary_key=True),  # SHA-256 of what the browser holds
    Column("account", Text, ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False, index=True),
    Column("begun_at", Float, nullable=False),  # seconds since 1970, as the two below
    Column("seen_at", Float, nullable=False),
    Column("confirmed_at", Float, nullable=False),  # when the password was last given
    info={"export": False},
)  # fmt: skip

# append-only by triggers, as `reviews`
account_log = Table(
    "account_log", metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("account", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("detail", Text),
    info={"export": False},
    sqlite_autoincrement=True,
)  # fmt: skip

READING_TABLES = (reports, regions, sentences, mentions, unread_numbers, claims, evidence, figures, claim_actors, claim_places,
                  claim_outlets, grounds)  # fmt: skip
CLAIM_PARTS = (evidence, figures, claim_actors, claim_places, claim_outlets, grounds)
EVENT_TABLES = (events, event_actors, event_claims, event_figures, event_totals, contradictions, event_updates)
SHARED_TABLES = (actors, places, sources)
"""Rows that several claims and events point to; what no claim points to any more may stay."""
