"""Accounts of a project: names, roles, passwords (argon2id), and a log of what was done with them.

There is no way to make the first account from a browser: whoever can run `dateline accounts` on the project's machine can.
"""

import re
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select, update

from dateline.errors import DatelineError
from dateline.store import Project
from dateline.store import tables as t
from dateline.workbench.access import ROLES, Role

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST = 12  # characters of a password; NIST SP 800-63B asks for 8 with a second factor, and we have none
LONGEST = 1024  # longer ones only cost time
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")


class AccountError(DatelineError):
    """An account cannot be made, changed or found."""


class Account(Struct, frozen=True, kw_only=True):
    """Somebody who may sign in."""

    name: str
    role: Role
    created_at: datetime


class Entry(Struct, frozen=True, kw_only=True):
    """A line of the accounts' log: who did what when."""

    at: datetime
    account: str
    action: str
    detail: str | None


def list_accounts(project: Project) -> list[Account]:
    """All accounts, by name."""
    query = select(t.accounts.c.name, t.accounts.c.role, t.accounts.c.created_at).order_by(t.accounts.c.name)
    with project.reading_tables() as connection:
        return [Account(**row._mapping) for row in connection.execute(query)]


def add_account(project: Project, name: str, role: str, password: str, *, by: str) -> None:
    """Make an account.  Raises AccountError where the name, the role or the password cannot be."""
    _check_name(name)
    row = {"name": name, "role": _role(role), "password_hash": hash_of(password), "created_at": datetime.now(UTC)}
    with project.writing_tables() as connection:
        if _exists(connection, name):
            raise AccountError(f"there is an account {name} already; dateline accounts role changes what it may do")
        connection.execute(insert(t.accounts), row)
        _log(connection, by, "add account", f"{name}: {role}")


def remove_account(project: Project, name: str, *, by: str) -> None:
    """Remove an account and end its sessions; what it decided stays under its name."""
    with project.writing_tables() as connection:
        _must_exist(connection, name)
        connection.execute(delete(t.account_sessions).where(t.account_sessions.c.account == name))
        connection.execute(delete(t.accounts).where(t.accounts.c.name == name))
        _keep_an_admin(connection)
        _log(connection, by, "remove account", name)


def set_role(project: Project, name: str, role: str, *, by: str) -> None:
    """Change what an account may do; its sessions end, so that no page goes on with the old rights."""
    with project.writing_tables() as connection:
        _must_exist(connection, name)
        connection.execute(update(t.accounts).where(t.accounts.c.name == name).values(role=_role(role)))
        connection.execute(delete(t.account_sessions).where(t.account_sessions.c.account == name))
        _keep_an_admin(connection)
        _log(connection, by, "change role", f"{name}: {role}")


def set_password(project: Project, name: str, password: str, *, by: str) -> None:
    """Give an account another password; its sessions end."""
    hashed = hash_of(password)
    with project.writing_tables() as connection:
        _must_exist(connection, name)
        connection.execute(update(t.accounts).where(t.accounts.c.name == name).values(password_hash=hashed))
        connection.execute(delete(t.account_sessions).where(t.account_sessions.c.account == name))
        _log(connection, by, "change password", name)


def role_with(project: Project, name: str, password: str) -> Role | None:
    """The role of an account where the password is its own; None otherwise, as slowly where there is no such account."""
    query = select(t.accounts.c.role, t.accounts.c.password_hash).where(t.accounts.c.name == name)
    with project.reading_tables() as connection:
        row = connection.execute(query).one_or_none()
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        _hasher().verify(row.password_hash if row else _nobody(), password[:LONGEST])
    except (Argon2Error, InvalidHashError):
        return None
    return _role(row.role) if row else None


def log(project: Project, account: str, action: str, detail: str | None = None) -> None:
    """Write down that an account did something that leaves the project's records as they are: signed in, exported."""
    with project.writing_tables() as connection:
        _log(connection, account, action, detail)


def log_of(project: Project, limit: int = 200) -> list[Entry]:
    """What was done with accounts, the latest first."""
    query = select(t.account_log).order_by(t.account_log.c.number.desc()).limit(limit)
    with project.reading_tables() as connection:
        return [Entry(at=row.at, account=row.account, action=row.action, detail=row.detail) for row in connection.execute(query)]


def hash_of(password: str) -> str:
    """The argon2id hash of a password.  Raises AccountError where it is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise AccountError(f"a password has {SHORTEST} to {LONGEST} characters; a few words in a row are good")
    return _hasher().hash(password)


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()  # argon2id with the parameters of RFC 9106 for 64 MiB


@cache
def _nobody() -> str:
    """The hash that is checked where there is no such account."""
    return _hasher().hash("nobody has this password")


def _log(connection: Connection, account: str, action: str, detail: str | None) -> None:
    row = {"at": datetime.now(UTC), "account": account, "action": action, "detail": detail}
    connection.execute(insert(t.account_log), row)


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise AccountError(f"{name!r} is no name of an account: small letters, digits and . _ - between them, at most 64")


def _role(role: str) -> Role:
    for known in ROLES:
        if role == known:
            return known
    raise AccountError(f"no role {role!r}. Known: {', '.join(ROLES)}")


def _exists(connection: Connection, name: str) -> bool:
    return connection.execute(select(t.accounts.c.name).where(t.accounts.c.name == name)).first() is not None


def _must_exist(connection: Connection, name: str) -> None:
    if not _exists(connection, name):
        known = ", ".join(connection.execute(select(t.accounts.c.name).order_by(t.accounts.c.name)).scalars()) or "none"
        raise AccountError(f"no account {name!r}. There: {known}")


def _keep_an_admin(connection: Connection) -> None:
    """Where there are accounts one of them can manage the others: else nobody could be let in again from a browser."""
    roles = set(connection.execute(select(t.accounts.c.role)).scalars())
    if roles and "admin" not in roles:
        raise AccountError("this is the last account that manages the others; make another admin first")
