"""Why a claim's field has its value: what it could have been, and what each of these was worth."""

from msgspec import Struct

from dateline.model.span import Span


class Considered(Struct, frozen=True, kw_only=True):
    """A value that a field could have. `span`: the characters that it would be read from; `score`: the engine's probability."""

    value: str
    chosen: bool
    span: Span | None = None
    score: float | None = None
    why: str = ""


class FieldReading(Struct, frozen=True):
    """What was considered for one field, the likeliest first."""

    field: str
    considered: tuple[Considered, ...]
