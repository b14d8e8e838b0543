"""Characters that hide or reorder words on a screen: a right-to-left override makes "evil" read "live"."""

import re
import unicodedata
from collections.abc import Iterable

# Joiners shape words of Arabic, Persian and Indic scripts and join emoji: there they are spelling, not a trick.
_JOINERS = "\u200c\u200d"
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_LINE_CHARACTERS = "\n\t"
_LAST_LATIN = "\u024f"
# C0 and C1 controls have no Unicode name; these two are met in reports.
_CONTROL_NAMES = {"\0": "NULL", "\r": "CARRIAGE RETURN"}


def is_hidden(text: str, at: int) -> bool:
    """Whether the character at `at` would not show, or would change how others show."""
    character = text[at]
    if " " <= character <= "~" or character in _LINE_CHARACTERS or unicodedata.category(character) not in _HIDDEN_CATEGORIES:
        return False
    if character == "\r":
        return text[at + 1 : at + 2] != "\n"
    if character in _JOINERS:
        around = text[max(at - 1, 0) : at], text[at + 1 : at + 2]
        return not all(c > _LAST_LATIN for c in around)
    return True


def hidden_places(text: str) -> list[int]:
    """Where hidden characters stand, in order.  Quick: only the characters that might be are looked at one by one."""
    suspects = "".join(sorted(c for c in set(text).difference(_LINE_CHARACTERS) if unicodedata.category(c) in _HIDDEN_CATEGORIES))
    if not suspects:
        return []
    return [found.start() for found in re.finditer(f"[{re.escape(suspects)}]", text) if is_hidden(text, found.start())]


def code(character: str) -> str:
    """U+202E and the like."""
    return f"U+{ord(character):04X}"


def name(character: str) -> str:
    return unicodedata.name(character, _CONTROL_NAMES.get(character, "CONTROL CHARACTER"))


def hidden_names(texts: Iterable[str]) -> dict[str, str]:
    """The code and the name of every hidden character of `texts`, in the order of codes."""
    found = {text[at] for text in texts for at in hidden_places(text)}
    return {code(character): name(character) for character in sorted(found)}
