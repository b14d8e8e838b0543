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
