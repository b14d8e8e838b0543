"""Filters of the tables: each knows its query and its sentence.

    conditions = [condition("kind", "tally"), condition("actor", "ISIS"), parse("since=2019-10")]
    rows = select_claims(rows, conditions)
    sentence("claims", conditions)      "tallies about ISIS, since October 2019"

A filter looks at the values that it finds a claim by (an actor by its canonical name and by the report's own words, a place
by its names and by all areas that hold it), so a value that no claim has can be answered with the values that there are.
Several values of one filter widen it, several filters narrow each other.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from difflib import get_close_matches
from functools import partial
from math import isfinite
from typing import Literal, NamedTuple, get_args

from msgspec import Struct

from dateline.errors import FilterError
from dateline.lexicon.codebook import codebook
from dateline.lexicon.names import fold, lexicon_names, person
from dateline.lexicon.names import place as fold_place
from dateline.model import (
    Certainty,
    ClaimRow,
    Event,
    EventFigure,
    EventRow,
    Figure,
    FigureRow,
    Interval,
    Kind,
    Place,
    Scope,
    SourceType,
    Stance,
)

Table = Literal["claims", "figures", "events"]
Operator = Literal["=", "!=", ">=", "<="]
SHOWN_VALUES = 12  # of an open list in an error message


class Condition(Struct, frozen=True):
    """A filter with what the user asked of it; made by `condition` or `parse`, which check it."""

    name: str
    operator: Operator
    values: tuple[str, ...]


class Filter(NamedTuple):
    """One filter: the values that it finds a claim by, those that there can be, and its words in the sentence.

    `of_event` gives an event's own values; where it is None an event is found by the values of its claims.  `known` is the
    closed list of values, None where the values are those that the reports hold.
    """

    of_claim: Callable[[ClaimRow], Iterable[str | None]]
    phrase: str  # of the sentence; {} is the value
    of_event: Callable[[Event], Iterable[str | None]] | None = None
    known: Callable[[], Sequence[str]] | None = None
    fold: Callable[[str], str] = fold
    part: bool = False  # a part of a value is enough, at word ends


def condition(name: str, *values: str, operator: Operator = "=") -> Condition:
    """A checked condition.  Raises FilterError for a filter, operator or value that cannot be, with those that can."""
    name = name.strip().lower().replace("-", "_")
    cleaned = tuple(value.strip() for value in values)
    if name in DATES:
        _check_operator(name, operator, ("=",))
        for value in cleaned:
            read_day(value, last=name == "until")
    elif known_filter := FILTERS.get(name):
        _check_operator(name, operator, ("=", "!="))
        cleaned = tuple(_known_value(name, known_filter, value) for value in cleaned)
    elif measure := {_spelled(one): one for one in codebook().measures}.get(_spelled(name)):
        name = measure
        for value in cleaned:
            number_of(name, value)
    else:
        raise FilterError(f"no filter {name!r}. Known: {', '.join(FILTERS)}, {', '.join(DATES)}, or a measure as in killed>=10")
    return Condition(name, operator, cleaned)


def parse(expression: str) -> Condition:
    """The condition of "kind=tally", "place!=Anbar", "type=arrest,abduction" or "killed>=10".  Raises FilterError."""
    match = re.fullmatch(r"\s*([\w-]+)\s*(!=|>=|<=|=)\s*(.*\S)\s*", expression)
    if match is None:
        raise FilterError(f"{expression!r} is no filter. Write NAME=VALUE, as in kind=tally, place!=Anbar or 'killed>=10'")
    name, operator, value = match.groups()
    return condition(name, *value.split(","), operator=operator)  # type: ignore[arg-type]  # the pattern holds just these


def select_claims(rows: Iterable[ClaimRow], conditions: Sequence[Condition]) -> list[ClaimRow]:
    """The claims that meet all conditions.  Raises FilterError where a value stands in no claim at all."""
    have = list(rows)
    _check_met(have, conditions)
    return [row for row in have if all(_claim_meets(row, c) for c in conditions)]


def select_figures(rows: Iterable[ClaimRow], conditions: Sequence[Condition]) -> list[FigureRow]:
    """The figures of the claims that meet all conditions, and that meet those on figures themselves."""
    return [figure for row in select_claims(rows, conditions) for figure in figures_of(row, conditions)]


def figures_of(row: ClaimRow, conditions: Sequence[Condition]) -> Iterator[FigureRow]:
    """The figures of a claim that meets all conditions, those that meet the conditions on figures themselves."""
    own = [c for c in conditions if c.name in ("measure", "object") or is_measure(c.name)]
    for figure in row.claim.figures:
        if all(_figure_meets(figure, c) for c in own):
            yield FigureRow(figure, *row)


def select_events(rows: Iterable[EventRow], conditions: Sequence[Condition]) -> list[EventRow]:
    """The events that meet all conditions.  Raises FilterError where a value stands in no claim of any event."""
    have = list(rows)
    _check_met([claim for row in have for claim in row.claims], conditions)
    return [row for row in have if all(_event_meets(row, c) for c in conditions)]


def sentence(table: Table, conditions: Sequence[Condition]) -> str:
    """What is shown, in words: "tallies about ISIS in Anbar, told by military sources, since October 2019"."""
    nouns = [_noun(value) for c in conditions if c.name == "kind" and c.operator == "=" for value in c.values]
    noun = " and ".join(dict.fromkeys(nouns)) or table
    if nouns and table != "claims":
        noun = f"{table} of {noun}"
    adjectives = [_adjective(c) for c in conditions if c.name in ("certainty", "background")]
    order = dict.fromkeys((*FILTERS, *codebook().measures, *DATES))
    phrases = [_phrase(c) for name in order for c in conditions if c.name == name and not _in_noun(c)]
    text = " ".join([*adjectives, noun])
    for phrase in phrases:
        text += phrase if phrase.startswith(",") else f" {phrase}"
    return text


def read_day(words: str, *, last: bool = False) -> date:
    """The first (or last) day of "2019", "2019-10" or "2019-10-05".  Raises FilterError."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", words)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        month = month or (12 if last else 1)
        return date(year, month, day or (monthrange(year, month)[1] if last else 1))
    except ValueError:
        raise FilterError(f"{words!r} is no date. Write 2019, 2019-10 or 2019-10-05") from None


def _check_operator(name: str, operator: str, allowed: tuple[str, ...]) -> None:
    if operator not in allowed:
        raise FilterError(f"{name}{operator} is not possible; {name} takes {' or '.join(allowed)}")


def number_of(name: str, value: str) -> float:
    """The number that a measure is compared with.  Raises FilterError."""
    try:
        number = float(value.replace(",", ""))
        if not isfinite(number):  # "nan" and "inf" are numbers to Python
            raise ValueError
        return number
    except ValueError:
        raise FilterError(f"{name} is compared with a number, as in {name}>=10, not with {value!r}") from None


def _known_value(name: str, of: Filter, value: str) -> str:
    """The value as the list spells it, where there is a closed list; an event type also by its label ("air strike")."""
    if of.known is None:
        return value
    known = {_spelled(one): one for one in of.known()}
    if name == "type":
        known = {_spelled(one.label): one.name for one in codebook().event_types} | known
    for spelled in (_spelled(value), _spelled(value).removesuffix("s")):
        if spelled in known:
            return known[spelled]
    raise FilterError(f"no {name} {value!r}. Known: {', '.join(of.known())}")


def _spelled(name: str) -> str:
    """A name of a list as compared: "air_strike" is "air strike" is "Air-strike"."""
    return fold(name.replace("_", " "))


def is_measure(name: str) -> bool:
    """Whether a condition is about figures of a measure.  A project's measure may be called "place": the filter goes first."""
    return name not in FILTERS and name not in DATES and name in codebook().measures


def _check_met(rows: Sequence[ClaimRow], conditions: Sequence[Condition]) -> None:
    """Refuse a value of an open list that no claim has: it is more often misspelled than absent."""
    for c in conditions:
        of = FILTERS.get(c.name)
        if of is None or of.known is not None or not rows:
            continue
        present = {value for row in rows for value in of.of_claim(row) if value}
        folded = {of.fold(value) for value in present}
        for value in c.values:
            if not any(same(of, value, other) for other in folded):
                raise unknown_value(c.name, value, present)


def unknown_value(name: str, value: str, present: set[str]) -> FilterError:
    """The error for a value that no claim has, with those that there are and are near it."""
    return FilterError(f"no {name} {value!r} in these reports. {_suggest(value, present)}")


def _suggest(value: str, present: set[str]) -> str:
    near = get_close_matches(value.lower(), sorted({p.lower() for p in present}), n=3, cutoff=0.75)
    if near:
        return f"Near it: {', '.join(sorted(p for p in present if p.lower() in near))}"
    shown = sorted(present, key=lambda p: (p.lower(), p))
    more = f" and {len(shown) - SHOWN_VALUES} more" if len(shown) > SHOWN_VALUES else ""
    return f"Known: {', '.join(shown[:SHOWN_VALUES])}{more}" if shown else "They name none"


def _claim_meets(row: ClaimRow, c: Condition) -> bool:
    if c.name in DATES:
        return _in_time(_days(row.claim.time), c)
    if is_measure(c.name):
        return any(_figure_meets(figure, c) for figure in row.claim.figures)
    return _has(FILTERS[c.name], FILTERS[c.name].of_claim(row), c)


def _event_meets(row: EventRow, c: Condition) -> bool:
    event = row.event
    if c.name in DATES:
        return _in_time((event.time_start or event.time_end, event.time_end or event.time_start), c)
    if is_measure(c.name):
        return any(_figure_meets(figure, c) for figure in event.figures)
    of = FILTERS[c.name]
    if of.of_event is not None:
        return _has(of, of.of_event(event), c)
    return _has(of, [value for claim in row.claims for value in of.of_claim(claim)], c)


def _figure_meets(figure: Figure | EventFigure, c: Condition) -> bool:
    if is_measure(c.name):
        number = next((n for n in (figure.best, figure.low, figure.high) if n is not None), None)
        return c.name in figure.measure.split("+") and _compare(number, c)
    return _has(FILTERS[c.name], _figure_values(figure, c.name), c)


def _has(of: Filter, values: Iterable[str | None], c: Condition) -> bool:
    have = {of.fold(value) for value in values if value}
    met = any(same(of, value, other) for value in c.values for other in have)
    return met is (c.operator == "=")


def same(of: Filter, wanted: str, folded: str) -> bool:
    """Whether a folded value is the wanted one, or holds it as whole words where a part is enough."""
    want = of.fold(wanted)
    return want == folded or (of.part and f" {want} " in f" {folded} ") or (of is FILTERS["report"] and folded.startswith(want))


def _compare(number: float | None, c: Condition) -> bool:
    if number is None:
        return False
    wanted = [number_of(c.name, value) for value in c.values]
    if c.operator == "=":
        return number in wanted
    if c.operator == "!=":
        return number not in wanted
    return number >= min(wanted) if c.operator == ">=" else number <= max(wanted)


Days = tuple[date | None, date | None]


def _days(time: Interval | None) -> Days | None:
    """The first and the last day of a claim's time; None where no date is known."""
    if time is None or (time.start is None and time.end is None):
        return None
    return (time.start or time.end, time.end or time.start)


def _in_time(days: Days | None, c: Condition) -> bool:
    start, end = days or (None, None)
    if start is None or end is None:
        return False
    if c.name == "since":
        return any(end >= read_day(value) for value in c.values)
    return any(start <= read_day(value, last=True) for value in c.values)


def _in_noun(c: Condition) -> bool:
    return c.name in ("certainty", "background") or (c.name == "kind" and c.operator == "=")


def _noun(kind: str) -> str:
    return "tallies" if kind == "tally" else f"{kind}s"


def _phrase(c: Condition) -> str:
    if c.name in DATES:
        return f", {c.name} {' or '.join(_said(value) for value in c.values)}"
    if is_measure(c.name):
        bound = {"=": "", "!=": "other than ", ">=": "at least ", "<=": "at most "}[c.operator]
        return f"with {bound}{' or '.join(c.values)} {c.name}"
    phrase = FILTERS[c.name].phrase.format(" or ".join(value.replace("_", " ") for value in c.values))
    if c.operator == "=":
        return phrase
    return f", not {phrase[2:]}" if phrase.startswith(", ") else f"not {phrase}"


def _adjective(c: Condition) -> str:
    if c.name == "background":
        return "background" if (c.values[0] == "yes") is (c.operator == "=") else "non-background"
    return _phrase(c)


def _said(words: str) -> str:
    """ "2019-10" as "October 2019"."""
    day, parts = read_day(words), words.count("-")
    return words if parts == 0 else f"{day:%B %Y}" if parts == 1 else f"{day.day} {day:%B %Y}"


def _actors(sides: Sequence[Literal["initiator", "target"]], row: ClaimRow) -> Iterable[str]:
    for side in sides:
        for actor in getattr(row.claim, side):
            yield from (actor.name, actor.words)


def _places(row: ClaimRow) -> Iterable[str | None]:
    for ref in row.claim.places:
        yield ref.words
        if ref.place:
            yield from _areas(ref.place)


def _areas(place: Place) -> Iterable[str | None]:
    return (place.name, place.admin1, place.admin2, place.country)


def _speakers(row: ClaimRow) -> Iterable[str | None]:
    source = row.claim.source
    return (source.speaker, source.organisation, *source.via)


def _fold_actor(name: str) -> str:
    """An actor by any of the lexicon's names: "Daesh" is "ISIS"."""
    return lexicon_names().actor(name)


def _figures(name: str, row: ClaimRow) -> Iterable[str]:
    return (value for figure in row.claim.figures for value in _figure_values(figure, name))


def _figure_values(figure: Figure | EventFigure, name: str) -> Iterable[str]:
    return figure.measure.split("+") if name == "measure" else (figure.object,)


def _yes(value: bool) -> tuple[str]:
    return ("yes" if value else "no",)


def _listed(literal: object) -> Callable[[], Sequence[str]]:
    return lambda: get_args(literal)


FILTERS: dict[str, Filter] = {
    "kind": Filter(lambda r: (r.claim.kind,), "that are {}", lambda e: ("incident",), _listed(Kind)),
    "certainty": Filter(lambda r: (r.claim.certainty,), "{}", lambda e: (e.certainty,), _listed(Certainty)),
    "background": Filter(lambda r: _yes(r.claim.background), "{}", lambda e: _yes(e.background), lambda: ("yes", "no")),
    "type": Filter(
        lambda r: (r.claim.event_type,),
        "of type {}",
        lambda e: (e.event_type,),
        lambda: [event_type.name for event_type in codebook().event_types],
    ),
    "scope": Filter(lambda r: (r.claim.scope,), "of scope {}", None, _listed(Scope)),
    "stance": Filter(lambda r: (r.claim.stance,), "that see it {}", None, _listed(Stance)),
    "actor": Filter(partial(_actors, ("initiator", "target")), "about {}", lambda e: (*e.initiator, *e.target), fold=_fold_actor),
    "initiator": Filter(partial(_actors, ("initiator",)), "by {}", lambda e: e.initiator, fold=_fold_actor),
    "target": Filter(partial(_actors, ("target",)), "against {}", lambda e: e.target, fold=_fold_actor),
    "place": Filter(_places, "in {}", None, fold=fold_place),
    "operation": Filter(lambda r: (r.claim.operation.name if r.claim.operation else None,), "of operation {}", part=True),
    "measure": Filter(partial(_figures, "measure"), "of {}", None, lambda: codebook().measures),
    "object": Filter(partial(_figures, "object"), "({})", None, lambda: codebook().objects),
    "source": Filter(lambda r: (r.claim.source.type,), ", told by {} sources", None, _listed(SourceType)),
    "speaker": Filter(_speakers, ", told by {}", fold=person, part=True),
    "publisher": Filter(lambda r: (r.report.publisher,), ", published by {}", part=True),
    "report": Filter(lambda r: (r.report.id, r.report.title), ", from report {}", part=True),
}
"""Every filter by its name, in the order of the sentence."""

DATES = ("since", "until")
"""Filters on the claim's time: it ends no earlier, or starts no later.  A claim without a date meets neither."""
