"""Finds acts: verbs and nouns of the lexicon that say that something happened."""

from functools import cache
from typing import Literal, NamedTuple

from msgspec.structs import replace

from dateline.lexicon.acts import act_by_id, acts, forms
from dateline.lexicon.numbers import number_keys
from dateline.mentions.words import Found, PhraseTable, Word, sentence_words
from dateline.model import READ_REGIONS, ActMention, Mention, Reading, Sentence, Span
from dateline.pipeline import stage

Voice = Literal["active", "passive", "noun"]
Form = Literal["base", "third", "past", "ing", "noun"]

BE = frozenset("is are was were be been being am got get gets".split())
MODALS = frozenset("will would shall should can could may might must to not cannot didn't don't doesn't won't help".split())
_DETERMINERS = frozenset("the a an this that these those its their his her our any no another such each every of for".split())
_PREPOSITIONS = frozenset(
    ("in on at by since during near from over after before when while as with for and or but so between across").split()
)


class ActWords(NamedTuple):
    """What a phrase of the lexicon says: the act, and the form in which it stands."""

    act: str
    form: Form


@cache
def _table() -> PhraseTable[tuple[ActWords, ...]]:
    readings: dict[str, dict[str, ActWords]] = {}
    for act in acts().acts:
        for base in act.verbs:
            made = forms(base)
            for phrase, form in (
                (made.past, "past"), (made.participle, "past"), (made.ing, "ing"), (made.third, "third"), (made.base, "base"),
            ):  # fmt: skip
                readings.setdefault(phrase, {}).setdefault("verb", ActWords(act.id, form))  # type: ignore[arg-type]
        for noun in act.nouns:
            for phrase in {noun, _plural(noun)}:
                readings.setdefault(phrase, {}).setdefault("noun", ActWords(act.id, "noun"))
    return PhraseTable((phrase, tuple(by_class.values())) for phrase, by_class in readings.items())


def _plural(noun: str) -> str:
    head = noun.removesuffix(" of")
    suffix = "es" if head.endswith(("s", "sh", "ch", "x")) else "s"
    plural = head[:-1] + "ies" if head.endswith("y") and head[-2] not in "aeiou" else head + suffix
    return plural + (" of" if noun.endswith(" of") else "")


@stage(needs={"sentences"}, adds={"acts"})
def find_acts(reading: Reading) -> Reading:
    """Append an ActMention for each verb and noun of the lexicon in the sentences that are read."""
    found: list[Mention] = []
    for sentence in reading.sentences:
        if sentence.region in READ_REGIONS:
            found.extend(acts_in(reading.report.text, sentence))
    return replace(reading, mentions=(*reading.mentions, *found))


def acts_in(text: str, sentence: Sentence) -> list[ActMention]:
    """The acts of one sentence, left to right."""
    words = sentence_words(text, sentence)
    mentions = []
    for found in _table().find(words):
        said = _choose(words, found)
        if said:
            entry, voice = act_by_id()[said[0]], said[1]
            span = Span(words[found.first].start, words[found.last - 1].end)
            mentions.append(ActMention(span=span, act=entry.id, event_type=entry.type, measure=entry.measure, voice=voice))
    return mentions


def _choose(words: tuple[Word, ...], found: Found[tuple[ActWords, ...]]) -> tuple[str, Voice] | None:
    """Verb or noun, and the voice; None where the form is neither here (a part of a name)."""
    verb = next((w for w in found.payload if w.form != "noun"), None)
    noun = next((w for w in found.payload if w.form == "noun"), None)
    if _means_show(words, found) or (verb and noun is None and _is_name(words, found)):
        return None
    if verb and verb.form == "past":
        return verb.act, _voice(words, found)
    if verb and verb.form == "ing":
        before = _before(words, found.first)
        if noun is not None and (found.first == 0 or _like_noun(words, found)) and not (before and before.key in BE):
            return noun.act, "noun"
        return verb.act, "noun" if _like_noun(words, found) else "active"
    if verb and (_like_verb(words, found) or (noun is None and _takes_object(words, found))):
        return verb.act, "active"
    return (noun.act, "noun") if noun else None


def _is_name(words: tuple[Word, ...], found: Found[tuple[ActWords, ...]]) -> bool:
    """ "in March", "Storm Daniel": a capital inside a sentence that is neither a headline nor all capitals."""
    long = [w for w in words if len(w.text) > 3]
    titled = sum(w.capital for w in long) > 0.6 * len(long)
    return found.first > 0 and words[found.first].capital and not titled


def _takes_object(words: tuple[Word, ...], found: Found[tuple[ActWords, ...]]) -> bool:
    """A base or third-person form is a verb where an object follows and no article or number stands before it."""
    before = words[found.first - 1] if found.first else None
    after = words[found.last] if found.last < len(words) else None
    if before is not None and (before.key in _DETERMINERS or before.text[:1].isdigit()):
        return False
    if found.last - found.first > 1:  # "take control of", "claims the lives of"
        return True
    return after is not None and (after.key in _DETERMINERS or after.capital or after.text[:1].isdigit())


def _means_show(words: tuple[Word, ...], found: Found[tuple[ActWords, ...]]) -> bool:
    """ "demonstrate a disregard", "advancing the economy", "uncovered that": words of showing, not of an act."""
    after = words[found.last].key if found.last < len(words) else ""
    first = words[found.first].key
    if after == "that":
        return True
    return first.startswith(("demonstrat", "advanc")) and after in _DETERMINERS | {"how"}


def _before(words: tuple[Word, ...], i: int) -> Word | None:
    """The word before i, adverbs left out."""
    while i > 0:
        i -= 1
        if not (words[i].key.endswith("ly") or words[i].key in {"also", "already", "then", "just", "still", "never", "even"}):
            return words[i]
    return None


def _voice(words: tuple[Word, ...], found: Found[tuple[ActWords, ...]]) -> Voice:
    """Passive after a form of "be", before "by", and for a bare participle with no object after it."""
    before = _before(words, found.first)
    after = words[found.last].key if found.last < len(words) else ""
    if before and before.key in BE:
        return "passive"
    if after == "by":
        return "passive"
    if before and before.key in {"have", "has", "had", "having", "who", "which", "that", "they", "he", "she", "it", "we"}:
        return "active"
    if act_by_id()[found.payload[0].act].intransitive:
        return "active"
    if (not after or after in _PREPOSITIONS) and found.last - found.first == 1 and not _number_follows(words, found.last):
        return "passive"
    return "active"


_BOUNDS = frozenset("at over about around between up under near some nearly".split())


def _number_follows(words: tuple[Word, ...], i: int) -> bool:
    """ "killed at least nine", "arrested over 40": the object is a number with its bound."""
    if i >= len(words) or words[i].key not in _BOUNDS:
        return False
    near = [w.key for w in words[i + 1 : i + 4]]
    return "least" in near or "most" in near or any(key[:1].isdigit() or key in number_keys() for key in near[:2])


def _like_noun(words: tuple[Word, ...], found: Found[tuple[ActWords, ...]]) -> bool:
    """ "the killing of", "a deadly burning of": after a determiner or before "of"."""
    before = words[found.first - 1].key if found.first else ""
    after = words[found.last].key if found.last < len(words) else ""
    return after == "of" or before in _DETERMINERS - {"of", "for", "that"} or before.endswith("'s")


def _like_verb(words: tuple[Word, ...], found: Found[tuple[ActWords, ...]]) -> bool:
    """ "to attack", "will strike": a base form after a modal; a third person before a number or a determiner."""
    before = _before(words, found.first)
    after = words[found.last] if found.last < len(words) else None
    if before and before.key in MODALS and before.key != "not":
        return not (before.key == "to" and after is not None and after.key in {"on", "in", "by", "against", "and", "of"})
    form = next(w.form for w in found.payload if w.form != "noun")
    if form == "third" and after is not None and before is not None:
        return after.key in {"the", "a", "an", "at", "least", "two", "three", "four", "five"} or after.text.isdigit()
    return False
