"""Options that several commands share."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from dateline.filters import Condition

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_PROJECT = "dateline-project"
INTERRUPTED = 130  # the exit status that shells give for Ctrl-C

project_option = click.option(
    "--project",
    "-p",
    metavar="DIR",
    default=DEFAULT_PROJECT,
    show_default=True,
    help="The project folder, or the URL of a PostgreSQL database.",
)

_FILTERS = (
    ("--kind", "KIND", "incident, tally, assessment or forecast."),
    ("--type", "TYPE", "Event type, as in arrest or air_strike."),
    ("--actor", "NAME", "A party on either side, by its usual or the report's name."),
    ("--initiator", "NAME", "The party that acts."),
    ("--target", "NAME", "The party acted upon."),
    ("--place", "NAME", "A place, or an area with all places in it."),
    ("--since", "DATE", "Not over before it: 2019, 2019-10 or 2019-10-05."),
    ("--until", "DATE", "Begun by its end: 2019, 2019-10 or 2019-10-05."),
    ("--certainty", "C", "stated, alleged or denied."),
    ("--source", "TYPE", "Type of the source, as in military, analyst or witness."),
    ("--speaker", "NAME", "Speaker, body or outlet; a part of the name is enough."),
    ("--operation", "NAME", "Named operation; a part of the name is enough."),
    ("--measure", "M", "What was done to what is counted, as in killed."),
    ("--object", "O", "What is counted, as in civilian or tunnel."),
    ("--publisher", "NAME", "Publisher of the report; a part of the name is enough."),
    ("--report", "ID", "Id or title of a report; a part is enough."),
)


def filter_options(command: F) -> F:
    """The filters of the tables; their values arrive as the keyword `filters`, see `conditions`."""
    command = click.option(
        "--where", "where", multiple=True, metavar="EXPR", help="NAME=VALUE, NAME!=VALUE or a figure as in 'killed>=10'."
    )(command)
    command = click.option("--background/--no-background", default=None, help="Only history given as context, or none of it.")(
        command
    )
    for flag, metavar, text in reversed(_FILTERS):
        command = click.option(flag, flag.strip("-"), multiple=True, metavar=metavar, help=text)(command)
    return command


def conditions(where: Sequence[str], background: bool | None, **filters: Sequence[str]) -> "list[Condition]":
    """The options of `filter_options` as conditions.  Raises FilterError."""
    from dateline.filters import condition, parse

    found = [condition(name, *values) for name, values in filters.items() if values]
    if background is not None:
        found.append(condition("background", "yes" if background else "no"))
    return found + [parse(expression) for expression in where]
