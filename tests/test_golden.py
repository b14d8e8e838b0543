"""Golden reports: what the engine makes of whole texts, as YAML that is reviewed like prose.

`pytest tests/test_golden.py --update-golden` writes the files anew; the diff then says what changed.  What a reader found
wrong stands in `defects.yaml`, so that no wrong number is taken for reviewed.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

import dateline
from dateline.events import link_events
from dateline.model import Claim, Event, EventFigure, Figure, Interval, Reading, Source

GOLDEN = Path(__file__).parent / "golden"
REPORTS = sorted(folder.name for folder in GOLDEN.iterdir() if (folder / "report.txt").is_file())


@pytest.mark.parametrize("name", REPORTS)
def test_golden_report_reads_as_reviewed(name: str, update_golden: bool) -> None:
    """The claims and events of the report are those that a person has read and found right."""
    reading = read(name)
    number = {claim.id: n for n, claim in enumerate(reading.claims, start=1)}
    events = sorted(link_events([reading]), key=lambda event: min(number[claim_id] for claim_id in event.claims))
    made = {
        "claims.yaml": to_yaml([claim_lines(claim, n, reading.report.text) for n, claim in enumerate(reading.claims, start=1)]),
        "events.yaml": to_yaml([event_lines(event, number) for event in events]),
    }
    for file, text in made.items():
        path = GOLDEN / name / file
        if update_golden:
            path.write_text(text, encoding="utf-8")
        assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", REPORTS)
def test_known_defects_are_still_there(name: str) -> None:
    """A defect that the engine has mended is taken off the list."""
    claims = yaml.safe_load((GOLDEN / name / "claims.yaml").read_text(encoding="utf-8"))
    defects = yaml.safe_load((GOLDEN / name / "defects.yaml").read_text(encoding="utf-8"))
    words = " ".join((GOLDEN / name / "report.txt").read_text(encoding="utf-8").split())
    for defect in defects["wrong"]:
        found = [claim for claim in claims if any(defect["at"] in quote for quote in claim["evidence"])]
        assert any(claim.get(defect["field"]) == defect["value"] for claim in found), f"mended? {defect}"
    for defect in defects["missed"]:
        assert defect["at"] in words
        assert not any(defect["at"] in quote for claim in claims for quote in claim["evidence"]), f"mended? {defect}"


def read(name: str) -> Reading:
    """A golden report's reading."""
    known: dict[str, Any] = yaml.safe_load((GOLDEN / name / "report.meta.yaml").read_text(encoding="utf-8"))
    text = (GOLDEN / name / "report.txt").read_text(encoding="utf-8")
    return dateline.read(text, published=known["published"], publisher=known["publisher"], title=known["title"])


def claim_lines(claim: Claim, number: int, text: str) -> dict[str, Any]:
    """A claim's fields that say something, as short lines."""
    return said(
        claim=number,
        kind=claim.kind,
        event_type=claim.event_type,
        certainty=claim.certainty if claim.certainty != "stated" else None,
        background=claim.background,
        initiator="; ".join(actor.name for actor in claim.initiator),
        target="; ".join(actor.name for actor in claim.target),
        places="; ".join(f"{ref.words} = {ref.place.name if ref.place else '?'}" for ref in claim.places),
        time=time_line(claim.time),
        scope=claim.scope,
        figures=[figure_line(figure) for figure in claim.figures],
        operation=f"{claim.operation.name} {claim.operation.phase or ''}".strip() if claim.operation else None,
        about=claim.about,
        stance=claim.stance,
        source=source_line(claim.source),
        evidence=[" ".join(span.of(text).split()) for span in claim.evidence],
    )


def event_lines(event: Event, number: dict[str, int]) -> dict[str, Any]:
    """An event's fields that say something; its claims by their numbers."""
    return said(
        claims=", ".join(str(number[claim_id]) for claim_id in event.claims),
        event_type=event.event_type,
        certainty=event.certainty if event.certainty != "stated" else None,
        background=event.background,
        initiator="; ".join(event.initiator),
        target="; ".join(event.target),
        place=event.place.name if event.place else event.place_words and f"{event.place_words} = ?",
        time=f"{event.time_start} .. {event.time_end}" if event.time_start or event.time_end else None,
        figures=[figure_line(figure) for figure in event.figures],
        operation=event.operation,
        sources=event.sources,
        lineages=event.lineages,
        contradictions=[f"{c.field}: {' / '.join(value for value, _ in c.sides)}" for c in event.contradictions],
    )


def figure_line(figure: Figure | EventFigure) -> str:
    """ "155/155/- killed militant of ISIS "more than 155 militants" "; low, best, high as in the codebook's table."""
    bounds = "/".join("-" if n is None else f"{n:g}" for n in (figure.low, figure.best, figure.high))
    parts = [bounds, figure.unit, figure.measure, figure.object, figure.of and f"of {figure.of}"]
    if isinstance(figure, Figure):
        parts += [f'"{figure.words}"', figure.part_of and f'part of "{figure.part_of}"']
    return " ".join(" ".join(part for part in parts if part).split())


def time_line(time: Interval | None) -> str | None:
    """ "2021-10-05 .. 2021-10-05 day "on Tuesday" "."""
    if time is None:
        return None
    days = f"{time.start} .. {time.end}" if time.start or time.end else "?"
    return f'{days} {time.precision} "{" ".join(time.words.split())}"'


def source_line(source: Source) -> str:
    """Speaker, role and organisation, the type, and the outlets."""
    chain = ", ".join(part for part in (source.speaker, source.role, source.organisation) if part)
    via = f" via {', '.join(source.via)}" if source.via else ""
    return f"{chain} ({source.type}){via}"


def said(**fields: Any) -> dict[str, Any]:
    """The fields that hold something."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], False)}


def to_yaml(records: list[dict[str, Any]]) -> str:
    """One block a record, with a blank line between."""
    return "\n".join(yaml.safe_dump([record], sort_keys=False, allow_unicode=True, width=110) for record in records) or "[]\n"
