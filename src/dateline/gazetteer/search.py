"""What a name could mean, for people who look a place up."""

from typing import NamedTuple

from dateline.gazetteer.layer import Entry
from dateline.gazetteer.lookup import area, find, find_alike
from dateline.gazetteer.prominence import prominence

MOST = 20


class FoundPlace(NamedTuple):
    """A place that a name could mean; `alike` where its own name is only like it."""

    entry: Entry
    province: str
    alike: bool


def search(name: str, most: int = MOST) -> list[FoundPlace]:
    """The places that bear a name, the best known first, then those whose names are like it."""
    own = sorted((candidate.entry for candidate in find(name)), key=lambda entry: (-prominence(entry), entry.id))
    known = {entry.id for entry in own}
    alike = [candidate.entry for candidate in find_alike(name) if candidate.entry.id not in known]
    found = [(entry, False) for entry in own] + [(entry, True) for entry in alike]
    return [FoundPlace(entry, _province(entry), like) for entry, like in found[:most]]


def _province(entry: Entry) -> str:
    above = area(f"{entry.country}.{entry.admin1}") if entry.admin1 and entry.kind != "admin1" else None
    return above.name if above else ""
