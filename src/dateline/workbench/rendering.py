"""Templates: every page is made here, with everything escaped and hidden characters shown as chips."""

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse

from dateline import captions
from dateline.exports.page.visible import chips
from dateline.model import Span
from dateline.workbench.access import Right, User
from dateline.workbench.bench import bench_of


class Screen(NamedTuple):
    """A screen of the navigation: shown to users who have the right."""

    label: str
    path: str
    right: Right


SCREENS = (
    Screen("Home", "/", "read"),
    Screen("Queue", "/queue", "review"),
    Screen("Events", "/events", "read"),
    Screen("Reports", "/reports", "read"),
    Screen("History", "/history", "history"),
    Screen("Coders", "/coders", "review"),
    Screen("Add reports", "/add", "add"),
    Screen("Accounts", "/accounts", "accounts"),
)


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page from `templates/`, in the workbench's frame.

    Every template has `user`, `token`, `project`, `screens` (what this user may open), `path` and `auth` beside its context.
    """
    return HTMLResponse(render(request, template, **context), status)


def render(request: Request, template: str, **context: Any) -> str:
    bench = bench_of(request)
    user: User | None = getattr(request.state, "user", None)
    screens = [s for s in SCREENS if user is not None and user.may(s.right) and (s.path != "/accounts" or bench.settings.auth)]
    frame = {
        "user": user,
        "token": user.token if user else "",
        "project": bench.project.name,
        "screens": screens,
        "path": request.url.path,
        "auth": bench.settings.auth,
    }
    return _environment().get_template(template).render(frame | context)


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("dateline.workbench"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "spans": _pairs,
        "minute": lambda at: at[:16].replace("T", " ") + " UTC",
        "shown": chips,
        "words": captions.words,
        "coded": captions.coded,
        "event_type": captions.event_type,
        "number": captions.number,
        "count": lambda number: f"{number:,}",
    }
    return environment


def _pairs(spans: Iterable[Span]) -> str:
    """Spans as an attribute: "4-12 40-51"."""
    return " ".join(f"{span.start}-{span.end}" for span in spans)
