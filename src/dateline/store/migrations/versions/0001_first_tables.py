"""The first tables: reports and what was found in them, claims, events, reviews.

A migration is a snapshot: it says what the tables were, and does not follow `tables.py`.
"""

import sqlalchemy as sa
from alembic import op

from dateline.store.append_only import make_append_only

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create_shared()
    _create_reports()
    _create_claims()
    _create_claim_parts()
    _create_events()
    _create_event_parts()
    _create_reviews()


def _create_shared() -> None:
    op.create_table(
        "actors",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_actors"),
    )
    op.create_index("ix_actors_name", "actors", ["name"])
    op.create_table(
        "places",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("gazetteer_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("admin1", sa.Text()),
        sa.Column("admin2", sa.Text()),
        sa.Column("radius_km", sa.Float()),
        sa.Column("geo_precision", sa.Integer(), nullable=False),
        sa.Column("layer", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_places"),
    )
    op.create_index("ix_places_gazetteer_id", "places", ["gazetteer_id"])
    op.create_index("ix_places_name", "places", ["name"])
    op.create_table(
        "sources",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text()),
        sa.Column("role", sa.Text()),
        sa.Column("organisation", sa.Text()),
        sa.Column("type", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sources"),
    )
    op.create_index("ix_sources_organisation", "sources", ["organisation"])
    op.create_index("ix_sources_speaker", "sources", ["speaker"])


def _create_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("publisher", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("author", sa.Text()),
        sa.Column("published", sa.Date()),
        sa.Column("published_from", sa.Text()),
        sa.Column("language", sa.Text()),
        sa.Column("path", sa.Text()),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("engine_version", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
        sa.UniqueConstraint("sha256", name="uq_reports_sha256"),
    )
    op.create_index("ix_reports_published", "reports", ["published"])
    op.create_table(
        "regions",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_regions_report_id_reports", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "n", name="pk_regions"),
    )
    op.create_table(
        "sentences",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("paragraph", sa.Integer(), nullable=False),
        sa.Column("quoted", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_sentences_report_id_reports", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "n", name="pk_sentences"),
    )
    op.create_table(
        "mentions",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_mentions_report_id_reports", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "n", name="pk_mentions"),
    )
    op.create_table(
        "unread_numbers",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_unread_numbers_report_id_reports", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "n", name="pk_unread_numbers"),
    )


def _create_claims() -> None:
    op.create_table(
        "claims",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("event_type", sa.Text()),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("time_words", sa.Text()),
        sa.Column("time_start", sa.Date()),
        sa.Column("time_end", sa.Date()),
        sa.Column("time_precision", sa.Text()),
        sa.Column("time_since", sa.Boolean()),
        sa.Column("time_anchor", sa.Date()),
        sa.Column("time_anchor_from", sa.Text()),
        sa.Column("time_rule", sa.Text()),
        sa.Column("time_start_char", sa.Integer()),
        sa.Column("time_end_char", sa.Integer()),
        sa.Column("scope", sa.Text()),
        sa.Column("operation", sa.Text()),
        sa.Column("operation_phase", sa.Integer()),
        sa.Column("operation_start_char", sa.Integer()),
        sa.Column("operation_end_char", sa.Integer()),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("source_spans", sa.JSON(), nullable=False),
        sa.Column("source_rule", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text()),
        sa.Column("about", sa.Text()),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_claims_report_id_reports", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source_id"], ["sources.id"], name="fk_claims_source_id_sources"),
        sa.PrimaryKeyConstraint("id", name="pk_claims"),
    )
    op.create_index("ix_claims_kind", "claims", ["kind"])
    op.create_index("ix_claims_report_id_n", "claims", ["report_id", "n"], unique=True)
    op.create_index("ix_claims_source_id", "claims", ["source_id"])
    op.create_index("ix_claims_time_start", "claims", ["time_start"])


def _create_claim_parts() -> None:
    op.create_table(
        "evidence",
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_evidence_claim_id_claims", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "n", name="pk_evidence"),
    )
    op.create_table(
        "figures",
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("low", sa.Float()),
        sa.Column("best", sa.Float()),
        sa.Column("high", sa.Float()),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text()),
        sa.Column("of_actor", sa.Text()),
        sa.Column("part_of", sa.Text()),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_figures_claim_id_claims", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "n", name="pk_figures"),
    )
    op.create_table(
        "claim_actors",
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("read_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actors.id"], name="fk_claim_actors_actor_id_actors"),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_claim_actors_claim_id_claims", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "role", "n", name="pk_claim_actors"),
    )
    op.create_index("ix_claim_actors_actor_id", "claim_actors", ["actor_id"])
    op.create_table(
        "claim_places",
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("start_char", sa.Integer(), nullable=False),
        sa.Column("end_char", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Text()),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_claim_places_claim_id_claims", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name="fk_claim_places_place_id_places"),
        sa.PrimaryKeyConstraint("claim_id", "n", name="pk_claim_places"),
    )
    op.create_index("ix_claim_places_place_id", "claim_places", ["place_id"])
    op.create_table(
        "claim_outlets",
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_claim_outlets_claim_id_claims", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "n", name="pk_claim_outlets"),
    )
    op.create_index("ix_claim_outlets_outlet", "claim_outlets", ["outlet"])
    op.create_table(
        "grounds",
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_grounds_claim_id_claims", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", "n", name="pk_grounds"),
    )


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("event_type", sa.Text(), nullable=False),
        sa.Column("place_id", sa.Text()),
        sa.Column("place_words", sa.Text()),
        sa.Column("time_start", sa.Date()),
        sa.Column("time_end", sa.Date()),
        sa.Column("time_precision", sa.Integer()),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("background", sa.Boolean(), nullable=False),
        sa.Column("operation", sa.Text()),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("lineages", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float()),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["place_id"], ["places.id"], name="fk_events_place_id_places"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_event_type", "events", ["event_type"])
    op.create_index("ix_events_place_id", "events", ["place_id"])
    op.create_index("ix_events_time_start", "events", ["time_start"])


def _create_event_parts() -> None:
    op.create_table(
        "event_actors",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_event_actors_event_id_events", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "role", "n", name="pk_event_actors"),
    )
    op.create_index("ix_event_actors_name", "event_actors", ["name"])
    op.create_table(
        "event_claims",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("score", sa.Float()),
        sa.Column("why", sa.Text()),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name="fk_event_claims_claim_id_claims"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_event_claims_event_id_events", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "n", name="pk_event_claims"),
    )
    op.create_index("ix_event_claims_claim_id", "event_claims", ["claim_id"])
    op.create_table(
        "event_figures",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text()),
        sa.Column("of_actor", sa.Text()),
        sa.Column("low", sa.Float()),
        sa.Column("best", sa.Float()),
        sa.Column("high", sa.Float()),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_event_figures_event_id_events", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "n", name="pk_event_figures"),
    )
    op.create_table(
        "contradictions",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("sides", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_contradictions_event_id_events", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "n", name="pk_contradictions"),
    )


def _create_reviews() -> None:
    op.create_table(
        "reviews",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("engine_value", sa.Text()),
        sa.Column("value", sa.Text()),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.CheckConstraint("reviewer <> ''", name="ck_reviews_signed"),
        sa.PrimaryKeyConstraint("number", name="pk_reviews"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reviews_subject", "reviews", ["subject"])
    make_append_only(op.get_bind(), "reviews")
