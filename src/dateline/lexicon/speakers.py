"""The lexicon of speakers (`en/speakers.yaml`): verbs of saying, roles, ranks, outlets."""

from functools import cache

from msgspec import Struct

from dateline.lexicon.load import load
from dateline.model import SourceType


class SpeakerWords(Struct, frozen=True, kw_only=True):
    """See the comments in `en/speakers.yaml`."""

    say_verbs: tuple[str, ...]
    weak_say_verbs: tuple[str, ...]
    according_to: tuple[str, ...]
    to_outlet: tuple[str, ...]
    pronouns: frozenset[str]
    offices: tuple[str, ...]
    ranks: frozenset[str]
    roles: dict[SourceType, tuple[str, ...]]
    organisation_words: frozenset[str]
    outlet_words: frozenset[str]
    outlets: tuple[str, ...]
    publisher_types: dict[SourceType, tuple[str, ...]]


@cache
def speaker_words() -> SpeakerWords:
    return load("en/speakers.yaml", SpeakerWords)


@cache
def role_types() -> dict[str, SourceType]:
    """Role word or phrase -> type of source; the first class that lists a word wins."""
    types: dict[str, SourceType] = {}
    for kind, words in speaker_words().roles.items():
        for word in words:
            types.setdefault(word, kind)
    return types


def publisher_type(publisher: str | None) -> SourceType:
    """The type of the body that issues a report: media unless its name says otherwise."""
    name = f" {(publisher or '').lower()} "
    for kind, words in speaker_words().publisher_types.items():
        if any(f" {word} " in name for word in words):
            return kind
    return "media"
