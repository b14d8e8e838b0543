"""Where and when a claim's act was."""

import re
from collections.abc import Sequence
from datetime import timedelta
from functools import cache

from msgspec.structs import replace

from dateline.claims.draft import Draft
from dateline.lexicon.speakers import speaker_words
from dateline.model import Interval, Kind, Operation, PlaceMention, PlaceRef, Span, TimeMention, plain_view

_NARROW = {
    "site": 0,
    "settlement": 1,
    "valley": 1,
    "mountain": 1,
    "water": 1,
    "desert": 1,
    "area": 1,
    "admin2": 2,
    "admin1": 3,
    "region": 3,
    "country": 4,
}


_GOES_WITH = re.compile(
    r"(?:[\s,]|\b(?:in|of|the|western|eastern|northern|southern|central|northwestern|northeastern|southwestern|southeastern"
    r"|nearby|neighbouring|province|district|governorate|state|city|town|village)\b|'s)*"
)  # the words between a place and the wider one that it lies in


def places(draft: Draft, operation: Operation | None, text: str) -> tuple[PlaceRef, ...]:
    """The most specific places that the draft's own words name; else the scene set at the head of its sentence, or the one
    scene of the act with which it shares its subject."""
    scenes = [p for p in draft.view.places if _is_scene(p, draft, operation, text)]
    own = [p for p in scenes if any(clause.span.contains(p.span) for clause in draft.clauses)]
    if not own and draft.lead is not None:
        own = [p for p in scenes if draft.lead.contains(p.span)] or (scenes if len(scenes) == 1 else [])
    if not own:
        own = [p for p in scenes if _at_edge(p, draft, text)]
    kept = [p for p in own if not any(_contains(p, q, text) for q in own if q is not p)]
    refs: dict[str, PlaceRef] = {}
    for mention in kept:
        words = mention.span.of(text)
        refs.setdefault(plain_view(words).lower(), PlaceRef(words=words, span=mention.span, place=mention.place))
    return tuple(refs.values())


@cache
def _office() -> re.Pattern[str]:
    """ "The so-called governor of X" is an office, and no scene."""
    return re.compile(rf"\b({'|'.join(speaker_words().offices)}) of( the)? +$")


def _is_scene(place: PlaceMention, draft: Draft, operation: Operation | None, text: str) -> bool:
    """Is the place where something is, rather than a part of a party's, a speaker's or an operation's name?"""
    if place.use not in {"scene", "unknown"} or _of_speech(place.span, draft):
        return False
    if operation is not None and operation.span.overlaps(place.span):
        return False
    if _office().search(plain_view(text)[max(0, place.span.start - 24) : place.span.start].lower()):
        return False
    names = [part for speaker in draft.view.speakers for part in speaker.parts]
    parties = [a.span for a in draft.view.actors if len(a.span) > len(place.span) or not _stands_in(place, text)]
    return not any(place.span.overlaps(span) for span in (*names, *parties))


def _stands_in(place: PlaceMention, text: str) -> bool:
    """A word of place before it ("in Iraq", "from Mosul", "Syria and Iraq"): not the country as a party."""
    before = plain_view(text)[max(0, place.span.start - 30) : place.span.start].lower()
    return bool(
        re.search(
            r"\b(in|into|inside|across|near|from|to|of|at|around|throughout|outside|over|and|or|both)( the)? +$|[,;(] *$", before
        )
    )


_APPENDIX = 16  # characters between a speaker named behind "according to" and a time that belongs to him


def _of_speech(span: Span, draft: Draft) -> bool:
    """Where and when the speaker spoke: before a verb of saying that stands before the act."""
    act = draft.acts[0].span.start if draft.acts else draft.span.end
    for speaker in draft.view.speakers:
        if speaker.verb and span.end <= speaker.verb.start and speaker.verb.end <= act:
            return True
        if speaker.verb and speaker.verb.end < speaker.span.end and 0 <= span.start - speaker.span.end <= _APPENDIX:
            return True  # "according to a report released in February"
    return False


def _at_edge(place: PlaceMention, draft: Draft, text: str) -> bool:
    """ "In Kirkuk, ...": before the first comma of the sentence, after a word of place."""
    head = plain_view(text)[draft.view.sentence.span.start : place.span.start].lower()
    return bool(re.fullmatch(r"\W*(in|near|at|around|across|outside|inside)( the)?( town of| city of| village of)? +", head))


def _contains(area: PlaceMention, inner: PlaceMention, text: str) -> bool:
    """Is `area` the wider place that goes with `inner` ("Tel Tamer in Hasaka Province", "Mosul, Iraq")?"""
    a, b = area.place, inner.place
    gap = plain_view(text)[min(area.span.end, inner.span.end) : max(area.span.start, inner.span.start)].lower()
    near = bool(_GOES_WITH.fullmatch(gap))
    if a is None or b is None:
        return (
            near and area.span.start > inner.span.start and a is not None and _NARROW.get(a.kind, 1) >= 3 and " in " in f" {gap} "
        )
    if _NARROW.get(a.kind, 1) <= _NARROW.get(b.kind, 1):
        return False
    if a.kind == "country":
        return a.country == b.country and (near or b.kind != "country")
    return near and a.country == b.country and (a.kind != "admin1" or b.admin1 in {None, a.name, a.admin1})


def time(draft: Draft, kind: Kind, inherited: Interval | None) -> Interval | None:
    """When: the words in the draft's clauses, else those at the head or the end of its sentence, else what a list inherits."""
    own = [t for clause in draft.clauses for t in clause.times if not _of_speech(t.span, draft)]
    if draft.lead is not None and not own:
        own = [t for t in draft.view.times if draft.lead.contains(t.span)]
    if not own and len(draft.view.times) == 1 and draft.acts:
        own = [t for t in draft.view.times if not _elsewhere(t, draft) and not _of_speech(t.span, draft)]
    found = _fullest(own).interval if own else inherited
    return _ahead(found) if found is not None and kind == "forecast" else found


def _ahead(interval: Interval) -> Interval:
    """A weekday that is counted from the day of the report lies ahead of it in a forecast ("will vote on Friday")."""
    if "weekday" not in interval.rule or interval.anchor_from != "published" or interval.start is None or interval.end is None:
        return interval
    if interval.anchor is None or interval.end > interval.anchor:
        return interval
    week = timedelta(days=7)
    return replace(interval, start=interval.start + week, end=interval.end + week, rule=f"{interval.rule} ahead")


def _elsewhere(time: TimeMention, draft: Draft) -> bool:
    """Does the time stand in a clause with an act of its own?"""
    return any(clause.span.contains(time.span) and clause.acts for clause in draft.view.clauses)


def _fullest(times: Sequence[TimeMention]) -> TimeMention:
    """The most precise one that has dates, else the first."""
    order = {"day": 0, "week": 1, "month": 2, "period": 3, "year": 4, "unknown": 5}
    return min(times, key=lambda t: (t.interval.start is None and t.interval.end is None, order[t.interval.precision], t.span))
