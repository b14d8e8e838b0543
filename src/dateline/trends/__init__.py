"""Events and tolls over time: counts with their bounds, the reporting beside them, and pictures of both."""

from dateline.trends.count import Told, Trend, count_trend
from dateline.trends.timeline import Entry, entries

__all__ = ["Entry", "Told", "Trend", "count_trend", "entries"]
