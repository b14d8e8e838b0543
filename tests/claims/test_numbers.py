"""Nothing silent: every number of a report is in a figure, or in the list of numbers in none, with the reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dateline
from dateline.claims.numbers import numbers_in_no_figure
from dateline.mentions.numbers import holds_number, line_of
from dateline.model import Reading, Region, Report, Sentence, Span, UnreadReason, report_of


def unaccounted(reading: Reading) -> list[str]:
    """The numbers of a report of which nothing is said."""
    text = reading.report.text
    told = [f.span for c in reading.claims for f in c.figures] + [u.span for u in reading.unread]
    words = line_of(text, 0, len(text)).words
    return [w.text for w in words if holds_number(w) and not any(w.span.overlaps(span) for span in told)]


TEXTS = (
    "Gunmen killed 22 farmers and two soldiers near Gao on 3 March 2021, a 34-year-old resident said on Highway 80.",
    "The 3rd Brigade fired 120-mm mortars at 0200. Call +964 770 123 4567. Dozens fled; a third of the 2,500 families stayed.",
    "TOLL RISES TO 45\n\nAbout 45 people died. It was 31 on Monday.\n\nPhoto: 3 men in 2014\n\n© 2021 Wire 24. Read also: 5 dead",
)


@pytest.mark.parametrize("text", TEXTS)
def test_every_number_is_accounted_for(text: str) -> None:
    """In the text, its headline, its captions and its furniture."""
    assert unaccounted(dateline.read(text, published="2021-03-05")) == []


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("killed fired two 0123456789,.-:%$ \nTheMay"), max_size=200))
def test_any_number_of_any_text(text: str) -> None:
    """Whatever the text is."""
    assert unaccounted(dateline.read(text)) == []


@pytest.mark.parametrize(("region", "reason"), [("body", "unread"), ("furniture", "furniture"), ("teaser", "furniture")])
def test_a_number_that_nothing_reads(region: str, reason: UnreadReason) -> None:
    """Its place in the page decides between "furniture" and "not read"."""
    report: Report = report_of("7 eggs")
    whole = Span(0, 6)
    sentences = (Sentence(whole, region, 0),)  # type: ignore[arg-type]
    reading = Reading(report=report, regions=(Region(whole, region),), sentences=sentences)  # type: ignore[arg-type]
    assert [(u.span, u.reason) for u in numbers_in_no_figure(reading, ())] == [(Span(0, 1), reason)]
