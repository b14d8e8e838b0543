"""Links anew, in the background, what decisions touched: whoever decides need not wait for the events of the whole project."""

import logging
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock

from dateline.reviews import refresh_events
from dateline.store import Project

PATIENCE = 0.3  # seconds that a decision waits for its events: in small projects they are there when the page asks next
_LOG = logging.getLogger("dateline.workbench")


class Relinking:
    """One thread that links; what is asked for while it works is done in one turn after it."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="linking")
        self._lock = Lock()
        self._next: Future[None] | None = None

    def ask(self) -> None:
        """Link what was touched so far, soon."""
        with self._lock:
            if self._next is None or self._next.running() or self._next.done():
                self._next = self._thread.submit(self._link)
            asked = self._next
        wait([asked], timeout=PATIENCE)

    def close(self) -> None:
        """Finish what was asked for."""
        self._thread.shutdown()

    def _link(self) -> None:
        try:
            refresh_events(self._project)
        except Exception:  # noqa: BLE001  # the decisions are kept and still marked as unlinked: the next one tries again
            _LOG.exception("events could not be linked anew")
