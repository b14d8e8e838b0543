"""What a screen or an export asks of a project's tables: filters as SQL, full-text search, pages, counts for map and timeline.

    selection = read_query([("type", "arrest"), ("place", "Kirkuk"), ("words", "tunnel")])
    page = events_page(project, selection)
    selection_sentence("events", selection)     "events of type arrest in Kirkuk, whose reports say “tunnel”"

`dateline.filters` says what a filter means; here the database does the looking, so that 100,000 events are no wait.
"""

from dateline.queries.conditions import claims_where, events_where
from dateline.queries.events import EventItem, EventPage, events_page, selected_events
from dateline.queries.search import Hit, claims_saying, reports_saying, search
from dateline.queries.selection import Box, Selection, read_query, selection_sentence, to_query

__all__ = [
    "Box",
    "EventItem",
    "EventPage",
    "Hit",
    "Selection",
    "claims_saying",
    "claims_where",
    "events_page",
    "events_where",
    "read_query",
    "reports_saying",
    "search",
    "selected_events",
    "selection_sentence",
    "to_query",
]
