"""The day of publication where the text itself states it unmistakably."""

from datetime import date

from msgspec import Struct

from dateline.model import Span


class Stated(Struct, frozen=True):
    """A day of publication and the characters that state it."""

    day: date
    span: Span


def find_published(text: str) -> Stated | None:
    """The day of publication that `text` states in its head or tail; None where it states none or more than one."""
    return None
