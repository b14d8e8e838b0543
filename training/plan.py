"""How a step of the training is run, in numbers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Plan:
    """How long and how fast to learn. Rates are the highest; they rise over `warm` steps and fall to nothing."""

    epochs: int
    encoder_rate: float = 2e-4
    head_rate: float = 1.5e-3
    warm: int = 200
    pieces: int = 1800  # of a batch, padding counted
    average: float = 0.997  # share of the running average that stays at each step
    seed: int = 7
