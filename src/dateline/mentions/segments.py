"""The stretches of a report that are read: its sentences, or its paragraphs before it has been split."""

import re
from collections.abc import Iterator

from dateline.model import READ_REGIONS, Reading, Span

_PARAGRAPH = re.compile(r"\S(?:.*?\S)??(?=\s*(?:\r?\n\s*\r?\n|\Z))", re.DOTALL)


def read_segments(reading: Reading) -> Iterator[Span]:
    """Spans in which mentions are looked for, left to right.  A phrase never runs over the end of one."""
    if reading.sentences:
        yield from sorted(s.span for s in reading.sentences if s.region in READ_REGIONS)
        return
    for m in _PARAGRAPH.finditer(reading.report.text):
        yield Span(m.start(), m.end())
