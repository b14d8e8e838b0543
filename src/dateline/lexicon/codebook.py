"""The codebook's lists, from `codebook.yaml`."""

from functools import cache

from msgspec import Struct

from dateline.lexicon.load import load


class EventType(Struct, frozen=True):
    """An event type: its name in records, its label for people, ACLED's sub-event type."""

    name: str
    label: str
    acled: str


class Codebook(Struct, frozen=True):
    """The lists that a project can extend."""

    version: str
    event_types: tuple[EventType, ...]
    measures: tuple[str, ...]
    objects: tuple[str, ...]
    units: tuple[str, ...]

    def gravity(self, event_type: str | None) -> int:
        """0 for the gravest; unknown and None come last."""
        names = [t.name for t in self.event_types]
        return names.index(event_type) if event_type in names else len(names)


@cache
def codebook() -> Codebook:
    return load("codebook.yaml", Codebook)
