"""Claims in the making: the words that claims hang on, each with its kind and its evidence."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from msgspec.structs import replace

from dateline.claims.confidence import log_odds
from dateline.claims.lexical.read import Lexical, LexicalSentence, lexical_claims
from dateline.claims.ties import Standing, kind_of
from dateline.claims.views import SentenceView, trim
from dateline.model import (
    Kind,
    LinkedWord,
    Parse,
    ParsedSentence,
    Reading,
    Shares,
    Source,
    Span,
    Trigger,
    Word,
    cover,
    plain_view,
)

THRESHOLDS: Mapping[Kind, float] = {"incident": 0.35, "tally": 0.35, "assessment": 0.42, "forecast": 0.5}
"""Probability of a claim from which on it is told, by its likeliest kind: set by F1 on the dev part of the corpus, the visible
gold and the repository's own reports together."""
LEXICON_CLAIM: Mapping[Kind, float] = {"incident": 1.5, "tally": 1.5, "assessment": 1.5, "forecast": 1.5}
"""Added to the log odds of a claim where the lexicon tells one of this kind there."""
LEXICON_KIND: Mapping[Kind, float] = {"incident": 1.0, "tally": 1.0, "assessment": 0.0, "forecast": 0.5}
"""Added to the log share of the kind that the lexicon gives."""
REFUSED = -1.5
"""Added to the log odds of a claim where the lexicon has words of appeal, condolence or condemnation, and no claim."""
DATED_TALLY = 2.5
"""Added to the log share of a tally where words of time make it one: "since January", "over the past month", "are still held"."""
_DATED_TALLIES = frozenset({"tally.since", "tally.period", "tally.stock", "tally.strength"})
_EVIDENCE = 0.5
_GAP = 4  # words of less evidence that stand between words of evidence
_REACH = 2  # sentences from the trigger's in which evidence may stand
_LEAST_ISLAND = 3  # words of evidence in another sentence than the trigger's
_HARMFUL = frozenset(
    {"attack_on_civilians", "suicide_bombing", "bombing", "air_strike", "shelling", "armed_clash", "destruction"}
)
"""Types whose acts are one where one sentence tells them: its dead, its wounded, what it burned."""
_PLAIN = 0.5  # probability of an incident that the lexicon alone tells, with two of number, place and time
_JUDGED = 0.75
"""The same of a judgement in the words of a surer act or plan: few such are judgements of their own."""
_SAME = 0.8  # share of the shorter evidence in common from which on two claims of a kind are one


_NO_ROLES = dict.fromkeys(("evidence", "initiator", "target", "place", "time"), 0.0)


class Candidate(NamedTuple):
    """A claim to be: the word that it hangs on, what it is, the words that say it, the sentence that holds it, and all sentences
    with words that are tied to it."""

    trigger: Trigger
    kind: Kind
    probability: float
    evidence: tuple[Span, ...]
    view: SentenceView
    near: tuple[SentenceView, ...]
    lexical: Lexical | None  # what the lexicon makes of it
    linked: Mapping[int, LinkedWord]  # by the first character of the word
    starts: Sequence[int]  # these characters, in order

    @property
    def said(self) -> Span:
        """The evidence in the trigger's own sentence."""
        own = [span for span in self.evidence if self.view.sentence.span.overlaps(span)]
        return cover([*own, self.trigger.span])

    @property
    def last(self) -> SentenceView:
        """The last sentence that tells it."""
        telling = [v for v in self.near if any(v.sentence.span.overlaps(span) for span in self.evidence)]
        return telling[-1] if telling else self.view

    def share(self, role: str, span: Span) -> float:
        """The highest probability that a word of `span` has the role in this claim."""
        first, last = bisect_left(self.starts, span.start), bisect_left(self.starts, span.end)
        return max((getattr(self.linked[start], role) for start in self.starts[first:last]), default=0.0)


def best(shares: Shares) -> str:
    """The likeliest label."""
    return max(shares, key=lambda name: shares[name])


def find_candidates(reading: Reading, views: Sequence[SentenceView], sources: Mapping[int, Source]) -> list[Candidate]:
    """The claims of a report, in the order of the words that they hang on. `sources`: of each sentence, by its number."""
    if reading.parse is None:
        return []
    lines, text = Lines(reading.parse), reading.report.text
    standing = Standing(reading.parse, text)
    found: list[Candidate] = []
    plain: list[Candidate] = []
    for view, triggers in _by_sentence(reading.parse.triggers, views):
        lexical = lexical_claims(view, sources[view.number], text)
        told = _told_by_lexicon(triggers, lexical.claims)
        for trigger in triggers:
            kind, probability = _weighed(trigger, told.get(trigger.span), refused=lexical.refuses(trigger.span))
            if probability >= THRESHOLDS[kind]:
                found.append(_candidate(trigger, kind, probability, told.get(trigger.span), view, views, lines, standing, text))
        plain += [
            _candidate(t, "incident", _PLAIN, claim, view, views, lines, standing, text) for claim, t in _plain(lexical, triggers)
        ]
    spoken = sorted(span for candidate in found for span in (*candidate.evidence, candidate.trigger.span))
    found += [c for c in plain if not any(span.overlaps(c.view.sentence.span) for span in spoken)]
    found.sort(key=lambda c: c.trigger.span)
    return _without_twins([_apart(candidate, found) for candidate in found])


def _candidate(
    trigger: Trigger, kind: Kind, probability: float, told: Lexical | None, view: SentenceView, views: Sequence[SentenceView],
    lines: "Lines", standing: Standing, text: str,
) -> Candidate:  # fmt: skip
    linked = standing.linked(trigger, kind_of(trigger, kind))
    evidence = lines.evidence(trigger, linked, text)
    return Candidate(trigger, kind, probability, evidence, view, _near(views, linked), told, linked, list(linked))


def _plain(lexical: LexicalSentence, triggers: Sequence[Trigger]) -> Iterator[tuple[Lexical, Trigger]]:
    """Incidents that the lexicon tells with two of number, place and time, each with its likeliest trigger.

    Where the sentence tells no other claim they are claims, however little the engine makes of them ("condemns the attack in X,
    which claimed the lives of ten"): 10 of 13 such were, in the gold and the train part of the corpus.
    """
    for claim in lexical.claims:
        clauses = claim.draft.clauses
        set_out = [any(c.quantities for c in clauses), any(c.places for c in clauses), any(c.times for c in clauses)]
        hung = [t for t in triggers if claim.draft.span.overlaps(t.span)]
        if claim.kind == "incident" and sum(set_out) >= 2 and hung:
            yield claim, max(hung, key=lambda t: (t.probability, -t.span.start))


def _near(views: Sequence[SentenceView], linked: Mapping[int, LinkedWord]) -> tuple[SentenceView, ...]:
    """The sentences with words in `linked`."""
    starts = list(linked)
    if not starts:
        return ()
    first = bisect_right(views, starts[0], key=lambda v: v.sentence.span.end)
    last = bisect_right(views, starts[-1], key=lambda v: v.sentence.span.start)
    near = views[first:last]
    return tuple(v for v in near if bisect_left(starts, v.sentence.span.end) > bisect_left(starts, v.sentence.span.start))


def _apart(candidate: Candidate, found: Sequence[Candidate]) -> Candidate:
    """Without evidence in sentences that tell claims themselves, and across the border of headline and body."""
    first = bisect_left(found, candidate.evidence[0].start, key=lambda c: c.view.sentence.span.end)
    last = bisect_right(found, candidate.evidence[-1].end, key=lambda c: c.view.sentence.span.start)
    others = [c.view.sentence.span for c in found[first:last] if c.view is not candidate.view]
    others += [v.sentence.span for v in candidate.near if _in_headline(v) != _in_headline(candidate.view)]
    kept = tuple(span for span in candidate.evidence if not any(other.overlaps(span) for other in others))
    return candidate._replace(evidence=kept) if kept else candidate


def _in_headline(view: SentenceView) -> bool:
    return view.sentence.region == "headline"


def _by_sentence(triggers: Sequence[Trigger], views: Sequence[SentenceView]) -> Iterator[tuple[SentenceView, list[Trigger]]]:
    """The sentences that are read, each with the triggers in it."""
    starts = [t.span.start for t in triggers]
    for view in views:
        first, last = bisect_left(starts, view.sentence.span.start), bisect_left(starts, view.sentence.span.end)
        if first < last:
            yield view, list(triggers[first:last])


def _told_by_lexicon(triggers: Sequence[Trigger], claims: Sequence[Lexical]) -> dict[Span, Lexical]:
    """For each claim of the lexicon the one trigger that it most likely hangs on."""
    found: dict[Span, Lexical] = {}
    for claim in claims:
        hung = [t for t in triggers if claim.hangs_on(t.span)]
        if hung:
            found.setdefault(max(hung, key=lambda t: (t.probability, -t.span.start)).span, claim)
    return found


def _weighed(trigger: Trigger, claim: Lexical | None, *, refused: bool) -> tuple[Kind, float]:
    """The likeliest kind and the probability of a claim, by the engine's heads and by the lexicon."""
    odds = {kind: math.log(max(share, 1e-4)) for kind, share in trigger.kind.items() if kind != "none"}
    if claim is not None:
        weight = DATED_TALLY if claim.rule in _DATED_TALLIES else LEXICON_KIND[claim.kind]
        odds[claim.kind] = odds.get(claim.kind, math.log(1e-4)) + weight
    kind = cast(Kind, max(sorted(odds), key=lambda k: odds[k]))
    told = log_odds(trigger.probability) + (LEXICON_CLAIM[claim.kind] if claim is not None else REFUSED if refused else 0.0)
    return kind, round(1 / (1 + math.exp(-told)), 4)


def _without_twins(found: list[Candidate]) -> list[Candidate]:
    """One of two claims that say the same words: the surer, with the figures of both."""
    kept: list[Candidate] = []
    twins: dict[Span, list[Candidate]] = {}
    beside: dict[int, list[Candidate]] = {}  # the kept ones by the sentences that they touch
    for candidate in sorted(found, key=lambda c: (-c.probability, c.trigger.span)):
        numbers = sorted({view.number for view in (candidate.view, *candidate.near)})
        twin = next((other for number in numbers for other in beside.get(number, ()) if _same(candidate, other)), None)
        if twin is not None:
            twins.setdefault(twin.trigger.span, []).append(candidate)
            continue
        kept.append(candidate)
        for number in numbers:
            beside.setdefault(number, []).append(candidate)
    return [_counting_for(c, twins.get(c.trigger.span, ())) for c in sorted(kept, key=lambda c: c.trigger.span)]


def _counting_for(candidate: Candidate, twins: Sequence[Candidate]) -> Candidate:
    """The candidate with the figures that the engine ties to its twins of its kind."""
    if not twins:
        return candidate
    linked = dict(candidate.linked)
    for twin in twins:
        for start, word in twin.linked.items() if twin.kind == candidate.kind else ():
            own = linked.get(start)
            linked[start] = replace(own, figure=max(own.figure, word.figure)) if own else replace(word, **_NO_ROLES)
    return candidate._replace(linked=linked, starts=sorted(linked))


def _same(one: Candidate, other: Candidate) -> bool:
    """Whether the words of `other`, a surer claim, say `one` too: of this type, or of any where the lexicon has no act for it."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one.evidence for b in other.evidence)
    sizes = [sum(map(len, c.evidence)) for c in (one, other)]
    judged = "assessment" in {one.kind, other.kind}
    if one.kind == "assessment" and other.kind in {"incident", "forecast"}:
        return shared >= _JUDGED * min(sizes)
    if shared >= _SAME * max(sizes) and one.kind == other.kind and not judged and not _counts_apart(one, other):
        return True
    if one.kind != other.kind and (one.lexical is not None or judged):
        return False  # what is judged and what happened can share their words; an act is not past, total and plan at once
    if one.lexical is not None and best(one.trigger.event_type) != best(other.trigger.event_type):
        return False
    return shared >= _SAME * (min(sizes) if one.kind == other.kind else max(sizes))


def _counts_apart(one: Candidate, other: Candidate) -> bool:
    """Whether two claims with the same words count each its own: "searched 45 villages and destroyed four tunnels"."""
    if one.lexical is None or other.lexical is None:
        return False
    counted = [{q.span for clause in c.lexical.draft.clauses for q in clause.quantities} for c in (one, other) if c.lexical]
    types = {best(c.trigger.event_type) for c in (one, other)}
    return bool(counted[0] - counted[1]) and bool(counted[1] - counted[0]) and len(types - _HARMFUL) > 0


class Hung(NamedTuple):
    """A relation of dependency, and the word on which something hangs by it; None at the root."""

    relation: str
    word: Word | None


class Lines:
    """The sentences of a parse, and the words of each."""

    def __init__(self, parse: Parse) -> None:
        self.sentences = parse.sentences
        self.starts = [s.span.start for s in parse.sentences]

    def number(self, start: int) -> int:
        """The number of the sentence in which a character stands."""
        return max(0, bisect_right(self.starts, start) - 1)

    def at(self, start: int) -> ParsedSentence:
        """The sentence in which a character stands."""
        return self.sentences[self.number(start)]

    def hangs(self, span: Span) -> Hung | None:
        """How the words of a span hang in their sentence; of a later part of a row, how the row does."""
        words = self.at(span.start).words
        own = [i for i, word in enumerate(words) if word.span.overlaps(span)]
        i = next((i for i in own if words[i].head not in own), None)
        while i is not None and words[i].relation == "conj" and words[i].head >= 0:
            i = words[i].head
        if i is None:
            return None
        return Hung(words[i].relation, words[words[i].head] if words[i].head >= 0 else None)

    def aside(self, span: Span, trigger: Span, view: str) -> str | None:
        """The conjunction of the adverbial clause ("while", "when") whose subject the words of a span are, where a trigger stands
        outside it; "" where it has none, None where they are no such subject."""
        words = self.at(span.start).words
        own = [i for i, word in enumerate(words) if word.span.overlaps(span)]
        i = next((i for i in own if words[i].head not in own), None)
        if i is None or not words[i].relation.startswith("nsubj") or words[i].head < 0:
            return None
        verb = words[i].head
        hung = next((k for k, word in enumerate(words) if word.span.overlaps(trigger)), None)
        if hung is None or not words[verb].relation.startswith("advcl") or verb in _upwards(words, hung):
            return None
        before = (word for word in words[:i] if word.head == verb and word.relation in {"mark", "advmod"})
        return next((word.span.of(view).lower() for word in before), "")

    def runs(self, candidate: Candidate, role: str, least: float) -> list[Span]:
        """Runs of neighbouring words that have the role in the claim, in the order of the text."""
        own = [start for start, word in candidate.linked.items() if getattr(word, role) >= least]
        found: list[Span] = []
        for sentence in [self.sentences[number] for number in {self.number(start) for start in own}]:
            last = -2
            for i, word in enumerate(sentence.words):
                linked = candidate.linked.get(word.span.start)
                if linked is None or getattr(linked, role) < least:
                    continue
                if i == last + 1:
                    found[-1] = Span(found[-1].start, word.span.end)
                else:
                    found.append(word.span)
                last = i
        return sorted(found)

    def evidence(self, trigger: Trigger, linked: Mapping[int, LinkedWord], text: str) -> tuple[Span, ...]:
        """The runs of words that say the claim; the trigger's whole sentence where the engine is sure of none."""
        home = self.number(trigger.span.start)
        numbers = {self.number(start) for start, word in linked.items() if word.evidence >= _EVIDENCE}
        runs: list[Span] = []
        for number in {n for n in numbers if abs(n - home) <= _REACH} | {home}:
            found = _runs(self.sentences[number], linked, trigger)
            runs += [r for r, words in found if number == home or words >= _LEAST_ISLAND]
        view = plain_view(text)
        trimmed = [t for r in runs if (t := trim(view, r)) is not None]
        return tuple(sorted(trimmed)) or (self.sentences[home].span,)


def _upwards(words: Sequence[Word], i: int) -> Iterator[int]:
    """The word, the one that it hangs on, and so on up to the root."""
    while i >= 0:
        yield i
        i = words[i].head


def _runs(sentence: ParsedSentence, linked: Mapping[int, LinkedWord], trigger: Trigger) -> list[tuple[Span, int]]:
    """Runs of a sentence's words that are evidence, short gaps filled, each with the number of its words."""
    runs: list[list[int]] = []
    for i, word in enumerate(sentence.words):
        known = linked.get(word.span.start)
        if (known is not None and known.evidence >= _EVIDENCE) or word.span == trigger.span:
            if runs and i - runs[-1][1] <= _GAP:
                runs[-1][1] = i
            else:
                runs.append([i, i])
    words = sentence.words
    return [(Span(words[a].span.start, words[b].span.end), b - a + 1) for a, b in runs]
