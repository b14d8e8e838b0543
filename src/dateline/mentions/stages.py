"""Sentences -> mentions, one finder a kind."""

from dateline.pipeline import Stage

MENTION_STAGES: tuple[Stage, ...] = ()
