"""Report -> regions and sentences."""

from dateline.pipeline import Stage
from dateline.sentences.regions import mark_regions
from dateline.sentences.split import split_sentences

SENTENCE_STAGES: tuple[Stage, ...] = (mark_regions, split_sentences)
