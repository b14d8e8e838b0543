"""Paragraphs to sentences."""

import re
from collections.abc import Iterator

from dateline.model import Reading, Region, Sentence, Span, plain_view
from dateline.pipeline import stage
from dateline.sentences.paragraphs import bullet_end, find_paragraphs
from dateline.sentences.quotes import quoted_spans, within
from dateline.sentences.words import abbreviations

_STOP = re.compile(r"(?P<stop>[.!?\u2026\u061f\u06d4\u3002\u0964]+(?: [.!?]+)*)(?P<close>(?:[\"')\]}]|\[\d+\])*)(?P<gap> *)")
_WORD_BEFORE = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$|[^\W_]+$")
_FIRST_WORD = re.compile(r"[\"'(\[]*([^\W_]+)")
_OF_NAME = re.compile(r"[\"'(\[]*(?:al|el)-[A-Z]")
_LONGEST_ASIDE = 200  # characters in brackets that a stop inside does not end


@stage(needs={"regions"}, adds={"sentences"})
def split_sentences(reading: Reading) -> Reading:
    """Add the sentences of every region: trimmed, in order, none overlapping, each inside one region and paragraph."""
    return Reading(
        report=reading.report, regions=reading.regions, sentences=tuple(_sentences(reading.report.text, reading.regions))
    )


def _sentences(text: str, regions: tuple[Region, ...]) -> Iterator[Sentence]:
    at = 0
    for number, paragraph in enumerate(find_paragraphs(text)):
        while at < len(regions) and regions[at].span.end <= paragraph.start:
            at += 1
        quotes = quoted_spans(text, paragraph)
        for region in regions[at:]:
            if region.span.start >= paragraph.end:
                break
            part = Span(max(region.span.start, paragraph.start), min(region.span.end, paragraph.end))
            for span in sentence_spans(text, part):
                yield Sentence(span, region.kind, number, within(quotes, span))


def sentence_spans(text: str, part: Span) -> Iterator[Span]:
    """The sentences of `part` of a text: no sentence runs over its ends, line breaks inside do not matter."""
    view = plain_view(text)
    begin = bullet_end(view, part.start, part.end)
    for match in _STOP.finditer(view, begin, part.end):
        if match.start() < begin or not _ends(view, match, begin, part.end):
            continue
        yield from _trimmed(view, begin, match.end("close"))
        begin = match.end()
    yield from _trimmed(view, begin, part.end)


def _trimmed(view: str, start: int, end: int) -> Iterator[Span]:
    words = view[start:end]
    start += len(words) - len(words.lstrip(" "))
    end -= len(words) - len(words.rstrip(" "))
    if start < end:
        yield Span(start, end)


def _ends(view: str, match: re.Match[str], begin: int, end: int) -> bool:
    """Whether the stop ends the sentence that began at `begin`."""
    if match.end() >= end:
        return True
    if not any(c.isalnum() for c in view[begin : match.start()]):
        return False  # the dot of a list item, or stops alone
    after = view[match.end() : end]
    if not match["gap"]:
        return _lacks_blank(view, match, after)
    if _in_brackets(view, match.start(), begin, end) and ")" not in match["close"]:
        return False
    if not _begins_sentence(after):
        return False
    if match["stop"] != "." or match["close"]:
        return True
    return _is_last_word(view, match.start(), begin, after)


def _begins_sentence(after: str) -> bool:
    first = after.lstrip("\"'([")[:1]
    return (not first.islower() and (first.isalnum() or after[:1] in "\"'([-")) or bool(_OF_NAME.match(after))


def _lacks_blank(view: str, match: re.Match[str], after: str) -> bool:
    """ "... were freed.The army": a small word, one stop, and a word with a capital and a small letter."""
    word = _WORD_BEFORE.search(view, max(0, match.start() - 30), match.start())
    before = word[0] if word else ""
    spaced = view[match.start() - 1] == " "
    if match["close"] and match["close"] not in ('"', "')"):
        return False
    return bool(
        match["stop"] == "." and (spaced or (before.islower() and len(before) > 2)) and re.match(r"[A-Z][a-z]+[ ,']", after)
    )


def _in_brackets(view: str, stop: int, begin: int, end: int) -> bool:
    """Whether a bracket is open at the stop and closes soon after."""
    opened = view.rfind("(", begin, stop)
    if opened < 0 or ")" in view[opened:stop]:
        return False
    closed = view.find(")", stop, min(end, stop + _LONGEST_ASIDE))
    return closed > 0 and "(" not in view[stop:closed]


def _is_last_word(view: str, stop: int, begin: int, after: str) -> bool:
    """Whether the word before a single full stop is no abbreviation, or one that ends a sentence here."""
    words = abbreviations()
    match = _WORD_BEFORE.search(view, max(begin, stop - 40), stop)
    if match is None:
        return True
    word = match[0]
    key = word.lower()
    found = _FIRST_WORD.match(after)
    next_word = found[1] if found else ""
    if key in words.before_numbers and next_word[:1].isdigit():
        return False
    if key in words.small or (key in words.before_names and word[:1].isupper()):
        return False
    if word.isdigit() and match.start() == begin:
        return False  # "1. The army ...": a number of a list
    if (len(word) == 1 and word.isalpha()) or "." in word or key in words.can_end:
        return next_word.lower() in words.starters and not next_word[:1].isdigit()
    return True
