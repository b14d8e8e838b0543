"""Coding blind: a coder sees of a report given to them nothing that others made of it, until they are done."""

from fastapi import HTTPException
from sqlalchemy import select

from dateline.reviews import Decision, Redo, Undo
from dateline.reviews.coders import assignments
from dateline.reviews.decisions import AddClaim, Comment, Finish, claims_named
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


def check_not_blind(project: Project, user: User, claims: tuple[str, ...]) -> None:
    """The same for claims, and for decisions about them that would be in force."""
    hidden = blind_reports(project, user)
    if hidden and any(claim_view(project, claim).report_id in hidden for claim in claims):
        raise HTTPException(403, BLIND)


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
