"""Phrases that a user wrote down, as patterns for the plain view of a report's text in lower case."""

import re
from collections.abc import Iterable
from functools import lru_cache

from dateline.lexicon.acts import forms
from dateline.lexicon.inflect import plural
from dateline.model import plain_view

GAP = "..."
"""Stands for up to six words of one sentence: "set ... on fire"."""

_GAP = r"(?: +[^ .;!?]+){0,6}? +"
_BETWEEN = "[ -]+"  # "car bomb" is "car-bomb" too, and a line may end between the words


@lru_cache(maxsize=1024)
def phrase_pattern(verbs: tuple[str, ...], words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the phrases as whole words: verbs in all their forms, nouns in singular and plural."""
    said = {form for verb in map(tidy, verbs) for form in forms(verb)}
    said |= {form for noun in map(tidy, words) for form in (noun, plural(noun))}
    longest = sorted(said, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_expression, longest))})(?!\w)")


def tidy(phrase: str) -> str:
    """A phrase as it is looked for: lower case, simple quotation marks and dashes, single blanks."""
    return " ".join(plain_view(phrase.replace("…", GAP).replace(GAP, f" {GAP} ")).lower().split())


def is_phrase(phrase: str) -> bool:
    """Whether there is something to look for: words or numbers, and none of it left open at either end."""
    pieces = tidy(phrase).split(GAP)
    return all(re.search(r"\w", piece) for piece in pieces)


def _expression(phrase: str) -> str:
    return _GAP.join(_words(piece.replace("-", " ").split()) for piece in phrase.split(GAP))


def _words(words: Iterable[str]) -> str:
    return _BETWEEN.join(map(re.escape, words))
