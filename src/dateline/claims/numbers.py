"""What became of every number of a report: a figure, or a place in the list of numbers in none, with the reason."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from dateline.mentions.numbers import holds_number, line_of
from dateline.model import (
    READ_REGIONS,
    ActorMention,
    Claim,
    PlaceMention,
    QuantityMention,
    Reading,
    Span,
    SpeakerMention,
    TimeMention,
    Unread,
)


def numbers_in_no_figure(reading: Reading, claims: Iterable[Claim]) -> tuple[Unread, ...]:
    """Every number in digits or letters that no figure holds, in the order of the text (bare articles are none)."""
    figures = Spans(f.span for c in claims for f in c.figures)
    known = [u for u in reading.unread if not figures.touch(u.span)]
    quantities = [m.span for m in reading.mentions if isinstance(m, QuantityMention) and not m.quantity.article]
    known += [Unread(span, "unread") for span in quantities if not figures.touch(span)]
    told = Spans(u.span for u in known)
    sentences = Spans(s.span for s in reading.sentences if s.region in READ_REGIONS)
    dates = Spans(m.span for m in reading.mentions if isinstance(m, TimeMention))
    names = Spans(m.span for m in reading.mentions if isinstance(m, ActorMention | PlaceMention | SpeakerMention))
    for word in filter(holds_number, line_of(reading.report.text, 0, len(reading.report.text)).words):
        span = word.span
        if figures.touch(span) or told.touch(span):
            continue
        if not sentences.touch(span):
            known.append(Unread(span, "furniture"))
        elif dates.touch(span):
            known.append(Unread(span, "date"))
        else:
            known.append(Unread(span, "name" if names.touch(span) else "unread"))
    return tuple(sorted(known, key=lambda u: u.span))


class Spans:
    """Spans in order, to be asked which of them a stretch of text touches."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans: Sequence[Span] = sorted(spans)
        self.starts = [s.start for s in self.spans]
        self.longest = max(map(len, self.spans), default=0)

    def touch(self, span: Span) -> bool:
        """Whether one of them has a character in common with `span`."""
        last = bisect_right(self.starts, span.end - 1)
        first = bisect_right(self.starts, span.start - self.longest)
        return any(self.spans[i].overlaps(span) for i in range(max(0, first - 1), last))
