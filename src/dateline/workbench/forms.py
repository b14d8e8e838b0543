"""What plain forms send."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends
from starlette.requests import Request

from dateline.workbench.shield import check_token


async def form_of(request: Request) -> Mapping[str, str]:
    """The fields of a form that one of our own pages made; files are left out.  Raises RefusedError without the page's token."""
    fields = {name: value for name, value in (await request.form()).items() if isinstance(value, str)}
    if (user := getattr(request.state, "user", None)) is not None:
        check_token(user, fields.get("token"))
    return fields


Form = Annotated[Mapping[str, str], Depends(form_of)]


def own_path(wanted: str | None) -> str:
    """A path of this workbench to go to next, and nothing else: a link from elsewhere cannot send people away."""
    if not wanted or not wanted.startswith("/") or wanted.startswith(("//", "/\\")) or any(c in wanted for c in "\\\r\n\t"):
        return "/"
    return wanted
