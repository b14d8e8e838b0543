"""The engine's claims in the names of a project's own codebook.

The engine reads in Dateline's names, and a codebook says which of its own names takes which of those, and by which words it is
known.  What the engine read stays in the ground that the change leaves: "codebook:cattle_raid from robbery".
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from dateline.claims.summary import summarise
from dateline.lexicon.codebook import Codebook, ListName, Rule, built_in, using
from dateline.lexicon.phrases import phrase_pattern
from dateline.model import Claim, Figure, Ground, Reading, Span, Unread, plain_view


def recode(reading: Reading, codebook: Codebook) -> Reading:
    """The reading with its claims in the names of `codebook`; ids stay.

    A claim whose type the codebook has no place for is left out, and so is a figure whose measure or object has none; their
    numbers are listed among those in no figure.  Assessments have no type and stay.
    """
    if codebook == built_in():
        return reading
    view = plain_view(reading.report.text).lower()
    with using(codebook):
        claims = tuple(claim for old in reading.claims if (claim := _claim(old, codebook, view)))
    return replace(reading, claims=claims, unread=_unread(reading, claims))


class _Named(NamedTuple):
    """A name of the codebook, and why it was given; no ground where the engine's name stays as it is."""

    name: str
    ground: Ground | None = None


def _claim(claim: Claim, codebook: Codebook, view: str) -> Claim | None:
    found = [_figure(figure, claim, codebook, view) for figure in claim.figures]
    figures = tuple(_with_wholes(figure for figure, _ in found if figure))
    grounds = [ground for figure, some in found if figure for ground in some]
    event_type = claim.event_type
    if event_type is not None:
        named = _named("event_types", event_type, codebook, view, claim.evidence)
        if named is None:
            return None
        event_type = named.name
        grounds += [named.ground] if named.ground else []
    made = replace(claim, event_type=event_type, figures=figures, grounds=(*claim.grounds, *dict.fromkeys(grounds)))
    return replace(made, summary=summarise(made))


def _figure(figure: Figure, claim: Claim, codebook: Codebook, view: str) -> tuple[Figure | None, list[Ground]]:
    """The figure in the codebook's names, with their grounds; None where the codebook has no place for it.

    What is counted is known by the figure's own words; what was done to it stands around them, in the same stretch of evidence.
    """
    around = [span for span in claim.evidence if span.contains(figure.span)] or list(claim.evidence)
    parts = [_named("measures", part, codebook, view, around) for part in figure.measure.split("+")]
    measures = [named for named in parts if named]
    counted = _named("objects", figure.object, codebook, view, [figure.span])
    if not measures or counted is None:
        return None, []
    measure = "+".join(dict.fromkeys(named.name for named in measures))
    grounds = [named.ground for named in (*measures, counted) if named.ground]
    return replace(figure, measure=measure, object=counted.name), grounds


def _with_wholes(figures: Iterable[Figure]) -> Iterator[Figure]:
    """The figures; a part whose whole was left out is a figure of its own."""
    kept = list(figures)
    words = {figure.words for figure in kept}
    for figure in kept:
        yield figure if figure.part_of is None or figure.part_of in words else replace(figure, part_of=None)


def _named(of: ListName, name: str, codebook: Codebook, view: str, spans: Sequence[Span]) -> _Named | None:
    """The codebook's name for one of the engine's; None where it has none.

    The first line whose words are said, then the first that takes the engine's name whatever the words, then that name itself.
    """
    rules = codebook.rules.get(of, ())
    for rule in rules:
        if rule.worded and (not rule.takes or name in rule.takes) and (said := _said(rule, view, spans)):
            return _Named(rule.name, Ground(_FIELDS[of], f"codebook:{rule.name} from {name}", said))
    for rule in rules:
        if not rule.worded and name in rule.takes:
            return _Named(rule.name, Ground(_FIELDS[of], f"codebook:{rule.name} from {name}", ()))
    return _Named(name) if name in codebook.names(of) else None


_FIELDS: dict[ListName, str] = {"event_types": "event_type", "measures": "measure", "objects": "object"}


def _said(rule: Rule, view: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Where in the spans one of the rule's phrases stands, in the order of the text."""
    pattern = phrase_pattern(rule.verbs, rule.words)
    found = (match.span() for span in spans for match in pattern.finditer(view, span.start, span.end))
    return tuple(sorted({Span(*at) for at in found}))


def _unread(reading: Reading, claims: Iterable[Claim]) -> tuple[Unread, ...]:
    """The numbers in no figure, with those of the figures that the codebook left out."""
    kept = {figure.span for claim in claims for figure in claim.figures}
    left = {figure.span for claim in reading.claims for figure in claim.figures} - kept
    left = {span for span in left if not any(span.overlaps(other) for other in kept)}
    return tuple(sorted((*reading.unread, *(Unread(span, "codebook") for span in left)), key=lambda unread: unread.span))
