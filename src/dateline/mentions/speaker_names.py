"""Names of persons and bodies as a report gives them: in full, by initials, by surname."""

import re
from collections.abc import Sequence

from dateline.lexicon.speakers import role_types, speaker_words
from dateline.mentions.subjects import Syntax
from dateline.model import (
    Span,
    plain_view,
)  # fmt: skip

_PART = r"(?:[A-Z][\w'-]*|of|for|the|and|on|in)"
_SPELLED_OUT = re.compile(rf"(?P<full>{_PART}(?: {_PART})*) \((?P<short>[A-Z]{{2,7}})\)")


def spelled_out(text: str) -> dict[str, str]:
    """Acronym -> the name that the report spells out before it: "Delta Peace Group (DPG)"."""
    names: dict[str, str] = {}
    for found in _SPELLED_OUT.finditer(plain_view(text)):
        words = found["full"].split()
        for first in reversed(range(len(words))):
            if initials(words[first:]) == found["short"]:
                names[found["short"]] = " ".join(words[first:])
                break
    return names


def persons_named(text: str, syntax: Syntax) -> dict[str, str]:
    """Surname -> the first full name of a person in the text, ranks and roles left out."""
    names: dict[str, str] = {}
    small = speaker_words().ranks | role_types().keys()
    for entity in syntax.entities(Span(0, len(text)), "Person"):
        words = entity.span.of(plain_view(text)).split()
        titles = [i for i, w in enumerate(words[:-1]) if w.lower().strip(".,") in small or not (w[0].isupper() or i)]
        words = words[titles[-1] + 1 :] if titles else words
        if len(words) > 1 and all(w[0].isupper() and w.replace("-", "").isalpha() for w in (words[0], words[-1])):
            names.setdefault(surname(words[-1]), " ".join(words))
    return names


def initials(words: Sequence[str]) -> str:
    return "".join(part[0] for word in words for part in word.split("-") if part[:1].isupper())


def words_at(text: str, span: Span | None) -> str | None:
    return span.of(text) if span else None


def same_person(one: str | None, other: str) -> bool:
    """Of two names with one surname: do they go together ("Omar Ba" and "Ba", no "Ali Ba")?"""
    return one is not None and (" " not in other or " " not in one or one.split()[0].lower() == other.split()[0].lower())


def surname(name: str) -> str:
    last = name.split()[-1].lower() if name else ""
    return re.sub(r"^(al|el|ul|ad|as|ash|an|ar)-", "", last).replace("-", "")
