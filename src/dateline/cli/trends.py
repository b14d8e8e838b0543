"""`dateline timeline` and `dateline trend`: what happened over time, as a table, a file or a picture."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dateline.cli.options import conditions, filter_options, project_option
from dateline.cli.projects import opened_project

if TYPE_CHECKING:
    from rich.console import RenderableType

    from dateline.filters import Condition
    from dateline.trends import Entry, Trend

_OUTPUT = click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write to a file: .svg or .png (a picture), .csv or .json.",
)
_Writer = Callable[[], bytes]


@click.command()
@filter_options
@_OUTPUT
@project_option
def timeline(project: str, output: Path | None, **filters: Any) -> None:
    """Show what happened in the order of time: events, running totals beside them, and what two totals imply.

    Running totals are bars in the picture and lines of their own in the table; they never add to events.

    \b
    Examples:
      dateline timeline --place Anbar --since 2019-10
      dateline timeline --type air_strike -o strikes.svg
    """
    from dateline.filters import sentence
    from dateline.terminal.trends import timeline_table
    from dateline.trends.draw_timeline import draw_timeline
    from dateline.trends.tables import timeline_csv, timeline_json

    asked = conditions(**filters)
    found = _entries(project, asked)
    of = sentence("events", asked)
    writers: dict[str, _Writer] = {
        ".svg": lambda: draw_timeline(found, _title(of), "svg"),
        ".png": lambda: draw_timeline(found, _title(of), "png"),
        ".csv": lambda: timeline_csv(found),
        ".json": lambda: timeline_json(found, of),
    }
    _give(output, writers, f"{of} and running totals: {len(found):,}", lambda: timeline_table(found), empty=not found)


@click.command()
@click.option(
    "--by",
    default="week",
    show_default=True,
    metavar="LIST",
    help="day, week, month or year, and country, province, event_type, actor or outlet.",
)
@click.option(
    "--toll", default="killed", show_default=True, metavar="M", help="The measure whose numbers are added up over events."
)
@filter_options
@_OUTPUT
@project_option
def trend(project: str, by: str, toll: str, output: Path | None, **filters: Any) -> None:
    """Count events and a toll over time, with low and high bounds and the reporting beside them.

    Says where reporting, not violence, may have changed. Events without a date, and those that lie in no one period, have rows
    of their own.

    \b
    Examples:
      dateline trend --by week,province
      dateline trend --by month --toll wounded --place Kharkiv -o kharkiv.png
      dateline trend --by year,event_type -o types.csv
    """
    from dateline.filters import sentence
    from dateline.terminal.trends import trend_table
    from dateline.trends.draw_trend import draw_trend
    from dateline.trends.tables import trend_csv, trend_json

    asked = conditions(**filters)
    counted = _counted(project, asked, by, toll)
    of = sentence("events", asked)
    title = f"{_title(of)} by {', '.join((counted.unit, *(d.replace('_', ' ') for d in counted.dimensions)))}"
    writers: dict[str, _Writer] = {
        ".svg": lambda: draw_trend(counted, title, "svg"),
        ".png": lambda: draw_trend(counted, title, "png"),
        ".csv": lambda: trend_csv(counted),
        ".json": lambda: trend_json(counted, of),
    }
    _give(output, writers, title, lambda: trend_table(counted), empty=not counted.rows)
    _warn(counted, aside=output is not None)


def _entries(project: str, asked: "list[Condition]") -> "tuple[Entry, ...]":
    from dateline.errors import FilterError
    from dateline.filters import select_claims, select_events
    from dateline.trends import entries

    with opened_project(project) as opened:
        tallies = [row for row in select_claims(list(opened.claims()), asked) if row.claim.kind == "tally"]
        shown = {row.claim.id for row in tallies}
        implied = [one for one in opened.implied() if shown & {*one.earlier, *one.later}]
        try:
            events = select_events(opened.event_rows(), asked)
        except FilterError:  # a value that some claim has, and no event
            events = []
        return entries(events, tallies, implied)


def _counted(project: str, asked: "list[Condition]", by: str, toll: str) -> "Trend":
    from dateline.errors import FilterError
    from dateline.filters import select_events
    from dateline.trends.count import Published, count_trend, read_by

    unit, dimensions = read_by(by)
    with opened_project(project) as opened:
        if toll not in (known := opened.codebook().measures):
            raise FilterError(f"no measure {toll!r}. Known: {', '.join(known)}")
        return count_trend(
            select_events(opened.event_rows(), asked),
            [Published(*one) for one in opened.publications()],
            unit=unit,
            dimensions=dimensions,
            measure=toll,
            lineages=opened.lineages(),
        )


def _title(of: str) -> str:
    return of[:1].upper() + of[1:]


def _give(
    output: Path | None, writers: dict[str, _Writer], head: str, table: "Callable[[], RenderableType]", *, empty: bool
) -> None:
    """A table on the screen, or a file whose name says what it is."""
    from dateline.exports import replacing
    from dateline.terminal.layout import console

    if output is None:
        to = console()
        to.print(head, style="bold")
        if not empty:
            to.print()
            to.print(table())
        return
    writer = writers.get(output.suffix.lower())
    if writer is None:
        raise click.BadParameter(f"{output.name}: its name must end in {', '.join(writers)}", param_hint="--output")
    made = writer()
    with replacing(output) as stream:
        stream.buffer.write(made)
    click.echo(f"{output}: {head}")


def _warn(counted: "Trend", *, aside: bool) -> None:
    """Where reporting, not violence, may have changed; on standard error beside a file."""
    from dateline.terminal.words import counted as number_of
    from dateline.trends.warn import warnings

    found = warnings(counted)
    if counted.undated_reports and not aside:
        click.echo(f"\n{number_of(counted.undated_reports, 'report')} without a date of publication: in no period")
    for n, warned in enumerate(found):
        click.echo(("\n" if not n and not aside else "") + f"careful: {warned.period.name}: {warned.words}", err=aside)
