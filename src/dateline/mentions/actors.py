"""Finds the parties that a report names, describes or refers to."""

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from dateline.lexicon.actors import actors, country_by_code, country_names, kind_of, party_by_name
from dateline.mentions.actor_grammar import Phrase, country_at, phrase_at
from dateline.mentions.actor_names import Named, NameTable, Words
from dateline.mentions.actor_own import own_names
from dateline.mentions.segments import read_segments
from dateline.mentions.words import words_of
from dateline.model import ActorMention, PlaceMention, Reading, Span, plain_view
from dateline.pipeline import stage

_REMEMBERED = 40  # names that a short form can go back over
_MAIN_COUNTRY = 0.45  # share of all mentions of countries from which a report is plainly about one
_SOLDIERS = frozenset({"forces", "army", "military"})
_ARMED = frozenset({"armed_group", "state_force", "police", "coalition"})
_PLACED, _NAMED = 4, 3  # weight of a country that "in Mali" says where we are by, and of one that is only named
_AHEAD = 1.75  # times as often as any other country: that suffices, too
_SEVERAL = 8  # weight of all mentions of countries from which a report plainly speaks of several
_MAIN_GROUP = 0.6  # the same for armed groups, so that "militants" means that group


class _Found(NamedTuple):
    """A phrase with its place in the text, and where its sentence begins."""

    span: Span
    phrase: Phrase
    sentence: int = 0


@stage(needs={"sentences", "places"}, adds={"actors"})
def find_actors(reading: Reading) -> Reading:
    """Add the parties of every sentence that is read, each with its canonical name.

    A body with no country ("security forces") is that of the country that the report is about; a reference ("the group")
    is the armed group named last before it.  A reference that nothing resolves makes no mention.
    """
    text = reading.report.text
    sentences = [_words(text, segment) for segment in read_segments(reading)]
    spoken = list(_spoken_countries(sentences, reading.mentions))
    countries = Counter(code for _, code, weight in spoken for _ in range(weight))
    own = own_names(sentences, countries)
    found = [f for words in sentences for f in _phrases(words, own)]
    owners = sorted((at, code) for at, code, weight in spoken if weight == _NAMED)
    about = _About(countries, _group_counts(found), sorted((at, code) for at, code, _ in spoken), owners)
    mentions = tuple(_resolved(text, found, about))
    return replace(reading, mentions=(*reading.mentions, *mentions))


class _About(NamedTuple):
    """What the whole report tells: how often it speaks of which country (ISO code), and names which armed group."""

    countries: Counter[str]
    groups: Counter[str]
    spoken: Sequence[tuple[int, str]]  # where countries are named or meant, with their codes
    owners: Sequence[tuple[int, str]] = ()  # those of them that are no mere scene

    @property
    def country(self) -> str | None:
        """The country that the report is plainly about."""
        code = _main(self.countries, _MAIN_COUNTRY, least=3)  # one town alone, with no country named, is not plain
        leading = self.countries.most_common(2)
        if code is None and len(leading) == 2 and leading[0][1] >= max(_SEVERAL, _AHEAD * leading[1][1]):
            code = leading[0][0]
        return code if code in country_by_code() else None

    def country_at(self, at: int) -> str | None:
        """Whose bodies the words at a character mean: in a report on several countries, the one spoken of last."""
        if self.country is not None or self.countries.total() < _SEVERAL:
            return self.country
        before = self.spoken[: bisect(self.spoken, (at, ""))]
        often = max(self.countries.values()) / 2  # a country named in passing has no police in the report
        return next((code for _, code in reversed(before) if code in country_by_code() and self.countries[code] >= often), None)

    def owner(self, after: int, at: int) -> str | None:
        """Whose forces "its forces" are: of the country named last between two characters ("the Russian army said")."""
        before = self.owners[bisect(self.owners, (after, "")) : bisect(self.owners, (at, ""))]
        code = before[-1][1] if before else None
        return country_by_code()[code].body_name("forces") if code in country_by_code() else None

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
        found = _main(counts, 0.5) or "coalition forces"
        enemy = actors().coalitions_against.get(found)
        return found if enemy is None or self.groups[enemy] else "coalition forces"


def _words(text: str, segment: Span) -> Words:
    view = plain_view(text)
    return Words(view, words_of(text, segment.start, segment.end), not any(c.islower() for c in segment.of(view)))


def _phrases(words: Words, own: NameTable[Named]) -> Iterator[_Found]:
    """The phrases of a sentence, left to right, none overlapping another."""
    i = 0
    while i < len(words.words):
        phrase = phrase_at(words, i, own)
        if phrase is None:
            i += 1
            continue
        yield _Found(_span(words, phrase), phrase, words.words[0].start)
        i = phrase.last


def _span(words: Words, phrase: Phrase) -> Span:
    last = words.words[phrase.last - 1]
    end = last.end - phrase.short
    for ending in ("'s", "'S"):
        if last.text.endswith(ending):
            end = last.end - 2
    return Span(words.words[phrase.first].start, end)


def _spoken_countries(sentences: Sequence[Words], mentions: Sequence[object]) -> Iterator[tuple[int, str, int]]:
    """Where a country is named, meant by an adjective, or holds a place that is named: character, ISO code and weight."""
    for words in sentences:
        i = 0
        while i < len(words.words):
            found = country_at(words, i)
            if found and not _is_language(words, i, found[0]):
                weight = _PLACED if words.key(i - 1) in actors().place_words else _NAMED
                yield words.words[i].start, found[1].code, weight
            i = found[0] if found else i + 1
    for mention in mentions:
        if isinstance(mention, PlaceMention) and mention.place and mention.place.country and not _names_party(mention, sentences):
            yield mention.span.start, mention.place.country, 2


def _names_party(place: PlaceMention, sentences: Sequence[Words]) -> bool:
    """Whether a place bears the name of a party: the Fano of Amhara are nobody's town in Italy."""
    return bool(sentences) and sentences[0].view[place.span.start : place.span.end] in party_by_name()


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
    """The parties named last before a phrase: any armed group, one that can be called terrorist, a government, any that
    has arms; and all the names, the last one first."""

    group: str | None = None
    hostile: str | None = None
    government: str | None = None
    armed: str | None = None
    armed_end: int = 0  # the character behind its mention
    names: tuple[tuple[str, str], ...] = ()  # canonical, and with the words of the report

    def with_word(self, noun: str) -> str | None:
        """The party named last whose name holds the word."""
        return next((name for name, words in self.names if noun in words.lower().split()), None)

    def then(self, phrase: Phrase, name: str, words: str, end: int) -> "_Before":
        if phrase.kind in _ARMED and (phrase.by == "name" or phrase.resolve == "body"):
            self = self._replace(armed=name, armed_end=end)
        if phrase.by != "name":
            return self
        self = self._replace(names=((name, f"{name} {words}"), *self.names[:_REMEMBERED]))
        if phrase.kind == "government" and name not in country_names():
            return self._replace(government=name)
        if phrase.kind != "armed_group":
            return self
        return self._replace(group=name, hostile=self.hostile if name in actors().not_militants else name)


def _resolved(text: str, found: Sequence[_Found], about: _About) -> Iterator[ActorMention]:
    """The mentions; references look back at the parties named before them."""
    before = _Before()
    for span, phrase, sentence in found:
        name = _name(phrase, about, before, span.start, sentence)
        if name is not None:
            phrase = phrase._replace(kind=kind_of().get(name, phrase.kind))
            yield ActorMention(span=span, name=name, kind=phrase.kind, by=phrase.by)
            before = before.then(phrase, name, span.of(text), span.end)


def _name(phrase: Phrase, about: _About, before: _Before, at: int, sentence: int) -> str | None:
    """The canonical name of a phrase at a character; None where nothing in the report says who is meant."""
    match phrase.resolve:
        case None:
            return phrase.name
        case "body":
            return _body_name(phrase, about.country_at(at))
        case "regime":
            return before.government or _body_name(phrase, about.country_at(at))
        case "short":
            return before.with_word(phrase.noun) or phrase.name or None
        case "unit":
            return _unit_name(phrase, about.country_at(at))
        case "theirs":
            owner = about.owner(max(sentence, before.armed_end), at) if phrase.name else None
            return owner or before.armed or (_body_name(phrase, about.country_at(at)) if phrase.name else None)
        case "group":
            return before.with_word(phrase.noun) or before.group or about.group
        case "enemy":
            return actors().enemy_in.get(about.country or "") or before.hostile or about.group
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
    country = country_by_code()[code]
    if country.soldiers_of and phrase.name in _SOLDIERS:
        country = country_by_code()[country.soldiers_of]
    return country.body_name(phrase.name)


def _unit_name(phrase: Phrase, code: str | None) -> str:
    """ "4th Battalion": its country's army; as it stands where the country is unknown or armies there are at war."""
    if code is None or code in actors().rival_armies:
        return phrase.name
    return country_by_code()[code].body_name("army")
