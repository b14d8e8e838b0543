"""A report's text as HTML with its claims marked at their exact characters.

The text is cut at every boundary of evidence and regions, each piece is escaped on its own, and no character comes twice or
is left out: what the browser shows of a text is the text, with labels in the place of hidden characters.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup, escape

from dateline.exports.page.visible import chip
from dateline.hidden import hidden_places
from dateline.model import READ_REGIONS, Region, Span

CHUNK = 6000
"""Characters after which a part of the text may end.  The browser lays out only the parts that are in view, which keeps long
reports quick; a part of a few screens is small enough for that and gives few parts."""


class Marked(NamedTuple):
    """What a mark shows of the claim that it belongs to."""

    claim_id: str
    kind: str
    certainty: str
    evidence: tuple[Span, ...]


class Chunk(NamedTuple):
    """A part of the text as HTML; `start` is its first character."""

    start: int
    html: Markup


class _Piece(NamedTuple):
    start: int
    end: int
    claims: tuple[int, ...]  # the shortest evidence first: it is the most specific
    region: str | None


def chunk_spans(text: str) -> list[Span]:
    """The parts that a text is shown in; one, and empty, where the text is.

    They end after a line, else after a word, else where they must (a line of ten million characters).
    """
    spans = []
    start = 0
    while len(text) - start > CHUNK:
        end = text.rfind("\n", start + CHUNK // 2, start + CHUNK) + 1
        end = end or text.rfind(" ", start + CHUNK // 2, start + CHUNK) + 1 or start + CHUNK
        spans.append(Span(start, end))
        start = end
    return [*spans, Span(start, len(text))]


def chunks(text: str, claims: Sequence[Marked], regions: Iterable[Region], spans: Sequence[Span] | None = None) -> list[Chunk]:
    """Some consecutive parts of a text, or all, in order; together they show every character of theirs once."""
    spans = chunk_spans(text) if spans is None else spans
    if not spans:
        return []
    hidden = hidden_places(text)
    edges = {span.start for span in spans}
    seen: set[int] = set()
    parts: list[tuple[int, list[str]]] = []
    for piece in _pieces(Span(spans[0].start, spans[-1].end), edges, claims, regions):
        if piece.start in edges:
            parts.append((piece.start, []))
        parts[-1][1].append(_html(text, piece, claims, hidden, seen))
    return [Chunk(start, Markup("".join(html))) for start, html in parts]


def _pieces(within: Span, edges: set[int], claims: Sequence[Marked], regions: Iterable[Region]) -> Iterator[_Piece]:
    """The text cut at every boundary.  A sweep: each stretch is put in once and taken out once."""
    all_: list[tuple[Span, int | str]] = [(region.span, region.kind) for region in regions if region.kind != "body"]
    all_ += [(span, n) for n, claim in enumerate(claims) for span in claim.evidence]
    stretches = sorted(((s, what) for s, what in all_ if s.overlaps(within)), key=lambda stretch: stretch[0])
    bounds = {bound for span, _ in stretches for bound in (span.start, span.end) if within.start < bound < within.end}
    cuts = sorted({within.start, within.end, *edges, *bounds})
    active: list[tuple[Span, int | str]] = []
    following = 0
    for start, end in pairwise(cuts):
        active = [stretch for stretch in active if stretch[0].end > start]
        while following < len(stretches) and stretches[following][0].start <= start:
            active.append(stretches[following])
            following += 1
        numbers = {what for _, what in active if isinstance(what, int)}
        region = next((what for _, what in active if isinstance(what, str)), None)
        yield _Piece(start, end, tuple(sorted(numbers, key=lambda n: (_length(claims[n]), n))), region)


def _length(claim: Marked) -> int:
    return sum(map(len, claim.evidence))


def _html(text: str, piece: _Piece, claims: Sequence[Marked], hidden: Sequence[int], seen: set[int]) -> str:
    inner = _shown(text, piece.start, piece.end, hidden)
    if piece.region is not None:
        read = piece.region in READ_REGIONS
        words = piece.region.replace("_", " ")
        aside = "" if read else f' title="{words}: not read for claims"'
        inner = f'<span class="{f"region-{piece.region}" if read else "furniture"}"{aside}>{inner}</span>'
    if not piece.claims:
        return inner
    of = [claims[n] for n in piece.claims]
    classes = ["evidence", f"kind-{of[0].kind}", *(["several"] if len(of) > 1 else [])]
    if of[0].certainty != "stated":
        classes.append(of[0].certainty)
    ids = " ".join(claim.claim_id for claim in of)
    button = ""
    if piece.claims[0] not in seen:  # one stop for the keyboard a claim
        seen.add(piece.claims[0])
        button = ' tabindex="0" role="button"'
    return f'<mark class="{" ".join(classes)}" data-c="{escape(ids)}"{button}>{inner}</mark>'


def _shown(text: str, start: int, end: int, hidden: Sequence[int]) -> str:
    parts = []
    for at in hidden[bisect_left(hidden, start) : bisect_left(hidden, end)]:
        parts += [escape(text[start:at]), chip(text[at])]
        start = at + 1
    # HTML makes one character of a line end of two; as references both stay, and places in the page can be counted
    return "".join([*parts, escape(text[start:end])]).replace("\r", "&#13;")
