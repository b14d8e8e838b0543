"""`dateline claims`, `figures` and `events`: filtered tables."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar, cast

import click

from dateline.cli.options import conditions, filter_options, project_option
from dateline.cli.projects import opened_project

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dateline.filters import Condition, Table

F = TypeVar("F", bound=Callable[..., Any])


def _table_options(command: F) -> F:
    output = click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file.")
    formats = click.Choice(["table", "csv", "jsonl"])
    format_ = click.option("--format", "-f", "format_", type=formats, default="table", show_default=True, help="How to write it.")
    return project_option(filter_options(format_(output(command))))


@click.command()
@_table_options
def claims(project: str, format_: str, output: Path | None, **filters: Any) -> None:
    """List claims: who is said to have done what, and who says so.

    A filter given twice widens (either value), different filters narrow.

    \b
    Examples:
      dateline claims --kind tally --actor ISIS --place Anbar --since 2019-10 --source military
      dateline claims --no-background --where 'killed>=10' --where 'certainty!=denied'
      dateline claims --type arrest --format csv -o arrests.csv
    """
    from dateline.terminal.claims import claims_table

    _list("claims", claims_table, project, format_, output, filters)


@click.command()
@_table_options
def figures(project: str, format_: str, output: Path | None, **filters: Any) -> None:
    """List figures: how many of what, done what to, claim by claim.  They are never added up.

    \b
    Examples:
      dateline figures --measure killed --object civilian
      dateline figures --kind tally --where 'killed>=100'
    """
    from dateline.terminal.claims import figures_table

    _list("figures", figures_table, project, format_, output, filters)


@click.command()
@_table_options
def events(project: str, format_: str, output: Path | None, **filters: Any) -> None:
    """List events: what happened, as far as all claims about it tell.

    \b
    Examples:
      dateline events --place Kharkiv --since 2023-05 --until 2023-05
      dateline events --type armed_clash --format csv -o clashes.csv
    """
    from dateline.terminal.events import events_table

    _list("events", events_table, project, format_, output, filters)


def _list(
    table: "Table",
    draw: "Callable[[list[Any]], RenderableType]",
    project: str,
    format_: str,
    output: Path | None,
    filters: dict[str, Any],
) -> None:
    """The rows of a project that the filters choose, drawn, or written as the export of that name writes them."""
    from dateline.cli.progress import steps, told
    from dateline.exports import Context, export_for, rows_of, write_rows
    from dateline.queries import Selection
    from dateline.queries.records import count_without_date

    with opened_project(project) as opened:
        asked = conditions(**filters)
        selection = Selection(tuple(asked))
        with steps() as step:
            rows = told(rows_of(opened, table, selection), table, 0, step)
            if format_ != "table":
                context = Context(opened.event_of(), project=opened)
                with _written_to(output) as stream:
                    write_rows(export_for(f"{table}.{format_}"), rows, context, stream.buffer)
                return
            found = list(rows)
        undated = count_without_date(opened, selection) if table != "events" else 0
        _print(table, asked, len(found), draw(found), output, undated)


def _print(table: "Table", asked: "Sequence[Condition]", count: int, shown: Any, output: Path | None, undated: int) -> None:
    from dateline.filters import sentence
    from dateline.terminal.layout import console

    with _written_to(output) as stream:
        to = console(file=stream)
        to.print(f"{sentence(table, asked)}: {count:,}", style="bold")
        if count:
            to.print()
            to.print(shown)
        if undated:
            to.print(f"\nwithout a date, and left out: {undated:,}", style="dim")


def _written_to(output: Path | None) -> AbstractContextManager[TextIO]:
    """A file, there whole or not at all; else standard output."""
    from dateline.exports import replacing

    if output is not None:
        return replacing(output)
    return cast("AbstractContextManager[TextIO]", click.open_file("-", "w", encoding="utf-8"))
