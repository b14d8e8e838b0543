"""One self-contained HTML page of readings and events."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import jinja2
import msgspec

from dateline import captions
from dateline.exports.page.data import page_of
from dateline.exports.page.embed import policy, script_json, static
from dateline.exports.page.outlines import provinces_near, world
from dateline.exports.page.records import Page
from dateline.exports.page.visible import chips
from dateline.exports.write import replacing
from dateline.lexicon.codebook import codebook
from dateline.model import Event, Kind, Reading

LEAFLET = "vendor/leaflet-1.9.4"
STYLES = ("tokens.css", "page.css", "tables.css", "reader.css", "map.css", "timeline.css", "print.css")
SCRIPTS = ("dom.js", "model.js", "selection.js", "reader.js", "card.js", "map.js", "timeline.js", "tables.js", "start.js")
KIND_PLURALS = {"incident": "incidents", "tally": "running totals", "assessment": "assessments", "forecast": "forecasts"}
UNREAD_REASONS = {
    "unread": "not read",
    "date": "part of a date",
    "name": "part of a name",
    "age": "an age",
    "ordinal": "an ordinal",
    "reference": "a reference",
    "furniture": "page furniture",
    "codebook": "not in the codebook",
}


def write_page(path: Path, readings: Sequence[Reading], events: Sequence[Event], *, title: str) -> None:
    """Write the page to `path`, whole or not at all: a page that was there stays until the new one is complete.

    Raises ExportError where the file cannot be written.
    """
    page = render_page(readings, events, title=title)
    with replacing(path) as stream:
        stream.write(page)


def render_page(readings: Sequence[Reading], events: Sequence[Event], *, title: str) -> str:
    """The page as HTML.  The same readings and events give the same characters."""
    page, places = page_of(readings, events, title)
    provinces, outlined = provinces_near(places)
    page = msgspec.structs.replace(
        page, places=tuple(msgspec.structs.replace(place, areas=outlined.get(place.id, ())) for place in page.places)
    )
    styles = [static(f"{LEAFLET}/leaflet.css"), static(*STYLES)]
    scripts = [static("trusted.js"), static(f"{LEAFLET}/leaflet.js"), static(*SCRIPTS)]
    types = _types(page)
    extras = {"world": world(), "provinces": provinces, "kinds": KIND_PLURALS, "types": [name for name, _ in types]}
    return _template().render(
        page=page,
        counts=_counts(page),
        kinds=KIND_PLURALS,
        reasons=UNREAD_REASONS,
        types=types,
        codebook_version=codebook().version,
        policy=policy(scripts, styles),
        styles=styles,
        scripts=scripts,
        data=script_json(msgspec.to_builtins(page) | extras),
    )


def _counts(page: Page) -> dict[str, Any]:
    kinds = Counter(claim.kind for claim in page.claims)
    return {
        "kinds": {kind: kinds[kind] for kind in get_args(Kind)},
        "certainties": Counter(claim.certainty for claim in page.claims),
        "unread": sum(u.reason == "unread" for report in page.reports for u in report.unread),
        "explained": sum(u.reason != "unread" for report in page.reports for u in report.unread),
        "unresolved": sum(len(report.unresolved) for report in page.reports),
        "contradicted": sum(bool(event.contradictions) for event in page.events),
    }


def _types(page: Page) -> list[tuple[str, str]]:
    """The event types that claims of the page have, the gravest first, with their labels."""
    found = {claim.type for claim in page.claims if claim.type is not None}
    return [(name, captions.event_type(name)) for name in sorted(found, key=lambda name: (codebook().gravity(name), name))]


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("dateline.exports.page"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["shown"] = chips
    return environment.get_template("page.html.j2")
