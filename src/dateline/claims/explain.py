"""Why a claim is as it is: for every field the words, the rule or head with its score, and what was considered and rejected."""

from collections.abc import Iterator, Sequence

from dateline.claims.antecedents import Side
from dateline.claims.attribution import attribute
from dateline.claims.candidates import Candidate, Lines, find_candidates
from dateline.claims.counts import Counted
from dateline.claims.roles import considered_parties
from dateline.claims.views import view_sentences
from dateline.model import ActorRef, Claim, Considered, FieldReading, Ground, Reading, Shares, Span

_TRAITS = ("kind", "event_type", "certainty", "background", "stance", "scope")
_LEAST = 0.02  # probability below which another value is not told
_LEAST_ROLE = 0.05


def explain_claim(reading: Reading, claim: Claim) -> tuple[FieldReading, ...]:
    """The fields of a claim of `reading` (fresh from the engine: a reading from a project has no parse)."""
    views = view_sentences(reading)
    sources = dict(zip((v.number for v in views), attribute(views, reading), strict=True))
    found = {c.trigger.span: c for c in find_candidates(reading, views, sources)}
    trigger = next(g.spans[0] for g in claim.grounds if g.field == "kind")
    if reading.parse is None or trigger not in found:
        raise ValueError("the reading was made by another engine than this claim")
    return tuple(f for f in _fields(claim, found[trigger], reading) if f.considered)


def _fields(claim: Claim, candidate: Candidate, reading: Reading) -> Iterator[FieldReading]:
    assert reading.parse is not None
    text = reading.report.text
    near = candidate.near
    grounds = {g.field: g for g in claim.grounds}
    for name in _TRAITS:
        if name in grounds:
            yield FieldReading(name, tuple(_values(getattr(candidate.trigger, name), _value(claim, name), grounds[name])))
    lines = Lines(reading.parse)
    yield FieldReading("initiator", _parties("initiator", claim.initiator, candidate, lines, text))
    yield FieldReading("target", _parties("target", claim.target, candidate, lines, text))
    scenes = {p.span for p in claim.places}
    places = [_of(p.words, p.span, candidate.share("place", p.span), p.span in scenes, p.use) for v in near for p in v.places]
    yield FieldReading("places", _ranked(places))
    when = claim.time.span if claim.time else None
    intervals = [t.interval for v in near for t in v.times]
    times = [_of(t.words, t.span, candidate.share("time", t.span), t.span == when, t.rule) for t in intervals]
    yield FieldReading("time", _ranked(times))
    yield FieldReading("figures", _ranked(list(_numbers(claim, candidate, Counted(reading.parse.counted, near, text), text))))
    yield FieldReading("source", _speakers(claim, candidate))


def _parties(side: Side, refs: Sequence[ActorRef], candidate: Candidate, lines: Lines, text: str) -> tuple[Considered, ...]:
    used = {r.span for r in refs}
    found = [
        Considered(value=name, chosen=span in used, span=span, score=share, why=by)
        for name, span, share, by in considered_parties(candidate, lines, text, side)
    ]
    known = {p.span for p in found}
    before = [Considered(value=r.name, chosen=True, span=r.span, why="the claim before") for r in refs if r.span not in known]
    return _ranked(found + before)


def _speakers(claim: Claim, candidate: Candidate) -> tuple[Considered, ...]:
    source = claim.source
    told = source.speaker or source.organisation or source.role or "the report"
    others = {name for v in candidate.near for s in v.speakers if (name := s.speaker or s.organisation or s.role)} - {told}
    chosen = Considered(value=told, chosen=True, span=source.spans[0] if source.spans else None, why=source.rule)
    return (chosen, *(Considered(value=name, chosen=False) for name in sorted(others)))


def _value(claim: Claim, name: str) -> str:
    if name == "background":
        return "background" if claim.background else "news"
    return str(getattr(claim, name) or "none")


def _values(shares: Shares, chosen: str, ground: Ground) -> Iterator[Considered]:
    yield Considered(
        value=chosen, chosen=True, span=ground.spans[0] if ground.spans else None, score=shares.get(chosen), why=ground.rule
    )
    for value, share in shares.items():
        if value != chosen and share >= _LEAST:
            yield Considered(value=value, chosen=False, score=share)


def _of(value: str, span: Span, share: float, chosen: bool, why: str) -> Considered:
    return Considered(value=" ".join(value.split()), chosen=chosen, span=span, score=share, why=why)


def _numbers(claim: Claim, candidate: Candidate, counted: Counted, text: str) -> Iterator[Considered]:
    used = {f.span for f in claim.figures}
    for mention in (q for v in candidate.near for q in v.quantities):
        word = counted.of(mention.span)
        measures = ", ".join(f"{name} {share:.2f}" for name, share in list(word.measure.items())[:3]) if word else "no figure"
        share = candidate.share("figure", mention.span)
        yield _of(mention.span.of(text), mention.span, share, mention.span in used, measures)


def _ranked(found: list[Considered]) -> tuple[Considered, ...]:
    seen: dict[tuple[str, Span | None], Considered] = {}
    for one in sorted(found, key=lambda c: (not c.chosen, -(c.score or 0))):
        seen.setdefault((one.value, one.span), one)
    return tuple(c for c in seen.values() if c.chosen or (c.score or 0) >= _LEAST_ROLE)
