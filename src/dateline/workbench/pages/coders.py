"""Second coders: who codes which report blind, a coder's own screen, how two codings differ, and how far they agree."""

from typing import Annotated, Literal
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dateline.reviews import Assign, Finish, Unassign, decide
from dateline.reviews.coders import IN_FORCE, Difference, agreement, assignments, compare_layers, settle
from dateline.workbench.access import MayAssign, MayReview
from dateline.workbench.accounts import list_accounts
from dateline.workbench.bench import TheBench
from dateline.workbench.blind import blind_reports, check_open
from dateline.workbench.forms import Form
from dateline.workbench.pages.reader import reader
from dateline.workbench.rendering import page
from dateline.workbench.suggested import value_caption
from dateline.workbench.texts import layer_lines, report_titles

router = APIRouter()
SHOWN = 200  # differences on one page
Name = Annotated[str, Query(max_length=100)]


@router.get("/coders")
def coders_page(request: Request, user: MayReview, bench: TheBench) -> Response:
    """A coder's own reports; for editors all assignments, and pairs of coders to compare."""
    project = bench.project
    every = assignments(project) if user.may("assign") else assignments(project, user.name)
    own = [one for one in every if one.coder == user.name]
    names = sorted({one.coder for one in every if one.finished})
    known = [account.name for account in list_accounts(project)] if user.may("assign") else []
    return page(
        request, "coders.html.j2",
        own=own, every=every if user.may("assign") else [], titles=report_titles(project, {one.report_id for one in every}),
        pairs=[(first, second) for n, first in enumerate([*names, IN_FORCE]) for second in [*names, IN_FORCE][n + 1 :]],
        may_assign=user.may("assign"), known=known,
    )  # fmt: skip


@router.get("/coders/reports/{report_id}")
def blind_page(request: Request, report_id: str, user: MayReview, bench: TheBench) -> Response:
    """A coder's own coding of a report that was given to them."""
    project = bench.project
    if report_id not in {one.report_id for one in assignments(project, user.name)}:
        raise HTTPException(403, "That report was not given to you to code.")
    report = project.report(report_id)
    return reader(request, user, project, report, layer_lines(project, report.id, user.name), blind=True)


@router.post("/coders/finish")
def finish(user: MayReview, form: Form, bench: TheBench) -> Response:
    """A coder is done with a report."""
    decide(bench.project, Finish(report=form.get("report", "")), reviewer=user.name, layer=user.name)
    return RedirectResponse("/coders", 303)


@router.post("/coders/assign")
def assign(user: MayAssign, form: Form, bench: TheBench) -> Response:
    """Give a report to a coder, who begins with the engine's reading or with nothing."""
    report = bench.project.find(form.get("report", ""))
    coder = form.get("coder", "").strip()
    if bench.settings.auth and coder not in {account.name for account in list_accounts(bench.project)}:
        raise HTTPException(422, f"no account {coder!r}")
    start: Literal["engine", "nothing"] = "nothing" if form.get("start") == "nothing" else "engine"
    decide(bench.project, Assign(report=report.id, coder=coder, start=start), reviewer=user.name)
    return RedirectResponse("/coders", 303)


@router.post("/coders/unassign")
def unassign(user: MayAssign, form: Form, bench: TheBench) -> Response:
    """Take a report from a coder; what was coded stays in the log."""
    decide(bench.project, Unassign(report=form.get("report", ""), coder=form.get("coder", "")), reviewer=user.name)
    return RedirectResponse("/coders", 303)


@router.get("/coders/compare")
def compare_page(request: Request, user: MayAssign, bench: TheBench, first: Name, second: Name) -> Response:
    """Where two codings differ, side by side, and how far they agree.  Who still codes blind may not look."""
    project = bench.project
    hidden = blind_reports(project, user)
    one, other = _layer(first), _layer(second)
    differences = [d for d in compare_layers(project, one, other) if d.report_id not in hidden]
    rows = [
        (n, d, *(value_caption(d.field or "", value) or _said(value) for value in d.values)) for n, d in enumerate(differences)
    ]
    return page(
        request, "compare.html.j2",
        first=first, second=second, rows=rows[:SHOWN], more=max(0, len(rows) - SHOWN), agreement=agreement(project, one, other),
        titles=report_titles(project, {d.report_id for d in differences}),
    )  # fmt: skip


@router.post("/coders/settle")
def settle_difference(user: MayAssign, form: Form, bench: TheBench) -> Response:
    """Take one side's value into the record in force."""
    first, second, side = form.get("first", ""), form.get("second", ""), form.get("side")
    if side not in ("first", "second"):
        raise HTTPException(422, "Say which side holds.")
    check_open(bench.project, user, form.get("report", ""))
    wanted = (form.get("report"), form.get("claims"), form.get("field") or None)
    for one in compare_layers(bench.project, _layer(first), _layer(second), form.get("report")):
        if (one.report_id, _claims(one), one.field) == wanted:
            settle(bench.project, one, side, reviewer=user.name, reason=form.get("reason") or None)  # type: ignore[arg-type]
            return RedirectResponse(_comparison(first, second), 303)
    raise HTTPException(409, "The two codings no longer differ there.")


def _comparison(first: str, second: str) -> str:
    return f"/coders/compare?{urlencode({'first': first, 'second': second})}"


def _layer(name: str) -> str | None:
    """The layer of a coder; None is the record in force."""
    return None if name == IN_FORCE else name


def _claims(difference: Difference) -> str:
    """Which claims a difference is about, as its form sends it back."""
    return f"{difference.first or ''}|{difference.second or ''}"


def _said(value: object) -> str:
    words = value if isinstance(value, str) else "" if value in (None, [], ()) else msgspec.json.encode(value).decode()
    return words if len(words) <= 300 else words[:297] + "..."
