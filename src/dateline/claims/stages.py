"""Mentions -> claims."""

from dateline.pipeline import Stage

CLAIM_STAGES: tuple[Stage, ...] = ()
