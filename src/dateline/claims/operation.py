"""Named operations and their phases."""

import re

from dateline.model import Operation, Span, plain_view

_NAME_WORD = r"(?:[A-Z][\w'-]*|al-[A-Z]\w*)"
_NAME = rf"{_NAME_WORD}(?: (?:{_NAME_WORD}|of\b|the\b|al\b(?!-)))*"
_KINDS = r"(?:operation|campaign|offensive)"
_NAMED = (
    re.compile(rf"\b[Oo]peration:? \"*(?P<name>{_NAME})"),
    re.compile(
        rf"(?P<name>(?!The\b|Iraqi\b|Security\b|Military\b){_NAME_WORD}(?: (?:of|the|al|{_NAME_WORD}))+) (?:military )?{_KINDS}\b"
    ),
    re.compile(rf"{_KINDS}s?,? (?:called|named|dubbed|codenamed|code-named|known as) \"*(?P<name>{_NAME})"),
)
_PHASE = re.compile(
    r"\b(?:the )?(?P<n>first|second|third|fourth|fifth|sixth|seventh|eighth|1st|2nd|3rd|4th|5th) (?:phase|stage|round)\b"
    r"|\bphase (?P<d>\d+|one|two|three|four|five|six)\b",
    re.IGNORECASE,
)
_ORDINALS = ("first 1st one 1", "second 2nd two 2", "third 3rd three 3", "fourth 4th four 4", "fifth 5th five 5",
             "sixth six 6", "seventh 7", "eighth 8")  # fmt: skip
_NUMBERS = {word: number for number, words in enumerate(_ORDINALS, 1) for word in words.split()}
_NO_NAMES = frozenset("Iraqi Syrian Joint Military Security US Army Police Command Commands Coalition".split())


def find_operation(text: str, span: Span) -> Operation | None:
    """The operation that text[span] names, with its phase."""
    view = plain_view(text)
    for pattern in _NAMED:
        found = pattern.search(view, span.start, span.end)
        if found and _is_name(found["name"]):
            name = Span(found.start("name"), found.end("name"))
            return Operation(" ".join(name.of(text).split()), find_phase(text, span), name)
    return None


def _is_name(words: str) -> bool:
    """Two capitalised words, or one that no sentence begins with: "Farsan al-Haq", not "During the"."""
    parts = words.split()
    capitals = [w for w in parts if w[:1].isupper() or w.startswith("al-")]
    return not set(parts) & _NO_NAMES and (len(capitals) > 1 or (len(parts) == 1 and len(words) > 3))


def find_phase(text: str, span: Span) -> int | None:
    found = _PHASE.search(plain_view(text), span.start, span.end)
    return _NUMBERS.get((found["n"] or found["d"]).lower()) if found else None
