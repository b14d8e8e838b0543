"""Who may do what: the one table, and the one place that asks it.

Every route takes its user from one of the annotations below (`MayRead`, `MayReview`, ...); `guarded.py` refuses to start a
workbench in which a route does not.
"""

from typing import Annotated, Literal, get_args

from fastapi import Depends, HTTPException, Request
from msgspec import Struct

Role = Literal["reader", "coder", "editor", "admin"]
Right = Literal["read", "search", "history", "names", "review", "add", "bulk", "export", "assign", "accounts"]

ROLES: tuple[Role, ...] = get_args(Role)
_READER: frozenset[Right] = frozenset({"read", "search", "history"})
_CODER: frozenset[Right] = _READER | {"names", "review", "add"}
_EDITOR: frozenset[Right] = _CODER | {"bulk", "export", "assign"}
RIGHTS: dict[Role, frozenset[Right]] = {
    "reader": _READER,
    "coder": _CODER,
    "editor": _EDITOR,
    "admin": frozenset(get_args(Right)),
}
"""`names`: sees which analyst decided what.  `bulk`: one action on several records.  `assign`: gives reports to coders and
settles what they disagree on."""


class User(Struct, frozen=True, kw_only=True):
    """Whoever makes a request.  `session` is the id of the session, None where nobody signs in."""

    name: str
    role: Role
    session: str | None = None
    confirmed: bool = True  # gave the password a short while ago
    token: str = ""  # what forms and scripts must send back (CSRF)

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]


class Guard:
    """Lets a request through whose user has a right; with `fresh` only where the password was given a short while ago."""

    def __init__(self, right: Right, *, fresh: bool = False) -> None:
        self.right = right
        self.fresh = fresh

    def __call__(self, request: Request) -> User:
        user: User | None = getattr(request.state, "user", None)
        if user is None:
            raise HTTPException(401, "Sign in first.")
        if not user.may(self.right):
            raise HTTPException(403, f"Your role ({user.role}) does not include this ({self.right}).")
        if self.fresh and not user.confirmed:
            raise HTTPException(403, "confirm")
        return user


MayRead = Annotated[User, Depends(Guard("read"))]
MaySearch = Annotated[User, Depends(Guard("search"))]
MaySeeHistory = Annotated[User, Depends(Guard("history"))]
MayReview = Annotated[User, Depends(Guard("review"))]
MayAdd = Annotated[User, Depends(Guard("add"))]
MayBulk = Annotated[User, Depends(Guard("bulk"))]
MayExport = Annotated[User, Depends(Guard("export", fresh=True))]
MayAssign = Annotated[User, Depends(Guard("assign"))]
MayManage = Annotated[User, Depends(Guard("accounts"))]
MayChangeAccounts = Annotated[User, Depends(Guard("accounts", fresh=True))]
