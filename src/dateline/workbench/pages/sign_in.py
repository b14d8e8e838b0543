"""Signing in and out, and giving the password again before what needs it."""

from http import HTTPStatus

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dateline.workbench.access import MayRead
from dateline.workbench.accounts import log, role_with
from dateline.workbench.bench import Bench, TheBench
from dateline.workbench.forms import Form, own_path
from dateline.workbench.rendering import page
from dateline.workbench.sessions import COOKIE, begin_session, confirm_session, end_session

router = APIRouter()


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "/") -> Response:
    """The form to sign in; whoever needs none is sent on."""
    if getattr(request.state, "user", None) is not None:
        return RedirectResponse(own_path(next), HTTPStatus.SEE_OTHER)
    return page(request, "sign_in.html.j2", next=own_path(next), name="", fault="", confirming=False)


@router.post("/sign-in")
def sign_in(request: Request, form: Form, bench: TheBench) -> Response:
    """Begin a session.  The answer to a wrong name is that to a wrong password."""
    name, wanted = form.get("name", "")[:64].strip().lower(), own_path(form.get("next"))
    fault, status = _tried(request, bench, name, form.get("password", ""))
    if fault:
        return page(request, "sign_in.html.j2", status=status, next=wanted, name=name, fault=fault, confirming=False)
    answer = RedirectResponse(wanted, HTTPStatus.SEE_OTHER)
    # Strict: no page elsewhere can make the browser send it along.
    answer.set_cookie(COOKIE, begin_session(bench, name), httponly=True, samesite="strict", secure=bench.settings.secure)
    log(bench.project, name, "sign in")
    return answer


@router.post("/sign-out")
def sign_out(user: MayRead, _form: Form, bench: TheBench) -> Response:
    """End this session."""
    end_session(bench, user)
    answer = RedirectResponse("/sign-in" if bench.settings.auth else "/", HTTPStatus.SEE_OTHER)
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/confirm")
def confirm_page(request: Request, user: MayRead, next: str = "/") -> Response:
    """The password once more, before exports and changes of accounts."""
    return page(request, "sign_in.html.j2", next=own_path(next), name=user.name, fault="", confirming=True)


@router.post("/confirm")
def confirm(request: Request, user: MayRead, form: Form, bench: TheBench) -> Response:
    """Note that the password was given."""
    wanted = own_path(form.get("next"))
    if not bench.settings.auth:
        return RedirectResponse(wanted, HTTPStatus.SEE_OTHER)
    fault, status = _tried(request, bench, user.name, form.get("password", ""))
    if fault:
        return page(request, "sign_in.html.j2", status=status, next=wanted, name=user.name, fault=fault, confirming=True)
    confirm_session(bench, user)
    return RedirectResponse(wanted, HTTPStatus.SEE_OTHER)


def _tried(request: Request, bench: Bench, name: str, password: str) -> tuple[str, int]:
    """What is wrong with a name and a password, and the status that says so; nothing where they are right."""
    keys = f"name {name}", f"address {request.client.host if request.client else ''}"
    if wait := bench.tries.wait(*keys):
        return f"Too many wrong passwords; try again in {-(-wait // 60)} minutes.", HTTPStatus.TOO_MANY_REQUESTS
    if not bench.settings.auth or role_with(bench.project, name, password) is None:
        bench.tries.failed(*keys)
        return "Name or password is not right.", HTTPStatus.UNAUTHORIZED
    bench.tries.succeeded(*keys)
    return "", HTTPStatus.OK
