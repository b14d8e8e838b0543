"""Names as keys: one spelling for the many that reports and gazetteers use.

Three keys, from strict to loose.  `fold`: case, diacritics, apostrophes and hyphens do not matter.  `core`: Arabic
articles neither ("al-Sharqat", "Ash Sharqat").  `skeleton`: consonants alone, as transliterations agree on little else
("Hamreen", "Himrin").
"""

import re
import unicodedata
from functools import lru_cache

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
_DROPPED = re.compile(r"['`\u2018\u2019\u02bb-\u02bf\u2032\u00b4\u0300-\u036f]")
_LONG_FORMS = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}

_DIGRAPHS = (
    ("kh", "x"), ("gh", "g"), ("sh", "S"), ("ch", "S"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("q", "k"), ("c", "k"),
    ("j", "g"), ("p", "b"), ("v", "w"),
)  # fmt: skip
_DOUBLE = re.compile(r"(.)\1+")
_SOFT = re.compile(r"[aeiouyw]")
_VOWELS = re.compile(r"[aeiouyw]+")
_MIN_CONSONANTS = 3


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """`name` in lower case, without diacritics and apostrophes, hyphens and dots as blanks, "St." written out."""
    text = _DROPPED.sub("", unicodedata.normalize("NFKD", name).lower()).translate(_LETTERS)
    words = text.split()
    if words and words[0] in _LONG_FORMS and len(words) > 1:
        words[0] = _LONG_FORMS[words[0]]
    return " ".join(words)


def core(folded: str) -> str:
    """A folded name without Arabic articles; the name itself where nothing would be left."""
    words = folded.split()
    return " ".join([word for word in words if word not in ARTICLES] or words)


def skeleton(folded: str) -> str | None:
    """The consonants of a folded name, in one spelling; where they are only two, with where vowels stand ("Ayn Issa").

    None where that is too little to go by.
    """
    text = core(folded).replace(" ", "")
    for old, new in _DIGRAPHS:
        text = text.replace(old, new)
    text = _DOUBLE.sub(r"\1", text)
    text = text[:-1] if text.endswith("h") else text
    hard = _SOFT.sub("", text)
    if len(hard) >= _MIN_CONSONANTS:
        return hard
    return _VOWELS.sub("a", text) if len(hard) == _MIN_CONSONANTS - 1 and len(text) > _MIN_CONSONANTS else None
