"""How many of what, done what to."""

from typing import Literal

from msgspec import Struct

from dateline.model.span import Span


class Quantity(Struct, frozen=True, kw_only=True):
    """A number with what it counts, before it is known what was done to it: "almost 30 ISIS leaders".

    `low` <= `best` <= `high`, each None where no words support it.  `number` covers the number words with their bound
    ("almost 30"), `span` the whole phrase, `noun` the counted noun (None where it is left out: "only 10,000 were killed").
    """

    span: Span
    number: Span
    noun: Span | None
    low: float | None
    best: float | None
    high: float | None
    object: str | None  # a codebook object; None where the noun is unknown or absent
    unit: str | None = None
    article: bool = False  # the number is only an article: "a tunnel"
    measure: str | None = None  # where the noun itself says the measure ("22 deaths", "15 arrests")
    rule: str = ""


class Figure(Struct, frozen=True, kw_only=True):
    """A quantity inside a claim.  None where no words of the report support a number."""

    low: float | None
    best: float | None
    high: float | None
    measure: str  # a codebook measure, or two joined by "+"
    object: str
    unit: str | None  # kg, km2, USD; None for a count
    of: str | None  # the actor that the persons or things belong to
    part_of: str | None  # words of the figure that this one is a part of
    words: str
    span: Span
    rule: str = ""


UnreadReason = Literal["date", "name", "age", "ordinal", "reference", "furniture", "codebook", "unread"]


class Unread(Struct, frozen=True):
    """A number that ended up in no figure, and why: a date, a name (of a road, a unit), an age, furniture, or not read.

    "codebook": the engine read a figure of which the project's codebook has no place.
    """

    span: Span
    reason: UnreadReason
