"""Second coders: who codes which report blind, how two codings differ, and how a difference is settled.

A coder's decisions are reviews in a layer of their own, which leave the record in force as it is.  Two layers are compared claim
by claim; settling a difference adopts one side's value in the record in force, with both values as the reason.
"""

from collections.abc import Iterator
from typing import Any, Literal

import msgspec
from msgspec import Struct
from sqlalchemy import select

from dateline.errors import ReviewError
from dateline.evaluation.agreement import Agreement, agreement_of, match_whatever_kind
from dateline.evaluation.coding import code_report
from dateline.evaluation.matching import Matched, match
from dateline.lexicon.names import lexicon_names
from dateline.model import Claim, Reading, Report, Span
from dateline.reviews.apply import coded
from dateline.reviews.decisions import AddClaim, Correct, Layer, Reject
from dateline.reviews.record import Decided, decide
from dateline.reviews.units import claims_in, load_report_unit
from dateline.reviews.values import LISTS, TYPES
from dateline.store import Project
from dateline.store import tables as t
from dateline.store.load import load_reports

Side = Literal["first", "second"]


class Assignment(Struct, frozen=True, kw_only=True):
    """A report that a coder is to code blind. `finished`: when the coder was done with it."""

    report_id: str
    coder: str
    start: str  # engine, nothing
    assigned_by: str
    at: str
    finished: str | None


class Difference(Struct, frozen=True, kw_only=True):
    """A field in which two codings of a claim differ; where only one has the claim, `field` is None and its value the words."""

    report_id: str
    first: str | None  # the claim's id in the first coding
    second: str | None
    field: str | None
    values: tuple[Any, Any]  # plain JSON
    coders: tuple[str, str]


class Pairs(Struct, frozen=True):
    """A report with its claims as two coders have them, and which are the same."""

    report: Report
    both: tuple[tuple[Claim, Claim], ...]
    only_first: tuple[Claim, ...]
    only_second: tuple[Claim, ...]
    matched: Matched


IN_FORCE = "the record in force"


def assignments(project: Project, coder: str | None = None) -> list[Assignment]:
    """Who codes what, by report and coder; of one coder where named."""
    c = t.assignments.c
    query = select(t.assignments).order_by(c.report_id, c.coder)
    with project.reading_tables() as connection:
        rows = connection.execute(query if coder is None else query.where(c.coder == coder))
        return [Assignment(**row._mapping) for row in rows]


def layer_claims(project: Project, report_id: str, layer: Layer) -> list[Claim]:
    """The claims of a report as a coder has them (None: as they are in force), in the order of the text."""
    with project.reading_tables() as connection:
        return claims_in(load_report_unit(connection, report_id, layer).state)


def compared(project: Project, first: Layer, second: Layer, report_id: str | None = None) -> list[Pairs]:
    """The reports that both have coded to the end, each with its claims paired by kind and characters; or the one report."""
    reports = [report_id] if report_id else _finished_by(project, first, second)
    found: list[Pairs] = []
    for some in reports:
        with project.reading_tables() as connection:
            report = load_reports(connection, [some]).get(some)
        if report is None:
            raise ReviewError(f"no report {some}")
        found.append(_paired(report, layer_claims(project, some, first), layer_claims(project, some, second)))
    return found


def compare_layers(project: Project, first: Layer, second: Layer, report_id: str | None = None) -> list[Difference]:
    """What differs between two codings, by report and claim."""
    coders = (first or IN_FORCE, second or IN_FORCE)
    return [found for pairs in compared(project, first, second, report_id) for found in _differences(pairs, coders)]


def _differences(pairs: Pairs, coders: tuple[str, str]) -> Iterator[Difference]:
    report = pairs.report
    for one, other in pairs.both:
        mine, theirs = msgspec.to_builtins(coded(one)), msgspec.to_builtins(coded(other))
        for field in (name for name in mine if mine[name] != theirs[name]):
            values = (msgspec.to_builtins(getattr(one, field)), msgspec.to_builtins(getattr(other, field)))
            yield Difference(report_id=report.id, first=one.id, second=other.id, field=field, values=values, coders=coders)
    for claim in pairs.only_first:
        told = (_words(claim, report), None)
        yield Difference(report_id=report.id, first=claim.id, second=None, field=None, values=told, coders=coders)
    for claim in pairs.only_second:
        lacking = (None, _words(claim, report))
        yield Difference(report_id=report.id, first=None, second=claim.id, field=None, values=lacking, coders=coders)


def settle(project: Project, difference: Difference, side: Side, *, reviewer: str, reason: str | None = None) -> Decided | None:
    """Adopt one side's value in the record in force; None where it is in force already.

    The review's reason names both values and who gave them.  Raises ReviewError where the claim is no longer in force.
    """
    told = _told(difference, side, reason)
    layers = tuple(None if coder == IN_FORCE else coder for coder in difference.coders)
    chosen = 0 if side == "first" else 1
    ids = (difference.first, difference.second)
    with project.reading_tables() as connection:
        unit = load_report_unit(connection, difference.report_id, None)
        theirs = load_report_unit(connection, difference.report_id, layers[chosen]).state.claims
    now = unit.state.claims
    adopted = theirs.get(ids[chosen] or "")
    if difference.field is None:
        return _settle_presence(project, now, adopted, ids[1 - chosen], reviewer, told)
    target = next((now[i] for i in ids if i is not None and i in now), None)
    if target is None or adopted is None:
        raise ReviewError("neither coding's claim is in force; add the claim, or undo what took it out")
    if getattr(target, difference.field) == getattr(adopted, difference.field):
        return None
    value = plain_value(adopted, difference.field)
    also = {"event_type": adopted.event_type} if difference.field == "kind" and adopted.event_type else {}
    return decide(
        project, Correct(claim=target.id, field=difference.field, value=value, also=also), reviewer=reviewer, reason=told
    )  # fmt: skip


def agreement(project: Project, first: Layer, second: Layer) -> Agreement:
    """How far two coders agree on the reports that both have finished."""
    return agreement_of([pairs.matched for pairs in compared(project, first, second)], lexicon_names())


def plain_value(claim: Claim, field: str) -> Any:
    """The value of a field as `Correct` takes it."""
    value = getattr(claim, field)
    if field not in LISTS:
        return _plain(field, value)
    return [_plain(field, item) for item in value]


def _plain(field: str, value: Any) -> Any:
    plain = msgspec.to_builtins(value)
    if not isinstance(plain, dict):
        return plain
    keep = {
        "initiator": ("name", "kind"),
        "target": ("name", "kind"),
        "places": (),
        "figures": ("low", "best", "high", "measure", "object", "unit", "of", "part_of"),
        "time": ("start", "end", "precision", "since"),
        "operation": ("name", "phase"),
        "source": ("speaker", "role", "organisation", "type", "via", "spans"),
    }[field]
    made = {name: plain[name] for name in keep}
    if field == "places":
        made["place"] = plain["place"]["id"] if plain["place"] else None
    if "span" in plain:
        spoken = Span(*plain["span"])
        made |= {"span": list(plain["span"])} if spoken else {"words": plain.get("words") or plain.get("name")}
    return made


def _settle_presence(
    project: Project, now: Any, adopted: Claim | None, other: str | None, reviewer: str, told: str
) -> Decided | None:
    """One coding has a claim that the other has not: add it, or reject it."""
    if adopted is None:
        return (
            decide(project, Reject(claim=other), reviewer=reviewer, reason=told) if other is not None and other in now else None
        )
    if adopted.id in now:
        return None
    values = {f: plain_value(adopted, f) for f in TYPES if getattr(adopted, f) not in (None, (), False)}
    return decide(project, AddClaim(report=adopted.report_id, values=values), reviewer=reviewer, reason=told)


def _told(difference: Difference, side: Side, reason: str | None) -> str:
    values = [msgspec.json.encode(value).decode()[:300] for value in difference.values]
    both = "; ".join(f"{coder}: {value}" for coder, value in zip(difference.coders, values, strict=True))
    return f"settled for {difference.coders[0 if side == 'first' else 1]} ({both})" + (f": {reason}" if reason else "")


def _finished_by(project: Project, first: Layer, second: Layer) -> list[str]:
    """The reports that both have finished; the record in force is always finished."""
    done = {name: {a.report_id for a in assignments(project, name) if a.finished} for name in (first, second) if name is not None}
    if not done:
        raise ReviewError("name at least one second coder: the record in force cannot be compared with itself")
    return sorted(set.intersection(*done.values()))


def _paired(report: Report, first: list[Claim], second: list[Claim]) -> Pairs:
    """By the rule that pairs the engine's claims with gold ones."""
    one = code_report(Reading(report=report, claims=tuple(first)), report.id, ())
    other = code_report(Reading(report=report, claims=tuple(second)), report.id, ())
    matched = match(one, other.claims)
    pairs = [(int(str(g.claim.id)[1:]) - 1, int(str(p.claim.id)[1:]) - 1) for g, p in matched.pairs]  # code_report counts from c1
    left = [i for i in range(len(first)) if i not in {a for a, _ in pairs}]
    open_ = [j for j in range(len(second)) if j not in {b for _, b in pairs}]
    alike = match_whatever_kind(one, [one.claims[i] for i in left], [other.claims[j] for j in open_])
    pairs += [(left[i], open_[j]) for i, j in alike]
    return Pairs(
        report,
        tuple((first[i], second[j]) for i, j in sorted(pairs)),
        tuple(claim for i, claim in enumerate(first) if i not in {a for a, _ in pairs}),
        tuple(claim for j, claim in enumerate(second) if j not in {b for _, b in pairs}),
        matched,
    )


def _words(claim: Claim, report: Report) -> str:
    return " ... ".join(" ".join(span.of(report.text).split()) for span in claim.evidence)
