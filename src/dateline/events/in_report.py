"""What speaks for and against two claims of one report telling of one act."""

from collections.abc import Iterator
from itertools import product

from dateline.events.facts import Incident, plain
from dateline.events.likeness import Sign, can_be_one, compare_figures, goes_on, kinship
from dateline.events.places import nearness
from dateline.events.times import overlap

_CLOSE_CHARACTERS = 700  # about a paragraph and the next
_NEXT_CHARACTERS = 60  # the next sentence, with a few words of its own before what it tells
_OPERATION = "security_operation"
_SAME_FIGURES = frozenset({"same_large_figure", "same_figure", "same_small_figure"})
MANY_PLACES = 3  # from which on a claim is about an area rather than a scene


def cannot(a: Incident, b: Incident) -> str | None:
    """Why two claims of one report are never one event; `a` is told before `b`."""
    one, other = a.claim.operation, b.claim.operation
    if one and other and (a.operation != b.operation or (one.phase and other.phase and one.phase != other.phase)):
        return "different operations"
    if a.claim.background != b.claim.background and not _match(a, b):
        return "one is history, the other news"
    if a.days and b.days and not overlap(a.days, b.days):
        return "different days"  # days next to each other can be one act to two outlets, never to one
    if _places_differ(a, b):
        return "different places"
    return None


def _match(a: Incident, b: Incident) -> bool:
    """Whether what is told as history is the news once more: the day, the operation or a figure says so."""
    same_day = a.days is not None and a.days == b.days and a.days.days == 1
    same_operation = a.operation is not None and a.operation == b.operation
    return same_day or same_operation or any(sign.name in _SAME_FIGURES for sign in _by_figures(a, b))


def signs(a: Incident, b: Incident) -> Iterator[Sign]:
    """The signs of two claims of one report; `a` is told before `b`."""
    yield from _by_type(a, b)
    yield from _by_time(a, b)
    yield from _by_place(a, b)
    yield from _by_sides(a, b)
    yield from _by_figures(a, b)
    yield from _by_words(a, b)
    yield from _by_text(a, b)


def _places_differ(a: Incident, b: Incident) -> bool:
    """Other places are other acts, unless the gazetteer does not hold one of them."""
    if not a.places or not b.places or len(a.places) < len(a.claim.places) or len(b.places) < len(b.claim.places):
        return False
    fewer, more = sorted((len(a.places), len(b.places)))
    if more >= MANY_PLACES and fewer < more:
        return True  # the launch of an operation in four provinces, and its results in one of them
    return all(nearness(p, q) == "apart" for p, q in product(a.places, b.places))


def _by_type(a: Incident, b: Incident) -> Iterator[Sign]:
    yield Sign(kinship(a.acts, b.acts), 1.0, (a.claim.event_type or "other").replace("_", " "))
    if a.operation and a.operation == b.operation:
        yield Sign("same_operation", 1.0, a.claim.operation.name if a.claim.operation else "")
    if a.claim.background != b.claim.background:
        yield Sign("one_is_history")
    elif a.claim.background:
        yield Sign("both_history")
    if a.claim.certainty != b.claim.certainty:
        yield Sign("other_certainty")


def _by_time(a: Incident, b: Incident) -> Iterator[Sign]:
    one, other = a.days, b.days
    if one and other:
        if one == other:
            yield Sign("same_day" if one.days == 1 else "same_time", 1.0, one.start.isoformat())
        else:
            yield Sign("times_overlap" if max(one.days, other.days) <= 10 else "long_times_overlap")
    elif a.claim.time and b.claim.time:
        same = plain(a.claim.time.words) == plain(b.claim.time.words)
        yield Sign("same_words_for_time" if same else "other_words_for_time")
    elif a.claim.time:
        yield Sign("later_tells_no_time")
    elif b.claim.time:
        yield Sign("earlier_tells_no_time")


def _by_place(a: Incident, b: Incident) -> Iterator[Sign]:
    if not a.claim.places or not b.claim.places:
        if a.claim.places:
            yield Sign("later_tells_no_place")
        elif b.claim.places:
            yield Sign("earlier_tells_no_place")
        return
    share = 1 / max(1, len(a.claim.places) - 2, len(b.claim.places) - 2)
    shared = sorted(a.place_words & b.place_words)
    found = {nearness(p, q): p.name for p, q in product(a.places, b.places)}
    if shared or "same" in found:
        yield Sign("same_place", share, shared[0] if shared else found["same"])
    elif "near" in found:
        yield Sign("near_place", share, found["near"])
    elif "within" in found:
        yield Sign("within_place", share, found["within"])
    else:
        yield Sign("other_place")


def _by_sides(a: Incident, b: Incident) -> Iterator[Sign]:
    if a.initiators and b.initiators:
        shared = a.initiators & b.initiators
        if shared:
            yield Sign("same_initiator", 1.0, min(shared))
        elif a.initiators.isdisjoint(b.targets) and not any(
            can_be_one(p, q) for p, q in product(a.claim.initiator, b.claim.initiator)
        ):
            yield Sign("other_initiator")
    if a.targets and b.targets:
        shared = a.targets & b.targets
        if shared:
            yield Sign("same_target", 1.0, min(shared))
        elif a.targets.isdisjoint(b.initiators) and not any(can_be_one(p, q) for p, q in product(a.claim.target, b.claim.target)):
            yield Sign("other_target")


def _by_figures(a: Incident, b: Incident) -> Iterator[Sign]:
    yield from compare_figures(a.claim.figures, b.claim.figures, a.tolls | b.tolls, a.persons | b.persons)


def _by_words(a: Incident, b: Incident) -> Iterator[Sign]:
    shared = len(a.words & b.words)
    if shared:
        yield Sign("words", min(1.0, shared / (1 + min(len(a.words), len(b.words)))))
    names = a.names & b.names
    if names:
        yield Sign("same_names", float(min(2, len(names))), min(names))
    elif a.names and b.names:
        yield Sign("other_names")
    if a.ages and b.ages:
        yield Sign("other_ages") if a.ages.isdisjoint(b.ages) else Sign("same_age", 1.0, str(min(a.ages & b.ages)))


def _is_result(a: Incident, b: Incident, apart: int) -> bool:
    """What a search or sweep came to, told at once: "They searched 12 farms, burnt three boats and arrested a smuggler."."""
    return (
        apart <= _NEXT_CHARACTERS
        and (_OPERATION in a.acts) != (_OPERATION in b.acts)
        and not a.initiators.isdisjoint(b.initiators)
        and (not b.place_words or a.place_words == b.place_words)
    )


def _by_text(a: Incident, b: Incident) -> Iterator[Sign]:
    """What stands close together, and what refers to an act told before."""
    apart = b.claim.evidence[0].start - a.claim.evidence[-1].end
    if apart <= 0:
        yield Sign("one_sentence")
    elif apart <= _CLOSE_CHARACTERS:
        yield Sign("close")
    if b.order == a.order + 1:
        yield Sign("next")
    else:
        yield Sign("claims_between", min(10, b.order - a.order - 1) / 10)
    if goes_on(a, b):
        yield Sign("goes_on")
    if _is_result(a, b, apart):
        yield Sign("result_of_operation")
    if b.refers:
        yield Sign("refers")
        if b.order == a.order + 1:
            yield Sign("refers_to_last")
    if b.another and not a.another:
        yield Sign("another_act")
    if a.order == 0:
        yield Sign("first_claim")
    if a.claim.source.speaker and a.claim.source.speaker == b.claim.source.speaker:
        yield Sign("same_speaker")
