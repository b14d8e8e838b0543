"""Where and when a claim's act was."""

import re
from functools import cache

from dateline.claims.lexical.clauses import cut
from dateline.claims.lexical.draft import Draft
from dateline.claims.scene import fullest, most_specific
from dateline.lexicon.speakers import speaker_words
from dateline.model import Interval, Operation, PlaceMention, PlaceRef, Span, TimeMention, plain_view


def places(draft: Draft, operation: Operation | None, text: str) -> tuple[PlaceRef, ...]:
    """The most specific places that the draft's own words name; else the scene set at the head of its sentence, or the one
    scene of the act with which it shares its subject."""
    scenes = [p for p in draft.view.places if _is_scene(p, draft, operation, text)]
    own = [p for p in scenes if any(clause.span.contains(p.span) for clause in draft.clauses)]
    if not own and draft.lead is not None:
        own = [p for p in scenes if draft.lead.contains(p.span)] or (scenes if len(scenes) == 1 else [])
    if not own:
        own = [p for p in scenes if _at_edge(p, draft, text)]
    return most_specific(own, text)


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
    first = _head_of_list(place, draft, text)
    parties = [a.span for a in draft.view.actors if len(a.span) > len(place.span) or not _stands_in(first, text)]
    return not any(place.span.overlaps(span) for span in (*names, *parties))


def _head_of_list(place: PlaceMention, draft: Draft, text: str) -> PlaceMention:
    """The first of the names that "and" and commas join: what stands before it tells what all of them are."""
    for other in reversed(draft.view.places):
        if other.span.end < place.span.start and _JOINT.fullmatch(plain_view(text)[other.span.end : place.span.start].lower()):
            place = other
    return place


def _stands_in(place: PlaceMention, text: str) -> bool:
    """A word of place before it ("in Iraq", "from Mosul", "Syria and Iraq"): not the country as a party."""
    before = plain_view(text)[max(0, place.span.start - 30) : place.span.start].lower()
    return bool(
        re.search(
            r"\b(in|into|inside|across|near|from|to|of|at|around|throughout|outside|over|and|or|both)( the)? +$|[,;(] *$", before
        )
    )


_JOINT = re.compile(r"[\s,]*(?:and|or)?\s*(?:the)?\s*")  # between two names of a list
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


def time(draft: Draft, text: str) -> Interval | None:
    """When: the words in the draft's clauses, else those at the head or the end of its sentence, else what a list inherits."""
    own = [t for clause in draft.clauses for t in clause.times if not _of_speech(t.span, draft)]
    if draft.lead is not None and not own:
        own = [t for t in draft.view.times if draft.lead.contains(t.span)]
    if not own and len(draft.view.times) == 1 and draft.acts:
        own = [t for t in draft.view.times if not _elsewhere(t, draft, text) and not _of_speech(t.span, draft)]
    return fullest(own, draft.acts[0].span.start if draft.acts else None).interval if own else None


def _elsewhere(time: TimeMention, draft: Draft, text: str) -> bool:
    """Does the time stand in a clause with an act of its own?"""
    return any(clause.span.contains(time.span) and clause.acts for clause in cut(draft.view, text))
