"""Looks at all routes before anything is served: none may have been left without a guard."""

from collections.abc import Iterable, Iterator

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from dateline.workbench.access import Guard
from dateline.workbench.forms import form_of

OPEN = frozenset({"/sign-in"})
"""Routes that need no user."""


def guards(route: APIRoute) -> list[Guard]:
    """The guards that a route's requests pass."""
    return [d.call for d in _dependants(route.dependant) if isinstance(d.call, Guard)]


def check_guarded(routers: Iterable[APIRouter]) -> None:
    """Raise where a route asks for no right, or takes a form without the page's token."""
    for route in api_routes(routers):
        if route.path not in OPEN and not guards(route):
            raise RuntimeError(f"the route {route.path} asks for no right (workbench/access.py)")
        reads_form = any(d.call is form_of for d in _dependants(route.dependant))
        if "POST" in (route.methods or ()) and not route.path.startswith("/api/") and not reads_form:
            raise RuntimeError(f"the form of {route.path} is read without its token (workbench/forms.py)")


def api_routes(routers: Iterable[APIRouter]) -> list[APIRoute]:
    """All routes of the pages.  Taken from the routers: what an app makes of a router differs between versions of FastAPI."""
    found = [route for router in routers for route in router.routes]
    if wrong := [route for route in found if not isinstance(route, APIRoute)]:
        raise RuntimeError(f"{wrong[0]} is no route that can be guarded")
    return [route for route in found if isinstance(route, APIRoute)]


def _dependants(dependant: Dependant) -> Iterator[Dependant]:
    for child in dependant.dependencies:
        yield child
        yield from _dependants(child)
