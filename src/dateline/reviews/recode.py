"""Reads the reports of a project anew with the engine of today, and carries the decisions of people over to its claims.

    summary = recode_project(project, read)

A decision finds its claim again by the id, else by the characters of its evidence and the kind.  A correction stays in force
whatever the engine reads now; a claim that was accepted stays so where it says the same; what fits no claim is kept, told as a
conflict, and waits for a person.  Each report is recoded in one transaction: stopped, the same call goes on.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from datetime import UTC, datetime
from typing import NamedTuple

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select

from dateline.evaluation.matching import HALF, UNION
from dateline.lexicon.codebook import using
from dateline.model import Claim, Reading, Report, Review, Span
from dateline.reviews.apply import WAITING, State, coded, replay
from dateline.reviews.decisions import Recode, Redo, Undo, claims_made, claims_named, from_json, to_json
from dateline.reviews.record import refresh_events
from dateline.reviews.results import show_results
from dateline.reviews.units import CLAIM_ACTIONS, steps_of
from dateline.store import Coder, Project
from dateline.store import tables as t
from dateline.store.insert import batches, insert_rows
from dateline.store.linking import outdate
from dateline.store.load import load_claims
from dateline.store.reviews import (
    EngineClaim,
    append_review,
    keep_engine_claims,
    load_moved,
    load_reviews,
    load_undone,
    write_claims,
)
from dateline.store.rows import reading_rows

_AGAIN = ("undo", "redo")
LINK_ACTIONS = ("not_this_event", "same_event", "accept_link", "resolve")
Anchor = tuple[str, str, list[tuple[int, int]], str]
"""Report, kind, evidence, hash of the text: what a review keeps of a claim that it names."""


class Failure(Struct, frozen=True):
    """A report that the engine could not read anew; it keeps its claims."""

    report: str
    fault: str


class Recoded(Struct, frozen=True, kw_only=True):
    """What recoding did: reports read anew, claims that stayed, came and went, reviews carried over, and conflicts by number."""

    reports: int = 0
    same: int = 0
    new: int = 0
    gone: int = 0
    carried: int = 0  # decisions that made a claim what it is
    conflicts: tuple[int, ...] = ()
    failures: tuple[Failure, ...] = ()


def recode_project(
    project: Project,
    read: Callable[[Iterable[Report]], Iterable[Reading | str]],
    *,
    reviewer: str,
    coder: Coder | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Recoded:
    """Read every report anew with `read`.

    `read` gives for each report, in their order, a reading in the project's codebook, or says what went wrong.
    `reviewer`: who had it done, for the log.  The events are linked anew afterwards.  Raises StoreError.
    """
    summaries: list[Recoded] = []
    with project.reading_tables() as connection:
        ids = list(connection.execute(select(t.reports.c.id).order_by(t.reports.c.id)).scalars())
    with using(project.codebook()):
        progress(0, len(ids))
        for done, (report_id, reading) in enumerate(zip(ids, read(map(project.report, ids)), strict=True), 1):
            progress(done, len(ids))
            if isinstance(reading, str):
                summaries.append(Recoded(failures=(Failure(project.report(report_id).path or report_id, reading),)))
                continue
            with project.writing_tables(durable=True) as connection:
                summaries.append(recode_report(connection, reading, reviewer, coder or _this_engine()))
        with project.writing_tables(durable=True) as connection:
            _carry_links(connection)
    refresh_events(project)
    return _sum(summaries)


def recode_report(connection: Connection, reading: Reading, reviewer: str, coder: Coder) -> Recoded:
    """Put a new reading in the place of a report's old one, with the decisions that stand about its claims."""
    report = reading.report.id
    before = {claim.id: claim for claim in load_claims(connection, t.claims.c.report_id == report)}
    engine = {claim.id: EngineClaim(n, claim) for n, claim in enumerate(reading.claims)}
    rows = load_reviews(connection, (t.reviews.c.report_id == report) & t.reviews.c.action.in_({*CLAIM_ACTIONS, *_AGAIN}))
    named = _find_again(connection, rows, {i: kept.claim for i, kept in engine.items()})
    _forget(connection, report, rows)
    _note_moved(connection, named.now)
    touched = _note_touched(connection, rows, named.now)
    differing = [i for i in before.keys() & engine.keys() if coded(before[i]) != coded(engine[i].claim)]
    number = None
    if rows or differing:
        number = _note_recoding(connection, report, reviewer, coder, {*touched, *differing}).number
    state, conflicts = _carried(connection, rows, engine, named.lost)
    _replace(connection, reading, before, coder)
    changed = {i: state.claims.get(i) for i in {*engine, *state.claims}}
    changed = {i: claim for i, claim in changed.items() if i not in engine or claim != engine[i].claim}
    keep_engine_claims(connection, {i: engine[i] for i in changed if i in engine})
    write_claims(connection, changed, {i: kept.n for i, kept in engine.items()})
    outdate(connection, [report])
    if number is not None:
        _note_statuses(connection, report, state, {*touched, *differing}, number, reviewer)
    return Recoded(
        reports=1,
        same=sum(before.get(i) == claim for i, claim in state.claims.items()),
        new=len(state.claims.keys() - before.keys()),
        gone=len(before.keys() - state.claims.keys()),
        carried=len({status.revision for status in state.status.values()}),
        conflicts=tuple(sorted(conflicts)),
    )


def _carried(
    connection: Connection, rows: Sequence[Review], engine: Mapping[str, EngineClaim], lost: Set[str]
) -> tuple[State, dict[int, str]]:
    """The new claims with the decisions in force, and why each of the others cannot be carried over."""
    undone = load_undone(connection)
    standing = [row for row in rows if row.action in CLAIM_ACTIONS and row.number not in undone]
    conflicts = {row.number: "the engine reads no such claim any more" for row in standing if _names(row, lost)}
    fits = [row for row in standing if row.number not in conflicts and row.layer is None]
    claims = {i: kept.claim for i, kept in engine.items()}
    state, faults = replay(claims, steps_of(connection, fits), check_accepted=True)
    conflicts |= {fault.number: fault.reason for fault in faults}
    _note_conflicts(connection, conflicts)
    return state, conflicts


def reanchor(anchors: Mapping[str, Anchor], claims: Mapping[str, Claim]) -> dict[str, str]:
    """The present claim of each claim that reviews name: the same id, else the same kind on the same characters, one to one.

    Claims match as an engine's claims match gold ones (`evaluation.matching`): by the share of the shorter evidence, and of both.
    """
    found = {old: old for old in anchors if old in claims}
    free = [new for new in claims if new not in found]
    candidates = []
    for old in sorted(anchors.keys() - found.keys()):
        _, kind, evidence, _ = anchors[old]
        chars = _characters(Span(*span) for span in evidence)
        for new in free:
            claim = claims[new]
            if claim.kind == kind and (shares := _overlap(chars, _characters(claim.evidence))):
                candidates.append((-shares[0], -shares[1], old, new))
    taken: set[str] = set()
    for *_, old, new in sorted(candidates):
        if old not in found and new not in taken:
            found[old] = new
            taken.add(new)
    return found


def _overlap(a: frozenset[int], b: frozenset[int]) -> tuple[float, float] | None:
    shared = len(a & b)
    shares = shared / max(1, min(len(a), len(b))), shared / max(1, len(a | b))
    return shares if shares[0] >= HALF and shares[1] >= UNION else None


def _characters(spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(i for span in spans for i in range(span.start, span.end))


class _Names(NamedTuple):
    """How claims that reviews name are called now, and which of them the engine reads no more."""

    now: dict[str, str]
    lost: Set[str]


def _find_again(connection: Connection, rows: Sequence[Review], claims: Mapping[str, Claim]) -> _Names:
    """Claims that people made keep their names.

    A claim that had moved before goes where its later name goes, so that all reviews of one claim stay together.
    """
    made = {i for row in rows for i in claims_made(from_json(row.decision))}
    anchors = {old: anchor for row in reversed(rows) for old, anchor in _anchors(row).items() if old not in made}
    before = load_moved(connection, anchors)
    found = reanchor({i: anchor for i, anchor in anchors.items() if i not in before}, claims)
    for old, later in before.items():
        if now := found.get(later) or reanchor({old: anchors[old]}, claims).get(old):
            found[old] = now
    return _Names(found, anchors.keys() - found.keys())


def _anchors(row: Review) -> dict[str, Anchor]:
    return msgspec.json.decode(row.anchors, type=dict[str, Anchor])


def _names(row: Review, claims: Set[str]) -> bool:
    return any(i in claims for i in claims_named(from_json(row.decision)))


def _forget(connection: Connection, report_id: str, rows: Sequence[Review]) -> None:
    """Everything that follows from the log for this report; it is made anew."""
    for table in (t.engine_claims, t.claim_reviews):
        connection.execute(delete(table).where(table.c.report_id == report_id))
    for row in rows:
        connection.execute(delete(t.review_conflicts).where(t.review_conflicts.c.number == row.number))


def _note_moved(connection: Connection, now: Mapping[str, str]) -> None:
    for some in batches(sorted(now)):
        connection.execute(delete(t.moved_claims).where(t.moved_claims.c.was.in_(some)))
    other = [{"was": old, "now": new} for old, new in sorted(now.items()) if old != new]
    if other:
        connection.execute(insert(t.moved_claims), other)


def _note_touched(connection: Connection, rows: Sequence[Review], now: Mapping[str, str]) -> set[str]:
    """List which present claims each review touches; all of them."""
    touched: dict[int, set[str]] = {}
    for row in rows:
        decision = from_json(row.decision)
        if isinstance(decision, Undo | Redo):
            touched[row.number] = touched.get(decision.number, set())
        else:
            touched[row.number] = {*(now.get(i, i) for i in claims_named(decision)), *claims_made(decision)}
        connection.execute(delete(t.review_claims).where(t.review_claims.c.number == row.number))
    values = [{"number": number, "claim_id": i} for number, ids in touched.items() for i in sorted(ids)]
    if values:
        connection.execute(insert(t.review_claims), values)
    return {i for ids in touched.values() for i in ids}


def _note_recoding(connection: Connection, report: str, reviewer: str, coder: Coder, claims: Set[str]) -> Review:
    decision = Recode(report=report, engine=coder.engine, version=coder.version)
    row = Review(
        number=0, subject=report, report_id=report, action=decision.action, field=None, engine_value=None, before=None,
        value=msgspec.json.encode([coder.engine, coder.version]).decode(), reviewer=reviewer,
        at=datetime.now(UTC).isoformat(timespec="microseconds"), reason=None, layer=None, decision=to_json(decision),
        anchors="{}", previous="", hash="",
    )  # fmt: skip
    return append_review(connection, row, claims)


def _note_conflicts(connection: Connection, conflicts: Mapping[int, str]) -> None:
    if conflicts:
        connection.execute(insert(t.review_conflicts), [{"number": n, "reason": why} for n, why in sorted(conflicts.items())])


def _note_statuses(connection: Connection, report: str, state: State, touched: Set[str], number: int, reviewer: str) -> None:
    """What people made of each claim.  Its revision is the recoding, so that nobody decides on what the old engine read."""
    rows = []
    for claim_id in sorted(touched):
        if claim_id in state.claims or claim_id in state.status:
            status = state.status.get(claim_id, WAITING)
            told = {"status": status.name, "reviewer": status.reviewer or reviewer, "at": status.at or ""}
            rows.append({"claim_id": claim_id, "report_id": report, "revision": number, **told})
    if rows:
        connection.execute(insert(t.claim_reviews), rows)


def _replace(connection: Connection, reading: Reading, before: Mapping[str, Claim], coder: Coder) -> None:
    """The rows of the new reading; those of the report itself, and of what hangs on it, stay."""
    report_id = reading.report.id
    for ids in batches(sorted(before)):
        connection.execute(delete(t.event_claims).where(t.event_claims.c.claim_id.in_(ids)))
    for table in (t.claims, t.regions, t.sentences, t.mentions, t.unread_numbers):
        connection.execute(delete(table).where(table.c.report_id == report_id))
    rows = reading_rows(reading, coder)
    [report] = rows.pop(t.reports)
    read_by = {name: report[name] for name in ("engine", "engine_version", "gazetteer")}
    connection.execute(t.reports.update().where(t.reports.c.id == report_id).values(**read_by))
    insert_rows(connection, rows)


def _carry_links(connection: Connection) -> None:
    """Decisions about links and events, in the names of the present claims; those of claims that are gone are conflicts."""
    rows = load_reviews(connection, t.reviews.c.action.in_(LINK_ACTIONS))
    by_report: dict[str, dict[str, Anchor]] = {}
    for old, anchor in ((old, anchor) for row in rows for old, anchor in _anchors(row).items()):
        by_report.setdefault(anchor[0], {})[old] = anchor
    found: dict[str, str] = {}
    for report_id, anchors in sorted(by_report.items()):
        claims = {claim.id: claim for claim in load_claims(connection, t.claims.c.report_id == report_id)}
        known = {old: now for old, now in load_moved(connection, anchors).items() if now in claims}
        found |= known | reanchor({old: anchor for old, anchor in anchors.items() if old not in known}, claims)
    _note_moved(connection, found)
    undone = load_undone(connection)
    for row in rows:
        decision = from_json(row.decision)
        show_results(connection, row, decision)
        connection.execute(delete(t.review_conflicts).where(t.review_conflicts.c.number == row.number))
        if row.number not in undone and any(i not in found for i in claims_named(decision)):
            _note_conflicts(connection, {row.number: "a claim that it is about is gone"})


def _this_engine() -> Coder:
    from dateline import __version__

    return Coder("rules", __version__)


def _sum(summaries: Sequence[Recoded]) -> Recoded:
    def total(field: str) -> int:
        return sum(getattr(summary, field) for summary in summaries)

    return Recoded(
        reports=total("reports"), same=total("same"), new=total("new"), gone=total("gone"), carried=total("carried"),
        conflicts=tuple(sorted(n for summary in summaries for n in summary.conflicts)),
        failures=tuple(failure for summary in summaries for failure in summary.failures),
    )  # fmt: skip
