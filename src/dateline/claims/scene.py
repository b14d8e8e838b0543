"""Where and when a claim's act was: the places and times among the words that the engine ties to the claim."""

import re
from collections.abc import Sequence
from datetime import timedelta
from functools import cache

from msgspec.structs import replace

from dateline.claims.candidates import Candidate
from dateline.lexicon.places import place_words
from dateline.model import Interval, Operation, PlaceMention, PlaceRef, Span, TimeMention, plain_view
from dateline.model.place import is_off

_LIKELY = 0.5
_NARROW = {
    "site": 0, "settlement": 1, "valley": 1, "mountain": 1, "water": 1, "desert": 1, "area": 1, "admin2": 2, "admin1": 3,
    "region": 3, "country": 4,
}  # fmt: skip
_GOES_WITH = re.compile(
    r"(?:[\s,]|\b(?:in|of|the|western|eastern|northern|southern|central|northwestern|northeastern|southwestern|southeastern"
    r"|nearby|neighbouring|province|district|governorate|state|city|town|village)\b|'s)*"
)  # the words between a place and the wider one that it lies in


_MEASURED_FROM = re.compile(
    r"[\s,(]*(?:(?:some|about|around|nearly|just|only)\s+)?(?:[\d.,]+\s*(?:km|kilomet(?:er|re)s?|miles?)\s+)?(?:to\s+the\s+)?"
    r"(?:(?:north|south)[\s-]?(?:east|west)?|east|west)(?:\s+of|\s+from)(?:\s+the)?(?:\s+(?:city|town|capital)(?:\s+of)?)?\s*"
)  # between a place and the one that its distance or direction is told from: "Daquq, south of Kirkuk"


_LIES = re.compile(
    r"[\s,(]*(?:(?:which|that)\s+(?:is|lies)\s+)?(?:(?:located|situated|lying)\s+)?(?:(?:some|about|around|nearly|just|only)\s+)?"
)  # between a place and what tells where it lies


def places(candidate: Candidate, operation: Operation | None, text: str) -> tuple[PlaceRef, ...]:
    """The most specific places of a claim."""
    own = [
        p
        for v in candidate.near
        for p in v.places
        if candidate.share("place", p.span) >= _LIKELY and not (operation and operation.span.overlaps(p.span))
    ]
    return most_specific(own, text)


def most_specific(found: Sequence[PlaceMention], text: str) -> tuple[PlaceRef, ...]:
    """The places without those that others of them lie in, each name once."""
    kept = [p for p in found if not any(contains(p, q, text) for q in found if q is not p)]
    refs: dict[str, PlaceRef] = {}
    for mention in kept:
        ref = _ref(mention, text)
        refs.setdefault(plain_view(ref.words).lower(), ref)
    return tuple(refs.values())


def _ref(mention: PlaceMention, text: str) -> PlaceRef:
    span = named(mention, text)
    return PlaceRef(words=span.of(text), span=span, place=mention.place)


def scenes_of(candidate: Candidate, text: str) -> tuple[PlaceRef, ...]:
    """The places in which a judgement is said to hold: "in Syria and Iraq"."""
    view = candidate.view
    inside = [p for p in view.places if p.use == "scene" and any(e.contains(p.span) for e in candidate.evidence)]
    inside = [p for p in inside if not any(a.span.overlaps(p.span) for a in view.actors)]  # "Islamic State of Iraq and Syria"
    return most_specific(inside, text)


def meant(candidate: Candidate, before: Sequence[PlaceMention], text: str) -> tuple[PlaceRef, ...]:
    """What "the city", "the hospital" or "both countries" of a claim with no place of its own goes back to: the place of that
    kind that the report named last. `before`: all places of the report, in its order."""
    view = plain_view(text)
    words = next((m for e in candidate.evidence if (m := _references().search(view, e.start, e.end))), None)
    if words is None:
        return ()
    noun, wanted = words["noun"].lower(), 2 if words["article"].lower() == "both" else 1
    found: dict[str, PlaceRef] = {}
    for mention in reversed([p for p in before if p.span.end <= words.start() and p.use in {"scene", "unknown"}]):
        ref = _ref(mention, text)
        if _is_a(mention, noun, place_words().references[noun]):
            found.setdefault(plain_view(ref.words).lower(), ref)
        if len(found) == wanted:
            return tuple(sorted(found.values(), key=lambda ref: ref.span))
    return ()


def _is_a(mention: PlaceMention, noun: str, kinds: Sequence[str]) -> bool:
    """By its name ("Al Salem hospital"), else by what the gazetteer says that it is."""
    return noun in mention.words.lower() or (mention.place is not None and mention.place.kind in kinds)


@cache
def _references() -> re.Pattern[str]:
    nouns = "|".join(sorted(place_words().references, key=len, reverse=True))
    compounds = "|".join(sorted(place_words().not_behind_references))
    return re.compile(
        rf"\b(?P<article>the|both)\s+(?:same\s+)?(?P<noun>{nouns})\b(?!-|\s+(?:of|in|{compounds})\b)", re.IGNORECASE
    )


def named(mention: PlaceMention, text: str) -> Span:
    """The name itself where only a word for its kind stands with it ("Hawija district"); "western Anbar" and "Shifa hospital"
    are other places than Anbar and Shifa."""
    if mention.name is None:
        return mention.span
    view = plain_view(text)
    rest = f"{view[mention.span.start : mention.name.start]} {view[mention.name.end : mention.span.end]}".lower().split()
    return mention.name if set(rest) <= place_words().settlement_kinds | {"the", "of"} else mention.span


def contains(area: PlaceMention, inner: PlaceMention, text: str) -> bool:
    """Is `area` the wider place that goes with `inner` ("Tel Tamer in Hasaka Province", "Mosul, Iraq"), or the one that it is
    measured from?"""
    a, b = area.place, inner.place
    gap = plain_view(text)[min(area.span.end, inner.span.end) : max(area.span.start, inner.span.start)].lower()
    near = bool(_GOES_WITH.fullmatch(gap))
    if area.span.start > inner.span.start and _MEASURED_FROM.fullmatch(gap):
        return True
    if a is not None and is_off(a):  # "Daquq, some 20 km south of Kirkuk", "20 km south of Kirkuk, in Daquq"
        return (b is None or not is_off(b)) and bool(near or _LIES.fullmatch(gap))
    if a is None or b is None:
        return (
            near and area.span.start > inner.span.start and a is not None and _NARROW.get(a.kind, 1) >= 3 and " in " in f" {gap} "
        )
    if _NARROW.get(a.kind, 1) <= _NARROW.get(b.kind, 1):
        return False
    if a.kind == "country":
        return a.country == b.country and (near or b.kind != "country")
    return near and a.country == b.country and (a.kind != "admin1" or b.admin1 in {None, a.name, a.admin1})


def time(candidate: Candidate) -> Interval | None:
    """When: the likeliest words; of equals the most precise with dates."""
    own = [(share, t) for v in candidate.near for t in v.times if (share := candidate.share("time", t.span)) >= _LIKELY]
    if not own:
        return None
    return fullest([t for _, t in own], candidate.trigger.span.start).interval


def only_time(candidate: Candidate) -> Interval | None:
    """The time in the words of the claim, where there is but one."""
    inside = [t for t in candidate.view.times if any(e.contains(t.span) for e in candidate.evidence)]
    return inside[0].interval if len(inside) == 1 else None


def ahead(interval: Interval) -> Interval:
    """A weekday that is counted from the day of the report lies ahead of it in a forecast ("will vote on Friday")."""
    if "weekday" not in interval.rule or interval.anchor_from != "published" or interval.start is None or interval.end is None:
        return interval
    if interval.anchor is None or interval.end > interval.anchor:
        return interval
    week = timedelta(days=7)
    return replace(interval, start=interval.start + week, end=interval.end + week, rule=f"{interval.rule} ahead")


def fullest(times: Sequence[TimeMention], act: int | None = None) -> TimeMention:
    """The most precise one that has dates, else the first; of equals the one nearest to the character `act`."""
    order = {"day": 0, "week": 1, "month": 2, "period": 3, "year": 4, "unknown": 5}

    def rank(time: TimeMention) -> tuple[bool, int, int, Span]:
        far = 0 if act is None else abs(time.span.start - act)
        return time.interval.start is None and time.interval.end is None, order[time.interval.precision], far, time.span

    return min(times, key=rank)
