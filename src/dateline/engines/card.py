"""What a model is: the machine-readable part of its card."""

from typing import Final, NamedTuple

from msgspec import Struct

LINKS: Final = ("evidence", "initiator", "target", "place", "time", "figure")
"""What a word can be to a claim; one word can be several things."""


class ClaimLabels(NamedTuple):
    """The names of the numbers that the heads of claims give: the codebook's lists as they were when the heads were trained."""

    kind: tuple[str, ...]
    event_type: tuple[str, ...]
    certainty: tuple[str, ...]
    background: tuple[str, ...]
    stance: tuple[str, ...]
    scope: tuple[str, ...]
    measure: tuple[str, ...]
    object: tuple[str, ...]


class Labels(NamedTuple):
    """The names of the numbers that the network gives: of tags, relations and marks of entities."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    relations: tuple[str, ...]
    named: tuple[str, ...]
    entities: tuple[str, ...]
    claims: ClaimLabels


class Corpus(Struct, frozen=True):
    """A file that the weights were trained on."""

    name: str
    licence: str
    sha256: str
    origin: str = ""


class Card(Struct, frozen=True, kw_only=True):
    """What a model is: the machine-readable part of its card."""

    name: str
    version: str
    build: str
    language: str
    encoder: str
    encoder_sha256: str
    file: str
    bytes: int
    sha256: str
    vocabulary: str
    vocabulary_sha256: str
    labels: Labels
    corpora: tuple[Corpus, ...]
    scores: dict[str, float]
