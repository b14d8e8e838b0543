"""What speaks for and against a document telling of an incident, and of which type: clues for `points` in mappings/muc.yaml."""

import re
from collections.abc import Iterable, Iterator, Sequence

from adaptors.incident_clues import Scene, early_end
from adaptors.incident_fillers import HURT, Filler
from adaptors.incident_points import AllPoints
from dateline.model import Claim, Reading

_SEVERAL = 3  # incidents
_MOST = 12  # points
_UNDERGONE = ("undergoes ", "does ", "whom ", "of ", "on ", "against ", "at ", "in ", "to ", "near ", "under ")

Scored = Sequence[tuple[int, Filler]]


def document_clues(
    reading: Reading, scene: Scene, scored: Scored, points: AllPoints, war: re.Pattern[str], bombs: re.Pattern[str]
) -> frozenset[str]:
    """The clues of a document."""
    text = reading.report.text.lower()
    found = set(_best(scored, bombs)) | set(_done(scored, points))
    news = [c for c in scene.claims if c.kind == "incident" and not c.background]
    early = early_end(reading)
    for claim in news:
        found |= set(_news(claim, claim.evidence[0].start < early))
    if len(news) >= _SEVERAL:
        found.add("several news")
    found |= {f"act {deed}" for _, deed in scene.deeds} | {
        f"early act {deed}" for span, deed in scene.deeds if span.start < early
    }
    percent = 100 * len(war.findall(text)) / max(1, len(text.split()))
    found |= {f"war {least}" for least in (1, 2) if percent >= least}
    return frozenset(found)


def _best(scored: Scored, bombs: re.Pattern[str]) -> Iterator[str]:
    """How much is said of the likeliest filler of each role."""
    for points, filler in scored:
        names = [filler.role, "bomb"] if filler.role == "weapon" and bombs.search(filler.string.lower()) else [filler.role]
        yield from (f"{name} {step}" for name in names for step in range(1, min(points, _MOST) + 1))


def _done(scored: Iterable[tuple[int, Filler]], points: AllPoints) -> Iterator[str]:
    """What is done to the persons and things that may fill a role."""
    for total, filler in scored:
        own = points.roles[filler.role]
        if filler.role in {"victim", HURT, "phys_target"} and total >= own.least:
            places = (clue for clue in filler.best(own) if clue.startswith(_UNDERGONE) and own.worth.get(clue, 0) > 0)
            yield from (f"{filler.role} {clue.split()[-1]}" for clue in places)


def _news(claim: Claim, early: bool) -> Iterator[str]:
    """What is told of an incident that is no history."""
    yield f"news of {claim.event_type}"
    yield from (f"{figure.measure} {figure.object}" for figure in claim.figures)
    if early:
        yield f"early {claim.event_type}"
    if claim.event_type != "armed_clash":
        yield from ["early news"] if early else []
        yield from ["dated news"] if claim.time is not None else []
        yield from (f"against {actor.kind}" for actor in claim.target)
