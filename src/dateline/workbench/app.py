"""The workbench as an ASGI application."""

import mimetypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from dateline.store import Project, open_project
from dateline.workbench.bench import Bench
from dateline.workbench.failures import add_failures
from dateline.workbench.guarded import check_guarded
from dateline.workbench.pages import ROUTERS
from dateline.workbench.settings import Settings
from dateline.workbench.shield import Shield

THREADS = 12
"""Requests that work at once: fewer than the 15 connections that the database's pool gives."""


def make_app(settings: Settings, project: Project | None = None) -> ASGIApp:
    """The workbench over a project, which it opens (and closes when it ends) where none is handed in.

    Raises StoreError where the project cannot be opened.
    """
    bench = Bench(settings, project or open_project(settings.project))
    return Shield(pages_app(bench, owned=project is None), bench)


def pages_app(bench: Bench, *, owned: bool = False) -> FastAPI:
    """The pages without the shield around them: what describes itself as OpenAPI.  With `owned` it closes the project."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = THREADS
        yield
        bench.close()
        if owned:
            bench.project.close()

    mimetypes.add_type("text/javascript", ".js")  # Windows' registry may say otherwise, and modules then do not run
    # No pages of documentation: those of FastAPI load scripts from a CDN.
    app = FastAPI(title="Dateline workbench", lifespan=lifespan, openapi_url=None, docs_url=None, redoc_url=None)
    app.state.bench = bench
    add_failures(app)
    check_guarded(ROUTERS)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(packages=[("dateline.workbench", "static")]))
    app.mount("/house", StaticFiles(packages=[("dateline.exports.page", "static")]))  # colours and fonts of the report page
    return app
