"""`incidents`: readings as templates with roles, in the categories of MUC-3/4 (mappings/muc.yaml).

What counts as an incident there, and whom its keys name in which role, is narrower than what Dateline reads.  So the clues that
a reading gives (acts, trees, entities, claims) have points, set by hand; the reading itself is the product's own, unchanged.
"""

import re
from collections import Counter
from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from adaptors.document import Document
from adaptors.incident_clues import Deeds, Scene
from adaptors.incident_documents import document_clues
from adaptors.incident_fillers import ROLES, Filler, Words, chosen, fillers_of
from adaptors.incident_points import AllPoints
from adaptors.mapping import load
from adaptors.task import Task
from dateline.events import link_events
from dateline.model import Claim, Event, PlaceMention, Reading, plain_view

Template = dict[str, Any]


class Mapping(Struct, frozen=True):
    """The file mappings/muc.yaml."""

    types: dict[str, str]
    narrower: dict[str, tuple[str, ...]]
    deeds: Deeds
    words: Words
    war: tuple[str, ...]
    bombs: tuple[str, ...]
    points: AllPoints
    countries: dict[str, str]


@cache
def mapping() -> Mapping:
    """The mapping."""
    return load("muc", Mapping)


@cache
def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the phrases as whole words, the longest first."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in longest) + r")\b")


def templates_of(reading: Reading, events: Sequence[Event]) -> list[Template]:
    """One template for each type of incident that the document tells of, each filler in the one whose claims hold it."""
    roles = mapping().points.roles
    scene = Scene(reading, mapping().types.keys(), mapping().deeds)
    scored = [(f.points(roles[f.role]), f) for f in fillers_of(reading, mapping().words, scene)]
    found = types_of(reading, scene, scored)
    if not found:
        return []
    claims = claims_by_type(reading, events)
    made = {kind: empty_template(kind, claims.get(kind, []), main_country(reading)) for kind in found}
    for role in ROLES:
        for filler in chosen((points, f) for points, f in scored if f.role == role and points >= roles[role].least):
            made[home(filler, found, claims, reading)][role].append([filler.string])
    return list(made.values())


def types_of(reading: Reading, scene: Scene, scored: Sequence[tuple[int, Filler]]) -> list[str]:
    """The types of incident that a document tells of, the likeliest first; none where it tells of no incident."""
    points = mapping().points
    said = document_clues(reading, scene, scored, points, pattern(mapping().war), pattern(mapping().bombs))
    if not points.document.taken(said):
        return []
    if pattern(mapping().narrower["ARSON"]).search(reading.report.text.lower()):
        said |= {"arson"}
    likeliest = sorted(points.types, key=lambda kind: -points.types[kind].of(said))
    return [kind for kind in likeliest if points.types[kind].taken(said)] or likeliest[:1]


def claims_by_type(reading: Reading, events: Sequence[Event]) -> dict[str, list[Claim]]:
    """The claims of events of each incident type, those of the event with most claims first."""
    by_id = {claim.id: claim for claim in reading.claims if claim.certainty != "denied"}
    view = plain_view(reading.report.text)
    found: dict[str, list[Claim]] = {}
    for event in sorted(events, key=lambda event: -len(event.claims)):
        claims = [by_id[c] for c in event.claims if c in by_id]
        kind = mapping().types.get(event.event_type)
        if kind is not None and claims:
            said = " … ".join(span.of(view).lower() for claim in claims for span in claim.evidence)
            found.setdefault(narrowed(kind, said), []).extend(claims)
    return found


def narrowed(kind: str, said: str) -> str:
    """The narrower type that the words say, where the event is an attack."""
    if kind != "ATTACK":
        return kind
    return next((narrow for narrow, words in mapping().narrower.items() if pattern(words).search(said)), kind)


def home(filler: Filler, types: Sequence[str], claims: Lookup[str, Sequence[Claim]], reading: Reading) -> str:
    """The type of incident in whose claims a filler stands; the likeliest type where it stands in none."""
    if reading.parse is None:
        return types[0]
    words = [reading.parse.sentences[sentence].words[head].span for sentence, head in filler.said]
    return next((t for t in types if any(e.overlaps(w) for c in claims.get(t, []) for e in c.evidence for w in words)), types[0])


def empty_template(kind: str, claims: Sequence[Claim], country: str | None) -> Template:
    """A template with its type and place, and no filler yet."""
    return {"incident_type": kind, "location": location(claims, country), **{role: [] for role in ROLES}}


def location(claims: Sequence[Claim], country: str | None) -> list[str]:
    """The names of the places, and of the countries that they are in (where none is known, the report's country)."""
    places = [p for c in claims for p in c.places]
    names = [" ".join(p.words.split()) for p in places]
    names += [p.place.admin1 for p in places if p.place and p.place.admin1]
    countries = [mapping().countries[p.place.country] for p in places if p.place and p.place.country in mapping().countries]
    return list(dict.fromkeys([*names, *(countries or ([country] if country else []))]))


def main_country(reading: Reading) -> str | None:
    """The country that most places of the report are in, the first named among equals."""
    codes = (m.place.country for m in reading.mentions if isinstance(m, PlaceMention) and m.place and m.place.country)
    known = Counter(mapping().countries[code] for code in codes if code in mapping().countries)
    return known.most_common(1)[0][0] if known else None


def answer(document: Document) -> dict[str, Any]:
    """The templates of one document."""
    reading = document.read()
    return {"id": document.id, "templates": templates_of(reading, link_events([reading]))}


TASK = Task("incidents", answer)
