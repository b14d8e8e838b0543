"""Decisions as they come -> decisions as the log holds them: checked, and complete in themselves.

What a client may not say (what the value was, which ids are made, what an event held) is worked out here, whatever came.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, select

from dateline.errors import ReviewError
from dateline.gazetteer.data import current
from dateline.gazetteer.record import place_of
from dateline.lexicon.codebook import codebook
from dateline.model import Claim, Place, Span, claim_id
from dateline.reviews.apply import State, coded
from dateline.reviews.decisions import (
    Accept,
    AcceptLink,
    AddClaim,
    ClaimDecision,
    Correct,
    LinkDecision,
    Merge,
    NamePlace,
    NotThisEvent,
    Part,
    Reject,
    Resolve,
    SameEvent,
    Split,
)
from dateline.reviews.values import LISTS, TYPES, Sheet, Value, read_field, read_item
from dateline.store import tables as t
from dateline.store.load import load_reports


class Settled(NamedTuple):
    """A decision about claims, and how the log tells it: the field, and its value before and after."""

    decision: ClaimDecision
    field: str | None = None
    before: Any = None
    value: Any = None
    needs_reason: str | None = None  # why a reason must be given


def settle(connection: Connection, decision: ClaimDecision, state: State) -> Settled:
    """The decision, ready to be applied to `state`.  Raises ReviewError with what is wrong and what is allowed."""
    match decision:
        case Accept():
            return _accept(_claim(state, decision.claim), decision)
        case Correct():
            return _correct(connection, _claim(state, decision.claim), decision)
        case NamePlace():
            return _name_place(_claim(state, decision.claim), decision)
        case Reject():
            claim = _claim(state, decision.claim)
            return Settled(decision, None, claim.summary, None, "a claim is rejected for a reason: say why")
        case Split():
            return _split(connection, _claim(state, decision.claim), decision)
        case Merge():
            return _merge([_claim(state, i) for i in decision.claims], decision)
        case AddClaim():
            return _add(connection, decision)


def fault_of(claim: Claim) -> str | None:
    """What keeps a claim from being one of the codebook in use; None where nothing does."""
    types = [event_type.name for event_type in codebook().event_types]
    if claim.kind != "assessment" and claim.event_type not in types:
        return f"a claim that is {claim.kind} needs an event type, given with the kind; those are {', '.join(types)}"
    if not claim.evidence:
        return "a claim needs evidence: at least one stretch of the text"
    return None


def place_by_id(place_id: str) -> Place | None:
    """The place of the gazetteer in use with that id."""
    entry = current().by_id(place_id)
    return None if entry is None else place_of(entry)


def sheet_of(connection: Connection, report_id: str, claim: Claim | None) -> Sheet:
    """What values of a claim of this report are checked against."""
    return Sheet(text_of(connection, report_id), codebook(), claim, place_by_id)


def text_of(connection: Connection, report_id: str) -> str:
    report = load_reports(connection, [report_id]).get(report_id)
    if report is None:
        raise ReviewError(f"no report {report_id}")
    return report.text


def _claim(state: State, name: str) -> Claim:
    if claim := state.claims.get(name):
        return claim
    if status := state.status.get(name):
        raise ReviewError(f"claim {name} was {status.name} in review {status.revision}; undo that first")
    raise ReviewError(f"no claim {name}")


def _accept(claim: Claim, decision: Accept) -> Settled:
    record = msgspec.to_builtins(coded(claim))
    return Settled(replace(decision, record=record), None, None, record)


def _correct(connection: Connection, claim: Claim, decision: Correct) -> Settled:
    sheet = sheet_of(connection, claim.report_id, claim)
    if decision.field not in TYPES:
        read_field(decision.field, None, sheet)  # says what fields there are
    if decision.field in decision.also:
        raise ReviewError(f"{decision.field} is given twice")
    also = {field: read_field(field, value, sheet) for field, value in decision.also.items()}
    values = {decision.field: _value(decision, claim, sheet), **also}
    weak = tuple(field for field, value in values.items() if not value.supported)
    was = _was(claim, decision)
    before = getattr(claim, decision.field) if decision.n is None else was
    if before == values[decision.field].record and not also:
        raise ReviewError(f"the {decision.field} of {claim.id} is that already; accept the claim if it is right")
    settled = replace(
        decision,
        value=msgspec.to_builtins(values[decision.field].record),
        also={field: msgspec.to_builtins(value.record) for field, value in also.items()},
        was=msgspec.to_builtins(was),
        unsupported=weak,
    )
    reason = f"the report does not say this in so many words ({', '.join(weak)}): give a reason" if weak else None
    return Settled(settled, decision.field, msgspec.to_builtins(before), settled.value, reason)


def _value(decision: Correct, claim: Claim, sheet: Sheet) -> Value:
    if decision.n is None:
        return read_field(decision.field, decision.value, sheet)
    if decision.field not in LISTS:
        raise ReviewError(f"{decision.field} is one value and no list: leave out n; lists are {', '.join(LISTS)}")
    items = getattr(claim, decision.field)
    if not 0 <= decision.n <= len(items) or (decision.value is None and decision.n == len(items)):
        raise ReviewError(f"{claim.id} has {len(items)} {decision.field}, counted from 0; {decision.n} is none of them")
    if decision.value is None:
        if decision.field == "evidence" and len(items) == 1:
            raise ReviewError("a claim needs evidence: reject the claim, or give it other evidence")
        return Value(None)
    return read_item(decision.field, decision.value, sheet)


def _was(claim: Claim, decision: Correct) -> Any:
    items = getattr(claim, decision.field)
    return items[decision.n] if decision.n is not None and decision.n < len(items) else None


def _name_place(claim: Claim, decision: NamePlace) -> Settled:
    if not 0 <= decision.n < len(claim.places):
        raise ReviewError(f"{claim.id} has {len(claim.places)} places, counted from 0; {decision.n} is none of them")
    was = claim.places[decision.n]
    place = place_by_id(decision.place)
    if place is None:
        raise ReviewError(
            f"the gazetteer holds no place {decision.place!r}; `dateline gazetteer find NAME` lists those that there are"
        )
    if was.place == place:
        raise ReviewError(f"{was.words!r} is that place already")
    record = msgspec.to_builtins(replace(was, place=place))
    settled = replace(decision, words=" ".join(was.words.split()), was=msgspec.to_builtins(was), record=record)
    return Settled(settled, "places", settled.was, record)


def _split(connection: Connection, claim: Claim, decision: Split) -> Settled:
    if len(decision.parts) < 2:
        raise ReviewError("a claim is split in two parts or more")
    text = text_of(connection, claim.report_id)
    for part in decision.parts:
        _check_part(part, claim, text)
    used = [n for part in decision.parts for n in part.figures]
    if len(set(used)) != len(used):
        raise ReviewError("a figure belongs to one part")
    if left := sorted(set(range(len(claim.figures))) - set(used)):
        words = ", ".join(repr(claim.figures[n].words) for n in left)
        raise ReviewError(f"no part has the figure {words}; take it out first if it is none")
    made: list[str] = []
    for part in decision.parts[1:]:
        made.append(_new_id(connection, claim.report_id, claim.kind, part.evidence, made))
    settled = replace(decision, made=tuple(made))
    return Settled(settled, None, [claim.id], [claim.id, *made])


def _check_part(part: Part, claim: Claim, text: str) -> None:
    if not part.evidence:
        raise ReviewError("each part needs evidence")
    for span in part.evidence:
        if not 0 <= span.start < span.end <= len(text):
            raise ReviewError(f"[{span.start}, {span.end}] are no characters of the report, which has {len(text)}")
    if wrong := [n for n in part.figures if not 0 <= n < len(claim.figures)]:
        raise ReviewError(f"{claim.id} has {len(claim.figures)} figures, counted from 0; {wrong[0]} is none of them")
    types = [event_type.name for event_type in codebook().event_types]
    if part.event_type is not None and part.event_type not in types:
        raise ReviewError(f"{part.event_type!r} is no event type of this project's codebook; those are {', '.join(types)}")


def _merge(claims: list[Claim], decision: Merge) -> Settled:
    if len({claim.id for claim in claims}) < 2 or len({claim.id for claim in claims}) != len(claims):
        raise ReviewError("two claims or more are merged, each named once")
    if len({claim.report_id for claim in claims}) > 1:
        raise ReviewError("claims of several reports stay claims of their own; say that they are about the same event")
    if len({claim.kind for claim in claims}) > 1:
        raise ReviewError("claims of several kinds cannot be one; correct the kind first")
    return Settled(decision, None, list(decision.claims), [claims[0].id])


def _add(connection: Connection, decision: AddClaim) -> Settled:
    if lacking := [field for field in ("kind", "evidence") if field not in decision.values]:
        raise ReviewError(f"a new claim needs {' and '.join(lacking)}")
    bare = sheet_of(connection, decision.report, None)
    evidence = read_field("evidence", decision.values["evidence"], bare).record
    stem = Claim(id="", report_id=decision.report, kind="incident", evidence=evidence)  # typed words are looked for in it
    values = {field: read_field(field, value, bare._replace(claim=stem)) for field, value in decision.values.items()}
    weak = tuple(field for field, value in values.items() if not value.supported)
    made = _new_id(connection, decision.report, values["kind"].record, evidence, ())
    records: Mapping[str, Any] = {field: msgspec.to_builtins(value.record) for field, value in values.items()}
    reason = f"the report does not say this in so many words ({', '.join(weak)}): give a reason" if weak else None
    return Settled(replace(decision, values=dict(records), made=made, unsupported=weak), None, None, made, reason)


def _new_id(connection: Connection, report_id: str, kind: Any, evidence: tuple[Span, ...], taken: Any) -> str:
    """The first id for this evidence that no claim of the report has, or had."""
    nth = 0
    while True:
        new = claim_id(report_id, kind, evidence, nth)
        known = (
            select(t.claims.c.id).where(t.claims.c.id == new),
            select(t.engine_claims.c.claim_id).where(t.engine_claims.c.claim_id == new),
            select(t.review_claims.c.claim_id).where(t.review_claims.c.claim_id == new),
        )
        if new not in taken and not any(connection.execute(query).first() for query in known):
            return new
        nth += 1


def settle_link(connection: Connection, decision: LinkDecision) -> LinkDecision:
    """The decision with the claims that it is about.  Raises ReviewError."""
    match decision:
        case SameEvent(claims=claims):
            _check_incidents(connection, claims)
            return decision
        case NotThisEvent():
            others = _others(connection, decision.claim, decision.event)
            return replace(decision, others=others)
        case AcceptLink():
            return replace(decision, other=_others(connection, decision.claim, decision.event)[0])


def settle_resolution(connection: Connection, decision: Resolve) -> Resolve:
    claims = _claims_of(connection, decision.event)
    where = t.contradictions.c.event_id == decision.event
    rows = connection.execute(select(t.contradictions.c.field, t.contradictions.c.sides).where(where)).all()
    values = [side[0] for row in rows if row.field == decision.field for side in row.sides]
    if not values:
        fields = sorted({row.field for row in rows})
        raise ReviewError(f"the sources of {decision.event} do not contradict each other in {decision.field!r}, but in: {fields}")
    if decision.value not in values:
        raise ReviewError(f"{decision.value!r} is none of the sides; those are {', '.join(map(repr, values))}")
    return replace(decision, founder=min(claims))


def _others(connection: Connection, claim: str, event: str) -> tuple[str, ...]:
    """The other claims of a claim's event, the smallest id first."""
    claims = _claims_of(connection, event)
    if claim not in claims:
        raise ReviewError(f"claim {claim} is not in event {event}; another person may have moved it")
    if len(claims) == 1:
        raise ReviewError(f"claim {claim} is alone in its event")
    return tuple(sorted(set(claims) - {claim}))


def _claims_of(connection: Connection, event: str) -> list[str]:
    claims = connection.execute(select(t.event_claims.c.claim_id).where(t.event_claims.c.event_id == event)).scalars().all()
    if not claims:
        raise ReviewError(f"no event {event}; events are linked anew when claims change")
    return list(claims)


def _check_incidents(connection: Connection, claims: tuple[str, ...]) -> None:
    if len(set(claims)) < 2:
        raise ReviewError("name two claims or more that are about one event")
    kinds = {
        row.id: row.kind for row in connection.execute(select(t.claims.c.id, t.claims.c.kind).where(t.claims.c.id.in_(claims)))
    }
    for claim in claims:
        if claim not in kinds:
            raise ReviewError(f"no claim {claim}")
        if kinds[claim] != "incident":
            raise ReviewError(f"{claim} is {kinds[claim]}: only incidents make events")
