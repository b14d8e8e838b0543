"""What each part of a report's text is: headline, body, caption, or what a web page puts around it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from dateline.model import Reading, Region, Span, plain_view
from dateline.model.report import RegionKind, Report
from dateline.pipeline import stage
from dateline.reports.byline import line_of_day
from dateline.sentences.paragraphs import bullet_end, find_paragraphs, is_complete
from dateline.sentences.words import date_words, furniture

_LONGEST_HEADLINE = 200  # characters
_LONGEST_SUBHEAD = 70
_LONGEST_FURNITURE = 160
_SHORTEST_BODY = 60  # characters of a paragraph that is surely text and not a teaser's line
_HEAD = 8  # paragraphs in which a by-line or section name can stand
_NAME = r"[^\W\d_][\w.'-]*"
_BYLINE = re.compile(
    rf"(?:by:?|reported by|written by|reporting by|edited by) (?P<names>{_NAME}(?:,? (?:{_NAME}|&))*)$", re.IGNORECASE
)
_SMALL_IN_BYLINE = frozenset("and in of for from at al de el bin ibn the van von with".split())
_COMMENT_COUNT = re.compile(r"(?:\(?\d+\)?|no) comments?(?:\(s\))?(?: .*)?$|comments? ?\(\d+\)$|comments:?$")
_STOP_INSIDE = re.compile(r"^[\[(]|[a-z]{3}\.[\"')]? [A-Z]")
_AGENCY = r"\([A-Za-z][\w .,/&'-]{1,40}\)"
_NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
_DAY = rf"[A-Za-z]{{3,9}}\.? {_NUMBER}(?:, ?\d{{4}})?|{_NUMBER} [A-Za-z]{{3,9}}\.?(?:,? \d{{4}})?"
_FULL_DAY = rf"[A-Za-z]{{3,9}}\.? {_NUMBER}, ?\d{{4}}|{_NUMBER} [A-Za-z]{{3,9}}\.?,? \d{{4}}"
_UPPER_PLACE = r"[A-Z][A-Z'-]+(?:[ /-][A-Z'-]+){0,4}(?:, [A-Za-z .'-]{2,30}?)?"
_ANY_PLACE = r"[A-Z][\w'-]+(?:[ /-][\w'-]+){0,4}(?:, [A-Z][A-Za-z .'-]{1,30}?)?"
_DATELINE = re.compile(
    rf"(?:{_UPPER_PLACE}(?:,? (?:{_DAY}))?,?(?: ?/? ?{_AGENCY})? ?(?:--?|:)"
    rf"|{_ANY_PLACE}(?:,? (?:{_DAY}))?,? ?/? ?{_AGENCY} ?(?:--?|:)"
    rf"|{_ANY_PLACE}(?:, | \()(?:{_FULL_DAY})\)? ?(?:--?|:)"
    rf"|{_ANY_PLACE}, (?:{_FULL_DAY}),? {_AGENCY}\."
    rf"|{_AGENCY} ?--?) (?=\S)"
)


class _Part(NamedTuple):
    """A paragraph with its view in lower case."""

    span: Span
    view: str
    key: str

    @property
    def complete(self) -> bool:
        return is_complete(self.view)

    @property
    def body_like(self) -> bool:
        return self.complete and len(self.view) >= _SHORTEST_BODY


@stage(needs={"report"}, adds={"regions"})
def mark_regions(reading: Reading) -> Reading:
    """Add the regions of the report: in order, without gaps, over the whole text."""
    return Reading(report=reading.report, regions=_covering(reading.report.text, list(_marked(reading.report))))


def _marked(report: Report) -> Iterator[Region]:
    """Every paragraph with its kind; a paragraph that begins with a dateline gives two regions."""
    parts = [_part(report.text, span) for span in find_paragraphs(report.text)]
    kinds = _kinds(report, parts)
    for part, kind in zip(parts, kinds, strict=True):
        end = _dateline_end(part) if kind == "body" else part.span.start
        if part.span.start < end < part.span.end:
            yield Region(Span(part.span.start, end), "dateline")
        yield Region(Span(end, part.span.end), kind)


def _part(text: str, span: Span) -> _Part:
    view = span.of(plain_view(text))
    return _Part(span, view, _key(view))


def _key(words: str) -> str:
    """Words as compared: lower case, single blanks, no marks at the ends."""
    return re.sub(r" +", " ", plain_view(words)).strip(" .!?:\"'-").lower()


def _covering(text: str, marked: list[Region]) -> tuple[Region, ...]:
    """The regions, stretched over the blanks between them; neighbours of one kind are one region."""
    if not text:
        return ()
    merged: list[tuple[int, RegionKind]] = []
    for region in marked:
        if not merged or merged[-1][1] != region.kind:
            merged.append((region.span.start, region.kind))
    if not merged:
        return (Region(Span(0, len(text)), "body"),)
    starts = [0, *(start for start, _ in merged[1:]), len(text)]
    return tuple(Region(Span(starts[i], starts[i + 1]), kind) for i, (_, kind) in enumerate(merged))


def _kinds(report: Report, parts: list[_Part]) -> list[RegionKind]:
    """The kind of every paragraph: single lines first, then what depends on neighbours."""
    kinds: list[RegionKind] = ["body"] * len(parts)
    for i, part in enumerate(parts):
        kinds[i] = _alone(report, part, i)
    headline = _mark_headline(report, parts, kinds)
    _mark_bylines(report, parts, kinds, headline)
    _mark_tail(parts, kinds)
    _mark_subheads(parts, kinds)
    return kinds


def _alone(report: Report, part: _Part, i: int) -> RegionKind:
    """What a paragraph is by its own words."""
    if _is_caption(part):
        return "caption"
    if _is_via(part):
        return "via"
    if _is_furniture(part):
        return "furniture"
    if _opens_comments(part):
        return "comments"
    if _is_teaser_line(part) or _is_teaser_heading(part):
        return "teaser"
    if _is_date_line(part) or _is_byline(report, part):
        return "byline"
    holds = line_of_day(report.text, part.span, first=i == 0) if i < _HEAD and len(part.view) <= _LONGEST_SUBHEAD else None
    return "dateline" if holds == "place and date" else "byline" if holds else "body"


def _is_caption(part: _Part) -> bool:
    words = furniture()
    if part.view.lower().startswith(words.caption_openings):
        return len(part.view) < 400
    bracket = re.search(r"[\[(][^\[\]()]{3,120}[\])]\.?$", part.view)
    return bool(bracket and any(mark in bracket[0].lower() for mark in words.caption_marks))


def _is_via(part: _Part) -> bool:
    """ "Source: X": the label, a colon or arrow, and few words."""
    label = re.match(r"[\[(]?([a-z ]+?) ?(?::|\u00bb|>|-) ?(?=\S)", part.view.lower().replace('"', "\u00bb", 1))
    return bool(label and label[1] in furniture().via and len(part.view.split()) <= 10 and len(part.view) <= _LONGEST_SUBHEAD)


def _is_furniture(part: _Part) -> bool:
    words = furniture()
    if len(part.view) > _LONGEST_FURNITURE:
        return False
    if part.key in words.furniture_lines or part.key.endswith(words.furniture_endings):
        return True
    menu = re.split(r" *[|\u2022\u00b7] *", part.key)
    return part.view.lower().startswith(words.furniture_openings) or (
        len(menu) > 2 and all(len(entry.split()) <= 3 for entry in menu)
    )


def _opens_comments(part: _Part) -> bool:
    if len(part.view) > _LONGEST_FURNITURE:
        return False
    return part.key.startswith(furniture().comments) or bool(_COMMENT_COUNT.match(part.key))


def _is_teaser_heading(part: _Part) -> bool:
    return part.key in furniture().teaser_headings


def _is_teaser_line(part: _Part) -> bool:
    opening, colon, rest = part.view.lower().partition(":")
    return bool(colon and rest.strip()) and opening.strip(" []-*") in furniture().teaser_openings and len(part.view) <= 250


def _is_date_line(part: _Part) -> bool:
    """A line with a date or time and nothing else."""
    if len(part.view) > _LONGEST_SUBHEAD or not re.search(r"\d", part.view):
        return False
    words = re.findall(r"[^\W\d_]+", part.view.lower())
    if words:
        return all(word in date_words() for word in words) and any(len(word) > 2 for word in words)
    return bool(
        re.fullmatch(r"\W*\d{4} ?[-/.] ?\d{1,2} ?[-/.] ?\d{1,2}\W*|\W*\d{1,2} ?[-/.] ?\d{1,2} ?[-/.] ?\d{4}\W*", part.view)
    )


def _is_byline(report: Report, part: _Part) -> bool:
    if report.author and part.key in (_key(report.author), _key(f"by {report.author}")):
        return True
    words = re.split(r" *\| *| - ", part.view)[0]
    match = _BYLINE.match(words)
    if not match or len(part.view.split()) > 14 or (part.complete and not part.view.endswith((".", '"'))):
        return False
    named = [word for word in re.split(r"[ ,]+", match["names"]) if word.lower() not in _SMALL_IN_BYLINE]
    return (
        bool(named)
        and all(word[:1].isupper() or word.startswith("al-") for word in named)
        and named[0].lower() not in date_words()
    )


def _mark_headline(report: Report, parts: list[_Part], kinds: list[RegionKind]) -> int | None:
    """Mark the headline, its repetitions and a section's name above it; the number of the headline's paragraph."""
    free = [i for i in range(min(_HEAD, len(parts))) if kinds[i] == "body"]
    found = next((i for i in free if _is_title(report, parts[i])), None)
    if found is None and free and len(parts) > 1:
        found = _headline_by_look(parts, free)
    if found is None:
        return None
    for i in free:
        if i < found and _is_section(parts[i]):
            kinds[i] = "furniture"
    kinds[found] = "headline"
    for i in range(found + 1, len(parts)):
        if kinds[i] == "body" and parts[i].key == parts[found].key:
            kinds[i] = "repeated_headline"
    return found


def _is_title(report: Report, part: _Part) -> bool:
    if not report.title or len(part.view) > _LONGEST_HEADLINE:
        return False
    title = _key(report.title)
    return part.key == title or (len(part.key.split()) >= 4 and title.startswith(part.key) and not part.complete)


def _headline_by_look(parts: list[_Part], free: list[int]) -> int | None:
    first = free[0]
    if _is_section(parts[first]) and len(free) > 1 and _looks_like_headline(parts[free[1]]):
        first = free[1]
    if first > 2 or first + 1 >= len(parts) or not _looks_like_headline(parts[first]):
        return None
    return first


def _looks_like_headline(part: _Part) -> bool:
    """No full stop at the end or inside, not a list item or a speech, and no longer than headlines are."""
    view = part.view.rstrip("\"' ")
    is_item = bullet_end(part.view, 0, len(part.view)) > 0
    return (
        not view.endswith((".", ":", ",", ";"))
        and not is_item
        and len(view) <= _LONGEST_HEADLINE
        and not _STOP_INSIDE.search(view)
    )


def _is_section(part: _Part) -> bool:
    words = part.key.split()
    if not words or len(words) > 3:
        return False
    return part.key in furniture().sections or (words[-1] in furniture().section_endings and part.view.istitle())


def _mark_bylines(report: Report, parts: list[_Part], kinds: list[RegionKind], headline: int | None) -> None:
    """A name alone below the headline, beside a date line or another by-line, is the author's."""
    first = 0 if headline is None else headline + 1
    for i in range(first, min(first + 4, len(parts))):
        beside = [kinds[j] for j in (i - 1, i + 1) if 0 <= j < len(parts)]
        if kinds[i] == "body" and _is_name(parts[i]) and "byline" in beside:
            kinds[i] = "byline"
    for i in range(_HEAD, len(parts)):
        if kinds[i] == "byline" and i < len(parts) - 3:
            kinds[i] = "body" if not _is_byline(report, parts[i]) else kinds[i]


def _is_name(part: _Part) -> bool:
    words = part.view.split()
    return 2 <= len(words) <= 4 and all(re.fullmatch(r"(?:[A-Z][\w.'-]+|al-\w+|bin|de)", word) for word in words)


def _mark_tail(parts: list[_Part], kinds: list[RegionKind]) -> None:
    """What follows the readers' part or a list of other articles belongs to it, unless body text goes on."""
    total = parts[-1].span.end if parts else 0
    for i, part in enumerate(parts):
        rest = range(i + 1, len(parts))
        late = 2 * part.span.start >= total
        if kinds[i] == "comments" and late:
            for j in rest:
                kinds[j] = "comments" if kinds[j] != "via" else "via"
            return
        if kinds[i] == "teaser" and _is_teaser_heading(part):
            bodies = sum(1 for j in rest if kinds[j] == "body" and parts[j].body_like)
            for j in rest:
                if kinds[j] != "body":
                    continue
                if not (late and bodies <= 2) and parts[j].body_like:
                    break
                kinds[j] = "teaser"


def _mark_subheads(parts: list[_Part], kinds: list[RegionKind]) -> None:
    """A short line with no stop, between a whole sentence and running text."""
    for i, part in enumerate(parts[:-1]):
        if (
            kinds[i] != "body"
            or len(part.view) > _LONGEST_SUBHEAD
            or len(part.view.split()) > 10
            or not _looks_like_headline(part)
        ):
            continue
        if part.complete and not part.view.endswith("?"):
            continue
        following = parts[i + 1]
        above_item = bullet_end(following.view, 0, len(following.view)) > 0
        below_text = i == 0 or parts[i - 1].complete or kinds[i - 1] not in ("body", "subhead")
        if (
            below_text
            and kinds[i + 1] == "body"
            and (above_item or following.complete or len(following.view) > 2 * len(part.view))
        ):
            kinds[i] = "subhead"


def _dateline_end(part: _Part) -> int:
    """Where the dateline ends that the paragraph begins with; its start where there is none.

    In a text all in capitals, capitals do not tell a place: there is none without an agency.
    """
    match = _DATELINE.match(part.view)
    if match is None or not _NOT_PLACES.isdisjoint(re.findall(r"[a-z]+", match[0].lower())):
        return part.span.start
    if part.view.isupper() and "(" not in match[0]:
        return part.span.start
    return part.span.start + match.end()


_NOT_PLACES = frozenset(
    "update updated breaking note photo photos video q a exclusive correction live question answer previous watch read he she "
    "they it added said says reports by this the official editor warning alert".split()
)
