"""Whom an act of force is aimed at where its own words only allude: the one enemy that the report names for who acts.

"Security forces destroyed 11 hideouts" tells of an enemy's hideouts, "the air strikes" of somebody's: where the report sets one
enemy against the side that the claim names, and the claim has such words, that enemy is meant (`en/parties.yaml`).
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from dateline.lexicon.actors import party_words
from dateline.model import ActorRef, Claim, plain_view

_PLAIN = 0.7
"""Share of the claims of one side that name the same enemy, from which on he is meant where nobody is named."""
_OFTEN = 3  # claims that name the same two parties, from which on a claim that names none is theirs
_NO_ENEMIES = frozenset({"civilians", "people", "unknown"})

Pairs = Counter[tuple[str, str]]


def with_opponents(claims: Sequence[Claim], text: str) -> list[Claim]:
    """The claims, each with the side that its words allude to and only other claims of the report name."""
    fighting = [c for c in claims if c.event_type in party_words().acts_of_force]
    pairs = Counter(
        (i.name, t.name) for c in fighting for i in c.initiator for t in c.target if not {i.kind, t.kind} & _NO_ENEMIES
    )
    if not pairs:
        return list(claims)
    known: dict[str, ActorRef] = {}
    for claim in fighting:
        for ref in (*claim.initiator, *claim.target):
            known.setdefault(ref.name, ref)
    view = plain_view(text)
    return [_filled(c, pairs, known, view) if c.event_type in party_words().acts_of_force else c for c in claims]


def _filled(claim: Claim, pairs: Pairs, known: dict[str, ActorRef], view: str) -> Claim:
    if (claim.initiator and claim.target) or not any(_allusions().search(view, e.start, e.end) for e in claim.evidence):
        return claim
    if not claim.initiator and not claim.target:
        both = _only_pair(pairs, known)
        return claim if both is None else replace(claim, initiator=both[:1], target=both[1:])
    if claim.initiator:
        enemy = _one(Counter({t: n for (i, t), n in pairs.items() if i == claim.initiator[0].name}), known)
        return claim if enemy is None else replace(claim, target=(enemy,))
    enemy = _one(Counter({i: n for (i, t), n in pairs.items() if t == claim.target[0].name}), known)
    return claim if enemy is None else replace(claim, initiator=(enemy,))


def _one(counts: Counter[str], known: dict[str, ActorRef]) -> ActorRef | None:
    """The party that is plainly meant, as the report names it elsewhere."""
    found = max(sorted(counts), key=lambda name: counts[name], default=None)
    if found is None or counts[found] < _PLAIN * counts.total():
        return None
    return replace(known[found], by="reference")


def _only_pair(pairs: Pairs, known: dict[str, ActorRef]) -> tuple[ActorRef, ActorRef] | None:
    """The two parties that fight all through the report, for "the air strikes"."""
    pair = max(sorted(pairs), key=lambda p: pairs[p])
    if pairs[pair] < max(_OFTEN, _PLAIN * pairs.total()):
        return None
    initiator, target = (replace(known[name], by="reference") for name in pair)
    return initiator, target


@cache
def _allusions() -> re.Pattern[str]:
    words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(party_words().allusions))
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
