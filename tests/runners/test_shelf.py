"""Facts in a file: what is put there, or loaded when it is asked for, comes back by position in any process."""

import pickle
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from made_stream import made_stream, make_reading

from dateline.events.kept import facts_to_bytes
from dateline.events.profiles import profiles_of
from dateline.events.scenes import incidents_of
from dateline.runners.shelf import Shelf

INCIDENTS = {told.report.id: incidents_of(make_reading(told)) for told in made_stream(6, seed=2)}
REPORTS = sorted(INCIDENTS)


def test_what_was_put_or_is_loaded_comes_back_by_position() -> None:
    asked: list[str] = []

    def load(ids: Sequence[str]) -> Iterable[tuple[str, bytes]]:
        asked.extend(ids)
        return [(i, facts_to_bytes(INCIDENTS[i])) for i in ids]

    with Shelf(load) as shelf:
        for i in REPORTS[:3]:
            shelf.put(i, facts_to_bytes(INCIDENTS[i]))
        some = pickle.loads(pickle.dumps(shelf.some(REPORTS[1:5], [10, 20, 30, 40])))  # as other processes get it
        expected = {n + k: one for n, i in zip((10, 20, 30, 40), REPORTS[1:5], strict=True) for k, one in enumerate(INCIDENTS[i])}
        assert some.incidents(np.array(sorted(expected))) == expected
        assert set(some.incidents(np.array([20]))) == set(range(20, 20 + len(INCIDENTS[REPORTS[2]]))), "of one report alone"
        positions, profiles = some.profiles()
        assert positions.tolist() == sorted(expected)
        assert profiles.tobytes() == profiles_of([expected[n] for n in sorted(expected)]).tobytes()
        assert asked == REPORTS[3:5]
        assert shelf.facts(REPORTS[0]) == facts_to_bytes(INCIDENTS[REPORTS[0]])
        file = Path(some.path)
        shelf.some(REPORTS[1:5], [0, 1, 2, 3])
        assert asked == REPORTS[3:5], "what was loaded is kept"
    assert not file.exists()
