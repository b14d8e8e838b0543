"""Limits how often passwords can be guessed."""

from collections import deque
from time import time

TRIES = 5  # wrong passwords for one name, or from one address, within WINDOW
WINDOW = 15 * 60  # seconds
_REMEMBERED = 10_000  # names and addresses; the oldest are forgotten first


class Tries:
    """How often a wrong password was given lately, by name and by address."""

    def __init__(self) -> None:
        self._at: dict[str, deque[float]] = {}

    def wait(self, *keys: str) -> int:
        """Seconds until one of these may try again; 0 where they may now."""
        now = time()
        waits = [0.0]
        for key in keys:
            times = self._at.get(key, deque())
            while times and now - times[0] > WINDOW:
                times.popleft()
            if len(times) >= TRIES:
                waits.append(WINDOW - (now - times[0]))
        return round(max(waits) + 0.5) if max(waits) else 0

    def failed(self, *keys: str) -> None:
        for key in keys:
            times = self._at.pop(key, deque(maxlen=TRIES))
            times.append(time())
            self._at[key] = times  # at the end: the others are older
        while len(self._at) > _REMEMBERED:
            del self._at[next(iter(self._at))]

    def succeeded(self, *keys: str) -> None:
        for key in keys:
            self._at.pop(key, None)
