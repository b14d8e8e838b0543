"""Finds cues: words that colour a statement (denial, hearsay, plan, total, trend, history)."""

from functools import cache

from msgspec.structs import replace

from dateline.lexicon.cues import cues
from dateline.mentions.words import Found, PhraseTable, Word, sentence_words
from dateline.model import READ_REGIONS, CueMention, Mention, Reading, Sentence, Span
from dateline.pipeline import stage


@cache
def _table() -> PhraseTable[tuple[str, ...]]:
    """Phrase -> its classes; a phrase can colour in several ways."""
    classes: dict[str, list[str]] = {}
    for name, phrases in cues().items():
        for phrase in phrases:
            classes.setdefault(phrase, []).append(name)
    return PhraseTable((phrase, tuple(names)) for phrase, names in classes.items())


@stage(needs={"sentences"}, adds={"cues"})
def find_cues(reading: Reading) -> Reading:
    """Append a CueMention for each cue and class in the sentences that are read."""
    found: list[Mention] = []
    for sentence in reading.sentences:
        if sentence.region in READ_REGIONS:
            found.extend(cues_in(reading.report.text, sentence))
    return replace(reading, mentions=(*reading.mentions, *found))


def _is_name(words: tuple[Word, ...], found: Found[tuple[str, ...]]) -> bool:
    """ "May" and "Will" with a capital inside a sentence are a month and a name, not a doubt and a plan."""
    word = words[found.first]
    return found.last - found.first == 1 and found.first > 0 and word.text in {"May", "Will", "Can", "Might"}


def cues_in(text: str, sentence: Sentence) -> list[CueMention]:
    """The cues of one sentence; at each word the longest phrase, once for each of its classes."""
    words = sentence_words(text, sentence)
    return [
        CueMention(span=Span(words[found.first].start, words[found.last - 1].end), cue=name)
        for found in _table().find(words)
        if not _is_name(words, found)
        for name in found.payload
    ]
