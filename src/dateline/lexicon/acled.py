"""ACLED's types and codes, and how Dateline's become them (`acled.yaml` explains each table)."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from msgspec import Struct

from dateline.errors import LexiconError
from dateline.lexicon.load import load
from dateline.model.actor import ActorKind


class SubEvent(Struct, frozen=True, forbid_unknown_fields=True):
    """What ACLED puts a sub-event type under."""

    event: str
    disorder: str


class Acled(Struct, frozen=True, forbid_unknown_fields=True):
    """acled.yaml; each table is explained there."""

    sub_events: dict[str, SubEvent]
    instead: dict[str, str]
    by_doer: dict[str, dict[ActorKind, str]]
    by_word: dict[str, dict[str, str]]
    peaceful: frozenset[str]
    civilians: frozenset[str]
    inter: dict[int, str]
    kinds: dict[ActorKind, int]
    foreign: int
    demonstrators: dict[str, int]
    parties: dict[str, int]
    vague: dict[str, int]


@cache
def acled() -> Acled:
    """Raises LexiconError where a table names a sub-event type or a code that is not in ACLED's lists."""
    read = load("acled.yaml", Acled)
    tables: list[Mapping[Any, str]] = [read.instead, *read.by_doer.values(), *read.by_word.values()]
    named = {name for table in tables for name in table.values()}
    codes = {*read.kinds.values(), *read.demonstrators.values(), *read.parties.values(), read.foreign}
    if unknown := [*sorted(named - read.sub_events.keys()), *sorted(codes - read.inter.keys())]:
        raise LexiconError(f"lexicon file acled.yaml: {unknown[0]!r} is not in ACLED's lists")
    return read
