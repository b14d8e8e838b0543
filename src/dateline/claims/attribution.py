"""Who says it: the source of each sentence that is read.

A sentence has the speaker whom its own words name.  With none named it belongs to the report itself, unless it plainly goes
on with a speech begun before: it stands in quotation marks, it follows a colon, or it begins with "they" in the same
paragraph.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from dateline.claims.clauses import SentenceView
from dateline.lexicon.speakers import publisher_type
from dateline.model import Reading, Source, Span, SpeakerMention, plain_view

_QUOTED_SHARE = 0.6  # of a sentence in quotation marks: it is speech
_VIA = re.compile(r"^[^:\"»>|-]*[:\"»>|-]+ *(?P<outlet>[^\"]*\w)")
_GOES_ON = re.compile(
    r"^\W*(they|these|in [\w' -]{2,30}, (they|it|the forces|troops)|the (operation|raid|strike)s?)\b", re.IGNORECASE
)


class Speech(NamedTuple):
    """A speech under way: its speaker, the last sentence that belongs to it, and whether a colon opened it."""

    speaker: SpeakerMention
    paragraph: int
    number: int
    colon: bool


def attribute(views: Sequence[SentenceView], reading: Reading) -> list[Source]:
    """The source of each sentence, in the same order."""
    text = reading.report.text
    itself = report_source(reading)
    sources: list[Source] = []
    speech: Speech | None = None
    for number, view in enumerate(views):
        own = _own_speaker(view)
        if own is not None:
            colon = plain_view(text)[view.sentence.span.start : view.sentence.span.end].rstrip().endswith(":")
            speech = Speech(own, view.sentence.paragraph, number, colon)
            sources.append(_source(own, "attribution.named"))
            continue
        ahead = _speaker_ahead(views, number, text)
        if ahead is not None:
            sources.append(_source(ahead, "attribution.quote_ahead"))
        elif speech is not None and (rule := _goes_on(view, number, speech, text)):
            sources.append(_source(speech.speaker, rule))
            speech = speech._replace(number=number)
        else:
            speech = speech if speech and not speech.colon else None
            sources.append(itself)
    return sources


def source_within(view: SentenceView, said: Span, default: Source) -> Source:
    """The source of a part of a sentence that names several speakers: one who is named behind the part ("..., officials
    said") before one who is named ahead of it, the nearest first."""
    verbs = [(s, s.verb) for s in view.speakers if s.verb is not None]
    if len(verbs) < 2:
        return default
    behind = [s for s, verb in verbs if verb.start >= said.end]
    ahead = [s for s, verb in verbs if verb.end <= said.start]
    nearest = behind[0] if behind else ahead[-1] if ahead else None
    return _source(nearest, "attribution.named") if nearest else default


def report_source(reading: Reading) -> Source:
    """The report itself speaks: its publisher, as a medium or as the body that issued it.

    A line of its own such as "Source » River Post" names the outlet that the text came through.
    """
    publisher = reading.report.publisher
    lines = [(r.span, outlet) for r in reading.regions if r.kind == "via" and (outlet := _outlet_of(r.span, reading.report.text))]
    through = [(span, outlet) for span, outlet in lines if publisher is None or outlet.lower() != publisher.lower()]
    return Source(
        organisation=publisher, type=publisher_type(publisher), via=tuple(dict.fromkeys(outlet for _, outlet in through)),
        spans=tuple(span for span, _ in through), rule="attribution.report",
    )  # fmt: skip


def _outlet_of(line: Span, text: str) -> str | None:
    """The words behind "Source »" or "Source:"."""
    found = _VIA.search(line.of(plain_view(text)))
    return " ".join(found["outlet"].split()) if found else None


def _own_speaker(view: SentenceView) -> SpeakerMention | None:
    """A named person before a body, a body before nobody; the first among equals."""
    ranked = sorted(view.speakers, key=lambda s: (s.speaker is None, s.type == "media", s.span))
    return ranked[0] if ranked else None


def _source(mention: SpeakerMention, rule: str) -> Source:
    return Source(
        speaker=_one_line(mention.speaker), role=_one_line(mention.role), organisation=_one_line(mention.organisation),
        type=mention.type, via=mention.via, spans=tuple(sorted(set(mention.parts))), rule=rule,
    )  # fmt: skip


def _one_line(words: str | None) -> str | None:
    return " ".join(words.split()) if words else None


def _quoted(view: SentenceView) -> bool:
    spans = view.sentence.quoted
    return sum(len(s) for s in spans) >= _QUOTED_SHARE * len(view.sentence.span)


def _speaker_ahead(views: Sequence[SentenceView], number: int, text: str) -> SpeakerMention | None:
    """The first sentences of a quotation whose speaker is named at its end."""
    view = views[number]
    if not _quoted(view):
        return None
    for later in views[number + 1 : number + 4]:
        if later.sentence.paragraph != view.sentence.paragraph:
            return None
        if later.speakers and later.sentence.quoted and later.sentence.quoted[0].start == later.sentence.span.start:
            return later.speakers[0]
    return None


def _goes_on(view: SentenceView, number: int, speech: Speech, text: str) -> str | None:
    """The rule by which an unattributed sentence goes on with the speech before it; None where it does not."""
    apart = view.sentence.paragraph - speech.paragraph
    if view.sentence.region in {"headline", "caption"}:
        return None
    if _quoted(view) and apart <= 3:
        return "attribution.quote_goes_on"
    if speech.colon and apart <= 1:
        return "attribution.after_colon"
    words = Span(view.sentence.span.start, view.sentence.span.end).of(plain_view(text))
    if number == speech.number + 1 and apart <= 1 and _GOES_ON.match(words):
        return "attribution.same_subject"
    return None
