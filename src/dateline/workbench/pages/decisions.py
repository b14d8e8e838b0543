"""Decisions as scripts send them, and what they need to make one: suggestions, choices, what stands around a claim."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel, ConfigDict, Field, JsonValue
from sqlalchemy import select

from dateline import captions
from dateline.errors import ReviewError
from dateline.gazetteer.lookup import find, find_alike
from dateline.model import Span
from dateline.queries import Selection
from dateline.reviews import Accept, Assign, Decision, Redo, SameEvent, Unassign, Undo, decide, decide_all
from dateline.reviews.record import using_record
from dateline.reviews.views import claim_view
from dateline.store import Project
from dateline.store import tables as t
from dateline.workbench.access import MayBulk, MayReview, User
from dateline.workbench.around import around, around_own
from dateline.workbench.bench import TheBench
from dateline.workbench.blind import check_assigned, check_claims_open, check_decision_open, in_sight
from dateline.workbench.choices import field_choices
from dateline.workbench.suggested import suggested, value_caption

router = APIRouter()
Id = Annotated[str, Field(max_length=64)]
MAX_BULK = 200  # as many as a screen of the queue shows
MAX_REVISION = 2**31 - 1
PLACES = 20


class Body(BaseModel):
    """What a script sends: nothing is guessed, no other fields are taken."""

    model_config = ConfigDict(strict=True, extra="forbid")


class DecisionBody(Body):
    """A decision as `dateline.reviews` reads it, and the revisions of the claims that its maker saw."""

    decision: dict[str, JsonValue]
    reason: Annotated[str, Field(max_length=2000)] | None = None
    based_on: Annotated[dict[str, Annotated[int, Field(ge=0, le=MAX_REVISION)]], Field(max_length=MAX_BULK)] = {}
    blind: bool = False


class Seen(Body):
    """A claim as it was on the screen."""

    claim: Id
    revision: Annotated[int, Field(ge=0, le=MAX_REVISION)]


class BulkBody(Body):
    claims: Annotated[list[Seen], Field(min_length=1, max_length=MAX_BULK)]


class SuggestBody(Body):
    """Words of the report that a field's value is to be read from."""

    claim: Id
    field: Annotated[str, Field(max_length=40)]
    n: Annotated[int, Field(ge=0, le=10_000)] | None = None
    start: Annotated[int, Field(ge=0, le=2**31)]
    end: Annotated[int, Field(ge=0, le=2**31)]
    blind: bool = False


@router.post("/api/decisions")
def add_decision(body: DecisionBody, user: MayReview, bench: TheBench) -> dict[str, Any]:
    """Decide something about one claim, link, source or report.

    A decision that is based on a claim as it no longer is answers 409 with who was first.
    """
    decision, layer = _decision(body.decision), user.name if body.blind else None
    _check_right(decision, user, bench.project)
    if layer is None:
        check_decision_open(bench.project, user, decision)
    else:
        check_assigned(bench.project, user, decision)
    decided = decide(
        bench.project, decision, reviewer=user.name, reason=body.reason, based_on=body.based_on or None, layer=layer,
        relink=False,
    )  # fmt: skip
    if layer is None:
        bench.relinking.ask()
    views = [claim_view(bench.project, claim, layer) for claim in decided.claims]
    return {
        "number": decided.number,
        "claims": decided.claims,
        "states": {view.id: view.status.name for view in views},
        "report": views[0].report_id if views else None,
    }


@router.post("/api/decisions/bulk")
def accept_seen(body: BulkBody, user: MayBulk, bench: TheBench) -> dict[str, Any]:
    """Accept claims that were on the screen, all or none: one that somebody changed meanwhile refuses them all."""
    based_on = {seen.claim: seen.revision for seen in body.claims}
    if len(based_on) < len(body.claims):
        raise HTTPException(422, "A claim comes twice.")
    check_claims_open(bench.project, user, based_on)
    accepts = [Accept(claim=claim) for claim in based_on]
    decided = decide_all(bench.project, accepts, reviewer=user.name, based_on=based_on, relink=False)
    bench.relinking.ask()
    return {"numbers": [one.number for one in decided]}


@router.post("/api/suggest")
def suggestion(body: SuggestBody, user: MayReview, bench: TheBench) -> dict[str, Any]:
    """The value that some words of the report give a field, as a correction would send it, and in words."""
    layer = user.name if body.blind else None
    if layer is None:
        check_claims_open(bench.project, user, [body.claim])
    report = bench.project.report(claim_view(bench.project, body.claim, layer).report_id)
    if not body.start < body.end <= len(report.text):
        raise ReviewError("these are no characters of the report")
    span = Span(body.start, body.end)
    try:
        value = suggested(bench.project, body.claim, body.field, body.n, span, layer)
    except ReviewError as e:  # most words are no value: while somebody moves through them that is no failure
        return {"value": None, "words": span.of(report.text), "caption": "", "fault": str(e)}
    return {"value": value, "words": span.of(report.text), "caption": value_caption(body.field, value), "fault": None}


@router.get("/api/claims/{claim_id}/around")
def around_claim(claim_id: str, user: MayReview, bench: TheBench, blind: bool = False) -> dict[str, Any]:
    """What corrections and links of a claim are chosen from; in a coder's own coding without what others made of it."""
    if blind:
        return around_own(bench.project, claim_id, user.name)
    check_claims_open(bench.project, user, [claim_id])
    return around(bench.project, claim_id, in_sight(bench.project, user, Selection()))


@router.get("/api/choices")
def choices(user: MayReview) -> dict[str, Any]:
    """The closed lists of the fields, with their words."""
    return field_choices()


@router.get("/api/places")
def places(user: MayReview, bench: TheBench, words: Annotated[str, Query(max_length=100)] = "") -> list[dict[str, str]]:
    """Places of the gazetteer that bear a name, or one like it."""
    with using_record(bench.project):
        found = find(words) or find_alike(words)
    return [
        {
            "value": one.entry.id,
            "label": ", ".join(
                p for p in (one.entry.name, captions.words(one.entry.kind), one.entry.admin1, one.entry.country) if p
            ),
        }
        for one in found[:PLACES]
    ]


def _decision(fields: dict[str, Any]) -> Decision:
    """Raises ReviewError where it is none."""
    try:
        return msgspec.convert(fields, Decision)  # type: ignore[no-any-return]  # a union of records
    except msgspec.ValidationError as e:
        raise ReviewError(f"no decision: {e}") from None


def _check_right(decision: Decision, user: User, project: Project) -> None:
    """What a coder may not do: give out reports, and undo what others decided."""
    if isinstance(decision, Assign | Unassign) and not user.may("assign"):
        raise HTTPException(403, "Reports are given to coders by editors.")
    if isinstance(decision, Undo | Redo) and not user.may("assign"):
        made_by = _reviewer_of(project, decision.number)
        if made_by is not None and made_by != user.name:
            raise HTTPException(403, f"Decision {decision.number} is another analyst's; editors undo those.")
    if isinstance(decision, SameEvent) and len(decision.claims) > 2 and not user.may("bulk"):
        raise HTTPException(403, "Your role joins two claims at a time.")


def _reviewer_of(project: Project, number: int) -> str | None:
    with project.reading_tables() as connection:
        return connection.execute(select(t.reviews.c.reviewer).where(t.reviews.c.number == number)).scalar_one_or_none()
