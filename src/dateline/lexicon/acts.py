"""The lexicon of acts (`en/acts.yaml`): which words say that what happened."""

from functools import cache

from msgspec import Struct

from dateline.lexicon.inflect import Forms, verb_forms
from dateline.lexicon.load import load


class Act(Struct, frozen=True, kw_only=True):
    """One act; see the head of `en/acts.yaml` for the fields."""

    id: str
    type: str
    group: str
    civilians: str | None = None
    measure: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    weak: bool = False
    intransitive: bool = False
    means: bool = False
    only_of: tuple[str, ...] = ()
    bloodless: str | None = None
    persons: str | None = None
    subject: str | None = None


class Acts(Struct, frozen=True):
    """All acts, the verbs that turn an act's noun into an act ("launch an operation"), and those of a weapon's impact."""

    light_verbs: tuple[str, ...]
    impact_verbs: tuple[str, ...]
    not_before: frozenset[str]
    many: tuple[str, ...]
    going_back: tuple[str, ...]
    acts: tuple[Act, ...]


@cache
def acts() -> Acts:
    return load("en/acts.yaml", Acts)


@cache
def act_by_id() -> dict[str, Act]:
    return {act.id: act for act in acts().acts}


@cache
def irregular() -> dict[str, tuple[str, ...]]:
    return load("en/irregular.yaml", dict[str, tuple[str, ...]])


def forms(base: str) -> Forms:
    """The forms of a verb phrase of the lexicon; its first word is inflected."""
    head, _, rest = base.partition(" ")
    known = irregular().get(head)
    made = verb_forms(base, *(known[:2] if known else ()))
    if known and len(known) > 2:
        made = made._replace(ing=known[2] + (f" {rest}" if rest else ""))
    return made
