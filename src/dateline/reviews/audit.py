"""Is the log whole, and is the record what the log makes of the engine's reading?

    report = audit(project)
    report.faults       the first says where to look

The chain shows every change, gap and insertion inside the log; it cannot show that its last rows are missing.  For that the
number and hash of the last row are noted outside (`dateline audit` prints them) and given with the next check; besides, a record
in force that only missing rows explain is told.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, select

from dateline.lexicon.codebook import using
from dateline.model import Claim, Review, Span, report_id
from dateline.model.review import FIRST, review_hash, text_hash
from dateline.reviews.apply import replay
from dateline.reviews.decisions import Redo, Undo, from_json
from dateline.reviews.units import Unit, load_unit
from dateline.store import Project
from dateline.store import tables as t
from dateline.store.load import load_claims
from dateline.store.reviews import load_reviews, load_undone

_PORTION = 1000  # rows of the log, or claims, in memory at a time


class Fault(Struct, frozen=True):
    """What is wrong, and with which row, claim or report."""

    subject: str
    what: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.what}"


class AuditReport(Struct, frozen=True, kw_only=True):
    """What was looked at, the end of the chain, and the faults in the order of the log, then of the records."""

    reviews: int
    reports: int
    claims: int
    head: str  # the hash of the last row; 64 zeros where there is none
    faults: tuple[Fault, ...]


def audit(project: Project, head: str | None = None) -> AuditReport:
    """Check the chain of the log, the evidence of all claims, and the record in force against the log.

    `head`: a hash that was noted earlier and must still be in the chain.
    """
    faults: list[Fault] = []
    with project.reading_tables() as connection, using(project.codebook()):
        rows, last, chain = _check_chain(connection, head)
        faults += chain
        faults += _check_undone(connection)
        reports, broken = _check_reports(connection)
        faults += broken
        claims, astray = _check_claims(connection)
        faults += astray
        if not chain:  # a log that cannot be read cannot be replayed
            faults += _check_record(connection)
    return AuditReport(reviews=rows, reports=reports, claims=claims, head=last, faults=tuple(faults))


def _check_chain(connection: Connection, head: str | None) -> tuple[int, str, list[Fault]]:
    """How many rows the log has, the hash of the last, and the first row that does not fit."""
    previous, number, seen = FIRST, 0, head in (None, FIRST)
    for row in _log(connection):
        number += 1
        if row.number != number:
            return number, previous, [Fault(f"review {number}", f"is missing; review {row.number} follows")]
        if row.previous != previous:
            return number, previous, [Fault(f"review {number}", "is not chained to the row before it")]
        if row.hash != review_hash(row):
            return number, previous, [Fault(f"review {number}", "was changed after it was written")]
        previous = row.hash
        seen = seen or row.hash == head
    lost = (
        [] if seen else [Fault("the log", f"does not hold the row with the hash {head}: its last rows are missing or made anew")]
    )
    return number, previous, lost


def _log(connection: Connection) -> Iterator[Review]:
    last = 0
    while rows := load_reviews(connection, t.reviews.c.number.in_(range(last + 1, last + _PORTION + 1))):
        yield from rows
        last += _PORTION
    rest = connection.execute(select(t.reviews.c.number).where(t.reviews.c.number > last).limit(1)).scalar()
    if rest is not None:  # a gap of a whole portion
        yield from load_reviews(connection, t.reviews.c.number == rest)


def _check_undone(connection: Connection) -> list[Fault]:
    """Which reviews are undone must be what the log says."""
    said: set[int] = set()
    for row in load_reviews(connection, t.reviews.c.action.in_(("undo", "redo"))):
        decision = from_json(row.decision)
        if isinstance(decision, Undo):
            said.add(decision.number)
        elif isinstance(decision, Redo):
            said.discard(decision.number)
    wrong = sorted(said ^ load_undone(connection))
    return [
        Fault(f"review {n}", f"is {'' if n in said else 'not '}undone by the log, and the table says otherwise") for n in wrong
    ]


def _check_reports(connection: Connection) -> tuple[int, list[Fault]]:
    """The id of a report is the beginning of its hash, and its text is that which reviewers saw.

    A report's own hash is of its bytes as received, of which a page's text is a part: so the log keeps a hash of the text.
    """
    faults: list[Fault] = []
    count = 0
    seen = _texts_seen(connection)
    columns = (t.reports.c.id, t.reports.c.sha256, t.reports.c.text)
    for row in connection.execution_options(yield_per=100).execute(select(*columns).order_by(t.reports.c.id)):
        count += 1
        if row.id != report_id(row.sha256):
            faults.append(Fault(f"report {row.id}", "has another hash than its id says"))
        if row.id in seen and text_hash(row.text) not in seen[row.id]:
            faults.append(Fault(f"report {row.id}", "has another text than its reviewers saw"))
    return count, faults


def _texts_seen(connection: Connection) -> dict[str, set[str]]:
    """The hashes of the texts of the reports that reviews are about, by the log."""
    found: dict[str, set[str]] = {}
    for anchors in connection.execute(select(t.reviews.c.anchors).where(t.reviews.c.anchors != "{}")).scalars():
        for report, _, _, seen in msgspec.json.decode(anchors).values():
            found.setdefault(report, set()).add(seen)
    return found


def _check_claims(connection: Connection) -> tuple[int, list[Fault]]:
    """Each stretch of evidence lies in its report, and the words of a figure are those characters."""
    faults: list[Fault] = []
    count = 0
    for ids in _portions(list(connection.execute(select(t.claims.c.id).order_by(t.claims.c.report_id, t.claims.c.n)).scalars())):
        claims = load_claims(connection, t.claims.c.id.in_(ids))
        wanted = {claim.report_id for claim in claims}
        query = select(t.reports.c.id, t.reports.c.text).where(t.reports.c.id.in_(wanted))
        texts = {row.id: row.text for row in connection.execute(query)}
        for claim in claims:
            count += 1
            faults += [Fault(f"claim {claim.id}", what) for what in _astray(claim, texts[claim.report_id])]
    return count, faults


def _astray(claim: Claim, text: str) -> Iterator[str]:
    for span in claim.evidence:
        if not 0 <= span.start < span.end <= len(text):
            yield f"its evidence [{span.start}, {span.end}] is not in its report"
    named: list[tuple[str, str, Span]] = [("figure", f.words, f.span) for f in claim.figures]
    named += [("place", p.words, p.span) for p in claim.places]
    if claim.time:
        named.append(("time", claim.time.words, claim.time.span))
    for what, words, span in named:
        if span and _plain(span.of(text)) != _plain(words):
            yield f"its {what} {words!r} is not what stands at {span.start}-{span.end}"


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _check_record(connection: Connection) -> list[Fault]:
    """Every claim that a review touched must be what the engine's reading and the decisions that stand make of it."""
    faults: list[Fault] = []
    seen: set[str] = set()
    touched = select(t.review_claims.c.claim_id).union(select(t.engine_claims.c.claim_id), select(t.claim_reviews.c.claim_id))
    for claim_id in sorted(connection.execute(touched).scalars()):
        if claim_id in seen:
            continue
        unit = load_unit(connection, [claim_id])
        seen |= unit.claims
        faults += _compare(connection, unit)
    return faults


def _compare(connection: Connection, unit: Unit) -> Iterator[Fault]:
    state, broken = replay({i: kept.claim for i, kept in unit.engine.items()}, unit.steps)
    for fault in broken:
        yield Fault(f"review {fault.number}", f"cannot be applied: {fault.reason}")
    stored = {claim.id: claim for claim in load_claims(connection, t.claims.c.id.in_(sorted(unit.claims)))}
    for claim_id in sorted(unit.claims):
        if stored.get(claim_id) != state.claims.get(claim_id):
            differing = _differing(stored.get(claim_id), state.claims.get(claim_id))
            yield Fault(f"claim {claim_id}", f"is not what the log makes of it ({differing})")


def _differing(stored: Claim | None, made: Claim | None) -> str:
    if stored is None or made is None:
        return "it should not be there" if made is None else "it is missing"
    names = [field for field in Claim.__struct_fields__ if getattr(stored, field) != getattr(made, field)]
    return ", ".join(names)


def _portions(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + 900] for start in range(0, len(ids), 900))
