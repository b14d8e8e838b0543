"""A number of a toll, as one claim tells it: what the rules of best numbers, of totals and of contradictions work with."""

from typing import NamedTuple

from dateline.events.bounds import Bounds
from dateline.events.facts import Incident


class Said(NamedTuple):
    """What one incident says of a number, and in which words."""

    incident: Incident
    bounds: Bounds
    of: str | None
    words: str
