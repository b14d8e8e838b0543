"""What the language engine says of a sentence: its words, how they hang together, and the entities they name."""

from typing import Literal, get_args

from msgspec import Struct

from dateline.model.span import Span

EntityType = Literal[
    "Person",
    "Organisation",
    "Location",
    "Weapon",
    "MilitaryPlatform",
    "Vehicle",
    "Temporal",
    "Quantity",
    "Nationality",
    "Money",
]
"""The types of dstl's re3d; names, descriptions and pronouns alike ("ISIL", "the group", "they" are Organisation)."""

ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)


class Word(Struct, frozen=True):
    """A syntactic word of Universal Dependencies: "don't" is two, "U.S." is one.

    `head` counts the words of its sentence from 0; -1 where the word is the root. `tag` is the universal part of speech,
    `fine` the Penn Treebank's, `relation` the dependency relation with its subtype ("nsubj:pass").
    """

    span: Span
    tag: str
    fine: str
    head: int
    relation: str


class Entity(Struct, frozen=True):
    """Words that name or describe one thing. `probability`: the mean the engine gives to the tags of its words."""

    span: Span
    type: EntityType
    probability: float


class ParsedSentence(Struct, frozen=True):
    """One sentence as the engine reads it; its entities are in order and do not overlap."""

    span: Span
    words: tuple[Word, ...]
    entities: tuple[Entity, ...]

    @property
    def root(self) -> int:
        """The number of the word that all others hang from."""
        return next(i for i, word in enumerate(self.words) if word.head < 0)


Shares = dict[str, float]
"""The engine's probability of each label of a list; labels with next to none are left out."""


class LinkedWord(Struct, frozen=True):
    """A word, and the engine's probability that it belongs to a claim: to evidence, parties, places, time, figures."""

    span: Span
    evidence: float
    initiator: float
    target: float
    place: float
    time: float
    figure: float


class Trigger(Struct, frozen=True, kw_only=True):
    """A word that a claim may hang on, what the claim would be, and the words that would belong to it.

    `kind` has the codebook's kinds and "none"; the other traits are what they would be if there is a claim.
    """

    span: Span
    kind: Shares
    event_type: Shares
    certainty: Shares
    background: Shares
    stance: Shares
    scope: Shares
    linked: tuple[LinkedWord, ...]

    @property
    def probability(self) -> float:
        """That a claim hangs on the word."""
        return 1 - self.kind.get("none", 0.0)


class CountedWord(Struct, frozen=True):
    """A number's first word: what its figure would say was done ("none": it is no figure), and to what."""

    span: Span
    measure: Shares
    object: Shares


class Parse(Struct, frozen=True):
    """A text as the language engine reads it: its sentences, the words that claims may hang on, the numbers that may count."""

    sentences: tuple[ParsedSentence, ...]
    triggers: tuple[Trigger, ...] = ()
    counted: tuple[CountedWord, ...] = ()
