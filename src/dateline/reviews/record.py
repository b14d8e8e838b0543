"""Writes decisions down: one transaction each, in the log and in the record, then the events that they touch.

Twenty people can decide at once: a decision holds the write lock from its first look at the record until it is on the disk, and
one that was made on what somebody else has changed meanwhile is refused (ConflictError) instead of written over it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select

from dateline.errors import ConflictError, ReviewError
from dateline.gazetteer import using as using_gazetteer
from dateline.gazetteer.installed import installed_layers
from dateline.lexicon.codebook import using as using_codebook
from dateline.model import Claim, Review
from dateline.model.review import text_hash
from dateline.reviews.apply import WAITING, Step, apply, replay
from dateline.reviews.decisions import (
    AcceptLink,
    Assign,
    ClaimDecision,
    Comment,
    Decision,
    Finish,
    GradeClaim,
    GradeSource,
    LinkDecision,
    NotThisEvent,
    Recode,
    Redo,
    Resolve,
    SameEvent,
    Unassign,
    Undo,
    claims_made,
    claims_named,
    from_json,
    to_json,
)
from dateline.reviews.results import show_results
from dateline.reviews.settle import Settled, fault_of, settle, settle_link, settle_resolution
from dateline.reviews.units import Unit, load_unit, revision_of, steps_of
from dateline.store import Project
from dateline.store import tables as t
from dateline.store.aliases import aliases_of
from dateline.store.linking import outdate
from dateline.store.load import load_claims, load_reports
from dateline.store.reviews import (
    append_review,
    keep_engine_claims,
    load_conflicts,
    load_grades,
    load_moved,
    load_reviews,
    load_undone,
    next_number,
    set_undone,
    write_claims,
)

LONGEST_REASON = 5_000
LONGEST_NAME = 100


class Decided(Struct, frozen=True, kw_only=True):
    """A decision that is in the log: its number and hash, the claims that it touched and their revisions after it."""

    number: int
    hash: str
    claims: tuple[str, ...] = ()
    revisions: dict[str, int] = {}


class _Turn(NamedTuple):
    """Who decides, in which transaction, and what they had seen."""

    connection: Connection
    reviewer: str
    reason: str | None
    layer: str | None
    at: str
    based_on: Mapping[str, int]


def decide(
    project: Project,
    decision: Decision,
    *,
    reviewer: str,
    reason: str | None = None,
    based_on: Mapping[str, int] | None = None,
    layer: str | None = None,
    relink: bool = True,
) -> Decided:
    """Write a decision down; when this returns it is on the disk, and the record and its events are as it says.

    `based_on` gives the revision of each claim that the reviewer saw (0: none had reviewed it).  `layer` is the name of a second
    coder who codes blind: the record in force stays as it is.  Without `relink` the events wait for `refresh_events`.  Raises
    ConflictError where a claim has another revision by now, ReviewError where the decision does not fit the record or the
    codebook, StoreError where it cannot be written; nothing is written then.
    """
    [decided] = decide_all(
        project, [decision], reviewer=reviewer, reason=reason, based_on=based_on, layer=layer, relink=relink
    )  # fmt: skip
    return decided


def decide_all(
    project: Project,
    decisions: Sequence[Decision],
    *,
    reviewer: str,
    reason: str | None = None,
    based_on: Mapping[str, int] | None = None,
    layer: str | None = None,
    relink: bool = True,
) -> list[Decided]:
    """Write decisions down, all or none; each is a row of its own that can be undone alone."""
    reviewer, reason = _signature(reviewer), _reason(reason)
    with using_record(project), project.writing_tables(durable=True) as connection:
        at = datetime.now(UTC).isoformat(timespec="microseconds")
        turn = _Turn(connection, reviewer, reason, layer, at, based_on or {})
        _check_seen(turn)
        decided = [_decide(turn, decision) for decision in decisions]
    if relink and layer is None:
        refresh_events(project)
    return decided


def refresh_events(project: Project) -> None:
    """Make the events anew that decisions touched since the last linking; does nothing where there are none."""
    from dateline.runners.linking import link_project  # numpy is loaded when there is something to link

    with project.reading_tables() as connection:
        waits = connection.execute(select(t.linked_reports.c.report_id).where(t.linked_reports.c.outdated).limit(1)).first()
    if waits:
        link_project(project)


@contextmanager
def using_record(project: Project) -> Iterator[None]:
    """The project's codebook and gazetteer in use."""
    layers, aliases = installed_layers(project.name), aliases_of(project)
    with using_codebook(project.codebook()), using_gazetteer(layers, aliases):
        yield


def _signature(reviewer: str) -> str:
    name = " ".join(reviewer.split())
    if not name or len(name) > LONGEST_NAME or "\0" in name:
        raise ReviewError(f"a review is signed: give the reviewer's name, of at most {LONGEST_NAME} characters")
    return name


def _reason(reason: str | None) -> str | None:
    told = (reason or "").strip()
    if len(told) > LONGEST_REASON or "\0" in told:
        raise ReviewError(f"a reason has at most {LONGEST_REASON:,} characters")
    return told or None


def _check_seen(turn: _Turn) -> None:
    for claim, seen in turn.based_on.items():
        revision, by = revision_of(turn.connection, claim, turn.layer)
        if revision != seen:
            raise ConflictError(
                f"{by} has reviewed claim {claim} meanwhile (review {revision}); look at it as it is now and decide again",
                subject=claim, revision=revision, by=by,
            )  # fmt: skip


def _decide(turn: _Turn, decision: Decision) -> Decided:
    if isinstance(decision, Recode):
        raise ReviewError("recoding is done by `dateline recode`, and not decided")
    if turn.layer is not None and not isinstance(decision, ClaimDecision | Undo | Redo | Comment | Finish):
        raise ReviewError(f"{decision.action} is about the record in force; a second coder decides about claims alone")
    match decision:
        case Undo(number=number):
            return _decide_again(turn, decision, number, stands=False)
        case Redo(number=number):
            return _decide_again(turn, decision, number, stands=True)
        case NotThisEvent() | SameEvent() | AcceptLink():
            settled = settle_link(turn.connection, decision)
            return _note(turn, settled, _subject_of_link(settled), value=msgspec.to_builtins(claims_named(settled)))
        case Resolve():
            resolved = settle_resolution(turn.connection, decision)
            _need_reason(turn, "a contradiction is resolved for a reason: say why this side holds")
            return _note(turn, resolved, resolved.founder, field=resolved.field, value=resolved.value)
        case GradeSource() | GradeClaim():
            return _grade(turn, decision)
        case Comment() | Assign() | Unassign() | Finish():
            return _remark(turn, decision)
        case _:
            return _decide_claims(turn, decision)


# Claims


def _decide_claims(turn: _Turn, decision: ClaimDecision) -> Decided:
    named = claims_named(decision)
    unit = load_unit(turn.connection, named, turn.layer)
    settled = settle(turn.connection, decision, unit.state)
    if settled.needs_reason:
        _need_reason(turn, settled.needs_reason)
    step = Step(next_number(turn.connection), settled.decision, turn.reviewer, turn.at)
    after = apply(unit.state, step)
    made = claims_made(settled.decision)
    for claim_id in {*named, *made}:
        if (claim := after.claims.get(claim_id)) and (fault := fault_of(claim)):
            raise ReviewError(fault)
    touched = tuple(sorted({*named, *made}))
    unit_after = Unit(unit.engine, (*unit.steps, step), unit.claims | set(made))
    report = next((c.report_id for i in touched for c in (after.claims.get(i), unit.state.claims.get(i)) if c), None)
    return _write(turn, _row(turn, settled, unit, report, (named or made)[0]), touched, unit, unit_after)


def _row(turn: _Turn, settled: Settled, unit: Unit, report_id: str | None, subject: str) -> Review:
    engine = unit.engine.get(subject)
    field = settled.field
    engine_value = msgspec.to_builtins(getattr(engine.claim, field)) if engine and field else None
    claims = unit.state.claims
    anchors = _anchors(turn.connection, [claims[i] for i in claims_named(settled.decision) if i in claims])
    return Review(
        number=0, subject=subject, report_id=report_id, action=settled.decision.action, field=field,
        engine_value=_json(engine_value), before=_json(settled.before), value=_json(settled.value), reviewer=turn.reviewer,
        at=turn.at, reason=turn.reason, layer=turn.layer, decision=to_json(settled.decision), anchors=_text(anchors),
        previous="", hash="",
    )  # fmt: skip


def _anchors(connection: Connection, claims: Sequence[Claim]) -> dict[str, list[Any]]:
    """By what each claim is found again: its report, kind and evidence; and the hash of the text that was reviewed."""
    texts = load_reports(connection, sorted({claim.report_id for claim in claims}))
    hashes = {i: text_hash(report.text) for i, report in texts.items()}
    return {
        claim.id: [claim.report_id, claim.kind, [[s.start, s.end] for s in claim.evidence], hashes.get(claim.report_id, "")]
        for claim in claims
    }


def _write(turn: _Turn, row: Review, touched: tuple[str, ...], before: Unit, after: Unit) -> Decided:
    """Put the row in the log and what it changes in force."""
    written = append_review(turn.connection, row, touched)
    decision = from_json(written.decision)
    if turn.layer is None:
        put_in_force(turn.connection, before, after, written, touched)
        show_results(turn.connection, written, decision)
    return Decided(number=written.number, hash=written.hash, claims=touched, revisions=dict.fromkeys(touched, written.number))


def put_in_force(connection: Connection, before: Unit, after: Unit, row: Review, touched: tuple[str, ...]) -> None:
    """Bring the tables of claims from one state of a unit to another; `row` is the review that did it."""
    old, new = before.state, after.state
    ids = {*before.claims, *after.claims}
    changed = {i: new.claims.get(i) for i in ids if old.claims.get(i) != new.claims.get(i)}
    keep_engine_claims(connection, {i: after.engine[i] for i in changed if i in after.engine})
    write_claims(connection, changed, {i: kept.n for i, kept in after.engine.items()})
    outdate(connection, {claim.report_id for i in changed for claim in (old.claims.get(i), new.claims.get(i)) if claim})
    for claim_id in sorted({*touched, *changed}):
        status = new.status.get(claim_id, WAITING)
        connection.execute(delete(t.claim_reviews).where(t.claim_reviews.c.claim_id == claim_id))
        told = {"status": status.name, "reviewer": status.reviewer or row.reviewer, "at": status.at or row.at}
        if claim_id in new.claims or claim_id in new.status:
            record = {"claim_id": claim_id, "report_id": row.report_id, "revision": row.number, **told}
            connection.execute(insert(t.claim_reviews), record)


# Undo and redo


def _decide_again(turn: _Turn, decision: Undo | Redo, number: int, *, stands: bool) -> Decided:
    """Undo a decision, or let it hold again.  To undo an undo is to redo."""
    target = next(iter(load_reviews(turn.connection, t.reviews.c.number == number)), None)
    if target is None:
        raise ReviewError(f"there is no review {number}")
    meant = from_json(target.decision)
    if isinstance(meant, Undo | Redo):
        return _decide_again(turn, decision, meant.number, stands=isinstance(meant, Redo) is stands)
    if target.layer != turn.layer:
        raise ReviewError(f"review {number} belongs to the coding of {target.layer or 'the record in force'}")
    if (number in load_undone(turn.connection)) is not stands:
        raise ReviewError(f"review {number} {'stands' if stands else 'is undone'} already")
    again: Undo | Redo = Redo(number=number) if stands else Undo(number=number)
    row = Review(
        number=0, subject=target.subject, report_id=target.report_id, action=again.action, field=target.field, engine_value=None,
        before=target.value if not stands else target.before, value=target.before if not stands else target.value,
        reviewer=turn.reviewer, at=turn.at, reason=turn.reason, layer=turn.layer, decision=to_json(again), anchors="{}",
        previous="", hash="",
    )  # fmt: skip
    if isinstance(meant, ClaimDecision):
        return _decide_claims_again(turn, row, target, meant, stands=stands)
    set_undone(turn.connection, number, not stands)
    written = append_review(turn.connection, row, ())
    show_results(turn.connection, target, meant)
    return Decided(number=written.number, hash=written.hash, claims=claims_named(meant))


def _decide_claims_again(turn: _Turn, row: Review, target: Review, meant: ClaimDecision, *, stands: bool) -> Decided:
    if conflict := load_conflicts(turn.connection).get(target.number):
        if stands:
            raise ReviewError(f"review {target.number} does not fit the claims of the present engine: {conflict}")
        turn.connection.execute(delete(t.review_conflicts).where(t.review_conflicts.c.number == target.number))
    moved = load_moved(turn.connection, claims_named(meant))
    touched = tuple(sorted({*(moved.get(i, i) for i in claims_named(meant)), *claims_made(meant)}))
    unit = load_unit(turn.connection, touched, turn.layer)
    [step] = steps_of(turn.connection, [target])
    after = unit.with_step(step) if stands else unit.without(target.number)
    _, faults = replay({i: kept.claim for i, kept in after.engine.items()}, after.steps)
    if faults:
        raise ReviewError(f"review {faults[0].number} stands on review {target.number}; undo that first ({faults[0].reason})")
    for claim in after.state.claims.values():
        if fault := fault_of(claim):
            raise ReviewError(f"without review {target.number} the record is no claim of the codebook: {fault}")
    set_undone(turn.connection, target.number, not stands)
    decided = _write(turn, row, touched, unit, after)
    if turn.layer is None:
        show_results(turn.connection, target, meant)
    return decided


# What is not about the fields of a claim


def _grade(turn: _Turn, decision: GradeSource | GradeClaim) -> Decided:
    field = "reliability" if isinstance(decision, GradeSource) else "credibility"
    subject, table = (decision.source, t.sources) if isinstance(decision, GradeSource) else (decision.claim, t.claims)
    _must_be(turn.connection, table, subject, "source" if isinstance(decision, GradeSource) else "claim")
    before = load_grades(turn.connection, "reliability" if isinstance(decision, GradeSource) else "credibility", [subject])
    was = before[subject].grade if subject in before else None
    return _note(turn, decision, subject, field=field, before=was, value=str(decision.grade))


def _remark(turn: _Turn, decision: Comment | Assign | Unassign | Finish) -> Decided:
    match decision:
        case Comment(subject=subject, text=text):
            if not text.strip() or len(text) > LONGEST_REASON or "\0" in text or not subject:
                raise ReviewError(f"a comment has a subject and 1 to {LONGEST_REASON:,} characters")
            return _note(turn, decision, subject, value=text.strip())
        case Assign(report=report, coder=coder):
            _must_be(turn.connection, t.reports, report, "report")
            if coder != _signature(coder):
                raise ReviewError(f"{coder!r} is no name of a coder")
            return _note(turn, decision, report, report_id=report, value=coder)
        case Unassign(report=report, coder=coder):
            _must_be_assigned(turn.connection, report, coder)
            return _note(turn, decision, report, report_id=report, before=coder)
        case Finish(report=report):
            _must_be_assigned(turn.connection, report, turn.layer)
            return _note(turn, decision, report, report_id=report, value=turn.layer)


def _must_be(connection: Connection, table: Any, record_id: str, noun: str) -> None:
    if connection.execute(select(table.c.id).where(table.c.id == record_id)).first() is None:
        raise ReviewError(f"no {noun} {record_id}")


def _must_be_assigned(connection: Connection, report: str, coder: str | None) -> None:
    where = (t.assignments.c.report_id == report, t.assignments.c.coder == (coder or ""))
    if connection.execute(select(t.assignments.c.coder).where(*where)).first() is None:
        raise ReviewError(f"report {report} is not assigned to {coder or 'anybody whose layer was named'}")


def _note(
    turn: _Turn,
    decision: Decision,
    subject: str,
    *,
    field: str | None = None,
    before: Any = None,
    value: Any = None,
    report_id: str | None = None,
) -> Decided:
    """Put a row in the log that touches no claim's fields, and what follows from it in its table."""
    named = claims_named(decision) if isinstance(decision, LinkDecision | Resolve) else ()
    anchors = _anchors(turn.connection, load_claims(turn.connection, t.claims.c.id.in_(named)) if named else [])
    row = Review(
        number=0, subject=subject, report_id=report_id, action=decision.action, field=field, engine_value=None,
        before=_json(before), value=_json(value), reviewer=turn.reviewer, at=turn.at, reason=turn.reason, layer=turn.layer,
        decision=to_json(decision), anchors=_text(anchors), previous="", hash="",
    )  # fmt: skip
    written = append_review(turn.connection, row, ())
    show_results(turn.connection, written, decision)
    return Decided(number=written.number, hash=written.hash, claims=named)


def _subject_of_link(decision: LinkDecision) -> str:
    return decision.claims[0] if isinstance(decision, SameEvent) else decision.claim


def _need_reason(turn: _Turn, why: str) -> None:
    if turn.reason is None:
        raise ReviewError(why)


def _json(value: Any) -> str | None:
    return None if value is None else _text(value)


def _text(value: Any) -> str:
    return msgspec.json.encode(value).decode()
