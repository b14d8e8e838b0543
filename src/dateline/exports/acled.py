"""Events in the columns of ACLED, the Armed Conflict Location & Event Data project.

What a cell holds, and why some are always empty, stands in `docs/reference/exports.md`; which of Dateline's types and actors
become which of ACLED's, in `lexicon/acled.yaml`.
"""

import re
from collections.abc import Iterable
from datetime import date
from typing import BinaryIO, NamedTuple

from dateline.captions import source
from dateline.exports.base import Cell, Context
from dateline.exports.cells import bounds, is_measure, quotes, several
from dateline.exports.deaths import deaths
from dateline.exports.parties import AT_HOME, Party, parties
from dateline.exports.tables import CsvLines
from dateline.lexicon.acled import acled
from dateline.lexicon.codebook import codebook
from dateline.lexicon.countries import country_codes, state_of
from dateline.model import ClaimRow, Event, EventRow

ACLED_COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale",
    "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
_VIOLENCE = "Political violence"  # a disorder type, or a part of one
_LONGEST = 3  # the coarsest time precision that ACLED has: a month


class AcledCsv:
    """One event a row; actors with their labels, or their numbers where `numeric`."""

    def __init__(self, stream: BinaryIO, context: Context, *, numeric: bool = False) -> None:
        self._numeric = numeric
        self._lines = CsvLines(stream)
        self._lines.add(ACLED_COLUMNS)

    def add(self, row: EventRow) -> int:
        if not_in_acled(row):
            return 0
        cells = _cells(row, numeric=self._numeric)
        return self._lines.add(cells.get(column) for column in ACLED_COLUMNS)

    def finish(self) -> None:
        """Nothing comes last."""


def not_in_acled(row: EventRow) -> str | None:
    """Why the columns have no place for an event; None where they have."""
    event = row.event
    if event.time_start is None or event.time_end is None or event.time_precision is None:
        return "no date is known"
    if event.time_precision > _LONGEST:
        return f"the time is not known to the month: {event.time_start} to {event.time_end}"
    if _codebook_name(event) not in acled().sub_events:
        return f"the codebook names no sub-event type of ACLED's for {event.event_type}"
    return None


class _Types(NamedTuple):
    disorder: str | None  # None where that depends on a sub-event type that is not known
    event: str
    sub_event: str | None


class _Inter(NamedTuple):
    """What the two sides are; 0 where there is nobody on a side, None where that is not known."""

    first: int | None
    second: int | None


def _cells(row: EventRow, *, numeric: bool) -> dict[str, Cell]:
    event, types = row.event, _types(row)
    place, country = event.place, country_codes(event.place.country if event.place else None)
    doers, targets = parties(row, "initiator"), parties(row, "target")
    inter = _inter(event, doers, targets)
    assert event.time_start
    assert event.time_end
    day = _middle(event.time_start, event.time_end)
    return {
        "event_id_cnty": event.id,
        "event_date": day,
        "year": day.year,
        "time_precision": event.time_precision,
        "disorder_type": types.disorder,
        "event_type": types.event,
        "sub_event_type": types.sub_event,
        "actor1": doers[0].name if doers else None,
        "assoc_actor_1": several(party.name for party in doers[1:]),
        "inter1": _label(inter.first, numeric),
        "actor2": targets[0].name if targets else None,
        "assoc_actor_2": several(party.name for party in targets[1:]),
        "inter2": _label(inter.second, numeric),
        "interaction": _interaction(inter, numeric),
        "civilian_targeting": "Civilian targeting" if _targets_civilians(types, targets) else None,
        "iso": country.numeric if country else None,
        "region": country.acled if country else None,
        "country": country.name if country else None,
        "admin1": place.admin1 if place else None,
        "admin2": place.admin2 if place else None,
        "location": place.name if place else event.place_words,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "geo_precision": place.geo_precision if place else None,
        "source": several(report.publisher for _, report in row.claims),
        "notes": _notes(row),
        "fatalities": _fatalities(row),
    }


def _codebook_name(event: Event) -> str:
    """The sub-event type that the codebook in use gives an event type."""
    return next((t.acled for t in codebook().event_types if t.name == event.event_type), "")


def _types(row: EventRow) -> _Types:
    name = _codebook_name(row.event)
    top = acled().sub_events[name]
    sub_event = _sub_event(row, name)
    if sub_event:
        return _Types(acled().sub_events[sub_event].disorder, acled().sub_events[sub_event].event, sub_event)
    disorders = {one.disorder for one in acled().sub_events.values() if one.event == top.event}
    return _Types(disorders.pop() if len(disorders) == 1 else None, top.event, None)


def _sub_event(row: EventRow, name: str) -> str | None:
    """The codebook's, unless the kind of event needs a look at the event itself."""
    lists = acled()
    for own in codebook().stands_for("event_types", row.event.event_type):
        if own in lists.instead:
            return lists.instead[own]
        if own in lists.by_doer:
            found = {lists.by_doer[own].get(party.kind) for party in parties(row, "initiator")}
            return found.pop() if len(found) == 1 else None
        if own in lists.peaceful and any(is_measure(f, m) for f in row.event.figures for m in ("killed", "wounded", "arrested")):
            return None
        for word, other in lists.by_word.get(own, {}).items():
            if _says(row.claims, word):
                return other
    return name


def _says(claims: Iterable[ClaimRow], word: str) -> bool:
    said = re.compile(rf"\b{re.escape(word)}s?\b", re.IGNORECASE)
    return any(said.search(quotes(claim.evidence, report.text) or "") for claim, report in claims)


def _inter(event: Event, doers: tuple[Party, ...], targets: tuple[Party, ...]) -> _Inter:
    return _Inter(_code(event, doers), _code(event, targets) if targets else _alone(event))


def _code(event: Event, side: tuple[Party, ...]) -> int | None:
    """Of the side's first party; None where it is not known what it is."""
    if not side:
        return None
    lists, party = acled(), side[0]
    own = codebook().stands_for("event_types", event.event_type)
    if party.kind in ("civilians", "people"):
        taking_part = [code for name, code in lists.demonstrators.items() if name in own]
        return taking_part[0] if taking_part else lists.kinds.get(party.kind)
    if party.name in lists.parties:
        return lists.parties[party.name]
    state, here = state_of(party.name), event.place.country if event.place else None
    if state and party.kind in AT_HOME:
        return None if here is None else lists.kinds.get(party.kind) if state == here else lists.foreign
    return lists.kinds.get(party.kind)


def _alone(event: Event) -> int | None:
    """0 where an event has one side by its nature; a target that no report names is not known."""
    return 0 if codebook().stands_for("event_types", event.event_type) & acled().demonstrators.keys() else None


def _label(code: int | None, numeric: bool) -> Cell:
    if code is None:
        return None
    return code if numeric else acled().inter.get(code)


def _interaction(inter: _Inter, numeric: bool) -> Cell:
    """ "12" or "State forces-Rebel group": the lower code first; "60" or "Protesters only" where there is one side."""
    if inter.first is None or inter.second is None:
        return None
    if inter.second == 0:
        return inter.first * 10 if numeric else f"{acled().inter[inter.first]} only"
    low, high = sorted((inter.first, inter.second))
    return low * 10 + high if numeric else f"{acled().inter[low]}-{acled().inter[high]}"


def _targets_civilians(types: _Types, targets: tuple[Party, ...]) -> bool:
    """Of political violence alone: who is arrested, robbed or driven out without any is no target in ACLED's sense."""
    if _VIOLENCE not in (types.disorder or ""):
        return False
    if not targets:
        return types.event in acled().civilians
    return all(party.kind == "civilians" for party in targets)


def _middle(start: date, end: date) -> date:
    """The day itself; of a week or a month the middle, as ACLED does."""
    return start + (end - start) // 2


def _fatalities(row: EventRow) -> Cell:
    """The lowest number reported, by ACLED's counts for words without a number; None where no number is reported."""
    found = deaths(row)
    if found is None or found.low is None:
        return None
    vague = [count for words in found.words for word, count in acled().vague.items() if re.search(rf"\b{word}\b", words.lower())]
    return min([found.low, *vague])


def _notes(row: EventRow) -> str:
    """Who says what, in the words of the reports; and the figures that sources give."""
    said = " ".join(_said(one) for one in row.claims)
    figures = several(f"{f.measure} {f.object} {bounds(f.low, f.best, f.high)}" for f in row.event.figures)
    counted = f" Figures (low/best/high): {', '.join(figures)}." if figures else ""
    alleged = "Alleged. " if row.event.certainty == "alleged" else ""
    return f"{alleged}{said}{counted}"


def _said(row: ClaimRow) -> str:
    claim, report = row
    known = (report.publisher or report.title or report.id, report.published and report.published.isoformat())
    where = ", ".join(part for part in known if part)
    quote = " ".join((quotes(claim.evidence, report.text) or "").split())
    return f'{where} ({source(claim.source, report.publisher)}): "{quote}"'
