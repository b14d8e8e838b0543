"""Compares two incident claims: the probability that they tell of one event, with its reasons, or why they never do.

Claims of one report are compared by themselves; claims of two reports by the scenes that they belong to (scenes.py).  What each
agreement is worth stands in `lexicon/links.yaml`, in log odds, fitted by `benchmarks/fit_links.py`.
"""

import math
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from dateline.events import between
from dateline.events import in_report as within
from dateline.events.facts import Incident
from dateline.events.likeness import Sign
from dateline.lexicon.load import load

THRESHOLD = 0.5  # probability from which on two reports' scenes may be one event
_TWO_SCENES = 0.49  # at most, of two scenes of one report: they were parted with all claims of the report in view


class Comparison(NamedTuple):
    """How likely two claims tell of one event: points with their reasons; `cannot` says why they never do."""

    score: float
    reasons: tuple[str, ...]
    cannot: str | None = None

    @property
    def why(self) -> str:
        return "; ".join(self.reasons) or "nothing in common"


class Point(Struct, frozen=True, forbid_unknown_fields=True):
    """What a sign is worth, in log odds, and how it is told; `{}` stands for what the two agree in."""

    worth: float
    says: str
    held: bool = False  # set by hand, not fitted


class Points(Struct, frozen=True, forbid_unknown_fields=True):
    """The file `links.yaml`: what holds before any sign is seen, and the signs."""

    in_report_base: float
    in_report: dict[str, Point]
    between_base: float
    between: dict[str, Point]


@cache
def points() -> Points:
    return load("links.yaml", Points)


@cache
def _worths() -> tuple[dict[str, float], dict[str, float]]:
    of = points()
    return {n: p.worth for n, p in of.in_report.items()}, {n: p.worth for n, p in of.between.items()}


def compare(a: Incident, b: Incident) -> Comparison:
    """Compare two incidents; the order of the two does not matter."""
    first, second = (a, b) if a.key <= b.key else (b, a)
    table = points()
    if first.report.id == second.report.id:
        cannot = within.cannot(first, second)
        signs, base, said = within.signs(first, second), table.in_report_base, table.in_report
    else:
        one, other = _told(first), _told(second)
        cannot = between.cannot(one, other)
        signs, base, said = between.signs(one, other), table.between_base, table.between
    if cannot:
        return Comparison(0.0, (), cannot)
    seen = list(signs)
    total = _total(seen, base, {name: point.worth for name, point in said.items()})
    ranked = sorted(seen, key=lambda sign: (-abs(said[sign.name].worth * sign.much), sign.name))
    return Comparison(probability(total), tuple(said[s.name].says.replace("{}", s.what) for s in ranked if said[s.name].says))


def score(first: Incident, second: Incident) -> float | None:
    """The score of `compare` alone, for two incidents in the order of their keys; None where they cannot be one event."""
    if first.report.id != second.report.id:
        found = between_reports(_told(first), _told(second))
        return None if found is None else probability(found)
    if first.scene and second.scene and first.scene.first == second.scene.first:
        return 1.0
    found = in_report(first, second)
    return None if found is None else min(probability(found), _TWO_SCENES)


def in_report(first: Incident, second: Incident) -> float | None:
    """Log odds that two claims of one report, in the order of their keys, tell of one act; None where they cannot."""
    if within.cannot(first, second):
        return None
    return _total(within.signs(first, second), points().in_report_base, _worths()[0])


def between_reports(first: between.Told, second: between.Told) -> float | None:
    """Log odds that two scenes of different reports are one event; None where they cannot be."""
    if between.cannot(first, second):
        return None
    return _total(between.signs(first, second), points().between_base, _worths()[1])


def _told(incident: Incident) -> between.Told:
    if incident.scene is None:
        raise ValueError("incidents of different reports are compared by their scenes: call with_scenes first")
    return between.Told(incident.scene, incident.report)


def _total(signs: Iterable[Sign], base: float, worths: dict[str, float]) -> float:
    return round(base + sum([worths[sign.name] * sign.much for sign in signs]), 6)


def probability(log_odds: float) -> float:
    """From 0 to 1."""
    return round(1 / (1 + math.exp(-log_odds)), 4)
