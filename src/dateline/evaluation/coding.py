"""The engine's claims in the form of a gold file."""

from collections.abc import Iterable, Mapping

from dateline.evaluation.records import CodedClaim, CodedFigure, CodedOperation, CodedReport, CodedSource, CodedTime
from dateline.model import Claim, Event, Figure, Interval, Reading, Source


def code_report(reading: Reading, identity: str, events: Iterable[Event]) -> CodedReport:
    """The reading's claims as coded claims: evidence is [start, end) pairs, values are those of the records.

    `events` are what the claims were linked to; an incident in none of them is an event of its own.  `identity` is the
    report's id in the gold file.
    """
    event_of = {claim: event.id for event in events for claim in event.claims}
    report = reading.report
    return CodedReport(
        id=identity,
        text=report.text,
        claims=[_claim(claim, f"c{number}", event_of) for number, claim in enumerate(reading.claims, 1)],
        title=report.title,
        publisher=report.publisher,
        url=report.url,
        published=report.published,
    )


def _claim(claim: Claim, identity: str, event_of: Mapping[str, str]) -> CodedClaim:
    return CodedClaim(
        id=identity,
        kind=claim.kind,
        event_type=claim.event_type,
        certainty=claim.certainty,
        background=claim.background,
        initiator=_once(actor.name for actor in claim.initiator),
        target=_once(actor.name for actor in claim.target),
        places=_once(place.words for place in claim.places),
        time=_time(claim.time),
        scope=claim.scope,
        figures=[_figure(figure) for figure in claim.figures],
        operation=CodedOperation(name=claim.operation.name, phase=claim.operation.phase) if claim.operation else None,
        source=_source(claim.source),
        stance=claim.stance,
        about=claim.about,
        evidence=[(span.start, span.end) for span in claim.evidence],
        event=event_of.get(claim.id, claim.id) if claim.kind == "incident" else None,
    )


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _time(interval: Interval | None) -> CodedTime:
    if interval is None:
        return CodedTime(precision="unknown")
    return CodedTime(words=interval.words, start=interval.start, end=interval.end, precision=interval.precision)


def _figure(figure: Figure) -> CodedFigure:
    return CodedFigure(
        low=figure.low,
        best=figure.best,
        high=figure.high,
        measure=figure.measure,
        object=figure.object,
        unit=figure.unit,
        of=figure.of,
        part_of=figure.part_of,
        words=figure.words,
    )


def _source(source: Source) -> CodedSource:
    return CodedSource(
        speaker=source.speaker,
        role=source.role,
        organisation=source.organisation,
        type=source.type,
        via=list(source.via),
    )
