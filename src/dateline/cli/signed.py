"""Who decides: the option of commands that write reviews."""

import getpass
from collections.abc import Callable
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user need not have a name
        return ""


def reviewer_option(command: F) -> F:
    """`--reviewer NAME`; the name of the system's user where it is not given."""
    return click.option(
        "--reviewer", metavar="NAME", default=_user, show_default="your user name", help="Who signs what is written."
    )(command)  # fmt: skip
