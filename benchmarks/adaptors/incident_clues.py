"""What a reading says of a noun phrase: where it hangs in the tree, and what acts, parties and claims its words belong to.

A clue is a short string: "undergoes harm" is the object of an act that the mapping counts as harm, "of harm" the man of "the
murder of the man".  `points` in mappings/muc.yaml says what a clue is worth in each role.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from msgspec import Struct

from adaptors.incident_phrases import Line, Phrase, covers
from dateline.model import ActMention, ActorMention, Claim, Reading, SpeakerMention, Trigger, Word

_HOPS = 4  # words of a list or an apposition that are walked up
_LIKELY = 0.5  # from here the engine holds that a word is violence, or belongs to a claim
_EARLY = 3  # sentences
_PASSED = frozenset({"conj", "appos", "flat", "nmod:desc"})
_SLOTS = {"nsubj": "does", "nsubj:pass": "undergoes", "obj": "undergoes", "obl:agent": "by", "nmod:poss": "of"}


class Deeds(Struct, frozen=True):
    """What acts of the lexicon, and words beside them, do to persons and things there."""

    acts: Mapping[str, frozenset[str]]
    words: Mapping[str, frozenset[str]]

    def of_act(self, act: str) -> str | None:
        """The kind of deed that an act of the lexicon is."""
        return next((deed for deed, acts in self.acts.items() if act in acts), None)

    def of_word(self, word: str) -> str | None:
        """The kind of deed that a word says."""
        return next((deed for deed, words in self.words.items() if word in words), None)


class Scene:
    """A reading's deeds, parties and claims, found by word."""

    def __init__(self, reading: Reading, violent: AbstractSet[str], deeds: Deeds) -> None:
        self.words = deeds
        self.deeds = [(m.span, deed) for m in reading.mentions if isinstance(m, ActMention) and (deed := deeds.of_act(m.act))]
        self.actors = [m for m in reading.mentions if isinstance(m, ActorMention)]
        self.speakers = [m.span for m in reading.mentions if isinstance(m, SpeakerMention)]
        self.claims = [c for c in reading.claims if c.event_type in violent and c.certainty != "denied"]
        triggers = reading.parse.triggers if reading.parse is not None else ()
        self.violence = {t.span.start for t in triggers if _violence(t, violent) >= _LIKELY}
        self.linked: dict[int, set[str]] = defaultdict(set)
        for word in (w for t in triggers if t.span.start in self.violence for w in t.linked):
            self.linked[word.span.start].update(role for role in ("initiator", "target") if getattr(word, role) >= _LIKELY)

    def deed(self, line: Line, i: int) -> str:
        """The deed that a word says by the lexicon or the mapping; "violence" by the engine alone; "-" for any other word."""
        word = line.words[i]
        known = next((deed for span, deed in self.deeds if covers(span, word)), None)
        known = known or self.words.of_word(line.strings[i].lower())
        return known or ("violence" if word.span.start in self.violence else "-")


def _violence(trigger: Trigger, violent: AbstractSet[str]) -> float:
    return trigger.probability * sum(share for kind, share in trigger.event_type.items() if kind in violent)


def early_end(reading: Reading) -> int:
    """Where the first sentences end, which tell the news."""
    sentences = reading.parse.sentences if reading.parse is not None else ()
    return sentences[_EARLY - 1].span.end if len(sentences) >= _EARLY else len(reading.report.text)


def clues(phrase: Phrase, scene: Scene) -> frozenset[str]:
    """All that is said of a phrase where it stands."""
    line = phrase.line
    found = set(_places(line, phrase.head, scene)) | set(_said(phrase.word, scene)) | set(_determined(line, phrase.head))
    found |= {f"beside {scene.deed(line, i)}" for i in range(len(line.words))} - {"beside -"}
    if line.number < _EARLY:
        found.add("early")
    if phrase.entity is not None:
        found.add(f"entity {phrase.entity.type}")
    return frozenset(found)


def _determined(line: Line, head: int) -> Iterator[str]:
    for child in line.children[head]:
        if line.words[child].relation == "det":
            yield f"with {line.strings[child].lower()}"
        if line.words[child].relation == "nummod":
            yield "with number"


def _said(word: Word, scene: Scene) -> Iterator[str]:
    """What the engine, the lexicon of parties and the claims say of a word."""
    yield from (f"likely {role}" for role in scene.linked.get(word.span.start, ()))
    yield from (f"party {m.kind} by {m.by}" for m in scene.actors if covers(m.span, word))
    if any(covers(span, word) for span in scene.speakers):
        yield "speaks"
    for claim in scene.claims:
        yield from _in_claim(claim, word)


def _in_claim(claim: Claim, word: Word) -> Iterator[str]:
    told = "background" if claim.background and claim.kind == "incident" else claim.kind
    if any(covers(a.span, word) for a in claim.initiator):
        yield f"initiator of {told}"
    if any(covers(a.span, word) for a in claim.target):
        yield f"target of {told}"
    if any(covers(span, word) for span in claim.evidence):
        yield f"in {told}"
    yield from (f"figure {f.measure}" for f in claim.figures if covers(f.span, word))


def _places(line: Line, head: int, scene: Scene) -> Iterator[str]:
    """Where a phrase hangs ("undergoes harm", "by attack", "against attack") and what clause hangs on it ("who harm")."""
    slot, governor = _slot(line, head)
    if governor >= 0:
        deed = scene.deed(line, governor)
        yield f"{slot} {deed}"
        if deed in {"-", "doing"}:  # "carried out an attack": the deed stands beside or above
            yield from _near(line, governor, f"{slot} {deed}", slot, scene)
    for child in line.children[head]:
        deed = scene.deed(line, child)
        if line.words[child].relation.startswith("acl") and deed != "-":
            yield f"{'whom' if line.words[child].fine == 'VBN' else 'who'} {deed}"


def _near(line: Line, governor: int, place: str, slot: str, scene: Scene) -> Iterator[str]:
    outer, above = _slot(line, governor)
    near = {scene.deed(line, child) for child in line.children[governor]}
    if above >= 0 and (farther := scene.deed(line, above)) != "-":
        near.add(farther)
        yield f"{slot} of {outer} {farther}"
    yield from (f"{place} near {other}" for other in near - {"-"})


def _slot(line: Line, i: int) -> tuple[str, int]:
    """How a word hangs from the word that governs it, lists and appositions walked up; -1 where it hangs from none."""
    for _ in range(_HOPS):
        if line.words[i].relation not in _PASSED:
            break
        i = line.words[i].head
    word = line.words[i]
    if word.head < 0:
        return "root", -1
    return _SLOTS.get(word.relation) or line.case(i) or word.relation.partition(":")[0], word.head
