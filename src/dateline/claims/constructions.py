"""Sides that the construction of a sentence tells, whatever its words make likely.

The subject of "lost ten men" and of "came under fire" suffers; of "clashes between the army and the rebels" the second party is
the other side; prisoners who break out act; a movement of troops is aimed at nobody beside who moves; who only looks on has no
side, nor who stands in a clause of the time beside somebody who acts.
"""

import re

from dateline.claims.candidates import Candidate, Lines
from dateline.claims.roles import Sides, once
from dateline.lexicon.actors import party_words
from dateline.model import ActorRef, Span, plain_view

_BETWEEN = re.compile(r"\bbetween\s+(?:the |its |our )?(?:\w+ )?$", re.IGNORECASE)
_AND = re.compile(r"[^.;]{0,30}\band\b[^.;]{0,12}")
_REACH = 40  # characters before a party in which "between" stands


def by_construction(found: Sides, event_type: str, candidate: Candidate, lines: Lines, text: str) -> Sides:
    """The sides of a claim with the parties where its construction puts them."""
    found = _without_bystanders(found, candidate, lines, text)
    if event_type == "force_movement" and found.initiator:
        return Sides(found.initiator, ())
    if event_type == "prison_break" and not found.initiator and _break_out(found, candidate, text):
        return Sides(found.target, ())
    if event_type not in party_words().acts_of_force:
        return found
    suffering = {r.name for r in found.initiator if _is_subject_of(r.span, party_words().suffering, lines, text)}
    if event_type == "armed_clash" and not found.target:
        suffering |= {r.name for r in _second_of_two(found.initiator, text)}
    acting = tuple(r for r in found.initiator if r.name not in suffering)
    return Sides(acting, once([*found.target, *(r for r in found.initiator if r.name in suffering)]))


def _without_bystanders(found: Sides, candidate: Candidate, lines: Lines, text: str) -> Sides:
    """Without the subjects of clauses that only set the scene: of "while two soldiers looked on" always, of "when soldiers
    stopped him" where the main clause has somebody who acts; and without who only condemns the act."""
    asides = {r.span: lines.aside(r.span, candidate.trigger.span, plain_view(text)) for r in found.initiator}
    main = any(clause is None for clause in asides.values())
    kept = (r for r in found.initiator if asides[r.span] is None or not (main or asides[r.span] in party_words().asides))
    kept = (r for r in kept if not _is_subject_of(r.span, party_words().judging, lines, text))
    return Sides(tuple(kept), found.target)


def _break_out(found: Sides, candidate: Candidate, text: str) -> bool:
    """Whether those who seem to be freed are prisoners, and escape."""
    said = candidate.trigger.span.of(plain_view(text)).lower().split()
    return all(r.kind == "people" for r in found.target) and any(word in party_words().escaping for word in said)


def _is_subject_of(span: Span, verbs: frozenset[str], lines: Lines, text: str) -> bool:
    """Whether a party is the subject of one of some verbs, in the active."""
    hung = lines.hangs(span)
    if hung is None or hung.word is None or hung.relation != "nsubj":
        return False
    return hung.word.span.of(text).lower() in verbs


def _second_of_two(parties: tuple[ActorRef, ...], text: str) -> tuple[ActorRef, ...]:
    """The second of two parties behind "between"."""
    if len(parties) != 2:
        return ()
    first, second = (r.span for r in parties)
    view = plain_view(text)
    between = _BETWEEN.search(view, max(0, first.start - _REACH), first.start)
    return parties[1:] if between and _AND.fullmatch(view, first.end, second.start) else ()
