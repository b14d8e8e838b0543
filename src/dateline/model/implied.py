"""What two running totals say of the days between them."""

import hashlib
from datetime import date

from msgspec import Struct


class Implied(Struct, frozen=True, kw_only=True):
    """Two totals of one voice since one day, told one after the other: their difference lies between the two.

    "140 since January" told in April and "155 since January" told in May bound what happened in between: 15.  It is no event
    and is never added to any.  Where the later total is certainly smaller, `falls` is true, the numbers are None, and the two
    contradict each other.
    """

    id: str
    measure: str
    object: str
    unit: str | None
    of: str | None
    low: float | None
    best: float | None
    high: float | None
    falls: bool
    start: date  # from which both count
    after: date  # the last day of the earlier total
    until: date  # the last day of the later one
    places: str  # the area that both are about, in words; empty where they name none
    said_by: str  # the voice that gives both
    earlier: tuple[str, ...]  # ids of claims
    later: tuple[str, ...]
    why: str


def implied_id(earlier: tuple[str, ...], later: tuple[str, ...], figure: str) -> str:
    """From the claims and what is counted; `figure` is measure, object, unit and owner."""
    stem = f"{','.join(sorted(earlier))}:{','.join(sorted(later))}:{figure}"
    return f"i-{hashlib.sha256(stem.encode()).hexdigest()[:16]}"
