"""Readings and events -> the page's records."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from dateline import captions
from dateline.exports.page.records import (
    ClaimView,
    ContradictionView,
    EventFigureView,
    EventView,
    FigureView,
    LinkView,
    Mark,
    Page,
    PlaceView,
    PlaceWords,
    ReportView,
    Side,
    Stretch,
    TimeView,
    UnreadView,
    UnresolvedView,
)
from dateline.exports.privacy import without_names
from dateline.hidden import hidden_names
from dateline.model import ActorRef, Claim, Event, EventFigure, Interval, Place, Reading, Span

AROUND = 40
"""Characters shown on either side of an unread number: enough to see what it is."""


class Utf16:
    """Turns spans of a Python text (code points) into spans of the same text in JavaScript (UTF-16 code units)."""

    def __init__(self, text: str) -> None:
        self._wide = [at for at, character in enumerate(text) if character > "\uffff"]

    def __call__(self, span: Span) -> Stretch:
        return self._units(span.start), self._units(span.end)

    def _units(self, at: int) -> int:
        return at + sum(1 for wide in self._wide if wide < at) if self._wide else at


class Places:
    """The places with coordinates, numbered as they are first asked for."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}
        self.found: list[Place] = []

    def number(self, place: Place | None) -> int | None:
        if place is None:
            return None
        if place.id not in self._number:
            self._number[place.id] = len(self.found)
            self.found.append(place)
        return self._number[place.id]


def page_of(readings: Sequence[Reading], events: Sequence[Event], title: str) -> tuple[Page, tuple[Place, ...]]:
    """The page's records, and its places as the gazetteer has them (in the order of `Page.places`).

    Reports keep the given order; claims come by report and first character, so the same input gives the same page.
    """
    ordered = [
        (n, claim) for n, reading in enumerate(readings) for claim in sorted(map(without_names, reading.claims), key=_claim_order)
    ]
    number = {claim.id: at for at, (_, claim) in enumerate(ordered)}
    events_of: dict[str, list[int]] = defaultdict(list)
    for at, event in enumerate(events):
        for claim_id in event.claims:
            events_of[claim_id].append(at)
    places = Places()
    event_views = tuple(_event(event, number, places) for event in events)
    to_units = [Utf16(reading.report.text) for reading in readings]
    claim_views = tuple(_claim(claim, n, readings[n], to_units[n], events_of[claim.id], places) for n, claim in ordered)
    page = Page(
        title=title,
        reports=tuple(_report(reading, units) for reading, units in zip(readings, to_units, strict=True)),
        claims=claim_views,
        events=event_views,
        places=tuple(_place(place) for place in places.found),
        hidden=hidden_names(reading.report.text for reading in readings),
    )
    return page, tuple(places.found)


def _claim_order(claim: Claim) -> tuple[tuple[Span, ...], str, str]:
    return tuple(sorted(claim.evidence)), claim.kind, claim.id


def _claim(claim: Claim, report: int, reading: Reading, units: Utf16, events: list[int], places: Places) -> ClaimView:
    text = reading.report.text
    return ClaimView(
        id=claim.id,
        report=report,
        kind=claim.kind,
        type=claim.event_type,
        type_label=captions.event_type(claim.event_type),
        certainty=claim.certainty,
        background=claim.background,
        initiator=_names(claim.initiator),
        target=_names(claim.target),
        places=tuple(PlaceWords(ref.words, captions.place(ref), places.number(ref.place)) for ref in claim.places),
        time=_time(claim.time),
        scope=claim.scope,
        figures=tuple(
            FigureView(caption=captions.figure(f), words=f.words, part_of=f.part_of, span=units(f.span)) for f in claim.figures
        ),
        operation=_operation(claim),
        source=captions.source(claim.source, reading.report.publisher),
        source_type=captions.words(claim.source.type),
        about=claim.about,
        stance=claim.stance,
        summary=captions.summary(claim, text),
        quote=" … ".join(span.of(text) for span in claim.evidence),
        evidence=tuple(units(span) for span in sorted(claim.evidence)),
        marks=tuple(_marks(claim, units)),
        events=tuple(events),
    )


def _names(actors: Iterable[ActorRef]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(actor.name for actor in actors))


def _operation(claim: Claim) -> str | None:
    if claim.operation is None:
        return None
    return claim.operation.name + (f", phase {claim.operation.phase}" if claim.operation.phase is not None else "")


def _time(time: Interval | None) -> TimeView | None:
    if time is None:
        return None
    return TimeView(
        caption=captions.interval(time),
        words=time.words,
        start=time.start.isoformat() if time.start else None,
        end=time.end.isoformat() if time.end else None,
        precision=time.precision,
        since=time.since,
        counted_from=f"{time.anchor} ({time.anchor_from})" if time.anchor and time.anchor_from else None,
    )


def _marks(claim: Claim, units: Utf16) -> Iterable[Mark]:
    """Every value's characters, each stretch of a field once."""
    found = [
        *((("figure", captions.figure(f)), f.span) for f in claim.figures),
        *((("place", captions.place(ref)), ref.span) for ref in claim.places),
        *((("time", captions.interval(claim.time)), claim.time.span) for _ in (1,) if claim.time),
        *((("initiator", actor.name), actor.span) for actor in claim.initiator),
        *((("target", actor.name), actor.span) for actor in claim.target),
        *((("operation", _operation(claim) or ""), claim.operation.span) for _ in (1,) if claim.operation),
        *((("source", claim.source.speaker or claim.source.organisation or "source"), span) for span in claim.source.spans),
    ]
    for (field, label), span in dict.fromkeys(found):
        if len(span):
            yield Mark(field, label, units(span))


def _event(event: Event, number: dict[str, int], places: Places) -> EventView:
    links = {link.claim_id: link for link in event.links}
    return EventView(
        id=event.id,
        type=event.event_type,
        type_label=captions.event_type(event.event_type),
        initiator=event.initiator,
        target=event.target,
        place=places.number(event.place),
        place_words=_event_place(event),
        start=event.time_start.isoformat() if event.time_start else None,
        end=event.time_end.isoformat() if event.time_end else None,
        time=captions.event_time(event),
        figures=tuple(_event_figure(figure, number) for figure in event.figures),
        certainty=event.certainty,
        background=event.background,
        operation=event.operation,
        sources=event.sources,
        lineages=event.lineages,
        contradictions=tuple(
            ContradictionView(captions.words(c.field), tuple(Side(value, _numbers(ids, number)) for value, ids in c.sides))
            for c in event.contradictions
        ),
        confidence=event.confidence,
        links=tuple(
            LinkView(number[claim_id], links[claim_id].score, links[claim_id].why)
            if claim_id in links
            else LinkView(number[claim_id], None, "")
            for claim_id in event.claims
            if claim_id in number
        ),
        summary=captions.event_summary(event),
    )


def _event_place(event: Event) -> str:
    if event.place is None:
        return event.place_words or ""
    return ", ".join(dict.fromkeys(part for part in (event.place.name, event.place.admin1, event.place.country) if part))


def _event_figure(figure: EventFigure, number: dict[str, int]) -> EventFigureView:
    unit = f" {figure.unit}" if figure.unit else ""
    low, best, high = (
        "–" if value is None else captions.number(value) + unit for value in (figure.low, figure.best, figure.high)
    )
    counted = "" if figure.object == "other" else captions.coded(figure.object)
    return EventFigureView(
        caption=captions.figure(figure),
        low=low,
        best=best,
        high=high,
        counted=", ".join(p for p in (captions.coded(figure.measure), counted + (f" of {figure.of}" if figure.of else "")) if p),
        rule=figure.rule,
        claims=_numbers(figure.claims, number),
    )


def _numbers(claim_ids: Iterable[str], number: dict[str, int]) -> tuple[int, ...]:
    """Numbers of the claims that are on the page: an event may hold claims of reports that were left out."""
    return tuple(number[claim_id] for claim_id in claim_ids if claim_id in number)


def _place(place: Place) -> PlaceView:
    return PlaceView(
        id=place.id,
        name=place.name,
        kind=place.kind,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        precision=place.geo_precision,
        areas=(),
    )


def _report(reading: Reading, units: Utf16) -> ReportView:
    report = reading.report
    return ReportView(
        id=report.id,
        sha256=report.sha256,
        title=captions.report_title(report),
        publisher=report.publisher,
        author=report.author,
        url=report.url,
        published=captions.published(report),
        published_on=report.published.isoformat() if report.published else None,
        language=report.language,
        text=report.text,
        regions=tuple((*units(region.span), region.kind) for region in reading.regions if region.kind != "body"),
        unread=tuple(
            UnreadView(
                report.text[max(0, u.span.start - AROUND) : u.span.start],
                u.span.of(report.text),
                report.text[u.span.end : u.span.end + AROUND],
                u.reason,
                units(u.span),
            )
            for u in sorted(reading.unread, key=lambda u: u.span)
        ),
        unresolved=_unresolved(reading, units),
    )


def _unresolved(reading: Reading, units: Utf16) -> tuple[UnresolvedView, ...]:
    spans: dict[str, list[Stretch]] = defaultdict(list)
    for mention in reading.unresolved:
        spans[" ".join(mention.words.split())].append(units(mention.span))
    return tuple(UnresolvedView(words, tuple(found)) for words, found in spans.items())
