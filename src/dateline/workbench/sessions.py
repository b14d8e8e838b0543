"""Sessions: who a request comes from.  They end; the project keeps only a hash of what the browser holds."""

import hashlib
import secrets
from time import time

from sqlalchemy import delete, insert, select, update

from dateline.store import tables as t
from dateline.workbench.access import User
from dateline.workbench.bench import Bench

COOKIE = "dateline_session"
SEEN_WITHIN = 8
"""The eighth part of the time after which an idle session ends: its last sign of life is written no oftener.  Each writing to a
project makes the workbench work out its pages anew; a session may end by so much sooner, and never later."""


def identify(bench: Bench, cookie: str | None) -> User | None:
    """Who holds a session's cookie; without `auth` everybody is the one analyst of this machine."""
    settings = bench.settings
    if not settings.auth:
        return User(name=settings.reviewer, role="admin", token=bench.token_for("local"))
    if not cookie:
        return None
    key, now = _key(cookie), time()
    s, a = t.account_sessions, t.accounts
    query = select(s, a.c.role).join(a, a.c.name == s.c.account).where(s.c.id == key)
    with bench.project.reading_tables() as connection:
        row = connection.execute(query).one_or_none()
    if row is None or now - row.begun_at > settings.session_length or now - row.seen_at > settings.session_idle:
        return None
    if now - row.seen_at > settings.session_idle / SEEN_WITHIN:
        with bench.project.writing_tables() as connection:
            connection.execute(update(s).where(s.c.id == key).values(seen_at=now))
    confirmed = now - row.confirmed_at <= settings.confirmed_for
    return User(name=row.account, role=row.role, session=key, confirmed=confirmed, token=bench.token_for(key))


def begin_session(bench: Bench, account: str) -> str:
    """Sign somebody in: what the browser is to hold.  Sessions that are over are cleared away."""
    token, now = secrets.token_urlsafe(32), time()
    s = t.account_sessions
    over = (s.c.begun_at < now - bench.settings.session_length) | (s.c.seen_at < now - bench.settings.session_idle)
    row = {"id": _key(token), "account": account, "begun_at": now, "seen_at": now, "confirmed_at": now}
    with bench.project.writing_tables() as connection:
        connection.execute(delete(s).where(over))
        connection.execute(insert(s), row)
    return token


def confirm_session(bench: Bench, user: User) -> None:
    """Note that the password was given just now."""
    s = t.account_sessions
    with bench.project.writing_tables() as connection:
        connection.execute(update(s).where(s.c.id == user.session).values(confirmed_at=time()))


def end_session(bench: Bench, user: User) -> None:
    s = t.account_sessions
    with bench.project.writing_tables() as connection:
        connection.execute(delete(s).where(s.c.id == user.session))


def _key(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
