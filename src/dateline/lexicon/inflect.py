"""The forms of an English verb, from its base and the irregular forms that the lexicon gives."""

import re
from typing import NamedTuple

_DOUBLING = re.compile(r"(?:^|[^aeiou])[aeiou][bdgmnprt]$")


class Forms(NamedTuple):
    """Base, third person, past, participle and -ing form."""

    base: str
    third: str
    past: str
    participle: str
    ing: str


def verb_forms(base: str, past: str | None = None, participle: str | None = None) -> Forms:
    """The forms of `base`; only its first word is inflected ("carry out" -> "carried out")."""
    head, _, rest = base.partition(" ")
    tail = f" {rest}" if rest else ""
    stem = head
    if head.endswith("e"):
        ing, regular = head[:-1] + "ing", head + "d"
        ing = head + "ing" if head.endswith(("ee", "oe", "ye")) else ing
    elif re.search(r"[^aeiou]y$", head):
        ing, regular = head + "ing", head[:-1] + "ied"
    else:
        stem = head + head[-1] if _doubles(head) else head
        ing, regular = stem + "ing", stem + "ed"
    third = head[:-1] + "ies" if re.search(r"[^aeiou]y$", head) else head + "s"
    if re.search(r"(s|x|z|ch|sh|o)$", head):
        third = head + "es"
    past = past or regular
    return Forms(base, third + tail, past + tail, (participle or past) + tail, ing + tail)


def _doubles(head: str) -> bool:
    """One short stressed vowel before the last consonant: "stop", not "open"."""
    vowels = len(re.findall(r"[aeiou]+", head))
    return bool(_DOUBLING.search(head)) and vowels == 1


def plural(noun: str) -> str:
    """The plural of a noun phrase by rule; its last word is inflected ("car bomb" -> "car bombs")."""
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + ("es" if re.search(r"(s|x|z|ch|sh)$", noun) else "s")
