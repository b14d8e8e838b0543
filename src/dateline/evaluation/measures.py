"""What is measured: claims found by kind, fields right on matched claims, figures, faithfulness, events."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence

from msgspec import Struct

from dateline.evaluation.matching import Matched, Placed, overlap
from dateline.evaluation.records import CodedClaim, CodedOperation, CodedReport, CodedSource, CodedTime
from dateline.lexicon.names import ActorNames, fold, person, place

KINDS = ("incident", "tally", "assessment", "forecast")
FIGURE_GROUPS = ("incident", "tally", "other", "all")


class Score(Struct, frozen=True):
    """Precision, recall and F1 with the counts behind them; None where there was nothing to find and nothing was found."""

    p: float | None
    r: float | None
    f1: float | None
    gold: int
    predicted: int


class Share(Struct, frozen=True):
    """How much of `of` is right."""

    accuracy: float
    of: int


class Faithfulness(Struct, frozen=True):
    """The share of verbatim values that do stand in their report; None where there was nothing to say."""

    share: float | None
    values: int


class Evaluation(Struct, frozen=True, kw_only=True):
    """The scores of an engine on gold reports."""

    reports: int
    claims: dict[str, Score]  # by kind, and all
    sets: dict[str, Score]  # initiator, target, places of matched claims
    fields: dict[str, Share]  # fields with one value, on matched claims
    figures: dict[str, Score]  # by group, strict and lenient
    figures_matched: dict[str, Score]  # the same on matched claims, so that a wrong kind does not count twice
    totals_as_incidents: int  # gold tallies that were told as incidents
    dates_guessed: int  # dates on matched claims whose gold has none
    quote_faithfulness: Faithfulness
    events: Score  # B-cubed over incident claims
    events_matched: Score


def measure(matched: Sequence[Matched], names: ActorNames) -> Evaluation:
    """All scores over the reports; names of actors are compared by `names`."""
    figures = {(group, strict): _figure_counts(matched, group, strict) for group in FIGURE_GROUPS for strict in (True, False)}
    on_pairs = {group: _figure_counts([_pairs_only(m) for m in matched], group, True) for group in FIGURE_GROUPS}
    return Evaluation(
        reports=len(matched),
        claims={kind: _claims(matched, kind) for kind in ("all", *KINDS)},
        sets=_sets(matched, names),
        fields=_fields(matched, names),
        figures={group + ("" if strict else "_lenient"): counts.score() for (group, strict), counts in figures.items()},
        figures_matched={group: counts.score(figures[group, True].gold) for group, counts in on_pairs.items()},
        totals_as_incidents=sum(_totals_as_incidents(m) for m in matched),
        dates_guessed=sum(bool(_dates(p.claim)) and not _dates(g.claim) for m in matched for g, p in m.pairs),
        quote_faithfulness=_faithfulness(matched),
        events=_b_cubed(matched),
        events_matched=_b_cubed([_pairs_only(m) for m in matched]),
    )


class _Counts(Struct):
    """Right, predicted and gold, summed up."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def add(self, gold: Counter[Hashable], predicted: Counter[Hashable]) -> None:
        self.right += (gold & predicted).total()
        self.predicted += predicted.total()
        self.gold += gold.total()

    def score(self, support: int = 0) -> Score:
        """`support`: how much gold there was in all; where that is none, and nothing was found, there is no score."""
        if not (self.predicted or self.gold or support):
            return _score(None, None, 0, 0)
        return _score(self.right / max(self.predicted, 1), self.right / max(self.gold, 1), self.gold, self.predicted)


def _score(p: float | None, r: float | None, gold: int, predicted: int) -> Score:
    f1 = None if p is None or r is None else 2 * p * r / (p + r) if p + r else 0.0
    return Score(p, r, f1, gold, predicted)


def _pairs_only(m: Matched) -> Matched:
    return Matched(m.report, tuple(g for g, _ in m.pairs), tuple(p for _, p in m.pairs), m.pairs)


def _claims(matched: Iterable[Matched], kind: str) -> Score:
    counts = _Counts()
    for m in matched:
        counts.gold += sum(kind in ("all", c.claim.kind) for c in m.gold)
        counts.predicted += sum(kind in ("all", c.claim.kind) for c in m.predicted)
        counts.right += sum(kind in ("all", g.claim.kind) for g, _ in m.pairs)
    return counts.score()


def _sets(matched: Iterable[Matched], names: ActorNames) -> dict[str, Score]:
    parts: dict[str, tuple[Callable[[CodedClaim], list[str] | None], Callable[[str], str]]] = {
        "initiator": (lambda c: c.initiator, names.actor),
        "target": (lambda c: c.target, names.actor),
        "places": (lambda c: c.places, place),
    }
    scores = {}
    for field, (values, folded) in parts.items():
        counts, support = _Counts(), 0
        for m in matched:
            support += sum(len({folded(v) for v in values(g.claim) or []}) for g in m.gold)
            for pair in m.pairs:
                gold, predicted = (Counter[Hashable]({folded(v) for v in values(side.claim) or []}) for side in pair)
                counts.add(gold, predicted)
        scores[field] = counts.score(support)
    return scores


def _fields(matched: Iterable[Matched], names: ActorNames) -> dict[str, Share]:
    right, seen = Counter[str](), Counter[str]()
    for m in matched:
        for g, p in m.partners:
            for field, gold, predicted in compare_fields(g.claim, p.claim if p else g.claim, m.report, names):
                seen[field] += p is not None
                right[field] += p is not None and gold == predicted
    return {field: Share(right[field] / max(1, seen[field]), seen[field]) for field in sorted(seen)}


def compare_fields(g: CodedClaim, p: CodedClaim, report: CodedReport, names: ActorNames) -> Iterator[tuple[str, object, object]]:
    """Each single-valued field of a gold claim with its value and the predicted one, as compared.

    Where the report itself is the source, its organisation may be given as the publisher or left out.
    """
    if g.kind == "assessment":
        yield "stance", g.stance, p.stance
    else:
        yield "event_type", g.event_type, p.event_type
    yield "certainty", g.certainty, p.certainty
    yield "background", bool(g.background), bool(p.background)
    if g.kind == "tally":
        yield "scope", g.scope, p.scope
    gold_time, time = g.time or CodedTime(), p.time or CodedTime()
    when, found = (gold_time.start, gold_time.end), (time.start, time.end)
    yield "time", when, found
    yield ("time_dated" if any(when) else "time_undated"), when, found
    yield "time_precision", gold_time.precision or "unknown", time.precision or "unknown"
    gold_source, source = g.source or CodedSource(), p.source or CodedSource()
    publisher = names.actor(report.publisher or "")

    def organisation(name: str | None) -> str:
        folded = names.actor(name or "")
        return "" if folded == publisher else folded

    yield "source_speaker", person(gold_source.speaker or ""), person(source.speaker or "")
    yield "source_organisation", organisation(gold_source.organisation), organisation(source.organisation)
    yield "source_type", fold(gold_source.type or ""), fold(source.type or "")


def figure_keys(claim: CodedClaim | None, strict: bool) -> Counter[Hashable]:
    """Figures as compared.  Strict: best (where it is None, the bounds that there are), measure, object; else one number
    and the measure."""
    counts: Counter[Hashable] = Counter()
    for f in (claim.figures or []) if claim else []:
        bounds = tuple(x for x in (f.low, f.high) if x is not None)
        value = bounds if f.best is None else (f.best,)
        measure = "+".join(sorted((f.measure or "").split("+")))
        counts[(value, measure, f.object) if strict else (value[:1], measure, None)] += 1
    return counts


def _figure_counts(matched: Iterable[Matched], group: str, strict: bool) -> _Counts:
    counts = _Counts()
    for m in matched:
        alone: list[tuple[Placed | None, Placed]] = [(None, p) for p in m.spurious]
        for g, p in [*m.partners, *alone]:
            kind = next(c.claim.kind for c in (g, p) if c)
            if group in ("all", kind if kind in FIGURE_GROUPS else "other"):
                counts.add(figure_keys(g.claim if g else None, strict), figure_keys(p.claim if p else None, strict))
    return counts


def _totals_as_incidents(m: Matched) -> int:
    incidents = [p for p in m.spurious if p.claim.kind == "incident"]
    missed = [g for g, p in m.partners if g.claim.kind == "tally" and p is None]
    return sum(any(overlap(g, p) for p in incidents) for g in missed)


def _dates(claim: CodedClaim) -> bool:
    return claim.time is not None and bool(claim.time.start or claim.time.end)


def _faithfulness(matched: Sequence[Matched]) -> Faithfulness:
    values = faithful = 0
    for m in matched:
        text = plain(m.report.text)
        told = [words for p in m.predicted for words in verbatim_values(p.claim)]
        values += len(told)
        faithful += sum(bool(words) and plain(words) in text for words in told)
    nothing = None if not any(m.gold for m in matched) else 0.0
    return Faithfulness(faithful / values if values else nothing, values)


def plain(text: str) -> str:
    """Text as compared for faithfulness: one blank, one kind of quotation mark, no case."""
    return " ".join(re.sub(r"[“”\"]+", '"', re.sub(r"[’‘]", "'", text)).casefold().split())


def verbatim_values(claim: CodedClaim) -> list[str]:
    """What the claim says are words of the report; an empty string stands for words that are missing."""
    time, operation, source = claim.time or CodedTime(), claim.operation or CodedOperation(), claim.source or CodedSource()
    told = [e for e in claim.evidence or [] if isinstance(e, str)] + (claim.places or [])
    told += [f.words or "" for f in claim.figures or []]
    told += [time.words or ""] if time.words or _dates(claim) else []
    return told + [words for words in (operation.name, source.speaker, source.role) if words]


def _b_cubed(matched: Iterable[Matched]) -> Score:
    """B-cubed over incident claims; one with no match scores 0, one with no event is a cluster of its own."""

    def cluster(c: Placed) -> Hashable:
        return c.claim.event or id(c)

    matched = list(matched)
    gold_size = Counter(cluster(c) for m in matched for c in m.gold if c.claim.kind == "incident")
    size = Counter(cluster(c) for m in matched for c in m.predicted if c.claim.kind == "incident")
    linked = [(cluster(g), cluster(p)) for m in matched for g, p in m.pairs if g.claim.kind == "incident"]
    both = Counter(linked)
    if not gold_size and not size:
        return _score(None, None, 0, 0)
    p = sum(both[pair] / size[pair[1]] for pair in linked) / max(1, size.total())
    r = sum(both[pair] / gold_size[pair[0]] for pair in linked) / max(1, gold_size.total())
    return _score(p, r, len(gold_size), len(size))
