"""Values that a person gives, checked against the report's characters and the project's codebook.

A value comes as plain JSON.  Where it names the characters that it was read from (`span`), its words are cut from the text;
where it is typed (`words`), they are looked for in the claim's evidence and then in the text.  Words that are not there, and
numbers that the words do not say, make the value unsupported: it needs a reason, and says so.
"""

import math
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple, get_args

import msgspec
from msgspec import Struct, UnsetType

from dateline.errors import ReviewError
from dateline.lexicon.actors import kind_of
from dateline.lexicon.codebook import Codebook
from dateline.mentions.numbers import line_of, number_at
from dateline.mentions.quantities import quantities_in
from dateline.model import (
    ActorRef,
    Certainty,
    Claim,
    Figure,
    Interval,
    Kind,
    Operation,
    Place,
    PlaceRef,
    Precision,
    Scope,
    Source,
    SourceType,
    Span,
    Stance,
)
from dateline.model.actor import ActorKind

TYPES: dict[str, Any] = {
    "kind": Kind,
    "event_type": str | None,
    "certainty": Certainty,
    "background": bool,
    "initiator": tuple[ActorRef, ...],
    "target": tuple[ActorRef, ...],
    "places": tuple[PlaceRef, ...],
    "time": Interval | None,
    "scope": Scope | None,
    "figures": tuple[Figure, ...],
    "operation": Operation | None,
    "source": Source,
    "stance": Stance | None,
    "about": str | None,
    "evidence": tuple[Span, ...],
}
"""The fields of a claim that a person can change, and what they hold in the record."""

LISTS = ("initiator", "target", "places", "figures", "evidence")
ITEMS: dict[str, Any] = {"initiator": ActorRef, "target": ActorRef, "places": PlaceRef, "figures": Figure, "evidence": Span}
RULE, UNSUPPORTED = "review", "review unsupported"
LONGEST = 500  # characters of a typed name
_NEAR = 200  # characters of context in which a number's bounds are looked for
Bounds = tuple[float | None, float | None, float | None]


class Sheet(NamedTuple):
    """What values are checked against: the report's text, the codebook, the claim as it stands, and the gazetteer."""

    text: str
    codebook: Codebook
    claim: Claim | None
    place: Callable[[str], Place | None]


class Value(NamedTuple):
    """A value as the record holds it, and whether the report's characters support it."""

    record: Any
    supported: bool = True


class _Spoken(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value that stands on words of the report."""

    span: Span | None = None
    words: str | None = None


class _Actor(_Spoken, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    kind: ActorKind | None = None


class _Place(_Spoken, frozen=True, kw_only=True, forbid_unknown_fields=True):
    place: str | None = None


class _Figure(_Spoken, frozen=True, kw_only=True, forbid_unknown_fields=True):
    measure: str
    object: str
    low: float | None = None
    best: float | None = None
    high: float | None = None
    unit: str | None = None
    of: str | None = None
    part_of: str | None = None


class _Time(_Spoken, frozen=True, kw_only=True, forbid_unknown_fields=True):
    start: date | None = None
    end: date | None = None
    precision: Precision = "unknown"
    since: bool = False


class _Operation(_Spoken, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    phase: int | None = None


class _Source(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    speaker: str | None = None
    role: str | None = None
    organisation: str | None = None
    type: SourceType = "media"
    via: tuple[str, ...] | UnsetType = msgspec.UNSET
    spans: tuple[Span, ...] = ()


def read_field(field: str, value: Any, sheet: Sheet) -> Value:
    """The value of a whole field.  Raises ReviewError with what is allowed."""
    if field not in TYPES:
        raise ReviewError(f"a claim has no field {field!r}; those that can be changed are {', '.join(TYPES)}")
    if field in LISTS:
        items = [read_item(field, item, sheet) for item in _typed(field, value, list[Any])]
        if field == "evidence" and not items:
            raise ReviewError("a claim needs evidence: at least one stretch of the text")
        return Value(tuple(item.record for item in items), all(item.supported for item in items))
    if field == "event_type":
        return Value(_listed("event type", value, [t.name for t in sheet.codebook.event_types]))
    if field == "about":
        return Value(None if value is None else _name(field, value))
    if field in _RECORDS:
        return _RECORDS[field](value, sheet)
    return Value(_typed(field, value, TYPES[field]))


def read_item(field: str, value: Any, sheet: Sheet) -> Value:
    """One item of a field that is a list."""
    return _READERS[field](field, value, sheet)


def _actor(field: str, value: Any, sheet: Sheet) -> Value:
    given = _typed(field, value, _Actor)
    name = _name(field, given.name)
    span, words, supported = _words(field, given, sheet, name)
    known = {a.name: a.kind for a in (*sheet.claim.initiator, *sheet.claim.target)} if sheet.claim else {}
    kind = given.kind or known.get(name) or kind_of().get(name, "unknown")
    return Value(ActorRef(name=name, kind=kind, words=words, span=span), supported)


def _place(field: str, value: Any, sheet: Sheet) -> Value:
    given = _typed(field, value, _Place)
    span, words, supported = _words(field, given, sheet, None)
    return Value(PlaceRef(words=words, span=span, place=None if given.place is None else _known(given.place, sheet)), supported)


def _known(place_id: str, sheet: Sheet) -> Place:
    """A place that the claim has already keeps its record: the gazetteer may have changed since."""
    own = {ref.place.id: ref.place for ref in sheet.claim.places if ref.place} if sheet.claim else {}
    place = own.get(place_id) or sheet.place(place_id)
    if place is None:
        raise ReviewError(f"the gazetteer holds no place {place_id!r}; `dateline gazetteer find NAME` lists those that there are")
    return place


def _figure(field: str, value: Any, sheet: Sheet) -> Value:
    given = _typed(field, value, _Figure)
    bounds = (given.low, given.best, given.high)
    told = [number for number in bounds if number is not None]
    if not told:
        raise ReviewError("a figure needs a number: low, best or high")
    if any(not math.isfinite(number) or number < 0 for number in told) or told != sorted(told):
        raise ReviewError(f"low, best and high of a figure go up from 0, and these do not: {' / '.join(map(_number, bounds))}")
    for part in given.measure.split("+"):
        _listed("measure", part, sheet.codebook.measures)
    _listed("object", given.object, sheet.codebook.objects)
    if given.unit is not None and given.unit not in _units(sheet):
        _listed("unit", given.unit, sheet.codebook.units)
    span, words, supported = _words(field, given, sheet, None)
    supported = supported and _says(span, bounds, sheet)
    return Value(
        Figure(
            low=given.low, best=given.best, high=given.high, measure=given.measure, object=given.object, unit=given.unit,
            of=given.of, part_of=given.part_of, words=words, span=span, rule=RULE if supported else UNSUPPORTED,
        ),
        supported,
    )  # fmt: skip


def _units(sheet: Sheet) -> set[str | None]:
    """Those of the claim's figures are allowed too: the engine knows more currencies than the codebook lists."""
    return {figure.unit for figure in sheet.claim.figures} if sheet.claim else set()


def _says(span: Span, bounds: Bounds, sheet: Sheet) -> bool:
    """Whether the words say the number, or a figure of the claim was read from them with this number."""
    own = sheet.claim.figures if sheet.claim else ()
    if any(f.span.overlaps(span) and (f.low, f.best, f.high) == bounds and RULE not in f.rule for f in own):
        return True
    return bounds in bounds_said(sheet.text, span)


def bounds_said(text: str, span: Span) -> list[Bounds]:
    """Low, best and high of each number that a stretch of text holds, in its order.

    Read in their surroundings: "30" chosen alone out of "almost 30" is still almost 30.  "A tunnel" is one.
    """
    around = _around(text, span)
    line = line_of(text, around.start, around.end)
    found: list[tuple[Span, Bounds]] = []
    i = 0
    while i < len(line.words):
        number = number_at(line, i)
        if number is None:
            i += 1
            continue
        found.append((line.words[i].span, (number.low, number.best, number.high)))
        i = max(i + 1, number.last)
    articles = [q for q in quantities_in(text, span)[0] if q.article]
    found += [(q.number, (q.low, q.best, q.high)) for q in articles]
    return [bounds for at, bounds in sorted(found) if at.overlaps(span)]


def _around(text: str, span: Span) -> Span:
    """The paragraph of the words, or the nearest part of it."""
    start = max(text.rfind("\n\n", 0, span.start) + 1, span.start - _NEAR, 0)
    end = text.find("\n\n", span.end)
    return Span(start, min(len(text) if end < 0 else end, span.end + _NEAR))


def _evidence(field: str, value: Any, sheet: Sheet) -> Value:
    span = _typed(field, value, Span)
    _check(span, sheet.text)
    return Value(span)


def _time(value: Any, sheet: Sheet) -> Value:
    if value is None:
        return Value(None)
    given = _typed("time", value, _Time)
    if given.start and given.end and given.end < given.start:
        raise ReviewError(f"the time ends on {given.end}, before it starts on {given.start}")
    span, words, supported = _words("time", given, sheet, None)
    was = sheet.claim.time if sheet.claim else None
    same = was if was and was.span == span and (was.start, was.end) == (given.start, given.end) else None
    return Value(
        Interval(
            span=span, words=words, start=given.start, end=given.end, precision=given.precision, since=given.since,
            anchor=same.anchor if same else None, anchor_from=same.anchor_from if same else None,
            rule=RULE if supported else UNSUPPORTED,
        ),
        supported,
    )  # fmt: skip


def _operation(value: Any, sheet: Sheet) -> Value:
    if value is None:
        return Value(None)
    given = _typed("operation", value, _Operation)
    name = _name("operation", given.name)
    span, _, supported = _words("operation", given, sheet, name)
    return Value(Operation(name, given.phase, span), supported)


def _source(value: Any, sheet: Sheet) -> Value:
    """Who speaks.  Somebody who is named stands on words; the report itself needs none."""
    given = _typed("source", value, _Source)
    for span in given.spans:
        _check(span, sheet.text)
    named = [name for name in (given.speaker, given.role) if name is not None]
    names = [_name("source", name) for name in (*named, *([] if given.organisation is None else [given.organisation]))]
    spans = given.spans or tuple(span for name in names if (span := _found(name, sheet)))
    via = given.via if isinstance(given.via, tuple) else sheet.claim.source.via if sheet.claim else ()
    supported = bool(spans) or not named
    source = Source(
        speaker=given.speaker, role=given.role, organisation=given.organisation, type=given.type, via=via, spans=spans,
        rule=RULE if supported else UNSUPPORTED,
    )  # fmt: skip
    return Value(source, supported)


_RECORDS: dict[str, Callable[[Any, Sheet], Value]] = {"time": _time, "operation": _operation, "source": _source}
_READERS: dict[str, Callable[[str, Any, Sheet], Value]] = {
    "initiator": _actor,
    "target": _actor,
    "places": _place,
    "figures": _figure,
    "evidence": _evidence,
}


def _words(field: str, given: _Spoken, sheet: Sheet, name: str | None) -> tuple[Span, str, bool]:
    """The characters of a value, its words, and whether they stand in the text."""
    if given.span is not None:
        _check(given.span, sheet.text)
        words = given.span.of(sheet.text)
        if given.words is not None and given.words != words:
            raise ReviewError(
                f"the words at {given.span.start}-{given.span.end} are {words[:60]!r}, not {given.words[:60]!r}; "
                "leave out words or span"
            )
        return given.span, words, True
    typed = _name(field, given.words if given.words is not None else name or "")
    if span := _found(typed, sheet):
        return span, span.of(sheet.text), True
    at = sheet.claim.evidence[0].start if sheet.claim else 0
    return Span(at, at), typed, False


def _found(words: str, sheet: Sheet) -> Span | None:
    """Where the words stand, in the claim's evidence or else in the text, as words of their own."""
    stretches = [*(sheet.claim.evidence if sheet.claim else ()), Span(0, len(sheet.text))]
    for stretch in stretches:
        at = sheet.text.find(words, stretch.start, stretch.end)
        while at >= 0:
            end = at + len(words)
            before, after = sheet.text[at - 1 : at], sheet.text[end : end + 1]
            if not (before.isalnum() and words[0].isalnum()) and not (after.isalnum() and words[-1].isalnum()):
                return Span(at, end)
            at = sheet.text.find(words, at + 1, stretch.end)
    return None


def _check(span: Span, text: str) -> None:
    if not 0 <= span.start < span.end <= len(text):
        raise ReviewError(f"[{span.start}, {span.end}] are no characters of the report, which has {len(text)}")
    if not span.of(text).strip():
        raise ReviewError(f"there are only blanks at {span.start}-{span.end}")


def _name(field: str, value: Any) -> str:
    name = _typed(field, value, str).strip()
    if not name or len(name) > LONGEST or "\0" in name:
        raise ReviewError(f"{field}: a name has 1 to {LONGEST} characters; give the words (`words`) or where they stand (`span`)")
    return str(name)


def _listed(what: str, value: Any, known: Sequence[str]) -> str:
    if not isinstance(value, str) or value not in known:
        raise ReviewError(f"{value!r} is no {what} of this project's codebook; those are {', '.join(known)}")
    return value


def _typed(field: str, value: Any, hint: Any) -> Any:
    """`value` as `hint`, strictly: a number is no truth value, and a text is no number."""
    try:
        return msgspec.convert(value, hint, strict=True)
    except (msgspec.ValidationError, ValueError) as e:
        allowed = [str(name) for name in get_args(hint) if isinstance(name, str)]
        raise ReviewError(f"{field}: {e}" + (f"; allowed are {', '.join(allowed)}" if allowed else "")) from e


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:g}"
