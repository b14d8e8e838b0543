"""Whose verb it is, by the engine's tree: the noun phrases that say who speaks, and the entities among their words."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dateline.model import Entity, EntityType, Parse, ParsedSentence, Span, cover, plain_view
from dateline.model.parse import Word as TreeWord

_VERBS = frozenset({"VERB", "AUX"})
_OUTSIDE = frozenset({"acl", "advcl", "ccomp", "parataxis", "obl", "mark", "cop", "aux", "discourse"})
"""Relations of what hangs from a noun phrase and does not belong to its name, role or organisation."""
_PASSIVE = frozenset({"nsubj:pass", "aux:pass"})
_OBJECTS = frozenset({"obj", "iobj", "obl:agent", "ccomp", "dep"})
_BY = frozenset({"obl:agent"})
_BESIDES = re.compile(r"[\s,()\"]*(?:(?:the|a|an)\s*)?")
_BESIDE = 8  # characters between the halves of a phrase
_MOST_HALVES = 2
_MOST_APART = 90  # characters of an apposition that the tree left out of the phrase


class Phrase(NamedTuple):
    """The noun phrase of a speaker: all of it, and the word at its head."""

    span: Span
    head: Span


class Syntax:
    """The trees and entities of a report, looked up by characters."""

    def __init__(self, text: str, parse: Parse) -> None:
        self._view = plain_view(text)
        self._sentences: Sequence[ParsedSentence] = parse.sentences
        self._starts = [s.span.start for s in parse.sentences]

    def entities(self, span: Span, *kinds: EntityType) -> Iterator[Entity]:
        """The entities of these types that overlap `span`."""
        for sentence in self._over(span):
            yield from (e for e in sentence.entities if e.type in kinds and e.span.overlaps(span))

    def is_proper(self, span: Span) -> bool:
        """Are the words of `span` a proper name's?"""
        return any(w.tag == "PROPN" for s in self._over(span) for w in s.words if w.span.overlaps(span))

    def is_verb(self, span: Span) -> bool | None:
        """Is `span` a verb that says something, and no participle beside a noun?  None where the tree does not tell."""
        at = self._word(span)
        if at is None:
            return None
        sentence, number = at
        word = sentence.words[number]
        return word.tag in _VERBS and not word.relation.startswith(("amod", "case", "fixed", "compound"))

    def is_passive(self, span: Span) -> bool:
        """ "was announced": who says it stands behind "by"."""
        at = self._word(span)
        return at is not None and _is_passive(*at)

    def has_statement(self, span: Span) -> bool:
        """Does a clause hang from the verb as what is said?"""
        at = self._word(span)
        return at is not None and any(w.relation in {"ccomp", "xcomp"} for _, w in _children(*at))

    def has_statement_behind(self, span: Span) -> bool:
        """Does what is said follow the verb: "Musa said the attackers, clad in black, fired"?"""
        at = self._word(span)
        return at is not None and any(i > at[1] and w.relation == "ccomp" for i, w in _children(*at))

    def subject(self, verb: Span, inverted: bool = False, adding: bool = False) -> Phrase | None:
        """The subject of a verb; of one that is linked to another verb, the other's; of a passive, who stands behind "by".

        With `inverted` ("...", said X) a tree that takes X for an object is put right; with `adding` ("X left, adding that")
        the verb that it goes with has the subject.
        """
        at = self._word(verb)
        seen: set[int] = set()
        while at is not None and at[1] not in seen:
            sentence, number = at
            seen.add(number)
            passive = _is_passive(sentence, number)
            wanted = _BY if passive else {"nsubj", "nsubj:outer"}
            subjects = [i for i, w in _children(sentence, number) if w.relation in wanted]
            if passive and not subjects:
                obliques = [i for i, w in _children(sentence, number) if w.relation == "obl"]
                subjects = [i for i in obliques if self._is_by(sentence, i)]
            if inverted and not subjects:
                subjects = [i for i, w in _children(sentence, number) if w.relation in _OBJECTS and w.span.start >= verb.end][:1]
            if subjects:
                return self._phrase(sentence, subjects[0], verb)
            head = sentence.words[number].head
            links = {"conj", "xcomp", "advcl"} if adding else {"conj", "xcomp"}
            linked = sentence.words[number].relation.split(":")[0] in links
            at = (sentence, head) if linked and not passive and head >= 0 else None
        return None

    def _is_by(self, sentence: ParsedSentence, number: int) -> bool:
        return any(w.relation == "case" and w.span.of(self._view).lower() == "by" for _, w in _children(sentence, number))

    def behind(self, preposition: Span) -> Phrase | None:
        """The noun phrase behind "according to"."""
        at = self._word(preposition)
        if at is None:
            return None
        sentence, number = at
        head = sentence.words[number].head
        while head >= 0 and sentence.words[head].span.start < preposition.end:
            number, head = head, sentence.words[head].head
        if head < 0 or sentence.words[number].relation not in {"case", "fixed"}:
            return None
        return self._phrase(sentence, head, preposition)

    def _phrase(self, sentence: ParsedSentence, head: int, verb: Span) -> Phrase:
        """A noun phrase without its clauses, on its own side of the verb, with an apposition that the tree hung elsewhere."""
        words = sentence.words
        kept = [words[i].span for i in _subtree(sentence, head)]
        before = words[head].span.start < verb.start
        kept = [s for s in kept if (s.end <= verb.start if before else s.start >= verb.end)]
        if not kept:
            return Phrase(words[head].span, words[head].span)
        whole = self._with_halves(Span(min(s.start for s in kept), max(s.end for s in kept)), verb)
        between = Span(whole.end, verb.start) if before else Span(verb.end, whole.start)
        if 0 < len(between) <= _MOST_APART and self._is_half(between, before):
            whole = Span(whole.start, verb.start) if before else Span(verb.end, whole.end)
        return Phrase(whole, words[head].span)

    def _is_half(self, between: Span, before: bool) -> bool:
        """Does a person stand between the phrase and the verb, as its other half?"""
        comma = "," in between.of(self._view)[:2] if before else "," in between.of(self._view)[-2:]
        return comma and any(self.entities(between, "Person"))

    def _with_halves(self, span: Span, verb: Span) -> Span:
        """The phrase with the persons right beside it: "Police Officer (PO) | Omar Ba", "Air Force spokesman | Omar Ba"."""
        for _ in range(_MOST_HALVES):
            near = Span(max(0, span.start - _BESIDE), min(len(self._view), span.end + _BESIDE))
            for entity in self.entities(near, "Person"):
                other = entity.span
                joined = other.overlaps(span) or self._beside(other, span) or self._beside(span, other)
                if joined and not other.overlaps(verb) and (other.start < verb.start) == (span.start < verb.start):
                    span = cover([span, other])
        return span

    def _beside(self, first: Span, second: Span) -> bool:
        return first.end <= second.start and bool(_BESIDES.fullmatch(self._view, first.end, second.start))

    def _over(self, span: Span) -> Iterator[ParsedSentence]:
        first = max(0, bisect_left(self._starts, span.start + 1) - 1)
        for sentence in self._sentences[first:]:
            if sentence.span.start >= span.end:
                return
            if sentence.span.overlaps(span):
                yield sentence

    def _word(self, span: Span) -> tuple[ParsedSentence, int] | None:
        """The word of `span` from which its others hang."""
        for sentence in self._over(span):
            inside = [i for i, w in enumerate(sentence.words) if w.span.overlaps(span)]
            for i in inside:
                if sentence.words[i].head not in inside:
                    return sentence, i
        return None


def _children(sentence: ParsedSentence, number: int) -> Iterator[tuple[int, TreeWord]]:
    return ((i, w) for i, w in enumerate(sentence.words) if w.head == number)


def _is_passive(sentence: ParsedSentence, number: int) -> bool:
    """ "was announced", and "accused" of "was caught and accused": a participle without "have"."""
    word = sentence.words[number]
    relations = {w.relation for _, w in _children(sentence, number)}
    if relations & _PASSIVE:
        return True
    linked = word.relation.split(":")[0] in {"conj", "acl"} and not relations & {"aux", "nsubj"}
    return word.fine == "VBN" and linked


def _subtree(sentence: ParsedSentence, head: int) -> Iterator[int]:
    """The words of a noun phrase, clauses and a second party left out."""
    yield head
    for i, word in _children(sentence, head):
        relation = word.relation.split(":")[0]
        if relation in _OUTSIDE or (relation in {"conj", "cc"} and word.tag != "ADJ"):
            continue
        yield from _whole(sentence, i)


def _whole(sentence: ParsedSentence, head: int) -> Iterator[int]:
    yield head
    for i, word in _children(sentence, head):
        if word.relation.split(":")[0] not in {"acl", "advcl", "parataxis", "ccomp"}:
            yield from _whole(sentence, i)


def chunks_of(text: str, phrase: Phrase) -> list[Span]:
    """The comma-parted halves of a noun phrase, the one with its head first."""
    view = plain_view(text)
    spans: list[Span] = []
    start = phrase.span.start
    for comma in re.finditer(r"[,()]|\s-+\s", view[start : phrase.span.end]):
        spans.append(Span(start, phrase.span.start + comma.start()))
        start = phrase.span.start + comma.end()
    spans.append(Span(start, phrase.span.end))
    spans = [s for s in spans if re.search(r"[^\W\d]", s.of(view))]
    return sorted(spans, key=lambda s: not s.overlaps(phrase.head))
