"""What step 5 and 6 keep: lineages and traces of events, implied figures, chained reviews, accounts, UCDP's precision."""

import json
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from dateline.model.review import FIRST, Review, chained
from dateline.store.append_only import make_append_only
from dateline.store.search_index import make_search_index

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    _places()
    _lineages_and_traces()
    _implied_figures()
    _reviews()
    _accounts()
    _indexes()
    _search()


def _places() -> None:
    """UCDP's precision of a place, 1 to 7; of the places that were there, as far as their kind tells it."""
    op.add_column("places", sa.Column("where_prec", sa.Integer(), nullable=False, server_default="1"))
    op.execute(
        """update places set where_prec = case
               when kind = 'country' and geo_precision = 3 then 6 when kind = 'admin1' then 4 when kind = 'admin2' then 3
               when kind in ('mountain', 'water', 'desert', 'region', 'valley', 'area')
               then case when radius_km <= 25 then 2 else 5 end
               else geo_precision end"""
    )


def _lineages_and_traces() -> None:
    """Which report copies which; what became of events; what is kept of reports so that linking reads none again."""
    report = sa.Column("report_id", sa.Text(), nullable=False)
    _report_table("report_lineages", report, sa.Column("lineage", sa.Text(), nullable=False))
    op.create_index("ix_report_lineages_lineage", "report_lineages", ["lineage"])
    _report_table(
        "linked_reports",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("outdated", sa.Integer(), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.LargeBinary(), nullable=False) for name in ("blocks", "facts", "runs", "turns")),
    )
    op.create_table(
        "report_links",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("other_id", sa.Text(), nullable=False),
        sa.Column("likeness", sa.Text(), nullable=False),
        sa.Column("words", sa.Float(), nullable=False),
        sa.Column("facts", sa.Float(), nullable=False),
        sa.Column("first", sa.Text()),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_report_links_report_id_reports", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other_id"], ["reports.id"], name="fk_report_links_other_id_reports", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "other_id", name="pk_report_links"),
    )
    op.create_index("ix_report_links_other_id", "report_links", ["other_id"])
    op.create_table(
        "event_traces",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("became", sa.JSON(), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_event_traces"),
    )
    op.create_index("ix_event_traces_event_id", "event_traces", ["event_id"])
    make_append_only(op.get_bind(), "event_traces")


def _report_table(name: str, *columns: sa.Column[Any]) -> None:
    """One row for each report."""
    op.create_table(
        name,
        *columns,
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name=f"fk_{name}_report_id_reports", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", name=f"pk_{name}"),
    )


def _implied_figures() -> None:
    """What two running totals imply for the days between them; totals of events, and how far their sources are apart."""
    for name, default in (("kind", "toll"), ("gap", "0"), ("independent", "[]")):
        kinds: dict[str, sa.types.TypeEngine[Any]] = {"kind": sa.Text(), "gap": sa.Float(), "independent": sa.JSON()}
        op.add_column("contradictions", sa.Column(name, kinds[name], nullable=False, server_default=default))
    op.create_table("event_totals", *_of_event("event_totals"), *_figure(), sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("claims", sa.JSON(), nullable=False))  # fmt: skip
    op.create_table(
        "event_updates",
        *_of_event("event_updates"),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("sides", sa.JSON(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("gap", sa.Float(), nullable=False),
        sa.Column("independent", sa.JSON(), nullable=False),
    )
    days = [sa.Column(name, sa.Date(), nullable=False) for name in ("start", "after", "until")]
    words = [sa.Column(name, sa.Text(), nullable=False) for name in ("places", "said_by", "why")]
    claims = [sa.Column(name, sa.JSON(), nullable=False) for name in ("earlier", "later")]
    op.create_table(
        "implied_figures",
        sa.Column("id", sa.Text(), nullable=False),
        *_figure(),
        sa.Column("falls", sa.Boolean(), nullable=False),
        *days,
        *words,
        *claims,
        sa.PrimaryKeyConstraint("id", name="pk_implied_figures"),
    )


def _of_event(table: str) -> tuple[sa.schema.SchemaItem, ...]:
    """The key of a row that is the n-th of a list of its event's."""
    return (
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=f"fk_{table}_event_id_events", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "n", name=f"pk_{table}"),
    )


def _figure() -> tuple[sa.Column[Any], ...]:
    names = [sa.Column(name, sa.Text(), nullable=False) for name in ("measure", "object")]
    aside = [sa.Column(name, sa.Text()) for name in ("unit", "of_actor")]
    return (*names, *aside, *(sa.Column(name, sa.Float()) for name in ("low", "best", "high")))


def _reviews() -> None:
    """Decisions of people, chained by hashes; the engine's own reading of what they changed."""
    old = op.get_bind().execute(sa.text("SELECT * FROM reviews ORDER BY number")).all()
    op.drop_table("reviews")
    _review_log()
    _carry_over(old)
    make_append_only(op.get_bind(), "reviews")
    _review_state()
    _review_results()


def _carry_over(old: Sequence[sa.Row[Any]]) -> None:
    """Reviews of before had no effect on the record and no chain: they stay in the log as comments."""
    previous = FIRST
    for number, row in enumerate(old, 1):
        told = {"field": row.field, "engine_value": row.engine_value, "value": row.value, "reason": row.reason}
        decision = {"action": "comment", "subject": row.subject, "text": json.dumps(told, ensure_ascii=False)}
        review = Review(
            number=number, subject=row.subject, report_id=None, action="comment", field=row.field, engine_value=row.engine_value,
            before=None, value=row.value, reviewer=row.reviewer, at=str(row.at), reason=row.reason, layer=None,
            decision=json.dumps(decision, ensure_ascii=False), anchors="{}", previous=previous, hash="",
        )  # fmt: skip
        review = chained(review, previous)
        previous = review.hash
        log = sa.table("reviews", *(sa.column(name) for name in Review.__struct_fields__))
        op.get_bind().execute(sa.insert(log), {name: getattr(review, name) for name in Review.__struct_fields__})


def _review_log() -> None:
    op.create_table(
        "reviews",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Text()),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("field", sa.Text()),
        sa.Column("engine_value", sa.Text()),
        sa.Column("before", sa.Text()),
        sa.Column("value", sa.Text()),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("layer", sa.Text()),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("anchors", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.CheckConstraint("reviewer <> ''", name="ck_reviews_signed"),
        sa.PrimaryKeyConstraint("number", name="pk_reviews"),
        sa.UniqueConstraint("hash", name="uq_reviews_hash"),
        sa.UniqueConstraint("previous", name="uq_reviews_previous"),
    )
    op.create_index("ix_reviews_subject", "reviews", ["subject"])
    op.create_index("ix_reviews_report_id", "reviews", ["report_id"])
    op.create_index("ix_reviews_action", "reviews", ["action"])


def _review_state() -> None:
    """What follows from the log for claims."""
    op.create_table(
        "review_claims",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", "claim_id", name="pk_review_claims"),
    )
    op.create_index("ix_review_claims_claim_id", "review_claims", ["claim_id"])
    op.create_table(
        "undone_reviews",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_undone_reviews"),
    )
    op.create_table(
        "review_conflicts",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_review_conflicts"),
    )
    op.create_table(
        "engine_claims",
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_engine_claims_report_id_reports", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", name="pk_engine_claims"),
    )
    op.create_index("ix_engine_claims_report_id", "engine_claims", ["report_id"])
    op.create_table(
        "moved_claims",
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("now", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("was", name="pk_moved_claims"),
    )
    op.create_table(
        "claim_reviews",
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_claim_reviews_report_id_reports", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", name="pk_claim_reviews"),
    )
    op.create_index("ix_claim_reviews_report_id", "claim_reviews", ["report_id"])
    op.create_index("ix_claims_confidence", "claims", ["confidence"])


def _review_results() -> None:
    """What follows from the log for links, sources, contradictions and coders."""
    op.create_table(
        "link_decisions",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("a", sa.Text(), nullable=False),
        sa.Column("b", sa.Text(), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("number", "a", "b", name="pk_link_decisions"),
    )
    op.create_index("ix_link_decisions_a", "link_decisions", ["a"])
    op.create_index("ix_link_decisions_b", "link_decisions", ["b"])
    op.create_table(
        "grades",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("subject", "field", name="pk_grades"),
    )
    op.create_table(
        "resolutions",
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("claim_id", "field", name="pk_resolutions"),
    )
    op.create_table(
        "assignments",
        sa.Column("report_id", sa.Text(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("start", sa.Text(), nullable=False),
        sa.Column("assigned_by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("finished", sa.Text()),
        sa.ForeignKeyConstraint(["report_id"], ["reports.id"], name="fk_assignments_report_id_reports", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("report_id", "coder", name="pk_assignments"),
    )
    op.create_index("ix_assignments_coder", "assignments", ["coder"])


def _accounts() -> None:
    """Who may do what, where the workbench is open beyond this machine."""
    op.create_table(
        "accounts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_accounts"),
    )
    op.create_table(
        "account_sessions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.Float(), nullable=False),
        sa.Column("seen_at", sa.Float(), nullable=False),
        sa.Column("confirmed_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"], name="fk_account_sessions_account_accounts", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_account_sessions"),
    )
    op.create_index("ix_account_sessions_account", "account_sessions", ["account"])
    op.create_table(
        "account_log",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text()),
        sa.PrimaryKeyConstraint("number", name="pk_account_log"),
        sqlite_autoincrement=True,
    )
    make_append_only(op.get_bind(), "account_log")


def _indexes() -> None:
    """What filters, pages by date, maps and timelines look into (`dateline.queries`); with the id that they are after."""
    for table, column in _LOOKED_UP:
        op.drop_index(f"ix_{table}_{column}", table)
    for table, columns in _LOOK_INTO:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


_LOOKED_UP = (
    ("reports", "published"), ("claims", "kind"), ("claims", "source_id"), ("claim_actors", "actor_id"),
    ("claim_places", "place_id"), ("events", "time_start"), ("event_actors", "name"), ("event_claims", "claim_id"),
)  # fmt: skip
_LOOK_INTO = (
    ("reports", ("publisher",)),
    ("reports", ("published", "publisher")),
    ("claims", ("kind", "time_start", "time_end", "id")),
    ("claims", ("id", "time_start", "time_end")),
    ("claims", ("event_type", "id")),
    ("claims", ("source_id", "id")),
    ("claims", ("operation", "id")),
    ("figures", ("measure", "claim_id")),
    ("figures", ("object", "claim_id")),
    ("claim_actors", ("actor_id", "role", "claim_id")),
    ("claim_actors", ("words", "role", "claim_id")),
    ("claim_places", ("place_id", "claim_id")),
    ("claim_places", ("words", "claim_id")),
    ("events", ("time_start", "id")),
    ("event_actors", ("name", "role", "event_id")),
    ("event_claims", ("claim_id", "event_id", "n", "score")),
    ("event_figures", ("measure",)),
)


def _search() -> None:
    """Full-text search."""
    make_search_index(op.get_bind())
