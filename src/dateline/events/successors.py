"""Which numbers of a toll a later number took the place of: updates, and no contradictions."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from dateline.events.bounds import Bounds
from dateline.events.said import Said
from dateline.events.voices import voice_of
from dateline.lexicon.load import load

_ANY = ("anybody", "")


class Successors:
    """The numbers of one toll, ready to be asked which of them took the place of another.

    Asked of each number is only the latest claim of every other number, so that a large event stays quick.
    """

    def __init__(self, said: Sequence[Said]) -> None:
        self._latest: dict[tuple[str, str], dict[Bounds, Said]] = defaultdict(dict)
        self._numbers: dict[Bounds, Said] = {}
        for one in sorted(said, key=lambda one: one.incident.key):
            self._numbers.setdefault(one.bounds, one)
            for scope in _scopes(one):
                known = self._latest[scope].get(one.bounds)
                if known is None or _day(known) < _day(one):
                    self._latest[scope][one.bounds] = one

    def of(self, one: Said) -> Said | None:
        """The number that took the place of this one, the latest of several; None where it stands.

        A voice replaces its own numbers, an outlet lower ones, and a toll that "rose" those that anybody told before; what was
        told "earlier" has given way to any higher number.
        """
        found = [other for other in self._later(one) if not one.bounds.fits(other.bounds)]
        if not found and one.incident.words & difference_words("earlier"):
            found = [o for o in self._numbers.values() if not one.bounds.fits(o.bounds) and o.bounds.number > one.bounds.number]
        return max(found, key=lambda other: (_day(other), other.incident.key), default=None)

    def is_past(self, one: Said) -> bool:
        """Whether a number took the place of this one, or a toll that "rose" above it was told later: "at least nine" and
        "has risen to 12" do not contradict each other, and the nine are past."""
        return self.of(one) is not None or any(other.bounds.number > one.bounds.number for other in self._risen(one))

    def _risen(self, one: Said) -> Iterator[Said]:
        if day := one.incident.report.published:
            yield from (other for other in self._latest.get(_ANY, {}).values() if _day(other) > day)

    def _later(self, one: Said) -> Iterator[Said]:
        day = one.incident.report.published
        if day is None:
            return
        for scope in [_own(one), _outlet(one), _ANY]:
            for other in self._latest.get(scope, {}).values():
                if _day(other) > day and (scope == _own(one) or other.bounds.number > one.bounds.number):
                    yield other


def _scopes(one: Said) -> Iterator[tuple[str, str]]:
    """For whose numbers a number can stand: its voice's, its outlet's, and where the toll rose, everybody's."""
    if one.incident.report.published:
        yield _own(one)
        yield _outlet(one)
        if one.incident.words & difference_words("rising"):
            yield _ANY


def _own(one: Said) -> tuple[str, str]:
    report = one.incident.report
    return "voice", voice_of(one.incident.claim.source, report.publisher, f"outlet {report.publisher or report.id}")


def _outlet(one: Said) -> tuple[str, str]:
    report = one.incident.report
    return "outlet", report.publisher or f"report {report.id}"


def _day(one: Said) -> date:
    return one.incident.report.published or date.min


@cache
def difference_words(of: str) -> frozenset[str]:
    """Words of `en/differences.yaml`."""
    return frozenset(load("en/differences.yaml", dict[str, tuple[str, ...]])[of])
