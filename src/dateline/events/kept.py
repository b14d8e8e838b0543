"""What a project keeps of its reports' incidents, so that none is read again when others are linked: facts and keys as bytes.

The same facts are the same bytes on every machine.
"""

from collections.abc import Iterator, Sequence
from typing import Any, get_type_hints, overload

import msgspec
import numpy as np

from dateline.events.candidates import Keys
from dateline.events.facts import Incident, ReportFacts, Scene
from dateline.events.profiles import PROFILE, Profiles, profiles_of
from dateline.events.sketch import Hashes
from dateline.model import Event

_NUMBER = np.dtype("<i8")
_COUNT = np.dtype("<u4")
_encode = msgspec.msgpack.Encoder(order="deterministic").encode  # sets in order
_FIELDS = [name for name in Incident._fields if name not in {"report", "scene"}]
_REST: Any = tuple[tuple(get_type_hints(Incident)[name] for name in _FIELDS)]  # type: ignore[misc]
_decode = msgspec.msgpack.Decoder(tuple[ReportFacts, list[_REST], list[Scene], list[int | None]]).decode
_decode_event = msgspec.msgpack.Decoder(Event).decode


def facts_to_bytes(incidents: Sequence[Incident]) -> bytes:
    """The incidents of one report; none at all give no bytes.  The grounds of their claims are left out.

    First how many they are, then their profiles, then the rest: so most is told by the beginning.
    """
    if not incidents:
        return b""
    rest = [[getattr(incident, name) for name in _FIELDS[1:]] for incident in incidents]
    claims = [msgspec.structs.replace(incident.claim, grounds=()) for incident in incidents]
    scenes = list({incident.scene.first: incident.scene for incident in incidents if incident.scene}.values())
    place = {scene.first: n for n, scene in enumerate(scenes)}
    of = [place[incident.scene.first] if incident.scene else None for incident in incidents]  # each scene is kept once
    told = _encode((incidents[0].report, [[claim, *fields] for claim, fields in zip(claims, rest, strict=True)], scenes, of))
    return np.array([len(incidents)], _COUNT).tobytes() + profiles_of(incidents).tobytes() + told


def facts_from_bytes(kept: bytes) -> list[Incident]:
    """The way back."""
    if not kept:
        return []
    report, rest, scenes, of = _decode(memoryview(kept)[length_of_profiles(kept) :])
    return [
        Incident(report=report, scene=None if n is None else scenes[n], **dict(zip(_FIELDS, fields, strict=True)))
        for fields, n in zip(rest, of, strict=True)
    ]


def length_of_profiles(kept: bytes) -> int:
    """How many of these bytes tell of profiles."""
    return _COUNT.itemsize + int(np.frombuffer(kept, _COUNT, 1)[0]) * PROFILE.itemsize if kept else 0


def profiles_from_bytes(beginnings: Sequence[bytes]) -> Profiles:
    """The profiles of the incidents of some reports, from the beginnings of their facts."""
    return np.frombuffer(b"".join([some[_COUNT.itemsize :] for some in beginnings]), dtype=PROFILE)


def event_to_bytes(event: Event) -> bytes:
    return _encode(event)


class PackedEvents(Sequence[Event]):
    """Events as bytes: those of a large project are many, and are needed one after the other."""

    def __init__(self, packed: Sequence[bytes]) -> None:
        self._packed = packed

    def __len__(self) -> int:
        return len(self._packed)

    @overload
    def __getitem__(self, which: int) -> Event: ...
    @overload
    def __getitem__(self, which: slice) -> list[Event]: ...
    def __getitem__(self, which: int | slice) -> Event | list[Event]:
        if isinstance(which, slice):
            return [_decode_event(packed) for packed in self._packed[which]]
        return _decode_event(self._packed[which])

    def __iter__(self) -> Iterator[Event]:
        return map(_decode_event, self._packed)


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
