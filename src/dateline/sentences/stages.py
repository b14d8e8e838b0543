"""Report -> regions and sentences."""

from dateline.pipeline import Stage

SENTENCE_STAGES: tuple[Stage, ...] = ()
