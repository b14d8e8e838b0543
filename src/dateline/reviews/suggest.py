"""What words that somebody selects in a report would say, as a value to correct a claim with.

The engine has read the report once: what it took the words for (a date, a place, a number) is in the mentions that the project
keeps.  Words that it took for nothing are read alone.  A suggestion is shown before it is sent, and changes nothing.
"""

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import msgspec
from sqlalchemy import Connection, select

from dateline.claims.operation import find_operation
from dateline.errors import ReviewError
from dateline.lexicon.actors import party_by_name
from dateline.mentions.places import places_in
from dateline.model import (
    ActMention,
    ActorMention,
    Claim,
    Mention,
    PlaceMention,
    QuantityMention,
    Span,
    SpeakerMention,
    TimeMention,
)
from dateline.reviews.decisions import Layer
from dateline.reviews.record import using_record
from dateline.reviews.settle import text_of
from dateline.reviews.units import load_unit
from dateline.reviews.values import bounds_said
from dateline.store import Project
from dateline.store import tables as t

M = TypeVar("M", bound=Mention)


class _Selected(NamedTuple):
    """The selected words, the claim that is corrected, and what the engine took the words for."""

    text: str
    span: Span
    claim: Claim
    mentions: tuple[Mention, ...]  # that touch the evidence of the claim, or the words

    @property
    def words(self) -> str:
        return " ".join(self.span.of(self.text).split())

    def read(self, kind: type[M]) -> M | None:
        """The mention of a kind that has most of the words."""
        found = [m for m in self.mentions if isinstance(m, kind) and m.span.overlaps(self.span)]
        return max(found, key=lambda m: min(m.span.end, self.span.end) - max(m.span.start, self.span.start), default=None)


def suggest(project: Project, claim_id: str, field: str, span: Span, layer: Layer = None) -> dict[str, Any] | list[int]:
    """The value that the selected characters give a field (an item of it, where it is a list), as `Correct` takes it.

    What the words do not say is null: the analyst fills it in.  Raises ReviewError where the field is chosen from a list and not
    read, or the words cannot be a value of it.
    """
    reader = _READERS.get(field)
    if reader is None:
        raise ReviewError(f"{field} is chosen from a list and not read from words; words give {', '.join(_READERS)}")
    with using_record(project), project.reading_tables() as connection:
        claim = load_unit(connection, [claim_id], layer).state.claims.get(claim_id)
        if claim is None:
            raise ReviewError(f"no claim {claim_id}")
        text = text_of(connection, claim.report_id)
        if not 0 <= span.start < span.end <= len(text) or not span.of(text).strip():
            raise ReviewError(f"[{span.start}, {span.end}] are no words of the report")
        tight = _tight(text, span)
        return reader(_Selected(text, tight, claim, _mentions(connection, claim, tight)))


def _tight(text: str, span: Span) -> Span:
    """The span without the blanks at its ends."""
    words = span.of(text)
    return Span(span.start + len(words) - len(words.lstrip()), span.end - (len(words) - len(words.rstrip())))


def _mentions(connection: Connection, claim: Claim, span: Span) -> tuple[Mention, ...]:
    first, last = min(span.start, *(e.start for e in claim.evidence)), max(span.end, *(e.end for e in claim.evidence))
    m = t.mentions.c
    query = select(m.payload).where(m.report_id == claim.report_id, m.start_char < last, m.end_char > first).order_by(m.n)
    found: tuple[Mention, ...] = msgspec.convert(list(connection.execute(query).scalars()), tuple[Mention, ...])
    return found


def _figure(at: _Selected) -> dict[str, Any]:
    mention = at.read(QuantityMention)
    quantity = mention.quantity if mention else None
    said = bounds_said(at.text, at.span)
    if not said and quantity is not None:  # "a married couple", "eight-month"
        said = [(quantity.low, quantity.best, quantity.high)]
    if not said:
        raise ReviewError(f"{at.words!r} says no number")
    own = [f for f in at.claim.figures if f.span.overlaps(at.span)] or list(at.claim.figures[:1])
    low, best, high = said[0]
    return {
        "low": low,
        "best": best,
        "high": high,
        "measure": own[0].measure if own else (quantity.measure if quantity else None) or _measure(at),
        "object": (quantity.object if quantity else None) or (own[0].object if own else None),
        "unit": quantity.unit if quantity else None,
        "of": own[0].of if own else None,
        "part_of": None,
        "span": _pair(at.span),
    }


def _measure(at: _Selected) -> str | None:
    """What the nearest act of the evidence does to what is counted."""
    acts = [m for m in at.mentions if isinstance(m, ActMention) and m.measure]
    nearest = min(acts, key=lambda m: abs(m.span.start - at.span.start), default=None)
    return nearest.measure if nearest else None


def _time(at: _Selected) -> dict[str, Any]:
    mention = at.read(TimeMention)
    if mention is None:
        return {"start": None, "end": None, "precision": "unknown", "since": False, "span": _pair(at.span)}
    interval = mention.interval
    days = {"start": interval.start, "end": interval.end}
    return {
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "precision": interval.precision,
        "since": interval.since,
        "span": _pair(at.span),
    }


def _place(at: _Selected) -> dict[str, Any]:
    mention = at.read(PlaceMention)
    place = mention.place if mention else next((m.place for m in places_in(at.words) if m.place), None)
    return {"place": place.id if place else None, "span": _pair(at.span)}


def _actor(at: _Selected) -> dict[str, Any]:
    mention = at.read(ActorMention)
    if mention is not None:
        return {"name": mention.name, "kind": mention.kind, "span": _pair(at.span)}
    party = party_by_name().get(at.words)
    return {"name": party.name if party else at.words, "kind": party.kind if party else "unknown", "span": _pair(at.span)}


def _source(at: _Selected) -> dict[str, Any]:
    mention = at.read(SpeakerMention)
    if mention is None:
        source = at.claim.source
        named = {"speaker": at.words, "role": None, "organisation": None, "type": source.type, "via": list(source.via)}
        return {**named, "spans": [_pair(at.span)]}
    return {
        "speaker": mention.speaker,
        "role": mention.role,
        "organisation": mention.organisation,
        "type": mention.type,
        "via": list(mention.via),
        "spans": [_pair(at.span)],
    }


def _operation(at: _Selected) -> dict[str, Any]:
    found = find_operation(at.text, at.span)
    return {"name": found.name if found else at.words, "phase": found.phase if found else None, "span": _pair(at.span)}


def _evidence(at: _Selected) -> list[int]:
    return _pair(at.span)


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]


_READERS: dict[str, Callable[[_Selected], dict[str, Any] | list[int]]] = {
    "figures": _figure,
    "time": _time,
    "places": _place,
    "initiator": _actor,
    "target": _actor,
    "source": _source,
    "operation": _operation,
    "evidence": _evidence,
}
