"""A report's text with its claims marked: whatever the spans, every character is there once and nothing in it is markup."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.hidden import hidden_places, is_hidden
from dateline.model import Region, Span
from dateline.workbench.marked import CHUNK, Marked, chunks

TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("ab <>&\"'\n\r\t\u202e\u200d\u200bאب𝔘\0"), st.characters(exclude_categories=["Cs"])),
    max_size=120,
)


@st.composite
def texts_with_claims(draw: st.DrawFn) -> tuple[str, list[Marked]]:
    text = draw(TEXTS.filter(bool))
    spans = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).filter(lambda pair: pair[0] < pair[1])
    claims = draw(st.lists(st.lists(spans, min_size=1, max_size=3), max_size=6))
    return text, [
        Marked(f"c-{n}", "incident", "stated", tuple(Span(*pair) for pair in evidence)) for n, evidence in enumerate(claims)
    ]


def plain(html: str) -> str:
    """The characters of HTML that holds no tags."""
    for name, character in (("&#13;", "\r"), ("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        html = html.replace(name, character)
    return html


@settings(max_examples=150, deadline=None)
@given(texts_with_claims())
def test_no_character_is_lost_or_doubled(case: tuple[str, list[Marked]]) -> None:
    """Without tags and with references read back, the page's text is the text; chips stand for one character each."""
    text, claims = case
    html = "".join(chunk.html for chunk in chunks(text, claims, ()))
    codes = re.findall(r'<span class="chip" title="[^"]*">U\+([0-9A-F]+)</span>', html)
    assert [chr(int(code, 16)) for code in codes] == [text[at] for at in hidden_places(text)]
    bare = re.sub(r"<[^>]*>", "", re.sub(r'<span class="chip".*?</span>', "", html))
    visible = "".join(c for at, c in enumerate(text) if not is_hidden(text, at))
    assert plain(bare) == visible


@settings(max_examples=150, deadline=None)
@given(texts_with_claims())
def test_every_claim_is_marked_at_its_exact_characters(case: tuple[str, list[Marked]]) -> None:
    """The marks of a claim hold as many characters as its evidence covers."""
    text, claims = case
    html = "".join(chunk.html for chunk in chunks(text, claims, ()))
    pieces = re.findall(r'<mark class="[^"]*" data-c="([^"]*)"[^>]*>(.*?)</mark>', html, re.DOTALL)
    for claim in claims:
        covered = {at for span in claim.evidence for at in range(span.start, span.end)}
        inner = "".join(piece for ids, piece in pieces if claim.claim_id in ids.split())
        one_each = re.sub(r"&[#\w]+;", "x", re.sub(r'<span class="chip".*?</span>', "x", inner))
        assert len(one_each) == len(covered)


def test_the_shortest_claim_gives_the_colour_and_comes_first() -> None:
    """A figure's sentence inside a paragraph's claim is chosen first."""
    text = "Ten were killed. Two tunnels were found."
    claims = [
        Marked("c-whole", "tally", "stated", (Span(0, len(text)),)),
        Marked("c-part", "incident", "alleged", (Span(17, 39),)),
    ]
    html = chunks(text, claims, ())[0].html
    assert '<mark class="evidence kind-incident several alleged" data-c="c-part c-whole"' in html
    assert '<mark class="evidence kind-tally" data-c="c-whole"' in html


def test_regions_that_are_not_read_are_greyed_and_say_so() -> None:
    """Furniture is in the text, and is told apart."""
    html = chunks("By Ana\nTen died.", [], [Region(Span(0, 6), "byline")])[0].html
    assert '<span class="furniture" title="byline: not read for claims">By Ana</span>' in html


def test_a_line_of_millions_of_characters_is_cut_into_parts() -> None:
    """No part grows without bound, words stay whole where there are any, and all parts together are the text."""
    words = "word " * 20_000
    parts = chunks(words, [], ())
    assert "".join(part.html for part in parts) == words
    assert all(len(part.html) <= CHUNK for part in parts)
    assert [part.start for part in parts] == [sum(len(p.html) for p in parts[:n]) for n in range(len(parts))]
    assert len(chunks("x" * 1_000_000, [], ())) == -(-1_000_000 // CHUNK)
