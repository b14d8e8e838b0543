"""Which characters stand in quotation marks."""

from dateline.model import Span, plain_view

_OPENING = frozenset("\u201c\u00ab\u201e\u201f")
_CLOSING = frozenset("\u201d\u00bb")
_BEFORE_OPENING = frozenset(" ([{-:,/\"'")
_LONGEST_SINGLE = 600  # characters: a lone apostrophe is not the begin of a quotation that ends pages later


def quoted_spans(text: str, paragraph: Span) -> tuple[Span, ...]:
    """The outermost quotations of one paragraph, marks included, in order.

    A quotation with no closing mark runs to the paragraph's end: the next paragraph opens it again, as papers do.
    Single marks count where double ones do not already stand around them.
    """
    double = _double(text, paragraph)
    single = [s for s in _single(text, paragraph) if not any(s.overlaps(d) for d in double)]
    return tuple(sorted([*double, *single]))


def within(quotes: tuple[Span, ...], sentence: Span) -> tuple[Span, ...]:
    """The parts of `quotes` that lie in a sentence."""
    return tuple(Span(max(q.start, sentence.start), min(q.end, sentence.end)) for q in quotes if q.overlaps(sentence))


def _double(text: str, paragraph: Span) -> list[Span]:
    view = plain_view(text)
    spans: list[Span] = []
    begin: int | None = None
    for i in range(paragraph.start, paragraph.end):
        if view[i] != '"':
            continue
        if begin is None:
            if text[i] not in _CLOSING and (text[i] in _OPENING or _can_open(view, i, paragraph)):
                begin = i
        elif text[i] not in _OPENING and _can_close(view, i, paragraph):
            spans.append(Span(begin, i + 1))
            begin = None
    if begin is not None and begin + 1 < paragraph.end:
        spans.append(Span(begin, paragraph.end))
    return spans


def _single(text: str, paragraph: Span) -> list[Span]:
    view = plain_view(text)
    spans: list[Span] = []
    begin: int | None = None
    for i in range(paragraph.start, paragraph.end):
        if view[i] != "'" or text[i] in "\u02bc\u02bb\u02be\u02bf`\u00b4\u2032":
            continue
        if begin is not None and i - begin > _LONGEST_SINGLE:
            begin = None
        if begin is None:
            if text[i] != "\u2019" and _can_open(view, i, paragraph) and view[i + 1 : i + 2].isalnum():
                begin = i
        elif view[i - 1] != " " and not view[i + 1 : i + 2].isalnum():
            spans.append(Span(begin, i + 1))
            begin = None
    return spans


def _can_open(view: str, i: int, paragraph: Span) -> bool:
    before = view[i - 1] if i > paragraph.start else " "
    return before in _BEFORE_OPENING and i + 1 < paragraph.end


def _can_close(view: str, i: int, paragraph: Span) -> bool:
    """Not a mark that plainly opens: blank before it, word after it."""
    before = view[i - 1]
    after = view[i + 1] if i + 1 < paragraph.end else " "
    return before != " " or not after.isalnum()
