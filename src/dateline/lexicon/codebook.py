"""The codebook in use: Dateline's own lists (`codebook.yaml`), or a project's (`codebook_file.py` reads those).

The engine reads in Dateline's own names; `claims/recode.py` gives a claim the names of a project.  Whatever shows, filters or
links claims asks `codebook()`, and whoever opens a project says which one that is:

    with using(project.codebook()):
        ...
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Literal, get_args

from msgspec import Struct

from dateline.lexicon.load import load

ListName = Literal["event_types", "measures", "objects"]
LISTS: tuple[ListName, ...] = get_args(ListName)


class EventType(Struct, frozen=True):
    """An event type: its name in records, its label for people, ACLED's sub-event type."""

    name: str
    label: str
    acled: str


class Rule(Struct, frozen=True, kw_only=True):
    """What gives a name of a project's own: names of Dateline's (none: any), and phrases of which one must be said (none: any).

    `verbs` are looked for in all their forms, `words` in singular and plural.
    """

    name: str
    takes: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def worded(self) -> bool:
        """Whether it looks at the words of the report at all."""
        return bool(self.verbs or self.words)


class Codebook(Struct, frozen=True):
    """The lists that a project can change; a name that is on none of them stands in no record of the project.

    `rules` say how Dateline's names become those of the project; Dateline's own codebook has none.
    """

    version: str
    event_types: tuple[EventType, ...]
    measures: tuple[str, ...]
    objects: tuple[str, ...]
    units: tuple[str, ...]
    labels: dict[str, str] = {}  # of measures and objects, where it is not the name's own words
    rules: dict[ListName, tuple[Rule, ...]] = {}

    def names(self, of: ListName) -> tuple[str, ...]:
        """The names of a list, in its order."""
        match of:
            case "event_types":
                return tuple(t.name for t in self.event_types)
            case "measures":
                return self.measures
            case "objects":
                return self.objects

    def gravity(self, event_type: str | None) -> int:
        """0 for the gravest; unknown and None come last."""
        names = [t.name for t in self.event_types]
        return names.index(event_type) if event_type in names else len(names)

    def stands_for(self, of: ListName, name: str | None) -> frozenset[str]:
        """Dateline's names that a name can stand for; none where words alone give it.

        What Dateline knows about its own names (a toll is of persons, a raid and an arrest can be one event) holds by this
        for the names of a project too.
        """
        taken = {taken for rule in self.rules.get(of, ()) if rule.name == name for taken in rule.takes}
        return frozenset(taken | {own for own in built_in().names(of) if own == name})


@cache
def built_in() -> Codebook:
    """Dateline's own, in which the engine reads."""
    return load("codebook.yaml", Codebook)


_IN_USE: ContextVar[Codebook | None] = ContextVar("codebook", default=None)


def codebook() -> Codebook:
    """The codebook in use; Dateline's own where nobody said otherwise."""
    return _IN_USE.get() or built_in()


@contextmanager
def using(book: Codebook) -> Iterator[Codebook]:
    """Make `book` the codebook in use, for this thread and as long as the context lasts."""
    token = _IN_USE.set(book)
    try:
        yield book
    finally:
        _IN_USE.reset(token)
