"""One module per screen, each with a `router`; a new screen is added to ROUTERS here and to SCREENS in `rendering.py`."""

from dateline.workbench.pages import (
    accounts,
    add,
    coders,
    decisions,
    event,
    events,
    export,
    history,
    home,
    queue,
    reader,
    search,
    sign_in,
)

ROUTERS = (
    sign_in.router,
    home.router,
    events.router,
    event.router,
    search.router,
    export.router,
    reader.router,
    queue.router,
    decisions.router,
    history.router,
    add.router,
    coders.router,
    accounts.router,
)
