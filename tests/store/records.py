"""Hypothesis strategies for any reading: each record of any values that its type allows."""

import hashlib
from datetime import date
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from hypothesis import strategies as st

from dateline.model import Event, Parse, Reading, Span, claim_id, event_id

MAX_LIST = 2
# reports with a NUL or half a character (a lone surrogate) are refused when they are read
_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
_TEXT = st.text(_CHARACTERS, max_size=12)


@cache
def anything(hint: Any) -> st.SearchStrategy[Any]:
    """Any value of a type that records are made of."""
    origin, args = get_origin(hint), get_args(hint)
    if hint is Span:
        return st.tuples(st.integers(0, 900), st.integers(1, 99)).map(lambda pair: Span(pair[0], sum(pair)))
    if hint == Parse | None:
        return st.none()  # a project does not keep it
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return st.builds(hint, **{name: anything(part) for name, part in get_type_hints(hint).items()})
    if origin is Literal:
        return st.sampled_from(args)
    if origin in (Union, UnionType):
        return st.one_of([anything(arg) for arg in args])
    if origin is tuple and args[-1] is ...:
        return st.lists(anything(args[0]), max_size=MAX_LIST).map(tuple)
    if origin is tuple:
        return st.tuples(*map(anything, args))
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: _TEXT,
        bool: st.booleans(),
        int: st.integers(0, 2**31 - 1),
        float: st.floats(allow_nan=False, allow_infinity=False),
        date: st.dates(),
        type(None): st.none(),
    }
    return plain[hint]


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading whose ids are those that its report gives it."""
    reading: Reading = draw(anything(Reading))
    sha256 = hashlib.sha256(msgspec.json.encode(reading)).hexdigest()  # another reading, another report
    report = msgspec.structs.replace(reading.report, sha256=sha256)
    claims = tuple(
        msgspec.structs.replace(claim, id=claim_id(report.id, claim.kind, claim.evidence, n), report_id=report.id)
        for n, claim in enumerate(reading.claims)
    )
    return msgspec.structs.replace(reading, report=report, claims=claims)


@st.composite
def events(draw: st.DrawFn, reading: Reading) -> list[Event]:
    """One event of all claims of a reading, with one link at most for each; none where there is no claim."""
    ids = tuple(claim.id for claim in reading.claims)
    if not ids:
        return []
    event: Event = draw(anything(Event))
    links = tuple(msgspec.structs.replace(link, claim_id=i) for link, i in zip(event.links, ids, strict=False))
    return [msgspec.structs.replace(event, id=event_id(min(ids)), claims=ids, links=links)]
