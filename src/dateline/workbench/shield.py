"""What a request must be before any page sees it, and what every answer carries.

Host, origin, size, session and token are checked here, for all routes alike; rights are asked in `access.py`.
"""

import hmac
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.lexicon.codebook import using
from dateline.workbench.access import User
from dateline.workbench.bench import Bench
from dateline.workbench.sessions import COOKIE, identify

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_HEADER = "x-dateline-token"
WITHOUT_USER = ("/sign-in", "/static/", "/house/")
UPLOADS = ("/api/reports",)
FORM = "application/x-www-form-urlencoded"

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types dateline",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with "no-referrer" browsers call the origin of our own forms "null"
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class RefusedError(Exception):
    """A request that must go no further, with the status and words of the answer."""

    def __init__(self, status: int, words: str) -> None:
        self.status = status
        super().__init__(words)


class Shield:
    """The outermost layer of the workbench, an ASGI application around the pages."""

    def __init__(self, app: ASGIApp, bench: Bench) -> None:
        self._app = app
        self._bench = bench

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)  # lifespan; websockets find no route
            return
        armed = _with_headers(scope, send, secure=self._bench.settings.secure)
        try:
            answer = await self._check(scope)
        except RefusedError as e:
            answer = PlainTextResponse(f"{e}\n", e.status)
        if answer is not None:
            await answer(scope, receive, armed)
            return
        limit = self._bench.settings.upload_limit if scope["path"] in UPLOADS else self._bench.settings.body_limit
        with using(await run_in_threadpool(self._bench.codebook)):
            await self._app(scope, _limited(receive, limit), armed)

    async def _check(self, scope: Scope) -> Response | None:
        """None where the request may go on; then `scope["state"]["user"]` is who makes it."""
        headers = Headers(scope=scope)
        check_host(headers, self._bench.settings.hosts)
        safe = scope["method"] in SAFE
        if not safe:
            check_origin(headers)
        open_to_all = scope["path"].startswith(WITHOUT_USER)
        connection = HTTPConnection(scope)
        user = await run_in_threadpool(identify, self._bench, connection.cookies.get(COOKIE))
        connection.state.user = user
        if user is None and not open_to_all:
            return _sign_in(scope, headers)
        if user is not None and not safe and not _is_form(scope, headers):
            check_token(user, headers.get(CSRF_HEADER))
        return None


def check_host(headers: Headers, hosts: tuple[str, ...]) -> None:
    """Refuse a request for another name than this workbench has.  Names are compared whole."""
    name = _name(headers.get("host", ""))
    if len(headers.getlist("host")) != 1 or name not in hosts:
        raise RefusedError(
            HTTPStatus.MISDIRECTED_REQUEST, "This workbench does not answer to that name; see dateline serve --name."
        )


def check_origin(headers: Headers) -> None:
    """Refuse a change that a page of another origin asks for.  Programs that are no browsers send neither header."""
    origin, fetched = headers.get("origin"), headers.get("sec-fetch-site")
    if fetched not in (None, "same-origin", "none"):
        raise RefusedError(HTTPStatus.FORBIDDEN, "This change was asked for by another page.")
    if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
        raise RefusedError(HTTPStatus.FORBIDDEN, "This change was asked for by a page of another origin.")


def check_token(user: User, given: str | None) -> None:
    """Refuse a change without the token that our own pages hold.  Raises RefusedError."""
    if not given or not hmac.compare_digest(given.encode(), user.token.encode()):
        raise RefusedError(HTTPStatus.FORBIDDEN, "The page is out of date: load it again.")


def _is_form(scope: Scope, headers: Headers) -> bool:
    """A plain form of a page, whose token stands in its body: `forms.form_of`, which `guarded.py` asks for."""
    return not scope["path"].startswith("/api/") and headers.get("content-type", "").startswith(FORM)


def _name(host: str) -> str:
    """The name in a Host header, without its port: "[::1]:8765" is ::1."""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _sign_in(scope: Scope, headers: Headers) -> Response:
    if scope["method"] != "GET" or scope["path"].startswith("/api/") or "text/html" not in headers.get("accept", ""):
        return PlainTextResponse("Sign in first.\n", 401)
    query = scope.get("query_string", b"").decode("latin-1")
    wanted = scope["path"] + (f"?{query}" if query else "")
    return RedirectResponse(f"/sign-in?next={quote(wanted, safe='')}", 303)


def _with_headers(scope: Scope, send: Send, *, secure: bool) -> Send:
    async def armed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            static = scope["path"].startswith(("/static/", "/house/"))
            headers.setdefault("cache-control", "no-cache" if static else "no-store")
            if secure:
                headers.setdefault("strict-transport-security", "max-age=31536000")
        await send(message)

    return armed


def _limited(receive: Receive, limit: int) -> Receive:
    taken = 0

    async def counting() -> Any:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"More than {limit:,} bytes in one request.")
        return message

    return counting
