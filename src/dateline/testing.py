"""Builders of records for tests, ours and users': name what matters, the rest is filled in.

    claim = make_claim("22 militants were killed in Anbar.", kind="tally", figures=[killed(22)])

Spans are looked up in the text, so that a value stands on the words that say it, as in real readings.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from dateline.model import (
    ActorRef,
    Claim,
    Event,
    Figure,
    Interval,
    Link,
    Place,
    PlaceRef,
    Reading,
    Region,
    Report,
    Sentence,
    Span,
    claim_id,
    event_id,
    report_of,
)
from dateline.model.actor import ActorKind

TEXT = "Army troops killed 22 militants near Torbal on Monday, a spokesman said."


def make_report(text: str = TEXT, **known: Any) -> Report:
    """A report of a text; `known` are fields of Report."""
    return report_of(text, **known)


def span_of(text: str, words: str) -> Span:
    """The first place in `text` where `words` stand."""
    start = text.index(words)
    return Span(start, start + len(words))


def make_figure(number: float | None, measure: str, object: str = "person", **known: Any) -> Figure:
    """An exact figure; `known` are fields of Figure, as in low=155, high=None."""
    words = known.pop("words", f"{number:g}" if number is not None else "")
    bounds: dict[str, Any] = {"low": number, "best": number, "high": number}
    rest: dict[str, Any] = {"unit": None, "of": None, "part_of": None, "span": Span(0, max(1, len(words)))}
    return Figure(**(bounds | rest | known), measure=measure, object=object, words=words)


def killed(number: float | None, object: str = "militant", **known: Any) -> Figure:
    return make_figure(number, "killed", object, **known)


def destroyed(number: float | None, object: str = "tunnel", **known: Any) -> Figure:
    return make_figure(number, "destroyed", object, **known)


def make_actor(name: str, kind: ActorKind = "armed_group", **known: Any) -> ActorRef:
    fields: dict[str, Any] = {"words": name, "span": Span(0, len(name))}
    return ActorRef(**(fields | known), name=name, kind=kind)


def make_place(name: str = "Torbal", **known: Any) -> Place:
    """A town that does not exist, west of Greenwich and south of the equator."""
    fields: dict[str, Any] = {
        "id": f"made-{name.lower()}",
        "kind": "settlement",
        "lat": -4.5,
        "lon": -70.25,
        "country": "CO",
        "admin1": "Meta",
    }
    return Place(**(fields | known), name=name)


def placed(name: str = "Torbal", **known: Any) -> PlaceRef:
    """A claim's place that the gazetteer holds."""
    return PlaceRef(words=name, span=Span(0, len(name)), place=make_place(name, **known))


def on(day: str, words: str = "on Monday") -> Interval:
    """One day, as in on("2019-11-04")."""
    found = date.fromisoformat(day)
    return Interval(span=Span(0, len(words)), words=words, start=found, end=found, precision="day")


def make_claim(report: Report | str = TEXT, *, evidence: Sequence[Span] | None = None, nth: int = 0, **known: Any) -> Claim:
    """A claim of a report (or of a text that is made one); its evidence is the whole text where none is given."""
    report = make_report(report) if isinstance(report, str) else report
    spans = tuple(evidence or [Span(0, len(report.text))])
    fields: dict[str, Any] = {"kind": "incident", "event_type": "armed_clash"} | {
        k: tuple(v) if isinstance(v, list) else v for k, v in known.items()
    }
    return Claim(**fields, id=claim_id(report.id, fields["kind"], spans, nth), report_id=report.id, evidence=spans)


def make_reading(report: Report | str = TEXT, claims: Iterable[Claim] | None = None, **known: Any) -> Reading:
    """A reading of a report as one sentence; with one claim where none are given."""
    report = make_report(report) if isinstance(report, str) else report
    whole = Span(0, len(report.text))
    fields: dict[str, Any] = {
        "regions": (Region(whole, "body"),),
        "sentences": (Sentence(span=whole, region="body", paragraph=0),),
    } | known
    return Reading(report=report, claims=tuple([make_claim(report)] if claims is None else claims), **fields)


def make_event(claims: Sequence[Claim], **known: Any) -> Event:
    """An event of claims, linked."""
    ids = tuple(claim.id for claim in claims)
    fields: dict[str, Any] = {
        "event_type": "armed_clash",
        "links": tuple(Link(i, 0.5, "made") for i in ids),
        "sources": 1,
        "lineages": 1,
    } | known
    return Event(**fields, id=event_id(min(ids)), claims=ids)
