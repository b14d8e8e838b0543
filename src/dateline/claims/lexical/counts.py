"""Which act counts which quantity: quantities become figures."""

import re
from collections.abc import Sequence
from functools import cache

from dateline.claims.counts import as_part, is_sentence, is_whole, says_twice
from dateline.claims.lexical.clauses import Clause
from dateline.claims.lexical.draft import Draft
from dateline.lexicon.acts import act_by_id, irregular
from dateline.mentions.noun_phrases import PERSONS
from dateline.model import ActMention, ActorMention, ActorRef, Figure, Kind, QuantityMention, plain_view

_ACT_OBJECTS = frozenset({"strike", "attack", "operation"})
_AREAS = frozenset({"area", "village"})
_DONE_TO_AREAS = frozenset({"searched", "regained", "destroyed", "damaged", "affected", "seized"})
_DONE_TO_PERSONS = frozenset("killed wounded casualties arrested abducted missing surrendered escaped displaced held".split())
_DONE_TO_THINGS = frozenset("damaged seized defused".split())
_STANDING_BY = frozenset(
    "as like into in from at near inside behind with for by than that which where along beside outside around towards under"
    " over".split()
)
_OF_THE = 8  # characters of " of the " between a number's noun and the party
_TARGETED = frozenset("engaged engage hit struck targeted targeting attacked strike target".split())
_LEVELS = frozenset({"tally.stock", "tally.strength"})


def figures(draft: Draft, kind: Kind, text: str, target: Sequence[ActorRef], initiator: Sequence[ActorRef]) -> tuple[Figure, ...]:
    """The figures of a draft, left to right; a quantity that no act counts is left to be reported as unread."""
    found: list[Figure] = []
    for clause in draft.clauses:
        for mention in clause.quantities:
            if is_whole(mention, clause.quantities, text) or is_sentence(mention, text):
                continue
            figure = _figure(draft, clause, mention, kind, text, target, initiator)
            if figure is not None and not any(figure.span.overlaps(f.span) or says_twice(figure, f) for f in found):
                found.append(as_part(figure, found, text))
    return tuple(found)


def _figure(
    draft: Draft,
    clause: Clause,
    mention: QuantityMention,
    kind: Kind,
    text: str,
    target: Sequence[ActorRef],
    initiator: Sequence[ActorRef],
) -> Figure | None:
    quantity = mention.quantity
    if kind == "assessment" or (quantity.object is None and quantity.noun is not None and quantity.measure is None):
        return None
    if quantity.article and _stands_by(mention, text):
        return None
    read = _measure(draft, clause, mention, text)
    if read is None:
        return None
    thing = _thing(clause, mention, read[0], target)
    if thing is None or (thing in _ACT_OBJECTS and quantity.article):
        return None
    measure = _fitted(read[0], thing, read[1])
    if measure is None or (
        measure == "duration" and kind == "tally" and any(t.span.overlaps(mention.span) for t in clause.times)
    ):
        return None
    return Figure(
        low=quantity.low, best=quantity.best, high=quantity.high, measure=measure, object=thing, unit=quantity.unit,
        of=_owner(mention, target, initiator, thing), part_of=None, words=mention.span.of(text), span=mention.span, rule=read[1],
    )  # fmt: skip


def _thing(clause: Clause, mention: QuantityMention, measure: str, target: Sequence[ActorRef]) -> str | None:
    """What is counted: the noun's object; where the noun is left out ("only 10,000 were killed") what the measure counts."""
    known = mention.quantity.object
    if known == "security_force" and any(a.kind == "armed_group" and _belongs(mention, a) for a in clause.actors):
        return "militant"  # "three members of the New People's Army"
    if known is not None:
        return known
    if measure not in _DONE_TO_PERSONS:
        return None
    return "militant" if _is_armed(target) else "person"


def _belongs(mention: QuantityMention, actor: ActorMention) -> bool:
    return actor.span.overlaps(mention.span) or 0 <= actor.span.start - mention.span.end <= _OF_THE


def _fitted(measure: str, thing: str, rule: str) -> str | None:
    """The measure as it fits what is counted; None where persons' measures meet things ("wounded a train"): misread."""
    persons = thing in PERSONS
    if thing == "munition" and measure in {"targeted", "conducted"}:
        return "fired"
    if thing == "explosive_device" and measure == "targeted":
        return None  # "detonated a fourth", "struck a mine": no device is aimed at
    if measure == "regained" and persons:
        return "escaped" if rule.endswith(":liberate") else "arrested"
    if measure == "destroyed" and persons:
        return "killed"
    if thing in _AREAS and measure not in _DONE_TO_AREAS:
        return None
    if measure == "fired" and thing not in {"munition", "ammunition"}:
        return None
    if measure == "deployed" and thing not in PERSONS | {"vehicle", "aircraft", "weapon"}:
        return None  # "withdrew from nine garrisons"
    if set(measure.split("+")) & _DONE_TO_PERSONS and not persons:
        return None
    return None if persons and measure in _DONE_TO_THINGS else measure


def _stands_by(mention: QuantityMention, text: str) -> bool:
    """ "used as a refuge", "in a building": one thing that is the scene or the role, and that nobody counts."""
    before = plain_view(text)[max(0, mention.span.start - 12) : mention.span.start].lower().split()
    return bool(before) and before[-1] in _STANDING_BY


def _is_armed(target: Sequence[ActorRef]) -> bool:
    return bool(target) and target[0].kind == "armed_group"


def _owner(mention: QuantityMention, target: Sequence[ActorRef], initiator: Sequence[ActorRef], thing: str) -> str | None:
    parties = [r for r in (*target, *initiator) if r.kind not in {"civilians", "people"}]
    inside = next((r.name for r in parties if mention.span.overlaps(r.span)), None)
    if inside or thing in {"time", "money"}:
        return inside
    if thing in _ACT_OBJECTS:
        return initiator[0].name if initiator else None
    return next((r.name for r in target if r in parties), None) if thing != "civilian" else None


_HOW = frozenset({"shot", "shooting", "shoot"})
"""They tell how, and the act joined to them what came of it: "was shot and killed"."""


def _measure(draft: Draft, clause: Clause, mention: QuantityMention, text: str) -> tuple[str, str] | None:
    """The measure and its rule: the noun's own, a span of time's, or the governing act's."""
    quantity = mention.quantity
    if quantity.measure:
        return quantity.measure, f"measure.noun:{quantity.measure}"
    if quantity.object == "time":
        return "duration", "measure.duration"
    if quantity.object in _ACT_OBJECTS:
        return "conducted", "measure.conducted"
    act = _governor(draft, clause, mention, text)
    if act is not None and act not in draft.acts and _joined_measure(act, draft, text) is None:
        return None  # the claim of that act counts it
    if act is None:
        return ("strength", "measure.stock") if draft.rule in _LEVELS and quantity.object in PERSONS else None
    entry = act_by_id()[act.act]
    words = plain_view(act.span.of(text)).lower()
    if words in _TARGETED or (entry.measure == "conducted" and quantity.object not in PERSONS):
        return "targeted", f"measure.act:{act.act}"
    if entry.measure in {None, "conducted"}:
        return None
    joined = _joined_measure(act, draft, text)
    return (joined or str(entry.measure)), f"measure.act:{act.act}"


def _joined_measure(act: ActMention, draft: Draft, text: str) -> str | None:
    """ "the killing and arresting of 15", "15 killed and arrested": one number covers both."""
    for other in draft.view.acts:
        if other is act:
            continue
        first, second = sorted((act, other), key=lambda a: a.span)
        between = plain_view(text)[first.span.end : second.span.start].lower()
        measures = [act_by_id()[a.act].measure for a in (first, second)]
        if not re.fullmatch(r" +(and|or|and/or) +", between) or None in measures or "conducted" in measures:
            continue
        if first is act and plain_view(first.span.of(text)).lower().split()[-1] in _HOW:
            return measures[1]
        if measures[0] != measures[1]:
            return "casualties" if set(measures) == {"killed", "wounded"} else f"{measures[0]}+{measures[1]}"
    return None


def _governor(draft: Draft, clause: Clause, mention: QuantityMention, text: str) -> ActMention | None:
    """The act that counts this: an active verb before it, or a passive (or "died") behind it, whichever is nearer.

    No act counts over another number that does not stand in one row with this one: in "they had 500 men, only nine were
    killed" the 500 are not killed.
    """
    acts = [a for a in draft.view.acts if (a in draft.acts or clause.span.contains(a.span)) and act_by_id()[a.act].measure]
    acts = [a for a in acts if not any(q.span.overlaps(a.span) for q in clause.quantities)]  # "a fighting position"
    behind = [a for a in acts if a.span.start >= mention.span.end and _counts_subject(a)]
    ahead = [a for a in acts if a.span.end <= mention.span.start and _reaches(a, mention, text)]
    following = min(behind, key=lambda a: a.span, default=None)
    preceding = max((a for a in ahead if not _counts_subject(a)), key=lambda a: a.span, default=None)
    if following is not None and _number_between(clause, mention, following, text):
        following = None
    near, far = (
        (following, preceding) if preceding is None or _is_nearer(following, preceding, mention) else (preceding, following)
    )
    return near or far or max((a for a in ahead if _counts_subject(a)), key=lambda a: a.span, default=None)


_AFTER_LINK = re.compile(r"(?:\band|,|;|\bbut|\bthat|\bwho|\bwhich) +(?:also +|then +|later +|had +|has +|have +)?(?=(\w+))")


@cache
def _irregular_pasts() -> frozenset[str]:
    return frozenset(form for forms in irregular().values() for form in forms[:2])


def _reaches(act: ActMention, mention: QuantityMention, text: str) -> bool:
    """May an act ahead of a number count it?  A noun does through "of" or "on" ("the killing of 22", not "the raid left 22")."""
    between = plain_view(text)[act.span.end : mention.span.start].lower()
    if act.voice == "noun" and not re.search(r"\b(of|on|against|targeting)\b[^,;]{0,12}$", between):
        return False
    return not _other_verb_between(act, mention, text)


def _other_verb_between(act: ActMention, mention: QuantityMention, text: str) -> bool:
    """ "neutralised nine and took 40 more", "that had left a house": another verb has its own object."""
    linked = _AFTER_LINK.findall(plain_view(text)[act.span.end : mention.span.start])
    return any((w.endswith("ed") and w.islower() and w not in _NO_VERBS) or w in _irregular_pasts() for w in linked)


def _counts_subject(act: ActMention) -> bool:
    """ "155 were killed", "three died": the number is the subject."""
    return act.voice == "passive" or act_by_id()[act.act].subject == "target"


def _is_nearer(following: ActMention | None, preceding: ActMention, mention: QuantityMention) -> bool:
    return following is not None and following.span.start - mention.span.end < _NEAR < mention.span.start - preceding.span.end


def _number_between(clause: Clause, mention: QuantityMention, act: ActMention, text: str) -> bool:
    """Does another number stand between this one and the act, not tied to it by a bare "and", "or" or comma?"""
    between = [q for q in clause.quantities if mention.span.end <= q.span.start and q.span.end <= act.span.start]
    if not between:
        return False
    gap = plain_view(text)[mention.span.end : between[0].span.start].lower()
    if re.fullmatch(r" *,? *(including|among them|of them) +", gap):
        return False  # a part of this number
    return not re.fullmatch(r" *(,|and|or|, and)? *", gap) or (gap.strip() == "," and len(between) == 1)


_NO_VERBS = frozenset("armed injured wounded masked unidentified suspected displaced armored armoured need speed".split())
_NEAR = 40  # characters from a number to the act that counts it, beyond which a nearer one wins
