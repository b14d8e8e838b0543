"""How much waits for review, as far as somebody may see it."""

from sqlalchemy import ColumnElement, Connection

from dateline.queries import Selection
from dateline.reviews.queue import Counts, Ids, waiting
from dateline.store import Project


def waiting_in(project: Project, sight: Selection) -> Counts:
    """How much waits in a selection; kept until the project changes.  Raises FilterError."""

    def count() -> Counts:
        with project.reading_tables() as connection:
            where, unseen = conditions(connection, sight)
        return waiting(project, where, unseen)

    return project.memory.answer(("waiting", sight), count)


def conditions(connection: Connection, sight: Selection) -> tuple[ColumnElement[bool] | None, Ids | None]:
    """What the queue is asked for a selection: a condition on claims, and the events that its user may not see.

    Raises FilterError.
    """
    where = sight.claims(connection) if sight or sight.hidden else None
    return where, sight.hidden_events(connection) if sight.hidden else None
