"""A claim as a card: every field with its value, the characters that it was read from, and what the engine had read."""

from collections.abc import Iterable
from typing import NamedTuple

from dateline import captions
from dateline.model import ActorRef, Claim, Figure, PlaceRef, Report, Span
from dateline.reviews.views import is_unsupported


class CardValue(NamedTuple):
    """One value of a field.  `n` is its position in a list field, None elsewhere."""

    caption: str
    words: str
    spans: tuple[Span, ...]
    n: int | None = None
    note: str = ""  # what a reader should know of it: not in the gazetteer, counted from a date
    unsaid: bool = False  # a person typed it, and no words of the report say it


class CardField(NamedTuple):
    """A field of the claim as the card shows it; `tone` names its colour."""

    name: str  # of the record, as corrections call it
    label: str
    tone: str
    values: tuple[CardValue, ...]
    listed: bool = False
    engine: str | None = None  # the engine's own value, where a person changed it


def card_fields(claim: Claim, report: Report, engine: Claim | None = None) -> list[CardField]:
    """The fields of a claim, each with what the engine read where that differs."""
    fields = _fields(claim, report)
    if engine is None:
        return fields
    before = {field.name: _said(field) for field in _fields(engine, report)}
    return [f._replace(engine=before[f.name] or "nothing") if _said(f) != before.get(f.name, "") else f for f in fields]


def _fields(claim: Claim, report: Report) -> list[CardField]:
    happens = claim.kind != "assessment"
    found = [
        CardField("figures", "Figures", "figure", _figures(claim.figures), listed=True),
        CardField("event_type", "Type", "plain", _plain(captions.event_type(claim.event_type))) if happens else None,
        CardField("about", "About", "plain", _plain(claim.about)) if not happens else None,
        CardField("stance", "Stance", "plain", _plain(claim.stance)) if not happens else None,
        CardField("certainty", "Certainty", "plain", _plain(claim.certainty)),
        CardField("initiator", "Initiator", "initiator", _actors(claim.initiator), listed=True),
        CardField("target", "Target", "target", _actors(claim.target), listed=True),
        CardField("places", "Places", "place", _places(claim.places), listed=True),
        CardField("time", "Time", "time", _time(claim)),
        CardField("scope", "Scope", "plain", _plain(claim.scope)) if claim.kind == "tally" else None,
        CardField("operation", "Operation", "operation", _operation(claim)),
        CardField("source", "Source", "source", _source(claim, report)),
        CardField("background", "Background", "plain", _plain("yes, history as context" if claim.background else "no")),
        CardField("kind", "Kind", "plain", _plain(claim.kind)),
        CardField("evidence", "Evidence", "evidence", _evidence(claim, report)),
    ]
    return [field for field in found if field is not None]


def _said(field: CardField) -> str:
    return "; ".join(value.caption for value in field.values)


def _plain(value: str | None) -> tuple[CardValue, ...]:
    return (CardValue(value, "", ()),) if value else ()


def _figures(figures: Iterable[Figure]) -> tuple[CardValue, ...]:
    return tuple(
        CardValue(
            captions.figure(f), f.words, _real(f.span), n, f"part of “{f.part_of}”" if f.part_of else "", is_unsupported(f.rule)
        )
        for n, f in enumerate(figures)
    )


def _actors(actors: Iterable[ActorRef]) -> tuple[CardValue, ...]:
    return tuple(CardValue(a.name, a.words, _real(a.span), n, unsaid=not a.span) for n, a in enumerate(actors))


def _places(places: Iterable[PlaceRef]) -> tuple[CardValue, ...]:
    return tuple(
        CardValue(captions.place(p), p.words, _real(p.span), n, "" if p.place else "not in the gazetteer", not p.span)
        for n, p in enumerate(places)
    )


def _time(claim: Claim) -> tuple[CardValue, ...]:
    time = claim.time
    if time is None:
        return ()
    counted = f"counted from {time.anchor}" if time.anchor and time.anchor_from else ""
    return (CardValue(captions.interval(time), time.words, _real(time.span), None, counted, is_unsupported(time.rule)),)


def _operation(claim: Claim) -> tuple[CardValue, ...]:
    operation = claim.operation
    if operation is None:
        return ()
    phase = f", phase {operation.phase}" if operation.phase is not None else ""
    return (CardValue(operation.name + phase, "", _real(operation.span), unsaid=not operation.span),)


def _source(claim: Claim, report: Report) -> tuple[CardValue, ...]:
    source = claim.source
    spans = tuple(span for span in source.spans if len(span))
    return (
        CardValue(
            captions.source(source, report.publisher), "", spans, None, captions.words(source.type), is_unsupported(source.rule)
        ),
    )


def _evidence(claim: Claim, report: Report) -> tuple[CardValue, ...]:
    spans = tuple(sorted(claim.evidence))
    said = " … ".join(span.of(report.text) for span in spans)
    short = said if len(said) <= 90 else said[:60].rstrip() + " … " + said[-24:].lstrip()
    return (CardValue(short, "", spans),)


def _real(span: Span) -> tuple[Span, ...]:
    """No span where a person typed what the text does not hold."""
    return (span,) if len(span) else ()
