"""Names that mean a party in one report: those that it gives itself ("the Wadi Shield Forces (WSF)", "Border Guard Police"),
and short names whose party depends on the country ("the SNA", "the junta")."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from dateline.lexicon.actors import actors, local_parties, party_by_name
from dateline.lexicon.speakers import speaker_words
from dateline.mentions.actor_grammar import country_at, is_body, lexicon_name_at
from dateline.mentions.actor_names import Named, NameTable, Words
from dateline.model.actor import ActorKind
from dateline.sentences.words import date_words, starters

_INSIDE = frozenset({"of", "for", "the", "and", "in", "de", "del", "la", "al", "to"})
_LONGEST = 9  # words of a name
_TELLING = 4  # letters of an acronym that no two parties are likely to share
_ACRONYM = range(2, 8)  # letters
# A possessive ends the phrase of an owner ("Haftar's Libyan Army"), save where the name itself holds one.
_OWNERS_IN_NAMES = frozenset({"people", "women", "workers", "citizens", "farmers", "students"})


class _Given(NamedTuple):
    """words[first:last] are a name, told to be shortened to `acronym`."""

    first: int
    last: int
    acronym: str = ""


def own_names(sentences: Sequence[Words], countries: Mapping[str, int]) -> NameTable[Named]:
    """The names that a report gives to parties: with an acronym behind, or of a word for a body ("Brigade", "Front"); and
    what short names mean where the report speaks of `countries` (ISO codes, with how often)."""
    names = dict(_local_names(countries))
    for words in sentences:
        for given in _given(words):
            named, new = _named(words, given)
            if given.acronym:
                names[given.acronym] = named
            if new:
                names.setdefault(_text(words, given), named)
    return NameTable(names.items())


def _local_names(countries: Mapping[str, int]) -> Iterator[tuple[str, Named]]:
    for name, by_country in local_parties().items():
        meant = max(by_country, key=lambda code: countries.get(code, 0))
        if countries.get(meant):
            yield name, Named(by_country[meant].name, by_country[meant].kind)


def _given(words: Words) -> Iterator[_Given]:
    if words.shouted:
        return
    for i in range(len(words.words)):
        for find in (_before_acronym, _around_body_word, _before_small_word):
            if given := find(words, i):
                yield given
                break


def _is_acronym(words: Words, i: int) -> bool:
    """A word of capitals in brackets of its own."""
    word = words.words[i]
    around = words.view[max(word.start - 1, 0) : word.start] + words.view[word.end : word.end + 1]
    return around == "()" and len(word.text) in _ACRONYM and word.text[:2].isupper() and i > 1


def _before_acronym(words: Words, at: int) -> _Given | None:
    """The name before "(WSF)": from the word on that its letters begin with, else all that a body word makes a name."""
    if not _is_acronym(words, at):
        return None
    first = _run_start(words, at - 1)
    letters = words.words[at].text.lower()
    for start in range(first, at - 1):
        heads = [words.words[n].text[0].lower() for n in range(start, at) if words.words[n].capital]
        if words.words[start].capital and len(heads) > 1 and "".join(heads) == letters:
            return _Given(start, at, words.words[at].text)
    if at - first > 1 and any(words.key(n) in actors().own_words for n in range(first, at)):
        return _Given(first, at, words.words[at].text)
    return None


def _around_body_word(words: Words, at: int) -> _Given | None:
    """ "Border Guard Police", "Movement for Justice": words with capitals around the word for a body."""
    if words.key(at) not in actors().own_words or not words.words[at].capital:
        return None
    last = _name_end(words, at)
    first = _run_start(words, at, frozenset({"and"}))
    if last - first < 2 or is_body(words, first, last) or any(_covers_end(words, n, last) for n in range(first, last)):
        return None
    return _Given(first, last)


def _before_small_word(words: Words, at: int) -> _Given | None:
    """ "The Abu Surra brigade": a name with a common noun behind it, and an article or nothing of a name before."""
    if words.key(at) not in actors().own_words_small or words.words[at].capital:
        return None
    first = _run_start(words, at, frozenset())
    if first == at or words.key(first - 1) not in {"the", "a"}:
        return None
    if any(lexicon_name_at(words, n) or country_at(words, n) for n in range(first, at)):
        return None
    return _Given(first, at + 1)


def _name_end(words: Words, at: int) -> int:
    """The number of the word behind a name: more body words ("Border Guard Police"), or "of" and a name ("Council of Elders")."""
    end = at + 1
    while words.key(end) in actors().own_words and words.words[end].capital and words.joined(at, end + 1):
        end += 1
    if words.key(end - 1) not in actors().own_words_of or words.key(end) not in {"of", "for"}:
        return end
    on = end + 1 + (words.key(end + 1) == "the")
    behind = on
    while behind < len(words.words) and _in_name(words, behind) and words.joined(at, behind + 1):
        behind += 1
    return behind if behind > on else end


def _covers_end(words: Words, first: int, last: int) -> bool:
    """Whether the lexicon knows a name from word `first` up to the end of the run, so that nothing new is named."""
    known = lexicon_name_at(words, first)
    return known is not None and known.last >= last


def _run_start(words: Words, end: int, inside: frozenset[str] = _INSIDE) -> int:
    """The first word of the run of words with capitals, or small ones as `inside`, that word `end` closes."""
    first = end
    for at in range(end - 1, max(end - _LONGEST, -1), -1):
        if not words.joined(at, at + 2) or not (_in_name(words, at) or words.key(at) in inside):
            break
        if words.words[at].text.endswith("'s") and words.key(at) not in _OWNERS_IN_NAMES:
            break
        if _in_name(words, at):
            first = at
    return first


def _in_name(words: Words, at: int) -> bool:
    key = words.key(at)
    outside = key in starters() or key in date_words() or key in speaker_words().ranks
    return words.words[at].text[:1].isupper() and not outside and key not in _INSIDE


def _named(words: Words, given: _Given) -> tuple[Named, bool]:
    """The party that words name, and whether the lexicon lacks it."""
    known = lexicon_name_at(words, given.first)
    if known and known.last == given.last:
        return Named(known.name, known.kind), False
    if len(given.acronym) >= _TELLING and (party := party_by_name().get(given.acronym)):
        return Named(party.name, party.kind), True
    return Named(_text(words, given), _kind(words, given)), True


def _text(words: Words, given: _Given) -> str:
    return " ".join(words.view[words.words[given.first].start : words.words[given.last - 1].end].split())


def _kind(words: Words, given: _Given) -> ActorKind:
    """What its last word for a body makes of it."""
    kinds = [actors().own_words[key] for n in range(given.first, given.last) if (key := words.key(n)) in actors().own_words]
    return kinds[-1] if kinds else "unknown"
