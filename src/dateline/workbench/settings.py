"""What a workbench is started with."""

from msgspec import Struct

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""Names of this machine as its own browser writes them."""

MB = 1024 * 1024


class Settings(Struct, frozen=True, kw_only=True):
    """One workbench over one project.

    `hosts` are the names under which browsers may ask for it, compared whole: a page elsewhere whose name was pointed at this
    machine (DNS rebinding) is refused.  With `auth` everybody signs in; without it whoever reaches it is `reviewer`, with all
    rights, so it is bound to this machine alone.  Sizes are bytes, times seconds.
    """

    project: str
    auth: bool = False
    hosts: tuple[str, ...] = LOOPBACK
    reviewer: str = "analyst"
    secure: bool = False  # served over TLS: cookies are sent over nothing else
    body_limit: int = 1 * MB
    upload_limit: int = 64 * MB
    upload_files: int = 500
    session_idle: int = 2 * 60 * 60
    session_length: int = 12 * 60 * 60
    confirmed_for: int = 10 * 60  # after the password was given, for exports and roles
