"""Coding blind: a coder sees of a report given to them nothing that the engine or others made of it, until they are done.

The one place that knows: pages of a selection take it through `in_sight`, pages of one record ask `check_open`,
`check_claims_open` or `check_event_open` first, and decisions `check_decision_open`.
"""

from collections.abc import Iterable

import msgspec
from fastapi import HTTPException
from sqlalchemy import select

from dateline.queries import Selection
from dateline.reviews import Decision, Redo, Undo
from dateline.reviews.coders import assignments
from dateline.reviews.decisions import AddClaim, Comment, Finish, NotThisEvent, Resolve, claims_named
from dateline.reviews.views import claim_view
from dateline.store import Project
from dateline.store import tables as t
from dateline.workbench.access import User

BLIND = "You code this report blind: finish it on the Coders page first."


def blind_reports(project: Project, user: User) -> frozenset[str]:
    """The reports that a user codes blind and has not finished."""
    return frozenset(one.report_id for one in assignments(project, user.name) if one.finished is None)


def check_open(project: Project, user: User, report_id: str) -> None:
    """Refuse what others made of a report to whoever codes it blind.  Raises HTTPException."""
    if report_id in blind_reports(project, user):
        raise HTTPException(403, BLIND)


def in_sight(project: Project, user: User, selection: Selection) -> Selection:
    """A selection without the reports that a user codes blind: their claims, and the events that hold one."""
    hidden = blind_reports(project, user)
    return msgspec.structs.replace(selection, hidden=hidden) if hidden else selection


def check_nothing_blind(project: Project, user: User) -> None:
    """Refuse what holds the whole project to whoever codes a report blind.  Raises HTTPException."""
    if blind_reports(project, user):
        raise HTTPException(403, BLIND)


def check_claims_open(project: Project, user: User, claims: Iterable[str]) -> None:
    """Refuse claims of reports that a user codes blind.  Raises HTTPException."""
    hidden = blind_reports(project, user)
    if hidden and any(claim_view(project, claim).report_id in hidden for claim in claims):
        raise HTTPException(403, BLIND)


def check_event_open(project: Project, user: User, event_id: str) -> None:
    """Refuse an event that holds a claim of a report that a user codes blind: its figures tell that claim's.

    Raises HTTPException.
    """
    if blind_reports(project, user) and event_id in hidden_events(project, user, [event_id]):
        raise HTTPException(403, BLIND)


def hidden_events(project: Project, user: User, event_ids: Iterable[str]) -> set[str]:
    """Those of some events (of a page) that hold a claim of a report that a user codes blind."""
    hidden, links = blind_reports(project, user), t.event_claims
    query = select(links.c.event_id).join_from(links, t.claims, t.claims.c.id == links.c.claim_id)
    with project.reading_tables() as connection:
        found = query.where(links.c.event_id.in_(sorted(set(event_ids))), t.claims.c.report_id.in_(sorted(hidden)))
        return set(connection.execute(found).scalars()) if hidden else set()


def check_decision_open(project: Project, user: User, decision: Decision) -> None:
    """Refuse a decision in force about what a user codes blind.  Raises HTTPException."""
    check_claims_open(project, user, claims_named(decision))
    if isinstance(decision, AddClaim):
        check_open(project, user, decision.report)
    elif isinstance(decision, Resolve | NotThisEvent):
        check_event_open(project, user, decision.event)
    elif isinstance(decision, Undo | Redo) and hidden_reviews(project, user, [decision.number]):
        raise HTTPException(403, BLIND)


def hidden_reviews(project: Project, user: User, numbers: Iterable[int]) -> set[int]:
    """Those of some decisions (of a page) that are about a report that a user codes blind, or about a claim of one."""
    hidden = blind_reports(project, user)
    if not hidden:
        return set()
    r, named, wanted = t.reviews.c, t.review_claims.c, sorted(set(numbers))
    with project.reading_tables() as connection:
        rows = connection.execute(select(r.number, r.report_id, r.subject).where(r.number.in_(wanted))).all()
        about = {(row.number, row.subject) for row in rows}
        about |= {(n, i) for n, i in connection.execute(select(named.number, named.claim_id).where(named.number.in_(wanted)))}
        claims = sorted({claim for _, claim in about})
        theirs: set[str] = set()
        for table, key in ((t.claims, t.claims.c.id), (t.engine_claims, t.engine_claims.c.claim_id)):
            of_them = select(key).where(key.in_(claims), table.c.report_id.in_(sorted(hidden)))
            theirs |= set(connection.execute(of_them).scalars())
    return {row.number for row in rows if row.report_id in hidden} | {number for number, claim in about if claim in theirs}


def check_assigned(project: Project, user: User, decision: Decision) -> None:
    """A coder's own layer holds decisions about the reports that the coder was given, and no others.  Raises HTTPException."""
    given = {one.report_id for one in assignments(project, user.name)}
    if isinstance(decision, AddClaim | Finish):
        about = {decision.report}
    elif isinstance(decision, Undo | Redo):
        with project.reading_tables() as connection:
            row = connection.execute(
                select(t.reviews.c.report_id, t.reviews.c.layer).where(t.reviews.c.number == decision.number)
            ).one_or_none()
        if row is None or row.layer != user.name:
            raise HTTPException(403, f"Decision {decision.number} is not one of your own coding.")
        about = {row.report_id}
    else:
        claims = (decision.subject,) if isinstance(decision, Comment) else claims_named(decision)
        about = {claim_view(project, claim, user.name).report_id for claim in claims}
    if not about or not about <= given:
        raise HTTPException(403, "That report was not given to you to code.")
