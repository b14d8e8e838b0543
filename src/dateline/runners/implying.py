"""Keeps what running totals imply in step with the reports of a project."""

from collections.abc import Collection

from dateline.events.implied import implied_figures
from dateline.store import Project


def imply(project: Project, report_ids: Collection[str]) -> None:
    """Work out anew what the totals of these reports imply, as they are now, together with all others since the same days.

    Totals are compared only with those since the same day, so that the result is that of working out all.  Doing it twice
    changes nothing.
    """
    starts = project.tally_starts(report_ids)
    if starts:
        project.replace_implied(implied_figures(project.tallies_since(starts)), starts)
