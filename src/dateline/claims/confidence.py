"""How sure the engine is, as a share of times that it is right: its probabilities, calibrated on coded reports.

A head's probability is mostly too high or too low in a regular way. `calibration.yaml` holds for each field the slope and the
offset that mend its log odds (Platt 1999), fitted by `benchmarks/calibrate.py` on the dev part of the corpus, which no head was
trained on. How well they hold on its test part stands in docs/reading.md.
"""

import math
from functools import cache

from msgspec import Struct

from dateline.lexicon.load import load

_EDGE = 1e-4  # probabilities are kept this far from 0 and 1


class Line(Struct, frozen=True):
    """Log odds after = slope * log odds before + offset."""

    slope: float
    offset: float


class Calibration(Struct, frozen=True):
    """The file `calibration.yaml`: a line for each field, and the checksum of the model that they were fitted for."""

    model: str
    fields: dict[str, Line]


@cache
def calibration() -> Calibration:
    return load("calibration.yaml", Calibration)


def calibrated(field: str, probability: float) -> float:
    """The probability that the value of a field is right; as it is where the field has no line."""
    line = calibration().fields.get(field)
    if line is None:
        return round(probability, 3)
    return round(1 / (1 + math.exp(-line.slope * log_odds(probability) - line.offset)), 3)


def log_odds(probability: float) -> float:
    """Of a probability, kept from the edges."""
    kept = min(1 - _EDGE, max(_EDGE, probability))
    return math.log(kept / (1 - kept))
