"""The noun phrases of a reading with the strings that each may be called by: what may fill a role of an incident."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from dateline.model import Entity, ParsedSentence, Reading, Span, Word

_MODIFIERS = frozenset({"amod", "compound", "nummod", "nmod:desc", "nmod:unmarked", "flat"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_NO_START = frozenset({"DET", "PUNCT", "ADP", "SCONJ", "CCONJ", "PRON"})
_INNER = frozenset({"flat", "fixed", "nmod:desc"})  # words that are no phrase of their own


class Hedges(Struct, frozen=True):
    """Words that a filler goes without ("alleged", "several"), an organisation's name too ("clandestine"), and a person's
    ("general")."""

    words: frozenset[str]
    styles: frozenset[str]
    titles: frozenset[str]


class Phrase(Struct, frozen=True):
    """A noun phrase by its head word. `strings`: by form, see `Line.phrase`."""

    line: "Line"
    head: int
    strings: Mapping[str, str]

    @property
    def word(self) -> Word:
        """The head word."""
        return self.line.sentence.words[self.head]

    @property
    def entity(self) -> Entity | None:
        """The entity that the head word stands in."""
        return self.line.entities.get(self.head)


class Line:
    """A sentence with its tree made easy to walk."""

    def __init__(self, number: int, sentence: ParsedSentence, text: str) -> None:
        self.number, self.sentence, self.text = number, sentence, text
        self.words = sentence.words
        self.strings = [w.span.of(text).upper() for w in self.words]
        self.children: dict[int, list[int]] = defaultdict(list)
        for i, word in enumerate(self.words):
            self.children[word.head].append(i)

    @cached_property
    def entities(self) -> dict[int, Entity]:
        """The entity of each word that stands in one."""
        return {i: e for e in self.sentence.entities for i, w in enumerate(self.words) if e.span.contains(w.span)}

    def case(self, i: int) -> str:
        """The preposition of a word, in lower case; empty where it has none."""
        return next((self.strings[k].lower() for k in self.children[i] if self.words[k].relation == "case"), "")

    def phrases(self, hedges: Hedges) -> list[Phrase]:
        """The noun phrases, in the order of their head words."""
        heads = (i for i, w in enumerate(self.words) if self._heads(i, w) and w.relation not in _INNER)
        return [Phrase(self, i, strings) for i in heads if (strings := self._strings(i, hedges))]

    def _heads(self, i: int, word: Word) -> bool:
        entity = self.entities.get(i)
        return word.tag in _NOUNS or (entity is not None and entity.type == "Weapon" and word.tag in {"ADJ", "VERB"})

    def _strings(self, head: int, hedges: Hedges) -> dict[str, str]:
        """By form: "plain" (no number and no hedge), "counted", "common" (without names: the guerrillas of "FMLN guerrillas"),
        "head" alone, "of" (with its of-phrase), "owned" (with the owner before it)."""
        last = self._last(head)
        before = self._before(head)
        tail = list(range(head, last + 1))
        bare = self._run(before, tail, lambda i: self.words[i].tag == "NUM" or self.strings[i] in hedges.words)
        forms = {"plain": bare}
        if len(before) + len(tail) > len(bare):
            counted = self._run(before, tail, lambda i: self.strings[i] in hedges.words and self.words[i].tag != "NUM")
            forms |= {"counted": counted} if len(counted) > len(bare) else {}
        common = self._run(before, tail, lambda i: self.words[i].tag in {"PROPN", "NUM"} or self.strings[i] in hedges.words)
        forms |= {"common": common} if len(common) < len(bare) else {}
        forms |= {"head": tail} if len(tail) < len(common) else {}
        rest = self._of(head, last)
        if rest:
            forms |= {"of": bare + rest} | ({"counted of": forms["counted"] + rest} if "counted" in forms else {})
        owner = self._owner(bare[0], head)
        forms |= {"owned": owner + bare} if owner else {}
        return {form: self._string(words) for form, words in forms.items()}

    def names(self, titles: Callable[[str], bool]) -> list[Phrase]:
        """The names of persons: the last words of an entity, and of each member of a list in it, that no title ends."""
        found = []
        for entity in (e for e in self.sentence.entities if e.type == "Person"):
            run: list[int] = []
            inside = [i for i, word in enumerate(self.words) if entity.span.contains(word.span)]
            for i in [*inside, -1]:
                named = i >= 0 and self.words[i].tag == "PROPN" and not titles(self.strings[i].strip("."))
                if named and self.words[i].relation != "nmod:desc":
                    run.append(i)
                elif run and (i < 0 or self.words[i].tag in {"CCONJ", "PUNCT", "ADP"}):
                    found.append(Phrase(self, self._top(run), {"name": self._string(run)}))
                    run = []
                else:
                    run = []
        return found

    def _top(self, words: Sequence[int]) -> int:
        """The word that the others hang from: the first whose head is outside and not the name's own."""
        return next((i for i in words if self.words[i].head not in words and self.words[i].relation != "flat"), words[0])

    def _owner(self, first: int, head: int) -> list[int]:
        """The words of an owner right before a phrase: "the mayor's"."""
        top = next(
            (k for k in self.children[head] if self.words[k].relation == "nmod:poss" and self.words[k].tag in _NOUNS), None
        )
        if top is None or top > first:
            return []
        return list(range(self._before(top)[0] if self._before(top) else top, first))

    def _last(self, head: int) -> int:
        """The last word of a name that goes on to the right of its head."""
        last = head
        while last + 1 < len(self.words) and self.words[last + 1].relation == "flat" and self.words[last + 1].head >= head:
            last += 1
        return last

    def _before(self, head: int) -> list[int]:
        """The modifiers right before a head, without articles; brackets and commas end them."""
        found: list[int] = []
        for i in range(head - 1, -1, -1):
            top = i
            while self.words[top].head not in {head, -1}:
                top = self.words[top].head
            word = self.words[top]
            if word.head != head or top > head or word.relation not in _MODIFIERS or self.strings[i] in {"(", ")", "[", "]", ","}:
                break
            found.insert(0, i)
        while found and self.words[found[0]].tag in _NO_START:
            found = found[2:] if self.words[found[0]].tag == "PUNCT" else found[1:]  # "-man" of "four-man" goes as a whole
        return found

    @staticmethod
    def _run(before: Sequence[int], tail: Sequence[int], stops: Callable[[int], bool]) -> list[int]:
        """The words before the head back to the first at which it stops, and the head."""
        found = list(tail)
        for i in reversed(before):
            if stops(i):
                break
            found.insert(0, i)
        return found

    def _of(self, head: int, last: int) -> list[int]:
        """The words of the of-phrase right after a phrase, up to a comma or a clause."""
        of = next(
            (k for k in self.children[head] if k > last and self.words[k].relation == "nmod" and self.case(k) == "of"), None
        )
        if of is None or self.strings[last + 1 : last + 2] != ["OF"]:
            return []
        return list(range(last + 1, self._last(of) + 1))

    def _string(self, words: Sequence[int]) -> str:
        return " ".join(self.text[self.words[words[0]].span.start : self.words[words[-1]].span.end].split())


def lines_of(reading: Reading) -> list[Line]:
    """The sentences of a reading; none where the language engine has not read it."""
    sentences = reading.parse.sentences if reading.parse is not None else ()
    return [Line(n, s, reading.report.text) for n, s in enumerate(sentences)]


def covers(span: Span, word: Word) -> bool:
    """Whether a word begins in a span."""
    return span.start <= word.span.start < span.end
