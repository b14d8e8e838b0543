"""Accounts, for admins: who may sign in and what they may do.  Every change asks for the admin's own password again."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dateline.workbench.access import ROLES, MayChangeAccounts, MayManage
from dateline.workbench.accounts import add_account, list_accounts, log_of, remove_account, set_password, set_role
from dateline.workbench.bench import TheBench
from dateline.workbench.forms import Form
from dateline.workbench.rendering import page

router = APIRouter()


@router.get("/accounts")
def accounts_page(request: Request, user: MayManage, bench: TheBench) -> Response:
    """All accounts, and what was done with them."""
    project = bench.project
    return page(
        request,
        "accounts.html.j2",
        accounts=list_accounts(project),
        roles=ROLES,
        entries=log_of(project),
        confirmed=user.confirmed,
    )


@router.post("/accounts/add")
def add(user: MayChangeAccounts, form: Form, bench: TheBench) -> Response:
    add_account(bench.project, form.get("name", "").strip().lower(), form.get("role", ""), form.get("password", ""), by=user.name)
    return RedirectResponse("/accounts", 303)


@router.post("/accounts/role")
def change_role(user: MayChangeAccounts, form: Form, bench: TheBench) -> Response:
    set_role(bench.project, form.get("name", ""), form.get("role", ""), by=user.name)
    return RedirectResponse("/accounts", 303)


@router.post("/accounts/password")
def change_password(user: MayChangeAccounts, form: Form, bench: TheBench) -> Response:
    set_password(bench.project, form.get("name", ""), form.get("password", ""), by=user.name)
    return RedirectResponse("/accounts", 303)


@router.post("/accounts/remove")
def remove(user: MayChangeAccounts, form: Form, bench: TheBench) -> Response:
    remove_account(bench.project, form.get("name", ""), by=user.name)
    return RedirectResponse("/accounts", 303)
