"""Names as keys: one spelling for the many that reports and gazetteers use.

Four tiers, from strict to loose.  `fold`: case, diacritics, apostrophes and hyphens do not matter.  `core`: Arabic
articles neither ("al-Sharqat", "Ash Sharqat").  `bare`: generic words neither ("Jabal Hamrin", "Hamrin"), but what they say of
the kind of place is kept (`said_kinds`).  `skeletons`: consonants alone, as transliterations agree on little else ("Hamreen",
"Himrin"); a name has more than one where a letter is read in two ways ("c" is k in one country's Latin and j in another's).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import cast

from dateline.gazetteer.own_tables import rows
from dateline.model.place import PlaceKind

ARTICLES = frozenset("al el ul an ar as ash at ath ad adh az ed er es esh et ez il".split())
"""The Arabic article, also as it assimilates; at the head of a name or inside it."""

ARABIC_COUNTRIES = frozenset(
    "AE BH DJ DZ EG EH ER IL IQ IR JO KM KW LB LY MA ML MR NE NG OM PS QA SA SD SO SS SY TD TN TR YE".split()
)
"""Where names may bear an Arabic article in one source and none in another."""

_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ə": "a",
    "ŋ": "n", "ɓ": "b", "ɗ": "d", "ƙ": "k", "&": " and ", ".": " ", "-": " ", "/": " ", ",": " ",
})  # fmt: skip
_ASCII = str.maketrans({"&": " and ", ".": " ", "-": " ", "/": " ", ",": " ", "'": "", "`": ""})
_DROPPED = re.compile(r"['`\u2018\u2019\u02bb-\u02bf\u2032\u00b4\u0300-\u036f]")
_LATIN_LETTERS = re.compile(r"^[A-Za-z\u00c0-\u024f\u1e00-\u1eff\u0300-\u036f' `\u2018\u2019\u02bb-\u02bf.&/,()-]+$")
LONG_FORMS = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}

_DIGRAPHS = (
    ("kh", "x"), ("gh", "g"), ("sh", "S"), ("ch", "S"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("zh", "g"), ("ts", "S"),
    ("q", "k"), ("c", "k"), ("j", "g"), ("p", "b"), ("v", "w"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
_LONE_C = re.compile(r"c(?!h)")
_MUTE_H = re.compile(r"(?<=.)h(?![aeiouyw])")
_SOFT = re.compile(r"[aeiouyw]")
_VOWELS = re.compile(r"[aeiouyw]+")
_MIN_CONSONANTS = 3


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """`name` in lower case, without diacritics and apostrophes, hyphens and dots as blanks, "St." written out."""
    if name.isascii():  # most are: there is nothing to take apart
        words = name.lower().translate(_ASCII).split()
    else:
        words = _DROPPED.sub("", unicodedata.normalize("NFKD", name).lower()).translate(_LETTERS).split()
    if len(words) > 1 and words[0] in LONG_FORMS:
        words[0] = LONG_FORMS[words[0]]
    return " ".join(words)


def core(folded: str) -> str:
    """A folded name without Arabic articles; the name itself where nothing would be left."""
    words = folded.split()
    if ARTICLES.isdisjoint(words):
        return folded
    return " ".join([word for word in words if word not in ARTICLES] or words)


@cache
def _generics() -> dict[str, PlaceKind | None]:
    """Generic word -> the kind of place that it says, if any."""
    return {word: None if kind == "-" else cast(PlaceKind, kind) for word, kind in rows("generics.tsv")}


def bare(folded: str) -> str:
    """The core of a folded name without generic words; the core itself where nothing would be left."""
    words = core(folded).split()
    generics = _generics()
    return " ".join([word for word in words if word not in generics] or words)


def joined_bare(folded: str) -> str:
    """The bare folded name without blanks."""
    return bare(folded).replace(" ", "") if " " in folded else folded


def said_kinds(folded: str) -> frozenset[PlaceKind]:
    """The kinds of place that the generic words of a folded name say: a mountain for "Jabal Hamrin"."""
    words = core(folded).split()
    return frozenset(kind for word in words if len(words) > 1 and (kind := _generics().get(word)) is not None)


@lru_cache(maxsize=65536)
def skeletons(folded: str) -> tuple[str, ...]:
    """The consonants of a folded name's bare core and of its core, in one spelling each; sorted, each once.

    Where they are only two, with where vowels stand ("Ayn Issa"); none where that is too little to go by.
    """
    found: set[str] = set()
    for text in {joined_bare(folded), core(folded).replace(" ", "")}:
        found.update(key for reading in _readings(text) for key in _skeletons(reading))
    return tuple(sorted(found))


def _readings(text: str) -> set[str]:
    """The text with letters that transliterations use for two sounds written as either."""
    texts = {_LONE_C.sub(letter, text) for letter in "kj"}
    return texts | {text.replace("dh", "z") for text in texts}


def _skeletons(text: str) -> Iterator[str]:
    """With the h of "Mahmudiyah" between consonants and without it, as sources have it; at the end never."""
    for old, new in _DIGRAPHS:
        text = text.replace(old, new)
    text = _DOUBLE.sub(r"\1", text)
    text = text[:-1] if text.endswith("h") else text
    for said in {text, _MUTE_H.sub("", text)}:
        if key := _consonants(said):
            yield key


def _consonants(text: str) -> str | None:
    hard = _SOFT.sub("", text)
    if len(hard) >= _MIN_CONSONANTS:
        return hard
    return _VOWELS.sub("a", text) if len(hard) == _MIN_CONSONANTS - 1 and len(text) > _MIN_CONSONANTS else None


def latin(names: Iterable[str], of: str) -> tuple[str, ...]:
    """Those of `names` in Latin letters that another spelling of `of` could be: no codes, no second spelling of one key."""
    keys = {fold(of)}
    kept: list[str] = []
    for name in names:
        key = fold(name)
        if key not in keys and len(key) >= 4 and _LATIN_LETTERS.match(name) and name[:1].isupper() and not name.isupper():
            keys.add(key)
            kept.append(name)
    return tuple(kept)
