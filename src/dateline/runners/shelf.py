"""The facts of a project's incidents in a file while they are linked: memory holds but those at hand, in any process."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import BinaryIO, NamedTuple

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from dateline.events.facts import Incident
from dateline.events.kept import facts_from_bytes, length_of_profiles, profiles_from_bytes
from dateline.events.profiles import PROFILE, Profiles


class Place(NamedTuple):
    """Where the facts of a report stand in the file."""

    start: int
    length: int
    profiles: int  # of these bytes, how many tell of profiles: the first


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
        self._places[report_id] = Place(self._end, len(facts), length_of_profiles(facts))
        self._end += len(facts)

    def facts(self, report_id: str) -> bytes:
        """The facts of a report that was put here."""
        self._file.flush()
        with self._path.open("rb") as file:
            return _read(file, *self._places[report_id][:2])

    def some(self, report_ids: Sequence[str], firsts: Sequence[int]) -> "Shelved":
        """The incidents of these reports; `firsts` are the positions of the first of each, in order."""
        for report_id, facts in self._load([i for i in report_ids if i not in self._places]):
            self.put(report_id, facts)
        self._file.flush()
        places = np.array([self._places[i] for i in report_ids], dtype=np.int64).reshape(-1, len(Place._fields))
        return Shelved(str(self._path), np.array(firsts, dtype=np.int64), places)


class Shelved(Struct, frozen=True, eq=False):
    """The incidents of some reports, to be taken from the file: by any process, as long as the shelf is there."""

    path: str
    firsts: NDArray[np.int64]
    places: NDArray[np.int64]  # rows of Place

    def profiles(self) -> tuple[NDArray[np.int64], Profiles]:
        """The positions of all incidents, in order, and the profile of each."""
        with Path(self.path).open("rb", buffering=0) as file:
            found = [_read(file, start, profiles) for start, _, profiles in self.places.tolist()]
        counts = np.maximum(0, self.places[:, 2]) // PROFILE.itemsize
        positions = np.repeat(self.firsts - np.concatenate(([0], np.cumsum(counts)[:-1])), counts) + np.arange(counts.sum())
        return positions, profiles_from_bytes(found)

    def incidents(self, positions: NDArray[np.int64]) -> Mapping[int, Incident]:
        """These incidents by position, and the others of their reports."""
        found: dict[int, Incident] = {}
        reports = np.unique(np.searchsorted(self.firsts, positions, side="right") - 1)
        with Path(self.path).open("rb") as file:
            for first, (start, length, _) in zip(self.firsts[reports].tolist(), self.places[reports].tolist(), strict=True):
                found.update(enumerate(facts_from_bytes(_read(file, start, length)), first))
        return found


def _read(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(length)
