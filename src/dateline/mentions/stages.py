"""Sentences -> mentions, one finder a kind."""

from dateline.mentions.actors import find_actors
from dateline.mentions.acts import find_acts
from dateline.mentions.cues import find_cues
from dateline.mentions.places import find_places
from dateline.mentions.quantities import find_quantities
from dateline.mentions.speakers import find_speakers
from dateline.mentions.times import find_times
from dateline.pipeline import Stage

MENTION_STAGES: tuple[Stage, ...] = (
    find_places,
    find_times,
    find_quantities,
    find_actors,
    find_acts,
    find_cues,
    find_speakers,
)
