"""Mentions -> claims."""

from dateline.claims.assemble import assemble_claims
from dateline.pipeline import Stage

CLAIM_STAGES: tuple[Stage, ...] = (assemble_claims,)
