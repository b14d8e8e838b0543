"""One event: what is said about it and by whom, its figures with their rules, where sources differ, and why claims are in it."""

from collections import defaultdict

from fastapi import APIRouter, HTTPException
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dateline import captions
from dateline.errors import StoreError
from dateline.model import ClaimRow, Contradiction, EventFigure, EventRow, Link, Trace
from dateline.model.told import Told, tellings
from dateline.queries import Selection
from dateline.queries.picture import Spot
from dateline.queries.records import lineage_by_report
from dateline.reviews import Resolve, decide
from dateline.store import Project
from dateline.store.origins import came_of, traces_of
from dateline.workbench.access import MayRead, MayReview
from dateline.workbench.bench import TheBench
from dateline.workbench.blind import check_event_open
from dateline.workbench.forms import Form
from dateline.workbench.mapping import draw_map, whole_view
from dateline.workbench.pages.events import Links, place_words
from dateline.workbench.rendering import page

router = APIRouter()
MAP_SIZE = (460, 280)


class Said(Struct, frozen=True, kw_only=True):
    """A claim of the event: its sentence, and why it is here."""

    id: str
    quote: str
    report_id: str
    title: str
    publisher: str | None
    published: str
    certainty: str
    background: bool
    figures: tuple[str, ...]
    lineage: int | None  # number of the lineage among the event's
    why: str
    score: float | None


class Voice(Struct, frozen=True):
    """A source with what it says about the event."""

    name: str
    type: str
    claims: tuple[Said, ...]


class FigureLine(Struct, frozen=True):
    """A figure of the event with who says it."""

    caption: str
    low: str
    best: str
    high: str
    rule: str
    told: tuple[Told, ...]


class SideLine(Struct, frozen=True):
    """One side of a contradiction, with the sentences that give it."""

    value: str
    independent: int | None
    claims: tuple[Said, ...]


class Dispute(Struct, frozen=True):
    name: str  # of the field, as decisions call it
    field: str
    kind: str
    gap: float
    sides: tuple[SideLine, ...]


@router.get("/events/{event_id}")
def event_screen(request: Request, user: MayRead, bench: TheBench, event_id: str) -> Response:
    """The event; where its id is one of the past, what it became."""
    check_event_open(bench.project, user, event_id)
    event = _found(bench.project, event_id)
    if isinstance(event, RedirectResponse):
        return event
    row, traces = event
    spots = [Spot("here", row.event.place, 1)] if row.event.place else []
    lineages = lineage_by_report(bench.project, [claim.report.id for claim in row.claims])
    said = _said(row, lineages)
    return page(
        request,
        "event.html.j2",
        event=row.event,
        summary=captions.event_summary(row.event),
        label=captions.event_type(row.event.event_type),
        when=captions.event_time(row.event),
        place=place_words(row.event),
        totals=[_figure_line(figure, row, lineages) for figure in row.event.totals],
        figures=[_figure_line(figure, row, lineages) for figure in row.event.figures],
        disputes=[_dispute(one, said) for one in row.event.contradictions],
        updates=[_dispute(one, said) for one in row.event.updates],
        voices=_voices(row, said),
        reports=len({claim.report.id for claim in row.claims}),
        lineages=len(set(lineages.values())),
        traces=traces,
        map=draw_map(spots, whole_view(spots, *MAP_SIZE)) if spots else None,
        here=Links(Selection()),
        may_review=user.may("review"),
    )


@router.post("/events/{event_id}/settle")
def settle(event_id: str, user: MayReview, form: Form, bench: TheBench) -> Response:
    """Say which side of a contradiction holds, and why."""
    check_event_open(bench.project, user, event_id)
    decision = Resolve(event=event_id, field=form.get("field", ""), value=form.get("value", ""))
    decide(bench.project, decision, reviewer=user.name, reason=form.get("reason", "").strip() or None, relink=False)
    bench.relinking.ask()
    return RedirectResponse(f"/events/{event_id}", 303)


def _found(project: Project, event_id: str) -> tuple[EventRow, list[Trace]] | RedirectResponse:
    """The event with its past.  An id that became one other leads there; one that became several, or none, says so."""
    traces = traces_of(project, event_id)
    try:
        return project.event(event_id), [*traces, *came_of(project, event_id)]
    except StoreError:
        own = [trace for trace in traces if trace.event_id == event_id]
        if not own:
            raise
        became = own[-1].became
        if len(became) == 1:
            return RedirectResponse(f"/events/{became[0]}", 303)
        words = f"Its claims are now in {', '.join(became)}." if became else "None of its claims is left."
        raise HTTPException(410, f"The event {event_id} is no more: it was {own[-1].what}. {words}") from None


def _said(row: EventRow, lineages: dict[str, str]) -> dict[str, Said]:
    links: dict[str, Link] = {link.claim_id: link for link in row.event.links}
    order = {lineage: n for n, lineage in enumerate(dict.fromkeys(lineages.get(c.report.id, "") for c in row.claims), 1)}
    return {
        one.claim.id: _sentence(one, links.get(one.claim.id), order.get(lineages.get(one.report.id, ""))) for one in row.claims
    }


def _sentence(row: ClaimRow, link: Link | None, lineage: int | None) -> Said:
    claim, report = row
    return Said(
        id=claim.id,
        quote=" … ".join(" ".join(span.of(report.text).split()) for span in claim.evidence),
        report_id=report.id,
        title=captions.report_title(report),
        publisher=report.publisher,
        published=captions.published(report),
        certainty=claim.certainty,
        background=claim.background,
        figures=tuple(captions.figure(figure) for figure in claim.figures),
        lineage=lineage,
        why=link.why if link else "",
        score=link.score if link else None,
    )


def _voices(row: EventRow, said: dict[str, Said]) -> list[Voice]:
    """The claims by who says them, those with the most first."""
    grouped: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for claim, report in row.claims:
        grouped[captions.source(claim.source, report.publisher), claim.source.type].append(said[claim.id])
    ordered = sorted(grouped.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [Voice(name, type, tuple(claims)) for (name, type), claims in ordered]


def _figure_line(figure: EventFigure, row: EventRow, lineages: dict[str, str]) -> FigureLine:
    def shown(value: float | None) -> str:
        return "–" if value is None else captions.number(value) + (f" {figure.unit}" if figure.unit else "")

    counted = "" if figure.object == "other" else captions.coded(figure.object)
    owned = f"{counted} of {figure.of}".strip() if figure.of else counted
    caption = captions.coded(figure.measure) + (f" ({owned})" if owned else "")
    told = tellings(figure, row, lineages)
    return FigureLine(caption, shown(figure.low), shown(figure.best), shown(figure.high), figure.rule, told)


def _dispute(one: Contradiction, said: dict[str, Said]) -> Dispute:
    counts = one.independent or (None,) * len(one.sides)
    sides = tuple(
        SideLine(value, count, tuple(said[i] for i in claims if i in said))
        for (value, claims), count in zip(one.sides, counts, strict=False)
    )
    return Dispute(one.field, captions.words(one.field), one.kind, one.gap, sides)
