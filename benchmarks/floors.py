"""Floors under the quick scores: they only rise.

`floors.json` holds for each benchmark the SHA-256 of its documents and, for each pinned measure, the worst score that is
let through.  A score that falls below its floor fails; lowering a floor takes a reason, and the reason is kept.
"""

import hashlib
import math
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct
from suite import Benchmark, Row

FILE = Path(__file__).resolve().parent / "floors.json"
PLACES = 4  # decimals that are pinned


class Pinned(Struct, kw_only=True):
    """The floors of one benchmark (ceilings for what is better when lower)."""

    fingerprint: str
    floors: dict[str, float]


class Lowered(Struct, kw_only=True):
    """Why a floor was lowered."""

    benchmark: str
    measure: str
    before: float
    after: float
    reason: str


class Floors(Struct, kw_only=True):
    """The whole file."""

    benchmarks: dict[str, Pinned] = {}
    lowered: list[Lowered] = []


def load() -> Floors:
    """The pinned floors."""
    return msgspec.json.decode(FILE.read_bytes(), type=Floors) if FILE.exists() else Floors()


def save(floors: Floors) -> None:
    """Write the floors in a form that shows a change as a line."""
    FILE.write_bytes(msgspec.json.format(msgspec.json.encode(floors, order="deterministic"), indent=2) + b"\n")


def fingerprint(files: Iterable[Path]) -> str:
    """SHA-256 over the files' bytes."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def breaches(benchmark: Benchmark, found: list[Row], pinned: Pinned | None, now: str) -> list[str]:
    """What is below its floor, in words; nothing where the benchmark has no floors yet."""
    if pinned is None:
        return []
    if pinned.fingerprint != now:
        return [
            f"{benchmark.name}: the documents are not those that the floors were measured on; see docs/reference/benchmarks.md"
        ]
    told = {row.measure.name: row for row in found}
    lines = []
    for name, floor in pinned.floors.items():
        row = told.get(name)
        if row is None or row.value is None:
            lines.append(f"{benchmark.name}: {name} is pinned at {floor}, but was not measured")
        elif worse(row, floor):
            lines.append(f"{benchmark.name}: {name} is {_pin(row)}, its floor {floor}")
    return lines


def worse(row: Row, floor: float) -> bool:
    """Whether a score is beyond its floor.  Rules are deterministic and have no slack; a network's figures have some."""
    value = _pin(row)
    return value > floor + row.measure.slack if row.measure.lower_is_better else value < floor - row.measure.slack


def pin(benchmark: Benchmark, found: list[Row], floors: Floors, now: str, reason: str | None) -> None:
    """Raise the benchmark's floors to its scores; with a reason, lower them too, and write the reason down.

    Where the documents have changed, floors without a reason stay: other documents are no progress.
    """
    pinned = floors.benchmarks.get(benchmark.name)
    if pinned is not None and pinned.fingerprint != now and reason is None:
        return
    if pinned is None:
        pinned = floors.benchmarks[benchmark.name] = Pinned(fingerprint=now, floors={})
    pinned.fingerprint = now
    for row in found:
        name = row.measure.name
        if row.value is None or not row.measure.pinned:
            continue
        before, after = pinned.floors.get(name), _pin(row)
        if before is not None and worse(row, before):
            if reason is None:
                continue
            floors.lowered.append(Lowered(benchmark=benchmark.name, measure=name, before=before, after=after, reason=reason))
        pinned.floors[name] = after


def _pin(row: Row) -> float:
    """The value as pinned: cut, not rounded, so that the score it was taken from is never below it."""
    value = row.value or 0.0
    scale: int = 10**PLACES
    cut = math.ceil if row.measure.lower_is_better else math.floor
    return float(cut(round(value * scale, 3)) / scale)
