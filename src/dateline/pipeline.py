"""The stages in order, each with what it needs and what it adds: the table of contents of the engine.

A stage takes a Reading and returns a fuller one.  `run` is the whole framework.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from dateline.model import Reading, Report

Stage = Callable[[Reading], Reading]


class StageInfo(NamedTuple):
    """What a stage needs before it and adds to the reading."""

    name: str
    needs: frozenset[str]
    adds: frozenset[str]


_INFO: dict[Stage, StageInfo] = {}


def stage(*, needs: set[str], adds: set[str]) -> Callable[[Stage], Stage]:
    """Declare what a stage needs and adds; a chain that lacks something is refused before any text is read."""

    def declare(function: Stage) -> Stage:
        _INFO[function] = StageInfo(function.__name__, frozenset(needs), frozenset(adds))
        return function

    return declare


def info(function: Stage) -> StageInfo:
    return _INFO[function]


def check(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """The stages, if each finds what it needs; ValueError names the first that does not."""
    have: set[str] = {"report"}
    for function in stages:
        if missing := info(function).needs - have:
            raise ValueError(f"stage {info(function).name} needs {', '.join(sorted(missing))}, which no earlier stage adds")
        have |= info(function).adds
    return tuple(stages)


def run(reading: Reading, stages: Sequence[Stage]) -> Reading:
    for function in stages:
        reading = function(reading)
    return reading


@cache
def default_stages() -> tuple[Stage, ...]:
    """The stages of the default engine, imported on first use so that `import dateline` stays quick."""
    from dateline.claims.stages import CLAIM_STAGES
    from dateline.engines.stages import ENGINE_STAGES
    from dateline.mentions.stages import MENTION_STAGES
    from dateline.sentences.stages import SENTENCE_STAGES

    return check([*SENTENCE_STAGES, *ENGINE_STAGES, *MENTION_STAGES, *CLAIM_STAGES])


def read_report(report: Report) -> Reading:
    """Read one report with the default stages."""
    return run(Reading(report=report), default_stages())
