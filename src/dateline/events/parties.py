"""Whether two names can mean one party."""

from functools import cache, lru_cache

from dateline.lexicon.actors import actors
from dateline.model import ActorRef
from dateline.model.actor import ActorKind

_STATE: frozenset[ActorKind] = frozenset({"state_force", "police", "government"})
_ALLIED: frozenset[ActorKind] = _STATE | {"coalition", "international"}
_VAGUE: frozenset[ActorKind] = frozenset({"civilians", "people", "unknown"})


def can_be_one_party(a: ActorRef, b: ActorRef) -> bool:
    """Whether two refs can mean one party, or one party and a part of it: the army and the police of one country, a coalition
    and a member's forces, a group and its branch, "gunmen" and any group."""
    if a.name == b.name or "name" not in (a.by, b.by) or a.by != b.by or {a.kind, b.kind} & _VAGUE:
        return True
    if {a.kind, b.kind} <= _STATE:
        one, other = country_of(a.name), country_of(b.name)
        return one is None or other is None or one == other
    if {a.kind, b.kind} <= _ALLIED:
        return True
    mine, theirs = set(a.name.lower().split()), set(b.name.lower().split())
    return a.kind == b.kind and (mine <= theirs or theirs <= mine)


@lru_cache(maxsize=4096)
def country_of(name: str) -> str | None:
    """The country whose adjective or name a party's name begins with: "Malian army" is of ML."""
    words = name.lower().split()
    return next((code for n in (3, 2, 1) if (code := _countries().get(" ".join(words[:n])))), None)


@cache
def _countries() -> dict[str, str]:
    return {
        word.lower(): country.code
        for country in actors().countries
        for word in (country.name, country.adjective, *country.adjectives)
    }
