"""Which words are a claim's initiators and places, by how they stand to the word that it hangs on.

A reader beside the engine's heads, from the trees that the engine has learned on treebanks and not on the corpus: the path
from a word to the claim's word, the preposition before it, what kind of thing it names, how far off it stands.  Each of these
signs gives points to the roles; the points stand in `lexicon/en/ties.json`, fitted by `training/ties.py` on the train part of
the corpus (logistic regression), and can be read and amended there.  Word by word they are about as good as the heads on the
dev part, and err otherwise: best F1 of heads, signs and both is .67, .70 and .73 for initiators, .68, .66 and .70 for places.
For targets both together gained a point word by word and nothing in whole claims: these stay with the heads.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from dateline.claims.confidence import log_odds
from dateline.claims.leanings import stem
from dateline.lexicon.load import load
from dateline.model import LinkedWord, Parse, Span, Trigger, Word

ROLES = ("initiator", "place")
REACH = 1  # sentences from the trigger's in which a word is asked
NAMING = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"})
"""Parts of speech of words that can stand for a party or a place."""
_INSIDE = frozenset({"compound", "flat", "amod", "det", "nummod", "case", "appos", "fixed", "goeswith"})
"""Relations by which a word belongs to a phrase; the phrase stands in the tree as its head does."""
_DEEPEST, _LONGEST_PATH = 12, 5
_STEP, _FARTHEST = 3, 8  # words that make a step of distance; steps from which on all is far
_UNTOLD = 0.02
"""The engine's probability of a word that it does not tell."""
_SURE = 0.005
"""How sure a head may be."""


class Weights(NamedTuple):
    """How much the head's log odds and the points count, and what is added so that a half is a good bound."""

    head: float
    points: float
    shift: float


INITIATOR, PLACE = Weights(0.65, 0.5, 0.5), Weights(0.85, 0.7, 1.5)
"""Set on the dev part of the corpus, the repository's own reports and the visible gold, by the figures of whole claims."""
_LEAST = 0.1
"""The probability from which on a word is told."""

Pair = tuple[float, float]


class Points(Struct, frozen=True):
    """The points (log odds) of initiators and places from the start, and those that each sign gives."""

    base: Pair
    signs: dict[str, Pair]


@cache
def points() -> Points:
    """The file `ties.json`."""
    return load("en/ties.json", Points)


_LEAD = re.compile(r"(?:sentence \S+|path (?:far \d \d|\S+)|phrase \S+)(?= |\Z)")
"""How signs begin that go on in several ways: "path nsubj|" with "of VERB", "phrase army" with "in bombing"."""


@cache
def _by_lead() -> dict[str, dict[str, Pair]]:
    """The points by how a sign begins and how it goes on ("" where it is the beginning alone): most beginnings give none."""
    found: dict[str, dict[str, Pair]] = {}
    for sign, worth in points().signs.items():
        lead = _LEAD.match(sign)
        end = lead.end() if lead else len(sign)
        found.setdefault(sign[:end], {})[sign[end + 1 :]] = worth
    return found


class Phrase(NamedTuple):
    """How a word stands in its sentence: by number the head of its phrase, and how it belongs to that."""

    head: int
    inside: str


class Told(NamedTuple):
    """What is asked of a word for every claim, as signs say it: its phrase, the stem of the phrase's head, how that stands in the
    tree, how the word belongs to the phrase, its kind of entity, its preposition."""

    head: int
    phrase: str
    relation: str
    inside: str
    entity: str
    behind: str


class Hook(NamedTuple):
    """What a claim hangs on: the numbers of the sentence and the word, and how signs say the claim's kind, the word's part of
    speech and its stem."""

    sentence: int
    word: int
    kind: str
    tag: str
    stem: str


Signs = tuple[str, tuple[str, ...]]
"""How signs begin (see `_LEAD`), and how each goes on: "" where it is the beginning alone."""
_ALONE = ("",)


class Standing:
    """The words of a report in their trees, and the signs that they give."""

    def __init__(self, parse: Parse, text: str) -> None:
        self.sentences = parse.sentences
        self._text = text
        self._starts = [s.span.start for s in parse.sentences]
        self._told: dict[tuple[int, int], Told] = {}
        self._own: dict[tuple[int, int], Pair] = {}
        self._paths: dict[tuple[int, int, int], str] = {}
        self._naming: dict[int, list[tuple[int, Word]]] = {}
        self._cases: dict[int, dict[int, str]] = {}
        self._entities: dict[int, dict[int, str]] = {}

    def signs(self, word: tuple[int, int], trigger: tuple[int, int], kind: str) -> Iterator[str]:
        """All signs of a word for a claim that hangs on `trigger`, both as numbers of sentence and word (`kind`: `kind_of`)."""
        for lead, rests in (*self._own_signs(word), *self._signs_for(word, self._hook(trigger, kind))):
            yield from (f"{lead} {rest}" if rest else lead for rest in rests)

    def linked(self, trigger: Trigger, kind: str) -> dict[int, LinkedWord]:
        """The words that are tied to a claim, by their first characters in the order of the text.

        They are those of the engine, and others of the claim's sentence, with the probabilities of initiators and places by
        heads and points together.
        """
        found = {word.span.start: word for word in trigger.linked}
        place = self._place(trigger.span)
        if place is None:
            return found
        hook = self._hook(place, kind)
        for number in range(max(0, place[0] - REACH), min(len(self.sentences), place[0] + REACH + 1)):
            for i, word in self._naming_words(number):
                head = found.get(word.span.start)
                if head is None and number != place[0]:
                    continue
                given = self._given((number, i), hook)
                if head is not None:
                    initiator, where = _together(head.initiator, given[0], INITIATOR), _together(head.place, given[1], PLACE)
                    found[word.span.start] = replace(head, initiator=initiator, place=where)
                elif given[0] >= _LEAST_GIVEN[0] or given[1] >= _LEAST_GIVEN[1]:
                    initiator, where = _together(_UNTOLD, given[0], INITIATOR), _together(_UNTOLD, given[1], PLACE)
                    found[word.span.start] = LinkedWord(word.span, 0.0, initiator, 0.0, where, 0.0, 0.0)
        return dict(sorted(found.items()))

    def _naming_words(self, number: int) -> list[tuple[int, Word]]:
        """The words of a sentence that can stand for a party or a place, with their numbers."""
        if number not in self._naming:
            words = enumerate(self.sentences[number].words)
            self._naming[number] = [(i, word) for i, word in words if word.tag in NAMING]
        return self._naming[number]

    def _place(self, span: Span) -> tuple[int, int] | None:
        """The numbers of the sentence and the word at a character."""
        number = bisect_right(self._starts, span.start) - 1
        if number < 0:
            return None
        return next(((number, i) for i, word in enumerate(self.sentences[number].words) if word.span.overlaps(span)), None)

    def _hook(self, place: tuple[int, int], kind: str) -> Hook:
        word = self.sentences[place[0]].words[place[1]]
        return Hook(*place, f"in {kind}", f"of {word.tag}", f"to {self._stem(word)}")

    def _given(self, word: tuple[int, int], hook: Hook) -> Pair:
        """The points that the signs give to both roles."""
        own = self._own.get(word)
        if own is None:
            own = self._own[word] = _sum(self._own_signs(word), points().base)
        return _sum(self._signs_for(word, hook), own)

    def _of(self, word: tuple[int, int]) -> Told:
        told = self._told.get(word)
        if told is None:
            sentence = self.sentences[word[0]]
            words = sentence.words
            phrase = phrase_of(words, word[1])
            entity = self._entities_of(word[0]).get(word[1], "none")
            behind = self._behind(word[0]).get(phrase.head, "none")
            told = self._told[word] = Told(
                phrase.head, f"phrase {self._stem(words[phrase.head])}", f"as {words[phrase.head].relation}",
                f"inside {phrase.inside}", f"entity {entity}", f"behind {behind}",
            )  # fmt: skip
        return told

    def _entities_of(self, number: int) -> dict[int, str]:
        """Number of a word in a sentence -> the type of the entity that it belongs to."""
        if number not in self._entities:
            words, found = self.sentences[number].words, dict[int, str]()
            starts = [word.span.start for word in words]
            for entity in self.sentences[number].entities:
                first = max(0, bisect_right(starts, entity.span.start) - 1)
                for i in range(first, bisect_left(starts, entity.span.end)):
                    if words[i].span.overlaps(entity.span):
                        found.setdefault(i, entity.type)
            self._entities[number] = found
        return self._entities[number]

    def _behind(self, number: int) -> dict[int, str]:
        """Number of a word in a sentence -> the stem of its first preposition."""
        if number not in self._cases:
            found = self._cases[number] = {}
            for word in self.sentences[number].words:
                if word.relation == "case" and word.head not in found:
                    found[word.head] = self._stem(word)
        return self._cases[number]

    def _stem(self, word: Word) -> str:
        return stem(word.span.of(self._text).lower())

    def _own_signs(self, word: tuple[int, int]) -> tuple[Signs, ...]:
        """What a word is, whatever claim is asked for."""
        own, told = self.sentences[word[0]].words[word[1]], self._of(word)
        return (
            (f"word {self._stem(own)}", _ALONE), (told.phrase, _ALONE), (told.entity, _ALONE), (told.behind, _ALONE),
            (told.inside, _ALONE), (f"is {own.tag}", _ALONE), (told.relation, _ALONE),
        )  # fmt: skip

    def _signs_for(self, word: tuple[int, int], hook: Hook) -> tuple[Signs, ...]:
        """How a word stands to the one that the claim hangs on."""
        (number, i), told = word, self._of(word)
        if number != hook.sentence:
            off = f"sentence {number - hook.sentence:+d}"
            rests = ("", told.inside, told.relation, f"{told.relation} {hook.kind}", told.entity, told.phrase)
            return (told.phrase, (hook.kind,)), (off, rests)
        path = self._path(number, told.head, hook.word)
        apart = min(abs(i - hook.word) // _STEP, _FARTHEST)
        return (
            (told.phrase, (hook.kind,)), (path, ("", hook.tag, hook.kind, hook.stem, told.behind, told.inside, told.entity)),
            (f"before {apart}" if i < hook.word else f"after {apart}", _ALONE),
        )  # fmt: skip

    def _path(self, number: int, i: int, j: int) -> str:
        key = (number, i, j)
        if key not in self._paths:
            self._paths[key] = f"path {path_of(self.sentences[number].words, i, j)}"
        return self._paths[key]


def _sum(signs: Iterable[Signs], base: Pair) -> Pair:
    known = _by_lead()
    first, second = base
    for lead, rests in signs:
        table = known.get(lead)
        if table is None:
            continue
        for rest in rests:
            if (worth := table.get(rest)) is not None:
                first, second = first + worth[0], second + worth[1]
    return first, second


def _together(head: float, given: float, weights: Weights) -> float:
    kept = min(max(head, _SURE), 1 - _SURE)
    odds = weights.head * math.log(kept / (1 - kept)) + weights.points * given + weights.shift
    return round(1 / (1 + math.exp(-odds)), 4)


def _least_given(weights: Weights) -> float:
    """The points from which on a word that the engine does not tell has a probability worth telling."""
    return (log_odds(_LEAST) - weights.shift - weights.head * log_odds(_UNTOLD)) / weights.points


_LEAST_GIVEN = _least_given(INITIATOR), _least_given(PLACE)


def phrase_of(words: Sequence[Word], i: int) -> Phrase:
    """The head of the phrase that a word belongs to, and by which relations."""
    inside: list[str] = []
    while (relation := words[i].relation.split(":")[0]) in _INSIDE and words[i].head >= 0 and len(inside) < _LONGEST_PATH:
        inside.append(relation)
        i = words[i].head
    return Phrase(i, ".".join(inside[:2]))


def path_of(words: Sequence[Word], i: int, j: int) -> str:
    """The relations from a word up to what it shares with another, and down to that: "nsubj|", "nmod>obj|", "nsubj|conj"."""
    up, down = _above(words, i), _above(words, j)
    for n, word in enumerate(up):
        if word in down:
            first = [_relation(words[k]) for k in up[:n]]
            second = [words[k].relation.split(":")[0] for k in down[: down.index(word)]]
            if len(first) + len(second) > _LONGEST_PATH:
                return f"far {min(len(first), 4)} {min(len(second), 4)}"
            return f"{'>'.join(first)}|{'<'.join(reversed(second))}"
    return "none"


def _above(words: Sequence[Word], i: int) -> list[int]:
    found = [i]
    while words[found[-1]].head >= 0 and len(found) < _DEEPEST:
        found.append(words[found[-1]].head)
    return found


def _relation(word: Word) -> str:
    """The relation, with its subtype where that says who acts and who suffers."""
    return word.relation if word.relation in {"nsubj:pass", "obl:agent"} else word.relation.split(":")[0]


def kind_of(trigger: Trigger, kind: str) -> str:
    """What the signs say of a claim: its likeliest event type, or that it is a judgement."""
    return kind if kind == "assessment" else max(sorted(trigger.event_type), key=lambda name: trigger.event_type[name])
