"""What a project keeps of its reports' incidents, so that none is read again when others are linked: facts and keys as bytes.

The same facts are the same bytes on every machine.
"""

from collections import defaultdict
from collections.abc import Sequence
from sys import intern
from typing import Any, TypeVar, get_type_hints

import msgspec
import numpy as np

from dateline.events.candidates import Keys
from dateline.events.facts import Incident, ReportFacts, Scene
from dateline.events.signs import Signs
from dateline.events.sketch import Hashes
from dateline.events.times import Days
from dateline.model import Figure, Place

_SHARED = frozenset({frozenset, tuple, Days, Place, Figure})
_NUMBER = np.dtype("<i8")
_encode = msgspec.msgpack.Encoder(order="deterministic").encode  # sets in order
_FIELDS = [name for name in Incident._fields if name not in {"report", "scene"}]
_REST: Any = tuple[tuple(get_type_hints(Incident)[name] for name in _FIELDS)]  # type: ignore[misc]
_decode = msgspec.msgpack.Decoder(tuple[ReportFacts, list[_REST], list[Scene], list[int | None]]).decode


def facts_to_bytes(incidents: Sequence[Incident]) -> bytes:
    """The incidents of one report; none at all give no bytes.  The grounds of their claims are left out."""
    if not incidents:
        return b""
    rest = [[getattr(incident, name) for name in _FIELDS[1:]] for incident in incidents]
    claims = [msgspec.structs.replace(incident.claim, grounds=()) for incident in incidents]
    scenes = list({incident.scene.first: incident.scene for incident in incidents if incident.scene}.values())
    place = {scene.first: n for n, scene in enumerate(scenes)}
    of = [place[incident.scene.first] if incident.scene else None for incident in incidents]  # each scene is kept once
    return _encode((incidents[0].report, [[claim, *fields] for claim, fields in zip(claims, rest, strict=True)], scenes, of))


def facts_from_bytes(kept: bytes, shared: "Shared | None" = None) -> list[Incident]:
    """The way back.  What is equal to something in `shared` is that one object: incidents of many reports are held at once."""
    if not kept:
        return []
    report, rest, scenes, of = _decode(kept)
    one = shared or Shared()
    report = one.fields(report._replace(signs=one.fields(report.signs)))
    scenes = [one.fields(scene) for scene in scenes]
    return [
        one.fields(Incident(report=report, scene=None if n is None else scenes[n], **dict(zip(_FIELDS, fields, strict=True))))
        for fields, n in zip(rest, of, strict=True)
    ]


_Record = TypeVar("_Record", ReportFacts, Signs, Scene, Incident)


class Shared:
    """Values that many incidents have, each held once: most sets are empty, and places, days and words recur."""

    def __init__(self) -> None:
        self._known: defaultdict[type, dict[Any, Any]] = defaultdict(dict)  # by type: days are no span

    def fields(self, record: _Record) -> _Record:
        """The record with the shared values in its fields."""
        return type(record)(*map(self._one, record))

    def _one(self, value: Any) -> Any:
        kind = type(value)
        if kind is str:
            return intern(value)
        if kind not in _SHARED:
            return value
        known = self._known[kind]
        if value not in known:
            known[value] = kind(map(self._one, value)) if kind in (frozenset, tuple) else value
        return known[value]


def keys_to_bytes(keys: Sequence[Keys]) -> bytes:
    """The keys of a report's incidents: how many each has, then all."""
    return numbers_to_bytes(np.concatenate([[len(keys)], [len(some) for some in keys], *keys])) if keys else b""


def keys_from_bytes(kept: bytes) -> list[Keys]:
    """The way back."""
    numbers = numbers_from_bytes(kept)
    if not len(numbers):
        return []
    count = int(numbers[0])
    return np.split(numbers[1 + count :], np.cumsum(numbers[1 : count + 1])[:-1])


def numbers_to_bytes(numbers: Hashes) -> bytes:
    return numbers.astype(_NUMBER).tobytes()


def numbers_from_bytes(kept: bytes) -> Hashes:
    return np.frombuffer(kept, dtype=_NUMBER).astype(np.int64)
