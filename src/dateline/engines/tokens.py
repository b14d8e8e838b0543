"""Text to words, cut as the English treebanks of Universal Dependencies cut them (EWT and GUM, release 2.16).

One expression finds the words; only the stop behind an abbreviation is decided by what follows it. What the treebanks do
differently in like cases is settled here by the more frequent way.
"""

import re
from functools import cache

from dateline.sentences.words import Abbreviations, abbreviations

Offsets = tuple[int, int]

_CLITIC = r"'(?i:s|m|d|re|ve|ll)(?!\w)"
_NOT = r"(?i:n't)(?!\w)"

# Written as one word, two in the treebanks. Those that are words of their own too ("its", "ill", "were") stay one.
_FUSED = r"""
    (?i: can(?=not(?!\w)) | (?:gon|wan)(?=na(?!\w)) | (?:got|out|lot)(?=ta(?!\w))
    | (?:do|does|did|is|was|are|would|could|should|have|has|had|wo|ca|ai)(?=nt(?!\w))
    | (?:that|he|she|there|what)(?=s(?!\w)) | (?:you|they)(?=(?:re|ve|ll)(?!\w)) )
    | [Ii](?=(?:m|ve)(?!\w))
"""

# Prefixes that keep their hyphen; at every other hyphen the treebanks cut ("al-Qaeda", "F-16", "well-known").
# "UN-led" and "Jaish-e-Mohammed" hold none.
_PREFIX = r"""
    (?<!-)(?!UN-)
    (?: (?i: anti|arch|ante|co|counter|cross|cyber|de|e|ex|extra|inter|intra|macro|mega|micro|mid|mini|multi|neo|non|over
        |post|pre|pro|pseudo|psycho|re|semi|socio|sub|super|tri|ultra|un|uni ) -(?=[^\W\d_])
    | [Mm]id-(?=\d\ds|\d{4}) )
"""

# Units that are cut from their number, and whole words; other letters stay on it ("16th", "1980s", "3D").
_UNIT = r"""
    (?: [kcm]?m[23²³]?|km/h|kph|mph|[kmµ]?g|kgs|lbs?|oz|[cm]?l|ft|sq|[ap]m|[AP]M|[kKMbt]|MM|bn|mn|tn|mln|hrs?|mins?|secs?|yrs?
    |[kKMGT]B|[kKMG]?Hz|[kKMG]?[WV]|[CFpx]|[^\W\d_]{4,} ) (?![^\W_])
"""

_ADDRESS_END = r"[^\s<>\"'.,;:!?()\[\]{}]"
_ENDINGS = r"""
    (?i: (?:com|org|net|gov|edu|mil|int|info|biz|co|ac)(?:\.[a-z]{2})?
    | html?|php|pdf|docx?|xlsx?|pptx?|txt|csv|jpe?g|png|gif|zip|exe|url )
"""
# Every repetition that is tried anew at each word has a limit: a hostile text must not cost the square of its length.
_SITE = rf"""
    (?: (?:[^\W_][\w-]{{0,62}}\.){{1,8}} {_ENDINGS} (?![\w@])
    | [a-z]{{2,63}}(?:\.[a-z][\w-]{{0,62}}){{2,8}} (?![\w@.]) )
"""

_WORD = re.compile(
    rf"""
      {_FUSED}
    | [^\W\d_]++(?=[\s,])                                              # most words
    | (?i:https?://|ftp://|mailto:|www\.)[^\s<>"]*{_ADDRESS_END}
    | [^\W_][\w.+%-]{{0,63}}@[^\W_][\w-]{{0,62}}(?:\.[^\W_][\w-]{{0,62}}){{0,8}}
    | {_SITE} (?: /(?:[^\s<>"]*{_ADDRESS_END})? )?
    | (?: Ph | [^\W\d_] ) (?: \. (?: Sc | [^\W\d_] ) )+ (?![^\W_]) \.?   # U.S., a.m., Ph.D.
    | [^\W\d_]+(?={_NOT}) | {_NOT} | {_CLITIC}
    | (?:US|U|AU?|CA?|NZ|HK|NT|S)\$
    | (?i:w/o(?:ut)?|s/he|l/c|b/t|i/c)(?!\w)
    | [A-Z]{{1,4}}&[A-Z]{{1,3}}(?!\w) | [a-z]&[a-z](?!\w)              # AT&T
    | [^\W\d_]++\*++[^\W\d_]++                                         # a word that may not be printed
    | [^\W\d_]{{1,2}}-(?![^\s,])                                       # a word broken off: "th- the"
    | \d{{1,4}}(?P<between>[-/])\d{{1,2}}(?P=between)\d{{1,4}}(?![\w/-])     # dates, then telephone numbers
    | (?:1-)?\d{{3}}[-/]\d{{3}}-\d{{4}}(?!\d) | \d{{3}}-\d{{2}}(?!00)\d{{2}}(?![\d-]) | \d{{5}}-\d{{4}}(?!\d)
    | (?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?![\w/])             # 9/11, 1/2
    | \d*0's(?!\w) | '\d\ds?(?!\w) | '(?i:em|n|til|cause|bout)(?!\w)
    | (?:\d+(?:[.,:]\d+)*|(?<!\w)\.\d+)(?:(?={_UNIT})|\w*)
    | \+\d+(?:-\d+)*
    | (?:{_PREFIX})?[^\W_][\w\u0300-\u036f]*(?:(?<=[^\W\d_])'(?!(?i:s|m|d|re|ve|ll)(?!\w))[^\W\d_]\w*)*
    | [@\#][^\W\d_]\w+
    | (?:[:;=]-?[()DPO]|\^_\^)(?!\w) | <3(?!\w)
    | [!?]++\.?(?!\.) | \.[!?]+ | [!?]+ | '' | (?P<mark>[-.,=_*+~\#$<>|])(?P=mark)+
    | \S
    """,
    re.VERBOSE,
)
_NEXT_WORD = re.compile(r"[\s\"'()\[\]]*([^\W_]?[^\W_]*)")


def word_spans(view: str, start: int, end: int) -> list[Offsets]:
    """Offsets [start, end) of every word of view[start:end], in order: no blank lies in a word, no other character between.

    `view` is the plain view of a text; the part should be a sentence or paragraph, for its last stop is a word of its own.
    """
    text = view[start:end]  # what stands before the part must not decide
    found: list[Offsets] = []
    begin = stop = 0
    for match in _WORD.finditer(text):
        first, last = match.span()
        if text[first] == "." and first == stop and last == first + 1 and _keeps_stop(text, begin, stop):
            found[-1] = (start + begin, start + last)
        else:
            found.append((start + first, start + last))
            begin = first
        stop = last
    return found


def _keeps_stop(text: str, begin: int, stop: int) -> bool:
    """Whether the stop at `stop` belongs to the word before it: that is an abbreviation or initial and ends no sentence."""
    word = text[begin:stop]
    key = word.lower()
    initial = len(word) == 1 and word.isupper() and word != "I"
    if not initial and key not in _stopped():
        return False
    match = _NEXT_WORD.match(text, stop + 1)
    following = match[1] if match else ""
    if match is None or not (following or text[match.end() : match.end() + 1].strip()):
        return False  # nothing follows but quotes and brackets: the sentence ends
    words = abbreviations()
    if initial:
        return not _opens(following, words)
    if key in words.before_numbers:
        return following[:1].isdigit()
    if key in words.small or (key in words.before_names and word[0].isupper()):
        return True
    if word.islower():
        return not following[:1].isupper()  # "etc. and", but "in the sun. He"
    return key in words.can_end and not _opens(following, words)


def _opens(word: str, words: Abbreviations) -> bool:
    """Whether the word begins a sentence, as its capital and the list say."""
    return word[:1].isupper() and word.lower() in words.starters


@cache
def _stopped() -> frozenset[str]:
    """Words that are written with a stop, where it does not end a sentence."""
    words = abbreviations()
    return words.before_names | words.small | words.before_numbers | words.can_end
