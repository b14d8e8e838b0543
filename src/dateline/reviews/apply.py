"""What decisions do to claims: the record in force is the engine's, with the decisions that stand, in their order.

    state = replay(engine_claims, steps)

Nothing here knows a database, a gazetteer or a clock: the same claims and decisions give the same record.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from dateline.claims.summary import summarise
from dateline.errors import ReviewError
from dateline.model import ActorRef, Claim, Figure, Ground, PlaceRef, Span
from dateline.reviews.decisions import (
    Accept,
    AddClaim,
    ClaimDecision,
    Correct,
    Merge,
    NamePlace,
    Part,
    Reject,
    Split,
)
from dateline.reviews.values import ITEMS, TYPES


class Status(Struct, frozen=True, kw_only=True):
    """What people have made of a claim: `name` is waiting, accepted, corrected, rejected, added, split or merged."""

    name: str
    revision: int  # number of the last review that touched it; 0: none has
    reviewer: str | None = None
    at: str | None = None


WAITING = Status(name="waiting", revision=0)


class Step(NamedTuple):
    """A decision of the log that stands: its number, by whom, when.

    With `moved` the engine has read the report anew since: an item that a person corrected is found again by its characters, and
    put back where the engine no longer reads it.
    """

    number: int
    decision: ClaimDecision
    reviewer: str
    at: str
    moved: bool = False


class State(NamedTuple):
    """Claims in force by id, and the status of every claim that a decision touched, those that are gone among them."""

    claims: Mapping[str, Claim]
    status: Mapping[str, Status]


class Fault(NamedTuple):
    """A decision that cannot be applied, and why."""

    number: int
    reason: str


def replay(claims: Mapping[str, Claim], steps: Iterable[Step], *, check_accepted: bool = False) -> tuple[State, list[Fault]]:
    """The claims with these decisions, and the decisions that fit no claim.

    With `check_accepted` a claim that was accepted must still say what it said then.
    """
    state, faults = State(claims, {}), []
    for step in steps:
        try:
            state = apply(state, step, check_accepted=check_accepted)
        except ReviewError as e:
            faults.append(Fault(step.number, str(e)))
    return state, faults


def apply(state: State, step: Step, *, check_accepted: bool = False) -> State:
    """The state after one more decision, which has been settled.  Raises ReviewError where it does not fit."""
    match step.decision:
        case Accept():
            return _accept(state, step, step.decision, check_accepted)
        case Correct():
            return _put(state, step, "corrected", _corrected(_claim(state, step.decision.claim), step, step.decision))
        case NamePlace():
            return _put(state, step, "corrected", _named(_claim(state, step.decision.claim), step, step.decision))
        case Reject(claim=claim_id):
            _claim(state, claim_id)
            return _changed(state, step, {claim_id: None}, {claim_id: "rejected"})
        case Split():
            return _split(state, step, step.decision)
        case Merge():
            return _merge(state, step, step.decision)
        case AddClaim():
            return _add(state, step, step.decision)


def coded(claim: Claim) -> dict[str, Any]:
    """What the claim says, without where it says so, which rule read it and how sure the engine is: what "the same" means."""
    time, operation, source = claim.time, claim.operation, claim.source
    return {
        "kind": claim.kind,
        "event_type": claim.event_type,
        "certainty": claim.certainty,
        "background": claim.background,
        "initiator": [a.name for a in claim.initiator],
        "target": [a.name for a in claim.target],
        "places": [[p.words, p.place.id if p.place else None] for p in claim.places],
        "time": [str(time.start), str(time.end), time.precision, time.since] if time else None,
        "scope": claim.scope,
        "figures": [[f.low, f.best, f.high, f.measure, f.object, f.unit, f.of, f.part_of] for f in claim.figures],
        "operation": [operation.name, operation.phase] if operation else None,
        "source": [source.speaker, source.role, source.organisation, source.type, list(source.via)],
        "stance": claim.stance,
        "about": claim.about,
    }


def _claim(state: State, claim_id: str) -> Claim:
    claim = state.claims.get(claim_id)
    if claim is None:
        status = state.status.get(claim_id)
        became = f"was {status.name} in review {status.revision}" if status else "is not there"
        raise ReviewError(f"claim {claim_id} {became}")
    return claim


def _put(state: State, step: Step, status: str, claim: Claim) -> State:
    return _changed(state, step, {claim.id: replace(claim, summary=summarise(claim))}, {claim.id: status})


def _changed(state: State, step: Step, claims: Mapping[str, Claim | None], status: Mapping[str, str]) -> State:
    now = {i: claim for i, claim in {**state.claims, **claims}.items() if claim is not None}
    told = {i: Status(name=name, revision=step.number, reviewer=step.reviewer, at=step.at) for i, name in status.items()}
    return State(now, {**state.status, **told})


def _accept(state: State, step: Step, decision: Accept, check: bool) -> State:
    claim = _claim(state, decision.claim)
    if check and step.moved and decision.record is not None:
        now = msgspec.to_builtins(coded(claim))
        differs = [field for field, value in decision.record.items() if now.get(field) != value]
        if differs:
            raise ReviewError(f"the engine reads another {', another '.join(differs)} now than was accepted")
    return _changed(state, step, {}, {claim.id: "accepted"})


def _corrected(claim: Claim, step: Step, decision: Correct) -> Claim:
    fields = {decision.field: decision.value, **decision.also}
    values: dict[str, Any] = {}
    for field, value in fields.items():
        if field == decision.field and decision.n is not None:
            values[field] = _with_item(claim, field, decision.was, value, step.moved)
        else:
            values[field] = msgspec.convert(value, TYPES[field])
    changed = _fitting(replace(claim, **values))
    return _grounded(changed, {field: _spans(values[field]) for field in values}, step, decision.unsupported)


def _named(claim: Claim, step: Step, decision: NamePlace) -> Claim:
    places = _with_item(claim, "places", decision.was, decision.record, step.moved)
    return _grounded(replace(claim, places=places), {"places": _spans(places)}, step, ())


def _with_item(claim: Claim, field: str, was: Any, value: Any, moved: bool) -> tuple[Any, ...]:
    """The list with one item changed: that which was `was`, wherever it stands now."""
    items = list(getattr(claim, field))
    new = None if value is None else msgspec.convert(value, ITEMS[field])
    if was is None:
        return (*items, new) if new is not None and new not in items else tuple(items)
    old = msgspec.convert(was, ITEMS[field])
    at = items.index(old) if old in items else _same_words(items, old)
    if at is None:
        if not moved:
            raise ReviewError(f"claim {claim.id} no longer has the one of its {field} that the review is about")
        return (*items, new) if new is not None else tuple(items)
    return tuple(items[:at] + ([new] if new is not None else []) + items[at + 1 :])


def _same_words(items: list[Any], old: Any) -> int | None:
    """The item that was read from the same characters; of two the one with the same measure."""
    found = [i for i, item in enumerate(items) if _span(item).overlaps(_span(old))]
    alike = [i for i in found if isinstance(old, Figure) and (items[i].measure, items[i].object) == (old.measure, old.object)]
    return next(iter(alike or found), None)


def _span(item: ActorRef | PlaceRef | Figure | Span) -> Span:
    return item if isinstance(item, Span) else item.span


def _spans(value: Any) -> tuple[Span, ...]:
    """The characters behind a field's value; none where it has none."""
    if isinstance(value, tuple):
        return tuple(span for item in value if (span := _span(item)))
    if spans := getattr(value, "spans", None):
        return tuple(spans)
    one: Span | None = getattr(value, "span", None)
    return (one,) if one else ()


def _fitting(claim: Claim) -> Claim:
    """Fields that a claim of this kind does not have are emptied, and parts whose whole is gone stand alone."""
    words = {figure.words for figure in claim.figures}
    figures = tuple(f if f.part_of is None or f.part_of in words else replace(f, part_of=None) for f in claim.figures)
    if claim.kind == "assessment":
        return replace(claim, figures=figures, event_type=None, scope=None)
    scope = claim.scope if claim.kind == "tally" else None
    return replace(claim, figures=figures, scope=scope, stance=None, about=None)


def _grounded(claim: Claim, fields: Mapping[str, tuple[Span, ...]], step: Step, unsupported: Iterable[str]) -> Claim:
    """The claim with a person as the ground of these fields."""
    weak = set(unsupported)
    kept = [ground for ground in claim.grounds if ground.field not in fields]
    own = [
        Ground(field, f"review:{step.number}" + (" unsupported" if field in weak else ""), spans)
        for field, spans in fields.items()
    ]
    return replace(claim, grounds=(*kept, *own))


def _split(state: State, step: Step, decision: Split) -> State:
    claim = _claim(state, decision.claim)
    ids = (claim.id, *decision.made)
    if taken := [i for i in decision.made if i in state.claims]:
        raise ReviewError(f"the engine reads {', '.join(taken)} itself now")
    parts = [_part(claim, part, i, step) for part, i in zip(decision.parts, ids, strict=True)]
    return _changed(state, step, {part.id: part for part in parts}, dict.fromkeys(ids, "split"))


def _part(claim: Claim, part: Part, claim_id: str, step: Step) -> Claim:
    if part.figures and max(part.figures) >= len(claim.figures):
        raise ReviewError(f"claim {claim.id} has {len(claim.figures)} figures, and the review parts more")
    made = replace(
        claim,
        id=claim_id,
        evidence=part.evidence,
        figures=tuple(claim.figures[n] for n in part.figures),
        event_type=part.event_type or claim.event_type,
    )
    made = _grounded(_fitting(made), {"evidence": part.evidence}, step, ())
    return replace(made, summary=summarise(made))


def _merge(state: State, step: Step, decision: Merge) -> State:
    claims = [_claim(state, i) for i in decision.claims]
    first = claims[0]
    made = replace(
        first,
        event_type=next((c.event_type for c in claims if c.event_type), None),
        initiator=_union(claims, "initiator", lambda a: a.name),
        target=_union(claims, "target", lambda a: a.name),
        places=_union(claims, "places", lambda p: (p.words, p.place and p.place.id)),
        figures=_union(claims, "figures", lambda f: (f.span, f.measure, f.object)),
        time=next((c.time for c in claims if c.time), None),
        operation=next((c.operation for c in claims if c.operation), None),
        evidence=_joined(span for c in claims for span in c.evidence),
    )
    made = _grounded(_fitting(made), {"evidence": made.evidence}, step, ())
    gone = dict.fromkeys((c.id for c in claims[1:]), None)
    put = {made.id: replace(made, summary=summarise(made)), **gone}
    return _changed(state, step, put, dict.fromkeys(decision.claims, "merged"))


def _union(claims: Iterable[Claim], field: str, key: Callable[[Any], object]) -> tuple[Any, ...]:
    """The items of all claims, the first of those that say the same."""
    found: dict[object, Any] = {}
    for claim in claims:
        for item in getattr(claim, field):
            found.setdefault(key(item), item)
    return tuple(found.values())


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order; those that overlap are one."""
    out: list[Span] = []
    for span in sorted(spans):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def _add(state: State, step: Step, decision: AddClaim) -> State:
    if decision.made in state.claims:
        raise ReviewError(f"the engine reads {decision.made} itself now")
    values = {field: msgspec.convert(value, TYPES[field]) for field, value in decision.values.items()}
    claim = _fitting(Claim(id=decision.made, report_id=decision.report, **values))
    claim = _grounded(claim, {field: _spans(value) for field, value in values.items()}, step, decision.unsupported)
    return _changed(state, step, {claim.id: replace(claim, summary=summarise(claim))}, {claim.id: "added"})
