"""The lexicon of speakers (`en/speakers.yaml`): verbs of saying, roles, ranks, outlets."""

import re
from functools import cache

from msgspec import Struct

from dateline.lexicon.load import load
from dateline.model import SourceType


class SpeakerWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """See the comments in `en/speakers.yaml`."""

    say_verbs: tuple[str, ...]
    weak_say_verbs: frozenset[str]
    noun_say_verbs: frozenset[str]
    needs_behind: dict[str, frozenset[str]]
    needs_as_noun: dict[str, frozenset[str]]
    ministers: tuple[str, ...]
    cabinet: tuple[str, ...]
    press_offices: tuple[str, ...]
    coalition_offices: frozenset[str]
    seeing_verbs: frozenset[str]
    according_to: tuple[str, ...]
    view_nouns: frozenset[str]
    record_nouns: frozenset[str]
    to_outlet: tuple[str, ...]
    state_bodies: dict[str, str]
    country_bodies: tuple[str, ...]
    pronouns: frozenset[str]
    offices: tuple[str, ...]
    ranks: frozenset[str]
    roles: dict[SourceType, tuple[str, ...]]
    unnamed: tuple[str, ...]
    analyst_verbs: tuple[str, ...]
    explained: dict[SourceType, tuple[str, ...]]
    small_bodies: tuple[str, ...]
    former: frozenset[str]
    interview_words: tuple[str, ...]
    asking_labels: frozenset[str]
    signing_words: frozenset[str]
    relief_words: tuple[str, ...]
    announced_forms: tuple[str, ...]
    own_bodies: tuple[str, ...]
    rebel_bodies: tuple[str, ...]
    own_judgements: tuple[str, ...]
    police_titles: frozenset[str]
    statement_words: tuple[str, ...]
    opening_words: tuple[str, ...]
    humanitarian_forms: tuple[str, ...]
    references: frozenset[str]
    organisation_words: frozenset[str]
    outlet_words: frozenset[str]
    outlets: tuple[str, ...]
    body_types: dict[SourceType, tuple[str, ...]]


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


@cache
def _bodies() -> tuple[tuple[SourceType, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?!\w)"))
        for kind, words in speaker_words().body_types.items()
    )


def body_type(name: str | None) -> SourceType | None:
    """The type of a body by the words of its name, a phrase before the words in it ("military administration" is no military);
    None where none of them tells."""
    plain = " ".join((name or "").replace("\u2019", "'").lower().split())
    found = [(kind, m.span()) for kind, words in _bodies() for m in words.finditer(plain)]
    within = {(kind, (a, b)) for kind, (a, b) in found for _, (c, d) in found if c <= a and b <= d and (a, b) != (c, d)}
    return next((kind for kind, span in found if (kind, span) not in within), None)


def body_words(name: str | None) -> frozenset[str]:
    """The words of a name that tell what kind of body it is."""
    plain = " ".join((name or "").replace("\u2019", "'").lower().split())
    return frozenset(found.group() for _, words in _bodies() for found in words.finditer(plain))
