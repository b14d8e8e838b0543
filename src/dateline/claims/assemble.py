"""Mentions and the engine's triggers -> claims, every field with its grounds."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from dateline.claims import colour
from dateline.claims.antecedents import Cast, cast_of
from dateline.claims.attribution import attribute, source_within
from dateline.claims.candidates import Candidate, Lines, find_candidates
from dateline.claims.confidence import calibrated
from dateline.claims.constructions import by_construction
from dateline.claims.counts import Counted, figures, reread, taken_by, with_parts
from dateline.claims.leanings import Setting, points, setting_of, signs_of
from dateline.claims.lexical.counts import figures as lexical_figures
from dateline.claims.lexical.scene import places as lexical_places
from dateline.claims.lexical.scene import time as lexical_time
from dateline.claims.lexical.sides import sides as lexical_sides
from dateline.claims.lexical.traits import certainty as lexical_certainty
from dateline.claims.lexical.traits import event_type as lexical_type
from dateline.claims.lexical.traits import stance as lexical_stance
from dateline.claims.lists import Opening, entries, openings
from dateline.claims.merge import Told, goes_on, joined, merge_headline
from dateline.claims.numbers import numbers_in_no_figure
from dateline.claims.operation import find_operation
from dateline.claims.opponents import with_opponents
from dateline.claims.roles import Around, Sides, not_gainsaid, sides, without_bystanders
from dateline.claims.scene import meant, places, scenes_of, time
from dateline.claims.summary import summarise
from dateline.claims.views import SentenceView, view_sentences
from dateline.model import (
    Claim,
    Figure,
    Ground,
    Operation,
    Parse,
    PlaceMention,
    PlaceRef,
    Reading,
    Source,
    Span,
    claim_id,
    cover,
    plain_view,
)
from dateline.pipeline import stage


@stage(needs={"sentences", "parse", "places", "times", "quantities", "actors", "cues", "speakers"}, adds={"claims"})
def assemble_claims(reading: Reading) -> Reading:
    """Make claims of the triggers and the mentions, and list the numbers that ended up in none."""
    views = view_sentences(reading)
    sources = dict(zip((v.number for v in views), attribute(views, reading), strict=True))
    if reading.parse is None:
        return reading
    candidates = find_candidates(reading, views, sources)
    parsed = _parsed(reading.parse, views, candidates, reading.report.text)
    told: list[Told] = []
    before = _Before()
    opened: dict[int, Sides] = {}
    lists, dated = openings(views, reading.report.text), entries(views, reading.report.text)
    for candidate in candidates:
        claim = _claim(candidate, reading, parsed, sources[candidate.view.number], before)
        if claim.kind in {"incident", "tally"} and (opening := lists.get(candidate.view.number)):
            claim = _as_item(claim, opening, opened.get(opening.number))
        if claim.kind in {"incident", "tally"} and claim.time is None:
            claim = replace(claim, time=dated.get(candidate.view.number))
        new = Told(claim, candidate.view, candidate.last, candidate.lexical.draft if candidate.lexical else None)
        if told and goes_on(told[-1], new, reading.report.text):
            told[-1] = joined(told[-1], new, reading.report.text)
            continue
        told.append(new)
        before = before.after(claim)
        if claim.kind != "assessment" and (claim.initiator or claim.target):
            opened.setdefault(candidate.view.number, Sides(claim.initiator, claim.target))
    named = _numbered(with_opponents(merge_headline([t.claim for t in told], views), reading.report.text))
    return replace(reading, claims=tuple(named), unread=numbers_in_no_figure(reading, named))


class _Before(NamedTuple):
    """What the claims before have set: the last sides, for "they"; and those of each named operation, for all that tell of it."""

    last: Sides | None = None
    operations: Mapping[str, Sides] = MappingProxyType({})

    def fill(self, found: Sides, operation: Operation | None) -> Sides:
        """The sides of a claim, filled up with those of its operation."""
        known = self.operations.get(operation.name) if operation else None
        return found.filled(known) if known else found

    def after(self, claim: Claim) -> "_Before":
        """What is set when this claim has been told."""
        found = Sides(claim.initiator, claim.target)
        if claim.kind == "assessment" or not (found.initiator or found.target):
            return self
        operations = self.operations
        if claim.operation is not None:
            name = claim.operation.name
            operations = {**operations, name: operations.get(name, found).filled(found)}
        return _Before(found, operations)


class _Parsed(NamedTuple):
    """What a report says, as all its claims need it: sentences, parties, numbers, and which trigger has which number."""

    lines: Lines
    cast: Cast
    places: tuple[PlaceMention, ...]
    counted: Counted
    taken: Mapping[Span, Span]
    setting: Setting


def _parsed(parse: Parse, views: Sequence[SentenceView], candidates: Sequence[Candidate], text: str) -> _Parsed:
    drafts = [(c.lexical.draft, c.kind) for c in candidates if c.lexical is not None]
    ruled = [f.span for draft, kind in drafts for f in lexical_figures(draft, kind, text, (), ())]
    lines = Lines(parse)
    return _Parsed(
        lines,
        cast_of(views, lines, text),
        tuple(p for v in views for p in v.places),
        Counted(parse.counted, views, text),
        taken_by(candidates, ruled),
        setting_of(views),
    )


def _claim(candidate: Candidate, reading: Reading, parsed: _Parsed, source: Source, before: _Before) -> Claim:
    text, kind = reading.report.text, candidate.kind
    confidence = calibrated(f"claim {kind}", candidate.probability)
    operation = find_operation(text, cover(candidate.evidence))
    found = Sides((), ())
    if kind != "assessment":
        around = Around(parsed.cast, before.last, source)
        found = before.fill(_sides(candidate, parsed.lines, text, around), operation)
    counts = () if kind == "assessment" else _figures(candidate, parsed, found, text)
    when = time(candidate, lexical_time(candidate.lexical.draft, text) if candidate.lexical else None, text)
    kind = "tally" if operation is None and colour.is_total(candidate, when, counts) else kind
    draft = candidate.lexical.draft if candidate.lexical else None
    certainty, doubt = colour.certainty(candidate, counts, lexical_certainty(draft, kind, text) if draft else None)
    past, history = colour.background(candidate, when, reading.report)
    grounds = [Ground("kind", "head", (candidate.trigger.span,), confidence), doubt, history]
    stance = scope = event_type = None
    signs = signs_of(kind, candidate.trigger.span, candidate.evidence, candidate.view, parsed.setting, text)
    if kind == "assessment":
        leaning = points()["stance"].of(signs)
        told = lexical_stance(draft, candidate.view, candidate.evidence, text)
        stance, ground = colour.stance(candidate, told, leaning)
        grounds.append(ground)
    else:
        ruled = lexical_type(draft, found, counts) if draft else None
        event_type, ground = colour.event_type(candidate, ruled, points()["event_type"].of(signs))
        grounds.append(ground)
        found = by_construction(without_bystanders(found, event_type, text), event_type, candidate, parsed.lines, text)
    if kind == "tally":
        scope, ground = colour.scope(candidate)
        grounds.append(ground)
    return Claim(
        id="", report_id=reading.report.id, kind=kind, event_type=event_type, certainty=certainty, background=past,
        initiator=found.initiator, target=found.target, places=_places(candidate, operation, parsed.places, text), time=when,
        scope=scope, figures=counts, operation=operation,
        source=source_within(candidate.view, candidate.trigger.span, candidate.said, source),
        stance=stance, about=_about(candidate, text) if kind == "assessment" else None, evidence=candidate.evidence,
        grounds=tuple(grounds), confidence=confidence,
    )  # fmt: skip


def _sides(candidate: Candidate, lines: Lines, text: str, around: Around) -> Sides:
    """Who acts and who suffers: by the grammar of the lexicon's acts, where the engine does not gainsay it; what that leaves open
    by the engine."""
    found = sides(candidate, lines, text, around)
    if candidate.lexical is None:
        return found
    return not_gainsaid(lexical_sides(candidate.lexical.draft, text, around.last), candidate).filled(found)


def _places(
    candidate: Candidate, operation: Operation | None, named_before: Sequence[PlaceMention], text: str
) -> tuple[PlaceRef, ...]:
    """By grammar, else by the engine, else by what "the city" goes back to."""
    ruled = lexical_places(candidate.lexical.draft, operation, text) if candidate.lexical else ()
    found = ruled or places(candidate, operation, text)
    if not found and candidate.kind == "assessment":
        return scenes_of(candidate, text)
    return meant(candidate, named_before, text) if not found and candidate.kind in {"incident", "tally"} else found


def _figures(candidate: Candidate, parsed: _Parsed, found: Sides, text: str) -> tuple[Figure, ...]:
    """What the acts of the lexicon count, and the numbers besides that only the engine ties to the claim."""
    read = figures(candidate, parsed.counted, parsed.taken, (*found.target, *found.initiator), text)
    if candidate.lexical is None:
        return read
    by_rule = lexical_figures(candidate.lexical.draft, candidate.kind, text, found.target, found.initiator)
    ruled = reread(by_rule, parsed.counted, text)
    added = (f for f in read if not any(f.span.overlaps(other.span) for other in ruled))
    return with_parts(tuple(sorted((*ruled, *added), key=lambda f: f.span)), text)


def _as_item(claim: Claim, opening: Opening, opened: Sides | None) -> Claim:
    """The claim with what it lacks and the opening of its list says: the day, and the sides of the acts told there."""
    found = Sides(claim.initiator, claim.target)
    if opened is not None:
        found = found.filled(opened)
    return replace(claim, time=claim.time or opening.time, initiator=found.initiator, target=found.target)


def _about(candidate: Candidate, text: str) -> str:
    """The party that the statement is about, else its first words."""
    inside = [a for a in candidate.view.actors if any(e.contains(a.span) for e in candidate.evidence)]
    if inside:
        return inside[0].name
    return " ".join(candidate.evidence[0].of(plain_view(text)).split()[:6])


def _numbered(claims: Sequence[Claim]) -> list[Claim]:
    """The claims in the order of the text, with their ids and summaries."""
    seen: dict[str, int] = {}
    out = []
    for claim in sorted(claims, key=lambda c: c.evidence[0]):
        stem = claim_id(claim.report_id, claim.kind, claim.evidence)
        nth = seen.get(stem, 0)
        seen[stem] = nth + 1
        named = replace(claim, id=claim_id(claim.report_id, claim.kind, claim.evidence, nth))
        out.append(replace(named, summary=summarise(named)))
    return out
