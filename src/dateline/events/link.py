"""Claims of many reports -> events."""

from collections.abc import Iterable

from dateline.events.build import build_event
from dateline.events.cluster import cluster
from dateline.events.facts import Incident, incidents_of
from dateline.events.lineage import lineages
from dateline.model import Event, Reading


def link_events(readings: Iterable[Reading]) -> tuple[Event, ...]:
    """The events that the incident claims of all readings tell of, by day, then id; the order of the readings does not matter.

    Tallies, assessments and forecasts never make or join an event.  A denied incident joins the event that it denies, and
    makes none alone.  The readings are gone through once; only small facts of each are kept.
    """
    incidents: dict[str, Incident] = {}
    for reading in readings:
        incidents.update((incident.claim.id, incident) for incident in incidents_of(reading))
    lineage = lineages(incident.report for incident in incidents.values())
    events = [build_event(linked, lineage) for linked in cluster(list(incidents.values()))]
    return tuple(sorted(events, key=lambda event: (event.time_start is None, str(event.time_start), event.id)))
