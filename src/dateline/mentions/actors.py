"""Finds the parties that a report names, describes or refers to."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dateline.lexicon.actors import actors, country_by_code, country_names, kind_of
from dateline.mentions.actor_grammar import Phrase, country_at, phrase_at
from dateline.mentions.actor_names import Words
from dateline.mentions.segments import read_segments
from dateline.mentions.words import words_of
from dateline.model import ActorMention, PlaceMention, Reading, Span, plain_view
from dateline.pipeline import stage

_MAIN_COUNTRY = 0.45  # share of all mentions of countries from which a report is plainly about one
_MAIN_GROUP = 0.6  # the same for armed groups, so that "militants" means that group


class _Found(NamedTuple):
    """A phrase with its place in the text."""

    span: Span
    phrase: Phrase


@stage(needs={"sentences", "places"}, adds={"actors"})
def find_actors(reading: Reading) -> Reading:
    """Add the parties of every sentence that is read, each with its canonical name.

    A body with no country ("security forces") is that of the country that the report is about; a reference ("the group")
    is the armed group named last before it.  A reference that nothing resolves makes no mention.
    """
    text = reading.report.text
    sentences = [_words(text, segment) for segment in read_segments(reading)]
    found = [f for words in sentences for f in _phrases(words)]
    about = _About(_countries(sentences, reading.mentions), _group_counts(found))
    mentions = tuple(_resolved(found, about))
    return _with(reading, mentions)


def _with(reading: Reading, mentions: tuple[ActorMention, ...]) -> Reading:
    return Reading(
        report=reading.report,
        regions=reading.regions,
        sentences=reading.sentences,
        mentions=(*reading.mentions, *mentions),
        claims=reading.claims,
        unread=reading.unread,
    )


class _About(NamedTuple):
    """What the whole report tells: how often it speaks of which country (ISO code), and names which armed group."""

    countries: Counter[str]
    groups: Counter[str]

    @property
    def country(self) -> str | None:
        """The country that the report is plainly about."""
        code = _main(self.countries, _MAIN_COUNTRY, least=2)  # one town alone, with no country named, is not plain
        return code if code in country_by_code() else None

    @property
    def group(self) -> str | None:
        """The armed group that "militants" means all through."""
        return _main(self.groups, _MAIN_GROUP, least=2)

    @property
    def coalition(self) -> str:
        """Which coalition fights in the countries that the report speaks of."""
        counts: Counter[str] = Counter()
        for code, name in actors().coalitions.items():
            counts[name] += self.countries[code]
        return _main(counts, 0.5) or "coalition forces"


def _words(text: str, segment: Span) -> Words:
    view = plain_view(text)
    return Words(view, words_of(text, segment.start, segment.end), not any(c.islower() for c in segment.of(view)))


def _phrases(words: Words) -> Iterator[_Found]:
    """The phrases of a sentence, left to right, none overlapping another."""
    i = 0
    while i < len(words.words):
        phrase = phrase_at(words, i)
        if phrase is None:
            i += 1
            continue
        yield _Found(_span(words, phrase), phrase)
        i = phrase.last


def _span(words: Words, phrase: Phrase) -> Span:
    last = words.words[phrase.last - 1]
    end = last.end - phrase.short
    for ending in ("'s", "'S"):
        if last.text.endswith(ending):
            end = last.end - 2
    return Span(words.words[phrase.first].start, end)


def _countries(sentences: Sequence[Words], mentions: Sequence[object]) -> Counter[str]:
    """How often a country is named, meant by an adjective, or holds a place that is named, in the order of first mention."""
    counts: Counter[str] = Counter()
    for words in sentences:
        i = 0
        while i < len(words.words):
            found = country_at(words, i)
            if found and not _is_language(words, i, found[0]):
                counts[found[1].code] += 3 if words.key(i - 1) in actors().place_words else 2  # "in Mali" says where we are
            i = found[0] if found else i + 1
    counts.update(m.place.country for m in mentions if isinstance(m, PlaceMention) and m.place and m.place.country)
    return counts


def _is_language(words: Words, first: int, last: int) -> bool:
    """ "(Translated from Spanish)", "said in French.": an adjective with no noun behind it, after "from" or "in"."""
    said = words.view[words.words[first].start : words.words[last - 1].end]
    ends = last >= len(words.words) or bool(re.match(r"\s*[.,;:)\]]", words.view[words.words[last - 1].end :][:3]))
    return ends and words.key(first - 1) in {"from", "in", "into"} and said not in country_names()


def _main(counts: Counter[str], share: float, least: int = 1) -> str | None:
    """The name counted more than any other, if it has that share of all."""
    leading = sorted(counts.values(), reverse=True)[:2]
    if not leading or leading[0] < max(least, share * counts.total()) or (leading[0] == leading[-1] and len(leading) > 1):
        return None
    return next(name for name, count in counts.items() if count == leading[0])


def _group_counts(found: Sequence[_Found]) -> Counter[str]:
    names = (f.phrase.name for f in found if f.phrase.kind == "armed_group" and f.phrase.by == "name")
    return Counter(name for name in names if name not in actors().not_militants)


class _Before(NamedTuple):
    """The parties named last before a phrase: any armed group, one that can be called terrorist, a government."""

    group: str | None = None
    hostile: str | None = None
    government: str | None = None

    def then(self, phrase: Phrase, name: str) -> "_Before":
        if phrase.by != "name":
            return self
        if phrase.kind == "government" and name not in country_names():
            return self._replace(government=name)
        if phrase.kind != "armed_group":
            return self
        return self._replace(group=name, hostile=self.hostile if name in actors().not_militants else name)


def _resolved(found: Sequence[_Found], about: _About) -> Iterator[ActorMention]:
    """The mentions; references look back at the parties named before them."""
    before = _Before()
    for span, phrase in found:
        name = _name(phrase, about, before)
        if name is not None:
            yield ActorMention(span=span, name=name, kind=kind_of().get(name, phrase.kind), by=phrase.by)
            before = before.then(phrase, name)


def _name(phrase: Phrase, about: _About, before: _Before) -> str | None:
    """The canonical name of a phrase; None where nothing in the report says who is meant."""
    match phrase.resolve:
        case None:
            return phrase.name
        case "body":
            return _body_name(phrase, about.country)
        case "regime":
            return before.government or _body_name(phrase, about.country)
        case "group":
            return before.group or about.group
        case "enemy":
            return before.hostile or about.group
        case "the_militants":
            return before.hostile or about.group or phrase.name
        case "militants":
            return about.group or phrase.name
        case "coalition":
            return about.coalition


def _body_name(phrase: Phrase, code: str | None) -> str:
    """ "Nigerian police" in a report about Nigeria; the bare words where the report is about no one country."""
    if code is None:
        return "security forces" if phrase.name == "forces" else phrase.name
    return country_by_code()[code].body_name(phrase.name)
