"""What a person decided about a field or a link.  A row is added, never changed: undo is one more row."""

from datetime import datetime

from msgspec import Struct


class Review(Struct, frozen=True, kw_only=True):
    """A decision: which record, which field, the engine's value and the person's (both JSON), by whom, when and why."""

    subject: str  # id of a claim, event or link
    field: str
    engine_value: str | None
    value: str | None
    reviewer: str
    at: datetime
    reason: str | None = None
