"""What a browser is told when something cannot be done: a page for people, JSON for scripts, never a trace."""

import logging
from http import HTTPStatus
from urllib.parse import quote

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from dateline.errors import ConflictError, DatelineError, FilterError, ReviewError, StoreError
from dateline.workbench.rendering import page
from dateline.workbench.shield import RefusedError

_LOG = logging.getLogger("dateline.workbench")


def add_failures(app: FastAPI) -> None:
    """Teach an app to answer every error of ours, and any other without telling what it was."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(DatelineError, _dateline)
    app.add_exception_handler(RefusedError, _refused)
    app.add_exception_handler(Exception, _unforeseen)


def failure(request: Request, status: int, words: str) -> Response:
    """The answer to a request that cannot be met, in the form that whoever asked can show."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": words}, status)
    heading = HTTPStatus(status).phrase
    return page(request, "failure.html.j2", status=status, heading=heading, words=words)


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 403 and error.detail == "confirm":
        if request.method == "GET" and not request.url.path.startswith("/api/"):
            wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/confirm?next={quote(wanted, safe='')}", 303)
        return failure(request, 403, "Give your password again first: /confirm")
    response = failure(request, error.status_code, str(error.detail))
    response.headers.update(error.headers or {})
    return response


def _invalid(request: Request, error: Exception) -> Response:
    """A field that is not what it must be: which one and why, without sending back what was sent."""
    assert isinstance(error, RequestValidationError)
    faults = "; ".join(f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}" for fault in error.errors())
    return failure(request, HTTPStatus.UNPROCESSABLE_ENTITY, faults[:500])


def _dateline(request: Request, error: Exception) -> Response:
    return failure(request, _status(error), str(error))


def _status(error: Exception) -> int:
    if isinstance(error, StoreError | ReviewError) and str(error).startswith(("no report", "no claim", "no event")):
        return HTTPStatus.NOT_FOUND
    if isinstance(error, FilterError):
        return HTTPStatus.BAD_REQUEST
    return HTTPStatus.CONFLICT if isinstance(error, ConflictError | StoreError) else HTTPStatus.UNPROCESSABLE_ENTITY


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return failure(request, error.status, str(error))


def _unforeseen(request: Request, error: Exception) -> Response:
    _LOG.error("%s %s", request.method, request.url.path, exc_info=error)
    return failure(request, 500, "Something went wrong here. What you decided before it is kept.")
