"""Events in the columns of UCDP-GED, the Uppsala Conflict Data Program's Georeferenced Event Dataset.

What a cell holds, and why some are always empty, stands in `docs/reference/exports.md`.
"""

from math import floor
from typing import BinaryIO, NamedTuple

from dateline.exports.base import Cell, Context
from dateline.exports.cells import is_measure
from dateline.exports.deaths import Deaths, deaths
from dateline.exports.parties import STATE, Party, parties
from dateline.exports.tables import CsvLines
from dateline.lexicon.countries import country_codes
from dateline.model import Claim, EventFigure, EventRow, Report

GED_COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id",
    "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date", "source_headline",
    "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude",
    "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip

_STATE_BASED, _NON_STATE, _ONE_SIDED = 1, 2, 3
_DATE_PRECISION = ((1, 1), (6, 2), (7, 3), (31, 4), (366, 5))  # at most so many days, UCDP's date_prec
_FIGHTERS = frozenset({"militant", "militant_leader", "supporter"})


class GedCsv:
    """One event a row."""

    def __init__(self, stream: BinaryIO, context: Context) -> None:
        self._lines = CsvLines(stream)
        self._lines.add(GED_COLUMNS)

    def add(self, row: EventRow) -> int:
        if not_in_ged(row):
            return 0
        cells = _cells(row)
        return self._lines.add(cells.get(column) for column in GED_COLUMNS)

    def finish(self) -> None:
        """Nothing comes last."""


class Dyad(NamedTuple):
    """Who fights whom, as UCDP orders them: a state, or who attacks, is side A."""

    type: int
    a: tuple[Party, ...]
    b: tuple[Party, ...]  # none where the other side has no name
    b_name: str | None


def not_in_ged(row: EventRow) -> str | None:
    """Which of UCDP's rules leaves an event out; None where none does."""
    event, found = row.event, deaths(row)
    if found is None or found.best is None or found.high is None:
        return "no number of killed is reported, or none for all of them"
    if found.high < 1:
        return "nobody is reported killed"
    if not any(party.organised for party in (*parties(row, "initiator"), *parties(row, "target"))):
        return "no side is an organised actor with a name"
    if dyad(row) is None:
        return "what the sides are does not tell the type of violence"
    if event.place is None:
        return "no place with coordinates is known"
    if event.time_start is None or event.time_end is None:
        return "no date is known"
    return None if _date_prec(row) else f"the time is longer than a year: {event.time_start} to {event.time_end}"


def dyad(row: EventRow) -> Dyad | None:
    """The sides and the type of violence; None where the sides do not tell it."""
    first, second = parties(row, "initiator"), parties(row, "target")
    if not first or not second:
        return None
    if _all(second, "civilians"):
        return Dyad(_ONE_SIDED, first, (), "Civilians") if first[0].organised else None
    if _are_states(first) or _are_states(second):
        a, b = (first, second) if _are_states(first) else (second, first)
        fights = _all(b, "armed_group") or _are_states(b)
        return Dyad(_STATE_BASED, a, b, _side(b)) if fights and a[0].organised else None
    if _all(first, "armed_group") and _all(second, "armed_group"):
        return Dyad(_NON_STATE, first, second, _side(second)) if first[0].organised else None
    return None


def prio_grid_cell(lat: float, lon: float) -> int:
    """The cell of PRIO-GRID (half a degree) that a point is in: 1 in the south-west, 259200 in the north-east."""
    row, column = min(floor((lat + 90) * 2), 359), min(floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def _cells(row: EventRow) -> dict[str, Cell]:
    event, sides, found, place = row.event, dyad(row), deaths(row), row.event.place
    assert sides
    assert found
    assert place
    assert event.time_start
    country = country_codes(place.country)
    killed = _by_side(row, sides, found)
    return {
        "id": event.id,
        "year": event.time_start.year,
        "type_of_violence": sides.type,
        "dyad_name": f"{_side(sides.a)} - {sides.b_name}" if sides.b_name else None,
        "side_a": _side(sides.a),
        "side_b": sides.b_name,
        **_sources(row),
        "where_prec": place.where_prec,
        "where_coordinates": place.name,
        "where_description": event.place_words,
        "adm_1": place.admin1,
        "adm_2": place.admin2,
        "latitude": place.lat,
        "longitude": place.lon,
        "geom_wkt": f"POINT ({place.lon} {place.lat})",
        "priogrid_gid": prio_grid_cell(place.lat, place.lon),
        "country": country.name if country else None,
        "region": country.ucdp if country else None,
        "event_clarity": 2 if event.operation and event.time_start != event.time_end else 1,
        "date_prec": _date_prec(row),
        "date_start": event.time_start,
        "date_end": event.time_end,
        **killed._asdict(),
        "best": sum(killed),
        "high": found.high,
        "low": found.low,
    }


def _all(side: tuple[Party, ...], kind: str) -> bool:
    return all(party.kind == kind for party in side)


def _are_states(side: tuple[Party, ...]) -> bool:
    return all(party.kind in STATE for party in side)


def _side(side: tuple[Party, ...]) -> str | None:
    """The named parties of a side; a side that is only described has no name."""
    return ", ".join(party.name for party in side if party.named) or None


class _Killed(NamedTuple):
    """UCDP's columns: together they are the best estimate."""

    deaths_a: float = 0
    deaths_b: float = 0
    deaths_civilians: float = 0
    deaths_unknown: float = 0


def _by_side(row: EventRow, sides: Dyad, found: Deaths) -> _Killed:
    """The best estimate by side, as far as figures say whose the dead were; all unknown where those add up to more than it."""
    best = found.best or 0.0
    counted = dict.fromkeys(_Killed._fields, 0.0)
    for figure in row.event.figures:
        if is_measure(figure, "killed") and not _is_part(figure, row):
            counted[_column(figure, sides)] += figure.best or figure.low or 0
    known = sum(number for column, number in counted.items() if column != "deaths_unknown")
    if known > best:
        return _Killed(deaths_unknown=best)
    return _Killed(**(counted | {"deaths_unknown": best - known}))


def _column(figure: EventFigure, sides: Dyad) -> str:
    """Where the dead of a figure belong: by whose they were, else by what they were."""
    for column, side in (("deaths_a", sides.a), ("deaths_b", sides.b)):
        if figure.of and any(party.name == figure.of for party in side):
            return column
    if figure.object == "civilian":
        return "deaths_civilians"
    if sides.type == _STATE_BASED and not _are_states(sides.b):
        if figure.object == "security_force":
            return "deaths_a"
        if figure.object in _FIGHTERS:
            return "deaths_b"
    return "deaths_unknown"


def _is_part(figure: EventFigure, row: EventRow) -> bool:
    """Whether all that it is made of is a part of another figure ("22 militants, including three leaders")."""
    same = [
        one
        for claim, _ in row.claims
        if claim.id in figure.claims
        for one in claim.figures
        if (one.measure, one.object, one.unit) == (figure.measure, figure.object, figure.unit)
    ]
    return bool(same) and all(one.part_of is not None for one in same)


def _sources(row: EventRow) -> dict[str, Cell]:
    """One report after the other, in the same order in all columns, parted by ";"."""
    reports: dict[str, Report] = {report.id: report for _, report in row.claims}
    originals = [", ".join(dict.fromkeys(_original(claim) for claim, report in row.claims if report.id == i)) for i in reports]
    return {
        "number_of_sources": len(reports),
        "source_article": ";".join(f'"{_office(r)},{r.published or ""},{_plain(r.title)}"' for r in reports.values()),
        "source_office": ";".join(map(_office, reports.values())),
        "source_date": ";".join(str(report.published or "") for report in reports.values()),
        "source_headline": ";".join(_plain(report.title) for report in reports.values()),
        "source_original": ";".join(originals),
    }


def _office(report: Report) -> str:
    return _plain(report.publisher)


def _original(claim: Claim) -> str:
    """Who said it first: speaker, role and body."""
    of = claim.source
    return _plain(" ".join(part for part in (of.speaker, of.role, of.organisation) if part) or of.type)


def _plain(words: str | None) -> str:
    """Without the marks that part the sources."""
    return " ".join((words or "").replace(";", ",").replace('"', "'").split())


def _date_prec(row: EventRow) -> int | None:
    assert row.event.time_start
    assert row.event.time_end
    days = (row.event.time_end - row.event.time_start).days + 1
    return next((precision for most, precision in _DATE_PRECISION if days <= most), None)
