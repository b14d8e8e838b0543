"""Incidents in memory, as linking takes them from a shelf."""

from collections.abc import Mapping, Sequence

import numpy as np

from dateline.events.facts import Incident
from dateline.events.profiles import Profiles, profiles_of
from dateline.events.relink import Positions


class AtHand:
    """All incidents, whichever are asked for."""

    def __init__(self, incidents: Sequence[Incident]) -> None:
        self._incidents = dict(enumerate(incidents))
        self._profiles = profiles_of(incidents)

    def profiles(self) -> tuple[Positions, Profiles]:
        return np.arange(len(self._profiles)), self._profiles

    def incidents(self, _: Positions, /) -> Mapping[int, Incident]:
        return self._incidents
