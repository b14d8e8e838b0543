"""What a model is: the machine-readable part of its card."""

from typing import NamedTuple

from msgspec import Struct


class Labels(NamedTuple):
    """The names of the numbers that the network gives: of tags, relations and marks of entities."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    relations: tuple[str, ...]
    named: tuple[str, ...]
    entities: tuple[str, ...]


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
