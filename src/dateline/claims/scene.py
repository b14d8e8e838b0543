"""Where and when a claim's act was: the places and times among the words that the engine ties to the claim."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from msgspec.structs import replace

from dateline.claims.candidates import Candidate
from dateline.claims.views import SentenceView
from dateline.lexicon.places import place_words
from dateline.lexicon.times import time_words
from dateline.mentions.calendar import month_of, months_back
from dateline.mentions.times import times_in
from dateline.model import Interval, Operation, PlaceMention, PlaceRef, Precision, Span, TimeMention, plain_view
from dateline.model.place import is_off

_LIKELY, _NOT_TIED, _MUCH_LIKELIER = 0.5, 0.1, 0.3  # of times: set like the figures below
_HERE, _ELSEWHERE = 0.25, 0.45
"""Probabilities from which on a place of the trigger's own sentence, and one of a sentence near by, is the claim's."""
_GOES_ON = 0.35
"""The same for the likeliest place of an incident that has none by these. All three were set on the visible gold, the corpus's
dev part and the own reports."""
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
    known = [
        (candidate.share("place", p.span), _HERE if v is candidate.view else _ELSEWHERE, p)
        for v in candidate.near
        for p in v.places
        if _may_be_scene(p, v) and not (operation and operation.span.overlaps(p.span))
    ]
    own = [p for share, least, p in known if share >= least]
    if not own and candidate.kind == "incident":
        most = max((share for share, _, _ in known), default=0.0)
        own = [p for share, _, p in known if share >= max(_GOES_ON, most)]
    return most_specific(own, text)


def _may_be_scene(place: PlaceMention, view: SentenceView) -> bool:
    """Nothing happens at "Ukrainian"; a name that only the engine takes for a place and that a party bears is the party's."""
    if place.use == "adjective":
        return False
    return place.use != "entity" or not any(actor.span.overlaps(place.span) for actor in view.actors)


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
    """What "the city", "the hospital", "both countries" or "there" of a claim with no place of its own goes back to: the place of
    that kind that the report named last. `before`: all places of the report, in its order."""
    view = plain_view(text)
    words = next((m for e in candidate.evidence if (m := _references().search(view, e.start, e.end))), None)
    if words is None:
        return ()
    earlier = [p for p in before if p.span.end <= words.start() and p.use in {"scene", "unknown"}]
    if words["there"] is not None:
        return (_ref(earlier[-1], text),) if earlier else ()
    noun, wanted = words["noun"].lower(), 2 if words["article"].lower() == "both" else 1
    found: dict[str, PlaceRef] = {}
    for mention in reversed(earlier):
        ref = _ref(mention, text)
        if _is_a(mention, noun, place_words().references[noun]):
            found.setdefault(plain_view(ref.words).lower(), ref)
        if len(found) == wanted:
            return tuple(sorted(found.values(), key=lambda ref: ref.span))
    return ()


def _is_a(mention: PlaceMention, noun: str, kinds: Sequence[str]) -> bool:
    """By its name ("Al Salem hospital"), else by what the gazetteer says that it is."""
    return noun in mention.words.lower() or (mention.place is not None and mention.place.kind in kinds)


_THERE = (
    r"(?<!that )(?<!if )there\b(?!(?:'s|\s+(?:is|are|was|were|has|have|had|will|would|may|could|can|should|seems|remains))\b)"
)
"""The place, and not the "there" of "there is"."""


@cache
def _references() -> re.Pattern[str]:
    nouns = "|".join(sorted(place_words().references, key=len, reverse=True))
    compounds = "|".join(sorted(place_words().not_behind_references))
    back = rf"(?P<article>the|both|that)\s+(?:same\s+)?(?P<noun>{nouns})\b(?!-|\s+(?:of|in|{compounds})\b)"
    return re.compile(rf"\b(?:{back}|(?P<there>{_THERE}))", re.IGNORECASE)


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


def time(candidate: Candidate, ruled: Interval | None, text: str) -> Interval | None:
    """When: `ruled`, the words that the grammar gives, unless the engine plainly ties others to the claim, or none; else the
    likeliest words; of equals the most precise with dates; else the only ones that the claim holds."""
    tied = [t for v in candidate.near for t in v.times if candidate.share("time", t.span) >= _LIKELY]
    tied = [t for t in tied if not _of_comparison(t.span, candidate, text)]
    likely = fullest(tied, candidate.trigger.span.start).interval if tied else None
    if ruled is not None and _of_comparison(ruled.span, candidate, text):
        ruled = None
    if ruled is not None:
        share, said = candidate.share("time", ruled.span), any(e.contains(ruled.span) for e in candidate.evidence)
        if (share < _NOT_TIED and not said) or (likely is not None and _outdone(ruled, share, likely, candidate)):
            ruled = None
    found = ruled or likely or (_only_time(candidate, text) if candidate.kind != "assessment" else None)
    if found is None:
        return None
    if candidate.kind == "forecast":
        return _ahead(found)
    return _behind(_since_when(found, candidate.trigger.span, text) if candidate.kind == "incident" else found)


def _outdone(ruled: Interval, share: float, likely: Interval, candidate: Candidate) -> bool:
    """Whether the engine's words have a date that the grammar's lack, or are much likelier than these."""
    dateless = ruled.start is None and ruled.end is None and (likely.start is not None or likely.end is not None)
    return dateless or candidate.share("time", likely.span) - share > _MUCH_LIKELIER


def _only_time(candidate: Candidate, text: str) -> Interval | None:
    """The time in the words of the claim, where there is but one."""
    inside = [t for t in candidate.view.times if any(e.contains(t.span) for e in candidate.evidence)]
    return inside[0].interval if len(inside) == 1 and not _of_comparison(inside[0].span, candidate, text) else None


def _of_comparison(time: Span, candidate: Candidate, text: str) -> bool:
    """ "56 incidents, up from 38 in January": of what a total or a judgement is compared with."""
    if candidate.kind not in {"tally", "assessment"}:
        return False
    compared = _comparisons().search(
        plain_view(text), max(candidate.view.sentence.span.start, time.start - _COMPARED), time.start
    )
    return compared is not None and candidate.trigger.span.end <= compared.start() + 1


_COMPARED = 60  # characters from a word of comparison to the time of what is compared


@cache
def _comparisons() -> re.Pattern[str]:
    words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in time_words().comparisons)
    return re.compile(rf"\b(?:{words})(?:\s+[\w,.%-]+){{0,4}}\s*\Z", re.IGNORECASE)


def _since_when(interval: Interval, trigger: Span, text: str) -> Interval:
    """What happened at the beginning of "since the army took Bara in July" was in July, and is over."""
    if not (interval.since and interval.start and interval.span.contains(trigger)):
        return interval
    inner = next((t for t in times_in(text, interval.span.start, interval.span.end) if t.edge == "since" and not t.part), None)
    phrase = inner.phrases[0] if inner else None
    length = _LENGTHS.get(phrase.rule) if phrase else None
    if phrase is None or length is None:
        return interval
    span, start = Span(phrase.start, phrase.end), interval.start
    ends = {"day": start, "month": month_of(start.year, start.month)[1], "year": start.replace(month=12, day=31)}
    return replace(
        interval, span=span, words=span.of(text), end=ends[length], precision=length, since=False, rule=phrase.rule
    )  # fmt: skip


_LENGTHS: dict[str, Precision] = {
    "day month year": "day", "month day year": "day", "day month": "day", "month day": "day", "weekday": "day",
    "month year": "month", "month": "month", "year": "year",
}  # fmt: skip
"""Rule of the grammar of times -> how long what it finds lasts."""
_COMES_EACH_YEAR = frozenset({"month", "day", "holiday"})
"""Words in the rules of times that name no year."""


def _ahead(interval: Interval) -> Interval | None:
    """What a forecast counts from the day of the report lies ahead of it: the next such weekday ("a vote on Friday"), the next
    such month or feast ("by May"). A date just gone by is of something else ("at his press conference of 14 December")."""
    last = interval.end or interval.start
    if not (last and interval.anchor and last < interval.anchor):
        return interval
    moved = _moved(interval, 1)
    yearly = moved.start != interval.start and "weekday" not in interval.rule.split()
    return None if yearly and (interval.anchor - last).days < _JUST_GONE else moved


_JUST_GONE = 60  # days


def _behind(interval: Interval) -> Interval:
    """What has happened does not lie behind the day of the report, from which its weekday or its month was counted."""
    first = interval.start or interval.end
    return _moved(interval, -1) if first and interval.anchor and first > interval.anchor else interval


def _moved(interval: Interval, turns: int) -> Interval:
    """By weeks, where a weekday was counted from the day of the report; by years, where a month, a date or a feast was."""
    rule = set(interval.rule.split())
    weekly = "weekday" in rule
    if interval.anchor_from != "published" or not (weekly or rule & _COMES_EACH_YEAR):
        return interval

    def move(day: date | None) -> date | None:
        if day is None:
            return None
        if weekly:
            return day + timedelta(days=7 * turns)
        moved = months_back(day, -12 * turns)
        return month_of(moved.year, moved.month)[1] if day == month_of(day.year, day.month)[1] else moved

    rule_said = f"{interval.rule} {'ahead' if turns > 0 else 'behind'}"
    return replace(interval, start=move(interval.start), end=move(interval.end), rule=rule_said)


def fullest(times: Sequence[TimeMention], act: int | None = None) -> TimeMention:
    """The most precise one that has dates, else the first; of equals the one nearest to the character `act`."""
    order = {"day": 0, "week": 1, "month": 2, "period": 3, "year": 4, "unknown": 5}

    def rank(time: TimeMention) -> tuple[bool, int, int, Span]:
        far = 0 if act is None else abs(time.span.start - act)
        return time.interval.start is None and time.interval.end is None, order[time.interval.precision], far, time.span

    return min(times, key=rank)
