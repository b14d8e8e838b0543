"""The facts of a project's incidents in a file while they are linked: memory holds but those at hand, in any process."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import BinaryIO, NamedTuple

from msgspec import Struct

from dateline.events.facts import Incident
from dateline.events.kept import facts_from_bytes


class Place(NamedTuple):
    """Where the facts of a report stand in the file."""

    start: int
    length: int


class Shelf:
    """A file of facts, by report; a context, at whose end it is gone.

    `load` gives the facts of reports that were not put here: they are loaded when they are asked for.
    """

    def __init__(self, load: Callable[[Sequence[str]], Iterable[tuple[str, bytes]]]) -> None:
        self._load = load
        self._folder = TemporaryDirectory(prefix="dateline-linking-")
        self._path = Path(self._folder.name) / "facts"
        self._file = self._path.open("wb")
        self._places: dict[str, Place] = {}
        self._end = 0

    def __enter__(self) -> "Shelf":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._file.close()
        self._folder.cleanup()

    def put(self, report_id: str, facts: bytes) -> None:
        """Keep the facts of a report."""
        self._file.write(facts)
        self._places[report_id] = Place(self._end, len(facts))
        self._end += len(facts)

    def facts(self, report_id: str) -> bytes:
        """The facts of a report that was put here."""
        self._file.flush()
        with self._path.open("rb") as file:
            return _read(file, self._places[report_id])

    def some(self, report_ids: Sequence[str], firsts: Sequence[int]) -> "Shelved":
        """The incidents of these reports; `firsts` are the positions of the first of each."""
        for report_id, facts in self._load([i for i in report_ids if i not in self._places]):
            self.put(report_id, facts)
        self._file.flush()
        return Shelved(str(self._path), tuple(firsts), tuple(self._places[i] for i in report_ids))


class Shelved(Struct, frozen=True):
    """The incidents of some reports, to be taken from the file: by any process, as long as the shelf is there."""

    path: str
    firsts: tuple[int, ...]
    places: tuple[Place, ...]

    def __call__(self) -> Mapping[int, Incident]:
        """The incidents by position."""
        found: dict[int, Incident] = {}
        with Path(self.path).open("rb") as file:
            for first, place in zip(self.firsts, self.places, strict=True):
                found.update(enumerate(facts_from_bytes(_read(file, place)), first))
        return found


def _read(file: BinaryIO, place: Place) -> bytes:
    file.seek(place.start)
    return file.read(place.length)
