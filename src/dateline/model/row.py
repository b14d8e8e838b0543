"""Records with what is needed to understand them: what the store hands out and tables, filters and exports take."""

from typing import NamedTuple

from dateline.model.claim import Claim
from dateline.model.event import Event
from dateline.model.figure import Figure
from dateline.model.report import Report


class ClaimRow(NamedTuple):
    """A claim with the report that makes it."""

    claim: Claim
    report: Report


class FigureRow(NamedTuple):
    """A figure with its claim and report."""

    figure: Figure
    claim: Claim
    report: Report


class EventRow(NamedTuple):
    """An event with its claims."""

    event: Event
    claims: tuple[ClaimRow, ...]
