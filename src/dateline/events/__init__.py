"""Claims of many reports -> events: something that happened, as far as all claims about it tell."""

from dateline.events.link import link_events

__all__ = ["link_events"]
