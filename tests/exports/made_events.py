"""A small invented project with what makes exports hard: formulas, witnesses, no place, no date, areas, several sources."""

from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from dateline.model import Claim, ClaimRow, Event, EventFigure, EventRow, Report, Source
from dateline.store import Project, open_project
from dateline.testing import (
    killed,
    make_actor,
    make_claim,
    make_event,
    make_place,
    make_reading,
    make_report,
    on,
    placed,
    span_of,
)

WIRE = make_report(
    "=cmd() said the headline.\nArmy troops killed 22 militants near Torbal on Monday. He fell, said Rosa Marin, a shopkeeper.",
    title='-dirty; "trick"', publisher="River Post", url="https://river.example/1", published=date(2019, 11, 5),
    published_from="given", language="en", path="a.txt",
)  # fmt: skip
PAPER = make_report(
    "At least 17 fighters of the Front died near Torbal.", publisher="@Highland Wire", published=date(2019, 11, 6)
)
NOTE = make_report("The Front shot three villagers in Meta in October. Police seized 40 kg of explosives.", path="b.txt")

ARMY = make_actor("Iraqi army", "state_force", by="description")
FRONT = make_actor("Kachin Independence Army", "armed_group")
ISIS = make_actor("ISIS", "armed_group", by="reference")
VILLAGERS = make_actor("civilians", "civilians", by="description")
MILITANTS = make_actor("militants", "armed_group", by="description")
PEOPLE = make_actor("people", "people", by="description")


def figure(
    measure: str, low: float | None, best: float | None, high: float | None, object: str = "person", **known: Any
) -> EventFigure:
    """A figure of an event; `known` are fields of EventFigure."""
    fields: dict[str, Any] = {"unit": None, "of": None, "rule": "made", "claims": ()} | known
    return EventFigure(**fields, measure=measure, object=object, low=low, best=best, high=high)


CLASH_SAID = make_claim(
    WIRE, evidence=[span_of(WIRE.text, "=cmd()"), span_of(WIRE.text, "Army troops killed 22 militants")], initiator=[ARMY],
    target=[ISIS], places=[placed()], time=on("2019-11-04"), figures=[killed(22)],
    source=Source(speaker="Amadou Bello", role="spokesman", organisation="Interior Ministry", type="official"),
    summary="+22 killed",
)  # fmt: skip
CLASH_SEEN = make_claim(
    WIRE, evidence=[span_of(WIRE.text, "He fell")], initiator=[ARMY], target=[ISIS], time=on("2019-11-04"),
    source=Source(speaker="Rosa Marin", role="shopkeeper", type="witness"), summary="clash (Rosa Marin)",
)  # fmt: skip
CLASH_AGAIN = make_claim(PAPER, initiator=[ARMY], target=[ISIS], places=[placed()], figures=[killed(17, high=None)])
ATTACK_SAID = make_claim(
    NOTE, evidence=[span_of(NOTE.text, "The Front shot three villagers in Meta in October")], event_type="attack_on_civilians",
    initiator=[FRONT], target=[VILLAGERS], figures=[killed(3, "civilian")],
)  # fmt: skip
SEIZURE_SAID = make_claim(NOTE, evidence=[span_of(NOTE.text, "Police seized 40 kg of explosives")], event_type="seizure")

CLASH = make_event(
    [CLASH_SAID, CLASH_SEEN, CLASH_AGAIN], initiator=("Iraqi army",), target=("ISIS",), place=make_place(country="IQ"),
    place_words="Torbal", time_start=date(2019, 11, 4), time_end=date(2019, 11, 4), time_precision=1,
    figures=(figure("killed", 17, 22, 22, "militant", claims=(CLASH_SAID.id, CLASH_AGAIN.id)),),
    totals=(figure("killed", 17, 22, 22, claims=(CLASH_SAID.id, CLASH_AGAIN.id)),), sources=2, lineages=2, summary="armed clash",
)  # fmt: skip
META = make_place("Meta", kind="admin1", geo_precision=3, where_prec=4, radius_km=120.0, lat=3.5, lon=-73.0)
ATTACK = make_event(
    [ATTACK_SAID], event_type="attack_on_civilians", initiator=(FRONT.name,), target=("civilians",), place=META,
    place_words="Meta", time_start=date(2019, 10, 1), time_end=date(2019, 10, 31), time_precision=3, certainty="alleged",
    figures=(figure("killed", 3, 3, 3, "civilian", claims=(ATTACK_SAID.id,)),),
    totals=(figure("killed", 3, 3, 3, claims=(ATTACK_SAID.id,)),),
)  # fmt: skip
SEIZURE = make_event(
    [SEIZURE_SAID], event_type="seizure", figures=(figure("seized", 40, 40, 40, "explosive_material", unit="kg"),)
)

CLAIMS: dict[str, tuple[Claim, Report]] = {
    claim.id: (claim, report)
    for report, claims in ((WIRE, (CLASH_SAID, CLASH_SEEN)), (PAPER, (CLASH_AGAIN,)), (NOTE, (ATTACK_SAID, SEIZURE_SAID)))
    for claim in claims
}
EVENTS = (ATTACK, CLASH, SEIZURE)


def row_of(event: Event, **known: Any) -> EventRow:
    """An event with its claims; `known` are fields of the event that are to be others."""
    return EventRow(msgspec.structs.replace(event, **known), tuple(ClaimRow(*CLAIMS[i]) for i in event.claims))


def made_project(folder: Path) -> Project:
    """The project in a folder; the caller closes it."""
    project = open_project(folder, create=True)
    for report in (WIRE, PAPER, NOTE):
        project.save([make_reading(report, claims=[claim for claim, of in CLAIMS.values() if of is report])])
    project.replace_events(EVENTS)
    return project
