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
MOST_ROWS = 2_000  # on the screen: more take long to lay out, and nobody reads them there


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
    head = f"{of} and running totals: {len(found):,}"
    _give(output, writers, head, lambda: timeline_table(found[:MOST_ROWS]), len(found))


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
    from msgspec.structs import replace

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
    rows = len(counted.rows)
    _give(output, writers, title, lambda: trend_table(replace(counted, rows=counted.rows[:MOST_ROWS])), rows)
    _warn(counted, aside=output is not None)


def _entries(project: str, asked: "list[Condition]") -> "tuple[Entry, ...]":
    from dateline.cli.progress import steps, told
    from dateline.filters import condition
    from dateline.queries import Selection
    from dateline.queries.records import chosen_claims, claim_records, count_claims, count_events, told_events
    from dateline.trends import entries

    events, tallies = Selection(tuple(asked)), Selection((*asked, condition("kind", "tally")))
    with opened_project(project) as opened, steps() as draw:
        implied = opened.implied()
        shown = chosen_claims(opened, tallies, {i for one in implied for i in (*one.earlier, *one.later)})
        return entries(
            (event for event, _ in told(told_events(opened, events), "events", count_events(opened, events), draw)),
            told(claim_records(opened, tallies), "running totals", count_claims(opened, tallies), draw),
            [one for one in implied if shown & {*one.earlier, *one.later}],
        )


def _counted(project: str, asked: "list[Condition]", by: str, toll: str) -> "Trend":
    from dateline.cli.progress import steps, told
    from dateline.errors import FilterError
    from dateline.queries import Selection
    from dateline.queries.records import count_events, told_events
    from dateline.trends.count import Published, Told, count_trend, read_by

    unit, dimensions = read_by(by)
    selection = Selection(tuple(asked))
    with opened_project(project) as opened, steps() as draw:
        if toll not in (known := opened.codebook().measures):
            raise FilterError(f"no measure {toll!r}. Known: {', '.join(known)}")
        return count_trend(
            (Told(*one) for one in told(told_events(opened, selection), "events", count_events(opened, selection), draw)),
            [Published(*one) for one in opened.publications()],
            unit=unit,
            dimensions=dimensions,
            measure=toll,
            lineages=opened.lineages(),
        )


def _title(of: str) -> str:
    return of[:1].upper() + of[1:]


def _give(output: Path | None, writers: dict[str, _Writer], head: str, table: "Callable[[], RenderableType]", rows: int) -> None:
    """A table on the screen, of its first `MOST_ROWS`, or a file whose name says what it is."""
    from dateline.exports import replacing
    from dateline.terminal.layout import console

    if output is None:
        to = console()
        to.print(head, style="bold")
        if rows:
            to.print()
            to.print(table())
        if rows > MOST_ROWS:
            to.print(
                f"\nthe first {MOST_ROWS:,} of {rows:,} rows; filters narrow them, and -o FILE.csv writes them all", style="dim"
            )
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
