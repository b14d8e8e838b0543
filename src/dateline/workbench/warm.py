"""Reads ahead, in the background, what the first requests would wait for."""

import gc
import logging
from threading import Thread

from dateline.gazetteer.lookup import find
from dateline.lexicon.names import lexicon_names
from dateline.reviews.record import using_record
from dateline.store import Project
from dateline.workbench.atlas import countries, provinces

_LOG = logging.getLogger("dateline.workbench")


def warm_up(project: Project) -> Thread:
    """Begin to load names, outlines and gazetteer; the thread, which ends with the process."""
    thread = Thread(target=_load, args=(project,), name="warming up", daemon=True)
    thread.start()
    return thread


def _load(project: Project) -> None:
    """A failure here is that of the request which needs it, and is told there."""
    try:
        provinces()
        countries()
        lexicon_names()
        with using_record(project):
            find("Baghdad")
        gc.collect()
        gc.freeze()  # names and outlines stay as long as the process: looking through them for garbage halts all requests
    except Exception:  # noqa: BLE001  # whatever it is, the workbench opens
        _LOG.warning("not everything could be loaded ahead", exc_info=True)
