"""How sure it is that an event holds, as a share of times that it does: link scores, calibrated.

The score of a link says which of two links is the better; how often such links are right is another thing.
`link_calibration.yaml` holds a line through the log odds for links within a report and one for links between reports (Platt
1999), fitted by `benchmarks/calibrate_links.py`. How well they hold stands in docs/explanation/linking.md.
"""

import math
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from dateline.claims.confidence import Line, log_odds
from dateline.events.cluster import DECIDED, Linked
from dateline.lexicon.load import load


class LinkCalibration(Struct, frozen=True, forbid_unknown_fields=True):
    """The file `link_calibration.yaml`."""

    in_report: Line
    between: Line


class Weakest(Struct, frozen=True):
    """The lowest score of the links of an event, of those within reports and of those between them; None where it has none.

    What a person joined is no weak link, whatever it scores.
    """

    in_report: float | None
    between: float | None


@cache
def link_calibration() -> LinkCalibration:
    return load("link_calibration.yaml", LinkCalibration)


def event_confidence(linked: Sequence[Linked]) -> float | None:
    """The probability that an event holds: that one of its claims at least is right, and that all of them are of one act.

    The chance that not all asserted claims are wrong, as if each erred by itself, times that of the weakest link within a report
    and of the weakest between reports. A claim that a person made has no confidence of its own and counts as right; an event
    of one such claim has None.
    """
    claims = [one.incident.claim.confidence for one in linked if one.incident.claim.certainty != "denied"]
    if len(linked) == 1:
        return claims[0] if claims else None
    all_wrong = math.prod(0.0 if sure is None else 1 - sure for sure in claims)
    return round((1 - all_wrong) * holds_together(weakest(linked)), 3)


def weakest(linked: Sequence[Linked]) -> Weakest:
    """The weakest links of an event."""
    report_of = {one.incident.claim.id: one.incident.report.id for one in linked}
    inside: list[float] = []
    between: list[float] = []
    for one in linked:
        if one.to and one.comparison and one.comparison.reasons != (DECIDED,):
            same = report_of[one.to] == one.incident.report.id
            (inside if same else between).append(one.comparison.score)
    return Weakest(min(inside, default=None), min(between, default=None))


def holds_together(weak: Weakest) -> float:
    """The probability that claims whose links are no weaker than these are of one act."""
    lines = ((weak.in_report, link_calibration().in_report), (weak.between, link_calibration().between))
    return math.prod(
        1 / (1 + math.exp(-line.slope * log_odds(score) - line.offset)) for score, line in lines if score is not None
    )
